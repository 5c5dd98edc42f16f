"""Headless Chromium for tests: opens a page from disk and keeps the log of its network and console."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
)  # fmt: skip
INSIDE = ("file:", "data:", "blob:", "about:", "chrome:")


def binaries() -> tuple[str, str]:
    """Return the paths of Chromium and its driver; skip where they are absent, fail where CI lacks them."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if browser and driver:
        return browser, driver
    reason = "chromium or chromedriver is not installed"
    if os.environ.get("KG_CI") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


class Browser:
    """One window. `open` starts a page with empty logs."""

    def __init__(self, folder: Path) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.options import Options
        from selenium.webdriver.chrome.service import Service

        browser, driver = binaries()
        options = Options()
        options.binary_location = browser
        for argument in (*ARGUMENTS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(driver))
        permitted = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        self.driver.execute_cdp_cmd("Browser.grantPermissions", permitted)
        self.folder = folder
        self.size(1280, 800)

    def size(self, wide: int, high: int) -> None:
        """Set the size of the window's content."""
        metrics = {"width": wide, "height": high, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def paper(self, scheme: str) -> None:
        """Prefer light or dark."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def open(self, html: str) -> float:
        """Show a page from disk; return the seconds until its first picture is drawn."""
        path = self.folder / "page.html"
        path.write_text(html, encoding="utf-8")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        started = time.perf_counter()
        self.driver.get(path.as_uri())
        self.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return time.perf_counter() - started

    def run(self, script: str, *arguments: object) -> object:
        """Run a script in the page and return its value; promises are awaited."""
        return self.driver.execute_script(script, *arguments)

    def requests(self) -> list[str]:
        """Return the addresses asked for since the page was opened, those inside it left out."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]
        assert asked, "the log of the network is empty: it does not record"
        return [url for url in asked if not url.startswith(INSIDE)]

    def complaints(self) -> list[str]:
        """Return the warnings and errors of the console."""
        entries = self.driver.get_log("browser")
        return [entry["message"] for entry in entries if entry["level"] in {"SEVERE", "WARNING"}]

    def text(self, selector: str) -> str:
        """Return the text of an element as it is shown."""
        return str(self.run("return document.querySelector(arguments[0]).innerText", selector))

    def click(self, selector: str) -> None:
        """Click the middle of an element."""
        from selenium.webdriver.common.by import By

        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def keys(self, *keys: str) -> None:
        """Press keys where the focus is."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def point(self, x: float, y: float) -> None:
        """Click a point of the canvas, in pixels from its upper left corner, and wait out a double click."""
        from selenium.webdriver import ActionChains
        from selenium.webdriver.common.by import By

        canvas = self.driver.find_element(By.CSS_SELECTOR, "#canvas canvas")
        wide, high = canvas.size["width"], canvas.size["height"]
        across, down = round(x - wide / 2), round(y - high / 2)
        ActionChains(self.driver).move_to_element_with_offset(canvas, across, down).click().perform()
        time.sleep(0.4)

    def wait(self, script: str, *arguments: object, seconds: float = 5) -> object:
        """Return the value of a script once it is true; the last one when the time is over."""
        end = time.monotonic() + seconds
        while not (value := self.run(script, *arguments)) and time.monotonic() < end:
            time.sleep(0.05)
        return value

    def press(self, kind: str, x: float, y: float) -> None:
        """Send an event of the mouse (mousePressed, mouseMoved, mouseReleased) at a point of the window."""
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def download(self, selector: str) -> bytes:
        """Click what saves a file and return the file."""
        return self.saved(lambda: self.click(selector)).read_bytes()

    def saved(self, act: Callable[[], object]) -> Path:
        """Do what saves a picture and return its path."""
        folder = self.folder / "downloads"
        shutil.rmtree(folder, ignore_errors=True)
        self.driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
        )
        act()
        for _ in range(100):
            if found := [path for path in folder.glob("*") if path.suffix in {".png", ".svg"}]:
                return found[0]
            time.sleep(0.1)
        raise AssertionError("nothing was saved")
