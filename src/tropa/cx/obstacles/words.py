"""Words by which a call for help is known where the data does not say so itself."""

from __future__ import annotations

import re

CONTACT_CHANNELS = frozenset(
    (
        *("call", "calls", "phone", "telephone", "chat", "messenger"),
        *("support", "helpdesk", "call_center", "contact_center"),
        *("звонок", "телефон", "чат", "мессенджер", "поддержка"),
    )
)
_CONTACT = re.compile(
    r"(?<![a-z])(help|support|question|complain|complaint|claim|ticket|inquiry|enquiry|contact|ask|asked)"
    r"(?!ed_by|s_by)(?![a-z]{4,})|вопрос|обращени|жалоб|поддержк|помощ|претензи",
    re.IGNORECASE,
)


_FAILURE = re.compile(
    r"(?<![a-z])(error|fail|failed|failure|failing|crash|crashed|timeout|timed_out|exception)(?![a-z])"
    r"|not[_ ]?(loaded|found|available|working)|unavailable"
    r"|(card|payment|coupon|voucher|promo(code)?)[_ -]*(declined|refused|rejected|invalid|denied|expired)"
    r"|ошибк|сбой|сбоя|не[_ ]?удал|недоступ"
    r"|(карт|платеж|платёж|оплат|промокод|купон)\w*[_ -]*(отклон|отказ|не[_ ]?прош)",
    re.IGNORECASE,
)


def names_failure(text: str) -> bool:
    """Whether the name of an activity, or a status, says that something did not work."""
    return _FAILURE.search(text) is not None


def names_contact(text: str) -> bool:
    """Whether the name of an activity says that somebody asks for help or complains."""
    return _CONTACT.search(text) is not None
