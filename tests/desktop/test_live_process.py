"""The process behind the levers: the newest question is answered, failures are told, nothing is left behind.

Each of these tests starts three processes that load the engine.
"""

import math
import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.live.answer_reading import AnswerReading
from app.desktop.window import Window
from app.processes.live.messages import Side
from app.processes.live.plan import BASELINE, CUSTOMERS, NOW, REPLICATIONS, live_plan, side_of
from sim.experiment import run
from sim.scenario import edit
from sim.shipped import shipped_scenarios
from tests.desktop.test_jobs import alive, children
from tests.desktop.test_levers import drag, number

SECONDS = 120_000
LEVERS = {
    "online-shop": {"behaviour.price_index": 1.1},
    "subscription": {"behaviour.price_index": 1.15},
    "cart-recovery": {"orchestration.policy": "none"},
    "always-on-travel": {"integration.mode": "single"},
}

ASKED = ("conversion_rate", "completion_rate", "retained_per_arrival_90", "retention_90", "churn_rate")

_MANY = 3.02 / 1.96
"""Twenty comparisons: each is made at 99.75 %, so that all of them hold at 95 % (Bonferroni)."""


@pytest.fixture
def live(window: Window) -> Window:
    """A window with a small journey open and the process about to begin."""
    text = shipped_scenarios()["cart-recovery"].read_text(encoding="utf-8")
    window.document.new(edit(text, {"population.size": 200}))
    window.live.begin()
    return window


def whole(window: Window, qtbot: QtBot) -> AnswerReading:
    """The whole answer to what the document says now."""

    def answered() -> bool:
        reading = window.live.reading
        return reading is not None and reading.answer.whole and reading.answer.number == window.live.asked

    qtbot.waitUntil(answered, timeout=SECONDS)
    assert window.live.reading is not None
    return window.live.reading


def change(reading: AnswerReading) -> float:
    return reading.differences(NOW)["conversion_rate"].interval.mean


@pytest.mark.slow
def test_the_newest_question_is_answered_older_ones_are_dropped_and_errors_are_told(live: Window, qtbot: QtBot) -> None:
    assert change(whole(live, qtbot)) == 0
    answered: list[int] = []
    live.live.shown.connect(lambda: answered.append(live.live.reading.answer.number))  # type: ignore[union-attr]
    first = live.live.asked
    drag(number(live, "orchestration.holdout").slider, *range(1, 31))
    reading = whole(live, qtbot)
    assert reading.count == REPLICATIONS
    assert reading.differences(NOW)["messages_per_customer"].interval.mean < 0
    assert answered == sorted(answered)
    assert len({number for number in answered if number > first}) < live.live.asked - first
    live.document.apply("Break", lambda text: text.replace('do = "', 'do = "no-such-', 1))
    qtbot.waitUntil(lambda: "without errors" in live.live.words, timeout=SECONDS)
    assert live.live.chart.is_faded
    while live.document.undo_stack.canUndo():
        live.document.undo_stack.undo()
    assert change(whole(live, qtbot)) == 0
    process = live.live.process_id
    assert process is not None
    workers = children(process)
    assert len(workers) == 2
    live.document.set("Dearer", {"behaviour.price_index": 1.3})
    live.close_now()
    assert not alive(process)
    qtbot.waitUntil(lambda: not any(map(alive, workers)), timeout=SECONDS)


@pytest.mark.slow
def test_a_worker_that_is_killed_is_told_of_and_started_again(live: Window, qtbot: QtBot) -> None:
    whole(live, qtbot)
    process = live.live.process_id
    assert process is not None
    for worker in children(process):
        os.kill(worker, signal.SIGKILL)
    live.document.set("Dearer", {"behaviour.price_index": 1.3})
    assert change(whole(live, qtbot)) < 0
    assert live.live.process_id == process
    assert any("Another one was started" in text for text in live.messages.texts)


@pytest.mark.slow
def test_the_process_that_is_killed_is_told_of_and_started_again(live: Window, qtbot: QtBot) -> None:
    whole(live, qtbot)
    process = live.live.process_id
    assert process is not None
    workers = children(process)
    os.kill(process, signal.SIGKILL)
    qtbot.waitUntil(lambda: any("ended unexpectedly" in text for text in live.messages.texts), timeout=SECONDS)
    live.document.set("Dearer", {"behaviour.price_index": 1.3})
    assert change(whole(live, qtbot)) < 0
    assert live.live.process_id not in (None, process)
    qtbot.waitUntil(lambda: not any(map(alive, workers)), timeout=SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("id_", LEVERS)
def test_live_differences_agree_with_a_full_run_within_their_intervals(id_: str) -> None:
    text = shipped_scenarios()[id_].read_text(encoding="utf-8")
    baseline, base = side_of(Side(text, None, None, ""), BASELINE)
    now, _ = side_of(Side(edit(text, LEVERS[id_]), None, None, ""), NOW)
    live = run(live_plan(baseline, now, base).plan).compare(NOW).differences
    pressed = run(base, arms=[baseline, now], replications=40).compare(NOW).differences
    others = run(base, arms=[baseline, now], replications=40, seed=base.experiment.seed + 1).compare(NOW).differences
    both = [outcome for outcome in ASKED if outcome in live and outcome in pressed]
    assert both
    assert any(each.distinguishable for each in pressed.values())
    for outcome in both:
        for full in (pressed, others):  # what pressing Run shows next, and with other customers
            one, other = live[outcome].interval, full[outcome].interval
            reach = _MANY * math.hypot(one.half_width or 0.0, other.half_width or 0.0)
            assert abs(one.mean - other.mean) <= reach, (outcome, one, other)


@pytest.mark.slow
@pytest.mark.parametrize("id_", LEVERS)
def test_few_customers_differ_as_all_of_them_do(id_: str) -> None:
    """What the levers leave out is what this would not hold for: with many replications nothing is off by itself."""
    text = shipped_scenarios()[id_].read_text(encoding="utf-8")
    baseline, base = side_of(Side(text, None, None, ""), BASELINE)
    now, _ = side_of(Side(edit(text, LEVERS[id_]), None, None, ""), NOW)
    arms, seed = [baseline, now], base.experiment.seed + 2
    few = run(base, arms=arms, customers=CUSTOMERS, replications=100, seed=seed).compare(NOW).differences
    full = run(base, arms=arms, replications=40).compare(NOW).differences
    for outcome in (outcome for outcome in ASKED if outcome in few and outcome in full):
        one, other = few[outcome].interval, full[outcome].interval
        reach = _MANY * math.hypot(one.half_width or 0.0, other.half_width or 0.0)
        assert abs(one.mean - other.mean) <= reach, (outcome, one, other)
