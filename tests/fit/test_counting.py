"""What is counted in a log, and what is left out and said."""

from pathlib import Path

import pytest

from sim.fit import FitError, Fitted, fit
from tests.fit.logs import NAMES, orders, stamp, write_log


def fitted(folder: Path, rows: list[tuple[str, str, str]], **options: object) -> Fitted:
    return fit(write_log(folder / "log.csv", rows), **NAMES, **options, scratch=folder)  # type: ignore[arg-type]


def shares(found: Fitted) -> dict[str, float]:
    return {f"{each.source}/{each.target}": each.seen / each.departures for each in found.journey.transitions}


def test_shares_are_counts(tmp_path: Path) -> None:
    assert shares(fitted(tmp_path, orders())) == {
        "look/order": 0.6,
        "look/look": 0.2,
        "look/ended": 0.2,
        "order/ended": 1.0,
    }


def test_events_at_the_same_time_keep_the_order_of_the_file(tmp_path: Path) -> None:
    rows = [(f"c{number}", activity, stamp(number + 1)) for number in range(20) for activity in ("Z", "A", "M")]
    assert set(shares(fitted(tmp_path, rows))) == {"z/a", "a/m", "m/ended"}


def test_rows_need_not_be_in_order_of_time(tmp_path: Path) -> None:
    rows = orders()
    assert shares(fitted(tmp_path, rows[::-1])) == shares(fitted(tmp_path, rows))


def test_activities_below_the_floor_are_left_out_and_their_neighbours_meet(tmp_path: Path) -> None:
    rows = orders(1000)
    rows += [("c1", "Oddity", stamp(3)), ("c5", "Oddity", stamp(7)), ("c5", "Rarity", stamp(7, 1))]
    found = fitted(tmp_path, rows)
    assert [each.name for each in found.journey.touchpoints] == ["Look", "Order"]
    expected = '3 events of 2 rare activities left out (in fewer than 0.5 % of cases): "Oddity" (2), "Rarity" (1)'
    assert expected in found.report
    assert len(fitted(tmp_path, rows, floor=0.0).journey.touchpoints) == 4


def test_rows_that_are_the_same_in_every_column_count_once_unless_asked(tmp_path: Path) -> None:
    rows = orders()
    found = fitted(tmp_path, rows + rows[:7])
    assert found.counts.events == len(rows)
    assert "7 rows left out: the same as an earlier row in every column" in found.report
    kept = fitted(tmp_path, rows + rows[:7], keep_duplicates=True)
    assert kept.counts.events == len(rows) + 7
    path = write_log(
        tmp_path / "wide.csv", [(*row, index) for index, row in enumerate(rows + rows[:7])], (*NAMES, "number")
    )
    assert fit(path, **NAMES, scratch=tmp_path).counts.events == len(rows) + 7


def test_rows_without_case_or_activity_are_left_out_and_counted(tmp_path: Path) -> None:
    found = fitted(tmp_path, [*orders(), ("", "Look", stamp(5)), ("c1", "", stamp(5)), ("c2", " ", stamp(5))])
    assert found.counts.events == 400
    assert '1 rows left out: "case" is empty' in found.report
    assert '2 rows left out: "activity" is empty' in found.report


def test_a_log_of_one_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FitError, match="column case: the log has only one case"):
        fitted(tmp_path, [("c1", "Look", stamp(day)) for day in range(1, 9)])


def test_a_column_in_which_every_value_differs_is_no_activity(tmp_path: Path) -> None:
    rows = [(f"c{number}", f"a{number}", stamp(number % 50 + 1)) for number in range(1000)]
    with pytest.raises(FitError, match=r"column activity: none of its 1,000 values occurs in 0\.5 % of the cases"):
        fitted(tmp_path, rows)


def test_a_log_with_one_activity_becomes_a_loop_with_an_end(tmp_path: Path) -> None:
    rows = [(f"c{n}", "Buy", stamp(day)) for n in range(40) for day in (n % 90 + 1, n % 90 + 3)]
    found = shares(fitted(tmp_path, rows))
    assert found == {"buy/buy": pytest.approx(0.5, abs=0.02), "buy/ended": pytest.approx(0.5, abs=0.02)}


def test_cases_of_one_event_each_raise_doubt_about_the_case_column(tmp_path: Path) -> None:
    found = fitted(tmp_path, [(f"c{n}", "Buy", stamp(n + 1)) for n in range(40)])
    assert 'no case has more than one event; is "case" the column that says whose event it is?' in found.report


def test_a_case_still_open_at_the_end_of_the_log_is_no_end(tmp_path: Path) -> None:
    """Everybody who looks orders after ten days; the log is cut in the middle of that."""
    rows = [(f"c{n}", "Look", stamp(n / 2 + 1)) for n in range(200)]
    rows += [(f"c{n}", "Order", stamp(n / 2 + 11)) for n in range(200) if n / 2 + 11 <= 101]
    found = fitted(tmp_path, rows)
    assert shares(found) == {"look/order": 1.0, "order/ended": 1.0}
    assert found.counts.open == 19
    looks = next(each.number for each in found.journey.touchpoints if each.id == "look")
    assert found.counts.recent[looks] == 19


def test_quick_transitions_are_not_favoured_near_the_end_of_the_log(tmp_path: Path) -> None:
    """Half of the looks are followed within a day, half after twenty; those of the last stretch show only the first."""
    rows = []
    for number in range(1000):
        day = number / 10 + 1
        rows.append((f"c{number}", "Look", stamp(day)))
        later = day + (1 if number % 2 else 20)
        if later <= 101:
            rows.append((f"c{number}", "Quick" if number % 2 else "Slow", stamp(later)))
    found = shares(fitted(tmp_path, rows))
    assert found["look/quick"] == pytest.approx(0.5, abs=0.01)
    assert found["look/slow"] == pytest.approx(0.5, abs=0.01)


def test_ends_after_named_activities_are_churn_and_all_others_completed(tmp_path: Path) -> None:
    found = fitted(tmp_path, orders(), churn=["Look"])
    assert shares(found)["look/churned"] == 0.2
    assert shares(found)["order/ended"] == 1.0
    assert found.journey.exits == (("ended", "completed"), ("churned", "churn"))
    assert fitted(tmp_path, orders(), churn=["*"]).journey.exits == (("churned", "churn"),)


def test_an_unknown_activity_among_those_that_churn_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(FitError, match='activity Ordr: the log has no activity of this name; did you mean "Order"'):
        fitted(tmp_path, orders(), churn=["Ordr"])


def test_a_goal_that_is_too_rare_is_said_to_be_so(tmp_path: Path) -> None:
    rows = [*orders(1000), ("c5", "Rarity", stamp(7, 1))]
    with pytest.raises(
        FitError, match="activity Rarity: it occurs in only 1 of the cases and so is left out; lower the floor"
    ):
        fitted(tmp_path, rows, goals=["Rarity"])


def test_a_half_holds_the_cases_that_started_first_with_all_their_events(tmp_path: Path) -> None:
    rows = [(f"c{n}", activity, stamp(n + 1 + gap)) for n in range(60) for activity, gap in (("A", 0), ("B", 50))]
    rows = [
        (case, "Late" if activity == "A" and int(case[1:]) >= 30 else activity, time) for case, activity, time in rows
    ]
    first, second = fitted(tmp_path, rows, half="first"), fitted(tmp_path, rows, half="second")
    assert [each.id for each in first.journey.touchpoints] == ["a", "b"]
    assert first.counts.cases == second.counts.cases == 30
    assert [each.id for each in second.journey.touchpoints] == ["late", "b"]
