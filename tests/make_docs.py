"""Rewrite what README.md shows of the code: its commands, its named queries, and a run on the sample reports.

python tests/make_docs.py            the text
python tests/make_docs.py pictures   the pictures of the explorer too (needs Chromium)
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from examples import blocks, pictures

ROOT = Path(__file__).resolve().parent.parent
COOKBOOK = ROOT / "docs" / "queries.md"
README = ROOT / "README.md"
PICTURES = README.parent / "outputs" / "example"


def commands() -> str:
    """The commands, each with the first sentence of its help."""
    import click

    from kg.cli import cli

    context = click.Context(cli, info_name="kg")
    rows = []
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        usage = " ".join(command.collect_usage_pieces(click.Context(command, info_name=name))).replace(
            "[OPTIONS] ", ""
        )
        usage = usage.replace("|", r"\|")
        sentence = command.help.split("\n\n")[0].replace("\n", " ")
        rows.append(f"| `kg {name} {usage}` | {sentence} |".replace(" [OPTIONS]`", "`"))
    return "| command | what it does |\n|---|---|\n" + "\n".join(rows)


def queries() -> str:
    """The named queries, each with its question and parameters."""
    from kg.query import catalogue

    rows = []
    for query in catalogue():
        names = ", ".join(one.name if one.default is None else f"[{one.name}]" for one in query.parameters)
        rows.append(f"| `{query.name}` | {query.question} | {names} |")
    return "| query | question | parameters |\n|---|---|---|\n" + "\n".join(rows)


def cookbook() -> str:
    """The page of the named queries: question, parameters, columns, and an example with its answer."""
    from kg.query import catalogue

    parts = [
        "# Named queries",
        "",
        "`kg query NAME --param KEY=VALUE` asks one; an actor or a place is given by a name, an alias, its",
        "last part (`jnim`) or its IRI. The answers are those of the sample reports (`kg build --samples`),",
        "the first rows of each. This page is made by `python tests/make_docs.py`.",
    ]
    for query in catalogue():
        parts += ["", f"## {query.name}", "", query.question, ""]
        for one in query.parameters:
            need = "required" if one.default is None else "may be left out"
            parts.append(f"- `{one.name}` ({one.type}, {need}): {one.doc}")
        parts += [""] if query.parameters else []
        starred = ", ".join(f"{name}*" if name in query.lists else name for name in query.columns)
        parts += [f"Columns: {starred}{' (* several names)' if query.lists else ''}", ""]
        lines = [f"$ {query.example_call}", *query.example_answer.splitlines()]
        parts += [f"    {line}".rstrip() for line in lines]
    return "\n".join([*parts, ""])


def rewritten(text: str) -> str:
    """README with its tables and examples as the code has them now."""
    for name, table in {"commands": commands(), "queries": queries(), **blocks()}.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = pattern.sub(lambda match, table=table: f"{match[1]}{table}\n{match[2]}", text)
    return text


if __name__ == "__main__":
    if "pictures" in sys.argv[1:]:
        pictures(PICTURES)
    COOKBOOK.parent.mkdir(exist_ok=True)
    COOKBOOK.write_text(cookbook(), encoding="utf-8")
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
