"""Long work lets short questions pass."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tropa.errors import TropaError
from tropa.service.behind import behind


def _nice() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priorities of their own")
def test_it_and_what_it_starts_step_back_and_nobody_else() -> None:
    before = _nice()

    def work() -> tuple[int, int]:
        with ThreadPoolExecutor(1) as pool:
            return _nice(), pool.submit(_nice).result()

    assert min(behind(work)) > before
    assert _nice() == before


def test_what_goes_wrong_is_told() -> None:
    def fails() -> None:
        raise TropaError("No.", "Mend it.")

    with pytest.raises(TropaError, match=r"No\."):
        behind(fails)
