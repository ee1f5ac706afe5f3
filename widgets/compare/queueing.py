"""A comparison in the queue of a session: the way from pair to pair, and what is prepared of the next ones."""

from __future__ import annotations

from textual.widgets import Static

from db import LibraryError
from widgets.compare.looking import LookingView
from widgets.compare.sitting import Counted, prepare
from widgets.search_bar import SearchBar
from widgets.understanding import Compared
from widgets.work import Report, one_line

NO_SESSION = "This pair was opened alone: gs lists the sessions, W in the library makes one"


class QueueView(LookingView):
    """A comparison that may be one of many."""

    def on_mount(self) -> None:
        self._prepare()

    def on_unmount(self) -> None:
        if self.sitting is not None:
            try:
                self.sitting.leave()
            except LibraryError as error:
                self.log.error(one_line(error))

    def _prepare(self) -> None:
        """Compare the next pairs in the background, so that nobody waits for them."""
        if self.sitting is None or not (pairs := self.sitting.uncounted()):
            return

        def job(report: Report) -> list[Counted]:
            return prepare(self.library, pairs, report)

        self.start("Preparing the next pairs", job, self._prepared, key="prepare", shown=False)

    def _prepared(self, counted: list[Counted]) -> None:
        if self.sitting is not None:
            self.sitting.prepared(counted)
            self.tell()

    def _compared(self, loaded: Compared) -> None:
        super()._compared(loaded)
        decided, total = self.certain_progress
        if self.sitting is not None and decided >= total:
            self.say(self.all_judged().capitalize() if total else f"No conflict here · {self.all_judged()}")

    def all_judged(self) -> str:
        return super().all_judged() if self.sitting is None else self.sitting.offer

    def hint(self) -> str:
        if self.sitting is not None and not any(finding.undecided for finding in self.shown):
            return self.all_judged().capitalize()
        return super().hint()

    def action_next_in_session(self) -> None:
        self._go(1)

    def action_previous_in_session(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        if self.sitting is None:
            self.say(NO_SESSION)
            return
        self.remember_place()
        try:
            moved = self.sitting.go(step)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        count = len(self.sitting.pairs)
        if not moved:
            end = "last" if step > 0 else "first"
            self.say(f"This is the {end} of {count} pairs. gs, then s sums the session up")
            return
        if self.searching:
            self.query_one(SearchBar).close()
        self.clear()
        pair = self.sitting.pair
        self.ids = {"a": pair.a_id, "b": pair.b_id}
        self.folded.clear()
        self.current_key = ""
        self.query_one("#warning", Static).remove_class("-shown")
        self.open_pair()
        self.say(f"Pair {pair.position + 1} of {count}")
        self._prepare()
