"""The canvas shows a journey and asks for changes; it never makes them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from app.desktop.canvas import Canvas, Flow, QuickAdd, Selection, tidy
from app.desktop.canvas.bands import bands
from app.desktop.canvas.cards import card_figure
from app.desktop.canvas.geometry import Box, card_box
from app.desktop.canvas.pointed import Pointed
from app.desktop.document.drawn_journey import DrawnJourney, Lane, Note, Touchpoint, Transition, drawn_journey
from app.desktop.looks.theme import Appearance, Theme

# Qt's offscreen platform says so of every window.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
LANES = (Lane("awareness", "Awareness"), Lane("purchase", "Purchase"))


def touchpoint(id_, stage="awareness", at=None, **more):
    usual = {
        "name": id_.capitalize(),
        "channels": ("web",),
        "start": 0.0,
        "goal": None,
        "exit": None,
        "lapsed": False,
        "desk": None,
        "enabled": True,
    }
    return Touchpoint(id=id_, stage=stage, at=at, **(usual | more))


def transition(source, target, share=1.0, **more):
    return Transition(f"{source}/{target}", source, target, share, **({"delay": "", "enabled": True} | more))


SHOP = DrawnJourney(
    LANES,
    (
        touchpoint("ad", at=(40.0, 40.0), start=1.0),
        touchpoint("cart", at=(40.0, 200.0)),
        touchpoint("paid", "purchase", at=(400.0, 40.0), goal="conversion"),
        touchpoint("left", "purchase", at=(400.0, 200.0), exit="churn"),
    ),
    (
        transition("ad", "cart", 3.0, delay="2 d"),
        transition("ad", "left", 1.0),
        transition("cart", "paid"),
        transition("cart", "cart", 0.5),
    ),
    (Note("why", "Ask why they leave", (40.0, 360.0)),),
    ("web", "email"),
)


def big_journey(touchpoints=300, transitions=900):
    draw = random.Random(1)
    lanes = tuple(Lane(f"s{number}", f"Stage {number}") for number in range(6))
    cards = tuple(touchpoint(f"t{k}", f"s{k * 6 // touchpoints}", start=float(k == 0)) for k in range(touchpoints))
    pairs = {(k, k + 1) for k in range(touchpoints - 1)}
    while len(pairs) < transitions:
        first = draw.randrange(touchpoints)
        pairs.add((first, min(touchpoints - 1, first + draw.randrange(2, 30))))
    return DrawnJourney(lanes, cards, tuple(transition(f"t{a}", f"t{b}") for a, b in sorted(pairs)))


@pytest.fixture
def appearance(qapp):
    appearance = Appearance()
    appearance.apply()
    return appearance


@pytest.fixture
def canvas(qtbot, appearance):
    canvas = Canvas(appearance)
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    canvas.show_journey(SHOP)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.zoom_actual()
    canvas.view.centerOn(300, 200)
    canvas.view.setFocus()
    return canvas


def heard(signal):
    """What a signal says from now on."""
    said = []
    signal.connect(lambda *values: said.append(values if len(values) > 1 else values[0]))
    return said


def pixel(canvas, x, y):
    return canvas.view.mapFromScene(QPointF(x, y))


def drag(canvas, start, end):
    area = canvas.view.viewport()
    a, b = pixel(canvas, *start), pixel(canvas, *end)
    QTest.mouseMove(area, a)
    QTest.mousePress(area, LEFT, NONE, a)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(area, a + (b - a) * part)
    QTest.mouseRelease(area, LEFT, NONE, b)


def press(canvas, *keys, modifier=NONE):
    for key in keys:
        QTest.keyClick(canvas.view, key, modifier)


def field(canvas):
    """The field that is open on the canvas."""
    return next(
        (f for kind in (QLineEdit, QPlainTextEdit) for f in canvas.view.viewport().findChildren(kind) if f.isVisible()),
        None,
    )


# What is shown


def test_the_canvas_shows_exactly_the_map_it_was_given(canvas):
    assert canvas.shown() == (frozenset(SHOP.touchpoints), frozenset(SHOP.transitions), frozenset(SHOP.notes))
    fewer = replace(SHOP, touchpoints=SHOP.touchpoints[:2], notes=())
    canvas.show_journey(fewer)
    assert canvas.shown() == (frozenset(fewer.touchpoints), frozenset(fewer.transitions), frozenset())


def test_an_empty_canvas_has_no_scroll_bars_wherever_one_looks(canvas):
    off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
    canvas.view.look_at(QPointF(900, 900))
    assert canvas.view.verticalScrollBarPolicy() == canvas.view.horizontalScrollBarPolicy() == needed
    canvas.show_journey(DrawnJourney())
    assert canvas.view.verticalScrollBarPolicy() == canvas.view.horizontalScrollBarPolicy() == off


def test_what_is_equal_stays_and_so_does_its_selection(canvas):
    canvas.select(Selection(frozenset({"cart", "left"})))
    before = dict(canvas._scene.cards)
    canvas.show_journey(replace(SHOP, touchpoints=(*SHOP.touchpoints[:3], replace(SHOP.touchpoints[3], name="Gone"))))
    assert all(canvas._scene.cards[id_] is before[id_] for id_ in ("ad", "cart", "paid"))
    assert canvas._scene.cards["left"].touchpoint.name == "Gone"
    assert canvas.selected == Selection(frozenset({"cart", "left"}))


def test_what_vanishes_is_no_longer_selected(canvas):
    canvas.select(Selection(frozenset({"cart", "left"})))
    said = heard(canvas.selection_changed)
    canvas.show_journey(replace(SHOP, touchpoints=SHOP.touchpoints[:3]))
    assert said == [Selection(frozenset({"cart"}))]


def test_a_new_card_without_position_takes_a_free_place_in_its_stage_and_moves_no_other(canvas):
    before = canvas.positions()
    canvas.show_journey(replace(SHOP, touchpoints=(*SHOP.touchpoints, touchpoint("gift", "purchase"))))
    after = canvas.positions()
    assert {id_: after[id_] for id_ in before} == before
    assert canvas.stage_at(after["gift"][0]) == "purchase"
    assert not any(card_box(after["gift"]).touches(card_box(at)) for at in before.values())


def test_cards_placed_automatically_stay_when_one_of_them_gets_a_position(canvas):
    loose = replace(SHOP, touchpoints=tuple(replace(card, at=None) for card in SHOP.touchpoints))
    canvas.show_journey(loose)
    canvas.show_journey(loose)
    before = canvas.positions()
    canvas.show_journey(
        replace(loose, touchpoints=(replace(loose.touchpoints[0], at=(8.0, 800.0)), *loose.touchpoints[1:]))
    )
    assert canvas.positions() == before | {"ad": (8.0, 800.0)}


def test_labels_tell_the_percentage_of_what_leaves_and_the_delay(canvas):
    transitions = canvas._scene.transitions
    assert (transitions["ad/cart"].share, transitions["ad/cart"].below) == ("75 %", "2 d")
    assert transitions["ad/left"].share == "25 %"


def test_after_a_run_cards_tell_visits_and_drop_off_and_ways_are_as_wide_as_their_flow(canvas):
    canvas.show_flow(Flow({"ad": 8120.0}, {"ad": 0.12}, {"ad/cart": 3000.0, "ad/left": 1000.0}))
    scene = canvas._scene
    assert scene.cards["ad"].caption == "8,120 visits · 12 % leave"
    assert scene.transitions["ad/cart"].width > scene.transitions["ad/left"].width
    assert scene.transitions["ad/left"].below == "1,000"
    canvas.show_flow(None)
    assert scene.cards["ad"].caption == ""


def test_the_selection_is_told_in_words(canvas):
    canvas.select(Selection(transitions=frozenset({"ad/cart"})))
    assert canvas.accessibleDescription() == "Transition from Ad to Cart: 75 % of those who go on, 2 d."
    canvas.select(Selection(frozenset({"ad", "cart"})))
    assert canvas.accessibleDescription() == "Selected: 2 touchpoints."
    canvas.show_findings({"touchpoints.left": "error"})
    canvas.select(Selection(frozenset({"left"})))
    assert canvas.accessibleDescription().startswith("Left, touchpoint in Purchase; Channels: web; Exit")
    assert canvas.accessibleDescription().endswith("finding: error.")


@pytest.mark.parametrize("theme", [Theme(), Theme(dark=True), Theme(large=True)])
def test_everything_is_drawn_in_every_theme_and_at_every_scale(canvas, appearance, theme):
    canvas.show_findings({"touchpoints.cart": "error", "transitions.ad/cart": "warning", "touchpoints.nobody": "error"})
    appearance.use(theme)
    for zoom in (0.1, 0.4, 1.0, 3.0):
        canvas.view.zoom_to(zoom)
        assert not canvas.grab().isNull()
    canvas.show_journey(DrawnJourney())
    assert not canvas.grab().isNull()


# By mouse


def test_dragging_a_card_asks_to_move_it_and_changes_nothing_by_itself(canvas):
    said = heard(canvas.moved)
    drag(canvas, (60, 60), (140, 100))
    assert said == [(("ad", 120.0, 80.0),)]
    assert canvas.positions()["ad"] == (40.0, 40.0)


def test_all_selected_cards_and_notes_are_dragged_together(canvas):
    canvas.select(Selection(frozenset({"ad", "cart"}), frozenset(), frozenset({"why"})))
    said = heard(canvas.moved)
    drag(canvas, (60, 60), (60, 140))
    assert dict((id_, (x, y)) for id_, x, y in said[0]) == {
        "ad": (40.0, 120.0),
        "cart": (40.0, 280.0),
        "why": (40.0, 440.0),
    }


def test_escape_puts_a_dragged_card_back(canvas):
    said = heard(canvas.moved)
    area, start = canvas.view.viewport(), pixel(canvas, 60, 60)
    QTest.mousePress(area, LEFT, NONE, start)
    QTest.mouseMove(area, start + QPoint(40, 40))
    assert canvas.positions()["ad"] == (80.0, 80.0)
    press(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(area, LEFT, NONE, start + QPoint(40, 40))
    assert canvas.positions()["ad"] == (40.0, 40.0)
    assert said == []


def test_dragging_from_a_port_to_a_card_asks_for_a_transition(canvas):
    canvas.select(Selection(frozenset({"ad"})))
    said = heard(canvas.connect_requested)
    drag(canvas, (216, 76), (450, 80))
    assert said == [("ad", "paid")]


def test_dropping_a_connection_on_empty_canvas_asks_for_a_touchpoint_with_the_name_typed(canvas):
    canvas.select(Selection(frozenset({"ad"})))
    said = heard(canvas.quick_add_requested)
    drag(canvas, (216, 76), (480, 400))
    QTest.keyClicks(field(canvas), "Gift")
    QTest.keyClick(field(canvas), Qt.Key.Key_Return)
    assert said == [QuickAdd("ad", (480.0, 368.0), "Gift", "purchase")]
    assert field(canvas) is None


def test_escape_adds_nothing(canvas):
    said = heard(canvas.quick_add_requested)
    QTest.mouseDClick(canvas.view.viewport(), LEFT, NONE, pixel(canvas, 320, 420))
    QTest.keyClicks(field(canvas), "Gift")
    QTest.keyClick(field(canvas), Qt.Key.Key_Escape)
    assert said == []
    assert field(canvas) is None


def test_a_share_is_edited_as_a_percentage_where_it_stands(canvas):
    said = heard(canvas.share_edit_requested)
    label = canvas._scene.transitions["ad/cart"].label
    QTest.mouseDClick(canvas.view.viewport(), LEFT, NONE, pixel(canvas, *label.middle))
    assert field(canvas).text() == "75 %"
    for text in ("100", "many"):
        field(canvas).setText(text)
        QTest.keyClick(field(canvas), Qt.Key.Key_Return)
        assert "percentage from 0 to below 100" in canvas._hint.text()
    field(canvas).setText("50 %")
    QTest.keyClick(field(canvas), Qt.Key.Key_Return)
    assert field(canvas) is None
    assert not canvas._hint.isVisible()
    assert said == [("ad/cart", 0.5)]


def test_a_card_and_a_note_are_edited_by_double_click(canvas):
    names, notes = heard(canvas.rename_requested), heard(canvas.note_changed)
    QTest.mouseDClick(canvas.view.viewport(), LEFT, NONE, pixel(canvas, 60, 60))
    field(canvas).setText("Advert")
    QTest.keyClick(field(canvas), Qt.Key.Key_Return)
    QTest.mouseDClick(canvas.view.viewport(), LEFT, NONE, pixel(canvas, 60, 375))
    field(canvas).setPlainText("Ask them")
    QTest.keyClick(field(canvas), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (names, notes) == ([("ad", "Advert")], [("why", "Ask them")])


def test_a_rubber_band_selects_what_it_touches(canvas):
    drag(canvas, (300, 20), (620, 290))
    assert canvas.selected.touchpoints == {"paid", "left"}
    QTest.mouseClick(canvas.view.viewport(), LEFT, NONE, pixel(canvas, 320, 420))
    assert not canvas.selected


def test_clicking_selects_a_card_a_transition_and_with_control_adds(canvas):
    area = canvas.view.viewport()
    QTest.mouseClick(area, LEFT, NONE, pixel(canvas, *canvas._scene.transitions["cart/paid"].route.at(0.3)))
    assert canvas.selected == Selection(transitions=frozenset({"cart/paid"}))
    QTest.mouseClick(area, LEFT, Qt.KeyboardModifier.ControlModifier, pixel(canvas, 60, 60))
    assert canvas.selected == Selection(frozenset({"ad"}), frozenset({"cart/paid"}))


def test_clicking_a_badge_tells_which_finding(canvas):
    dotted = replace(SHOP.transitions[1], key="to.left")
    canvas.show_journey(replace(SHOP, transitions=(SHOP.transitions[0], dotted, *SHOP.transitions[2:])))
    canvas.show_findings({"touchpoints.cart": "error", 'transitions."to.left"': "warning"})
    said = heard(canvas.finding_clicked)
    for figure in (canvas._scene.cards["cart"], canvas._scene.transitions["to.left"]):
        QTest.mouseClick(canvas.view.viewport(), LEFT, NONE, pixel(canvas, *figure.badge))
    assert said == ["touchpoints.cart", 'transitions."to.left"']


def test_a_right_click_selects_what_it_is_on_and_asks_for_a_menu(canvas):
    said = heard(canvas.context_requested)
    at = pixel(canvas, 60, 60)
    QTest.mousePress(canvas.view.viewport(), Qt.MouseButton.RightButton, NONE, at)
    on_screen = canvas.view.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, on_screen)
    QApplication.sendEvent(canvas.view.viewport(), event)
    QTest.mouseRelease(canvas.view.viewport(), Qt.MouseButton.RightButton, NONE, at)
    assert said == [on_screen]
    assert canvas.selected == Selection(frozenset({"ad"}))


def test_the_middle_button_pans(canvas):
    before = canvas.view.in_sight().center()
    area, start = canvas.view.viewport(), QPoint(300, 200)
    QTest.mousePress(area, Qt.MouseButton.MiddleButton, NONE, start)
    QTest.mouseMove(area, start + QPoint(-60, -40))
    QTest.mouseRelease(area, Qt.MouseButton.MiddleButton, NONE, start + QPoint(-60, -40))
    after = canvas.view.in_sight().center()
    assert (after - before).toPoint() == QPoint(60, 40)


def test_leaving_a_field_accepts_what_was_changed_once(canvas):
    said = heard(canvas.rename_requested)
    for name in ("Ad", "Advert"):
        QTest.mouseDClick(canvas.view.viewport(), LEFT, NONE, pixel(canvas, 60, 60))
        field(canvas).setText(name)
        canvas.view.setFocus()
        assert field(canvas) is None
    assert said == [("ad", "Advert")]


# By keyboard


def test_tab_goes_through_the_cards_in_reading_order_then_the_notes_then_on(canvas):
    order = []
    while canvas.view.keys.tab(True):
        order += sorted(canvas.selected.touchpoints | canvas.selected.notes)
    assert order == ["ad", "cart", "paid", "left", "why"]


def test_arrows_go_to_the_nearest_card_and_with_alt_move_it(canvas):
    said = heard(canvas.moved)
    canvas.select(Selection(frozenset({"ad"})))
    press(canvas, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert canvas.selected == Selection(frozenset({"left"}))
    press(canvas, Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert said == [(("left", 392.0, 200.0),)]


def test_a_connection_is_made_by_keyboard_with_a_hint_in_sight(canvas):
    said = heard(canvas.connect_requested)
    canvas.select(Selection(frozenset({"ad"})))
    press(canvas, Qt.Key.Key_C)
    assert canvas._hint.isVisible()
    assert "Connecting from Ad" in canvas._hint.text()
    press(canvas, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert said == [("ad", "paid")]
    assert not canvas._hint.isVisible()


def test_space_toggles_enter_renames_insert_adds_and_delete_deletes(canvas):
    names, added, deleted = (
        heard(signal) for signal in (canvas.rename_requested, canvas.quick_add_requested, canvas.delete_requested)
    )
    canvas.select(Selection(frozenset({"ad"})))
    press(canvas, Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ControlModifier)
    press(canvas, Qt.Key.Key_Space)
    assert canvas.selected.touchpoints == {"ad", "paid"}
    press(canvas, Qt.Key.Key_Return)
    field(canvas).setText("Bought")
    QTest.keyClick(field(canvas), Qt.Key.Key_Return)
    press(canvas, Qt.Key.Key_Insert)
    field(canvas).setText("Gift")
    QTest.keyClick(field(canvas), Qt.Key.Key_Return)
    press(canvas, Qt.Key.Key_Delete)
    assert names == [("paid", "Bought")]
    assert [(one.source, one.name, one.stage) for one in added] == [("paid", "Gift", "purchase")]
    assert deleted == [Selection(frozenset({"ad", "paid"}))]


def test_insert_leads_on_from_the_current_touchpoint_but_from_no_exit(canvas):
    said = heard(canvas.quick_add_requested)
    for current in ("ad", "left"):
        canvas.view.keys.go(Pointed("touchpoint", current))
        press(canvas, Qt.Key.Key_Insert)
        QTest.keyClicks(field(canvas), "New")
        QTest.keyClick(field(canvas), Qt.Key.Key_Return)
    assert [one.source for one in said] == ["ad", None]


def test_fingers_that_pinch_zoom_about_the_spot_between_them(canvas):
    area = canvas.view.viewport()
    at = QPointF(200, 150)
    under = canvas.view.mapToScene(at.toPoint())
    for value in (0.25, 0.2):
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
            at, at, area.mapToGlobal(at), value, QPointF(),
        )  # fmt: skip
        QApplication.sendEvent(area, event)
    assert canvas.view.zoom == pytest.approx(1.5)
    still = canvas.view.mapToScene(at.toPoint())
    assert abs(still.x() - under.x()) < 2
    assert abs(still.y() - under.y()) < 2


def test_the_first_touchpoint_is_added_to_the_first_stage(canvas):
    canvas.show_journey(DrawnJourney(LANES))
    canvas.zoom_to_fit()
    said = heard(canvas.quick_add_requested)
    press(canvas, Qt.Key.Key_Insert)
    QTest.keyClicks(field(canvas), "Advert")
    QTest.keyClick(field(canvas), Qt.Key.Key_Return)
    assert [(one.name, one.stage) for one in said] == [("Advert", "awareness")]


def test_the_transitions_of_a_card_are_reached_by_brackets_and_edited_by_enter(canvas):
    said = heard(canvas.share_edit_requested)
    canvas.select(Selection(frozenset({"ad"})))
    press(canvas, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight)
    assert canvas.selected == Selection(transitions=frozenset({"ad/left"}))
    press(canvas, Qt.Key.Key_Return)
    field(canvas).setText("50")
    QTest.keyClick(field(canvas), Qt.Key.Key_Return)
    assert said == [("ad/left", 0.5)]


def test_control_a_selects_all_and_escape_nothing(canvas):
    press(canvas, Qt.Key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(canvas.selected.touchpoints) == 4
    assert canvas.selected.notes == {"why"}
    press(canvas, Qt.Key.Key_Escape)
    assert not canvas.selected


# Order and speed


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("left", {"left": (40.0, 200.0)}),
        ("top", {"left": (400.0, 40.0)}),
        ("row", {"left": (312.0, 40.0)}),
        ("column", {"left": (40.0, 168.0)}),
    ],
)
def test_aligning_asks_for_the_new_positions(canvas, how, expected):
    canvas.select(Selection(frozenset({"ad", "left"})))
    said = heard(canvas.moved)
    canvas.align(how)
    assert {id_: (x, y) for id_, x, y in said[0]} == expected


def test_a_tidy_journey_keeps_to_its_stages_and_overlaps_nowhere():
    journey = big_journey()
    placed = tidy(journey, {})
    shown = {band.lane.id: band for band in bands(journey, placed)}
    for card in journey.touchpoints:
        x, _ = placed[card.id]
        assert shown[card.stage].left <= x
        assert x + 176 <= shown[card.stage].right
    boxes = sorted(map(card_box, placed.values()))
    assert not any(a.touches(b, 16) for n, a in enumerate(boxes) for b in boxes[n + 1 : n + 40])
    assert tidy(journey, {}) == placed


def test_a_tidy_journey_leaves_room_for_larger_cards():
    placed = tidy(SHOP, {"ad": (240.0, 200.0)})
    boxes = [Box(*at, *((240.0, 200.0) if id_ == "ad" else (176.0, 72.0))) for id_, at in placed.items()]
    assert not any(a.touches(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


def test_tidying_nothing_gives_nothing_and_customers_may_go_in_circles():
    assert tidy(DrawnJourney(LANES), {}) == {}
    ring = DrawnJourney(LANES, (touchpoint("a"), touchpoint("b")), (transition("a", "b"), transition("b", "a")))
    assert len(set(tidy(ring, {}).values())) == 2


def test_a_card_far_from_its_stage_does_not_stretch_the_band(canvas):
    astray = replace(SHOP, touchpoints=(*SHOP.touchpoints, touchpoint("lost", "awareness", at=(4000.0, 0.0))))
    canvas.show_journey(astray)
    first, second = canvas._scene.bands
    assert first.right == second.left < 400


def test_a_journey_of_300_touchpoints_is_shown_and_follows_changes(qtbot, appearance):
    canvas = Canvas(appearance)
    qtbot.addWidget(canvas)
    journey = big_journey()
    canvas.show_journey(journey)
    assert canvas.shown() == (frozenset(journey.touchpoints), frozenset(journey.transitions), frozenset())
    changed = replace(journey, touchpoints=(replace(journey.touchpoints[0], name="Other"), *journey.touchpoints[1:]))
    canvas.show_journey(changed)
    assert canvas.shown() == (frozenset(changed.touchpoints), frozenset(changed.transitions), frozenset())


@pytest.mark.parametrize(("more", "said"), [({}, "all channels"), ({"exit": "churn"}, ""), ({"lapsed": True}, "")])
def test_a_card_says_all_channels_only_where_customers_meet_the_brand(more: dict[str, Any], said: str) -> None:
    journey = drawn_journey({"channels": [{"id": "web"}], "touchpoints": [{"id": "here", **more}]})
    assert card_figure(journey.touchpoints[0], (0.0, 0.0), None, 0.0).more == said
