"""What a person is told of a changed sentence before they take it for the old one."""

from __future__ import annotations

import pytest

from reader.lookalikes import Telling, telling


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Around 275 dockers left.", "Around 250 dockers left.", [Telling("number", "Around 275", "Around 250")]),
        ("Two hundred left.", "They were 200 who left.", []),
        ("Dozens were hurt.", "Many were hurt.", [Telling("number", "Dozens", "Many")]),
        ("Mayor Ines Varga spoke.", "Mayor Ines Holm spoke.", [Telling("name", "Varga", "Holm")]),
        ("Varga denied it.", "Holm denied it.", [Telling("name", "Varga", "Holm")]),
        ("The mayor spoke.", "Yesterday the mayor spoke.", []),
        ("A deal was signed.", "A deal was not signed.", [Telling("denial", "", "not")]),
        ("It wasn’t so.", "It was so.", [Telling("denial", "wasn’t", "")]),
        ("Dockers walked off.", "Dockers walked away.", []),
        ("", "", []),
    ],
)
def test_numbers_names_and_denials_tell(old: str, new: str, told: list[Telling]) -> None:
    assert telling(old, new) == told
