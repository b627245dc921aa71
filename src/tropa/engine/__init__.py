"""Ragged journeys, folds over them, compiled loops. Knows nothing of what the journeys mean."""
