"""The sets with gold answers, how well they are read, and which of what they deny is accepted as an edge."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
from functools import cache
from pathlib import Path

import prose
from conftest import evaluation_dir

from kg import accept, api, facts
from kg.accept.status import rule
from kg.assertion import assertions
from kg.assertion.rules import statements
from kg.assertion.scene import scene
from kg.evaluate import predictions, read_gold, score
from kg.evaluate.align import aligned
from kg.evaluate.compare import same_filler
from kg.join import actor_kinship, join
from kg.model import Report
from kg.read import read_reports

DATA = Path(__file__).parent / "data"
OURS = {
    "samples": "samples.gold.jsonl",
    "blind1": "blind1.gold.jsonl",
    "blind2": "blind2.gold.jsonl",
    "practice1": "practice1.gold.jsonl",
}
THEIRS = {"seeds": "seeds.gold.jsonl", "dev": "dev.gold.jsonl"}
LINKS = {"links-seeds": "links_seeds.jsonl", "links-dev": "links_dev.jsonl"}
PUBLIC = ("muc4", "re3d")  # public sets, scored by their own scorers: `python -m benchmarks muc4 re3d`
PROSE = "prose"  # texts of installed packages; whatever is read in them is false
LINK_TEXTS = {"links-seeds": "seeds", "links-dev": "dev"}
SHARES = ("not_asserted_precision", "not_asserted_recall", "speaker_precision", "speaker_recall")
UNTRUE = {"denied", "negated", "hypothetical"}  # what the text says did not, or may not, happen


def path_of(name: str) -> Path | None:
    """Return the file of a set, None where it needs the evaluation material and that is absent."""
    if name in OURS:
        return DATA / OURS[name]
    folder = evaluation_dir()
    files = THEIRS | LINKS | {one: f"{one}/dev.jsonl" for one in PUBLIC}
    return folder / files[name] if folder else None


def digest(name: str) -> str:
    """Return a digest of the gold of a set: floors hold for one gold only."""
    if name == PROSE:
        return "installed packages"
    return hashlib.sha256(path_of(name).read_bytes()).hexdigest()[:16]


@cache
def extractions(name: str) -> dict:
    """Return what is read in the passages of a set, by passage."""
    reports = [item for item in read_reports([str(path_of(name))]) if isinstance(item, Report)]
    return {found.report.given_ids[0]: found for found in api.extractor().extract(reports)}


@cache
def scores(name: str):
    """Return the scores of a set."""
    rows = (row for extraction in extractions(name).values() for row in facts.rows(extraction))
    return score(read_gold(path_of(name)), predictions(rows))


def measures(name: str) -> dict[str, tuple[float, float]]:
    """Return each measure of a set with the margin of its floor: one fact, a hundredth, of prose a fifth."""
    if name == PROSE:
        words, found = read_prose(step=3)
        per_fact = words / max(1, len(found))
        return {"words_per_fact": (per_fact, per_fact / 5)}
    if name in PUBLIC:
        found = importlib.import_module(f"benchmarks.{name}").scores(path_of(name))
        return {
            f"{row} {measure}": (one[key] / 100, 0.01)
            for row, one in found.items()
            for measure, key in (("precision", "p"), ("recall", "r"), ("f1", "f1"))
        }
    if name in LINKS:
        result = _links(name)["actor"]
        return {measure: (result[measure], 0.005) for measure in ("precision", "recall")}
    found = scores(name)
    total = found.total
    measured = {"precision": (total.precision, 0.01), "recall": (total.recall, 0.01), "f1": (total.f1, 0.01)}
    shares = {one: getattr(found, one) for one in SHARES}
    return measured | {one: (share.value, 1 / share.whole) for one, share in shares.items() if share.whole}


def read_prose(*, step: int) -> tuple[int, list[tuple[str, str]]]:
    """Read every `step`th paragraph of ordinary prose; return the number of words, and what was found."""
    paragraphs = prose.paragraphs()[::step]
    reports = [Report("\n\n".join(paragraphs[i : i + 20])) for i in range(0, len(paragraphs), 20)]
    found = [
        (fact.type, fact.evidence.text) for one in api.extractor().extract(reports) for fact in one.facts
    ]
    return sum(len(text.split()) for text in paragraphs), found


def accepted_untrue(name: str) -> list[str]:
    """Return the accepted edges of a set that state what gold says is denied, negated or hypothetical."""
    found = []
    for passage in read_gold(path_of(name)):
        extraction = extractions(name)[passage.id]
        read = {fact.id: fact for fact in extraction.facts}
        given = predictions(facts.rows(extraction)).get(passage.id, [])
        for gold, answer in _answers(passage.facts, given):
            if gold.certainty and set(gold.certainty) <= UNTRUE:
                edges = _accepted(extraction, read[answer.id], happened=gold.certainty == ("denied",))
                found += [
                    f"{passage.id} {gold.types[0]} ({'|'.join(gold.certainty)}): {edge}" for edge in edges
                ]
    return found


def _answers(gold, given):
    """Yield the pairs of gold and given facts; of the rest, those that share an actor."""
    pairs = aligned(gold, given)
    yield from ((gold[ours], given[theirs]) for ours, theirs, _ in pairs)
    taken = {ours for ours, _, _ in pairs}, {theirs for _, theirs, _ in pairs}
    for i, fact in enumerate(gold):
        for j, answer in enumerate(given):
            if i not in taken[0] and j not in taken[1] and _actors(fact.slots, answer.slots):
                yield fact, answer


def _actors(wanted, given) -> bool:
    roles = ("agent", "object", "party", "target")
    return any(
        one.role == other.role and one.role in roles and same_filler(one.value, other.value)
        for one in wanted
        for other in given
    )


def _accepted(extraction, fact, *, happened: bool) -> list[str]:
    """Return the accepted edges that a fact makes.

    What is denied and no more may well have happened: then only who did it must not be accepted.
    """
    registry = api.registry()
    stated = {
        (one.subject.ref, one.predicate, one.object.ref.removeprefix("mkg:"))
        for one in statements(fact, scene(extraction, registry))
        if not (happened and one.telling and one.predicate not in ("perpetrator", "claimed"))
    }
    told = assertions(extraction, registry)
    report = extraction.report
    identity = join(
        told.tellings, told.assertions, (), registry, published={f"report:{report.id}": report.published}
    )
    ruling = rule((), identity, actor_kinship(registry))
    return [
        f"{one.subject} {one.predicate} {one.object}"
        for one in accept.accept(told.assertions, identity, ruling)
        if one.status == "accepted"
        and any((each.subject, each.predicate, each.object) in stated for each in one.assertions)
    ]


def _links(name: str) -> dict:
    """Return the report of the evaluation's own scorer of links."""
    folder = evaluation_dir()
    spec = importlib.util.spec_from_file_location("score_links", folder / "score_links.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    lines = path_of(name).read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row["mentions"] for row in map(json.loads, lines)}
    rows = [
        row
        for passage, extraction in extractions(LINK_TEXTS[name]).items()
        if passage in gold
        for row in facts.mention_rows(extraction)
    ]
    return scorer.report(scorer.score(gold, rows)[0])
