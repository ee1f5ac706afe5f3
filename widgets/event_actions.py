"""What can be done with an event, wherever it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db import EventRow, Library
from db.sessions import LONGEST
from db.texts import short
from widgets.dialogs import Prompt
from widgets.event_list import ask_event
from widgets.frame import LibraryView, plural
from widgets.gathering import Gathered, not_dismissed
from widgets.navigation import OpenEventTable
from widgets.work import Report

if TYPE_CHECKING:
    from widgets.understanding import PartnerFinder


class EventActions(LibraryView[None]):
    """A screen with an event at hand."""

    def __init__(self, library: Library, finder: PartnerFinder) -> None:
        super().__init__(library)
        self.finder = finder

    def event_here(self) -> EventRow | None:
        """The event that a command is about, or word that there is none."""
        raise NotImplementedError

    def changed(self) -> None:
        """Read again what is shown: the event was changed here."""
        raise NotImplementedError

    def action_rename(self) -> None:
        if (event := self.event_here()) is None:
            return

        def named(name: str | None) -> None:
            if name is None or (tidy := " ".join(name.split())) == event.called:
                return
            said = f"Named “{tidy}”" if tidy else "Called by the title of a report again"
            self.change(lambda: self.library.events.rename(event.id, tidy), said)
            self.changed()

        hint = "Empty, it is called by the title of its earliest report. Enter keeps it, Esc goes back"
        self.app.push_screen(Prompt("Name of the event", value=event.called, hint=hint), named)

    def action_merge(self) -> None:
        if (event := self.event_here()) is None:
            return

        def merge(into: EventRow) -> None:
            said = f"Merged “{short(event.called)}” into “{short(into.called)}”"
            self.change(lambda: self.library.events.merge(event.id, into.id), said)
            self.changed()

        title = f"Merge “{short(event.called)}” into"
        ask_event(self, title, lambda report: self.near(self.library.events.members(event.id), report), event.id, merge)

    def near(self, articles: Sequence[int], report: Report) -> list[int]:
        """The events of the likeliest partners of some reports, the likeliest first. In a thread."""
        found: dict[int, float] = {}
        for article in articles[:3]:
            for partner in self.finder.partners(article, 20, report):
                if (event := self.library.events.of(partner.id)) is not None:
                    found[event] = max(found.get(event, 0.0), partner.score)
        return sorted(found, key=lambda event: (-found[event], event))

    def action_event_table(self) -> None:
        if (event := self.event_here()) is not None:
            self.post_message(OpenEventTable(name=event.called, event=event.id))

    def action_make_session(self) -> None:
        if (event := self.event_here()) is None:
            return
        if event.reports < 2:
            self.say("An event of one report has no pair. F lists those of two or more")
        elif event.pairs > LONGEST:
            self.say(f"Its {event.reports:,} reports make {event.pairs:,} pairs, and a session holds {LONGEST:,}")
        elif pairs := not_dismissed(self.library, self.library.events.members(event.id)):
            left = event.pairs - len(pairs)
            made_from = f"all {plural(len(pairs), 'pair')} of the event “{event.called}”"
            made_from += f" but the {left} dismissed" if left else ""
            self.make_session(Gathered(f"Event: {short(event.called)}", pairs, made_from))
        else:
            self.say("All its pairs were dismissed")
