import json
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.experiment import Records
from sim.outcomes import ALL
from sim.outcomes.intervals import interval
from tests.experiment.results import results

CONVERSION = {"a": {"conversion_rate": [0.1, 0.2, 0.3]}, "b": {"conversion_rate": [0.2, 0.25, 0.45]}}


def test_outcomes_are_tidy_rows() -> None:
    rows = results(CONVERSION).outcomes()
    assert rows.columns == ("arm", "replication", "segment", "outcome", "value")
    assert len(rows) == 2 * 3 * 2
    assert rows[0] == {"arm": "a", "replication": 0, "segment": "all", "outcome": "conversion_rate", "value": 0.1}
    assert [row["value"] for row in rows if row["arm"] == "b" and row["segment"] == "all"] == [0.2, 0.25, 0.45]
    assert [row["replication"] for row in rows[:3]] == [0, 0, 0]


def test_figures_of_segments_are_tidy_rows_and_part_of_the_document() -> None:
    found = results({"a": {"conversion_rate": [0.1, 0.2]}})
    felt = [{"known": {"cart": {"emotion": number}}} for number in (0.25, 0.75)]
    told = tuple(
        replace(one, arms=(replace(one.arms[0], segment_touchpoints=figures),))
        for one, figures in zip(found.replications, felt, strict=True)
    )
    found = replace(found, replications=told)
    assert list(found.segment_touchpoints())[1] == {
        "arm": "a", "replication": 1, "segment": "known", "touchpoint": "cart", "figure": "emotion", "value": 0.75,
    }  # fmt: skip
    assert list(found.segment_stages()) == []
    assert found.document()["arms"][0]["segment_touchpoints"] == {"known": {"cart": {"emotion": 0.5}}}


def test_records_become_a_data_frame_where_pandas_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = SimpleNamespace(DataFrame=lambda rows, columns: (rows, columns))
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    assert Records(("x", "y"), [(1, 2), (3, 4)]).to_pandas() == ([(1, 2), (3, 4)], ["x", "y"])


def test_records_say_how_to_get_pandas_where_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="pip install pandas"):
        Records(("x",), [(1,)]).to_pandas()


def test_a_summary_leaves_out_the_replications_that_lack_an_outcome() -> None:
    found = results({"a": {"conversion_rate": [0.1, None, 0.3], "time_to_convert_days": [None, None, None]}})
    assert found.summary("a") == {"conversion_rate": interval([0.1, 0.3], limits=(0, 1))}
    assert found.absences("a") == {"conversion_rate": ("nobody did", 1), "time_to_convert_days": ("nobody did", 3)}


def test_what_is_told_all_the_same_is_not_called_missing() -> None:
    found = results({"a": {"order_value": [40.0, None, 50.0], "payback_days": [30.0, None, None]}})
    sums = [(80.0, 2.0), (0.0, 0.0), (50.0, 1.0)]
    with_sums = tuple(
        replace(one, arms=(replace(one.arms[0], sums={ALL: {"order_value": both}}),))
        for one, both in zip(found.replications, sums, strict=True)
    )
    assert found.absences("a") == {"order_value": ("nobody did", 1)}, "without sums it is a mean of some"
    assert replace(found, replications=with_sums).absences("a") == {}
    nobody = tuple(
        replace(one, arms=(replace(one.arms[0], sums={ALL: {"order_value": (0.0, 0.0)}}),)) for one in with_sums
    )
    assert replace(found, replications=nobody).absences("a") == {"order_value": ("nobody did", 1)}


def test_what_a_run_is_too_short_for_is_said_in_one_line() -> None:
    short = results(
        {"a": {"retention_30": [None, None], "arrivals": [5.0, 5.0]}}, reason="the run is shorter than 30 days"
    )
    longer = results({"a": {"retention_90": [None, None]}}, reason="the run is shorter than 90 days")
    both = tuple(
        replace(one, arms=(replace(one.arms[0], absent=one.arms[0].absent | other.arms[0].absent),))
        for one, other in zip(short.replications, longer.replications, strict=True)
    )
    said = replace(short, replications=both).document()["notes"][-1]
    assert said == "Not available: Still there after 30 days, Still there after 90 days (the run is shorter)."


def test_arms_are_compared_over_the_replications_that_have_the_outcome_in_both() -> None:
    found = results({"a": {"cost": [1.0, 2.0, None, 4.0]}, "b": {"cost": [3.0, None, 9.0, 5.0]}}).compare("b")
    assert (found.arm, found.against, found.segment) == ("b", "a", "all")
    assert found.differences["cost"].interval == interval([2.0, 1.0])


def test_a_comparison_of_some_outcomes_has_the_same_differences_and_no_others() -> None:
    found = results({arm: {"churn_rate": [0.3, 0.4, 0.1], **values} for arm, values in CONVERSION.items()})
    some = found.compare("b", only=["conversion_rate", "revenue"])
    assert some.differences == {"conversion_rate": found.compare("b").differences["conversion_rate"]}


def test_what_only_pairs_have_is_turned_round_with_them() -> None:
    found = results(CONVERSION, pairs=[0.1, 0.2, 0.3])
    assert found.compare("b", "a").differences["retention_90_both"].interval == interval([0.1, 0.2, 0.3])
    assert found.compare("a", "b").differences["retention_90_both"].interval == interval([-0.1, -0.2, -0.3])
    assert found.compare("a", "a").differences["conversion_rate"].interval.mean == 0


def test_incremental_roi_is_there_where_one_arm_costs_more() -> None:
    money = {"a": {"cost": [10, 11], "profit": [5, 6]}, "b": {"cost": [20, 21], "profit": [25, 26]}}
    assert results(money).compare("b").differences["incremental_roi"].interval.mean == 2
    assert "incremental_roi" not in results(money).compare("a", "a").differences


def test_an_arm_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match='no arm "c"; the arms are a, b'):
        results(CONVERSION).compare("c")


def test_the_document_has_what_other_programs_rely_on_and_no_nan() -> None:
    found = results(CONVERSION, pairs=[0.1, 0.2, 0.3])
    document = found.document(run="r1")
    told: dict[str, Any] = json.loads(json.dumps(document, allow_nan=False))
    assert {*told} >= {
        "run", "scenario", "scenario_hash", "seed", "replications", "customers", "horizon", "engine", "arms",
        "comparisons", "notes",
    }  # fmt: skip
    assert (told["run"], told["replications"], told["customers"], told["horizon"]) == ("r1", 3, 100, 30)
    assert told["engine"] | {"version": ""} == {
        "events": 1000, "seconds": 0.5, "events_per_second": 2000, "workers": 1, "version": "",
    }  # fmt: skip
    arm = told["arms"][0]
    assert arm["outcomes"]["conversion_rate"] == pytest.approx(
        {"mean": 0.2, "sd": 0.1, "n": 3, "lo": 0, "hi": 0.2 + 0.2484, "range_lo": 0, "range_hi": 0.2 + 0.4968}
        | {"input_lo": None, "input_hi": None},
        abs=1e-4,
    )
    assert arm["segments"]["new"]["conversion_rate"] == arm["outcomes"]["conversion_rate"]
    assert arm["touchpoints"] == {"start": {"visits": 11}}
    # Two of three replications can tell day 1.
    assert arm["curves"]["retention"]["day"] == [0, 1]
    assert arm["curves"]["retention"]["mean"] == [1, 0.5]
    by_outcome = {one["outcome"]: one for one in told["comparisons"]}
    assert {(one["arm"], one["against"]) for one in told["comparisons"]} == {("b", "a")}
    assert by_outcome["conversion_rate"]["difference"]["mean"] == pytest.approx(0.1)
    assert by_outcome["retention_90_both"]["difference"]["mean"] == pytest.approx(0.2)
    assert {*by_outcome["conversion_rate"]} == {"arm", "against", "outcome", "difference", "p", "variance_ratio"}


def test_a_curve_stops_where_fewer_than_half_of_the_replications_can_tell() -> None:
    one_of_one = results({"a": {"cost": [1.0]}}).document()["arms"][0]["curves"]["retention"]
    assert one_of_one["mean"] == [1, None]
    assert one_of_one["lo"] == [None, None]


def test_with_a_single_replication_the_intervals_are_null() -> None:
    document = results({"a": {"cost": [1.0]}, "b": {"cost": [2.0]}}).document()
    cost = document["arms"][0]["outcomes"]["cost"]
    ends = ("lo", "hi", "range_lo", "range_hi", "input_lo", "input_hi")
    assert cost == {"mean": 1, "sd": None, "n": 1} | dict.fromkeys(ends)
    assert document["comparisons"][0]["p"] is None
    assert document["notes"] == ["A single replication shows no intervals; run more to see how much is chance."]


def test_outcomes_of_another_version_are_named_and_not_shown() -> None:
    newer = {"arrivals": [5.0] * 10, "luck": [0.5] * 10, "charm": [None] * 10}
    found = results({"a": newer, "b": newer})
    pairs = tuple(replace(one, pairs={"b": {ALL: {"shared_luck": 0.5}}}) for one in found.replications)
    document = replace(found, replications=pairs).document()
    assert list(document["arms"][0]["outcomes"]) == ["arrivals"]
    assert [row["outcome"] for row in document["comparisons"]] == ["arrivals"]
    assert document["notes"] == ["Not shown: luck, charm, measured by another version of the program."]


def test_notes_say_what_is_missing_why_and_under_which_arm() -> None:
    few = results(
        {
            "a": {"cost": [1.0, 2.0], "nps": [None, None], "csat": [None, None]},
            "b": {"cost": [None, 2.0], "nps": [None, None], "csat": [None, None]},
        }
    )
    assert few.document()["notes"] == [
        "2 replications are few; the intervals are wide and themselves uncertain.",
        "Not available: Net promoter score, Satisfaction (nobody did).",
        'Not available under "B" in 1 of 2 replications: Cost (nobody did).',
    ]
    assert results({"a": {"cost": [1.0] * 10}}).document()["notes"] == []


def test_all_that_notebooks_ask_for_is_tidy_rows() -> None:
    found = results(CONVERSION)
    tables = {
        found.summaries: ("arm", "segment", "outcome", "mean", "sd", "n", "lo", "hi", "range_lo", "range_hi",
                          "input_lo", "input_hi"),
        found.comparisons: ("arm", "against", "segment", "outcome", "mean", "sd", "n", "lo", "hi", "range_lo",
                            "range_hi", "input_lo", "input_hi", "p", "variance_ratio"),
        found.curves: ("arm", "replication", "curve", "day", "value"),
        found.touchpoints: ("arm", "replication", "touchpoint", "figure", "value"),
        found.transitions: ("arm", "replication", "transition", "figure", "value"),
        found.channels: ("arm", "replication", "channel", "figure", "value"),
        found.stages: ("arm", "replication", "stage", "figure", "value"),
        found.actions: ("arm", "replication", "action", "figure", "value"),
        found.series: ("arm", "day", "date", "outcome", "mean", "lo", "hi"),
    }  # fmt: skip
    assert {table: table().columns for table in tables} == tables
    summary = found.summary("b", "new")["conversion_rate"]
    [row] = [row for row in found.summaries() if (row["arm"], row["segment"]) == ("b", "new")]
    assert (row["mean"], row["lo"], row["range_hi"]) == (summary.mean, summary.lo, summary.range_hi)
    compared = found.compare("b")
    [row] = [row for row in found.comparisons() if row["segment"] == "all"]
    assert (row["mean"], row["p"]) == (compared.differences["conversion_rate"].interval.mean, row["p"])
    assert [*compared.records()] == [row]
    assert found.touchpoints()[5] == {
        "arm": "b", "replication": 2, "touchpoint": "start", "figure": "visits", "value": 12.0,
    }  # fmt: skip
    assert [row["value"] for row in found.curves()][:2] == pytest.approx([1.0, np.nan], nan_ok=True)


def test_what_a_notebook_shows_by_itself_is_a_line() -> None:
    found = results(CONVERSION)
    measured = found.measured("a")[0]
    shown = [found, found.compare("b"), found.scenario, found.variants[0], found.replications[0], measured]
    assert [repr(each) for each in shown] == [
        "<Results of small: 3 replications of a, b>",
        "<Comparison of b against a (all): 0 of 1 differences are no chance>",
        "<Scenario small: 4 touchpoints, 3 transitions, 100 customers, 30 days>",
        "Variant(id='a', name='A', scenario=<Scenario small: 4 touchpoints, 3 transitions, 100 customers, 30 days>)",
        "<Replication 0: 2 arms>",
        "<Measured a, replication 0: 1 outcomes>",
    ]
    assert repr(results({str(number): {"revenue": [1.0]} for number in range(9)})).endswith("of 0, 1, 2, 3, 4, …>")
