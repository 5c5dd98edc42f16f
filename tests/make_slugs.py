"""Note the slugs of the registry, which stay for ever: stores, judgements and files of one's own name them.

python tests/make_slugs.py
"""

from __future__ import annotations

from pathlib import Path

PATH = Path(__file__).parent / "data" / "registry_slugs.txt"
HEAD = (
    "# Slugs of actors and references of curated places that must stay: stores, judgements and files of\n"
    "# one's own refer to them. One a line, sorted; python tests/make_slugs.py notes new ones.\n"
)


def kept() -> set[str]:
    """What is noted."""
    return {
        line for line in PATH.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    }


def held() -> set[str]:
    """What the shipped registry has."""
    from kg.registry import load

    registry = load()
    return {*registry.actors, *(f"place:{slug}" for slug in registry.places.curated)}


if __name__ == "__main__":
    PATH.write_text(HEAD + "".join(f"{line}\n" for line in sorted(kept() | held())), encoding="utf-8")
