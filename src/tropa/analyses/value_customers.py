"""What customers bring, each over all journeys kept: in total, typically, and those who bring most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.analyses.value_loops import sums_by_customer
from tropa.engine.journeys import Codes, Floats, Ints
from tropa.stats.intervals import mean

TOP_ONE_IN = 100


@dataclass(frozen=True, slots=True)
class CustomersValue:
    """Money by customer over all their journeys kept; `median` and `top` among those who brought any.

    Both are exact where all customers of about that sum brought just as much, as where there are few prices; else they
    are means of sums that are within 2 % of each other. The 1 % of customers who bring most bring `top` at least;
    `top_share` is their share of the money brought, and of those who bring just as much no more than make up the 1 %.
    """

    customers: int
    paying: int
    total: float
    total_mean: float | None
    total_mean_low: float | None
    total_mean_high: float | None
    median: float | None
    top: float | None
    top_share: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Brought:
    """Additive. Customers by what they brought: how many, and how much, by logarithmic bucket of those who brought any.

    `every` is n, sum and sum of squares of all.
    """

    buckets: Ints
    bucket_sums: Floats
    every: Floats

    def __add__(self, other: Brought) -> Brought:
        return Brought(self.buckets + other.buckets, self.bucket_sums + other.bucket_sums, self.every + other.every)

    @property
    def paying(self) -> int:
        return int(self.buckets.sum())

    @property
    def best(self) -> int:
        """How many make up the 1 % who bring most; 0 below 100 paying customers."""
        return self.paying // TOP_ONE_IN

    @property
    def median(self) -> float | None:
        return self._at((self.paying + 1) // 2) if self.paying else None

    @property
    def top(self) -> float | None:
        """What the least of the 1 % who bring most brings; None below 100 paying customers."""
        return self._at(self.paying - self.best + 1) if self.best else None

    @property
    def top_share(self) -> float | None:
        """Share of all that the 1 % bring; None below 100 paying customers."""
        if not self.best:
            return None
        from_the_top = self.buckets[::-1]
        before = np.cumsum(from_the_top) - from_the_top
        taken = np.clip(self.best - before, 0, from_the_top)
        money = (taken * (self.bucket_sums[::-1] / np.maximum(from_the_top, 1))).sum()
        return float(money / self.bucket_sums.sum())

    def _at(self, rank: int) -> float:
        """The mean of the sums beside this rank, the least is the first: the sum itself where they are all alike."""
        bucket = int(np.searchsorted(np.cumsum(self.buckets), rank))
        # What adding up has left in the last digits is no money.
        return float(f"{self.bucket_sums[bucket] / self.buckets[bucket]:.12g}")


def brought_by(owner: Codes, summed: Floats) -> Brought:
    """From the customer of each journey and what the customer brought in all, NaN for journeys not kept."""
    return Brought(*sums_by_customer(owner, summed))


def customers_value(brought: Brought) -> CustomersValue:
    n, money, squares = brought.every.tolist()
    average = mean(money, squares, int(n))
    return CustomersValue(
        customers=int(n),
        paying=brought.paying,
        total=money,
        total_mean=average.value,
        total_mean_low=average.low,
        total_mean_high=average.high,
        median=brought.median,
        top=brought.top,
        top_share=brought.top_share,
    )
