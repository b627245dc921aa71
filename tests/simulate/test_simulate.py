"""The door: the files of the contract, the same for the same seed, and clear words for what cannot be done."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from tests.simulate.written import Written, read, with_journeys

from tropa.cx.map_file import parse_map
from tropa.errors import TropaError
from tropa.simulate import COMPANIES, simulate
from tropa.simulate.clock import END_SECONDS, FIRST_DAY

FILES = ("events.csv", "feedback.csv", "customers.csv", "map.yaml", "truth.json")
TIME = r"^2026-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$"


def local(column: str) -> pl.Expr:
    return pl.col(column).str.slice(0, 19).str.to_datetime("%Y-%m-%dT%H:%M:%S")


@pytest.mark.parametrize("company", list(COMPANIES))
def test_same_seed_same_files_other_seed_other_company(tmp_path: Path, company: str) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        simulate(company, tmp_path / name, customers=400, seed=seed)
    for file in FILES:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file
    assert (tmp_path / "a" / "events.csv").read_bytes() != (tmp_path / "c" / "events.csv").read_bytes()


def test_report_counts_what_was_written(company_files: Written) -> None:
    assert sorted(Path(path).name for path in company_files.report["files"]) == sorted(FILES)
    assert company_files.report["events"] == company_files.events.height
    assert company_files.report["feedback"] == company_files.feedback.height
    assert company_files.report["customers"] == company_files.customers.height
    assert company_files.truth["customers"]["customers"] == company_files.customers.height


def test_events_hold_to_the_contract(company_files: Written) -> None:
    events = company_files.events
    assert events["event_id"].is_unique().all()
    for column in ("time", "activity", "customer_id", "actor", "status"):
        assert events[column].null_count() == 0, column
    assert set(events["actor"].unique()) == {"customer", "employee", "system"}
    assert events["channel"].n_unique() >= 4
    for column in ("time", "ended_at", "promised_at"):
        assert events[column].drop_nulls().str.contains(TIME).all(), column
    times = events.select(local("time").alias("t"), local("ended_at").alias("e"), local("promised_at").alias("p"))
    assert times["t"].is_sorted()
    assert (times["t"].max() - times["t"].min()).total_seconds() < END_SECONDS  # type: ignore[operator, union-attr]
    assert times["t"].dt.date().min() == FIRST_DAY
    assert (times["e"] >= times["t"]).drop_nulls().all()
    assert (times["p"] > times["t"]).drop_nulls().all()
    assert set(events["customer_id"]) <= set(company_files.customers["customer_id"])
    if "case_id" in events.columns:
        owners = (
            events.filter(pl.col("case_id").is_not_null()).group_by("case_id").agg(pl.col("customer_id").n_unique())
        )
        assert owners["customer_id"].max() == 1


def test_units_of_journeys_differ_and_the_data_have_them(all_files: dict[str, Written]) -> None:
    """Cases by their number, customers by their name, sessions by the gap between them."""
    units = set()
    for company, written in all_files.items():
        drawn = parse_map((written.folder / "map.yaml").read_text(encoding="utf-8"))
        # A few begin within the period and do nothing before its end.
        cases = written.truth["customers"]["cases"]
        assert 0.998 * cases <= with_journeys(written)["journey"].n_unique() <= cases, company
        units.add(drawn.unit)
    assert units == {"case", "customer", "session"}


def test_feedback_holds_to_the_contract(company_files: Written) -> None:
    feedback = company_files.feedback.with_columns(pl.col("score").cast(pl.Float64))
    scales = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "rating": (1, 5)}
    kinds = set(feedback["kind"].unique())
    assert kinds <= {*scales, "review", "complaint"}
    for kind in kinds & set(scales):
        low, high = scales[kind]
        scores = feedback.filter(pl.col("kind") == kind)["score"]
        assert scores.len() > 20
        assert scores.null_count() == 0
        assert scores.is_between(low, high).all()
        assert scores.n_unique() >= 3
    texts = feedback["text"].drop_nulls()
    assert texts.len() > 100
    assert not texts.str.contains(r"[{}\[\]|]").any(), "an unfilled slot"
    assert feedback["time"].str.contains(TIME).all()


@pytest.mark.parametrize(
    ("company", "low", "high"), [("bank", 0.05, 0.16), ("tshirts", 1.0, 1.0), ("school", 0.0, 0.02)]
)
def test_customers_write_in_their_languages(
    all_files: dict[str, Written], company: str, low: float, high: float
) -> None:
    texts = all_files[company].feedback["text"].drop_nulls()
    english = texts.filter(texts.str.contains(r"[a-zA-Zа-яА-ЯёЁ]{3}")).str.contains("^[^а-яА-ЯёЁ]*$").mean()
    assert low <= english <= high  # type: ignore[operator]


def test_employees_work_by_day_only(bank_files: Written) -> None:
    work = bank_files.events.filter(pl.col("actor") == "employee").with_columns(t=local("time"), e=local("ended_at"))
    assert work["t"].dt.hour().min() >= 8  # type: ignore[operator]
    assert work["t"].dt.hour().max() <= 21  # type: ignore[operator]
    assert (work["e"].drop_nulls().dt.hour() >= 8).all()
    closed = work.filter(pl.col("performer").is_in(["Верификация", "Андеррайтинг"]) | (pl.col("channel") == "branch"))
    assert closed.height > 1000
    assert (closed["t"].dt.weekday() <= 6).all()
    assert not (closed["t"].dt.date() == dt.date(2026, 5, 1)).any()


def test_map_binds_the_data(company_files: Written) -> None:
    text = (company_files.folder / "map.yaml").read_text(encoding="utf-8")
    drawn = parse_map(text)
    touchpoints = [touchpoint for stage in drawn.stages for touchpoint in stage.touchpoints]
    names = {touchpoint.name for touchpoint in touchpoints}
    told = company_files.truth["findings"] + company_files.truth["harmless"]
    found = {finding["touchpoint"] for finding in told}
    assert found <= names
    known = set(company_files.events["activity"].unique())
    bound = {value for touchpoint in touchpoints for value in touchpoint.when["activity"] if not value.startswith("/")}
    assert bound <= known, "the map names an activity that never happens"
    unbound = known - bound - {"application_submitted", "application_by_employee", "application_by_phone"}
    assert unbound, "a map that shows everything hides the question of what it leaves out"
    assert len(unbound) < 12
    assert {finding["activity"] for finding in told if "activity" in finding} <= known
    assert set(drawn.goal) <= names
    expected = [touchpoint.expects for touchpoint in touchpoints]
    assert all(expects.best and expects.worst for expects in expected)


def test_dirty_rows_are_counted_and_the_clean_ones_stay(tmp_path: Path, bank_files: Written) -> None:
    report = simulate("bank", tmp_path, customers=6000, seed=3, dirty=True)
    dirty = read(tmp_path, report)
    told = dirty.truth["dirty"]["events"]
    events = dirty.events
    assert events["time"].null_count() == told["no_time"] > 0
    assert events["activity"].null_count() == told["no_activity"] > 0
    assert (events["time"] == "2026-02-30T11:20:00+03:00").sum() == told["impossible_date"] > 0
    numbers = events["value"].drop_nulls()
    assert numbers.cast(pl.Float64, strict=False).null_count() == told["bad_number"] > 0
    assert events["event_id"].is_duplicated().sum() == 2 * told["duplicates"] > 0
    assert events.height == bank_files.events.height + told["set_aside"] + told["duplicates"]
    readable = events.filter(
        pl.col("time").is_not_null()
        & pl.col("activity").is_not_null()
        & (pl.col("time") != "2026-02-30T11:20:00+03:00")
        & ~pl.col("value").fill_null("").str.contains("руб")
    ).unique("event_id", keep="first", maintain_order=True)
    assert (~readable["time"].str.ends_with("+03:00")).sum() == told["other_offsets"] > 0
    clean, soiled = (_moments(frame) for frame in (bank_files.events, readable))
    assert clean.equals(soiled)
    of_feedback = dirty.truth["dirty"]["feedback"]
    assert dirty.feedback.height == bank_files.feedback.height + of_feedback["set_aside"]
    assert (dirty.feedback["score"] == "десять").sum() == of_feedback["bad_number"] > 0


def _moments(events: pl.DataFrame) -> pl.DataFrame:
    time = pl.col("time").str.replace("Z$", "+00:00").str.to_datetime("%Y-%m-%dT%H:%M:%S%z", time_zone="UTC")
    return events.select("event_id", time, "activity", "case_id").sort("event_id")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"company": "banc"}, "'bank'"),
        ({"company": "bank", "customers": 5}, "from 100"),
        ({"company": "bank", "seed": -1}, "from 0"),
    ],
)
def test_what_cannot_be_simulated_is_refused(tmp_path: Path, arguments: dict[str, object], words: str) -> None:
    with pytest.raises(TropaError) as refused:
        simulate(out=tmp_path, **arguments)  # type: ignore[arg-type]
    assert words in refused.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    with pytest.raises(TropaError, match="Cannot write"):
        simulate("bank", taken, customers=100)
    assert taken.read_text(encoding="utf-8") == "mine"


def test_progress_is_told(tmp_path: Path) -> None:
    lines: list[str] = []
    simulate("bank", tmp_path, customers=100, progress=lines.append)
    assert lines
    assert all(line == line.strip() and "\n" not in line for line in lines)


def test_registry_names_each_company_as_it_is_called() -> None:
    assert all(name == company.name for name, company in COMPANIES.items())
