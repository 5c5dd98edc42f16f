"""Fixtures of more than one test module, and two rules: no ill-typed literal, no silent skip in CI."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("project", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("project")

ROOT = Path(__file__).resolve().parent.parent
NO_EVALUATION = "evaluation material not present"


def evaluation_dir() -> Path | None:
    """Return the folder with gold facts and scorers: $KG_EVAL, else the one beside the repository."""
    for path in (os.environ.get("KG_EVAL"), ROOT.parent / "shared" / "eval"):
        if path and (Path(path) / "score.py").is_file():
            return Path(path)
    return None


@pytest.fixture(scope="session")
def eval_dir() -> Path:
    """The evaluation folder; tests that ask for it are skipped where it is absent."""
    if (path := evaluation_dir()) is None:
        pytest.skip(NO_EVALUATION)
    return path


@pytest.fixture(scope="session")
def registry():
    """The registry that is shipped."""
    from kg.registry import load

    return load()


@pytest.fixture(scope="session")
def extractor(registry):
    """The extractor on the shipped registry; loading the model takes seconds, so once a session."""
    from kg.extract import Extractor

    return Extractor(registry)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A folder with the sample reports built by the real extractor: `store` and its outputs `out`."""
    from kg import api

    folder = tmp_path_factory.mktemp("whole")
    api.build(*api.sample_sources(), store=folder / "store", out=folder / "out")
    return folder


@pytest.fixture(scope="session")
def sample_quads(built):
    """The quads of the sample reports."""
    from kg.store import open_store

    with open_store(built / "store", read_only=True) as store:
        return tuple(store.quads())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A store on disk that holds the small world of `graph_data`."""
    from graph_data import small

    from kg.store import open_store

    path = tmp_path_factory.mktemp("small") / "kg-store"
    with open_store(path) as opened:
        opened.add(small().quads)
    return path


@pytest.fixture(scope="session")
def world():
    """The invented theatre of `graph_theatre`; tests only read it."""
    from graph_theatre import theatre

    return theatre()


@pytest.fixture(scope="module")
def html(world):
    """The page that `opened` shows: the theatre's, unless a module has a page of its own."""
    from kg.projection import full_graph
    from kg.view import page

    return page(full_graph(world.quads), title="Theatre")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A window of headless Chromium for the tests of a module."""
    from browser import Browser

    window = Browser(tmp_path_factory.mktemp("browser"))
    yield window
    window.driver.quit()


@pytest.fixture
def opened(browser, html):
    """The window with the page fresh in it; afterwards it has asked for nothing and complained of nothing."""
    browser.size(1280, 800)
    browser.paper("light")
    browser.open(html)
    yield browser
    assert browser.requests() == []
    assert browser.complaints() == []


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """An empty folder to work in, with the stand-in for the extractor and the small registry."""
    from desk import small_registry
    from standin import Reader

    monkeypatch.chdir(tmp_path)
    for name in ("KG_STORE", "KG_REVIEWER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("kg.api.registry", small_registry)
    monkeypatch.setattr("kg.api.extractor", Reader)
    return tmp_path


@pytest.fixture
def runner():
    """Runs `kg` in this process: `runner("query", "leaders")` gives exit_code, stdout and stderr."""
    from click.testing import CliRunner

    from kg.cli import cli

    def run(*args: str, stdin: str | bytes | None = None):
        return CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin, prog_name="kg")

    return run


@pytest.fixture(autouse=True)
def no_ill_typed_literal(caplog):
    """Fail where rdflib met a literal that its datatype forbids: it logs that and raises nothing."""
    caplog.set_level(logging.WARNING, logger="rdflib.term")
    yield
    logged = [record.getMessage() for record in caplog.records if record.name == "rdflib.term"]
    assert not logged, logged


def _fail_skips(report: pytest.CollectReport | pytest.TestReport) -> None:
    if os.environ.get("KG_CI") != "1" or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if NO_EVALUATION not in reason:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where everything must be present: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """Turn a skip into a failure in CI."""
    report = yield
    _fail_skips(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """Turn a skipped module into a failure in CI."""
    report = yield
    _fail_skips(report)
    return report
