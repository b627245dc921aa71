"""People who may enter the workspace: accounts, their sessions, invitations, and guesses at passwords.

Tokens and passwords are kept as hashes only; what makes and checks those hashes is `workspace/people.py`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Literal, cast

import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents.database import METADATA, Database, now

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

GUESSES = sa.Table(
    "guesses",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Text, nullable=False),
)

SECRETS = sa.Table(
    "secrets",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

SESSION_DAYS = 14
"""A session ends so many days after its last use."""
LONGEST_DAYS = 90
"""And so many after it was opened."""


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


def name_key(name: str) -> str:
    """What makes two names the same one: neither case nor spelling of letters counts."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def new_id() -> str:
    return secrets.token_hex(6)


def later(**span: float) -> str:
    """The moment after a span from now, as documents keep it."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(**span)).isoformat(timespec="seconds")


class People:
    """Accounts and what belongs to them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._any = False

    # -- accounts

    def any(self) -> bool:
        """Whether somebody has an account. The last owner cannot be removed: once yes, it stays yes."""
        if not self._any:
            with self._database.reading() as connection:
                self._any = connection.scalar(sa.select(PEOPLE.c.id).limit(1)) is not None
        return self._any

    def all(self) -> list[Account]:
        """Everybody, by name."""
        with self._database.reading() as connection:
            found = [_account(row) for row in connection.execute(sa.select(PEOPLE))]
        return sorted(found, key=lambda account: name_key(account.name))

    def named(self, name: str) -> tuple[Account, str] | None:
        """An account and the hash of its password, or None."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(PEOPLE).where(PEOPLE.c.name_key == name_key(name))).one_or_none()
        return None if row is None else (_account(row), row.password)

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

    def set_password(self, person: str, password: str, keep: str = "") -> None:
        """Change a password; every session but that of the token `keep` ends.

        Raises:
            TropaError: (not_found) nobody.
        """
        with self._database.writing() as connection:
            find_account(connection, person)
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(password=password))
            end_sessions(connection, person, keep)

    @staticmethod
    def lock(connection: sa.Connection) -> None:
        """Only one at a time decides who is an owner; SQLite has one writer anyway."""
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE")

    # -- sessions

    def open_session(self, person: str) -> str:
        """A new session; the token is told here and never again."""
        token = secrets.token_urlsafe(32)
        moment = now()
        with self._database.writing() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.expires_at <= moment))
            connection.execute(
                SESSIONS.insert().values(
                    token=hashed(token),
                    person=person,
                    opened_at=moment,
                    used_at=moment,
                    expires_at=later(days=SESSION_DAYS),
                )
            )
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(seen_at=moment))
        return token

    def of_session(self, token: str) -> Account | None:
        """Whose session it is, None where it has ended or never was. Use prolongs it."""
        moment = now()
        query = (
            sa.select(PEOPLE, SESSIONS.c.used_at, SESSIONS.c.opened_at)
            .join(SESSIONS, SESSIONS.c.person == PEOPLE.c.id)
            .where(SESSIONS.c.token == hashed(token), SESSIONS.c.expires_at > moment)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.used_at < later(hours=-1):
            self._prolong(token, row.id, row.opened_at)
        return _account(row)

    def _prolong(self, token: str, person: str, opened_at: str) -> None:
        longest = dt.datetime.fromisoformat(opened_at) + dt.timedelta(days=LONGEST_DAYS)
        until = min(later(days=SESSION_DAYS), longest.isoformat(timespec="seconds"))
        mine = SESSIONS.c.token == hashed(token)
        with self._database.writing() as connection:
            connection.execute(SESSIONS.update().where(mine).values(used_at=now(), expires_at=until))
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(seen_at=now()))

    def close_session(self, token: str) -> None:
        """End one session; one that is not there is ended already."""
        with self._database.writing() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.token == hashed(token)))

    def close_sessions(self, person: str, keep: str = "") -> int:
        """End all sessions of somebody but that of the token `keep`; how many that were."""
        with self._database.writing() as connection:
            return end_sessions(connection, person, keep)

    # -- guesses

    def guess(self, limits: dict[str, int], minutes: int) -> int:
        """Count one guess for each subject, unless one of them has had as many as its limit within the last `minutes`.

        It is counted before the password is looked at, so that guesses made at once count too.

        Returns:
            seconds to wait; 0 where the guess is allowed.
        """
        oldest = later(minutes=-minutes)
        with self._database.writing() as connection:
            connection.execute(GUESSES.delete().where(GUESSES.c.at <= oldest))
            for subject, limit in limits.items():
                times = list(
                    connection.scalars(sa.select(GUESSES.c.at).where(GUESSES.c.subject == subject).order_by("at"))
                )
                if len(times) >= limit:
                    free = dt.datetime.fromisoformat(times[-limit]) + dt.timedelta(minutes=minutes)
                    return max(1, round((free - dt.datetime.now(dt.UTC)).total_seconds()))
            rows = [{"id": new_id() + new_id(), "subject": subject, "at": now()} for subject in limits]
            connection.execute(GUESSES.insert(), rows)
        return 0

    def forget_guesses(self, subject: str) -> None:
        """The password was right: what was counted against the name is forgotten."""
        with self._database.writing() as connection:
            connection.execute(GUESSES.delete().where(GUESSES.c.subject == subject))

    # -- secrets

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
    values = dict(id=account.id, name=name, name_key=name_key(name), role=role, password=password)
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
    return _account(row)


def nobody() -> TropaError:
    return TropaError("There is no such person.", "Take one from the list of people.", kind="not_found")


def end_sessions(connection: sa.Connection, person: str, keep: str = "") -> int:
    ended = SESSIONS.delete().where(SESSIONS.c.person == person, SESSIONS.c.token != hashed(keep))
    return connection.execute(ended).rowcount


def _refuse_last_owner(connection: sa.Connection, account: Account) -> None:
    others = sa.select(sa.func.count()).where(PEOPLE.c.role == "owner", PEOPLE.c.id != account.id)
    if not connection.scalar(others):
        raise TropaError(
            f"{account.name} is the last owner.", "Make somebody else an owner first.", kind="conflict"
        )


def _account(row: sa.Row[tuple[object, ...]]) -> Account:
    values = row._mapping
    return Account(
        values["id"], values["name"], cast(Role, values["role"]), values["created_at"], values["seen_at"]
    )
