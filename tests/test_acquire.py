"""Files and folders of every kind read into articles, one clear line for each that cannot be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.acquire import Acquired, AcquireError, Document, Failure, acquire, extract
from reader.acquire.records import MAX_BYTES, MAX_TEXT

BODY = (
    "A ferry with 112 passengers capsized off Port Brannoch on Thursday evening, the lake guard said.\n\n"
    "Three fishing boats pulled dozens of survivors from the water before it was dark."
)
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Ferry capsizes | Lake Gazette</title>
<meta property="og:title" content="Ferry capsizes off Port Brannoch"><meta property="og:site_name" content="Lake Gazette">
<meta property="article:published_time" content="2023-03-09T21:40:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Ferry capsizes off Port Brannoch</h1>
{"".join(f"<p>{p}</p>" for p in BODY.split(chr(10) * 2))}
<p>The captain, Hela Marwick, was arrested at the quay and was being questioned on Thursday night, police said.</p>
</article><footer>© 2023 Lake Gazette</footer></body></html>"""


def only(found: list[Acquired]) -> Document:
    (document,) = found
    assert isinstance(document, Document), document
    return document


def reasons(found: list[Acquired]) -> list[str]:
    return [item.reason for item in found if isinstance(item, Failure)]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_plain_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"Ferry capsizes\n\n{BODY}\n")
    document = only(list(acquire([path])))
    assert (document.article.title, document.article.body) == ("Ferry capsizes", BODY)
    assert document.raw == path.read_bytes()
    assert document.name == str(path)
    assert extract(path) == document.article


def test_markdown(tmp_path: Path) -> None:
    text = f"---\nsource: Lake Gazette\ndate: 2023-03-09\n---\n# Ferry *capsizes*\n\n> {BODY}\n\n![quay](q.jpg)\n\n" + (
        "The **captain** was [arrested](http://lake.example/a) at the quay. Divers of `LG` search_by_night.\n"
    )
    article = extract(write(tmp_path / "a.md", text))
    assert (article.title, article.source, article.published) == ("Ferry capsizes", "Lake Gazette", "2023-03-09")
    assert article.body.endswith("The captain was arrested at the quay. Divers of `LG` search_by_night.")
    assert article.body.startswith(BODY)


def test_web_page(tmp_path: Path) -> None:
    article = extract(write(tmp_path / "a.html", PAGE))
    assert (article.title, article.source) == ("Ferry capsizes off Port Brannoch", "Lake Gazette")
    assert article.published == "2023-03-09"
    assert article.body.startswith(BODY)
    assert "Home" not in article.body
    assert "©" not in article.body


def test_a_page_in_its_declared_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "windows-1250").replace("Hela Marwick", "Łucja Żak")
    assert "Łucja Żak" in extract(write(tmp_path / "a.html", page.encode("cp1250"))).body


def test_mail(tmp_path: Path) -> None:
    head = "From: Lake Desk <desk@lake.example>\nSubject: =?utf-8?q?Ferry_capsizes_=E2=80=93_14_dead?=\n"
    head += "Date: Thu, 09 Mar 2023 21:40:16 +0100\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    article = extract(write(tmp_path / "a.eml", head + BODY))
    assert (article.title, article.source) == ("Ferry capsizes – 14 dead", "Lake Desk")
    assert (article.published, article.body) == ("2023-03-09T21:40:16+01:00", BODY)


def test_mail_with_a_page_in_it(tmp_path: Path) -> None:
    head = "From: desk@lake.example\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    article = extract(write(tmp_path / "a.eml", head + PAGE))
    assert article.body.startswith(BODY)
    empty = "From: desk@lake.example\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: image/png\n\nx"
    assert "without text" in reasons(list(acquire([write(tmp_path / "b.eml", empty)])))[0]


def test_json_lines(tmp_path: Path) -> None:
    records = [
        {"id": "x-1", "title": "Ferry", "date": "2023-03-09", "source": "LNA", "url": "http://l.example", "text": BODY},
        {"id": None, "title": None, "date": None, "source": None, "url": None, "author": None, "text": BODY},
    ]
    path = write(tmp_path / "a.jsonl", "\n\n".join(map(json.dumps, records)))
    first, second = acquire([path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.article.external_id == "x-1"
    assert (first.article.published, first.article.source, first.article.url) == (
        "2023-03-09",
        "LNA",
        "http://l.example",
    )
    assert first.raw == json.dumps(records[0]).encode()
    assert first.name == f"{path} line 1"
    assert (second.article.external_id, second.article.title, second.article.body) == ("", "", BODY)
    assert second.name == f"{path} line 3"


def test_a_bad_line_does_not_stop_the_next(tmp_path: Path) -> None:
    good = json.dumps({"id": 1, "text": BODY})
    lines = [good, good, '{"id": 3, "text": "cut', '{"id": 4, "text": 5}', '{"id": 5}', "[]", good]
    found = list(acquire([write(tmp_path / "a.jsonl", "\n".join(lines))]))
    assert [isinstance(item, Document) for item in found] == [True, True, False, False, False, False, True]
    assert found[2].name.endswith("a.jsonl line 3")
    assert reasons(found)[0].startswith("invalid JSON")
    assert "text" in reasons(found)[1]
    assert reasons(found)[2].startswith('no "text"')
    assert reasons(found)[3].startswith("not a record")


def test_a_line_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    good = json.dumps({"text": BODY}).encode()
    path = write(tmp_path / "a.jsonl", b"\n".join([good, b'{"text": "' + b"x" * (2 * MAX_BYTES + 10) + b'"}', good]))
    found = list(acquire([path]))
    assert [isinstance(item, Document) for item in found] == [True, False, True]
    assert found[2].name.endswith("line 3")
    assert "10 MB" in reasons(found)[0]


def test_a_batch_with_every_kind_of_bad_input(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "a-good.txt", BODY)
    write(folder / "b-empty.txt", "")
    write(folder / "c-blank.txt", " \n\n")
    write(folder / "d-binary.txt", bytes(range(256)) * 8)
    write(folder / "e-huge.txt", b"x" * 50_000_000)
    write(folder / "f-long.txt", "word " * (MAX_TEXT // 4))
    write(folder / "g-menu.html", "<html><body><nav><a href='/'>Home</a></nav></body></html>")
    write(folder / "h-picture.png", b"\x89PNG\r\n")
    write(folder / "i-scanned.txt", b"%PDF-1.7")
    write(folder / "z-good.txt", BODY.encode("utf-16"))
    found = list(acquire([folder]))
    assert [Path(item.name).name[0] for item in found] == list("abcdefghiz")
    assert [isinstance(item, Document) for item in found] == [True, *[False] * 8, True]
    assert all("\n" not in reason and len(reason) < 200 for reason in reasons(found))
    for reason, word in zip(
        reasons(found),
        ["empty", "empty", "binary", "10 MB", "1,000,000", "no article", "not read", "PDF"],
        strict=True,
    ):
        assert word in reason


def test_folders_are_read_whole_sorted_and_safely(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside.txt", BODY)
    folder = tmp_path / "in"
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    write(folder / ".hidden" / "x.txt", BODY)
    write(folder / ".x.txt", BODY)
    write(folder / "b.txt", BODY)
    write(folder / "a.txt", BODY)
    write(folder / "sub" / "deep" / "c.md", BODY)
    (folder / "out.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    found = list(acquire([folder]))
    assert [str(Path(item.name).relative_to(folder)) for item in found] == ["a.txt", "b.txt", "sub/deep/c.md"]
    assert isinstance(only(list(acquire([folder / "out.txt"]))), Document)


def test_special_files_are_refused_without_opening(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "a named pipe" in reasons(list(acquire([tmp_path])))[0]
    assert "a device" in reasons(list(acquire(["/dev/null"])))[0]


def test_what_is_not_there_or_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reasons(list(acquire([tmp_path / "gone.txt", "nul\0byte"])))[0].startswith("no such file")
    write(tmp_path / "a.txt", BODY)
    locked = tmp_path / "locked"
    locked.mkdir()
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(acquire([tmp_path]))
    assert [isinstance(item, Document) for item in found] == [True, False]
    assert found[1] == Failure(name=str(locked), reason=reasons(found)[0])
    assert reasons(found)[0].startswith("permission denied")


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (BODY.encode(), ""),
        (PAGE.encode(), "Ferry capsizes off Port Brannoch"),
        (json.dumps({"title": "Ferry", "text": BODY}).encode(), "Ferry"),
        (b"From: a@b.example\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n\r\n" + BODY.encode(), "Ferry"),
    ],
)
def test_standard_input_is_known_by_its_first_bytes(raw: bytes, title: str) -> None:
    document = only(list(acquire(["-"], stdin=raw)))
    assert document.name.startswith("standard input")
    assert document.article.title == title
    assert document.article.body.startswith(BODY)


def test_empty_standard_input() -> None:
    assert list(acquire(["-"], stdin=b"")) == [Failure(name="standard input", reason="empty; nothing to add")]


def test_broken_encodings_and_escape_codes_go_in_clean(tmp_path: Path) -> None:
    raw = b"\x1b[31mFerry\x1b[0m capsizes\n\n" + BODY.replace("said", "said – “José”").encode("cp1252")
    article = extract(write(tmp_path / "a.txt", raw))
    assert article.title == "Ferry capsizes"
    assert "said – “José”" in article.body


def test_names_are_harmless(tmp_path: Path) -> None:
    path = write(tmp_path / "a\x1b[31m\n\u202eb.txt", "")
    (failure,) = acquire([path])
    assert failure.name == str(tmp_path / "a b.txt")


def test_extract_says_why_not(tmp_path: Path) -> None:
    with pytest.raises(AcquireError, match=r"gone\.txt: no such file"):
        extract(tmp_path / "gone.txt")
    two = write(tmp_path / "two.jsonl", "\n".join([json.dumps({"text": BODY})] * 2))
    with pytest.raises(AcquireError, match="holds 2 reports"):
        extract(two)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".eml", ".jsonl"])
@given(raw=st.binary(max_size=300))
def test_no_bytes_make_it_raise(tmp_path_factory: pytest.TempPathFactory, suffix: str, raw: bytes) -> None:
    path = write(tmp_path_factory.getbasetemp() / f"any{suffix}", raw)
    for item in acquire([path]):
        assert isinstance(item, Document | Failure)


def test_trafilatura_is_loaded_only_for_pages() -> None:
    code = "import reader.acquire, sys; sys.exit('trafilatura' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[1]).returncode == 0
