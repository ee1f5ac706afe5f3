"""Messages (.eml): subject, sender, date, and the text of the message."""

from __future__ import annotations

import email
import email.policy
import email.utils
from email.message import EmailMessage

import msgspec

from reader.acquire.html import web_page
from reader.acquire.records import AcquireError
from reader.cleaning import clean
from reader.hostile import decode
from reader.nouns import Article


def message(raw: bytes) -> Article:
    """The report in a mail message; what the text does not state is taken from subject, sender and date.

    Raises:
        AcquireError: the message has no part that is text.
    """
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    try:
        part = mail.get_body(preferencelist=("plain", "html"))
        payload = part.get_payload(decode=True) if part else None
    except _TRIPS:
        raise AcquireError("a damaged message; save the report in it as .txt or .html") from None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        raise AcquireError("a message without text; save the report itself as .txt or .html")
    if part.get_content_subtype() == "html":
        article = web_page(payload)
    else:
        article = clean(decode(payload, part.get_content_charset() or ""), title=_header(mail, "subject"))
    sender, address = email.utils.parseaddr(_header(mail, "from"))
    return msgspec.structs.replace(
        article,
        title=article.title or clean("", title=_header(mail, "subject")).title,
        source=article.source or clean("", source=sender or address.rpartition("@")[2]).source,
        published=article.published or _date(mail),
    )


_TRIPS = (AttributeError, IndexError, TypeError, ValueError, LookupError, RecursionError)
"""What Python's reader of headers fails with on some that are broken."""


def _header(mail: EmailMessage, name: str) -> str:
    """A header as text, "" where there is none or it is broken."""
    try:
        return str(mail[name] or "")
    except _TRIPS:
        return ""


def _date(mail: EmailMessage) -> str:
    try:
        return email.utils.parsedate_to_datetime(_header(mail, "date")).isoformat()
    except ValueError:
        return ""
