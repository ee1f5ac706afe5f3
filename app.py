"""The Textual app of Rashomon: its screens, the way between them, and what is the same everywhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, Literal

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

from db import Library, LibraryError
from widgets.config import Config, check_theme
from widgets.dialogs import Confirm
from widgets.frame import LibraryView
from widgets.kept import Kept
from widgets.keys import CommandScreen
from widgets.library_screen import LibraryScreen
from widgets.navigation import (
    JudgeAs,
    OpenArticle,
    OpenEvent,
    OpenEventOf,
    OpenEventTable,
    OpenPair,
    OpenPartners,
    OpenSession,
    OpenSettling,
    OpenSummary,
    ShowSessions,
)
from widgets.pace import ActiveTime
from widgets.palette import ActionProvider
from widgets.themes import ANSI, DARK, THEMES, ThemeMenu
from widgets.understanding import PartnerFinder
from widgets.work import Report, calm_collector, leave, one_line

NO_COLOUR = NoColor()
PATIENCE = 0.5
"""Seconds that a key waits at most for another program that writes; then it is said, and the key can be pressed again."""
READ_AHEAD = 0.5
"""Seconds after the start when the screens over the library are imported: first it is shown."""

Start = (
    tuple[Literal["library"]]
    | tuple[Literal["compare"], int, int]
    | tuple[Literal["session"], int]
    | tuple[Literal["event table"], Sequence[int]]
)
"""Where the app opens: the library, or over it the comparison of two articles, a session, or the table of some reports."""


class RashomonApp(App[None], inherit_bindings=False):
    """Reads reports side by side. The library lies at the bottom of the stack of screens."""

    TITLE = "Rashomon"
    COMMANDS = App.COMMANDS | {ActionProvider}
    BINDINGS = [Binding("ctrl+c", "help_quit", show=False, system=True)]  # noqa: RUF012

    def __init__(
        self,
        library: Library,
        start: Start = ("library",),
        *,
        keymap: Mapping[str, tuple[str, ...]] | None = None,
        theme: str = "",
        kept: Kept | None = None,
    ) -> None:
        """``theme`` is that of the configuration, which goes before the one that ``kept`` remembers."""
        super().__init__()
        self.library = library
        self.keys_by_action: Mapping[str, tuple[str, ...]] = keymap or {}
        self._start = start
        self._finder = PartnerFinder(library)
        self._last_article: int | None = None
        self.active = ActiveTime()
        self._at_start = library.reviewer
        for own in THEMES:
            self.register_theme(own)
        self.kept = kept or Kept(greeted=True)
        self._configured = theme
        known = self.kept.theme if self.kept.theme in self.available_themes else ""
        self.theme = theme or known or DARK.name
        if "SSH_CONNECTION" in os.environ and "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"  # every frame of a motion would cross the line

    def on_mount(self) -> None:
        self.library.be_patient(PATIENCE)
        self.push_screen(LibraryScreen(self.library, self._finder))
        if self._start[0] == "compare":
            self._open_pair(OpenPair(self._start[1], self._start[2]))
        elif self._start[0] == "event table":
            self._show_event_table(self._start[1])
        elif self._start[0] == "session":
            self.action_sessions()
            self._open_session(OpenSession(self._start[1]))
        if not self.kept.greeted:
            from widgets.help_screen import Greeting

            self.push_screen(Greeting(self.keys_by_action))
            self.kept.greeted = True
            self._keep()
        calm_collector()
        self.set_timer(READ_AHEAD, self._read_ahead)

    def _read_ahead(self) -> None:
        """Import in a thread what the next keys open, so that no key pays for it."""

        def read() -> None:
            import widgets.compare.screen
            import widgets.event_table_screen
            import widgets.pairs_screen
            import widgets.reader_screen  # noqa: F401

        self.run_worker(read, thread=True, group="read ahead")

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste | events.MouseDown | events.MouseScrollDown):
            self.active.touch(monotonic())
        await super().on_event(event)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002
        yield SystemCommand(
            "Screenshot", "Save the screen as SVG", lambda: self.set_timer(0.1, self.deliver_screenshot)
        )

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without colour the colours of the terminal are left out; as greys they would be black on black."""
        if self.no_color and self.native_ansi_color:
            return (NO_COLOUR,)
        return super().get_line_filters()

    def say(self, message: str, *, warning: bool = False) -> None:
        """One line in the status bar of the screen."""
        if isinstance(self.screen, CommandScreen):
            self.screen.say(message, warning=warning)

    # Going

    @on(OpenArticle)
    def _open_article(self, message: OpenArticle) -> None:
        from widgets.reader_screen import ReaderScreen

        self._last_article = message.article
        self.push_screen(ReaderScreen(self.library, message.article, message.offset))

    @on(OpenPair)
    def _open_pair(self, message: OpenPair) -> None:
        from widgets.compare.screen import CompareScreen

        self._last_article = message.a
        self.push_screen(
            CompareScreen(
                self.library,
                message.a,
                message.b,
                message.verdict,
                conflict=message.conflict,
                at=message.at,
                active=self.active,
            )
        )

    @on(OpenEventTable)
    def _open_event_table(self, message: OpenEventTable) -> None:
        self._show_event_table(message.articles, message.name, message.event)

    def _show_event_table(self, articles: Sequence[int], name: str = "", event: int | None = None) -> None:
        """The table of some reports or of an event; of one report, of those that tell of the same event."""
        from widgets.event_table_screen import EventTableScreen
        from widgets.gathering import event_of

        def gather(report: Report) -> Sequence[int]:
            if event is not None:
                return self.library.events.members(event)
            return articles if len(articles) > 1 else event_of(self.library, self._finder, articles[0], report)

        if articles:
            self._last_article = articles[0]
        self.push_screen(EventTableScreen(self.library, gather, name))

    @on(OpenSession)
    def _open_session(self, message: OpenSession) -> None:
        """Go on with a session; where it is somebody else's, ask whether they are at the keyboard."""
        try:
            reviewer = self.library.sessions.get(message.session).reviewer
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return

        def go_on(yes: bool | None = True) -> None:
            if yes:
                self.judge_as(reviewer or self.library.reviewer)
                self._show_session(message.session)

        if reviewer in ("", self.library.reviewer):
            go_on()
        else:
            self.push_screen(Confirm(f"This session is for {reviewer} to judge. Is {reviewer} at the keyboard?"), go_on)

    def _show_session(self, number: int) -> None:
        from widgets.compare.screen import CompareScreen
        from widgets.compare.sitting import Sitting

        try:
            sitting = Sitting(self.library, number, self.active)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        pair = sitting.pair
        self._last_article = pair.a_id
        self.push_screen(CompareScreen(self.library, pair.a_id, pair.b_id, sitting=sitting, active=self.active))

    @on(OpenSummary)
    def _open_summary(self, message: OpenSummary) -> None:
        from widgets.summary_screen import SummaryScreen

        self.push_screen(SummaryScreen(self.library, message.session, export=message.export))

    @on(OpenSettling)
    def _open_settling(self, message: OpenSettling) -> None:
        from widgets.settle_screen import SettleScreen

        self.push_screen(SettleScreen(self.library, message.session))

    @on(JudgeAs)
    def _judge_as(self, message: JudgeAs) -> None:
        self.judge_as(message.reviewer)
        self.say(f"{self.library.reviewer} judges from here on")

    @property
    def judging_as(self) -> str:
        """Who judges, where it is not who started the app."""
        reviewer = self.library.reviewer
        return f"judging as {reviewer}" if reviewer != self._at_start else ""

    def judge_as(self, reviewer: str) -> None:
        """Let somebody judge from here on; what they may not see goes from all screens."""
        if reviewer != self.library.reviewer:
            self.library.reviewer = reviewer
            for screen in self.screen_stack:
                if isinstance(screen, LibraryView):
                    screen.badge(self.judging_as)
                    screen.library_changed()

    @on(ShowSessions)
    def _show_sessions(self, message: ShowSessions) -> None:
        from widgets.sessions_screen import SessionsScreen

        self._go(SessionsScreen(self.library, message.said))

    @on(OpenPartners)
    def _open_partners(self, message: OpenPartners) -> None:
        from widgets.pairs_screen import PairsScreen

        self._last_article = message.article
        self.push_screen(PairsScreen(self.library, self._finder, message.article))

    @on(OpenEvent)
    def _open_event(self, message: OpenEvent) -> None:
        from widgets.event_screen import EventScreen

        self.push_screen(EventScreen(self.library, self._finder, message.event))

    @on(OpenEventOf)
    def _open_event_of(self, message: OpenEventOf) -> None:
        event = self.library.events.of(message.article)
        if event is None:
            self.say("This report was not placed yet: ge places all that came in")
        else:
            self._open_event(OpenEvent(event))

    def _go(self, screen: LibraryView[None] | None) -> None:
        """Show ``screen`` right over the library, or the library itself."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if screen is not None:
            self.push_screen(screen)

    def action_library(self) -> None:
        self._go(None)

    def action_events(self) -> None:
        from widgets.events_screen import EventsScreen

        self._go(EventsScreen(self.library, self._finder))

    def action_contradictions(self) -> None:
        from widgets.contradictions_screen import ContradictionsScreen

        self._go(ContradictionsScreen(self.library))

    def action_sessions(self) -> None:
        from widgets.sessions_screen import SessionsScreen

        self._go(SessionsScreen(self.library))

    def action_history(self) -> None:
        from widgets.log_screens import HistoryScreen

        self._go(HistoryScreen(self.library))

    def action_pairs(self) -> None:
        from widgets.pairs_screen import PairsScreen

        if self._last_article is None:
            self.say("No report chosen yet: P on a report shows its partners")
        else:
            self._go(PairsScreen(self.library, self._finder, self._last_article))

    def action_go_back(self) -> None:
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            self.say("This is the library; Q quits")

    def action_quit_app(self) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        self.say("Q quits")

    # The same everywhere

    def action_help(self) -> None:
        screen = self.screen
        if isinstance(screen, CommandScreen):
            from widgets.help_screen import HelpScreen

            self.push_screen(HelpScreen(*screen.helped(), screen.keymap, screen.helped_signs()))

    def action_palette(self) -> None:
        self.action_command_palette()

    def action_colours(self) -> None:
        """Choose the theme and keep it."""

        def chosen(name: str | None) -> None:
            if name is None:
                return
            self.kept.theme = name
            if self._keep():
                other = self._configured and self._configured != name
                self.say(f"{name}: until you quit, for config.toml sets another" if other else f"{name}: kept")

        self.push_screen(ThemeMenu(self.available_themes, self.theme), chosen)

    def _keep(self) -> bool:
        try:
            self.kept.save()
        except OSError as error:
            self.say(f"{self.kept.path}: it cannot be written ({error.strerror or error})", warning=True)
            return False
        return True

    def action_next_pane(self) -> None:
        self.action_focus_next()

    def action_previous_pane(self) -> None:
        self.action_focus_previous()

    def action_undo(self) -> None:
        self._step_history("undo")

    def action_redo(self) -> None:
        self._step_history("redo")

    def _step_history(self, way: Literal["undo", "redo"]) -> None:
        """Take a step back or forth, in a thread where it is long."""
        history, screen = self.library.history, self.screen
        step = history.undo if way == "undo" else history.redo

        def stepped(name: str | None) -> None:
            if name is None:
                self.say(f"Nothing to {way}")
                return
            if isinstance(self.screen, CommandScreen):
                self.screen.library_changed()
            self.say(f"Undone: {name}. Ctrl+R redoes it" if way == "undo" else f"Redone: {name}. u undoes it")

        try:
            if isinstance(screen, CommandScreen) and history.is_long(way):
                screen.start(
                    "Undoing" if way == "undo" else "Redoing", lambda _: step(), stepped, key="step", stoppable=False
                )
            else:
                stepped(step())
        except LibraryError as error:
            self.say(one_line(error), warning=True)


def run(db: Path, config: Config, start: Start = ("library",), reviewer: str = "") -> None:
    """Open the app at ``start`` on the library in the file ``db``; ``reviewer`` is who judges.

    Work that is under way when the person quits is left: the process ends without it.
    """
    check_theme(config)
    library = Library.open(db, reviewer=reviewer)
    try:
        app = RashomonApp(library, start, keymap=config.keys, theme=config.theme, kept=Kept.load())
        if not (config.theme or app.kept.theme) and app.console.color_system == "standard":
            app.theme = ANSI  # of sixteen colours those of the terminal itself are the most legible
        app.run()
    finally:
        ended = leave()
        library.close()  # after what is being written, so whatever a job had done is on disk or as it was
    if not ended:
        sys.stdout.flush()
        os._exit(0)  # a thread amid the parser may not survive the end of the interpreter around it


if __name__ == "__main__":
    from cli import main

    sys.exit(main())
