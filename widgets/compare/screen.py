"""The compare screen: two reports level with each other, judged, and paired by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from db import LibraryError
from reader.nouns import Kind, Part, Place
from widgets.actions import BY_ID, Action
from widgets.citation import cited, name_of
from widgets.compare.findings import Finding
from widgets.compare.judging import kind_choices
from widgets.compare.queueing import QueueView
from widgets.compare.rows import SIDES, Point, Side, other
from widgets.compare.selecting import WordSelection, words_of
from widgets.dialogs import Choose
from widgets.exports.forms import PAIR_FORMS
from widgets.exports.pairs import told
from widgets.frame import plural
from widgets.layout import cells
from widgets.row_list import fit
from widgets.search_bar import SearchBar
from widgets.understanding import Compared
from widgets.work import one_line

WHILE_SELECTING = {
    "compare.pane_right": "One word more",
    "compare.pane_left": "One word less",
    "compare.word_forward": "The next word",
    "move.page_back": "The word before",
    "move.down": "To the row below",
    "move.up": "To the row above",
    "move.next_pane": "To the other side, to select there",
    "compare.pair": "Pair the words of both sides by hand",
    "compare.copy": "Copy the selected words with their sources",
    "find.clear": "Drop the selection",
}
"""What actions do with words that are being selected."""


class CompareScreen(QueueView):
    """Two reports of one event, side by side."""

    # Selecting words and pairing them by hand

    def action_select(self) -> None:
        if not self.ready:
            return
        self.open_fold(self.point)
        self.selecting = True
        self._begin_selection()
        self._draw_selection()

    def helped(self) -> tuple[str, list[Action]]:
        where, actions = super().helped()
        if not self.selecting:
            return where, actions
        told = [replace(BY_ID[action], help=said, group="Selecting") for action, said in WHILE_SELECTING.items()]
        return f"{where}, selecting words", told

    def helped_signs(self) -> Mapping[str, str]:
        return {} if self.selecting else super().helped_signs()

    def _begin_selection(self) -> None:
        """Select on this side: what the mouse selected, else the words of the current finding, else one word."""
        side = self.point.side
        part = self.point.part
        pane = self.pane
        start: int = self.offset_of(self.point)
        end: int | None = None
        mouse = pane.text_selection
        if mouse is not None and mouse.start is not None and mouse.end is not None:
            start, end = mouse.start.x, mouse.end.x
            self.clear_selection()
            at = pane.sheet.point(start)
            side, part = at.side, at.part
        elif self.current is not None and not self.current.orphaned(side):
            start, end = self._words_of(self.current, side)
            part = pane.sheet.point(start).part
        self._pick(side, part, start, end)

    def _pick(self, side: Side, part: Part, start: int, end: int | None = None) -> None:
        """Select the words of a part from ``start`` to ``end``, offsets of the sheet."""
        sheet = self.pane_of(side).sheet
        origin = sheet.start(side, part)
        words = words_of(sheet.text, origin, origin + len(self.articles[side].part(part)))
        if words:
            self.picked[side] = WordSelection.at(words, start, end)

    def _words_of(self, finding: Finding, side: Side) -> tuple[int, int]:
        """The span of a finding at the cursor's row, else its chief one."""
        row = self.row_of(self.point)
        spans = [self.span_of(side, place) for place in finding.places(side)]
        layout = self.pane_of(side).layout_rows
        return next((span for span in spans if row in layout.rows_of(*span)), spans[0])

    def _draw_selection(self) -> None:
        selection = self.picked.get(self.point.side)
        if selection is not None:
            self.point = self.pane.sheet.point(selection.head_offset)
            self.open_fold(self.point)
        self.draw_cursor()

    def selection_hint(self) -> str:
        lines = []
        for side in SIDES:
            words = "not selected yet"
            if (selection := self.picked.get(side)) is not None:
                start, end = selection.span
                picked = " ".join(self.pane_of(side).sheet.text[start:end].split())
                words = f"“{fit(picked, max(1, min(cells(picked), self.size.width - 8)))}”"
            lines.append(f"{'▶' if side == self.point.side else ' '}{side.upper()}  {words}")
        lines.append("h l extend by a word, w b move, j k up and down,")
        lines.append("Tab goes to the other side, Enter pairs, y copies, Esc drops.")
        return "\n".join(lines)

    def _change_selection(self, extend: int = 0, move: int = 0) -> None:
        side = self.point.side
        if (selection := self.picked.get(side)) is not None:
            self.picked[side] = selection.extend(extend) if extend else selection.move(move)
        self._draw_selection()

    def move_rows(self, count: int) -> None:
        side = self.point.side
        if not self.selecting or side not in self.picked:
            super().move_rows(count)
            return
        pane = self.pane
        selection = self.picked[side]
        row, column = pane.layout_rows.locate(selection.head_offset)
        rows = pane.layout_rows.rows
        row = max(0, min(len(rows) - 1, row + count))
        step = 1 if count > 0 else -1
        while 0 <= row < len(rows) and (rows[row].kind != "text" or pane.sheet.point(rows[row].start).side != side):
            row += step
        if 0 <= row < len(rows):
            offset = pane.layout_rows.offset_at(row, column)
            there = pane.sheet.point(offset)
            if there.part == self.point.part:
                self.picked[side] = selection.to(offset)
            else:
                self._pick(side, there.part, offset)
        self._draw_selection()

    def action_pane_left(self) -> None:
        if self.selecting:
            self._change_selection(extend=-1)
        else:
            super().action_pane_left()

    def action_pane_right(self) -> None:
        if self.selecting:
            self._change_selection(extend=1)
        else:
            super().action_pane_right()

    def action_word_forward(self) -> None:
        if self.selecting:
            self._change_selection(move=1)
        else:
            self.say("v selects words first")

    def action_page_back(self) -> None:
        if self.selecting:
            self._change_selection(move=-1)
        else:
            super().action_page_back()

    def cross(self) -> None:
        if not self.selecting:
            super().cross()
            return
        side = other(self.point.side)
        there = self.picked.get(side)
        if there is not None:
            self.point = self.pane_of(side).sheet.point(there.head_offset)
        else:
            current = self.current
            if current is not None and not current.orphaned(side):
                place = current.place(side)
                self.point = Point(side, place.part, place.start)
            else:
                self.point = self.level_point()
            self._begin_selection()
        self._draw_selection()

    def action_pair(self) -> None:
        if not self.selecting:
            self.say("v selects words on one side, Tab goes to the other, Enter pairs them")
            return
        missing = [side for side in SIDES if side not in self.picked]
        if missing:
            self.say(f"Select the words in {missing[0].upper()} too: Tab goes there")
            return
        places = {side: self._selected_place(side) for side in SIDES}

        def chosen(kind: Kind | None) -> None:
            if kind is not None:
                self._pair(places["a"], places["b"], kind)

        self.app.push_screen(Choose("A contradiction of which kind?", kind_choices()), chosen)

    def _selected_place(self, side: Side) -> Place:
        pane = self.pane_of(side)
        start, end = self.picked[side].span
        point = pane.sheet.point(start)
        text = self.articles[side].part(point.part)
        span = (point.offset, point.offset + end - start)
        return Place(part=point.part, start=span[0], end=span[1], text=text[slice(*span)])

    def _pair(self, a: Place, b: Place, kind: Kind) -> None:
        try:
            verdict = self.library.verdicts.judge(self.stored["a"], self.stored["b"], a, b, "contradiction", kind=kind)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        self._end_selection()
        self.read_findings()
        made = [finding for finding in self.shown if finding.verdict is not None and finding.verdict.id == verdict.id]
        self.go_to(made[0])
        self.remember_place()
        self.say_stored(f"a contradiction by hand ({kind})")

    def _end_selection(self) -> None:
        self.selecting = False
        self.picked.clear()

    def clear(self) -> None:
        """Esc: drop the selection, else the search, else the stress of what was walked to."""
        if self.selecting:
            self._end_selection()
            self.say("Selection dropped")
        elif self.anchoring is not None:
            self.anchoring = None
            self.say("Not linked")
        elif self.searching:
            self.query_one(SearchBar).close()
            self.say(f"Search cleared: n and N walk {self.FOUND}s")
        self.stop = None
        self.draw_cursor()

    # Looking

    def action_swap(self) -> None:
        self.remember_place()
        self.ids = {"a": self.ids["b"], "b": self.ids["a"]}
        self.folded = {block.b[0] for block in self.blocks if block.a[0] in self.folded}
        self._end_selection()
        self.current_key = ""
        self.open_pair()
        self.say("Sides swapped")

    # Copying

    def action_copy(self) -> None:
        """Copy what the mouse selected; else the words selected or both quotes of the finding, with their sources."""
        if selected := self.get_selected_text():
            self.copy(selected)
            return
        lines = []
        for side in SIDES:
            words = ""
            if self.selecting:
                words = self._selected_place(side).text if side in self.picked else ""
            elif self.current is not None:
                words = self.current.place(side).text
            elif side == self.point.side:
                words = self._sentence_here()
            if words:
                lines.append(cited(words, self.articles[side]))
        self.copy("\n".join(lines), " | ".join(lines))

    def _sentence_here(self) -> str:
        side = self.point.side
        text = self.articles[side].part(self.point.part)
        if self.point.part == "body" and side in self.facts:
            for sentence in self.facts[side].body.sentences:
                if sentence.end > self.point.offset:
                    return sentence.of(text)
        start = text.rfind("\n", 0, self.point.offset) + 1
        return text[start:].partition("\n")[0]

    def action_export(self) -> None:
        if not self.ready or self.comparison is None:
            self.say("Still comparing")
            return
        a, b = (self.stored[side] for side in SIDES)
        pair = told(a, b, Compared(self.facts["a"], self.facts["b"], self.comparison), self.shown)
        names = [one.article.source or name_of(one.article) for one in (a, b)]
        self.ask_where(
            f"Write the comparison with the {plural(len(self.shown), 'finding')} shown to",
            " ".join(names),
            tuple(PAIR_FORMS),
            lambda form, _: PAIR_FORMS[form](self.library, pair),
        )
