"""Files and folders of every kind read into articles; what cannot be read is one clear line each.

``acquire`` is the front door for many, ``extract`` for one. Nothing here stores anything.
"""

from reader.acquire.batch import acquire, documents, extract
from reader.acquire.pages import is_address
from reader.acquire.records import Acquired, AcquireError, Document, Failure

__all__ = ["AcquireError", "Acquired", "Document", "Failure", "acquire", "documents", "extract", "is_address"]
