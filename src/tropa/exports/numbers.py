"""Numbers and times as people read them, in the language of the export, alike on the page. Undefined is a dash."""

from __future__ import annotations

import math
import re
from typing import Literal

Language = Literal["ru", "en"]

DASH = "–"
NBSP = "\u00a0"
ENOUGH = 30
"""Below this many answers or journeys a number is shown grey: it may still be chance."""

_LEAST_SHARE = 0.0001
_UNITS = {
    "ru": {"ms": "мс", "s": "с", "m": "мин", "h": "ч", "d": "дн"},
    "en": {"ms": "ms", "s": "s", "m": "min", "h": "h", "d": "d"},
}
_MONTHS = {
    "ru": ("янв.", "февр.", "мар.", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "KZT": "₸", "CNY": "¥", "UAH": "₴", "INR": "₹", "TRY": "₺"}


def _known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _write(value: float, language: Language, digits: int, least: int = 0) -> str:
    """Grouped by thousands, with a true minus and no needless zeros; halves away from zero, as people round."""
    scaled = math.floor(abs(value) * 10**digits + 0.5 + 1e-9) / 10**digits
    text = f"{scaled:,.{digits}f}"
    whole, _, rest = text.partition(".")
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    if language == "ru":
        whole = whole.replace(",", NBSP)
    minus = "−" if value < 0 and scaled else ""
    return minus + whole + (("," if language == "ru" else ".") + rest if rest else "")


def count(value: float | None, language: Language) -> str:
    """26 140."""
    return _write(value, language, 0) if value is not None and _known(value) else DASH


def decimal(value: float | None, language: Language, digits: int = 1) -> str:
    """4.2."""
    return _write(value, language, digits) if value is not None and _known(value) else DASH


def signed(value: float | None, language: Language, digits: int = 0) -> str:
    """+12; nothing before a zero."""
    if value is None or not _known(value):
        return DASH
    text = _write(value, language, digits)
    return f"+{text}" if value > 0 and text.strip("0,.") else text


def _percent(text: str, language: Language) -> str:
    return f"{text}{NBSP}%" if language == "ru" else f"{text}%"


def share(value: float | None, language: Language) -> str:
    """A share 0..1 as per cent; more digits where it is small, so that 0.4 % does not become 0 %."""
    if value is None or not _known(value):
        return DASH
    size = abs(value)
    if 0 < size < _LEAST_SHARE:
        return f"<{NBSP}{share(_LEAST_SHARE, language)}"
    digits = 0 if size == 0 or size >= 0.1 else 2 if size < 0.01 else 1
    return _percent(_write(value * 100, language, digits), language)


def share_interval(low: float | None, high: float | None, language: Language) -> str:
    """An interval of a share, with as many digits as it takes to tell its ends apart; empty where there is none."""
    if low is None or high is None:
        return ""
    for digits in (0, 1, 2):
        left, right = (_write(end * 100, language, digits, digits) for end in (low, high))
        if left != right:
            return f"{left}–{_percent(right, language)}"
    return share(low, language)


def signed_share(value: float | None, language: Language) -> str:
    """A difference of shares in points."""
    if value is None or not _known(value):
        return DASH
    points = value * 100
    unit = f"п.{NBSP}п." if language == "ru" else "pp"
    return signed(points, language, 0 if abs(points) >= 10 else 1) + NBSP + unit


def duration(seconds: float | None, language: Language) -> str:
    """45 s, 3 min, 2 h 10 min, 1.5 d: two parts at most, like people say it."""
    if seconds is None or not _known(seconds):
        return DASH
    unit = _UNITS[language]
    sign, size = "−" if seconds < 0 else "", abs(seconds)

    def part(value: float, name: str, digits: int = 0) -> str:
        return _write(value, language, digits) + NBSP + unit[name]

    if size == 0:
        return part(0, "s")
    if size < 1:
        return sign + part(max(1, round(size * 1000)), "ms")
    if size < 59.5:
        return sign + part(size, "s", 1 if size < 10 else 0)
    if size < 3570:
        return sign + part(size / 60, "m", 1 if size < 600 else 0)
    hours = size / 3600
    if hours < 24:
        whole = math.floor(hours)
        rest = round((hours - whole) * 60)
        rest = round(rest / 10) * 10 if whole >= 10 else rest
        whole, rest = (whole + 1, 0) if rest == 60 else (whole, rest)
        if whole < 24:
            return sign + part(whole, "h") + (NBSP + part(rest, "m") if rest else "")
    days = size / 86400
    return sign + part(days, "d", 1 if days < 10 else 0)


def signed_duration(seconds: float | None, language: Language) -> str:
    """+3 min."""
    text = duration(seconds, language)
    return f"+{text}" if seconds is not None and seconds > 0 else text


def day(iso: str | None, language: Language) -> str:
    """A day of the data's own calendar: 5 Mar 2026."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", iso or "")
    if match is None:
        return iso or DASH
    year, month, date = (int(part) for part in match.groups())
    return f"{date}{NBSP}{_MONTHS[language][month - 1]}{NBSP}{year}" if 1 <= month <= 12 else iso or DASH


def period(first: str | None, last: str | None, language: Language) -> str:
    """`5 Mar – 7 Apr 2026`; the year once where it is one; empty where nothing is known."""
    if not first or not last:
        return ""
    one, other = day(first, language), day(last, language)
    if one == other:
        return one
    if first[:4] == last[:4]:
        one = one.rpartition(NBSP)[0]
    return f"{one} – {other}"


def money(value: float | None, currency: str, language: Language) -> str:
    """Three digits that matter: 517 тыс. ₽, ₽517k."""
    if value is None or not _known(value):
        return DASH
    short = {
        "ru": ((1e9, f"{NBSP}млрд"), (1e6, f"{NBSP}млн"), (1e3, f"{NBSP}тыс.")),
        "en": ((1e9, "bn"), (1e6, "m"), (1e3, "k")),
    }[language]
    size, unit = next(((size, unit) for size, unit in short if abs(value) >= size * 0.9995), (1.0, ""))
    scaled = value / size
    digits = 0 if abs(scaled) >= 100 else 1 if abs(scaled) >= 10 else 2
    text = _write(scaled, language, digits) + unit
    sign = _SIGNS.get(currency, currency)
    if not sign:
        return text
    if language == "ru" or len(sign) > 1:
        return f"{text}{NBSP}{sign}"
    return text.replace("−", f"−{sign}", 1) if text.startswith("−") else sign + text


def plural(number: int, words: tuple[str, str, str], language: Language) -> str:
    """The form that goes with a number: (путь, пути, путей); English uses the first and the last."""
    if language == "en":
        return words[0] if number == 1 else words[2]
    tens, ones = abs(number) % 100, abs(number) % 10
    if 10 < tens < 20 or ones == 0 or ones > 4:
        return words[2]
    return words[0] if ones == 1 else words[1]
