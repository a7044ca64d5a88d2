"""Links, clusters and measures, on records few enough to be judged by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.identity.clusters import clusters
from sim.identity.deterministic import MOST_ON_A_CHANNEL, same_identifiers
from sim.identity.links import Links, links, together
from sim.identity.measures import measures
from tests.identity.small import only, records

ANN, BOB = {"email": "Ann@x.example", "phone": "030 1234567"}, {"email": "bob@x.example"}


def pairs(found: Links) -> dict[tuple[int, int], float]:
    return {
        (left, right): confidence
        for left, right, confidence in zip(
            found.left.tolist(), found.right.tolist(), found.confidence.tolist(), strict=True
        )
    }


def given_links(*each: tuple[int, int, float]) -> Links:
    left, right, confidence = zip(*each, strict=True) if each else ((), (), ())
    return links(np.array(left, np.int64), np.array(right, np.int64), np.array(confidence, float), "deterministic")


def test_records_with_the_same_key_are_linked_as_surely_as_the_surest_of_them() -> None:
    rows = records(ANN, {"email": " ann+news@X.example"}, BOB, ANN, {"phone": "+49 30 1234567"}, {})
    found = same_identifiers(rows, 2, only("deterministic"))
    assert pairs(found) == {(0, 1): 0.98, (0, 3): 0.98, (1, 3): 0.98, (0, 4): 0.95, (3, 4): 0.95}
    assert pairs(same_identifiers(rows, 2, only("deterministic", keys=("phone",)))) == {
        (0, 3): 0.95, (0, 4): 0.95, (3, 4): 0.95,
    }  # fmt: skip
    assert pairs(same_identifiers(rows, 2, only("deterministic", keys=()))) == {}


def test_nothing_links_records_on_which_nothing_was_left() -> None:
    empty = records({}, {"email": "null"}, {"phone": "unknown"}, {"name": " - "}, {"email": "n/a"}, {})
    everything = only("deterministic", keys=("customer_id", "email", "phone", "device", "cookie", "name", "postcode"))
    assert not len(same_identifiers(empty, 2, everything))


@pytest.mark.parametrize(("people", "linked"), [(MOST_ON_A_CHANNEL, True), (MOST_ON_A_CHANNEL + 1, False)])
def test_a_value_that_too_many_have_links_none(people: int, linked: bool) -> None:
    """The shop's own number in every record would make one customer of all (as in splink 1824)."""
    shared = records(*[{"phone": "0301234567"}, {}] * people)
    found = same_identifiers(shared, 2, only("deterministic"))
    assert len(found) == (people * (people - 1) // 2 if linked else 0)


def test_the_surest_of_several_links_between_two_records_counts() -> None:
    one, other = (
        given_links((1, 0, 0.5), (0, 1, 0.7)),
        links(np.array([0]), np.array([1]), np.array([0.9]), "probabilistic"),
    )
    assert pairs(together([one, other])) == {(0, 1): 0.9}
    assert together([one, other]).by_method() == {"probabilistic": 1}
    assert together([]).by_method() == {}


def test_without_graph_clusters_are_the_connected_parts() -> None:
    found = given_links((0, 3, 0.9), (3, 4, 0.9), (1, 2, 0.9))
    assert clusters(found, 6, 2, graph=False).tolist() == [0, 1, 1, 0, 0, 2]


def test_with_graph_the_surest_links_are_taken_until_a_channel_would_be_twice() -> None:
    """Records 0, 2, 4 are on one channel, 1, 3, 5 on the other."""
    chain = given_links((0, 1, 0.7), (1, 2, 0.9), (2, 3, 0.8))
    assert clusters(chain, 6, 2, graph=True).tolist() == [0, 1, 1, 2, 3, 4]
    # Of equal ones the first by number; a part without a channel twice stays as it is.
    equal = given_links((0, 1, 0.9), (1, 2, 0.9), (4, 5, 0.1))
    assert clusters(equal, 6, 2, graph=True).tolist() == [0, 0, 1, 2, 3, 3]


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 4),
    st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23), st.sampled_from([0.5, 0.7, 0.9])), max_size=60),
)
def test_no_profile_of_the_graph_has_two_records_of_a_channel(
    channels: int, drawn: list[tuple[int, int, float]]
) -> None:
    found = given_links(*(each for each in drawn if each[0] != each[1]))
    made, parts = clusters(found, 24, channels, graph=True), clusters(found, 24, channels, graph=False)
    for cluster in range(made.max() + 1):
        members = np.flatnonzero(made == cluster)
        assert len(set((members % channels).tolist())) == len(members)
        assert len(set(parts[members].tolist())) == 1
    crowded = {
        part for part in parts.tolist()
        if len(set((np.flatnonzero(parts == part) % channels).tolist())) < (parts == part).sum()
    }  # fmt: skip
    for part in set(parts.tolist()) - crowded:
        assert len(set(made[parts == part].tolist())) == 1


def test_measures_are_those_counted_by_hand() -> None:
    """Three customers on three channels: the first is found whole, the second but for one record, and mixed."""
    profile = np.array([[0, 0, 0], [1, 1, 2], [1, -1, 3]])
    found = measures(profile)
    assert (found.pairs, found.found, found.joined) == (9, 4, 6)
    assert found.precision == 4 / 6
    assert found.recall == 4 / 9
    assert (found.records, found.profiles, found.mixed_profiles) == (8, 4, 1)
    assert found.mixed_share == 2 / 3
    assert found.linked == (2 / 3, 1.0, 1 / 3)


def test_measures_are_absent_where_there_is_nothing_to_measure() -> None:
    nobody = measures(np.full((3, 2), -1))
    assert (nobody.precision, nobody.recall, nobody.linked) == (None, 0.0, (None, None))
    assert measures(np.array([[0], [1]])).recall is None


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 6), st.integers(1, 4), st.data())
def test_measures_are_those_of_counting_every_pair(customers: int, channels: int, data: st.DataObject) -> None:
    size = customers * channels
    numbers = data.draw(st.lists(st.integers(-1, 5), min_size=size, max_size=size))
    found = measures(np.array(numbers).reshape(customers, channels))
    every = [(i, j) for i in range(size) for j in range(i)]
    own = [(i, j) for i, j in every if i // channels == j // channels]
    joined = [(i, j) for i, j in every if numbers[i] == numbers[j] >= 0]
    assert found.pairs == len(own)
    assert found.joined == len(joined)
    assert found.found == len(set(own) & set(joined))
    mixed = {numbers[i] for i, j in set(joined) - set(own)}
    assert found.mixed_profiles == len(mixed)
    assert found.mixed_customers == len({i // channels for i in range(size) if numbers[i] in mixed})
