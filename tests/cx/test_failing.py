"""Whatever words a source has for what did not work, every number counts it as a failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.helpers import make_workspace

from tropa.cx.failing import names_failure, says_refused
from tropa.workspace.workspace import Workspace

MAP = """\
map: club
unit: customer
goal: [Paid]
stages:
  - stage: All
    touchpoints:
      - {touchpoint: Photo, when: {activity: [photo, photo_error]}, expects: {failures: 0.1}}
      - {touchpoint: Paid, when: {activity: [paid]}}
"""


def _workspace(folder: Path, status: str | None, activity: str) -> Workspace:
    first: dict[str, Any] = {"customer_id": "ann", "time": "2026-01-01T10:00", "activity": activity}
    events = [
        first if status is None else {**first, "status": status},
        {"customer_id": "ann", "time": "2026-01-01T10:05", "activity": "photo", "status": "ok"},
        {"customer_id": "ann", "time": "2026-01-01T11:00", "activity": "paid", "status": "ok"},
    ]
    return make_workspace(folder, events, map_text=MAP)


@pytest.mark.parametrize(
    ("status", "activity"),
    [("failed", "photo"), ("ошибка", "photo"), ("Error 500", "photo"), ("неуспешно", "photo"), (None, "photo_error")],
)
def test_every_number_knows_a_failure(tmp_path: Path, status: str | None, activity: str) -> None:
    workspace = _workspace(tmp_path / "ws", status, activity)
    rows: Any = workspace.ask("touchpoints").result
    assert [(row.touchpoint, row.failed) for row in rows.touchpoints] == [("Photo", 1), ("Paid", 0)]
    life: Any = workspace.ask("journey", customer="ann").result
    assert [step.failed for step in life.journeys[0].steps] == [True, False, False]
    listed: Any = workspace.ask("journeys", failed_at="Photo").result
    assert (listed.total, listed.journeys[0].failures) == (1, 1)


@pytest.mark.parametrize("status", ["ok", "вручную", "без ошибок", "отменён"])
def test_other_words_are_no_failures(tmp_path: Path, status: str) -> None:
    rows: Any = _workspace(tmp_path / "ws", status, "photo").ask("touchpoints").result
    assert [row.failed for row in rows.touchpoints] == [0, 0]


def test_words_of_success_are_no_failures() -> None:
    assert not any(map(names_failure, ("ok", "успешно", "success", "no_error", "done", "не успел")))


@pytest.mark.parametrize(
    "text",
    [
        *("Ошибка исправлена", "Ошибка оплаты была устранена", "Сбой устранён", "сбой_устранен", "Исправление ошибки"),
        *("Error resolved", "ErrorFixed", "payment error has been fixed", "resolved_error", "Recovered from failure"),
        *("not failed", "did not fail", "not_crashed", "не было сбоя", "нет ошибки"),
        *("Timeout extended", "timeout_set"),
        *("error report sent", "CrashReportSent", "reported an error", "сообщил об ошибке", "Отчёт об ошибке"),
    ],
)
def test_what_is_over_or_only_told_of_is_no_failure(text: str) -> None:
    assert not names_failure(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Ошибка не исправлена", "Ошибка при исправлении", "не удалось исправить ошибку", "не исправил ошибку"),
        *(
            "error not resolved",
            "Error could not be fixed",
            "error isn't fixed",
            "error to be fixed",
            "unresolved error",
            "fix failed",
            "recovery error",
        ),
        *("error report failed", "report failed", "Report generation failed", "timeout", "Timeout set, then error"),
        *("Показано сообщение об ошибке", "not found", "payment_not_found", "Error 500"),
    ],
)
def test_what_goes_on_is_a_failure(text: str) -> None:
    assert names_failure(text)


REFUSED = ("declined", "Rejected", "aborted", "отклонено", "отказ", "не прошло", "Отказано", "rejected_by_bank")


@pytest.mark.parametrize("word", REFUSED)
def test_a_refusal_is_a_failure_as_a_status(tmp_path: Path, word: str) -> None:
    """As a name it is what somebody decided, also where the status says the same once more."""
    assert says_refused(word)
    assert not names_failure(word)
    step: Any = _workspace(tmp_path / "step", word, "photo").ask("touchpoints").result
    assert [row.failed for row in step.touchpoints] == [1, 0]
    for status in (None, word):
        own: Any = _workspace(tmp_path / f"own{status}", status, f"decision {word}").ask("journey", customer="ann")
        assert [one.failed for one in own.result.journeys[0].steps] == [False, False, False]


@pytest.mark.parametrize("status", ["not declined", "не отклонено", "без отказа", "отклонение", "отказоустойчиво"])
def test_no_refusal(status: str) -> None:
    assert not says_refused(status)
