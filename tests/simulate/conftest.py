"""Small companies, each made once for all tests of this folder."""

from __future__ import annotations

import pytest
from tests.simulate.written import Written, read

from tropa.simulate import COMPANIES, simulate
from tropa.simulate.bank.lives import Bank, make_bank

SMALL = {"bank": 6000}


def _written(factory: pytest.TempPathFactory, company: str) -> Written:
    folder = factory.mktemp(company)
    return read(folder, simulate(company, folder, customers=SMALL.get(company, 2000), seed=3))


@pytest.fixture(scope="session")
def all_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    return {company: _written(tmp_path_factory, company) for company in COMPANIES}


@pytest.fixture(params=list(COMPANIES))
def company_files(all_files: dict[str, Written], request: pytest.FixtureRequest) -> Written:
    """Each company in turn."""
    return all_files[request.param]


@pytest.fixture(scope="session")
def bank_files(all_files: dict[str, Written]) -> Written:
    return all_files["bank"]


@pytest.fixture(scope="session")
def bank() -> Bank:
    return make_bank(6000, 3, lambda line: None)
