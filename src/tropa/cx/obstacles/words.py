"""Words by which a call for help is known where the data does not say so itself."""

from __future__ import annotations

import re

from tropa.cx.failing import words_apart

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

_ROLES_RU = (
    r"(менеджер|оператор|специалист|консультант|сотрудник|агент|администратор|эксперт|куратор|тренер|врач|мастер|курьер"
    r"|юрист|инженер)"
)
_ROLE_EN = (
    r"(manager|agent|operator|specialist|consultant|advisor|adviser|employee|rep|sales|clerk|officer|doctor|nurse|coach"
    r"|courier|engineer)"
)
_CALLS_CUSTOMER = re.compile(
    # Nominative and genitive: the call of a manager, not one to a manager.
    rf"(звонок|ответ|письмо|сообщение|визит)\w*[ _-]+(от[ _-]+)?{_ROLES_RU}а?(?!\w)"
    rf"|(?<!\w){_ROLES_RU}[ _-]+(по|пере)?(звонил|звонит|написал|пишет|ответил|связал)|перезвон|обзвон|исходящ"
    rf"|(?<![a-z]){_ROLE_EN}('s)?[ _-]+(calls?|called|repl(y|ied|ies)|messaged?|visit(s|ed)?)(?![a-z])"
    rf"|(calls?|called|reply|message|visit)[ _-]+(from|by)[ _-]+((the|a|an)[ _-]+)?{_ROLE_EN}(?![a-z])"
    r"|(?<![a-z])call(ed|s)?[ _-]?back(?![a-z])|outbound|outgoing",
    re.IGNORECASE,
)


def is_company(actor: str) -> bool:
    """Whether an employee or a system acted."""
    return actor != "customer"


_COMPLAINT = re.compile(r"(?<![a-z])(complain|complaint|claim|grievance)(s|ed|ing|ts)?(?![a-z])|жалоб|претензи", re.I)
_WISHED = re.compile(r"request|wish|want|заявк|просьб|просит|прошу|заказ|customer|клиент", re.IGNORECASE)


def names_call_out(text: str) -> bool:
    """Whether the name of an activity says that the company turned to the customer; not that it was asked to."""
    words = words_apart(text)
    return _CALLS_CUSTOMER.search(words) is not None and _WISHED.search(words) is None


def names_complaint(text: str) -> bool:
    """Whether the name of an activity says that somebody complains: that tells discontent, as a low score does."""
    return _COMPLAINT.search(words_apart(text)) is not None


def names_contact(text: str) -> bool:
    """Whether the name of an activity says that somebody asks for help or complains."""
    return _CONTACT.search(words_apart(text)) is not None
