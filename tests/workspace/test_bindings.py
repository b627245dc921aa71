"""What was really seen, to those who may not see personal data."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import event_rows, make_workspace

from tropa.errors import TropaError
from tropa.workspace.bindings import count, occurrences
from tropa.workspace.masking import MaskedWorkspace, Masking


def test_columns_that_tell_of_people_are_kept_from_those_without_the_right(tmp_path: Path) -> None:
    rows = [
        {**row, "performer": "Ivanov", "email": "a@b.ru", "product": "loan"}
        for row in event_rows({"a": "visit@0 pay@1"})
    ]
    plain = make_workspace(tmp_path / "ws", rows)
    masked = MaskedWorkspace(plain, Masking(b"key"), {})
    assert {"performer", "email", "product"} <= {column.column for column in occurrences(plain).columns}
    shown = {column.column for column in occurrences(masked).columns}
    assert "product" in shown
    assert not {"performer", "email"} & shown
    assert count(plain, {"email": ["a@b.ru"]}).events == 2
    assert count(masked, {"product": ["loan"]}).events == 2
    for column in ("email", "performer"):
        with pytest.raises(TropaError, match="Personal data") as caught:
            count(masked, {column: ["x"]})
        assert caught.value.kind == "forbidden"
