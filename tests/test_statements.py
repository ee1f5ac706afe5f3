"""Statements and quotations: who does what to whom, denied or not, how sure, who says so."""

from typing import Any

import pytest

from reader.names import names
from reader.nouns import Quote, Statement
from reader.pipeline import parse
from reader.speech import hear, quotes
from reader.statements import statements


def read(text: str) -> dict[str, Statement]:
    parsed = parse(text)
    found: dict[str, Statement] = {}
    for statement in statements(parsed, names(parsed)):
        found.setdefault(statement.predicate, statement)
    return found


def heads(statement: Statement) -> tuple[str, str]:
    return (statement.agent.head if statement.agent else "", statement.patient.head if statement.patient else "")


def said(text: str) -> list[tuple[str, str]]:
    parsed = parse(text)
    return [(q.of(text), q.speaker) for q in quotes(parsed, names(parsed))]


@pytest.mark.parametrize(
    ("text", "predicate", "agent", "patient"),
    [
        ("The deputies arrested the driver.", "arrest", "deputy", "driver"),
        ("The driver was arrested by deputies.", "arrest", "deputy", "driver"),
        ("The rebels honoured the deal that officials struck.", "strike", "official", "deal"),
        ("The rebels who left the town wounded a guard.", "leave", "rebel", "town"),
        ("The driver hit a wall and was arrested by deputies.", "arrest", "deputy", "driver"),
        ("The crew wanted to leave the ship.", "leave", "crew", "ship"),
        ("The guards allowed the rebels to leave the town.", "leave", "rebel", "town"),
        ("The army says no such deal was made.", "make", "", "deal"),
        ("The port opened under a deal struck by the French and Italian navies.", "strike", "navy", "deal"),
        ("The port opened under a deal struck by the Dutch and Danish coast guards.", "agree", "guard", ""),
    ],
)
def test_roles_are_by_meaning(text: str, predicate: str, agent: str, patient: str) -> None:
    assert heads(read(text)[predicate]) == (agent, patient)


@pytest.mark.parametrize(
    ("text", "predicate", "negated"),
    [
        ("The rebels did not leave the town.", "leave", True),
        ("The rebels left the town.", "leave", False),
        ("The inspectors searched the house and found no weapons.", "find", True),
        ("No rebels left the town.", "leave", True),
        ("Nobody left the town.", "leave", True),
        ("The ship never reached the port.", "reach", True),
        ("The men escaped without injuring the guards.", "injure", True),
        ("The rebels refused to leave the town.", "leave", True),
        ("The talks failed to end the siege.", "end", True),
        ("The rebels denied that they had left the town.", "leave", True),
        ("She did not deny that the vote was rigged.", "rig", False),
        ("The minister rejected claims that police fired on the crowd.", "fire", True),
        ("The men not only robbed the bank.", "rob", False),
        ("The driver was unable to leave the car.", "leave", True),
        ("Not a single rebel left the town.", "leave", True),
        ("The crew made no deal.", "agree", True),
        ("The police denied an attack on the camp.", "attack", True),
        ("The rebels rejected the army's offer.", "offer", False),
        ("Hardly any rebels were seen.", "see", True),
        ("The troops entered without firing a shot.", "fire", True),
    ],
)
def test_polarity(text: str, predicate: str, negated: bool) -> None:
    assert read(text)[predicate].negated is negated


@pytest.mark.parametrize(
    ("text", "predicate", "certainty"),
    [
        ("Police arrested the driver.", "arrest", "asserted"),
        ("The officers allegedly beat the driver.", "beat", "reported"),
        ("The storm may hit the coast.", "hit", "possible"),
        ("The mayor will resign.", "resign", "expected"),
        ("The mayor is expected to resign.", "resign", "expected"),
        ("According to the mayor, the rebels left the town.", "leave", "reported"),
        ("The mayor would resign.", "resign", "conditional"),
        ("Police did not say whether the driver was arrested.", "arrest", "possible"),
        ("The mayor told reporters that the rebels left the town.", "leave", "asserted"),
    ],
)
def test_certainty(text: str, predicate: str, certainty: str) -> None:
    assert read(text)[predicate].certainty == certainty


@pytest.mark.parametrize(
    ("text", "predicate", "speaker"),
    [
        ("The port was closed, Anna Cole said.", "close", "anna cole"),
        ("Anna Cole said the port was closed, adding that nobody had been hurt.", "hurt", "anna cole"),
        ("According to Anna Cole, the port was closed.", "close", "anna cole"),
        ("Anna Cole spoke first. She said the port was closed.", "close", "anna cole"),
        ("Col. Ivo Brandt spoke first. The colonel said the port was closed.", "close", "ivo brandt"),
        ("Police said the port was closed.", "close", "Police"),
        ("The port was closed.", "close", ""),
    ],
)
def test_speaker(text: str, predicate: str, speaker: str) -> None:
    assert read(text)[predicate].speaker == speaker


def test_a_particle_and_an_oblique_belong_to_the_statement() -> None:
    statement = read("The lorry broke down near the harbour.")["break"]
    assert statement.particle == "down"
    assert [(case, role.head) for case, role in statement.others] == [("near", "harbour")]


@pytest.mark.parametrize(
    ("text", "predicate", "agents"),
    [
        ("The army, the police and the coast guard reached a deal.", "agree", ["army", "police", "guard"]),
        ("Neither the army nor the police entered the town.", "enter", ["army", "police"]),
        ("The deal was struck by the mayor and the rebels.", "agree", ["mayor", "rebel"]),
    ],
)
def test_a_role_keeps_all_its_heads(text: str, predicate: str, agents: list[str]) -> None:
    agent = read(text)[predicate].agent
    assert agent is not None
    assert [role.head for role in agent.heads] == agents


def test_a_role_keeps_the_names_among_its_words() -> None:
    agent = read("The deal was struck by French and Italian troops under Anna Cole.")["agree"].agent
    assert agent is not None
    assert agent.head == "troop"
    agent = read("Anna Cole's troops left the town.")["leave"].agent
    assert agent is not None
    assert agent.names == ("anna cole",)


@pytest.mark.parametrize(
    ("text", "predicate", "agent", "patient", "certainty"),
    [
        ("The evacuation of the ward by the nurses began.", "evacuate", "nurse", "ward", "asserted"),
        ("The rebels' attack on the camp failed.", "attack", "rebel", "camp", "asserted"),
        ("The mayor's arrest shocked the town.", "arrest", "", "mayor", "asserted"),
        ("The mayor's resignation shocked the town.", "resign", "mayor", "", "asserted"),
        ("The alleged attack on the camp shocked the town.", "attack", "", "camp", "reported"),
        ("The rebels planned an attack on the camp.", "attack", "", "camp", "expected"),
    ],
)
def test_a_noun_of_doing_states_its_deed(text: str, predicate: str, agent: str, patient: str, certainty: str) -> None:
    statement = read(text)[predicate]
    assert statement.nominal
    assert heads(statement) == (agent, patient)
    assert statement.certainty == certainty


@pytest.mark.parametrize(
    ("text", "predicate", "agent"),
    [
        ("Col. Ivo Brandt spoke first. The colonel left the room.", "leave", "ivo brandt"),
        ("Anna Cole denied that she had opened the gate.", "open", "anna cole"),
        ("“I opened the gate,” said Anna Cole.", "open", "anna cole"),
        ("Former president Anna Cole spoke first. The president left the room.", "leave", ""),
    ],
)
def test_who_a_pronoun_or_an_office_stands_for(text: str, predicate: str, agent: str) -> None:
    role = read(text)[predicate].agent
    assert role is not None
    assert role.key == agent


def test_a_light_verb_also_states_its_event() -> None:
    assert heads(read("The army launched an attack on the harbour.")["attack"]) == ("army", "harbour")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We saw nothing,” said Anna Cole.", [("We saw nothing,", "anna cole")]),
        (
            '"We saw nothing," Anna Cole said. "It was dark."',
            [("We saw nothing,", "anna cole"), ("It was dark.", "anna cole")],
        ),
        ("‘We didn’t see it,’ said Anna Cole.", [("We didn’t see it,", "anna cole")]),
        (
            "“We saw nothing. It was dark,” said Anna Cole.\n\n“Nobody came.",
            [("We saw nothing. It was dark,", "anna cole")],
        ),
        (
            "Anna Cole said: “We saw nothing.\n\n“Nobody came.”",
            [("We saw nothing.", "anna cole"), ("Nobody came.", "anna cole")],
        ),
        ("The children's toys weren't the boys' own.", []),
    ],
)
def test_quotations(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_a_statement_in_a_quotation_is_its_speakers() -> None:
    statement = read("“The rebels left the town. Nobody stayed,” Anna Cole said.")["leave"]
    assert statement.quoted
    assert statement.speaker == "anna cole"


def test_quotes_have_their_sentence() -> None:
    text = "It rained. “We left,” said Anna Cole."
    parsed = parse(text)
    assert quotes(parsed, names(parsed)) == (Quote(start=12, end=20, speaker="anna cole", sentence=1),)


def test_many_quotations_in_one_sentence_are_each_looked_at_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work grows with the quotations of a sentence, not with their square."""
    looks = 0

    class Place(int):
        def __le__(self, other: int) -> bool:
            nonlocal looks
            looks += 1
            return int(self) <= other

        def __gt__(self, other: int) -> bool:
            nonlocal looks
            looks += 1
            return int(self) > other

    def quote(start: int, end: int, **rest: Any) -> Quote:
        return Quote(start=Place(start), end=Place(end), **rest)

    monkeypatch.setattr("reader.speech.Quote", quote)
    found = hear(parse('"a" ' * 300), ()).quotes
    assert len(found) == 300
    assert 0 < looks < 20 * len(found)
