"""The questions of docs/how-to/read-the-store.md are answered by one select each, as the outcomes have it."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.cli.main import main
from app.runs.stored import results_of
from sim.experiment import Results
from sim.outcomes.intervals import interval
from sim.store import Store

PAGE = Path(__file__).resolve().parent.parent / "docs" / "how-to" / "read-the-store.md"
QUESTION = re.compile(r"^\*\*(.+?)\*\*.*?```bash\nsqlite3 shop.sqlite \"(.*?)\"\n```", re.DOTALL | re.MULTILINE)
QUESTIONS = {title: select.strip() for title, select in QUESTION.findall(PAGE.read_text(encoding="utf-8"))}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Results, Results]:
    """The page's store, with the results of its two runs: online-shop and cart-recovery."""
    path = tmp_path_factory.mktemp("questions") / "shop.sqlite"
    for scenario in ("online-shop", "cart-recovery"):
        with pytest.raises(SystemExit) as left:
            main(["run", scenario, "--replications", "6", "--customers", "300", "--db", str(path), "--quiet"])
        assert left.value.code == 0
    with Store(path, read_only=True) as store:
        online, carts = (
            results_of(next(run for run in store.runs() if run.scenario == id_), store)
            for id_ in ("online-shop", "cart-recovery")
        )
    return path, online, carts


def levels(shop: Results, _: Results) -> list[tuple[Any, ...]]:
    return [
        (arm, outcome, found.mean, found.lo, found.hi)
        for arm in shop.arms
        for outcome, found in shop.summary(arm).items()
    ]


def differences(shop: Results, _: Results) -> list[tuple[Any, ...]]:
    return [
        (arm, outcome, found.interval.mean, found.interval.lo, found.interval.hi)
        for arm in shop.arms[1:]
        for outcome, found in shop.compare(arm).differences.items()
        if found.distinguishable and outcome != "incremental_roi"
    ]


def best_by_segment(shop: Results, _: Results) -> list[tuple[Any, ...]]:
    best = []
    for segment in shop.segments("omni"):
        found = {arm: shop.summary(arm, segment)["conversion_rate"].mean for arm in shop.arms}
        arm = max(found, key=found.__getitem__)
        best.append((segment, arm, found[arm]))
    return best


def revenue_by_month(shop: Results, _: Results) -> list[tuple[Any, ...]]:
    rows = []
    for arm in shop.arms:
        days = np.array([measured.daily["revenue"] for measured in shop.measured(arm)])
        date = np.datetime64(shop.scenario.start_date) + np.arange(days.shape[1])
        for month in np.unique(date.astype("datetime64[M]")):
            among = date.astype("datetime64[M]") == month
            found = interval(days[:, among].sum(axis=1).tolist(), limits=(0, None))
            rows.append((str(date[among][0]), arm, found.mean, found.lo, found.hi))
    for arm in shop.arms:
        of_arm = sum(row[2] for row in rows if row[1] == arm)
        assert of_arm == pytest.approx(shop.summary(arm)["revenue"].mean)
    return sorted(rows, key=lambda row: row[:2])


def conversions_by_weekday(shop: Results, _: Results) -> list[tuple[Any, ...]]:
    days = np.mean([measured.daily["conversions"] for measured in shop.measured("omni")], axis=0)
    return [(str(weekday), np.mean(days[(weekday - 1) % 7 :: 7])) for weekday in range(7)]  # day 0 is a Monday


def cost_by_channel(_: Results, carts: Results) -> list[tuple[Any, ...]]:
    rows = []
    for arm in carts.arms:
        cost: dict[str, float] = {}
        whole = 0.0
        for measured in carts.measured(arm):
            for channel, figures in measured.channels.items():
                cost[channel] = cost.get(channel, 0.0) + figures["cost"]
            for action, figures in measured.actions.items():
                if "@" in action:
                    channel = action.split("@")[1]
                    cost[channel] = cost.get(channel, 0.0) + figures["cost"]
            whole += measured.outcomes["all"]["cost"]
        assert 0 < sum(cost.values()) <= whole * (1 + 1e-12), "no more than all of it"
        rows += [(arm, channel, cost[channel] / len(carts.replications)) for channel in sorted(cost)]
    return sorted(rows)


def shares(_: Results, carts: Results) -> list[tuple[Any, ...]]:
    found = [
        (arm, group, carts.summary(arm, group)["arrivals"].mean / carts.summary(arm)["arrivals"].mean)
        for arm in carts.arms
        for group in carts.groups(arm)
    ]
    for arm in {row[0] for row in found}:
        assert sum(row[2] for row in found if row[0] == arm) == pytest.approx(1)
    return found


def acted_on(_: Results, carts: Results) -> list[tuple[Any, ...]]:
    rows = []
    for arm in carts.arms:
        sums: dict[str, list[float]] = {}
        for measured in carts.measured(arm):
            for action, figures in measured.actions.items():
                if "@" not in action:
                    both = sums.setdefault(action, [0.0, 0.0])
                    both[0] += figures["responded"]
                    both[1] += figures["sent"]
        rows += [(arm, action, part / whole if whole else None) for action, (part, whole) in sums.items()]
    return sorted(rows)


def where_they_leave(shop: Results, _: Results) -> list[tuple[Any, ...]]:
    found: dict[str, list[float]] = {}
    for measured in shop.measured("single"):
        for touchpoint, figures in measured.touchpoints.items():
            if "dropoff" in figures:
                found.setdefault(touchpoint, []).append(figures["dropoff"])
    means = {touchpoint: np.mean(values) for touchpoint, values in found.items()}
    return sorted(means.items(), key=lambda each: -each[1])[:5]


def spread(shop: Results, _: Results) -> list[tuple[Any, ...]]:
    values = {arm: shop.values(arm, "conversion_rate").values() for arm in sorted(shop.arms)}
    return [(arm, min(of_arm), max(of_arm)) for arm, of_arm in values.items()]


ANSWERS: dict[str, Callable[[Results, Results], list[tuple[Any, ...]]]] = {
    "How do the arms do?": levels,
    "What is different under another arm, beyond chance?": differences,
    "Which arm is best in each segment?": best_by_segment,
    "What is sold each month?": revenue_by_month,
    "On which weekday do they buy?": conversions_by_weekday,
    "What does each channel cost?": cost_by_channel,
    "What share is treated, what share is held out?": shares,
    "What comes of each message?": acted_on,
    "Where do customers leave?": where_they_leave,
    "How much do single runs differ?": spread,
}


def texts(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(cell for cell in row if isinstance(cell, str))


def test_every_question_has_an_answer_that_is_known() -> None:
    assert list(QUESTIONS) == list(ANSWERS)


@pytest.mark.parametrize("question", ANSWERS)
def test_one_select_says_what_the_outcomes_say(shop: tuple[Path, Results, Results], question: str) -> None:
    path, *results = shop
    with sqlite3.connect(path) as plain:
        found = plain.execute(QUESTIONS[question]).fetchall()
    expected = ANSWERS[question](*results)
    if "order by" not in QUESTIONS[question]:
        found, expected = (sorted(rows, key=texts) for rows in (found, expected))
    assert found
    assert [*map(texts, found)] == [*map(texts, expected)]
    for row, known in zip(found, expected, strict=True):
        assert [cell for cell in row if not isinstance(cell, str)] == [
            pytest.approx(cell) for cell in known if not isinstance(cell, str)
        ]
