"""Pages from addresses: what is fetched, what is refused, and how little is asked for. The site is on this machine."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator

import pytest

from reader import settings
from reader.acquire import Acquired, Document, acquire, web
from reader.acquire.web import _public
from tests.kinds_of_files import pdf_of
from tests.test_acquire import BODY, PAGE, only, reasons
from tests.test_acquire_kinds import LINES
from tests.web_site import Reply, Site, site


@pytest.fixture
def lake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site with one page, from which pages may be fetched without a pause between."""
    settings.use(settings.Settings(private=True))
    monkeypatch.setattr(web, "BETWEEN", 0.0)
    with site() as made:
        made.replies["/a"] = Reply(PAGE.encode())
        yield made


def fetch(lake: Site, path: str = "/a") -> list[Acquired]:
    return list(acquire([lake.url(path)]))


def why_not(lake: Site, path: str = "/a") -> str:
    (reason,) = reasons(fetch(lake, path))
    assert "\n" not in reason
    return reason


def test_a_page_is_fetched_and_nothing_else(lake: Site) -> None:
    lake.replies["/a"] = Reply(PAGE.encode(), headers={"Set-Cookie": "who=you"})
    first, second = acquire([lake.url("/a#part"), lake.url("/a")])
    for document in (first, second):
        assert isinstance(document, Document)
        assert document.article.title == "Ferry capsizes off Port Brannoch"
        assert document.article.body.startswith(BODY)
        assert document.article.url == lake.url("/a")
        assert document.raw == PAGE.encode()
    assert lake.asked == ["/robots.txt", "/a", "/a"]
    for headers in lake.headers:
        assert headers["user-agent"].startswith("rashomon-reader")
        assert not headers.keys() & {"cookie", "referer", "authorization", "from"}


def test_addresses_of_this_machine_are_refused_before_anything_is_asked(lake: Site) -> None:
    settings.use(settings.Settings())
    for host in ("127.0.0.1", "localhost"):
        (reason,) = reasons(list(acquire([lake.url("/a", host)])))
        assert "127.0.0.1 is an address of this machine" in reason
        assert "--allow-private" in reason
    assert lake.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:4700::1111", True),
        ("127.8.8.8", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("fec0::1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2002:0a00:0001::", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert _public(address) is public


def test_a_redirect_is_followed_and_checked_again(lake: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.replies["/old"] = Reply(status=301, headers={"Location": "/a"})
    lake.replies["/inside"] = Reply(status=302, headers={"Location": lake.url("/a", "127.0.0.2")})
    lake.replies["/file"] = Reply(status=302, headers={"Location": "file:///etc/passwd"})
    lake.replies["/loop"] = Reply(status=302, headers={"Location": "/loop"})
    assert only(fetch(lake, "/old")).article.url == lake.url("/a")
    settings.use(settings.Settings())
    monkeypatch.setattr(web, "_public", lambda host: host == "127.0.0.1")
    assert "127.0.0.2 is an address of this machine" in why_not(lake, "/inside")
    assert why_not(lake, "/file").startswith("file: only http and https")
    assert why_not(lake, "/loop").startswith("more than 5 redirects")


def test_a_name_is_looked_up_once_and_the_address_found_is_the_one_connected_to(
    lake: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    answers = iter(["127.0.0.1", "127.0.0.1", "10.9.8.7"])

    def getaddrinfo(host: str, port: int, *_: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    settings.use(settings.Settings())
    monkeypatch.setattr(web, "_public", lambda host: host == "127.0.0.1")
    lake.replies["/away"] = Reply(
        status=302, headers={"Location": lake.url("/a", "inside.example"), "Connection": "close"}
    )
    (failure,) = acquire([lake.url("/away", "lake.example")])
    assert "10.9.8.7 is an address" in reasons([failure])[0]
    assert looked_up.count("lake.example") == len([path for path in lake.asked if path])
    assert lake.asked == ["/robots.txt", "/away"]


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (Reply(b"User-agent: *\nDisallow: /b", "text/plain"), True),
        (Reply(b"User-agent: *\nDisallow: /a", "text/plain"), False),
        (Reply(b"User-agent: *\nDisallow: /*a$\nAllow: /b", "text/plain"), False),
        (Reply(b"User-agent: *\nDisallow: /\nUser-agent: rashomon-reader\nAllow: /", "text/plain"), True),
        (Reply(b"\xff\xfe\0<html>", "text/html"), True),
        (Reply(status=404), True),
        (Reply(status=403), True),
        (Reply(status=503), False),
    ],
)
def test_robots_txt_is_respected(lake: Site, robots: Reply, allowed: bool) -> None:
    lake.replies["/robots.txt"] = robots
    (found,) = fetch(lake)
    assert isinstance(found, Document) is allowed
    assert lake.asked == (["/robots.txt", "/a"] if allowed else ["/robots.txt"])
    assert allowed or "robots.txt" in reasons([found])[0]


def test_answers_that_are_too_large_are_cut_off_packed_or_not(lake: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 1_000_000)
    lake.replies["/large"] = Reply(b"x" * 3_000_000)
    packed = gzip.compress(b"\0" * 50_000_000)
    lake.replies["/bomb"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    lake.replies["/small"] = Reply(gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"})
    lake.replies["/broken"] = Reply(packed[:50], headers={"Content-Encoding": "gzip"})
    assert why_not(lake, "/large").startswith("larger than 1 MB")
    assert why_not(lake, "/bomb").startswith("larger than 1 MB")
    assert only(fetch(lake, "/small")).article.body.startswith(BODY)
    assert why_not(lake, "/broken")


def test_an_answer_that_never_ends_is_given_up(lake: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.3)
    lake.replies["/slow"] = Reply(PAGE.encode()[:100], stalls=True)
    assert why_not(lake, "/slow").startswith("no whole answer within 0.3 seconds")


def test_waiting_can_be_stopped(lake: Site) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    lake.replies["/slow"] = Reply(b"<html>", stalls=True)
    with pytest.raises(Stopped):
        list(acquire([lake.url("/slow")], waiting=stop))


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(status=404), "no such page (404)"),
        (Reply(status=403), "refuses it (403)"),
        (Reply(status=429), "come back later (429)"),
        (Reply(status=500), "answers 500"),
        (Reply(b"\x89PNG", "image/png"), "image/png, not text"),
        (Reply(b"<?xml version='1.0'?><rss version='2.0'></rss>", "text/xml"), "a feed, not a report"),
        (Reply(b"<html><body><a href='/'>Log in</a></body></html>"), "no article"),
        (Reply(b""), "empty"),
        (Reply(b"\0\1\2\3" * 99, "application/octet-stream"), "binary"),
    ],
)
def test_what_is_no_report_is_one_line(lake: Site, reply: Reply, says: str) -> None:
    lake.replies["/a"] = reply
    assert says in why_not(lake)


def test_other_kinds_and_encodings_are_read(lake: Site) -> None:
    lake.replies["/a.pdf"] = Reply(pdf_of([LINES]), "application/pdf")
    lake.replies["/a.txt"] = Reply(BODY.encode(), "text/plain")
    page = PAGE.replace('<meta charset="utf-8">', "").replace("Hela Marwick", "Хела Марвик")
    lake.replies["/ru"] = Reply(page.encode("cp1251"), "text/html; charset=windows-1251")
    assert only(fetch(lake, "/a.pdf")).article.body.startswith("A ferry")
    assert only(fetch(lake, "/a.txt")).article.body == BODY
    assert "Хела Марвик" in only(fetch(lake, "/ru")).article.body


def test_a_page_names_no_address_of_another_host(lake: Site) -> None:
    def canonical(url: str) -> Reply:
        return Reply(PAGE.replace("</head>", f'<link rel="canonical" href="{url}"></head>').encode())

    lake.replies["/theirs"] = canonical("https://courier.example/their-report")
    lake.replies["/ours?from=feed"] = canonical(lake.url("/ours"))
    assert only(fetch(lake, "/theirs")).article.url == lake.url("/theirs")
    assert only(fetch(lake, "/ours?from=feed")).article.url == lake.url("/ours")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ftp://lake.example/a", "only http and https"),
        ("https://me:secret@lake.example/", "name or password"),
        ("https:///a", "not an address"),
        ("http://[::1", "not an address"),
        ("http://127.1/", "not an address"),
        ("http://lake.example/" + "a" * 3000, "more than 2,000 characters"),
        ("http://lake.example:99999/", "not an address"),
    ],
)
def test_addresses_that_are_none(address: str, says: str) -> None:
    assert says in reasons(list(acquire([address])))[0]


def test_without_a_network_it_is_one_line(lake: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert reasons(list(acquire([lake.url("/a", "lake.example")]))) == [
        "its host is not found; check the address and the network"
    ]
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert "refuses the connection" in reasons(list(acquire([f"http://127.0.0.1:{port}/"])))[0]
