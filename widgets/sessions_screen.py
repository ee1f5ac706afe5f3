"""Sessions: the queues of pairs, and the pairs that were opened alone, the one left last first."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from db import Library, Session, Visit
from widgets.dialogs import Confirm, Prompt
from widgets.frame import LibraryView, plural
from widgets.gathering import Gathered, undecided
from widgets.log_screens import when
from widgets.navigation import JudgeAs, OpenPair, OpenSession, OpenSettling, OpenSummary
from widgets.pace import lasted
from widgets.row_list import Cells, RowHeading, RowList, fit
from widgets.summary import summary_of, text_of

KEPT = 500
"""Sessions listed, and pairs opened alone, at most of each."""
EMPTY = """No session yet.

W in the library makes one: of the reports marked with v, of those listed, or of one event.
P there shows the partners of a report; a pair opened alone is listed here too."""
ALONE = "This pair was opened alone, it is no session: Enter opens it"

Row = Session | Visit


class Queues:
    """The sessions, and the reviewer's pairs that are in none, the one left last first."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._rows: list[Row] = []

    def count(self) -> int:
        rows: list[Row] = [*self._library.sessions.recent(KEPT), *self._library.visits.recent(KEPT, alone=True)]
        self._rows = sorted(rows, key=lambda row: row.left, reverse=True)
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[Row]:
        return self._rows[offset : offset + limit]


def state_of(session: Session) -> str:
    """In a word how a session stands."""
    if session.finished:
        return "✓ finished"
    if session.counted == session.pairs and session.done == session.pairs:
        return "● judged"
    return "◐ blind" if session.blind else "▸ open"


class SessionList(RowList[Row]):
    """Sessions and pairs opened alone, one a line: when left, how far, whose, how it stands, and which."""

    def heading(self, width: int) -> Cells:
        when_, who, state, name = _columns(width)
        columns = (
            ("Left (UTC)", when_),
            ("Pairs", 7),
            ("Judged", 9),
            ("Time", 9),
            ("By", who),
            ("", state),
            ("", name),
        )
        line = " ".join(fit(text, cells) for text, cells in columns if cells)
        return ((line[: max(0, width - name)] + fit("Session, or pair", name), "row--quiet"),)

    def cells(self, row: Row, width: int) -> Cells:
        when_, who, state, name = _columns(width)
        if isinstance(row, Session):
            more = "" if row.counted == row.pairs else "+"
            pairs, judged = f"{row.done}/{row.pairs}", f"{row.decided}/{row.total}{more}"
            by, stands = row.reviewer, state_of(row)
            title = row.name + (" (blind review)" if row.review_of is not None else "")
        else:
            pairs, judged = "", f"{row.decided}/{row.total if row.total is not None else '?'}"
            by, stands = "", "alone"
            half = max(1, (name - 3) // 2)
            title = f"{fit(row.a_title or '(untitled)', half)} │ {fit(row.b_title or '(untitled)', half)}"
        cells = [(fit(when(row.left)[16 - when_ :], when_) + " ", "row--quiet")]
        cells += [
            (f"{fit(pairs, 7)} {fit(judged, 9)} ", "row--sign"),
            (fit(lasted(row.seconds), 9) + " ", "row--quiet"),
        ]
        if who:
            cells.append((fit(by, who) + " ", "row--quiet"))
        if state:
            cells.append((fit(stands, state) + " ", "row--sign"))
        return (*cells, (fit(title, name), "" if isinstance(row, Visit) else "row--strong"))


def _columns(width: int) -> tuple[int, int, int, int]:
    """Cells for when, who, state and name; 0 leaves a column out."""
    when_ = 16 if width >= 100 else 11
    who = 10 if width >= 90 else 0
    state = 11 if width >= 72 else 0
    return when_, who, state, max(1, width - when_ - 29 - sum(cells + 1 for cells in (who, state) if cells))


class SessionsScreen(LibraryView[None]):
    """Where work is taken up again."""

    SCREEN_NAME = "sessions"
    TITLE = "Sessions"
    AUTO_FOCUS = "SessionList"

    def __init__(self, library: Library, said: str = "") -> None:
        """``said`` stands in the status line at first."""
        super().__init__(library)
        self._said = said

    def on_mount(self) -> None:
        self.say(self._said)

    def body(self) -> ComposeResult:
        sessions = SessionList(empty=EMPTY)
        yield RowHeading(sessions)
        yield sessions

    @property
    def sessions(self) -> SessionList:
        """The list."""
        return self.query_one(SessionList)

    def on_screen_resume(self) -> None:
        self.sessions.show(Queues(self.library), keep_place=True)

    def library_changed(self) -> None:
        self.on_screen_resume()

    @on(RowList.Counted)
    def _counted(self, message: RowList.Counted) -> None:
        self.subtitle(plural(message.count, "session or pair", "sessions and pairs"))

    def _session(self) -> Session | None:
        """The session under the cursor, or word that there is none."""
        row = self.sessions.row
        if isinstance(row, Session):
            return row
        self.say(ALONE if row is not None else "No session yet: W makes one")
        return None

    # Going on

    def action_open(self) -> None:
        row = self.sessions.row
        if isinstance(row, Visit):
            self.post_message(OpenPair(row.a_id, row.b_id))
        elif (session := self._session()) is not None:
            self.post_message(OpenSession(session.id))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_summary(self) -> None:
        if (session := self._session()) is not None:
            self.post_message(OpenSummary(session.id))

    def action_settle(self) -> None:
        if (session := self._session()) is not None:
            self.post_message(OpenSettling(session.id))

    # Changing

    def action_make(self) -> None:
        def made(pairs: list[tuple[int, int]]) -> None:
            if pairs:
                self.make_session(Gathered("Open conflicts", pairs, "all pairs with open conflicts"))
            else:
                self.say("No conflict is open in the pairs compared so far. W in the library makes sessions of reports")

        self.start("Looking for open conflicts", lambda _: undecided(self.library), made)

    def action_rename(self) -> None:
        if (session := self._session()) is None:
            return

        def named(name: str | None) -> None:
            if name is not None and name.strip() not in ("", session.name):
                self.change(lambda: self.library.sessions.rename(session.id, name), f"Named “{name.strip()}”")
                self.on_screen_resume()

        self.app.push_screen(Prompt("Name of the session", value=session.name), named)

    def action_delete(self) -> None:
        if (session := self._session()) is None:
            return

        def delete(yes: bool | None = True) -> None:
            if yes:
                self.change(
                    lambda: self.library.sessions.delete(session.id),
                    f"Deleted session “{session.name}”; what was judged stays",
                )
                self.on_screen_resume()

        if session.blind and session.reviewer == self.library.reviewer:
            question = (
                "Delete the review? It is finished by that: what others judged is shown, and u brings it back finished."
            )
            self.app.push_screen(Confirm(question), delete)
        else:
            delete()

    def action_finish(self) -> None:
        if (session := self._session()) is not None:
            self.finish_session(session, self.on_screen_resume)

    def action_hand_over(self) -> None:
        if (session := self._session()) is None:
            return

        def named(name: str | None) -> None:
            if name is None or not name.strip():
                return
            self.change(
                lambda: self.library.sessions.hand_over(session.id, name),
                f"Handed “{session.name}” to {name.strip()}, who sees nothing of what others judged until finished",
            )
            self.on_screen_resume()

        hint = "Who judges it a second time, blind? Enter hands it over, Esc goes back"
        self.app.push_screen(Prompt(f"Second reviewer of “{session.name}”", hint=hint), named)

    def action_judge_as(self) -> None:
        def named(name: str | None) -> None:
            if name is not None and name.strip():
                self.post_message(JudgeAs(name))

        hint = "Signs all that is stored from here on. Enter keeps it, Esc goes back"
        self.app.push_screen(Prompt("Who is at the keyboard?", value=self.library.reviewer, hint=hint), named)

    def action_copy(self) -> None:
        if (session := self._session()) is not None:
            told = f"what “{session.name}” came to"
            self.start(
                "Summing up",
                lambda _: text_of(summary_of(self.library, session.id)),
                lambda text: self.copy(text, told),
                key="copy",
            )

    def action_export(self) -> None:
        if (session := self._session()) is not None:
            self.post_message(OpenSummary(session.id, export=True))
