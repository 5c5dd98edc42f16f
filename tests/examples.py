"""What README shows of a real run: the sample reports built in a folder of their own, and asked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
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


def picture(target: Path) -> None:
    """Write a picture of the network of the sample reports, as headless Chromium shows it."""
    from browser import Browser

    with tempfile.TemporaryDirectory() as folder:
        _run(folder, "build", "--samples")
        browser = Browser(Path(folder))
        browser.size(1400, 880)
        browser.open(Path(folder, "outputs", "network.html").read_text(encoding="utf-8"))
        target.parent.mkdir(parents=True, exist_ok=True)
        browser.driver.save_screenshot(str(target))
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
