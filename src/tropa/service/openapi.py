"""`python -m tropa.service.openapi`: the OpenAPI document, from which the client of the web application is made."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path


def main() -> None:
    from tropa.service.app import create_app
    from tropa.workspace.settings import Settings
    from tropa.workspace.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        Workspace.create(Path(folder) / "empty", Settings("empty"))
        document = create_app(Path(folder) / "empty").openapi()
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
