"""The forms in which the table of an event goes out, by the end of the name of the file.

Each takes the library, the table and what the event is called ("" where it has no name), and is called in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from db import Library
from reader.interchange import event_table_record
from widgets.event_cells import records
from widgets.tables import csv_of, json_text, markdown_table
from widgets.understanding import Tabulated

if TYPE_CHECKING:
    from widgets.work import Report


def _page(library: Library, made: Tabulated, name: str, report: Report) -> str:
    from widgets.exports.event_page import page_of_event

    return page_of_event(library, made, name, report)


def _json(_: Library, made: Tabulated, __: str, ___: Report) -> str:
    names = [stored.article.external_id or str(stored.id) for stored in made.reports]
    return json_text(event_table_record(names, [stored.article for stored in made.reports], made.table))


EVENT_FORMS: Mapping[str, Callable[[Library, Tabulated, str, Report], str]] = {
    ".html": _page,
    ".csv": lambda _, made, __, ___: csv_of(records(made.reports, made.table.rows)),
    ".md": lambda _, made, __, ___: markdown_table(records(made.reports, made.table.rows)) + "\n",
    ".json": _json,
}
