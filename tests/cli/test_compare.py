import json
from pathlib import Path

from tests.cli.conftest import Journey, write_scenario


def test_scenarios_are_compared_with_the_first(journey: Journey, scenario: Path) -> None:
    better = write_scenario(Path("better.toml"), id="better", name="A better way", behaviour={"price_index": 0.8})
    ended = journey("compare", scenario, better, "--workers", 1, "--json")
    found = json.loads(ended.out)
    assert ended.code == 0
    assert [(arm["id"], arm["name"]) for arm in found["arms"]] == [("small", "small"), ("better", "A better way")]
    assert {(row["arm"], row["against"]) for row in found["comparisons"]} == {("better", "small")}


def test_a_scenario_compared_with_a_copy_of_itself_differs_by_exactly_nothing(journey: Journey, scenario: Path) -> None:
    copy = write_scenario(Path("copy.toml"))
    found = json.loads(journey("compare", scenario, copy, "--workers", 1, "--json").out)
    assert [arm["id"] for arm in found["arms"]] == ["small", "small-2"]
    assert [arm["name"] for arm in found["arms"]] == [str(scenario), "copy.toml"]
    assert found["comparisons"]
    for row in found["comparisons"]:
        assert (row["difference"]["mean"], row["difference"]["lo"], row["difference"]["hi"]) == (0, 0, 0)


def test_scenarios_of_different_size_and_length_are_told_not_to_compare_in_sums(
    journey: Journey, scenario: Path
) -> None:
    other = write_scenario(Path("other.toml"), id="other", horizon=20, population={"size": 50})
    ended = journey("compare", scenario, other, "--workers", 1)
    assert "different numbers of customers" in ended.err
    assert "different times" in ended.err
    assert journey("compare", scenario, other, "--customers", 40, "--horizon", 9, "--workers", 1).err == ""


def test_arms_of_one_file_are_compared(journey: Journey, scenario: Path) -> None:
    ended = journey("compare", scenario, "--workers", 1)
    assert "Compared with now (paired)" in ended.out


def test_one_scenario_without_arms_has_nothing_to_be_compared_with(journey: Journey) -> None:
    alone = write_scenario(Path("alone.toml"), experiment={"replications": 2})
    ended = journey("compare", alone, "--db", "s.sqlite")
    assert ended.code == 2
    assert "there is only one arm" in ended.err
    assert not Path("s.sqlite").exists()


def test_arms_go_with_one_file(journey: Journey, scenario: Path) -> None:
    ended = journey("compare", scenario, write_scenario(Path("other.toml")), "--arm", "a")
    assert ended.code == 2
    assert "--arm goes with one FILE" in ended.err


def test_a_compared_run_can_be_shown_without_its_files(journey: Journey, scenario: Path) -> None:
    other = write_scenario(Path("other.toml"), id="other", horizon=20)
    first = json.loads(journey("compare", scenario, other, "--workers", 1, "--json").out)
    scenario.unlink()
    other.unlink()
    shown = json.loads(journey("show", "latest", "--json").out)
    assert shown["arms"] == first["arms"]
    assert journey("export", "latest", "-o", "out", "--events").code == 0
