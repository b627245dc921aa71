"""What customers would answer if they were asked: scores that follow from what each of them met."""

from __future__ import annotations

import numpy as np

from tropa.simulate.bank.world import World
from tropa.simulate.streams import Floats

SCALES = {"nps": (0.0, 10.0), "csat": (1.0, 5.0), "ces": (1.0, 7.0), "rating": (1.0, 5.0)}


def would_score(world: World) -> dict[str, Floats]:
    """The score of every case in every survey (NaN: it never came to the question).

    Keys: `nps` after the money, `csat_support` after a contact, `csat_branch` after a visit, `ces` after the upload,
    `rating` in the app store.
    """
    long_wait = np.clip((_known(world, "check_wait_hours") - 24.0) / 24.0, 0.0, 2.0) + (
        _known(world, "check_wait_hours") > 24.0
    )
    uploads = np.minimum(_known(world, "upload_failures"), 3.0)
    form, returned = world.has_met("failure@form"), world.has_met("return@check")
    if "failure@form" in world.off:
        form = np.zeros_like(form)
    call = world.has_met("broken_promise@callback")
    if "broken_promise@callback" in world.off:
        call = np.zeros_like(call)
    hall = np.clip((_known(world, "branch_wait_minutes") - 12.0) / 12.0, 0.0, 2.5)
    late = _known(world, "money_delay_hours") > 1.0
    pushed = _known(world, "insurance")
    mood = world.streams.normal("score.mood")

    def noise(name: str, size: float) -> Floats:
        return size * (0.6 * mood + 0.8 * world.streams.normal(f"score.{name}"))

    nps = 9.2 - 0.9 * long_wait - 0.8 * uploads - 0.9 * returned - 0.9 * form - 1.9 * call - 0.35 * hall - 0.8 * late
    nps += (
        noise("nps", 1.6)
        - 0.7 * (_known(world, "rate_surprise") > 0)
        - 0.7 * pushed
        - 6.0 * (_known(world, "double_charge") > 0)
    )
    support = 4.35 - 0.45 * long_wait - 0.2 * uploads + noise("support", 0.8)
    branch = 4.65 - 0.75 * hall + noise("branch", 0.65)
    ces = 6.1 - 1.3 * uploads - 1.0 * form + noise("ces", 0.9)
    rating = 4.5 - 1.1 * uploads - 0.5 * long_wait - 0.4 * call + noise("rating", 0.9)
    return {
        "nps": _asked(nps, "nps", world.goal_at),
        "csat_support": _asked(support, "csat", world.fact("support_at")),
        "csat_branch": _asked(branch, "csat", world.fact("branch_at")),
        "ces": _asked(ces, "ces", world.fact("upload_at")),
        "rating": _asked(rating, "rating", np.where(world.channel == 1, world.time, np.nan)),
    }


def _known(world: World, name: str) -> Floats:
    return np.nan_to_num(world.fact(name))


def _asked(latent: Floats, kind: str, at: Floats) -> Floats:
    low, high = SCALES[kind]
    return np.where(np.isnan(at), np.nan, np.clip(np.round(latent), low, high) + 0.0)  # no minus zero
