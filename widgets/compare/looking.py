"""Looking at a comparison: what folds, how much is shown, how it is laid out. Nothing here is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on

from db import LibraryError, Stored
from reader.nouns import Link, Sentence
from widgets.compare.findings import LEVELS, shown_from
from widgets.compare.folds import block_at, count, merged, runs
from widgets.compare.judging import JudgingView
from widgets.compare.moved import Brought
from widgets.compare.rows import SIDES, Point, Side, other
from widgets.compare.slider import STEPS, Slider
from widgets.frame import plural
from widgets.layout import displayable
from widgets.work import one_line

NOTHING_TO_FOLD = "Nothing to fold here: only sentences that are linked and agree fold"


WHERE = {"↑": "further up", "↓": "further down", "↕": "the same stretch"}


def _of(link: Link, side: Side) -> tuple[int, ...]:
    return link.a if side == "a" else link.b


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

    # Sentences linked and parted by hand

    def sentence_here(self) -> Sentence | None:
        """The sentence of the body that the cursor is in, or word that there is none."""
        if self.comparison is None:
            self.say("The sentences are not read yet")
            return None
        point = self.point
        if point.part == "body":
            for sentence in self.facts[point.side].body.sentences:
                if point.offset < sentence.end:
                    return sentence
        self.say("Only sentences of the body can be linked and parted")
        return None

    def action_anchor(self) -> None:
        """Choose a sentence, then the one on the other side that says the same."""
        self.open_fold(self.point)
        if (sentence := self.sentence_here()) is None:
            return
        side = self.point.side
        if self.anchoring is None or self.anchoring[0] == side:
            self.anchoring = (side, sentence)
            self.draw_cursor()
            return
        pair = {self.anchoring[0]: self.anchoring[1], side: sentence}
        if self._change_links(lambda: self.library.comparisons.anchor(*self._texts, pair["a"], pair["b"])):
            self.compare("Linked the two sentences by hand. u undoes it")

    def action_unanchor(self) -> None:
        """Part the sentence at the cursor from all that it is linked with."""
        self.open_fold(self.point)
        if (sentence := self.sentence_here()) is None or self.comparison is None:
            return
        a, b = (self.facts[side].body.sentences for side in SIDES)
        here = (a if self.point.side == "a" else b).index(sentence)
        pairs = [
            (a[at], b[to])
            for link in self.comparison.links
            for at in link.a
            for to in link.b
            if here == (at if self.point.side == "a" else to)
        ]
        if not pairs:
            self.say("This sentence is linked with nothing: ga links it")
            return

        def part() -> None:
            with self.library.history.group("parted sentences", *self.ids.values()):
                for pair in pairs:
                    self.library.comparisons.anchor(*self._texts, *pair, severed=True)

        if self._change_links(part):
            self.compare(f"Parted this sentence from {plural(len(pairs), 'sentence')}. u undoes it")

    # Moved sentences

    def action_bring_moved(self) -> None:
        """Bring what says the same elsewhere on the other side level with the cursor, or put it back."""
        self.open_fold(self.point)
        if (sentence := self.sentence_here()) is None or self.comparison is None:
            return
        side = self.point.side
        mine, theirs = self.facts[side].body.sentences, self.facts[other(side)].body.sentences
        here = mine.index(sentence)
        level = set(self.level_links)
        linked = [(index, link) for index, link in enumerate(self.pieces) if here in _of(link, side)]
        moved = next(((index, link) for index, link in linked if index not in level), None)
        put_back = self.brought is not None and (moved is None or self.brought.here[0] == sentence.start)
        if put_back:
            self.brought = None
            said = "Put back"
        elif moved is None:
            self.say("It stands level already" if linked else "This sentence is linked with nothing: ga links it")
            return
        else:
            index, link = moved
            there = sorted(_of(link, other(side)))
            last = there[0]
            while last + 1 in there:
                last += 1
            span = theirs[there[0]].start, self._end_of(other(side), last)
            self.brought = Brought(side, (sentence.start, self._end_of(side, here)), span, index)
            where = WHERE.get(self.links[side][sentence.start].direction, "elsewhere")
            said = f"Brought alongside from {where} in {other(side).upper()}: gm puts it back"
        self.refold()
        self.lay_out_in_place()
        self.say(said)

    def _end_of(self, side: Side, sentence: int) -> int:
        """Where the next sentence begins, or the body ends."""
        following = self.facts[side].body.sentences[sentence + 1 : sentence + 2]
        return following[0].start if following else len(self.articles[side].body)

    @property
    def _texts(self) -> tuple[Stored, Stored]:
        return self.stored["a"], self.stored["b"]

    def _change_links(self, change: Callable[[], None]) -> bool:
        self.anchoring = None
        try:
            change()
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return False
        return True

    def anchor_hint(self) -> str:
        if self.anchoring is None:
            return ""
        side, sentence = self.anchoring
        there = other(side).upper()
        words = " ".join(displayable(sentence.of(self.articles[side].body)).split())
        return (
            f"To be linked, from {side.upper()}: {words}\n"
            f"Go to the sentence of {there} that says the same (Tab goes to {there}) and press ga there.\n"
            "Esc drops it."
        )

    # How much, and how

    def action_level(self) -> None:
        """Mark more in steps, at last the less certain conflicts, then conflicts alone again."""
        before = self.level
        self.level = LEVELS[(LEVELS.index(self.level) + 1) % len(LEVELS)]
        if self.level.confidence != before.confidence:
            self.least = self.level.confidence
        self.choose_shown()
        self.draw_facts()
        self.draw_cursor()
        self.say(self.level.told)

    def show_from(self, least: float) -> None:
        """Show the conflicts of which the machine is at least so sure."""
        least = max(0.0, min(1.0, least))
        if least == self.least:
            self.say("All are shown, even the least sure" if not least else "Only what is certain is shown")
            return
        self.least = least
        self.choose_shown()
        self.draw_cursor()
        hidden = len(self.findings) - len(self.shown)
        self.say(f"At least {least:.0%} sure: {plural(len(self.shown), 'conflict')} shown, {hidden} hidden")

    def action_less_sure(self) -> None:
        self._step_to(range(round(self.least * STEPS) - 1, -1, -1))

    def action_surer(self) -> None:
        self._step_to(range(round(self.least * STEPS) + 1, STEPS + 1))

    def _step_to(self, steps: range) -> None:
        """To the first of ``steps`` that shows more or fewer conflicts than are shown, to the next if none does."""
        shown = len(self.shown)
        levels = [step / STEPS for step in steps]
        other = (least for least in levels if len(shown_from(self.findings, least)) != shown)
        self.show_from(next(other, next(iter(levels), self.least)))

    @on(Slider.Moved)
    def _slider_moved(self, message: Slider.Moved) -> None:
        self.show_from(message.least)

    def action_quiet(self) -> None:
        """Draw the words on which linked sentences agree quietly, or like all others."""
        self.quieted = not self.quieted
        self.draw_facts()
        self.say("Agreed words are quiet" if self.quieted else "All words are drawn alike")

    def action_overview(self) -> None:
        """Show or hide the strip with a tick for every conflict."""
        shown = not self.overview.has_class("-shown")
        self.overview.set_class(shown, "-shown")
        self.lay_out_texts()
        self.draw_overview()
        ticks = f"{plural(len(self.shown), self.FOUND)} on the strip; a click goes to one"
        self.say(ticks if shown else "Overview hidden")

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
