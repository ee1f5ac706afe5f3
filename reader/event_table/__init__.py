"""The table of an event: a row for each thing counted, timed, claimed or named, a column for each report.

    reader.event_table.table.tabulate(articles, facts, comparisons) -> EventTable

Rows unite what agrees and what conflicts over all reports. Which figures, times and makers may be of one thing is asked of the
families of ``reader.conflicts``; what clashes is what comparing two reports has found. Here are the values alone, which screens import.
"""

from reader.event_table.rows import STATES, SUBJECTS, Clash, EventTable, Row, State, Subject, Telling

__all__ = ["STATES", "SUBJECTS", "Clash", "EventTable", "Row", "State", "Subject", "Telling"]
