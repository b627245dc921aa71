"""The map of the contract is read whole, and everything wrong is refused with the line, the key and the mend."""

from __future__ import annotations

import unicodedata

import pytest

from tropa.cx.map import Map, Stage, Touchpoint
from tropa.cx.map_file import map_to_json, parse_map, render_map
from tropa.errors import TropaError

MAP = """\
map: Кредит наличными            # its name
unit: case
session_gap: 30m
goal: [Деньги выданы]
within: 60d
owner: {team: 7, share: 2.5, public: true, note: да, since: 2026-01-01}
stages:
  - stage: Документы
    jobs: [Быстро передать документы]
    touchpoints:
      - touchpoint: Загрузка документов
        when: {activity: [doc_upload, doc_upload_failed], channel: [web, app]}
        actor: customer
        moment_of_truth: true
        expects:
          best: Загрузилось с первого раза
          worst: Заставили ехать в отделение
          within: 10m
          score: 4.0
          failures: 0.02
        pains:
          - {pain: Форма сбрасывается, kind: process}
          - Долго
        emotions: {low: 1}
      - touchpoint: Деньги выданы
        when: {activity: payout}
"""
HEAD = "map: x\nstages:\n  - stage: a\n    touchpoints:\n"


def changed(old: str, new: str) -> str:
    assert old in MAP
    return MAP.replace(old, new, 1)


def refusal(text: str) -> TropaError:
    with pytest.raises(TropaError) as caught:
        parse_map(text, "bank.yaml")
    assert caught.value.kind == "map"
    assert caught.value.message.startswith("bank.yaml")
    return caught.value


def test_the_map_of_the_contract() -> None:
    read = parse_map(MAP)
    assert (read.name, read.unit, read.session_gap_seconds) == ("Кредит наличными", "case", 1800.0)
    assert (read.goal, read.within_seconds) == (("Деньги выданы",), 60 * 86400.0)
    upload, paid = read.touchpoints
    assert upload.when == {"activity": ("doc_upload", "doc_upload_failed"), "channel": ("web", "app")}
    assert (upload.actor, upload.moment_of_truth) == ("customer", True)
    assert (upload.expects.within_seconds, upload.expects.score, upload.expects.failures) == (600.0, 4.0, 0.02)
    assert upload.expects.best == "Загрузилось с первого раза"
    assert paid.when == {"activity": ("payout",)}, "one value is a list of one"
    assert paid.expects.score is None


def test_lanes_of_the_author_are_kept() -> None:
    plain = map_to_json(parse_map(MAP))
    assert plain["owner"] == {"team": 7, "share": 2.5, "public": True, "note": "да", "since": "2026-01-01"}
    assert plain["within"] == "60d", "a duration stays as its author wrote it"
    stage = plain["stages"][0]
    assert stage["jobs"] == ["Быстро передать документы"]
    assert stage["touchpoints"][0]["emotions"] == {"low": 1}
    assert stage["touchpoints"][0]["pains"] == [{"pain": "Форма сбрасывается", "kind": "process"}, "Долго"]


def test_rendered_map_says_the_same() -> None:
    read = parse_map(MAP)
    text = render_map(read, {"": ["head: of the file"], "goal": ["a proposal"]})
    assert text.startswith("# head: of the file\nmap:")
    assert "# a proposal\ngoal:" in text
    assert map_to_json(parse_map(text)) == map_to_json(read)
    assert render_map(parse_map(text)) == render_map(read)


ODD_NAMES = """\
да|yes|on|true|null|2026-01-01|1|1.50|1e5|0x1F|~|a: b|a #b|- a|{x}|*x|&x|!x|<<|'|"|\\|имя, через запятую|🙂 смайл
a\u2028b|?|a:|%x|@x|`x|10m|[|=|日本|#|a\u0301|>|.inf|no""".replace("\n", "|").split("|")


@pytest.mark.parametrize("name", [unicodedata.normalize("NFC", name.strip()) for name in ODD_NAMES])
def test_any_name_survives_rendering(name: str) -> None:
    named = Touchpoint(name, {"activity": (name,), name: ("v",)}, raw={"lane " + name: [name, {name: 1}]})
    again = parse_map(render_map(Map(name=name, goal=(name,), stages=(Stage(name, (named,)),))))
    assert again.name == again.goal[0] == again.stages[0].name == again.touchpoints[0].name == name
    assert again.touchpoints[0].when == named.when
    assert again.touchpoints[0].raw["lane " + name] == [name, {name: 1}]


@pytest.mark.parametrize("word", ["да", "yes", "on", "true", "2026-01-01", "1", "1.50", "12:30:45", "0x1F", '"null"'])
def test_names_are_text(word: str) -> None:
    read = parse_map(f"map: {word}\nstages: [{{stage: {word}}}]")
    assert read.name == read.stages[0].name == word.strip('"')


def test_names_are_trimmed_and_composed() -> None:
    read = parse_map("map: x\nstages: [{stage: '  Мои\u0438\u0306  '}]")
    assert read.stages[0].name == "Моий"


@pytest.mark.parametrize("text", [MAP.replace("\n", "\r\n"), "\ufeff" + MAP, "%YAML 1.1\n---\n" + MAP])
def test_forms_of_text(text: str) -> None:
    assert map_to_json(parse_map(text)) == map_to_json(parse_map(MAP))


def test_anchors_and_merges_are_fine() -> None:
    text = (
        "map: x\nshared: &shared {actor: customer, pains: [Долго]}\nstages:\n  - stage: a\n    touchpoints:\n"
        "      - <<: *shared\n        touchpoint: p\n        actor: employee\n      - {touchpoint: q, <<: *shared}\n"
    )
    p, q = parse_map(text).touchpoints
    assert (p.actor, q.actor) == ("employee", "customer")
    assert p.raw["pains"] == ["Долго"]


@pytest.mark.parametrize(
    ("text", "where", "what", "mend"),
    [
        ("", "", "empty", "`stages:`"),
        ("- a", "line 1", "a list", ""),
        ("hello", "line 1", "'hello'", ""),
        ("map: [a\nstages: x", "line 2, column 7", "not YAML", "indentation"),
        ("map: x\n\tstages: 1", "line 2", "'\\t'", ""),
        ("map: x", "line 1", "no `stages`", "`- stage:"),
        ("stages: [{stage: a}]", "line 1", "no `map`", "name of the map"),
        ("map: x\nstages: []", "line 2, stages", "no stages", ""),
        ("map: x\nstages:", "line 2, stages", "got nothing", ""),
        ("map: x\nstages: {a: 1}", "line 2, stages", "expected a list", "`- `"),
        ("map: x\nstages: [a]", "line 2, stages[1]", "`stage:` with a name", ""),
        ("map: x\nstages:\n- touchpoints: []", "line 3, stages[1]", "no `stage`", ""),
        ("map: x\nunit: cases\nstages: [{stage: a}]", "line 2, unit", "'cases'", "Did you mean 'case'?"),
        ("map: x\nmap: y\nstages: [{stage: a}]", "line 2, map", "written twice (first on line 1)", "Keep one"),
        ("map: x\nstages:\n- stage: a\n- stage: a", "line 4, stages[2]", "first on line 3", "name of its own"),
        (HEAD + "      - touchpoint: p\n      - touchpoint: ' p '", "line 6", "'p' is there twice", ""),
        (HEAD + "      - p", "line 5, stages[1].touchpoints[1]", "`touchpoint:` with a name", ""),
        (HEAD + f"      - touchpoint: {'я' * 501}", "line 5", "501 characters", "500"),
        (changed("expects:", "expect:"), "line 15, stages[1].touchpoints[1].expect", "unknown key", "'expects'"),
        (changed("moment_of_truth", "Moment-of-Truth"), "line 14", "unknown key", "'moment_of_truth'"),
        (changed("  best:", "  bset:"), "line 16", "expects.bset: unknown key", "'best'"),
        (changed("  best:", "  mood:"), "line 16", "unknown key 'mood'", "Known here: best"),
        (changed("within: 10m", "within: 10 мин"), "line 18", "expects.within: '10 мин'", "30m"),
        (changed("within: 10m", "within: 0m"), "line 18", "longer than nothing", ""),
        (changed("within: 10m", f"within: {'9' * 400}w"), "line 18", "3000 years", ""),
        (changed("within: 60d", "within: [60d]"), "line 5, within", "a list", "60d"),
        (changed("session_gap: 30m", "session_gap: soon"), "line 3, session_gap", "'soon'", "30m"),
        (changed("0.02", "2%"), "line 20", "expects.failures", "from 0 to 1"),
        (changed("0.02", "1.5"), "line 20", "expects.failures", "from 0 to 1"),
        (changed("0.02", "nan"), "line 20", "expects.failures", "from 0 to 1"),
        (changed("4.0", "high"), "line 19", "expects.score", "from 0 to 10"),
        (changed("4.0", "11"), "line 19", "expects.score", "from 0 to 10"),
        (changed("[web, app]", "{a: b}"), "line 12", "when.channel: expected", "[value, value]"),
        (changed("[web, app]", "[[web]]"), "line 12", "when.channel[1]", "[value, value]"),
        (changed("[web, app]", "[web, null]"), "line 12", "when.channel[2]", "[value, value]"),
        (changed("[web, app]", "[]"), "line 12", "empty list", ""),
        (changed("[web, app]", "[/we(b/]"), "line 12", "'we(b' is not a regular expression", "backslash"),
        (changed("[web, app]", "['/a{99999999999}/']"), "line 12", "not a regular expression", ""),
        (changed("[Деньги выданы]", "[Деньги выдан]"), "line 4, goal[1]", "no touchpoint", "'Деньги выданы'"),
        (changed("kind: process", "kind: proces"), "line 22", "pains[1].kind", "'process'"),
        (changed("actor: customer", "actor: client"), "line 13", "'client'", "employee"),
        (changed("moment_of_truth: true", "moment_of_truth: maybe"), "line 14", "'maybe'", ""),
        ("a: &a [*a]\n" + MAP, "line 1, a[1]", "contains itself", ""),
        ("a: *b\n" + MAP, "line 1, column 4", "undefined alias", ""),
        ("a: !!python/object/apply:os.system [ls]\n" + MAP, "line 1, a", "os.system", "Remove the tag"),
        ("a: !!binary aGk=\n" + MAP, "line 1, a", "binary", "Remove the tag"),
        ("a: !!set {x}\n" + MAP, "line 1, a", "set", "Remove the tag"),
        ("? [a]\n: b\n" + MAP, "line 1", "key must be", ""),
        ('map: "a\\0b"\nstages: [{stage: a}]', "line 1, map", "control character", ""),
        ('map: "\\ud800"\nstages: [{stage: a}]', "line 1, map", "control character", ""),
        ("map: x\nnote: a\x07\nstages: [{stage: a}]", "line 2", "no text has", "UTF-8"),
        (MAP + "---\n" + MAP, "line 27", "another document", ""),
        ("a: " + "[" * 60 + "]" * 60 + "\n" + MAP, "line 1", "nested deeper", ""),
        ("x" * 5_000_001, "", "larger than 5 MB", ""),
    ],
)  # fmt: skip
def test_refusals(text: str, where: str, what: str, mend: str) -> None:
    error = refusal(text)
    assert where in error.message
    assert what in error.message
    assert mend in error.hint


def test_aliases_cannot_blow_up() -> None:
    pairs = zip("abcdefg", "bcdefgh", strict=True)
    layers = "".join(f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in pairs)
    assert "blow" in refusal("a: &a [x,x,x,x,x,x,x,x,x]\n" + layers + MAP).message
    wide = f"a: &a {'x' * 100_000}\nb: [{','.join(['*a'] * 300)}]\n"
    assert "blow" in refusal(wide + MAP).message


def test_brackets_without_end_are_refused() -> None:
    assert "deep" in refusal("[" * 1_000).message


@pytest.mark.parametrize(
    "rule",
    [
        "activity: doc_upload",
        "activity: [x, doc_upload]",
        "activity: /^doc_/",
        "activity: doc_upload, channel: [branch, web]",
        "activity: doc_upload, channel: /we/",
        "activity: doc_upload, region: [north]",
    ],
)
def test_one_event_in_two_touchpoints_is_refused(rule: str) -> None:
    error = refusal(changed("activity: payout", rule))
    assert "'Загрузка документов' (line 11)" in error.message
    assert "'Деньги выданы' both bind activity 'doc_upload" in error.message
    assert "line 25" in error.message
    assert "channel" in error.hint


@pytest.mark.parametrize(
    "rule",
    [
        "activity: doc_upload, channel: [branch]",
        "activity: doc_upload, channel: /^br/",
        "activity: /^pay/",
        "channel: [web]",
        "activity: Doc_upload",
    ],
)
def test_rules_told_apart_or_left_to_the_data_are_accepted(rule: str) -> None:
    assert len(parse_map(changed("activity: payout", rule)).touchpoints) == 2
