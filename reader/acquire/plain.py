"""Plain text and Markdown."""

from __future__ import annotations

import re

from reader.cleaning import clean
from reader.hostile import decode, harmless
from reader.nouns import Article

_FRONT_MATTER = re.compile(r"\A---\n(?P<fields>(?:.*\n){0,60}?)(?:---|\.\.\.)\n")
_FIELD = re.compile(r"^(title|source|author|date|url): *[\"']?(.*?)[\"']? *$", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6} +(.*?)(?: +#+)?$|^(\S.*)\n=+ *$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^()\s]*(?: [\"'][^\n]*?[\"'])?\)")
_LINK = re.compile(r"\[([^\]\n]+)\](?:\([^()\s]*(?: [\"'][^\n]*?[\"'])?\)|\[[^\]\n]*\])")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]: +\S+.*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_])")
_QUOTE_OR_HEADING = re.compile(r"^ {0,3}(?:> ?|#{1,6} +)+", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:[-*_=] *){3,}$", re.MULTILINE)


def plain_text(raw: bytes) -> Article:
    """The report in a plain text file."""
    return clean(decode(raw))


def markdown(raw: bytes) -> Article:
    """The report in a Markdown file: its words without the marks; front matter and the first heading say what it is."""
    text = harmless(decode(raw))
    fields: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        fields = {key.lower(): value for key, value in _FIELD.findall(front["fields"])}
        text = text[front.end() :]
    heading = _HEADING.search(text)
    title = fields.get("title") or (heading.group(1) or heading.group(2) or "" if heading else "")
    text = _REFERENCE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _QUOTE_OR_HEADING.sub("", _RULE.sub("", text))
    return clean(
        _EMPHASIS.sub(r"\2", text),
        title=_EMPHASIS.sub(r"\2", _LINK.sub(r"\1", title)),
        source=fields.get("source", ""),
        author=fields.get("author", ""),
        published=fields.get("date", ""),
    )
