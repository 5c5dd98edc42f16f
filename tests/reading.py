"""Reading one invented text and looking for a fact in what comes out. No event in these texts took place."""

from __future__ import annotations

from kg import api, facts
from kg.evaluate.compare import same_count, same_date, same_filler
from kg.model import Report

PUBLISHED = "2019-03-27"  # a Wednesday
COUNTS = ("killed", "wounded", "missing")


def extraction(text: str, published: str = PUBLISHED):
    """Return what is read in a text."""
    [found] = api.extractor().extract([Report(text, published=published, given_ids=("r",))])
    return found


def rows(text: str, published: str = PUBLISHED) -> list[dict]:
    """Return the facts of a text as `kg extract` prints them."""
    return facts.rows(extraction(text, published))


def holds(found: list[dict], type_: str, **wanted) -> bool:
    """Tell whether a fact of that type has all that is wanted.

    A role is a filler or a list of fillers ("A|B" for equals), "" where it must be empty; a toll is (least,
    most); `date` an ISO day or a (first, last) pair; `certainty`, `speaker` and `about` (the type of the fact
    that is spoken of) as they say.
    """
    types = {row["id"]: row["type"] for row in found}
    return any(
        row["type"] in type_.split("|") and all(_has(row, key, value, types) for key, value in wanted.items())
        for row in found
    )


def _has(row: dict, key: str, value, types: dict[str, str]) -> bool:
    if key == "certainty":
        return row["certainty"] in value.split("|")
    if key == "about":
        return types.get(row.get("about")) in value.split("|")
    key = "according_to" if key == "speaker" else key
    given = row.get(key)
    if value in ("", None):
        return not given
    if given is None:
        return False
    if key in COUNTS:
        return same_count({"min": value[0], "max": value[1]}, given)
    if key == "date":
        first, last = (value, value) if isinstance(value, str) else value
        return same_date({"start": first, "end": last}, given)
    wanted = [value] if isinstance(value, str) else value
    return all(any(same_filler(one, other) for other in given) for one in wanted)


def fact(type_: str, **wanted) -> tuple[str, dict]:
    """Write down a fact that a text must give; what may be wanted is said in `holds`."""
    return type_, wanted


def missing(text: str, wanted: list[tuple[str, dict]]) -> list:
    """Return the wanted facts that are not read in a text, and if there are any, what is."""
    found = rows(text)
    lost = [one for one in wanted if not holds(found, one[0], **one[1])]
    return [*lost, found] if lost else []
