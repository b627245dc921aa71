"""Words of comments and names that make a journey a grave one, Russian and English.

Comments are searched by word stems in RE2 (time linear in the length). RE2's word boundary knows Latin letters only,
so the boundaries are spelt out. Words with an innocent double are taken in their grave company alone: `суд` but not
`судно`, `обсудить`, `судя по`; `to court` but not `food court`; `пишу в ЦБ` but not `ставка ЦБ`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.engine.journeys import Array, Ints

_LETTER = "а-яa-z"
_W = f"[{_LETTER}]*"
_NEAR = r"[^.!?]{0,40}"
_TO_WRITE = r"(?:жал|пис|пиш|обращ|обрат|заяв|сообщ|позвон|звон|иду|пойд|пойт)" + _W

_AUTHORITY = (
    rf"роспотреб{_W}",
    rf"рос{_W}надзор{_W}",
    rf"прокур(?:ату|ор){_W}",
    r"суд(?:ом|у)?",
    r"(?:до|из|решени[еяю]|повестк[аиу]) суда",
    r"в суде",
    r"суди(?:ться|мся|тесь|шься)",
    r"засу(?:жу|дим|дят|дить)",
    rf"судебн{_W}",
    rf"исков{_W}",
    r"иск(?:ом|а|у|и)?",
    rf"адвокат{_W}",
    rf"юрист{_W}",
    rf"омбудсмен{_W}",
    rf"уполномоченн{_W} по (?:прав|защит){_W}",
    rf"финансов{_W} уполномоченн{_W}",
    rf"трудов{_W} инспекци{_W}",
    rf"надзорн{_W} орган{_W}",
    r"полици(?:я|ю|и|ей)",
    r"(?:в|из) (?:фас|мвд|фсб|сми|прессу|газету|газеты|телевидение|тв)",
    r"журналист(?:а|у|ом|ка|ке|ы|ов|ам|ами)?",
    rf"огласк{_W}",
    rf"{_TO_WRITE}{_NEAR}(?:цб|центро?банк{_W}|центральн{_W} банк{_W}|регулятор{_W}|минздрав{_W}|министерств{_W})",
    rf"жалоб{_W} в (?:цб|центро?банк{_W}|центральн{_W} банк{_W}|{_W}надзор{_W}|инспекци{_W}|министерств{_W})",
    r"lawyers?|attorneys?|solicitors?|barristers?",
    r"legal (?:action|proceedings|steps)",
    r"law ?suits?|litigat[a-z]*|suing|sued",
    r"(?:to|will|ll|gonna|can|might|may|shall|must|should|and|i|we) sue(?: you)?",
    r"small claims",
    r"(?:in|to|into|through|by) (?:the )?court",
    r"court (?:order|case|action|proceedings|hearing|summons|claim)",
    r"regulators?|regulatory (?:authority|body|agency)|ombuds[a-z]*|trading standards|watchdog",
    r"consumer (?:protection|rights|affairs|court|forum)|financial conduct authority|better business bureau",
    r"(?:complain|report|writ|wrote|go|going)[a-z]*[^.!?]{0,30} (?:to|with) (?:the )?central bank",
    r"police|journalists?",
    r"(?:to|contact|tell) (?:the )?(?:press|media|newspapers?)",
)
_FOOD = rf"(?:ед[еыу]|(?:блюд|пищ|суп|салат|напит|порци){_W})"
_FOREIGN = rf"(?:стекл|осколо|осколк|таракан|гвозд|червя|черви|плесен){_W}"
_HEALTH = (
    rf"отрав(?:ил(?:ся|ась|ись|и|а)?|ит(?:ься|ся)|лен{_W})",
    rf"травм(?:а|ы|у|ой|ам|ами|ир{_W})",
    rf"(?:попал|увез|отвез|забра|оказал|леж|положил){_W}{_NEAR}больниц{_W}",
    rf"госпитализ{_W}",
    rf"реанимаци{_W}",
    rf"(?:вызв|вызыв|приех|приеха|увезл){_W}{_NEAR}скор(?:ая|ую|ой)",
    r"скор(?:ую|ой|ая) помощь?и?",
    rf"аллергическ{_W} реакци{_W}",
    rf"анафила{_W}",
    r"ожог(?:а|и|ов|ом|ами)?",
    r"пожар(?:а|у|ом|е|ы|ов)?",
    rf"(?:телефон|батаре|провод|заряд|розетк|аккумулятор|прибор|самокат){_W}{_NEAR}(?:загорел|взорвал){_W}",
    rf"(?:загорел|взорвал){_W}{_NEAR}(?:телефон|батаре|провод|заряд|розетк|аккумулятор|прибор|самокат){_W}",
    rf"удар(?:ил)?{_W} током",
    rf"(?:угроз|вред|опасн){_W} (?:для )?(?:жизн|здоров){_W}",
    rf"(?:в|из) {_FOOD}{_NEAR}{_FOREIGN}",
    rf"{_FOREIGN}{_NEAR} в {_FOOD}",
    rf"рвот{_W}",
    rf"сальмонел{_W}|кишечн{_W} инфекц{_W}|ротовирус{_W}",
    r"(?:потерял|потеряла) сознание|обморок",
    r"погиб(?:ла|ли|ло)?",
    r"food poisoning|poison(?:ed|ing)|salmonella|e\.? ?coli",
    r"hospitali[sz]ed|hospitali[sz]ation|ambulance",
    r"(?:in|rushed to|taken to|went to|ended up in|sent to|going to|go to) (?:the )?(?:hospital|emergency room|a&e)",
    r"injur(?:ed|ies)|(?:my|an|serious|head|back|eye|caused|bodily|personal) injury",
    r"allergic reaction|anaphyla[a-z]*",
    r"(?:caught|catch|catching) fire|burst into flames|fire hazard|explo(?:ded|sion)",
    r"(?:burn(?:ed|t)?|scald(?:ed)?) (?:my|his|her|our|their) "
    r"(?:hands?|fingers?|face|skin|arms?|legs?|foot|feet|mouth|tongue|lips?|son|daughter|child|kid|baby)",
    r"electric shock|electrocut[a-z]*",
    r"(?:glass|metal|nail|cockroach|mou?ld|maggots?|insects?|worms?|plastic)[^.!?]{0,25} in (?:my|the|our|his|her) "
    r"(?:food|meal|soup|salad|pizza|burger|drink|dish|order|lunch|dinner|breakfast|bread|cake)",
    r"threw up|vomit(?:ed|ing)|choked on",
)
_FRAUD = (
    rf"мошенни{_W}",
    r"(?:украли|украл|укр[аa]дены|своровали|похитили)",
    r"fraud(?:s|sters?|ulent(?:ly)?)?|scam(?:s|med|mers?|ming)?",
    r"stole|stolen",
)
_TWICE = r"(?:два раза|дважды|2 раза|двойн" + _W + ")"
_CHARGED_TWICE = (
    rf"(?:сняли|снял|снимают|списал|списали|списано|списыва|списс|взяли|оплатил|заплатил){_W}"
    rf"{_NEAR}{_TWICE}",
    rf"(?:два раза|дважды|2 раза|повторно) (?:[{_LETTER}]+ )?(?:спис|сняли|снял[аи]?|сняты|взяли|оплатил|заплатил){_W}",
    rf"двойн{_W} (?:спис|оплат|платеж|снят){_W}",
    rf"повторн{_W} (?:спис|снят){_W}",
    r"(?:charged|billed|debited|deducted)[^.!?]{0,40} (?:twice|two times|double)",
    r"double[ -]?(?:charg|bill|debit|payment)[a-z]*",
    r"(?:twice|two times) (?:charged|billed|debited)",
    r"(?:took|taken|take)[^.!?]{0,20} (?:money|payment|funds|fee)[^.!?]{0,20} twice",
    r"paid (?:for [^.!?]{0,25})?twice(?: for|$|[.,!?;])",
)

WORDS: dict[str, Sequence[str]] = {
    "health": _HEALTH,
    "authority": _AUTHORITY,
    "fraud": _FRAUD,
    "says_charged_twice": _CHARGED_TWICE,
}
"""Reason -> expressions for texts in small letters, with `е` for `ё`."""


def _bounded(parts: Sequence[str]) -> str:
    no_letter = f"[^{_LETTER}0-9]"
    return f"(?:^|{no_letter})(?:{'|'.join(parts)})(?:$|{no_letter})"


_EXPRESSIONS = {reason: _bounded(parts) for reason, parts in WORDS.items()}


def said(texts: pa.Array | pa.ChunkedArray) -> Ints:
    """For each text the reasons that it speaks of, as bits in the order of `WORDS`; 0 where it is null."""
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    distinct = pc.dictionary_encode(texts)
    plain = pc.replace_substring(pc.utf8_lower(distinct.dictionary), "ё", "е")
    bits = np.zeros(len(plain) + 1, dtype=np.int64)
    for place, expression in enumerate(_EXPRESSIONS.values()):
        found = pc.match_substring_regex(plain, expression)
        bits[:-1] |= np.asarray(found, dtype=np.int64) << place
    codes = np.asarray(pc.fill_null(distinct.indices, len(plain)))
    return np.asarray(bits[codes])


_COMPLAINT = re.compile(r"жалоб|претензи|рекламаци|(?<![a-z])complain|(?<![a-z])claims?(?![a-z])|grievance")
_NO_COMPLAINT = re.compile(r"bonus|reward|coupon|prize|gift|cashback|voucher|бонус|приз")
_QUESTION = re.compile(r"question(?!n)|inquir|enquir|вопрос|обращени|support.?(?:request|ticket)|(?<![a-z])appeal")
_ANSWER = re.compile(r"answer|resol|repl(?:y|ied)|clos|respon|ответ|отвеч|решен|закры|рассмотр|урегулир")
_PAYMENT = re.compile(r"(?<![a-z])pay|charge|debit|withdraw|purchase|оплат|плат[её]ж|списан|снятие|(?<!до)плачен")
_CAPITAL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_MONEY = re.compile(r"(?<![a-z])(?:amount|sum|price|total|payment|cost|fee)(?![a-z])|сумм|цена|стоимост|плат[её]ж")


def names_complaint(names: Sequence[str]) -> Array:
    """Which names (of activities or touchpoints) are of a customer's complaint; never those of its answer."""
    return _named(names, _COMPLAINT) & ~_named(names, _NO_COMPLAINT) & ~names_answer(names)


def names_question(names: Sequence[str]) -> Array:
    return _named(names, _QUESTION) & ~names_answer(names)


def names_answer(names: Sequence[str]) -> Array:
    return _named(names, _ANSWER)


def names_payment(names: Sequence[str]) -> Array:
    return _named(names, _PAYMENT)


def names_money(name: str) -> bool:
    """Whether an attribute is a sum of money by its name."""
    return bool(_named([name], _MONEY)[0])


def _named(names: Sequence[str], expression: re.Pattern[str]) -> Array:
    # Words of names are parted by capitals, too: paymentAmount.
    parted = (_CAPITAL.sub("_", name).lower() for name in names)
    return np.array([expression.search(name) is not None for name in parted], dtype=np.bool_)
