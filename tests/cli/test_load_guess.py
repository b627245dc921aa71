"""Columns that no name tells are guessed where that is sure; else the refusal says what to type, and that works."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.sources.odd_files import ODD
from tests.sources.odd_more import MORE

from tropa.cli import main
from tropa.cli.pairs import names, pairs
from tropa.errors import TropaError
from tropa.sources import KIND_OF, Reading
from tropa.store.store import Store
from tropa.workspace.known import known
from tropa.workspace.understand import understand

VISITS = "Когда;Карта клиента;Что сделано;Касса\n" + "".join(
    f"0{1 + i % 9}.03.2026 1{i % 10}:00;К{100 + i // 4};{('вход', 'заказ', 'оплата', 'выдача')[i % 4]};{i % 3}\n"
    for i in range(120)
)


def run(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(arg) for arg in args])
    return int(ended.value.code or 0)


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    run("init", tmp_path / "ws")
    capsys.readouterr()
    return tmp_path / "ws"


def test_what_names_do_not_tell_is_guessed_and_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace.parent / "visits.csv"
    path.write_text(VISITS)
    assert run("load", workspace, path, "--as", "events", "--json") == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["loaded"] == 120
    assert "customer_id = Карта клиента, time = Когда, activity = Что сделано" in file["notes"][0]
    path.write_text(VISITS + VISITS.splitlines()[-1] + "\n")
    assert run("load", workspace, path, "--as", "events") == 0
    assert "note: Guessed from words in names and from values" in capsys.readouterr().err


def test_a_guessed_file_loaded_twice_changes_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The case stood for the customer: it is no known customer for whom the file would be read otherwise."""
    path = workspace.parent / "h.csv"
    steps = ("created", "paid", "sent")
    path.write_text(
        "order_no,time,activity\n"
        + "".join(f"A-{1000 + i // 3},2026-01-{1 + i % 28:02}T10:00:00,{steps[i % 3]}\n" for i in range(180))
    )
    assert json_of(capsys, "load", workspace, path, "--as", "events")["loaded"] == 180
    again = json_of(capsys, "load", workspace, path.rename(workspace.parent / "again.csv"), "--as", "events")
    assert (again["before"], again["loaded"]) == (True, 0)
    assert "here already" in again["notes"][0]
    assert known(Store(workspace)).in_loaded(pl.Series([f"A-{1000 + i}" for i in range(60)])) == 0.0


def test_a_guessed_file_is_the_same_when_other_customers_are_known(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The orders would be read by the agreement, had the visits been there before them."""
    orders, visits = workspace.parent / "orders.csv", workspace.parent / "visits.csv"
    steps = ("created", "paid", "sent")
    orders.write_text(
        "order_no,agreement,time,activity\n"
        + "".join(f"A-{1000 + i // 3},D-{i // 6},2026-01-{1 + i % 28:02},{steps[i % 3]}\n" for i in range(180))
    )
    visits.write_text(
        "customer_id,time,activity\n" + "".join(f"D-{i // 2},2026-01-{1 + i % 28:02},visit\n" for i in range(400))
    )
    assert json_of(capsys, "load", workspace, orders, "--as", "events")["loaded"] == 180
    assert json_of(capsys, "load", workspace, visits, "--as", "events")["loaded"] == 400
    again = json_of(capsys, "load", workspace, orders, "--as", "events")
    assert (again["before"], again["loaded"]) == (True, 0)
    assert run("load", workspace, orders, "--as", "events", "--columns", "customer_id=agreement") == 1
    assert "another manner" in capsys.readouterr().err


def test_a_column_that_is_not_listed_stays_an_attribute(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where names give all that is needed nothing is guessed, not even a promise."""
    path = workspace.parent / "a.csv"
    names_ = ("sla_due_date", "compromised_at", "promise_to_pay_date", "sla_started_at", "Обещано клиенту до")
    path.write_text(
        ",".join(("customer_id", "time", "activity", *names_))
        + "\n"
        + "".join(f"c{i},2026-01-{1 + i},visit{',2026-02-01' * len(names_)}\n" for i in range(9))
    )
    assert run("load", workspace, path, "--as", "events", "--dry-run", "--json") == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert set(file["columns"]) == {"customer_id", "time", "activity"}
    assert set(file["attributes"]) == set(names_)
    assert json_of(capsys, "load", workspace, path, "--as", "events")["notes"] == []


def json_of(capsys: pytest.CaptureFixture[str], *args: str | Path) -> dict[str, Any]:
    capsys.readouterr()
    assert run(*args, "--json") == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    return dict(file)


def test_what_is_said_wins_over_any_guess(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace.parent / "visits.csv"
    path.write_text(VISITS)
    assert run("load", workspace, path, "--as", "events", "--columns", "activity=Касса", "--json") == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert "activity" not in file["notes"][0]
    assert run("show", workspace, "variants", "--json") == 0
    paths = json.loads(capsys.readouterr().out)["result"]["variants"]
    assert {step for variant in paths for step in variant["path"]} == {"0", "1", "2"}


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("customer_id,time,kind,score\n" + "a,2026-01-01,nps,9\nb,2026-01-02,nps,3\n" * 9, "events", "--as feedback"),
        (VISITS, "feedback", "--as events"),
        ("time,activity\n" + "2026-01-01,in\n2026-01-02,out\n" * 9, "events", "no column for customer_id"),
        ("client_id,region\na,n\nb,s\n", "events", "no column for time and activity"),
        ("Когда,Клиент №,Что сделано\n", "events", "has a header and no rows"),
        ("who,when,a,b\n" + "x,2026-01-01,1,2\n" * 9, "identities", "no column for identifier_a"),
    ],
)
def test_what_it_is_not_it_is_not_taken_for(
    workspace: Path, capsys: pytest.CaptureFixture[str], text: str, kind: str, says: str
) -> None:
    path = workspace.parent / "a.csv"
    path.write_text(text)
    assert run("load", workspace, path, "--as", kind) == 1
    assert says in capsys.readouterr().err
    assert run("show", workspace, "overview") == 1


def test_odd_files_are_loaded_rightly_or_refused(tmp_path: Path) -> None:
    """Never wrongly: a refusal costs a line to type, a wrong guess a wrong map."""
    store, loaded = Store(tmp_path), 0
    for odd in (*ODD, *MORE):
        told = understand(odd.write(tmp_path), KIND_OF[odd.shape], Reading(), store)
        if told.trouble is not None:
            continue
        loaded += 1
        assert odd.shape != "wide"
        taken = dict(told.found.columns)
        taken.setdefault("customer_id", taken.get("case_id", ""))
        for canonical, wanted in odd.means.items():
            assert taken.get(canonical) in ((wanted,) if isinstance(wanted, str) else wanted), (odd.file, canonical)
    assert loaded >= 20


@pytest.mark.parametrize("name", ["Окна таблица.csv", "en_bank.csv", "en_nps.csv", "Кухни.xlsx", "en_csat.csv"])
def test_what_a_refusal_says_can_be_typed(workspace: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    odd = next(one for one in (*ODD, *MORE) if one.file == name)
    path = odd.write(workspace.parent)
    kind = KIND_OF[odd.shape]
    assert run("load", workspace, path, "--as", kind) == 1
    hint = capsys.readouterr().err
    typed = re.search(r"(--(?:columns|milestones) .*?)\.(?: |$)", hint, re.MULTILINE)
    assert typed is not None, hint
    assert run("load", workspace, path, "--as", kind, *shlex.split(typed[1])) == 0


def test_a_column_with_a_comma_or_an_equals_sign(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace.parent / "a.csv"
    path.write_text('"Дата, время",who=x,activity\n2026-01-01,a,in\n2026-01-02,b,out\n')
    for said in (
        ['time="Дата, время",customer_id="who=x"'],
        ["time=Дата, время", "customer_id=who=x"],
        ["time=Дата, время,customer_id=who=x"],
    ):
        options = [word for pair in said for word in ("--columns", pair)]
        assert run("load", workspace, path, "--as", "events", "--dry-run", "--json", *options) == 0
        (file,) = json.loads(capsys.readouterr().out)["files"]
        assert (file["columns"]["time"], file["columns"]["customer_id"]) == ("Дата, время", "who=x")


def test_pairs_as_they_were_and_in_quotes() -> None:
    assert pairs(("a=b, c = d", "e=:word"), "--columns") == {"a": "b", "c": "d", "e": ":word"}
    assert pairs(('"a=1,2"=b="c"',), "--milestones") == {"a=1,2": 'b="c"'}
    assert pairs(('a="say ""yes"", or no",b=5" pipe',), "--columns") == {"a": 'say "yes", or no', "b": '5" pipe'}
    assert names(('a,"b, c", d',), "--identifiers") == ["a", "b, c", "d"]
    for wrong in ("a", "a=", "=b", 'a="b'):
        with pytest.raises(TropaError) as refused:
            pairs((wrong,), "--columns")
        assert refused.value.kind == "usage"


def test_every_column_is_readable_before_loading(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace.parent / "a.csv"
    extra = [f"attribute {i}" for i in range(40)]
    path.write_text(",".join(["customer_id", "time", "activity", *extra]) + "\n" + "a,2026-01-01,in" + ",x" * 40 + "\n")
    assert run("load", workspace, path, "--as", "events", "--dry-run") == 0
    out = capsys.readouterr().out
    assert all(f"{name} " in out or f"{name}," in out for name in extra)
    assert max(map(len, out.splitlines())) <= 100


def test_the_words_of_map_in_the_wrong_order(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("map", "propose", workspace) == 2
    assert f"tropa map {workspace} propose" in capsys.readouterr().err
    assert run("map", "import", workspace, "map.yaml") == 2
    assert f"tropa map {workspace} import map.yaml" in capsys.readouterr().err


def test_the_last_load_is_taken_back(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace.parent / "visits.csv"
    path.write_text(VISITS)
    assert run("load", workspace, "--undo") == 1
    assert "no load to take back" in capsys.readouterr().err
    assert run("load", workspace, path, "--as", "events") == 0
    assert run("load", workspace, path, "--as", "events", "--undo") == 2
    for more in ("--columns=", "--timezone=UTC", "--join=a.csv:b", "--dates=day-first", "--sheet=x", "--dry-run"):
        assert run("load", workspace, "--undo", more) == 2
    capsys.readouterr()
    assert run("load", workspace, "--undo") == 0
    assert "Taken back: visits.csv (events, 120 rows" in capsys.readouterr().out
    assert run("show", workspace, "overview") == 1
    assert run("load", workspace, path, "--as", "events", "--columns", "activity=Касса") == 0
    assert run("load", workspace) == 2
    assert run("load", workspace, path) == 2


LIVED = ("всё было очень хорошо и быстро", "ждали целый час на входе")
REPLIES = "№ карты,Когда ответил,Насколько,Своими словами\n" + "".join(
    f"К{i},2026-03-0{1 + i % 9} 10:00,{1 + i % 5},{LIVED[i % 2]} {i}\n" for i in range(60)
)


def test_the_command_that_is_told_loses_nothing_that_was_guessed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace.parent / "replies.csv"
    path.write_text(REPLIES.replace("Насколько", "Оценка (1-5)"))
    assert run("load", workspace, path, "--as", "feedback") == 1
    told = re.search(r"--columns '([^']+)'", capsys.readouterr().err)
    assert told is not None and "text=Своими словами" in told[1] and "score=Оценка (1-5)" in told[1]
    assert json_of(capsys, "load", workspace, path, "--as", "feedback", "--columns", told[1])["loaded"] == 60


def test_words_that_are_passed_over_are_told(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The names tell all that is needed, so nothing is guessed; but nobody should find out later what was lost."""
    path = workspace.parent / "replies.csv"
    path.write_text("customer_id,time,score,Своими словами\n" + REPLIES.split("\n", 1)[1])
    assert run("load", workspace, path, "--as", "feedback", "--columns", "kind=:rating") == 0
    assert "--columns 'text=Своими словами' takes it for that." in capsys.readouterr().err
    path.write_text(
        "customer_id,time,activity,Итог\n"
        + "".join(f"c{i},2026-01-{1 + i},visit,{('ok', 'ошибка')[i % 2]}\n" for i in range(9))
    )
    notes = json_of(capsys, "load", workspace, path, "--as", "events")["notes"]
    assert len(notes) == 1 and "looks like status" in notes[0] and "--columns 'status=Итог'" in notes[0]
    path.write_text(path.read_text().replace("visit", "call"))
    more = json_of(capsys, "load", workspace, path, "--as", "events", "--columns", "status=Итог")
    assert more["notes"] == []


def test_names_that_end_a_sentence_are_told_in_quotes(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace.parent / "visits.csv"
    path.write_text(VISITS.replace("Касса", "Сумма, руб."))
    (note,) = json_of(capsys, "load", workspace, path, "--as", "events")["notes"]
    assert "value = 'Сумма, руб.'. If that" in note


def test_odd_times_are_told_in_full(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace.parent / "a.csv"
    path.write_text("customer_id,time,activity\na,2026-01-01,visit\na,2199-01-02,visit\nb,2199-01-03,visit\n")
    assert run("load", workspace, path, "--as", "events") == 0
    told = capsys.readouterr()
    wanted = "note: a.csv: 2 rows lie in the future, the earliest at 2199-01-02, the latest at 2199-01-03."
    assert wanted in told.err.splitlines()
    assert "lie in" not in told.out
