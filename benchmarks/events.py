"""How well reports group into events, one after the other as they come.

    .venv/bin/python -m benchmarks.events [DATA] [--news N]

DATA holds ``same_event.jsonl`` (docs/events.md); without it invented news is grouped (`benchmarks/news.py`, N reports).
For each rule and threshold B-cubed F1 (Bagga and Baldwin 1998) and F1 over pairs, by set: in the order of the file, and
the mean of four orders drawn by chance. Each report is placed by `reader.events.beside` among those placed
before it, `TOGETHER` at a time.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.news import reports
from reader.events import ASKED, LIKELY, TOGETHER, Link, Near, beside, best_three, surest_first
from reader.nouns import Article
from reader.partners import Index

RULES: dict[str, Link] = {
    "best three": best_three,
    "single link": lambda likenesses, _: likenesses[0],
    "average link": lambda likenesses, reports: sum(likenesses) / reports,  # the centroid of what is a product
}
STEPS = (-0.08, -0.04, 0.0, 0.04, 0.08)
"""Thresholds tried, about the one in use."""
SHUFFLES = 4


@dataclass(frozen=True)
class Report:
    """An article, the set that it is of, and its true event."""

    article: Article
    set: str
    event: str


def load(data: Path) -> list[Report]:
    """The rows of the same-event sets."""
    found = []
    for line in (data / "same_event.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = Article(
            body=row["text"],
            title=row["title"] or "",
            source=row["source"] or "",
            published=(row["date"] or "")[:10],
        )
        found.append(Report(article, row["set"], row["cluster"]))
    return found


def invented(count: int) -> list[Report]:
    """Invented news with its true events."""
    return [Report(report.article, "news", str(report.event.number)) for report in reports(count)]


def partners_of(many: Sequence[Report]) -> list[list[tuple[int, float]]]:
    """The partners of each report among all, with scores."""
    index = Index()
    for number, report in enumerate(many):
        index.add(number, report.article)
    return [index.scores(number, ASKED) for number in range(len(many))]


def group(
    many: Sequence[Report],
    partners: Sequence[Sequence[tuple[int, float]]],
    order: Sequence[int],
    likely: float = LIKELY,
    link: Link = best_three,
) -> dict[int, int]:
    """The event of each report when they come in this order."""
    event: dict[int, int] = {}
    near: dict[int, Near] = {}
    for at in range(0, len(order), TOGETHER):
        batch = {number: partners[number] for number in order[at : at + TOGETHER]}
        for number in surest_first(batch, event.__contains__):
            day = many[number].article.day
            known = {other: near[event[other]] for other, _ in partners[number] if other in event}
            partner = beside(day, partners[number], known, likely=likely, link=link)
            if partner is None:
                event[number] = number
                near[number] = Near(number, 1, day, day)
            else:
                event[number] = joined = event[partner]
                _, size, first, last = near[joined]
                days = [one for one in (day, first, last) if one is not None]
                near[joined] = Near(joined, size + 1, min(days, default=None), max(days, default=None))
    return event


def b_cubed(made: dict[int, int], true: dict[int, str]) -> tuple[float, float, float]:
    """Precision, recall and F1, each report counting once (Bagga and Baldwin 1998)."""
    both, ours, theirs = _tables(made, true)
    precision = sum(n * n / ours[event] for (event, _), n in both.items()) / len(true)
    recall = sum(n * n / theirs[event] for (_, event), n in both.items()) / len(true)
    return precision, recall, _f1(precision, recall)


def pairwise(made: dict[int, int], true: dict[int, str]) -> float:
    """F1 over the pairs of reports that stand together."""
    both, ours, theirs = (sum(n * (n - 1) for n in table.values()) for table in _tables(made, true))
    return 2 * both / max(1, ours + theirs)


def _tables(made: dict[int, int], true: dict[int, str]) -> tuple[Counter[tuple[int, str]], Counter[int], Counter[str]]:
    both = Counter((made[number], event) for number, event in true.items())
    return both, Counter(made[number] for number in true), Counter(true.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Group and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--news", type=int, default=1000)
    args = parser.parse_args()
    many = load(args.data) if args.data else invented(args.news)
    true: dict[str, dict[int, str]] = defaultdict(dict)
    for number, report in enumerate(many):
        true[report.set][number] = report.event
    partners = partners_of(many)
    orders = [list(range(len(many)))]
    for seed in range(SHUFFLES):
        orders.append(Random(seed).sample(orders[0], len(many)))
    print(f"{len(many)} reports; B-cubed precision, recall, F1 and pairwise F1 in their order | the two F1, shuffled")
    for rule, link in RULES.items():
        for likely in (LIKELY + step for step in STEPS):
            told = []
            made = [group(many, partners, order, likely, link) for order in orders]
            mean = []
            for name, events in true.items():
                precision, recall, value = b_cubed(made[0], events)
                shuffled = [b_cubed(one, events)[2] for one in made[1:]]
                pairs = [pairwise(one, events) for one in made]
                mean.append(value)
                told.append(
                    f"{name} {precision:.3f} {recall:.3f} {value:.3f} {pairs[0]:.3f}"
                    f" | {sum(shuffled) / SHUFFLES:.3f} {sum(pairs[1:]) / SHUFFLES:.3f}"
                )
                mean += shuffled
            print(f"{rule:<12} {likely:.2f}  " + "   ".join(told) + f"   mean F1 {sum(mean) / len(mean):.3f}")


if __name__ == "__main__":
    main()
