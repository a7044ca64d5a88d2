"""What a plan says of the values that tell its run from others of the scenario."""

from dataclasses import replace

import pytest

from sim.experiment import plan, settings
from sim.scenario import Arm, Variant, override
from tests.builders import scenario as small

ARMS = (
    Arm(id="now"),
    Arm(id="dearer", set={"behaviour.price_index": 1.2}),
    Arm(id="with-sms", set={'channels."sms"': {"id": "sms", "kind": "digital", "mix": 0.2}, "channels.sms.mix": 0.4}),
)


def test_each_arm_tells_what_any_of_them_sets() -> None:
    found = plan(small(), arms=ARMS).settings.values()
    assert {arm: told["behaviour.price_index"] for arm, told in found.items()} == {
        "now": 1.0, "dearer": 1.2, "with-sms": 1.0,
    }  # fmt: skip
    assert {arm: told["channels.sms.mix"] for arm, told in found.items()} == {
        "now": None, "dearer": None, "with-sms": 0.4,
    }  # fmt: skip


def test_what_a_run_is_given_stands_under_every_arm_as_it_was_given() -> None:
    buying = small(
        channels=[
            {
                "id": "ads",
                "kind": "digital",
                "acquisition": {"spend": 500.0, "saturation": 1000.0, "cost_per_arrival": 2.0},
            }
        ],
        population={"size": 100},
    )
    changed = override(buying, {"channels.ads.acquisition.spend": 300.0})
    given = {"customers": 50, "horizon": 10.0, "seed": 4, "changed": ["channels.ads.acquisition.spend"]}
    found = plan(
        changed, arms=(ARMS[0], Arm(id="long", set={"horizon": 20.0})), replications=2, **given
    ).settings.values()
    each = {
        "channels.ads.acquisition.spend": 300.0, "population.size": 50, "horizon": 10.0, "experiment.seed": 4,
    }  # fmt: skip
    assert found == {"now": each, "long": each}


def test_a_scenario_as_it_is_has_no_settings() -> None:
    assert plan(small(), replications=2).settings.values() == {"base": {}}


def test_a_whole_scenario_as_an_arm_tells_where_it_differs() -> None:
    base = small()
    [as_it_is] = plan(base).variants
    other = Variant("other", "Other", override(base, {"behaviour.price_index": 1.1, "name": "Another"}))
    found = plan(base, arms=[replace(as_it_is, id="one"), other]).settings.values()
    assert found == {"one": {"behaviour.price_index": 1.0}, "other": {"behaviour.price_index": 1.1}}


def test_where_very_many_arms_set_very_many_values_each_tells_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    arms = (ARMS[0], ARMS[1], Arm(id="slower", set={"behaviour.stickiness": 0.5}))
    monkeypatch.setattr(settings, "MOST", 5)
    found = plan(small(), arms=arms, horizon=10.0).settings.values()
    assert found == {
        "now": {"horizon": 10.0},
        "dearer": {"behaviour.price_index": 1.2, "horizon": 10.0},
        "slower": {"behaviour.stickiness": 0.5, "horizon": 10.0},
    }
