"""One tool in a process of its own: takes orders as JSON lines on standard input, answers on standard output."""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from peers.peer import Peer

PEERS = {
    "tropa": "OfTropa",
    "clickhouse": "OfClickHouse",
    "duckdb": "OfDuckDB",
    "polars": "OfPolars",
    "pm4py": "OfPM4Py",
    "retentioneering": "OfRetentioneering",
}


def peer_class(name: str) -> type[Peer]:
    """The class of a peer; importing it imports the tool."""
    found: type[Peer] = getattr(importlib.import_module(f"peers.of_{name}"), PEERS[name])
    return found


def forget_peak() -> None:
    """Let the kernel count the peak of resident memory anew; where it refuses, the peak is the process's."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def memory_bytes() -> dict[str, int]:
    """Peak of resident memory, and what of it now is the process's own (the rest are pages of mapped files)."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        told = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmHWM", "RssAnon"))}
        return {"peak_bytes": int(told["VmHWM"]) * 1024, "own_bytes": int(told["RssAnon"]) * 1024}
    except (OSError, KeyError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return {"peak_bytes": peak, "own_bytes": peak}


def obey(peer: Peer, order: dict[str, Any]) -> dict[str, Any]:
    """Do one order and say how long it took: by the clock, and of the processors."""
    forget_peak()
    wall, cpu = time.perf_counter(), time.process_time()
    doing = order["do"]
    given: Any = None
    if doing == "load":
        peer.load()
    elif doing == "open":
        peer.open()
    elif doing == "ask":
        given = peer.ask(order["question"], order["form"])
    else:
        given = getattr(peer, doing)(*order.get("args", ()))
    report: dict[str, Any] = {
        "seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() - cpu,
        **memory_bytes(),
    }
    if doing == "ask":
        report["answer"] = peer.tell(order["question"], given) if order.get("tell") else None
    else:
        report["answer"] = given
    return report


def main() -> None:
    name, parquet, folder = sys.argv[1:4]
    # What the tools print of their own accord must not get among the answers.
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer = peer_class(name)(Path(parquet), Path(folder))
    for line in sys.stdin:
        try:
            report = obey(peer, json.loads(line))
        except Exception as error:  # whatever a tool fails with is told, not swallowed
            traceback.print_exc()
            report = {"error": f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"}
        channel.write(json.dumps(report) + "\n")
        channel.flush()


if __name__ == "__main__":
    main()
