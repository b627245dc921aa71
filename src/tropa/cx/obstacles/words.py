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
    r"(?<![a-z])(help|support|question|complain|complaint|claim|hotline|inquiry|enquiry|contact|ask)(s|ed|ing)?(?![a-z])"
    # A ticket may be one of a train or of a queue.
    r"|(?<![a-z])tickets?[_ -]+(opened|created|raised|filed|submitted|logged)(?![a-z])|(service|trouble)[_ -]?tickets?"
    r"|call[_ -]?cent(er|re)|вопрос|обращени|жалоб|поддержк|помощ|претензи|горяч\w+[_ ]+лини",
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


_NONE = re.compile(r"(?<![a-z])(no|without|zero)[_ -]+\w+|(?<![а-яё])без[_ ]+\w+", re.IGNORECASE)


def _apart(text: str) -> str:
    """Names written in one word with capitals, taken apart."""
    return re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", "_", text)


def names_failure(text: str) -> bool:
    """Whether the name of an activity, or a status, says that something did not work."""
    return _FAILURE.search(_NONE.sub("", _apart(text))) is not None


def is_company(actor: str) -> bool:
    """Whether an employee or a system acted."""
    return actor != "customer"


def names_contact(text: str) -> bool:
    """Whether the name of an activity says that somebody asks for help or complains."""
    return _CONTACT.search(_apart(text)) is not None
