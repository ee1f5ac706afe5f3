"""The one registry of actions: what a person can do, on which screen, with which keys.

The footer, the help screen, the command palette, docs/keys.md and the key dispatcher (``widgets.keys``) are all
drawn from it. An action ``library.star`` runs the method ``action_star`` of the nearest of: the widget in focus, its
ancestors, the screen, the app.

Keys are written as one string a command: ``]c`` is ``]`` then ``c``; a named key or a chord (``enter``, ``ctrl+d``)
is one key. ``1-9`` is short for nine commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NAMED_KEYS = frozenset(
    (
        *("enter", "escape", "space", "tab", "backspace", "delete", "insert", "up", "down", "left", "right"),
        *("home", "end", "pageup", "pagedown"),
        *(f"f{n}" for n in range(1, 13)),
    )
)
_SHOWN = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "up": "↑", "down": "↓", "left": "←", "right": "→"}

SCREENS: Mapping[str, str] = {
    "library": "Library",
    "reader": "Reader",
    "pairs": "Pairs",
    "events": "Events",
    "event": "Event",
    "event_table": "Event table",
    "compare": "Compare",
    "versions": "Versions",
    "contradictions": "Contradictions",
    "sessions": "Sessions",
    "summary": "Summary",
    "settle": "Settle",
    "history": "History",
}
"""Screen names as the registry uses them, with their titles."""

EVERYWHERE: tuple[str, ...] = tuple(SCREENS)
SEARCHED: tuple[str, ...] = (
    *("library", "reader", "pairs", "events", "event_table"),
    *("compare", "versions", "contradictions"),
)

Keys = tuple[str, ...]


def parse_keys(written: str) -> Keys:
    """The keys of one command in the order they are pressed: ``"]c"`` -> ``("]", "c")``; ``"ctrl+d"`` -> itself."""
    if written in NAMED_KEYS or ("+" in written[:-1] and len(written) > 2):
        return (written,)
    return tuple(written)


def show_keys(keys: Keys) -> str:
    """How a command is written for people: ``("ctrl+d",)`` -> ``Ctrl+D``, ``("]", "c")`` -> ``]c``."""

    def shown(key: str) -> str:
        if len(key) == 1:
            return key
        return "+".join(_SHOWN.get(part, part.capitalize()) for part in key.split("+"))

    return "".join(shown(key) for key in keys)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    ``keys`` are alternatives, the first is the one shown. ``name`` is short (footer, palette), ``help`` one line.
    ``takes_key`` passes the last key pressed to the method, for families such as ``1-9``.
    ``footer`` is its rank in the footer, 0 for not there.
    """

    id: str
    keys: tuple[str, ...]
    name: str
    help: str
    group: str
    screens: tuple[str, ...] = EVERYWHERE
    footer: int = 0
    takes_key: bool = False

    @property
    def method(self) -> str:
        """The name of the method that does it."""
        return "action_" + self.id.rpartition(".")[2]

    def commands(self, keymap: Mapping[str, tuple[str, ...]] | None = None) -> list[Keys]:
        """Its key sequences, as declared or as ``keymap`` (action id to keys) replaces them, ranges written out."""
        written = self.keys if keymap is None else keymap.get(self.id, self.keys)
        return [keys for one in written for keys in _expand(one)]

    def shown(self, keymap: Mapping[str, tuple[str, ...]] | None = None) -> str:
        """Its first command for people; a range stays one (``1-9``)."""
        written = self.keys if keymap is None else keymap.get(self.id, self.keys)
        if not written:
            return ""
        return written[0] if _range(written[0]) else show_keys(parse_keys(written[0]))


def _range(written: str) -> tuple[str, str] | None:
    if len(written) == 3 and written[1] == "-" and written[0].isdigit() and written[2].isdigit():
        return written[0], written[2]
    return None


def _expand(written: str) -> list[Keys]:
    if ends := _range(written):
        return [(str(n),) for n in range(int(ends[0]), int(ends[1]) + 1)]
    return [parse_keys(written)]


def _everywhere() -> Iterable[Action]:
    def move(name: str, keys: tuple[str, ...], help_line: str) -> Action:
        return Action(f"move.{name.replace(' ', '_')}", keys, name.capitalize(), help_line, "Moving")

    yield move("down", ("j", "down"), "Next line or row")
    yield move("up", ("k", "up"), "Previous line or row")
    yield move("top", ("gg", "home"), "First line or row")
    yield move("bottom", ("G", "end"), "Last line or row")
    yield move("half down", ("ctrl+d",), "Half a page down")
    yield move("half up", ("ctrl+u",), "Half a page up")
    yield move("page forward", ("space", "pagedown"), "A page down")
    yield move("page back", ("b", "pageup"), "A page up")
    yield Action("move.next_pane", ("tab",), "Next pane", "Move to the next pane", "Moving")
    yield Action("move.previous_pane", ("shift+tab",), "Previous pane", "Move to the previous pane", "Moving")
    yield Action("find.search", ("/",), "Search", "Search; Enter keeps it, Esc clears it", "Searching", SEARCHED, 6)
    yield Action("find.next_match", ("n",), "Next match", "Next match of the search", "Searching", SEARCHED)
    yield Action("find.previous_match", ("N",), "Previous match", "Previous match of the search", "Searching", SEARCHED)
    yield Action(
        "find.clear", ("escape",), "Clear", "Clear the search or the selection; stop work under way", "Searching"
    )
    yield Action(
        "app.help", ("?",), "Help", "All keys for what has the focus; type to search them", "Rashomon", footer=8
    )
    yield Action("app.palette", (":", "ctrl+p"), "Command palette", "Find any action by name and run it", "Rashomon")
    yield Action(
        "app.undo", ("u",), "Undo", "Undo the last change, whenever it was made, and say what it was", "Rashomon"
    )
    yield Action("app.redo", ("ctrl+r",), "Redo", "Redo what was undone", "Rashomon")
    yield Action("app.colours", ("gc",), "Colours", "Choose the theme; it is kept", "Rashomon")
    yield Action(
        "app.go_back",
        ("q",),
        "Back",
        "Back to where you came from; after a key of Going to the library",
        "Rashomon",
        footer=7,
    )
    yield Action("app.quit_app", ("Q",), "Quit", "Leave Rashomon; everything is already saved", "Rashomon")
    yield Action("go.library", ("gl",), "Go to library", "All reports", "Going")
    yield Action("go.pairs", ("gp",), "Go to pairs", "Reports of the same event as the last one chosen", "Going")
    yield Action("go.events", ("ge",), "Go to events", "What happened: reports of one event together", "Going")
    yield Action(
        "go.contradictions",
        ("gq",),
        "Go to open conflicts",
        "Conflicts that nobody judged, surest first; where there are none, what was judged",
        "Going",
    )
    yield Action(
        "go.sessions",
        ("gs",),
        "Go to sessions",
        "Queues of pairs to work through, and pairs opened alone, latest first",
        "Going",
    )
    yield Action("go.history", ("gh",), "Go to history", "Every change, latest first", "Going")


def _article(screens: tuple[str, ...]) -> Iterable[Action]:
    group = "This report"
    lists = (*screens, "pairs", "event")
    yield Action("article.star", ("m",), "Star", "Star or un-star", group, lists)
    yield Action("article.toggle_read", ("r",), "Read/unread", "Mark read or unread", group, (*screens, "event"))
    yield Action("article.tag", ("t",), "Tag", "Add tags; Tab completes", group, lists)
    yield Action("article.untag", ("T",), "Untag", "Remove tags", group, lists)
    yield Action(
        "article.partners",
        ("P",),
        "Partners",
        "Other reports of the same event, best first",
        group,
        (*screens, "event"),
        footer=4,
    )
    yield Action(
        "article.export", ("E",), "Export", "Write to a file: Markdown, text, JSON, JSON Lines or CSV", group, screens
    )
    yield Action(
        "article.versions",
        ("gv",),
        "Versions",
        "What changed where it was imported again, side by side",
        group,
        screens,
    )
    yield Action(
        "article.event",
        ("gE",),
        "Its event",
        "The event of this report: all its reports, and their pairs",
        group,
        screens,
    )
    yield Action(
        "article.event_table",
        ("gt",),
        "Event table",
        "What all reports of this event say, in one table; in the library of those marked",
        group,
        screens,
    )
    yield Action("article.open_source", ("o",), "Open source", "Open its address in the browser", group, screens)


def _library() -> Iterable[Action]:
    def act(name: str, keys: tuple[str, ...], title: str, help_line: str, group: str, footer: int = 0) -> Action:
        return Action(f"library.{name}", keys, title, help_line, group, ("library",), footer)

    yield act("read", ("enter",), "Read", "Read this report", "This report", footer=1)
    yield act("edit", ("e",), "Edit", "Correct title, source or date", "This report")
    yield act(
        "pick", ("p",), "Pick to compare", "Pick report A, then B; the second opens the comparison", "This report", 3
    )
    yield act("delete", ("D",), "Delete", "Delete; u brings it back", "This report")
    yield act("mark", ("v",), "Mark", "Mark several; the next command takes them all", "This report")
    yield act("mark_range", ("V",), "Mark a range", "Mark a range: V, move, V; or a command right away", "This report")
    yield act("mark_all", ("A",), "Mark all", "Mark all that is listed", "This report")
    yield Action(
        "library.view", ("1-9",), "Saved view", "List what was saved under the digit", "Library", ("library",), 0, True
    )
    yield act("save_view", ("s",), "Save view", "Save search, filter and order under a digit", "Library")
    yield act("views", ("w",), "Views", "All saved views: open, rename, delete", "Library")
    yield act("copy", ("y",), "Copy", "Copy the citation", "This report")
    yield act(
        "import", ("i",), "Import", "Add files, a folder, a web page, or a text that is pasted", "Library", footer=2
    )
    yield act("paste", ("I",), "Paste", "Add the report, or the page, that is in the clipboard", "Library")
    yield act("fetch_feeds", ("R",), "Fetch feeds", "Fetch what is new in the feeds that are due", "Library")
    yield act("merge", ("M",), "Merge another library", "Join another library to this one; nothing is lost", "Library")
    yield act(
        "analyse",
        ("a",),
        "Analyse",
        "Find the facts of all reports that have none yet; goes on where it stopped",
        "Library",
    )
    yield act(
        "make_session",
        ("W",),
        "Work through",
        "Make a session of the reports marked, listed, or of one event",
        "Library",
    )
    yield act("sort", ("S",), "Sort", "Choose the order", "Library")
    yield act("filter", ("F",), "Filter", "Choose what is listed", "Library", footer=5)
    yield act("next_unread", ("]u",), "Next unread", "Next unread report", "Moving")
    yield act("previous_unread", ("[u",), "Previous unread", "Previous unread report", "Moving")


def _reader() -> Iterable[Action]:
    def walk(noun: str, letter: str, what: str) -> Iterable[Action]:
        group, here = "Facts", ("reader",)
        yield Action(
            f"reader.next_{noun}", (f"]{letter}",), f"Next {what}", f"Next {what}, with its reading", group, here
        )
        yield Action(f"reader.previous_{noun}", (f"[{letter}",), f"Previous {what}", f"Previous {what}", group, here)

    yield from walk("quantity", "q", "number")
    yield from walk("time", "d", "time")
    yield from walk("name", "e", "name")
    yield Action(
        "reader.edit_reading",
        ("e",),
        "Correct",
        "Correct how the number, time or name at the cursor was read",
        "Facts",
        ("reader",),
        footer=1,
    )
    yield Action(
        "reader.dismiss_reading",
        ("x",),
        "Dismiss",
        "It is no number, time or name; again: as Rashomon read it",
        "Facts",
        ("reader",),
        footer=2,
    )
    yield Action(
        "reader.copy",
        ("y",),
        "Copy",
        "Copy what the mouse selected, else the sentence at the cursor, with its citation",
        "This report",
        ("reader",),
    )

    def look(name: str, keys: str, title: str, help_line: str) -> Action:
        return Action(f"reader.{name}", (keys,), title, help_line, "The page", ("reader",))

    yield look("wider", "zw", "Wider", "Longer lines; kept for all reports, as all of this is")
    yield look("narrower", "zW", "Narrower", "Shorter lines")
    yield look("paragraphs", "zp", "Paragraphs", "Between paragraphs: an indent, one blank line, two")
    yield look("leading", "zl", "Line spacing", "Lines single-spaced or double-spaced")
    yield look("justify", "zj", "Justify", "Both edges even, or the right one ragged")
    yield look("plain_page", "z0", "As it comes", "Width, spacing and edges as they come")
    yield Action("reader.next_paragraph", ("}",), "Next paragraph", "Next paragraph", "Moving", ("reader",))
    yield Action("reader.previous_paragraph", ("{",), "Previous paragraph", "Previous paragraph", "Moving", ("reader",))
    yield Action(
        "reader.compare", ("c",), "Compare", "Compare with the last partner", "This report", ("reader",), footer=3
    )


def _export(screen: str, group: str, what: str) -> Action:
    return Action(
        f"{screen}.export", ("E",), "Export", f"Write {what} as CSV, Markdown, JSON or JSON Lines", group, (screen,)
    )


def _pairs() -> Iterable[Action]:
    def act(name: str, keys: tuple[str, ...], title: str, help_line: str, footer: int) -> Action:
        return Action(f"pairs.{name}", keys, title, help_line, "Pairs", ("pairs",), footer)

    yield act("compare", ("enter",), "Compare", "Compare these two", 1)
    yield act("dismiss_pair", ("x",), "Dismiss", "Not the same event; stays dismissed", 2)
    yield act("why", ("w",), "Why", "Why these two", 3)
    yield act("make_session", ("W",), "Work through", "Make a session of all partners listed", 4)
    yield act("event_table", ("gt",), "Event table", "What this report and its partners say, in one table", 5)
    yield act("copy", ("y",), "Copy", "Copy the citation", 0)
    yield _export("pairs", "Pairs", "the partners listed")


def _events() -> Iterable[Action]:
    def act(
        name: str, keys: tuple[str, ...], title: str, help_line: str, screens: tuple[str, ...], footer: int = 0
    ) -> Action:
        group = "This event" if "event" in screens else "Events"
        return Action(f"events.{name}", keys, title, help_line, group, screens, footer)

    both = ("events", "event")
    yield Action("events.open", ("enter",), "Open", "Its reports, and the pairs they make", "Events", ("events",), 1)
    yield Action(
        "event.open",
        ("enter",),
        "Read, compare",
        "Read this report; among the pairs: compare",
        "This event",
        ("event",),
        1,
    )
    yield act("make_session", ("W",), "Work through", "Make a session of all pairs of this event", both, 2)
    yield act("rename", ("e",), "Name", "Name the event; empty, a title names it", both, 3)
    yield act("event_table", ("gt",), "Event table", "What all its reports say, in one table", both, 4)
    yield act("merge", ("M",), "Merge", "Merge this event into another one, the likeliest offered first", both)
    yield act("split", ("x",), "Split off", "This report, or those marked, are of an event of their own", ("event",), 5)
    yield act("move", (">",), "Move", "This report, or those marked, are of another event", ("event",))
    yield act("mark", ("v",), "Mark", "Mark several reports; the next command takes them all", ("event",))
    yield act("copy", ("y",), "Copy", "Copy the citation", ("event",))
    yield act("sort", ("S",), "Sort", "By date, reports, outlets or open conflicts", ("events",), 5)
    yield act("filter", ("F",), "Filter", "Of how many reports, and with open conflicts", ("events",))
    yield _export("events", "Events", "the events listed")
    yield Action(
        "event.export",
        ("E",),
        "Export",
        "Write its reports as Markdown, text, JSON, JSON Lines or CSV",
        "This event",
        ("event",),
    )


def _event_table() -> Iterable[Action]:
    def act(name: str, keys: tuple[str, ...], title: str, help_line: str, group: str, footer: int = 0) -> Action:
        return Action(f"event_table.{name}", keys, title, help_line, group, ("event_table",), footer)

    cell, table = "This cell", "The table"
    yield act("left", ("h", "left"), "Report before", "To the report in the column before", "Moving")
    yield act("right", ("l", "right"), "Next report", "To the report in the next column", "Moving")
    yield act("first_column", ("0",), "First report", "To the first report", "Moving")
    yield act("last_column", ("$",), "Last report", "To the last report", "Moving")
    yield act("open", ("enter",), "Compare", "Compare this report with the one that tells it otherwise, there", cell, 1)
    yield act("read", ("r",), "Read", "Read this report where it tells this", cell, 2)
    yield act(
        "why", ("w",), "All of it", "All that each report says of this, in its words, and why they conflict", cell, 3
    )
    yield act("copy", ("y",), "Copy", "Copy what this report says with its citation", cell)
    yield act("conflicts", ("f",), "Conflicts only", "List only what conflicts, or all", table, 4)
    yield act("filter", ("F",), "Filter", "What is counted, timed, claimed or named", table, 5)
    yield act("make_session", ("W",), "Work through", "Make a session of all pairs of these reports", table)
    yield act(
        "export",
        ("E",),
        "Export",
        "Write the rows listed as one HTML page with every pair, CSV, Markdown or JSON",
        table,
    )


def _lists() -> Iterable[Action]:
    def act(name: str, keys: tuple[str, ...], title: str, help_line: str, footer: int = 0) -> Action:
        return Action(f"contradictions.{name}", keys, title, help_line, "Contradictions", ("contradictions",), footer)

    yield act("open", ("enter",), "Open", "Open the comparison there", 1)
    yield act("filter", ("F",), "Filter", "Open, judged or all; by judgement and kind; waiting, orphaned", 2)
    yield act("sort", ("S",), "Sort", "Surest or gravest first")
    yield act("accept", ("a",), "Contradiction", "The open conflict at the cursor is a contradiction", 3)
    yield act("reject", ("x",), "No conflict", "The open conflict at the cursor is not a contradiction", 4)
    yield act("leave_open", ("s",), "Leave open", "Looked at and left open: unsure")
    yield act("tag", ("t",), "Tag", "Add tags; Tab completes")
    yield act("untag", ("T",), "Untag", "Remove tags")
    yield act("copy", ("y",), "Copy", "Copy both quotes with their citation")
    yield act(
        "waiting",
        ("W",),
        "Changed words",
        "Judgements whose sentence was changed: see old and new, say whether these are still the words",
        5,
    )
    yield act(
        "export",
        ("E",),
        "Export",
        "Write the judgements listed as CSV, Markdown, JSON, JSON Lines, an HTML page, Web Annotations or ClaimReview;"
        " open conflicts as one of the first four",
    )
    yield from _sessions()
    yield Action("history.copy", ("y",), "Copy", "Copy what was done", "History", ("history",))
    yield _export("history", "History", "every change")


def _sessions() -> Iterable[Action]:
    def act(name: str, keys: tuple[str, ...], title: str, help_line: str, footer: int = 0) -> Action:
        return Action(f"sessions.{name}", keys, title, help_line, "Sessions", ("sessions",), footer)

    yield act("open", ("enter",), "Go on", "Go on where it was left: the same pair, the same sentence", 1)
    yield act("make", ("W",), "Make", "Make a session of all pairs with open conflicts", 2)
    yield act("summary", ("s",), "Summary", "What the session came to: pairs, judgements, kinds, time and pace", 3)
    yield act("settle", ("d",), "Differences", "Where two reviewers differ, how far they agree, and what is to hold", 5)
    yield act("copy", ("y",), "Copy", "Copy the summary as text")
    yield act(
        "export", ("E",), "Export", "Write the session as Markdown, CSV, JSON, text, or one HTML page with every pair"
    )
    yield act("rename", ("r",), "Rename", "Give the session another name")
    yield act("finish", ("f",), "Finish", "Finish the session, or take it up again")
    yield act("hand_over", ("H",), "Second reviewer", "Hand the session to a second reviewer, who judges blind", 4)
    yield act("judge_as", ("w",), "Who judges", "Say who is at the keyboard and signs what is stored")
    yield act("delete", ("D",), "Delete", "Delete the session; what was judged stays, u brings it back")

    def sum_up(name: str, keys: tuple[str, ...], title: str, help_line: str, footer: int = 0) -> Action:
        return Action(f"summary.{name}", keys, title, help_line, "Session", ("summary",), footer)

    yield sum_up("go_on", ("enter",), "Go on", "Go on with the session where it was left", 1)
    yield sum_up("copy", ("y",), "Copy", "Copy the summary as text")
    yield sum_up(
        "export",
        ("E",),
        "Export",
        "Write the session as Markdown, CSV, JSON, text, or one HTML page with every pair",
        2,
    )
    yield sum_up("finish", ("f",), "Finish", "Finish the session, or take it up again", 3)
    yield sum_up("settle", ("d",), "Differences", "Where two reviewers differ, and what is to hold", 4)

    def settle(name: str, keys: tuple[str, ...], title: str, help_line: str, footer: int = 0) -> Action:
        return Action(f"settle.{name}", keys, title, help_line, "Settling", ("settle",), footer)

    yield settle("open", ("enter",), "Open", "Open the comparison there", 5)
    yield settle("take_first", ("1",), "First's", "Let the first reviewer's judgement hold", 1)
    yield settle("take_second", ("2",), "Second's", "Let the second reviewer's judgement hold", 2)
    yield settle("take_another", ("3",), "Another", "Let another judgement hold", 3)
    yield settle("note", ("e",), "Note", "Write why it holds", 4)
    yield settle("copy", ("y",), "Copy", "Copy both quotes with their citation")
    yield _export("settle", "Settling", "the differences listed")


_NOT_OF_VERSIONS = frozenset(
    (
        "next_conflict previous_conflict next_undecided previous_undecided level less_sure surer anchor unanchor swap export"
    ).split()
)
"""What there is to do with two reports but not with two versions of one."""


def _compare() -> Iterable[Action]:
    def act(
        name: str,
        keys: tuple[str, ...],
        title: str,
        help_line: str,
        group: str,
        footer: int = 0,
        takes_key: bool = False,
    ) -> Action:
        versions = ("versions",) if group in ("Moving", "Looking") and name not in _NOT_OF_VERSIONS else ()
        return Action(f"compare.{name}", keys, title, help_line, group, ("compare", *versions), footer, takes_key)

    for noun, letter, what in (
        ("conflict", "c", "conflict"),
        ("undecided", "u", "undecided conflict"),
        ("number", "n", "number"),
        ("time", "d", "time"),
        ("name", "e", "name"),
        ("polarity", "p", "denial"),
        ("one_sided", "o", "sentence of one side only"),
        ("moved", "m", "moved sentence"),
    ):
        footer = 1 if noun == "conflict" else 0
        yield act(f"next_{noun}", (f"]{letter}",), f"Next {what}", f"Next {what}", "Moving", footer)
        yield act(f"previous_{noun}", (f"[{letter}",), f"Previous {what}", f"Previous {what}", "Moving")
    yield act("next_in_session", ("]s",), "Next pair", "Next pair of the session", "Session")
    yield act("previous_in_session", ("[s",), "Previous pair", "Previous pair of the session", "Session")
    for which, keys, word in (("next", "]S", "Next"), ("previous", "[S", "Previous")):
        help_line = f"{word} pair of the session with something left to judge"
        yield act(f"{which}_open_in_session", (keys,), f"{word} open pair", help_line, "Session")
    yield act("pane_left", ("h", "left"), "Left pane", "To the pane of A", "Moving")
    yield act("pane_right", ("l", "right"), "Right pane", "To the pane of B", "Moving")
    yield act("next_paragraph", ("}",), "Next paragraph", "Next paragraph", "Moving")
    yield act("previous_paragraph", ("{",), "Previous paragraph", "Previous paragraph", "Moving")
    yield act("same_fact", ("*",), "Same fact", "The same fact in the other text", "Moving")

    yield act("accept", ("a",), "Contradiction", "Accept as a contradiction", "Judging", 2)
    yield act("reject", ("x",), "Not one", "Not a contradiction", "Judging", 3)
    yield act("tension", ("~",), "Tension", "They pull apart, but both may be true", "Judging")
    yield act("leave_open", ("s",), "Leave open", "Leave it open and go on", "Judging", 4)
    yield act("kind", ("1-9",), "Kind", "Set the kind", "Judging", 0, True)
    yield act("kind_menu", ("0",), "Kinds", "Choose the kind from a menu", "Judging")
    yield act("outcome", ("c",), "Outcome", "Why they differ: later update, other scope, rounding ...", "Judging")
    yield act("severity_up", ("+",), "More severe", "One step more severe", "Judging")
    yield act("severity_down", ("-",), "Less severe", "One step less severe", "Judging")
    yield act("note", ("e",), "Note", "Write a note", "Judging", 5)
    yield act("tag", ("t",), "Tag", "Add tags; Tab completes", "Judging")
    yield act("untag", ("T",), "Untag", "Remove tags", "Judging")
    yield act("flag", ("f",), "Flag", "Flag for a second look", "Judging")
    yield act("select", ("v",), "Select words", "Select words; Tab to the other side, Enter pairs them", "Judging")
    yield act("word_forward", ("w",), "Next word", "While selecting: one word on; b goes back", "Judging")
    yield act("pair", ("enter",), "Pair", "Pair the selected words by hand", "Judging")
    yield act("accept_all", ("A",), "Accept all", "Accept all that is left (asks first)", "Judging")
    yield act("reject_all", ("X",), "Reject all", "Reject all that is left (asks first)", "Judging")
    yield act("why", ("d",), "Why", "Why was this flagged", "Judging")
    yield act(
        "waiting",
        ("W",),
        "Changed words",
        "Judgements whose sentence was changed: see old and new, say whether these are still the words",
        "Judging",
    )
    yield act("undo_verdict", ("backspace",), "Undo verdict", "Undo the last verdict", "Judging")

    yield act(
        "fold", ("za",), "Fold", "Fold the stretch at the cursor in which both agree, or open the fold", "Looking"
    )
    yield act("fold_all", ("zM",), "Fold all", "Fold every stretch in which both agree; conflicts stay", "Looking")
    yield act("unfold_all", ("zR",), "Unfold all", "Open all folds", "Looking")
    yield act(
        "level",
        ("zi",),
        "Mark more",
        "Mark numbers and times too, then names, then speech and less certain conflicts, then conflicts alone",
        "Looking",
    )
    yield act("less_sure", ("<",), "Less sure too", "Show conflicts of which the machine is less sure, too", "Looking")
    yield act("surer", (">",), "Surer only", "Show only conflicts of which the machine is surer", "Looking")
    yield act(
        "quiet", ("zw",), "Quiet words", "Draw the words on which linked sentences agree quietly, or not", "Looking"
    )
    yield act("anchor", ("ga",), "Link", "Link two sentences by hand: ga on the one, then ga on the other", "Looking")
    yield act("unanchor", ("gu",), "Part", "Part the sentence at the cursor from what it is linked with", "Looking")
    yield act(
        "bring_moved", ("gm",), "Bring alongside", "Bring the moved sentence alongside, or put it back", "Looking"
    )
    yield act("overview", ("zv",), "Overview", "Show or hide the strip with a tick for every conflict", "Looking")
    yield act(
        "copy",
        ("y",),
        "Copy",
        "Copy what the mouse selected, else the quotes at the cursor with their citation",
        "Looking",
    )
    yield act(
        "export",
        ("E",),
        "Export",
        "Write comparison and verdicts as an HTML page, Markdown, CSV, JSON, JSON Lines, Web Annotations or ClaimReview",
        "Looking",
    )
    yield act("scroll_lock", ("zs",), "Scroll lock", "Scroll both together, or each alone", "Looking")
    yield act("layout", ("zl",), "Layout", "Side by side, or A over B", "Looking")
    yield act("swap", ("zh",), "Swap", "Swap the sides", "Looking")
    yield act("centre", ("zz",), "Centre", "Centre the line of the cursor", "Looking")


def _versions() -> Iterable[Action]:
    yield Action("versions.next_change", ("]c",), "Next change", "Next change", "Moving", ("versions",), 1)
    yield Action("versions.previous_change", ("[c",), "Previous change", "Previous change", "Moving", ("versions",))
    yield _export("versions", "Looking", "the changes")


ACTIONS: tuple[Action, ...] = (
    *_library(),
    *_article(("library", "reader")),
    *_reader(),
    *_pairs(),
    *_events(),
    *_event_table(),
    *_compare(),
    *_versions(),
    *_lists(),
    *_everywhere(),
)
"""Every action there is."""

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


def actions_of(screen: str) -> list[Action]:
    """The actions that ``screen`` carries, in the order of the registry."""
    return [action for action in ACTIONS if screen in action.screens]


def footer_of(screen: str) -> list[Action]:
    """The actions in the footer of ``screen``, by rank; eight at the most."""
    return sorted((action for action in actions_of(screen) if action.footer), key=lambda action: action.footer)[:8]


def commands_of(screen: str, keymap: Mapping[str, tuple[str, ...]] | None = None) -> dict[Keys, Action]:
    """Key sequence to action on ``screen``.

    Raises:
        ValueError: two actions share a command, or one command is a prefix of another.
    """
    commands: dict[Keys, Action] = {}
    for action in actions_of(screen):
        for keys in action.commands(keymap):
            for other, taken in commands.items():
                shorter = min(len(keys), len(other))
                if keys[:shorter] == other[:shorter]:
                    raise ValueError(
                        f"{screen}: {show_keys(keys)} ({action.id}) clashes with {show_keys(other)} ({taken.id})"
                    )
            commands[keys] = action
    return commands


def keys_document() -> str:
    """docs/keys.md: every action of every screen; what is the same on all of them stands first, once."""
    lines = [
        "# The keyboard",
        "",
        "Made from the registry of actions (`python -m widgets.actions > docs/keys.md`). A key has one meaning on a",
        "screen; two-key commands wait for their second key without a time limit and show what may follow, and Esc",
        "drops them. While you type text no command fires.",
    ]
    everywhere = [action for action in ACTIONS if action.screens == EVERYWHERE]
    chapters = [("Everywhere", everywhere)]
    chapters += [
        (title, [action for action in actions_of(screen) if action.screens != EVERYWHERE])
        for screen, title in SCREENS.items()
    ]
    for title, actions in chapters:
        if not actions:
            continue
        lines += ["", f"## {title}", "", "| keys | action | | id |", "| --- | --- | --- | --- |"]
        for action in actions:
            shown = [one if _range(one) else show_keys(parse_keys(one)) for one in action.keys]
            keys = " ".join(f"`{one}`" for one in shown)
            lines.append(f"| {keys} | {action.name} | {action.help} | `{action.id}` |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(keys_document(), end="")
