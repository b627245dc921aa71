"""Pages of the documentation as something to run: the files that they show, the commands, what those print.

- A fenced block right after a line that is only a name in backquotes and a colon is that file.
- In a `sh` block, each line is a command; a backslash at the end carries it on.
- In a `console` block, a line after `$ ` is a command, and the lines below are printed by it: in this order, with any
  spacing. A line `...` stands for whatever was left out.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from tropa.cli import main

ROOT = Path(__file__).resolve().parents[2]

_BLOCK = re.compile(
    r"(?:^`(?P<file>[\w./-]+)`:\n\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\]\([^)]*\)")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?: ?%| ?[dhms]\b)?")


@dataclass(frozen=True)
class Step:
    """A command, and what the page says that it prints."""

    command: str
    printed: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        return shlex.split(self.command)


@dataclass(frozen=True)
class Page:
    files: dict[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    prose: str = ""


def read_page(name: str) -> Page:
    """A page of the documentation by its path from the root of the checkout."""
    text = (ROOT / name).read_text(encoding="utf-8")
    files: dict[str, str] = {}
    steps: list[Step] = []
    for block in _BLOCK.finditer(text):
        if block["file"]:
            files[block["file"]] = block["text"]
        elif block["language"] == "sh":
            steps += [Step(line) for line in _lines(block["text"]) if line and not line.startswith("#")]
        elif block["language"] == "console":
            steps += _console(_lines(block["text"]))
    return Page(files, tuple(steps), _LINK.sub("]", _BLOCK.sub("", text)))


def _lines(text: str) -> list[str]:
    return re.sub(r"\\\n\s*", " ", text).splitlines()


def _console(lines: list[str]) -> list[Step]:
    commands: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("$ "):
            commands.append((line[2:], []))
        elif line.strip():
            commands[-1][1].append(line)
    return [Step(command, tuple(printed)) for command, printed in commands]


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


def run(step: Step) -> Ran:
    """Run a `tropa` command of a page within this process."""
    program, *arguments = step.words
    assert program == "tropa", f"not a command to run here: {step.command}"
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    status: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as ended:
            status = ended.code
    text = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    return Ran(status if isinstance(status, int) else 0, text, err.getvalue())


def missing(step: Step, ran: Ran) -> list[str]:
    """Lines that the page shows and the command did not print, in this order."""
    told = iter([" ".join(line.split()) for line in (ran.out + ran.err).splitlines()])
    return [
        line
        for line in (" ".join(line.split()) for line in step.printed)
        if line != "..."
        and not any(line == other or (line.endswith(" ...") and other.startswith(line[:-4])) for other in told)
    ]


def numbers(text: str) -> set[str]:
    """Numbers as commands print them; those that only count on two hands, so to speak, are left out."""
    found = {match[0].replace(" ", "") for match in _NUMBER.finditer(text)}
    return {number for number in found if not re.fullmatch(r"\d{1,2}", number)}
