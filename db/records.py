"""What the library hands out and is asked with: immutable values.

Times are UTC, ISO 8601 with milliseconds (``2026-01-31T09:30:00.000Z``). Ids are whole numbers from 1.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from reader.nouns import Article, Conflict, Judgement, Kind, Part, Place, Span, Value

Status = Literal["added", "already", "revised"]
Sort = Literal["published", "added", "title", "source", "length", "relevance"]
VerdictSort = Literal["updated", "created", "severity", "kind", "pair"]
ConflictSort = Literal["confidence", "severity"]
Hold = Literal["exact", "followed", "placed", "waiting", "orphan"]
Target = Literal["article", "verdict"]
States = Literal["read", "unread", "starred", "deleted"]
Holdings = Literal["undecided", "verdicts", "judged", "note", "facts", "tags"]
STATES: tuple[States, ...] = get_args(States)
HOLDINGS: tuple[Holdings, ...] = get_args(Holdings)


class Added(Value, frozen=True, kw_only=True):
    """What adding an article did. ``deleted`` if the article that was already there lies among the deleted."""

    id: int
    status: Status
    deleted: bool = False


class Held(NamedTuple):
    """An article that holds words looked for, and by BM25 how much (over 0; the rarer the words the more)."""

    id: int
    published: str
    relevance: float


class Stored(Value, frozen=True, kw_only=True):
    """An article as the library keeps it, ``article`` being its newest Text under its edited title and date.

    ``edited`` names the fields a person has set by hand; ``versions`` counts its Texts.
    """

    id: int
    article: Article
    words: int
    read: bool
    starred: bool
    deleted: bool
    added: str
    tags: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    versions: int = 1


class Row(Value, frozen=True, kw_only=True):
    """An article as a list shows it: everything but its body, of which ``begins`` has the start if no title is known."""

    id: int
    title: str
    source: str
    author: str
    published: str
    words: int
    read: bool
    starred: bool
    deleted: bool
    added: str
    tags: tuple[str, ...] = ()
    verdicts: int = 0
    begins: str = ""

    @property
    def name(self) -> str:
        """The title, or in brackets how the text begins."""
        return self.title or f"({' '.join(self.begins.split())} …)"


class Term(Value, frozen=True, kw_only=True):
    """One condition on an article; ``negated`` turns it round.

    | field | value |
    | --- | --- |
    | words, headline | words to find in titles and texts, or in titles, as ``Query.text`` has them |
    | source, author | what it contains, in any case |
    | tag | its name; a star ends the start of one |
    | dated | date published, ``from/until``: from <= date < until, each ISO 8601 as precise as written, "" for no bound |
    | is | one of ``STATES`` |
    | event | the id of an event, in digits |
    | has | one of ``HOLDINGS``: conflicts that are undecided, verdicts (or ``judged``), a note on one, facts, tags |
    """

    field: Literal["words", "headline", "source", "author", "tag", "dated", "event", "is", "has"]
    value: str
    negated: bool = False


class Query(Value, frozen=True, kw_only=True):
    """Which articles, in which order.

    ``text`` is words to find in titles and bodies, as a person types them: all must occur, "..." is a phrase,
    a star ends the start of a word. Every clause of ``where`` must hold, which it does if any of its terms does.
    Deleted articles are left out unless a term asks for them. Sorting by relevance needs ``text`` and sorts by date
    without.
    """

    text: str = ""
    where: tuple[tuple[Term, ...], ...] = ()
    sort: Sort = "published"
    descending: bool = True


class View(Value, frozen=True, kw_only=True):
    """A search saved under a digit. ``line`` is as it was typed, so that "last month" stays the last one.

    ``sort`` is ``None`` for the usual order, in which ``descending`` says nothing.
    """

    digit: int
    name: str
    line: str
    sort: Sort | None = None
    descending: bool = True


class Feed(Value, frozen=True, kw_only=True):
    """A feed that is followed, and where it stands with its server. Times are as the library writes them, "" for never.

    ``etag`` and ``modified`` are what the server gave for asking whether anything is new; ``due`` is when it may be
    asked again, ``failures`` how often in a row it failed, ``problem`` why it did last.
    """

    id: int
    url: str
    title: str
    added: str
    etag: str = ""
    modified: str = ""
    checked: str = ""
    due: str = ""
    failures: int = 0
    problem: str = ""


EventSort = Literal["published", "reports", "outlets", "open"]


class EventRow(Value, frozen=True, kw_only=True):
    """An event of the news as a list shows it: what happened once, of which there are reports.

    ``name`` is what a person named it, "" if nobody did; ``title`` what it is called then: the title of its earliest
    report. ``first`` and ``last`` are dates published, "" where no report is dated. Of its ``pairs`` of reports
    ``compared`` have been; ``open`` conflicts of these wait for a verdict.
    """

    id: int
    name: str
    title: str
    reports: int
    outlets: int
    first: str
    last: str
    compared: int
    open: int

    @property
    def called(self) -> str:
        """Its name, else the title."""
        return self.name or self.title

    @property
    def pairs(self) -> int:
        """How many pairs its reports make."""
        return self.reports * (self.reports - 1) // 2


class EventPair(Value, frozen=True, kw_only=True):
    """Two reports of one event that were compared, A published first, and how many conflicts wait for a verdict."""

    a_id: int
    b_id: int
    open: int


class EventQuery(Value, frozen=True, kw_only=True):
    """Which events, in which order.

    ``text`` is words to find in the name, or in one title of its reports, as ``Query.text`` has them. ``least`` is how
    many reports it has at the least, ``undecided`` asks for conflicts that wait for a verdict.
    """

    text: str = ""
    least: int = 2
    undecided: bool = False
    sort: EventSort = "published"
    descending: bool = True


class Standing(Value, frozen=True, kw_only=True):
    """The event that a report is of, as it looks to a report that may join it.

    ``first`` and ``last`` are the dates published of the reports that the machine placed there, "" for none.
    """

    event: int
    reports: int
    first: str
    last: str


class Verdict(Value, frozen=True, kw_only=True):
    """A person's judgement of two places.

    ``a`` and ``b`` are where the words now stand. The hold of a side is "exact" on the Text that was judged,
    "followed" on a newer Text that has the same words in the same surroundings once, "placed" where a person said that
    they stand in it, "waiting" where one changed sentence may have them and nobody has said so, "orphan" where none
    has; the place of these two is that of the Text that was judged. ``severity`` is 1 (slight), 2 (notable) or 3 (grave).
    ``fingerprint`` is that of the conflict judged, "" for a pair made by hand. ``by`` is the reviewer. A verdict that
    ``settles`` others holds in their place; their ``settled_by`` is its id.
    """

    id: int
    a_id: int
    b_id: int
    a: Place
    b: Place
    judgement: Judgement
    kind: Kind
    severity: int
    outcome: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    flagged: bool = False
    by: str = ""
    fingerprint: str = ""
    a_hold: Hold = "exact"
    b_hold: Hold = "exact"
    created: str
    updated: str
    a_title: str = ""
    b_title: str = ""
    a_source: str = ""
    b_source: str = ""
    settles: bool = False
    settled_by: int | None = None

    @property
    def orphaned(self) -> bool:
        """Whether the words of a side can no longer be found."""
        return "orphan" in (self.a_hold, self.b_hold)

    @property
    def waiting(self) -> bool:
        """Whether a person has to say if a changed sentence has the words of a side."""
        return "waiting" in (self.a_hold, self.b_hold)


class Candidate(Value, frozen=True, kw_only=True):
    """A changed sentence that may have the words of a side of a verdict: a person has to say whether it does.

    ``old`` is the sentence that was judged and ``new`` the one of the newest text or title; ``old_words`` and
    ``new_words`` are the spans in them of the words judged and of what stands in their place. ``sha`` names the newest
    string, in which ``place`` is the span of ``new_words``.
    """

    id: int
    verdict: int
    a_id: int
    b_id: int
    article: int
    title: str
    part: Part
    old: str
    old_words: Span
    new: str
    new_words: Span
    sha: str
    place: Span


class VerdictQuery(Value, frozen=True, kw_only=True):
    """Which verdicts, in which order. ``text`` is looked for in quotes, notes, outcomes and titles.

    Where reviewers differed and that was settled it is the settlement; with ``settled`` their own verdicts too.
    """

    text: str = ""
    judgement: Judgement | None = None
    kind: Kind | None = None
    tag: str = ""
    article: int | None = None
    flagged: bool | None = None
    orphaned: bool | None = None
    waiting: bool | None = None
    by: str | None = None
    settled: bool = False
    sort: VerdictSort = "updated"
    descending: bool = True


class OpenConflict(Value, frozen=True, kw_only=True):
    """A conflict that nobody judged, with what its two reports are called. Article ``a_id`` is A in its ``reason``."""

    a_id: int
    b_id: int
    a: Place
    b: Place
    kind: Kind
    confidence: float
    severity: int
    reason: str
    benign: str = ""
    a_title: str = ""
    b_title: str = ""
    a_source: str = ""
    b_source: str = ""

    @property
    def conflict(self) -> Conflict:
        """The machine's claim."""
        return Conflict(
            kind=self.kind,
            a=self.a,
            b=self.b,
            confidence=self.confidence,
            severity=self.severity,
            reason=self.reason,
            benign=self.benign,
        )


class ConflictQuery(Value, frozen=True, kw_only=True):
    """Which open conflicts, the surest or the gravest first. ``text`` is looked for in quotes, reasons and titles."""

    text: str = ""
    kind: Kind | None = None
    sort: ConflictSort = "confidence"


class Anchor(Value, frozen=True, kw_only=True):
    """Two sentences, by their spans in the bodies, that a person linked (or, ``severed``, parted) by hand."""

    id: int
    a: Span
    b: Span
    severed: bool = False


class Visit(Value, frozen=True, kw_only=True):
    """Where a reviewer left a pair: ``place`` is (article id, code point in its body), ``None`` at first.

    ``decided`` of ``total`` conflicts were judged then; ``total`` is ``None`` until the pair was compared. ``seconds``
    is the time of work in all sittings. ``left`` is "" for a pair that was counted and never opened.
    A report without a title is called by its source.
    """

    id: int
    a_id: int
    b_id: int
    place: tuple[int, int] | None
    decided: int
    total: int | None
    seconds: float
    started: str
    left: str
    a_title: str = ""
    b_title: str = ""


class Session(Value, frozen=True, kw_only=True):
    """A queue of pairs that ``reviewer`` works through, left at the pair ``position`` (from 0) of its ``pairs``.

    ``made_from`` says in words what it was made from. ``review_of`` is the session that it judges a second time, blind
    until it is ``finished`` (a time, "" before). ``decided`` of ``total`` conflicts are judged in the ``counted`` pairs
    that were compared so far; of these pairs ``done`` have nothing left. ``seconds`` is the time of work.
    """

    id: int
    name: str
    made_from: str
    reviewer: str
    review_of: int | None
    position: int
    pairs: int
    counted: int
    done: int
    decided: int
    total: int
    seconds: float
    started: str
    left: str
    finished: str = ""

    @property
    def blind(self) -> bool:
        """Whether what others judged is hidden from its reviewer."""
        return self.review_of is not None and not self.finished


class SessionPair(Value, frozen=True, kw_only=True):
    """A pair of a session, with how far its reviewer is: ``total`` is ``None`` until it was compared."""

    position: int
    a_id: int
    b_id: int
    a_title: str
    b_title: str
    a_source: str
    b_source: str
    decided: int
    total: int | None
    seconds: float

    @property
    def done(self) -> bool:
        """Whether nothing is left to judge."""
        return self.total is not None and self.decided >= self.total


class HistoryLine(Value, frozen=True, kw_only=True):
    """One line of the history. ``pair`` is the articles it is about: (), (id,) or (id, id)."""

    id: int
    at: str
    by: str
    kind: Literal["do", "undo", "redo", "note"]
    name: str
    pair: tuple[int, ...] = ()


class Stats(Value, frozen=True, kw_only=True):
    """What a library holds and how it is. ``problems`` is empty if it is sound.

    ``orphaned`` counts verdicts, ``corrections_orphaned`` corrections, whose words can no longer be found, ``waiting``
    verdicts of which a person has to say if a changed sentence has them. ``facts``
    counts Texts, under their titles and dates, that have been read.
    """

    path: str
    bytes: int
    schema: int
    sqlite: str
    articles: int
    deleted: int
    texts: int
    facts: int
    comparisons: int
    conflicts: int
    verdicts: int
    contradictions: int
    orphaned: int
    waiting: int
    corrections: int
    corrections_orphaned: int
    tags: int
    sessions: int
    events: int
    problems: tuple[str, ...] = ()


class Check(Value, frozen=True, kw_only=True):
    """One thing that was looked at in the whole library: ``told`` says what was found right, ``problems`` what not."""

    name: str
    told: str
    problems: tuple[str, ...] = ()


class Repair(Value, frozen=True, kw_only=True):
    """What a repair did, what it could not read, what is still wrong, and the file that was kept of the state before.

    Nothing was ``done`` where nothing had to be; ``kept`` is "" then, and where it was only tried.
    """

    done: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    kept: str = ""


class Merged(Value, frozen=True, kw_only=True):
    """What merging another library, called ``name``, came to.

    ``brought`` counts what is new here, by what it is ("reports", "verdicts"). ``differences`` says in a line each what
    the two had otherwise and what holds; ``hidden`` counts those of pairs that the reviewer judges blind.
    """

    name: str
    brought: tuple[tuple[str, int], ...] = ()
    differences: tuple[str, ...] = ()
    hidden: int = 0

    def told(self, verb: str = "brought") -> str:
        """What it came to, in a line."""
        brought = ", ".join(f"{what} {count:,}" for what, count in self.brought) or "nothing new"
        return f"{self.name} {verb}: {brought}; differences {len(self.differences):,}"
