"""Columns that only their values tell: customers' own words, and whether a thing worked."""

from __future__ import annotations

import re

import polars as pl

from tropa.cx.failing import names_failure
from tropa.sources.clues import speaks_of
from tropa.sources.looks import ColumnLook
from tropa.sources.seen import Seen

_NO_WORDS = ("customer_id", "number", "case_id", "activity", "performer", "channel", "score", "value")
"""What is called so may have several words in it, and nobody said them."""
_MOST_STATUSES = 12
_SENTENCES = 0.4
"""Share of different values at least that go on in small letters after a space, as sentences do and names do not."""
_GOES_ON = r"\s\p{Ll}"
_WORKED = re.compile(r"ok|ок|success(ful|fully)?|succeeded|passed|успех|успешн(о|ый|ая)|удачно", re.IGNORECASE)
_DONE = re.compile(r"done|completed?|finished|выполнен[оа]?|завершен[оа]?|готово?|да|yes", re.IGNORECASE)
"""Beside words of failure these say that it worked; alone they tell how far a thing is."""


def own_words(seen: Seen, taken: set[str]) -> str | None:
    """The column in which somebody wrote sentences, the longest ones; None where there is none."""
    free = [
        column
        for column in seen.like("text")
        if column.name not in taken and column.distinct > 2 and not any(speaks_of(w, column.name) for w in _NO_WORDS)
    ]
    found = [(seen.words_a_value(column), column.name) for column in free if _is_said(seen, column)]
    return max(found)[1] if found else None


def _is_said(seen: Seen, column: ColumnLook) -> bool:
    values = seen.look.texts[column.name].drop_nulls().unique().head(500)
    return seen.is_prose(column) and float(values.str.contains(_GOES_ON).mean() or 0.0) >= _SENTENCES  # type: ignore[arg-type]


def outcome_words(seen: Seen, taken: set[str]) -> str | None:
    """The first column of few different words, some of which say that a thing failed or worked."""
    for column in seen.like("text"):
        if column.name in taken or column.distinct > _MOST_STATUSES or seen.is_prose(column):
            continue
        values = seen.look.texts[column.name].drop_nulls().unique().to_list()
        # Refusals tell too little as long as nothing says that they are how steps went.
        failed = [names_failure(value) for value in values]
        worked = any(_WORKED.fullmatch(value) for value in values)
        done = any(_DONE.fullmatch(value.replace("ё", "е")) for value in values)
        # Of reasons and codes of errors alone, empty where nothing failed, all say so; among topics only some do.
        if (any(failed) and (worked or done or all(failed))) or (worked and len(values) > 1):
            return column.name
    return None


def words_of(texts: pl.DataFrame, name: str, most: int = 3) -> tuple[str, ...]:
    """Some of the different values of a column, the most frequent ones first."""
    counted = texts[name].drop_nulls().value_counts().sort("count", name, descending=[True, False])
    return tuple(counted[name].head(most).to_list())
