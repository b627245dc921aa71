"""The upload wizard below its routes: files come in parts, are tried, loaded, stopped; the same answers as `load`."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tropa.errors import TropaError
from tropa.sources import Reading
from tropa.workspace.jobs import Job, Jobs, Stopped
from tropa.workspace.loads import Loaded, ToLoad, load_uploads
from tropa.workspace.look import look
from tropa.workspace.settings import Settings
from tropa.workspace.trial import quick_trial, whole_trial
from tropa.workspace.uploads import Upload, Uploads, clean_name
from tropa.workspace.workspace import Workspace

GOOD = "".join(f"u{i % 7},2026-01-{1 + i % 28:02}T10:00:00,{'visit' if i % 2 else 'buy'}\n" for i in range(90))
TEXT = "customer_id,time,activity\n" + GOOD + "u1,32.01.2026,visit\n,2026-01-03,visit\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", Settings("Shop"))


def bring(uploads: Uploads, name: str, text: str) -> Upload:
    data = text.encode()
    upload = uploads.begin(name, len(data))
    uploads.part(upload.id, 0).write(data)
    return uploads.arrived(upload.id)


def over(jobs: Jobs, job: Job) -> Job:
    until = time.monotonic() + 60
    while job.ended is None and time.monotonic() < until:
        time.sleep(0.01)
    assert job.ended is not None
    return job


def test_a_file_comes_in_parts_and_goes_on_after_a_lost_one(workspace: Workspace) -> None:
    uploads = Uploads(workspace.folder)
    upload = uploads.begin("a.csv", 10)
    uploads.part(upload.id, 0).write(b"01234")
    assert uploads.get(upload.id).received == 5
    uploads.part(upload.id, 3).write(b"3456789")
    assert uploads.arrived(upload.id).state == "ready"
    assert uploads.path(uploads.get(upload.id)).read_bytes() == b"0123456789"


def test_bytes_that_are_not_awaited_are_refused(workspace: Workspace) -> None:
    uploads = Uploads(workspace.folder)
    upload = uploads.begin("a.csv", 10)
    with pytest.raises(TropaError, match="not awaited"):
        uploads.part(upload.id, 4)
    with pytest.raises(TropaError, match="longer than announced"):
        uploads.part(upload.id, 0).write(b"01234567890")
    with pytest.raises(TropaError, match="not come whole"):
        uploads.path(upload)


def test_a_stalled_part_writes_no_more_when_it_is_sent_again(workspace: Workspace) -> None:
    uploads = Uploads(workspace.folder)
    upload = uploads.begin("a.csv", 10)
    stalled = uploads.part(upload.id, 0)
    stalled.write(b"0123")
    again = uploads.part(upload.id, 2)
    with pytest.raises(TropaError, match="a later part of it has begun") as refused:
        stalled.write(b"456789")
    assert refused.value.kind == "conflict"
    again.write(b"2345")
    assert uploads.arrived(upload.id).state == "arriving"
    again.write(b"6789")
    assert uploads.arrived(upload.id).state == "ready"
    assert uploads.path(uploads.get(upload.id)).read_bytes() == b"0123456789"
    with pytest.raises(TropaError, match="not awaited"):
        uploads.part(upload.id, 0)


def test_no_room_is_told_before_anything_is_sent(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(workspace.folder)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(TropaError, match=r"no room for big\.csv"):
        Uploads(workspace.folder).begin("big.csv", 10_000_000)


def test_an_empty_file_is_refused(workspace: Workspace) -> None:
    with pytest.raises(TropaError, match="is empty"):
        Uploads(workspace.folder).begin("a.csv", 0)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\orders.csv", "orders.csv"),
        ("a<b>:c.csv", "a_b__c.csv"),
        ("upload.json", "file upload.json"),
        ("", "file"),
        ("..", "file"),
    ],
)
def test_names_stay_in_their_folder(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_very_long_name_keeps_its_ending() -> None:
    name = clean_name("длинное " * 60 + ".csv.gz")
    assert name.endswith(".csv.gz")
    assert len(name.encode()) <= 150


def test_a_trial_tells_what_loading_does(workspace: Workspace) -> None:
    uploads = Uploads(workspace.folder)
    upload = bring(uploads, "a.csv", TEXT)
    seen = look(uploads.path(upload), Reading())
    assert (seen.shape, seen.missing) == ("events", ())
    assert (seen.trial.rows_read, seen.trial.good, seen.trial.set_aside) == (92, 90, 2)
    assert sum(reason.rows for reason in seen.trial.reasons) == 2
    assert len(seen.trial.rows) == 20
    told: list[str] = []
    whole = whole_trial(uploads.path(upload), "events", Reading(), lambda what, done, total: told.append(what))
    assert (whole.good, whole.set_aside, whole.whole) == (90, 2, True)
    loaded = load_uploads(workspace, uploads, [ToLoad(upload, "events", Reading())], Job("1", "load"))
    (file,) = loaded.files
    assert (file.read, file.loaded, file.set_aside) == (92, 90, 2)
    assert loaded.rejects is not None
    assert "32.01.2026" in (workspace.folder / "rejects" / loaded.rejects).read_text("utf-8")


def test_the_wizard_and_the_command_know_the_same_file(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TEXT)
    workspace.load([tmp_path / "a.csv"], "events")
    uploads = Uploads(workspace.folder)
    upload = bring(uploads, "other name.csv", TEXT)
    reading = Reading(**look(uploads.path(upload), Reading()).reading)
    loaded = load_uploads(workspace, uploads, [ToLoad(upload, "events", reading)], Job("1", "load"))
    assert loaded.files[0].before
    assert loaded.events == 90


def test_of_two_files_with_one_that_cannot_be_read_none_is_loaded(workspace: Workspace) -> None:
    uploads = Uploads(workspace.folder)
    good, bad = bring(uploads, "a.csv", TEXT), bring(uploads, "b.csv", "%PDF-1.4 nothing")
    with pytest.raises(TropaError, match=r"b\.csv is not a text table") as told:
        load_uploads(
            workspace, uploads, [ToLoad(good, "events", Reading()), ToLoad(bad, "events", Reading())], Job("1", "load")
        )
    assert str(workspace.folder) not in told.value.message
    assert workspace.store.head.loads == []


def test_stopped_before_the_commit_it_never_happened(workspace: Workspace) -> None:
    uploads = Uploads(workspace.folder)
    upload = bring(uploads, "a.csv", TEXT)
    job = Job("1", "load", stop=True)
    with pytest.raises(Stopped):
        load_uploads(workspace, uploads, [ToLoad(upload, "events", Reading())], job)
    assert workspace.store.head.loads == []
    assert uploads.get(upload.id).state == "ready"


def test_two_loads_at_once_come_one_after_the_other(workspace: Workspace) -> None:
    uploads = Uploads(workspace.folder)
    jobs = Jobs()

    def loading(name: str, text: str) -> Any:
        file = ToLoad(bring(uploads, name, text), "events", Reading())
        return lambda job: load_uploads(workspace, uploads, [file], job)

    first = jobs.add("load", loading("a.csv", TEXT))
    second = jobs.add("load", loading("b.csv", TEXT.replace("u1,", "w1,").replace("u2,", "w2,")))
    results: list[Loaded] = [over(jobs, job).result for job in (first, second)]
    assert [job.state for job in (first, second)] == ["done", "done"]
    assert results[1].events == 180


def test_a_job_waiting_its_turn_can_be_taken_back() -> None:
    jobs = Jobs()
    begun: list[str] = []

    def slow(job: Job) -> None:
        begun.append(job.id)
        while not job.stop:
            time.sleep(0.01)
        job.tell("reading")

    first, second = jobs.add("check", slow), jobs.add("check", slow)
    jobs.cancel(second.id)
    jobs.cancel(first.id)
    assert over(jobs, first).state == "cancelled"
    assert second.state == "cancelled"
    assert second.id not in begun
    with pytest.raises(TropaError, match="no job"):
        jobs.get("nothing")


def test_days_and_months_in_doubt_are_a_problem_that_can_be_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "time,activity,customer_id\n" + "".join(f"0{1 + i % 9}/0{1 + i % 5}/2026,a,{i}\n" for i in range(9))
    )
    asked = quick_trial(path, "events", Reading())
    assert asked.problem is not None and "day/month" in asked.problem.message
    assert quick_trial(path, "events", Reading(dates="day-first")).good == 9


def test_three_hundred_columns_are_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    names = ["customer_id", "time", "activity", *(f"c{i}" for i in range(300))]
    rows = "".join(",".join([f"u{i}", "2026-01-02", "a", *["x"] * 300]) + "\n" for i in range(30))
    path.write_text(",".join(names) + "\n" + rows)
    seen = look(path, Reading())
    assert (len(seen.columns), seen.more_columns, len(seen.trial.columns)) == (303, 0, 40)
    assert sum(column.role == "attribute" for column in seen.columns) == 300
