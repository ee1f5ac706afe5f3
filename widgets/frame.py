"""What the screens share: a title line, a status line, a footer, and the library they show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from db import Library, LibraryError, OpenConflict, Session, Verdict
from db.records import Target
from widgets.citation import cited
from widgets.dialogs import Choice, Choose, Confirm, PathSuggester, Prompt, WordSuggester
from widgets.exports.files import end_of, write_whole
from widgets.keys import CommandScreen
from widgets.layout import displayable
from widgets.navigation import ShowSessions
from widgets.opening import CannotOpen, checked, open_address
from widgets.row_list import RowList
from widgets.status import ActionFooter, PrefixMenu, StatusBar
from widgets.work import Report, one_line

if TYPE_CHECKING:
    from widgets.gathering import Gathered

T = TypeVar("T")
ResultType = TypeVar("ResultType")

AT_ONCE = 200
"""Reports that are changed in the thread of the screen, at most."""


class TitleBar(Widget):
    """The name of the screen, and what it shows."""

    DEFAULT_CSS = """
    TitleBar { height: 1; dock: top; background: $primary; color: $text; padding: 0 1; text-style: bold; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._subtitle = title, ""
        self.badge = ""
        """What is said on the right whatever is shown."""

    @property
    def subtitle(self) -> str:
        """What the screen shows now."""
        return self._subtitle

    def show(self, subtitle: str) -> None:
        """Say what the screen shows now."""
        before, self._subtitle = self._subtitle, displayable(subtitle).replace("\n", " ")
        if self._subtitle != before:
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        parts = [self._title, self._subtitle] if self._subtitle else [self._title]
        if not self.badge:
            return Content(" · ".join(parts)).truncate(width, ellipsis=True)
        right = Content(displayable(self.badge)).truncate(width, ellipsis=True)
        left = Content(" · ".join(parts)).truncate(max(0, width - right.cell_length - 2), ellipsis=True)
        return Content.assemble(left, " " * max(0, width - left.cell_length - right.cell_length), right)


class LibraryView(CommandScreen[ResultType]):
    """A screen over a library, with the lines that all screens have. Subclasses compose ``body``."""

    DEFAULT_CSS = "LibraryView { layers: base above; }"

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def body(self) -> ComposeResult:
        """The widgets between the title and the status line."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        yield PrefixMenu()  # the first, for Textual repaints what comes before a widget that it shows or hides
        bar = TitleBar(self.title or "")
        bar.badge = getattr(self.app, "judging_as", "")
        yield bar
        yield from self.body()
        yield StatusBar()
        yield ActionFooter(self.SCREEN_NAME, self.keymap)

    def subtitle(self, text: str) -> None:
        """Say in the title line what is shown."""
        self.query_one(TitleBar).show(text)

    def badge(self, text: str) -> None:
        """Say on the right of the title line who judges, "" where that goes without saying."""
        bar = self.query_one(TitleBar)
        bar.badge = text
        bar.refresh()

    def change(self, act: Callable[[], T], said: str, *, undoable: bool = True) -> T | None:
        """Change the library, at once, and say what was done; a failure is said instead and answers None."""
        try:
            result = act()
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return None
        self.say(f"{said}. u undoes it" if undoable else said)
        return result

    def change_many(
        self, count: int, name: str, act: Callable[[], object], said: str, then: Callable[[], None]
    ) -> None:
        """Change so many reports as one step, many of them in a thread; ``then`` shows the change, if it was made."""

        def acted() -> bool:
            act()
            return True

        def done(_: object) -> None:
            self.say(f"{said}. u undoes it")
            then()

        if count > AT_ONCE:
            self.start(f"{name} {plural(count, 'report')}", lambda _: act(), done, key="change", stoppable=False)
        elif self.change(acted, said):
            then()

    def make_session(self, gathered: Gathered) -> None:
        """Make a session of what was gathered and go to the sessions; a failure is said instead."""
        made = self.change(lambda: self.library.sessions.make(*gathered), f"Made session “{gathered.name}”")
        if made is not None:
            count = plural(made.pairs, "pair")
            self.post_message(ShowSessions(f"Made “{made.name}”, {count}: Enter begins, r names it. u undoes it"))

    def ask_where(self, title: str, name: str, forms: Sequence[str], make: Callable[[str, Report], str]) -> None:
        """Ask for a file and write to it, whole or not at all, what ``make`` makes in a thread.

        ``name`` is what the file is called by default, without its end; ``forms`` are the ends it may have, which say
        how to write it.
        """

        def write(path: Path) -> None:
            def job(report: Report) -> Path:
                text = make(end_of(path, forms), report)
                try:
                    write_whole(path, text)
                except OSError as error:
                    raise OSError(f"{path}: {error.strerror or error}; name another place") from None
                return path.absolute()

            self.start("Writing", job, lambda where: self.say(f"Written to {where}"))

        def answered(answer: str | None) -> None:
            path = Path((answer or "").strip()).expanduser()
            if not path.name:
                return
            if not end_of(path, forms):
                self.say(f"{path.name}: end the name in {', '.join(forms)}, which says how to write it", warning=True)
            elif path.exists():
                question = Confirm(f"{path} is there already. Replace it?")
                self.app.push_screen(question, lambda yes: write(path) if yes else None)
            else:
                write(path)

        slug = re.sub(r"[^\w]+", "-", name).strip("-").lower()[:48] or "rashomon"
        hint = f"The end of the name says how: {' '.join(forms)}. Tab completes, Enter writes, Esc goes back"
        prompt = Prompt(title, value=f"{slug}{forms[0]}", hint=hint, suggester=PathSuggester())
        self.app.push_screen(prompt, answered)

    def ask_version(self, article: int) -> None:
        """Ask which versions of an article to show side by side, and show them."""
        from widgets.compare.versions import Step, VersionScreen, steps

        def chosen(step: Step | None) -> None:
            if step is not None:
                self.app.push_screen(VersionScreen(self.library, article, step.old, step.new))

        def ask(found: list[Step]) -> None:
            if found:
                self.app.push_screen(Choose("What changed, and when", [Choice(one, str(one)) for one in found]), chosen)
            else:
                self.say("There is one version; importing the same address, or source and title, changed adds one")

        self.start("Reading the versions", lambda _: steps(self.library, article), ask, key="versions")

    def copy_quotes(self, verdict: Verdict | OpenConflict) -> None:
        """Copy both quotes of a judgement or of an open conflict, each with its citation."""

        def read(_: Report) -> list[str]:
            reports = self.library.articles.get_many([verdict.a_id, verdict.b_id])
            places = (verdict.a, verdict.b)
            return [cited(place.text, report.article) for place, report in zip(places, reports, strict=True)]

        self.start("Reading", read, lambda lines: self.copy("\n".join(lines), " | ".join(lines)), key="copy")

    def open_sources(self, addresses: Sequence[str]) -> None:
        """Open addresses of reports in the browser: where the app runs in one, there."""
        known = [address for address in addresses if address]
        if not known:
            self.say("No address is known of this report")
            return
        try:
            for address in map(checked, known):
                if self.app.is_web:
                    self.app.open_url(address)
                else:
                    open_address(address)
        except CannotOpen as error:
            self.say(f"{error}; y copies the address: {known[0]}", warning=True)
        else:
            self.say(f"Opened {known[0]}" if len(known) == 1 else f"Opened {len(known)} addresses")

    def finish_session(self, session: Session, then: Callable[[], None]) -> None:
        """Finish a session, or take a finished one up again; a blind review asks first. ``then`` shows the change."""
        sessions = self.library.sessions

        def finish(yes: bool | None = True) -> None:
            if yes:
                act, verb = (sessions.reopen, "Reopened") if session.finished else (sessions.finish, "Finished")
                more = "; gs w says who judges from here on" if session.blind else ""
                self.change(
                    lambda: act(session.id), f"{verb} “{session.name}”{more}", undoable=session.review_of is None
                )
                then()

        if session.blind:
            left = f"{session.total - session.decided} conflicts are open. " if session.decided < session.total else ""
            self.app.push_screen(
                Confirm(f"{left}Finish the review? From then on it shows what others judged; that cannot be undone."),
                finish,
            )
        else:
            finish()

    def known_tags(self) -> WordSuggester:
        """Completes the tags in use, once they are read."""
        suggester = WordSuggester()
        self.start("Reading the tags", lambda _: [name for name, _ in self.library.tags.names()], suggester.know)
        return suggester

    def ask_tags(
        self,
        numbers: Sequence[int],
        title: str,
        then: Callable[[], None],
        *,
        remove: Sequence[str] | None = None,
        target: Target = "article",
    ) -> None:
        """Ask for tags to put on articles or verdicts, or to take off them those of ``remove``; ``then`` shows the change."""
        tags = self.library.tags

        def answered(answer: str | None) -> None:
            names = names_in(answer or "")
            if not names:
                return
            act, name, done = (
                (tags.tag, "Tagging", "Tagged") if remove is None else (tags.untag, "Untagging", "Untagged")
            )
            said = f"{done} {title}: {', '.join(names)}"
            self.change_many(len(numbers), name, lambda: act(target, numbers, names), said, then)

        prompt = Prompt(
            f"Tag {title}" if remove is None else f"Remove tags from {title}",
            value=", ".join(remove or ()),
            hint="Names parted by commas. Tab completes, Enter keeps, Esc goes back",
            suggester=self.known_tags() if remove is None else WordSuggester(remove),
        )
        self.app.push_screen(prompt, answered)

    @on(ActionFooter.Chosen)
    async def _footer_chosen(self, message: ActionFooter.Chosen) -> None:
        await self.run_action_of(message.action)

    @on(RowList.Failed)
    def _list_failed(self, message: RowList.Failed) -> None:
        self.say(message.reason, warning=True)


def plural(count: int, noun: str, plural_form: str = "") -> str:
    """``plural(1, "report")`` is "1 report", of 2,000 "2,000 reports"."""
    return f"{count:,} {noun if count == 1 else plural_form or noun + 's'}"


def names_in(text: str) -> list[str]:
    """The names in a line of names parted by commas."""
    return [name for part in text.split(",") if (name := part.strip())]


def quoted(titles: Iterable[str]) -> str:
    """Titles for a message: the one title in quotes, or how many."""
    known = list(titles)
    return f'"{known[0] or "untitled"}"' if len(known) == 1 else plural(len(known), "report")
