"""Looking at a comparison: what folds, how much is shown, how it is laid out. Nothing here is judged."""

from __future__ import annotations

from collections.abc import Iterable

from widgets.compare.findings import LEVELS
from widgets.compare.folds import block_at, count, merged, runs
from widgets.compare.judging import JudgingView
from widgets.compare.rows import SIDES, Point
from widgets.frame import plural

NOTHING_TO_FOLD = "Nothing to fold here: only sentences that are linked and agree fold"


class LookingView(JudgingView):
    """A comparison that a person can look at in several ways."""

    # Folds

    def action_fold(self) -> None:
        """Open the fold at the cursor, or fold the agreed stretch around it."""
        if (run := self.fold_at(self.point)) is not None:
            self.open_fold(self.point)
            self.say(f"Opened {self._counted([run])}")
            return
        here = block_at(self.blocks, self.point.side, self.point.offset) if self.point.part == "body" else -1
        stretch = next((run for run in runs(self.agreed_blocks()) if here in run), None)
        if stretch is None:
            self.say(NOTHING_TO_FOLD)
        else:
            self._fold([stretch])

    def action_fold_all(self) -> None:
        stretches = runs(self.agreed_blocks())
        if stretches:
            self._fold(stretches)
        else:
            self.say(NOTHING_TO_FOLD.replace(" here", ""))

    def action_unfold_all(self) -> None:
        opened = self.closed
        self.folded.clear()
        self.refold()
        self.say(f"Opened {self._counted(opened)}" if opened else "Nothing is folded")

    def _fold(self, stretches: list[range]) -> None:
        """Fold stretches and say so; a cursor in one of them goes to where it begins, so that it stays seen."""
        self.folded.update(self.blocks[index].a[0] for run in stretches for index in run)
        for run in stretches:
            start, end = merged(self.blocks, run).side(self.point.side)
            if self.point.part == "body" and start <= self.point.offset < end:
                self.point, self.stop = Point(self.point.side, "body", start), None
        self.refold()
        self.draw_cursor()
        self.say(f"Folded {self._counted(stretches)}: za opens one, zR all")

    def _counted(self, stretches: Iterable[range]) -> str:
        """How many stretches, and how many sentences of either side are in them."""
        folds = [merged(self.blocks, run) for run in stretches]
        of = {side: sum(count(self.facts[side].body.sentences, *one.side(side)) for one in folds) for side in SIDES}
        stretches_counted = plural(len(folds), "stretch", "stretches")
        return f"{stretches_counted}, {plural(of['a'], 'sentence')} of A and {of['b']:,} of B agreed"

    # How much, and how

    def action_level(self) -> None:
        """Mark more in steps, at last the less certain conflicts, then conflicts alone again."""
        self.level = LEVELS[(LEVELS.index(self.level) + 1) % len(LEVELS)]
        self.choose_shown()
        self.draw_facts()
        self.draw_cursor()
        self.say(self.level.told)

    def action_scroll_lock(self) -> None:
        self.lock_scrolling(not self.locked)
        self.follow_cursor()
        self.tell()
        self.say("Both scroll together" if self.locked else "Each pane scrolls alone")

    def action_layout(self) -> None:
        self.stacked_by_hand = not self.stacked_by_hand
        self.lay_out_texts()

    def action_centre(self) -> None:
        self.follow_cursor(center=True)
