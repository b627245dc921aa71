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


def is_company(actor: str) -> bool:
    """Whether an employee or a system acted."""
    return actor != "customer"


def names_contact(text: str) -> bool:
    """Whether the name of an activity says that somebody asks for help or complains."""
    return _CONTACT.search(words_apart(text)) is not None
