"""One scenario laid over another."""

import copy

from hypothesis import given, settings

from sim.scenario.addresses.changing import change
from sim.scenario.opening.merging import differences, merged
from tests.scenario.tables import scenarios


def test_tables_merge_and_lists_of_tables_merge_by_id():
    base = {"a": {"x": 1, "y": 2}, "items": [{"id": "p", "n": 1}, {"id": "q", "n": 2}], "list": [1, 2]}
    over = {"a": {"y": 3}, "items": [{"id": "r"}, {"id": "q", "m": 4}], "list": [5]}
    assert merged(base, over) == {
        "a": {"x": 1, "y": 3},
        "items": [{"id": "p", "n": 1}, {"id": "q", "n": 2, "m": 4}, {"id": "r"}],
        "list": [5],
    }
    assert base["items"][1] == {"id": "q", "n": 2}


def test_transitions_merge_by_their_id_or_their_ends():
    base = {"transitions": [{"from": "a", "to": "b", "share": 1}, {"id": "other", "from": "a", "to": "b", "share": 2}]}
    over = {"transitions": [{"id": "other", "share": 3}, {"from": "a", "to": "b", "delay": 4}]}
    assert merged(base, over)["transitions"] == [
        {"from": "a", "to": "b", "share": 1, "delay": 4},
        {"id": "other", "from": "a", "to": "b", "share": 3},
    ]


def test_a_new_family_leaves_nothing_of_the_old_distribution():
    base = {"delay": {"family": "lognormal", "median": 1, "sigma": 2}}
    assert merged(base, {"delay": {"family": "exponential", "mean": 3}}) == {
        "delay": {"family": "exponential", "mean": 3}
    }
    assert merged(base, {"delay": {"median": 3}})["delay"] == {"family": "lognormal", "median": 3, "sigma": 2}
    assert merged(base, {"delay": 3}) == {"delay": 3}


@given(scenarios(), scenarios())
@settings(max_examples=60, deadline=None)
def test_the_differences_lead_from_one_to_the_other(base, over):
    both = merged(base, over)
    changed = copy.deepcopy(base)
    for address, value in differences(base, both).items():
        change(changed, address, value)
    assert changed == both
    assert differences(both, both) == {}
