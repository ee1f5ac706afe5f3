"""Conflicts between invented reports, and the guards that keep quiet."""

from __future__ import annotations

import pytest

from reader import lexicon
from reader.alignment import align
from reader.analysis import analyse
from reader.conflicts import candidates, find
from reader.conflicts.base import Candidate
from reader.conflicts.confidence import confidence, weights
from reader.nouns import Article


def found(a: str, b: str) -> list[Candidate]:
    one, other = Article(body=a), Article(body=b)
    facts_a, facts_b = analyse(one), analyse(other)
    all_of_them = candidates(one, other, facts_a, facts_b, align(facts_a, facts_b))
    return [c for c in all_of_them if c.family != "claim"]  # those are tested in test_claims.py


def of(kind: str, a: str, b: str) -> list[Candidate]:
    return [c for c in found(a, b) if c.kind == kind]


def test_two_counts_of_one_thing_tell_the_arithmetic() -> None:
    (c,) = of("count", "About 130 dockers left the port on barges.", "Only 40 dockers left the port on barges.")
    assert (c.a.text, c.b.text) == ("About 130 dockers", "40 dockers")
    assert "3.2 times" in c.reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Twelve foreign sailors left the ship.", "Thirty local sailors left the ship."),
        ("Four miners were killed in the shaft.", "Nine miners were wounded in the shaft."),
        ("Some 40 dockers left the port.", "Forty dockers left the port."),
        ("At least 12 dockers left the port.", "Twenty dockers left the port."),
        ("Twelve buses left the port.", "Thirty dockers left the port."),
    ],
)
def test_other_subsets_fates_bounds_and_things_are_no_conflict(a: str, b: str) -> None:
    assert not of("count", a, b)
    assert not of("casualty", a, b)


def test_none_against_some() -> None:
    (c,) = of("polarity", "No foreign sailors left the ship.", "Seven foreign sailors left the ship.")[:1]
    assert c.reason.startswith("A: No foreign sailors")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The burns of the clerk are not life-threatening.", "The clerk has non-life-threatening burns."),
        ("The burns of the clerk are not life threatening.", "The burns of the clerk are non-life threatening."),
        ("Jonas Dorn pleaded not guilty to burning the mill.", "Jonas Dorn stands trial for burning the mill."),
        ("The pilot said he cant answer for the fire on the quay.", "The pilot said he can't answer for the fire on the quay."),
        ("The crew were ordered not to open the north gate.", "The crew opened the north gate."),
        ("The crew did not want a fight at the quay, not then.", "The crew did not want a fight at the quay."),
    ],
)  # fmt: skip
def test_what_both_deny_what_a_plea_names_and_what_is_forbidden_is_no_denial(a: str, b: str) -> None:
    assert not [c for c in found(a, b) if c.family == "denial" and confidence(c.family, c.features) >= 0.5]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The burns of the clerk are not life-threatening.", "The burns of the clerk are life-threatening."),
        ("Jonas Dorn pleaded not guilty.", "Jonas Dorn pleaded guilty."),
        ("The ferry didnt reach the quay.", "The ferry reached the quay."),
    ],
)
def test_a_denial_of_what_the_other_states(a: str, b: str) -> None:
    assert [c for c in found(a, b) if c.family == "denial" and confidence(c.family, c.features) >= 0.5]


def test_a_refusal_against_an_acceptance_is_told_once() -> None:
    a, b = "The union rejected the deal on Monday.", "The union accepted the deal on Monday."
    assert [c.family for c in found(a, b) if confidence(c.family, c.features) >= 0.5] == ["slot"]


def test_none_is_told_in_the_words_of_the_report() -> None:
    c = next(c for c in of("polarity", "No arrests have been made.", "Police made two arrests.") if c.family == "none")
    assert c.reason == "A: No arrests have been made · B: two arrests"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Iran", "Iraq"), ("Austria", "Australia"), ("French", "France"), ("Majority", "Minority"), ("Monday", "Sunday")],
)
def test_two_known_words_are_no_two_spellings(one: str, other: str) -> None:
    assert not of(
        "name", f"The envoy met the {one} Committee in Tolmar.", f"The envoy met the {other} Committee in Tolmar."
    )


@pytest.mark.parametrize("published", ["2017-10-4x", "next week!", "0001-01-01", "9999-12-31"])
def test_a_date_published_that_is_none_or_at_the_end_of_time_breaks_nothing(published: str) -> None:
    a = Article(body="Two years ago, 12 people were killed in Tolmar.", published=published)
    b = Article(body="Two years ago, 14 people were killed in Tolmar.", published=published)
    facts = analyse(a), analyse(b)
    conflicts, _ = find(a, b, *facts, align(*facts))
    assert conflicts[0].kind == "casualty"


def test_ages_of_one_person() -> None:
    (c,) = of("measure", "Mira Tolland, 34, was found in the mill.", "Police named 36-year-old Mira Tolland.")
    assert c.reason == "Mira Tolland: aged 34 against 36-year-old (2 years apart)"
    assert not of("measure", "Mira Tolland, 34, was found.", "Jonas Tolland, 36, was found.")


def test_spellings_of_one_name_but_not_plurals() -> None:
    (c,) = of("name", "The mayor met Mira Tollard on Sunday.", "Later the mayor met Mira Tolland.")
    assert {c.a.text, c.b.text} == {"Mira Tollard", "Mira Tolland"}
    assert not of("name", "The mayor met the Veskars.", "The mayor praised Veskar.")


def test_asserted_against_denied_and_not_only() -> None:
    assert of("polarity", "The council has signed the contract.", "The council has not signed the contract.")
    assert not of("polarity", "The council signed the contract.", "The council not only signed the contract.")


def test_opposites_and_exclusions_in_one_slot() -> None:
    (c,) = of("opposite", "A red van hit the gate.", "A blue van hit the gate.")
    assert (c.a.text, c.b.text) == ("red", "blue")
    assert not of("opposite", "A red van hit the gate.", "A red van hit the gate.")


def test_a_report_against_itself_has_no_mirrors() -> None:
    text = "Only 40 dockers left the port on barges. Later the town said 130 dockers left the port on barges."
    spots = [(c.a.start, c.b.start) for c in found(text, text) if c.kind == "count"]
    assert len(spots) == 1
    assert spots[0][0] < spots[0][1]


def test_confidence_is_a_probability_and_every_family_has_weights() -> None:
    assert {"age", "casualty", "count", "denial", "kind", "measure", "none", "refutation", "slot", "spelling"} <= set(
        weights()
    )
    for family in weights():
        assert 0.0 <= confidence(family, {"size": 1000.0}) <= confidence(family, {}) + 1.0 <= 2.0


def test_word_lists_are_sound() -> None:
    for section in lexicon.table("synonyms").values():
        words = [w for group in section["groups"] for w in group.split()]
        assert len(words) == len(set(words))
    for lines in lexicon.table("related").values():
        sets = [line.split() for line in lines]
        assert all(len(words) == len(set(words)) > 1 for words in sets)
    assert lexicon.concept("militant") == "fighter"
    assert lexicon.opposite("deny", "admit")
    assert lexicon.opposite("admit", "deny")
    assert not lexicon.opposite("admit", "admit")


def confident(kind: str, a: Article, b: Article) -> list[tuple[float, Candidate]]:
    facts_a, facts_b = analyse(a), analyse(b)
    found = candidates(a, b, facts_a, facts_b, align(facts_a, facts_b))
    return [(confidence(c.family, c.features), c) for c in found if c.kind == kind]


def test_clock_times_of_one_happening_conflict_and_a_rounded_one_is_benign() -> None:
    fire = "The blast happened around {} at the flour mill in Tarnow Hill."
    ((sure, c),) = confident("time", Article(body=fire.format("8:20 p.m.")), Article(body=fire.format("9:20 p.m.")))
    assert "(60 minutes apart)" in c.reason
    ((rounded, near),) = confident(
        "time", Article(body=fire.format("8:20 p.m.")), Article(body=fire.format("8:25 p.m."))
    )
    assert near.benign == "rounded"
    assert rounded < sure
    assert not of("time", fire.format("just after 8 p.m."), fire.format("8 p.m."))


def test_a_time_belongs_to_what_it_dates() -> None:
    assert not of("time", "The mill caught fire at 8 p.m.", "Mayor Dorn resigned at 11 p.m.")
    whens = of("time", "Mira Tolland apologised on Friday.", "Mira Tolland apologised on Saturday.")
    assert {c.family for c in whens} == {"slot"}  # without a date published a weekday is not resolved, only compared


def test_weekdays_are_told_apart_by_the_date_published() -> None:
    a = Article(body="The clerk Mira Tolland apologised on Friday for her letter.", published="2031-05-12")
    b = Article(body="The clerk Mira Tolland apologised on Saturday for her letter.", published="2031-05-12")
    ((sure, c),) = [found for found in confident("time", a, b) if found[1].family == "day"]
    assert (c.a.text, c.b.text) == ("Friday", "Saturday")
    assert sure >= 0.5


def test_dates_of_editions_far_apart_do_not_make_a_conflict_of_their_own() -> None:
    text = "The ferry sank on March 9 off the cape."
    assert not confident("time", Article(body=text, published="2031-03-12"), Article(body=text, published="2033-06-01"))


def test_somebody_told_of_singly_counts_in_a_sum() -> None:
    (c,) = of("casualty", "The fire leaves a man and 2 teens wounded.", "The fire left 3 people wounded.")
    assert c.features["sum"]


def test_a_later_day_may_give_a_higher_toll() -> None:
    a = Article(body="Two sailors were killed in the storm.", published="2031-05-12")
    b = Article(body="Four sailors were killed in the storm.", published="2031-05-14")
    ((_, c),) = confident("casualty", a, b)
    assert c.features["grew"]
    assert c.benign == "a later count"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Police met Josh Harlow on Sunday.", "Police met Joshua Williams on Sunday."),
        ("It burned on Tuesday near Veld Square.", "It burned on Thursday near Veld Square."),
        ("The Republican Dorn met the mayor.", "The mayor met Republicans."),
        ("Josue 'Joshua' Veld was found.", "Joshua Veld was found."),
    ],
)
def test_two_forms_that_are_no_misspelling(a: str, b: str) -> None:
    assert all(sure < 0.5 for sure, _ in confident("name", Article(body=a), Article(body=b)))


def test_letters_that_changed_places_and_a_bullet_before_a_name() -> None:
    a = "• Jamie Rostov, 21, was hit in the knee."
    b = "Police said Jaime Rostov, 21, was hit in the knee."
    assert any(sure >= 0.5 for sure, _ in confident("name", Article(body=a), Article(body=b)))


def test_two_headlines_with_two_ages() -> None:
    a = Article(title="Stone strikes house, hits 6-year-old", body="A stone hit a girl at home in Veld on Monday.")
    b = Article(title="Police: 4-year-old struck by stone in Veld", body="A girl was struck by a stone in Veld.")
    ((sure, c),) = confident("measure", a, b)
    assert c.family == "headline"
    assert sure >= 0.4


def told(kind: str, a: str, b: str) -> list[tuple[str, bool]]:
    """The reasons of a kind, and whether each is shown."""
    return [(c.reason, confidence(c.family, c.features) >= 0.5) for c in of(kind, a, b)]


def test_one_quotation_in_two_wordings_names_the_words() -> None:
    ((reason, shown),) = told(
        "quote",
        'Mira Tolland said: "I spent money that should have been paid to the crew."',
        'Mira Tolland said she "spent money that shouldn\'t have been paid to the crew."',
    )
    assert shown
    assert "“not” only in B, which turns the sense" in reason
    ((reason, shown),) = told(
        "quote",
        '"We have people on the quay and they cannot believe what they are seeing," Tolland said.',
        'Tolland said: "We have people on the quay and they cannot believe what they are hearing."',
    )
    assert shown
    assert "“seeing” or “hearing”" in reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # shortened, with and without dots
        ('"We left the port at night and nobody saw us go," he said.', '"We left the port at night," he said.'),
        (
            '"We left the port at night, in the rain and without lights, and nobody saw us go," he said.',
            '"We left the port at night ... and nobody saw us go," he said.',
        ),
        # punctuation, spelling, a contraction
        ('"We\'ve left the old harbour, at night and in the rain," he said.', '"We have left the old harbor at night and in the rain," he said.'),
        # figures and hyphens
        ('"It is a two-in-three chance that the low lying quay floods," he said.', '"It is a 2 in 3 chance that the low-lying quay floods," he said.'),
        # a paraphrase
        ('"We left the port at night and nobody saw us go," he said.', "He said they had left by day and everybody saw them go."),
        # anybody and anyone, can and could, plurals, an apostrophe set apart
        ('"I do not think anybody can blame the crew for this old ferry," he said.', '"I do not think anyone could blame the crew for this old ferry," he said.'),
        ('"You mend the nets by the quays each winter, and the harbour\'s your home," he said.', '"You mend the net by the quay each winter, and the harbour ’ s your home," he said.'),
        # two quotations that share a phrase
        ('"At the end of the day the crew is safe," he said.', '"At the end of the day nobody wants this ship," he said.'),
    ],
)  # fmt: skip
def test_shortened_tidied_and_other_quotations_are_not_told(a: str, b: str) -> None:
    assert not any(shown for _, shown in told("quote", a, b))


def test_one_deed_with_two_doers_active_and_passive_alike() -> None:
    ((reason, shown),) = told(
        "actor", "The bridge was bombed by the Dorvale army on Monday.", "Rebels bombed the bridge on Monday."
    )
    assert shown
    assert reason.endswith("(two doers of one deed: the Dorvale army or Rebels)")
    assert told("actor", "The raid on the mill by soldiers failed.", "Militants raided the mill and failed.")


def test_doer_and_sufferer_swapped() -> None:
    ((reason, shown),) = told(
        "actor", "Smith hit Marlow with a bottle outside the bar.", "Outside the bar Marlow hit Smith with a bottle."
    )
    assert shown
    assert reason.endswith("(doer and sufferer swapped)")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Police arrested the driver.", "Officers arrested the driver."),
        ("The boy was shot by Officer Dale Kemp.", "Police shot the boy."),
        ("Rebels bombed the bridge.", "Soldiers bombed the harbour."),
        ("Rebels bombed the bridge.", "Soldiers may have bombed the bridge."),
        ("Rebels bombed the bridge.", "Soldiers did not bomb the bridge."),
        ("The US army bombed the bridge.", "American forces bombed the bridge."),
        ("A man robbed the mill.", "The suspect robbed the mill."),
    ],
)
def test_aliases_parts_other_deeds_and_doubt_are_no_two_doers(a: str, b: str) -> None:
    assert not told("actor", a, b)


def test_a_party_that_turns_round() -> None:
    ((reason, shown), *_) = told(
        "stance",
        "The Defence Ministry denied that its planes bombed the mill in Dorvale.",
        "The Defence Ministry admitted that its planes had bombed the mill in Dorvale.",
    )
    assert shown
    assert "denied" in reason
    assert told("stance", "Anna Cole refused to resign over the flood.", "Anna Cole agreed to resign over the flood.")


def test_what_one_speaker_says_to_be_so_and_not_so() -> None:
    ((reason, shown),) = told(
        "stance",
        "Anna Cole said the bridge was not damaged by the flood.",
        "The bridge was damaged by the flood, said Anna Cole.",
    )
    assert shown
    assert reason.startswith("Anna Cole says")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Anna Cole has supported the plan to close the school.",
            "Ivo Brandt has opposed the plan to close the school.",
        ),
        ("Anna Cole denied that the bridge was not safe.", "Anna Cole admitted that the bridge was safe."),
        ("Anna Cole did not deny meeting the smugglers.", "Anna Cole denied meeting the smugglers."),
        ("Anna Cole denied selling the mill.", "Anna Cole admitted driving the van."),
    ],
)
def test_other_parties_matters_and_double_negations_are_no_turn(a: str, b: str) -> None:
    assert not told("stance", a, b)


def test_addresses_stretches_and_countries_exclude_each_other() -> None:
    ((reason, shown),) = told(
        "place",
        "The body was found in the 1400 block of Elm St.",
        "Police found a body in the 1700 block of Elm Street.",
    )
    assert shown
    assert reason == "1400 block of Elm St against 1700 block of Elm Street: two spots on one street"
    ((reason, shown),) = told(
        "place",
        "Mill Road was closed from Oak Street to Pine Avenue.",
        "Police closed Mill Road between Oak Street and Birch Lane.",
    )
    assert shown
    assert reason == "Mill Road: from Oak Street to Pine Avenue against between Oak Street and Birch Lane"
    assert told("place", "The envoy was arrested in France.", "The envoy was arrested in Italy.")
    assert told("place", "A blast happened in Dorvale, Kent.", "The blast happened in Tolmar, Kent.")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The body was found at 1432 Elm Street.", "The body was found in the 1400 block of Elm Street."),
        (
            "The body was found in the 1400 block of W. Elm St.",
            "The body was found in the 1400 block of West Elm Street.",
        ),
        ("The blast happened in Dorvale, Kent.", "The blast happened in Kent."),
        ("The blast happened in Dorvale, Kent. The mayor of Dorvale spoke.", "In Dorvale the blast happened."),
        ("The school was open from Monday to Friday.", "The school was open from Monday to Thursday."),
    ],
)
def test_a_part_is_no_other_place(a: str, b: str) -> None:
    assert not told("place", a, b)


def test_loaded_words_are_told_apart_and_never_shown_as_conflicts() -> None:
    ((reason, shown),) = told(
        "wording", "The terrorists left the mill at noon on Monday.", "The fighters left the mill at noon on Monday."
    )
    assert reason == "terrorists (unfriendly) against fighters (plain) for one thing"
    assert not shown
    assert not told(
        "wording",
        '"The terrorists left the mill at noon," Cole said.',
        "The fighters left the mill at noon, Cole said.",
    )


def test_running_text_leads_over_its_headline() -> None:
    a = Article(body="The mayor said no foreign sailors had left the port.")
    b = Article(body="A Huge Number Of Foreigners.\n\nThere was a huge number of foreigners, the pilot said.")
    facts_a, facts_b = analyse(a), analyse(b)
    (first, *_), _ = find(a, b, facts_a, facts_b, align(facts_a, facts_b))
    assert first.b.text.startswith("a huge")
    assert any(place.text.startswith("A Huge") for _, place in first.more)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Several dockers were hurt in the blast.", "Five dockers were hurt in the blast."),
        ("Nearly 50 dockers were hurt in the blast.", "The blast hurt 46 dockers."),
        ("All four dockers are not talking to the judge.", "Two dockers are talking to the judge."),
        ("The river is two miles wide there.", "The river is 3.2 kilometres wide there."),
        ("The river is 120 miles long.", "The river is 193 km long."),
    ],
)
def test_vague_denied_and_converted_figures_are_not_compared(a: str, b: str) -> None:
    assert not [c for c in found(a, b) if c.family in ("count", "casualty", "measure", "none")]


@pytest.mark.parametrize(
    ("a", "b", "feature", "benign"),
    [
        (
            "Four people were killed in the mill, including the gunman.",
            "The gunman killed three people in the mill.",
            "sum",
            "one figure may count the attacker too",
        ),
        (
            "The storm left 40 dead and 25 wounded in Tarnow.",
            "The storm caused 65 casualties in Tarnow.",
            "sum",
            "one figure may be a sum of the other and more",
        ),
        (
            "The blast wounded two sailors and a 9-year-old boy.",
            "Three people were wounded in the blast.",
            "sum",
            "one figure may be a sum of the other and more",
        ),
        (
            "Fifteen of the 19 ferries were burnt by the storm.",
            "The storm burnt 19 ferries.",
            "part",
            "one may count only a part",
        ),
        (
            "Two foreign sailors were wounded in the blast.",
            "Five sailors were wounded in the blast.",
            "inside",
            "one may count only a part",
        ),
        (
            "In 2004 a storm killed 200 people in Tarnow. The town was rebuilt.",
            "On Monday a storm killed 12 people in Tarnow.",
            "elsewhen",
            "",
        ),
    ],
)
def test_sums_parts_and_other_happenings_are_told_and_not_shown(a: str, b: str, feature: str, benign: str) -> None:
    pair = Article(body=a, published="2031-05-14"), Article(body=b, published="2031-05-14")
    told = [one for kind in ("count", "casualty") for one in confident(kind, *pair)]
    assert told
    assert all(sure < 0.5 for sure, _ in told)
    (c, *_) = (c for _, c in told if c.features[feature])
    assert c.benign == benign


def test_the_wounded_who_died_are_a_later_toll() -> None:
    a = Article(body="Two sailors were killed in the blast and five were wounded.", published="2031-05-12")
    b = Article(body="Three sailors were killed in the blast. Four were wounded.", published="2031-05-14")
    told = confident("casualty", a, b)
    assert {c.benign for _, c in told} == {"some of the wounded may have died between the reports"}
    assert all(sure < 0.5 for sure, _ in told)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The mayor met Raúl Veldor on Sunday.", "On Sunday the mayor met Raul Veldor."),
        ("The Organisation for Harbour Co-operation met.", "The Organization for Harbor Cooperation met."),
        ("The German chancellor spoke in Tarnow.", "The chancellor of Germany spoke in Tarnow."),
        ("Senator Ada Brook (R-Texas) left the hall.", "Senator Ada Brook of Texas left the hall."),
    ],
)
def test_accents_hyphens_and_peoples_are_no_spelling(a: str, b: str) -> None:
    assert not [c for c in found(a, b) if c.family == "spelling"]


def test_two_ranks_of_one_person() -> None:
    a = "Colonel Rade Pilsner told reporters that the road was open."
    b = Article(body="Captain Rade Pilsner said the road was open.")
    ((sure, c),) = (one for one in confident("name", Article(body=a), b) if one[1].family == "title")
    assert (c.a.text, c.b.text) == ("Colonel Rade Pilsner", "Captain Rade Pilsner")
    assert c.reason == "Colonel against Captain: two titles of Rade Pilsner"
    assert sure >= 0.5
    slip = confident("name", Article(body=a), Article(body="Captain Rade Pilsnar said the road was open."))
    assert {c.family for _, c in slip} >= {"spelling", "title"}


@pytest.mark.parametrize(
    "b",
    [
        "Lieutenant Colonel Rade Pilsner said the road was open.",
        "Col. Rade Pilsner said the road was open.",
        "Former Captain Rade Pilsner said the road was open.",
        "Captain Jonas Veld said the road was open.",
    ],
)
def test_titles_that_are_one_or_of_two_persons(b: str) -> None:
    a = "Colonel Rade Pilsner told reporters that the road was open."
    assert not [c for c in found(a, b) if c.family == "title"]


def test_the_age_of_another_time_and_of_nobody() -> None:
    now = "Mira Tolland, 46, was elected mayor of Tarnow."
    assert not of("measure", now, "Mira Tolland moved to Tarnow at age 13.")
    assert of("measure", now, "Mira Tolland died at the age of 48.")


def test_a_call_that_came_before_the_shots_it_told_of() -> None:
    shots = Article(body="Shots were fired around 11:30 p.m. on Mill Road in Tarnow.")
    call = "Police in Tarnow were called to Mill Road at {} p.m. about shots."
    ((sure, early),) = confident("time", shots, Article(body=call.format("11")))
    ((less, later),) = confident("time", shots, Article(body=call.format("11:50")))
    assert early.features["early"]
    assert not early.benign
    assert later.benign == "two stages of one happening"
    assert less < 0.5 <= sure


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (
            "Police fired after the man drew a gun.",
            "The man drew a gun after police fired.",
            "A: the man drew, then Police fired · B: police fired, then The man drew",
        ),
        (
            "After the bridge collapsed, the army shelled the town.",
            "The bridge collapsed after the army shelled the town.",
            "A: the bridge collapsed, then the army shelled · B: the army shelled, then The bridge collapsed",
        ),
        (
            "Mayor Dorn resigned before the vote.",
            "Mayor Dorn resigned after the vote.",
            "A: Mayor Dorn resigned, then the vote · B: the vote, then Mayor Dorn resigned",
        ),
    ],
)
def test_one_order_against_the_other(a: str, b: str, reason: str) -> None:
    ((sure, c),) = (one for one in confident("time", Article(body=a), Article(body=b)) if one[1].family == "order")
    assert c.reason == reason
    assert sure >= 0.5


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Police fired after the man drew a gun.", "Police fired after the crowd drew back."),
        ("Police fired after the man drew a gun.", "The man drew a gun before police fired."),
        ("The guards left before the mill burned.", "The mill burned before the clerks left."),
        ("Mayor Dorn resigned before the council voted.", "Mayor Dorn resigned shortly after midnight."),
        ("Dorn said before the vote that he was sure.", "Dorn said after the vote that he was sure."),
    ],
)
def test_one_order_other_deeds_and_words_are_no_other_order(a: str, b: str) -> None:
    assert not [c for c in found(a, b) if c.family == "order"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The blast hurt a boy of 14 months.", "The blast hurt a 1-year-old boy."),
        ("Police found a .40 caliber pistol in the mill.", "Police found a 40-caliber pistol in the mill."),
        ("Nobody was seriously injured in the blast.", "Five people were injured in the blast."),
        ("The mayor left two weeks ago.", "The mayor left two months ago."),
    ],
)
def test_figures_told_in_another_way_are_no_disagreement(a: str, b: str) -> None:
    assert not [c for c in found(a, b) if c.family in ("age", "count", "casualty", "measure", "none")]


def test_somebody_grew_older_between_two_reports() -> None:
    a = Article(body="Mira Tolland, 19, was arrested for the fire.", published="2031-05-12")
    b = Article(body="Mira Tolland, 22, was sentenced for the fire.", published="2034-03-02")
    ((sure, c),) = confident("measure", a, b)
    assert c.benign == "a birthday between the reports"
    assert sure < 0.5


def test_a_roundup_of_many_times_dates_no_single_happening() -> None:
    a = Article(
        body="A man was shot about 4:30 p.m. in Veld. A clerk was shot at 6:40 p.m. in Dorn. A boy was shot at noon in Tarnow."
    )
    b = Article(body="A clerk was shot about 12:25 p.m. on Mill Road.")
    assert all(sure < 0.5 for sure, _ in confident("time", a, b))


def test_one_disagreement_in_several_sentences_is_one_conflict_with_several_places() -> None:
    a = Article(
        body="Forty dockers left the port. The council met. By night all 40 dockers had left the port on barges."
    )
    b = Article(body="Ten dockers left the port on barges.")
    facts_a, facts_b = analyse(a), analyse(b)
    conflicts, _ = find(a, b, facts_a, facts_b, align(facts_a, facts_b))
    (c,) = (c for c in conflicts if c.kind == "count" and c.confidence >= 0.5)
    assert {c.a.text, *(one.text for one, _ in c.more)} == {"Forty dockers", "40 dockers"}


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("The council spent $4 million on the bridge.", "The council spent $5.5 million on the bridge.", "(38% apart)"),
        ("The ferry sank 12 miles off Tarnow.", "The ferry sank 30 kilometres off Tarnow.", "(55% apart)"),
    ],
)
def test_two_measures_of_one_thing_are_told_in_their_units(a: str, b: str, reason: str) -> None:
    ((sure, c),) = (one for one in confident("measure", Article(body=a), Article(body=b)) if one[1].family == "measure")
    assert c.reason == f"{c.a.text} against {c.b.text} {reason}"
    assert sure >= 0.5


def test_the_time_of_an_edition_is_none_of_the_event() -> None:
    a = "Updated: Monday, May 12, 2031 at 5:15 p.m. A ferry sank off Tarnow."
    b = "Updated: Tuesday, May 13, 2031 at 7:40 a.m. A ferry sank off Tarnow."
    assert not [c for c in found(a, b) if c.family in ("clock", "day")]


def test_nobody_did_one_thing_denies_no_other() -> None:
    told = found("Eight sailors were rescued from the barge.", "Nobody heard an alarm on the barge.")
    assert "none" not in {c.family for c in told}
    told = found("Eight sailors were killed on the barge.", "Nobody was killed on the barge.")
    assert "none" in {c.family for c in told}
