"""Invitations by link: to make an account, or to choose a new password for one that is there."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents.database import METADATA, Database, now
from tropa.store.documents.people import (
    PEOPLE,
    Account,
    Role,
    end_sessions,
    find_account,
    hashed,
    insert_account,
    later,
    new_id,
)

INVITATIONS = sa.Table(
    "invitations",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("token", sa.Text, nullable=False, unique=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("person", sa.Text, sa.ForeignKey("people.id", ondelete="CASCADE")),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """`person` is the id of the account whose password it renews, None where it makes an account.

    note: whom it is meant for, in the words of the one who made it.
    """

    id: str
    role: Role
    person: str | None
    note: str
    created_by: str
    created_at: str
    expires_at: str


class Invitations:
    """All that are open. One that was used, revoked or has expired is gone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def invite(
        self, role: Role, by: str, days: int, note: str = "", person: str | None = None
    ) -> tuple[Invitation, str]:
        """A new invitation and its token, which is told here and never again.

        Raises:
            TropaError: (not_found) there is no such person.
        """
        token = secrets.token_urlsafe(32)
        made = Invitation(new_id(), role, person, note, by, now(), later(days=days))
        with self._database.writing() as connection:
            if person is not None:
                find_account(connection, person)
                # One link at a time: an older one that was lost no longer opens the account.
                connection.execute(INVITATIONS.delete().where(INVITATIONS.c.person == person))
            connection.execute(INVITATIONS.delete().where(INVITATIONS.c.expires_at <= now()))
            values = {name: getattr(made, name) for name in Invitation.__slots__}
            connection.execute(INVITATIONS.insert().values(token=hashed(token), **values))
        return made, token

    def all(self) -> list[Invitation]:
        """Those that can still be used, the newest first."""
        query = (
            sa.select(INVITATIONS)
            .where(INVITATIONS.c.expires_at > now())
            .order_by(INVITATIONS.c.created_at.desc(), INVITATIONS.c.id)
        )
        with self._database.reading() as connection:
            return [_invitation(row) for row in connection.execute(query)]

    def by_token(self, token: str) -> tuple[Invitation, Account | None]:
        """An invitation that can be used, and the account that it renews.

        Raises:
            TropaError: (not_found) it was used, revoked, has expired or never was: which of these is not told.
        """
        with self._database.reading() as connection:
            found = _usable(connection, token)
            return found, None if found.person is None else find_account(connection, found.person)

    def accept(self, token: str, name: str, password: str) -> Account:
        """Use an invitation: make the account, or give it its new password and end its sessions. Once.

        Args:
            token: of the link.
            name: of the new account; not asked where one is renewed.
            password: its hash.

        Raises:
            TropaError: (not_found) it cannot be used; (conflict) the name is taken.
        """
        with self._database.writing() as connection:
            found = _usable(connection, token)
            used = connection.execute(INVITATIONS.delete().where(INVITATIONS.c.id == found.id))
            if used.rowcount != 1:
                raise unusable()
            if found.person is None:
                return insert_account(connection, name, found.role, password)
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == found.person).values(password=password))
            end_sessions(connection, found.person)
            return find_account(connection, found.person)

    def revoke(self, invitation: str) -> None:
        """Take an invitation back; one that is gone is gone."""
        with self._database.writing() as connection:
            connection.execute(INVITATIONS.delete().where(INVITATIONS.c.id == invitation))


def unusable() -> TropaError:
    return TropaError(
        "This invitation cannot be used: it was used or taken back, or its time is over.",
        "Ask the one who sent it for a new one.",
        kind="not_found",
    )


def _usable(connection: sa.Connection, token: str) -> Invitation:
    query = sa.select(INVITATIONS).where(INVITATIONS.c.token == hashed(token), INVITATIONS.c.expires_at > now())
    row = connection.execute(query).one_or_none()
    if row is None:
        raise unusable()
    return _invitation(row)


def _invitation(row: sa.Row[tuple[object, ...]]) -> Invitation:
    values = row._mapping
    return Invitation(
        values["id"],
        cast(Role, values["role"]),
        values["person"],
        values["note"],
        values["created_by"],
        values["created_at"],
        values["expires_at"],
    )
