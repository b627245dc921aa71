"""Links to maps, in both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from tests.store.documents.test_people import refused

from tropa.store.documents import Documents
from tropa.store.documents.shares import SHARES

MAP = "map: Loan\nstages:\n  - stage: Papers\n    touchpoints:\n      - touchpoint: Upload\n"


@pytest.fixture
def map_id(documents: Documents) -> str:
    return documents.save_map(MAP).map_id


def test_a_link_opens_and_remembers_when(documents: Documents, map_id: str) -> None:
    share, token = documents.shares.make(map_id, None, True, "anna", 30, "for the agency")
    assert (share.map_name, share.note, share.used_at, share.uses) == ("Loan", "for the agency", None, 0)
    assert len(token) >= 32
    opened, frozen = documents.shares.open(token)
    assert (opened.id, frozen) == (share.id, None)
    documents.shares.open(token)
    (kept,) = documents.shares.all(map_id)
    assert kept.used_at is not None
    assert kept.uses == 1, "opened twice within a minute is written once"
    assert documents.shares.all("another") == []


def test_what_was_frozen_comes_back(documents: Documents, map_id: str) -> None:
    body = "снимок 📷".encode() * 1000
    _, token = documents.shares.make(map_id, 1, False, "anna", None, "", body)
    assert documents.shares.open(token)[1] == body


def test_revoked_expired_and_unknown_are_told_alike(documents: Documents, map_id: str) -> None:
    closed, revoked = documents.shares.make(map_id, None, False, "anna")
    late, expired = documents.shares.make(map_id, None, False, "anna", 1)
    assert documents.shares.revoke(closed.id).revoked_at is not None
    with documents.database.writing() as connection:
        past = SHARES.update().where(SHARES.c.id == late.id)
        connection.execute(past.values(expires_at="2020-01-01T00:00:00+00:00"))
    said = {
        str(refused("not_found", lambda token=token: documents.shares.open(token)))
        for token in (revoked, expired, "nonsense")
    }
    assert len(said) == 1
    refused("not_found", lambda: documents.shares.revoke("nonsense"))


def test_a_map_put_away_is_shown_by_snapshots_only(documents: Documents, map_id: str) -> None:
    following, living = documents.shares.make(map_id, None, False, "anna")
    _, fixed = documents.shares.make(map_id, 1, False, "anna", None, "", b"as it was")
    assert not following.map_archived
    documents.maps.archive(map_id, True)
    assert str(refused("not_found", lambda: documents.shares.open(living))) == str(
        refused("not_found", lambda: documents.shares.open("nonsense"))
    )
    assert documents.shares.open(fixed)[1] == b"as it was"
    assert all(share.map_archived for share in documents.shares.all(map_id))
    documents.maps.archive(map_id, False)
    assert documents.shares.open(living)[0].id == following.id


def test_tokens_are_kept_as_hashes_only(documents: Documents, map_id: str) -> None:
    _, token = documents.shares.make(map_id, None, False, "anna")
    with documents.database.reading() as connection:
        assert token not in str(connection.execute(sa.select(SHARES)).all())
