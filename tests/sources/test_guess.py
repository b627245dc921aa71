"""What a file is taken for, and its columns, where names say little or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tropa.sources import Guess, Reading, guess, look_at


def guessed(folder: Path, name: str, header: str, rows: Sequence[str]) -> Guess:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return guess(path, look_at(path, Reading()))


def test_columns_are_found_by_their_values(tmp_path: Path) -> None:
    steps = ("Записан", "Осмотрен", "Выдано", "Отказ")
    rows = [
        f"0{1 + i % 9}.05.2026 1{i % 10}:00;А{i // 4}ВС;{steps[i % 4]};З-{i // 2};сервис;Клиент;{i},00"
        for i in range(400)
    ]
    found = guessed(tmp_path, "a.csv", "Когда;Госномер;Что сделано;Наряд-заказ;Где;Сторона;Итого", rows)
    assert found.shape == "events"
    assert found.columns == {
        "customer_id": "Госномер",
        "time": "Когда",
        "activity": "Что сделано",
        "actor": "Сторона",
        "case_id": "Наряд-заказ",
        "channel": "Где",
        "value": "Итого",
    }


def test_dates_in_several_columns_are_milestones(tmp_path: Path) -> None:
    rows = [f"{i},к{i},2026-01-{1 + i % 20:02},2026-02-{1 + i % 20:02},Юг" for i in range(60)]
    found = guessed(tmp_path, "a.csv", "Заявка,Клиент,Подана,Одобрена,Регион", rows)
    assert found.shape == "wide"
    assert found.milestones == {"Подана": "Подана", "Одобрена": "Одобрена"}


def test_a_promised_date_is_no_milestone(tmp_path: Path) -> None:
    rows = [f"{i},2026-01-{1 + i % 20:02},2026-02-{1 + i % 20:02},2026-02-21" for i in range(60)]
    found = guessed(tmp_path, "a.csv", "order_id,placed,sent,due_date", rows)
    assert list(found.milestones.values()) == ["placed", "sent"]


@pytest.mark.parametrize(
    ("header", "score", "kind"),
    [
        ("Оценка NPS", lambda i: i % 11, ":nps"),
        ("Оценка", lambda i: 1 + i % 5, ":rating"),
        ("csat_score", lambda i: 1 + i % 5, ":csat"),
        ("Баллы", lambda i: i % 11, ":nps"),
    ],
)
def test_scores_are_feedback_and_their_scale_tells_the_kind(tmp_path: Path, header, score, kind) -> None:  # type: ignore[no-untyped-def]
    rows = [f"0{1 + i % 9}.02.2026;7999{i};{score(i)};слова {i}" for i in range(80)]
    found = guessed(tmp_path, "a.csv", f"Дата;Телефон;{header};Комментарий", rows)
    assert found.shape == "feedback"
    assert found.columns["kind"] == kind
    assert found.columns["customer_id"] == "Телефон"


def test_a_customer_a_row_without_times_is_customers(tmp_path: Path) -> None:
    rows = [f"c{i},{'north' if i % 2 else 'south'},{20 + i % 40}" for i in range(80)]
    assert guessed(tmp_path, "a.csv", "client,region,age", rows).shape == "customers"


def test_two_identifiers_are_identities(tmp_path: Path) -> None:
    assert guessed(tmp_path, "a.csv", "device_id,user_id", [f"d{i},u{i}" for i in range(30)]).shape == "identities"


def test_rows_that_do_not_say_what_happened_are_called_after_their_file(tmp_path: Path) -> None:
    rows = [f"{i},b{i % 20},2026-01-{1 + i % 20:02},100" for i in range(80)]
    found = guessed(tmp_path, "shop_orders.csv", "order_id,buyer,date,sum", rows)
    assert found.columns["activity"] == ":shop orders"
    assert [reason.why for reason in found.reasons][-1] == "constant_activity"


def test_what_a_person_says_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("who,score,date\n" + "".join(f"u{i % 9},{i % 5 + 1},2026-01-02\n" for i in range(50)))
    look = look_at(path, Reading())
    assert guess(path, look).shape == "feedback"
    assert guess(path, look, "events").shape == "events"


SAID = (
    "Обещали перезвонить, ждал до вечера",
    "Всё супер",
    "Турникет опять не пустил, стоял как дурак",
    "Отличный тренер",
)


def test_own_words_are_known_by_what_stands_there(tmp_path: Path) -> None:
    """No word in the name says so, and hardly any of them are different: people say the same again and again."""
    rows = [f"К{i};0{1 + i % 9}.05.2026 10:00;{1 + i % 5};Клуб Северный Парк;{SAID[i % 4]}" for i in range(200)]
    found = guessed(tmp_path, "a.csv", "№ карты;Когда;Оценка;Где именно;Своими словами", rows)
    assert found.shape == "feedback"
    assert found.columns["text"] == "Своими словами"
    assert "text" in found.by_values


@pytest.mark.parametrize(
    "values", [("Клуб Северный", "Клуб Южный Парк"), ("Иванов Иван Иванович", "Петров Пётр Львович"), ("да", "нет")]
)
def test_names_are_no_words_of_customers(tmp_path: Path, values: tuple[str, str]) -> None:
    rows = [f"К{i};0{1 + i % 9}.05.2026 10:00;{1 + i % 5};{values[i % 2]} {i % 7}" for i in range(200)]
    assert "text" not in guessed(tmp_path, "a.csv", "№ карты;Когда;Оценка;Ещё", rows).columns


@pytest.mark.parametrize(
    ("values", "is_status"),
    [
        (("ошибка", "ok", "", ""), True),
        (("успешно", "отказ", "успешно", ""), True),
        (("Error", "done", "waiting", ""), True),
        (("timeout", "", "", ""), True),
        (("Ошибка в приложении", "Вопрос", "Тариф", ""), False),
        (("Дневной", "Безлимит", "", ""), False),
        (("готово", "в работе", "", ""), False),
    ],
)
def test_a_status_is_known_by_words_of_failure_and_success(
    tmp_path: Path, values: tuple[str, ...], is_status: bool
) -> None:
    steps = ("Заявка", "Фото", "Звонок", "Договор")
    rows = [f"К{i // 4};0{1 + i % 9}.05.2026 1{i % 10}:00;{steps[i % 4]};{values[i // 5 % 4]}" for i in range(400)]
    found = guessed(tmp_path, "a.csv", "Карта клиента;Когда;Что было;Итого", rows)
    assert found.columns.get("status") == ("Итого" if is_status else None)
    assert ("status" in found.by_values) == is_status
