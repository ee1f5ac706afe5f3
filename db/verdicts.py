"""Verdicts: a person's judgements, hung on the words that were judged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.blind import is_blind, visible
from db.errors import NotFound
from db.history import Change, History
from db.holds import hang, selector_of
from db.records import Stored, Verdict, VerdictQuery
from db.selectors import Selector
from db.settlements import settled_by
from db.store import Store
from db.tags import Tags
from db.texts import short
from reader.nouns import KINDS, Conflict, Judgement, Kind, Place

EVERYTHING = VerdictQuery()
_SELECT = """
SELECT v.*, EXISTS (SELECT 1 FROM settlements WHERE verdict_id = v.id) AS settles,
       (SELECT verdict_id FROM settlements WHERE settled_id = v.id) AS settled_by,
       (SELECT json_group_array(name) FROM (
           SELECT t.name FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id
           WHERE g.verdict_id = v.id ORDER BY t.name)) AS tags,
       a.title AS a_title, b.title AS b_title, a.source AS a_source, b.source AS b_source,
       pa.part AS a_part, pa.exact AS a_exact, pa.hold AS a_hold,
       iif(pa.hold IN ('followed', 'placed'), pa.now_start, pa.start_char) AS a_start,
       iif(pa.hold IN ('followed', 'placed'), pa.now_end, pa.end_char) AS a_end,
       pb.part AS b_part, pb.exact AS b_exact, pb.hold AS b_hold,
       iif(pb.hold IN ('followed', 'placed'), pb.now_start, pb.start_char) AS b_start,
       iif(pb.hold IN ('followed', 'placed'), pb.now_end, pb.end_char) AS b_end
"""
_FROM = """
FROM verdicts AS v
JOIN articles AS a ON a.id = v.a_id JOIN articles AS b ON b.id = v.b_id
JOIN verdict_places AS pa ON pa.verdict_id = v.id AND pa.side = 'a'
JOIN verdict_places AS pb ON pb.verdict_id = v.id AND pb.side = 'b'
"""
_ORDER = {
    "updated": "v.updated_at",
    "created": "v.created_at",
    "severity": "v.severity",
    "kind": "v.kind",
    "pair": "v.a_id, v.b_id, pa.start_char",
}
_COLUMNS = "a_id b_id judgement kind severity outcome note flagged reviewer fingerprint created_at updated_at".split()
_PLACE_COLUMNS = "verdict_id side article_id part exact prefix suffix start_char end_char text_sha answers".split()
_VERBS: dict[Judgement, str] = {
    "contradiction": "accepted {} as a contradiction",
    "tension": "marked {} as a tension",
    "compatible": "rejected {}",
    "unsure": "left {} open",
}


class Verdicts:
    """The verdicts of a library. A pair has no order: what was judged of (1, 2) is found for (2, 1), sides swapped."""

    def __init__(self, store: Store, history: History, tags: Tags) -> None:
        self._store = store
        self._history = history
        self._tags = tags

    # --- judging

    def judge(
        self,
        a: Stored,
        b: Stored,
        place_a: Place,
        place_b: Place,
        judgement: Judgement,
        *,
        kind: Kind,
        severity: int | None = None,
        outcome: str | None = None,
        note: str | None = None,
        tags: Sequence[str] = (),
        flagged: bool | None = None,
        by: str | None = None,
        fingerprint: str = "",
    ) -> Verdict:
        """Judge two places of the Texts that ``a`` and ``b`` show.

        With the ``fingerprint`` of a conflict, a judgement of the same conflict by the same reviewer, or by nobody
        named, is replaced; what is ``None`` here keeps the value it has. Without one the pair is made by hand and always new.
        Raises ``ValueError`` for a place outside its text. It is on disk when this returns.
        """
        _check(judgement, kind, severity)
        by = self._store.reviewer if by is None else by
        sides = [(a, place_a), (b, place_b)]
        swapped = a.id > b.id
        if swapped:
            sides.reverse()
        marks = fingerprint_of(sides[0][1], sides[1][1]) if fingerprint else ""
        pair = (sides[0][0].id, sides[1][0].id)
        given = {"severity": severity, "outcome": outcome, "note": note}
        given["flagged"] = None if flagged is None else int(flagged)
        kept = {column: value for column, value in given.items() if value is not None}
        name = _told({**kept, "judgement": judgement}, _against(place_a.text, place_b.text))
        with self._history.change(name, a.id, b.id) as change:
            now = self._store.now()
            values = {"judgement": judgement, "kind": kind, **kept}
            number = self._standing(*pair, marks, by) if marks else None
            if number:
                if change.update("verdicts", number, {**values, "reviewer": by}):
                    change.update("verdicts", number, {"updated_at": now})
            else:
                values = {
                    "severity": 2,
                    "outcome": "",
                    "note": "",
                    "flagged": 0,
                    **values,
                    "created_at": now,
                    "updated_at": now,
                }
                ids = {"a_id": pair[0], "b_id": pair[1], "reviewer": by, "fingerprint": marks}
                number = change.insert("verdicts", {**ids, **values})
                for side, (stored, place) in zip("ab", sides, strict=True):
                    self._hang(change, number, side, stored, place)
            if tags:
                self._tags.tag("verdict", [number], tags)
        return self.get(number, swapped=swapped)

    def judge_conflict(self, a: Stored, b: Stored, conflict: Conflict, judgement: Judgement, **more: Any) -> Verdict:
        """Judge a conflict of the machine; ``more`` as for ``judge``, kind and severity being the conflict's own."""
        known: dict[str, Any] = {"kind": conflict.kind}
        if self._of_conflict(a, b, conflict, more.get("by")) is None:
            known["severity"] = conflict.severity
        return self.judge(
            a, b, conflict.a, conflict.b, judgement, fingerprint=conflict.fingerprint, **{**known, **more}
        )

    def _of_conflict(self, a: Stored, b: Stored, conflict: Conflict, by: str | None) -> int | None:
        first, second = (conflict.a, conflict.b) if a.id <= b.id else (conflict.b, conflict.a)
        low, high = sorted((a.id, b.id))
        return self._standing(low, high, fingerprint_of(first, second), self._store.reviewer if by is None else by)

    def _standing(self, low: int, high: int, fingerprint: str, by: str) -> int | None:
        """The verdict on a conflict that ``by`` may change: their own, else one that nobody signed."""
        number: int | None = self._store.value(
            "SELECT id FROM verdicts WHERE a_id = ? AND b_id = ? AND fingerprint = ? AND reviewer IN (?, '')"
            " ORDER BY reviewer = '' LIMIT 1",
            (low, high, fingerprint, by),
        )
        unsigned = number is not None and self._store.value(
            "SELECT reviewer = '' FROM verdicts WHERE id = ?", (number,)
        )
        return None if by and unsigned and is_blind(self._store, low, high) else number

    def _hang(self, change: Change, number: int, side: str, stored: Stored, place: Place) -> None:
        words = hang(self._store, stored, place.part, place)
        change.insert("verdict_places", {"verdict_id": number, "side": side, **words})

    def update(
        self,
        number: int,
        *,
        judgement: Judgement | None = None,
        kind: Kind | None = None,
        severity: int | None = None,
        outcome: str | None = None,
        note: str | None = None,
        flagged: bool | None = None,
    ) -> Verdict:
        """Change what is said in a verdict; ``None`` leaves a value as it is.

        One that nobody signed, and one that settles others, is signed by who changes it.
        """
        with self._store.write():
            verdict = self.get(number)
            _check(judgement or verdict.judgement, kind or verdict.kind, severity)
            given = {"judgement": judgement, "kind": kind, "severity": severity, "outcome": outcome, "note": note}
            given["flagged"] = None if flagged is None else int(flagged)
            new = {field: value for field, value in given.items() if value not in (None, getattr(verdict, field))}
            if not new:
                return verdict
            name = _told(new, _words(verdict))
            with self._history.change(name, verdict.a_id, verdict.b_id) as change:
                change.update("verdicts", number, {**new, **self._signed(verdict), "updated_at": self._store.now()})
            return self.get(number)

    def _signed(self, verdict: Verdict) -> dict[str, str]:
        by = self._store.reviewer
        if verdict.settles:
            by = settled_by(by)
        elif verdict.by:
            return {}
        taken = verdict.fingerprint and self._store.value(
            "SELECT 1 FROM verdicts WHERE a_id = ? AND b_id = ? AND fingerprint = ? AND reviewer = ?",
            (*sorted((verdict.a_id, verdict.b_id)), verdict.fingerprint, by),
        )
        return {} if taken else {"reviewer": by}

    def withdraw(self, number: int) -> None:
        """Take a verdict back, with its tags."""
        with self._store.write():
            verdict = self.get(number)
            with self._history.change(f"withdrew {_words(verdict)}", verdict.a_id, verdict.b_id) as change:
                self._tags.untag("verdict", [number], verdict.tags)
                for row in self._store.rows(
                    "SELECT id FROM settlements WHERE ? IN (verdict_id, settled_id)", (number,)
                ):
                    change.delete("settlements", row["id"], ("verdict_id", "settled_id"))
                for row in self._store.rows(
                    "SELECT id FROM verdict_places WHERE verdict_id = ? ORDER BY id", (number,)
                ):
                    change.delete("verdict_places", row["id"], _PLACE_COLUMNS)
                change.delete("verdicts", number, _COLUMNS)

    # --- looking

    def get(self, number: int, *, swapped: bool = False) -> Verdict:
        """The verdict with this id, ``swapped`` to have the article with the larger id as A; raises ``NotFound``."""
        row = self._store.row(f"{_SELECT}{_FROM}WHERE v.id = ?", (number,))
        if row is None:
            raise NotFound(self._store.path, f"there is no verdict {number}")
        return _verdict(row, swapped)

    def of_pair(self, a: int, b: int) -> list[Verdict]:
        """What was judged of two articles, in the order of the text of ``a``, which is side A.

        Not what others judged, where the reviewer judges the pair blind; that holds for ``page``, ``count`` and
        ``export`` too.
        """
        low, high = sorted((a, b))
        rows = self._store.rows(f"{_SELECT}{_FROM}WHERE v.a_id = ? AND v.b_id = ? AND {visible('v')}", (low, high))
        found = [_verdict(row, a > b) for row in rows]
        return sorted(found, key=lambda v: (v.a.part == "body", v.a.start, v.b.part == "body", v.b.start, v.id))

    def page(
        self,
        query: VerdictQuery = EVERYTHING,
        offset: int = 0,
        limit: int = 50,
    ) -> list[Verdict]:
        """The verdicts of a query from ``offset``; a ``limit`` of -1 is none."""
        condition, params = _where(query)
        way = " DESC" if query.descending else ""
        keys = ", ".join(f"{key}{way}" for key in [*_ORDER[query.sort].split(", "), "v.id"])
        rows = self._store.rows(
            f"{_SELECT}{_FROM}WHERE {condition} ORDER BY {keys} LIMIT ? OFFSET ?", (*params, limit, offset)
        )
        return [_verdict(row, False) for row in rows]

    def count(self, query: VerdictQuery = EVERYTHING) -> int:
        """How many verdicts a query finds."""
        condition, params = _where(query)
        return int(self._store.value(f"SELECT count(*) {_FROM}WHERE {condition}", params))

    def selectors(self, numbers: Sequence[int]) -> dict[int, tuple[Selector, Selector]]:
        """What verdicts hang on, as it was judged: by their ids the selector on the article of smaller id, and the other."""
        rows = self._store.rows(
            "SELECT * FROM verdict_places WHERE verdict_id IN (SELECT value FROM json_each(?)) ORDER BY verdict_id, side",
            (json.dumps(list(numbers)),),
        )
        return {a["verdict_id"]: (selector_of(a), selector_of(b)) for a, b in zip(rows[::2], rows[1::2], strict=True)}

    def export(self, query: VerdictQuery = EVERYTHING) -> Iterator[dict[str, Any]]:
        """The verdicts of a query as the SQL view ``judged`` lists them, oldest first."""
        condition, params = _where(query)
        found = f"SELECT v.id {_FROM} WHERE {condition}"
        for row in self._store.rows(f"SELECT * FROM judged WHERE id IN ({found}) ORDER BY id", params):
            yield dict(row)


def _check(judgement: str, kind: str, severity: int | None) -> None:
    if judgement not in _VERBS:
        raise ValueError(f"not a judgement: {judgement}")
    if kind not in KINDS:
        raise ValueError(f"not a kind of conflict: {kind}")
    if severity is not None and severity not in (1, 2, 3):
        raise ValueError(f"severity is 1, 2 or 3, not {severity}")


def fingerprint_of(a: Place, b: Place) -> str:
    """The fingerprint of a conflict between two places, A first."""
    return Conflict(kind="count", a=a, b=b, confidence=0, severity=1, reason="").fingerprint


def _told(new: Mapping[str, Any], words: str) -> str:
    """A change to a verdict in the past tense: "rejected 275 against 250", "flagged 275 against 250"."""
    said = []
    if judgement := new.get("judgement"):
        said.append(_VERBS[judgement].format(words))
    elif "kind" in new:
        said.append(f"called {words} {new['kind']}")
    elif "severity" in new:
        said.append(f"set severity {new['severity']} for {words}")
    if "flagged" in new:
        said.append("flagged" if new["flagged"] else "took the flag off")
    if "outcome" in new:
        said.append(f"gave outcome {new['outcome']} to" if new["outcome"] else "took the outcome off")
    if "note" in new:
        said.append("noted on" if new["note"] else "took the note off")
    first, *more = said
    whole = first if words in first else f"{first} {words}"
    return " and ".join([whole, *(f"{one} it" for one in more)])


def _words(verdict: Verdict) -> str:
    return _against(verdict.a.text, verdict.b.text)


def _against(a: str, b: str) -> str:
    """Both quotes, cut so that undoing what was done to them is told in a line of 120 cells."""
    return f"{short(a, 27)} against {short(b, 27)}"


def _where(query: VerdictQuery) -> tuple[str, list[Any]]:
    conditions = [visible("v")]
    params: list[Any] = []

    def add(condition: str, *values: Any) -> None:
        conditions.append(condition)
        params.extend(values)

    for word in query.text.split():
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        fields = ("pa.exact", "pb.exact", "v.note", "v.outcome", "a.title", "b.title")
        add("(" + " OR ".join(f"{f} LIKE ? ESCAPE '\\'" for f in fields) + ")", *[like] * len(fields))
    if query.judgement is not None:
        add("v.judgement = ?", query.judgement)
    if query.kind is not None:
        add("v.kind = ?", query.kind)
    if query.tag:
        add(
            "v.id IN (SELECT g.verdict_id FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id WHERE t.name = ?)",
            query.tag,
        )
    if query.article is not None:
        add("? IN (v.a_id, v.b_id)", query.article)
    if query.flagged is not None:
        add("v.flagged = ?", int(query.flagged))
    for hold, wanted in (("orphan", query.orphaned), ("waiting", query.waiting)):
        if wanted is not None:
            add(f"'{hold}' {'' if wanted else 'NOT '}IN (pa.hold, pb.hold)")
    if query.by is not None:
        add("v.reviewer = ?", query.by)
    if not query.settled:
        add("NOT EXISTS (SELECT 1 FROM settlements WHERE settled_id = v.id)")
    return " AND ".join(conditions), params


def _verdict(row: Any, swapped: bool) -> Verdict:
    def place(side: str) -> Place:
        return Place(
            part=row[f"{side}_part"], start=row[f"{side}_start"], end=row[f"{side}_end"], text=row[f"{side}_exact"]
        )

    a, b = "ba" if swapped else "ab"
    first, second = place(a), place(b)
    return Verdict(
        id=row["id"],
        a_id=row[f"{a}_id"],
        b_id=row[f"{b}_id"],
        a=first,
        b=second,
        judgement=row["judgement"],
        kind=row["kind"],
        severity=row["severity"],
        outcome=row["outcome"],
        note=row["note"],
        tags=tuple(json.loads(row["tags"])),
        flagged=bool(row["flagged"]),
        by=row["reviewer"],
        settles=bool(row["settles"]),
        settled_by=row["settled_by"],
        fingerprint=fingerprint_of(first, second) if row["fingerprint"] and swapped else row["fingerprint"],
        a_hold=row[f"{a}_hold"],
        b_hold=row[f"{b}_hold"],
        created=row["created_at"],
        updated=row["updated_at"],
        a_title=row[f"{a}_title"],
        b_title=row[f"{b}_title"],
        a_source=row[f"{a}_source"],
        b_source=row[f"{b}_source"],
    )
