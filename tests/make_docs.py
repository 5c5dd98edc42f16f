"""Rewrite what README.md shows of the code: its commands, its named queries, and a run on the sample reports.

python tests/make_docs.py            the text
python tests/make_docs.py pictures   the pictures of the explorer too (needs Chromium)
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from examples import blocks, pictures

README = Path(__file__).resolve().parent.parent / "README.md"
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


def rewritten(text: str) -> str:
    """README with its tables and examples as the code has them now."""
    for name, table in {"commands": commands(), "queries": queries(), **blocks()}.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = pattern.sub(lambda match, table=table: f"{match[1]}{table}\n{match[2]}", text)
    return text


if __name__ == "__main__":
    if "pictures" in sys.argv[1:]:
        pictures(PICTURES)
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
