"""Readers that do what a parser may do on hostile bytes. They are loaded in a process apart, so this imports little."""

from __future__ import annotations

import os

from reader.acquire.records import AcquireError


def spin(_: bytes) -> None:
    while True:
        pass


def swell(_: bytes) -> int:
    return len(bytearray(64_000_000_000))


def crash(_: bytes) -> None:
    os.abort()


def refuse(_: bytes) -> None:
    raise AcquireError("not this one")


def echo(raw: bytes) -> bytes:
    print("to nowhere")
    return raw


def wrong(_: bytes) -> int:
    return 7
