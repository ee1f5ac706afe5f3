"""What is remembered: articles, facts, comparisons, verdicts and their history in one SQLite file."""

from db.errors import LibraryError, NotFound
from db.library import Library
from db.plain_files import restore
from db.records import (
    Added,
    Anchor,
    Candidate,
    Event,
    EventPair,
    EventQuery,
    EventRow,
    Feed,
    Merged,
    Passage,
    Query,
    Row,
    Session,
    SessionPair,
    Stats,
    Stored,
    Verdict,
    VerdictQuery,
    View,
    Visit,
)

__all__ = [
    "Added",
    "Anchor",
    "Candidate",
    "Event",
    "EventPair",
    "EventQuery",
    "EventRow",
    "Feed",
    "Library",
    "LibraryError",
    "Merged",
    "NotFound",
    "Passage",
    "Query",
    "Row",
    "Session",
    "SessionPair",
    "Stats",
    "Stored",
    "Verdict",
    "VerdictQuery",
    "View",
    "Visit",
    "restore",
]
