"""Every ready map: read by the reader of maps, alike in both languages, its rules never in each other's way."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tropa.cx.durations import parse_duration
from tropa.cx.expressions import matching
from tropa.cx.lane_terms import QUESTIONS
from tropa.cx.map import expression_of
from tropa.cx.map_file import parse_map
from tropa.errors import TropaError
from tropa.templates import all_templates, find_template

SLUGS = [template.slug for template in all_templates("en")]
ASKED = {
    "bank-loan",
    "food-delivery",
    "online-shop",
    "online-school",
    "telecom-support",
    "b2b-sale",
    "clinic-visit",
    "spectator-event",
    "print-shop",
}


def shape(value: Any) -> Any:
    """A document without its words."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value).__name__


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key != "when" for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


def test_all_that_were_asked_for_are_there() -> None:
    assert set(SLUGS) >= ASKED


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_each_is_a_map(slug: str, language: Any) -> None:
    template = find_template(slug, language)
    read = parse_map(json.dumps(template.document, ensure_ascii=False), slug)
    assert 4 <= len(read.stages) <= 7
    assert 10 <= len(read.touchpoints) <= 25
    assert read.goal and read.within_seconds
    assert any(touchpoint.moment_of_truth for touchpoint in read.touchpoints)
    assert sum(touchpoint.expects.within_seconds is not None for touchpoint in read.touchpoints) >= 7
    for touchpoint in read.touchpoints:
        assert touchpoint.when, touchpoint.name
        assert touchpoint.expects.best and touchpoint.expects.worst, touchpoint.name
        assert {"owner", "decides"} <= set(touchpoint.raw["process"]), touchpoint.name


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_are_one_map(slug: str) -> None:
    russian, english = find_template(slug, "ru").document, find_template(slug, "en").document
    assert shape(russian) == shape(english)
    assert not [text for text in texts(russian) + texts(english) if "||" in text]
    assert not [text for text in texts(english) if re.search("[А-Яа-яё]", text)]
    untranslated = [text for text in texts(russian) if not re.search("[А-Яа-яё]", text)]
    assert set(untranslated) <= {"CRM", "€", "%", "journey", "case", "customer", "employee", "system", *_terms(russian)}


def _terms(document: Any) -> set[str]:
    """Words of the format itself, and durations."""
    found = {"opinions", "competitors", "own", "similar", "finance", "process", "support", "productivity"}
    for text in texts(document):
        try:
            parse_duration(text)
        except TropaError:
            continue
        found.add(text)
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_every_stage_is_researched_and_all_ten_questions_are_asked(slug: str) -> None:
    stages = find_template(slug, "ru").document["stages"]
    assert all(stage["research"] and stage["jobs"] for stage in stages)
    assert all(stage["customer_metrics"] and stage["company_metrics"] for stage in stages)
    assert {key for stage in stages for key in stage["research"]} == {term.key for term in QUESTIONS}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_name_is_bound_twice(slug: str) -> None:
    template = find_template(slug, "en")
    names = [phrase for phrases in template.seen.values() for phrase in phrases]
    spelt = [form for name in names for form in (name, name.replace(" ", "_"), name.title(), name.replace(" ", ""))]
    owners: dict[str, set[str]] = {name: set() for name in spelt}
    for stage in template.document["stages"]:
        for touchpoint in stage["touchpoints"]:
            (rule,) = touchpoint["when"]["activity"]
            for name, accepted in zip(spelt, matching(expression_of(rule) or "", spelt), strict=True):
                if accepted:
                    owners[name].add(touchpoint["touchpoint"])
    assert {name: owner for name, owner in owners.items() if len(owner) != 1} == {}


def test_an_unknown_one_is_named_with_the_nearest() -> None:
    with pytest.raises(TropaError, match="bank-lone") as told:
        find_template("bank-lone", "en")
    assert "bank-loan" in told.value.hint
