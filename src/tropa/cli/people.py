"""`tropa people WS list | add | role | remove | password`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tropa.cli.output import print_json, print_result
from tropa.errors import TropaError, did_you_mean

if TYPE_CHECKING:
    from tropa.store.documents import Documents
    from tropa.store.documents.people import Account, Role

ACTIONS = ("list", "add", "role", "remove", "password")
ROLES = ("reader", "editor", "analyst", "owner")


@click.command("people")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(ROLES), help="what they may do (add, role)")
@click.option("--password-stdin", is_flag=True, help="read the password from standard input instead of asking for it")
@click.option("--json", "as_json", is_flag=True)
def command(
    workspace: Path, action: str, name: str | None, role: Role | None, password_stdin: bool, as_json: bool
) -> None:
    """Who may enter the workspace: list them, add NAME, change the --role of NAME, remove NAME, or give NAME another
    password. The first account has to be an owner's; from then on everybody signs in."""
    from tropa.store.documents import Documents
    from tropa.workspace.people import Accounts
    from tropa.workspace.settings import read_settings

    documents = Documents(workspace, read_settings(workspace).documents)
    if action == "list":
        _list(documents, as_json)
        return
    if not name:
        raise TropaError(f"people {action} takes a name.", f"tropa people {workspace} {action} NAME", kind="usage")
    if action in ("add", "role") and role is None:
        raise TropaError(f"people {action} takes a role.", f"Add --role: {', '.join(ROLES)}.", kind="usage")
    accounts = Accounts(documents)
    if action == "add":
        assert role is not None
        account = accounts.add(name, role, _password(password_stdin))
    elif action == "role":
        assert role is not None
        account = documents.people.set_role(_find(documents, name).id, role)
    elif action == "remove":
        account = documents.people.remove(_find(documents, name).id)
    else:
        account = _find(documents, name)
        accounts.set_password(account, _password(password_stdin))
    _print(account, as_json)


def _list(documents: Documents, as_json: bool) -> None:
    people = [] if documents.empty else documents.people.all()
    if as_json:
        print_json({"people": people})
    elif not people:
        click.echo("Nobody has an account: the service is open to its own machine.")
    else:
        for person in people:
            click.echo(f"{person.role:<8} {person.name}  (last seen: {person.seen_at or 'never'})")


def _find(documents: Documents, name: str) -> Account:
    known = None if documents.empty else documents.people.named(name)
    if known is None:
        names = [] if documents.empty else [person.name for person in documents.people.all()]
        raise TropaError(f"Nobody is called {name!r}.", did_you_mean(name, names), kind="not_found")
    return known[0]


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise TropaError("There is nobody to ask for a password.", "Give it with --password-stdin.", kind="usage")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
    return password


def _print(account: Account, as_json: bool) -> None:
    if as_json:
        print_json(account)
    else:
        print_result(account)
