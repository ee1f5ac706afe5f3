"""Facts with a person's corrections in place of what was read."""

from __future__ import annotations

from pathlib import Path

import pytest
from two_reports import FACTS_A, library_of
from two_reports import A as FERRY

from db import Library
from reader.comparison import compare
from reader.corrections import corrected, replaced, standing
from reader.nouns import (
    Article,
    Comparison,
    Correction,
    Facts,
    Mention,
    Quantity,
    Reading,
    Role,
    Sentence,
    Statement,
    TimeSpan,
)
from widgets.understanding import comparison_of, facts_of, machine_facts_of

SENTENCES = (Sentence(start=0, end=40), Sentence(start=41, end=80), Sentence(start=81, end=120))
NINE = Quantity(start=45, end=49, low=9, high=9, counted="crane", sentence=1)
TEN = Quantity(start=60, end=63, low=10, high=10, counted="crane", sentence=1)
MONDAY = TimeSpan(start=45, end=51, earliest="2031-03-03", latest="2031-03-03", sentence=1)
LUND = Mention(start=5, end=9, label="PERSON", key="amber lund", name="Lund")
FACTS = Facts(
    version="1",
    title=Reading(sentences=(Sentence(start=0, end=99),), quantities=(NINE,)),
    body=Reading(
        sentences=SENTENCES,
        quantities=(NINE, TEN),
        times=(MONDAY,),
        mentions=(LUND,),
        statements=(
            Statement(
                start=0,
                end=40,
                predicate="fall",
                predicate_span=(20, 24),
                agent=Role(start=0, end=9, head="lund", key="amber lund"),
                patient=Role(start=25, end=30, head="lund", key="amber lund"),
                others=(
                    ("in", Role(start=3, end=9, head="x", key="amber lund")),
                    ("on", Role(start=0, end=9, head="y")),
                ),
                speaker="amber lund",
            ),
        ),
    ),
)


def of(
    number: int, fact: Quantity | TimeSpan | Mention | None, start: int = 45, end: int = 49, **more: str
) -> Correction:
    return Correction(id=number, **{"part": "body", "noun": "quantity", **more}, start=start, end=end, fact=fact)  # type: ignore[arg-type]


def test_without_corrections_the_facts_are_the_same() -> None:
    assert corrected(FACTS, []) is FACTS


def test_a_dismissed_fact_is_gone_and_nothing_else() -> None:
    body = corrected(FACTS, [of(1, None)]).body
    assert body.quantities == (TEN,)
    assert body.times == (MONDAY,)
    assert corrected(FACTS, [of(1, None, part="title")]).title.quantities == ()
    assert corrected(FACTS, [of(1, None, part="title")]).body == FACTS.body


def test_a_stated_fact_takes_the_place_of_what_was_read_there() -> None:
    stated = Quantity(start=0, end=1, low=5, high=6, counted="ship", sentence=77)
    body = corrected(FACTS, [of(1, stated, start=62, end=90)]).body
    assert body.quantities == (
        NINE,
        Quantity(start=62, end=90, low=5, high=6, counted="ship", sentence=1, corrected=True),
    )


def test_a_stated_fact_stands_where_a_later_analysis_reads_nothing() -> None:
    (one, _, found) = corrected(FACTS, [of(1, TEN, start=100, end=104)]).body.quantities
    assert one == NINE
    assert (found.start, found.sentence, found.low, found.corrected) == (100, 2, 10, True)


def test_a_correction_replaces_only_facts_of_its_kind() -> None:
    time = TimeSpan(start=45, end=51, earliest="2031", latest="2031", precision="year")
    body = corrected(FACTS, [of(1, time, end=51, noun="time")]).body
    assert [t.earliest for t in body.times] == ["2031"]
    assert body.quantities == FACTS.body.quantities


def test_of_two_corrections_of_the_same_words_the_later_holds() -> None:
    early, late = of(3, NINE), of(8, None, start=47, end=55)
    assert standing([late, early, of(5, None, part="title")]) == [of(5, None, part="title"), late]
    assert corrected(FACTS, [late, early]).body.quantities == (TEN,)
    assert replaced(FACTS, late) == [NINE]


@pytest.mark.parametrize(
    ("fact", "key"), [(Mention(start=5, end=9, label="LOC", key="port", name="L"), "port"), (None, "")]
)
def test_a_name_takes_its_key_to_the_parties_that_hold_it(fact: Mention | None, key: str) -> None:
    (statement,) = corrected(FACTS, [of(1, fact, start=5, end=9, noun="name")]).body.statements
    assert statement.agent is not None
    assert statement.patient is not None
    assert [statement.agent.key, statement.patient.key] == [key, "amber lund"]
    assert [role.key for _, role in statement.others] == [key, ""]
    assert statement.speaker == "amber lund"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path / "ferry.db", None)


def test_a_comparison_is_made_anew_from_corrected_facts_and_is_back_after_undo(library: Library) -> None:
    a, b = library.articles.get_many([1, 2])
    first = comparison_of(library, a, b)
    (aboard,) = FACTS_A.body.quantities
    assert [c.a.text for c in first.comparison.conflicts if c.kind == "count"] == ["120 passengers"]
    library.readings.dismiss(a, "body", "quantity", aboard)
    second = comparison_of(library, a, b)
    assert second.a.body.quantities == ()
    assert [c for c in second.comparison.conflicts if c.kind == "count"] == []
    assert machine_facts_of(library, a) == FACTS_A
    library.history.undo()
    assert comparison_of(library, a, b) == first


def test_a_comparison_is_not_kept_where_a_correction_came_while_it_was_made(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = library.articles.get_many([1, 2])
    (aboard,) = FACTS_A.body.quantities

    def interrupted(*given: object, **more: object) -> Comparison:
        made = compare(*given, **more)  # type: ignore[arg-type]
        library.readings.dismiss(a, "body", "quantity", aboard)
        return made

    monkeypatch.setattr("reader.comparison.compare", interrupted)
    comparison_of(library, a, b)
    monkeypatch.undo()
    assert [c for c in comparison_of(library, a, b).comparison.conflicts if c.kind == "count"] == []


def test_corrections_outlive_a_new_analysis_and_a_changed_text(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = library.articles.get(1)
    (aboard,) = FACTS_A.body.quantities
    stated = Quantity(start=aboard.start, end=aboard.end, low=90, high=90, kind="count", counted="passenger")
    library.readings.correct(stored, "body", stated)
    later = Facts(
        version="next", body=Reading(quantities=(Quantity(start=aboard.start, end=aboard.start + 3, low=1, high=1),))
    )
    monkeypatch.setattr("reader.analysis.VERSION", "next")
    monkeypatch.setattr("reader.analysis.analyse", lambda _: later)
    (found,) = facts_of(library, stored).body.quantities
    assert (found.low, found.start, found.end) == (90, aboard.start, aboard.end)
    changed = FERRY.body.replace("It had passed", "It has passed")
    assert changed != FERRY.body
    assert (
        library.articles.add(
            Article(
                body=f"By our own staff.\n\n{changed}",
                title=FERRY.title,
                source=FERRY.source,
                published=FERRY.published,
            )
        ).status
        == "revised"
    )
    monkeypatch.setattr("reader.analysis.analyse", lambda _: Facts(version="next", body=Reading()))
    stored = library.articles.get(1)
    (found,) = facts_of(library, stored).body.quantities
    assert found.of(stored.article.body) == "120 passengers"
    assert found.low == 90
