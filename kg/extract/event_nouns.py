"""Events that nouns tell, with what the verbs that carry those nouns add."""

from __future__ import annotations

from kg.extract import triggers
from kg.extract.arguments import Arguments, noun_arguments, prepositional
from kg.extract.draft import Draft
from kg.extract.entity import FIGHTERS, PLACES, POWERS, VIOLENT, Entity
from kg.extract.fillers import (
    WHERE,
    actors,
    add_inner_places,
    add_parties,
    add_phrases,
    as_place,
    can_act,
    can_suffer,
    places_behind,
    sufferers,
)
from kg.extract.passage import Passage, is_verb
from kg.extract.syntax import Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_THROUGH = frozenset({"on", "into", "through", "near", "at", "outside", "inside"})  # where a weapon falls
_INDEFINITE = frozenset({"a", "another"})
_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "punct"})


def nominal(passage: Passage, token: Token) -> Draft | None:
    """Return the draft that a noun tells, None where it tells none."""
    hit = triggers.of_noun(passage, token)
    if hit is None:
        return None
    words, entry = hit
    draft = Draft(entry.type, token, entry, passage.number, nominal=True, certainty=entry.certainty)
    determiners = {k.lemma for k in passage.tree.kids(token.i, "det", "poss")}
    further = passage.lexicon.tells("another", "adjectives")
    draft.definite = bool(determiners & _DEFINITE)
    draft.another = bool(determiners & _INDEFINITE) or any(
        k.lemma in further for k in passage.tree.kids(token.i, "amod")
    )
    args = noun_arguments(passage.tree, token.i)
    args.modifiers = [m for m in args.modifiers if passage.tree.tokens[m].lemma not in words]
    for _, head in args.preps:  # "an ambush of a convoy by X"
        args.agents += [h for p, h in prepositional(passage.tree, head) if p == "by"]
    _assign(passage, draft, args)
    _add_carried(passage, draft)
    draft.tactic, draft.tactic_span = _tactic(passage, token)
    return draft


# the noun's own phrase


def _assign(passage: Passage, draft: Draft, args: Arguments) -> None:
    owners = passage.entities.all_of(args.owners)
    if draft.entry.object == "party":
        add_parties(passage, draft, args)
        draft.add("party", [e for e in passage.entities.all_of(args.agents) + owners if can_act(e)])
    else:
        _assign_agents(passage, draft, args)
        suffers = draft.entry.effect != "" or draft.type == "capture"
        bearing = [
            e for e in owners if e.cls in VIOLENT | {"person", "official"} or (suffers and can_suffer(e))
        ]
        draft.add("victim" if suffers else "agent", bearing)
        for head in args.modifiers:
            _assign_modifier(passage, draft, passage.entities.at(head))
    draft.places += [e for e in owners if e.cls in PLACES]
    add_phrases(passage, draft, args)


def _assign_agents(passage: Passage, draft: Draft, args: Arguments) -> None:
    draft.add("agent", actors(passage, args.agents))
    for verb in passage.tree.kids(draft.trigger.i, "acl"):  # "an attack carried out by X"
        if verb.tag == "VBN" and triggers.light_sense(passage, verb):
            draft.add("agent", actors(passage, passage.arguments(verb).agents))
    senders = passage.entities.all_of([h for p, h in args.preps if p == "from"])
    draft.add("agent", [e for e in senders if e.cls in FIGHTERS])


def _assign_modifier(passage: Passage, draft: Draft, entity: Entity) -> None:
    """Read a noun before the event noun: an armed body attacks, a facility is hit, a place is where."""
    head = passage.tree.tokens[entity.head]
    adjectival = entity.people and not entity.names and head.tag in ("NN", "JJ")
    powerful = entity.cls in POWERS and not entity.country and not adjectival
    striking = (
        draft.type == "operation"
        and entity.cls == "place"
        and entity.name is not None
        and entity.name.is_country
    )
    if powerful or striking:
        draft.add("agent", [entity])
    elif head.lemma in passage.lexicon.tells("means", "words"):
        return
    elif entity.cls == "facility":
        draft.add("target", [entity])
    elif entity.cls in ("civilian", "community") and draft.entry.object != "party":
        draft.add(draft.entry.object, [entity])
    elif entity.cls in PLACES:
        draft.places.append(entity)
    elif entity.cls == "unknown" and head.pos == "PROPN":
        draft.places.append(as_place(entity))  # events are named after places
    elif entity.country and head.tag == "JJ" and _is_of_armies(passage, draft):
        draft.add("agent", [entity])


def _is_of_armies(passage: Passage, draft: Draft) -> bool:
    """Whether a nationality before an event noun says who does it: "the Israeli raid"."""
    armies = passage.lexicon.tells("armies", "nouns")
    return draft.type == "operation" or draft.trigger.lemma in armies


def _tactic(passage: Passage, token: Token) -> tuple[str, tuple[int, int]]:
    """Return the words that tell the manner, with their span: the noun with what says how before it."""
    tokens, first = passage.tree.tokens, token.i
    while first and tokens[first - 1].head in range(first - 1, token.i + 1):
        if not _tells_manner(passage, tokens[first - 1]):
            break
        first -= 1
    words = tokens[first : token.i + 1]
    return " ".join(w.text for w in words).replace(" - ", "-"), (words[0].start, token.end)


def _tells_manner(passage: Passage, before: Token) -> bool:
    """Whether a word before an event noun says how, not who, where or what was hit."""
    lexicon = passage.lexicon
    if before.dep not in _PREMODIFIERS or before.name is not None or before.lemma in lexicon.light:
        return False
    if before.dep == "punct" and before.text != "-":
        return False
    cls = passage.entities.at(before.i).cls
    if cls in FIGHTERS | PLACES | {"facility", "civilian"} and before.lemma not in lexicon.tells(
        "means", "words"
    ):
        return False
    return before.dep != "amod" or before.lemma in lexicon.tells("manner", "adjectives")


# the verb above it


def _add_carried(passage: Passage, draft: Draft) -> None:
    """Add what the clause around an event noun says: who does it, who suffers it, where."""
    token = draft.trigger
    while token.dep == "conj":
        token = passage.head(token)
    head, lexicon = passage.head(token), passage.lexicon
    if token.dep in ("nsubj", "nsubjpass"):
        _add_said_of(passage, draft, head)
    for verb in passage.tree.kids(token.i, "relcl"):
        if verb.lemma in lexicon.tells("happening", "relative"):
            _add_happening(passage, draft, verb)
        elif any(k.form in ("that", "which") for k in passage.tree.kids(verb.i, "dobj", "mark")):
            _add_clause(passage, draft, token, verb)
    if token.dep == "pobj":
        _add_losers(passage, draft, head)
        _add_foes(passage, draft, head)
        above = passage.head(head)
        if above.lemma in lexicon.tells("faced", "nouns"):
            _add_faced(passage, draft, above)
        head = above
    if is_verb(head) and token.dep in ("dobj", "nsubjpass", "pobj"):
        _add_clause(passage, draft, token, head)


def _add_said_of(passage: Passage, draft: Draft, verb: Token) -> None:
    """Add what a verb says of the event that is its subject: where it was, whom its weapons hit."""
    tells, tree = passage.lexicon.tells, passage.tree
    coming = draft.trigger.lemma in tells("doers", "nouns") and verb.lemma in tells("motion", "verbs")
    if coming or verb.lemma in tells("falling", "verbs"):
        draft.places += places_behind(passage, verb.i)
        hit = [h for p, h in prepositional(tree, verb.i) if p in _THROUGH]
        if coming:  # "drove a car packed with explosives into a camp": hung on what is nearest
            into = (tree.tokens[i] for i in tree.subtree(verb.i) if i > verb.i)
            hit += [k.i for t in into if t.lemma == "into" for k in tree.kids(t.i, "pobj")]
        struck = [e for e in sufferers(passage, hit) if e.cls == "facility" or e.cls in FIGHTERS]
        draft.add("target", struck)
        for entity in struck:
            add_inner_places(passage, draft, entity)
    if verb.lemma in tells("happening", "verbs"):
        draft.places += places_behind(passage, verb.i)
        if draft.entry.object == "party":
            between = [h for p, h in prepositional(tree, verb.i) if p in ("between", "with", "among")]
            draft.add("party", actors(passage, between))


def _add_happening(passage: Passage, draft: Draft, verb: Token) -> None:
    """Add the places of "a raid that took place in X", and those beside whom it did."""
    draft.places += places_behind(passage, verb.i)
    beside = [h for p, h in prepositional(passage.tree, verb.i) if p == "alongside"]
    draft.add("agent", [e for e in passage.entities.all_of(beside) if e.cls in FIGHTERS])


def _add_losers(passage: Passage, draft: Draft, prep: Token) -> None:
    """Add the subject of "the town lost ten men to an ambush" as target."""
    verb = passage.head(prep)
    if prep.lemma != "to" or verb.lemma not in passage.lexicon.tells("loss", "verbs"):
        return
    for entity in passage.entities.all_of(passage.arguments(verb).subjects):
        if entity.cls in PLACES:
            draft.places.append(entity)
        elif can_suffer(entity):
            draft.add("target", [entity])
        add_inner_places(passage, draft, entity)


def _add_foes(passage: Passage, draft: Draft, prep: Token) -> None:
    """Add the parties of "X is at war with Y"."""
    if draft.type == "clash" and prep.lemma == "at":
        around = passage.arguments(passage.head(prep))
        foes = [h for p, h in around.preps if p in ("with", "against")]
        draft.add("party", actors(passage, [*around.subjects, *foes]))


def _add_faced(passage: Passage, draft: Draft, noun: Token) -> None:
    """Add the subject of a clause as target of the violence it acts in the face of."""
    verb = next((a for a in passage.tree.ancestors(noun.i) if a.pos == "VERB"), None)
    if verb is not None:
        draft.add("target", sufferers(passage, passage.arguments(verb).subjects))


def _add_clause(passage: Passage, draft: Draft, token: Token, verb: Token) -> None:
    """Add what the arguments of a verb that carries the noun `token` are to its event."""
    sense = triggers.light_sense(passage, verb)
    if not sense or (sense == "agree") != (draft.type == "agreement"):
        return
    args = passage.arguments(verb)
    passive = token.dep == "nsubjpass"
    agents = args.agents or (_by_phrase(passage, verb) if passive else args.subjects)
    if sense == "suffer" and args.passive and not passive:  # "was subjected to shelling by X"
        agents = args.objects
    if sense in ("light", "agree"):
        draft.add("party" if draft.entry.object == "party" else "agent", actors(passage, agents))
    elif sense == "foil":
        if not passage.tree.kids(verb.i, "neg"):
            draft.certainty = "hypothetical"
    elif not passive:
        draft.add("target", sufferers(passage, agents))
        draft.places += passage.places(args.subjects)
        draft.add("agent", _senders(passage, args))
    draft.places += [e for e in places_behind(passage, verb.i) if e.head != token.i]
    draft.places += [e for p, h in args.preps if p in WHERE for e in passage.places([h])]
    for prep, head in args.preps:
        if prep in ("on", "against", *(("to",) if sense == "light" else ())) and head != token.i:
            draft.add("target", sufferers(passage, [head]))


def _by_phrase(passage: Passage, verb: Token) -> list[int]:
    """Return the first by-phrase after a passive verb, which may hang on a phrase of time between."""
    below = (passage.tree.tokens[i] for i in passage.tree.subtree(verb.i) if i > verb.i)
    return [p.i for t in below if t.lemma == "by" for p in passage.tree.kids(t.i, "pobj")][:1]


def _senders(passage: Passage, args: Arguments) -> list[Entity]:
    """Return from whom the subject of a verb of suffering suffers: "came under fire from X"."""
    phrases = list(args.preps)
    for _, head in args.preps:
        if passage.entities.at(head).cls in ("time", "other"):
            phrases += prepositional(passage.tree, head)
    found = passage.entities.all_of([h for p, h in phrases if p in ("from", "by")])
    return [e for e in found if e.cls in FIGHTERS | {"unknown"}]
