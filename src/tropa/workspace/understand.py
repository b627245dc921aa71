"""How a file is to be read where its names do not tell: guessed as the page guesses, taken only where that is sure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tropa.errors import TropaError
from tropa.sources import (
    KIND_OF,
    FileKind,
    FileLook,
    Guess,
    Reading,
    Recognised,
    fingerprint,
    guess,
    look_at,
    recognise,
)
from tropa.sources.contents import outcome_words, own_words, words_of
from tropa.sources.plan import find_dated, listed
from tropa.sources.seen import Seen
from tropa.store.ledger import loads_of
from tropa.store.store import Store
from tropa.workspace.known import known as known_of

_ANSWERS = "score or text"
_ENOUGH = 5
"""Of fewer rows nothing is said of what they look like."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file will be read.

    Attributes:
        how: what was said, and what was guessed surely.
        found: what its columns are taken for by that.
        notes: what was guessed.
        trouble: why it cannot be read so, with what to type; None where it can.
        here: the fingerprint by which it is in the ledger already, where it need not be understood.
    """

    how: Reading
    found: Recognised
    notes: tuple[str, ...] = ()
    trouble: TropaError | None = None
    here: str | None = None


def understand(path: Path, kind: FileKind, how: Reading, store: Store, unsaid: bool = False) -> Understood:
    """Understand a file: by what was said, by its names, and by its values where those leave something needed open.

    Args:
        path: the file.
        kind: what its rows are.
        how: what was said.
        store: whose customers are known, and what was loaded.
        unsaid: nothing was said at all: a file that is here already is the same again, whatever would be guessed now
            that more customers are known.

    Raises:
        TropaError: the file is not what its name says, or a mapping cannot be meant so.
    """
    found = recognise(path, kind, how)
    needed = _needed(found)
    if not needed or how.join or not _all_there(how, found):
        return Understood(how, found, () if needed or how.join else _passed_over(path, how, found))
    if unsaid and (loads := loads_of(kind, fingerprint(path), store.head.loads)):
        note = f"This file is here already, loaded on {loads[-1].at}: nothing was guessed."
        return Understood(how, found, (note,), here=loads[-1].fingerprint)
    look, known = look_at(path, how), known_of(store)
    if not look.rows:
        trouble = TropaError(f"{path.name} has a header and no rows.", "Export it once more.")
        return Understood(how, found, (), trouble)
    natural = guess(path, look, known=known)
    shape = "wide" if how.milestones else kind
    meant = natural if natural.shape == shape else guess(path, look, shape, known)
    fits = KIND_OF[natural.shape] == kind and (natural.shape == "wide") == bool(how.milestones)
    sure = _fresh({name: word for name, word in meant.columns.items() if name not in meant.unsure}, how)
    told = replace(how, columns={**sure, **how.columns})
    again = recognise(path, kind, told)
    open_still = [name for name in needed if name in meant.unsure or name in _needed(again)]
    if fits and not open_still:
        return Understood(told, again, (_guessed(sure, again),))
    return Understood(how, found, (), _refusal(path, needed, look, how, natural, meant, kind))


def _needed(found: Recognised) -> list[str]:
    """What a file of the kind cannot be without and nothing tells."""
    needed = list(found.missing)
    if found.kind == "feedback" and not {"score", "text"} & {*found.columns, *found.constants}:
        needed.append(_ANSWERS)
    return needed


def _all_there(how: Reading, found: Recognised) -> bool:
    """Whether the file has all columns that were named; where it has not, reading it says so."""
    asked = [*how.columns.values(), *how.milestones.values(), *how.identifiers]
    names = found.sample.columns
    return all(theirs.startswith(":") or find_dated(theirs, names)[0] is not None for theirs in asked)


def _fresh(columns: Mapping[str, str], how: Reading) -> dict[str, str]:
    """Of guessed columns those about which nothing was said."""
    used = {*how.columns.values(), *how.milestones.values(), *how.identifiers}
    return {name: theirs for name, theirs in columns.items() if name not in how.columns and theirs not in used}


def _guessed(columns: Mapping[str, str], found: Recognised) -> str:
    said = ", ".join(f"{name} = {_apart(theirs)}" for name, theirs in columns.items())
    case = "customer_id" not in {*found.columns, *found.constants} and "case_id" in found.columns
    stands = " No column names the customer: the case stands for it." if case else ""
    return f"Guessed from words in names and from values: {said}.{stands} If that is wrong, say it with --columns."


def _passed_over(path: Path, how: Reading, found: Recognised) -> tuple[str, ...]:
    """Columns that by their values are what nothing was taken for: told, for what people say is not taken away."""
    look_for = {"events": ("status", outcome_words), "feedback": ("text", own_words)}
    if found.kind not in look_for or how.milestones:
        return ()
    canonical, find = look_for[found.kind]
    if canonical in {*found.columns, *found.constants, *how.columns}:
        return ()
    look = look_at(path, how)
    column = find(Seen(path, look), {*found.columns.values(), *how.identifiers})
    if column is None:
        return ()
    words = listed(words_of(look.texts, column))
    return (
        f"Column '{column}' was kept as an attribute, and looks like {canonical} ({words}): "
        f"--columns {quoted({canonical: column})} takes it for that.",
    )


def _apart(name: str) -> str:
    """A name that could be taken for several, or for the end of the sentence, in quotes."""
    return f"'{name}'" if re.search(r"[,=.]", name) and not name.startswith(":") else name


def _refusal(
    path: Path, needed: list[str], look: FileLook, how: Reading, natural: Guess, meant: Guess, kind: FileKind
) -> TropaError:
    names = ", ".join(needed[:-1]) + " and " + needed[-1] if len(needed) > 1 else needed[0]
    columns = listed(column.name for column in look.columns)
    message = f"{path.name} has no column for {names}; its columns are {columns}."
    if natural.shape == "wide" and kind == "events" and not how.milestones:
        milestones = quoted(natural.milestones)
        rest = _fresh(natural.columns, how)
        hint = f"It seems to have a row a case and a column a milestone: --milestones {milestones}"
        return TropaError(message, hint + (f" --columns {quoted(rest)}." if rest else "."))
    hints = []
    if KIND_OF[natural.shape] != kind and look.rows >= _ENOUGH:
        hints.append(f"It looks like {KIND_OF[natural.shape]}: --as {KIND_OF[natural.shape]}, perhaps.")
    best = _fresh(meant.columns, how)
    # A person types the whole of it: what was said already, and what is needed.
    typed = {name: best[name] for name in (*needed, *best) if name in best}
    open_ = [name for name in needed if name not in typed and not (name == _ANSWERS and {"score", "text"} & {*typed})]
    if "customer_id" in open_ and "case_id" in {*typed, *how.columns}:
        open_.remove("customer_id")
    typed |= dict.fromkeys((name.partition(" or ")[0] for name in open_), "...")
    hints.append(f"Say which column it is: --columns {quoted({**how.columns, **typed})}.")
    for name in needed:
        rivals = [one for one in meant.others.get(name, ()) if one != best.get(name)]
        if rivals:
            hints.append(f"For {name} it could also be {listed(rivals)}.")
    if "kind" in needed:
        hints.append("kind=:rating gives all rows one kind.")
    return TropaError(message, " ".join(hints))


def quoted(pairs: Mapping[str, str]) -> str:
    """Pairs as they are typed in a shell: `a=b,c=d`, what holds a comma or an equals sign in quotes."""
    return shlex.quote(",".join(f"{_in_quotes(name)}={_in_quotes(word)}" for name, word in pairs.items()))


def _in_quotes(word: str) -> str:
    if not any(mark in word for mark in ',="'):
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def with_notes(notes: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Notes of a file with those of its guess first, each once."""
    return tuple(dict.fromkeys([*notes, *more]))
