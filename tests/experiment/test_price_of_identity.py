"""What errors of resolution cost, missed and wrong merges apart, with the same customers and luck (model 32)."""

from itertools import pairwise
from typing import Any

import pytest

from sim import run
from sim.experiment.profiles import profiles_of
from sim.identity import resolution_of
from sim.scenario import Arm, load, override
from sim.scenario.scenario import Scenario
from sim.shipped import shipped_scenarios
from tests.experiment.test_profiles import EVERYTHING, outcomes, shop

RECALLS = (1.0, 0.875, 0.75, 0.625, 0.5)


def shipped(name: str) -> Scenario:
    return load(shipped_scenarios()[name])


def showing_cards(recall: float) -> dict[str, Any]:
    """So many leave their customer number on each channel, and that alone links: a pair is found if both are left."""
    channels = [channel.id for channel in shipped("identity-gap").channels]
    left: dict[str, Any] = {f"channels.{channel}.identifiers.customer_id": recall**0.5 for channel in channels}
    return left | {"identity.methods": ["deterministic"], "identity.keys": ["customer_id"]}


def test_links_are_lost_one_after_another_as_recall_falls() -> None:
    of = shipped("identity-gap")
    few = of.model_copy(update={"population": of.population.model_copy(update={"size": 2000})})
    found = [resolution_of(override(few, showing_cards(recall)), 2026) for recall in RECALLS]
    assert [each.measures.recall for each in found] == [pytest.approx(recall, abs=0.02) for recall in RECALLS]
    assert all(each.measures.mixed_profiles == 0 for each in found)
    for more, fewer in pairwise(found):
        assert not (fewer.linked & ~more.linked).any(), "what is found with fewer was found with more"


@pytest.mark.slow
def test_profit_falls_step_by_step_as_recall_falls_from_all_to_half() -> None:
    arms = [Arm(id=f"recall-{number}", set=showing_cards(recall)) for number, recall in enumerate(RECALLS)]
    results = run(shipped("identity-gap"), arms=arms, customers=2500, replications=24)
    for before, after in pairwise(arms):
        step = results.compare(after.id, before.id).differences["profit"].interval
        assert step.hi < 0, (after.id, step)


@pytest.mark.slow
def test_wrong_and_missed_merges_are_priced_apart() -> None:
    kinds = ("nothing", "wrong-merges", "missed-merges", "everything")
    arms = [Arm(id=kind, set={"identity.corrected": kind}) for kind in kinds]
    results = run(shipped("wrong-merge"), arms=arms, replications=20)
    for better, worse in (
        ("wrong-merges", "nothing"),
        ("missed-merges", "nothing"),
        ("everything", "wrong-merges"),
        ("everything", "missed-merges"),
    ):
        assert results.compare(better, worse).differences["profit"].interval.lo > 0, (better, worse)


ASKING = [
    {"id": "look", "when": {"entered": "look"}, "do": "news", "if": [["profile.contacts", "<", 6]]},
    {"id": "each", "when": {"tick": True}, "do": "news", "if": [["profile.purchases", "==", 0]]},
]
FAMILIES = {"methods": ["deterministic"], "keys": ["customer_id", "device"], "households": 0.8, "shared_devices": 1}
SOME = {"customer_id": 0.7, "email": 0, "phone": 0, "device": 0.8, "cookie": 0, "name": 0, "postcode": 0}


def families(corrected: str, left: dict[str, Any] = SOME) -> Scenario:
    return shop(FAMILIES | {"corrected": corrected}, left, rules=ASKING)


def test_with_everything_put_right_it_is_as_with_perfect_identifiers_to_the_last_digit() -> None:
    known = shop({"methods": ["deterministic"], "keys": ["customer_id"]}, EVERYTHING, rules=ASKING)
    assert outcomes(families("everything")) == outcomes(known)
    assert len({str(outcomes(families(kind))) for kind in ("nothing", "wrong-merges", "missed-merges")}) == 3


def test_undoing_wrong_merges_leaves_what_is_linked_as_it_is() -> None:
    found, split = (profiles_of(families(kind), 1) for kind in ("nothing", "wrong-merges"))
    assert found is not None
    assert split is not None
    assert ((found[:, :, None] == found[:, None, :]) == (split[:, :, None] == split[:, None, :])).all()
    assert (found != split).any()


def test_where_no_rule_asks_for_the_profile_wrong_merges_do_nothing() -> None:
    deaf = [{"id": "look", "when": {"entered": "look"}, "do": "news"}]
    found, split = (shop(FAMILIES | {"corrected": kind}, SOME, rules=deaf) for kind in ("nothing", "wrong-merges"))
    assert outcomes(found) == outcomes(split)
