"""What goes wrong outside of the data - disk, folders, addresses, dates - is told in one line, never as a traceback."""

from __future__ import annotations

import errno
import resource
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.cli.test_commands import EVENTS, MAP, tropa

from tropa.cli.serve import free_port
from tropa.errors import TropaError
from tropa.store.dictionaries import read_dictionaries
from tropa.store.head import writing
from tropa.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("troubles")
    (folder / "events.csv").write_text(EVENTS)
    (folder / "map.yaml").write_text(MAP)
    workspace = Workspace.create(folder / "ws")
    workspace.load([folder / "events.csv"], "events")
    return workspace.folder


TROUBLES = [
    (["show", "{shop}", "overview", "--until", "9999-12-31"], 2, ["until", "9999-12-31", "1900", "2200"]),
    (["show", "{shop}", "overview", "--since", "1700000000"], 2, ["since", "1700000000", "2026-01-31"]),
    (["show", "{shop}", "overview", "--compare", "..9999-12-31", "--compare", "2026-01-01.."], 2, ["9999-12-31"]),
    (["show", "{shop}", "funnel", "--steps", "visit", "--within", "1e300"], 2, ["1e300", "3000 years"]),
    (["show", "{shop}", "funnel", "--steps", "visit", "--within", "99999999999999w"], 2, ["3000 years"]),
    (["map", "{shop}", "propose", "--out", "{shop}/no/such/x.yaml"], 1, ["No such file or directory", "x.yaml"]),
    (["init", "{shop}/workspace.json/below"], 1, ["Not a directory", "workspace.json"]),
]


@pytest.mark.parametrize(("command", "status", "told"), TROUBLES)
def test_trouble_is_told(shop: Path, command: list[str], status: int, told: list[str]) -> None:
    run = tropa(*(part.format(shop=shop) for part in command))
    assert "Traceback" not in run.stderr
    assert run.returncode == status
    for words in told:
        assert words in run.stderr
    assert run.stderr.startswith("tropa: ") or "Error" in run.stderr


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file may grow beyond 64 KiB: the load fails in one line and leaves the workspace as it was."""
    rows = "\n".join(f"c{row},2026-01-01T10:00:00,visit,{row * 7919 % 100003}" for row in range(60_000))
    (tmp_path / "big.csv").write_text(f"customer_id,time,activity,value\n{rows}\n")
    Workspace.create(tmp_path / "ws")
    command = [
        sys.executable,
        "-m",
        "tropa.cli",
        "load",
        str(tmp_path / "ws"),
        str(tmp_path / "big.csv"),
        "--as",
        "events",
    ]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (run.returncode, "Traceback" in run.stderr) == (1, False), run.stderr
    assert "File too large" in run.stderr
    again = tropa("load", tmp_path / "ws", tmp_path / "big.csv", "--as", "events", "--json")
    assert '"loaded": 60000' in again.stdout


def test_torn_dictionaries(tmp_path: Path) -> None:
    torn = tmp_path / "dictionaries-1.json"
    for text in ('{"values": {"acti', "[]", '{"values": {}}'):
        torn.write_text(text)
        with pytest.raises(TropaError) as refused:
            read_dictionaries(torn)
        assert refused.value.kind == "workspace"
        assert "dictionaries-1.json" in refused.value.message
    with pytest.raises(TropaError, match=r"dictionaries-2\.json"):
        read_dictionaries(tmp_path / "dictionaries-2.json")


def test_host_that_does_not_exist() -> None:
    with pytest.raises(TropaError, match=r"nosuchhost\.invalid") as refused:
        free_port("nosuchhost.invalid", 8000, 1)
    assert "--host" in refused.value.hint


def test_host_of_another_machine() -> None:
    with pytest.raises(TropaError, match=r"192\.0\.2\.1") as refused:
        free_port("192.0.2.1", 8000, 20)
    assert "taken" not in refused.value.message
    assert "--host" in refused.value.hint


def test_port_that_needs_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(self: socket.socket, address: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", denied)
    with pytest.raises(TropaError, match="80") as refused:
        free_port("127.0.0.1", 80, 1)
    assert "1024" in refused.value.hint


def test_taken_port() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(TropaError, match=f"Port {port} is taken"):
            free_port("127.0.0.1", port, 1)
    with pytest.raises(TropaError, match="taken"):
        free_port("127.0.0.1", 65536, 3)


def test_second_writer_says_that_it_waits(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(EVENTS.replace("2026-01", "2026-02"))
    command = [sys.executable, "-m", "tropa.cli", "load", str(shop), str(tmp_path / "more.csv"), "--as", "events"]
    with writing(shop):
        second = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        patience = threading.Timer(60, second.kill)
        patience.start()  # one that waits in silence fails the test instead of holding it up
        said = next((line for line in second.stderr if "waiting" in line), "")
        assert second.poll() is None, "it waits for the first"
    patience.cancel()
    rest = second.communicate(timeout=60)[1]
    assert (second.returncode, str(shop) in said, "waiting" in rest) == (0, True, False)


def test_first_writer_says_nothing(tmp_path: Path) -> None:
    told: list[Path] = []
    with writing(tmp_path, told.append):
        pass
    assert told == []
