"""Paragraphs out of lines: dumps dropped, lines broken at a column joined again."""

from __future__ import annotations

import itertools
import re
from statistics import median

# What a page prints of its own program: PHP's var_dump and print_r, JSON, scripts and style sheets.
_DUMP = re.compile(
    r"""^[ \t]*(?:string\(\d+\)\ "|array\(\d+\)\ \{|Array\s*\(\s*\[|object\(\w+\)\#\d+|\[\{"|\{"\w+":"""
    r"""|<\?php|<script\b|<style\b|<!--|function\ ?\w*\(|var\ \w+\ ?=|window\.\w+|document\.\w+"""
    r"""|@media\b|[.\#][\w-]+\ ?\{)""",
    re.VERBOSE,
)
_DUMP_GOES_ON = re.compile(r"""^[ \t]*(?:[\]\[{}()"',;]|["\w-]+"?\ ?(?:=>|":|:\ ?[\w#"]+;)|\[[\w"]+\]|--></?)""")
_MARKUP = re.compile(r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|blockquote|script|style)\b[^<>]*>", re.I)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of ``text``, one line each, blanks single, without dumps of program values and stray markup."""
    lines = [" ".join(_MARKUP.sub(" ", line).split()) for line in _without_dumps(text.split("\n"))]
    return [line for line in (_unwrapped(lines) if _wrapped(lines) else lines) if line]


def _without_dumps(lines: list[str]) -> list[str]:
    kept = []
    inside = False
    for line in lines:
        inside = bool(_DUMP.match(line) or (inside and _DUMP_GOES_ON.match(line)))
        if not inside:
            kept.append(line)
    return kept


def _wrapped(lines: list[str]) -> bool:
    """Whether paragraphs are broken at a column: inside of blocks nearly every line but the last is about as long."""
    inner = [len(a) for a, b in itertools.pairwise(lines) if a and b]
    if len(inner) < 3 or not any(not line for line in lines):
        return False
    width = max(inner)
    return 40 <= width <= 100 and median(inner) >= 0.85 * width and min(inner) >= 0.5 * width


def _unwrapped(lines: list[str]) -> list[str]:
    joined = [""]
    for line in lines:
        if not line or not joined[-1]:
            joined.append(line)
        elif joined[-1].endswith("-") and line[0].islower():
            joined[-1] += line
        else:
            joined[-1] += f" {line}"
    return joined
