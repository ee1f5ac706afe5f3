"""Messages (.eml): subject, sender, date and the text of the first readable part."""

from __future__ import annotations

import email
import email.policy

from reader.acquire.html import web_page
from reader.acquire.records import AcquireError
from reader.cleaning import clean
from reader.hostile import decode
from reader.nouns import Article


def message(raw: bytes) -> Article:
    """The report in a mail message.

    Raises:
        AcquireError: the message has no part that is text.
    """
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise AcquireError("a message without text; save the report itself as .txt or .html")
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if part.get_content_subtype() == "html":
        return web_page(content)
    return clean(decode(content, part.get_content_charset() or ""), title=str(mail["subject"] or ""))
