"""How a report is cited where its words are taken out of the app."""

from __future__ import annotations

from reader.nouns import Article


def citation(article: Article) -> str:
    """Author, source, title, date and address, in one line."""
    known = (article.author, article.source, article.title and f"“{article.title}”", article.published, article.url)
    return ", ".join(" ".join(part.split()) for part in known if part) or "untitled"


def cited(words: str, article: Article) -> str:
    """Words of a report in one line, in quotation marks, with its citation."""
    return f"“{' '.join(words.split())}” — {citation(article)}"
