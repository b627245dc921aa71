"""Words in the names of columns that speak of a meaning, where no well-known spelling gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tropa.sources.spellings import plain_name

_WORDS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "customer_id": "client|customer|user|guest|patient|student|buyer|member|subscriber|person|phone|e_?mail|msisdn"
        "|requester|contact|candidate|applicant|holder|visitor|passenger|tenant"
        "|клиент|пациент|покупател|учени|студент|гост|абонент|пользоват|участник|телефон|почта|лицев|контакт|кандидат"
        "|соискател|заявител|владел|плательщ|контрагент|пассажир|страховател|держател|медкарт",
        "reach": r"phone|e_?mail|msisdn|(^|_)tel(_|$)|телефон|почт",
        "number": r"(^|_)(id|no|nr|num|number|key|uid|card|serial|plate|vin|account|policy)(_|$)|№|номер|код|карт|ключ"
        "|полис|инн|снилс|vin|счет",
        "case_id": r"case|order|ticket|deal|request(?!er)|application|booking|visit(?!or)|contract|invoice|claim|parcel"
        "|track|shipment|заказ|заявк|сделк|обращен|договор|визит|запис[ьи]|накладн|наряд|трек|полис|бронь|тикет"
        "|(^|_)дел[оа](_|$)",
        "activity": "activ|event|action|step|stage|state|phase|operation|status|milestone|task|what|service"
        "|class(?!ific)|topic|procedure|событ|действ|операц|этап|шаг|стади|статус|что_|работ|услуг|процедур|^тема|обслуживан",
        "time": "time|date|_at$|_ts$|when|дата|время|когда",
        "started": r"^(start|begin|began|open|creat|from)|(^|_)(start|begin)|начал|открыт|создан",
        "ended": r"(^|_)(end|ended|finish|finished|stop|stopped|clos(e|ed)|until|to)(_|$)|окончан|конец|заверш|закрыт",
        "done": "факт|fact|actual",
        "not_when": r"birth|(^|_)dob(_|$)|expir|valid|trial|warrant|registered|registration|since"
        "|рожд|действ.*(до|полис|договор|карт)|^срок_|годн|гарант|регистрац"
        "|(окончан|end|конец).*(контракт|договор|contract|полис|policy)",
        "channel": "channel|device|platform|point_of|booked_through|канал|устройств|^где$",
        "performer": "employee|agent|operator|department|master|manager|technician|assignee|coach|recruiter|doctor"
        "|courier|сотрудник|исполнител|оператор|отдел|мастер|менеджер|рекрутер|врач|курьер|подрядчик|бригад|ответственн",
        "score": "score|rating|stars|grade|nps|csat|ces|recommend|satisf|оценк|балл|рейтинг|порекоменд|удовлетвор",
        "text": "comment|text|review|feedback|message|^why|коммент|отзыв|текст|пожелан|^почему",
        "said": "review|feedback|opinion|отзыв|пожелан|мнени",
        "remark": "comment|note|remark|descr|memo|subject|коммент|примечан|замет|описан|пометк",
        "value": "amount|sum|total|revenue|price|сумм|стоимост|выручк|итог|руб",
    }.items()
}


def speaks_of(word: str, column: str) -> bool:
    """Whether the name of a column has a word in it that speaks of a meaning: a canonical name, or one of

    `reach` (a telephone or the like), `number`, `started`, `ended`, `done` (not planned), `not_when` (a date at which
    nothing happened to the customer), `said` (surely the customer's own words), `remark` (somebody's words).
    """
    return _WORDS[word].search(plain_name(column)) is not None
