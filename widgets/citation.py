"""How a report is cited where its words are taken out of the app."""

from __future__ import annotations

from db.texts import short
from reader.nouns import Article


def name_of(article: Article) -> str:
    """What a report is called where its text is not beside it: the title, or in brackets how the text begins."""
    begins = short(article.body[:400], 60)
    return article.title or (f"({begins})" if begins else "(untitled)")


def citation(article: Article) -> str:
    """Author, source, title, date and address, in one line."""
    known = (article.author, article.source, article.title and f"“{article.title}”", article.published, article.url)
    return ", ".join(" ".join(part.split()) for part in known if part) or "untitled"


def cited(words: str, article: Article) -> str:
    """Words of a report in one line, in quotation marks, with its citation."""
    return f"“{' '.join(words.split())}” — {citation(article)}"
