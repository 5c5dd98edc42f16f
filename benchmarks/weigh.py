"""Learn the weights of ontology/lexicon/incidents.toml from the training part of MUC-4.

    python -m benchmarks.weigh

Only words and weights are written: a feature is kept where at least a few reports have it, and a name is
always `<name>`. Thresholds are those that score best where each half of the reports is read with the
weights of the other.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.material import folder, records
from benchmarks.muc4 import ROLE_OF, telex
from kg import api
from kg.incidents import Sketch
from kg.incidents.candidates import Candidate
from kg.incidents.reading import contextual, distinct
from kg.incidents.weights import FILE, KINDS, ROLES, Weights
from kg.resources import ontology_dir

REPORTS = {"report": 4, "candidate": 5}  # that have a feature, at least
RIDGE = {"report": 8.0, "candidate": 3.0}
KEPT = {"report": 0.04, "candidate": 0.12}  # the least weight that is written
ROUNDS = 60
THRESHOLDS = {"report": np.arange(-1.0, 1.01, 0.2), "candidate": np.arange(0.1, 0.61, 0.05)}
HEADER = """# Weights of features for incidents: how much each speaks for a kind of incident (of the whole
# report) or for a part in one (of a noun phrase). Learned from the training part of MUC-4, news of Latin
# America 1988-1991, by `python -m benchmarks.weigh`; kg/incidents/features.py says what the features are.
# Words and weights only.
"""


class Table:
    """Rows of features as a matrix."""

    def __init__(self, rows: Sequence[Collection[str]], *, least: int) -> None:
        counts = Counter(feature for row in rows for feature in row)
        self.columns = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}
        indices = [[self.columns[f] for f in sorted(row) if f in self.columns] for row in rows]
        ends = np.cumsum([0, *map(len, indices)])
        flat = np.concatenate([np.array(i, dtype=int) for i in indices]) if indices else np.array([], int)
        self.matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(self.columns)))


def fitted(matrix: Any, wanted: Any, *, ridge: float) -> tuple[Any, float]:
    """Return the weights and the bias of a logistic regression."""
    across = matrix.T.tocsr()

    def loss(values: Any) -> tuple[float, Any]:
        scores = matrix @ values[:-1] + values[-1]
        signed = np.where(wanted > 0, scores, -scores)
        rest = 1 / (1 + np.exp(-np.clip(scores, -30, 30))) - wanted
        total = np.logaddexp(0, -signed).sum() + ridge / 2 * (values[:-1] @ values[:-1])
        return total, np.append(across @ rest + ridge * values[:-1], rest.sum())

    start = np.zeros(matrix.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return found.x[:-1], float(found.x[-1])


def halves(matrix: Any, wanted: Any, half: Any, *, ridge: float) -> Any:
    """Return the scores of each half with the weights of the other."""
    scores = np.zeros(len(wanted))
    for one in (0, 1):
        weights, bias = fitted(matrix[half != one], wanted[half != one], ridge=ridge)
        scores[half == one] = matrix[half == one] @ weights + bias
    return scores


def best(candidates: Iterable[float], score: Callable[[float], float]) -> float:
    """Return the candidate that scores best, the first of equals."""
    return float(max(candidates, key=lambda value: (score(value), -value)))


def section(name: str, weights: Weights) -> str:
    """Return the lines of one model, the features in order."""
    lines = [f"\n[{name}]", f"bias = {weights.bias:.3f}", f"threshold = {weights.threshold:.2f}"]
    lines.append(f"\n[{name}.features]")
    lines += [f"{_quoted(f)} = {w:.2f}" for f, w in sorted(weights.features.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def model(table: Table, wanted: Any, kind: str, threshold: float) -> Weights:
    """Return the model of a table, without the weights that count for little."""
    values, bias = fitted(table.matrix, wanted, ridge=RIDGE[kind])
    kept = {f: round(float(values[i]), 2) for f, i in table.columns.items() if abs(values[i]) >= KEPT[kind]}
    return Weights(round(bias, 3), threshold, kept)


def whole(rows: Sequence[Mapping[str, Any]], sketches: Sequence[Sketch], half: Any) -> tuple[dict, dict]:
    """Return the models of whole reports, and their scores by the other half."""
    table = Table([one.features for one in sketches], least=REPORTS["report"])
    models, scores = {}, {}
    for name in ("relevant", *KINDS):
        told = [[t["incident_type"] for t in row["gold"]["templates"]] for row in rows]
        wanted = np.array(
            [float(any(name == "relevant" or name in kind for kind in kinds)) for kinds in told]
        )
        scores[name] = halves(table.matrix, wanted, half, ridge=RIDGE["report"])

        def f1(threshold: float, name: str = name, wanted: Any = wanted) -> float:
            given = scores[name] > threshold
            return 2 * (given & (wanted > 0)).sum() / max(1, given.sum() + wanted.sum())

        models[name] = model(table, wanted, "report", best(THRESHOLDS["report"], f1))
    return models, scores


def golden(row: Mapping[str, Any], role: str) -> list[set[str]]:
    """Return the entities that fill a role, each as the set of its names."""
    return [{_key(name) for name, _ in entity} for entity in row["gold"]["ree"][ROLE_OF[role]]]


def _key(text: str) -> str:
    return " ".join("".join(s for s in text.lower() if s.isalnum() or s.isspace()).split())


def roles(rows: Sequence[Any], sketches: Sequence[Sketch], half: Any, scores: Mapping[str, Any]) -> dict:
    """Return the models of candidates, by role."""
    flat: list[tuple[int, Candidate]] = [(i, c) for i, one in enumerate(sketches) for c in one.candidates]
    lent = [{name: float(values[i]) for name, values in scores.items()} for i in range(len(sketches))]
    table = Table([contextual(lent[i], one) for i, one in flat], least=REPORTS["candidate"])
    halved = half[np.array([i for i, _ in flat])]
    models = {}
    for role in ROLES:
        gold = [golden(row, role) for row in rows]
        wanted = np.array([float(any(set(one.names) & names for names in gold[i])) for i, one in flat])
        odds = halves(table.matrix, wanted, halved, ridge=RIDGE["candidate"])
        chances = 1 / (1 + np.exp(-odds))

        def f1(threshold: float, gold: Any = gold, chances: Any = chances) -> float:
            return _entity_f1(flat, gold, chances, threshold)

        models[role] = model(table, wanted, "candidate", best(THRESHOLDS["candidate"], f1))
        sys.stderr.write(f"{role}: {int(wanted.sum())} of {sum(map(len, gold))} found among the candidates; ")
        sys.stderr.write(f"F1 by halves {f1(models[role].threshold):.3f}\n")
    return models


def _entity_f1(flat: Sequence[tuple[int, Candidate]], gold: Any, chances: Any, threshold: float) -> float:
    by_report: dict[int, list[tuple[float, Candidate]]] = {}
    for (i, one), chance in zip(flat, chances, strict=True):
        if chance > threshold:
            by_report.setdefault(i, []).append((float(chance), one))
    right = given = 0
    for i, likely in by_report.items():
        kept = distinct(likely)
        given += len(kept)
        right += sum(any(one.key in names for one in kept) for names in gold[i])
    return 2 * right / max(1, given + sum(map(len, gold)))


def main() -> int:
    """Learn and write."""
    found = folder("muc4")
    if found is None:
        sys.stderr.write("the MUC-4 reports are not present; KG_EVAL names the folder that holds them\n")
        return 1
    rows = records(found / "train.jsonl")
    sketches = list(api.extractor().sketches(map(telex, rows)))
    write(rows, sketches, ontology_dir() / "lexicon" / FILE)
    return 0


def write(rows: Sequence[Mapping[str, Any]], sketches: Sequence[Sketch], path: Path) -> None:
    """Learn from reports and their sketches, and write the file."""
    half = np.arange(len(rows)) % 2
    models, scores = whole(rows, sketches, half)
    models |= roles(rows, sketches, half, scores)
    path.write_text(HEADER + "".join(section(n, m) for n, m in models.items()), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
