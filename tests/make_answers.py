"""Rewrite what the named queries answer on the sample reports: python tests/make_answers.py.

kg/queries/answers/NAME.txt shows the first rows as `kg query` prints them; `kg queries NAME` and
docs/queries.md repeat them. tests/golden/queries/NAME.csv holds the whole answer, which tests compare. Run it
where the extraction or a query changed, and read the difference.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from kg import api
from kg.query import Answer, NamedQuery, catalogue, names, run
from kg.query.formats import as_csv, turtle
from kg.store import Store, open_store

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "kg" / "queries" / "answers"
GOLDEN = ROOT / "tests" / "golden" / "queries"
SHOWN = 5
WIDTH = 100


def whole(store: Store, query: NamedQuery) -> str:
    """The whole answer to a query's example, as CSV or Turtle."""
    results = run(store, query, dict(query.example))
    return turtle(results) if results.triples is not None else as_csv(results).replace("\r\n", "\n")


def first(store: Store, query: NamedQuery) -> str:
    """The first rows of the answer, as a person sees them."""
    results = run(store, query, dict(query.example), limit=SHOWN)
    return Answer(results, names(store, results)).write(width=WIDTH)


def built(folder: Path) -> Path:
    """The store of the sample reports, made in a folder."""
    api.build(*api.sample_sources(), store=folder / "kg-store")
    return folder / "kg-store"


def main() -> None:
    for folder in (ANSWERS, GOLDEN):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
    with tempfile.TemporaryDirectory() as folder, open_store(built(Path(folder)), read_only=True) as store:
        for query in catalogue():
            (ANSWERS / f"{query.name}.txt").write_text(first(store, query), encoding="utf-8")
            (GOLDEN / f"{query.name}.csv").write_text(whole(store, query), encoding="utf-8")


if __name__ == "__main__":
    main()
