"""What resolution found decides which channels are linked (model 25)."""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import run
from sim.experiment.profiles import profiles_of
from sim.identity import MissingSplinkError, resolution_of
from sim.scenario.scenario import Scenario
from tests.builders import scenario

EVERYTHING = {"customer_id": 1, "email": 1, "phone": 1, "device": 1, "cookie": 1, "name": 1, "postcode": 1}
NO_ERRORS = {
    "households": 0,
    "shared_devices": 0,
    "outdated": {"email": 0, "phone": 0, "device": 0, "cookie": 0, "postcode": 0},
    "typos": {"email": 0, "phone": 0, "name": 0},
}


def shop(identity: dict[str, Any] | None, left: dict[str, Any] = EVERYTHING, **changes: Any) -> Scenario:
    """Customers go back and forth between channels, and are written to."""
    channels = [
        {"id": id_, "identifiers": left, "open_rate": 0.6, "response_rate": 0.5} for id_ in ("web", "app", "email")
    ]
    return scenario(
        **{
            "horizon": 60,
            "population": {"size": 300},
            "channels": channels,
            "touchpoints": [
                {"id": "look", "start": True, "profile_gain": 0.2},
                {"id": "order", "goal": {"kind": "conversion", "value": 50}},
                {"id": "gone", "exit": "churn"},
            ],
            "transitions": [
                {"from": "look", "to": "look", "share": 2, "delay": 1, "id": "again"},
                {"from": "look", "to": "order", "share": 1, "delay": 1},
                {"from": "order", "to": "look", "share": 1, "delay": 3},
                {"from": "look", "to": "gone", "share": 0.2, "delay": 1},
            ],
            "orchestration": {"policy": "rules", "gap_hours": 30, "caps": {"total": {"max": 3, "days": 7}}},
            "personalization": {"level": "individual", "over": ["content", "timing"]},
            "actions": [{"id": "news", "kind": "message", "channels": ["email", "app"]}],
            "rules": [
                {"id": "look", "when": {"entered": "look"}, "do": "news"},
                {"id": "each", "when": {"tick": True}, "do": "news"},
            ],
            "experiment": {"replications": 2},
        }
        | ({} if identity is None else {"identity": identity})
        | changes
    )


def outcomes(of: Scenario) -> list[Any]:
    return [each.arms[0].outcomes for each in run(of, workers=1).replications]


def test_whoever_is_known_everywhere_is_as_without_identities_to_the_last_digit() -> None:
    assert outcomes(shop({"methods": ["deterministic"]} | NO_ERRORS)) == outcomes(shop(None))


def test_where_nobody_is_known_no_context_is_kept() -> None:
    known, unknown = outcomes(shop(None))[0]["all"], outcomes(shop({"methods": []}))[0]["all"]
    assert known["context_kept_rate"] > 0.5
    assert unknown["context_kept_rate"] == 0


def test_under_multi_identities_change_nothing() -> None:
    apart = {"integration": {"mode": "multi"}}
    assert outcomes(shop({"methods": []}, **apart)) == outcomes(shop(None, **apart))


def test_the_engine_gets_the_profile_of_each_record_if_anything_was_left() -> None:
    of = shop({"methods": ["deterministic"]}, left={"email": 0.6, "phone": 0.4})
    found, profiles = resolution_of(of, 7), profiles_of(of, 7)
    assert profiles is not None
    left = found.profile >= 0
    assert (profiles[left] == found.profile[left]).all()
    assert (profiles == -1 - np.arange(3))[~left].all()
    assert (profiles < 0).any()


def test_rates_that_are_uncertain_are_resolved_anew_in_each_replication() -> None:
    spread = {"identity.outdated.email": {"family": "uniform", "low": 0.2, "high": 0.9}}
    unsure = shop({"methods": ["deterministic"]}, left={"email": 0.9}, uncertainty=spread)
    found = run(unsure, workers=1).replications
    kept = [each.arms[0].drawn["all"]["context_kept_rate"] for each in found]
    plain = [each.arms[0].outcomes["all"]["context_kept_rate"] for each in found]
    assert all(drawn < sure for drawn, sure in zip(kept, plain, strict=True))


def test_simulating_identities_without_profiles_is_refused() -> None:
    from sim.engine import compile_program, simulate

    of = shop({"methods": []})
    with pytest.raises(ValueError, match="profiles"):
        simulate(compile_program(of, of), 1, 0)


ASIDE = """
import sys
from pathlib import Path
from sim.experiment.profiles import _find_out, find_out_aside, profiles_of
from sim.identity import kept
from sim.scenario import load
from sim.shipped import shipped_scenarios
scenario = load(shipped_scenarios()["identity-gap"])
few = scenario.model_copy(update={"population": scenario.population.model_copy(update={"size": 60})})
kept.folder = lambda: Path("where nothing is kept")
find_out_aside()
found = profiles_of(few, 3)
print("splink" in sys.modules, "pandas" in sys.modules)
print((found == _find_out(few, 3)).all(), "splink" in sys.modules)
"""


def test_another_process_finds_out_who_is_who_where_that_is_wanted(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", ASIDE], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True", "True"]


def test_that_splink_is_missing_can_be_told_by_another_process() -> None:
    told = pickle.loads(pickle.dumps(MissingSplinkError()))
    assert isinstance(told, MissingSplinkError)
    assert str(told) == str(MissingSplinkError())
