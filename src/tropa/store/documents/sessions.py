"""Sessions of those who signed in, and guesses at passwords."""

from __future__ import annotations

import datetime as dt
import secrets

import sqlalchemy as sa

from tropa.store.documents.database import GUESSING, METADATA, Database, alone, now
from tropa.store.documents.people import PEOPLE, SESSIONS, Account, account_of, end_sessions, hashed, later, new_id

GUESSES = sa.Table(
    "guesses",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Text, nullable=False),
)

SESSION_DAYS = 14
"""A session ends so many days after its last use."""
LONGEST_DAYS = 90
"""And so many after it was opened."""


class Sessions:
    """All that are open, and what was guessed lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, person: str) -> str:
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

    def of(self, token: str) -> Account | None:
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
        return account_of(row)

    def _prolong(self, token: str, person: str, opened_at: str) -> None:
        longest = dt.datetime.fromisoformat(opened_at) + dt.timedelta(days=LONGEST_DAYS)
        until = min(later(days=SESSION_DAYS), longest.isoformat(timespec="seconds"))
        mine = SESSIONS.c.token == hashed(token)
        with self._database.writing() as connection:
            connection.execute(SESSIONS.update().where(mine).values(used_at=now(), expires_at=until))
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(seen_at=now()))

    def close(self, token: str) -> None:
        """End one session; one that is not there is ended already."""
        with self._database.writing() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.token == hashed(token)))

    def close_all(self, person: str, keep: str = "") -> int:
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
            alone(connection, GUESSING)
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

    def forget(self, subject: str) -> None:
        """The password was right: what was counted against the name is forgotten."""
        with self._database.writing() as connection:
            connection.execute(GUESSES.delete().where(GUESSES.c.subject == subject))
