"""Values packed by columns come back as they were."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from db.packing import _packed, _unpacked, deflate, inflate, pack, unpack
from reader.nouns import Facts, Quantity, Reading, Role, Statement, Word

FACTS = Facts(
    version="1",
    body=Reading(
        words=tuple(Word(start=n, end=n + 4, lemma="quay", pos="NOUN") for n in range(0, 700, 7)),
        quantities=(
            Quantity(start=6, end=9, low=225.0, high=275.0, hedge="about", counted="ferryman", modifiers=("old",)),
            Quantity(start=34, end=37, low=None, high=275.0, base=(None, 275.0), counted_span=(38, 46)),
        ),
        statements=(
            Statement(start=6, end=32, predicate="leave", predicate_span=(19, 23), others=(("from", _role := Role(start=24, end=32, head="quay")),)),
            Statement(start=34, end=60, predicate="leave", predicate_span=(47, 51), agent=_role, negated=True),
        ),
    ),
)  # fmt: skip

_records = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.text("abc", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["start", "end", "head", "also"]), inner, max_size=4)
    ),
    max_leaves=30,
)


@given(_records)
def test_any_records_come_back(value: Any) -> None:
    packed = msgspec.msgpack.decode(msgspec.msgpack.encode(_packed(value)))
    assert _unpacked(packed) == value


def test_facts_come_back_from_less_than_they_took() -> None:
    blob = pack(FACTS)
    assert unpack(blob, Facts) == FACTS
    assert len(blob) < 0.7 * len(zlib.compress(msgspec.msgpack.encode(FACTS)))


def test_what_was_packed_as_records_is_read_too() -> None:
    assert unpack(zlib.compress(msgspec.msgpack.encode(FACTS), 3), Facts) == FACTS


def test_what_cannot_be_read_is_none() -> None:
    blob = pack(FACTS)
    assert unpack(blob[:-9], Facts) is None
    assert unpack(pack(FACTS.body.words[0]), Facts) is None
    assert unpack(deflate(msgspec.msgpack.encode({"\0": [2, 1, ["version"], [[9]]]})), Facts) is None


@given(st.binary(), st.text())
def test_bytes_come_back_beside_any_text(data: bytes, near: str) -> None:
    assert inflate(deflate(data, near), near) == data
    assert inflate(zlib.compress(data), near) == data
