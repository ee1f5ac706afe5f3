"""Feeds: read, followed, fetched politely, each entry once. The site is on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from db import Library, NotFound
from reader import settings
from reader.acquire import AcquireError, web
from reader.acquire.feeds import MAX_ENTRIES, Outline, feed, opml_of, outlines
from tests.db_library import Clock
from tests.test_acquire import PAGE
from tests.web_site import Reply, Site, site
from widgets import feeding
from widgets.feeding import Fetched

LONG = " ".join(f"The ferry with {n} passengers was towed to quay {n} on Friday, the guard said." for n in range(12))
SHORT = "A ferry capsized."


def rss(*items: str, head: str = "") -> bytes:
    """A feed with these items."""
    return (
        f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Lake Gazette</title>{head}{''.join(items)}</channel></rss>"
    ).encode()


def item(number: int, text: str, link: str = "") -> str:
    link = f"<link>{link}</link>" if link else ""
    return (
        f"<item><guid>{number}</guid>{link}<title>Ferry &amp;amp; quay {number}</title><author>H. Ode</author>"
        f"<pubDate>Thu, 09 Mar 2023 21:40:16 +0100</pubDate><description><![CDATA[{text}]]></description></item>"
    )


# --- reading


def test_rss_and_atom_are_read() -> None:
    found = feed(rss(item(1, f"<p>{SHORT}</p><script>x</script><p>Two\nlines.</p>", "/a")), "https://lake.example/feed")
    (entry,) = found.entries
    assert (found.title, entry.title, entry.author) == ("Lake Gazette", "Ferry & quay 1", "H. Ode")
    assert entry.published == "2023-03-09T20:40:16Z"
    assert entry.url == "https://lake.example/a"
    assert entry.text == f"{SHORT}\n\nTwo lines."
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><id>x</id><title type="text">A &lt;b&gt;</title>'
        f'<link href="https://c.example/x"/><updated>2023-03-09T21:40:16Z</updated><content type="html">{LONG}</content></entry></feed>'
    )
    (entry,) = feed(atom.encode(), "https://c.example/feed").entries
    assert (entry.url, entry.published, entry.text) == ("https://c.example/x", "2023-03-09T21:40:16Z", LONG)


def test_a_page_is_no_feed_and_says_which_it_names() -> None:
    with pytest.raises(AcquireError, match="not a feed; name the address"):
        feed(PAGE.encode(), "https://lake.example/")
    link = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    with pytest.raises(AcquireError, match="it names the feed /rss"):
        feed(PAGE.replace("</head>", f"{link}</head>").encode(), "https://lake.example/")


def test_tricks_with_entities_gain_nothing() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    outside = '<!ENTITY s SYSTEM "file:///etc/passwd">'
    for declared, used in ((f'<!ENTITY a0 "ha">{laughs}', "&a11;"), (outside, "&s;")):
        document = rss(item(1, SHORT).replace(SHORT, f"]]>{used}<![CDATA[")).replace(
            b"<rss", f"<!DOCTYPE rss [{declared}]><rss".encode()
        )
        found = feed(document, "https://lake.example/feed")
        assert all(len(entry.text) < 1000 and "root:" not in entry.text for entry in found.entries)
        opml = f'<!DOCTYPE opml [{declared}]><opml><body><outline text="{used}" xmlUrl="https://l.example/f"/></body></opml>'
        assert all(len(one.title) < 1000 and "root:" not in one.title for one in outlines(opml.encode()))


def test_what_a_feed_says_is_harmless_and_bounded() -> None:
    hostile = item(1, "\x1b[2J\u202e<img src=x onerror=y>[red]Ferry[/red]", "javascript:alert(1)")
    document = rss(
        item(-1, SHORT).replace("H. Ode", "O" * 900),
        *(hostile.replace("<guid>1<", f"<guid>{n}<") for n in range(2 * MAX_ENTRIES)),
    )
    found = feed(document, "https://lake.example/feed")
    assert len(found.entries) == MAX_ENTRIES
    assert found.entries[1].url == ""
    assert len(found.entries[0].author) == 500


def test_lists_of_feeds_are_read_and_written() -> None:
    feeds = [
        Outline(url="https://a.example/f?x=1&y=2", title='A & "B" <c>'),
        Outline(url="https://b.example/f", title=""),
    ]
    text = opml_of(feeds)
    assert [outline.url for outline in outlines(text.encode())] == [one.url for one in feeds]
    assert outlines(text.encode())[0].title == feeds[0].title
    nested = '<opml><body><outline text="News"><outline xmlUrl="https://a.example/f"/><outline xmlUrl="file:///x"/></outline></body></opml>'
    assert outlines(nested.encode()) == [Outline(url="https://a.example/f", title="")]
    for not_one in (b"", b"<rss/>", b"\0\1", PAGE.encode()):
        with pytest.raises(AcquireError, match="not a list of feeds"):
            outlines(not_one)


# --- kept


def test_following_and_leaving_is_undone_and_redone(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db", clock=Clock()) as library:
        feeds = library.feeds
        assert (
            feeds.add([("https://a.example/f", "Gazette"), ("https://b.example/f", ""), ("https://a.example/f", "")])
            == 2
        )
        assert feeds.add([("https://a.example/f", "")]) == 0
        feeds.checked("https://b.example/f", timedelta(hours=1), title="Courier", etag='"1"')
        assert [(one.title, one.etag) for one in feeds.all()] == [("Gazette", ""), ("Courier", '"1"')]
        assert feeds.find("2") == feeds.find("cour") == feeds.find("https://b.example/f")
        with pytest.raises(NotFound, match="no feed answers"):
            feeds.find("Nothing")
        feeds.remove([2])
        assert [one.id for one in feeds.all()] == [1]
        assert library.history.undo() == "left Courier"
        assert [(one.title, one.etag) for one in feeds.all()] == [("Gazette", ""), ("Courier", '"1"')]
        assert library.history.undo() == "followed 2 feeds"
        assert feeds.all() == []
        assert library.history.redo() == "followed 2 feeds"
        assert [one.id for one in feeds.all()] == [1, 2]


# --- fetched


@pytest.fixture
def lake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    settings.use(settings.Settings(private=True))
    monkeypatch.setattr(web, "BETWEEN", 0.0)
    with site() as made:
        yield made


@pytest.fixture
def followed(tmp_path: Path, lake: Site) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", clock=Clock()) as library:
        library.feeds.add([(lake.url("/feed"), "")])
        yield library


def fetch(library: Library) -> Fetched:
    (done,) = feeding.fetch(library, library.feeds.all())
    return done


def test_whole_entries_are_taken_from_the_feed_and_short_ones_from_their_pages(followed: Library, lake: Site) -> None:
    lake.replies["/feed"] = Reply(rss(item(1, f"<p>{LONG}</p>", "/one"), item(2, SHORT, "/two")), "application/rss+xml")
    lake.replies["/two"] = Reply(PAGE.encode())
    done = fetch(followed)
    assert (str(done), done.failures) == (f"{lake.url('/feed')}: 2 added", [])
    assert lake.asked == ["/feed", "/robots.txt", "/two"]
    one, two = followed.articles.get_many([1, 2])
    assert (one.article.source, one.article.title, one.article.body) == ("Lake Gazette", "Ferry & quay 1", LONG)
    assert (one.article.url, one.article.published) == (lake.url("/one"), "2023-03-09T20:40:16Z")
    assert two.article.body.startswith("A ferry with 112 passengers")
    assert followed.feeds.all()[0].title == "Lake Gazette"
    assert str(fetch(followed)) == "Lake Gazette: nothing new"
    assert lake.asked.count("/two") == 1


def test_only_what_is_new_is_asked_for(followed: Library, lake: Site) -> None:
    def reply(headers: Mapping[str, str]) -> Reply:
        if (
            headers.get("if-none-match") == '"one"'
            and headers.get("if-modified-since") == "Thu, 09 Mar 2023 20:00:00 GMT"
        ):
            return Reply(status=304)
        marks = {"ETag": '"one"', "Last-Modified": "Thu, 09 Mar 2023 20:00:00 GMT"}
        return Reply(rss(item(1, LONG)), "application/rss+xml", headers=marks)

    lake.replies["/feed"] = reply
    assert fetch(followed).reports["added"] == 1
    assert str(fetch(followed)) == "Lake Gazette: nothing new"
    assert followed.feeds.all()[0].etag == '"one"'


def test_a_page_that_cannot_be_had_now_is_tried_again_and_one_that_never_can_is_not(
    followed: Library, lake: Site
) -> None:
    lake.replies["/feed"] = Reply(
        rss(item(1, SHORT, "/gone"), item(2, SHORT, "/later"), item(3, f"{SHORT} " * 10, "/forbidden")),
        "application/rss+xml",
        headers={"ETag": '"one"'},
    )
    lake.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /forbidden", "text/plain")
    lake.replies["/later"] = Reply(status=503)
    done = fetch(followed)
    assert done.reports["added"] == 1, "what the feed tells, where that is something"
    assert [failure.partition(":")[0] for failure in done.failures] == ["Ferry & quay 1", "Ferry & quay 2"]
    assert followed.feeds.all()[0].etag == "", "so that the entry is seen again"
    lake.replies["/later"] = Reply(PAGE.encode())
    assert fetch(followed).reports["added"] == 1
    assert (lake.asked.count("/gone"), lake.asked.count("/later"), lake.asked.count("/forbidden")) == (1, 2, 0)
    assert followed.feeds.all()[0].etag == '"one"'


def test_a_host_whose_pages_fail_is_left_alone(followed: Library, lake: Site) -> None:
    lake.replies["/feed"] = Reply(rss(*(item(n, SHORT, f"/{n}") for n in range(9))), "application/rss+xml")
    lake.replies |= {f"/{n}": Reply(status=500) for n in range(9)}
    assert len(fetch(followed).failures) == 9
    assert len(lake.asked) == 2 + feeding.GIVE_UP


def test_a_feed_that_fails_is_asked_less_and_less(followed: Library, lake: Site) -> None:
    def wait() -> timedelta:
        (one,) = followed.feeds.all()
        return datetime.fromisoformat(one.due) - datetime.fromisoformat(one.checked)

    for hours in (2, 4, 8, 16, 24, 24):
        assert fetch(followed).failures
        assert wait() == timedelta(hours=hours)
    (one,) = followed.feeds.all()
    assert (one.failures, one.problem) == (6, "the server has no such page (404); check the address")
    assert followed.feeds.due() == []
    lake.replies["/feed"] = Reply(status=429, headers={"Retry-After": "172800"})
    fetch(followed)
    assert wait() == timedelta(days=2)
    lake.replies["/feed"] = Reply(rss(head="<ttl>180</ttl>"), "application/rss+xml")
    fetch(followed)
    assert wait() == timedelta(hours=3)
    assert followed.feeds.all()[0].failures == 0
    lake.replies["/feed"] = Reply(rss(), "application/rss+xml", headers={"Cache-Control": "public, max-age=7200"})
    fetch(followed)
    assert wait() == timedelta(hours=2)


def test_stopping_keeps_what_was_stored(followed: Library, lake: Site) -> None:
    class Stopped(Exception):
        pass

    def report(line: str) -> None:
        if line.endswith(f"{feeding.TOGETHER + 1} of 12"):
            raise Stopped

    lake.replies["/feed"] = Reply(rss(*(item(n, f"{LONG} {n}.") for n in range(12))), "application/rss+xml")
    with pytest.raises(Stopped):
        list(feeding.fetch(followed, followed.feeds.all(), report))
    assert followed.articles.count() == feeding.TOGETHER
    assert fetch(followed).reports["added"] == 12 - feeding.TOGETHER


# --- the command


@pytest.fixture
def rashomon(tmp_path: Path) -> object:
    def run(*args: str) -> Result:
        return CliRunner().invoke(cli.main, ["--db", str(tmp_path / "cli.db"), "feeds", *args], prog_name="rashomon")

    return run


def test_the_command_follows_fetches_lists_leaves_and_exports(rashomon, lake: Site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lake.replies["/feed"] = Reply(rss(item(1, LONG)), "application/rss+xml")
    lake.replies["/page"] = Reply(PAGE.encode())
    assert "no feed is followed" in rashomon().stderr
    assert "--allow-private" in rashomon("add", lake.url("/feed")).stderr
    assert lake.asked == []
    wrong = rashomon("add", "--allow-private", lake.url("/page"))
    assert (wrong.exit_code, "not a feed" in wrong.stderr) == (1, True)
    assert rashomon("add", "--allow-private", lake.url("/feed")).stderr == "1 followed, 0 already, 0 failed\n"
    opml = tmp_path / "list.opml"
    opml.write_text(opml_of([Outline(url=lake.url("/feed"), title=""), Outline(url="https://b.example/f", title="B")]))
    asked = list(lake.asked)
    assert rashomon("add", str(opml)).stderr == "1 followed, 1 already, 0 failed\n"
    assert rashomon("add", str(tmp_path / "gone.opml")).exit_code == 1
    assert lake.asked == asked
    assert rashomon("remove", "B").stderr.startswith("1 left")
    fetched = rashomon("fetch", "--allow-private")
    assert (fetched.exit_code, fetched.stderr) == (0, "Lake Gazette: 1 added\n")
    assert "no feed is due" in rashomon("fetch", "--allow-private").stderr
    assert rashomon("fetch", "--allow-private", "1").stderr == "Lake Gazette: nothing new\n"
    assert "Lake Gazette" in rashomon().stdout
    assert json.loads(rashomon("list", "--format", "json").stdout)[0]["failures"] == 0
    assert outlines(rashomon("export").stdout.encode()) == [Outline(url=lake.url("/feed"), title="Lake Gazette")]
    lake.replies["/feed"] = Reply(status=500)
    failed = rashomon("fetch", "--allow-private", "1")
    assert (failed.exit_code, "answers 500" in failed.stderr) == (1, True)
    assert "! the server answers 500" in rashomon().stdout
