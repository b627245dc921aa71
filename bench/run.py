"""The benchmark: the same questions, the same events, Tropa beside what one would take instead.

`make bench` runs it; `bench/run.py --events 1,10,20 --markdown docs/benchmark.md` makes the page in the docs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import generate
from bars import bars
from measure import QUESTIONS, Bench, Measured, load_average, say
from report import whole
from worker import PEERS

DATA = Path(__file__).parent / "data"


def listed(known: tuple[str, ...]) -> Callable[[str], list[str]]:
    """A parser for comma-separated choices."""

    def parse(text: str) -> list[str]:
        chosen = [part.strip() for part in text.split(",") if part.strip()]
        unknown = [part for part in chosen if part not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
        return chosen

    return parse


SLOW = ("pm4py", "retentioneering")
"""Peers that take gigabytes and minutes beyond a million events."""


def millions(text: str) -> list[int]:
    return [int(float(part) * 1_000_000) for part in text.split(",")]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=millions, default=millions("1,10,20"), help="sizes in millions, by commas")
    parser.add_argument("--peers", type=listed(tuple(PEERS)), default=list(PEERS), help=", ".join(PEERS))
    parser.add_argument("--questions", type=listed(QUESTIONS), default=list(QUESTIONS), help=", ".join(QUESTIONS))
    parser.add_argument(
        "--slow-events", type=millions, default=millions("1"), help="largest size, in millions, for " + ", ".join(SLOW)
    )
    parser.add_argument("--repeat", type=int, default=5, help="timed runs after the warm-up")
    parser.add_argument("--markdown", type=Path, help="write the page to this file as well")
    parser.add_argument("--keep", action="store_true", help="keep what the tools stored")
    parser.add_argument("--strict", action="store_true", help="fail when a bar is missed at the largest size")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    load = load_average()
    everything: list[Measured] = []
    for events in args.events:
        parquet = DATA / f"events-{events / 1e6:g}m.parquet"
        say(f"{events:,} events")
        generate.write(parquet, events)
        folder = DATA / f"tools-{events / 1e6:g}m"
        bench = Bench(parquet, events, args.peers, args.questions, args.repeat, folder)
        for name in SLOW:
            if name in args.peers and events > args.slow_events[0]:
                bench.leave_out(name, "left out at this size (--slow-events)")
        everything.append(bench.run())
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)
    text = whole(everything, args.repeat, load)
    print(text)
    if args.markdown:
        args.markdown.parent.mkdir(parents=True, exist_ok=True)
        args.markdown.write_text(text, "utf-8")
    disagreements = [line for measured in everything for line in measured.disagreements]
    for line in disagreements:
        say(f"DIFFERS: {line}")
    missed = [bar for bar in bars(everything[-1]) if not bar.met]
    for bar in missed:
        say(f"MISSED: {bar.what}: asked {bar.asked}, reached {bar.reached}")
    return 1 if disagreements or (args.strict and missed) else 0


if __name__ == "__main__":
    sys.exit(main())
