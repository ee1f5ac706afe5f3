"""Texts to measure on: the invented reports of the demo, joined to the length asked for."""

from __future__ import annotations

from reader.demo import articles
from reader.nouns import Article


def pair(words: int) -> tuple[Article, Article]:
    """Two reports of about ``words`` words each, made of different outlets' reports of the demo's events."""
    bodies = [a.body for a in articles()]
    return _joined(bodies[0::2], words), _joined(bodies[1::2], words)


def _joined(bodies: list[str], words: int) -> Article:
    paragraphs: list[str] = []
    count = 0
    while count < words:
        for body in bodies:
            for paragraph in body.split("\n\n"):
                if count < words:
                    paragraphs.append(paragraph)
                    count += len(paragraph.split())
    return Article(body="\n\n".join(paragraphs), title="Benchmark", published="2024-03-01")
