"""Levers: what is offered, how far they go, what they write, and what is remembered of them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from app.desktop.forms import Form
from app.desktop.forms.field import Field
from app.desktop.levers.choice_row import ChoiceRow
from app.desktop.levers.mix import moved, shares
from app.desktop.levers.number_row import NumberRow
from app.desktop.levers.scale import Scale, scale_of
from app.desktop.levers.slider import MarkedSlider
from app.desktop.window import Window
from sim.scenario import edit, new_text
from sim.scenario.model import NonNegative, Positive, Probability, Whole
from sim.scenario.shape import shapes
from sim.shipped import shipped_scenarios
from tests.builders import small
from tests.desktop.conftest import Open
from tests.desktop.hands import click, turn, type_line

Show = Callable[[str], Window]
WEIGHTS = st.dictionaries(
    st.sampled_from(["web", "app", "email", "store", "phone"]),
    st.one_of(st.just(0.0), st.floats(0.001, 1000.0, allow_nan=False)),
    min_size=2,
)


@pytest.fixture
def show(window: Window) -> Show:
    """Opens a scenario that ships, with nothing simulated while it is edited."""

    def open_one(id_: str) -> Window:
        window.live.switch(False)
        window.files.open_shipped(shipped_scenarios()[id_])
        QApplication.processEvents()
        return window

    return open_one


def drag(slider: MarkedSlider, *steps: int) -> None:
    """Take hold with the left button, pass these steps, let go."""
    slider.setSliderDown(True)
    for step in steps:
        slider.setValue(step)
    slider.setSliderDown(False)
    QApplication.processEvents()


def number(window: Window, address: str) -> NumberRow:
    row = window.levers.row(address)
    assert isinstance(row, NumberRow)
    return row


def mix(window: Window) -> dict[str, float]:
    channels = window.document.shown["channels"]
    return shares({each["id"]: float(each.get("mix", 1.0)) for each in channels if each.get("enabled", True)})


# The mix


@given(WEIGHTS, st.floats(0, 1), st.data())
def test_a_mix_stays_a_mix_whatever_is_moved(weights: dict[str, float], share: float, data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from(sorted(weights)))
    found = moved(weights, id_, share)
    whole = sum(weights.values()) or 1.0
    assert set(found) == set(weights)
    assert all(weight >= 0 for weight in found.values())
    assert sum(found.values()) == pytest.approx(whole, abs=1e-5)
    assert sum(shares(found).values()) == pytest.approx(1.0)
    assert found[id_] / whole == pytest.approx(share, abs=1e-5 / whole + 1e-9)


@given(WEIGHTS, st.floats(0, 0.99), st.data())
def test_the_others_keep_their_proportions(weights: dict[str, float], share: float, data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from(sorted(weights)))
    found = moved(weights, id_, share)
    others = {other: weight for other, weight in weights.items() if other != id_}
    whole = sum(weights.values()) or 1.0
    given_part = shares(others)
    for other in others:
        assert found[other] == pytest.approx(given_part[other] * (1 - share) * whole, abs=1e-5)


def test_a_channel_takes_from_the_others_what_it_gets(show: Show) -> None:
    window = show("online-shop")
    assert window.levers.mix is not None
    before = mix(window)
    drag(window.levers.mix.sliders["app"], 40, 100)
    after = mix(window)
    assert after["app"] == pytest.approx(0.5)
    assert sum(after.values()) == pytest.approx(1.0)
    rest = 1 - before["app"]
    assert all(after[id_] == pytest.approx(before[id_] / rest / 2, abs=1e-5) for id_ in before if id_ != "app")
    assert [field.line.text() for field in window.levers.mix.fields.values()].count("10 %") == 5


def test_going_to_the_end_and_back_in_one_drag_loses_no_proportions(show: Show) -> None:
    window = show("channel-modes")
    assert window.levers.mix is not None
    before, first = mix(window), next(iter(window.levers.mix.sliders))
    slider = window.levers.mix.sliders[first]
    drag(slider, slider.maximum(), round(before[first] * slider.maximum()))
    after = mix(window)
    left = {id_: share for id_, share in before.items() if id_ != first}
    assert shares({id_: after[id_] for id_ in left}) == pytest.approx(shares(left), abs=1e-5)


# What a hand does


def test_a_drag_is_one_step_to_undo_and_undo_takes_the_slider_back(show: Show) -> None:
    window = show("bandit-vs-rules")
    text, row = window.document.text, number(window, "orchestration.holdout")
    at = row.slider.value()
    drag(row.slider, 10, 20, 30)
    assert window.document.shown["orchestration"]["holdout"] == 0.3
    assert row.field.line.text() == "30 %"
    assert window.document.undo_stack.count() == 1
    drag(row.slider, 40)
    assert window.document.undo_stack.count() == 2
    window.document.undo_stack.undo()
    assert row.slider.value() == 30
    window.document.undo_stack.undo()
    assert window.document.text == text
    assert row.slider.value() == at


def test_keys_move_a_lever_and_a_number_can_be_typed(show: Show) -> None:
    window = show("bandit-vs-rules")
    row = number(window, "orchestration.holdout")
    row.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert window.document.shown["orchestration"]["holdout"] == 0.03
    row.field.line.setFocus()
    type_line(row.field.line, "25")
    assert window.document.shown["orchestration"]["holdout"] == 0.25
    assert row.slider.value() == 25
    type_line(row.field.line, "250")
    assert window.document.shown["orchestration"]["holdout"] == 0.25
    assert row.message.words == '✕ Not saved: "250" is not a valid value: enter a percentage from 0 to 100'


def test_what_is_wrong_at_a_lever_moves_nothing_and_is_read_in_whole(show: Show) -> None:
    window = show("bandit-vs-rules")
    row = number(window, "orchestration.holdout")
    assert window.levers.mix is not None
    share = next(iter(window.levers.mix.fields.values()))
    for line, telling in ((row.field.line, row.message), (share.line, window.levers.mix.message)):
        line.setFocus()
        for _ in range(5):
            turn()
        before = geometry(window)
        type_line(line, "250")
        QApplication.processEvents()
        assert telling.words.startswith("✕ Not saved: ")
        assert geometry(window) == before
        told = {label.text() for label in window.levers.findChildren(QLabel) if label.isVisible()}
        assert telling.words in told, "all the words are in sight while the keyboard is there"
        window.setFocus()
        QApplication.processEvents()
        assert geometry(window) == before
        assert telling.isVisible()


def geometry(window: Window) -> list[QRect]:
    """Where each lever is, and how large."""
    within = [*window.levers.rows, window.levers.mix]
    return [QRect(each.mapTo(window, QPoint()), each.size()) for each in within if each is not None]


def test_a_choice_is_made_by_mouse_and_by_arrow_keys(show: Show) -> None:
    window = show("personalization-ladder")
    row = window.levers.row("personalization.level")
    assert isinstance(row, ChoiceRow)
    click(row.choice.buttons[2])
    assert window.document.shown["personalization"]["level"] == "individual"
    QTest.keyClick(row.choice.buttons[2], Qt.Key.Key_Right)
    assert window.document.shown["personalization"]["level"] == "realtime"
    assert [button.isChecked() for button in row.choice.buttons] == [False, False, False, True]


def test_a_lever_says_where_the_baseline_is_and_goes_back_there(show: Show) -> None:
    window = show("paid-growth")
    row = number(window, "channels.search.acquisition.spend")
    assert row.slider.mark == row.slider.value()
    assert row.back.isHidden()
    drag(row.slider, 0)
    assert row.slider.mark not in (None, row.slider.value())
    assert "12000 EUR" in row.slider.toolTip()
    click(row.back)
    assert row.value == row.baseline == 12000
    window.document.set("Twice", {"channels.search.acquisition.spend": 24000})
    assert row.slider.value() == row.slider.maximum()


def test_levers_write_into_the_selected_arm_and_follow_it(show: Show) -> None:
    window = show("online-shop")
    base = window.document.tables.get("personalization", {})
    window.document.select_arm("multi")
    row = window.levers.row("integration.mode")
    assert row.value == "multi"
    assert row.changed_in_arm
    level = window.levers.row("personalization.level")
    assert isinstance(level, ChoiceRow)
    click(level.choice.buttons[1])
    assert window.document.overrides["personalization.level"] == "segment"
    assert window.document.tables.get("personalization", {}) == base
    window.document.select_arm(None)
    assert level.value == base.get("level", "none")
    assert not level.changed_in_arm
    window.document.select_arm("multi")
    click(level.choice.buttons[0])
    assert "personalization.level" not in window.document.overrides, "an arm says only what differs"


# What is offered


def test_only_levers_that_the_scenario_has_are_offered(show: Show) -> None:
    window = show("frequency-caps")
    offered = [row.lever.address for row in window.levers.rows]
    assert "orchestration.policy" in offered
    assert any(address.startswith("orchestration.caps.") for address in offered)
    assert not any(address.startswith("desks.") for address in offered)
    window.document.set("Budget", {"orchestration.budget": {"per_day": 20}})
    assert number(window, "orchestration.budget.per_day").value == 20
    window.document.undo_stack.undo()
    assert "orchestration.budget.per_day" not in [row.lever.address for row in window.levers.rows]


def test_a_blank_journey_says_where_levers_come_from(window: Window) -> None:
    assert window.levers.rows == []
    assert "Levers appear here" in window.levers.hint.text()


def test_every_lever_has_a_name_a_tooltip_and_can_be_reached_by_keyboard(show: Show) -> None:
    window = show("subscription")
    for row in window.levers.rows:
        assert row.label.toolTip()
        inputs = [row.slider, row.field.line] if isinstance(row, NumberRow) else row.choice.buttons  # type: ignore[attr-defined]
        for each in inputs:
            assert each.accessibleName()
            assert each.toolTip()
            assert each.focusPolicy() & Qt.FocusPolicy.TabFocus


# Pinned ones


def field_of(window: Window, model: type, key: str) -> Field:
    """A field of a form of the scenario."""
    form = Form(window.appearance, window.document)
    form.show_part(model, [("behaviour",)])
    row = form.row(key)
    assert isinstance(row, Field)
    return row


def ask_menu(field: Field) -> QMenu:
    """Right-click on the line of a field."""
    before = {id(each) for each in QApplication.topLevelWidgets()}
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(4, 4), field.input.mapToGlobal(QPoint(4, 4)))
    QApplication.sendEvent(field.input, event)
    QApplication.processEvents()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]
    assert len(found) == 1, before
    return found[0]


def test_a_value_pinned_by_right_click_is_still_pinned_at_the_next_start(open_window: Open) -> None:
    window = open_window(shipped_scenarios()["cart-recovery"])
    window.live.switch(False)
    field = next(
        each for each in window.inspector.findChildren(Field) if each.address == "horizon" and len(each.addresses) == 1
    )
    menu = ask_menu(field)
    pin = next(action for action in menu.actions() if action.text() == "Pin as a lever")
    pin.trigger()
    menu.close()
    row = number(window, "horizon")
    assert row.value == window.document.tables["horizon"]
    drag(row.slider, 50)
    assert window.document.tables["horizon"] == row.value != row.baseline
    window.close_now()
    again = open_window(shipped_scenarios()["cart-recovery"])
    again.live.switch(False)
    assert number(again, "horizon").lever.pinned
    again.files.open_shipped(shipped_scenarios()["paid-growth"])
    assert "horizon" not in [row.lever.address for row in again.levers.rows], "each scenario has its own"
    again.files.open_shipped(shipped_scenarios()["cart-recovery"])
    click(number(again, "horizon").unpin)
    assert "horizon" not in [row.lever.address for row in again.levers.rows]


def test_what_has_no_single_value_cannot_be_pinned(show: Show) -> None:
    window = show("cart-recovery")
    count = len(window.levers.rows)
    for address in ("name", "about", "touchpoints.nowhere.effort", "experiment.seed", "no.such.thing"):
        window.document.lever_wanted.emit(address)
    assert len(window.levers.rows) == count


def test_a_pinned_value_whose_touchpoint_is_deleted_goes_and_comes_back_with_undo(show: Show) -> None:
    window = show("cart-recovery")
    touchpoint = window.document.tables["touchpoints"][1]["id"]
    address = f"touchpoints.{touchpoint}.effort"
    window.document.lever_wanted.emit(address)
    assert number(window, address)
    window.document.set("Delete", {f"touchpoints.{touchpoint}": None})
    assert address not in [row.lever.address for row in window.levers.rows]
    window.document.undo_stack.undo()
    assert number(window, address)


# How far


@given(st.floats(0.001, 1e6, allow_nan=False))
def test_a_number_without_limits_goes_from_nothing_to_twice_itself(value: float) -> None:
    scale = scale_of(shapes(NonNegative)[0], (value,))
    assert scale.low == 0
    assert 2 * value <= scale.high * (1 + 1e-9) <= 2.05 * value
    assert scale.value(scale.step_at(value)) == pytest.approx(value, abs=scale.step)


@given(st.integers(0, 5000))
def test_whole_numbers_stay_whole(value: int) -> None:
    scale = scale_of(shapes(Whole)[0], (value,))
    assert all(isinstance(scale.value(step), int) for step in (0, 1, scale.steps))
    assert scale.holds(value)


def test_shares_go_from_0_to_100_percent_and_what_must_be_positive_never_reaches_0() -> None:
    assert scale_of(shapes(Probability)[0], (0.2,)) == Scale(0.0, 1.0, 0.01, False)
    assert scale_of(shapes(Positive)[0], (5.0,)).value(0) > 0


def test_the_baseline_chooser_offers_the_arms(show: Show) -> None:
    window = show("online-shop")
    box = window.levers.bar.baseline
    assert box.itemText(0) == "As saved"
    window.document.set("Dearer", {"behaviour.price_index": 1.2})
    box.setFocus()
    QTest.keyClicks(box, "Channels side")
    assert box.currentText() == "Channels side by side, from now"
    side = window.live.baselines.side
    assert side.arm == "multi"
    assert side.text == window.document.text
    assert window.levers.row("integration.mode").baseline == "multi"
    window.document.undo_stack.undo()
    assert window.live.baselines.side == side, "it stays as it was when it was chosen"
    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    assert box.currentText() == "As saved"


def test_the_levers_of_a_journey_drawn_by_hand_follow_its_channels(window: Window) -> None:
    window.live.switch(False)
    window.document.new(new_text(small()))
    assert window.levers.mix is None, "one channel is no mix"
    window.document.apply("Channel", lambda text: edit(text, {"channels": [{"id": "web"}, {"id": "app"}]}))
    assert window.levers.mix is not None
    assert list(window.levers.mix.sliders) == ["web", "app"]
