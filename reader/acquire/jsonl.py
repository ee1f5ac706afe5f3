"""JSON Lines: one report a line, ``{"id","title","date","source","url","author","text"}``; only the text is needed."""

from __future__ import annotations

from typing import Any

import msgspec

from reader.acquire.records import AcquireError
from reader.cleaning import clean
from reader.hostile import decode, one_line
from reader.nouns import Article


class Record(msgspec.Struct):
    """One line; unknown fields are ignored, ``null`` is as good as absent."""

    text: str | None = None
    id: str | int | None = None
    title: str | None = None
    date: str | int | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None


_decoder = msgspec.json.Decoder(Record)


def record(line: bytes) -> Article:
    """The report of one line.

    Raises:
        AcquireError: it is not valid JSON, has no text, or a field is of the wrong type.
    """
    try:
        found = _decoder.decode(decode(line))
    except msgspec.ValidationError as error:
        raise AcquireError(f"not a record of a report ({error}); each line is one JSON object with a text") from None
    except msgspec.DecodeError as error:
        raise AcquireError(f"invalid JSON ({error}); each line holds one whole record") from None
    if not found.text:
        raise AcquireError('no "text" in this record; nothing to add')
    article = clean(
        found.text,
        title=found.title or "",
        source=found.source or "",
        author=found.author or "",
        published=_string(found.date),
    )
    return msgspec.structs.replace(article, url=one_line(found.url or ""), external_id=one_line(_string(found.id)))


def _string(value: Any) -> str:
    return "" if value is None else str(value)
