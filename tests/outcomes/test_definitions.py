import importlib
import re
import runpy
from pathlib import Path

import pytest

from sim.outcomes import DEFINITIONS, HEADLINES, Outcome, measure, possible, reference
from sim.outcomes.curve_definitions import CURVES
from sim.outcomes.outcome import signed
from sim.outcomes.reference import page
from sim.outcomes.series import SERIES
from tests.builders import scenario
from tests.histories import Person, history

CONTRACT = (
    "arrivals", "conversion_rate", "purchase_rate", "completion_rate", "repeat_rate", "order_value",
    "retention_7", "retention_30", "retention_90", "retention_180", "retention_365", "retained_per_arrival_30",
    "retained_per_arrival_90", "retained_per_arrival_365", "active_30", "churn_rate", "reactivation_rate",
    "time_to_convert_days", "time_to_value_days", "revenue", "cost", "acquisition_cost", "profit", "roi", "roas",
    "cost_per_acquisition", "clv", "payback_days", "contacts_per_customer", "delivery_rate", "open_rate",
    "response_rate", "opt_out_rate", "handoffs_per_customer", "context_kept_rate", "conflicts_per_customer",
    "duplicates_per_customer", "nothing_90", "desk_wait_minutes", "desk_abandon_rate", "desk_turned_away_rate",
    "bot_containment_rate", "nps", "csat", "ces", "sentiment", "effort", "budget_overshoot", "incremental_roi",
    "retention_90_both", "converted_within_30", "converted_within_90", "converted_within_365", "churned_within_30",
    "churned_within_90", "churned_within_365", "pays_back_rate", "desk_still_waiting_rate",
)  # fmt: skip


def test_every_outcome_that_others_rely_on_is_defined() -> None:
    assert set(CONTRACT) <= set(DEFINITIONS)
    assert set(DEFINITIONS) - set(CONTRACT) == {
        "nps_true",
        "csat_true",
        "ces_true",
        "contacts_noted_rate",
        "messages_per_customer",
        "transactional_per_customer",
        "open_rate_optimised",
        "open_rate_control",
        "open_rate_little_known",
        "response_rate_optimised",
        "response_rate_control",
        "response_rate_little_known",
    }


def test_every_outcome_says_what_it_is_in_a_sentence() -> None:
    for id_, outcome in DEFINITIONS.items():
        assert outcome.id == id_
        assert re.fullmatch(r"[a-z0-9_]+", id_)
        assert outcome.definition.endswith(".")
        assert "  " not in outcome.definition
        assert outcome.label[0].isupper()


def test_what_an_outcome_names_is_there() -> None:
    for outcome in DEFINITIONS.values():
        named = {outcome.among, outcome.at_least_by, *outcome.left_of, *(outcome.ratio_of or ())} - {None}
        assert named <= set(DEFINITIONS), outcome.id
        assert outcome.point is None or outcome.point.curve in CURVES, outcome.id
    assert {curve.like for curve in CURVES.values()} <= set(DEFINITIONS)
    assert {series.outcome for series in SERIES.values()} - {None} <= set(DEFINITIONS)


def test_no_file_but_those_of_outcomes_names_one() -> None:
    keys = {"delivery_rate", "open_rate", "response_rate", "opt_out_rate"}  # of channels
    named = re.compile("|".join(f'"{id_}"' for id_ in DEFINITIONS if "_" in id_ and id_ not in keys))
    root = Path(__file__).resolve().parents[2]
    files = [file for part in ("sim", "app") for file in (root / part).rglob("*.py") if file.parent.name != "outcomes"]
    assert len(files) > 100
    assert [str(file) for file in files if named.search(file.read_text(encoding="utf-8"))] == []


def test_sentences_are_asked_of_shares_that_each_arm_has_one_after_the_other() -> None:
    headlines = [DEFINITIONS[id_] for id_ in HEADLINES]
    assert all(outcome.unit == "share" and outcome.in_each_arm for outcome in headlines)
    assert [outcome.headline and outcome.headline.turn for outcome in headlines] == [*range(1, len(headlines) + 1)]


def test_an_outcome_that_nothing_measures_and_one_that_nothing_declares_are_errors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = history(scenario(), [Person()])
    monkeypatch.setattr("sim.outcomes.measuring.possible", lambda _: [Outcome("luck", "Luck", "share", "Some.")])
    with pytest.raises(KeyError, match='nothing measures the outcome "luck"'):
        measure(people, scenario(), "base", 0.0)
    monkeypatch.undo()
    monkeypatch.setattr("sim.outcomes.experience.sentiment", lambda _: {"sentiment": 0.0, "luck": 1.0})
    with pytest.raises(KeyError, match='"luck" is measured, but sim/outcomes/definitions'):
        measure(people, scenario(), "base", 0.0)


def test_what_this_version_cannot_simulate_is_never_measured() -> None:
    later = {outcome.id for outcome in DEFINITIONS.values() if not outcome.measured}
    assert later == {"bot_containment_rate"}
    assert later.isdisjoint(outcome.id for outcome in possible(scenario()))


def test_a_run_has_exactly_the_possible_outcomes_or_a_reason() -> None:
    found = measure(history(scenario(), [Person()]), scenario(), "base", 0.0)
    assert [*found.outcomes["all"]] == [o.id for o in possible(scenario()) if o.id not in found.absent]


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "shown", "difference"),
    [
        ("share", 1, 0.1234, "12.3 %", "+12.3 points"),
        ("money", 0, 1234.5, "1,234 EUR", "+1,234 EUR"),
        ("days", 1, 2.0, "2.0 d", "+2.0 d"),
        ("score", 2, -0.5, "-0.50", "-0.50"),
    ],
)
def test_values_are_shown_with_their_unit(unit: str, decimals: int, value: float, shown: str, difference: str) -> None:
    outcome = Outcome("some", "Some", unit, "Some.", decimals=decimals)  # type: ignore[arg-type]
    assert outcome.shown(value, "EUR") == shown
    assert outcome.shown_difference(value, "EUR") == difference
    assert outcome.shown(None) == "–"


def test_a_small_difference_is_shown_with_a_figure_behind_its_sign() -> None:
    wait = Outcome("wait", "Wait", "minutes", "Some.", decimals=1)
    assert wait.shown_difference(0.012) == "+0.01 min"
    assert wait.shown_difference(-0.0003) == "-0.0003 min"
    assert wait.shown_difference(0.0) == "0.0 min"
    assert wait.shown_difference(2e-9) == "+0.000000002 min", "what only rounding makes is exactly 0 already"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.0, 1, "0.0"),
        (-0.0, 1, "0.0"),
        (0.3, 2, "+0.30"),
        (-1234.56, 1, "-1,234.6"),
        (0.06, 1, "+0.1"),
        (-0.04, 1, "-0.04"),
        (0.4, 0, "+0.4"),
        (-1e-15, 1, "-0.000000000000001"),
        (4e-16, 1, "0.0"),  # no more than 15 digits
        (-4e-16, 1, "0.0"),
        (4e-16, 15, "0.000000000000000"),
    ],
)
def test_a_sign_has_a_figure_behind_it_among_15_digits(value: float, decimals: int, shown: str) -> None:
    assert signed(value, decimals) == shown


def test_the_reference_page_is_the_registry_s() -> None:
    written = Path(__file__).resolve().parents[2] / "docs" / "reference" / "outcomes.md"
    assert written.read_text(encoding="utf-8") == page(), "run `python -m sim.outcomes.reference`"


def test_the_reference_page_is_written_by_running_its_module_and_not_by_importing_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[tuple[Path, str]] = []
    monkeypatch.setattr(Path, "write_text", lambda path, text, **_: written.append((path, text)))
    importlib.reload(reference)
    assert not written
    runpy.run_path(reference.__file__, run_name="__main__")
    assert written == [(Path(__file__).resolve().parents[2] / "docs" / "reference" / "outcomes.md", page())]


def test_the_reference_page_explains_every_figure_of_the_tables() -> None:
    point = {"visits": [[1, 1, 0, 0]], "experiences": [[1, 1, 0, 0]]}
    steps = {"chosen": [[1, 1, 1]], "delay": [[1, 1, 1]]}
    found = measure(
        history(scenario(), [Person()], at_touchpoints=point, at_transitions=steps), scenario(), "base", 0.0
    )
    explained = page()
    for table in (found.touchpoints["start"], found.transitions["start/middle"], found.channels["web"]):
        for figure in table:
            assert f"| `{figure}` |" in explained
    for figure in found.stages["awareness"]:
        assert f"| `{figure}` |" in explained
    for curve in found.curves:
        assert f"| `{curve}` |" in explained
