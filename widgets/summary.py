"""What a session came to: its figures and its conflicts, as lines for a screen, text, Markdown, CSV and JSON.

Knows no screen. Gathering reads the library and is done in a worker thread.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import to_builtins

from db import Library, Session, SessionPair, Verdict
from db.texts import short
from reader.hostile import one_line
from reader.nouns import Conflict, Judgement, Kind
from widgets.agreement import (
    JUDGEMENTS,
    NARROW,
    SIGNS,
    Agreement,
    agreement,
    figures,
    side_by_side,
    table_lines,
    used,
)
from widgets.compare.findings import GRAVE, LEVELS, Finding, join, shown_from
from widgets.exports.pairs import Named, row_of, told
from widgets.pace import lasted, pace
from widgets.tables import csv_of, markdown, markdown_table
from widgets.understanding import comparison_of, quiet

if TYPE_CHECKING:
    from widgets.work import Report

SESSION = "rashomon.session/1"

Line = tuple[str, str]
"""A line of a summary and how it is drawn: the name of a component class of a list, "" for plain."""


class Summary(NamedTuple):
    """A session with what was judged in it.

    ``findings`` are the counted conflicts and the pairs made by hand, each with the pair it is of; ``pairs`` has for
    each how many are judged, of how many (``None``: not compared yet). ``judged_since`` of them were judged after the
    session was begun. ``agreement`` is with another reviewer, where there is one who has finished.
    ``hidden`` says whose judgements are missing because a blind review is under way, "" if none.
    """

    session: Session
    pairs: list[tuple[SessionPair, int, int | None]]
    findings: list[tuple[SessionPair, Finding]]
    judged_since: int
    agreement: Agreement | None
    hidden: str

    @property
    def verdicts(self) -> list[Verdict]:
        """What was judged."""
        return [finding.verdict for _, finding in self.findings if finding.verdict is not None]

    @property
    def open(self) -> int:
        """How many conflicts wait for a judgement."""
        return sum(finding.verdict is None for _, finding in self.findings)

    @property
    def uncompared(self) -> int:
        """How many pairs were not compared yet."""
        return sum(total is None for _, _, total in self.pairs)


def summary_of(library: Library, number: int) -> Summary:
    """Gather what a session came to. Raises ``LibraryError``."""
    session = library.sessions.get(number)
    pairs: list[tuple[SessionPair, int, int | None]] = []
    found: list[tuple[SessionPair, Finding]] = []
    for pair in library.sessions.pairs(number):
        conflicts = library.comparisons.conflicts(pair.a_id, pair.b_id)
        counted = _counted_of(library, session, pair, conflicts or ())
        found += [(pair, finding) for finding in counted]
        judged = sum(finding.verdict is not None for finding in counted)
        pairs.append((pair, judged, None if conflicts is None else len(counted)))
    since = sum(f.verdict is not None and f.verdict.updated >= session.started for _, f in found)
    other = other_of(library, session)
    compared = None
    if other is not None and not (session.blind or other.blind):
        first, second = (session, other) if other.review_of is not None else (other, session)
        compared = agreement(side_by_side(library, first, second), first.reviewer, second.reviewer)
    blinding = [s for s in library.sessions.reviews(number) if s.blind and s.reviewer == library.reviewer]
    return Summary(session, pairs, found, since, compared, session.reviewer if blinding else "")


def _counted_of(library: Library, session: Session, pair: SessionPair, conflicts: Sequence[Conflict]) -> list[Finding]:
    """The findings of a pair that count, as the reviewer of the session judged them, or as it was settled."""
    own = [v for v in library.verdicts.of_pair(pair.a_id, pair.b_id) if v.settles or v.by in (session.reviewer, "")]
    return [f for f in shown_from(join(conflicts, own, session.reviewer), LEVELS[0].confidence) if f.counted]


def other_of(library: Library, session: Session) -> Session | None:
    """The session that ``session`` reviews, else the review of it that is furthest: finished, then left last."""
    if session.review_of is not None:
        found = [one for one in library.sessions.recent(-1) if one.id == session.review_of]
        return found[0] if found else None
    reviews = library.sessions.reviews(session.id)
    return max(reviews, key=lambda review: (review.finished, review.left)) if reviews else None


# As lines


def lines_of(summary: Summary, width: int) -> list[Line]:
    """The summary in lines of at most ``width`` cells, as long as the titles allow; nothing in them is obeyed."""
    session, verdicts = summary.session, summary.verdicts
    lines: list[Line] = [(one_line(session.name), "row--strong"), *((line, "row--quiet") for line in _whence(session))]
    lines.append(("", ""))
    if summary.hidden:
        lines += [(f"What {one_line(summary.hidden)} judged is hidden until your review is finished.", "row--warning")]
    lines += [(f"{name:<11}{value}", "") for name, value in _figures(summary)]
    if verdicts:
        lines += [
            ("", ""),
            *((line, "row--strong" if n == 0 else "") for n, line in enumerate(_kinds(verdicts, width))),
        ]
        if width < NARROW:
            lines.append((" ".join(f"{sign} {judgement}" for judgement, sign in SIGNS.items()), "row--quiet"))
    if summary.agreement is not None:
        lines += [("", ""), *agreement_lines(summary.agreement, width)]
    lines += [("", ""), ("Pairs", "row--strong")]
    for pair, judged, total in summary.pairs:
        titles = " │ ".join(short(title, max(8, (width - 26) // 2)) for title in _titles(pair))
        far = f"{judged}/{'?' if total is None else total}"
        lines.append((f"{pair.position + 1:>3}  {far:>7}  {lasted(pair.seconds):<9} {titles}", ""))
    return lines


def agreement_lines(found: Agreement, width: int) -> list[Line]:
    """The figures of agreement, the table of judgements, and what to know of them."""
    first, second = (one_line(name) or "(no name)" for name in (found.first, found.second))
    lines: list[Line] = [(f"Agreement of {first} and {second}", "row--strong"), (figures(found, width), "")]
    if found.note:
        lines.append((found.note, "row--warning"))
    if found.alone:
        lines.append((f"{found.alone} judged by one of them only", ""))
    if found.table:
        lines.append((f"{first} down, {second} across", "row--quiet"))
    return [*lines, *((line, "") for line in table_lines(found, width))]


def _whence(session: Session) -> list[str]:
    """What it was made from; whose it is, and when."""
    parts = []
    if session.reviewer:
        blind = ", blind" if session.review_of is not None else ""
        parts.append(f"by {one_line(session.reviewer)}{blind}")
    parts.append(f"begun {_day(session.started)}")
    parts.append(f"finished {_day(session.finished)}" if session.finished else f"left {_day(session.left)}")
    return [*([f"from {one_line(session.made_from)}"] if session.made_from else []), " · ".join(parts)]


def _titles(pair: SessionPair) -> tuple[str, str]:
    """How both reports are called: by title, else by source."""
    named = (pair.a_title, pair.a_source), (pair.b_title, pair.b_source)
    a, b = (one_line(title) or one_line(source) or "(untitled)" for title, source in named)
    return a, b


def _day(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _figures(summary: Summary) -> list[tuple[str, str]]:
    session, verdicts = summary.session, summary.verdicts
    done = sum(total is not None and judged >= total for _, judged, total in summary.pairs)
    missing = f", {summary.uncompared} not compared yet" if summary.uncompared else ""
    judgements = Counter(verdict.judgement for verdict in verdicts)
    severities = Counter(v.severity for v in verdicts if v.judgement in ("contradiction", "tension"))
    tags = Counter(tag for verdict in verdicts for tag in verdict.tags)
    outcomes = Counter(verdict.outcome for verdict in verdicts if verdict.outcome)
    flags = sum(verdict.flagged for verdict in verdicts)
    rows = [
        ("Pairs", f"{session.pairs}, {done} with nothing left{missing}"),
        ("Conflicts", f"{len(summary.findings)}, {len(verdicts)} judged, {summary.open} open"),
        ("Judged", _counted((SIGNS[j] + " " + j, judgements[j]) for j in JUDGEMENTS)),
        ("Severity", _counted((name, severities[level]) for level, (_, name) in sorted(GRAVE.items(), reverse=True))),
        ("Time", " · ".join(filter(None, (lasted(session.seconds), pace(summary.judged_since, session.seconds))))),
        ("Outcomes", _counted(outcomes.most_common())),
        ("Tags", _counted((f"#{tag}", count) for tag, count in tags.most_common())),
        ("Flagged", str(flags) if flags else ""),
    ]
    return [(name, value) for name, value in rows if value]


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{one_line(name)} {count}" for name, count in counts if count)


def _by_kind(verdicts: Sequence[Verdict]) -> dict[Kind, Counter[Judgement]]:
    kinds: dict[Kind, Counter[Judgement]] = {}
    for verdict in verdicts:
        kinds.setdefault(verdict.kind, Counter())[verdict.judgement] += 1
    return dict(sorted(kinds.items(), key=lambda item: (-item[1].total(), item[0])))


def _kinds(verdicts: Sequence[Verdict], width: int) -> list[str]:
    """Kinds down, judgements across."""
    heads = [SIGNS[j] if width < NARROW else j for j in JUDGEMENTS]
    cells = [max(5, len(head)) for head in heads]
    lines = [f"{'Kind':<10} " + " ".join(f"{head:>{n}}" for head, n in zip(heads, cells, strict=True))]
    for kind, counts in _by_kind(verdicts).items():
        row = " ".join(f"{counts[j]:>{n}}" for j, n in zip(JUDGEMENTS, cells, strict=True))
        lines.append(f"{kind:<10} {row}")
    return lines


# As files


def text_of(summary: Summary) -> str:
    """The summary as plain text."""
    return "".join(f"{line.rstrip()}\n" for line, _ in lines_of(summary, 80))


def rows_of(summary: Summary) -> list[dict[str, Any]]:
    """One row for every conflict of the session and every pair made by hand; ``judgement`` is "open" where none is."""
    rows = []
    for pair, finding in summary.findings:
        a, b = Named(pair.a_id, pair.a_title, pair.a_source), Named(pair.b_id, pair.b_title, pair.b_source)
        rows.append({"pair": pair.position + 1, **row_of(finding, a, b)})
    return rows


def record_of(summary: Summary) -> dict[str, Any]:
    """The summary as one JSON object (docs/formats.md)."""
    session, verdicts = summary.session, summary.verdicts
    found = summary.agreement
    counts = Counter(verdict.judgement for verdict in verdicts)
    return {
        "format": SESSION,
        "session": session.id,
        "name": session.name,
        "made_from": session.made_from,
        "reviewer": session.reviewer,
        "review_of": session.review_of,
        "begun": session.started,
        "left": session.left,
        "finished": session.finished or None,
        "seconds": round(session.seconds, 1),
        "judged_since_begun": summary.judged_since,
        "conflicts": len(summary.findings),
        "open": summary.open,
        "judgements": {judgement: counts[judgement] for judgement in JUDGEMENTS},
        "kinds": {kind: {j: of[j] for j in JUDGEMENTS} for kind, of in _by_kind(verdicts).items()},
        "agreement": None if found is None else _agreement_record(found),
        "pairs": [
            {**_named(pair), "judged": judged, "conflicts": total, "seconds": round(pair.seconds, 1)}
            for pair, judged, total in summary.pairs
        ],
        "rows": rows_of(summary),
    }


def _named(pair: SessionPair) -> dict[str, Any]:
    fields = ("a_id", "b_id", "a_title", "b_title", "a_source", "b_source")
    return {"pair": pair.position + 1, **{field: getattr(pair, field) for field in fields}}


def _agreement_record(found: Agreement) -> dict[str, Any]:
    figures_ = {name: value for name, value in found._asdict().items() if name != "table"}
    table = [{"first": a, "second": b, "count": count} for (a, b), count in sorted(found.table.items())]
    return {**to_builtins(figures_), "note": found.note, "table": table}


def markdown_of(summary: Summary) -> str:
    """The summary as Markdown in which the words of reports are no markup."""
    session, verdicts = summary.session, summary.verdicts
    parts = [f"# {markdown(session.name)}", *(markdown(line) for line in _whence(session))]
    parts.append("\n".join(f"- **{name}**: {markdown(value)}" for name, value in _figures(summary)))
    if verdicts:
        kinds = [{"kind": kind, **{j: of[j] for j in JUDGEMENTS}} for kind, of in _by_kind(verdicts).items()]
        parts += ["## Kinds", markdown_table(kinds)]
    if (found := summary.agreement) is not None:
        parts += [f"## Agreement of {markdown(found.first)} and {markdown(found.second)}", markdown(figures(found))]
        parts += [markdown(found.note)] if found.note else []
        if judgements := used(found):
            table = [
                {"": row, **{other: found.table.get((row, other), 0) for other in judgements}} for row in judgements
            ]
            parts.append(markdown_table(table))
    pairs = [
        {"pair": pair.position + 1, "judged": f"{judged}/{'?' if total is None else total}"}
        | {"time": lasted(pair.seconds), **dict(zip("AB", _titles(pair), strict=True))}
        for pair, judged, total in summary.pairs
    ]
    parts += ["## Pairs", markdown_table(pairs)]
    if rows := rows_of(summary):
        columns = ("pair", "judgement", "kind", "severity", "quote_a", "quote_b", "reason", "outcome", "note", "tags")
        parts += ["## Conflicts", markdown_table([{column: row[column] for column in columns} for row in rows])]
    return "\n\n".join(parts) + "\n"


def json_of(summary: Summary) -> str:
    """The summary as JSON."""
    return json.dumps(record_of(summary), ensure_ascii=False, indent=1) + "\n"


FORMS = {".md": markdown_of, ".csv": lambda summary: csv_of(rows_of(summary)), ".json": json_of, ".txt": text_of}
"""How a summary is written, by the end of the name of the file."""

ENDS = (*FORMS, ".html")
"""The ends that the name of a file may have."""


def written(library: Library, summary: Summary, form: str, report: Report = quiet) -> str:
    """The summary in the form of an end; the page has every pair with both its texts, compared where it was not."""
    return _page_of(library, summary, report) if form == ".html" else FORMS[form](summary)


def _page_of(library: Library, summary: Summary, report: Report) -> str:
    from widgets.exports.forms import made_by
    from widgets.exports.page import page_of

    session = summary.session
    pairs = []
    for number, (pair, _, _) in enumerate(summary.pairs, 1):
        report(f"pair {number:,} of {len(summary.pairs):,}")
        a, b = library.articles.get_many([pair.a_id, pair.b_id])
        compared = comparison_of(library, a, b)
        pairs.append(told(a, b, compared, _counted_of(library, session, pair, compared.comparison.conflicts)))
    found = summary.agreement
    more = [] if found is None else [("Agreement", f"{found.first} and {found.second}: {figures(found)}")]
    hidden = f"What {summary.hidden} judged is hidden until your review is finished."
    more += [("Hidden", hidden)] if summary.hidden else []
    whence = [("Session", line) for line in _whence(session)]
    return page_of(pairs, session.name, [*whence, *_figures(summary), *more], made_by(library))
