"""Words by which it is known that something did not work: one definition for numbers, findings and pages.

The status `failed` is the canonical one; sources write their own words (`error`, `ошибка`), or name the activity so.
"""

from __future__ import annotations

import re

_FAILURE = re.compile(
    r"(?<![a-z])(error|fail|failed|failure|failing|crash|crashed|timeout|timed_out|exception)(?![a-z])"
    r"|not[_ ]?(loaded|found|available|working)|unavailable|unsuccess"
    r"|(card|payment|coupon|voucher|promo(code)?)[_ -]*(declined|refused|rejected|invalid|denied|expired)"
    r"|ошибк|сбой|сбоя|не[_ ]?удал|не[_ ]?успешн|недоступ"
    r"|(карт|платеж|платёж|оплат|промокод|купон)\w*[_ -]*(отклон|отказ|не[_ ]?прош)",
    re.IGNORECASE,
)

_NONE = re.compile(r"(?<![a-z])(no|without|zero)[_ -]+\w+|(?<![а-яё])без[_ ]+\w+", re.IGNORECASE)


def words_apart(text: str) -> str:
    """Names written in one word with capitals, taken apart."""
    return re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", "_", text)


def names_failure(text: str) -> bool:
    """Whether the name of an activity, or a status, says that something did not work."""
    return _FAILURE.search(_NONE.sub("", words_apart(text))) is not None
