"""Mentions: the names of a report, and the descriptions of armed actors, forces and governments.

Each carries what its sentence tells the linker (`kg.model.Clues`); which actor or place it is, `kg.resolve`
says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.descriptions import Descriptions
from kg.extract.entities import Entities
from kg.extract.lexicon import Lexicon
from kg.extract.names import Name
from kg.extract.syntax import Token, Tree
from kg.extract.wording import MODIFIERS, SUBJECTS, Wording
from kg.model import Clues, Mention, Report

_BODIES = ("armed", "force", "government")


class Mentions:
    """Finds the mentions of reports; holds what it needs of the lexicon and the registry's demonyms."""

    def __init__(self, lexicon: Lexicon, demonyms: Mapping[str, tuple[str, ...]]) -> None:
        self._wording = Wording(lexicon, demonyms)

    def find(
        self, report: Report, names: Sequence[Name], trees: Sequence[Tree], entities: Sequence[Entities]
    ) -> tuple[Mention, ...]:
        """Return the mentions of a report in text order; a description may contain names.

        Args:
            report: the report.
            names: its names in text order.
            trees: the trees of its segments.
            entities: the entities of these trees.
        """
        found: dict[tuple[int, int], Mention] = {}
        sentence = 0
        for tree, made in zip(trees, entities, strict=True):
            named = _Named(self._wording, report.text, tree, sentence)
            described = Descriptions(self._wording, report.text, tree, made, sentence)
            for token in tree.tokens:
                for mention in described.at(token) if token.name is None else named.at(token):
                    found.setdefault((mention.start, mention.end), mention)
            sentence += len(tree.sents)
        for name in names:  # what the trees lost, if anything
            found.setdefault((name.start, name.end), _mention(name, Clues(cls=name.cls)))
        return tuple(_without_nested(sorted(found.values(), key=lambda m: (m.start, -m.end))))


def _without_nested(ordered: Sequence[Mention]) -> Iterator[Mention]:
    """Leave out a nationality that is inside a description ("the French" in "the French troops")."""
    reach = 0
    for mention in ordered:
        if mention.clues.form != "people" or mention.end > reach:
            yield mention
        if mention.clues.form == "description":
            reach = max(reach, mention.end)


def _mention(name: Name, clues: Clues) -> Mention:
    kind = "place" if name.cls in ("place", "facility") else "actor"
    candidates = tuple(c.slug for c in name.match.candidates) if name.match else ()
    return Mention(name.start, name.end, name.text, kind, None, "", candidates, clues=clues)


class _Named:
    """The names of one tree with their clues."""

    def __init__(self, wording: Wording, text: str, tree: Tree, first: int) -> None:
        self.wording, self.text, self.tree, self.first = wording, text, tree, first
        self._sport: dict[int, bool] = {}
        self._classes = frozenset(wording.class_of(t) for t in tree.tokens)

    def at(self, token: Token) -> Iterator[Mention]:
        """Yield the mention of the name that a token is, if it is one."""
        name = token.name
        if name is None:
            return
        noun = self._noun_beside(token) if name.cls == "place" else ""
        clues = Clues(
            "name",
            self.first + token.sent,
            name.cls,
            noun,
            self.wording.sense(noun) if noun else "",
            acts=self._acts(token),
            speaks=self._speaks(token),
            same=self._abbreviated(token, name),
            against=self._against(token, name),
        )
        yield _mention(name, clues)

    def _abbreviated(self, token: Token, name: Name) -> tuple[int, int] | None:
        """Return the span of the name right before, where this one stands in parentheses behind it."""
        before = next((t for t in reversed(self.tree.tokens[max(0, token.i - 4) : token.i]) if t.name), None)
        if before is None or before.name is None or "place" in (name.cls, before.name.cls):
            return None
        between = self.text[before.end : name.start].strip()
        closed = self.text[name.end : name.end + 1] in (")", ",", ";")
        if (between in ("(", "(the") and closed) or between.strip('“”"') == "(":
            return before.name.start, before.name.end
        return None

    # what speaks against a link

    def _against(self, token: Token, name: Name) -> str:
        if name.cls in ("place", "government") and self._in_sport(token) and not self._located(token):
            return "a team: the passage is about sport"
        if name.cls == "community" and token.dep in MODIFIERS:
            return "an adjective: it says of what people others are"
        if name.match is None:
            return ""
        strong = any(c.strong for c in name.match.candidates)
        if strong and not (name.cls == "armed" and name.text[:2].lower() == "al"):
            return ""
        tokens, first = self.tree.tokens, self.tree.sents[token.sent][0]
        before = tokens[token.i - 1] if token.i > first else None
        after = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
        opens = (
            before is not None and before.i == first and name.cls != "person"
        )  # it may have its capital by that
        if before is not None and not opens and before.end + 1 == token.start and self._capitalised(before):
            return f"part of a longer name: {before.text} {name.text}"
        if (
            after is not None
            and name.cls == "person"
            and token.end + 1 == after.start
            and self._capitalised(after)
        ):
            return f"part of a longer name: {name.text} {after.text}"
        return ""

    def _capitalised(self, token: Token) -> bool:
        """Return whether a word looks like part of a name: no title, nationality or noun of the lexicon."""
        known = self.wording.nationality(token) or token.text in self.wording.titles
        known = known or token.lemma in self.wording.lexicon.nouns or token.form in self.wording.calendar
        return token.name is None and token.text[:1].isupper() and token.tag in ("NNP", "NNPS") and not known

    def _in_sport(self, token: Token) -> bool:
        if token.sent not in self._sport:
            sentence = self.tree.sentence(token.i)
            words = {t.lemma for t in sentence} | {t.form for t in sentence}
            cues = len(words & self.wording.lexicon.domains["sport"])
            violent = self._classes & ({"armed", "weapon"} if cues > 1 else {"armed", "force", "weapon"})
            self._sport[token.sent] = cues > 0 and not violent
        return self._sport[token.sent]

    def _located(self, token: Token) -> bool:
        """Return whether a name says where something is."""
        if not token.tag:  # in a sentence that was not parsed
            return self.tree.before(token.start) in self.wording.words["where"]
        return token.dep == "pobj" and self.tree.tokens[token.head].lemma in self.wording.words["where"]

    # what kind of place, who acts and who speaks

    def _noun_beside(self, token: Token) -> str:
        """Return the noun that says what kind of place a name is of: "Gao region", "the city of Gao"."""
        tokens = self.tree.tokens
        after = tokens[token.i + 1 : token.i + 4]
        if len(after) > 1 and after[0].text in ("and", ",", "or") and after[1].name:
            last = after[1].text.split()[-1].lower()
            if last.endswith("s") and self.wording.sense(last[:-1]) in ("region", "city"):
                return last[:-1]  # "Gao and Menaka regions", where the second is one name
            after = after[2:] if len(after) > 2 and after[2].tag == "NNS" else ()
        if after and self._geography(after[0]):
            return after[0].lemma
        head = tokens[token.head]
        if token.dep == "pobj" and head.lemma == "of" and self._geography(tokens[head.head]):
            return tokens[head.head].lemma
        before = tokens[max(0, token.i - 2) : token.i] if not token.tag else ()
        if len(before) > 1 and before[1].lemma == "of" and self._geography(before[0]):
            return before[0].lemma  # in a sentence that was not parsed
        return head.lemma if token.dep == "appos" and self._geography(head) else ""

    def _geography(self, token: Token) -> bool:
        hit = self.wording.lexicon.nouns.find(token.lemma)
        return token.name is None and hit is not None and hit[1].name == "geography"

    def _acts(self, token: Token) -> bool:
        """Return whether a name stands where an actor stands and a place does not."""
        head = self.tree.tokens[token.head]
        if token.dep in SUBJECTS:
            partners = self.tree.kids(token.i, "conj")
            return head.lemma in self.wording.speaking or any(
                k.name and k.name.cls in _BODIES for k in partners
            )
        if token.dep in ("dobj", "obj"):
            return head.lemma in self.wording.metonymy["objects"]
        if token.dep == "pobj":
            metonymy, above = self.wording.metonymy, self.tree.tokens[head.head]
            governed = head.lemma in metonymy["prepositions"] and above.lemma in metonymy["governors"]
            return head.dep == "agent" or governed
        while token.dep == "conj" and head.dep == "conj" and head.i != token.i:
            token, head = head, self.tree.tokens[head.head]
        return token.dep == "conj" and head.i != token.i and self._acts(head)

    def _speaks(self, token: Token) -> bool:
        """Return whether a name is that of a speaker, of those he speaks for, or of who is told."""
        head = self.tree.tokens[token.head]
        told = self.wording.words["told"]
        if token.dep in ("compound", "nmod", "poss"):
            return self.wording.class_of(head) in ("official", "source")
        if token.dep in ("dobj", "dative"):
            return head.lemma in told
        if token.dep == "pobj":
            above = self.tree.tokens[head.head]
            return head.lemma in ("by", "to") and above.lemma in told | self.wording.says
        return token.dep in SUBJECTS and head.lemma in self.wording.says
