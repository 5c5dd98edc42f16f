"""The documents say what there is: every command, every query, every file they name."""

from __future__ import annotations

import re

import click
import pytest
from make_docs import COOKBOOK, README, cookbook, rewritten

from kg.cli import COMMANDS, cli
from kg.resources import queries_dir

TEXT = README.read_text(encoding="utf-8")


def test_the_tables_of_the_readme_are_as_the_code_has_them():
    assert rewritten(TEXT) == TEXT, "run: python tests/make_docs.py"


def test_the_cookbook_is_as_the_code_has_it():
    assert cookbook() == COOKBOOK.read_text(encoding="utf-8"), "run: python tests/make_docs.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_and_has_help(name):
    assert f"`kg {name}" in TEXT
    context = click.Context(cli, info_name="kg")
    command = cli.get_command(context, name)
    assert command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help or parameter.type.name == "choice", (
            parameter
        )


@pytest.mark.parametrize("name", sorted(path.stem for path in queries_dir().glob("*.rq")))
def test_a_query_is_documented(name):
    assert f"| `{name}` |" in TEXT


def test_the_files_that_the_readme_names_exist():
    named = re.findall(r"`((?:kg|ontology|tests|outputs|\.ci)/[\w./-]*)`|\]\(((?!https?:|#)[^)]+)\)", TEXT)
    for path in (one or other for one, other in named):
        if not path.startswith("outputs/") and "*" not in path:
            assert (README.parent / path).exists(), path


def test_the_changelog_names_every_command():
    changelog = (README.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"`{name}`" in changelog or f"`kg {name}`" in changelog, name


def test_the_makefile_lists_its_targets():
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test", "test-full", "bench", "docs", "lint", "format", "lock", "clean"):
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target
