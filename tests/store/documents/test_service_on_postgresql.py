"""Everything that is tested of maps, comments and research over HTTP, asked once more of a real PostgreSQL."""

from __future__ import annotations

import pytest
from tests.service.test_comments_and_research import *  # noqa: F403
from tests.service.test_maps import *  # noqa: F403
from tests.store.documents.conftest import FreshDatabase


@pytest.fixture(autouse=True)
def in_postgresql(fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every workspace of a test keeps its documents in a database of that test."""
    monkeypatch.setenv("TROPA_DOCUMENTS", fresh_database())
