"""Verdicts as W3C Web Annotations: https://www.w3.org/TR/annotation-model/, JSON-LD.

Each verdict is one Annotation that assesses two targets, the words of A and those of B. A target is found by its exact
words with what stands around them, and by code points of the Text that was judged; that Text is named by its SHA-256
as a ``ni`` URI (RFC 6920), as the state of the source, and as the source itself where no address is known.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from db import Library, Verdict
from db.selectors import Selector
from reader.nouns import Article
from widgets.compare.findings import GRAVE
from widgets.exports.addresses import web_address

CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"rashomon": "urn:rashomon:terms:", "assessing": "oa:assessing"},  # the standard's context leaves that one out
]
READ_AT_ONCE = 200

Record = dict[str, Any]


def annotations_of(library: Library, verdicts: Sequence[Verdict], label: str) -> str:
    """Verdicts as one AnnotationCollection, its page inside it."""
    items = [annotation for some in _batches(verdicts) for annotation in _annotations(library, some)]
    name = uuid5(NAMESPACE_URL, "\n".join(item["id"] for item in items)).urn
    page = {"id": f"{name}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": label,
        "total": len(items),
        "first": page,
        "last": page["id"],
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _batches(verdicts: Sequence[Verdict]) -> Iterable[Sequence[Verdict]]:
    return (verdicts[start : start + READ_AT_ONCE] for start in range(0, len(verdicts), READ_AT_ONCE))


def _annotations(library: Library, verdicts: Sequence[Verdict]) -> list[Record]:
    selectors = library.verdicts.selectors([verdict.id for verdict in verdicts])
    ids = sorted({number for verdict in verdicts for number in (verdict.a_id, verdict.b_id)})
    articles = {stored.id: stored.article for stored in library.articles.get_many(ids)}
    made = []
    for verdict in verdicts:
        low, high = selectors[verdict.id]
        sides = (high, low) if verdict.a_id > verdict.b_id else (low, high)
        made.append(annotation_of(verdict, sides, (articles[verdict.a_id], articles[verdict.b_id])))
    return made


def annotation_of(verdict: Verdict, selectors: tuple[Selector, Selector], articles: tuple[Article, Article]) -> Record:
    """One verdict as an Annotation, without the context that says what its terms mean."""
    judged = "\n".join(f"{one.part} {one.sha} {one.start} {one.end}" for one in selectors)
    holds = (verdict.a_hold, verdict.b_hold)
    annotation: Record = {
        "id": uuid5(NAMESPACE_URL, f"{judged}\n{verdict.by}\n{verdict.created}").urn,
        "type": "Annotation",
        "motivation": "assessing",
        "created": verdict.created,
        "modified": verdict.updated,
    }
    if verdict.by:
        annotation["creator"] = {"type": "Person", "name": verdict.by}
    annotation |= {
        "generator": {"type": "Software", "name": "Rashomon"},
        "body": list(_bodies(verdict)),
        "target": [
            {
                "type": "SpecificResource",
                "source": web_address(article.url) or text_name(selector.sha),
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": selector.exact,
                        "prefix": selector.prefix,
                        "suffix": selector.suffix,
                    },
                    {"type": "TextPositionSelector", "start": selector.start, "end": selector.end},
                ],
                "state": {"type": "TimeState", "sourceDate": verdict.created, "cached": text_name(selector.sha)},
                "rashomon:side": side,
                "rashomon:part": selector.part,
                "rashomon:hold": hold,
            }
            for side, selector, article, hold in zip("ab", selectors, articles, holds, strict=True)
        ],
        "rashomon:judgement": verdict.judgement,
        "rashomon:kind": verdict.kind,
        "rashomon:severity": verdict.severity,
        "rashomon:flagged": verdict.flagged,
    }
    if verdict.outcome:
        annotation["rashomon:outcome"] = verdict.outcome
    if verdict.settles:
        annotation["rashomon:settlement"] = True
    return annotation


def _bodies(verdict: Verdict) -> Iterable[Record]:
    def body(purpose: str, value: str, *, ours: bool = True) -> Record:
        told = {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}
        return told | {"language": "en"} if ours else told

    _, severity = GRAVE[verdict.severity]
    yield body("assessing", f"{verdict.judgement}, {severity}")
    yield body("classifying", verdict.kind)
    if verdict.note:
        yield body("commenting", verdict.note, ours=False)
    yield from (body("tagging", tag, ours=False) for tag in verdict.tags)


def text_name(sha: str) -> str:
    """The ``ni`` URI of a Text by the SHA-256 of its UTF-8 bytes in hexadecimal (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"
