"""The journey map: what it shows before and after a run, how it is typed into, and whose journey it is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.help.context import help_for
from app.desktop.journey_map import JourneyMapView
from app.desktop.journey_map.cards import Card
from app.desktop.journey_map.cells import Cell, Kind, Met
from app.desktop.journey_map.grid import Grid
from app.desktop.journey_map.paint import Paint
from app.desktop.journey_map.personas import Persona
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import Appearance, Theme
from app.desktop.window import Window
from sim.experiment import Results
from sim.scenario import edit
from tests.desktop.hands import click, turn
from tests.desktop.results_by_hand import some_results

Key = Qt.Key
RUN_MS = 180_000
SHIFT = Qt.KeyboardModifier.ShiftModifier
SHOP = """\
format = 1
id = "small"
name = "Shop"
horizon = 90
population = { size = 100 }

[[stages]]
id = "look"
name = "Looks round"
customer_goal = "Find something"
pain_points = ["Nothing fits"]

[[stages]]
id = "buy"

[[segments]]
id = "new"
name = "New people"
share = 3
[segments.persona]
quote = "Is it any good?"
goals = ["Be sure"]

[[segments]]
id = "known"

[[channels]]
id = "web"
name = "Website"

[[touchpoints]]
id = "start"
name = "Sees an ad"
stage = "look"
start = true
emotion = { mean = 0.2 }
effort = 2

[[touchpoints]]
id = "middle" # where most give up
name = "Basket"
stage = "look"
channels = ["web"]
emotion = { mean = -0.4 }
effort = 4
moment_of_truth = "Nobody fills it twice"

[[touchpoints]]
id = "done"
stage = "buy"
goal = { kind = "conversion" }

[[touchpoints]]
id = "gone"
stage = "buy"
exit = "churn"

[[transitions]]
from = "start"
to = "middle"
share = 1

[[transitions]]
from = "middle"
to = "done"
share = 1

[[transitions]]
from = "middle"
to = "gone"
share = 1

[[transitions]]
from = "done"
to = "gone"
share = 1
"""


def found() -> Results:
    """Results with feelings and money by stage and touchpoint, of everybody and of one segment."""
    results = some_results(4, ("base", "omni"))
    told = []
    for replication in results.replications:
        arms = []
        for at, arm in enumerate(replication.arms):
            felt = 0.1 + 0.2 * at + 0.01 * replication.number
            look = {"visits": 100.0, "reached": 1.0, "dropoff": 0.25, "emotion": felt, "effort": 2.5, "at_stake": 800.0}
            buy = {"visits": 30.0, "reached": 0.3}
            middle = {"visits": 80.0, "emotion": felt - 0.3, "at_stake": 600.0, "dropoff": 0.5}
            middle |= {"dropoff_bad": 0.75, "dropoff_other": 0.4}
            start = {"visits": 100.0, "emotion": felt + 0.1, "at_stake": 200.0}
            arms.append(
                replace(
                    arm,
                    stages={"look": look | {"wait": 1.5}, "buy": buy},
                    touchpoints={"start": start, "middle": middle},
                    segment_stages={"new": {"look": look | {"emotion": -felt, "at_stake": 300.0}, "buy": buy}},
                    segment_touchpoints={"new": {"start": start, "middle": middle}},
                )
            )
        told.append(replace(replication, arms=tuple(arms)))
    return replace(results, replications=tuple(told))


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document()
    made.new(SHOP)
    yield made
    made.close()


@pytest.fixture
def view(qtbot: QtBot, document: Document) -> JourneyMapView:
    made = JourneyMapView(Appearance(), document)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def cell(grid: Grid, row: str, column: int) -> QModelIndex:
    """The cell of the row with that title."""
    titles = [one.title for one in grid.sheet_model.sheet.rows]
    return grid.sheet_model.index(titles.index(row), column)


def says(view: JourneyMapView, row: str, column: int) -> str:
    return str(cell(view.grid, row, column).data())


def opened(grid: Grid) -> QPlainTextEdit:
    """The field that is open."""
    [field] = [one for one in grid.viewport().findChildren(QPlainTextEdit) if one.isVisible()]
    return field


def type_into(grid: Grid, row: str, column: int, text: str, end: Qt.Key = Key.Key_Return) -> None:
    """Go to a cell, open it with Enter, replace what is there, and close it."""
    grid.setFocus()
    grid.setCurrentIndex(cell(grid, row, column))
    QTest.keyClick(grid, Key.Key_Return)
    field = opened(grid)
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(field, Key.Key_Return, SHIFT)
        QTest.keyClicks(field, line)
    QTest.keyClick(field, end)
    turn()


# What it shows


def test_long_names_and_many_channels_of_touchpoints_are_wrapped_and_never_cut() -> None:
    paint, wide = Paint(Theme()), 160.0
    short, long = (
        Met("a", "Checkout", "App"),
        Met("b", "Finds the shop in a search", "Website, App, Social media, Store"),
    )
    chips = paint.chips(QRectF(0, 0, wide, 0), [short, long])
    assert chips[1][1].height() == pytest.approx(2 * chips[0][1].height() - 0.75 * paint.gap)
    assert paint.height(Kind.TOUCHPOINTS, Cell(met=(short, long)), wide) > chips[1][1].bottom()


def test_the_card_of_a_persona_is_as_wide_as_what_they_say() -> None:
    spoken = (("quote", ("I have four minutes until my stop, and no more",)),)
    cards = [Card(Appearance(), Persona("busy", "Busy", 0.4, said)) for said in ((), spoken)]
    assert cards[0].sizeHint().width() < cards[1].sizeHint().width()


def test_stages_are_columns_and_what_customers_want_do_meet_and_feel_are_rows(view: JourneyMapView) -> None:
    sheet = view.grid.sheet_model.sheet
    assert sheet.heads == ("Looks round", "Buy")
    assert [row.title for row in sheet.rows] == [
        "Customer goal", "Brand goal", "What customers do", "Touchpoints", "Emotion", "Moments of truth",
        "Effort and waits", "Who gets here", "Drop-off", "Pain points", "Opportunities",
    ]  # fmt: skip
    assert says(view, "Customer goal", 0) == "Find something"
    assert says(view, "Touchpoints", 0) == "Sees an ad (any channel); Basket (Website)"
    assert says(view, "Touchpoints", 1) == "Done (any channel)", "an exit is nothing that customers meet"
    assert says(view, "Moments of truth", 0) == "Basket: Nobody fills it twice"


def test_an_empty_cell_asks_for_what_belongs_there(view: JourneyMapView) -> None:
    assert says(view, "Customer goal", 1) == "What does the customer want here?"
    assert says(view, "Opportunities", 0) == "What could be better here?"
    name = cell(view.grid, "Customer goal", 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert name == "Customer goal, Buy: What does the customer want here?"


def test_before_a_run_feelings_and_effort_are_those_of_the_file_and_say_so(view: JourneyMapView) -> None:
    assert says(view, "Emotion", 0) == "−0.10; as set"
    assert says(view, "Effort and waits", 0) == "3.00 of 7; as set"
    assert says(view, "Drop-off", 0) == "Run (F5) to see"
    assert "Not run yet" in view.source.text()


def test_after_a_run_each_figure_has_its_interval_and_pain_points_the_money_at_stake(view: JourneyMapView) -> None:
    view.show_results(found())
    assert says(view, "Emotion", 0) == "+0.12; [+0.09, +0.14]"
    assert says(view, "Effort and waits", 0) == "2.50 of 7, 1.5 min wait; [2.50, 2.50]"
    assert says(view, "Who gets here", 1) == "30.0 % of arrivals; 30 visits"
    assert says(view, "Drop-off", 0) == "25.0 %; [25.0, 25.0]"
    assert says(view, "Pain points", 0) == "Nothing fits; 800 EUR at stake [800, 800] most at “Basket”"
    assert says(view, "Moments of truth", 0) == (
        "Basket: Nobody fills it twice; 75.0 % leave after a bad visit, 40.0 % after others"
    )
    assert says(view, "Emotion", 1) == "", "nobody felt anything there"
    assert "4 replications of 100 customers" in view.source.text()
    assert "edit" not in view.source.text()
    view.show_results(found(), is_stale=True)
    assert "from before your last edit" in view.source.text()


def test_the_arm_that_is_selected_has_its_own_figures(view: JourneyMapView, document: Document) -> None:
    view.show_results(found())
    document.add_arm("Omni")
    assert says(view, "Emotion", 0).startswith("+0.32")
    assert "The omni" in view.source.text()


def test_the_curve_goes_through_the_mean_and_lies_within_its_interval(view: JourneyMapView) -> None:
    view.show_results(found())
    felt = view.grid.sheet_model.cell(cell(view.grid, "Emotion", 0)).felt
    assert felt is not None
    assert felt.low is not None
    assert felt.high is not None
    assert felt.low < felt.mean < felt.high
    assert [(dot.name, dot.truth) for dot in felt.dots] == [("Sees an ad", False), ("Basket", True)]
    assert view.grid.sheet_model.sheet.reach == 0.25


def test_what_the_run_said_of_another_journey_is_not_shown(window: Window, qtbot: QtBot) -> None:
    window.document.new(SHOP)
    window.simulation.results = found()
    window.simulation.results_shown.emit()
    qtbot.waitUntil(lambda: window.journey_map._results is not None)
    window.document.new(edit(SHOP, {"id": "other"}))
    assert window.journey_map._results is None


# By persona


def test_a_persona_is_a_segment_with_a_card(view: JourneyMapView) -> None:
    assert [card.accessibleName() for card in view.cards.buttons] == [
        "Everybody, all customers", "New people, 75 % of customers", "Known, 25 % of customers",
    ]  # fmt: skip
    assert view.card.isHidden()
    click(view.cards.buttons[1])
    assert view.card.isVisible()
    assert [view.card.sheet_model.index(0, column).data() for column in range(3)] == [
        "Is it any good?", "Who is this, in a sentence or two?", "Be sure",
    ]  # fmt: skip


def test_choosing_a_persona_shows_the_figures_of_their_segment(view: JourneyMapView) -> None:
    view.show_results(found())
    click(view.cards.buttons[1])
    assert says(view, "Emotion", 0).startswith("−0.12")
    assert "300 EUR at stake" in says(view, "Pain points", 0)
    assert view.source.text().startswith("New people · ")
    click(view.cards.buttons[0])
    assert says(view, "Emotion", 0).startswith("+0.12")


def test_a_run_that_does_not_tell_segments_apart_says_whose_figures_are_shown(view: JourneyMapView) -> None:
    view.show_results(found())
    view.cards.choose("known")
    assert view.source.text().startswith("everybody, since this run does not tell personas apart")
    assert says(view, "Emotion", 0).startswith("+0.12")


def test_a_persona_that_is_deleted_is_no_longer_chosen(view: JourneyMapView, document: Document) -> None:
    view.cards.choose("new")
    document.apply("Delete", lambda text: edit(text, {"segments.new": None}))
    assert view.cards.current == "all"
    assert view.card.isHidden()


def test_the_keyboard_chooses_a_persona(view: JourneyMapView) -> None:
    view.cards.buttons[0].setFocus()
    QTest.keyClick(view.cards.buttons[0], Key.Key_Right)
    assert view.cards.current == "new"


# Typing into it


def test_enter_opens_a_cell_and_takes_the_text_over_as_one_step(view: JourneyMapView, document: Document) -> None:
    before = document.text
    type_into(view.grid, "Customer goal", 1, "Get it home")
    assert document.tables["stages"][1]["customer_goal"] == "Get it home"
    assert says(view, "Customer goal", 1) == "Get it home"
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Customer goal: Buy"
    assert "# where most give up" in document.text
    document.undo_stack.undo()
    assert document.text == before
    assert says(view, "Customer goal", 1) == "What does the customer want here?"


def test_escape_leaves_everything_as_it_was(view: JourneyMapView, document: Document) -> None:
    type_into(view.grid, "Customer goal", 0, "Something else", end=Key.Key_Escape)
    assert document.undo_stack.count() == 0
    assert says(view, "Customer goal", 0) == "Find something"
    assert not [one for one in view.grid.viewport().findChildren(QPlainTextEdit) if one.isVisible()]


def test_a_double_click_opens_a_cell(view: JourneyMapView) -> None:
    at = view.grid.visualRect(cell(view.grid, "Brand goal", 0)).center()
    QTest.mouseClick(view.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    click(view.grid.viewport(), at, double=True)
    assert opened(view.grid).placeholderText() == "What does the brand want here?"


def test_each_line_is_a_pain_point(view: JourneyMapView, document: Document) -> None:
    type_into(view.grid, "Pain points", 0, "Nothing fits\nDelivery costs come late")
    assert document.tables["stages"][0]["pain_points"] == ["Nothing fits", "Delivery costs come late"]
    view.grid.setCurrentIndex(cell(view.grid, "Pain points", 0))
    QTest.keyClick(view.grid, Key.Key_Delete)
    assert "pain_points" not in document.tables["stages"][0]
    assert says(view, "Pain points", 0) == "What makes it hard for them here?"


def test_a_moment_of_truth_belongs_to_the_touchpoint_that_its_line_names(
    view: JourneyMapView, document: Document
) -> None:
    type_into(view.grid, "Moments of truth", 0, "sees an ad: First impressions last")
    start, middle, *_ = document.tables["touchpoints"]
    assert start["moment_of_truth"] == "First impressions last"
    assert "moment_of_truth" not in middle, "its line is gone"
    assert document.undo_stack.count() == 1
    type_into(view.grid, "Moments of truth", 1, "Whoever pays stays")  # the only one there needs no name
    assert document.tables["touchpoints"][2]["moment_of_truth"] == "Whoever pays stays"


def test_a_line_about_no_touchpoint_is_refused_with_what_would_be_right(
    view: JourneyMapView, document: Document
) -> None:
    said: list[str] = []
    document.refused.connect(said.append)
    type_into(view.grid, "Moments of truth", 0, "It decides")
    assert document.undo_stack.count() == 0
    assert "Sees an ad, Basket" in said[0]
    assert opened(view.grid).toPlainText() == "It decides", "what was typed stays to be mended"


def test_a_card_is_typed_into_like_the_map(view: JourneyMapView, document: Document) -> None:
    view.cards.choose("known")
    type_into(view.card, "Known", 2, "Save time\nBe recognised")
    assert document.tables["segments"][1]["persona"] == {"goals": ["Save time", "Be recognised"]}
    type_into(view.card, "Known", 0, "As always, please")
    assert view.cards.buttons[2].accessibleDescription() == "As always, please"


def test_the_usual_stages_are_written_down_with_the_first_thing_said_of_them(
    view: JourneyMapView, document: Document
) -> None:
    plain = SHOP.replace('stage = "look"\n', "").replace('stage = "buy"\n', "")
    document.new(plain[: plain.index("[[stages]]")] + plain[plain.index("[[segments]]") :])
    assert len(view.grid.sheet_model.sheet.heads) == 6
    before = document.text
    type_into(view.grid, "Brand goal", 2, "Sell")
    assert [stage["id"] for stage in document.tables["stages"]][2] == "purchase"
    assert document.tables["stages"][2]["brand_goal"] == "Sell"
    document.undo_stack.undo()
    assert document.text == before


def test_under_an_arm_what_is_typed_is_the_arms(view: JourneyMapView, document: Document) -> None:
    arm = document.add_arm("Other")
    type_into(view.grid, "Brand goal", 1, "Sell more")
    assert "brand_goal" not in document.tables["stages"][1]
    assert document.overrides == {"stages.buy.brand_goal": "Sell more"}
    document.select_arm(None)
    assert says(view, "Brand goal", 1) == "What does the brand want here?"
    assert arm == "other"


def test_what_is_typed_is_found_where_the_whole_document_counts(window: Window) -> None:
    window.document.new(SHOP)
    window.views.setCurrentWidget(window.journey_map)
    grid = window.journey_map.grid
    grid.setFocus()
    grid.setCurrentIndex(cell(grid, "Brand goal", 0))
    QTest.keyClick(grid, Key.Key_Return)
    QTest.keyClicks(opened(grid), "Be found")
    assert [(typed.where, typed.text) for typed in window.fields.typed()] == [("Brand goal, Looks round", "Be found")]
    assert 'brand_goal = "Be found"' in window.fields.kept()[0]
    assert window.document.undo_stack.count() == 0
    assert window.fields.take() == []
    assert window.document.tables["stages"][0]["brand_goal"] == "Be found"


def test_results_that_arrive_leave_what_is_being_typed(view: JourneyMapView) -> None:
    view.grid.setFocus()
    view.grid.setCurrentIndex(cell(view.grid, "Pain points", 0))
    QTest.keyClick(view.grid, Key.Key_Return)
    QTest.keyClicks(opened(view.grid), "Half a sent")
    view.show_results(found())
    assert opened(view.grid).toPlainText() == "Half a sent"


def test_describing_the_journey_leaves_its_results_fresh(window: Window) -> None:
    window.document.new(SHOP)
    window.simulation._ran = window.document.tables
    for address, value in (("stages.buy.pain_points", ["Slow"]), ("segments.known.persona.quote", "Hm")):
        window.document.set("Describe", {address: value})
        assert not window.simulation.stale
    window.document.set("Effort", {"touchpoints.middle.effort": 3})
    assert window.simulation.stale


# In the window


def test_the_map_is_a_view_of_its_own_with_room_for_it(window: Window) -> None:
    assert [window.views.tabText(number) for number in range(4)] == ["Canvas", "Journey map", "Table", "Settings"]
    window.commands["journey-map"].trigger()
    turn()
    assert window.views.currentWidget() is window.journey_map
    assert [dock.windowTitle() for dock in window.docks() if dock.isHidden()] == ["Inspector"]
    window.commands["canvas"].trigger()
    turn()
    assert not [dock.windowTitle() for dock in window.docks() if dock.isHidden()]


def test_results_leave_their_room_to_the_map_while_it_is_in_front(window: Window) -> None:
    window._folding.open()
    turn()
    window.commands["journey-map"].trigger()
    turn()
    assert window._folding.folded
    window.show_results()
    turn()
    assert window._folding.folded
    window.commands["canvas"].trigger()
    turn()
    assert not window._folding.folded


def test_a_run_begun_from_the_map_fills_it_and_the_store_keeps_what_each_persona_felt(
    window: Window, qtbot: QtBot
) -> None:
    sold = {"touchpoints.done.goal": {"kind": "conversion", "value": 50}, "experiment.replications": 3}
    window.document.new(edit(SHOP, sold))
    window.commands["journey-map"].trigger()
    window.commands["run"].trigger()
    view = window.journey_map
    qtbot.waitUntil(lambda: "3 replications" in view.source.text(), timeout=RUN_MS)
    assert "EUR at stake" in says(view, "Pain points", 0)
    assert "most at" not in says(view, "Pain points", 0), "nobody leaves from the ad"
    everybody = says(view, "Emotion", 0)
    assert "[" in everybody
    view.cards.choose("known")
    assert view.source.text().startswith("Known · ")
    assert says(view, "Who gets here", 0) != ""
    window.document.set("Effort", {"touchpoints.middle.effort": 3})
    qtbot.waitUntil(lambda: "from before your last edit" in view.source.text())


def test_a_touchpoint_of_the_map_is_shown_on_the_canvas(window: Window) -> None:
    window.document.new(SHOP)
    window.commands["journey-map"].trigger()
    turn()
    grid = window.journey_map.grid
    grid.setCurrentIndex(cell(grid, "Touchpoints", 0))
    QTest.keyClick(grid, Key.Key_Return)
    menu = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())
    assert [action.text() for action in menu.actions()] == ["Go to Sees an ad", "Go to Basket"]
    menu.actions()[1].trigger()
    menu.close()
    assert window.views.currentWidget() is window.canvas
    assert window.editor.selection.touchpoints == {"middle"}

    window.commands["journey-map"].trigger()
    turn()
    first = grid.visualRect(cell(grid, "Touchpoints", 0)).topLeft()
    click(grid.viewport(), first + QPoint(20, 14), double=True)
    assert window.editor.selection.touchpoints == {"start"}


def test_an_opportunity_becomes_an_arm_in_which_to_make_the_change(window: Window) -> None:
    window.document.new(edit(SHOP, {"stages.buy.opportunities": ["Two steps fewer"]}))
    window.commands["journey-map"].trigger()
    grid = window.journey_map.grid
    index = cell(grid, "Opportunities", 1)
    assert [words for words, _ in grid._offers(index)] == ["Edit", "Try “Two steps fewer” as an arm"]
    grid._offers(index)[1][1]()
    assert window.document.arm == "two-steps-fewer"
    assert [arm["name"] for arm in window.document.arms] == ["Base", "Two steps fewer"]


def test_a_double_click_on_a_stage_leads_to_its_settings(window: Window) -> None:
    window.document.new(SHOP)
    window.commands["journey-map"].trigger()
    window.journey_map.grid.horizontalHeader().sectionDoubleClicked.emit(1)
    assert window.views.currentWidget() is window.sections
    assert "stages.buy.name" in window.sections.fields()


def test_a_new_persona_begins_in_the_settings(window: Window) -> None:
    window.document.new(SHOP)
    window.commands["journey-map"].trigger()
    click(window.journey_map.cards.more)
    assert window.views.currentWidget() is window.sections
    assert window.sections.list.currentItem().text(0) == "Segments and personas"


def test_help_is_about_the_row_that_has_the_keyboard(view: JourneyMapView) -> None:
    view.grid.setCurrentIndex(cell(view.grid, "Pain points", 1))
    assert help_for(view.grid).key == "pain point"
    assert help_for(view.card).key == "persona"
    assert help_for(view).key == "journey map view"


def test_every_row_is_about_a_word_of_the_glossary(view: JourneyMapView) -> None:
    assert not [row.title for row in view.grid.sheet_model.sheet.rows if not meaning(row.word)]


# As a picture


@pytest.mark.parametrize("theme", [Theme(), Theme(dark=True, large=True)])
def test_all_of_the_map_can_be_painted_anywhere(view: JourneyMapView, theme: Theme) -> None:
    view.show_results(found())
    view._appearance.use(theme)
    view.cards.choose("new")
    picture = view.picture()
    image = QImage(picture.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.panel))
    painter = QPainter(image)
    picture.paint(painter)
    painter.end()
    drawn = {image.pixelColor(x, y).name() for y in range(0, image.height(), 2) for x in range(0, image.width(), 2)}
    assert {theme.text, theme.accent, theme.error} <= drawn
    last = [image.pixelColor(x, image.height() - 1).name() for x in range(image.width())]
    assert set(last) == {theme.panel}, "nothing is cut off below"


def test_a_word_that_is_longer_than_its_cell_stays_in_it(view: JourneyMapView, document: Document) -> None:
    document.set("Goal", {"stages.look.customer_goal": "W" * 400, "stages.buy.customer_goal": " "})
    grid = view.grid
    own, next_to_it = (grid.visualRect(cell(grid, "Customer goal", column)) for column in (0, 1))
    assert own.height() > 100
    paint = grid.delegate.paint_with
    image = QImage(grid.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(paint.theme.panel))
    painter = QPainter(image)
    row = grid.sheet_model.sheet.rows[0]
    paint.draw(painter, own.toRectF(), row.kind, row.cells[0])
    painter.end()
    inside = range(own.left(), own.right()), range(own.top(), own.bottom())
    beyond = range(next_to_it.left(), next_to_it.right()), range(own.top(), own.bottom())
    for (across, down), drawn in ((inside, True), (beyond, False)):
        colours = {image.pixelColor(x, y).name() for x in across for y in down}
        assert (colours != {paint.theme.panel}) is drawn


def test_a_page_takes_the_map_as_text(view: JourneyMapView) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(view.picture().size()))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    painter.scale(writer.logicalDpiX() / 72, writer.logicalDpiY() / 72)
    view.picture().paint(painter)
    painter.end()
    page = bytes(buffer.data().data())
    assert page.startswith(b"%PDF")
    assert b"/Font" in page
