"""Judging a comparison. Each decision is on disk before the next key is read, and is said with what undoes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db import LibraryError, Verdict
from reader.nouns import KINDS, Fact, Judgement, Kind, Place
from widgets.compare.findings import Finding
from widgets.compare.moving import MovingView
from widgets.compare.rows import SIDES, Side
from widgets.dialogs import Choice, Choose, Confirm, Notice, Prompt, WordSuggester
from widgets.frame import names_in, plural
from widgets.readings import reading
from widgets.waiting import ask_about
from widgets.work import one_line

NONE_HERE = "No conflict at the cursor: ]c goes to the next"
OUTCOMES = (
    "later update",
    "other scope",
    "other time",
    "attribution",
    "rounding or unit",
    "translation or spelling",
    "error in A",
    "error in B",
)
"""Why two accounts differ, as a person finds out."""


class JudgingView(MovingView):
    """A comparison that a person can judge."""

    # Storing

    def store(self, finding: Finding, judgement: Judgement | None = None, **fields: Any) -> bool:
        """Store a judgement of a finding, or other fields of its verdict; whether that went well.

        A finding that the reviewer did not judge yet is left open where only fields are given. What others judged stays
        theirs.
        """
        verdicts = self.library.verdicts
        a, b = self.stored["a"], self.stored["b"]
        try:
            if (verdict := self.owned(finding)) is not None:
                verdicts.update(verdict.id, judgement=judgement, **fields)
            elif finding.conflict is not None:
                verdicts.judge_conflict(a, b, finding.conflict, judgement or "unsure", **fields)
            elif finding.orphaned("a") or finding.orphaned("b"):
                self.say("Its words can no longer be found: only who judged it can change that", warning=True)
                return False
            else:
                places = finding.place("a"), finding.place("b")
                verdicts.judge(a, b, *places, judgement or "unsure", **{"kind": finding.kind, **fields})
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return False
        self.read_findings()
        self.remember_place()
        return True

    def owned(self, finding: Finding) -> Verdict | None:
        """The verdict of a finding if the reviewer may change it: their own, one that nobody signed, a settlement."""
        verdict = finding.verdict
        if verdict is not None and (verdict.settles or verdict.by in (self.library.reviewer, "")):
            return verdict
        return None

    def say_stored(self, what: str, about: str = "") -> None:
        """Say what was stored, how many are left, and what undoes it; then what it is about, where there is room."""
        decided, total = self.progress
        left = total - decided
        rest = f"{left} left" if left else self.all_judged()
        if self.sitting is not None:  # how far the session is stands there
            about = ""
        self.say(f"Stored: {what} · {rest} · u undoes it{about and f' · {about}'}")

    def hint(self) -> str:
        if self.current is not None and self.current.undecided:
            return "a accepts it as a contradiction, x rejects it, s leaves it open; d says why it was flagged"
        if any(finding.undecided for finding in self.shown):
            return "]u goes to the next undecided conflict; ? lists all keys"
        return "All is judged here: gq lists what is open elsewhere, gp the other pairs" if self.shown else ""

    def here(self) -> Finding | None:
        """The finding at the cursor, or word that there is none."""
        if self.current is None:
            self.say(
                "Still comparing: conflicts can be judged when it is done" if "Comparing" in self.jobs else NONE_HERE
            )
        return self.current

    def judge(self, judgement: Judgement) -> None:
        """Judge the finding at the cursor and go to the next undecided one."""
        finding = self.here()
        if finding is not None and self.store(finding, judgement):
            self.next_undecided()
            about = f"{_short(finding.place('a'))} | {_short(finding.place('b'))}"
            self.say_stored(f"{finding.kind} {judgement}", about)

    def next_undecided(self) -> None:
        """To the next finding without a verdict, from here on and round; stay where there is none."""
        here = self.index_of_current() or 0
        ahead = [*self.shown[here + 1 :], *self.shown[: here + 1]]
        undecided = next((finding for finding in ahead if finding.undecided), None)
        if undecided is not None:
            self.go_to(undecided)

    def change_field(self, said: str, **fields: Any) -> None:
        """Set fields of the verdict at the cursor and stay there."""
        if (finding := self.here()) is not None and self.store(finding, **fields):
            opened = " (unsure)" if self.owned(finding) is None else ""
            self.say_stored(said + opened)

    # Actions

    def action_accept(self) -> None:
        self.judge("contradiction")

    def action_tension(self) -> None:
        self.judge("tension")

    def action_reject(self) -> None:
        self.judge("compatible")

    def action_leave_open(self) -> None:
        self.judge("unsure")

    def action_kind(self, key: str) -> None:
        kind = KINDS[int(key) - 1]
        self.change_field(f"kind {kind}", kind=kind)

    def action_kind_menu(self) -> None:
        if (finding := self.here()) is None:
            return

        def chosen(kind: Kind | None) -> None:
            if kind is not None:
                self.change_field(f"kind {kind}", kind=kind)

        self.app.push_screen(Choose("Kind of conflict", kind_choices(), current=finding.kind), chosen)

    def action_outcome(self) -> None:
        if (finding := self.here()) is None:
            return
        choices = [Choice(outcome, outcome, str(number)) for number, outcome in enumerate(OUTCOMES, 1)]
        now = finding.verdict.outcome if finding.verdict is not None else None

        def chosen(outcome: str | None) -> None:
            if outcome is not None:
                self.change_field(f"outcome: {outcome}", outcome=outcome)

        self.app.push_screen(Choose("Why they differ", choices, current=now), chosen)

    def action_severity_up(self) -> None:
        self._severity(1)

    def action_severity_down(self) -> None:
        self._severity(-1)

    def _severity(self, step: int) -> None:
        if (finding := self.here()) is None:
            return
        severity = finding.severity + step
        if 1 <= severity <= 3:
            self.change_field(f"severity {severity} of 3", severity=severity)
        else:
            self.say(f"Severity is {finding.severity} of 3 already")

    def action_note(self) -> None:
        if (finding := self.here()) is None:
            return
        now = finding.verdict.note if finding.verdict is not None else ""

        def written(note: str | None) -> None:
            if note is not None and note.strip() != now:
                self.change_field("note", note=note.strip())

        self.app.push_screen(Prompt("Note", value=now), written)

    def action_flag(self) -> None:
        if (finding := self.here()) is not None:
            flagged = not (finding.verdict is not None and finding.verdict.flagged)
            self.change_field("flagged for a second look" if flagged else "flag removed", flagged=flagged)

    def action_tag(self) -> None:
        if self.here() is None:
            return

        def typed(line: str | None) -> None:
            if line is not None and (names := names_in(line)):
                self._with_verdict(
                    lambda verdict: self.library.tags.tag("verdict", [verdict.id], names), f"tagged {', '.join(names)}"
                )

        hint = "Tab completes, Enter keeps, Esc goes back"
        prompt = Prompt("Tags, parted by commas", hint=hint, suggester=self.known_tags())
        self.app.push_screen(prompt, typed)

    def action_untag(self) -> None:
        finding = self.here()
        if finding is None:
            return
        if finding.verdict is None or not finding.verdict.tags:
            self.say("No tags here")
            return
        worn = finding.verdict.tags

        def typed(line: str | None) -> None:
            if line is not None and (names := names_in(line)):
                self._with_verdict(
                    lambda verdict: self.library.tags.untag("verdict", [verdict.id], names),
                    f"removed {', '.join(names)}",
                )

        self.app.push_screen(Prompt("Tags to remove", value=", ".join(worn), suggester=WordSuggester(worn)), typed)

    def _with_verdict(self, act: Callable[[Verdict], None], said: str) -> None:
        """Do something to the verdict at the cursor, which is left open first where there is none yet."""
        finding = self.here()
        if finding is None or (self.owned(finding) is None and not self.store(finding)):
            return
        finding = self.current
        verdict = self.owned(finding) if finding is not None else None
        if verdict is None:
            return
        try:
            act(verdict)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        self.read_findings()
        self.say_stored(said)

    def action_accept_all(self) -> None:
        self._judge_all("contradiction", "Accept {} as contradictions?", "accepted")

    def action_reject_all(self) -> None:
        self._judge_all("compatible", "Reject {}?", "rejected")

    def _judge_all(self, judgement: Judgement, question: str, done: str) -> None:
        left = [finding for finding in self.shown if finding.undecided]
        if not left:
            self.say("Nothing is left to judge")
            return

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            a, b = self.stored["a"], self.stored["b"]
            told = f"{done} {plural(len(left), 'conflict')}"
            try:
                with self.library.history.group(told, *self.ids.values()):
                    for finding in left:
                        assert finding.conflict is not None  # one without was made by judging
                        self.library.verdicts.judge_conflict(a, b, finding.conflict, judgement)
            except LibraryError as error:
                self.say(one_line(error), warning=True)
                return
            self.read_findings()
            self.remember_place()
            self.say_stored(told)

        what = plural(len(left), "undecided conflict")
        self.app.push_screen(Confirm(question.format(f"the {what} shown")), answered)

    def action_waiting(self) -> None:
        """Show the changed sentences that may have the words of judgements of this pair."""
        try:
            candidates = self.library.candidates.of_pair(*self.ids.values())
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        here = self.current.verdict if self.current is not None else None
        ask_about(self, sorted(candidates, key=lambda one: here is None or one.verdict != here.id), self.read_findings)

    def action_undo_verdict(self) -> None:
        """Undo the last verdict of this pair, if it is the last change."""
        try:
            event = self.library.history.next_undo()
            if event is None or set(event.pair) != set(self.ids.values()):
                self.say("The last change was not in this comparison: u undoes it" if event else "Nothing to undo")
                return
            before = {finding.key: finding.verdict for finding in self.findings}
            undone = self.library.history.undo()
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        self.read_findings()
        changed = [finding for finding in self.shown if before.get(finding.key) != finding.verdict]
        if changed:
            self.go_to(changed[0])
        else:
            self.draw_cursor()
        self.say(f"Undone: {undone} · Ctrl+R redoes it")

    def action_why(self) -> None:
        if (finding := self.here()) is not None:
            self.app.push_screen(Notice(f"Why flagged: {finding.kind}", self.why(finding)))

    def why(self, finding: Finding) -> list[str]:
        """All that is known of a finding: reason, certainty, cause, and how each side's words were read."""
        lines = [finding.reason]
        conflict = finding.conflict
        if conflict is not None:
            lines.append(f"Confidence {conflict.confidence:.0%}, severity {conflict.severity} of 3")
            lines.append(
                f"Likely innocent cause: {conflict.benign}" if conflict.benign else "No innocent cause is seen"
            )
        for side in SIDES:
            place = finding.place(side)
            lines += ["", f"{side.upper()}: “{' '.join(place.text.split())}”", *self._readings(side, place)]
        if conflict is not None and conflict.more:
            lines += ["", "Also said here:"]
            lines += [f"  {_short(a)} | {_short(b)}" for a, b in conflict.more]
        if finding.verdict is not None and finding.verdict.note:
            lines += ["", f"Note: {finding.verdict.note}"]
        return lines

    def _readings(self, side: Side, place: Place) -> list[str]:
        if side not in self.facts:
            return []
        facts = self.facts[side]
        part = facts.part(place.part)
        text = self.articles[side].part(place.part)
        read: list[Fact] = [*part.quantities, *part.times, *part.mentions]
        return [f"   {reading(fact, facts, text, place.part)}" for fact in read if fact.overlaps(place)]


def kind_choices() -> list[Choice[Kind]]:
    """The kinds for a menu; the first nine have their number for a key."""
    return [Choice(kind, kind, str(number) if number <= 9 else "") for number, kind in enumerate(KINDS, 1)]


def _short(place: Place, length: int = 32) -> str:
    line = " ".join(place.text.split())
    return f"“{line}”" if len(line) <= length else f"“{line[: length - 1].rstrip()}…”"
