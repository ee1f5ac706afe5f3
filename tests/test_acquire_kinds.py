"""PDF, EPUB, mail folders and web archives read into articles; what is hostile in them ends in one clear line."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.acquire import Acquired, AcquireError, Document, Failure, acquire, apart, epub, pdf
from reader.acquire.batch import documents
from reader.acquire.epub import epub as read_epub
from reader.acquire.pdf import pdf as read_pdf
from tests.hostile_readers import crash, echo, refuse, spin, swell, wrong
from tests.kinds_of_files import epub_files, pdf_of, warc_of, zip_of
from tests.test_acquire import BODY, PAGE, only, reasons, write

LINES = [
    "A ferry with 112 passengers capsized off Port Brannoch on Thursday evening, the",
    "lake guard said. Three fishing boats pulled dozens of survivors from the water be-",
    "fore it was dark, and a well-known diver went down with a self-made lamp, a well-",
    "known one, at nine.",
    "",
    "The captain was arrested at the quay and was being questioned on Thursday night,",
    "a spokesman of the lake guard said on the quay, where relatives of those who were",
]
MORE = ["still missing had gathered (about 40 of them).", "", "Divers search the hull on Friday, he said."]


def test_pdf_text_is_that_of_the_page(tmp_path: Path) -> None:
    head = ["Lake Gazette, 9 March 2023", ""]
    pages = [[*head, *LINES, "", "Page 1 of 2"], [*head, *MORE, "", "Page 2 of 2"]]
    article = only(list(acquire([write(tmp_path / "a.pdf", pdf_of(pages, "untitled-3.indd"))]))).article
    assert article.body.split("\n\n") == [
        "A ferry with 112 passengers capsized off Port Brannoch on Thursday evening, the lake guard said. Three fishing "
        "boats pulled dozens of survivors from the water before it was dark, and a well-known diver went down with a "
        "self-made lamp, a well-known one, at nine.",
        "The captain was arrested at the quay and was being questioned on Thursday night, a spokesman of the lake guard "
        "said on the quay, where relatives of those who were still missing had gathered (about 40 of them).",
        "Divers search the hull on Friday, he said.",
    ]
    assert article.title == ""


def test_a_page_printed_by_a_browser_keeps_its_address_and_not_what_was_printed_around_it() -> None:
    printed = ["3/9/23, 9:40 PM Ferry capsizes", "", "Ferry capsizes", "", *LINES, "", "https://lake.example/a 1/1"]
    article = read_pdf(pdf_of([printed], "Ferry capsizes"))
    assert (article.title, article.url) == ("Ferry capsizes", "https://lake.example/a")
    assert article.body.startswith("A ferry with 112")
    assert "lake.example" not in article.body


def test_a_pdf_is_known_whatever_it_is_called(tmp_path: Path) -> None:
    assert only(list(acquire([write(tmp_path / "a.txt", pdf_of([LINES]))]))).article.body.startswith("A ferry")


def test_pdfs_that_cannot_be_read_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AcquireError, match="damaged"):
        read_pdf(b"%PDF-1.7 and nothing more")
    with pytest.raises(AcquireError, match="pictures without text"):
        read_pdf(pdf_of([[]]))
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(AcquireError, match="2 pages, over the limit of 1"):
        read_pdf(pdf_of([LINES, LINES]))


def test_an_epub_is_its_chapters_in_reading_order(tmp_path: Path) -> None:
    second = PAGE.replace("A ferry with 112", "On Friday divers found the ferry that had 112")
    metadata = "<dc:title>The ferry</dc:title><dc:creator>H. Ode</dc:creator><dc:date>2023-04-01</dc:date>"
    content = zip_of(epub_files({"1.xhtml": PAGE, "2.xhtml": second}, metadata=metadata))
    for name in ("a.epub", "a"):
        article = only(list(acquire([write(tmp_path / name, content)]))).article
        assert (article.title, article.author, article.published) == ("The ferry", "H. Ode", "2023-04-01")
        assert article.body.startswith(BODY)
        assert article.body.index("A ferry with 112") < article.body.index("On Friday divers")


ENTITIES = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 31))
BOMB = f'<!DOCTYPE container [<!ENTITY a0 "ha">{ENTITIES}]><container>&a30;</container>'
SECRET = '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/hostname">]><container><rootfile full-path="&x;"/></container>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 cut short", "damaged"),
        (zip_of({"mimetype": "application/epub+zip"}), "damaged"),
        (zip_of(epub_files({"1.xhtml": PAGE}, container=BOMB)), "damaged"),
        (zip_of(epub_files({"1.xhtml": PAGE}, container=SECRET)), "damaged"),
        (zip_of(epub_files({"1.xhtml": PAGE + " " * (epub.MAX_BYTES + 1)})), "unpacks to more than 10 MB"),
        (zip_of(epub_files({"1.xhtml": "<html><body>Cover</body></html>"})), "no text"),
    ],
    ids=["cut", "empty", "entities", "outside", "bomb", "cover"],
)
def test_epubs_that_cannot_be_read_say_why(content: bytes, says: str) -> None:
    with pytest.raises(AcquireError, match=says):
        read_epub(content)


def test_an_epub_reads_nothing_outside_itself() -> None:
    files = epub_files({"../../../../etc/hostname": PAGE})
    del files["book/../../../../etc/hostname"]
    with pytest.raises(AcquireError, match="no text"):
        read_epub(zip_of(files))


def test_a_mail_folder_is_its_messages(tmp_path: Path) -> None:
    def mail(subject: str, body: str) -> str:
        return f"From desk@lake.example Thu Mar  9 21:40:16 2023\nFrom: Lake Desk <desk@lake.example>\nSubject: {subject}\n\n{body}\n\n"

    folder = mail("Ferry", BODY) + mail("Picture", "") + mail("Ferry again", f"{BODY}\n\n>From the quay it was seen.")
    found = list(acquire([write(tmp_path / "a.mbox", folder)]))
    assert [item.name.rpartition("a.mbox ")[2] for item in found] == ["message 1", "message 2", "message 3"]
    assert [isinstance(item, Document) for item in found] == [True, False, True]
    assert isinstance(found[0], Document)
    assert (found[0].article.title, found[0].article.source) == ("Ferry", "Lake Desk")
    assert found[0].article.body == BODY
    assert found[0].raw.startswith(b"From: Lake Desk")
    assert [type(item) for item in acquire(["-"], stdin=folder.encode())] == [Document, Failure, Document]
    assert (tmp_path / "a.mbox").read_text() == folder


def test_a_web_archive_is_its_pages(tmp_path: Path) -> None:
    page = PAGE.encode()
    answers = [
        ("https://lake.example/a", "text/html; charset=utf-8", page),
        ("https://lake.example/a.png", "image/png", b"\x89PNG"),
        ("https://lake.example/b.pdf", "application/pdf", pdf_of([LINES])),
    ]
    for name, packed in (("a.warc.gz", True), ("a.warc", False)):
        found = list(acquire([write(tmp_path / name, warc_of(answers, packed=packed))]))
        assert [item.name.rpartition(" ")[2] for item in found] == ["1", "3"]
        assert isinstance(found[0], Document)
        assert isinstance(found[1], Document)
        assert found[0].article.url == "https://lake.example/a"
        assert found[0].article.body.startswith(BODY)
        assert found[0].raw == page
        assert found[1].article.body.startswith("A ferry")
    gone = warc_of(answers[:1], status="404 Not Found")
    assert reasons(list(acquire([write(tmp_path / "gone.warc.gz", gone)]))) == ["no report in it; nothing to add"]


def test_what_stands_before_the_damage_of_a_web_archive_is_read() -> None:
    whole = warc_of([("https://lake.example/a", "text/html", PAGE.encode())])
    found = list(documents("x", whole + b"\x1f\x8b\x08\0 no more of it", ".warc.gz"))
    assert isinstance(found[0], Document)
    found = list(documents("x", zlib.compress(b"WARC/1.0"), ".warc"))
    assert [type(item) for item in found] == [Failure]


# --- apart


def test_a_reader_that_spins_swells_or_crashes_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with apart.process():
        with monkeypatch.context() as patch:
            patch.setattr(apart, "SECONDS", 1)
            with pytest.raises(AcquireError, match="not read within 1 seconds"):
                list(apart.read(bytes, spin, b""))
        for function, says in (
            (swell, "MemoryError"),
            (crash, "ended the process"),
            (refuse, "not this one"),
            (wrong, "ended the process"),
        ):
            with pytest.raises(AcquireError, match=says):
                list(apart.read(bytes, function, b""))
            assert list(apart.read(bytes, echo, b"well")) == [b"well"]
        kept = apart._Shared.process
        assert list(apart.read(bytes, echo, b"again")) == [b"again"]
        assert apart._Shared.process is kept


# --- any bytes

WHOLE = {
    ".pdf": pdf_of([LINES, MORE], "Ferry"),
    ".epub": zip_of(epub_files({"1.xhtml": PAGE})),
    ".mbox": f"From a Thu Mar  9 21:40:16 2023\nSubject: Ferry\n\n{BODY}\n".encode(),
    ".warc": warc_of([("https://lake.example/a", "text/html", PAGE.encode())], packed=False),
    ".html": PAGE.encode(),
    ".eml": f"From: a@b.example\nSubject: Ferry\nMIME-Version: 1.0\n\n{BODY}".encode(),
    ".jsonl": b'{"title": "Ferry", "text": "A ferry with 112 passengers capsized."}',
    ".md": f"# Ferry\n\n{BODY}".encode(),
}


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """``whole`` with some stretches of it changed, doubled or gone."""
    raw = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 12)))
        raw = raw[:start] + draw(st.binary(max_size=8) | st.just(raw[start:end] * 2)) + raw[end:]
    return raw


@pytest.mark.parametrize("suffix", WHOLE)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_damage_makes_it_raise_or_lets_anything_live_through(suffix: str, data: st.DataObject) -> None:
    raw = data.draw(damaged(WHOLE[suffix]))
    with apart.process():
        check(list(documents("x", raw, suffix)))


def check(found: list[Acquired]) -> None:
    for item in found:
        said = item.reason if isinstance(item, Failure) else "".join(vars_of(item))
        assert not any(c < " " and c not in "\n\t" for c in said), said
        assert "\x1b" not in said
        if isinstance(item, Failure):
            assert "\n" not in item.reason


def vars_of(item: Document) -> list[str]:
    article = item.article
    return [item.name, article.title, article.source, article.author, article.published, article.url, article.body]
