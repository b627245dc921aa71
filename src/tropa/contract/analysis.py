"""One form for every analysis; the command line, HTTP, Python and docs are derived from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tropa.contract.filters import Filters
from tropa.cx.lens import Lens
from tropa.cx.view import View
from tropa.engine.fold import Fold

P = TypeVar("P", bound=Filters)
R = TypeVar("R")

Chart = dict[str, Any]


@dataclass(frozen=True)
class Analysis(Generic[P, R]):
    """One question asked of the journeys.

    Attributes:
        slug: file name, URL, command-line word, folder of the view.
        question: the sentence that a person would ask.
        question_ru: the same in Russian.
        params: what can be chosen; a frozen model that checks itself.
        result: frozen dataclass of plain values; undefined is None.
        fold: builds the fold for these parameters, seen through this lens.
        chart: a Vega-Lite specification of the result, without size and theme; None where a picture says nothing.
    """

    slug: str
    question: str
    question_ru: str
    params: type[P]
    result: type[R]
    fold: Callable[[P, Lens], Fold[View, Any, R]]
    chart: Callable[[R], Chart] | None = None


@dataclass(frozen=True, slots=True)
class Answer(Generic[R]):
    """What `ask` returns: the result, and on how much it stands."""

    analysis: str
    params: dict[str, Any]
    journeys: int
    events: int
    seconds: float
    result: R
    warnings: tuple[str, ...] = ()
