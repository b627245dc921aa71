"""People who may enter the workspace, and secrets of the workspace.

Tokens and passwords are kept as hashes only; what makes and checks those of passwords is `workspace/people.py`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, Literal, cast

import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents.database import METADATA, Database, now
from tropa.store.documents.names import name_key

Role = Literal["reader", "editor", "analyst", "owner"]
ROLES: tuple[Role, ...] = ("reader", "editor", "analyst", "owner")

PEOPLE = sa.Table(
    "people",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_key", sa.Text, nullable=False, unique=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Text),
)

SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("opened_at", sa.Text, nullable=False),
    sa.Column("used_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
)

SECRETS = sa.Table(
    "secrets",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Account:
    """One who may enter; `seen_at` is the last use of a session, None where there was none."""

    id: str
    name: str
    role: Role
    created_at: str
    seen_at: str | None


def hashed(token: str) -> str:
    """What is kept of a token. Tokens are random and long: a plain hash tells nothing of them."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_id() -> str:
    """An id that nobody has."""
    return secrets.token_hex(6)


def later(**span: float) -> str:
    """The moment after a span from now, as documents keep it."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(**span)).isoformat(timespec="seconds")


class People:
    """Accounts and what belongs to them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._any = False

    def any(self) -> bool:
        """Whether somebody has an account. The last owner cannot be removed: once yes, it stays yes."""
        if not self._any:
            with self._database.reading() as connection:
                self._any = connection.scalar(sa.select(PEOPLE.c.id).limit(1)) is not None
        return self._any

    def all(self) -> list[Account]:
        """Everybody, by name."""
        with self._database.reading() as connection:
            found = [account_of(row) for row in connection.execute(sa.select(PEOPLE))]
        return sorted(found, key=lambda account: name_key(account.name))

    def one(self, person: str) -> Account:
        """One account.

        Raises:
            TropaError: (not_found) there is none.
        """
        with self._database.reading() as connection:
            return find_account(connection, person)

    def named(self, name: str) -> tuple[Account, str] | None:
        """An account and the hash of its password, or None."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(PEOPLE).where(PEOPLE.c.name_key == name_key(name))).one_or_none()
        return None if row is None else (account_of(row), row.password)

    def password_of(self, person: str) -> str:
        """The hash of a password.

        Raises:
            TropaError: (not_found) there is no such account.
        """
        with self._database.reading() as connection:
            row = connection.execute(sa.select(PEOPLE.c.password).where(PEOPLE.c.id == person)).one_or_none()
        if row is None:
            raise nobody()
        return str(row.password)

    def add(self, name: str, role: Role, password: str, first: bool = False) -> Account:
        """Make an account.

        Args:
            name: what they sign in by; letter case does not tell two names apart.
            role: what they may do.
            password: its hash.
            first: only where nobody has an account yet.

        Raises:
            TropaError: (conflict) the name is taken, or, of the first account, somebody was quicker.
        """
        with self._database.writing() as connection:
            if first:
                self.lock(connection)
                if connection.scalar(sa.select(PEOPLE.c.id).limit(1)) is not None:
                    raise TropaError("The workspace has an owner already.", "Ask them for an invitation.", "conflict")
            return insert_account(connection, name, role, password)

    def set_role(self, person: str, role: Role) -> Account:
        """Change what somebody may do.

        Raises:
            TropaError: (not_found) nobody; (conflict) they are the last owner.
        """
        with self._database.writing() as connection:
            self.lock(connection)
            account = find_account(connection, person)
            if account.role == "owner" and role != "owner":
                _refuse_last_owner(connection, account)
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(role=role))
            return find_account(connection, person)

    def remove(self, person: str) -> Account:
        """Take an account away, with its sessions.

        Raises:
            TropaError: (not_found) nobody; (conflict) they are the last owner.
        """
        with self._database.writing() as connection:
            self.lock(connection)
            account = find_account(connection, person)
            if account.role == "owner":
                _refuse_last_owner(connection, account)
            connection.execute(SESSIONS.delete().where(SESSIONS.c.person == person))
            connection.execute(PEOPLE.delete().where(PEOPLE.c.id == person))
            return account

    def set_password(self, person: str, password: str, keep: str = "") -> int:
        """Change a password; every session but that of the token `keep` ends; how many that were.

        Raises:
            TropaError: (not_found) nobody.
        """
        with self._database.writing() as connection:
            find_account(connection, person)
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(password=password))
            return end_sessions(connection, person, keep)

    @staticmethod
    def lock(connection: sa.Connection) -> None:
        """Only one at a time decides who is an owner; SQLite has one writer anyway."""
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE")

    def secret(self, name: str) -> bytes:
        """A random secret of the workspace, made when it is first asked for."""
        known = sa.select(SECRETS.c.value).where(SECRETS.c.name == name)
        with self._database.reading() as connection:
            value = connection.scalar(known)
        if value is None:
            with self._database.writing() as connection:
                self.lock(connection)
                value = connection.scalar(known)
                if value is None:
                    value = secrets.token_hex(32)
                    connection.execute(SECRETS.insert().values(name=name, value=value))
        return bytes.fromhex(value)


def insert_account(connection: sa.Connection, name: str, role: Role, password: str) -> Account:
    """A new account.

    Raises:
        TropaError: (conflict) the name is taken.
    """
    account = Account(new_id(), name, role, now(), None)
    taken = TropaError(f"The name {name!r} is taken.", "Choose another one.", kind="conflict")
    if connection.scalar(sa.select(PEOPLE.c.id).where(PEOPLE.c.name_key == name_key(name))) is not None:
        raise taken
    values = {"id": account.id, "name": name, "name_key": name_key(name), "role": role, "password": password}
    try:
        connection.execute(PEOPLE.insert().values(**values, created_at=account.created_at))
    except sa.exc.IntegrityError:
        raise taken from None
    return account


def find_account(connection: sa.Connection, person: str) -> Account:
    """One account.

    Raises:
        TropaError: (not_found) there is none.
    """
    row = connection.execute(sa.select(PEOPLE).where(PEOPLE.c.id == person)).one_or_none()
    if row is None:
        raise nobody()
    return account_of(row)


def nobody() -> TropaError:
    """What is said where an account is not there."""
    return TropaError("There is no such person.", "Take one from the list of people.", kind="not_found")


def end_sessions(connection: sa.Connection, person: str, keep: str = "") -> int:
    """End all sessions of somebody but that of the token `keep`; how many that were."""
    ended = SESSIONS.delete().where(SESSIONS.c.person == person, SESSIONS.c.token != hashed(keep))
    return connection.execute(ended).rowcount


def _refuse_last_owner(connection: sa.Connection, account: Account) -> None:
    others = sa.select(sa.func.count()).where(PEOPLE.c.role == "owner", PEOPLE.c.id != account.id)
    if not connection.scalar(others):
        raise TropaError(f"{account.name} is the last owner.", "Make somebody else an owner first.", kind="conflict")


def account_of(row: sa.Row[Any]) -> Account:
    """The account that a row of `PEOPLE` tells of."""
    values = row._mapping
    return Account(values["id"], values["name"], cast(Role, values["role"]), values["created_at"], values["seen_at"])
