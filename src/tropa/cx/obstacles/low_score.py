"""Low score: the customer said in the middle of the journey that it went badly."""

from __future__ import annotations

from tropa.cx.obstacles.form import AtAnswers

OBSTACLE = AtAnswers("low_score")
