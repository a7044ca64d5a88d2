"""The records around a customer."""

import numpy as np

from sim.identity import Records, draw_records, resolution_of, resolve
from sim.identity.around import around, mixed_customers, parted_customers
from sim.identity.links import links
from sim.identity.resolution import Resolution
from sim.scenario import Scenario
from tests.identity.small import known, texts

CHANNELS = ("web", "shop")
HOMES = {"methods": ["deterministic"], "keys": ["device", "email"], "households": 0.6, "shared_devices": 1}


def families() -> Scenario:
    """Households with one device for two, so that many are taken for one person."""
    return known(300, HOMES, web={"device": 0.6, "email": 0.3}, app={"device": 0.6}, shop={"email": 0.5})


def resolution(profile: list[list[int]], pairs: tuple[tuple[int, int], ...] = ()) -> Resolution:
    """Profiles by customer and channel, and links between records by their numbers."""
    left, right = (np.array([pair[end] for pair in pairs], np.int64) for end in (0, 1))
    found = links(left, right, np.full(len(pairs), 0.9), "deterministic")
    return Resolution(("deterministic",), CHANNELS, np.array(profile), found)


def test_who_is_mixed_up_and_who_is_split_up() -> None:
    found = resolution([[0, 0], [1, 2], [2, -1], [-1, -1], [3, 3]])
    assert mixed_customers(found) == [1, 2]
    assert parted_customers(found) == [1]
    assert mixed_customers(resolution([[-1, -1]])) == parted_customers(resolution([[-1, -1]])) == []


def test_what_is_drawn_agrees_with_what_is_counted() -> None:
    scenario = families()
    found = resolve(scenario, 5)
    assert len(mixed_customers(found)) == found.measures.mixed_customers > 20
    one_profile = [
        customer
        for customer, profiles in enumerate(found.profile.tolist())
        if len({each for each in profiles if each >= 0}) > 1
    ]
    assert parted_customers(found) == one_profile


def test_all_of_the_customer_and_what_is_taken_for_theirs() -> None:
    scenario = families()
    records, found = draw_records(scenario, 5), resolution_of(scenario, 5)
    for customer in (*mixed_customers(found)[:5], *parted_customers(found)[:5], 0):
        seen = around(records, found, customer)
        own = [record for record in seen.records if record.customer == customer]
        assert [record.channel for record in own] == list(found.channels)
        theirs = {record.profile for record in own} - {-1}
        others = seen.records[len(own) :]
        assert all(record.customer != customer and record.profile in theirs for record in others)
        count = sum(int((found.profile == profile).sum()) for profile in theirs)
        assert len([record for record in seen.records if record.profile >= 0]) == count
        for link in seen.links:
            one, other = seen.records[link.one], seen.records[link.other]
            same = [kind for kind in ("device", "email") if one.written.get(kind)]
            assert any(other.written.get(kind) for kind in same)
            assert 0 < link.confidence <= 1


def test_links_are_those_between_the_records_that_are_shown() -> None:
    found = resolution([[0, 0], [0, 1]], ((0, 1), (1, 2), (2, 3)))

    seen = around(Records(2, CHANNELS, {"email": texts(["a", "b", "", "d"])}), found, 0)
    assert [(record.customer, record.channel) for record in seen.records] == [(0, "web"), (0, "shop"), (1, "web")]
    assert [(link.one, link.other) for link in seen.links] == [(0, 1), (1, 2)]
    assert seen.records[2].written == {}
