"""The articles: adding, finding, listing, editing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from time import monotonic
from typing import Any

import msgspec

from db import search
from db.blind import visible
from db.errors import NotFound
from db.history import History
from db.holds import settle
from db.packing import deflate, inflate
from db.records import Added, Held, Query, Row, Stored
from db.store import Store
from db.texts import keep_text, short
from db.texts import title as title_of
from reader.nouns import Article

Clean = Callable[[Sequence[Article]], Sequence[Article]]
"""Gives for articles as they came the same ones as they are to be kept, in the same order."""

EVERYTHING = Query()
_CHUNK = 2000
_LETTERS = 8_000_000
_SECONDS = 0.5
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII)
_FIELDS = ("title", "source", "author", "published")
# What makes two articles one, the surest first. Columns of one title ("The day in brief") differ in date, address or
# id; dates agree as far as both are stated.
IDENTITIES = (
    ":external_id <> '' AND external_id = :external_id AND external_id <> '' AND stated_source = :source",
    ":url <> '' AND url = :url AND url <> ''",
    "id IN (SELECT article_id FROM revisions WHERE text_sha IN (:sha, :came_sha)"
    " UNION ALL SELECT article_id FROM revisions WHERE came_sha = :came_sha AND came_sha <> '')"
    " AND (external_id = :external_id OR '' IN (external_id, :external_id))",
    ":source <> '' AND :title <> '' AND stated_source = :source AND stated_title = :title"
    " AND '' IN (url, :url) AND '' IN (external_id, :external_id)"
    " AND substr(stated_published, 1, min(10, length(:published)))"
    " = substr(:published, 1, min(10, length(stated_published)))",
)
_TAGS = (
    "(SELECT json_group_array(name) FROM (SELECT t.name FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id"
    " WHERE g.article_id = a.id ORDER BY t.name)) AS tags"
)
_ARTICLE = "a.id, a.title, a.source, a.author, a.published, a.url, a.external_id, t.body"


class Articles:
    """The articles of a library."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    # --- adding

    def add(self, article: Article, raw: bytes = b"") -> Added:
        """Add one article with the raw input it was read from; see ``add_many``."""
        return next(self.add_many([(article, raw)]))

    def add_many(
        self, articles: Iterable[tuple[Article, bytes]], chunk: int = _CHUNK, clean: Clean = list
    ) -> Iterator[Added]:
        """Add articles, up to ``chunk`` in one transaction; yields what was done with each, in order.

        An article is known by its external id and source, by its address, by a body that an article has or had (unless
        their external ids differ), or by
        source and title. A known article with a new body is revised: its old Texts stay, and so does all
        that a person has edited, judged or tagged. Nothing changes where the body is known too.

        ``clean`` says what is kept of articles that are stored together; their bodies may become shorter. One is known
        by the body it came with too, so that it is the same again when other lines would be left out of it.
        """
        for batch in _batches(articles, chunk):
            kept = clean([article for article, _ in batch])
            with self._store.write():
                done = [self._add(article, came, raw) for article, (came, raw) in zip(kept, batch, strict=True)]
                self._note(batch, done)
            yield from done

    def _note(self, batch: Sequence[tuple[Article, bytes]], done: Sequence[Added]) -> None:
        for status in ("added", "revised"):
            these = [
                (added.id, article.title)
                for added, (article, _) in zip(done, batch, strict=True)
                if added.status == status
            ]
            if these:
                what = short(these[0][1]) or f"report {these[0][0]}" if len(these) == 1 else f"{len(these)} reports"
                self._history.note(f"{status} {what}", *(number for number, _ in these))

    def _add(self, article: Article, came: Article, raw: bytes) -> Added:
        known = self._known(article, came)
        if known is None:
            return Added(id=self._insert(article, came, raw), status="added")
        number, deleted, has_text = known
        if has_text:
            return Added(id=number, status="already", deleted=deleted)
        self._revise(number, article, came, raw)
        return Added(id=number, status="revised", deleted=deleted)

    def _known(self, article: Article, came: Article) -> tuple[int, bool, bool] | None:
        """The article that this one is, whether it is deleted, and whether it has or had this text."""
        values = {
            "sha": article.text_sha,
            "came_sha": came.text_sha,
            "title": article.title,
            "source": article.source,
            "published": article.published,
            "url": article.url,
            "external_id": article.external_id,
        }
        for way in IDENTITIES:
            row = self._store.row(
                "SELECT id, deleted_at IS NOT NULL AS deleted, EXISTS ("
                " SELECT 1 FROM revisions AS r WHERE r.article_id = articles.id"
                " AND (r.text_sha IN (:sha, :came_sha) OR r.came_sha = :came_sha)) AS has_text"
                f" FROM articles WHERE {way} ORDER BY id LIMIT 1",
                values,
            )
            if row is not None:
                return row["id"], bool(row["deleted"]), bool(row["has_text"])
        return None

    def _insert(self, article: Article, came: Article, raw: bytes) -> int:
        sha = article.text_sha
        with self._store.write() as connection:
            keep_text(self._store, sha, article.body)
            values = (sha, article.title, article.source, article.author, article.published)
            cursor = connection.execute(
                "INSERT INTO articles (text_sha, stated_title, stated_source, stated_author, stated_published,"
                " url, external_id, words, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*values, article.url, article.external_id, len(article.body.split()), self._store.now()),
            )
            number = int(cursor.lastrowid or 0)
            self._keep_revision(number, article, came, raw)
            return number

    def _revise(self, number: int, article: Article, came: Article, raw: bytes) -> None:
        sha = article.text_sha
        with self._store.write() as connection:
            keep_text(self._store, sha, article.body)
            self._keep_revision(number, article, came, raw)
            connection.execute(
                "UPDATE articles SET text_sha = ?, words = ?, stated_title = coalesce(nullif(?, ''), stated_title),"
                " stated_source = coalesce(nullif(?, ''), stated_source),"
                " stated_author = coalesce(nullif(?, ''), stated_author),"
                " stated_published = coalesce(nullif(?, ''), stated_published),"
                " url = coalesce(nullif(url, ''), ?), external_id = coalesce(nullif(external_id, ''), ?) WHERE id = ?",
                (
                    *(sha, len(article.body.split()), article.title, article.source, article.author),
                    *(article.published, article.url, article.external_id, number),
                ),
            )
            settle(connection, [number])

    def _keep_revision(self, number: int, article: Article, came: Article, raw: bytes) -> None:
        sha, came_sha = article.text_sha, came.text_sha
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO revisions (article_id, text_sha, came_sha, added_at, raw) VALUES (?, ?, ?, ?, ?)",
                (
                    *(number, sha, "" if came_sha == sha else came_sha, self._store.now()),
                    deflate(raw, article.body) if raw else b"",
                ),
            )

    # --- one article

    def get(self, number: int) -> Stored:
        """The article with this id; raises ``NotFound``."""
        return self.get_many([number])[0]

    def get_many(self, numbers: Sequence[int]) -> list[Stored]:
        """Several articles, in the order asked for; raises ``NotFound`` if one is missing."""
        rows = {
            row["id"]: row
            for row in self._store.rows(
                f"SELECT {_ARTICLE}, a.words, a.is_read, a.starred, a.deleted_at, a.added_at, {_TAGS},"
                " a.edited_title, a.edited_source, a.edited_author, a.edited_published,"
                " (SELECT count(*) FROM revisions AS r WHERE r.article_id = a.id) AS versions"
                " FROM articles AS a JOIN texts AS t ON t.sha = a.text_sha"
                " WHERE a.id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(numbers)),),
            )
        }
        missing = [number for number in numbers if number not in rows]
        if missing:
            raise self._missing(missing[0])
        return [_stored(rows[number]) for number in numbers]

    def _missing(self, number: int) -> NotFound:
        return NotFound(self._store.path, f"there is no report {number}")

    def find(self, reference: str) -> int:
        """The id of the article that is meant: its id, its external id, or how its title starts.

        Raises ``NotFound`` if there is none or if several answer to it.
        """
        wanted = reference.strip()
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 16:
            number = self._store.value("SELECT id FROM articles WHERE id = ?", (int(wanted),))
            if number is not None:
                return int(number)
        start = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        for condition, value in (("external_id = ?", wanted), ("title LIKE ? ESCAPE '\\'", start)):
            rows = self._store.rows(
                f"SELECT id FROM articles WHERE {condition} AND deleted_at IS NULL ORDER BY id LIMIT 6", (value,)
            )
            if len(rows) == 1 and wanted:
                return int(rows[0]["id"])
            if len(rows) > 1 and wanted:
                numbers = ", ".join(str(row["id"]) for row in rows[:5]) + (" ..." if len(rows) > 5 else "")
                raise NotFound(
                    self._store.path, f'"{wanted}" may be any of the reports {numbers}', "name one by its number"
                )
        raise NotFound(self._store.path, f'no report answers to "{wanted}"', "name it by id or by how its title starts")

    def raw(self, number: int) -> bytes:
        """What the newest Text of an article was read from; empty if it was not kept."""
        row = self._store.row(
            "SELECT r.raw, t.body FROM articles AS a JOIN revisions AS r"
            " ON r.article_id = a.id AND r.text_sha = a.text_sha JOIN texts AS t ON t.sha = r.text_sha WHERE a.id = ?",
            (number,),
        )
        if row is None:
            raise self._missing(number)
        return inflate(row["raw"], row["body"]) if row["raw"] else b""

    def versions(self, number: int) -> list[tuple[str, str]]:
        """Every Text an article has had, oldest first: (when it was added, body)."""
        return [
            (row["added_at"], row["body"])
            for row in self._store.rows(
                "SELECT r.added_at, t.body FROM revisions AS r JOIN texts AS t ON t.sha = r.text_sha"
                " WHERE r.article_id = ? ORDER BY r.added_at, r.id",
                (number,),
            )
        ]

    def preview(self, number: int, length: int = 600) -> str:
        """The first ``length`` characters of the body."""
        text = self._store.value(
            "SELECT substr(t.body, 1, ?) FROM articles AS a JOIN texts AS t ON t.sha = a.text_sha WHERE a.id = ?",
            (length, number),
        )
        if text is None:
            raise self._missing(number)
        return str(text)

    # --- many

    def page(self, query: Query = EVERYTHING, offset: int = 0, limit: int = 50) -> list[Row]:
        """The rows of a query from ``offset``; a ``limit`` of -1 is none."""
        numbers = self.ids(query, offset, limit)
        rows = {
            row["id"]: row
            for row in self._store.rows(
                "SELECT a.id, a.title, a.source, a.author, a.published, a.words, a.is_read, a.starred, a.deleted_at,"
                f" a.added_at, {_TAGS}, (SELECT count(*) FROM verdicts AS v WHERE (v.a_id = a.id OR v.b_id = a.id)"
                f" AND {visible('v')}) AS verdicts"
                ", CASE WHEN a.title = '' THEN (SELECT substr(t.body, 1, 60) FROM texts AS t WHERE t.sha = a.text_sha)"
                " ELSE '' END AS begins"
                " FROM articles AS a WHERE a.id IN (SELECT value FROM json_each(?))",
                (json.dumps(numbers),),
            )
        }
        return [_row(rows[number]) for number in numbers if number in rows]

    def ids(self, query: Query = EVERYTHING, offset: int = 0, limit: int = -1) -> list[int]:
        """The ids of a query's articles, in its order."""
        params: list[Any]
        if search.ranked(query):
            if words := search.only_words(query):
                sql, params = f"SELECT f.rowid {search.ONLY_FOUND}", [words]
            else:
                condition, params = search.where(msgspec.structs.replace(query, text=""))
                sql = (
                    "SELECT f.rowid FROM articles_fts AS f JOIN articles AS a ON a.id = f.rowid"
                    f" WHERE articles_fts MATCH ? AND {condition}"
                )
                params = [search.match(query.text), *params]
            sql += f" ORDER BY {search.RELEVANCE}, f.rowid"
        else:
            condition, params = search.where(query)
            way = "DESC" if query.descending else "ASC"
            sql = f"SELECT a.id FROM articles AS a WHERE {condition} ORDER BY {search.order(query)} {way}, a.id {way}"
        return [row[0] for row in self._store.rows(f"{sql} LIMIT ? OFFSET ?", (*params, limit, offset))]

    def count(self, query: Query = EVERYTHING) -> int:
        """How many articles a query finds."""
        if words := search.only_words(query):
            return int(self._store.value(f"SELECT count(*) {search.ONLY_FOUND}", (words,)))
        condition, params = search.where(query)
        return int(self._store.value(f"SELECT count(*) FROM articles AS a WHERE {condition}", params))

    def position(self, query: Query, number: int) -> int | None:
        """The offset of an article among those of a query, ``None`` if it is not among them."""
        if search.ranked(query):
            numbers = self.ids(query)
            return numbers.index(number) if number in numbers else None
        condition, params = search.where(query)
        key = search.order(query)
        if self._store.value(f"SELECT 1 FROM articles AS a WHERE a.id = ? AND {condition}", (number, *params)) is None:
            return None
        plain = key.removesuffix(" COLLATE NOCASE")
        here = self._store.value(f"SELECT {plain} FROM articles AS a WHERE a.id = ?", (number,))
        beyond = ">" if query.descending else "<"
        count = f"SELECT count(*) FROM articles AS a WHERE {condition} AND {key}"
        return int(
            self._store.value(
                f"SELECT ({count} {beyond} ?) + ({count} = ? AND a.id {beyond} ?)",
                (*params, here, *params, here, number),
            )
        )

    def texts(self) -> Iterator[tuple[int, Article]]:
        """Every article that is not deleted, in the order of ids, few at a time in memory."""
        last = 0
        while rows := self._store.rows(
            f"SELECT {_ARTICLE} FROM articles AS a JOIN texts AS t ON t.sha = a.text_sha"
            " WHERE a.id > ? AND a.deleted_at IS NULL ORDER BY a.id LIMIT 200",
            (last,),
        ):
            for row in rows:
                yield row["id"], _article(row)
            last = rows[-1]["id"]

    def newest_of(self, source: str, limit: int) -> list[str]:
        """The bodies of the articles of one source that were added last and are not deleted, the oldest first."""
        rows = self._store.rows(
            "SELECT t.body FROM articles AS a JOIN texts AS t ON t.sha = a.text_sha"
            " WHERE a.deleted_at IS NULL AND a.source = ? COLLATE NOCASE ORDER BY a.id DESC LIMIT ?",
            (source, limit),
        )
        return [row["body"] for row in reversed(rows)]

    def day(self, number: int) -> date | None:
        """The day on which an article was published, ``None`` where it is not known to the day."""
        published = self._store.value("SELECT published FROM articles WHERE id = ?", (number,))
        if published is None:
            raise self._missing(number)
        return Article(body="", published=published).day

    def newest(self) -> int:
        """The greatest id, 0 in an empty library."""
        return int(self._store.value("SELECT max(id) FROM articles") or 0)

    def sample(self, size: int) -> Iterator[Article]:
        """Up to ``size`` articles that are not deleted, spread evenly over the order in which they were added."""
        newest = self.newest()
        numbers = sorted(
            {1 + n * newest // size for n in range(min(size, newest))} if newest > size else range(1, newest + 1)
        )
        for start in range(0, len(numbers), 200):
            for row in self._store.rows(
                f"SELECT {_ARTICLE} FROM articles AS a JOIN texts AS t ON t.sha = a.text_sha"
                " WHERE a.id IN (SELECT value FROM json_each(?)) AND a.deleted_at IS NULL ORDER BY a.id",
                (json.dumps(numbers[start : start + 200]),),
            ):
                yield _article(row)

    def holding(self, words: Sequence[str], limit: int) -> list[Held]:
        """The articles that hold any of ``words``, the most relevant first; none that are deleted.

        The cost is that of the articles that hold a word, whatever ``limit`` is.
        """
        anyone = " OR ".join('"{}"'.format(word.replace('"', "")) for word in words if any(c.isalnum() for c in word))
        if not anyone:
            return []
        return [
            Held(row["id"], row["published"], -row["rank"])
            for row in self._store.rows(
                "SELECT a.id, a.published, f.rank FROM articles_fts AS f JOIN articles AS a ON a.id = f.rowid"
                f" WHERE articles_fts MATCH ? AND f.rank MATCH '{search.RANK}' AND a.deleted_at IS NULL"
                " ORDER BY f.rank LIMIT ?",  # sorted in FTS5, so that only the first rows are joined
                (anyone, limit),
            )
        ]

    def sources(self) -> list[tuple[str, int]]:
        """The sources by name, each with how many articles it has."""
        return [
            (row[0], row[1])
            for row in self._store.rows(
                "SELECT source, count(*) FROM articles WHERE deleted_at IS NULL AND source <> ''"
                " GROUP BY source COLLATE NOCASE ORDER BY source COLLATE NOCASE"
            )
        ]

    # --- changing

    def edit(
        self,
        number: int,
        *,
        title: str | None = None,
        source: str | None = None,
        author: str | None = None,
        published: str | None = None,
    ) -> None:
        """Set what a report leaves unsaid or says wrongly; it wins over what a later import states.

        Raises ``ValueError`` for a date published that is not ISO 8601 as ``Article.published`` has it.
        """
        if published and not _DATE.fullmatch(published):
            raise ValueError(f"not a date: {published}; write 2017, 2017-10, 2017-10-14 or 2017-10-14T22:26:08+05:30")
        given = {"title": title, "source": source, "author": author, "published": published}
        with self._store.write():
            shown = self.get(number).article
            new = {f: value for f, value in given.items() if value is not None and value != getattr(shown, f)}
            if not new:
                return
            with self._history.change(
                f"edited {' and '.join(new)} of {title_of(self._store, number)}", number
            ) as change:
                change.update("articles", number, {f"edited_{field}": value for field, value in new.items()})

    def set_read(self, numbers: Iterable[int], read: bool = True, *, undoable: bool = True) -> None:
        """Mark articles as read or unread. Opening one should not be the step that undo takes back: ``undoable``."""
        self._set(numbers, "read" if read else "marked as unread", {"is_read": int(read)}, undoable=undoable)

    def set_starred(self, numbers: Iterable[int], starred: bool = True) -> None:
        """Star articles, or take their star."""
        self._set(numbers, "starred" if starred else "unstarred", {"starred": int(starred)})

    def delete(self, numbers: Iterable[int]) -> None:
        """Put articles out of sight; nothing of them is lost."""
        self._set(numbers, "deleted", {"deleted_at": self._store.now()}, only="deleted_at IS NULL")

    def restore(self, numbers: Iterable[int]) -> None:
        """Bring deleted articles back."""
        self._set(numbers, "restored", {"deleted_at": None})

    def _set(
        self, numbers: Iterable[int], verb: str, values: dict[str, Any], *, only: str = "1", undoable: bool = True
    ) -> None:
        wanted = list(dict.fromkeys(numbers))
        with self._store.write():
            rows = self._store.rows(
                f"SELECT id, {only} AS meant FROM articles WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            )
            there = {row["id"]: bool(row["meant"]) for row in rows}
            if missing := [number for number in wanted if number not in there]:
                raise self._missing(missing[0])
            meant = [number for number in wanted if there[number]]
            if not meant:
                return
            what = title_of(self._store, meant[0]) if len(meant) == 1 else f"{len(meant)} reports"
            with self._history.change(f"{verb} {what}", *meant[:2], undoable=undoable) as change:
                for number in meant:
                    change.update("articles", number, values)

    # --- place

    def place(self, number: int) -> int:
        """The code point of the body where reading stopped, 0 at first."""
        place = self._store.value("SELECT place FROM articles WHERE id = ?", (number,))
        if place is None:
            raise self._missing(number)
        return int(place)

    def set_place(self, number: int, offset: int) -> None:
        """Remember where reading stopped."""
        with self._store.write() as connection:
            if not connection.execute("UPDATE articles SET place = ? WHERE id = ?", (offset, number)).rowcount:
                raise self._missing(number)


def _batches(articles: Iterable[tuple[Article, bytes]], size: int) -> Iterator[list[tuple[Article, bytes]]]:
    """Cut into what is stored at once: ``size`` articles, fewer where they come slowly or are large."""
    batch: list[tuple[Article, bytes]] = []
    letters, begun = 0, monotonic()
    for article, raw in articles:
        batch.append((article, raw))
        letters += len(article.body) + len(raw)
        if len(batch) >= size or letters >= _LETTERS or monotonic() - begun >= _SECONDS:
            yield batch
            batch, letters, begun = [], 0, monotonic()
    if batch:
        yield batch


def _article(row: Any) -> Article:
    return Article(
        body=row["body"],
        title=row["title"],
        source=row["source"],
        author=row["author"],
        published=row["published"],
        url=row["url"],
        external_id=row["external_id"],
    )


def _stored(row: Any) -> Stored:
    return Stored(
        id=row["id"],
        article=_article(row),
        words=row["words"],
        read=bool(row["is_read"]),
        starred=bool(row["starred"]),
        deleted=row["deleted_at"] is not None,
        added=row["added_at"],
        tags=tuple(json.loads(row["tags"])),
        edited=tuple(field for field in _FIELDS if row[f"edited_{field}"] is not None),
        versions=row["versions"],
    )


def _row(row: Any) -> Row:
    return Row(
        id=row["id"],
        title=row["title"],
        source=row["source"],
        author=row["author"],
        published=row["published"],
        words=row["words"],
        read=bool(row["is_read"]),
        starred=bool(row["starred"]),
        deleted=row["deleted_at"] is not None,
        added=row["added_at"],
        tags=tuple(json.loads(row["tags"])),
        verdicts=row["verdicts"],
        begins=row["begins"],
    )
