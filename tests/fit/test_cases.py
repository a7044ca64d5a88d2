"""Files as they come out of other programs, after public bug reports; the right figures are computed by hand.

The reports: buckets 329 and sure 2603 (newest first, whole days), pm4py 340 and 481 (order at equal times), pm4py 150
(semicolons, 30-12-2010:11.02), pm4py 22 and bupaR (starts and completions), pandas 10647 (NA), Apromore 10 (no time).
"""

from pathlib import Path

import pytest

from sim.engine import compile_program, simulate
from sim.fit import FitError, Fitted, fit
from sim.scenario import parse

CASES = Path(__file__).parent / "cases"


def fitted(folder: Path, name: str, case: str, activity: str, time: str, **options: object) -> Fitted:
    return fit(CASES / name, case=case, activity=activity, time=time, scratch=folder, **options)  # type: ignore[arg-type]


def counts(found: Fitted) -> dict[str, tuple[int, int]]:
    return {f"{each.source}/{each.target}": (each.seen, each.departures) for each in found.journey.transitions}


def says(found: Fitted, *words: str) -> bool:
    return any(all(word in line for word in words) for line in found.report)


@pytest.mark.parametrize("name", ["01_newest_first.csv", "01_oldest_first.csv"])
def test_a_file_of_whole_days_may_run_backwards(tmp_path: Path, name: str) -> None:
    found = fitted(tmp_path, name, "customer", "step", "date")
    assert counts(found) == {"visit/basket": (40, 40), "basket/pay": (40, 40), "pay/ended": (40, 40)}
    assert says(found, "100 % of the steps (80) are between events at the same time", "--order COLUMN")
    assert says(found, "the file runs backwards in time") == (name == "01_newest_first.csv")


def test_the_word_null_is_no_customer(tmp_path: Path) -> None:
    found = fitted(tmp_path, "02_null_ids.csv", "user_id", "event", "ts", goals=["buy"])
    assert counts(found) == {"visit/buy": (20, 20), "buy/ended": (20, 20)}
    assert '60 rows left out: "user_id" holds nothing: "null" (60)' in found.report


def test_an_event_of_1970_does_not_stretch_the_log(tmp_path: Path) -> None:
    found = fitted(tmp_path, "03_epoch_zero.csv", "user", "event", "ts")
    assert found.arrivals.horizon == 25
    assert says(found, "1 event left out", "1970-01-01", "decades apart")


def test_refunds_lower_the_money_and_are_no_goals(tmp_path: Path) -> None:
    found = fitted(tmp_path, "04_refunds.csv", "cust", "what", "day", value="amount", goals=["order"])
    scenario = parse(found.text).scenario
    assert [each.id for each in scenario.touchpoints if each.goal] == ["order"]
    assert counts(found)["order/order-refund"] == (30, 60)
    assert says(found, '30 negative amounts of "order" (3,000.00 in all) are refunds')
    customers = simulate(compile_program(scenario, scenario), seed=1, replication=0).customers
    assert customers.revenue.sum() * (1 - scenario.money.refund_rate) == pytest.approx(3_000)


def test_semicolons_and_decimal_commas_are_read(tmp_path: Path) -> None:
    found = fitted(
        tmp_path, "05_decimal_comma_simple.csv", "Kunde", "Schritt", "Zeit", value="Betrag", goals=["Bestellung"]
    )
    assert counts(found)["bestellung/lieferung"] == (40, 40)
    value = parse(found.text).scenario.touchpoints[0].goal.value  # type: ignore[union-attr]
    assert (min(value.quantiles), max(value.quantiles)) == pytest.approx((1000.5, 2273.5), rel=0.01)
    assert says(found, "decimal comma")


def test_text_of_windows_is_read(tmp_path: Path) -> None:
    found = fitted(tmp_path, "06_cp1252.csv", "Kunde", "Schritt", "Zeit")
    assert [each.name for each in found.journey.touchpoints] == ["“Prüfen” – 5 €", "Don’t know"]


def test_starts_and_completions_in_a_table_count_once(tmp_path: Path) -> None:
    found = fitted(tmp_path, "07_lifecycle.csv", "case:concept:name", "concept:name", "time:timestamp")
    assert counts(found) == {"check/approve": (30, 30), "approve/ended": (30, 30)}
    assert says(found, "60 events left out", "completions count")


def test_an_activity_that_is_only_started_is_kept(tmp_path: Path) -> None:
    found = fitted(tmp_path, "07_start_only_activity.xes", "case:concept:name", "concept:name", "time:timestamp")
    assert counts(found) == {"check/call-customer": (30, 30), "call-customer/close": (30, 30), "close/ended": (30, 30)}
    assert '30 events left out that only start, schedule … "Check": only completions count' in found.report
    assert '"Call customer": started and never completed, so each start counts' in found.report


def test_traces_of_one_name_are_cases_of_their_own(tmp_path: Path) -> None:
    found = fitted(tmp_path, "08_nested_dup.xes", "case:concept:name", "concept:name", "time:timestamp")
    assert found.counts.cases == 30
    assert counts(found) == {"a/b": (30, 30), "b/ended": (30, 30)}
    assert "15 names are those of 30 traces: each trace is a case of its own" in found.report


@pytest.mark.parametrize("prefix", ["properties.", ""])
def test_json_lines_are_read_with_fields_inside_fields(tmp_path: Path, prefix: str) -> None:
    found = fitted(tmp_path, "09_export.jsonl", f"{prefix}distinct_id", "event", f"{prefix}time")
    expected = {"signed-up/added-to-cart": (20, 20), "added-to-cart/purchased": (20, 20), "purchased/ended": (20, 20)}
    assert counts(found) == expected


def test_lines_above_the_header_are_skipped_and_said(tmp_path: Path) -> None:
    found = fitted(tmp_path, "10_comment_header.csv", "user", "event", "when")
    assert counts(found) == {"visit/buy": (20, 20), "buy/ended": (20, 20)}
    assert says(found, "5 lines above the table skipped")


def test_two_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FitError) as caught:
        fitted(tmp_path, "11_dup_columns.csv", "user", "event", "timestamp")
    assert str(caught.value) == (
        "11_dup_columns.csv: column timestamp: 2 columns have this name; "
        'say "timestamp.1" for column 3 and "timestamp.2" for column 4'
    )
    assert fitted(tmp_path, "11_dup_columns.csv", "user", "event", "timestamp.1").arrivals.start_date.year == 2026
    assert fitted(tmp_path, "11_dup_columns.csv", "user", "event", "timestamp.2").arrivals.start_date.year == 2020


def test_years_of_two_digits_are_of_this_century(tmp_path: Path) -> None:
    found = fitted(tmp_path, "12_twodigit_year.csv", "u", "e", "t")
    assert found.arrivals.start_date.isoformat() == "2026-03-01"
    assert found.arrivals.horizon == 20


def test_money_inside_a_struct_is_read(tmp_path: Path) -> None:
    options = {"value": "ecommerce.purchase_revenue", "goals": ["purchase"]}
    found = fitted(tmp_path, "13_ga4_nested.parquet", "user_pseudo_id", "event_name", "event_timestamp", **options)
    assert 'goal = { kind = "conversion", value = 25.5 }' in found.text
    by_key = fitted(tmp_path, "13_ga4_nested.parquet", "event_params.ga_session_id", "event_name", "event_timestamp")
    assert by_key.counts.cases == found.counts.cases == 30


def test_bst_is_british_summer_time(tmp_path: Path) -> None:
    found = fitted(tmp_path, "14_gmt_bst.csv", "u", "e", "t")
    delay = found.journey.transitions[0].delay
    assert delay is not None
    assert delay.parameters == (("value", 1.0),)
    assert says(found, "BST = +01:00")
