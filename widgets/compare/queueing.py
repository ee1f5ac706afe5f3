"""A comparison in the queue of a session: the way from pair to pair, and what is prepared of the next ones."""

from __future__ import annotations

from textual.widgets import Static

from db import LibraryError
from widgets.compare.looking import LookingView
from widgets.compare.sitting import Counted, Sitting, prepare
from widgets.frame import plural
from widgets.search_bar import SearchBar
from widgets.understanding import Compared
from widgets.work import Report, one_line

NO_SESSION = "This pair was opened alone: gs lists the sessions, W in the library makes one"


class QueueView(LookingView):
    """A comparison that may be one of many."""

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
        self._prepare()  # not before: the pair at hand comes first
        decided, total = self.certain_progress
        if self.sitting is not None and decided >= total:
            self.say(self._offered() if total else f"No conflict here · {self.all_judged()}")

    def all_judged(self) -> str:
        return super().all_judged() if self.sitting is None else self.sitting.offer

    def _offered(self) -> str:
        offer = self.all_judged()
        return offer[:1].upper() + offer[1:]

    def hint(self) -> str:
        if self.sitting is not None and not any(finding.undecided for finding in self.shown):
            return self._offered()
        return super().hint()

    def action_next_in_session(self) -> None:
        self._step(1)

    def action_previous_in_session(self) -> None:
        self._step(-1)

    def action_next_open_in_session(self) -> None:
        self._step(1, only_open=True)

    def action_previous_open_in_session(self) -> None:
        self._step(-1, only_open=True)

    def _step(self, step: int, *, only_open: bool = False) -> None:
        if self.sitting is None:
            self.say(NO_SESSION)
            return
        count = len(self.sitting.pairs)
        if only_open:
            pair = self.sitting.open_from_here(step)
            if pair is None:
                self.say("No other pair has anything left to judge. gs, then s sums the session up")
            else:
                self._go(self.sitting, pair.position)
        elif 0 <= self.sitting.position + step < count:
            self._go(self.sitting, self.sitting.position + step)
        else:
            end = "last" if step > 0 else "first"
            self.say(f"This is the {end} of {plural(count, 'pair')}. gs, then s sums the session up")

    def _go(self, sitting: Sitting, position: int) -> None:
        """Leave this pair and open another of the queue in its place."""
        self.remember_place()
        try:
            sitting.go(position)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        if self.searching:
            self.query_one(SearchBar).close()
        self.clear()
        pair = sitting.pair
        self.ids = {"a": pair.a_id, "b": pair.b_id}
        self.folded.clear()
        self.current_key = ""
        self.query_one("#warning", Static).remove_class("-shown")
        self.open_pair()
        self.say(f"Pair {position + 1} of {len(sitting.pairs)}")
