"""Comments on maps: on a cell, a stage, a touchpoint or the whole map, with answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents.database import METADATA, Database, now

Level = Literal["map", "stage", "touchpoint"]

COMMENTS = sa.Table(
    "comments",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("map_id", sa.Text, sa.ForeignKey("maps.id"), nullable=False, index=True),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("reply_to", sa.Integer),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("mentions", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("resolved_at", sa.Text),
    sa.Column("resolved_by", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Comment:
    """`target` is the name of today, "" for the whole map; `lane` is "" where it is about no one cell.

    `mentions` are the names called by @.
    """

    id: int
    map_id: str
    level: Level
    target: str
    lane: str
    reply_to: int | None
    author: str
    text: str
    mentions: tuple[str, ...]
    at: str
    resolved_at: str | None
    resolved_by: str | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with the answers to it, in the order in which they came."""

    comment: Comment
    replies: tuple[Comment, ...]


class Comments:
    """All comments of a workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def threads(self, map_id: str | None = None) -> list[Thread]:
        """Threads of a map, or of all maps, the oldest first."""
        query = sa.select(COMMENTS).order_by(COMMENTS.c.id)
        if map_id is not None:
            query = query.where(COMMENTS.c.map_id == map_id)
        with self._database.reading() as connection:
            comments = [_comment(row) for row in connection.execute(query)]
        replies: dict[int, list[Comment]] = {}
        for comment in comments:
            if comment.reply_to is not None:
                replies.setdefault(comment.reply_to, []).append(comment)
        return [Thread(one, tuple(replies.get(one.id, ()))) for one in comments if one.reply_to is None]

    def add(self, comment: Comment) -> Comment:
        """Keep a comment; its `id` and `at` are given here. An answer stands where its thread does.

        Raises:
            TropaError: (not_found) no such thread to answer in.
        """
        with self._database.writing() as connection:
            if comment.reply_to is not None:
                first = _one(connection, comment.map_id, comment.reply_to)
                comment = replace(
                    comment,
                    reply_to=first.reply_to or first.id,
                    level=first.level,
                    target=first.target,
                    lane=first.lane,
                )
            comment = replace(comment, at=now(), resolved_at=None, resolved_by=None)
            values = {column.name: getattr(comment, column.name) for column in COMMENTS.c if column.name != "id"}
            values["mentions"] = json.dumps(list(comment.mentions), ensure_ascii=False)
            key = connection.execute(COMMENTS.insert().values(values)).inserted_primary_key
        assert key is not None
        return replace(comment, id=int(key[0]))

    def resolve(self, map_id: str, number: int, by: str | None) -> Comment:
        """Mark a thread as done by somebody; as open again where `by` is None.

        Raises:
            TropaError: (not_found) no such comment on this map.
        """
        values = {"resolved_at": None if by is None else now(), "resolved_by": by}
        with self._database.writing() as connection:
            comment = _one(connection, map_id, number)
            first = comment.reply_to or comment.id
            connection.execute(COMMENTS.update().where(COMMENTS.c.id == first).values(**values))
            return _one(connection, map_id, first)


def follow(connection: sa.Connection, map_id: str, renames: Sequence[tuple[str, str, str]]) -> None:
    """Carry what is tied to stages and touchpoints along with their new names: (level, old, new), in order."""
    for table in (COMMENTS, METADATA.tables["research_ties"]):
        for level, old, new in renames:
            here = (table.c.map_id == map_id) & (table.c.level == level) & (table.c.target == old)
            connection.execute(table.update().where(here).values(target=new))


def _one(connection: sa.Connection, map_id: str, number: int) -> Comment:
    query = sa.select(COMMENTS).where(COMMENTS.c.id == number, COMMENTS.c.map_id == map_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise TropaError(f"There is no comment {number} on this map.", "Take one from the list.", kind="not_found")
    return _comment(row)


def _comment(row: sa.Row[Any]) -> Comment:
    return Comment(**{**row._mapping, "mentions": tuple(json.loads(row.mentions))})
