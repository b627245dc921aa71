"""Values of attributes that tell how much or when: numbers, and dates as days since 1970."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.engine.journeys import Floats

MOSTLY = 0.95
"""An attribute of which more values than this are numbers is one of quantities; its other values are as if not told."""

_SPACE = "[\\s\u00a0\u202f]"
_NUMBER = r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$"
_DATES = ((r"^\d{4}-\d{2}-\d{2}(\D|$)", "%Y-%m-%d"), (r"^\d{2}\.\d{2}\.\d{4}(\D|$)", "%d.%m.%Y"))
_DATE_LETTERS = 10
_DAY_SECONDS = 86_400


def quantities(texts: pa.Array) -> Floats:
    """Each text as a number, NaN where it is none. Spaces stand between thousands, a comma for the point."""
    texts = texts.cast(pa.large_string())
    try:
        found = _floats(texts.cast(pa.float64()))
    except pa.ArrowInvalid:
        found = _read(texts)
    return np.where(np.isfinite(found), found, np.nan)


def _read(texts: pa.LargeStringArray) -> Floats:
    """Each text by itself: not all of them are plain numbers."""
    nothing = pa.scalar(None, pa.large_string())
    plain = pc.replace_substring(pc.replace_substring_regex(texts, _SPACE, ""), ",", ".")
    found = _floats(pc.if_else(pc.match_substring_regex(plain, _NUMBER), plain, nothing).cast(pa.float64()))
    for shape, spelling in _DATES:
        told = pc.if_else(pc.match_substring_regex(texts, shape), texts, nothing)
        if told.null_count < len(told):
            at = pc.strptime(pc.utf8_slice_codeunits(told, 0, _DATE_LETTERS), spelling, "s", error_is_null=True)
            days = _floats(at.cast(pa.int64()).cast(pa.float64())) / _DAY_SECONDS
            found = np.where(np.isfinite(days), days, found)
    return found


def are_quantities(texts: pa.Array) -> bool:
    """Whether these values, as good as all of them, are numbers or dates."""
    told = texts.drop_null()
    return len(told) > 0 and float(np.isfinite(quantities(told)).mean()) >= MOSTLY


def _floats(column: pa.Array) -> Floats:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
