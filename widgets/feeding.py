"""Feeds fetched into a library, politely: only what is due, only what is new, each entry once. Knows no screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from db import Feed, Library
from reader.nouns import Article
from widgets.importing import add_reports
from widgets.understanding import quiet

if TYPE_CHECKING:
    from reader.acquire.feeds import Entry
    from reader.acquire.web import Answer, Web

AGAIN = timedelta(hours=1)
"""The soonest that a feed is asked again, unless a person names it; doubled at each failure in a row."""
LONGEST = timedelta(days=1)
"""The latest, whatever a feed asks for."""
LONGEST_WAIT = timedelta(days=7)
"""The latest where a server asks to wait (Retry-After)."""
WHOLE = 150
"""Words from which on what a feed tells of a report is taken for the report; of less the page is fetched."""
WORTH = 25
"""Words from which on it is kept where the page cannot be had."""
GIVE_UP = 3
"""Pages in a row that fail after which no more are asked for, until the next time."""
TOGETHER = 8
"""Reports stored together."""


class Fetched(NamedTuple):
    """What fetching one feed did: reports by status ("added", "already", "revised"), and lines for what failed."""

    feed: Feed
    reports: Counter[str]
    failures: list[str]

    def __str__(self) -> str:
        if not self.reports and not self.failures:
            return f"{name_of(self.feed)}: nothing new"
        told = [f"{self.reports[status]} {what}" for status, what in STATUSES if self.reports[status]]
        return f"{name_of(self.feed)}: {', '.join(told) or 'nothing added'}" + (
            f", {len(self.failures)} failed" if self.failures else ""
        )


STATUSES = (("added", "added"), ("already", "already there"), ("revised", "revised"))


def name_of(feed: Feed) -> str:
    """What a feed is called."""
    return feed.title or feed.url


def fetch(library: Library, feeds: Sequence[Feed], report: Callable[[str], None] = quiet) -> Iterator[Fetched]:
    """Fetch feeds one after the other. ``report`` is told how far it is and may raise to stop; what was stored stays."""
    from reader.acquire import apart
    from reader.acquire.web import Web

    told = ""

    def tell(line: str) -> None:
        nonlocal told
        told = line
        report(line)

    with apart.process(), Web(lambda: report(told)) as web:
        for number, feed in enumerate(feeds, 1):
            tell(f"{number} of {len(feeds)}: {name_of(feed)}")
            yield _Feed(library, web, feed, tell).fetch()


class _Feed:
    """One feed being fetched."""

    def __init__(self, library: Library, web: Web, feed: Feed, tell: Callable[[str], None]) -> None:
        self._library = library
        self._web = web
        self._feed = feed
        self._tell = tell
        self._done = Fetched(feed, Counter(), [])
        self._failed_in_row = 0
        self._put_off = False

    def fetch(self) -> Fetched:
        from reader.acquire import AcquireError
        from reader.acquire.feeds import read_feed
        from reader.acquire.web import WebError

        feed = self._feed
        try:
            answer = self._web.get(feed.url, etag=feed.etag, modified=feed.modified)
            document = read_feed(answer.body, answer.url) if answer.status == 200 else None
        except AcquireError as error:
            said = error.answer if isinstance(error, WebError) else None
            self._library.feeds.checked(feed.url, self._after_failure(said), problem=str(error))
            self._done.failures.append(f"{name_of(feed)}: {error}")
            return self._done
        asked = AGAIN
        if document is not None:
            asked = timedelta(seconds=document.again)
            self._take(document.entries, document.title or feed.title)
        marks = answer.headers if document is not None and not self._put_off else {}
        self._library.feeds.checked(
            feed.url,
            min(max(AGAIN, asked, _max_age(answer)), LONGEST),
            title=document.title if document is not None else None,
            etag=marks.get("etag", "")[:500] if marks else None,
            modified=marks.get("last-modified", "")[:100] if marks else None,
        )
        return self._done

    def _after_failure(self, answer: Answer | None) -> timedelta:
        wait = answer.retry_after() if answer is not None else None
        doubled = AGAIN * 2 ** min(self._feed.failures + 1, 10)
        return min(doubled, LONGEST) if wait is None else min(max(timedelta(seconds=wait), AGAIN), LONGEST_WAIT)

    def _take(self, entries: Sequence[Entry], source: str) -> None:
        """Store the entries that were not taken yet, a few at a time."""
        feeds, url = self._library.feeds, self._feed.url
        feeds.forget(url, [entry.key for entry in entries])
        unseen = feeds.unseen(url, [entry.key for entry in entries])
        new = [entry for entry in entries if entry.key in unseen]
        for start in range(0, len(new), TOGETHER):
            some = new[start : start + TOGETHER]
            taken: list[str] = []
            documents = list(self._documents(some, source, taken, start, len(new)))
            self._done.reports.update(added.status for added, _ in add_reports(self._library, documents))
            feeds.saw(url, taken)

    def _documents(
        self, entries: Iterable[Entry], source: str, taken: list[str], start: int, count: int
    ) -> Iterator[tuple[Article, bytes]]:
        """The articles of entries with what they were read from; ``taken`` gets those that need not be looked at again."""
        from reader.acquire.feeds import article_of

        for number, entry in enumerate(entries, start + 1):
            self._tell(f"{name_of(self._feed)}: {number} of {count}")
            own = article_of(entry, source)
            words = len(own.body.split())
            page = self._page(entry, source) if entry.url and words < WHOLE else None
            if isinstance(page, str):
                if words < WORTH:
                    self._done.failures.append(f"{entry.title or entry.url}: {page}")
            elif page is not None and len(page[0].body.split()) > words:
                taken.append(entry.key)
                yield page
                continue
            if not isinstance(page, _PutOff):
                taken.append(entry.key)
                if words >= WORTH or (page is None and words):
                    yield own, entry.text.encode()

    def _page(self, entry: Entry, source: str) -> tuple[Article, bytes] | str:
        """The page of an entry, or why it is not to be had, `_PutOff` where it may be another time."""
        from reader.acquire import AcquireError, Failure
        from reader.acquire.batch import answered
        from reader.acquire.pages import suffix_of
        from reader.acquire.web import WebError

        if self._failed_in_row >= GIVE_UP:
            self._put_off = True
            return _PutOff("put off, for the pages before it failed")
        try:
            answer = self._web.page(entry.url)
            self._failed_in_row = 0
            (item,) = answered(answer, entry.url, suffix_of(answer))
        except WebError as error:
            if error.for_good:
                return str(error)
            self._failed_in_row += 1
            self._put_off = True
            return _PutOff(error)
        except (AcquireError, ValueError) as error:
            return str(error)
        if isinstance(item, Failure):
            return item.reason
        return _filled(item.article, entry, source), item.raw


class _PutOff(str):
    """Why a page could not be had this time."""


def _filled(article: Article, entry: Entry, source: str) -> Article:
    """A page's article; what the page does not state is taken from its feed."""
    import msgspec

    return msgspec.structs.replace(
        article,
        title=article.title or entry.title,
        source=article.source or source,
        author=article.author or entry.author,
        published=article.published or entry.published,
    )


def _max_age(answer: Answer) -> timedelta:
    """How long a server says that its answer stays good."""
    for part in answer.headers.get("cache-control", "").split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "max-age" and value.isascii() and value.isdigit() and len(value) < 9:
            return timedelta(seconds=int(value))
    return timedelta()
