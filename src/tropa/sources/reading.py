"""The door: a file in, normalised portions out."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from tropa.errors import TropaError
from tropa.sources import time_kernel
from tropa.sources.formats import Block, Source, open_source
from tropa.sources.formats.block import is_nameless
from tropa.sources.formats.opened import check_there
from tropa.sources.join import Joined, load_join
from tropa.sources.model import FEEDBACK_SCALES, Chunk, FileKind, Reading, Recognised
from tropa.sources.normalise import Normaliser
from tropa.sources.plan import Plan
from tropa.sources.same_time import in_order
from tropa.sources.times import TimeReader
from tropa.sources.two_columns import pair
from tropa.sources.values import clean_text, read_numbers
from tropa.sources.wide import WideNormaliser

_ORDERS = {None: time_kernel.UNDECIDED, "day-first": time_kernel.DAY_FIRST, "month-first": time_kernel.MONTH_FIRST}
_SAMPLE_ROWS = 20
_MOST_WORDS = 7


def read(path: Path, kind: FileKind, how: Reading | None = None, preview: bool = False) -> Iterator[Chunk]:
    """Reads a file by portions.

    What can be known at once is refused at once, at the call; a compressed file that breaks off, or one of whose rows
    none can be read, is refused when its end is reached: whoever stores the portions keeps none of them then.

    Args:
        path: CSV or TSV, Parquet, JSON lines, XLSX, XES; text may be packed with gzip or Zstandard.
        kind: what a row of it is.
        how: how to read it, where it is not to be recognised.
        preview: only the beginning will be looked at; what comes first in the file comes in smaller portions.

    Raises:
        TropaError: the file is not what its name says, lacks a required or a mapped column, or none of its rows can be
            read.
    """
    how = how or Reading()
    plan = Plan(kind, how)
    times = TimeReader(how.timezone, _ORDERS[how.dates])
    source = open_source(path, how, preview)
    try:
        return _opened(path, source, plan, times, preview)
    except TropaError:
        source.close()
        raise


def _opened(path: Path, source: Source, plan: Plan, times: TimeReader, preview: bool) -> Iterator[Chunk]:
    how = plan.how
    times.excel_serials = source.excel_serials
    joins = [load_join(join, how) for join in how.join]
    blocks = _joined(source, joins)
    first = next(blocks, None)
    if first is None:
        raise TropaError(f"{path.name} has no rows.", "Export it once more.")
    if first.frame.width == 0:
        _refuse_nothing(path, first)
    plan.learn(first.frame.columns)
    plan.check(path.name)
    paired = pair(plan, first.frame, times)
    normaliser = (WideNormaliser if plan.wide else Normaliser)(source, plan, times)
    notes = [note for join in joins for note in join.notes] + paired + normaliser.doubt(first.frame)
    chunks = _chunks(itertools.chain([first], blocks), normaliser, notes)
    # The rows of a wide table are in the order of their milestones.
    return chunks if preview or plan.kind != "events" or plan.wide else in_order(chunks, how.timezone)


def recognise(path: Path, kind: FileKind, how: Reading | None = None) -> Recognised:
    """What is understood of a file before it is loaded: its format, its columns, its first rows.

    Raises:
        TropaError: the file is not what its name says, or a mapping cannot be meant so.
    """
    how = how or Reading()
    plan = Plan(kind, how)
    source = open_source(path, how, preview=True)
    try:
        joins = [load_join(join, how) for join in how.join]
        block = next(_joined(source, joins), None)
    finally:
        source.close()
    frame = pl.DataFrame() if block is None else block.frame
    plan.learn(frame.columns)
    times = TimeReader(how.timezone, _ORDERS[how.dates], source.excel_serials)
    doubts = pair(plan, frame, times) + Normaliser(source, plan, times).doubt(frame)
    named = [name for name in frame.columns if not is_nameless(name)]
    notes = [*source.notes, *(note for join in joins for note in join.notes), *doubts]
    return Recognised(
        path=path,
        kind=kind,
        format=source.format,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        columns=dict(plan.columns),
        constants=dict(plan.constants),
        milestones=plan.milestone_columns(),
        attributes=dict(plan.attributes),
        ignored=tuple(_shown(name) for name in plan.ignored),
        missing=tuple(plan.missing()),
        sample=frame.select(named).head(_SAMPLE_ROWS),
        notes=tuple(notes),
        milestone_clocks=dict(plan.milestone_clocks),
    )


def fingerprint(path: Path) -> str:
    """BLAKE2b of a file's bytes, 64 hexadecimal digits: the same for the same file under any name."""
    check_there(path)
    digest = hashlib.blake2b(digest_size=32)
    with path.open("rb") as file:
        while part := file.read(4 * 1024 * 1024):
            digest.update(part)
    return digest.hexdigest()


def _refuse_nothing(path: Path, block: Block) -> None:
    """A file whose first portion has no columns at all: nothing in it, or nothing that can be read."""
    if block.rejects.height:
        line, reason = block.rejects["line"][0], block.rejects["reason"][0]
        raise TropaError(f"None of the rows of {path.name} can be read; line {line}: {reason}", "Export it once more.")
    raise TropaError(f"{path.name} has no rows.", "Export it once more.")


def _joined(source: Source, joins: list[Joined]) -> Iterator[Block]:
    for block in source.blocks:
        for join in joins:
            block.frame = join.add(block.frame, source.path.name)
        yield block


def _chunks(blocks: Iterator[Block], normaliser: Normaliser, join_notes: list[str]) -> Iterator[Chunk]:
    plan, source = normaliser.plan, normaliser.source
    good, rejected, reason = 0, 0, ""
    notes = list(join_notes)
    told, words = 0, list[str]()
    for block in blocks:
        plan.learn(block.frame.columns)
        words = words or _words_for_scores(block.frame, plan)
        chunk = normaliser.chunk(block)
        good += chunk.rows.height
        rejected += chunk.rejects.height
        if not reason and chunk.rejects.height:
            reason = f"line {chunk.rejects['line'][0]}: {chunk.rejects['reason'][0]}"
        notes.extend(source.notes[told:])
        told = len(source.notes)
        for name in _filled_nameless(block.frame, plan):
            notes.append(f"{_shown(name)} has no name and was not loaded.".capitalize())
        yield replace(chunk, notes=tuple(notes))
        notes = []
    if rejected and not good:
        if words:
            raise _scores_in_words(source.path.name, plan, rejected, words)
        raise TropaError(
            f"None of the {rejected} rows of {source.path.name} can be read; {reason}",
            "Check what the columns were taken for: --columns canonical=theirs,... (value=: leaves one out).",
        )


def _words_for_scores(frame: pl.DataFrame, plan: Plan) -> list[str]:
    """Words that stand where scores are meant to be, if nothing but words does."""
    column = plan.columns.get("score")
    if column is None or column not in frame.columns:
        return []
    numbers, bad = read_numbers(frame[column])
    if bad is None or numbers.null_count() < numbers.len():
        return []
    return clean_text(frame[column].filter(bad)).drop_nulls().unique(maintain_order=True).head(_MOST_WORDS).to_list()


def _scores_in_words(file: str, plan: Plan, rows: int, words: list[str]) -> TropaError:
    kind = plan.constants.get("kind", "")
    scale = FEEDBACK_SCALES.get(kind) or (1.0, 5.0)
    ends = f"{scale[0]:g} to {scale[1]:g}"
    said = ", ".join(f"'{word}'" for word in words)
    return TropaError(
        f"None of the {rows} rows of {file} can be read: scores are numbers, and '{plan.columns['score']}' has {said}.",
        f"Replace the words in the file by numbers, {ends} from the worst to the best; or leave the scores out and take"
        " the column for an attribute: --columns score=: (where there are comments).",
    )


def _filled_nameless(frame: pl.DataFrame, plan: Plan) -> list[str]:
    """Columns without a name that hold something; each is told of once."""
    if plan.kind == "identities":
        return []
    found = [name for name in plan.ignored if name in frame.columns and frame[name].null_count() < frame.height]
    plan.ignored = [name for name in plan.ignored if name not in found]
    return found


def _shown(name: str) -> str:
    return f"column {name[1:]}" if is_nameless(name) else name
