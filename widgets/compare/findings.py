"""What there is to judge: the machine's conflicts and a person's verdicts, joined.

A conflict and the verdict on it are one finding. A verdict whose conflict the machine no longer finds, or that was
made by hand, is a finding of its own. Pure: no widget, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from db.records import Hold, Verdict
from db.search import SURE, UNCOUNTED
from reader.nouns import Conflict, Judgement, Kind, Place
from widgets.agreement import SIGNS
from widgets.compare.folds import block_at
from widgets.compare.rows import SIDES, Block, Side

State = Literal["open"] | Judgement

GLYPHS: Mapping[str, str] = {"open": "≠"} | {str(judgement): sign for judgement, sign in SIGNS.items()}
GRAVE: Mapping[int, tuple[str, str]] = {1: ("●○○", "slight"), 2: ("●●○", "notable"), 3: ("●●●", "grave")}
"""How a severity is drawn and called."""
UNCOUNTED_GLYPH = "≈"
"""In place of ≠ for a kind that is shown but never counted."""

Marked = Literal["number", "time", "name", "speech"]


class Level(NamedTuple):
    """How much a person asks to see: conflicts of at least a confidence, and the facts marked in both texts."""

    confidence: float
    facts: tuple[Marked, ...]
    told: str


LEVELS = (
    Level(SURE, (), "Conflicts alone are marked"),
    Level(SURE, ("number", "time"), "Marked: conflicts, numbers (bold), times (italic)"),
    Level(SURE, ("number", "time", "name"), "Marked: conflicts, numbers, times, names (underlined)"),
    Level(
        0.0, ("number", "time", "name", "speech"), "All marked: less sure conflicts, numbers, times, names, speech (“)"
    ),
)
"""In the order in which they are gone through; the first is the default."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A pair of places to judge: a conflict, the verdict on it, or both."""

    conflict: Conflict | None = None
    verdict: Verdict | None = None

    @property
    def key(self) -> str:
        """What it is known by while it is on the screen."""
        if self.conflict is not None:
            return self.conflict.fingerprint
        assert self.verdict is not None
        return f"verdict {self.verdict.id}"

    def place(self, side: Side) -> Place:
        """Where it stands on one side. The conflict's place is that of the text on the screen, so it goes first."""
        if self.conflict is not None:
            return self.conflict.a if side == "a" else self.conflict.b
        assert self.verdict is not None
        return self.verdict.a if side == "a" else self.verdict.b

    def places(self, side: Side) -> list[Place]:
        """All its places on one side, the chief one first."""
        more = self.conflict.more if self.conflict is not None else ()
        return [self.place(side), *(pair[0] if side == "a" else pair[1] for pair in more)]

    def orphaned(self, side: Side) -> bool:
        """Whether its words on one side stand in the text no longer, as far as is known."""
        return self._hold(side) in ("orphan", "waiting")

    def waiting(self, side: Side) -> bool:
        """Whether a person has to say if a changed sentence has its words on one side."""
        return self._hold(side) == "waiting"

    def _hold(self, side: Side) -> Hold:
        if self.conflict is not None or self.verdict is None:
            return "exact"
        return self.verdict.a_hold if side == "a" else self.verdict.b_hold

    @property
    def kind(self) -> Kind:
        """As judged, else as the machine claims."""
        if self.verdict is not None:
            return self.verdict.kind
        assert self.conflict is not None
        return self.conflict.kind

    @property
    def severity(self) -> int:
        """1 to 3, as judged, else as the machine claims."""
        if self.verdict is not None:
            return self.verdict.severity
        assert self.conflict is not None
        return self.conflict.severity

    @property
    def confidence(self) -> float | None:
        """The machine's, None for a pair that it did not find."""
        return self.conflict.confidence if self.conflict is not None else None

    @property
    def reason(self) -> str:
        """The machine's line, or why there is none."""
        if self.conflict is not None:
            return self.conflict.reason
        assert self.verdict is not None
        return "Paired by hand" if not self.verdict.fingerprint else "Judged earlier; the analysis no longer finds it"

    @property
    def state(self) -> State:
        """What a person decided."""
        return self.verdict.judgement if self.verdict is not None else "open"

    @property
    def counted(self) -> bool:
        """Whether it counts as work to do."""
        return self.kind not in UNCOUNTED

    @property
    def undecided(self) -> bool:
        """Whether nobody decided anything yet. One of which a person is unsure was looked at and waits no longer."""
        return self.counted and self.verdict is None

    @property
    def glyph(self) -> str:
        """What the gutter and the list show of its state."""
        return UNCOUNTED_GLYPH if not self.counted and self.verdict is None else GLYPHS[self.state]


def join(conflicts: Sequence[Conflict], verdicts: Sequence[Verdict], reviewer: str = "") -> list[Finding]:
    """Conflicts with their verdicts, then the verdicts that no conflict answers to; both of the same A and B.

    Where several people judged one conflict, the settlement goes before the verdict of ``reviewer``, and that before
    the latest of the others.
    """
    holding = [verdict for verdict in verdicts if verdict.settled_by is None]
    holding.sort(key=lambda verdict: (verdict.settles, verdict.by in (reviewer, ""), verdict.updated))
    by_fingerprint = {verdict.fingerprint: verdict for verdict in holding if verdict.fingerprint}
    findings = [Finding(conflict, by_fingerprint.pop(conflict.fingerprint, None)) for conflict in conflicts]
    by_hand = [verdict for verdict in verdicts if not verdict.fingerprint and verdict.settled_by is None]
    return findings + [Finding(None, verdict) for verdict in (*by_fingerprint.values(), *by_hand)]


def order_in(blocks: Sequence[Block], finding: Finding) -> tuple[int, int, int]:
    """Where a finding comes first beside the blocks: block, offset in it, offset on the other side."""
    at = []
    for side in SIDES:
        place = finding.place(side)
        if place.part == "title":
            at.append((-1, place.start))
        elif not finding.orphaned(side):
            block = block_at(blocks, side, place.start)
            at.append((block, place.start - (blocks[block].side(side)[0] if blocks else 0)))
    at = sorted(at) or [(len(blocks), 0)]
    return (*at[0], at[-1][1])


def progress_of(findings: Iterable[Finding]) -> tuple[int, int]:
    """How many findings are judged, of how many that count."""
    counted = [finding for finding in findings if finding.counted]
    return sum(not finding.undecided for finding in counted), len(counted)


def shown_from(findings: Iterable[Finding], least: float) -> list[Finding]:
    """The findings of at least a confidence, and all that a person judged."""
    return [
        finding
        for finding in findings
        if finding.verdict is not None or finding.confidence is None or finding.confidence >= least
    ]
