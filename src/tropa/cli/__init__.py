"""The command line: one file a command, each parses, makes one call and prints."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from tropa.cli.output import fail
from tropa.errors import TropaError, system_error

COMMANDS = {
    "demo": "a simulated company in a workspace, served",
    "init": "an empty workspace",
    "settings": "show the settings of a workspace, or change them",
    "load": "bring files in",
    "map": "take a map in, give it out, propose one, check one",
    "show": "run one analysis, or list them",
    "find": "say what is wrong in the journey, and what it costs",
    "report": "the report as HTML, PDF or slides",
    "people": "who may enter: accounts and roles",
    "documents": "where maps and people are kept; move them to PostgreSQL",
    "serve": "the web application and the HTTP interface",
    "simulate": "write a simulated company to files",
}


class Lazy(click.Group):
    """A command is imported when it is called: the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"tropa.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tropa")
def cli() -> None:
    """Tropa: the journeys that customers really make, laid over the map that you drew."""


def main(args: list[str] | None = None) -> None:
    """Run a command; exit status 0 done, 1 the data or the workspace is at fault, 2 wrong usage."""
    arguments: list[str] = sys.argv[1:] if args is None else args
    try:
        result: Any = cli.main(args=arguments, standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        if "--json" in arguments:
            fail(TropaError(error.format_message(), kind="usage"), as_json=True)
        error.show()
        sys.exit(error.exit_code)
    except TropaError as error:
        fail(error, as_json="--json" in arguments)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        fail(system_error(error), as_json="--json" in arguments)
    sys.exit(result if isinstance(result, int) else 0)
