"""Files as people of many trades export them are taken for what they are, with nothing said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.odd_files import ODD, Odd, contract, phone
from tests.sources.odd_more import MORE

from tropa.sources import Known, Reading, guess, keys_of, look_at, read
from tropa.workspace.look import Look, look


def roles(seen: Look) -> dict[str, str]:
    return {column.role: column.name for column in seen.columns if column.role not in ("attribute", "milestone")}


@pytest.mark.parametrize("odd", [*ODD, *MORE], ids=lambda odd: odd.file)
def test_an_odd_file_is_understood(tmp_path: Path, odd: Odd) -> None:
    seen = look(odd.write(tmp_path), Reading())
    assert seen.shape == odd.shape
    taken = roles(seen)
    # With no customer named, the case stands for it.
    taken.setdefault("customer_id", taken.get("case_id", ""))
    for canonical, wanted in odd.means.items():
        assert taken.get(canonical) in ((wanted,) if isinstance(wanted, str) else wanted), canonical
    assert tuple(column.name for column in seen.columns if column.role == "milestone") == odd.milestones
    assert {column.name: column.role for column in seen.columns if column.name in odd.free} == dict.fromkeys(
        odd.free, "attribute"
    )
    assert (seen.missing, seen.trial.problem, seen.trial.set_aside) == ((), None, 0)


NAMED = ("Обещанный срок", "Плановая дата", "Due date", "Deadline", "due", "promised")
"""Spellings that any load knows; of other names a promise is only guessed."""
GUESSED = (
    "Обещано клиенту до",
    "Срок по договору",
    "Плановая дата готовности",
    "Срок исполнения",
    "Дедлайн",
    "promised until",
    "SLA due",
    "sla_due_date",
    "ETA",
)
NO_PROMISE = (
    "Срок действия полиса",
    "Срок кредита",
    "Срок годности",
    "Плановая дата оплаты",
    "Договор",
    "residue",
    "compromised_at",
    "promise_to_pay_date",
    "payment due date",
    "sla_started_at",
    "promise_created_at",
    "due_notice_sent",
)


def a_file(folder: Path, name: str, value: str) -> Path:
    path = folder / "a.csv"
    rows = (f"c{i},2026-01-{1 + i:02},a,{value.format(1 + i)}\n" for i in range(20))
    path.write_text(f"customer_id,time,activity,{name}\n" + "".join(rows))
    return path


@pytest.mark.parametrize("name", [*NAMED, *GUESSED])
def test_a_promise_is_guessed_by_many_names_where_it_is_dated(tmp_path: Path, name: str) -> None:
    seen = look(a_file(tmp_path, name, "2026-02-{:02}"), Reading())
    assert roles(seen).get("promised_at") == name
    assert "promised_at" in seen.trial.columns
    revoked = look(tmp_path / "a.csv", Reading(), plain=True)
    assert (roles(revoked).get("promised_at") == name) is (name in NAMED)
    seen = look(a_file(tmp_path, name, "{} дн."), Reading())
    assert "promised_at" not in roles(seen)
    assert seen.trial.set_aside == 0


@pytest.mark.parametrize("name", [*NAMED, *GUESSED, *NO_PROMISE])
def test_loading_takes_well_known_spellings_for_promises_only(tmp_path: Path, name: str) -> None:
    (chunk,) = read(a_file(tmp_path, name, "2026-02-{:02}"), "events")
    assert ("promised_at" in chunk.rows.columns) is (name in NAMED)
    assert (name in chunk.rows.columns) is (name not in NAMED)
    (chunk,) = read(a_file(tmp_path, name, "{} дн."), "events")
    assert chunk.rows[name].null_count() == 0
    assert chunk.rejects.is_empty()


@pytest.mark.parametrize("name", NO_PROMISE)
def test_not_every_term_is_a_promise(tmp_path: Path, name: str) -> None:
    assert "promised_at" not in roles(look(a_file(tmp_path, name, "2026-02-{:02}"), Reading()))


SURVEY = "Дата опроса;Телефон;Номер договора;Оценка\n" + "".join(
    f"0{1 + i % 9}.06.2026;{phone(i)};{contract(i)};{1 + i % 5}\n" for i in range(40)
)


def survey(folder: Path, known: Known | None = None) -> tuple[str | None, list[str]]:
    path = folder / "опрос.csv"
    path.write_text(SURVEY)
    found = guess(path, look_at(path, Reading()), known=known)
    return found.columns.get("customer_id"), [reason.why for reason in found.reasons]


def test_of_several_keys_the_one_that_the_other_file_has_is_taken(tmp_path: Path) -> None:
    assert survey(tmp_path)[0] == "Телефон"
    events = tmp_path / "events.csv"
    events.write_text(
        "Договор;Дата;Событие;Город\n"
        + "".join(f"{contract(i // 3)};0{1 + i % 9}.05.2026;шаг {i % 3};Город {i % 7}\n" for i in range(150))
    )
    key, why = survey(tmp_path, Known(beside=(keys_of(events, Reading()),)))
    assert key == "Номер договора"
    assert "same_customers" in why


def test_towns_and_amounts_common_to_two_files_are_no_keys(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(
        "Клиент;Дата;Событие;Город;Сумма\n"
        + "".join(f"к-{i // 3};0{1 + i % 9}.05.2026;шаг {i % 3};Город № {i % 20};{1000 + i}\n" for i in range(150))
    )
    path = tmp_path / "a.csv"
    path.write_text(
        "Дата;Телефон;Город;Сумма;Оценка\n"
        + "".join(f"0{1 + i % 9}.06.2026;{phone(i)};Город № {i % 20};{1000 + i};{1 + i % 5}\n" for i in range(60))
    )
    found = guess(path, look_at(path, Reading()), known=Known(beside=(keys_of(other, Reading()),)))
    assert found.columns["customer_id"] == "Телефон"
