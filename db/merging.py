"""Joins another library to this one, by what things are and not by their ids, so that nothing is lost.

What only one of the two has is kept. Where both have the same thing otherwise, what was said last holds, whichever
library it is in; the other is told of, noted in the history, and stands in the history that it came from, which is kept
in ``merged_history``. docs/merging.md has the rule for each thing. Merging twice does what merging once does.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.blind import is_blind
from db.history import EVENT, Change, History
from db.holds import settle
from db.matching import match
from db.others import copied
from db.records import Merged
from db.store import Store
from db.texts import short, title
from db.verdicts import fingerprint_of
from db.views import DIGITS
from reader.nouns import Place

Tell = Callable[[str], None]
"""Told what is being done. What it raises ends the merge, and then nothing was done."""

_Row = dict[str, Any]
_STATED = ("stated_title", "stated_source", "stated_author", "stated_published", "url", "external_id")
_EDITED = ("edited_title", "edited_source", "edited_author", "edited_published")
_SAID = ("judgement", "kind", "severity", "outcome", "note", "flagged")
_SELECTOR = ("part", "exact", "prefix", "suffix", "start_char", "end_char", "text_sha")
_FOUND_AGAIN = ("hold", "now_start", "now_end")
_OTHER_SIDE = {"a": "b", "b": "a"}


class _Rehearsed(Exception):
    """All was done, and is not to stay."""


def merge(store: Store, history: History, path: Path, *, rehearse: bool = False, tell: Tell | None = None) -> Merged:
    """Join the library at ``path``, a file or a folder of plain files, to this one, in one transaction.

    With ``rehearse`` it is told what that would come to and nothing is changed. What the other's people judged is one
    step of the history, which undo takes back; its reports stay, as after any import. Raises ``LibraryError``.
    """
    tell = tell or (lambda _: None)
    tell("reading it through")
    with copied(path, store.path) as copy, _attached(store, copy):
        merging = _Merging(store, history, path.name, tell)
        try:
            with store.write():
                merging.run()
                if rehearse:
                    raise _Rehearsed
        except _Rehearsed:
            pass
        return merging.merged()


@contextmanager
def _attached(store: Store, copy: Path) -> Iterator[None]:
    with store.connection.guard:
        store.connection.execute("ATTACH ? AS other", (str(copy),))
        try:
            yield
        finally:
            store.connection.execute("DETACH other")


class _Merging:
    def __init__(self, store: Store, history: History, name: str, tell: Tell) -> None:
        self._store = store
        self._history = history
        self._name = name
        self._tell = tell
        self._c = store.connection
        self._articles: dict[int, int] = {}
        self._verdicts: dict[int, int] = {}
        self._brought: Counter[str] = Counter()
        self._differences: dict[str, tuple[int, ...]] = {}
        self._hidden = 0
        self._said_when: dict[str, dict[tuple[str, int, str], str]] = {}

    def merged(self) -> Merged:
        return Merged(
            name=self._name,
            brought=tuple((what, count) for what, count in self._brought.items() if count),
            differences=tuple(self._differences),
            hidden=self._hidden,
        )

    def run(self) -> None:
        self._tell("joining reports")
        self._texts()
        pairs = self._bring_articles()
        with self._history.change(f"merged {short(self._name)}") as change:
            self._tell("joining what was judged")
            for theirs, ours in pairs:
                self._join_article(change, theirs, ours)
            self._judged(change)
            self._settled(change)
            self._taggings(change)
            self._corrections(change)
            self._dismissals(change)
            self._anchors(change)
            self._sessions(change)
            self._views(change)
            self._events(change)
            self._feeds(change)
        self._visits()
        self._untold()
        self._tell("joining histories")
        self._histories()
        self._note_differences()
        self._tell("storing it")

    # --- what they have

    def _theirs(self, table: str, order: str = "id") -> list[_Row]:
        return self._all(f"SELECT * FROM other.{table} ORDER BY {order}")

    def _all(self, sql: str, params: Sequence[Any] = ()) -> list[_Row]:
        return [dict(row) for row in self._c.execute(sql, params)]

    def _one(self, sql: str, params: Sequence[Any] = ()) -> _Row | None:
        row = self._c.execute(sql, params).fetchone()
        return None if row is None else dict(row)

    def _differ(self, line: str, *about: int) -> None:
        self._differences.setdefault(" ".join(line.split()), about[:2])

    def _when(self, side: str, table: str, number: int, column: str) -> str:
        """When a person last set a column of a row, by the history of ``main`` or ``other``; "" if it does not tell."""
        if side not in self._said_when:
            said: dict[tuple[str, int, str], str] = {}
            for at, changes in self._c.execute(f"SELECT at, changes FROM {side}.history ORDER BY id"):
                for name, key, _, after in json.loads(changes):
                    said.update({(name, key, field): at for field in after or ()})
            self._said_when[side] = said
        return self._said_when[side].get((table, number, column), "")

    def _later(self, table: str, ours: int, theirs: int, column: str, our_value: Any, their_value: Any) -> bool:
        """Whether theirs of two values was said last; where both were at once, or none is known, the greater."""
        sides = (("main", ours, our_value), ("other", theirs, their_value))
        mine, other = ((self._when(side, table, number, column), repr(value)) for side, number, value in sides)
        return other > mine

    def _holds(self, theirs_hold: bool, kept: Any, lost: Any) -> str:
        """How a difference is told: "'Trams' holds, not 'Carts' as in ben.db"."""
        return f"{kept!r} holds, not {lost!r} as {'it was here' if theirs_hold else f'in {self._name}'}"

    # --- reports

    def _texts(self) -> None:
        added = self._c.execute("INSERT OR IGNORE INTO main.texts (sha, body) SELECT sha, body FROM other.texts")
        self._brought["texts"] = added.rowcount

    def _bring_articles(self) -> list[tuple[int, int]]:
        """Bring the articles that are not here, and all revisions; the pairs of theirs and ours that were known."""
        known = match(self._c)
        columns = ", ".join(
            row[0]
            for row in self._c.execute("SELECT name FROM pragma_table_xinfo('articles') WHERE hidden = 0 AND pk = 0")
        )
        for (number,) in self._c.execute("SELECT id FROM other.articles ORDER BY id").fetchall():
            ours = known.get(number)
            if ours is None:
                ours = self._c.execute(
                    f"INSERT INTO main.articles ({columns}) SELECT {columns} FROM other.articles WHERE id = ?",
                    (number,),
                ).lastrowid
                assert ours is not None
                self._brought["reports"] += 1
            self._articles[number] = ours
            new = self._c.execute(
                "INSERT OR IGNORE INTO main.revisions (article_id, text_sha, added_at, raw, came_sha)"
                " SELECT ?, text_sha, added_at, raw, came_sha FROM other.revisions WHERE article_id = ? ORDER BY id",
                (ours, number),
            ).rowcount
            if number in known:
                self._brought["versions of reports"] += new
                self._c.execute(
                    "UPDATE main.revisions AS m SET raw = o.raw FROM other.revisions AS o"
                    " WHERE m.article_id = ? AND o.article_id = ? AND o.text_sha = m.text_sha"
                    " AND m.raw = x'' AND o.raw <> x''",
                    (ours, number),
                )
        if count := self._brought["reports"]:
            self._history.note(f"added {count:,} report{'s' * (count > 1)} of {short(self._name)}")
        return list(known.items())

    def _join_article(self, change: Change, number: int, ours: int) -> None:
        """One article that both have: what it states is that of the side with the newest text."""
        select = (
            "SELECT a.*, r.added_at AS text_at FROM {side}.articles AS a JOIN {side}.revisions AS r"
            " ON r.article_id = a.id AND r.text_sha = a.text_sha WHERE a.id = ?"
        )
        mine, other = (self._one(select.format(side=side), (key,)) for side, key in (("main", ours), ("other", number)))
        assert mine is not None
        assert other is not None
        mine_at, other_at = ((x["text_at"], x["text_sha"], *(x[c] for c in _STATED)) for x in (mine, other))
        newer = other_at > mine_at
        later, earlier = (other, mine) if newer else (mine, other)
        stated = {c: later[c] or earlier[c] for c in _STATED}
        stated |= {c: later[c] for c in ("text_sha", "words")}
        differ = []
        for column in _STATED:
            if earlier[column] not in ("", later[column]) and later[column]:
                differ.append((f"{_field(column)} of {{}}", newer, later[column], earlier[column]))
        place = max(mine["place"], other["place"]) if mine["text_sha"] == other["text_sha"] else later["place"]
        stated["place"] = place
        if any(mine[c] != value for c, value in stated.items()):
            names = ", ".join(f"{c} = ?" for c in stated)
            self._c.execute(f"UPDATE main.articles SET {names} WHERE id = ?", (*stated.values(), ours))
            settle(self._c, [ours])
        said: _Row = {c: max(mine[c], other[c]) for c in ("is_read", "starred")}
        for column in _EDITED:
            a, b = mine[column], other[column]
            if b is None or a == b:
                continue
            theirs = a is None or self._later("articles", ours, number, column, a, b)
            said[column] = b if theirs else a
            if a is not None:
                differ.append((f"{_field(column)} of {{}}, edited", theirs, *((b, a) if theirs else (a, b))))
        gone = [x["deleted_at"] is not None for x in (mine, other)]
        if gone[0] != gone[1]:
            said["deleted_at"] = None
        change.update("articles", ours, said)
        what = title(self._store, ours)  # as it is called in both from here on
        for line, *held in differ:
            self._differ(f"{line.format(what)}: {self._holds(*held)}", ours)
        if gone[0] != gone[1]:
            self._differ(f"{what} was deleted {'here' if gone[0] else f'in {self._name}'} only: it stays", ours)

    # --- what was judged

    def _judged(self, change: Change) -> None:
        ours = self._by_key("main", {n: n for (n,) in self._c.execute("SELECT id FROM main.articles")})
        for key, theirs in self._by_key("other", self._articles).items():
            for verdict, mine in _paired(theirs, ours.get(key, [])):
                if mine is None:
                    number = change.insert("verdicts", _without(verdict["row"], "id"))
                    self._brought["verdicts"] += 1
                    for place in verdict["places"].values():
                        change.insert("verdict_places", {**_without(place, "id", *_FOUND_AGAIN), "verdict_id": number})
                else:
                    number = mine["row"]["id"]
                    self._join_verdict(change, verdict, mine)
                self._verdicts[verdict["row"]["id"]] = number

    def _by_key(self, side: str, articles: Mapping[int, int]) -> dict[tuple[Any, ...], list[_Row]]:
        """The verdicts of a library as they stand here, sides included, by what makes two of them one."""
        places: dict[int, dict[str, _Row]] = defaultdict(dict)
        for place in self._all(f"SELECT * FROM {side}.verdict_places ORDER BY id"):
            places[place["verdict_id"]][place["side"]] = {**place, "article_id": articles[place["article_id"]]}
        found: dict[tuple[Any, ...], list[_Row]] = defaultdict(list)
        for row in self._all(f"SELECT * FROM {side}.verdicts ORDER BY id"):
            low, high = articles[row["a_id"]], articles[row["b_id"]]
            hung = places[row["id"]]
            if low > high:
                low, high = high, low
                hung = {_OTHER_SIDE[s]: {**place, "side": _OTHER_SIDE[s]} for s, place in reversed(hung.items())}
                if row["fingerprint"]:
                    row["fingerprint"] = fingerprint_of(*(_place(hung[s]) for s in "ab"))
            row["a_id"], row["b_id"] = low, high
            by_hand = () if row["fingerprint"] else tuple(hung[s][c] for s in "ab" for c in _SELECTOR)
            key = (low, high, row["reviewer"], row["fingerprint"], *by_hand)
            found[key].append({"row": row, "places": hung})
        return found

    def _join_verdict(self, change: Change, theirs: _Row, ours: _Row) -> None:
        """One judgement that both have: the one that was changed last holds whole, with its words."""
        (row, mine), (places, hung) = ((theirs[k], ours[k]) for k in ("row", "places"))
        number = mine["id"]
        moments = [
            (x["updated_at"], *(str(x[c]) for c in _SAID), *(str(p[s][c]) for s in "ab" for c in _SELECTOR))
            for x, p in ((row, places), (mine, hung))
        ]
        newer = moments[0] > moments[1]
        later, earlier = (row, mine) if newer else (mine, row)
        if differs := [c for c in _SAID if row[c] != mine[c]]:
            quotes = " against ".join(short(hung[s]["exact"], 27) for s in "ab")
            said = "; ".join(f"{c}: {self._holds(newer, later[c], earlier[c])}" for c in differs)
            by = row["reviewer"]
            if by != self._store.reviewer and is_blind(self._store, row["a_id"], row["b_id"]):
                self._hidden += 1
            else:
                self._differ(f"{quotes}, judged by {by or 'nobody named'}: {said}", row["a_id"], row["b_id"])
        values = {c: later[c] for c in (*_SAID, "updated_at")}
        values["created_at"] = min(row["created_at"], mine["created_at"])
        change.update("verdicts", number, values)
        for side, place in hung.items():
            answers = [json.loads(x[side]["answers"]) for x in ((hung, places) if newer else (places, hung))]
            joined = json.dumps({**answers[0], **answers[1]}, sort_keys=True)
            if newer and any(place[c] != places[side][c] for c in _SELECTOR):
                # Deleted and made, so that undoing it finds the words again.
                change.delete("verdict_places", place["id"], [c for c in place if c not in ("id", *_FOUND_AGAIN)])
                new = _without(places[side], "id", *_FOUND_AGAIN)
                change.insert("verdict_places", {**new, "verdict_id": number, "answers": joined})
            elif json.loads(joined) != json.loads(place["answers"]):
                change.update("verdict_places", place["id"], {"answers": joined})

    def _settled(self, change: Change) -> None:
        """Where both settled the same otherwise the later one settles the earlier one too."""
        for row in self._theirs("settlements"):
            theirs, settled = (self._verdicts[row[c]] for c in ("verdict_id", "settled_id"))
            found = self._one("SELECT * FROM main.settlements WHERE settled_id = ?", (settled,))
            if found is None:
                if theirs != settled and not self._settles(settled, theirs):
                    change.insert("settlements", {"verdict_id": theirs, "settled_id": settled})
                    self._brought["settlements"] += 1
            elif (ours := found["verdict_id"]) != theirs:
                (first, second) = sorted((ours, theirs), key=self._moment)
                if first == settled or self._settles(first, second):
                    continue
                change.update("settlements", found["id"], {"verdict_id": second})
                if self._one("SELECT 1 FROM main.settlements WHERE settled_id = ?", (first,)) is None:
                    change.insert("settlements", {"verdict_id": second, "settled_id": first})
                    self._brought["settlements"] += 1

    def _settles(self, verdict: int, other: int) -> bool:
        """Whether a verdict holds in place of another, itself or over others."""
        while row := self._one("SELECT verdict_id FROM main.settlements WHERE settled_id = ?", (other,)):
            other = row["verdict_id"]
            if other == verdict:
                return True
        return False

    def _moment(self, verdict: int) -> tuple[str, ...]:
        row = self._one("SELECT * FROM main.verdicts WHERE id = ?", (verdict,))
        assert row is not None
        return (row["updated_at"], row["reviewer"], *(str(row[c]) for c in _SAID))

    def _taggings(self, change: Change) -> None:
        names = {row["id"]: row["name"] for row in self._theirs("tags")}
        for row in self._theirs("taggings"):
            name = names[row["tag_id"]]
            tag = self._store.value("SELECT id FROM main.tags WHERE name = ?", (name,))
            if tag is None:
                tag = self._c.execute("INSERT INTO main.tags (name) VALUES (?)", (name,)).lastrowid
            target = "verdict_id" if row["article_id"] is None else "article_id"
            number = (self._articles if target == "article_id" else self._verdicts)[row[target]]
            there = f"SELECT 1 FROM main.taggings WHERE tag_id = ? AND {target} = ?"
            if self._one(there, (tag, number)) is None:
                change.insert("taggings", {"tag_id": tag, target: number})
                self._brought["tags"] += 1

    def _corrections(self, change: Change) -> None:
        key = ("article_id", "noun", "part", "text_sha", "start_char", "end_char")
        for row in self._theirs("corrections"):
            row["article_id"] = self._articles[row["article_id"]]
            mine = self._find("corrections", key, row)
            if mine is None:
                change.insert("corrections", _without(row, "id", *_FOUND_AGAIN))
                self._brought["corrections"] += 1
                continue
            order = [(x["updated_at"], x["fact"] or "", x["reviewer"]) for x in (row, mine)]
            newer = order[0] > order[1]
            if row["fact"] != mine["fact"]:
                later, earlier = (row, mine) if newer else (mine, row)
                kept, lost = (x["fact"] or "no fact" for x in (later, earlier))
                self._differ(f"reading of {short(row['exact'])}: {self._holds(newer, kept, lost)}", row["article_id"])
            if newer:
                change.update("corrections", mine["id"], {c: row[c] for c in ("fact", "reviewer", "updated_at")})

    def _find(self, table: str, key: Sequence[str], row: _Row) -> _Row | None:
        where = " AND ".join(f"{c} = ?" for c in key)
        return self._one(f"SELECT * FROM main.{table} WHERE {where} ORDER BY id", [row[c] for c in key])

    def _pair(self, row: _Row) -> tuple[int, int, bool]:
        """The two articles of a row of theirs, the smaller id first, and whether the sides change."""
        a, b = (self._articles[row[c]] for c in ("a_id", "b_id"))
        return min(a, b), max(a, b), a > b

    def _dismissals(self, change: Change) -> None:
        for row in self._theirs("dismissals"):
            low, high, _ = self._pair(row)
            if self._find("dismissals", ("a_id", "b_id"), {"a_id": low, "b_id": high}) is None:
                change.insert("dismissals", {"a_id": low, "b_id": high})
                self._brought["dismissed pairs"] += 1

    def _anchors(self, change: Change) -> None:
        key = ("a_id", "b_id", "a_sha", "b_sha", "a_start", "b_start")
        for their in self._theirs("anchors"):
            low, high, swapped = self._pair(their)
            row = {c: their[f"{_OTHER_SIDE[c[0]]}{c[1:]}"] if swapped and c[1] == "_" else their[c] for c in their}
            row |= {"a_id": low, "b_id": high}
            mine = self._find("anchors", key, row)
            if mine is None:
                change.insert("anchors", _without(row, "id"))
                self._brought["linked sentences"] += 1
                continue
            values = ("a_end", "b_end", "severed")
            if any(mine[c] != row[c] for c in values):
                both = ([mine[c] for c in values], [row[c] for c in values])
                newer = self._later("anchors", mine["id"], their["id"], "severed", *both)
                said = ["parted" if x["severed"] else "linked" for x in ((row, mine) if newer else (mine, row))]
                names = f"{title(self._store, low)} and {title(self._store, high)}"
                self._differ(f"two sentences of {names}: {self._holds(newer, *said)}", low, high)
                if newer:
                    change.update("anchors", mine["id"], {c: row[c] for c in values})

    # --- work

    def _sessions(self, change: Change) -> None:
        made: dict[int, int] = {}
        key = ("reviewer", "started_at", "made_from")
        ours: dict[tuple[Any, ...], list[_Row]] = defaultdict(list)
        for row in self._all("SELECT * FROM main.sessions ORDER BY id"):
            ours[tuple(row[c] for c in key)].append(row)
        for row in self._theirs("sessions"):
            same = ours[tuple(row[c] for c in key)]
            pairs = self._all("SELECT * FROM other.session_pairs WHERE session_id = ? ORDER BY position", (row["id"],))
            if same:
                mine = same.pop(0)
                made[row["id"]] = mine["id"]
                self._join_session(change, row, mine, pairs)
                continue
            review_of = None if row["review_of"] is None else made[row["review_of"]]
            made[row["id"]] = number = change.insert("sessions", {**_without(row, "id"), "review_of": review_of})
            self._brought["sessions"] += 1
            for pair in pairs:
                ids = {c: self._articles[pair[c]] for c in ("a_id", "b_id")}
                kept = {c: pair[c] for c in ("position", "seconds")}
                change.insert("session_pairs", {"session_id": number, **kept, **ids})

    def _join_session(self, change: Change, row: _Row, mine: _Row, pairs: Sequence[_Row]) -> None:
        number = mine["id"]
        newer = (row["left_at"], row["name"], row["position"]) > (mine["left_at"], mine["name"], mine["position"])
        said: _Row = {}
        if row["name"] != mine["name"]:
            theirs = self._later("sessions", number, row["id"], "name", mine["name"], row["name"])
            said["name"], lost = (row["name"], mine["name"]) if theirs else (mine["name"], row["name"])
            self._differ(f"name of a session: {self._holds(theirs, said['name'], lost)}")
        finished = [x for x in (row["finished_at"], mine["finished_at"]) if x]
        said["finished_at"] = min(finished) if finished else None
        if None in (row["deleted_at"], mine["deleted_at"]):
            said["deleted_at"] = None
        change.update("sessions", number, said)
        if newer:
            self._c.execute(
                "UPDATE main.sessions SET position = ?, left_at = ? WHERE id = ?",
                (row["position"], row["left_at"], number),
            )
        for pair in pairs:
            low, high, _ = self._pair(pair)
            self._c.execute(
                "UPDATE main.session_pairs SET seconds = max(seconds, ?) WHERE session_id = ? AND low_id = ? AND high_id = ?",
                (pair["seconds"], number, low, high),
            )

    def _visits(self) -> None:
        for row in self._theirs("visits"):
            low, high, _ = self._pair(row)
            place = None if row["place_article"] is None else self._articles[row["place_article"]]
            row |= {"a_id": low, "b_id": high, "place_article": place}
            mine = self._find("visits", ("a_id", "b_id", "reviewer"), row)
            if mine is None:
                values = _without(row, "id")
                marks = ", ".join("?" * len(values))
                sql = f"INSERT INTO main.visits ({', '.join(values)}) VALUES ({marks})"
                self._c.execute(sql, tuple(values.values()))
                self._brought["places in pairs"] += 1
                continue
            where = ("place_article", "place_char", "decided", "total")
            newer = (row["left_at"] or "", repr([row[c] for c in where[1:]])) > (
                mine["left_at"] or "",
                repr([mine[c] for c in where[1:]]),
            )
            later = row if newer else mine
            values = {c: later[c] for c in (*where, "left_at")}
            values["seconds"] = max(row["seconds"], mine["seconds"])
            values["started_at"] = min(row["started_at"], mine["started_at"])
            names = ", ".join(f"{c} = ?" for c in values)
            self._c.execute(f"UPDATE main.visits SET {names} WHERE id = ?", (*values.values(), mine["id"]))

    def _views(self, change: Change) -> None:
        said = ("name", "line", "sort", "descending")
        ours = self._all("SELECT * FROM main.views")
        have, digits = {tuple(v[c] for c in said) for v in ours}, {v["digit"] for v in ours}
        for row in self._theirs("views", "digit"):
            if tuple(row[c] for c in said) in have:
                continue
            free = [row["digit"], *DIGITS]
            digit = next((d for d in free if d not in digits), None)
            if digit is None:
                self._differ(f"view {short(row['name'])} of {self._name} ({row['line']}): no digit is free for it")
                continue
            if digit != row["digit"]:
                self._differ(f"view {short(row['name'])} stands under {digit}: {row['digit']} is another one here")
            change.insert("views", {**_without(row, "id"), "digit": digit})
            digits.add(digit)
            self._brought["views"] += 1

    # --- events of the news, feeds, furniture

    def _events(self, change: Change) -> None:
        members: dict[int, list[_Row]] = defaultdict(list)
        for row in self._theirs("event_members"):
            members[row["event_id"]].append({**row, "id": self._articles[row["id"]]})
        placed = {row["id"]: row for row in self._all("SELECT * FROM main.event_members")}
        names = {row["id"]: row["name"] for row in self._theirs("events")}
        kept = self._kept_events(members, placed)
        for theirs, reports in sorted(members.items()):
            event = kept.get(theirs)
            for member in reports:
                event = self._place(change, member, placed.get(member["id"]), event, parted=theirs not in kept)
            if event is not None:
                self._name_event(change, theirs, names[theirs], event)

    def _kept_events(self, members: Mapping[int, Sequence[_Row]], placed: Mapping[int, _Row]) -> dict[int, int]:
        """Our event of each of theirs: the one that most of its reports are of here.

        Where several of theirs would be one of ours, those that a person has put reports in are left out, but the
        largest if all are such: what a person parted there is not put together here.
        """
        claims: dict[int, list[tuple[bool, int, int]]] = defaultdict(list)
        for theirs, reports in sorted(members.items()):
            if votes := Counter(placed[m["id"]]["event_id"] for m in reports if m["id"] in placed):
                event = min(votes, key=lambda e: (-votes[e], e))
                by_person = any(m["placed_by"] == "person" for m in reports)
                claims[event].append((by_person, -votes[event], theirs))
        kept: dict[int, int] = {}
        for event, claimed in claims.items():
            first = min(claimed)
            kept |= {claim[2]: event for claim in claimed if claim == first or not claim[0]}
        return kept

    def _found(self) -> int:
        return int(self._c.execute("INSERT INTO main.events (name) VALUES ('')").lastrowid or 0)

    def _place(self, change: Change, member: _Row, here: _Row | None, event: int | None, *, parted: bool) -> int | None:
        """Place a report in an event, made where there is none yet; the event.

        A report that a person placed here stays, and so does one that the machine placed in both, unless its event was
        ``parted`` from ours by a person.
        """
        report, by = member["id"], member["placed_by"]
        if here is not None and here["placed_by"] == "person":
            if by == "person" and here["event_id"] != event:
                self._differ(
                    f"{title(self._store, report)} stays in its event: {self._name} has it in another one", report
                )
            return event
        if here is not None and by == "machine" and not parted:
            return event
        event = self._found() if event is None else event
        if here is not None:
            change.update("event_members", report, {"event_id": event, "placed_by": "person"})
        else:
            self._brought["reports placed in events"] += 1
            if by == "person":
                change.insert("event_members", {"id": report, "event_id": event, "placed_by": by})
            else:
                self._c.execute("INSERT INTO main.event_members VALUES (?, ?, ?)", (report, event, by))
        return event

    def _name_event(self, change: Change, theirs: int, name: str, event: int) -> None:
        mine = self._store.value("SELECT name FROM main.events WHERE id = ?", (event,))
        if not name or name == mine:
            return
        newer = not mine or self._later("events", event, theirs, "name", mine, name)
        if mine:
            kept, lost = (name, mine) if newer else (mine, name)
            self._differ(f"name of an event: {self._holds(newer, kept, lost)}")
        if newer:
            change.update("events", event, {"name": name})

    def _feeds(self, change: Change) -> None:
        for row in self._theirs("feeds"):
            mine = self._find("feeds", ("url",), row)
            if mine is None:
                change.insert("feeds", _without(row, "id"))
                self._brought["feeds"] += 1
            elif row["title"] and not mine["title"]:
                change.update("feeds", mine["id"], {"title": row["title"]})

    def _untold(self) -> None:
        """What is no step of the history."""
        for table in ("feed_states", "feed_entries", "furniture"):
            self._c.execute(f"INSERT OR IGNORE INTO main.{table} SELECT * FROM other.{table}")

    # --- who did what

    def _histories(self) -> None:
        """Keep the events of their history, and of those that were merged into it, that we have not."""
        have = {row[0] for row in self._c.execute("SELECT digest FROM main.history")}
        have |= {row[0] for row in self._c.execute("SELECT digest FROM main.merged_history")}
        before = ""
        columns = ", ".join(EVENT)
        for *written, digest in self._c.execute(f"SELECT {columns}, digest FROM other.history ORDER BY id").fetchall():
            if digest not in have:
                self._keep(digest, before, written, written[5])
            before = digest
        for row in self._c.execute(f"SELECT digest, before, {columns}, here FROM other.merged_history").fetchall():
            if row["digest"] not in have:
                self._keep(row["digest"], row["before"], [row[c] for c in EVENT], row["here"])

    def _keep(self, digest: str, before: str, written: Sequence[Any], pair: str) -> None:
        here = json.dumps([self._articles[n] for n in json.loads(pair) if n in self._articles])
        self._c.execute(
            f"INSERT OR IGNORE INTO main.merged_history (digest, before, {', '.join(EVENT)}, here)"
            f" VALUES ({', '.join('?' * 13)})",
            (digest, before, *written, here),
        )
        self._brought["lines of history"] += 1

    def _note_differences(self) -> None:
        """Write down what differs, each once, however often the two are merged."""
        known = {row[0] for row in self._c.execute("SELECT name FROM main.history WHERE kind = 'note'")}
        for line, about in self._differences.items():
            if (name := f"differed: {line}") not in known:
                self._history.note(name, *about)


def _paired(theirs: Sequence[_Row], ours: Sequence[_Row]) -> Iterator[tuple[_Row, _Row | None]]:
    """Each of theirs with the one of ours that it is: made at the same moment, else in the order they were made."""
    left = sorted(ours, key=_made)
    later = []
    for one in sorted(theirs, key=_made):
        same = next((x for x in left if _made(x)[0] == _made(one)[0]), None)
        if same is None:
            later.append(one)
        else:
            left.remove(same)
            yield one, same
    for n, one in enumerate(later):
        yield one, left[n] if n < len(left) else None


def _made(verdict: _Row) -> tuple[str, int]:
    return verdict["row"]["created_at"], verdict["row"]["id"]


def _place(row: _Row) -> Place:
    return Place(part=row["part"], start=row["start_char"], end=row["end_char"], text=row["exact"])


def _field(column: str) -> str:
    """How a column of an article is called."""
    return column.partition("_")[2] if column.startswith(("stated_", "edited_")) else column.replace("_", " ")


def _without(row: _Row, *columns: str) -> _Row:
    return {c: value for c, value in row.items() if c not in columns}
