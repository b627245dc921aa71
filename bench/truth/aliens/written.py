"""A company written down: the files that it would bring, and the truth, found by living everybody again."""

from __future__ import annotations

import json
import math
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from bench.truth.aliens.life import DAY, START, Alien, Life, Luck, live_all

_EMPTY = pl.col(pl.String).replace("", None)


def _kept(alien: Alien, life: Life) -> bool:
    return life.goal_at is not None and life.goal_at - life.events[0][0] <= alien.horizon


def _truth(alien: Alien, luck: Luck, lives: list[Life]) -> dict[str, Any]:
    end = alien.days * DAY
    rows: dict[str, list[dict[str, Any]]] = {"findings": [], "harmless": []}
    met_counts = {}
    for plant in alien.planted:
        exposed = [n for n, life in enumerate(lives) if life.met.get(plant.key, math.inf) < end]
        reached = [n for n, life in enumerate(lives) if plant.key in life.reached]
        again = live_all(alien, luck, plant.key, exposed)
        change = [_kept(alien, lives[n]) - _kept(alien, other) for n, other in zip(exposed, again, strict=True)]
        met_counts[plant.key] = len(exposed)
        rows["harmless" if plant.kind == "harmless" else "findings"].append(
            {
                "kind": plant.kind,
                "obstacle": plant.obstacle,
                "touchpoint": plant.touchpoint,
                "effect": round(float(np.mean(change)), 5) if change else None,
                "where": [_slice(lives, reached, exposed, *pair) for pair in plant.where],
                "since": None if plant.since is None else (START + timedelta(days=plant.since)).date().isoformat(),
                "activity": plant.activity,
                "threshold": plant.threshold,
                "reached": len(reached),
                "exposed": len(exposed),
                **({"also": list(plant.also)} if plant.also else {}),
                **({"also_at": list(plant.also_at)} if plant.also_at else {}),
                **({"why": plant.why} if plant.why else {}),
            }
        )
    rows["findings"].extend(dict(row) for row in alien.extra)
    goals = sum(_kept(alien, life) for life in lives)
    counts = {
        "customers": len(next(iter(alien.people.values()))),
        "cases": len(lives),
        "goal_rate": round(goals / len(lives), 5),
        "met": met_counts,
    }
    return {"company": alien.name, "seed": alien.seed, **rows, "customers": counts}


def _slice(lives: list[Life], reached: list[int], exposed: list[int], attribute: str, value: str) -> dict[str, Any]:
    def share(rows: list[int]) -> float | None:
        return sum(lives[n].of[attribute] == value for n in rows) / len(rows) if rows else None

    inside, usual = share(exposed), share(reached)
    lift = None if inside is None or not usual else round(inside / usual, 3)
    return {"attribute": attribute, "value": value, "share": inside, "lift": lift}


def write(alien: Alien, out: Path) -> dict[str, Any]:
    """Lives everybody, and writes the five files. Returns the truth."""
    out.mkdir(parents=True, exist_ok=True)
    luck = Luck(alien.name, alien.seed, len(alien.begins))
    lives = live_all(alien, luck)
    end = alien.days * DAY
    names = [f"{alien.name[:2]}{1000 + n * 7}" for n in range(len(next(iter(alien.people.values()))))]
    events = [
        (names[alien.customer[life.row]], f"{life.row}", *event)
        for life in lives
        for event in life.events
        if event[0] < end
    ]
    columns = ("customer_id", "case_id", "time", "activity", "channel", "actor", "performer", "status", "promised_at")
    frame = pl.DataFrame(events, schema=list(columns), orient="row", infer_schema_length=None)
    frame = frame.with_columns(_stamps("time"), _stamps("promised_at"), pl.col("case_id").str.zfill(7)).pipe(
        alien.quirks
    )
    kept = [name for name in columns if name in alien.columns]
    frame.sort("time", maintain_order=True).select(kept).with_columns(_EMPTY).write_csv(out / "events.csv")
    said = [
        (names[alien.customer[life.row]], f"{life.row}", *one) for life in lives for one in life.said if one[0] < end
    ]
    spoken = ("customer_id", "case_id", "time", "kind", "score", "text", "activity")
    schema = dict.fromkeys(spoken, pl.String()) | dict.fromkeys(("time", "score"), pl.Float64())
    feedback = pl.DataFrame(said, schema=schema, orient="row").sort("time", maintain_order=True)
    feedback = feedback.with_columns(_stamps("time"), pl.col("case_id").str.zfill(7))
    feedback = feedback.select(n for n in spoken if n != "case_id" or "case_id" in kept)
    feedback.with_columns(_EMPTY).write_csv(out / "feedback.csv")
    pl.DataFrame({"customer_id": names, **alien.people}).write_csv(out / "customers.csv")
    (out / "map.yaml").write_text(alien.map_yaml, encoding="utf-8")
    truth = _truth(alien, luck, lives)
    (out / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return truth


def _stamps(column: str) -> pl.Expr:
    milliseconds = (pl.col(column).cast(pl.Float64) * 1000).cast(pl.Int64)
    return (
        (pl.lit(START.replace(tzinfo=None)) + pl.duration(milliseconds=milliseconds))
        .dt.to_string("%Y-%m-%dT%H:%M:%S%.3f+00:00")
        .alias(column)
    )
