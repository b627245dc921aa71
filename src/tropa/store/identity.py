"""Many identifiers, one person: links between identifiers into customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

    def njit(function: Callable[..., Any]) -> Callable[..., Any]: ...
else:
    njit = numba.njit(cache=True, nogil=True)

#: A weak identifier (a cookie, a phone) that more customers carry is no longer one person's: a family shares a tablet,
#: but a shop assistant's phone or a "no phone" placeholder is shared by everybody.
MAX_STRONG_LINKS = 5
#: No person has more identifiers than this; a cluster that has grew together through shared ones.
MAX_CLUSTER = 500


@dataclass(frozen=True, slots=True)
class Stitched:
    """Who is who.

    `customers` (identifier, customer) names every identifier of the links once. `refused` (identifier, links, reason)
    are those that would have glued strangers together: they link nobody and are customers of their own.
    """

    customers: pl.DataFrame
    refused: pl.DataFrame


def stitch(edges: pl.DataFrame, strong: pl.Series | None = None, max_links: int = 50) -> Stitched:
    """Joins identifiers that are linked, directly or through others, into customers.

    Args:
        edges: `identifier_a`, `identifier_b`; empty ones and links of an identifier with itself say nothing.
        strong: identifiers that name a customer in their own right (they occur as `customer_id`). One of them may have
            any number of weak neighbours: a person collects cookies. A weak one is refused when it links more than
            `MAX_STRONG_LINKS` strong ones.
        max_links: an identifier linked with more others is refused (of a strong one only strong others count).

    A cluster of more than `MAX_CLUSTER` identifiers loses its most linked ones, weak before strong, until it is
    smaller; identifiers whose only link is with a strong one glue nobody and do not count there. The customer bears the
    smallest of the cluster's strong identifiers, else the smallest of all. The order of the links does not matter.
    """
    told = _told(edges)
    names = pl.concat([told["identifier_a"], told["identifier_b"].alias("identifier_a")]).unique().sort()
    names = names.alias("identifier")
    if names.len() == 0:
        return Stitched(_customers(names, names), _refused(names, [], [], []))
    graph = _Graph(*_codes(told, names), _strong_mask(names, strong))
    reasons = graph.refuse_hubs(max_links)
    reasons |= graph.shrink_clusters()
    owner = graph.owners()
    dropped = sorted(reasons)
    links = graph.degrees[dropped].tolist()
    return Stitched(_customers(names, names[owner]), _refused(names, dropped, links, [reasons[i] for i in dropped]))


class _Graph:
    """Links between codes of identifiers; codes are in the order of names: the smallest code is the smallest name."""

    def __init__(self, a: NDArray[np.int64], b: NDArray[np.int64], strong: NDArray[np.bool_] | None) -> None:
        self.a, self.b = a, b
        self.size = int(max(a.max(), b.max())) + 1
        self.has_strong = strong is not None
        self.strong = np.zeros(self.size, dtype=np.bool_) if strong is None else strong
        #: Links of each identifier as told, before anything is refused.
        self.degrees = self._count(self.a, self.b)

    def refuse_hubs(self, max_links: int) -> dict[int, str]:
        """Takes out identifiers with more direct links than one person's could have."""
        to_strong = np.bincount(self.a[self.strong[self.b]], minlength=self.size) + np.bincount(
            self.b[self.strong[self.a]], minlength=self.size
        )
        shared = ~self.strong & (to_strong > MAX_STRONG_LINKS)
        many = np.where(self.strong, to_strong, self.degrees) > max_links
        self._drop(shared | many)
        reasons = {int(i): f"linked with {self.degrees[i]} others (at most {max_links})" for i in np.flatnonzero(many)}
        for i in np.flatnonzero(shared):
            reasons[int(i)] = f"linked with {to_strong[i]} customers (at most {MAX_STRONG_LINKS})"
        return reasons

    def shrink_clusters(self) -> dict[int, str]:
        """Takes the most linked identifiers out of clusters that no one person can have."""
        reasons: dict[int, str] = {}
        while True:
            label = self.owners()
            degrees = self._count(self.a, self.b)
            counted = np.ones(self.size, dtype=np.bool_)
            counted[self._leaves_of_strong(degrees)] = False
            sizes = np.bincount(label[counted], minlength=self.size)
            members = np.flatnonzero((sizes[label] > MAX_CLUSTER) & (degrees > 0) & counted)
            if len(members) == 0:
                return reasons
            # Weak before strong, most linked first; the name decides between equals.
            order = members[np.lexsort((members, -degrees[members], self.strong[members], label[members]))]
            begins = np.flatnonzero(np.diff(label[order], prepend=-1))
            place = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
            # One in twenty at a time: one by one, a cluster of a million would take as many rounds.
            chosen = order[place < np.maximum(1, (sizes[label[order]] - MAX_CLUSTER) // 20)]
            for i in chosen:
                size = sizes[label[i]]
                reasons[int(i)] = f"holds together a cluster of {size} identifiers (at most {MAX_CLUSTER})"
            out = np.zeros(self.size, dtype=np.bool_)
            out[chosen] = True
            self._drop(out)

    def owners(self) -> NDArray[np.int64]:
        """For each identifier the one whose name the customer bears: the smallest strong one, else the smallest."""
        codes = np.arange(self.size, dtype=np.int64)
        rank = np.where(self.strong, codes, codes + self.size)
        return np.asarray(_roots(self.a, self.b, rank))

    def _leaves_of_strong(self, degrees: NDArray[np.int64]) -> NDArray[np.int64]:
        if not self.has_strong:
            return np.empty(0, dtype=np.int64)
        a_hangs = (degrees[self.a] == 1) & ~self.strong[self.a] & self.strong[self.b]
        b_hangs = (degrees[self.b] == 1) & ~self.strong[self.b] & self.strong[self.a]
        return np.concatenate([self.a[a_hangs], self.b[b_hangs]])

    def _drop(self, out: NDArray[np.bool_]) -> None:
        keep = ~(out[self.a] | out[self.b])
        self.a, self.b = self.a[keep], self.b[keep]

    def _count(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(a, minlength=self.size) + np.bincount(b, minlength=self.size)


@njit
def _roots(a, b, rank):  # type: ignore[no-untyped-def]
    """Union-find: for each node the node of the lowest rank in its cluster."""
    parent = np.arange(len(rank))
    for edge in range(len(a)):
        left, right = a[edge], b[edge]
        while parent[left] != left:
            parent[left] = parent[parent[left]]
            left = parent[left]
        while parent[right] != right:
            parent[right] = parent[parent[right]]
            right = parent[right]
        if left != right:
            if rank[left] < rank[right]:
                parent[right] = left
            else:
                parent[left] = right
    for node in range(len(parent)):
        root = node
        while parent[root] != root:
            root = parent[root]
        while parent[node] != root:
            parent[node], node = root, parent[node]
    return parent


def _told(edges: pl.DataFrame) -> pl.DataFrame:
    """Links that say something."""
    a, b = pl.col("identifier_a"), pl.col("identifier_b")
    return edges.select(a.cast(pl.String), b.cast(pl.String)).filter((a != b) & (a != "") & (b != ""))


def _codes(told: pl.DataFrame, names: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Links as places in the sorted names, each once whichever way round it was told."""
    places = pl.DataFrame({"identifier": names}).with_row_index("code")
    a, b = (
        told.select(identifier=column)
        .join(places, on="identifier", how="left", maintain_order="left")["code"]
        .cast(pl.Int64)
        .to_numpy()
        for column in ("identifier_a", "identifier_b")
    )
    size = names.len()
    once = np.unique(np.minimum(a, b) * size + np.maximum(a, b))
    return once // size, once % size


def _strong_mask(names: pl.Series, strong: pl.Series | None) -> NDArray[np.bool_] | None:
    if strong is None:
        return None
    known = strong.cast(pl.String).drop_nulls().unique()
    return names.is_in(known.implode()).to_numpy()


def _customers(names: pl.Series, owners: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"identifier": names.cast(pl.String), "customer": owners.cast(pl.String)})


def _refused(names: pl.Series, codes: list[int], links: list[int], reasons: list[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "identifier": names[codes].cast(pl.String),
            "links": pl.Series(links, dtype=pl.Int64),
            "reason": pl.Series(reasons, dtype=pl.String),
        }
    )
