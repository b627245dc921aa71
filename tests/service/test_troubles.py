"""Requests that nobody sane sends get an answer in the one shape; the page answers HEAD and travels compressed."""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.contract.test_every_analysis import MAP, rows
from tests.helpers import make_workspace

from tropa.errors import TropaError
from tropa.service import page, workspace_routes
from tropa.service.app import create_app
from tropa.service.errors import without_folder
from tropa.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    shop = make_workspace(tmp_path_factory.mktemp("troubles") / "ws", *rows(), map_text=MAP)
    return TestClient(create_app(shop.folder), raise_server_exceptions=False)


TROUBLES = [
    "/api/living-map?until=9999-12-31",
    "/api/living-map?since=0001-01-01",
    "/api/living-map?until=9999-12-31T23:59:59",
    "/api/living-map?since=1700000000",
    "/api/living-map?since=1700000000.5",
    "/api/living-map?since=2026-02-30",
    "/api/analyses/funnel?steps=Visit,Paid&within=1e300",
    "/api/analyses/funnel?steps=Visit,Paid&within=99999999999999w",
    "/api/analyses/funnel?steps=Visit,Paid&step_within=2=99999999999999w",
    "/api/analyses/journey?customer=%00",
    "/api/analyses/overview?segment=region=%00",
    "/api/analyses/overview?channel=a%00b",
    "/%00",
    "/assets/%00.js",
    "/api/%00",
]


@pytest.mark.parametrize("address", TROUBLES)
def test_one_shape(client: TestClient, address: str) -> None:
    reply = client.get(address)
    assert 400 <= reply.status_code < 500, reply.text
    error = reply.json()["error"]
    assert set(error) == {"kind", "message", "hint"}
    assert error["message"]


def test_periods_that_are_accepted(client: TestClient) -> None:
    for moment in ("2026-01-01", "2026-01-01T10:00:00", "2026-01-01T10:00:00Z", "2026-01-01 10:00:00+03:00"):
        assert client.get("/api/living-map", params={"since": moment, "until": "2200-12-31"}).status_code == 200, moment


def test_fault_of_the_program(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(workspace: object) -> None:
        raise ZeroDivisionError("seven")

    monkeypatch.setattr(workspace_routes, "describe", broken)
    reply = client.get("/api/workspace")
    assert reply.status_code == 500
    error = reply.json()["error"]
    assert (error["kind"], "ZeroDivisionError" in error["message"]) == ("workspace", True)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small page as the build leaves it: files with their compressed twins."""
    static = tmp_path.resolve() / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<p>page</p>")
    script = ("let one = 1;\n" * 1000).encode()
    (static / "assets" / "a.js").write_bytes(script)
    (static / "assets" / "a.js.gz").write_bytes(gzip.compress(script, 0))  # unlike what is compressed on the way
    monkeypatch.setattr(page, "STATIC", static)
    return static


def test_head(client: TestClient, built: Path) -> None:
    for address in ("/", "/assets/a.js", "/any/page"):
        reply = client.head(address)
        assert (reply.status_code, reply.content) == (200, b""), address
    refused = client.head("/api/workspace")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET")


def test_compressed_twin(client: TestClient, built: Path) -> None:
    twin = (built / "assets" / "a.js.gz").read_bytes()
    script = (built / "assets" / "a.js").read_bytes()
    for accepted in ("gzip", "br, gzip;q=0.8"):
        reply = client.get("/assets/a.js", headers={"Accept-Encoding": accepted})
        assert reply.headers["content-encoding"] == "gzip"
        assert int(reply.headers["content-length"]) == len(twin), "sent as built, not compressed anew"
        assert "javascript" in reply.headers["content-type"]
        assert reply.headers["vary"] == "Accept-Encoding"
        assert reply.content == script
    plain = client.get("/assets/a.js", headers={"Accept-Encoding": "identity"})
    assert ("content-encoding" in plain.headers, plain.content) == (False, script)
    (built / "assets" / "a.js.gz").unlink()
    again = client.get("/assets/a.js", headers={"Accept-Encoding": "gzip"})
    assert (again.headers["vary"], again.content) == ("Accept-Encoding", script)


def test_package_behind_a_link(tmp_path: Path) -> None:
    """The page is found where the package is reached through a symbolic link."""
    (tmp_path / "linked").symlink_to(Path(page.__file__).parents[1], target_is_directory=True)
    spec = importlib.util.spec_from_file_location("linked_page", tmp_path / "linked" / "service" / "page.py")
    assert spec is not None and spec.loader is not None
    linked = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(linked)
    assert linked.STATIC == page.STATIC
    assert linked._file_of("../page.py") is None
    files = [file for file in page.STATIC.iterdir() if file.is_file()]
    for file in files:
        assert linked._file_of(file.name) == file


def test_no_answer_tells_where_the_workspace_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(create_app(Workspace.create(tmp_path / "ws").folder), raise_server_exceptions=False)
    for address in ("/api/living-map", "/api/analyses/overview", "/api/findings", "/api/maps/none"):
        assert str(tmp_path) not in client.get(address).text, address

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "ws" / "HEAD.json"))

    monkeypatch.setattr("tropa.store.store.read_head", refused)
    reply = client.get("/api/living-map")
    assert reply.status_code == 500
    assert reply.json()["error"]["message"] == "Permission denied: HEAD.json."


def test_a_folder_is_taken_out_of_what_is_said() -> None:
    error = TropaError("/srv/data/loans/uploads/a.csv is a folder of /srv/data/loans.", "See loans/x, not theloans/x.")
    plain = without_folder(error, Path("/srv/data/loans"))
    assert (plain.message, plain.hint) == ("uploads/a.csv is a folder of the workspace.", error.hint)
    assert without_folder(error, Path("loans")).hint == "See x, not theloans/x."
