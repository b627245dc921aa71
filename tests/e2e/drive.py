"""How the tests drive a real service and look at a real page."""

from __future__ import annotations

import json
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Route
from tests.forks import run, started

from tropa.simulate import simulate

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
START_SECONDS = 60.0
STOP_SECONDS = 20.0


def run_tropa(*arguments: str | Path) -> str:
    """One command, as a person would run it."""
    done = run(*arguments)
    assert done.returncode == 0, f"tropa {' '.join(map(str, arguments))}: {done.stdout}{done.stderr}"
    return done.stdout


@dataclass
class Service:
    """A running `tropa serve`."""

    address: str
    process: BaseProcess

    def get(self, path: str, **query: str | list[str]) -> dict[str, Any]:
        """What the service answers to the same question."""
        asked = urllib.parse.urlencode(query, doseq=True)
        with urllib.request.urlopen(f"{self.address}{path}?{asked}", timeout=240) as reply:
            answer: dict[str, Any] = json.load(reply)
        return answer

    def stop(self) -> None:
        self.process.terminate()
        self.process.join(STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def start_service(workspace: Path, log: Path) -> Service:
    """Serve the workspace on a free port and wait until it answers."""
    port = _free_port()
    process = started(["serve", workspace, "--port", port], log)
    service = Service(f"http://127.0.0.1:{port}", process)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.is_alive(), log.read_text()
        try:
            service.get("/api/workspace")
            return service
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    service.stop()
    raise AssertionError(f"tropa serve did not answer in {START_SECONDS:.0f} s: {log.read_text()}")


@dataclass
class Watched:
    """A page, and everything about it that must not happen."""

    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    #: answers with these statuses are meant by the test, and the browser's own note about them is no fault
    expected: tuple[int, ...] = ()

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if not any(f"status of {status}" in message.text for status in self.expected):
            self.errors.append(message.text)

    def on_request(self, request: Request) -> None:
        host = urllib.parse.urlsplit(request.url).hostname
        if host not in ("127.0.0.1", None):
            self.foreign.append(request.url)

    def check(self) -> None:
        assert self.errors == []
        assert self.foreign == []


SETTLED_MS = 2_000
SETTLED = """async (limit) => {
  const until = performance.now() + limit;
  const busy = () => document.querySelector('[aria-busy="true"], [data-stale="true"]')
    || document.getAnimations().some((animation) => animation.playState === "running"
      && animation.effect?.getComputedTiming().endTime !== Infinity);
  while (busy() && performance.now() < until) await new Promise((wake) => setTimeout(wake, 50));
}"""

OpenPage = Callable[..., Watched]


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands."""
    if not AXE.is_file():
        pytest.skip("axe-core is absent: run `make web-tools`")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # What is being replaced is dimmed on purpose; a page that stays busy is looked at as it is.
    page.evaluate(SETTLED, SETTLED_MS)
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{rule['id']}: {rule['help']} | {node['html'][:160]} | {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def hold(route: Route) -> None:
    """Never answer: the page stays as it is while it waits."""


def simulated_bank(folder: Path, customers: int, seed: int) -> Path:
    """The workspace of a simulated bank, brought in by the commands of the README."""
    simulate("bank", folder / "files", customers=customers, seed=seed)
    workspace = folder / "workspace"
    run_tropa("init", workspace, "--name", "Пробный банк", "--language", "ru", "--timezone", "Europe/Moscow")
    for kind in ("events", "feedback", "customers"):
        run_tropa("load", workspace, folder / "files" / f"{kind}.csv", "--as", kind)
    run_tropa("map", workspace, "import", folder / "files" / "map.yaml")
    return workspace
