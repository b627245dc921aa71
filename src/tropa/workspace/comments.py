"""Comments on a workspace's maps: checked, with the people whom they call."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tropa.errors import TropaError
from tropa.store.documents.comments import Comment, Level, Thread
from tropa.workspace.research import refuse_absent, visible
from tropa.workspace.workspace import Workspace

MAX_TEXT = 10_000
_CALLED = re.compile(r"(?<!\w)@([\w.\-]{1,60})")


def add_comment(
    workspace: Workspace,
    map_id: str,
    place: tuple[Level, str] | None,
    lane: str,
    text: str,
    author: str,
    reply_to: int | None = None,
) -> Comment:
    """Keep a comment on a place of a map, or an answer in a thread (where the place is the thread's).

    Raises:
        TropaError: (not_found) no such map, place or thread; (usage) nothing said, too much, or no place.
    """
    text = visible(text).strip()
    if not text or len(text) > MAX_TEXT:
        raise TropaError("The comment is empty or too long.", f"Write 1 to {MAX_TEXT:,} characters.", kind="usage")
    if reply_to is None:
        if place is None:
            raise TropaError("`on` is missing.", "Say what the comment is about.", kind="usage")
        refuse_absent(workspace, map_id, place)
    else:
        workspace.documents.maps.head(map_id)
    level, target = place or ("map", "")
    called = mentions(text, [account.name for account in workspace.documents.people.all()])
    return workspace.documents.comments.add(
        Comment(0, map_id, level, target, lane, reply_to, author, text, called, "", None, None)
    )


def mentions(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Whom a text calls by @: people who have an account, or the words as they are where nobody has one."""
    people = sorted(names, key=len, reverse=True)
    if not people:
        return tuple(dict.fromkeys(word.rstrip(".-") for word in _CALLED.findall(text)))
    folded, called = text.casefold(), []
    for name in people:
        sign = re.compile(rf"(?<!\w)@{re.escape(name.casefold())}(?!\w)")
        if sign.search(folded):
            called.append(name)
            folded = sign.sub(" ", folded)
    return tuple(sorted(called))


def threads_calling(workspace: Workspace, person: str) -> list[Thread]:
    """Open threads, on any map, in which somebody is called by name."""
    return [
        thread
        for thread in workspace.documents.comments.threads()
        if thread.comment.resolved_at is None
        and any(person in comment.mentions for comment in (thread.comment, *thread.replies))
    ]
