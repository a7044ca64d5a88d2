"""`journey train`: scores into a new file, with how good they are; codes as everywhere."""

import json
from pathlib import Path

import pytest

from sim.scenario import edit, new_text, open_scenario
from sim.scenario.tables import tables_of
from tests.builders import small
from tests.oracle.scenarios_profiled import asked_of_the_profile
from tests.scenario.finding import findings
from tests.training.test_actions import brand

pytest.importorskip("sklearn")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    tables = small(**asked_of_the_profile()) | {"population": {"size": 1500}, "horizon": 60}
    path.write_text("# by hand\n" + new_text(tables))
    return path


def test_scores_are_written_into_a_new_file_and_told(journey, shop: Path, tmp_path: Path) -> None:
    output = tmp_path / "trained.toml"
    ended = journey("train", shop, "-o", output, "--seed", 4)
    assert ended.code == 0, ended.err
    assert "churn-risk: of 100 customers looked at" in ended.out
    assert "calibration error" in ended.out
    assert "purchase-propensity" in ended.out
    trained = open_scenario(output)
    assert output.read_text().startswith("# by hand\n")
    assert "saved-by-actions" in ended.out
    assert "Qini" in ended.out
    trained_scores = {"churn-risk", "saved-by-actions", "purchase-propensity", "won-by-actions", "lifetime-value"}
    assert {"keen", "risk", *trained_scores} == set(trained.scenario.scores)
    risk = trained.scenario.scores["churn-risk"]
    assert "profile.idle_days" in risk.weights
    assert open_scenario(shop).scenario == trained.scenario.model_copy(
        update={"scores": open_scenario(shop).scenario.scores}
    )


def test_as_json_with_what_was_written(journey, shop: Path, tmp_path: Path) -> None:
    output = tmp_path / "trained.toml"
    asked = ("train", shop, "-o", output, "--foresee", "churn", "--within", 20, "--json", "--quiet")
    document = json.loads(journey(*asked).out)
    [told] = document["scores"].values()
    written = open_scenario(output).scenario.scores["churn-risk"]
    assert written.weights.keys() == told["weights"].keys()
    for name, weight in written.weights.items():
        assert weight == pytest.approx(told["weights"][name]["value"], rel=1e-5)
        assert told["weights"][name]["lo"] < weight < told["weights"][name]["hi"]
    assert told["days"] == [20, 40]
    assert 0 < told["auc"] < 1
    assert len(told["tenths"]) == 10
    assert sum(part["looks"] for part in told["tenths"]) == told["tested"]
    uplift = told["uplift"]
    assert uplift["score"] == "saved-by-actions"
    assert len(uplift["tenths"]) == len(uplift["tenths_by_likelihood"]) == 10
    assert sum(part["looks"] for part in uplift["tenths"]) == uplift["tested"]
    qini, other, more = (uplift[name]["value"] for name in ("qini", "qini_by_likelihood", "qini_more"))
    assert more == pytest.approx(qini - other)
    weights = open_scenario(output).scenario.scores["saved-by-actions"].weights
    assert weights.keys() == uplift["weights"].keys()
    assert "profile.contacts" in weights
    assert "profile.messages" not in weights
    again = json.loads(journey(*asked, "--force").out)
    assert again["scores"] == document["scores"]


def test_what_somebody_brings_is_an_amount_that_rules_can_ask_for(journey, shop: Path, tmp_path: Path) -> None:
    output = tmp_path / "trained.toml"
    asked = ("train", shop, "-o", output, "--foresee", "value", "--within", 20)
    told = json.loads(journey(*asked, "--json", "--quiet").out)["scores"]["lifetime-value"]
    score = open_scenario(output).scenario.scores["lifetime-value"]
    assert score.kind == "amount"
    assert score.intercept == pytest.approx(told["intercept"]["value"], rel=1e-5)
    assert sum(part["share"] for part in told["tenths"]) == pytest.approx(1)
    printed = journey(*asked, "--force").out
    assert "lifetime-value: a customer looked at brings" in printed
    assert "rank correlation" in " ".join(printed.split())
    text = edit(output.read_text(), {"rules.keen.if": [["scores.lifetime-value", ">", 30]]})
    assert findings(text) == ()


def test_a_brand_that_does_nothing_has_no_uplift(journey, shop: Path, tmp_path: Path) -> None:
    output = tmp_path / "trained.toml"
    asked = ("train", shop, "-o", output, "--foresee", "churn", "--set", "orchestration.policy=none")
    assert "No saved-by-actions" in journey(*asked).out
    assert "saved-by-actions" not in open_scenario(output).scenario.scores
    document = json.loads(journey(*asked, "--force", "--json").out)
    assert document["scores"]["churn-risk"]["uplift"] is None


def test_what_actions_bring_is_written_and_told_where_rules_leave_a_choice(journey, tmp_path: Path) -> None:
    chosen, output = tmp_path / "chosen.toml", tmp_path / "trained.toml"
    chosen.write_text(new_text(tables_of(brand(size=2000))))
    asked = ("train", chosen, "-o", output, "--foresee", "purchase", "--within", 14)
    assert "What choosing an action brings within 14 days" in journey(*asked).out
    told = json.loads(journey(*asked, "--force", "--json").out)["gains"]
    written = open_scenario(output).scenario.gains
    assert len(written) == len(told) == 9
    for gain, figures in zip(written, told, strict=True):
        assert (gain.action, gain.channel, gain.segment, gain.stage) == tuple(
            figures[name] for name in ("action", "channel", "segment", "stage")
        )
        assert gain.gain == pytest.approx(figures["gain"]["value"], rel=1e-5)
        assert gain.error == pytest.approx(figures["gain"]["error"], rel=1e-5)
    again = tmp_path / "again.toml"
    asked = ("train", output, "-o", again, "--foresee", "purchase", "--within", 14, "--seed", 9)
    assert journey(*asked).code == 0
    anew = open_scenario(again).scenario.gains
    assert [gain.id for gain in anew] == [gain.id for gain in written]
    assert anew != written


def test_what_cannot_be_done_is_told(journey, shop: Path, tmp_path: Path) -> None:
    output = tmp_path / "trained.toml"
    assert journey("train", shop, "-o", output, "--within", 31).code == 2
    assert journey("train", shop, "-o", shop).code == 2
    nobody = tmp_path / "nobody.toml"
    far = [
        {"from": "start", "to": "middle", "share": 1, "delay": 100},
        {"from": "middle", "to": "done", "share": 3, "delay": 1},
        {"from": "middle", "to": "gone", "share": 1, "delay": 1},
    ]
    nobody.write_text(new_text(small(horizon=90, transitions=far)))
    ended = journey("train", nobody, "-o", output)
    assert ended.code == 2
    assert "nobody did" in ended.err
    assert not output.exists()


def test_a_run_tells_whether_trained_scores_still_come_true(journey, shop: Path, tmp_path: Path) -> None:
    output = tmp_path / "trained.toml"
    trained = ("train", shop, "-o", output, "--foresee", "churn", "--foresee", "value", "--within", 10)
    assert journey(*trained).code == 0
    written = open_scenario(output).scenario.scores
    assert (written["churn-risk"].foresees, written["churn-risk"].within) == ("churn", 10)
    assert written["saved-by-actions"].foresees is None
    run = json.loads(journey("run", output, "--replications", 1, "--workers", 1, "--json").out)["run"]
    watched = json.loads(journey("explain", run, "--watch", "--json").out)["watched"]
    assert [(each["id"], each["day"]) for each in watched] == [
        (name, day) for name in ("churn-risk", "lifetime-value") for day in (10, 20, 30, 40, 50)
    ]
    printed = journey("explain", run, "--watch").out
    assert ("does not come true" in printed or "do not come true" in printed) == any(each["off"] for each in watched)
    assert printed.count(", off") == sum(each["off"] for each in watched)
    neither = journey("explain", run, "--watch", "--customer", 3)
    assert neither.code == 2
    assert "one of them" in neither.err
