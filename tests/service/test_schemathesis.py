"""Every operation of the service is asked what its own description allows, and what it forbids.

Schemathesis makes the requests. No answer may be a fault of the program, and every answer must be one that the
description tells of, in the shape that it tells.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.contract.test_every_analysis import MAP, rows
from tests.helpers import make_workspace

from tropa.service.app import create_app

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = {GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 1}
# Whoever makes an account closes the service to those without one: these come last.
CLOSING = {"people", "session"}


@pytest.mark.slow
@pytest.mark.parametrize("part", ["analyses", "maps", "the rest"])
def test_every_answer_is_as_described(part: str, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", *rows(), map_text=MAP)
    app = create_app(workspace.folder)
    live = workspace.documents.maps.live()
    assert live is not None
    operations = [found.ok() for found in openapi.from_asgi("/api/openapi.json", app).get_all_operations()]
    mine = [operation for operation in operations if _part_of(operation) == part]
    assert len(mine) > 10
    answered: Counter[int] = Counter()
    for operation in sorted(mine, key=_last):
        for mode, examples in EXAMPLES.items():
            answered += _ask(operation, mode, examples, live.id)
    assert answered[200] > len(mine) / 2
    assert answered[422] > 0


def _part_of(operation: Any) -> str:
    part = operation.path.removeprefix("/api/").split("/")[0]
    return part if part in ("analyses", "maps") else "the rest"


def _last(operation: Any) -> tuple[bool, bool, str]:
    return bool(CLOSING & set(operation.definition.raw.get("tags", ()))), operation.method != "get", operation.path


def _ask(operation: Any, mode: GenerationMode, examples: int, map_id: str) -> Counter[int]:
    """Statuses of the answers; raises with the first one that is not as described."""
    answered: Counter[int] = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        if "map_id" in case.path_parameters and mode == GenerationMode.POSITIVE:
            case.path_parameters["map_id"] = map_id
        response = case.call()
        answered[response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as failures:
            told = "\n".join(str(failure) for failure in failures.exceptions)
            pytest.fail(f"{operation.label}, {case.as_curl_command()}\n{told}\n{response.text[:2000]}")

    try:
        ask()
    except Unsatisfiable:  # nothing can be wrong about an operation without parameters
        assert mode == GenerationMode.NEGATIVE
    return answered
