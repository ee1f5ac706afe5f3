"""Who does what to whom, asserted or denied, how sure, and who says so: read from Universal Dependencies trees.

Clauses are read from the root of each sentence downwards, because a clause inherits from the one above it: its subject
(``xcomp``, ``conj``, relative and participial clauses), its speaker (``ccomp`` and ``parataxis`` of a speech verb), its
polarity ("denied that", "refused to") and its certainty ("is expected to"). The kinds of embedding verb follow the
implicative and factive classes of Karttunen (1971, "Implicative verbs", Language 47).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reader.lexicon import deed
from reader.names import is_territory
from reader.nouns import Mention, Role, Statement
from reader.pipeline import Paragraph, participle
from reader.speech import CLAIM, SPEECH, Speech, head_name, hear, phrase, who

if TYPE_CHECKING:
    from reader.tokens import Span, Token

Certainty = Literal["asserted", "reported", "possible", "expected", "conditional"]

# A complement of these did not happen or is not so: "refused to leave", "denied leaving", "prevented them from leaving".
_REVERSING = frozenset(
    "deny refuse fail reject avoid prevent stop refrain decline dispute forget neglect omit abstain forbid ban "
    "prohibit bar disprove refute rebut contradict dismiss block discourage".split()
)
# A deed that is the object of these did not take place; one may reject an offer that was made.
_UNDOING = frozenset("deny dispute prevent avoid disprove refute rebut contradict".split())
_REVERSING_NOUNS = frozenset("denial refusal failure rejection inability absence lack".split())
_REVERSING_ADJECTIVES = frozenset("unable unwilling reluctant false untrue incorrect impossible unlikely".split())
# A complement of these is only announced, planned or wished for.
_PLANNING = frozenset(
    "expect plan intend want hope promise vow threaten prepare agree offer seek aim pledge decide set schedule "
    "ask urge order tell call demand request vote propose wish need require warn instruct encourage persuade "
    "invite commit move appeal plead".split()
)
_PLANNED_ADJECTIVES = frozenset("due likely ready set poised certain willing eager scheduled prepared".split())
_PLANNING_NOUNS = frozenset(
    "plan decision intention vow promise threat offer order effort bid proposal demand call".split()
)
# They name whom they ask by "to" or "on": "appealed to the guard to leave".
_TURNING_TO = frozenset("appeal call plead pray shout signal prevail rely count".split())
# A complement of these may or may not be so.
_TRYING = frozenset(
    "try attempt struggle consider suspect doubt wonder fear discuss refuse believe think seem appear".split()
)
# Not to do these says nothing of the complement ("did not say that ...").
_NEUTRAL = frozenset(
    "say tell announce report claim state add explain mention confirm specify know show prove reveal disclose "
    "accuse comment describe find see hear learn".split()
)
_MODALS = {
    "may": "possible",
    "might": "possible",
    "could": "possible",
    "can": "possible",
    "must": "possible",
    "should": "possible",
    "will": "expected",
    "'ll": "expected",
    "’ll": "expected",
    "shall": "expected",
    "wo": "expected",
    "would": "conditional",
    "'d": "conditional",
}
_HEARSAY = frozenset("allegedly reportedly purportedly supposedly apparently".split())
_PERHAPS = frozenset("perhaps possibly probably maybe likely potentially presumably seemingly".split())
NEGATIVE = frozenset(
    "not n't n’t never no neither nor none cannot nobody nothing nowhere without hardly scarcely".split()
)
_NEGATIVE_PRONOUN = frozenset("nobody nothing none neither no-one".split())
_ONLY = frozenset("only just merely simply solely necessarily".split())
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
_CLAUSES = frozenset(
    "ROOT conj ccomp xcomp advcl advcl:relcl acl acl:relcl parataxis csubj appos list dep orphan dislocated".split()
)
# Verbs that only bring about what their object names: "struck a deal", "carried out a raid".
_LIGHT = frozenset(
    "do make take carry conduct launch reach strike have hold give stage sign issue commit seal conclude negotiate "
    "perform mount".split()
)
_TAKING_PART = frozenset("part role hand share".split())
_DOUBTED: dict[str, Certainty] = {
    "alleged": "reported",
    "reported": "reported",
    "possible": "possible",
    "potential": "possible",
    "suspected": "possible",
    "planned": "expected",
    "proposed": "expected",
    "future": "expected",
    "attempted": "possible",
}
_DOUBTS = frozenset("doubt question dispute denial secret".split())
_RANK: dict[Certainty, int] = {"asserted": 0, "reported": 1, "expected": 2, "conditional": 3, "possible": 4}


@dataclass(frozen=True, slots=True)
class _Context:
    """What a clause inherits from the one above it."""

    subject: Token | None = None
    passive: bool = False
    negated: bool = False
    certainty: Certainty = "asserted"
    speaker: str = ""


def statements(
    parse: Sequence[Paragraph], mentions: Sequence[Mention], speech: Speech | None = None
) -> tuple[Statement, ...]:
    """The statements of a parse, in text order. ``speech`` is ``hear(parse, mentions)`` where it is already known."""
    heard = hear(parse, mentions) if speech is None else speech
    found: list[Statement] = []
    for place, paragraph in enumerate(parse):
        for index, sentence in paragraph.sentences():
            found += _Reader(place, paragraph, index, heard).read(sentence)
    return tuple(sorted(found, key=lambda s: (s.predicate_span, s.start, s.predicate)))


class _Reader:
    """Reads the clauses of one sentence."""

    def __init__(self, place: int, paragraph: Paragraph, index: int, speech: Speech) -> None:
        self.place = place
        self.paragraph = paragraph
        self.index = index
        self.speech = speech

    def read(self, sentence: Span) -> Iterator[Statement]:
        """The statements of a sentence, clause by clause from its root."""
        asked = sentence.text.rstrip("\"”’' ").endswith("?")
        speaker, cited = self._source(sentence)
        start = _Context(certainty="possible" if asked else "reported" if cited else "asserted", speaker=speaker)
        todo = [(sentence.root, start)]
        while todo:
            token, context = todo.pop()
            if _is_predicate(token):
                clause = self._clause(token, context)
                yield from self._statements(clause)
                todo += [(child, self._inherit(clause, child)) for child in token.children if _may_hold(child)]
            else:
                todo += [(child, self._through(token, child, context)) for child in token.children if _may_hold(child)]

    # -- one clause

    def _clause(self, token: Token, context: _Context) -> _Clause:
        subject = next((c for c in token.children if c.dep_ in _SUBJECTS and c.dep_ != "csubj"), None)
        if subject is None:
            subject = _subject_of_participle(token)
        passive_mark = any(c.dep_ in ("nsubj:pass", "aux:pass") for c in token.children)
        inherited = subject is None
        if subject is not None and subject.lower_ in ("who", "which", "that") and _antecedent(token) is not None:
            relative = subject
            subject = _antecedent(token)
            passive_mark = passive_mark or relative.dep_ == "nsubj:pass"
        passive = passive_mark
        if inherited:
            subject = context.subject
            bare = token.tag_ == "VBN" and not any(c.dep_ == "aux" for c in token.children)
            if token.dep_ == "acl" and subject is None:
                subject = token.head
            passive = passive or (bare and (context.passive or token.dep_ in ("acl", "advcl")))
        verb = participle(token) if token.pos_ == "ADJ" and any(c.dep_ == "cop" for c in token.children) else ""
        passive = passive or bool(verb)
        agent = None if passive else subject
        patient = subject if passive else None
        others: list[tuple[str, Token]] = []
        for child in token.children:
            if child.dep_ == "obj":
                if child.lower_ in ("who", "whom", "which", "that") and _antecedent(token) is not None:
                    child = _antecedent(token) or child
                patient = child if patient is None else patient
            elif child.dep_ == "obl:agent" or (child.dep_ == "obl" and passive and _case(child) == "by"):
                agent = child
            elif (child.dep_ in ("obl", "iobj", "obl:unmarked") and not _according(child)) or (
                child.dep_ == "nmod" and token.pos_ in ("NOUN", "ADJ", "PROPN")
            ):
                others.append((_case(child), child))
        if token.dep_ == "acl" and passive and agent is None:
            # "a deal struck by officials": the parser may hang the doer on the noun
            agent = next(
                (c for c in token.head.children if c.i > token.i and c.dep_ == "nmod" and _case(c) == "by"), None
            )
        if token.dep_ == "acl:relcl" and patient is None and agent is not None and agent is not token.head:
            patient = self._gap(token)
        return _Clause(
            token=token,
            lemma=verb or token.lemma_.lower(),
            subject=subject,
            passive=passive,
            agent=agent,
            patient=patient,
            others=tuple(others),
            negated=self._negated(token, agent, patient, others, inherited) != context.negated,
            certainty=_less_sure(_certainty(token), context.certainty),
            speaker=context.speaker,
        )

    def _gap(self, token: Token) -> Token | None:
        """The head of a relative clause without a pronoun, as its object ("the deal they struck")."""
        relatives = any(c.lower_ in ("that", "which", "who", "whom", "where", "when", "why") for c in token.children)
        stranded = any(c.dep_ in ("obl", "ccomp", "xcomp") for c in token.children)
        if token.pos_ != "VERB" or stranded or (relatives and not any(c.dep_ == "obj" for c in token.children)):
            return token.head if token.pos_ == "VERB" and not stranded and _object_relative(token) else None
        return token.head

    @staticmethod
    def _negated(
        token: Token,
        agent: Token | None,
        patient: Token | None,
        others: Sequence[tuple[str, Token]],
        inherited: bool,
    ) -> bool:
        count = 0
        for child in token.children:
            if (child.dep_ in ("advmod", "aux", "mark", "cc", "det", "cc:preconj") and _denies(child)) or (
                child.dep_ == "advmod" and any(c.lower_ == "no" for c in child.children)
            ):
                count += 1
        if count == 0 and "yet" in {c.lower_ for c in token.children if c.dep_ == "advmod"}:
            # "is yet to sign"
            count += any(c.dep_ == "mark" and c.lower_ == "to" for c in token.children)
        own = (
            (agent, patient)
            if not inherited
            else tuple(t for t in (agent, patient) if t is not None and t.head is token)
        )
        if any(t is not None and _none(t) for t in own) or any(
            _none(t) and _case(t) in ("in", "at", "under") for _, t in others
        ):
            count += 1
        return count % 2 == 1

    # -- what the clauses below inherit

    def _inherit(self, clause: _Clause, child: Token) -> _Context:
        token, dep = clause.token, child.dep_
        context = _Context(certainty=clause.certainty, speaker=clause.speaker)
        if (
            dep in ("ccomp", "parataxis", "xcomp", "csubj", "advcl", "acl")
            or dep.startswith("nsubj")
            or dep in ("obj", "obl")
        ):
            spoken = self._speaker(token) if dep in ("ccomp", "parataxis") or token.lemma_ in CLAIM else ""
            if dep == "parataxis" and _said_beside(child) and self._speaker(child) == clause.speaker:
                return _Context()
            if dep == "parataxis" and token.lemma_ not in SPEECH:
                return replace(context, certainty="asserted" if clause.certainty == "possible" else clause.certainty)
            if spoken:
                distant: Certainty = "reported" if token.lemma_ in CLAIM else "asserted"
                context = replace(context, speaker=spoken, certainty=distant)
            elif dep == "ccomp" and clause.passive and token.lemma_ in SPEECH:
                context = replace(context, certainty="reported")
        if dep == "conj":
            if _said_beside(child):
                return _Context()
            told = any(c.dep_ in _SUBJECTS for c in child.children)
            either = any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in child.children)
            own_auxiliary = any(c.dep_ in ("aux", "cop") for c in child.children)
            return replace(
                context,
                subject=None if told else clause.subject,
                passive=clause.passive and not told,
                negated=either and clause.negated and not told and not _self_denied(child),
                certainty=clause.certainty if not own_auxiliary or clause.certainty == "reported" else "asserted",
            )
        if dep in ("xcomp", "ccomp", "csubj", "advcl", "obj", "nsubj", "nsubj:pass"):
            context = self._complement(clause, child, context)
        if dep == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in child.children):
            context = replace(context, certainty="conditional")
        elif dep in ("advcl", "acl:relcl") and not _asked(token, child):
            kept: Certainty = clause.certainty if clause.certainty in ("reported",) else "asserted"
            context = replace(context, certainty=_less_sure(kept, "asserted"))
        return context

    def _complement(self, clause: _Clause, child: Token, context: _Context) -> _Context:
        """Polarity, certainty and subject of a complement, by the class of the verb that embeds it."""
        token, dep = clause.token, child.dep_
        lemma = token.lemma_.lower()
        subject: Token | None = None
        asked = _asked(token, child)
        if dep in ("xcomp", "advcl") and not any(c.dep_ in _SUBJECTS for c in child.children):
            subject = clause.subject
            if dep == "xcomp" and clause.patient is not None and clause.patient is not clause.subject:
                subject = clause.patient
            elif asked:
                subject = next((t for c, t in clause.others if c in ("to", "on")), subject)
        context = replace(context, subject=subject)
        complement = dep in ("xcomp", "ccomp", "csubj") or (
            dep == "advcl" and (asked or (lemma in _REVERSING and _case(child) == "from"))
        )
        if not complement:
            return context
        if any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in child.children):
            return replace(context, certainty="possible", speaker=clause.speaker)
        if lemma in _REVERSING or lemma in _REVERSING_ADJECTIVES:
            return replace(context, negated=not clause.negated)
        if lemma in ("have", "be", "remain") and any(c.lower_ == "yet" for c in token.children):
            return replace(context, negated=True)
        if lemma in _PLANNING or lemma in _PLANNED_ADJECTIVES:
            told = dep == "ccomp" and lemma in SPEECH and lemma not in ("expect", "hope", "promise", "vow", "pledge")
            sure: Certainty = "asserted" if told else "expected"
            denied = clause.negated and dep == "xcomp"
            return replace(context, negated=denied, certainty=_less_sure(sure, context.certainty))
        if lemma in _TRYING:
            return replace(context, negated=clause.negated, certainty=_less_sure("possible", context.certainty))
        if clause.negated and dep == "ccomp" and lemma in _NEUTRAL:
            return replace(context, certainty="possible", speaker=clause.speaker)
        if clause.negated and (dep in ("xcomp", "csubj") or lemma in ("true", "case", "think", "believe")):
            return replace(context, negated=True)
        return context

    def _through(self, token: Token, child: Token, context: _Context) -> _Context:
        """What goes through a word that is no predicate: a noun above its clause ("no evidence that", "plans to")."""
        if child.dep_ not in ("acl", "ccomp", "xcomp", "acl:relcl"):
            return replace(context, subject=None, passive=False, negated=False)
        fresh = replace(context, subject=None, passive=False, negated=False)
        if child.dep_ == "acl:relcl":
            return replace(fresh, certainty="asserted" if context.certainty != "reported" else "reported")
        lemma = token.lemma_.lower()
        said = any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in child.children)
        governor = token.head.lemma_.lower()
        if said and token.dep_ == "obj" and governor in _REVERSING:
            denier = next((c for c in token.head.children if c.dep_ in _SUBJECTS), None)
            speaker = fresh.speaker if denier is None else who(denier, self.place, self.speech)
            return replace(fresh, negated=True, speaker=speaker, certainty="asserted")
        if lemma in _REVERSING_NOUNS:
            return replace(fresh, negated=True)
        if _none(token) and lemma in _DOUBTS:
            return fresh
        if said and _none(token):
            return replace(fresh, certainty="possible")
        if said:
            return replace(fresh, certainty=_less_sure("reported", fresh.certainty))
        if lemma in _PLANNING_NOUNS and any(c.lower_ == "to" for c in child.children):
            return replace(fresh, certainty=_less_sure("expected", fresh.certainty))
        return fresh

    def _speaker(self, verb: Token) -> str:
        return self.speech.speakers.get((self.place, verb.i), "") if verb.lemma_ in SPEECH else ""

    def _source(self, sentence: Span) -> tuple[str, bool]:
        """Whom the sentence cites, and whether at a distance: ``according to`` somebody, or a speech verb beside it."""
        for token in sentence:
            if token.lower_ == "according" and token.head is not token:
                return who(token.head, self.place, self.speech), True
        for child in sentence.root.children:
            if _said_beside(child):
                return self._speaker(child), child.lemma_ in CLAIM
        return "", False

    # -- from a clause to statements

    def _statements(self, clause: _Clause) -> Iterator[Statement]:
        token = clause.token
        words = [
            token,
            *(
                c
                for c in token.children
                if c.dep_ in ("compound:prt", "cop", "aux", "aux:pass", "advmod") and (c.dep_ != "advmod" or _denies(c))
            ),
        ]
        particle = next((c.lemma_.lower() for c in token.children if c.dep_ == "compound:prt"), "")
        agent = self._role(clause.agent) if clause.agent is not None else None
        patient = self._role(clause.patient) if clause.patient is not None else None
        others = tuple((case, self._role(t)) for case, t in clause.others)
        begin = self.paragraph.offset + token.idx
        quote = self.speech.quote_at(begin)
        speaker = clause.speaker or (quote.speaker if quote is not None else "")
        spans = [self.paragraph.span(t) for t in words]
        for party, role in (
            (clause.agent, agent),
            (clause.patient, patient),
            *((t, r) for (_, t), (_, r) in zip(clause.others, others, strict=True)),
        ):
            if party is not None and role is not None:
                spans += [(r.start, r.end) for r in role.heads]
        statement = Statement(
            start=min(s for s, _ in spans),
            end=max(e for _, e in spans),
            predicate=clause.lemma,
            predicate_span=self.paragraph.span(token),
            agent=agent,
            patient=patient,
            others=others,
            particle=particle,
            negated=clause.negated,
            certainty=clause.certainty,
            speaker=speaker,
            quoted=quote is not None,
            tense=_tense(token),
            sentence=self.index,
        )
        yield statement
        for noun, light in _deeds(clause):
            yield from self._nominal(noun, light, clause, statement)

    def _nominal(self, noun: Token, light: bool, clause: _Clause, above: Statement) -> Iterator[Statement]:
        """What a noun of doing states: its own parties, and under a light verb those of the verb."""
        verb, manner = deed(noun.lemma_.lower()) or ("", "")
        agent: Role | None = None
        patient: Role | None = None
        others: list[tuple[str, Role]] = []
        certainty: Certainty = "asserted"
        for child in noun.children:
            dep = child.dep_
            if dep == "amod":
                certainty = _less_sure(certainty, _DOUBTED.get(child.lower_, "asserted"))
            elif dep == "nmod:poss" or (dep == "compound" and self._acts(child)):
                owner = self._role(child)
                agent, patient = (agent, owner) if manner == "undergone" else (owner, patient)
            elif dep == "nmod":
                case = _case(child)
                if case in ("by", "between", "among") or (case == "of" and manner == "done"):
                    agent = self._role(child)
                elif case == "of" or (case in ("on", "against") and manner == "acts"):
                    patient = self._role(child)
                else:
                    others.append((case, self._role(child)))
        negated, speaker = False, above.speaker
        if light:
            agent = agent or above.agent
            others += above.others
            negated, certainty = clause.negated, _less_sure(certainty, clause.certainty)
        elif agent is None and patient is None:
            return
        else:
            certainty = _less_sure(certainty, self._governed(clause, noun))
            negated = (noun is clause.patient and clause.lemma in _UNDOING and not clause.negated) or _none(noun)
            if noun is clause.patient and clause.lemma in SPEECH:
                speaker = self._speaker(clause.token) or speaker
        span = self.paragraph.span(noun)
        spans = [span, *((r.start, r.end) for role in (agent, patient) if role for r in role.heads)]
        spans += [above.predicate_span] if light else []
        yield Statement(
            start=min(s for s, _ in spans),
            end=max(e for _, e in spans),
            predicate=verb,
            predicate_span=span,
            agent=agent,
            patient=patient,
            others=tuple(others),
            negated=negated,
            certainty=certainty,
            speaker=speaker,
            quoted=above.quoted,
            nominal=True,
            tense=above.tense if light else "",
            sentence=self.index,
        )

    def _acts(self, token: Token) -> bool:
        """Whether a name before a noun of doing may be a party to it: "US strikes", but not "the Dorvale shooting"."""
        mention = self.speech.names.get((self.place, token.i))
        return mention is not None and (mention.label != "LOC" or is_territory(mention.key))

    @staticmethod
    def _governed(clause: _Clause, noun: Token) -> Certainty:
        """How sure the deed is that a noun in a clause names, by the verb: one may plan, or doubt, an attack."""
        if noun is not clause.patient:
            return "reported" if clause.certainty == "reported" else "asserted"
        if clause.lemma in _PLANNING:
            return "expected"
        if clause.lemma in _TRYING or (clause.negated and clause.lemma not in _REVERSING):
            return "possible"
        return clause.certainty

    def _role(self, token: Token, shared: bool = False) -> Role:
        """A noun phrase as a party; ``shared`` if it is one of several heads that another stands for."""
        token = _noun(token)
        first, last = phrase(token)
        while first < token.i and token.doc[first].dep_ in ("punct", "cc", "case"):
            first += 1
        start, end = self.paragraph.span(token.doc[first:last])
        mention = head_name(token, self.place, self.speech)
        known = self.speech.names
        names = dict.fromkeys(known[self.place, i].key for i in range(first, last) if (self.place, i) in known)
        return Role(
            start=start,
            end=end,
            head=token.lemma_.lower(),
            key=mention.key if mention is not None else self._stands_for(token),
            modifiers=tuple(_modifiers(token)),
            negated=_none(token),
            names=tuple(names),
            also=() if shared else tuple(self._role(t, shared=True) for t in _joined(token)),
        )

    def _stands_for(self, token: Token) -> str:
        """The key of the name that a pronoun or a definite noun stands for; who speaks, for "I" and "we" in a quotation."""
        key = self.speech.stands_for.get((self.place, token.i), "")
        if not key and token.lower_ in ("i", "we", "us", "me"):
            quote = self.speech.quote_at(self.paragraph.offset + token.idx)
            return quote.speaker if quote is not None and quote.speaker in self.speech.keys else ""
        return key


@dataclass(frozen=True, slots=True)
class _Clause:
    token: Token
    lemma: str
    subject: Token | None
    passive: bool
    agent: Token | None
    patient: Token | None
    others: tuple[tuple[str, Token], ...]
    negated: bool
    certainty: Certainty
    speaker: str


def _is_predicate(token: Token) -> bool:
    """Whether a token heads a clause: a verb in a clausal place, or a word with a copula or a subject."""
    if token.dep_ not in _CLAUSES:
        return (
            token.dep_ in ("nsubj", "obj", "obl", "nmod")
            and token.pos_ == "VERB"
            and any(c.dep_ in ("obj", "nsubj", "aux") for c in token.children)
        )
    if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "aux:pass", "cop")):
        return True
    return any(c.dep_ in ("cop", "nsubj", "nsubj:pass", "aux") for c in token.children)


def _deeds(clause: _Clause) -> Iterator[tuple[Token, bool]]:
    """The nouns of doing among the parties of a clause and what hangs on them; whether its verb only brings them about."""
    patient = clause.patient
    light = clause.lemma in _LIGHT
    taking_part = patient is not None and patient.lemma_.lower() in _TAKING_PART
    for slot, token in enumerate((clause.agent, patient, *(t for _, t in clause.others))):
        if token is None:
            continue
        if deed(token.lemma_.lower()):
            yield token, light and (token is patient or (slot > 1 and taking_part))
        elif token.children:
            yield from (
                (c, light and taking_part and token is patient)
                for c in token.children
                if c.dep_ == "nmod" and deed(c.lemma_.lower())
            )


def _noun(token: Token) -> Token:
    """The noun of "French-backed forces", where the parser takes the word with the hyphen for a verb and its head."""
    if token.pos_ == "VERB" and "-" in token.text:
        return next((c for c in token.children if c.dep_ == "obj"), token)
    return token


def _joined(token: Token) -> Iterator[Token]:
    """The further heads that share the role of a noun: "the army, the police and the guard"."""
    if token.dep_ in ("nsubj", "nsubj:pass"):
        # of three or more, the parser may hang several on the verb
        for sibling in token.head.children:
            if sibling.dep_ == token.dep_ and sibling.i > token.i:
                yield sibling
                yield from _joined_below(sibling)
    yield from _joined_below(token)


def _joined_below(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            yield child
            yield from _joined_below(child)


def _said_beside(token: Token) -> bool:
    """Whether a speech verb is set beside what is said: "..., police said". The parser may take it for a ``conj``."""
    if token.lemma_ not in SPEECH or token.pos_ != "VERB":
        return False
    if token.dep_ == "parataxis":
        return True
    deps = {c.dep_ for c in token.children}
    return token.dep_ == "conj" and "nsubj" in deps and not deps & {"cc", "ccomp", "obj", "xcomp"}


def _may_hold(token: Token) -> bool:
    """Whether a clause may begin at or under a token; most have nothing under them."""
    return bool(token.children) or token.dep_ in _CLAUSES


def _antecedent(token: Token) -> Token | None:
    """The noun that the relative clause of a verb belongs to, also when the verb is joined to another in it."""
    node, steps = token, 0
    while node.dep_ in ("conj", "xcomp") and steps < 6 and node.head is not node:
        node, steps = node.head, steps + 1
    return node.head if node.dep_ in ("acl:relcl", "acl") else None


def _asked(verb: Token, clause: Token) -> bool:
    """Whether a clause is what somebody is asked to do, also where the parser takes it for an aim."""
    infinitive = any(c.dep_ == "mark" and c.lower_ == "to" for c in clause.children)
    return infinitive and verb.lemma_.lower() in _TURNING_TO and clause.dep_ in ("xcomp", "advcl")


def _subject_of_participle(token: Token) -> Token | None:
    """The subject that a predicate has where the parser gives it to a participle: "Men not belonging there were seen"."""
    for child in token.children:
        if child.dep_ == "csubj" and child.tag_ == "VBG":
            return next((c for c in child.children if c.dep_ == "nsubj" and c.i < child.i), None)
    return None


def _object_relative(token: Token) -> bool:
    """Whether a relative pronoun stands before the clause's own subject ("the deal that they struck")."""
    subject = next((c for c in token.children if c.dep_ in _SUBJECTS), None)
    return subject is not None and any(
        c.lower_ in ("that", "which", "whom") and c.i < subject.i and c.dep_ in ("mark", "obj", "dep")
        for c in token.children
    )


def _case(token: Token) -> str:
    """The case words of an oblique: "from", "out of"."""
    words = []
    for child in token.children:
        if child.dep_ in ("case", "mark"):
            words.append(child.lower_)
            words += [c.lower_ for c in child.children if c.dep_ == "fixed"]
    if not words and token.children and token.children[0].dep_ in ("compound", "amod"):
        # "by the US and UK forces": the parser may hang it on the first of two that are joined
        first = token.children[0]
        if any(c.dep_ == "conj" for c in first.children):
            return _case(first)
    return " ".join(words)


def _according(token: Token) -> bool:
    return any(c.lower_ == "according" for c in token.children)


def _denies(token: Token) -> bool:
    """Whether a word beside a predicate negates it; "not only" and "no matter" do not."""
    if token.lower_ not in NEGATIVE and "Neg" not in token.morph.get("Polarity", []):
        return False
    doc = token.doc
    follower = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
    return follower not in _ONLY and follower not in ("until", "matter")


def _self_denied(token: Token) -> bool:
    return any(_denies(c) for c in token.children if c.dep_ in ("advmod", "aux", "mark"))


def _none(token: Token) -> bool:
    """Whether a noun phrase is empty: "no fighters", "nobody", "none of them"."""
    if token.lower_ in _NEGATIVE_PRONOUN:
        return True
    for child in token.children:
        if child.lower_ in ("no", "neither") and child.dep_ in (
            "det",
            "amod",
            "advmod",
            "nummod",
            "cc:preconj",
        ):
            return True
        if child.dep_ == "det" and child.lower_ == "not":
            return True
        # "not a single fighter", "not one of them"
        if (
            child.lower_ == "not"
            and child.dep_ in ("advmod", "cc:preconj")
            and token.pos_ in ("NOUN", "PRON", "NUM", "PROPN")
        ):
            return token.dep_ not in _CLAUSES and _denies(child)
    return False


def _certainty(token: Token) -> Certainty:
    """How sure a clause is by its own words."""
    found: Certainty = "asserted"
    for child in token.children:
        lower = child.lower_
        if child.dep_ == "aux" and lower in _MODALS:
            found = _less_sure(found, _MODALS[lower])  # type: ignore[arg-type]
        elif child.dep_ in ("advmod", "obl") and lower in _HEARSAY:
            found = _less_sure(found, "reported")
        elif child.dep_ == "advmod" and lower in _PERHAPS:
            found = _less_sure(found, "possible")
    return found


def _less_sure(one: Certainty, two: Certainty) -> Certainty:
    return max(one, two, key=_RANK.__getitem__)


def _tense(token: Token) -> str:
    """ "past", "present", "future" or ""."""
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if any(c.lower_ in ("will", "'ll", "’ll", "shall", "wo") for c in auxiliaries):
        return "future"
    if any(c.lower_ in ("had", "did", "was", "were", "have", "has", "'ve", "’ve") for c in auxiliaries):
        return "past"
    if any(c.lower_ in ("is", "are", "am", "do", "does", "'s", "’s", "'re", "’re") for c in auxiliaries):
        return "present"
    form = token.morph.get("Tense", [])
    if token.tag_ == "VBN" or "Past" in form:
        return "past"
    return "present" if "Pres" in form and token.tag_ != "VBG" else ""


def _modifiers(token: Token) -> Iterator[str]:
    """Lemmas that narrow a noun: adjectives, compounds, numbers, owners and what it is ``of``."""
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nummod", "nmod:poss", "nmod:desc") or (
            child.dep_ == "nmod" and _case(child) == "of"
        ):
            yield child.lemma_.lower()
