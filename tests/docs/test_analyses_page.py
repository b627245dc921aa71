"""docs/analyses.md says what the registry says."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from tests.docs.pages import ROOT

from tropa.analyses import REGISTRY


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("analyses_doc", ROOT / "tools" / "analyses_doc.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh() -> None:
    made = tool()
    assert made.PAGE.read_text("utf-8") == made.page(), "run .venv/bin/python tools/analyses_doc.py"


def test_every_analysis_and_option_is_there() -> None:
    text = tool().page()
    for analysis in REGISTRY:
        assert f"## {analysis.slug}\n" in text and analysis.question in text
        for name in analysis.params.model_fields:
            assert f"`--{name.replace('_', '-')}`" in text
