"""A journey reads at a glance: nothing lies on anything else, and nothing is too small to be read."""

import random
import tomllib
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.canvas import Canvas, Flow, Selection, tidy
from app.desktop.canvas.attention import lit
from app.desktop.canvas.bands import bands
from app.desktop.canvas.clearing import clear
from app.desktop.canvas.crossings import burden, crossings, together
from app.desktop.canvas.detail import LEAST_SCALE
from app.desktop.canvas.geometry import Box, card_box
from app.desktop.canvas.main_way import main_way
from app.desktop.canvas.pointed import Pointed
from app.desktop.canvas.routing import routed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.canvas.sides import better
from app.desktop.document.drawn_journey import DrawnJourney, Lane, drawn_journey
from app.desktop.looks.theme import Appearance, Theme
from app.first_steps.templates import templates
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open
from tests.desktop.letters import drawn_texts
from tests.desktop.test_canvas import LANES, SHOP, big_journey, touchpoint, transition
from tests.some_slow import first_quick

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
OTHER_LAYOUTS = {
    "always-on-travel": (1, 9, 4),
    "bandit-vs-rules": (0, 1, 0),
    "cart-recovery": (0, 5, 7),
    "channel-modes": (0, 12, 0),
    "churn-rescue": (0, 0, 0),
    "frequency-caps": (0, 1, 0),
    "identity-gap": (0, 2, 0),
    "next-best-action": (0, 0, 0),
    "onboarding-nudges": (2, 3, 3),
    "online-shop": (7, 50, 21),
    "paid-growth": (0, 0, 0),
    "personalization-ladder": (0, 0, 2),
    "privacy-first": (0, 2, 0),
    "send-time": (0, 0, 0),
    "subscription": (1, 2, 7),
    "win-back": (0, 3, 1),
    "wrong-merge": (0, 2, 0),
    "shop": (1, 1, 1),
    "my subscription": (0, 2, 0),
    "bank": (0, 0, 1),
    "travel": (0, 0, 0),
    "b2b": (0, 1, 0),
}
"""How often lines cross as graphlay, fast-sugiyama and Graphviz lay a journey out; docs/background/look.md says how."""
MOST_CROSSED_FIRST = sorted(OTHER_LAYOUTS, key=lambda name: -min(OTHER_LAYOUTS[name]))


def texts() -> dict[str, str]:
    """The text of each scenario and template that ships."""
    shipped = {id_: Path(path).read_text(encoding="utf-8") for id_, path in shipped_scenarios().items()}
    return shipped | {f"my {id_}" if id_ in shipped else id_: one.text for id_, one in templates().items()}


def flow_of(journey: DrawnJourney) -> Flow:
    """A run in which 10,000 customers come, and go on for a while by the shares."""
    begin = sum(card.start for card in journey.touchpoints) or 1.0
    here = {card.id: 10_000 * card.start / begin for card in journey.touchpoints}
    visits, chosen = dict(here), {one.key: 0.0 for one in journey.transitions}
    for _ in range(40):
        after = dict.fromkeys(here, 0.0)
        for one in journey.transitions:
            leaving = sum(other.share for other in journey.transitions if other.source == one.source) or 1.0
            went = 0.97 * here[one.source] * one.share / leaving
            chosen[one.key] += went
            after[one.target] += went
        here = after
        visits = {id_: visits[id_] + here[id_] for id_ in here}
    return Flow(visits, dict.fromkeys(visits, 0.1), chosen)


def overlapping(scene: JourneyScene) -> list[tuple[str, str]]:
    """Labels that are drawn on another label or on a card; a mark may lie on the edge of its own."""
    shown = [figure for figure in scene.transitions.values() if figure.written]
    pairs = [(a.transition.key, b.transition.key) for a, b in combinations(shown, 2) if a.label.touches(b.label)]
    return pairs + [
        (figure.transition.key, id_)
        for figure in shown
        for id_, card in scene.cards.items()
        if figure.label.touches(card.box) and not (figure.leaves and figure.transition.source == id_)
    ]


def through(scene: JourneyScene) -> list[tuple[str, str]]:
    """Lines that run through a card that they neither leave nor enter."""
    return [
        (figure.transition.key, id_)
        for figure in scene.transitions.values()
        if not figure.leaves
        for id_, card in scene.cards.items()
        if id_ not in (figure.transition.source, figure.transition.target)
        and runs_through(figure.route.points, card.box)
    ]


def runs_through(points: tuple[tuple[float, float], ...], box: Box) -> bool:
    inside = Box(box.left + 1, box.top + 1, box.width - 2, box.height - 2)
    return any(
        Box(min(a[0], b[0]), min(a[1], b[1]), abs(b[0] - a[0]), abs(b[1] - a[1])).touches(inside)
        for a, b in pairwise(points)
    )


@pytest.mark.parametrize("name", first_quick(MOST_CROSSED_FIRST, 3))
def test_each_shipped_journey_as_opened_can_be_read(open_window: Open, tmp_path: Path, name: str) -> None:
    file = tmp_path / "journey.toml"
    file.write_text(texts()[name], encoding="utf-8")
    window = open_window(file)
    window.resize(1440, 900)
    QApplication.processEvents()
    view, scene = window.canvas.view, window.canvas._scene
    for flow in (None, flow_of(window.document.journey)):
        window.canvas.show_flow(flow)
        assert [key for key, one in scene.transitions.items() if not one.written] == [], "each has its label"
        assert overlapping(scene) == []
        assert through(scene) == []
        said = drawn_texts(view)
        assert [(words, size) for words, size in said if size < 9.0] == []
        assert len(said) > len(scene.cards), "the names of the touchpoints, and more"
        assert all(view.in_sight().contains(card.whole.rect()) for card in scene.cards.values())
        assert all(view.in_sight().contains(one.box.rect()) for one in scene.transitions.values() if not one.leaves)
        lines = {key: one.route for key, one in scene.transitions.items() if not one.leaves}
        assert crossings(lines) <= min(OTHER_LAYOUTS[name])
        assert together(lines) == []


def test_every_scenario_and_template_that_ships_is_looked_at() -> None:
    assert texts().keys() == OTHER_LAYOUTS.keys()


@pytest.fixture
def canvas(qtbot: QtBot, qapp: QApplication) -> Canvas:
    appearance = Appearance()
    appearance.apply()
    canvas = Canvas(appearance)
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    canvas.show_journey(SHOP)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


def pixel(canvas: Canvas, at: tuple[float, float]) -> QPoint:
    return canvas.view.mapFromScene(QPointF(*at))


# Routes


@pytest.mark.parametrize("seed", first_quick(range(20), 2))
def test_wherever_cards_are_put_no_line_runs_through_another_card(canvas: Canvas, seed: int) -> None:
    draw = random.Random(seed)
    spots = draw.sample(
        [(x * 240.0 + draw.randrange(40), y * 130.0 + draw.randrange(40)) for x in range(5) for y in range(5)], 14
    )
    cards = tuple(touchpoint(f"t{number}", at=at) for number, at in enumerate(spots))
    pairs = [(f"t{a}", f"t{b}") for a in range(14) for b in range(14) if a != b]
    canvas.show_journey(DrawnJourney(LANES, cards, tuple(transition(*pair) for pair in draw.sample(pairs, 30))))
    assert through(canvas._scene) == []
    assert canvas.positions() == {card.id: card.at for card in cards}


@pytest.mark.parametrize("seed", first_quick(range(6), 2))
def test_sides_of_cards_are_chosen_by_the_lines_that_are_drawn(seed: int) -> None:
    draw = random.Random(seed)
    spots = draw.sample([(x * 240.0, y * 130.0) for x in range(4) for y in range(4)], 10)
    boxes = {f"t{number}": card_box(at) for number, at in enumerate(spots)}
    pairs = draw.sample([(a, b) for a in boxes for b in boxes if a != b], 24)
    ways = [(f"{a}/{b}", a, b) for a, b in pairs]
    sides, routes, _ = better(boxes, ways, {}, 60)
    assert routes == clear(boxes, ways, sides)
    assert burden(routes) <= burden(clear(boxes, ways))


def test_there_and_back_and_twice_there_are_lines_and_labels_of_their_own(canvas: Canvas) -> None:
    cards = (touchpoint("a", at=(0.0, 0.0)), touchpoint("b", at=(280.0, 0.0)))
    also = replace(transition("a", "b"), key="again")
    canvas.show_journey(DrawnJourney(LANES, cards, (transition("a", "b"), transition("b", "a"), also)))
    figures = canvas._scene.transitions
    assert all(figure.written for figure in figures.values())
    assert overlapping(canvas._scene) == []
    assert len({figure.route.at(0.5)[1] for figure in figures.values()}) == 3


def test_a_line_is_straight_where_nothing_is_between() -> None:
    boxes = {"a": card_box((0.0, 0.0)), "b": card_box((280.0, 0.0)), "c": card_box((560.0, 0.0))}
    routes = routed(boxes, [("a/b", "a", "b"), ("a/c", "a", "c")])
    assert len(routes["a/b"].points) == 2
    assert len(routes["a/c"].points) > 2
    assert not runs_through(routes["a/c"].points, boxes["b"])


def test_two_loops_at_one_touchpoint_do_not_lie_on_each_other() -> None:
    card = card_box((0.0, 0.0))
    routes = routed({"a": card}, [("one", "a", "a"), ("two", "a", "a")])
    pieces = [set(pairwise(route.points)) for route in routes.values()]
    assert not pieces[0] & pieces[1]
    assert crossings(routes) == 0
    assert all(y >= card.bottom for route in routes.values() for _, y in route.points), "loops are below"


def test_lines_that_would_cross_leave_their_cards_elsewhere(canvas: Canvas) -> None:
    cards = tuple(touchpoint(id_, at=(0.0, 128.0 * row)) for row, id_ in enumerate("abcd"))
    out = touchpoint("out", "purchase", at=(280.0, 256.0))
    ways = (transition("a", "b"), transition("b", "c"), transition("c", "d"), transition("c", "out"))
    back = (transition("d", "a"), transition("d", "out"))
    canvas.show_journey(DrawnJourney(LANES, (*cards, out), (*ways, *back)))
    usual = routed({id_: card.box for id_, card in canvas._scene.cards.items()},
                   [(one.key, one.source, one.target) for one in (*ways, *back)])  # fmt: skip
    assert crossings(usual) == 1
    assert crossings({key: one.route for key, one in canvas._scene.transitions.items()}) == 0


def test_a_step_that_is_undone_shows_the_lines_that_were_there_before(canvas: Canvas) -> None:
    journey = drawn_journey(tomllib.loads(texts()["subscription"]))
    canvas.show_journey(journey)
    before = {key: one.route for key, one in canvas._scene.transitions.items()}
    canvas.show_journey(replace(journey, transitions=journey.transitions[1:]))
    canvas.show_journey(journey)
    assert {key: one.route for key, one in canvas._scene.transitions.items()} == before


def test_a_position_that_is_no_number_leaves_the_rest_to_be_seen(canvas: Canvas) -> None:
    card = replace(SHOP.touchpoints[0], at=(float("nan"), 0.0))
    routes = routed({"a": card_box(card.at), "b": card_box((0.0, 0.0))}, [("a/b", "a", "b")])
    assert len(routes["a/b"].points) == 2


@pytest.mark.parametrize("far", ["nan", "-inf", "1e300"])
def test_a_card_that_nobody_would_find_is_placed_anew(canvas: Canvas, far: str) -> None:
    tables = tomllib.loads(f'touchpoints = [{{id = "a"}}, {{id = "b"}}]\ntransitions = [{{from = "a", to = "b"}}]\n'
                           f"[layout]\na = [{far}, 0]\nb = [8, 16]")  # fmt: skip
    canvas.show_journey(drawn_journey(tables))
    assert canvas.positions()["b"] == (8.0, 16.0)
    assert canvas._scene.extent().width() < 2000


def test_a_loop_is_above_where_another_card_is_close_below() -> None:
    boxes = {"a": card_box((0.0, 0.0)), "b": card_box((0.0, 88.0))}
    routes = clear(boxes, [("one", "a", "a"), ("two", "b", "b")])
    assert max(y for _, y in routes["one"].points) <= boxes["a"].top
    assert min(y for _, y in routes["two"].points) >= boxes["b"].bottom


def test_in_a_large_journey_only_what_hangs_on_a_dragged_card_is_routed_until_it_is_dropped(canvas: Canvas) -> None:
    canvas.show_journey(big_journey(100, 300))
    scene = canvas._scene
    before = {key: figure.route for key, figure in scene.transitions.items()}
    x, y = canvas.positions()["t50"]
    scene.drag({"t50": (x + 40, y + 40)})
    moved = {key for key, figure in scene.transitions.items() if figure.route is not before[key]}
    assert moved
    assert all("t50" in key.split("/") for key in moved)


# Leaving for good


def test_leaving_for_good_is_a_mark_on_the_card_and_a_line_only_while_somebody_points_at_it(canvas: Canvas) -> None:
    scene, view = canvas._scene, canvas.view
    figure = scene.transitions["ad/left"]
    assert figure.leaves
    assert figure.written
    assert figure.label.touches(scene.cards["ad"].box)
    middle = figure.route.at(0.5)
    assert view.pointed(QPointF(*middle)) != Pointed("transition", "ad/left")
    view.hover(view.pointed(QPointF(*figure.label.middle)))
    assert lit(view.attention, scene).transitions == {"ad/left"}


def test_the_mark_is_selected_by_a_click_and_its_percentage_edited_by_two(canvas: Canvas) -> None:
    asked = []
    canvas.share_edit_requested.connect(lambda key, share: asked.append((key, share)))
    at = pixel(canvas, canvas._scene.transitions["ad/left"].label.middle)
    QTest.mouseClick(canvas.view.viewport(), LEFT, NONE, at)
    assert canvas.selected == Selection(transitions=frozenset({"ad/left"}))
    QTest.mouseDClick(canvas.view.viewport(), LEFT, NONE, at)
    field = QApplication.focusWidget() or canvas.view.viewport().focusWidget()
    QTest.keyClicks(field, "50")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked == [("ad/left", 0.5)]


def test_an_exit_tells_how_many_lead_there_since_no_lines_do(canvas: Canvas) -> None:
    canvas.select(Selection(frozenset({"left"})))
    assert "1 transition leads here" in canvas.accessibleDescription()


def test_two_exits_from_one_card_have_their_marks_beside_each_other(canvas: Canvas) -> None:
    also = touchpoint("gone", "purchase", at=(400.0, 360.0), exit="churn")
    canvas.show_journey(
        replace(
            SHOP,
            touchpoints=(*SHOP.touchpoints, also),
            transitions=(*SHOP.transitions, transition("ad", "gone")),
        )
    )
    assert overlapping(canvas._scene) == []
    assert all(canvas._scene.transitions[key].written for key in ("ad/left", "ad/gone"))


# What stands out


def test_the_main_way_of_a_run_is_the_widest_to_each_goal(canvas: Canvas) -> None:
    ways = {"ad/cart": 900.0, "ad/left": 5000.0, "cart/paid": 300.0, "cart/cart": 2000.0}
    assert main_way(SHOP, {"ad": 6000.0}, ways) == {"ad/cart", "cart/paid"}
    assert main_way(SHOP, {}, {}) == frozenset()
    canvas.show_flow(Flow({"ad": 6000.0}, {}, ways))
    figures = canvas._scene.transitions
    assert {key for key, figure in figures.items() if figure.main} == {"ad/cart", "cart/paid"}
    assert figures["cart/paid"].width >= 3.0, "it can be followed where few are left"


def test_what_is_pointed_at_or_selected_stands_out_with_what_it_is_joined_to(canvas: Canvas) -> None:
    scene, attention = canvas._scene, canvas.view.attention
    assert lit(attention, scene) is None
    canvas.select(Selection(frozenset({"paid"})))
    assert lit(attention, scene).transitions == {"cart/paid"}
    assert lit(attention, scene).cards == {"cart", "paid"}
    attention.hovered = Pointed("touchpoint", "ad")
    assert lit(attention, scene).transitions == {"ad/cart", "ad/left"}
    attention.hovered = None
    canvas.select(canvas._scene.everything())
    assert lit(attention, scene) is None, "where everything is selected nothing stands back"


def test_what_stands_back_is_drawn_fainter(canvas: Canvas) -> None:
    middle = pixel(canvas, canvas._scene.transitions["ad/cart"].route.at(0.9))
    before = canvas.view.viewport().grab().toImage().pixelColor(middle).lightness()
    canvas.view.hover(Pointed("touchpoint", "paid"))
    after = canvas.view.viewport().grab().toImage().pixelColor(middle).lightness()
    assert after > before + 40


@pytest.mark.parametrize("zoom", [0.08, 0.2, 0.34, 0.36, 0.44, 0.5, 0.6, 0.7, 0.76, 1.0, 2.5])
def test_no_letter_is_smaller_than_nine_pixels_at_any_zoom(canvas: Canvas, zoom: float) -> None:
    canvas.show_flow(Flow({"ad": 8120.0}, {"ad": 0.12}, {"ad/cart": 3000.0}))
    canvas.view.zoom_to(zoom)
    canvas.view.centerOn(300, 200)
    said = drawn_texts(canvas.view)
    assert [(words, size) for words, size in said if size < 9.0] == []
    assert bool(said) == (zoom > 0.35), "what cannot be read is not drawn, what can be is"
    assert overlapping(canvas._scene) == []


@pytest.mark.parametrize("zoom", [0.3, 0.36, 0.5, 0.7, 1.0])
def test_large_type_is_large_on_the_canvas_too(canvas: Canvas, zoom: float) -> None:
    canvas._appearance.use(Theme(large=True))
    canvas.view.zoom_to(zoom)
    canvas.view.centerOn(300, 200)
    said = drawn_texts(canvas.view)
    assert [(words, size) for words, size in said if size < 1.4 * 9.0 - 0.01] == []
    assert bool(said) == (zoom > 0.35)
    canvas._appearance.use(Theme())


# The view


def whole(canvas: Canvas) -> bool:
    return canvas.view.in_sight().contains(canvas._scene.extent())


def test_the_journey_stays_whole_in_sight_until_somebody_chooses_another_part(canvas: Canvas) -> None:
    canvas.show_journey(big_journey(12, 16))
    canvas.show_from_start()
    for size in ((1200, 800), (700, 420), (900, 300), (1000, 700)):
        canvas.resize(*size)
        QApplication.processEvents()
        assert whole(canvas), size
    canvas.zoom_in()
    canvas.zoom_in()
    zoom = canvas.view.zoom
    canvas.resize(500, 400)
    QApplication.processEvents()
    assert canvas.view.zoom == zoom
    canvas.zoom_to_fit()
    assert whole(canvas)
    canvas.resize(1100, 700)
    QApplication.processEvents()
    assert whole(canvas)


def test_a_journey_that_was_opened_behind_another_view_is_in_sight_when_the_canvas_is_shown(canvas: Canvas) -> None:
    canvas.hide()
    canvas.show_journey(big_journey(12, 16))
    canvas.show_from_start()
    canvas.resize(640, 480)
    canvas.show()
    QApplication.processEvents()
    assert whole(canvas)


def test_scrolling_is_choosing_another_part(canvas: Canvas) -> None:
    canvas.show_from_start()
    canvas.view.pan(QPoint(200, 0))
    before = canvas.view.in_sight().left()
    canvas.resize(860, 600)
    QApplication.processEvents()
    assert canvas.view.in_sight().left() == pytest.approx(before, abs=2)


def test_a_journey_too_large_to_be_read_is_shown_from_its_start(canvas: Canvas) -> None:
    canvas.show_journey(big_journey(200, 400))
    canvas.show_from_start()
    first = min(card.at[0] for card in canvas._scene.cards.values())
    assert LEAST_SCALE <= canvas.view.zoom <= 0.6
    assert canvas.view.in_sight().height() >= canvas._scene.extent().height(), "all that is below one another"
    assert canvas.view.in_sight().left() < first < canvas.view.in_sight().left() + 120


def test_the_minimap_never_covers_a_touchpoint(canvas: Canvas) -> None:
    canvas.show_journey(big_journey(30, 40))
    canvas.view.zoom_to(0.7)
    assert covered_by_minimap(canvas, 90, 70) == set()


def covered_by_minimap(canvas: Canvas, across: int, down: int) -> set[str]:
    """The touchpoints that the minimap covers while the view goes over the journey in steps as large as those."""
    covered, seen, whole = set(), 0, canvas._scene.extent().toRect().adjusted(-300, -300, 300, 300)
    for x in range(whole.left(), whole.right(), across):
        for y in range(whole.top(), whole.bottom(), down):
            canvas.view.look_at(QPointF(x, y))
            if canvas._minimap.isVisible():
                seen += 1
                corner = canvas.view.mapFromParent(canvas._minimap.pos())
                rect = QRectF(canvas.view.mapToScene(canvas._minimap.rect().translated(corner)).boundingRect())
                covered |= {id_ for id_, card in canvas._scene.cards.items() if rect.intersects(card.box.rect())}
    assert seen
    return covered


@pytest.mark.parametrize("name", first_quick(MOST_CROSSED_FIRST, 3))
def test_each_shipped_journey_fits_beside_its_minimap_and_has_its_loops_apart(canvas: Canvas, name: str) -> None:
    journey = drawn_journey(tomllib.loads(texts()[name]))
    canvas.show_journey(journey)
    canvas.view.zoom_to(2.0)
    assert not whole(canvas)
    canvas.zoom_to_fit()
    sight, extent = canvas.view.in_sight(), canvas._scene.extent()
    assert sight.contains(extent)
    assert max(extent.width() / sight.width(), extent.height() / sight.height()) > 0.85 or canvas.view.zoom == 1.0
    canvas.view.zoom_to(0.9)
    assert covered_by_minimap(canvas, 150, 110) == set()
    loops = [
        replace(transition(card.id, card.id), key=f"{card.id} {number}")
        for card in journey.touchpoints
        for number in "12"
    ]
    canvas.show_journey(replace(journey, transitions=(*journey.transitions, *loops)))
    figures = canvas._scene.transitions
    for card in journey.touchpoints:
        one, other = (figures[f"{card.id} {number}"].route for number in "12")
        assert not set(pairwise(one.points)) & set(pairwise(other.points))
        both = {"one": one, "other": other}
        assert (crossings(both), together(both)) == (0, [])


def test_a_stage_too_narrow_for_its_name_tells_it(canvas: Canvas) -> None:
    canvas.show_journey(DrawnJourney((*LANES, Lane("after", "Long after the purchase")), SHOP.touchpoints))
    band = canvas._scene.bands[-1]
    at = canvas.view.mapFromScene(QPointF((band.left + band.right) / 2, 0))
    assert canvas._header.stage_at(at.x()) == "Long after the purchase"
    assert canvas._header.stage_at(at.x() + 5000) == ""


def test_the_name_of_a_stage_without_touchpoints_is_written_downwards_where_it_is_too_narrow(canvas: Canvas) -> None:
    lanes = (Lane("before", "Awareness"), Lane("awareness", "Consideration"), Lane("after", "Long after the purchase"))
    canvas.show_journey(DrawnJourney(lanes, (touchpoint("a", "awareness"),)))
    canvas.zoom_to_fit()
    said = {words for widget in (canvas._header, canvas.view) for words, _ in drawn_texts(widget)}
    assert {lane.name for lane in lanes} <= said


def test_stages_without_touchpoints_are_narrow() -> None:
    lanes = tuple(Lane(id_, id_) for id_ in ("before", "awareness", "between", "purchase", "after"))
    journey = DrawnJourney(lanes, (touchpoint("a", "awareness"), touchpoint("b", "purchase")), (transition("a", "b"),))
    wide = [band.right - band.left for band in bands(journey, tidy(journey))]
    assert max(wide[0], wide[2], wide[4]) < 0.5 * min(wide[1], wide[3])
