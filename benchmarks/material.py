"""The public sets beside the repository: where they are, their scorers, and the table of their scores."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

UNTRUE = frozenset({"denied", "negated", "hypothetical"})  # certainties of what did not, or may not, happen
Row = Mapping[str, float]


def folder(name: str) -> Path | None:
    """Return the folder of a set, None where it is absent."""
    from conftest import evaluation_dir

    found = evaluation_dir()
    return found / name if found and (found / name / "dev.jsonl").is_file() else None


@cache
def scorer(path: Path) -> ModuleType:
    """Return the scorer of a set as a module."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_score", path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def records(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(name: str, scores: Callable[[Path], Mapping[str, Row]]) -> None:
    """Print the scores of the development part of a set, or that it is absent."""
    found = folder(name)
    if found is None:
        print(f"the documents of {name} are not present; KG_EVAL names the folder that holds them")
        return
    started = time.perf_counter()
    for label, one in scores(found / "dev.jsonl").items():
        print(f"{label:<16} precision {one['p']:5.1f}  recall {one['r']:5.1f}  F1 {one['f1']:5.1f}")
    print(f"{time.perf_counter() - started:.0f} s")
