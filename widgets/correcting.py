"""The form in which a person corrects a reading, and the fact that it states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import structs

from db import Stored
from reader.nouns import LABELS, Fact, Facts, Part, Quantity, TimeSpan
from reader.stating import (
    stated_name,
    stated_quantity,
    stated_time,
    written_counted,
    written_fate,
    written_number,
    written_time,
)
from reader.units import plural_unit
from widgets.dialogs import Field


class Correcting:
    """A fact as it was read, as lines of a form and back. ``facts`` are those of the report that holds it."""

    def __init__(self, fact: Fact, part: Part, facts: Facts, stored: Stored) -> None:
        self._fact = fact
        self._facts = facts
        self._reading = facts.part(part)
        self._text = stored.article.part(part)
        self._published = stored.article.published

    @property
    def written(self) -> tuple[str, ...]:
        """The values that the form begins with."""
        fact = self._fact
        if isinstance(fact, Quantity):
            return written_number(fact), written_counted(fact), written_fate(fact)
        if isinstance(fact, TimeSpan):
            return (written_time(fact),)
        return LABELS[fact.label], fact.key

    @property
    def fields(self) -> list[Field]:
        """The lines of the form; each says what is wrong with a value."""
        lines = zip(self._names, self.written, strict=True)
        return [Field(name, value, self._check(at), hint) for at, ((name, hint), value) in enumerate(lines)]

    @property
    def _names(self) -> Sequence[tuple[str, str]]:
        """The name of each line, and what may be written there."""
        fact = self._fact
        if isinstance(fact, Quantity):
            number = f"Number of {plural_unit(fact.unit)}" if fact.unit else "Number"
            return (
                (number, "275, 200-300, more than 1,000"),
                ("What is counted", "local fighters"),
                ("What happened to them", "killed, not wounded, left"),
            )
        if isinstance(fact, TimeSpan):
            return (("When", "2017-10-14, Oct. 14, last Friday, a date to a date; empty if not known"),)
        return ("What it is", ", ".join(LABELS.values())), ("The same as", "another name in this report")

    def _check(self, line: int) -> Callable[[str], str]:
        def check(value: str) -> str:
            values = list(self.written)
            values[line] = value
            try:
                self.stated(values)
            except ValueError as error:
                return str(error)
            return ""

        return check

    def stated(self, values: Sequence[str]) -> Fact:
        """The fact that these values state; raises ``ValueError`` with what is wrong with them."""
        fact = structs.replace(self._fact, corrected=False)
        if isinstance(fact, Quantity):
            number, counted, fate = values
            return stated_quantity(fact, number, counted, fate, self._text, self._reading)
        if isinstance(fact, TimeSpan):
            return stated_time(fact, values[0], self._published)
        label, same_as = values
        return stated_name(fact, label, same_as, self._facts)
