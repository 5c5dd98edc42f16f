"""What a change recomputes, block by block, is what computing all from nothing gives, byte for byte."""

from __future__ import annotations

from functools import cache

import pytest
from desk import small_registry
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.corpus import Corpus
from kg import accept
from kg.judgement import Judgement
from kg.maintenance import Maintenance
from kg.store import open_store
from kg.vocab import GRAPH, MKG, ref

REGISTRY = small_registry()
POOL = 24
_ACTIONS = ("add", "add", "add", "retract", "change", "judge", "undo")


@cache
def corpus():
    """Reports on two towns and three groups within a fortnight: nearly all of them touch each other."""
    return Corpus(REGISTRY, towns=2, groups=3, days=14, outlets=3)


@cache
def graph(number):
    (found,) = corpus().graphs(number, number + 1).items()
    return found


def held(store):
    """The store as N-Quads lines, without what the derived graphs were computed from."""
    return sorted(str(quad) for quad in store.quads() if quad.predicate != MKG.derivation)


def rebuilt(numbers, judgements):
    """What all quads are where everything is computed at once."""
    quads = [quad for number in numbers for quad in graph(number)[1]]
    derived = accept.derive(quads, REGISTRY, judgements)
    return sorted({str(quad) for quad in (*REGISTRY.quads(), *quads, *derived)})


def maintenance(store, judgements):
    upkeep = Maintenance(store, REGISTRY, tuple(judgements), "code")
    upkeep.refresh()
    return upkeep


def subjects(store, draw):
    """Two tellings of different events or of one, or a statement, to be judged."""
    if draw(st.booleans()):
        found = sorted({ref(quad.subject) for quad in store.quads(p=MKG.states)})
        return (draw(st.sampled_from(found)),) if found else ()
    tellings = sorted({ref(quad.subject) for quad in store.quads(p=MKG.canonical)})
    tellings = [name for name in tellings if name.startswith("telling:")]
    return tuple(draw(st.permutations(tellings))[:2]) if len(tellings) > 1 else ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_any_order_of_changes_gives_what_a_rebuild_gives(data):
    draw = data.draw
    with open_store() as store:
        judgements: list[Judgement] = []
        upkeep = maintenance(store, judgements)
        present: set[int] = set()
        for action in draw(st.lists(st.sampled_from(_ACTIONS), min_size=1, max_size=14)):
            number = draw(st.integers(0, POOL - 1))
            if action == "add":
                numbers = {number, *draw(st.sets(st.integers(0, POOL - 1), max_size=4))}
                upkeep.update(dict(map(graph, sorted(numbers))))
                present |= numbers
            elif action == "change" and present:  # a report that is read anew, and states less than before
                chosen = draw(st.sampled_from(sorted(present)))
                upkeep.update(
                    {
                        graph(chosen)[0]: [
                            quad for quad in graph(chosen)[1] if "/assertion/" not in str(quad.subject)
                        ]
                    }
                )
                upkeep.update(dict([graph(chosen)]))
            elif action == "retract" and present:
                chosen = draw(st.sampled_from(sorted(present)))
                upkeep.update({}, [graph(chosen)[0]])
                present.discard(chosen)
            elif action == "judge" and (named := subjects(store, draw)):
                kinds = ("same", "different") if len(named) == 2 else ("accept", "reject")
                judgements.append(Judgement(draw(st.sampled_from(kinds)), named, "P", "2026-01-01"))
                upkeep = maintenance(store, judgements)
            elif action == "undo" and judgements:
                key = draw(st.sampled_from([one.key for one in judgements]))
                judgements.append(Judgement("undo", key, "P", "2026-01-02"))
                upkeep = maintenance(store, judgements)
        assert held(store) == rebuilt(sorted(present), judgements)


def test_reports_one_by_one_give_what_all_at_once_give():
    with open_store() as store:
        upkeep = maintenance(store, ())
        for number in range(60):
            upkeep.update(dict([graph(number)]))
        assert held(store) == rebuilt(range(60), ())
        for number in range(0, 60, 2):
            upkeep.update({}, [graph(number)[0]])
        assert held(store) == rebuilt(range(1, 60, 2), ())


def test_retracting_everything_leaves_the_registry_and_what_it_says():
    with open_store() as store:
        upkeep = maintenance(store, ())
        empty = held(store)
        upkeep.update(dict(map(graph, range(30))))
        upkeep.update({}, [graph(number)[0] for number in range(30)])
        assert held(store) == empty


def test_the_corpus_makes_reports_touch_each_other():
    with open_store() as store:
        maintenance(store, ()).update(dict(map(graph, range(60))))
        events = [quad.object for quad in store.quads(p=MKG.canonical, g=GRAPH.identity)]
        assert len(set(events)) < 0.9 * len(events)
        statuses = {ref(quad.object) for quad in store.quads(p=MKG.status)}
        assert {"mkg-status:accepted", "mkg-status:contested"} <= statuses


@pytest.mark.parametrize("code", ["code", "other"])
def test_another_code_derives_anew_and_the_same_does_nothing(code):
    with open_store() as store:
        maintenance(store, ()).update(dict(map(graph, range(20))))
        broken = next(iter(store.quads(p=MKG.status)))
        store.change([broken], [])
        assert Maintenance(store, REGISTRY, (), code).refresh() == (code == "other")
        assert (broken in set(store.quads())) == (code == "other")


def test_a_judgement_on_actors_is_applied_to_all_that_names_them():
    with open_store() as store:
        upkeep = maintenance(store, ())
        upkeep.update(dict(map(graph, range(40))))
        actors = sorted({ref(quad.subject) for quad in store.quads(o=MKG.UnnamedActor)})
        judgements = (Judgement("same", (actors[0], "actor:jnim"), "P", "2026-01-01"),)
        maintenance(store, judgements)
        assert held(store) == rebuilt(range(40), judgements)
