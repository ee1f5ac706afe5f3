"""Every key of the registry does, on every screen that carries it, what `DOES` says.

A new action needs one row in `DOES`: what is pressed first on the screen, and what is then seen of the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import UseApp, Using
from db_library import Clock
from msgspec.structs import replace
from rich.segment import Segment
from textual.events import Key
from textual.worker import WorkerCancelled
from two_reports import COMPARED, COMPARISON, CONFLICTS, FACTS_B, B, library_of

from db import Library
from reader.nouns import Comparison
from reader.partners import Partner
from widgets.actions import EVERYWHERE, SCREENS, SEARCHED, actions_of, parse_keys, show_keys
from widgets.keys import CommandScreen
from widgets.understanding import PartnerFinder

WAYS = {
    "library": "gg",
    "reader": "gg enter",
    "pairs": "gg P",
    "event_table": "gg gt",
    "compare": "gq gg enter",
    "events": "ge",
    "event": "ge gg enter",
    "contradictions": "gq",
    "sessions": "gs",
    "summary": "gs G s",
    "settle": "gs d",
    "history": "gh",
}
"""What is pressed in the library to come to each screen."""
LIKE = {"versions": "compare"}
"""Screens whose keys are those of another but for a few, which the test of the screen presses (`test_versions_screen`)."""
ALL_KEYS = ("library", "reader", "compare")
"""Screens on which the keys that all have alike are pressed too: a list, a page, two panes."""


LAST = ("pairs.dismiss_pair", "events.split", "app.quit_app")
"""What leaves little behind for the keys after it."""


class Row(NamedTuple):
    """What is pressed first, and what is seen of the key.

    ``says``: a pattern in the status line. ``opens``: the class of the screen that is then in front. ``moves``:
    whether something changes above the status line.
    """

    first: str = ""
    says: str = ""
    opens: str = ""
    moves: bool = True


def moves(first: str = "") -> Row:
    return Row(first)


def stays(first: str = "") -> Row:
    """Nothing is there for the key to do."""
    return Row(first, moves=False)


def says(pattern: str, first: str = "") -> Row:
    return Row(first, says=pattern)


def opens(screen: str, first: str = "") -> Row:
    return Row(first, opens=screen)


DOES: dict[str, Row] = {
    "library.read": opens("ReaderScreen"),
    "library.edit": opens("Form"),
    "library.pick": says("^A is "),
    "library.delete": says("^Deleted "),
    "library.mark": says("1 report marked"),
    "library.import": opens("ImportPrompt"),
    "library.paste": opens("ImportPrompt"),
    "library.fetch_feeds": says("No feed is followed"),
    "library.merge": opens("Prompt"),
    "library.analyse": says("All reports are analysed"),
    "library.make_session": opens("Choose"),
    "library.mark_range": says("^A range"),
    "library.mark_all": says("marked"),
    "library.view": says("^Nothing is saved under [1-9]"),
    "library.save_view": opens("Choose"),
    "library.views": says("^No view is saved yet"),
    "library.copy": says("^Copied"),
    "article.export": opens("Prompt"),
    "article.versions": says("version"),
    "compare.next_open_in_session": says("session|pair"),
    "compare.previous_open_in_session": says("session|pair"),
    "compare.tension": says("^Stored: .* tension", "gg ]c"),
    "library.sort": opens("Choose"),
    "library.filter": opens("Choose"),
    "library.next_unread": moves("gg"),
    "library.previous_unread": moves("G"),
    "article.star": says("[Ss]tarred"),
    "article.toggle_read": says("^Marked .*read"),
    "article.tag": opens("Prompt"),
    "article.untag": says("^No tags here"),
    "article.partners": opens("PairsScreen"),
    "article.open_source": says("^No address is known"),
    "reader.next_quantity": says("passengers"),
    "reader.previous_quantity": says("passengers"),
    "reader.next_time": says("2031-03-03"),
    "reader.previous_time": says("2031-03-03"),
    "reader.next_name": says("Port Lume"),
    "reader.previous_name": says("Port Lume"),
    "reader.edit_reading": opens("Form", "]q"),
    "reader.dismiss_reading": says("u undoes it", "]q"),
    "reader.copy": says("^Copied"),
    "reader.wider": says("^Lines of"),
    "reader.narrower": says("^Lines of"),
    "reader.paragraphs": says("^Between paragraphs"),
    "reader.leading": says("lines"),
    "reader.justify": says("edge"),
    "reader.plain_page": says("^The page as it comes"),
    "reader.next_paragraph": moves("gg"),
    "reader.previous_paragraph": moves("G"),
    "reader.compare": says("^No partner yet"),
    "pairs.compare": opens("CompareScreen"),
    "pairs.dismiss_pair": says("^Dismissed"),
    "pairs.why": opens("Notice"),
    "pairs.make_session": opens("SessionsScreen"),
    "pairs.copy": says("^Copied"),
    "pairs.event_table": opens("EventTableScreen"),
    "article.event_table": opens("EventTableScreen"),
    "event_table.left": moves("$"),
    "event_table.right": moves("0"),
    "event_table.first_column": moves("$"),
    "event_table.last_column": moves("0"),
    "event_table.open": opens("CompareScreen", "f gg 0"),
    "event_table.read": opens("ReaderScreen"),
    "event_table.why": opens("Notice"),
    "event_table.copy": says("^Copied", "f gg 0"),
    "event_table.conflicts": says("^Only what conflicts|^All rows"),
    "event_table.filter": opens("Choose"),
    "event_table.make_session": opens("SessionsScreen"),
    "event_table.export": opens("Prompt"),
    "pairs.export": opens("Prompt"),
    "article.event": opens("EventScreen"),
    "events.open": opens("EventScreen"),
    "event.open": opens("ReaderScreen"),
    "event.export": opens("Prompt"),
    "events.make_session": opens("SessionsScreen"),
    "events.rename": opens("Prompt"),
    "events.event_table": opens("EventTableScreen"),
    "events.merge": opens("Prompt"),
    "events.split": says("^Split .* off into an event of its own", "gg"),
    "events.move": opens("Prompt"),
    "events.mark": moves("gg"),
    "events.copy": says("^Copied"),
    "events.sort": opens("Choose"),
    "events.filter": opens("Choose"),
    "events.export": opens("Prompt"),
    "go.events": opens("EventsScreen"),
    "contradictions.open": opens("CompareScreen"),
    "contradictions.filter": opens("Choose"),
    "contradictions.sort": opens("Choose"),
    "contradictions.accept": says("^Stored: .* contradiction"),
    "contradictions.reject": says("^Stored: .* compatible"),
    "contradictions.leave_open": says("^Stored: .* unsure"),
    "contradictions.tag": opens("Prompt", "F d"),
    "contradictions.untag": says("^No tags here", "F d"),
    "contradictions.copy": says("^Copied.* — .* [|] .* — "),
    "contradictions.waiting": says("^No judgement waits"),
    "contradictions.export": opens("Prompt"),
    "sessions.open": opens("CompareScreen", "G"),
    "sessions.make": opens("SessionsScreen", "D"),
    "sessions.summary": opens("SummaryScreen", "G"),
    "sessions.settle": opens("SettleScreen", "G"),
    "sessions.copy": says("^Copied.* came to$", "G"),
    "sessions.export": opens("Prompt", "G"),
    "sessions.rename": opens("Prompt", "G"),
    "sessions.finish": says("[Ff]inished|again", "G"),
    "sessions.hand_over": opens("Prompt", "G"),
    "sessions.judge_as": opens("Prompt"),
    "sessions.delete": says("^Deleted"),
    "summary.go_on": opens("CompareScreen"),
    "summary.copy": says("^Copied"),
    "summary.export": opens("Prompt"),
    "summary.finish": says("Finished"),
    "summary.settle": opens("SettleScreen"),
    "settle.open": opens("CompareScreen"),
    "settle.take_first": says("u undoes it"),
    "settle.take_second": says("u undoes it"),
    "settle.take_another": opens("Choose"),
    "settle.note": opens("Prompt"),
    "settle.copy": says("^Copied"),
    "settle.export": opens("Prompt"),
    "history.copy": says("^Copied"),
    "history.export": opens("Prompt"),
    "compare.next_conflict": moves("gg"),
    "compare.previous_conflict": moves("G"),
    "compare.next_undecided": moves("gg"),
    "compare.previous_undecided": moves("G"),
    "compare.next_number": moves("gg"),
    "compare.previous_number": moves("G"),
    "compare.next_time": moves("gg"),
    "compare.previous_time": moves("gg"),
    "compare.next_name": moves("gg"),
    "compare.previous_name": moves("G"),
    "compare.next_polarity": moves("gg"),
    "compare.previous_polarity": moves("G"),
    "compare.next_one_sided": moves("gg"),
    "compare.previous_one_sided": moves("gg"),
    "compare.next_moved": moves("gg"),
    "compare.previous_moved": moves("G"),
    "compare.next_in_session": says("session|pair"),
    "compare.previous_in_session": says("session|pair"),
    "compare.pane_left": moves("gg l"),
    "compare.pane_right": moves("gg h"),
    "compare.next_paragraph": moves("gg"),
    "compare.previous_paragraph": moves("G"),
    "compare.same_fact": moves("gg ]c"),
    "compare.accept": says("^Stored: .* contradiction", "gg ]c"),
    "compare.reject": says("^Stored: .* compatible", "gg ]c"),
    "compare.leave_open": says("^Stored: .* unsure", "gg ]c"),
    "compare.kind": says("^Stored: kind ", "gg ]c"),
    "compare.kind_menu": opens("Choose", "gg ]c"),
    "compare.outcome": opens("Choose", "gg ]c"),
    "compare.severity_up": says("severity [23] of 3", "gg ]c -"),
    "compare.severity_down": says("severity [12] of 3", "gg ]c +"),
    "compare.note": opens("Prompt", "gg ]c"),
    "compare.tag": opens("Prompt", "gg ]c"),
    "compare.untag": says("^No tags here", "gg ]c"),
    "compare.flag": says("^Stored: flag", "gg ]c"),
    "compare.select": moves("gg"),
    "compare.word_forward": moves("gg v"),
    "compare.pair": opens("Choose", "gg v tab"),
    "compare.accept_all": opens("Confirm"),
    "compare.reject_all": opens("Confirm"),
    "compare.why": opens("Notice", "gg ]c"),
    "compare.waiting": says("^No judgement waits"),
    "compare.undo_verdict": says("^Undone: ", "gg ]c f"),
    "compare.fold": says("^Nothing to fold here", "gg ]c"),
    "compare.fold_all": says("^Folded ", "zR"),
    "compare.unfold_all": says("^Opened ", "zM"),
    "compare.level": says("[Mm]arked"),
    "compare.less_sure": says("conflicts? shown"),
    "compare.surer": says("conflicts? shown"),
    "compare.quiet": says("words"),
    "compare.anchor": moves("gg }"),
    "compare.unanchor": says("^Parted", "gg }"),
    "compare.bring_moved": says("^Brought", "gg ]m"),
    "compare.overview": moves(),
    "compare.export": opens("Prompt"),
    "compare.copy": says("^Copied", "gg ]c"),
    "compare.scroll_lock": says("scroll"),
    "compare.layout": moves(),
    "compare.swap": says("^Sides swapped"),
    "compare.centre": moves("G ctrl+u k k"),
    "move.down": moves("gg"),
    "move.up": moves("G"),
    "move.top": moves("G"),
    "move.bottom": moves("gg"),
    "move.bottom@reader": moves("home"),
    "move.half_down": moves("gg"),
    "move.half_up": moves("G"),
    "move.page_forward": moves("gg"),
    "move.page_back": moves("G"),
    "move.next_pane": stays(),
    "move.next_pane@compare": moves("gg"),
    "move.previous_pane": stays(),
    "move.previous_pane@compare": moves("gg"),
    "find.clear": stays(),
    **{f"find.clear@{screen}": moves("/") for screen in SEARCHED},
    "find.search": moves(),
    "find.next_match": says("^No search yet"),
    "find.previous_match": says("^No search yet"),
    "find.next_match@compare": moves("gg"),
    "find.previous_match@compare": moves("G"),
    "find.next_match@pairs": moves("gg"),
    "find.previous_match@pairs": moves("G"),
    "find.next_match@contradictions": moves("gg"),
    "find.next_match@event_table": moves("gg"),
    "find.previous_match@event_table": moves("G"),
    "find.previous_match@contradictions": moves("G"),
    "app.help": opens("HelpScreen"),
    "app.palette": opens("CommandPalette"),
    "app.undo": says("^Undone: "),
    "app.redo": says("^Redone: ", "u"),
    "app.colours": opens("ThemeMenu"),
    "app.go_back": opens("LibraryScreen"),
    "app.go_back@compare": opens("ContradictionsScreen"),
    "app.quit_app": opens(""),
    "go.library": opens("LibraryScreen"),
    "go.pairs": opens("PairsScreen"),
    "go.contradictions": opens("ContradictionsScreen"),
    "go.sessions": opens("SessionsScreen"),
    "go.history": opens("HistoryScreen"),
}
"""By the id of the action, or by ``id@screen`` where a screen differs."""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Three reports, a session of two pairs that Ada judged in part, and Ben's review of it."""
    library = library_of(tmp_path / "library.db")
    library._store._clock = Clock()
    library.reviewer = "ada"
    library.articles.add(replace(B, title="Ferry owners speak again", source="Evening Mail", body=B.body + "\n\nMore."))
    a, b, c = library.articles.get_many([1, 2, 3])
    library.facts.put(c, FACTS_B)
    library.comparisons.put(a, c, COMPARISON, COMPARED)
    made = library.sessions.make("Ferry", [(1, 2), (1, 3)])
    for conflict, judgement in zip(CONFLICTS, ("contradiction", "tension"), strict=False):
        library.verdicts.judge_conflict(a, b, conflict, judgement)
    library.visits.count(1, 2, 2, 4)
    review = library.sessions.hand_over(made.id, "ben")
    library.reviewer = "ben"
    for conflict, judgement in zip(CONFLICTS, ("compatible", "contradiction"), strict=False):
        library.verdicts.judge_conflict(a, b, conflict, judgement)
    library.visits.count(1, 2, 2, 4)
    library.sessions.finish(review.id)
    library.reviewer = "ada"
    for article in (1, 2, 3):
        library.events.place(article, beside=1)

    def partners(_: PartnerFinder, article: int, limit: int, *__: object) -> list[Partner]:
        return [Partner(id=other, score=0.9) for other in (1, 2, 3) if other != article][:limit]

    def compare(*_: object, **__: object) -> Comparison:
        return COMPARED

    monkeypatch.setattr(PartnerFinder, "partners", partners)
    monkeypatch.setattr("reader.comparison.compare", compare)
    yield library
    library.close()


def picture(using: Using) -> list[list[Segment]]:
    """What is on the screen, styles included, without the status line and the footer."""
    return [list(strip) for strip in using.app.screen._compositor.render_strips()][:-2]


async def rest(using: Using) -> None:
    """Wait until no worker runs, no message waits and all is drawn: by what is queued, not by the clock of `Pilot.pause`."""
    app, quiet = using.app, 0
    while quiet < 2 and app.is_running:
        await using.pilot._wait_for_screen()
        screen = app.screen
        screen._on_timer_update()
        working = any(not worker.is_finished for worker in app.workers)
        if working:
            with suppress(WorkerCancelled):
                await app.workers.wait_for_complete()
        waiting = any(
            one.message_queue_size or one._next_callbacks for one in (app, *screen.walk_children(with_self=True))
        )
        drawing = bool(screen._dirty_widgets or screen._layout_required or screen._callbacks)
        quiet = 0 if working or waiting or drawing else quiet + 1


async def send(using: Using, *keys: str) -> None:
    """Press keys without the waits of Pilot, which are for animations: there are some hundreds of keys here."""
    for key in keys:
        for one in parse_keys(key):
            using.app.post_message(Key(one, " " if one == "space" else one if len(one) == 1 else None))
    await rest(using)


async def come_to(using: Using, screen: str) -> None:
    """Leave what the last key opened; where it left the screen, go there again by the keys."""
    app = using.app
    for _ in range(3):  # a screen that was on its way may come in front once more
        while not isinstance(app.screen, CommandScreen) or screen != app.screen.SCREEN_NAME:
            if len(app.screen_stack) == 2:
                for keys in WAYS[screen].split():
                    await send(using, keys)
                break
            app.pop_screen()
            await rest(using)
        await send(using, "escape")
        if isinstance(app.screen, CommandScreen) and screen == app.screen.SCREEN_NAME:
            return
    pytest.fail(f"{WAYS[screen]} does not lead to {screen}: {app.screen_stack}")


def row_of(action: str, screen: str) -> Row | None:
    return DOES.get(f"{action}@{screen}", DOES.get(action))


@pytest.mark.parametrize("screen", WAYS)
def test_every_action_has_a_row(screen: str) -> None:
    without = [action.id for action in actions_of(screen) if row_of(action.id, screen) is None]
    assert not without, f"add to DOES in {Path(__file__).name} what is seen of these keys: {', '.join(without)}"


def test_every_row_has_an_action() -> None:
    known = {name for screen in SCREENS for a in actions_of(screen) for name in (a.id, f"{a.id}@{screen}")}
    assert DOES.keys() <= known


def test_each_screen_is_come_to_or_is_like_one_that_is() -> None:
    assert SCREENS.keys() == WAYS.keys() | LIKE.keys()
    for screen, model in LIKE.items():
        shared = {action.id for action in actions_of(screen) if action.screens != (screen,)}
        assert shared <= {action.id for action in actions_of(model)}


@pytest.mark.parametrize("screen", WAYS)
@pytest.mark.timeout(300)
async def test_every_key_does_what_its_row_says(library: Library, use: UseApp, screen: str) -> None:
    wrong = []
    carried = [one for one in actions_of(screen) if screen in ALL_KEYS or one.screens != EVERYWHERE]
    async with use(library, size=(100, 20)) as using:
        for action in sorted(carried, key=lambda action: (action.id in LAST, action.id == "app.quit_app")):
            row = row_of(action.id, screen)
            assert row is not None
            for keys in action.commands()[: None if screen == "compare" else 1]:
                await come_to(using, screen)
                await send(using, *row.first.split())
                front = using.app.screen
                assert isinstance(front, CommandScreen)
                front.say("")
                before = [] if row.says or row.opens else picture(using)
                await send(using, *keys)
                if action.id == "app.quit_app":
                    assert not using.app.is_running
                    continue
                front = using.app.screen
                said = using.said if isinstance(front, CommandScreen) else ""
                as_told = (
                    type(front).__name__ == row.opens
                    if row.opens
                    else re.search(row.says, said) is not None
                    if row.says
                    else (picture(using) != before) is row.moves
                )
                if not as_told:
                    seen = f"{type(front).__name__} is in front and says “{said}”"
                    wrong.append(f"{show_keys(keys)} ({action.id}), expected {row}: {seen}")
    assert not wrong, "\n".join(wrong)
