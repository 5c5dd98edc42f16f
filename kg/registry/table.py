"""The compiled table of towns: read on first need, a row becomes a place only when it is asked for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from kg.errors import RegistryError
from kg.registry.entries import Name, Place

COLUMNS = (
    "slug", "name", "alternates", "country", "within", "latitude", "longitude", "population",
    "geonames", "strong",
)  # fmt: skip


class Table:
    """Towns by slug, from a gzipped file of tab-separated values with a header row.

    Raises:
        RegistryError: the file is damaged or its columns are not `COLUMNS`.
    """

    def __init__(self, path: Path) -> None:
        try:
            text = gzip.decompress(path.read_bytes()).decode("utf-8")
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise RegistryError(
                f"{path}: not readable; make it again with make_places.py ({error})"
            ) from error
        lines = [line for line in text.split("\n") if line and not line.startswith("#")]
        if not lines or tuple(lines[0].split("\t")) != COLUMNS:
            raise RegistryError(
                f"{path}: its columns are not {', '.join(COLUMNS)}; make it again with make_places.py"
            )
        self._rows = {line.partition("\t")[0]: line for line in lines[1:]}

    def __contains__(self, slug: object) -> bool:
        return slug in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def place(self, slug: str) -> Place:
        """Return the town with a slug.

        Raises:
            KeyError: the table has no such town.
        """
        key, name, alternates, country, within, lat, lon, population, geonames, strong = self._rows[
            slug
        ].split("\t")
        others = alternates.split("|") if alternates else []
        return Place(
            key,
            name,
            "city",
            (Name(name, "en", strong == "1"), *(Name(other, "en", strong=False) for other in others)),
            country,
            (within,),
            float(lat),
            float(lon),
            population=int(population),
            identifier=(f"GeoNames {geonames}",),
        )

    def names(self) -> Iterator[tuple[str, tuple[str, ...], bool]]:
        """Yield slug, names, and whether the first name is strong , a town at a time."""
        for slug, line in self._rows.items():
            _, name, alternates, *_, strong = line.split("\t")
            yield slug, (name, *alternates.split("|")) if alternates else (name,), strong == "1"
