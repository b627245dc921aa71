"""The one registry of lanes: what a map may say of a stage or of a touchpoint, with titles.

A lane is a row of the map: one key of a stage or of a touchpoint. Keys that are not here are the author's own lanes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tropa.cx.lane_terms import (
    EXPECTATION,
    INFLUENCES,
    KINDS,
    METRIC,
    PAIN_KINDS,
    PROCESS,
    QUESTIONS,
    Term,
    Words,
)

Level = Literal["stage", "touchpoint", "both"]
Content = Literal["list", "pains", "metrics", "process", "emotion", "expectation", "research", "influences", "mark"]

DEFAULT_KIND = "journey"
EMOTION_FROM, EMOTION_TO = -2.0, 2.0

_EVERY = tuple(kind.key for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the map.

    Attributes:
        level: whether a stage has it, a touchpoint, or both.
        content: the shape of its value: `list` of text; `pains` [text or {pain, kind}]; `metrics` [text or {metric,
            now, target, unit}]; `influences` [text or {influence, from}]; `process`, `research` and `expectation` are
            mappings of `parts`; `emotion` is a number from -2 to 2; `mark` is yes or no.
        kinds: the kinds of map in which it shows without being asked for.
        parts: keys or choices inside the value, where it has some.
    """

    key: str
    level: Level
    content: Content
    title: Words
    hint: Words
    kinds: tuple[str, ...]
    parts: tuple[Term, ...] = ()


LANES = (
    Lane(
        "jobs",
        "both",
        "list",
        Words("Задачи клиента (JTBD)", "Jobs to be done"),
        Words(
            "Чего клиент хочет добиться на этом шаге, его словами.",
            "What the customer wants to get done here, in their own words.",
        ),
        _EVERY,
    ),
    Lane(
        "actions",
        "both",
        "list",
        Words("Действия", "Actions"),
        Words("Что клиент делает.", "What the customer does."),
        ("journey", "target_path"),
    ),
    Lane(
        "thoughts",
        "both",
        "list",
        Words("Мысли", "Thoughts"),
        Words("Что клиент думает и о чём спрашивает себя.", "What the customer thinks and asks themselves."),
        ("journey",),
    ),
    Lane(
        "channels",
        "both",
        "list",
        Words("Каналы", "Channels"),
        Words(
            "Где происходит контакт: сайт, приложение, отделение, звонок.",
            "Where it takes place: site, app, branch, call.",
        ),
        ("journey", "target_path"),
    ),
    Lane(
        "expects",
        "both",
        "expectation",
        Words("Ожидания", "Expectations"),
        Words(
            "Лучшее и худшее ожидание и обещание, которое проверяется по данным.",
            "Best and worst expectation, and a promise that is checked against the data.",
        ),
        ("journey", "experience", "cx", "target_experience"),
        EXPECTATION,
    ),
    Lane(
        "emotion",
        "both",
        "emotion",
        Words("Эмоции", "Emotions"),
        Words(
            "Как клиент себя чувствует: от −2 до 2. По данным кривая считается сама.",
            "How the customer feels, from −2 to 2. The measured curve is drawn beside it.",
        ),
        ("journey", "experience", "target_experience"),
    ),
    Lane(
        "pains",
        "both",
        "pains",
        Words("Боли", "Pains"),
        Words(
            "Что раздражает и мешает: финансы, процесс, поддержка, продуктивность.",
            "What annoys and hinders: finance, process, support, productivity.",
        ),
        ("journey", "cx"),
        PAIN_KINDS,
    ),
    Lane(
        "moment_of_truth",
        "touchpoint",
        "mark",
        Words("Момент истины", "Moment of truth"),
        Words("Здесь решается, что клиент сделает дальше.", "Here it is decided what the customer does next."),
        ("journey", "cx", "target_experience"),
    ),
    Lane(
        "customer_barriers",
        "both",
        "list",
        Words("Барьеры глазами клиента", "Barriers seen by customers"),
        Words("Что не даёт клиенту пройти дальше.", "What keeps the customer from going on."),
        ("journey", "cx"),
    ),
    Lane(
        "employee_barriers",
        "both",
        "list",
        Words("Барьеры глазами сотрудников", "Barriers seen by employees"),
        Words("Что мешает сотрудникам помочь клиенту.", "What keeps employees from helping the customer."),
        ("cx",),
    ),
    Lane(
        "loyalty_triggers",
        "both",
        "list",
        Words("Триггеры лояльности", "Triggers of loyalty"),
        Words("За что возвращаются и рекомендуют.", "What makes customers return and recommend."),
        ("target_experience",),
    ),
    Lane(
        "leaving_triggers",
        "both",
        "list",
        Words("Триггеры ухода", "Triggers of leaving"),
        Words("После чего уходят.", "What makes customers leave."),
        ("cx", "target_experience"),
    ),
    Lane(
        "key_words",
        "both",
        "list",
        Words("Ключевые слова", "Key words"),
        Words(
            "Какими словами говорит клиент и какие слова говорить ему.",
            "The words that customers use, and those to use with them.",
        ),
        ("target_experience",),
    ),
    Lane(
        "communications",
        "both",
        "list",
        Words("Коммуникации", "Communications"),
        Words("Что и как компания сообщает клиенту.", "What the company tells the customer, and how."),
        ("cx", "target_path"),
    ),
    Lane(
        "next_expectation",
        "both",
        "list",
        Words("Ожидание от следующего этапа", "Expectation set for the next stage"),
        Words(
            "Чего клиент теперь ждёт дальше: что мы ему пообещали.",
            "What the customer expects next: what we have promised.",
        ),
        ("target_experience", "target_path"),
    ),
    Lane(
        "influences",
        "stage",
        "influences",
        Words("Что влияет на опыт", "What influences the experience"),
        Words(
            "Своя компания, конкуренты, похожие сервисы, мнения других.",
            "Own company, competitors, similar services, opinions of others.",
        ),
        ("experience",),
        INFLUENCES,
    ),
    Lane(
        "customer_metrics",
        "both",
        "metrics",
        Words("Метрики клиента", "Customer's metrics"),
        Words("Чем клиент измеряет результат: сейчас и цель.", "What the customer measures by: now and target."),
        ("experience", "target_experience"),
        METRIC,
    ),
    Lane(
        "company_metrics",
        "both",
        "metrics",
        Words("Метрики компании", "Company's metrics"),
        Words("Чем компания измеряет этап: сейчас и цель.", "What the company measures by: now and target."),
        ("experience", "cx"),
        METRIC,
    ),
    Lane(
        "process",
        "both",
        "process",
        Words("Внутренний процесс", "Internal process"),
        Words(
            "Кто и в чём обеспечивает этот шаг и кто вправе его менять.",
            "Who supports this step, in which systems, and who may change it.",
        ),
        ("cx",),
        PROCESS,
    ),
    Lane(
        "ideas",
        "both",
        "list",
        Words("Идеи", "Ideas"),
        Words("Что улучшить.", "What to improve."),
        ("journey", "cx", "target_experience", "target_path"),
    ),
    Lane(
        "research",
        "stage",
        "research",
        Words("Десять вопросов исследования", "Ten research questions"),
        Words("Что спросить у клиентов о каждом этапе.", "What to ask customers about each stage."),
        (),
        QUESTIONS,
    ),
)

BY_KEY = {lane.key: lane for lane in LANES}
STAGE_LANES = tuple(lane.key for lane in LANES if lane.level != "touchpoint")
TOUCHPOINT_LANES = tuple(lane.key for lane in LANES if lane.level != "stage")


def shown_lanes(kind: str) -> tuple[str, ...]:
    """Keys of the lanes that a kind of map shows by itself, in the order of the registry."""
    return tuple(lane.key for lane in LANES if kind in lane.kinds)
