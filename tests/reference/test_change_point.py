"""A change point in binomial data that the literature knows.

Data: Jarrett (1979), Biometrika 66, 191-193: explosions in British coal mines killing ten or more, by year 1851-1962,
turned into "a year with an explosion or without"; Raftery & Akman (1986), Biometrika 73, 85-89, put the change
between 1887 and 1895 (posterior mode 1890).
"""

from __future__ import annotations

import numpy as np

from tropa.stats.change_point import change_point

EXPLOSIONS = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3,
    2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 1, 1,
    0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0,
]  # fmt: skip


def test_coal_mines() -> None:
    """Explosions of a year as so many out of a hundred days: rare enough to be the Poisson counts of the papers."""
    found = change_point(EXPLOSIONS, np.full(len(EXPLOSIONS), 100))
    assert found is not None
    assert 1887 <= 1851 + found.place <= 1895
    assert 1851 + found.low <= 1890 <= 1851 + found.high
    assert found.before.value is not None and found.after.value is not None
    # Rates of the papers: about 3.1 a year before, 0.9 after.
    assert 0.029 < found.before.value < 0.033
    assert 0.008 < found.after.value < 0.011
