"""Live what-if in the window: what is asked of the process beside it, and how its answers are shown."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.desktop.live import live as module
from app.desktop.live.chart import WAITING
from app.desktop.looks.theme import Theme
from app.desktop.pictures import formats
from app.desktop.window import Window
from app.processes.live.answer import Reference, answer
from app.processes.live.messages import Answer, Ask, Failed, Unfit
from app.processes.live.plan import BASELINE, CUSTOMERS, NOW, REPLICATIONS, LivePlan, live_plan, sample, side_of
from app.processes.live.worker import simulate_live
from sim.experiment import run
from sim.outcomes.bands import band
from sim.scenario import edit, new_text, open_scenario, override
from sim.shipped import shipped_scenarios
from tests.builders import scenario, small
from tests.desktop.conftest import Open
from tests.desktop.test_levers import drag, number
from tests.desktop.test_taking import texts

DEARER = {"behaviour.price_index": 1.1}
ARMS = [
    {"id": "plain", "name": "Plain"},
    {"id": "single", "name": "One channel", "set": {"integration.mode": "single"}},
]


class Beside(QObject):
    """Stands for the process: keeps what it is asked, says what a test wants it to."""

    heard = Signal(object)
    broken = Signal()

    def __init__(self, *_: object) -> None:
        super().__init__()
        self.asked: list[Ask] = []
        self.closed = False

    @property
    def process_id(self) -> int:
        return 1

    @property
    def last(self) -> Ask:
        return self.asked[-1]

    def tell(self, ask: Ask) -> None:
        self.asked.append(ask)

    def close(self) -> None:
        self.closed = True

    def answer(self, replications: int = 3) -> Answer:
        """Answer the last question as the process would."""
        plan = planned(self.last)
        found = answer(self.last.number, plan, *simulated(plan, replications), 0.21)
        self.heard.emit(found)
        QApplication.processEvents()
        return found


def planned(ask: Ask) -> LivePlan:
    baseline, base = side_of(ask.baseline, BASELINE)
    return live_plan(baseline, side_of(ask.now, NOW)[0], base)


def simulated(live: LivePlan, replications: int) -> tuple[Reference, dict[int, object]]:
    arms = [{n: simulate_live(live.plan.task(n, arm)) for n in range(replications)} for arm in (0, 1)]
    return Reference(arms[0]), arms[1]  # type: ignore[return-value]


@pytest.fixture
def beside(window: Window, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Beside]:
    """The process that the window believes to have."""
    made: list[Beside] = []

    def make(*arguments: object) -> Beside:
        made.append(Beside(*arguments))
        return made[-1]

    monkeypatch.setattr(module, "Link", make)
    window.document.new(new_text(small(experiment={"arms": ARMS}, channels=[{"id": "web"}, {"id": "app"}])))
    window.live.begin()
    return lambda: made[-1]


Process = Callable[[], Beside]


# What is asked


def test_every_edit_is_asked_about_and_letting_go_hurries(window: Window, beside: Process) -> None:
    assert beside().last.baseline.text == beside().last.now.text
    assert window.levers.mix is not None
    drag(window.levers.mix.sliders["app"], 120, 140)
    asked = beside().asked
    assert [ask.at_once for ask in asked] == [False, False, False, True]
    assert asked[-1].now == asked[-2].now
    assert "mix = 1.4" in asked[-1].now.text
    assert asked[-1].baseline == asked[0].baseline
    assert [ask.number for ask in asked] == sorted(ask.number for ask in asked)


def test_what_changes_no_figure_is_not_asked_about(window: Window, beside: Process) -> None:
    count = len(beside().asked)
    window.document.set("Move", {"layout.start": [1, 2]})
    window.document.set("Name", {"name": "Other"})
    assert len(beside().asked) == count
    window.document.set("Dearer", DEARER)
    assert len(beside().asked) == count + 1


def test_saving_makes_a_new_baseline(window: Window, beside: Process, tmp_path: object) -> None:
    window.document.set("Dearer", DEARER)
    assert beside().last.baseline.text != beside().last.now.text
    window.document.save(tmp_path / "mine.toml")  # type: ignore[operator]
    assert beside().last.baseline.text == beside().last.now.text == window.document.text


def test_a_journey_that_was_never_saved_is_compared_with_how_it_was_when_somebody_came(
    window: Window, beside: Process
) -> None:
    window.document.new()
    text = new_text(small())
    window.document.apply("Draw", lambda _: text)
    window.live.begin()
    assert beside().last.baseline.text == text
    assert window.live.baselines.chosen == "base"
    window.document.set("Dearer", DEARER)
    assert beside().last.baseline.text == text
    assert beside().last.now.text == window.document.text


def test_an_arm_is_compared_with_itself_as_saved_or_with_what_is_chosen(window: Window, beside: Process) -> None:
    window.document.select_arm("single")
    assert (beside().last.baseline.arm, beside().last.now.arm) == ("single", "single")
    assert beside().last.now.name == "One channel now"
    assert window.live.baselines.choose("arm:plain") == ""
    assert (beside().last.baseline.arm, beside().last.now.arm) == ("plain", "single")
    kept = beside().last.baseline
    window.document.select_arm(None)
    window.document.set("Dearer", DEARER)
    assert beside().last.baseline == kept
    window.live.baselines.choose("saved")
    assert beside().last.baseline.arm is None


def test_a_stored_run_can_be_the_baseline(window: Window, beside: Process) -> None:
    from sim.store import Store
    from tests.store.replications import begin

    with Store(window.simulation.runner.db) as store:
        stored = begin(store)
    assert window.live.baselines.choose(f"run:{stored}") == ""
    with Store(window.simulation.runner.db) as store:
        assert beside().last.baseline.text == store.run(stored).scenario_text
    assert window.live.baselines.choose("run:none-such")
    assert window.live.baselines.chosen == f"run:{stored}"


def test_nothing_is_asked_before_somebody_comes_to_the_levers_nor_with_live_off(open_window: Open) -> None:
    window = open_window()
    window.document.new(new_text(small()))
    window.document.set("Dearer", DEARER)
    assert window.live.process_id is None
    window.levers.bar.switch.click()
    window.live.begin()
    window.document.set("Dearer", {"behaviour.price_index": 1.4})
    assert window.live.process_id is None
    assert window.live.words == "Off"
    window.close_now()
    assert not open_window().live.on, "it is remembered"


# How answers are shown


def test_curves_differences_and_what_they_are_made_of_stand_in_a_tab(window: Window, beside: Process) -> None:
    window.show_results()
    window.document.set("Dearer", DEARER)
    window.live.show_chart()
    beside().answer()
    chart = window.live.chart
    assert window.results.tabs.currentWidget() is chart
    assert chart.isVisible()
    assert '"Your changes"' in chart.answer.text()
    assert chart.state.text() == "100 customers × 3 replications, 0.21 s."
    assert "Conversion" in chart.differences.text()
    chart.conversion.point_at(30)
    assert "At day 30" in chart.state.text(), "where somebody points is told instead"
    chart.conversion.plot.left.emit()
    assert chart.state.text() == "100 customers × 3 replications, 0.21 s."
    assert window.live.words == "…", "not all replications are in"
    beside().answer(REPLICATIONS)
    assert window.live.words == "0.2 s"


def test_a_picture_of_the_live_curves_says_which_is_which(window: Window, beside: Process) -> None:
    window.show_results()
    window.document.set("Dearer", DEARER)
    window.live.show_chart()
    beside().answer(REPLICATIONS)
    drawn = texts(formats.svg(window.live.chart.pictured(Theme())))
    for words in ("As saved", "Your changes", "Still there, by day", "Customers won, by day"):
        assert words in drawn


def test_another_journey_begins_without_the_answers_and_the_baseline_of_the_last(
    window: Window, beside: Process
) -> None:
    window.document.new()
    drawn = new_text(small())
    window.document.apply("Draw", lambda _: drawn)
    window.live.begin()
    first = beside().answer()
    assert window.live.chart.answer.text() != WAITING
    window.document.set("Dearer", DEARER)
    late = beside().last
    window.document.new()
    assert window.live.chart.answer.text() == WAITING
    assert window.live.reading is None
    assert window.live.words == "Ready"
    assert window.live.baselines.chosen == "saved"
    beside().heard.emit(replace(first, number=late.number))
    assert window.live.chart.answer.text() == WAITING, "an answer about the journey that was left"
    window.document.apply("Draw", lambda _: drawn)
    window.live.begin()
    beside().answer()
    assert window.live.chart.answer.text() != WAITING


def test_nothing_of_it_is_stored(window: Window, beside: Process) -> None:
    from sim.store import Store

    beside().answer(REPLICATIONS)
    with Store(window.simulation.runner.db) as store:
        assert store.run_list() == ()


def test_a_journey_with_errors_keeps_the_last_curves_greyed_and_says_why(window: Window, beside: Process) -> None:
    beside().answer()
    window.document.set("Break", {"behaviour.price_index": 1.2})
    beside().heard.emit(Unfit(beside().last.number, "rules.first.do: there is no such action", 2, of_baseline=False))
    chart = window.live.chart
    assert chart.is_faded
    assert "this journey has 2 errors" in chart.state.text()
    assert "without errors" in window.live.words
    window.document.undo_stack.undo()
    beside().answer()
    assert not chart.is_faded


def test_what_fewer_customers_share_is_said(window: Window, beside: Process) -> None:
    bought = {"spend": 500, "cost_per_arrival": 1, "saturation": 1000}
    desk = {"id": "phone", "agents": 4, "service_minutes": 5}
    at_desk = {"id": "middle", "desk": "phone"}
    touchpoints = [at_desk if touchpoint["id"] == "middle" else touchpoint for touchpoint in small()["touchpoints"]]
    channels = [{"id": "web", "acquisition": bought}]
    window.document.new(
        new_text(small(population={"size": 2500}, touchpoints=touchpoints, desks=[desk], channels=channels))
    )
    found = beside().answer(2)
    assert (
        "Simulated with 2,000 of 2,500 customers: bought visits scaled alike; not scaled: 4 agents at phone. "
        "Only a run shows what depends on that, and totals of money."
    ) in window.live.chart.state.text()
    assert "roas" in found.comparison.differences, "as much is bought of each arrival"
    assert not {"revenue", "desk_wait_minutes"} & set(found.comparison.differences)


def test_what_goes_wrong_is_told_and_the_next_change_begins_anew(window: Window, beside: Process) -> None:
    beside().heard.emit(Failed("A process ended."))
    assert window.messages.texts == ["Problem: A process ended."]
    first = beside()
    first.broken.emit()
    assert "ended unexpectedly" in window.messages.texts[0]
    window.document.set("Dearer", DEARER)
    assert beside() is not first
    assert beside().last.now.text == window.document.text


def test_the_edited_arm_has_its_colour_and_the_baseline_is_grey(window: Window, beside: Process) -> None:
    from app.shown.colours import arm_style

    window.document.select_arm("single")
    beside().answer()
    assert window.live.reading is not None
    assert window.live.reading.style(NOW, False) == arm_style(1)
    assert window.live.reading.style(BASELINE, False) == arm_style(0)


# Its figures


def test_live_figures_are_those_of_a_run_to_the_last_digit(window: Window, beside: Process) -> None:
    window.document.new(edit(shipped_scenarios()["cart-recovery"].read_text(), {"population.size": 200}))
    window.document.set("Dearer", DEARER)
    live = planned(beside().last)
    found = beside().answer(REPLICATIONS)
    ran = run(live.plan, workers=1)
    compared = ran.compare(NOW).differences
    told = found.comparison.differences
    assert len(told) > 8
    assert told == {outcome: compared[outcome] for outcome in told}
    for name in ("retention", "conversion"):
        for arm in (BASELINE, NOW):
            whole = band(ran.measured(arm), name)
            assert whole is not None
            np.testing.assert_array_equal(found.bands[arm, name].mean, whole.mean)
            np.testing.assert_array_equal(found.bands[arm, name].low, whole.low)


def test_where_a_lever_moves_what_all_customers_share_all_of_them_are_simulated() -> None:
    desk = {"id": "phone", "agents": 4, "service_minutes": 5}
    before = scenario(population={"size": 10_000}, desks=[desk])
    more = scenario(population={"size": 10_000}, desks=[{**desk, "agents": 5}])
    assert sample(before, override(before, DEARER)) == (CUSTOMERS, REPLICATIONS)
    assert sample(before, more) == (10_000, 4)
    assert sample(scenario(), scenario()) == (100, REPLICATIONS)


def test_where_rules_look_at_everybody_every_day_there_are_fewer_replications() -> None:
    daily = open_scenario(shipped_scenarios()["frequency-caps"]).scenario
    silent = override(daily, {"orchestration.policy": "none"})
    assert sample(silent, silent) == (CUSTOMERS, REPLICATIONS)
    assert sample(silent, daily) == sample(daily, silent) == (CUSTOMERS, 6)
    assert sample(daily, override(daily, {"orchestration.tick": 0.1})) == (CUSTOMERS, 4)


def test_a_lever_of_the_window_is_what_its_process_answers_about(window: Window, beside: Process) -> None:
    window.document.lever_wanted.emit("horizon")
    drag(number(window, "horizon").slider, 80)
    assert planned(beside().last).plan.variants[1].scenario.horizon == window.document.tables["horizon"]
