"""What may happen to those who are counted: words for a fate under one name, and verbs that steer one."""

from __future__ import annotations

from typing import Final


def _spread(groups: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in groups.items() for word in words.split()}


FATES: Final = _spread(
    {
        "kill": "kill die dead death fatality fatal fatally slay murder perish massacre deceased slaughter assassinate "
        "martyr martyred killing lifeless drown drowned",
        "wound": "wound injure injury injured wounded hurt maim maimed",
        "miss": "missing disappear disappearance unaccounted vanish",
        "hold": "arrest detain hold arrested detained held custody detention",
        "abduct": "abduct kidnap abduction kidnapping hostage",
        "displace": "displace displaced displacement homeless uproot",
        "evacuate": "evacuate evacuation evacuated",
        "rescue": "rescue rescued save",
        "hospitalize": "hospitalize hospitalise hospitalized hospitalised hospital",
        "infect": "infect infected infection",
        "leave": "leave depart exit departure",
        "shoot": "shoot gun shot",
    }
)
"""Lemma to fate. A lemma that is not here is a fate of its own."""

CASUALTY: Final = frozenset(("kill", "wound", "miss", "hold", "abduct", "displace", "infect", "hospitalize"))
"""Fates that a word next to the number states, whatever the verb of the sentence is ("left 12 dead")."""

FATE_ADJECTIVES: Final = {
    "dead": "kill",
    "killed": "kill",
    "deceased": "kill",
    "wounded": "wound",
    "injured": "wound",
    "hurt": "wound",
    "shot": "shoot",
    "stabbed": "stab",
    "missing": "miss",
    "unaccounted": "miss",
    "arrested": "hold",
    "detained": "hold",
    "held": "hold",
    "homeless": "displace",
    "displaced": "displace",
    "hospitalized": "hospitalize",
    "hospitalised": "hospitalize",
    "infected": "infect",
    "kidnapped": "abduct",
    "abducted": "abduct",
    "slain": "kill",
    "captured": "capture",
    "evacuated": "evacuate",
    "rescued": "rescue",
    "stranded": "strand",
    "trapped": "trap",
    "fatally": "kill",
}
"""Words right behind a number or a counted noun that state a fate: "12 dead", "three people missing"."""

BODIES: Final = frozenset(("body", "corpse", "remains", "remain"))
FINDING: Final = frozenset(
    "find recover retrieve pull discover exhume bury identify collect remove unearth dig".split()
)
"""What is done with the bodies of the dead: "12 bodies were recovered" says that 12 died."""

BRINGING: Final = frozenset("take send rush transport bring airlift fly carry admit transfer".split())
HOSPITALS: Final = frozenset("hospital hospitals clinic infirmary".split())
"""Who is brought to one of these is in hospital, whatever the verb."""

PARTICIPLES: Final = {fate: word for word, fate in FATE_ADJECTIVES.items()} | {
    fate: word for word, fate in reversed(FATE_ADJECTIVES.items()) if word.endswith("ed")
}
"""A fate as it is told of somebody: "kill" is "killed", "miss" is "missing"."""

FATE_NOUNS: Final = {
    "death": "kill",
    "fatality": "kill",
    "killing": "kill",
    "murder": "kill",
    "dead": "kill",
    "homicide": "kill",
    "injury": "wound",
    "wounded": "wound",
    "injured": "wound",
    "arrest": "hold",
    "detention": "hold",
    "disappearance": "miss",
    "missing": "miss",
    "abduction": "abduct",
    "kidnapping": "abduct",
    "evacuation": "evacuate",
    "evacuee": "evacuate",
    "release": "release",
    "infection": "infect",
    "departure": "leave",
    "detainee": "hold",
    "casualty": "casualty",
    "resignation": "resign",
    "execution": "execute",
    "deportation": "deport",
    "surrender": "surrender",
    "capture": "capture",
    "rescue": "rescue",
    "escape": "escape",
    "hostage": "abduct",
    "survivor": "survive",
}
"""Nouns that are a fate, counted themselves ("12 deaths") or of those counted ("the deaths of 12 people")."""

LIGHT: Final = frozenset(
    "be have do say tell report add note claim state see know think include involve contain hold-up comprise total number "
    "become remain get go come make take give use need want like seem appear let allow help show find call name put set "
    "according mean keep begin start continue estimate count cite describe identify feature represent rise fall".split()
)
"""Verbs that say nothing of a fate."""

STEERING: Final = frozenset(
    "allow let permit enable able manage help force order begin start continue seem appear report say know confirm see "
    "cause leave get have make believe think watch claim choose decide agree".split()
)
"""Verbs and adjectives whose complement is the fate: "allowed 100 fighters to leave", "were reported killed"."""

EXPECTING: Final = frozenset(
    "expect plan fear threaten predict forecast anticipate hope want intend project propose schedule prepare likely due "
    "aim consider promise vow warn presume set target announce seek urge call demand offer feared expected "
    "planned likely potential possible proposed projected".split()
)
"""Words under which what they govern has not been said to have happened."""

EXPECTING_MODALS: Final = frozenset("will would could may might should shall can ’ll 'll wo".split())
REFUSING: Final = frozenset("refuse fail deny decline avoid prevent stop ban bar block reject unable".split())
"""Words that deny what they govern."""

HARMS: Final = frozenset("kill wound hold abduct attack capture rescue execute shoot murder".split())
"""Fates that an active verb brings on its object: its subject does not share them."""

PEOPLE: Final = {"people": "person", "persons": "person", "peoples": "people", "men": "man", "women": "woman"}
"""Counted nouns under one lemma."""

PERSONS: Final = frozenset(
    "person people man woman child boy girl fighter soldier civilian militant terrorist officer official policeman victim "
    "student worker passenger resident protester demonstrator driver suspect gunman refugee migrant prisoner hostage "
    "journalist patient troop survivor pilot guard doctor teacher employee member crew foreigner citizen rebel insurgent "
    "jihadist detainee inmate customer deputy trooper firefighter mother father son daughter brother sister wife husband "
    "teenager teen baby infant toddler pedestrian motorist villager local family relative other".split()
)

CROWDS: Final = frozenset(
    "crowd family group team population crew gang audience party staff workforce membership".split()
)
"""Nouns for a number of persons: "a crowd of 5,000" counts people."""

ABSTRACT: Final = frozenset(
    "detail comment plan sign report word doubt way reason evidence sense chance idea need question problem circumstance "
    "surprise intention indication thing condition guarantee excuse choice matter wonder term use time term mean regret "
    "option objection regard longer more less better worse stranger interest".split()
)
"""Plurals that "no" denies without counting them: "no plans", "no details"."""
