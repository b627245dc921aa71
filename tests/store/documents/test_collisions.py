"""Two writers who stand in each other's way: the one whom the database undoes comes again by itself."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa

from tropa.errors import TropaError
from tropa.store.documents import Documents
from tropa.store.documents.database import POSTGRESQL, Collided, again_when_collided, told_plainly
from tropa.store.documents.map_records import NewVersion


def refused(code: str) -> sa.exc.ProgrammingError:
    return sa.exc.ProgrammingError("UPDATE", {}, Exception({"C": code, "M": "said by the server"}))


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_collisions_are_tried_again_and_told_in_the_end(code: str) -> None:
    tried: list[int] = []

    @again_when_collided
    def write(succeeds: int) -> str:
        tried.append(1)
        with told_plainly():
            if len(tried) < succeeds:
                raise refused(code)
        return "written"

    assert (write(3), len(tried)) == ("written", 3)
    tried.clear()
    with pytest.raises(Collided, match="busy with other changes") as told:
        write(100)
    assert (told.value.kind, len(tried)) == ("workspace", 5)


@pytest.mark.parametrize("code", ["53100", "57P01", "08006"])
def test_what_the_server_refuses_is_told(code: str) -> None:
    with pytest.raises(TropaError, match="said by the server") as told, told_plainly():
        raise refused(code)
    assert told.value.kind == "workspace"


def test_a_fault_of_the_program_stays_one() -> None:
    with pytest.raises(sa.exc.ProgrammingError), told_plainly():
        raise refused("42601")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_deadlock_is_outlived(documents: Documents, url: str) -> None:
    new = NewVersion('{"map": "A", "stages": []}', "json", "A", "journey", "", "made")
    one, two = (documents.maps.create(new).map_id for _ in range(2))
    ids = [head.id for head in reversed(documents.maps.heads())]
    assert set(ids) == {one, two}
    engine = sa.create_engine(url.replace("postgresql://", POSTGRESQL))
    lock = sa.text("UPDATE maps SET kind = kind WHERE id = :id")
    with engine.begin() as other:
        other.execute(sa.text("SET deadlock_timeout = '20s'"))  # so that it is not this one that is undone
        other.execute(lock, {"id": two})
        living = threading.Thread(target=lambda: documents.maps.make_live(one))
        living.start()
        time.sleep(0.4)
        other.execute(lock, {"id": one})
    living.join(20)
    engine.dispose()
    live = documents.maps.live()
    assert live is not None and live.id == one
