"""The explorer in headless Chromium: time to the first picture, redraws a second while dragged, size."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from kg.projection import full_graph
from kg.view import page

TESTS = Path(__file__).resolve().parent.parent / "tests"
NODES = ((40, 60, 1), (400, 600, 2), (1000, 1000, 3), (2000, 3000, 4), (8000, 12_000, 8))
"""Actors, events, and the seconds within which the first picture is to be there."""
EVENTS = 100_000
WITHIN = 60.0
DRAG = 2.0  # seconds


def main() -> None:
    sys.path.insert(0, str(TESTS))
    from browser import Browser
    from graph_data import large

    print(f"without data {len(page(full_graph([])).encode()) / 1e6:.2f} MB")
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(Path(folder))
        for actors, events, within in NODES:
            html = page(full_graph(large(actors, events).quads))
            first = min(browser.open(html) for _ in range(2))
            drawn = browser.run("return Picture.shown().nodes.size + Picture.shown().groups.size")
            print(
                f"{actors + events:6} nodes: {len(html.encode()) / 1e6:5.1f} MB, first picture {first:.2f} s "
                f"(limit {within} s), {drawn} drawn, {dragged(browser):.0f} redraws a second while dragged"
            )
        browser.driver.quit()
    quads = large(2000, EVENTS).quads
    started = time.perf_counter()
    graph = full_graph(quads)
    projected = time.perf_counter()
    html = page(graph)
    done = time.perf_counter()
    print(
        f"{EVENTS} events: projected in {projected - started:.1f} s, page in {done - projected:.1f} s "
        f"(limit {WITHIN:.0f} s together), {len(html.encode()) / 1e6:.0f} MB"
    )


def dragged(browser) -> float:
    """Redraws a second while the mouse drags the network."""
    browser.run("window.drawn = 0; Picture.network.on('afterDrawing', () => { window.drawn += 1; })")
    browser.press("mousePressed", 300, 200)
    started, step = time.perf_counter(), 0
    while time.perf_counter() - started < DRAG:
        step += 1
        browser.press("mouseMoved", 300 + step * 4 % 500, 200 + step * 2 % 300)
    drawn = browser.run("return window.drawn")
    seconds = time.perf_counter() - started
    browser.press("mouseReleased", 300, 200)
    return float(drawn) / seconds
