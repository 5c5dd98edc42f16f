"""Certainty and speakers: what the words around and above a predicate do to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.arguments import verb_arguments
from kg.extract.entities import Entities, Entity
from kg.extract.lexicon import Lexicon
from kg.extract.syntax import Token, Tree

RANK = ("asserted", "reported", "claimed", "suspected", "hypothetical", "negated", "denied")
COMPLEMENT = frozenset({"ccomp", "xcomp", "pcomp", "acl", "relcl", "conj"})
NOUN_PATH = frozenset(
    {
        "dobj",
        "pobj",
        "nsubjpass",
        "attr",
        "conj",
        "prep",
        "agent",
        "compound",
        "poss",
        "appos",
        "oprd",
        "nsubj",
    }
)
TEMPORAL = frozenset(
    {
        "after",
        "when",
        "as",
        "while",
        "since",
        "before",
        "once",
        "until",
        "where",
        "though",
        "although",
        "because",
    }
)
SPEAKERS = frozenset(
    {
        "armed",
        "force",
        "government",
        "official",
        "source",
        "media",
        "person",
        "civilian",
        "community",
        "unknown",
        "place",
        "pronoun",
        "weapon",
    }
)


@dataclass(slots=True)
class Stance:
    """What holds of a predicate: certainty, who says so (innermost first), the cue words."""

    certainty: str = "asserted"
    speakers: list[Entity] = field(default_factory=list)
    cue: str = ""
    denier: Entity | None = None
    blamer: bool = False

    def raise_to(self, certainty: str, cue: str) -> None:
        """Weaken the certainty, never strengthen it again."""
        if RANK.index(certainty) > RANK.index(self.certainty):
            self.certainty, self.cue = certainty, cue


class Scope:
    """Reads the stance of predicates in one tree."""

    def __init__(self, tree: Tree, entities: Entities, lexicon: Lexicon) -> None:
        self.tree, self.entities, self.lexicon = tree, entities, lexicon
        self._say = lexicon.says("say", "verbs")

    def of(self, token: Token) -> Stance:
        """Return the stance of a predicate, from its own words, its governors and its sentence."""
        stance = Stance()
        self._own(token, stance)
        node, open_modality, stated = token, True, True
        for head in self.tree.ancestors(token.i):
            if (node.dep in ("advcl", "prep") and self._mark(node) in TEMPORAL) or node.dep == "relcl":
                open_modality = False
            stated = stated and node.dep != "relcl"
            told = stated and not self._cut(token, head)
            self._governor(node, head, stance, open_modality=open_modality, told=told)
            node = head
        if stated:
            self._around(token, stance)
        return stance

    def _around(self, token: Token, stance: Stance) -> None:
        """Read attributions that stand beside the clause: parenthetical, "according to", "X: …", "if X is to be believed"."""
        self._parenthetical(token, stance)
        self._according(token, stance)
        self._by_account(token, stance)
        self._headline(token, stance)
        self._believed(token, stance)

    def speaker_of(self, verb: Token) -> Stance:
        """Return the stance of what a verb of saying itself states ("X put the dead at 47")."""
        stance = Stance()
        if verb.lemma in self._say:
            self._speak(verb, stance)
        return stance

    def _believed(self, token: Token, stance: Stance) -> None:
        """Read "if X is to be believed": X says so."""
        for other in self.tree.sentence(token.i):
            if (
                other.lemma in ("believe", "credit", "trust")
                and other.tag == "VBN"
                and any(
                    k.lemma in ("if", "as") for k in [*self.tree.kids(other.i), *self.tree.kids(other.head)]
                )
            ):
                subjects = verb_arguments(self.tree, other.i)
                for entity in self.entities.all_of([*subjects.objects, *subjects.subjects][:1]):
                    self._add(entity, "if", stance)

    def _mark(self, token: Token) -> str:
        if token.dep == "prep":
            return token.lemma
        marks = self.tree.kids(token.i, "mark", "advmod")
        return next((m.lemma for m in marks if m.i < token.i), "")

    def _own(self, token: Token, stance: Stance) -> None:
        """Read negation, modals, adverbs and adjectives on the predicate itself."""
        lex = self.lexicon
        for kid in self.tree.kids(token.i):
            low = kid.text.lower()
            if kid.dep == "neg" or (
                kid.dep in ("det", "advmod", "preconj", "cc") and low in ("no", "never", "neither")
            ):
                stance.raise_to("negated", kid.text)
            elif kid.dep == "aux" and low in lex.says("hypothetical", "modals"):
                stance.raise_to("hypothetical", kid.text)
            elif kid.dep in ("advmod", "amod", "neg") and low in lex.says("suspect", "adverbs") | lex.says(
                "suspect", "adjectives"
            ):
                stance.raise_to("suspected", kid.text)
            elif kid.dep in ("advmod", "amod") and low in lex.says("report", "adverbs") | lex.says(
                "report", "adjectives"
            ):
                stance.raise_to("reported", kid.text)
        for kid in self.tree.kids(token.i, "nsubj", "nsubjpass", "dobj"):
            if kid.lemma in ("none", "nobody", "neither", "nothing") or any(
                k.lemma in ("no", "neither") for k in self.tree.kids(kid.i, "det")
            ):
                stance.raise_to("negated", kid.text)
        if token.pos == "VERB" or token.tag.startswith("VB"):
            if token.dep == "conj":
                head = self.tree.tokens[token.head]
                if not self.tree.kids(token.i, "nsubj", "nsubjpass"):
                    self._shared(head, stance)
            if any(k.text.lower() in ("if", "unless", "lest") for k in self.tree.kids(token.i, "mark")):
                stance.raise_to("hypothetical", "if")

    def _shared(self, head: Token, stance: Stance) -> None:
        for kid in self.tree.kids(head.i, "aux", "neg"):
            low = kid.text.lower()
            if kid.dep == "neg":
                stance.raise_to("negated", kid.text)
            elif low in self.lexicon.says("hypothetical", "modals"):
                stance.raise_to("hypothetical", kid.text)

    def _governor(self, node: Token, head: Token, stance: Stance, *, open_modality: bool, told: bool) -> None:
        """Read what a governing word does to what stands below it through `node`."""
        lex = self.lexicon
        complement = (
            (node.dep in COMPLEMENT and node.dep != "relcl") or (node.dep in NOUN_PATH and node.dep != "nsubj")
        )
        if head.pos in ("VERB", "AUX"):
            if told and node.dep in ("ccomp", "xcomp", "pcomp", "parataxis") and head.lemma in self._say:
                self._speak(head, stance)
            if (
                head.lemma == "be"
                and node.dep in ("attr", "nsubj")
                and ((node.dep == "nsubj" and stance.certainty == "asserted") or self._cleft(head))
            ):
                self._own(head, stance)
            if not open_modality or not complement:
                return
            if head.lemma in lex.says("deny", "verbs") and node.dep in (
                "ccomp",
                "dobj",
                "pobj",
                "prep",
                "xcomp",
                "pcomp",
                "nsubjpass",
            ):
                self._deny(head, stance)
            elif head.lemma in lex.says("hypothetical", "verbs") and node.dep in (
                "xcomp",
                "ccomp",
                "dobj",
                "prep",
                "pobj",
            ):
                stance.raise_to("hypothetical", head.text)
            if (
                (node.dep in ("xcomp", "ccomp", "conj", "dobj", "attr")
                and lex.light.find(head.lemma, [k.lemma for k in self.tree.kids(head.i)]))
                or node.dep in ("xcomp",)
            ):
                self._own(head, stance)
            elif (
                head.lemma in lex.says("suspect", "verbs")
                and node.dep in ("xcomp", "ccomp", "prep", "pobj", "pcomp", "oprd")
                and (head.lemma not in self._say or self._is_passive(head))
            ):
                stance.raise_to("suspected", head.text)
            if head.lemma in lex.says("negation", "verbs") and node.dep in ("xcomp",):
                stance.raise_to("negated", head.text)
        elif (
            head.pos in ("NOUN",)
            and open_modality
            and node.dep in ("acl", "prep", "pobj", "relcl", "ccomp", "pcomp")
        ):
            if head.lemma in lex.says("hypothetical", "nouns") and node.dep in (
                "acl",
                "prep",
                "ccomp",
                "pobj",
            ):
                stance.raise_to("hypothetical", head.text)
            elif head.lemma in lex.says("deny", "nouns"):
                stance.raise_to("denied", head.text)

    def _cleft(self, verb: Token) -> bool:
        """Whether a form of "be" opens a cleft: "it was not X that …"."""
        return any(k.text.lower() == "it" for k in self.tree.kids(verb.i, "nsubj"))

    def _is_passive(self, verb: Token) -> bool:
        return bool(self.tree.kids(verb.i, "nsubjpass", "auxpass"))

    def _speak(self, verb: Token, stance: Stance) -> None:
        """Take the subject of a verb of saying as speaker, the told one's source with it."""
        args = verb_arguments(self.tree, verb.i)
        heads = args.subjects if not args.passive else args.agents
        if args.passive and not heads:
            heads = [h for p, h in args.preps if p in ("by",)]
        negated = bool(self.tree.kids(verb.i, "neg"))
        for entity in self.entities.all_of(heads):
            if entity.cls in SPEAKERS and not negated:
                self._add(entity, verb.text, stance)
        if verb.lemma in self.lexicon.says("hypothetical", "verbs"):
            stance.raise_to("hypothetical", verb.text)
        if args.passive and not heads and verb.lemma in self.lexicon.says("suspect", "verbs"):
            stance.raise_to("suspected", verb.text)
        if not args.passive and verb.lemma in (
            "believe",
            "think",
            "suspect",
            "presume",
            "allege",
            "suggest",
            "judge",
            "fear",
        ):
            stance.raise_to("suspected", verb.text)

    def _add(self, entity: Entity, cue: str, stance: Stance) -> None:
        if entity.cls == "source":  # "a statement by X": X speaks
            heads = [
                p.i
                for k in self.tree.kids(entity.head, "prep", "agent")
                if k.lemma in ("by", "from")
                for p in self.tree.kids(k.i, "pobj")
            ]
            entity = next((e for e in self.entities.all_of(heads) if e.cls in SPEAKERS), entity)
        if all(e.start != entity.start for e in stance.speakers):
            stance.speakers.append(entity)
        stance.raise_to("claimed" if self.partisan(entity) else "reported", cue)

    @staticmethod
    def partisan(entity: Entity) -> bool:
        """Whether a speaker is an armed group or speaks for one."""
        if entity.cls == "armed":
            return True
        return entity.cls in ("official", "person", "media", "source") and any(
            n.cls == "armed" for n in entity.names
        )

    def _deny(self, verb: Token, stance: Stance) -> None:
        args = verb_arguments(self.tree, verb.i)
        deniers = [e for e in self.entities.all_of(args.agents or args.subjects) if e.cls in SPEAKERS]
        if self.tree.kids(verb.i, "neg"):
            return
        stance.raise_to("denied", verb.text)
        if deniers:
            stance.denier = deniers[0]

    def _parenthetical(self, token: Token, stance: Stance) -> None:
        """Read a verb of saying set off by a comma ("…, the army said"), wherever the parser hung it."""
        for verb in self.tree.sentence(token.i):
            if (
                verb.lemma not in self._say
                or not verb.tag.startswith("VB")
                or verb.i == token.i
                or self._cut(token, verb)
            ):
                continue
            if verb.i < token.i and self.tree.tokens[verb.i + 1].text != ",":
                continue
            if any(
                k.dep in ("ccomp", "dobj", "xcomp") and k.i > verb.i for k in self.tree.kids(verb.i)
            ) or token.i in self.tree.subtree(verb.i):
                continue
            subjects = self.tree.kids(verb.i, "nsubj")
            if not subjects or any(s.tag in ("WDT", "WP") for s in subjects):
                continue
            first = min(self.tree.subtree(subjects[0].i)[0], verb.i)
            if first and self.tree.tokens[first - 1].text in (",", "—", "–", "-", "”", '"', "''"):
                self._speak(verb, stance)

    def _by_account(self, token: Token, stance: Stance) -> None:
        """Read "by X's account", "in X's telling", "by the count of X"."""
        for noun in self.tree.sentence(token.i):
            if (
                noun.lemma not in self.lexicon.says("according", "nouns")
                or noun.dep != "pobj"
                or self._cut(token, noun)
            ):
                continue
            if self.tree.tokens[noun.head].lemma not in ("by", "in", "on", "to"):
                continue
            heads = [k.i for k in self.tree.kids(noun.i, "poss")]
            heads += [
                p.i
                for k in self.tree.kids(noun.i, "prep")
                if k.lemma == "of"
                for p in self.tree.kids(k.i, "pobj")
            ]
            for entity in self.entities.all_of(heads):
                if entity.cls in SPEAKERS:
                    self._add(entity, noun.text, stance)

    def _according(self, token: Token, stance: Stance) -> None:
        """Read "according to X" and its like anywhere in the sentence."""
        sentence = self.tree.sentence(token.i)
        phrases = [p.split() for p in self.lexicon.says("according", "phrases")]
        for position, other in enumerate(sentence):
            for words in phrases:
                window = [t.text.lower() for t in sentence[position : position + len(words)]]
                if window == words and not self._cut(token, other):
                    last = sentence[position + len(words) - 1]
                    self._spoken_by(last, other, stance)

    def _spoken_by(self, last: Token, first: Token, stance: Stance) -> None:
        heads = [k.i for k in self.tree.kids(last.i, "pobj", "dobj")]
        for entity in self.entities.all_of(heads):
            if entity.cls in SPEAKERS or entity.cls == "other":
                self._add(entity, first.text, stance)

    def _cut(self, token: Token, other: Token) -> bool:
        """Whether a semicolon parts two tokens of a sentence."""
        low, high = sorted((token.i, other.i))
        return any(t.text == ";" for t in self.tree.tokens[low + 1 : high])

    def _headline(self, token: Token, stance: Stance) -> None:
        """Read "Army: …" at the start of a sentence, also where the colon was taken for its end."""
        sentence = self.tree.sentence(token.i)
        colon = next((n for n, t in enumerate(sentence[:8]) if t.text == ":"), None)
        if colon is not None and token.i > sentence[colon].i:
            self._heading(sentence[:colon], stance)
        elif colon is None and sentence[0].i and self.tree.tokens[sentence[0].i - 1].text == ":":
            before = self.tree.sentence(sentence[0].i - 1)
            if len(before) <= 8:
                self._heading(before[:-1], stance)

    def _heading(self, words: tuple[Token, ...], stance: Stance) -> None:
        nouns = [t for t in words if t.pos in ("NOUN", "PROPN") or t.name]
        if nouns and len(nouns) <= 3:
            entity = self.entities.at(nouns[-1].i)
            if entity.cls in SPEAKERS - {"civilian", "place", "weapon"}:
                self._add(entity, ":", stance)
