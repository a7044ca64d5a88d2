"""The scenario file that comes out."""

from pathlib import Path

import pytest

from sim.fit import FitError, Fitted, fit
from sim.scenario import parse
from tests.fit.logs import CDNOW, NAMES, orders, stamp, write_log


def fitted(folder: Path, rows: list[tuple[str, ...]], **options: object) -> Fitted:
    columns = (*NAMES, *(str(options[each]) for each in ("channel", "value") if each in options))
    return fit(write_log(folder / "log.csv", rows, columns), **NAMES, **options, scratch=folder)  # type: ignore[arg-type]


def test_the_text_is_a_scenario_without_findings_that_can_be_simulated(tmp_path: Path) -> None:
    file = parse(fitted(tmp_path, orders()).text)
    assert file.warnings == ()
    assert (file.scenario.id, file.scenario.population.size) == ("log", 200)
    assert {each.key: each.share for each in file.scenario.transitions} == {
        "look/order": 0.6,
        "look/look": 0.2,
        "look/ended": 0.2,
        "order/ended": 1.0,
    }


def test_the_same_log_gives_the_same_text(tmp_path: Path) -> None:
    assert fitted(tmp_path, orders()).text == fitted(tmp_path, orders()).text


def test_comments_say_where_the_figures_come_from(tmp_path: Path) -> None:
    lines = fitted(tmp_path, orders()).text.splitlines()
    assert lines[0] == "# Fitted to the event log log.csv: 200 cases with 400 events."
    assert "# 150 of 250" in next(line for line in lines if line.startswith("share = 0.6 "))
    assert "# always 2 days" in lines
    assert "# Look: what follows is known of 250 events" in lines


def test_awkward_names_become_ids_and_are_kept_as_names(tmp_path: Path) -> None:
    names = ['Say "hi" \\ \n now', "Été à Paris", "ÉTÉ A PARIS", "買う", "ended", "#x = [1]", "\x1b[31mred"]
    rows = [(f"c{n}", name, stamp(n % 60 + 1 + index)) for n in range(60) for index, name in enumerate(names)]
    scenario = parse(fitted(tmp_path, rows).text).scenario
    assert [(each.id, each.name) for each in scenario.touchpoints] == [
        ("say-hi-now", 'Say "hi" \\ now'),
        ("ete-a-paris", "Été à Paris"),
        ("ete-a-paris-2", "ÉTÉ A PARIS"),
        ("activity", "買う"),
        ("ended", "ended"),
        ("x-1", "#x = [1]"),
        ("31mred", "[31mred"),
        ("ended-exit", None),
    ]


def test_channels_have_their_own_shares_at_each_touchpoint(tmp_path: Path) -> None:
    rows = [
        (case, activity, time, "Phone" if int(case[1:]) % 2 and activity == "Look" else "Web shop")
        for case, activity, time in orders()
    ]
    scenario = parse(fitted(tmp_path, rows, channel="channel").text).scenario
    assert [(each.id, each.name) for each in scenario.channels] == [("web-shop", "Web shop"), ("phone", "Phone")]
    assert scenario.touchpoints[0].channels == {"web-shop": 0.6, "phone": 0.4}
    assert scenario.touchpoints[1].channels == {"web-shop": 1.0}
    assert (scenario.behaviour.stickiness, scenario.integration.carryover) == (0.0, 1.0)


def test_a_touchpoint_without_any_channel_in_the_log_has_none(tmp_path: Path) -> None:
    rows = [(*row, "Web" if row[1] == "Look" else "") for row in orders()]
    scenario = parse(fitted(tmp_path, rows, channel="channel").text).scenario
    assert not scenario.touchpoints[1].channels
    assert scenario.touchpoints[1].channels is not None


def test_goals_bring_the_money_of_the_log(tmp_path: Path) -> None:
    rows = [(*row, "25.50" if row[1] == "Order" else "") for row in orders()]
    scenario = parse(fitted(tmp_path, rows, value="money", goals=["Order"]).text).scenario
    goal = scenario.touchpoints[1].goal
    assert goal
    assert (goal.kind, goal.value and goal.value.mean_value()) == ("conversion", 25.5)
    assert scenario.touchpoints[0].goal is False


def test_money_that_is_no_number_is_named(tmp_path: Path) -> None:
    rows = [(*row, "ask us") for row in orders()]
    with pytest.raises(FitError, match='column money: 400 values are not numbers, such as "ask us"'):
        fitted(tmp_path, rows, value="money", goals=["Order"])


def test_a_loop_that_takes_no_time_is_given_half_of_what_times_are_rounded_to(tmp_path: Path) -> None:
    rows = [(f"c{n}", activity, stamp(n + 1)[:10]) for n in range(60) for activity in ("A", "B", "A", "B")]
    found = fitted(tmp_path, rows, keep_duplicates=True)
    scenario = parse(found.text).scenario
    delays = {each.key: each.delay.mean_value() for each in scenario.transitions}
    assert delays == {"a/b": 0.5, "b/a": 0.5, "b/ended": 0.0}
    assert any(line.startswith("a/b always takes no time and is part of a loop") for line in found.report)


def test_an_activity_seen_only_at_the_very_end_is_taken_as_an_end(tmp_path: Path) -> None:
    rows = [(f"c{n}", "Look", stamp(1 + n % 50)) for n in range(100)]
    rows += [(f"c{n}", "Look", stamp(21 + n % 50)) for n in range(100)]
    rows += [(f"d{n}", "News", stamp(69 + n / 10)) for n in range(10)]
    rows += [(f"d{n}", "News", stamp(69.5 + n / 10)) for n in range(5)]
    found = fitted(tmp_path, rows)
    assert parse(found.text).warnings == ()
    news = [(each.target, each.seen / each.departures) for each in found.journey.leaving("news")]
    assert sum(share for _, share in news) == pytest.approx(1.0)
    assert news[-1][0] == "ended"


def test_the_sample_log_that_ships_fits_and_tells_repeat_purchases(tmp_path: Path) -> None:
    found = fit(
        CDNOW,
        case="customer",
        activity="activity",
        time="date",
        value="dollars",
        goals=["*"],
        churn=["*"],
        scratch=tmp_path,
    )
    file = parse(found.text)
    assert file.warnings == ()
    assert found.counts.cases == file.scenario.population.size == 2357
    assert file.scenario.start_date.isoformat() == "1997-01-01"
    assert file.scenario.horizon == 273
    shares = {each.key: each.share for each in file.scenario.transitions}
    assert shares["first-purchase/second-purchase"] == pytest.approx(959 / 2357, abs=1e-6)
