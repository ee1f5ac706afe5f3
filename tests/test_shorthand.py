"""Facts in shorthand come back as they were, whatever they say."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from db import shorthand
from db.packing import deflate, pack
from reader.nouns import (
    Article,
    Facts,
    Mention,
    Quantity,
    Quote,
    Reading,
    Role,
    Sentence,
    Span,
    Statement,
    TimeSpan,
    Word,
)

ARTICLE = Article(
    title="Ferrymen leave the quay",
    body="About 250 ferrymen left Port Amble; the men's guild said so.\n\nThe guild of Port Amble is 40 years old.",
)


def at(words: str, after: int = 0) -> dict[str, int]:
    start = ARTICLE.body.index(words, after)
    return {"start": start, "end": start + len(words)}


FERRYMEN = Role(**at("About 250 ferrymen"), head="ferryman", modifiers=("250", "old"))
AMBLE = Role(**at("Port Amble"), head="amble", key="port amble", names=("port amble",))
GUILD = Role(**at("the men's guild"), head="guild", modifiers=("man",), key="the guild", also=(AMBLE,))
FACTS = Facts(
    version="1",
    title=Reading(
        sentences=(Sentence(start=0, end=23),),
        words=(Word(start=0, end=8, lemma="ferryman", pos="NOUN"), Word(start=9, end=14, lemma="leave", pos="VERB")),
        statements=(Statement(start=0, end=23, predicate="leave", predicate_span=(9, 14), tense="present"),),
    ),
    body=Reading(
        sentences=(
            Sentence(**at(ARTICLE.body.partition("\n")[0])),
            Sentence(**at("The guild of Port Amble is 40 years old."), paragraph=1),
        ),
        words=(
            Word(**at("ferrymen"), lemma="ferryman", pos="NOUN"),
            Word(**at("left"), lemma="leave", pos="VERB"),
            Word(**at("men"), lemma="man", pos="NOUN"),
            Word(**at("guild"), lemma="guild", pos="NOUN"),
            Word(**at("guild", 60), lemma="guild", pos="NOUN", sentence=1),
        ),
        quantities=(
            Quantity(**at("250"), low=225.0, high=275.5, hedge="about", counted="ferryman", counted_span=(10, 18)),
            Quantity(**at("40"), low=40.0, high=None, base=(40.0, None), kind="age", sentence=1, corrected=True),
        ),
        mentions=(
            Mention(**at("Port Amble"), label="LOC", key="port amble", name="Port Amble"),
            Mention(**at("Port Amble", 60), label="LOC", key="port amble", name="Port Amble", sentence=1),
        ),
        statements=(
            Statement(
                **at("About 250 ferrymen left Port Amble"),
                predicate="leave",
                predicate_span=(19, 23),
                agent=FERRYMEN,
                patient=AMBLE,
                others=(("of", GUILD), ("to", AMBLE)),
                speaker="guild",
                negated=True,
            ),
            Statement(**at("left"), predicate="depart", predicate_span=(19, 23), agent=FERRYMEN, particle="off"),
        ),
    ),
)


def test_facts_come_back_from_a_third_of_what_they_took() -> None:
    blob = shorthand.write(FACTS, ARTICLE)
    assert shorthand.read(blob, ARTICLE, "1") == FACTS
    assert len(blob) < 0.5 * len(pack(FACTS))


def test_what_was_written_another_way_or_of_another_report_is_none() -> None:
    blob = shorthand.write(FACTS, ARTICLE)
    assert shorthand.read(blob, msgspec.structs.replace(ARTICLE, title="Ferrymen stay"), "1") is None
    assert shorthand.read(blob[:-9], ARTICLE, "1") is None
    assert shorthand.read(pack(FACTS), ARTICLE, "1") is None
    for columns in ([], [[]], [[], [1] * 14], [[], 0, 7], {"version": "1"}):
        written = deflate(msgspec.msgpack.encode(columns), f"{ARTICLE.title}\n{ARTICLE.body}{shorthand._COMMON}")
        assert (shorthand.read(written, ARTICLE, "1") or Facts(version="1", body=Reading())).body == Reading()


_words = st.sampled_from(["ferry", "Ferries", "quay", "Port Amble", "İ", "a's", "22-year", "", "\n\n", "٣"])
_some = st.lists(_words, max_size=2).map(tuple)
_count = st.integers(0, 3)
_flag = st.booleans()
_place = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda at: (at[0], sum(at)))
_number = st.none() | st.floats(allow_nan=False)


def _records(
    kind: type[Span], needed: dict[str, Any], optional: dict[str, Any] | None = None
) -> st.SearchStrategy[Any]:
    """Records of a kind at places that need not be in the text."""
    rest = st.fixed_dictionaries(needed, optional={"sentence": _count, **(optional or {})})
    return st.builds(
        lambda place, rest: kind(
            start=place[0], end=place[1], **{k: v for k, v in rest.items() if k in kind.__struct_fields__}
        ),
        _place,
        rest,
    )


_roles = st.recursive(
    _records(Role, {"head": _words}, {"key": _words, "modifiers": _some, "negated": _flag, "names": _some}),
    lambda inner: _records(Role, {"head": _words, "also": st.lists(inner, max_size=2).map(tuple)}),
    max_leaves=3,
)
_readings = st.fixed_dictionaries(
    {
        name: st.lists(record, max_size=3).map(tuple)
        for name, record in {
            "sentences": _records(Sentence, {"paragraph": _count}),
            "words": _records(Word, {"lemma": _words, "pos": _words}),
            "quantities": _records(
                Quantity,
                {"low": _number, "high": _number},
                {"base": st.tuples(_number, _number), "counted_span": _place, "also": _some, "corrected": _flag},
            ),
            "times": _records(TimeSpan, {}, {"earliest": _words, "precision": st.just("week"), "relative": _flag}),
            "mentions": _records(
                Mention, {"label": st.sampled_from(["PERSON", "LOC"]), "key": _words, "name": _words}, {"role": _words}
            ),
            "statements": _records(
                Statement,
                {"predicate": _words, "predicate_span": _place},
                {
                    "agent": _roles,
                    "patient": _roles,
                    "others": st.lists(st.tuples(_words, _roles), max_size=2).map(tuple),
                }
                | {"speaker": _words, "tense": _words, "negated": _flag, "certainty": st.just("possible")},
            ),
            "quotes": _records(Quote, {}, {"speaker": _words}),
        }.items()
    }
).map(lambda tables: Reading(**tables))
_texts = st.lists(_words, max_size=8).map(" ".join)


@given(_texts, _texts, _readings, _readings)
def test_any_facts_come_back(title: str, body: str, of_title: Reading, of_body: Reading) -> None:
    article = Article(title=title, body=body)
    facts = Facts(version="1", title=of_title, body=of_body)
    assert shorthand.read(shorthand.write(facts, article), article, "1") == facts
