"""The web pages of `make docs`: whole, the same each time, and at home on a machine without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from site_codes import LISTS

from kg.resources import ontology_dir
from kg.vocab import MKG, PREFIXES, RDFS, SCHEMES, SKOS

COMMAND = Path(__file__).parent / "make_site.py"
DEFINITION = NamedNode(PREFIXES["skos"] + "definition")
PAGES = ("index", "ontology", "concepts", "codes", "competency", "queries")


class Page(HTMLParser):
    """The names, links and assets of a page, and its text."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.assets, self.words = [], [], [], []
        self.feed(path.read_text(encoding="utf-8"))
        self.text = re.sub(r"\s+", " ", " ".join(self.words))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        if tag in ("link", "script", "img", "iframe", "object", "source") or "src" in given:
            self.assets.append((tag, given))

    def handle_data(self, data):
        self.words.append(data)


def written(folder, seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, COMMAND, folder], check=True, capture_output=True, env=environment)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return written(tmp_path_factory.mktemp("site"), "1")


@pytest.fixture(scope="module")
def pages(site):
    return {name: Page(site / f"{name}.html") for name in PAGES}


def test_the_same_bytes_come_twice(site, tmp_path):
    again = written(tmp_path / "site", "2")
    names = sorted(path.name for path in site.iterdir())
    assert names == sorted([*(f"{name}.html" for name in PAGES), "kg.ttl", "model.svg"])
    for name in names:
        assert (site / name).read_bytes() == (again / name).read_bytes(), name


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_asset_and_no_name_twice(pages, name):
    assert pages[name].assets == []
    assert [one for one, count in Counter(pages[name].ids).items() if count > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_site_lead_somewhere(pages, site, name):
    inside = [link for link in pages[name].links if not re.match(r"https?:", link)]
    assert inside
    for link in inside:
        file, _, anchor = link.partition("#")
        assert not file or (site / file).is_file(), link
        assert not anchor or anchor in pages[file.removesuffix(".html") or name].ids, link


def test_every_term_is_documented_with_what_it_says_in_two_languages(pages):
    terms = MKG.terms()
    page = pages["ontology"]
    for quad in parse(path=ontology_dir() / "kg.ttl", format=RdfFormat.TURTLE):
        name = quad.subject.value.removeprefix(PREFIXES["mkg"]) if quad.subject in terms.values() else ""
        if name and name != "unclaimed":
            assert name in page.ids
            if quad.predicate in (RDFS.label, DEFINITION):
                said = (
                    f"In French: {quad.object.value}." if quad.object.language == "fr" else quad.object.value
                )
                assert re.sub(r"\s+", " ", said) in page.text, name


def test_no_term_of_another_vocabulary_is_documented_as_ours(pages):
    documented = re.findall(r"IRI (https?://\S+)", pages["ontology"].text)
    assert len(documented) == len(MKG.terms())  # less the one individual, and the ontology itself
    assert all(iri.startswith("https://w3id.org/militant-kg/") for iri in documented)


def test_every_concept_is_listed(pages):
    for scheme in SCHEMES:
        for quad in parse(path=ontology_dir() / "vocab" / f"{scheme}.ttl", format=RdfFormat.TURTLE):
            if quad.predicate in (SKOS.prefLabel, DEFINITION):
                assert re.sub(r"\s+", " ", quad.object.value) in pages["concepts"].text


def test_every_code_that_something_of_ours_matches_is_listed_with_where_it_was_read(pages):
    for name in LISTS:
        for quad in parse(path=ontology_dir() / "code" / f"{name}.ttl", format=RdfFormat.TURTLE):
            if quad.predicate.value.endswith("/source"):
                assert quad.object.value in pages["codes"].text
            if quad.predicate.value.endswith("Match"):
                assert f"mkg-{quad.subject.value.rpartition('/')[2].replace('#', ':')}" in pages["codes"].text


@pytest.mark.parametrize("wide", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window_and_asks_the_network_for_nothing(browser, site, name, wide):
    browser.size(wide, 900)
    browser.open((site / f"{name}.html").read_text(encoding="utf-8"))
    assert browser.requests() == []
    assert browser.complaints() == []
    assert browser.run("return document.documentElement.scrollWidth <= window.innerWidth")
