"""Terms that a map's document is written in, with their titles: kinds of map, research questions, parts of lanes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages."""

    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Term:
    """A key of the document that people choose by its title."""

    key: str
    title: Words
    hint: Words


def term(key: str, ru: str, en: str, hint_ru: str = "", hint_en: str = "") -> Term:
    """A term by its titles and hints."""
    return Term(key, Words(ru, en), Words(hint_ru, hint_en))


KINDS = (
    term(
        "journey",
        "Карта пути",
        "Journey map",
        "Путь клиента по шагам: что он делает, думает и чувствует, где ему больно.",
        "The customer's way step by step: what they do, think and feel, and where it hurts.",
    ),
    term(
        "experience",
        "Карта опыта",
        "Experience map",
        "Опыт целиком: задачи клиента на каждом этапе, лучшие и худшие ожидания, метрики клиента и компании.",
        "The experience as a whole: jobs at each stage, best and worst expectations, customer's and company's metrics.",
    ),
    term(
        "cx",
        "CX-карта",
        "CX map",
        "Взгляд с двух сторон: моменты истины клиента и процессы компании, которые за ними стоят.",
        "Both sides: the customer's moments of truth and the company's processes behind them.",
    ),
    term(
        "target_experience",
        "Целевая карта опыта",
        "Target experience map",
        "Каким опыт должен стать: триггеры лояльности и ухода, ключевые слова, ожидание от следующего этапа.",
        "What the experience should become: triggers of loyalty and leaving, key words, the next expectation.",
    ),
    term(
        "target_path",
        "Целевая карта пути",
        "Target path map",
        "Каким путь должен стать глазами клиента: процесс, коммуникации и каналы.",
        "What the way should become in the customer's eyes: process, communications and channels.",
    ),
)
DEFAULT_KIND = "journey"

QUESTIONS = (
    term("compared_with", "С каким сервисом сравнивают", "Which service it is compared with"),
    term("decides", "Как клиент принимает решение", "How the customer decides"),
    term("expectations", "Ключевые ожидания", "Key expectations"),
    term("leaving_triggers", "Триггеры ухода", "Triggers of leaving"),
    term("rating", "Как оценивают этап", "How the stage is rated"),
    term(
        "communications",
        "Соответствуют ли коммуникации ожиданиям и потребностям",
        "Whether communications fit expectations and needs",
    ),
    term(
        "positioning",
        "Соответствует ли ожиданиям позиционирование продукта и процесса",
        "Whether the positioning of product and process fits expectations",
    ),
    term("barriers", "Барьеры глазами клиентов и сотрудников", "Barriers in the eyes of customers and employees"),
    term(
        "loyalty_triggers",
        "Триггеры повторных обращений и рекомендаций",
        "Triggers of repeat orders and recommendations",
    ),
    term("target_process", "Целевой процесс глазами клиента", "The target process in the customer's eyes"),
)

PAIN_KINDS = (
    term("finance", "финансы", "finance", "Переплачивает", "Pays too much"),
    term("process", "процесс", "process", "Неудобно и долго", "An inefficient way to get things done"),
    term("support", "поддержка", "support", "Не могут быстро помочь", "Nobody helps quickly"),
    term(
        "productivity",
        "продуктивность",
        "productivity",
        "То, за что заплачено, работает с перебоями",
        "What was paid for does not work without interruption",
    ),
)

SOURCES = (
    term("observed", "по данным", "observed", "Видно в событиях", "Seen in the events"),
    term("surveyed", "из опроса", "surveyed", "Клиенты ответили в опросе", "Customers answered a survey"),
    term("interviewed", "из интервью", "interviewed", "Клиенты рассказали сами", "Customers told it themselves"),
    term("assumed", "предположение", "assumed", "Мнение команды, не проверено", "The team's opinion, not verified"),
)

INFLUENCES = (
    term("own", "своя компания", "own company", "Коммуникации, продукт, сервис", "Communications, product, service"),
    term("competitors", "конкуренты", "competitors", "Обещания, продукт, сервис", "Promises, product, service"),
    term("similar", "похожие сервисы", "similar services", "Процессы, продукты", "Processes, products"),
    term("opinions", "чужое мнение", "opinions", "Знакомые, соцсети, отзывы", "Acquaintances, networks, reviews"),
)

EXPECTATION = (
    term("best", "Лучшее ожидание", "Best expectation", "Чему клиент обрадуется", "What would delight the customer"),
    term("worst", "Худшее ожидание", "Worst expectation", "Чего клиент боится", "What the customer fears"),
    term("within", "Срок", "Time", "До следующей точки, например 10m", "To the next touchpoint, such as 10m"),
    term("score", "Оценка не ниже", "Score at least", "Средняя, например 4.0", "The mean, such as 4.0"),
    term(
        "failures",
        "Сбоев не больше",
        "Failures at most",
        "Доля путей, 0.02 — это 2 %",
        "Share of journeys: 0.02 is 2 %",
    ),
)

PROCESS = (
    term("owner", "Владелец", "Owner", "Кто отвечает за результат", "Who answers for the result"),
    term("department", "Подразделение", "Department", "Кто выполняет", "Who does the work"),
    term("systems", "Системы", "Systems", "В чём это делается", "What it is done in"),
    term("decides", "Кто вправе менять", "Who may change it", "Чьего решения достаточно", "Whose decision is enough"),
)

METRIC = (
    term("metric", "Метрика", "Metric"),
    term("now", "Сейчас", "Now"),
    term("target", "Цель", "Target"),
    term("unit", "Единица", "Unit"),
)
