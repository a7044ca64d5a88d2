"""Seven hundred scenario files that went wrong: told in findings, or simulated and shown; never anything else."""

from pathlib import Path

import pytest

from app.desktop.document.drawn_journey import drawn_journey
from app.desktop.document.text_reading import read
from sim.scenario import new_text
from tests.builders import small
from tests.cli.conftest import Journey
from tests.faults.conftest import files_in, stored
from tests.faults.mutations import SCENARIO_CHANGES, SCENARIOS, mutated

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"
AT_ONCE = 25
"""The first so many are among the quick tests, all of them among the slow ones."""


def originals() -> dict[str, bytes]:
    """The shipped scenarios, the small one, and one with a desk and a loop."""
    exponential = {"family": "exponential"}
    desk = {"id": "care", "agents": 2, "service_minutes": exponential | {"mean": 30}, "patience_minutes": 20}
    tables = small(
        desks=[desk],
        population={"size": 100, "arrivals": {"pattern": "profile", "over": 10, "weekly": [1, 1, 1, 1, 1, 2, 2]}},
    )
    tables["touchpoints"][1] |= {"desk": "care", "emotion": {"mean": 0.1, "sd": 0.3}, "effort": 3}
    tables["transitions"].append({"from": "middle", "to": "start", "share": 2, "delay": exponential | {"mean": 0.5}})
    return {
        **{path.stem: path.read_bytes() for path in sorted(SHIPPED.glob("*.toml"))},
        "small": new_text(small()).encode(),
        "desk": new_text(tables).encode(),
    }


@pytest.mark.parametrize(
    "first",
    [pytest.param(first, marks=() if first == 0 else pytest.mark.slow) for first in range(0, SCENARIOS, AT_ONCE)],
)
def test_a_mutated_scenario_is_told_in_findings_or_simulated(journey: Journey, first: int) -> None:
    whole = originals()
    valid = 0
    for number in range(first, first + AT_ONCE):
        name, content = mutated(number, whole, SCENARIO_CHANGES)
        Path("mutated.toml").write_bytes(content)
        which = f"mutation {number} of {name}"
        validated = journey("validate", "mutated.toml")
        fewer = () if "customers need about" in validated.err else ("--customers", 20)
        options = ("--replications", 1, *fewer, "--workers", 1, "--db", "s.sqlite")
        ran = journey("run", "mutated.toml", *options)
        assert validated.code in (0, 2), (which, validated.err)
        assert ran.code == validated.code, (which, validated.err, ran.err)
        assert "should not have" not in validated.err + ran.err, which
        look_at(Path("mutated.toml"), errors=validated.code == 2)
        if ran.code == 0:
            valid += 1
            check_shown(journey, which)
            continue
        assert validated.out == ran.out == "", which
        for line in ran.err.splitlines():
            assert line.isprintable(), (which, line)
            assert ": " in line, (which, line)
            assert "; " in line, (which, line)  # what is wrong; what would be right
    assert 0 < valid < AT_ONCE
    kept = stored(Path("s.sqlite"))
    assert len(kept) == valid
    assert all(rows["replications"] == rows["arms"] for rows in kept.values())
    assert files_in(Path.cwd()) == {"mutated.toml", "s.sqlite"}


def look_at(path: Path, errors: bool) -> None:
    """What the window reads of a file: its journey, as far as there is one, and the same findings."""
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        return  # the window opens no such file
    reading = read(text, path)
    assert errors or reading.file is not None
    drawn_journey(reading.tables)


def check_shown(journey: Journey, which: str) -> None:
    """What was stored is shown, and a customer's story is told or there is none."""
    for command, codes in ((["show", "latest"], {0}), (["explain", "latest", "--customer", 0], {0, 2})):
        ended = journey(*command, "--db", "s.sqlite")
        assert ended.code in codes, (which, command, ended.err)
        assert "should not have" not in ended.err, (which, command)
        assert not {"nan", "inf"} & set(ended.out.split()), (which, command)


@pytest.mark.parametrize(
    "deep",
    ["x = " + "[" * 900, "x = " + "[" * 100_000 + "]" * 100_000, "x = " + "{a=" * 50_000, "a." * 100_000 + "b = 1"],
    ids=["open", "lists", "tables", "keys"],
)
def test_deep_nesting_is_a_finding(journey: Journey, scenario: Path, deep: str) -> None:
    scenario.write_text(deep + "\n" + scenario.read_text())
    for command in (["validate"], ["run"]):
        ended = journey(*command, scenario)
        assert ended.code == 2
        assert "small.toml" in ended.err[:200]
        assert "should not have" not in ended.err
        assert all(len(line) < 1000 for line in ended.err.splitlines())
