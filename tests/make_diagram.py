"""Draw the model of the ontology again: python tests/make_diagram.py.

docs/model.svg shows every class and property of ontology/kg.ttl; ontology/diagram.toml says where.
"""

from __future__ import annotations

from pathlib import Path

from diagram import draw, planned
from ontology_model import read

from kg.resources import ontology_dir

DIAGRAM = Path(__file__).resolve().parent.parent / "docs" / "model.svg"
PLAN = ontology_dir() / "diagram.toml"


def main() -> None:
    model = read(ontology_dir())
    DIAGRAM.write_text(draw(model, planned(PLAN, model)), encoding="utf-8")


if __name__ == "__main__":
    main()
