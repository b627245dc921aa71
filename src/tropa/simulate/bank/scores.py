"""What customers would answer if they were asked: scores that follow from what each of them met."""

from __future__ import annotations

import numpy as np

from tropa.simulate.answers import asked
from tropa.simulate.bank.world import World
from tropa.simulate.streams import Floats


def would_score(world: World) -> dict[str, Floats]:
    """The score of every case in every survey (NaN: it never came to the question).

    Keys: `nps` after the money, `csat_support` after a contact, `csat_branch` after a visit, `ces` after the upload,
    `rating` in the app store.
    """
    long_wait = np.clip((_known(world, "check_wait_hours") - 24.0) / 24.0, 0.0, 2.0) + (
        _known(world, "check_wait_hours") > 24.0
    )
    uploads = np.minimum(_known(world, "upload_failures"), 3.0)
    form, call = world.suffered("failure@form"), world.suffered("broken_promise@callback")
    returned = world.has_met("return@check")
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
        "nps": asked(nps, "nps", world.goal_at),
        "csat_support": asked(support, "csat", world.fact("support_at")),
        "csat_branch": asked(branch, "csat", world.fact("branch_at")),
        "ces": asked(ces, "ces", world.fact("upload_at")),
        "rating": asked(rating, "rating", np.where(world.channel == 1, world.time, np.nan)),
    }


def _known(world: World, name: str) -> Floats:
    return np.nan_to_num(world.fact(name))
