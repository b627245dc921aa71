"""Simulated companies with planted truth, for the demo and for the tests.

`simulate("bank", Path("out"))` writes `events.csv`, `feedback.csv`, `customers.csv`, `map.yaml` and `truth.json`.
A new company is one package that fills `firm.Firm` (as `delivery` does) and one line of `COMPANIES`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tropa.errors import TropaError, did_you_mean
from tropa.simulate.bank import BANK
from tropa.simulate.calm import CALM
from tropa.simulate.company import Company
from tropa.simulate.delivery import DELIVERY
from tropa.simulate.dirty import soil_events, soil_feedback
from tropa.simulate.fintech import FINTECH
from tropa.simulate.school import SCHOOL
from tropa.simulate.tshirts import TSHIRTS
from tropa.simulate.write import EVENT_COLUMNS, FEEDBACK_COLUMNS, ordered, write_csv, write_json

COMPANIES: dict[str, Company] = {company.name: company for company in (BANK, DELIVERY, FINTECH, SCHOOL, TSHIRTS, CALM)}

LEAST_CUSTOMERS, MOST_CUSTOMERS = 100, 5_000_000

__all__ = ["COMPANIES", "simulate"]


def simulate(
    company: str,
    out: Path,
    customers: int = 20_000,
    seed: int = 1,
    dirty: bool = False,
    progress: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Writes a simulated company into the folder `out`, which is made when it is not there.

    Args:
        company: a name of `COMPANIES`.
        customers: how many customers; some have more than one case.
        seed: the same seed gives the same files; another seed gives another company of the same kind.
        dirty: mixes unreadable and repeated rows into events and feedback; `truth.json` then counts them.
        progress: is told what is being done, one short line at a time.

    Returns:
        The paths written (`files`) and how many `customers`, `cases`, `events` and `feedback` there are.

    Raises:
        TropaError: unknown company, a number of customers out of range, or a folder that cannot be written.
    """
    tell = progress or (lambda line: None)
    if company not in COMPANIES:
        raise TropaError(f"There is no simulated company {company!r}.", did_you_mean(company, COMPANIES), "usage")
    if not LEAST_CUSTOMERS <= customers <= MOST_CUSTOMERS:
        raise TropaError(
            f"Cannot simulate {customers} customers.",
            f"Give a number from {LEAST_CUSTOMERS} to {MOST_CUSTOMERS}.",
            "usage",
        )
    if seed < 0:
        raise TropaError(f"The seed is {seed}.", "Give a whole number from 0.", "usage")
    _make_folder(out)
    made = COMPANIES[company].make(customers, seed, tell)
    truth = {"company": company, "seed": seed, **made.truth}
    events, feedback = ordered(made.events, EVENT_COLUMNS), ordered(made.feedback, FEEDBACK_COLUMNS)
    if dirty:
        events, of_events = soil_events(events, seed)
        feedback, of_feedback = soil_feedback(feedback, seed)
        truth["dirty"] = {"events": of_events, "feedback": of_feedback}
    tell("writing")
    try:
        write_csv(events, out / "events.csv")
        write_csv(feedback, out / "feedback.csv")
        write_csv(made.customers, out / "customers.csv")
        (out / "map.yaml").write_text(made.map_yaml, encoding="utf-8")
        write_json(truth, out / "truth.json")
    except OSError as error:
        raise _cannot_write(out, error) from error
    return {
        "files": [
            str(out / name) for name in ("events.csv", "feedback.csv", "customers.csv", "map.yaml", "truth.json")
        ],
        "customers": made.customers.height,
        "cases": truth["customers"]["cases"],
        "events": events.height,
        "feedback": feedback.height,
    }


def _make_folder(out: Path) -> None:
    """First of all, so that nobody waits for a company that cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(out, error) from error


def _cannot_write(out: Path, error: OSError) -> TropaError:
    return TropaError(f"Cannot write into {out}: {error.strerror}.", "Choose a folder that can be written.", "usage")
