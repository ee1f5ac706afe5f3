"""Who took which side, who was part of it and who made the deal: invented reports that disagree, and some that only seem to."""

from __future__ import annotations

import pytest

from reader.alignment import align
from reader.analysis import analyse
from reader.conflicts import candidates, find
from reader.conflicts.confidence import confidence
from reader.nouns import Article, Conflict

LEAST = 0.5


def shown(kind: str, a: str, b: str) -> list[Conflict]:
    """The conflicts of a kind that a person is shown."""
    one, other = Article(body=a), Article(body=b)
    facts_a, facts_b = analyse(one), analyse(other)
    found, _ = find(one, other, facts_a, facts_b, align(facts_a, facts_b))
    return [c for c in found if c.kind == kind and c.confidence >= LEAST]


def touching(found: list[Conflict], a: str, b: str) -> list[Conflict]:
    """Those of whose places one pair has the given words."""
    return [c for c in found if any(a in x.text and b in y.text for x, y in ((c.a, c.b), *c.more))]


TALKS = (
    "The siege of Port Velm ended on Sunday after the two sides reached a deal that lets the rebels leave. "
    "Buses took the first men out at dawn, and the deal held through the night. "
)
EXIT = (
    "Hundreds of rebels left Port Velm at dawn under a deal that ended the siege. "
    "The deal to free them was signed in a mill outside the town. Nobody was searched. "
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Norway had protested the safe exit of the rebels.", "Norway admits the role it had in the deal."),
        ("Norway did not support the release of rebels in any agreement.", "The Norway-led coalition acknowledged its role in the deal."),
        ("The Norwegian government rejected the deal.", "The Norwegian government accepted the deal."),
        ("Anna Cole had opposed the evacuation of the rebels.", "Anna Cole backed the evacuation from the start."),
        ("General Ivo Brandt denied any part in the agreement.", "Brandt acknowledged his part in the agreement, which he called painful."),
        ("The defence ministry condemned the deal with the rebels.", "The defence ministry praised the deal and its guards watched the buses."),
        ("Anna Cole approved the release of the rebels.", "The release was opposed by Anna Cole."),
    ],
)  # fmt: skip
def test_a_party_for_and_against_what_both_reports_are_about(a: str, b: str) -> None:
    found = shown("stance", TALKS + a, EXIT + b)
    assert len(found) == 1
    assert found[0].severity >= 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Norway had protested the safe exit of the rebels.", "Estonia admits the role it had in the deal."),
        ("Norway did not oppose the deal.", "Norway supported the deal."),
        ("Norway opposed a wage deal for its nurses.", "Norway admits the role it had in the deal."),
        ("Norway denied that the deal was bad for trade.", "Norway admitted that the deal came late."),
        ("Norway might oppose the deal.", "Norway supported the deal."),
        ("Norway would have rejected the deal.", "Norway supported the deal."),
        ("Anna Cole opposed the Tolmar deal.", "Anna Cole supported the Dorvale deal."),
        ("Anna Cole, the mayor, opposed a new harbour tax.", "Anna Cole supported the deal."),
    ],
)  # fmt: skip
def test_other_parties_other_matters_and_doubt_are_no_turn(a: str, b: str) -> None:
    assert not shown("stance", TALKS + a, EXIT + b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The agreement does not cover foreign sailors.", "Foreign sailors joined the evacuation convoy."),
        ("Foreign sailors were excluded from the evacuation.", "A group of foreign sailors left with the evacuation buses."),
        ("The deal does not cover foreign sailors.", "Dozens of foreign sailors departed at dawn."),
        ("No foreign sailors had left the town, the mayor said.", "A handful of foreign sailors had departed."),
        ("Wounded prisoners were not part of the deal.", "The wounded prisoners were included in the deal."),
        ("Foreign sailors were barred from the evacuation.", "Several foreign sailors were allowed to leave."),
        ("Foreign sailors were not permitted to depart.", "Foreign sailors left in the last bus."),
    ],
)  # fmt: skip
def test_a_group_kept_out_in_one_report_takes_part_in_the_other(a: str, b: str) -> None:
    (c,) = touching(shown("polarity", TALKS + a, EXIT + b), "", "")[:1]
    assert c.severity == 3


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The agreement does not cover foreign sailors.", "Local sailors joined the evacuation convoy."),
        ("The agreement does not cover foreign sailors.", "Sailors left at dawn."),
        ("The agreement covers foreign sailors.", "Foreign sailors joined the evacuation convoy."),
        ("The agreement may not cover foreign sailors.", "Foreign sailors joined the evacuation convoy."),
        ("Foreign sailors were barred from the harbour club.", "Foreign sailors left at dawn."),
        ("Foreign sailors were not allowed to smoke.", "Foreign sailors left at dawn."),
    ],
)  # fmt: skip
def test_other_groups_parts_of_a_group_and_other_happenings_are_none(a: str, b: str) -> None:
    assert not shown("polarity", TALKS + a, EXIT + b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The ministry said no such deal was signed.", "The ministry signed the deal on Sunday."),
        ("The ministry denied the deal.", "Officials reached a deal with the rebels."),
        ("There was no meeting, Anna Cole said.", "Anna Cole met the rebels in a mill."),
    ],
)
def test_a_happening_denied_and_told(a: str, b: str) -> None:
    assert any("deal" in c.reason or "met" in c.reason for c in shown("polarity", TALKS + a, EXIT + b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anna Cole said the meeting should not take place.", "Ivo Brandt arranged a meeting."),
        ("Anna Cole did not meet the rebels.", "Ivo Brandt met the envoys."),
        ("They aren't paying attention.", "Members are paying more."),
        ("The attack gave the guard no chance.", "The guard was attacked at noon."),
    ],
)
def test_advice_other_doers_and_idioms_deny_nothing(a: str, b: str) -> None:
    assert not shown("polarity", TALKS + a, EXIT + b)


def test_what_had_not_happened_yet_may_have_happened_since() -> None:
    early = Article(body="The mill burned on Monday. No arrests have been made.", published="2031-05-12")
    late = Article(body="The mill burned on Monday. Police arrested a clerk.", published="2031-05-14")
    facts = analyse(early), analyse(late)
    (arrest,) = [c for c in candidates(early, late, *facts, align(*facts)) if c.family == "event"]
    assert arrest.benign == "it may have happened after the other report"
    assert confidence("event", arrest.features) < LEAST


def test_one_disagreement_told_twice_is_one_conflict_with_several_places() -> None:
    (c,) = shown("polarity", "The mill burned. Police arrested no one.", "The mill burned. Police arrested two men.")
    assert c.more
    assert all(a.text != c.a.text or b.text != c.b.text for a, b in c.more)


SIEGE = "The siege of Port Velm is over. Rebels left at dawn. The deal ended months of shelling. "
DEAL = "Rebels left Port Velm at dawn. Few had hoped for a deal. The deal lets them keep their rifles. "


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The Velm Guard agreed to a deal with the Red Column.", "A deal struck by the Norwegian army made it possible."),
        ("The deal was brokered by Norway.", "Estonia brokered the deal."),
        ("The truce was negotiated by the Velm Guard.", "Norway arranged the truce."),
        ("A deal between the Velm Guard and the Red Column made it possible.", "The deal was struck by Norway and Estonia."),
        ("The deal was struck by Norway.", "The deal was struck by the Velm Guard."),
        ("Estonia mediated the ceasefire.", "The ceasefire was mediated by Norway."),
    ],
)  # fmt: skip
def test_two_makers_of_one_deal(a: str, b: str) -> None:
    (c,) = shown("actor", SIEGE + a, DEAL + b)
    assert c.reason.startswith("who ")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The Velm Guard agreed to the deal.", "The Red Column agreed to the deal."),
        ("A deal between the Velm Guard and the Red Column made it possible.", "The deal was brokered by Norway."),
        ("A deal between the Velm Guard and the Red Column made it possible.", "The Red Column struck a deal with the Velm Guard."),
        ("The deal was struck by the Norwegian army.", "Norway struck the deal."),
        ("Norway may have brokered the deal.", "Estonia brokered the deal."),
        ("Norway did not broker the deal.", "Estonia brokered the deal."),
        ("Norway signed a trade deal with Estonia.", "The peace deal was struck by the Velm Guard."),
        ("Officials brokered the deal.", "The deal was brokered by Estonia."),
    ],
)  # fmt: skip
def test_sides_brokers_aliases_and_other_deals_are_no_two_makers(a: str, b: str) -> None:
    assert not shown("actor", SIEGE + a, DEAL + b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("There was an order to take only rifles.", "The rebels took everything with them."),
        ("The rebels agreed to carry only food.", "The rebels carried mortars out of the town."),
        ("The rebels agreed to keep only the boats.", "The rebels kept everything."),
        ("The rebels promised not to burn the mill.", "The rebels burned the mill before they went."),
        ("The guards were ordered not to search the buses.", "The guards searched the buses at the gate."),
        ("Norway pledged not to shell the harbour.", "Norway shelled the harbour on Tuesday."),
        ("Anna Cole vowed never to sell the ferry.", "Anna Cole has sold the ferry."),
    ],
)
def test_what_was_agreed_against_what_was_done(a: str, b: str) -> None:
    found = [c for c in shown("polarity", SIEGE + a, DEAL + b) if c.reason.startswith("agreed")]
    assert len(found) == 1
    assert "agreed" in found[0].benign


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("There was an order to take only rifles.", "The rebels took only rifles."),
        ("There was an order to take rifles.", "The rebels took everything with them."),
        ("The rebels promised not to burn the mill.", "The rebels burned their papers before they went."),
        ("The rebels promised not to burn the mill.", "The rebels did not burn the mill."),
        ("Norway pledged not to shell the harbour.", "Estonia shelled the harbour on Tuesday."),
        ("Anna Cole vowed to sell the ferry.", "Anna Cole has sold the ferry."),
        ("Anna Cole vowed never to sell the ferry.", "Anna Cole may sell the ferry."),
    ],
)
def test_kept_terms_other_things_and_other_doers_are_no_breach(a: str, b: str) -> None:
    assert not [c for c in shown("polarity", SIEGE + a, DEAL + b) if c.reason.startswith("agreed")]
