"""Compile the loops once, into the cache that all processes of this checkout share.

Whoever runs first pays for compiling; two test processes would both pay, and browser tests would wait for it with a
page open. So a small company is taken through everything that is commonly asked.

    python tools/compile_loops.py
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from tropa.analyses import REGISTRY
from tropa.contract.filters import Filters
from tropa.simulate import simulate
from tropa.workspace.find import FindParams, weighed
from tropa.workspace.living_map import living_map
from tropa.workspace.maps import import_map, propose_map
from tropa.workspace.workspace import Workspace

CUSTOMERS = 600
ASKED: dict[str, tuple[dict[str, Any], ...]] = {
    "flow": ({"anchor": "{touchpoint}"},),
    "funnel": ({"steps": ["{touchpoint}", "{later}"]}, {"steps": ["{touchpoint}", "{later}"], "order": "any"}),
    "journey": (),
    "journeys": ({}, {"through": ["{touchpoint}"]}),
    "touchpoint": ({"touchpoint": "{touchpoint}"},),
    "wait_times": ({"source": "{touchpoint}"},),
}
"""What analyses are asked that need to be told something; the others are asked as they are."""


def main() -> None:
    """Ask everything once."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        simulate("bank", files, customers=CUSTOMERS, seed=1)
        workspace = Workspace.create(Path(folder) / "workspace")
        for kind in ("events", "feedback", "customers"):
            workspace.load([files / f"{kind}.csv"], kind)
        import_map(workspace, files / "map.yaml")
        living_map(workspace, Filters.model_validate({}))
        touchpoints = [row.touchpoint for row in workspace.ask("touchpoints").result.touchpoints]
        names = {"touchpoint": touchpoints[0], "later": touchpoints[3]}
        for analysis in REGISTRY:
            for params in ASKED.get(analysis.slug, ({},)):
                workspace.ask(analysis.slug, None, **_filled(params, names))
        weighed(workspace, FindParams.model_validate({}))
        propose_map(workspace)
    print(f"loops compiled in {time.monotonic() - began:.0f} s")


def _filled(params: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(one) for one in value]
        return value.format(**names) if isinstance(value, str) else value

    return {key: fill(value) for key, value in params.items()}


if __name__ == "__main__":
    main()
