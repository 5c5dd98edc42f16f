"""The command line: a skin over the package. Commands are loaded when they are asked for.

Exit codes: 0 done, 1 error, 2 usage, 3 does not conform or below a floor.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from kg.errors import KGError

COMMANDS = {
    "build": "build", "extract": "build", "retract": "build",
    "query": "query", "queries": "query", "explain": "query",
    "review": "review", "registry": "registry",
    "view": "view", "report": "report", "serve": "serve", "analyse": "analyse",
    "export": "data", "validate": "data", "evaluate": "evaluate",
    "store": "store", "push": "push", "doctor": "doctor",
}  # fmt: skip
"""The module of `kg.cli` that holds each command, as a function of the command's name."""


class Failure(click.ClickException):
    """An error as one line on standard error, with its exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(" ".join(message.split()))
        setattr(self, "exit_code", exit_code)  # noqa: B010 -- click declares it on the class

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(f"kg: error: {self.message}", file=file or sys.stderr)


class Commands(click.Group):
    """A group that imports the module of a command only when the command is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kg.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 -- click's signature
    ) -> click.Context:
        """Read the options before the command."""
        with _one_line():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- click's signature
        """Run the command."""
        with _one_line():
            return super().invoke(ctx)


@contextmanager
def _one_line() -> Iterator[None]:
    """Turn the errors of the package, and click's on a wrong call, into one line and an exit code."""
    try:
        yield
    except KGError as error:
        raise Failure(str(error), error.exit_code) from error
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kg"
        raise Failure(
            f"{error.format_message().rstrip('.')}; see `{path} --help`", error.exit_code
        ) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="militant-kg", prog_name="kg")
def cli() -> None:
    """A knowledge graph of militant actors: who pledged, attacked and claimed, who says so, in which words.

    Reports go in with `kg build`; `kg query`, `kg explain` and `kg view` ask what they say; `kg export`
    takes the graph away. Where a file is asked for, - is standard input or output.
    """


def main() -> None:
    """Run `kg`."""
    cli(prog_name="kg")
