"""From a log to a scenario: what is asked of each step, and what the whole says of logs that are laid out for it."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import duckdb
import numpy as np
import pytest

from sim.fit import FitError, fitting
from sim.fit.events.eventlog import open_log
from sim.fit.families import describe
from sim.fit.files.log_reading import Columns, Manner
from sim.fit.fitting import Fitted, fit, fit_log
from sim.scenario import parse
from tests.fit.logs import NAMES, stamp, text_of

ASKED: dict[str, Any] = {
    "case": "who",
    "activity": "what",
    "time": "when",
    "channel": "where",
    "value": "money",
    "clock": "hour",
    "order": "place",
    "lifecycle": "phase",
}


@pytest.mark.parametrize(
    ("half", "part"), [(None, "TRUE"), ("first", "half of log.csv"), ("second", "NOT half of log.csv")]
)
def test_every_step_is_told_what_was_asked_for(
    half: Literal["first", "second"] | None, part: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def opening(connection: duckdb.DuckDBPyConnection, folder: Path, path: Path, columns: Columns, **how: Any) -> Any:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert folder.parent == tmp_path
        return SimpleNamespace(name=str(path), columns=columns, how=how)

    monkeypatch.setattr(fitting, "open_log", opening)
    monkeypatch.setattr(fitting, "first_half", lambda log: f"half of {log.name}")
    monkeypatch.setattr(fitting, "fit_log", lambda log, columns, **how: (log, columns, how, np.geterr()["over"]))
    manner = Manner(decimal="comma")
    others: dict[str, Any] = {"floor": 0.25, "manner": manner, "keep_duplicates": True, "goals": ["Buy"]}
    log, columns, how, over = fit("log.csv", **ASKED, **others, churn=["Go"], half=half, scratch=tmp_path)  # type: ignore[misc]
    assert log.columns == columns == Columns(**ASKED)
    assert (log.name, log.how) == ("log.csv", others)
    assert how == {"part": part, "goals": ["Buy"], "churn": ["Go"]}
    assert over == "ignore"


def test_what_is_not_asked_for_is_left_to_its_usual_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fitting, "open_log", lambda *what, **how: how)
    monkeypatch.setattr(fitting, "fit_log", lambda log, columns, **how: (log, columns, how))
    opened, columns, fitted = fit("log.csv", **NAMES, scratch=tmp_path)  # type: ignore[misc]
    assert opened == {"floor": 0.005, "goals": (), "manner": None, "keep_duplicates": False}
    assert columns == Columns(**NAMES)
    assert fitted == {"part": "TRUE", "goals": (), "churn": ()}


class Bench:
    """Fits small logs in a database in memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self._connection = connection
        self._path = folder / "log.csv"

    def fitted(self, rows: Sequence[Sequence[object]], more: dict[str, str] | None = None, **how: Any) -> Fitted:
        """The fit of these rows, whose columns after the time are named in `more` by what they say."""
        columns = Columns(**NAMES, **(more or {}))
        self._path.write_text(text_of(rows, (*NAMES, *(more or {}).values())))
        goals = how.get("goals", ())
        log = open_log(self._connection, self._path.parent, self._path, columns, floor=0.0, goals=goals)
        return fit_log(log, columns, **how)


@pytest.fixture
def bench(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> Bench:
    return Bench(connection, tmp_path)


def chain(cases: int, gaps: dict[str, int], days: int) -> list[tuple[str, str, str]]:
    """Cases that start evenly over so many days and go from one activity to the next, each after so many days."""
    rows = []
    for number in range(cases):
        day = 1.0 + number * days / cases
        for name, gap in gaps.items():
            rows.append((f"c{number}", name, stamp(day)))
            day += gap
    return rows


def test_the_report_says_how_long_silence_is_an_end_for_the_four_slowest(bench: Bench) -> None:
    gaps = {"A": 1, "B": 6, "C": 3, "D": 4, "E": 2, "F": 0}
    found = bench.fitted(chain(100, gaps, 100))
    # The last starts on April 9 and ends sixteen days later; the sixteen who were on their way then have all ended.
    assert found.report == (
        "100 cases from 2024-01-01 to 2024-04-25: 100 ended, 0 may go on after the end of the log",
        'a case counts as ended when nothing follows for 6 days after "B", 4 days after "D", 3 days after "C", '
        '2 days after "E" …',
    )
    fewer = bench.fitted(chain(100, {name: gaps[name] for name in "ABCDF"}, 100))
    assert fewer.report[1] == (
        'a case counts as ended when nothing follows for 6 days after "B", 4 days after "D", 3 days after "C", '
        '1 days after "A"'
    )
    assert [type(each).__name__ for each in vars(found).values()] == [
        *("str", "tuple", "Journey", "Arrivals", "Counts", "Cutoffs"),
    ]
    assert found.cut.after == {
        0: 86_400_000_000,
        **{n: g * 86_400_000_000 for n, g in zip(range(1, 6), (6, 3, 4, 2, 0), strict=True)},
    }


def test_cases_that_may_go_on_and_gaps_as_long_as_the_log_are_told(bench: Bench) -> None:
    rows = [*chain(10, {"Look": 30, "Buy": 0}, 10), ("late", "Look", stamp(39)), ("soon", "Look", stamp(1))]
    found = bench.fitted(rows)
    # From January 1 to February 9: a gap of 30 days is more than half of 39, and who looked on the last is open.
    assert found.report[:3] == (
        "12 cases from 2024-01-01 to 2024-02-09: 11 ended, 1 may go on after the end of the log",
        'a case counts as ended when nothing follows for 19.5 days after "Look"',
        'gaps after "Look" are long for the length of the log: ends there are uncertain',
    )


def test_a_log_in_which_nothing_follows_anything_tells_no_cut_off(bench: Bench) -> None:
    found = bench.fitted([(f"c{number}", "Buy", stamp(number + 1)) for number in range(10)])
    assert found.report == (
        'no case has more than one event; is "case" the column that says whose event it is?',
        "10 cases from 2024-01-01 to 2024-01-10: 10 ended, 0 may go on after the end of the log",
    )


def test_the_report_tells_of_the_log_then_of_ends_starts_transitions_and_channels(bench: Bench) -> None:
    # Ninety cases start on one day and ten later; each buys at once, and from where is kept.
    rows = [
        (f"c{number}", name, stamp(1 if number < 90 else 10 * (number - 88)), ("Web", "App")[number % 2])
        for number in range(100)
        for name in ("Look\tround", "Buy", "Look\tround", "Buy")
    ]
    rows = [(*row, index) for index, row in enumerate(rows)]
    found = bench.fitted(rows, {"channel": "where", "order": "line"})
    kinds = (
        "are between events at the same time",
        "cases from",
        "starts are not even",
        "always takes no time",
        "belong to the customer",
    )
    assert len(found.report) == 6  # both transitions take no time
    assert [next(kind for kind in kinds if kind in line) for line in found.report] == [
        *kinds[:3],
        kinds[3],
        kinds[3],
        kinds[4],
    ]
    assert found.report[-1].startswith('"where" is taken to belong to the customer')
    assert all(line.isprintable() for line in found.report)
    scenario = parse(found.text).scenario
    assert [each.id for each in scenario.segments] == ["app", "web"]
    assert "# - starts are not even" in found.text


def test_more_transitions_than_a_scenario_holds_are_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(case, name, stamp(day)) for case in ("one", "two") for day, name in enumerate("ABCD", 1)]
    monkeypatch.setattr(fitting, "MOST_TRANSITIONS", 3)
    assert len(bench.fitted(rows).journey.transitions) == 4  # with the end
    monkeypatch.setattr(fitting, "MOST_TRANSITIONS", 2)
    with pytest.raises(FitError) as caught:
        bench.fitted(rows)
    assert str(caught.value) == (
        "log.csv: column activity: 3 different steps from one activity to the next, and a journey has at most 2; name "
        "the column that says what happened, or leave out more of its rare values with a higher floor"
    )


def sales() -> list[tuple[object, ...]]:
    """Ten who buy for 20 after a day, then ten who buy for 35 after two on the phone and are paid back a seventh."""
    rows: list[tuple[object, ...]] = []
    for number in range(20):
        late = number >= 10
        day, channel = number + 1, "Phone" if late else "Web"
        rows.append((f"c{number}", "Look", stamp(day), "", channel))
        rows.append((f"c{number}", "Buy", stamp(day + 1 + late), 35 if late else 20, channel))
        if late:
            rows.append((f"c{number}", "Buy", stamp(day + 3), -5, channel))
    return rows


MONEY = {"value": "money", "channel": "where"}


def test_a_part_of_a_log_is_fitted_from_its_own_cases_alone(bench: Bench) -> None:
    first = bench.fitted(sales(), MONEY, part="start_row < 20", goals=["Buy"])
    scenario = parse(first.text).scenario
    assert scenario.population.size == first.counts.cases == 10
    assert str(scenario.start_date) == "2024-01-01"
    assert [each.id for each in scenario.channels] == ["web"]
    assert scenario.touchpoints[1].goal.value.mean_value() == 20  # type: ignore[union-attr]
    assert scenario.money.refund_rate == 0
    assert scenario.transitions[0].delay.mean_value() == 1  # type: ignore[union-attr]
    second = bench.fitted(sales(), MONEY, part="start_row >= 20", goals=["Buy"], churn=["Look"])
    scenario = parse(second.text).scenario
    assert str(scenario.start_date) == "2024-01-11"
    assert [each.id for each in scenario.channels] == ["phone"]
    assert [each.id for each in scenario.touchpoints if each.goal] == ["buy"]
    assert scenario.touchpoints[1].goal.value.mean_value() == 35  # type: ignore[union-attr]
    assert scenario.money.refund_rate == pytest.approx(1 / 7, abs=1e-6)
    assert scenario.transitions[0].delay.mean_value() == 2  # type: ignore[union-attr]


def test_every_activity_may_be_a_goal_and_an_end_by_churn_but_refunds_are_no_goals(bench: Bench) -> None:
    found = bench.fitted(sales(), MONEY, goals=["*"], churn=["*"])
    scenario = parse(found.text).scenario
    goals = {each.id: each.goal for each in scenario.touchpoints if each.goal}
    assert list(goals) == ["look", "buy"]
    assert goals["look"].value is None  # none of its events has any money
    ((_, quantiles),) = describe(np.repeat([20.0, 35.0], 10), 0.01, "each").parameters
    assert goals["buy"].value.quantiles == pytest.approx(quantiles)
    assert scenario.money.refund_rate == pytest.approx(50 / 550, abs=1e-6)
    assert {each.exit for each in scenario.touchpoints} == {False, "churn"}
    without_money = bench.fitted([row[:3] for row in sales()], goals=["Buy"])
    assert [(each.id, each.goal.value) for each in parse(without_money.text).scenario.touchpoints if each.goal] == [
        ("buy", None)
    ]
