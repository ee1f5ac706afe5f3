"""Drafts of ClaimReview markup (https://schema.org/ClaimReview) for contradictions that a person confirmed.

A contradiction is between two claims, of which at most one is true: Rashomon does not know which. So there is a draft
for each of the two, alike in all but the claim, and each says "Contradicted by another report". No number rates it:
those who read ClaimReview take a ``ratingValue`` for how true a claim is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from db import Library, Verdict
from db.records import Hold
from reader.nouns import Article, Place
from widgets.citation import name_of
from widgets.exports.addresses import web_address
from widgets.exports.quoting import quoted

RATING = "Contradicted by another report"
SCALE = (
    "Rashomon compares two reports of one event. “Contradiction” says that a person found that what the two state "
    "cannot both be true; it does not say which of them is true. Severity is 1 (slight), 2 (notable) or 3 (grave); "
    "here it is {}."
)

_GONE: tuple[Hold, ...] = ("orphan", "waiting")
"""Holds of words that stand in the newest Text no longer, as far as is known."""

Record = dict[str, Any]


def claim_reviews_of(library: Library, verdicts: Sequence[Verdict]) -> str:
    """The drafts of all contradictions among ``verdicts``, two of each, as one JSON-LD document."""
    drafts = [draft for verdict in verdicts for draft in drafts_of(library, verdict)]
    return json.dumps({"@context": "https://schema.org", "@graph": drafts}, ensure_ascii=False, indent=1) + "\n"


def drafts_of(library: Library, verdict: Verdict) -> Iterator[Record]:
    """A draft for the claim of A and one for that of B; none where the judgement is no contradiction."""
    if verdict.judgement != "contradiction":
        return
    a, b = (stored.article for stored in library.articles.get_many([verdict.a_id, verdict.b_id]))
    sides = ((a, verdict.a, verdict.a_hold in _GONE), (b, verdict.b, verdict.b_hold in _GONE))
    for (article, place, gone), (against, there, gone_there) in (sides, sides[::-1]):
        claim, other = _claim(article, place, gone), _claim(against, there, gone_there)
        yield draft_of(verdict, article, claim, against, other, gone)


def draft_of(verdict: Verdict, article: Article, claim: str, against: Article, other: str, gone: bool) -> Record:
    """The draft for the ``claim`` of one report, which the ``other`` claim contradicts.

    ``gone``: the words of the claim stand no longer in the newest version of its report.
    """
    parts = [f"{_called(against)} states: “{other}”"]
    if verdict.outcome:
        parts.append(f"Outcome: {verdict.outcome}.")
    if verdict.note:
        parts.append(verdict.note)
    if gone:
        parts.append("These words are not in the newest version of the report that we have.")
    draft: Record = {
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "dateModified": verdict.updated,
        "claimReviewed": claim,
        "itemReviewed": {"@type": "Claim", **_stated_by(article), "appearance": _report(article)},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": RATING,
            "ratingExplanation": SCALE.format(verdict.severity),
        },
        "reviewBody": " ".join(parts),
        "citation": _report(against),
    }
    if verdict.by:
        draft["author"] = {"@type": "Person", "name": verdict.by}
    if verdict.tags:
        draft["keywords"] = list(verdict.tags)
    return draft


def _claim(article: Article, place: Place, gone: bool) -> str:
    """The sentence that holds the words judged; the words alone where they stand in the report no longer."""
    if gone:
        return " ".join(place.text.split())
    return str(quoted(article.part(place.part), place))


def _called(article: Article) -> str:
    return article.source or name_of(article)


def _stated_by(article: Article) -> Record:
    known: Record = {}
    if article.source:
        known["author"] = {"@type": "Organization", "name": article.source}
    elif article.author:
        known["author"] = {"@type": "Person", "name": article.author}
    if article.published:
        known["datePublished"] = article.published
    return known


def _report(article: Article) -> Record:
    known: Record = {"@type": "NewsArticle", "headline": name_of(article)}
    if address := web_address(article.url):
        known["url"] = address
    if article.published:
        known["datePublished"] = article.published
    if article.author:
        known["author"] = {"@type": "Person", "name": article.author}
    if article.source:
        known["publisher"] = {"@type": "Organization", "name": article.source}
    return known
