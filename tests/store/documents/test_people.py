"""Accounts, sessions, invitations and guesses, in both databases."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents import Documents
from tropa.store.documents.invitations import INVITATIONS
from tropa.store.documents.people import PEOPLE, SESSIONS
from tropa.store.documents.sessions import GUESSES

OpenDocuments = Callable[[], Documents]


def refused(kind: str, ask: Callable[[], Any]) -> TropaError:
    with pytest.raises(TropaError) as raised:
        ask()
    assert raised.value.kind == kind, raised.value
    return raised.value


def together(*tasks: Callable[[], Any]) -> list[Any]:
    """What each gave or raised, begun at the same moment."""
    start = threading.Barrier(len(tasks))
    told: list[Any] = [None] * len(tasks)

    def run(place: int) -> None:
        start.wait()
        try:
            told[place] = tasks[place]()
        except TropaError as error:
            told[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_names_are_taken_whatever_their_case(documents: Documents) -> None:
    assert not documents.people.any()
    anna = documents.people.add("Анна Петрова", "owner", "hash")
    assert documents.people.any()
    refused("conflict", lambda: documents.people.add("анна ПЕТРОВА", "reader", "hash"))
    assert documents.people.named(" АННА петрова ") == (anna, "hash")
    assert documents.people.named("Анна") is None
    documents.people.add("'; DROP TABLE people; --", "reader", "hash")
    assert [account.name for account in documents.people.all()] == ["'; DROP TABLE people; --", "Анна Петрова"]


def test_only_one_is_first(open_documents: OpenDocuments) -> None:
    told = together(
        *(lambda name=name: open_documents().people.add(name, "owner", "hash", first=True) for name in "abcd")
    )
    assert [isinstance(one, TropaError) for one in told].count(False) == 1
    assert len(open_documents().people.all()) == 1


def test_the_last_owner_stays(open_documents: OpenDocuments) -> None:
    people = open_documents().people
    one, other = (people.add(name, "owner", "hash") for name in ("one", "other"))
    # Both at once take the right from each other: one of them must stay.
    together(
        lambda: open_documents().people.set_role(one.id, "reader"), lambda: open_documents().people.remove(other.id)
    )
    owners = [account for account in people.all() if account.role == "owner"]
    assert len(owners) == 1
    refused("conflict", lambda: people.remove(owners[0].id))
    refused("conflict", lambda: people.set_role(owners[0].id, "analyst"))
    refused("not_found", lambda: people.remove("nobody"))


def test_a_session_tells_who_until_it_ends(documents: Documents) -> None:
    people, sessions = documents.people, documents.sessions
    anna = people.add("anna", "owner", "hash")
    bob = people.add("bob", "reader", "hash")
    here, there, his = sessions.open(anna.id), sessions.open(anna.id), sessions.open(bob.id)
    assert sessions.of(here) is not None and sessions.of(here + "x") is None
    assert sessions.close_all(anna.id, keep=here) == 1
    assert sessions.of(there) is None and sessions.of(here) is not None and sessions.of(his) is not None
    people.set_role(bob.id, "analyst")
    told = sessions.of(his)
    assert told is not None and told.role == "analyst"
    sessions.close(here)
    sessions.close(here)
    assert sessions.of(here) is None
    people.remove(bob.id)
    assert sessions.of(his) is None


def test_tokens_are_kept_as_hashes_only(documents: Documents) -> None:
    anna = documents.people.add("anna", "owner", "hash")
    token = documents.sessions.open(anna.id)
    _, invited = documents.invitations.invite("reader", "anna", 7)
    with documents.database.reading() as connection:
        kept = [str(row) for table in (SESSIONS, INVITATIONS) for row in connection.execute(sa.select(table))]
    assert len(kept) == 2
    assert not any(secret in row for row in kept for secret in (token, invited))


def test_use_prolongs_a_session_but_not_for_ever(documents: Documents) -> None:
    anna = documents.people.add("anna", "owner", "hash")
    token = documents.sessions.open(anna.id)

    def age(opened: int, used: int, expires: int) -> None:
        moments = [
            (dt.datetime.now(dt.UTC) + dt.timedelta(days=days)).isoformat(timespec="seconds")
            for days in (opened, used, expires)
        ]
        with documents.database.writing() as connection:
            values = dict(zip(("opened_at", "used_at", "expires_at"), moments, strict=True))
            connection.execute(SESSIONS.update().values(values))

    def left() -> int:
        with documents.database.reading() as connection:
            until = connection.scalar(sa.select(SESSIONS.c.expires_at))
        assert until is not None
        return round((dt.datetime.fromisoformat(until) - dt.datetime.now(dt.UTC)).total_seconds() / 86400)

    age(opened=-5, used=-2, expires=3)
    assert documents.sessions.of(token) is not None
    assert left() == 14
    age(opened=-85, used=-2, expires=3)
    assert documents.sessions.of(token) is not None
    assert left() == 5
    age(opened=-20, used=-15, expires=-1)
    assert documents.sessions.of(token) is None


def test_an_invitation_is_used_once(open_documents: OpenDocuments) -> None:
    documents = open_documents()
    documents.people.add("anna", "owner", "hash")
    made, token = documents.invitations.invite("editor", "anna", 7, note="for Bob")
    assert documents.invitations.all() == [made]
    told = together(
        *(lambda name=name: open_documents().invitations.accept(token, name, "hash") for name in ("bob", "eve"))
    )
    assert sorted(type(one).__name__ for one in told) == ["Account", "TropaError"]
    assert len(documents.people.all()) == 2
    assert documents.invitations.all() == []


def test_a_taken_name_does_not_use_up_the_invitation(documents: Documents) -> None:
    documents.people.add("anna", "owner", "hash")
    _, token = documents.invitations.invite("editor", "anna", 7)
    refused("conflict", lambda: documents.invitations.accept(token, "ANNA", "hash"))
    assert documents.invitations.accept(token, "bob", "hash").role == "editor"


def test_used_revoked_expired_and_unknown_are_told_alike(documents: Documents) -> None:
    documents.people.add("anna", "owner", "hash")
    invitations = documents.invitations
    _, used = invitations.invite("reader", "anna", 7)
    invitations.accept(used, "bob", "hash")
    made, revoked = invitations.invite("reader", "anna", 7)
    invitations.revoke(made.id)
    late, expired = invitations.invite("reader", "anna", 7)
    with documents.database.writing() as connection:
        past = INVITATIONS.update().where(INVITATIONS.c.id == late.id)
        connection.execute(past.values(expires_at="2020-01-01T00:00:00+00:00"))
    said = {
        str(refused("not_found", lambda token=token: invitations.by_token(token)))
        for token in (used, revoked, expired, "nonsense", "")
    }
    assert len(said) == 1
    assert invitations.all() == []


def test_a_link_for_a_new_password(documents: Documents) -> None:
    anna = documents.people.add("anna", "owner", "old")
    session = documents.sessions.open(anna.id)
    _, first = documents.invitations.invite("owner", "anna", 1, person=anna.id)
    _, second = documents.invitations.invite("owner", "anna", 1, person=anna.id)
    refused("not_found", lambda: documents.invitations.by_token(first))
    assert documents.invitations.accept(second, "another name", "new").name == "anna"
    assert documents.people.password_of(anna.id) == "new"
    assert documents.sessions.of(session) is None


def test_guesses_are_counted_by_each_subject(documents: Documents) -> None:
    sessions = documents.sessions
    limits = {"name:anna": 3, "address:10.0.0.1": 100}
    assert [sessions.guess(limits, 15) for _ in range(3)] == [0, 0, 0]
    assert 0 < sessions.guess(limits, 15) <= 15 * 60
    assert sessions.guess({"name:bob": 3, "address:10.0.0.1": 100}, 15) == 0
    sessions.forget("name:anna")
    assert sessions.guess(limits, 15) == 0
    with documents.database.writing() as connection:
        connection.execute(GUESSES.update().values(at="2020-01-01T00:00:00+00:00"))
    assert sessions.guess({"address:10.0.0.1": 1}, 15) == 0
    with documents.database.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(GUESSES)) == 1


def test_everybody_gets_the_same_secret(open_documents: OpenDocuments) -> None:
    told = together(*(lambda: open_documents().people.secret("masking") for _ in range(4)))
    assert len(set(told)) == 1 and len(told[0]) == 32
    assert open_documents().people.secret("cookie") != told[0]


def test_asking_makes_no_file(documents: Documents, url: str) -> None:
    if url:
        pytest.skip("PostgreSQL is there anyway")
    together(*(documents.people.any for _ in range(8)))
    assert documents.empty
    assert PEOPLE.name == "people"
