"""Obstacles: what can get in a customer's way. One small file each, in one form; tried wherever they can occur."""

from tropa.cx.obstacles import (
    broken_promise,
    contact,
    failure,
    handover,
    low_score,
    repeat,
    return_,
    silence,
    switch,
    wait,
)
from tropa.cx.obstacles.form import Obstacle

OBSTACLES: tuple[Obstacle, ...] = (
    failure.OBSTACLE,
    broken_promise.OBSTACLE,
    silence.OBSTACLE,
    wait.OBSTACLE,
    return_.OBSTACLE,
    handover.OBSTACLE,
    repeat.OBSTACLE,
    contact.OBSTACLE,
    switch.OBSTACLE,
    low_score.OBSTACLE,
)
"""In the order in which one is told rather than another where both are the same events: the more telling first."""
