"""`journey identity`: one sentence that answers, a column for each method, codes as everywhere."""

import json
import sys
from pathlib import Path

import pytest

from sim.identity import kept
from sim.scenario import new_text
from tests.builders import small
from tests.cli.conftest import Journey
from tests.identity.small import FLAWLESS

CHANNELS = [{"id": "web", "name": "Website"}, {"id": "app", "kind": "device", "identifiers": {"customer_id": 1}}]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "identity")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(new_text(small(identity={}, channels=CHANNELS, population={"size": 300})))
    return path


def test_the_first_sentence_answers_and_each_method_has_a_column(journey: Journey, shop: Path) -> None:
    ended = journey("identity", shop, "--seed", 3)
    assert ended.code == 0
    first, second, *rest = ended.out.splitlines()
    assert first.endswith("· 2 channels · seed 3")
    assert second.startswith("Of 100 pairs of records that belong together, ")
    head = next(line for line in rest if "deterministic" in line)
    assert head.split() == ["deterministic", "+", "probabilistic", "+", "graph"]
    assert any(line.startswith("Records linked: Website") for line in rest)


def test_the_document_says_what_the_table_says(journey: Journey, shop: Path) -> None:
    document = json.loads(journey("identity", shop, "--json", "--quiet").out)
    assert [step["methods"] for step in document["steps"]] == [
        ["deterministic"], ["deterministic", "probabilistic"], ["deterministic", "probabilistic", "graph"],
    ]  # fmt: skip
    last = document["steps"][-1]
    assert last["recall"] == last["pairs_found"] / last["pairs"]
    assert last["precision"] == last["pairs_found"] / last["pairs_joined"]
    assert set(last["linked"]) == {"web", "app"}
    assert document["customers"] == 300


def test_values_customers_and_seed_are_those_asked_for(journey: Journey, shop: Path) -> None:
    def recall(*more: str) -> float:
        asked = ("identity", shop, "--json", "--quiet", "--set", 'identity.methods=["deterministic"]', *more)
        return float(json.loads(journey(*asked).out)["steps"][0]["recall"])

    assert recall("--set", "channels.web.identifiers.customer_id=1") == 1.0
    assert recall("--set", "channels.web.identifiers.customer_id=0") < 1.0
    assert json.loads(journey("identity", shop, "--json", "--customers", "40").out)["customers"] == 40
    assert recall("--seed", "1") != recall("--seed", "2")


def test_perfect_identifiers_are_told_as_perfect(journey: Journey, tmp_path: Path) -> None:
    path = tmp_path / "perfect.toml"
    channels = [{"id": id_, "identifiers": {"customer_id": 1}} for id_ in ("web", "app")]
    path.write_text(new_text(small(identity=FLAWLESS, channels=channels, population={"size": 50})))
    ended = journey("identity", path, "--set", 'identity.methods=["deterministic"]')
    sentence = "Of 100 pairs of records that belong together, 100 are found; no profile mixes several people."
    assert sentence in " ".join(ended.out.split())


def test_without_methods_there_is_one_column(journey: Journey, shop: Path) -> None:
    ended = journey("identity", shop, "--set", "identity.methods=[]")
    assert ended.code == 0
    assert "no method" in ended.out


def test_a_scenario_without_identity_is_told_what_to_add(journey: Journey, tmp_path: Path) -> None:
    path = tmp_path / "plain.toml"
    path.write_text(new_text(small()))
    ended = journey("identity", path)
    assert ended.code == 2
    assert "add the table [identity]" in ended.err


@pytest.mark.parametrize("command", ["identity", "run"])
def test_without_splink_it_is_told_what_to_install_or_leave_out(
    command: str, journey: Journey, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    ended = journey(command, shop)
    assert ended.code == 2
    assert "journey-sandbox[identity]" in ended.err
    assert 'leave "probabilistic" out' in ended.err
    assert journey(command, shop, "--set", 'identity.methods=["deterministic", "graph"]').code == 0


def test_what_takes_long_is_said_in_a_log_and_quiet_means_quiet(
    journey: Journey, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr("app.cli.screen.time.monotonic", lambda: float(next(clock)))
    assert "Linking records: probabilistic ..." in journey("identity", shop).err
    assert journey("identity", shop, "--quiet", "--seed", 9).err == ""


def test_what_is_put_right_before_a_run_is_said_and_changes_no_figure(journey: Journey, shop: Path) -> None:
    asked = ("identity", shop, "--set", 'identity.methods=["deterministic"]')
    undone = (*asked, "--set", "identity.corrected=wrong-merges")
    said = " ".join(journey(*undone).out.split())
    assert said.endswith("In a run, profiles that mix several people are split, as if somebody knew the truth.")
    found, corrected = (json.loads(journey(*each, "--json").out) for each in (asked, undone))
    assert (found.pop("corrected"), corrected.pop("corrected")) == ("nothing", "wrong-merges")
    assert found == corrected
