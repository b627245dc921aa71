"""One small bank, made once for all tests of this folder."""

from __future__ import annotations

import pytest
from tests.simulate.written import Written, read

from tropa.simulate import simulate
from tropa.simulate.bank.lives import Bank, make_bank


@pytest.fixture(scope="session")
def bank_files(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("bank")
    return read(folder, simulate("bank", folder, customers=6000, seed=3))


@pytest.fixture(scope="session")
def bank() -> Bank:
    return make_bank(6000, 3, lambda line: None)
