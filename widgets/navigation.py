"""Where a person wants to go: messages that any screen or widget posts and the app answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from textual.message import Message

from reader.nouns import Conflict, Place


class OpenArticle(Message):
    """Read an article, from the place where it was left or at ``offset`` (code points of the body)."""

    def __init__(self, article: int, offset: int | None = None) -> None:
        super().__init__()
        self.article = article
        self.offset = offset


class OpenPair(Message):
    """Compare two articles; ``verdict`` is the judgement to stand on, if any, or ``conflict``, or ``at`` the side and the place."""

    def __init__(
        self,
        a: int,
        b: int,
        verdict: int | None = None,
        *,
        conflict: Conflict | None = None,
        at: tuple[Literal["a", "b"], Place] | None = None,
    ) -> None:
        super().__init__()
        self.a = a
        self.b = b
        self.verdict = verdict
        self.conflict = conflict
        self.at = at


class OpenEventTable(Message):
    """Show the table of some reports, of one with its likely partners, or of an ``event``; ``name`` is what that is called."""

    def __init__(self, articles: Sequence[int] = (), name: str = "", *, event: int | None = None) -> None:
        super().__init__()
        self.articles = articles
        self.name = name
        self.event = event


class OpenSession(Message):
    """Go on with a session where it was left."""

    def __init__(self, session: int) -> None:
        super().__init__()
        self.session = session


class ShowSessions(Message):
    """Show the sessions, and say something there."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


class OpenSummary(Message):
    """Show what a session came to; ``export`` asks at once where to write it."""

    def __init__(self, session: int, *, export: bool = False) -> None:
        super().__init__()
        self.session = session
        self.export = export


class OpenSettling(Message):
    """Show where the reviewers of a session differ."""

    def __init__(self, session: int) -> None:
        super().__init__()
        self.session = session


class JudgeAs(Message):
    """Somebody else is at the keyboard."""

    def __init__(self, reviewer: str) -> None:
        super().__init__()
        self.reviewer = reviewer


class OpenPartners(Message):
    """Show the other reports of the same event."""

    def __init__(self, article: int) -> None:
        super().__init__()
        self.article = article


class OpenEventOf(Message):
    """Show the event that an article is of."""

    def __init__(self, article: int) -> None:
        super().__init__()
        self.article = article


class OpenEvent(Message):
    """Show the reports of an event."""

    def __init__(self, event: int) -> None:
        super().__init__()
        self.event = event
