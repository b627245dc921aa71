"""Keep a small workspace as an earlier revision makes it: tests/workspace/earlier/NAME.tar.gz.

    python tools/keep_workspace.py REVISION NAME

The code of that revision writes it, by its own command line; names in it are made up. Once for each release, and for
each change of what lies in a workspace: `tests/workspace/test_earlier.py` opens all of them with the code of today.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "workspace" / "earlier"

MAP = """map: Earlier loans
unit: case
goal: [Paid out]
within: 30d
stages:
  - stage: Asking
    touchpoints:
      - touchpoint: Application
        when: {activity: [applied]}
      - touchpoint: Papers
        when: {activity: [papers_sent, papers_refused]}
        expects: {within: 2d, score: 4.0}
        pains: [{pain: The form forgets what was typed, kind: process}]
  - stage: Money
    touchpoints:
      - touchpoint: Decision
        when: {activity: [decided]}
        process: {owner: Risk, department: Checks, systems: [CRM]}
      - touchpoint: Paid out
        when: {activity: [paid]}
"""


def write_files(folder: Path) -> None:
    """Twelve customers with an application each; a row that cannot be read, and one told twice."""
    events = ["event_id,customer_id,case_id,time,activity,channel,performer,status,value,region"]
    for number in range(12):
        customer, case, day = f"C-{number}", f"A-{number}", 1 + number
        steps = ["applied", "papers_sent", "decided", "paid"][: 4 if number % 3 else 2 + number % 2]
        for place, step in enumerate(steps):
            who = "Checks" if step == "decided" else ""
            money = "1000" if step == "paid" else ""
            status = "failed" if step == "papers_sent" and number % 4 == 0 else ""
            time = f"2026-03-{day + place:02} {9 + place}:15:00"
            region = "North" if number % 2 else "South"
            events.append(f"E-{number}-{place},{customer},{case},{time},{step},web,{who},{status},{money},{region}")
    events += ["E-bad,C-1,A-1,2026-02-31 10:00:00,applied,web,,,,North", events[1]]
    (folder / "events.csv").write_text("\n".join(events) + "\n", "utf-8")
    answers = ["customer_id,time,kind,score,text"]
    answers += [f"C-{n},2026-03-20 10:0{n % 10}:00,csat,{1 + n % 5},{'slow' if n % 2 else 'fine'}" for n in range(12)]
    (folder / "answers.csv").write_text("\n".join(answers) + "\n", "utf-8")
    people = ["customer_id,age,tariff", *(f"C-{n},{20 + n},{'gold' if n % 2 else 'basic'}" for n in range(12))]
    (folder / "people.csv").write_text("\n".join(people) + "\n", "utf-8")
    site = ["customer_id,time,activity,channel", "V-1,2026-02-27 08:00:00,calculator,web"]
    (folder / "site.csv").write_text("\n".join(site) + "\n", "utf-8")
    (folder / "pairs.csv").write_text("identifier_a,identifier_b\nV-1,C-1\n", "utf-8")
    (folder / "map.yaml").write_text(MAP, "utf-8")
    (folder / "later.yaml").write_text(MAP.replace("score: 4.0", "score: 4.5"), "utf-8")


def keep(revision: str, name: str) -> Path:
    """Make the workspace, and pack it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        packed = subprocess.run(
            ["git", "archive", revision, "src", "pyproject.toml"], cwd=ROOT, check=True, capture_output=True
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as code:
            code.extractall(folder / "code", filter="data")
        files = folder / "files"
        files.mkdir()
        write_files(files)

        def tropa(*words: str) -> None:
            environment = {**os.environ, "PYTHONPATH": str(folder / "code" / "src")}
            subprocess.run([sys.executable, "-m", "tropa.cli", *words], cwd=folder, check=True, env=environment)

        tropa("init", "ws", "--name", "Earlier loans", "--timezone", "Europe/Moscow", "--currency", "RUB")
        for file, kind in (("events", "events"), ("answers", "feedback"), ("people", "customers")):
            tropa("load", "ws", f"files/{file}.csv", "--as", kind)
        tropa("load", "ws", "files/site.csv", "--as", "events")
        tropa("load", "ws", "files/pairs.csv", "--as", "identities")
        for file in ("map", "later"):
            tropa("map", "ws", "import", f"files/{file}.yaml")
        tropa("show", "ws", "overview", "--unit", "customer")
        tropa("show", "ws", "overview")
        KEPT.mkdir(exist_ok=True)
        target = KEPT / f"{name}.tar.gz"
        with tarfile.open(target, "w:gz") as pack:
            for part in ("files", "ws"):
                pack.add(folder / part, part, filter=_nobody)
        return target


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    made = keep(sys.argv[1], sys.argv[2])
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size:,} bytes")
