"""Every command as a person types it: one document on standard output, progress and errors beside it, exit statuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.forks import run

from tropa.cli import main

MAP = """
map: Shop
goal: [Paid]
stages:
  - stage: Choose
    touchpoints:
      - {touchpoint: Visit, when: {activity: [visit]}}
      - {touchpoint: Cart, when: {activity: [cart]}}
  - stage: Buy
    touchpoints:
      - {touchpoint: Paid, when: {activity: [pay]}}
"""

EVENTS = """customer_id,time,activity,channel,region
ann,2026-01-01T10:00:00,visit,web,Moscow
ann,2026-01-01T10:10:00,cart,web,Moscow
ann,2026-01-01T10:20:00,pay,app,Moscow
bob,2026-01-03T10:00:00,visit,web,Kazan
bob,2026-01-03T10:30:00,cart,web,Kazan
cid,2026-01-05T23:30:00,visit,app,Moscow
"""


def tropa(*args: object) -> subprocess.CompletedProcess[str]:
    """A process of its own, as from a shell."""
    return run(*args, COLUMNS="200")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "events.csv").write_text(EVENTS)
    (folder / "map.yaml").write_text(MAP)
    made = tropa("init", folder / "ws", "--json")
    assert (made.returncode, json.loads(made.stdout)["name"]) == (0, "ws")
    loaded = tropa("load", folder / "ws", folder / "events.csv", "--as", "events", "--json")
    assert loaded.returncode == 0
    report = json.loads(loaded.stdout)
    assert report["files"][0]["loaded"] == 6
    return folder / "ws"


class Said:
    """What a command in this process printed."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*args: object) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Said(int(ended.value.code or 0), out, err)

    return run


# -- every command once, as a process


def test_funnel_of_the_contract(shop: Path) -> None:
    """`tropa show WS funnel --steps a,b,c --within 7d --json`."""
    shown = tropa("show", shop, "funnel", "--steps", "visit,cart,pay", "--within", "7d", "--json")
    assert shown.returncode == 0
    answer = json.loads(shown.stdout)
    assert set(answer) - {"warnings"} == {"analysis", "params", "journeys", "events", "seconds", "result"}
    assert (answer["analysis"], answer["journeys"], answer["events"]) == ("funnel", 3, 6)
    assert answer["params"] == {"steps": ["visit", "cart", "pay"], "within": 604800.0}
    assert [(step["step"], step["journeys"]) for step in answer["result"]["steps"]] == [
        ("visit", 3),
        ("cart", 2),
        ("pay", 1),
    ]
    assert answer["result"]["steps"][1]["share"] == pytest.approx(2 / 3)


def test_map_round_trip(shop: Path, tmp_path: Path) -> None:
    """A map comes back to the byte; what is proposed can be taken in."""
    proposed = tropa("map", shop, "propose")
    assert proposed.returncode == 0
    (tmp_path / "proposed.yaml").write_text(proposed.stdout, "utf-8")
    taken = tropa("map", shop, "import", tmp_path / "proposed.yaml", "--json")
    assert taken.returncode == 0
    assert json.loads(taken.stdout)["changed"] is True
    exported = tropa("map", shop, "export")
    assert exported.stdout == proposed.stdout
    checked = tropa("map", shop, "check", shop.parent / "map.yaml", "--json")
    assert checked.returncode == 0
    assert json.loads(checked.stdout)["fits"] in (True, False)


def test_simulate_and_progress(tmp_path: Path) -> None:
    """What takes longer than a second says so on standard error; --json stays one document."""
    made = tropa("simulate", "bank", "--out", tmp_path / "files", "--customers", "300", "--json")
    assert made.returncode == 0
    json.loads(made.stdout)
    assert made.stderr.strip()
    assert {"map.yaml", "truth.json"} <= {path.name for path in (tmp_path / "files").iterdir()}


def test_help_and_wrong_usage_of_the_process() -> None:
    helped = tropa("--help")
    assert helped.returncode == 0
    for command in ("demo", "init", "load", "map", "show", "serve", "simulate"):
        assert command in helped.stdout
    assert tropa("--version").returncode == 0
    wrong = tropa("lode")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "lode" in wrong.stderr


# -- and everything else in this process: the same code without the start


@pytest.mark.parametrize("slug", ["overview", "transitions", "variants", "coverage", "touchpoints", "funnel"])
def test_keys_of_the_contract(slug: str, shop: Path, say: Any) -> None:
    options = ["--steps", "visit,cart"] if slug == "funnel" else []
    result = say("show", shop, slug, *options, "--json").json["result"]
    wanted = {
        "overview": {"customers", "journeys", "events", "goal_rate"},
        "transitions": {"edges"},
        "variants": {"variants", "total"},
        "coverage": {"journeys_share", "events_share"},
        "touchpoints": {"touchpoints"},
        "funnel": {"steps"},
    }
    assert wanted[slug] <= set(result)
    rows = {
        "transitions": ("edges", {"source", "target", "count", "mean_seconds"}),
        "variants": ("variants", {"path", "journeys", "share"}),
        "touchpoints": (
            "touchpoints",
            {"stage", "touchpoint", "journeys", "next_median_seconds", "score_mean", "score_n"},
        ),
        "funnel": ("steps", {"step", "journeys", "share"}),
    }
    if slug in rows:
        name, keys = rows[slug]
        assert result[name]
        assert keys <= set(result[name][0])


def test_list_of_analyses(shop: Path, say: Any) -> None:
    from tropa.analyses import REGISTRY

    assert {row["analysis"] for row in say("show", shop, "--json").json["analyses"]} == {a.slug for a in REGISTRY}
    told = say("show", shop)
    assert all(analysis.slug in told.out for analysis in REGISTRY)


def test_tables_for_people(shop: Path, say: Any) -> None:
    told = say("show", shop, "variants", "--by", "activity")
    assert told.status == 0
    assert "visit > cart > pay" in told.out
    assert "66.7%" not in told.err


def test_parameters_of_an_analysis(shop: Path, say: Any) -> None:
    told = say("show", shop, "funnel", "--help")
    assert told.status == 0
    assert "--step-within" in told.out
    assert "Traceback" not in told.err


def test_filters(shop: Path, say: Any) -> None:
    def journeys(*options: str) -> int:
        return int(say("show", shop, "variants", "--by", "activity", *options, "--json").json["journeys"])

    assert journeys("--segment", "region=Moscow") == 2
    assert journeys("--segment", "region=Moscow", "--segment", "region=Kazan") == 3
    assert journeys("--channel", "app") == 2
    assert journeys("--since", "2026-01-03") == 2
    assert journeys("--until", "2026-01-03") == 2
    assert journeys("--since", "2026-01-03", "--until", "2026-01-03") == 1
    compared = say("show", shop, "variants", "--compare", "region=Moscow", "--compare", "region=Kazan", "--json").json
    assert [group["journeys"] for group in compared["result"]["groups"]] == [2, 1]
    # A chance is no share and no time, whatever the number is that it belongs to.
    table = say("show", shop, "touchpoints", "--compare", "region=Moscow", "--compare", "region=Kazan").out
    chances = [line.split()[-2] for line in table.splitlines() if line.endswith((" yes", " no"))]
    assert chances and all(chance == "<0.001" or 0 < float(chance) <= 1 for chance in chances), table


WRONG: list[tuple[list[str], int, list[str]]] = [
    (["show", "{none}", "overview"], 1, ["does not exist", "tropa init"]),
    (["show", "{plain}", "overview"], 1, ["is no workspace"]),
    (["show", "{file}", "overview"], 1, ["is no workspace"]),
    (["show", "{empty}", "overview"], 1, ["no events yet", "tropa load"]),
    (["show", "{empty}", "funnel", "--steps", "a"], 1, ["no events yet"]),
    (["map", "{empty}", "propose"], 1, ["no events yet"]),
    (["map", "{empty}", "export"], 1, ["no map"]),
    (["map", "{empty}", "check"], 1, ["no map"]),
    (["map", "{empty}", "import"], 2, ["takes a file"]),
    (["map", "{shop}", "import", "{none}"], 2, ["cannot be read"]),
    (["show", "{shop}", "funel", "--steps", "a"], 2, ["'funel'", "Did you mean 'funnel'"]),
    (["show", "{shop}", "variants", "--topp", "3"], 2, ["--topp"]),
    (["show", "{shop}", "variants", "--top", "many"], 2, ["many"]),
    (["show", "{shop}", "variants", "--top", "0"], 2, ["top"]),
    (["show", "{shop}", "variants", "--segment", "regoin=Moscow"], 2, ["'regoin'", "Did you mean 'region'"]),
    (["show", "{shop}", "variants", "--segment", "region=Moskow"], 2, ["'Moskow'", "Did you mean 'Moscow'"]),
    (["show", "{shop}", "variants", "--segment", "region"], 2, ["attribute=value"]),
    (["show", "{shop}", "variants", "--channel", "appp"], 2, ["'appp'", "'app'"]),
    (["show", "{shop}", "variants", "--since", "2027-01-01"], 1, ["No journeys are left", "2026-01-01"]),
    (["show", "{shop}", "variants", "--since", "soon"], 2, ["since", "soon"]),
    (["show", "{shop}", "variants", "--since", "2026-02-01", "--until", "2026-01-01"], 2, ["before it begins"]),
    (["show", "{shop}", "variants", "--compare", "region=Moscow"], 2, ["two groups"]),
    (["show", "{shop}", "variants", "--compare", "region=Moscow", "--compare", "x..y"], 2, ["x"]),
    (["show", "{shop}", "variants", "--unit", "week"], 2, ["week"]),
    (["show", "{shop}", "funnel"], 2, ["steps"]),
    (["show", "{shop}", "funnel", "--steps", "visit", "--within", "long"], 2, ["'long' is not a duration"]),
    (["init", "{shop}"], 1, ["a workspace already"]),
    (["init", "{plain}"], 1, ["not empty"]),
    (["init", "{none}", "--timezone", "Mars/Base"], 1, ["no time zone"]),
    (["load", "{shop}", "{none}", "--as", "events"], 2, ["There is no file"]),
    (["load", "{shop}", "{file}"], 2, ["--as"]),
    (["load", "{shop}", "{file}", "--as", "eventz"], 2, ["eventz"]),
    (["load", "{shop}", "{file}", "--as", "events", "--columns", "time"], 2, ["NAME=COLUMN"]),
    (["load", "{shop}", "{plain}", "--as", "events"], 1, ["plain"]),
    (["simulate", "bakn", "--out", "{none}"], 2, ["bakn"]),
    (["serve", "{none}"], 1, ["does not exist"]),
    (["show"], 2, ["WORKSPACE"]),
]


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    ("args", "status", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_wrong_input(
    args: list[str], status: int, said: list[str], as_json: bool, shop: Path, tmp_path: Path, say: Any
) -> None:
    """What, where and the mend, in one line, with the right exit status; with --json the same as one document."""
    from tropa.workspace.workspace import Workspace

    Workspace.create(tmp_path / "empty")
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "letter.txt").write_text("hello")
    places = {
        "{none}": tmp_path / "none",
        "{plain}": tmp_path / "plain",
        "{empty}": tmp_path / "empty",
        "{shop}": shop,
        "{file}": tmp_path / "plain" / "letter.txt",
    }
    if as_json and args[0] == "serve":
        pytest.skip("serve has no --json")
    told = say(*(places.get(arg, arg) for arg in args), *(["--json"] if as_json else []))
    assert told.status == status, told.out + told.err
    assert "Traceback" not in told.err
    if as_json:
        error = told.json["error"]
        assert set(error) == {"kind", "message", "hint"}
        text = f"{error['message']} {error['hint']}"
    else:
        assert told.out == ""
        text = told.err
    for words in said:
        assert words in text
    assert not (tmp_path / "none").exists()


BAD_MAPS = {
    "not yaml": ("map: [", ["line"]),
    "unknown key": (MAP.replace("goal:", "gaol:"), ["gaol", "goal"]),
    "no such goal": (MAP.replace("goal: [Paid]", "goal: [Payed]"), ["Payed", "Paid"]),
    "two touchpoints": (MAP.replace("activity: [cart]", "activity: [cart, visit]"), ["'Visit'", "'Cart'", "'visit'"]),
}


@pytest.mark.parametrize("name", BAD_MAPS)
def test_bad_maps_change_nothing(name: str, shop: Path, tmp_path: Path, say: Any) -> None:
    text, said = BAD_MAPS[name]
    (tmp_path / "map.yaml").write_text(text)
    assert say("map", shop, "import", shop.parent / "map.yaml").status == 0
    told = say("map", shop, "import", tmp_path / "map.yaml")
    assert (told.status, told.out) == (1, "")
    assert all(words in told.err for words in said), told.err
    assert say("map", shop, "import", shop.parent / "map.yaml", "--json").json["changed"] is False


def test_one_bad_file_of_two_loads_nothing(tmp_path: Path, say: Any) -> None:
    (tmp_path / "good.csv").write_text(EVENTS)
    (tmp_path / "bad.csv").write_bytes(b"PK\x03\x04 this is no text \x00\x01")
    say("init", tmp_path / "ws")
    told = say("load", tmp_path / "ws", tmp_path / "good.csv", tmp_path / "bad.csv", "--as", "events")
    assert told.status == 1
    assert "bad.csv" in told.err
    assert say("show", tmp_path / "ws", "overview").status == 1
    loaded = say("load", tmp_path / "ws", tmp_path / "good.csv", "--as", "events", "--json").json
    assert (loaded["files"][0]["loaded"], loaded["files"][0]["before"]) == (6, False)
    again = say("load", tmp_path / "ws", tmp_path / "good.csv", "--as", "events", "--json").json
    assert (again["files"][0]["loaded"], again["files"][0]["before"]) == (0, True)


def test_rows_set_aside_are_named(tmp_path: Path, say: Any) -> None:
    (tmp_path / "events.csv").write_text(EVENTS + "dan,yesterday,visit,web,Omsk\n,2026-01-01,visit,web,Omsk\n")
    say("init", tmp_path / "ws")
    told = say("load", tmp_path / "ws", tmp_path / "events.csv", "--as", "events", "--json").json
    assert told["files"][0]["set_aside"] == 2
    lines = (tmp_path / "ws" / told["rejects_file"]).read_text("utf-8").splitlines()
    assert len(lines) == 3
    assert "events.csv" in lines[1]
    assert "yesterday" in lines[1]
