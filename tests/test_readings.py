"""Facts in one line."""

from __future__ import annotations

import pytest

from reader.nouns import Facts, Mention, Quantity, Quote, Reading, Role, Statement, TimeSpan
from reader.plurals import plural, singular
from widgets.readings import meaning, moment, reading, saying

TEXT = "More than 1,000 munitions were dropped last Friday, said Col. Amber Lund."


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (
            Quantity(start=0, end=25, low=1000, high=None, hedge="more than", counted="munition", fate="drop"),
            "“More than 1,000 munitions” = over 1,000 munitions; drop; says Col. Amber Lund",
        ),
        (Quantity(start=0, end=4, low=12, high=None, hedge="at least"), "“More” = 12 or more; says Col. Amber Lund"),
        (Quantity(start=0, end=4, low=None, high=80, unit="%"), "“More” = 80% or less; says Col. Amber Lund"),
        (
            Quantity(start=0, end=4, low=2, high=3, unit="mile", dimension="length", base=(3218.688, 4828.032)),
            "“More” = 2 to 3 miles; 3,218.69 to 4,828.03 metres; says Col. Amber Lund",
        ),
        (TimeSpan(start=44, end=50), "“Friday” = not resolved; day; says Col. Amber Lund"),
        (
            TimeSpan(start=44, end=50, earliest="2031-05-02", latest="2031-05-03", zone="UTC", event="drop"),
            "“Friday” = 2031-05-02 to 2031-05-03; day; UTC; drop; says Col. Amber Lund",
        ),
        (
            Mention(start=57, end=72, label="PERSON", key="amber lund", name="Amber Lund", role="Col."),
            "“Col. Amber Lund” = person; Col.; known as amber lund",
        ),
    ],
)
def test_a_fact_in_one_line(fact: Quantity | TimeSpan | Mention, line: str) -> None:
    said = Quote(start=0, end=52, speaker="Col. Amber Lund")
    assert reading(fact, Facts(version="1", body=Reading(quotes=(said,))), TEXT) == line


def role(text: str, words: str) -> Role:
    start = text.index(words)
    return Role(start=start, end=start + len(words), head=words.split()[-1])


def told(text: str, verb: str, agent: str = "", patient: str = "", **more: object) -> Statement:
    """A statement over the whole of ``text``."""
    at = text.index(verb)
    return Statement(
        start=0,
        end=len(text),
        predicate=str(more.pop("predicate", verb)),
        predicate_span=(at, at + len(verb)),
        agent=role(text, agent) if agent else None,
        patient=role(text, patient) if patient else None,
        **more,  # type: ignore[arg-type]
    )


def many(text: str, words: str, counted: str, low: float, **more: object) -> Quantity:
    start, noun = text.index(words), text.index(counted)
    return Quantity(
        start=start,
        end=start + len(words),
        low=low,
        high=None if "than" in words else low,
        hedge="more than" if "than" in words else "",
        counted=counted,
        counted_span=(noun, noun + len(counted)),
        **more,  # type: ignore[arg-type]
    )


DROPPED = "More than 1,000 leaflets were dropped by cargo planes in July 2031, dam officials said."
CARRIED = "Cargo planes took 40 divers to the dam."
LEFT = "Nobody left the village, and 12 boats may leave the bay."


@pytest.mark.parametrize(
    ("text", "fact", "statements", "line"),
    [
        (
            DROPPED,
            many(DROPPED, "More than 1,000", "leaflets", 1000, fate="drop"),
            [
                told(
                    DROPPED,
                    "dropped",
                    "cargo planes",
                    "More than 1,000 leaflets",
                    predicate="drop",
                    speaker="officials",
                )
            ],
            "“More than 1,000 leaflets” = over 1,000; July 2031; dropped by cargo planes; says officials",
        ),
        (
            CARRIED,
            many(CARRIED, "40", "divers", 40, fate="take"),
            [told(CARRIED, "took", "Cargo planes", "40 divers", predicate="take")],
            "“40 divers” = 40; Cargo planes took",
        ),
        (
            LEFT,
            many(LEFT, "12", "boats", 12, fate="leave"),
            [told(LEFT, "leave", "12 boats", "the bay", certainty="possible")],
            "“12 boats” = 12; leave the bay; perhaps",
        ),
        (
            LEFT,
            Quantity(start=0, end=6, low=0, high=0, counted="person", fate="leave"),
            [told(LEFT, "left", "Nobody", "the village", predicate="leave", negated=True)],
            "“Nobody” = 0 people; left the village",
        ),
        (
            CARRIED,
            many(CARRIED, "40", "divers", 40, fate="kill", corrected=True),
            [told(CARRIED, "took", "Cargo planes", "40 divers", predicate="take")],
            "“40” = 40 divers; killed; corrected by you",
        ),
    ],
    ids=["passive", "active", "party", "none", "corrected"],
)
def test_a_number_says_what_happened_when_by_whom_and_who_says_so(
    text: str, fact: Quantity, statements: list[Statement], line: str
) -> None:
    july = text.find("July 2031")
    time = TimeSpan(start=july, end=july + 9, earliest="2031-07-01", latest="2031-07-31", event="drop")
    times = (time,) if july >= 0 else ()
    facts = Facts(version="1", body=Reading(quantities=(fact,), times=times, statements=tuple(statements)))
    assert reading(fact, facts, text) == line


def test_a_speaker_goes_by_the_fullest_name_and_a_time_by_its_clause() -> None:
    facts = Facts(
        version="1",
        body=Reading(
            statements=(told(CARRIED, "took", "Cargo planes", "40 divers", predicate="take", speaker="amber lund"),),
            mentions=(
                Mention(start=0, end=1, label="PERSON", key="amber lund", name="Lund"),
                Mention(start=2, end=3, label="PERSON", key="amber lund", name="Amber Lund", role="Col."),
            ),
        ),
    )
    time = TimeSpan(start=0, end=5, earliest="2031", latest="2031", precision="year", event="take")
    assert reading(time, facts, CARRIED) == "“Cargo” = 2031; year; Cargo planes took 40 divers; says Col. Amber Lund"
    assert saying(8, facts, CARRIED) == "Cargo planes took 40 divers; says Col. Amber Lund"
    assert saying(len(CARRIED), facts, CARRIED) == ""


def test_a_correction_says_what_was_read_before() -> None:
    fact = Quantity(start=18, end=20, low=50, high=50, counted="diver", corrected=True)
    was = meaning(Quantity(start=18, end=20, low=40, high=40, counted="person", fate="hold", negated=True), CARRIED)
    line = reading(fact, Facts(version="1", body=Reading()), CARRIED, was=was)
    assert line == "“40” = 50 divers; corrected by you: was 40 people; not arrested"


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        ("", "", "not resolved"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2032-02-01", "2032-02-29", "February 2032"),
        ("2031-02-01", "2031-02-27", "2031-02-01 to 2031-02-27"),
        ("2031-02-03", "2031-02-03", "2031-02-03"),
        ("", "2031-02-03", "… to 2031-02-03"),
        ("T14:00", "T15:00", "T14:00 to T15:00"),
    ],
)
def test_bounds_of_a_time_for_people(earliest: str, latest: str, said: str) -> None:
    assert moment(earliest, latest) == said


@pytest.mark.parametrize(
    ("one", "many"),
    [
        *(("terrorist", "terrorists"), ("family", "families"), ("boy", "boys"), ("box", "boxes"), ("troops", "troops")),
        *(("gunman", "gunmen"), ("German", "Germans"), ("person", "people"), ("woman", "women"), ("police", "police")),
    ],
)
def test_nouns_in_the_plural(one: str, many: str) -> None:
    assert plural(one) == many
    if many == f"{one}s":
        assert singular(many) == one
