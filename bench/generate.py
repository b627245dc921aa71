"""Events for the benchmark: customers of a bank who walk along a first-order chain with one strong main way.

The same size gives the same events, byte for byte in every column: customers are made in blocks, each with a
random stream of its own. Rows come in order of time, all customers mixed, as a log of a company would be.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

MAIN = (
    "open_site", "compare_rates", "use_calculator", "start_application", "enter_income", "attach_passport",
    "send_application", "scoring", "offer_shown", "offer_accepted", "sign_contract", "money_received",
)  # fmt: skip
ASIDE = (
    "read_faq", "chat_with_bot", "call_centre", "login_failed", "reset_password", "upload_failed", "repeat_upload",
    "document_check", "income_check", "wait_in_branch", "visit_branch", "offer_declined", "new_terms", "complaint",
    "page_error", "sms_code", "sms_code_late", "push_opened",
)  # fmt: skip
ACTIVITIES = MAIN + ASIDE
CHANNELS = ("web", "app", "branch", "call_centre")
FUNNEL_STEPS = ("open_site", "start_application", "send_application", "offer_accepted", "money_received")
FUNNEL_WINDOW_SECONDS = 7 * 86_400

SEED = 20_261
EVENTS_PER_CUSTOMER = 14
BLOCK_CUSTOMERS = 50_000
PERIOD_START_SECONDS = 1_735_689_600  # 2025-01-01
PERIOD_SECONDS = 365 * 86_400
ROW_GROUP = 1_000_000
END = len(ACTIVITIES)
MAX_LENGTH = 120


def chain() -> tuple[np.ndarray, np.ndarray]:
    """Cumulative chances of the next activity (the last column: the journey ends), and median gaps in seconds."""
    rng = np.random.default_rng(SEED)
    count, main = len(ACTIVITIES), len(MAIN)
    chance = np.zeros((count, count + 1))
    for step in range(count):
        on_main = step < main
        asides = main + rng.choice(len(ASIDE), size=3, replace=False)
        if on_main:
            forward = step + 1 if step + 1 < main else END
            chance[step, forward] += 0.80
            chance[step, step] += 0.03
            chance[step, max(step - 2, 0)] += 0.03
            chance[step, END] += 0.03
            chance[step, asides] += 0.11 * np.array([0.7, 0.2, 0.1])
        else:
            back = int(rng.integers(1, main))
            chance[step, back] += 0.72
            chance[step, asides] += 0.12 * np.array([0.7, 0.2, 0.1])
            chance[step, END] += 0.16
    chance[main - 1, 0] += 0.35  # who got the money comes back for more
    chance /= chance.sum(axis=1, keepdims=True)
    gaps = np.exp(rng.uniform(np.log(20), np.log(40_000), size=(count, count)))
    return np.cumsum(chance, axis=1), gaps


def block(number: int, customers: int) -> dict[str, np.ndarray]:
    """Events of one block: customer within the block, seconds, activity, channel; no two at one time."""
    rng = np.random.default_rng([SEED, number])
    ways, gaps = chain()
    who = np.arange(customers)
    doing = rng.choice([0, 1, 3], size=customers, p=[0.8, 0.12, 0.08])
    at = PERIOD_START_SECONDS + rng.integers(0, PERIOD_SECONDS, size=customers)
    channel = rng.choice(len(CHANNELS), size=customers, p=[0.45, 0.35, 0.12, 0.08])
    parts: list[tuple[np.ndarray, ...]] = []
    for _ in range(MAX_LENGTH):
        parts.append((who, at, doing, channel))
        chosen = (rng.random(len(who))[:, None] > ways[doing]).sum(axis=1)
        stay = chosen < END
        pace = gaps[doing[stay], chosen[stay]] * np.exp(rng.normal(0, 1, int(stay.sum())))
        who, doing = who[stay], chosen[stay]
        at = at[stay] + 1 + pace.astype(np.int64)
        moves = rng.random(len(who)) < 0.1
        channel = np.where(moves, rng.integers(0, len(CHANNELS), len(who)), channel[stay])
        if not len(who):
            break
    names = ("customer", "seconds", "activity", "channel")
    return {name: np.concatenate(column) for name, column in zip(names, zip(*parts, strict=True), strict=True)}


def columns(events: int) -> dict[str, np.ndarray]:
    """Exactly `events` events in order of time."""
    made: list[dict[str, np.ndarray]] = []
    total = number = 0
    while total < events:
        part = block(number, BLOCK_CUSTOMERS)
        part["customer"] = part["customer"] + number * BLOCK_CUSTOMERS
        made.append(part)
        total += len(part["seconds"])
        number += 1
    joined = {name: np.concatenate([part[name] for part in made]) for name in made[0]}
    # Whole customers are left out first, then single events of the last one.
    keep = np.argsort(joined["customer"], kind="stable")[:events]
    order = keep[np.lexsort((keep, joined["seconds"][keep]))]
    return {name: column[order] for name, column in joined.items()}


def write(path: Path, events: int) -> None:
    """Write the events as Parquet, unless they are there already."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    made = columns(events)
    partial = path.with_suffix(".partial")
    customers = int(made["customer"].max()) + 1
    scattered = np.random.default_rng(SEED).permutation(customers)  # numbers say nothing of when somebody came
    schema = pa.schema(
        [
            ("customer_id", pa.large_string()),
            ("time", pa.timestamp("us", tz="UTC")),
            ("activity", pa.dictionary(pa.int8(), pa.string())),
            ("channel", pa.dictionary(pa.int8(), pa.string())),
        ]
    )
    with pq.ParquetWriter(partial, schema, compression="zstd") as writer:
        for begin in range(0, events, ROW_GROUP):
            rows = {name: column[begin : begin + ROW_GROUP] for name, column in made.items()}
            identifiers = np.char.add("C", np.char.zfill(scattered[rows["customer"]].astype("U8"), 8))
            table = pa.table(
                [
                    pa.array(identifiers, pa.large_string()),
                    pa.array(rows["seconds"] * 1_000_000, pa.timestamp("us", tz="UTC")),
                    _named(rows["activity"], ACTIVITIES),
                    _named(rows["channel"], CHANNELS),
                ],
                schema=schema,
            )
            writer.write_table(table)
    partial.rename(path)


def _named(codes: np.ndarray, names: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int8)), pa.array(names))
