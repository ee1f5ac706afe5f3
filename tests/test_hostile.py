"""Text from outside made harmless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.hostile import binary, decode, harmless, one_line, plain_blanks


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\x1b[31;1mred\x1b[0m b", "ared b"),
        ("x\x1b]0;new title\x07y", "xy"),
        ("x\x1b]8;;http://bad.example\x1b\\y", "xy"),
        ("x\x1bP1;2|payload\x1b\\y", "xy"),
        ("unended \x1b]0;the rest\nstays", "unended 0;the rest\nstays"),
        ("x\x9b31my", "xy"),
        ("nul\0bell\x07del\x7f", "nulbelldel"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("safe\u202egnp.exe\u2069", "safegnp.exe"),
        ("z\u200be\ufeffr\u2060o\u00ad", "zero"),
        ("\x93said\x94 \x96 wait\x85", "“said” – wait…"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_what_a_terminal_obeys_goes_and_the_words_stay(text: str, wanted: str) -> None:
    assert harmless(text) == wanted


def test_joiners_stay_where_they_shape_what_is_printed() -> None:
    family = "👨\u200d👩\u200d👧"
    persian = "می\u200cخواهم"
    assert harmless(family) == family
    assert harmless(persian) == persian
    assert harmless("con\u200dvoy con\u200cvoy") == "convoy convoy"


def test_tags_stay_in_flags_only() -> None:
    scotland = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert harmless(scotland + "a\U000e0041b") == scotland + "ab"


def test_marks_do_not_pile_up_and_letters_are_composed() -> None:
    assert harmless("e\u0301") == "é"
    assert len(harmless("x" + "\u0335" * 50)) <= 5


def test_one_line() -> None:
    assert one_line("  Two\r\n lines\t\x1b[2Jhere ") == "Two lines here"


def test_blanks_of_typesetting_become_plain_except_in_numbers() -> None:
    assert plain_blanks("a\u00a0b\u2003c") == "a b c"
    assert plain_blanks("3\u202f500 and 3\u00a0500\u00a0people") == "3\u00a0500 and 3\u00a0500 people"


@given(st.text())
def test_harmless_text_is_stable_and_holds_nothing_to_obey(text: str) -> None:
    done = harmless(text)
    assert harmless(done) == done
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in done)
    assert not any(0xD800 <= ord(c) < 0xE000 or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in done)
    done.encode()


@given(st.text(st.characters(codec="cp1252", categories=["L", "N", "P", "Zs"])))
def test_plain_words_are_left_as_printed(text: str) -> None:
    assert harmless(text) == unicodedata.normalize("NFC", text).replace("\xad", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    text = "The “ferry” sank – 14 are dead, among them José Muñoz, 52."
    assert decode(text.encode(encoding)) == text


def test_a_declared_encoding_is_used_where_it_fits() -> None:
    assert decode("паром затонул".encode("cp1251"), "windows-1251") == "паром затонул"
    assert decode("naïve".encode(), "no-such-encoding") == "naïve"


def test_a_stray_byte_spoils_nothing_else() -> None:
    raw = "“José” and “Muñoz” met in “Łódź”".encode() + b" \x93again\x94"
    assert decode(raw) == "“José” and “Muñoz” met in “Łódź” “again”"


@given(st.binary())
def test_decoding_never_fails(raw: bytes) -> None:
    harmless(decode(raw)).encode()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"PK\x03\x04....", "a zip, Word or EPUB file"),
        (bytes(range(256)) * 4, "a binary file"),
        (b"plain words", ""),
        ("Grüße".encode("utf-16"), ""),
        (b"\x1b[31mred\x1b[0m", ""),
        (b"", ""),
    ],
)
def test_binary_files_are_known(raw: bytes, kind: str) -> None:
    assert binary(raw) == kind
