"""Words by which it is known that something did not work: one definition for numbers, findings and pages.

The status `failed` is the canonical one; sources write their own words (`error`, `ошибка`), or name the activity so.
A refusal is a failure as a status only, which says how this step went: an activity called `declined` is a decision, and
nothing went wrong with it.
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
_REFUSED = re.compile(
    r"(?<![a-z])(declined|rejected|refused|denied|aborted)(?![a-z])"
    r"|отклон[её]н(?!и)|(?<![а-яё])отказ(ано|ал[аи]?)?(?![а-яё])|(?<![а-яё])не[_ ]?(прош|пройден)",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"declin|reject|refus|denied|denial|abort|отклон|отказ|не[_ ]?(прош|пройден)"
    r"|decision|decide|verdict|approv|review|scoring|underwrit|assess|application|proposal|offer|claim"
    r"|решени|решил|рассмотр|одобр|скоринг|согласов|оценк|заявк|заявлен|предложен|оффер",
    re.IGNORECASE,
)

_GAP = r"[\W_]+"
_THING = r"(?<![a-z])(?:error|failure|failed|crash|timeout|exception)(?![a-z])"
_THING_RU = r"(?<![а-яё])(?:ошибк[а-яё]*|сбо(?:й|я|и|ев|е|ем)|недоступност[а-яё]*)(?![а-яё])"
_NOT_YET = r"(?:not|never|no|cannot|can|could|to|be|must|should|will|не|нельзя|будет|надо)(?![^\W_])|[^\W_]+n[’']t"
_WORDS_BETWEEN = rf"(?:(?!{_NOT_YET})[^\W_]+{_GAP}){{0,2}}"
"""Up to two words, none of which turns the meaning round: "the error was not fixed" is still one."""
_MENDED = r"(?:fixed|resolved|solved|corrected|cleared|handled|recovered)(?![a-z])"
_MENDED_RU = r"(?:исправл|устран|реш|почин|снят)(?:[её]н)?[аоы]?(?![а-яё])"
_MENDS_RU = r"(?<!не )(?<!не_)(?<![а-яё])(?:исправ|устран)[а-яё]+"
_TELLS_RU = r"(?<![а-яё])(?:сообщи[а-яё]*л[аи]?|сообща[а-яё]+|пожаловал[а-яё]+|жалоб[а-яё]+|отч[её]т[а-яё]*)"
_NO_FAILURE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # There was none.
        r"(?<![a-z])(no|without|zero)[_ -]+\w+|(?<![а-яё])без[_ ]+\w+",
        rf"(?<![a-z])(?:not|never|didn[’']?t){_GAP}(?:fail(?:ed|ing)?|crash(?:ed)?|timed_out|{_REFUSED.pattern})(?![a-z])",
        rf"(?<![а-яё])(?:нет|не(?:{_GAP}было)?){_GAP}(?:{_THING_RU}|{_REFUSED.pattern})",
        # It is mended.
        rf"{_THING}{_GAP}{_WORDS_BETWEEN}{_MENDED}|{_THING_RU}{_GAP}{_WORDS_BETWEEN}{_MENDED_RU}",
        rf"(?<!not )(?<!not_)(?<![a-z]){_MENDED}{_GAP}(?:(?:from|after|the|an?){_GAP})*{_THING}",
        rf"{_MENDS_RU}{_GAP}{_THING_RU}",
        # A limit is set, not passed.
        rf"(?<![a-z])timeout{_GAP}(?:extended|increased|prolonged|raised|set|reset|changed|updated)(?![a-z])",
        # Somebody tells about it; where it happened it is an event of its own.
        rf"{_THING}{_GAP}report(?:s|ed)?(?![a-z])|(?<![a-z])reported{_GAP}(?:(?:the|an?){_GAP})?{_THING}",
        rf"{_TELLS_RU}{_GAP}(?:об?|на|про){_GAP}{_THING_RU}",
    )
)


def words_apart(text: str) -> str:
    """Names written in one word with capitals, taken apart."""
    return re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", "_", text)


def _what_went_wrong(text: str) -> str:
    """The text without what it says of failures that there were not, or that are over."""
    text = words_apart(text)
    for pattern in _NO_FAILURE:
        text = pattern.sub(" ", text)
    return text


def names_failure(text: str) -> bool:
    """Whether the name of an activity, or a status, says that something did not work."""
    return _FAILURE.search(_what_went_wrong(text)) is not None


def says_refused(status: str) -> bool:
    """Whether a status says that the step was refused: a failure, unless the step is a decision."""
    return _REFUSED.search(_what_went_wrong(status)) is not None


def names_decision(activity: str) -> bool:
    """Whether an activity is a decision by its name (a refusal, a review, an application): a status that says refused
    tells how it turned out then, not that the step went wrong."""
    return _DECISION.search(words_apart(activity)) is not None
