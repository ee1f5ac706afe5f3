"""Files of many kinds, made from a few lines of text."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence

LINE = 16
"""Points from one line of a page to the next."""


def pdf_of(pages: Sequence[Sequence[str]], title: str = "") -> bytes:
    """A PDF with these lines on its pages; an empty line is a gap."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        drawn = "".join(
            f"BT /F1 12 Tf 1 0 0 1 72 {720 - LINE * number} Tm ({_escaped(line)}) Tj ET\n"
            for number, line in enumerate(lines)
            if line
        ).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    objects.append(f"<< /Title ({_escaped(title)}) >>".encode("latin-1"))
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(objects), len(written))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def zip_of(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these files, packed but for the first."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number, (name, content) in enumerate(files.items()):
            archive.writestr(name, content, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
    return written.getvalue()


def epub_files(chapters: Mapping[str, str], container: str = "", metadata: str = "") -> dict[str, str | bytes]:
    """What lies in an EPUB of these chapters."""
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in chapters)
    spine = "".join(f'<itemref idref="{n}"/>' for n in chapters)
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container
        or '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book/all.opf"/></rootfiles></container>',
        "book/all.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        **{f"book/{name}": page for name, page in chapters.items()},
    }


def warc_of(answers: Sequence[tuple[str, str, bytes]], *, packed: bool = True, status: str = "200 OK") -> bytes:
    """A web archive of answers: address, content type, content."""
    written = b""
    for url, kind, content in answers:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-03-09T21:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        ).encode()
        entry = head + answer + b"\r\n\r\n"
        written += gzip.compress(entry) if packed else entry
    return written
