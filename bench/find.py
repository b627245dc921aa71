"""How long finding takes in a workspace whose journeys are put together already, and how much memory: prints one line.

.venv/bin/tropa simulate bank --out FILES --customers 1000000
(load its events and customers and import its map, as the README says)
.venv/bin/python bench/find.py WORKSPACE
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from tropa.workspace.find import FindParams
from tropa.workspace.workspace import Workspace


def main(folder: Path) -> None:
    workspace = Workspace(folder)
    workspace.journeys()
    began = time.perf_counter()
    found = workspace.find(FindParams())
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    events = workspace.ask("overview").events
    told = f"{found.journeys:,} journeys, {events:,} events, {found.tested} obstacles tested together"
    print(f"{told}: {seconds:.1f} s, {memory:.2f} GB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
