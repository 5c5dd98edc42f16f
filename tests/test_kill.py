"""A build that dies at any point, on a full disk or beside others: nothing is lost, and it is completed."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desk import small_registry

from kg import pipeline
from kg.errors import StoreError
from kg.store import open_store
from kg.vocab import MKG

ROOT = Path(__file__).resolve().parent.parent
KILLS = 50
REPORTS = 120

# Builds invented reports in small batches, as `kg build` does, and says when it begins and after each report.
BUILD = """
import sys
from benchmarks.corpus import Corpus
from desk import small_registry
from kg import pipeline
from kg.pipeline import work
from kg.store import open_store

work.BATCH, work.FLUSH = 4, 3
registry = small_registry()
corpus = Corpus(registry, towns=2, groups=3, days=30)
read = {one.report.id: one for one in corpus.extractions(0, int(sys.argv[2]))}

class Reader:
    def extract(self, reports):
        return (read[report.id] for report in reports)

with open_store(sys.argv[1]) as store:
    print("open", flush=True)
    watch = lambda done: print(done.reports, flush=True)
    pipeline.build([one.report for one in read.values()], store, registry, Reader, watch=watch)
"""


def started(store, reports=REPORTS, **more):
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(store), str(reports)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **more,
    )  # fmt: skip


def finished(store, reports=REPORTS):
    process = started(store, reports)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors


def held(path):
    with open_store(path, read_only=True) as store:
        return [str(quad) for quad in store.quads()]


def sound(path):
    """Whether a store is what its reports make of it; one that was killed at its beginning holds nothing."""
    with open_store(path) as store:
        return not store.graphs() or pipeline.check(store, small_registry()) == []


@pytest.mark.slow
def test_a_build_killed_at_any_point_leaves_whole_reports_and_is_completed_by_the_same_command(tmp_path):
    finished(tmp_path / "whole")
    expected = held(tmp_path / "whole")
    chance, kills, stages = random.Random(7), 0, set()
    path, rounds, done = tmp_path / "round-0", 0, 0
    while kills < KILLS:
        process = started(path)
        assert process.stdout is not None
        assert process.stderr is not None
        lines = [process.stdout.readline()]
        for _ in range(
            done + chance.randrange(12)
        ):  # where it is by its own account, then a moment at random
            lines.append(process.stdout.readline())
        time.sleep(chance.random() * 0.05)
        killed = process.poll() is None
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()
        assert sound(path), f"kill {kills} after {lines[-1]!r}"
        if not killed:
            assert held(path) == expected
            rounds += 1
            path, done = tmp_path / f"round-{rounds}", 0
            continue
        kills += 1
        with open_store(path, read_only=True) as store:
            done = sum(1 for _ in store.found(p=MKG.run))
        stages.add(done)
    finished(path)
    assert held(path) == expected
    assert len(stages) > KILLS / 5, "the kills came at too few different points"


def test_a_reader_beside_a_build_always_finds_whole_reports_and_what_follows_from_them(tmp_path):
    process = started(tmp_path / "store")  # long enough for a reader that other work holds up
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    seen = set()
    while process.poll() is None:
        try:
            with open_store(tmp_path / "store", read_only=True) as store:
                assert not store.graphs() or pipeline.check(store, small_registry()) == []
                seen.add(len(store))
        except StoreError as error:
            if "holds nothing yet" not in str(error):  # not a quad is written yet
                raise
        process.stdout.readline()
    process.communicate()
    assert process.returncode == 0
    assert len(seen) > 3


def test_a_second_build_is_told_that_the_store_is_being_written(tmp_path):
    with open_store(tmp_path / "store"):
        process = started(tmp_path / "store")
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "is being written by another process: wait" in errors


def test_a_full_disk_is_told_and_the_build_completed_once_there_is_room(tmp_path):
    finished(tmp_path / "whole", 60)
    room = 500_000  # a file that grows beyond this can't be written, as on a full disk
    process = started(
        tmp_path / "store", 60, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    )
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "StoreError: the disk is full" in errors
    assert sound(tmp_path / "store")
    finished(tmp_path / "store", 60)
    assert held(tmp_path / "store") == held(tmp_path / "whole")


@pytest.fixture
def untouchable(tmp_path):
    """A store that its user may only read; as root, the tests give that user's place to nobody."""
    finished(tmp_path / "store", 4)
    entries = [tmp_path / "store", *(tmp_path / "store").rglob("*")]
    for entry in entries:
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    opened = [tmp_path, *tmp_path.parents[:3]]
    modes = {folder: folder.stat().st_mode for folder in opened if os.geteuid() == 0}
    for folder, mode in modes.items():
        folder.chmod(mode | 0o055)
    yield tmp_path / "store"
    for folder, mode in modes.items():
        folder.chmod(mode)
    for entry in entries:
        entry.chmod(0o755 if entry.is_dir() else 0o644)


@pytest.fixture
def nobody():
    """The rights of a user who owns nothing: root may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_store_that_may_only_be_read_is_told_as_such_and_can_be_asked(untouchable, nobody):
    with pytest.raises(StoreError, match="no permission to write to the store"):
        open_store(untouchable)
    with open_store(untouchable, read_only=True) as store:
        assert pipeline.check(store, small_registry()) == []
