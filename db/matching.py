"""Which articles of another library, attached as ``other``, are which of ours."""

from __future__ import annotations

import re
import sqlite3

from db.articles import IDENTITIES

_FIELDS = {
    ":external_id": "external_id",
    ":url": "url",
    ":source": "stated_source",
    ":title": "stated_title",
    ":published": "stated_published",
}
_OTHERS = (
    "(SELECT x.id AS their_id, "
    + ", ".join(f"x.{column} AS their_{name[1:]}" for name, column in _FIELDS.items())
    + ", r.text_sha AS their_sha, iif(r.came_sha = '', r.text_sha, r.came_sha) AS their_came_sha"
    " FROM other.articles AS x JOIN other.revisions AS r ON r.article_id = x.id{only})"
)
_TWIN = (
    "id IN (SELECT article_id FROM revisions WHERE text_sha = :sha) AND text_sha = :sha AND url = :url"
    " AND external_id = :external_id AND stated_source = :source AND stated_title = :title"
    " AND stated_published = :published"
)


def match(connection: sqlite3.Connection) -> dict[int, int]:
    """Our article of each of theirs that we have, by the rules by which an import is known (``IDENTITIES``).

    Two of theirs are never one of ours: where several would be, the surest match has it, then the smaller ids. What is
    the same in all that was stated comes first, so that a second merge finds what the first one made.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for way in (_TWIN, *IDENTITIES):
        # The body is asked for by every text that the article has had; all else is the same in each row of it.
        newest = "" if ":sha" in way and way != _TWIN else " AND r.text_sha = x.text_sha"
        condition = re.sub(r":(\w+)", r"their_\1", way)
        rows = connection.execute(
            f"SELECT DISTINCT their_id, articles.id FROM {_OTHERS.format(only=newest)} CROSS JOIN main.articles"
            f" ON {condition} ORDER BY 1, 2"
        )
        for theirs, ours in rows.fetchall():
            if theirs not in found and ours not in taken:
                found[theirs] = ours
                taken.add(ours)
    return found
