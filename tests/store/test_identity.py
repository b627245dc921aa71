"""Many identifiers become one customer, and strangers stay strangers."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.store.identity import MAX_CLUSTER, Stitched, stitch

Pairs = list[tuple[str, str]]


def frame(pairs: Pairs) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"identifier_a": pl.String, "identifier_b": pl.String}, orient="row")


def stitched(pairs: Pairs, strong: list[str] | None = None, max_links: int = 50) -> Stitched:
    return stitch(frame(pairs), None if strong is None else pl.Series(strong, dtype=pl.String), max_links)


def owners(result: Stitched) -> dict[str, str]:
    return dict(result.customers.rows())


def test_links_go_through_others() -> None:
    result = stitched([("b", "c"), ("c", "d"), ("x", "y")])
    assert owners(result) == {"b": "b", "c": "b", "d": "b", "x": "x", "y": "x"}
    assert result.refused.is_empty()


def test_the_smallest_strong_identifier_names_the_customer() -> None:
    pairs = [("a-cookie", "u2"), ("a-cookie", "u1"), ("b", "c")]
    assert owners(stitched(pairs, ["u1", "u2", "other"])) == {
        "a-cookie": "u1",
        "u1": "u1",
        "u2": "u1",
        "b": "b",
        "c": "b",
    }


def test_links_that_say_nothing() -> None:
    edges = pl.DataFrame({"identifier_a": ["a", None, "", "b", "b"], "identifier_b": ["a", "x", "y", "c", None]})
    assert owners(stitch(edges)) == {"b": "b", "c": "b"}
    empty = stitched([])
    assert empty.customers.schema == {"identifier": pl.String, "customer": pl.String}
    assert empty.refused.schema == {"identifier": pl.String, "links": pl.Int64, "reason": pl.String}


def test_an_identifier_with_too_many_links_glues_nobody() -> None:
    hub = [("hub", f"n{i}") for i in range(51)]
    result = stitched([*hub, ("n1", "n2")])
    assert result.refused.rows() == [("hub", 51, "linked with 51 others (at most 50)")]
    assert owners(result)["hub"] == "hub"
    assert owners(result)["n2"] == "n1"
    assert len(set(owners(result).values())) == 51
    assert set(owners(stitched(hub[:50])).values()) == {"hub"}


def test_the_same_link_told_twice_or_the_other_way_round_is_one_link() -> None:
    pairs = [("hub", f"n{i}") for i in range(50)]
    assert stitched([*pairs, *pairs, *((b, a) for a, b in pairs)]).refused.is_empty()


def test_a_customer_may_have_many_cookies() -> None:
    result = stitched([("user", f"cookie{i}") for i in range(3_000)], ["user"])
    assert result.refused.is_empty()
    assert set(owners(result).values()) == {"user"}


def test_a_phone_that_six_customers_carry_is_nobody_s() -> None:
    users = [f"u{i}" for i in range(6)]
    result = stitched([(user, "phone") for user in users], users)
    assert result.refused.rows() == [("phone", 6, "linked with 6 customers (at most 5)")]
    assert all(owners(result)[user] == user for user in users)
    five = stitched([(user, "phone") for user in users[:5]], users)
    assert set(owners(five).values()) == {"u0"}


def test_a_customer_linked_with_too_many_customers() -> None:
    users = [f"u{i:02}" for i in range(52)]
    result = stitched([("u00", user) for user in users[1:]], users)
    assert result.refused["identifier"].to_list() == ["u00"]


def test_a_cluster_too_large_for_one_person_falls_apart_at_its_most_linked() -> None:
    # Thirty groups of twenty in a chain: each group's middle holds it together, bridges join the groups.
    pairs = [(f"m{g:02}", f"x{g:02}-{i}") for g in range(30) for i in range(20)]
    pairs += [(f"x{g:02}-0", f"x{g + 1:02}-1") for g in range(29)]
    result = stitched(pairs)
    sizes = result.customers["customer"].value_counts()["count"]
    assert sizes.max() <= MAX_CLUSTER  # type: ignore[operator]
    assert result.refused.height >= 1
    assert all(name.startswith("m") for name in result.refused["identifier"])
    assert result.refused["reason"][0].startswith("holds together a cluster of 630 identifiers")
    kept = result.customers.filter(~pl.col("identifier").is_in(result.refused["identifier"].implode()))
    assert kept["customer"].value_counts()["count"].max() > 100, "no more is taken apart than has to be"  # type: ignore[operator]


def test_a_tangle_of_a_hundred_thousand_comes_apart_in_time() -> None:
    rng = random.Random(3)
    pairs = [(f"i{rng.randrange(60_000)}", f"i{rng.randrange(60_000)}") for _ in range(100_000)]
    result = stitched(pairs)
    assert result.customers["customer"].value_counts()["count"].max() <= MAX_CLUSTER  # type: ignore[operator]
    refused = set(result.refused["identifier"])
    assert all(owner == name for name, owner in result.customers.rows() if name in refused)


NAMES = st.sampled_from([f"{letter}{number}" for letter in "abc" for number in range(6)])


@settings(deadline=None)  # compiled on the first call
@given(st.lists(st.tuples(NAMES, NAMES), max_size=40), st.lists(NAMES, max_size=5), st.randoms())
def test_the_order_of_links_does_not_matter_and_clusters_are_right(
    pairs: Pairs, strong: list[str], rng: random.Random
) -> None:
    result = stitched(pairs, strong, max_links=100)
    shuffled = [(b, a) if rng.random() < 0.5 else (a, b) for a, b in pairs]
    rng.shuffle(shuffled)
    again = stitched(shuffled, strong, max_links=100)
    assert result.customers.equals(again.customers)
    assert result.refused.equals(again.refused)
    refused = set(result.refused["identifier"])
    groups: list[set[str]] = [{name} for name in owners(result)]
    for a, b in pairs:
        if a != b and not {a, b} & refused:
            first = next(group for group in groups if a in group)
            second = next(group for group in groups if b in group)
            if first is not second:
                groups.remove(second)
                first |= second
    for group in groups:
        name = min(group & set(strong) or group)
        assert {owners(result)[member] for member in group} == {name}
