"""A file as it would be read, before anything is loaded."""

from __future__ import annotations

from pathlib import Path

from tropa.sources import Reading
from tropa.workspace.look import look


def test_customers_may_have_an_attribute_that_is_called_time(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("customer_id,time\n" + "".join(f"c{row},2026-03-14 10:{row}\n" for row in range(10, 30)), "utf-8")
    seen = look(path, Reading(), shape="customers")
    assert (seen.trial.good, seen.trial.first, seen.trial.problem) == (20, None, None)
