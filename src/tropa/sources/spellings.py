"""Well-known names of columns: which canonical column they mean, and which of two wins.

Names are compared without regard to case, and spaces, hyphens and dots count as underscores. Within a line the
order is the priority: the first spelling that the file has is taken, the others stay attributes. The canonical
name itself always wins and is not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tropa.sources.model import FileKind

_CUSTOMER = (
    "client_id user_id customerid clientid userid customer client user uid distinct_id person_id"
    " subscriber_id member_id account_id ид_клиента id_клиента клиент_id код_клиента номер_клиента клиент"
    " ид_пользователя id_пользователя пользователь visitor_id anonymous_id anonymousid device_id cookie_id"
)
_CASE = (
    "case:concept:name caseid case case:id order_id orderid ticket_id application_id request_id incident_id claim_id"
    " номер_заявки ид_заявки id_заявки заявка номер_заказа id_заказа заказ номер_обращения обращение"
)
_TIME = (
    "time:timestamp timestamp event_time event_timestamp occurred_at event_date datetime date_time ts start_timestamp"
    " start_time started_at created_at date complete_timestamp completed_at дата_время дата_и_время время_события"
    " дата_события время дата"
)
_CHANNEL = "channel_name канал канал_обращения"
_ACTIVITY = (
    "concept:name event event_name eventname event_type activity_name action task событие название_события тип_события"
    " действие активность операция"
)

SPELLINGS: Mapping[FileKind, Mapping[str, str]] = {
    "events": {
        "time": _TIME,
        "activity": _ACTIVITY,
        "customer_id": _CUSTOMER,
        "case_id": _CASE,
        "event_id": "eventid message_id messageid $insert_id insert_id ид_события id_события",
        "channel": _CHANNEL,
        "actor": "actor_type кто тип_участника",
        # The person before the department: a group usually stands beside it in a column of its own and is kept.
        "performer": "org:resource resource employee operator agent сотрудник исполнитель оператор department отдел"
        " подразделение",
        "ended_at": "end_time end_timestamp ended complete_timestamp completed_at finished_at время_окончания"
        " дата_окончания окончание",
        "promised_at": "promised due_at due_date due deadline обещано обещанный_срок плановая_дата срок",
        "status": "статус event_status",
        "value": "amount revenue сумма выручка",
    },
    "feedback": {
        "time": "answered_at submitted_at review_creation_date review_date survey_date " + _TIME + " дата_отзыва",
        "customer_id": _CUSTOMER,
        "kind": "feedback_kind feedback_type survey_type тип_отзыва вид тип",
        "score": "rating review_score stars grade answer_score оценка балл рейтинг",
        "text": "comment comments review_text review_comment_message message feedback review body комментарий отзыв"
        " текст_отзыва текст",
        "case_id": _CASE,
        "channel": _CHANNEL,
        "activity": _ACTIVITY,
    },
    "customers": {"customer_id": _CUSTOMER + " id ид"},
    "identities": {
        "identifier_a": "id_a id1 identifier_1 previous_id anonymous_id anonymousid cookie_id device_id",
        "identifier_b": "id_b id2 identifier_2 user_id userid customer_id client_id distinct_id",
    },
}

_SEPARATORS = re.compile(r"[\s\-.]+")
_TIME_NAMES = ("time", "date", "дата", "время", "when", "moment", "_at", "_ts", "timestamp")
_TERM = re.compile(
    r"(^|_)(promised?|due|deadline|target_date)(_|$)|(^|_)sla_(until|till|by|target|date|end)(_|$)"
    r"|(^|_)estimated_deliver|(^|_)expected_(by|deliver|complet)|(^|_)scheduled_(for|end|deliver|complet)"
    r"|(^|_)planned_(end|date|finish|deliver|complet)|(^|_)eta$"
    r"|(^|_)(по)?обещ|(^|_)дедлайн|(^|_)крайний_срок|(^|_)плановы?[йе]_(срок|дат)|(^|_)планова[яо]"
    r"|(^|_)план(_по)?_(дат|срок)|(^|_)дат[аы]_(по_)?план|(^|_)срок_план"
    r"|(^|_)срок_(по_договор|исполн|выполн|достав|готовн|сдач|ремонт|заверш|оказан|изготов|монтаж|ответ|решен)"
    r"|(^|_)договорной_срок|(^|_)контрольный_срок|(^|_)контрольная_дат"
)
_HAPPENED = re.compile(r"start|creat|sent|compromis|начал|созда")
_PAYMENT = re.compile(r"pay|плат")
"""What the customer is to pay until then is no promise to the customer."""


def plain_name(column: str) -> str:
    """The form in which names of columns are compared."""
    return _SEPARATORS.sub("_", column.strip().casefold().replace("ё", "е")).strip("_")


def speaks_of_term(column: str) -> bool:
    """Whether a name says that the column holds the time until which something is to happen, not when it did."""
    plain = plain_name(column)
    return _TERM.search(plain) is not None and _HAPPENED.search(plain) is None


def speaks_of_promise(column: str) -> bool:
    """Whether a name says that the column holds the time until which something was promised to the customer.

    It is a guess, to be told and to be taken back; a file's names alone give the exact spellings above only.
    """
    return speaks_of_term(column) and _PAYMENT.search(plain_name(column)) is None


def speaks_of_time(column: str) -> bool:
    """Whether a name says that dates or times are meant, whatever numbers stand in the column."""
    return any(part in plain_name(column) for part in _TIME_NAMES)
