"""Values packed small: bytes by what they repeat of a text; records as columns, whole numbers as differences.

A comparison is hundreds of small records that say much the same: a span a little after the last, a field that is mostly
the same. By columns they take half of what the records do. Facts are written shorter still (`db.shorthand`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_WINDOW = 32_768
"""Bytes back to which zlib refers."""
_LEVEL = 6
_MARK = "\0"
"""The key of what is packed by columns; no field has such a name."""
_LENGTH = "\0length"
"""The column that stands for the ends of spans."""
_PLAIN, _STEPS, _TABLE, _EVEN, _RAGGED, _SOME = range(6)


def deflate(data: bytes, near: str = "") -> bytes:
    """``data`` as zlib, the smaller the more it repeats of the text ``near``, which `inflate` needs too."""
    packer = zlib.compressobj(_LEVEL, zdict=_dictionary(near)) if near else zlib.compressobj(_LEVEL)
    return packer.compress(data) + packer.flush()


def inflate(data: bytes, near: str = "") -> bytes:
    """What `deflate` made, whether ``near`` was its dictionary or it had none."""
    unpacker = zlib.decompressobj(zdict=_dictionary(near)) if near else zlib.decompressobj()
    return unpacker.decompress(data) + unpacker.flush()


def _dictionary(near: str) -> bytes:
    return near[-_WINDOW:].encode(errors="surrogatepass")[-_WINDOW:]


def pack(value: msgspec.Struct) -> bytes:
    """A value in as few bytes as can be read fast."""
    return deflate(msgspec.msgpack.encode(_packed(msgspec.to_builtins(value))))


def unpack(blob: bytes, kind: type[T]) -> T | None:
    """A packed value, ``None`` if it was written by a version whose nouns differ."""
    try:
        return msgspec.convert(_unpacked(msgspec.msgpack.decode(inflate(blob))), kind)
    except (msgspec.MsgspecError, zlib.error, ValueError, TypeError, LookupError):
        return None


def _packed(value: Any) -> Any:
    """``value`` with every list of records by columns."""
    if isinstance(value, dict):
        return {key: _packed(one) for key, one in value.items()}
    if isinstance(value, list | tuple) and value and all(isinstance(one, dict) for one in value):
        return {_MARK: _column(value)}
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return _values(value[_MARK]) if _MARK in value else {key: _unpacked(one) for key, one in value.items()}
    return value


def _column(values: Sequence[Any]) -> list[Any]:
    """Values of one field, as [how, ...]; there is one at least."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return [_STEPS, values[0], [b - a for a, b in pairwise(values)]]
    if kinds == {dict}:
        return [_TABLE, len(values), *_table(values)]
    if kinds <= {list, tuple}:
        lengths = list(map(len, values))
        if not any(lengths):
            return [_PLAIN, list(values)]
        if len(set(lengths)) == 1:
            return [_EVEN, [_column(part) for part in zip(*values, strict=True)]]
        return [_RAGGED, lengths, _column(list(chain.from_iterable(values)))]
    return [_PLAIN, list(values)]


def _table(rows: Sequence[dict[str, Any]]) -> tuple[list[str], list[Any]]:
    """The fields of records, and the column of each; of a span the length stands for the end."""
    if all(type(row.get("start")) is int and type(row.get("end")) is int for row in rows):
        rows = [{**row, "end": row["end"] - row["start"]} for row in rows]
        length = _LENGTH
    else:
        length = "end"
    fields = list(dict.fromkeys(chain.from_iterable(rows)))
    columns = []
    for field in fields:
        have = [number for number, row in enumerate(rows) if field in row]
        column = _column([rows[number][field] for number in have])
        columns.append(column if len(have) == len(rows) else [_SOME, _column(have), column])
    return [length if field == "end" else field for field in fields], columns


def _values(column: Sequence[Any]) -> list[Any]:
    """What `_column` was made of."""
    return _READERS[column[0]](*column[1:])


def _steps(first: int, steps: list[int]) -> list[int]:
    return list(accumulate(steps, initial=first))


def _rows(count: int, fields: list[str], columns: list[Any]) -> list[dict[str, Any]]:
    whole = {field: _values(c) for field, c in zip(fields, columns, strict=True) if c[0] != _SOME}
    if _LENGTH in whole:
        whole["end"] = [start + n for start, n in zip(whole["start"], whole.pop(_LENGTH), strict=True)]
    names = tuple(whole)
    rows = [dict(zip(names, row, strict=True)) for row in zip(*whole.values(), strict=True)] or [
        {} for _ in range(count)
    ]
    for field, column in zip(fields, columns, strict=True):
        if column[0] == _SOME:
            for number, value in zip(_values(column[1]), _values(column[2]), strict=True):
                rows[number][field] = value
    return rows


def _ragged(lengths: list[int], flat: list[Any]) -> list[list[Any]]:
    values = _values(flat)
    ends = list(accumulate(lengths))
    return [values[end - length : end] for end, length in zip(ends, lengths, strict=True)]


def _even(parts: list[Any]) -> list[list[Any]]:
    return [list(row) for row in zip(*map(_values, parts), strict=True)]


_READERS: dict[int, Callable[..., list[Any]]] = {
    _PLAIN: lambda values: values,
    _STEPS: _steps,
    _TABLE: _rows,
    _EVEN: _even,
    _RAGGED: _ragged,
}
