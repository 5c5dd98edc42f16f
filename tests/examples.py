"""What README shows of a real run: the sample reports built in a folder of their own, and asked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

QUERY = Path(__file__).parent / "data" / "readme.rq"
ASKED = (
    ("query", "claims", "--param", "actor=JNIM", "--param", "place=Gao"),
    ("query", "allegiance-on-day", "--param", "day=2017-06-01", "--param", "actor=JNIM"),
    ("query", "denials", "--param", "actor=Taliban"),
)
SECONDS = re.compile(r"; [\d.]+ s(?: in all)?$", re.MULTILINE)
TURTLE_LINES = 16
SETTLED = 1.0  # seconds until what moves has come to rest


@cache
def blocks() -> dict[str, str]:
    """Return the text of the blocks `demo`, `turtle` and `sparql`, indented as Markdown code."""
    with tempfile.TemporaryDirectory() as folder:
        shown = [_shown(folder, "build", "--samples"), *(_shown(folder, *call) for call in ASKED)]
        turtle = _assertion(Path(folder, "outputs", "graph.ttl").read_text(encoding="utf-8"))
        question = QUERY.read_text(encoding="utf-8").rstrip()
        answer = _run(folder, "query", str(QUERY))
    sparql = f"{question}\n\n{answer}"
    return {
        name: _code(text)
        for name, text in (("demo", "\n".join(shown)), ("turtle", turtle), ("sparql", sparql))
    }


PICTURES = {
    "network": (1240, 720, "Picture.select('actor:jnim'); Picture.go('actor:jnim')"),
    "map": (1100, 640, "Stage.show('map'); Picture.select('actor:jnim'); Atlas.fit()"),
    "lineage": (1100, 640, "Stage.show('lineage')"),
}
"""Width, height and what is done before a picture of the explorer is taken, by the name of its file."""
BRIEFING = (1040, 1180, "document.getElementById('timeline').scrollIntoView()")
"""The same of the picture of a briefing."""


def pictures(folder: Path) -> None:
    """Write pictures of the explorer and of a briefing on the sample reports, as Chromium shows them."""
    from browser import Browser

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        _run(work, "build", "--samples")
        _run(work, "report", "--actor", "JNIM")
        network = Path(work, "outputs", "network.html").read_text(encoding="utf-8")
        briefing = Path(work, "outputs", "briefing-jnim.html").read_text(encoding="utf-8")
        shown = [(name, network, *how) for name, how in PICTURES.items()]
        browser = Browser(Path(work))
        browser.paper("light")
        for name, html, wide, high, deed in (*shown, ("briefing", briefing, *BRIEFING)):
            browser.size(wide, high)
            browser.open(html)
            browser.run(deed)
            time.sleep(SETTLED)
            browser.driver.save_screenshot(str(folder / f"{name}.png"))
        browser.driver.quit()


def _shown(folder: str, *words: str) -> str:
    return f"$ kg {' '.join(words)}\n{_run(folder, *words)}"


def _run(folder: str, *words: str) -> str:
    """Return what a command prints; how long it took is left out, so that the same run shows the same."""
    environment = {k: v for k, v in os.environ.items() if k != "KG_STORE"} | {
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words],
        cwd=folder, env=environment, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    lines = (line.rstrip() for line in SECONDS.sub("", done.stdout).splitlines())
    return "\n".join(lines) + "\n"


def _assertion(turtle: str) -> str:
    """Return the first assertion in which a group claims an attack as its own."""
    for block in turtle.split("\n\n"):
        if block.startswith("assertion:") and "mkg-certainty:claimed" in block and "mkg:perpetrator" in block:
            return "\n".join(line[:116] for line in block.splitlines()[:TURTLE_LINES])
    raise AssertionError("the sample reports hold no claim")


def _code(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.rstrip().splitlines())
