"""The page: one HTML file with its scripts, style and data inside, that asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from kg.projection.collector import paused
from kg.view.payload import embedded, escaped, payload
from kg.view.vendored import vendored, vis_network

if TYPE_CHECKING:
    import networkx as nx

_HERE = Path(__file__).parent
_STYLES = ("page.css", "panel.css", "stage.css", "medium.css")
_SCRIPTS = (
    "dom.js", "record.js", "dash.js", "span.js", "theme.js", "filter.js", "gather.js", "source.js",
    "label.js", "picture.js", "question.js", "quote.js", "detail.js", "guide.js", "control.js",
    "histogram.js", "timeline.js", "caption.js", "outline.js", "brush.js", "pen.js", "plot.js", "atlas.js",
    "pedigree.js", "lineage.js", "drawing.js", "legend.js", "sheet.js", "keep.js", "address.js",
    "search.js", "menu.js", "stage.js", "explorer.js",
)  # fmt: skip


@paused()
def page(graph: nx.MultiDiGraph, *, title: str = "Network of actors", subtitle: str = "") -> str:
    """Return the page that shows a projection.

    Args:
        graph: a projection as in `kg.projection`, of actors alone or with events and places.
        title: heading and name of the window.
        subtitle: a sentence under the heading; "" says what the picture holds.

    Returns:
        HTML in which every text of the graph is data: nothing of it is markup, script or style. The same
        graph gives the same bytes.

    Raises:
        ExportError: a script or map that the page carries is missing.
    """
    scripts = [
        vis_network(),
        vendored("topojson-client"),
        *((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS),
    ]
    style = "".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES)
    parts = {
        "policy": _policy(scripts, style),
        "title": escape(title),
        "subtitle": escape(subtitle or summary(graph)),
        "style": f"<style>{style}</style>",
        "data": f'<script type="application/json" id="data">{embedded(payload(graph))}</script>',
        "atlas": f'<script type="application/json" id="atlas">{escaped(vendored("world-atlas"))}</script>',
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    template = (_HERE / "page.html").read_text(encoding="utf-8")
    # One pass over the template: what is put in is never searched for places to fill.
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: parts[slot[1]], template)


def summary(graph: nx.MultiDiGraph) -> str:
    """Return what a projection holds, in words: how much, from how many reports, of which years."""
    kinds = [kind for _, kind in graph.nodes(data="kind")]
    said = [one for *_, data in graph.edges(data=True) for one in data["evidence"]]
    said += [one for _, data in graph.nodes(data=True) for one in data["statements"]]
    own = [data for *_, data in graph.edges(data=True) if not data["derived"]]
    counts = [
        _counted(kinds.count("actor"), "actor"),
        _counted(kinds.count("event"), "event"),
        _counted(kinds.count("place"), "place"),
        _counted(len(own), "relation"),
    ]
    years = sorted({data["earliest"][:4] for *_, data in graph.edges(data=True) if data["earliest"]})
    span = "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}"
    reports = len({one.report for one in said if one.report})
    source = _counted(reports, "report") or "the registry"
    return f"{', '.join(filter(None, counts)) or 'Nothing'} from {source}{span}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""


def _policy(scripts: list[str], style: str) -> str:
    """Return a content security policy that lets in these scripts and this style, by hash, and no more."""

    def hashed(text: str) -> str:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        return f"'sha256-{digest}'"

    return (
        f"default-src 'none'; script-src {' '.join(map(hashed, scripts))}; style-src {hashed(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
