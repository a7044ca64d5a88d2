"""The inspector and its fields: every value can be typed, undone, told apart by arm, and refused in words."""

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.document import NOTHING, Document, Selection
from app.desktop.forms import Field, Form
from app.desktop.forms.choosing import ChoiceEditor, Switch
from app.desktop.forms.distribution import DistributionEditor
from app.desktop.forms.families import FAMILIES, as_family, distribution_of
from app.desktop.forms.probability import quantile
from app.desktop.inspector import Inspector
from app.desktop.looks.theme import Appearance, Theme
from sim.scenario import distributions, parse
from sim.scenario.journey import COVARIATES, Touchpoint, Transition
from sim.scenario.model import Part
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields, is_distribution, shapes, shapes_of
from tests.desktop.hands import line_of, retype, take_from

SHOP = """\
# Drawn by hand.
format = 1
id = "shop"
horizon = 30

[population]
size = 100

[[channels]]
id = "web"

[[channels]]
id = "store"
name = "The store"

[[touchpoints]]
id = "start"
start = true
effort = 2 # counted clicks

[[touchpoints]]
id = "done"
exit = "completed"
goal = { kind = "conversion", value = 50 }

[[touchpoints]]
id = "gone"
exit = "churn"

[[transitions]]
from = "start"
to = "done"
share = 0.75 # measured in spring
delay = 1

[[transitions]]
from = "start"
to = "gone"
share = 0.25

[experiment]
replications = 3

[[experiment.arms]]
id = "base"

[[experiment.arms]]
id = "easy"
set = { "touchpoints.start.effort" = 1 }
"""
SHARE = "transitions.start/done.share"
DELAY = "transitions.start/done.delay"
EFFORT = "touchpoints.start.effort"


def touchpoint(*ids: str) -> Selection:
    return Selection(touchpoints=frozenset(ids))


def transition(*keys: str) -> Selection:
    return Selection(transitions=frozenset(keys))


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document()
    made.new(SHOP)
    yield made
    made.close()


@pytest.fixture
def inspector(qtbot: QtBot, document: Document) -> Inspector:
    made = Inspector(Appearance(), document)
    qtbot.addWidget(made)
    made.resize(360, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(inspector: Inspector, selection: Selection, address: str) -> Field:
    inspector.show_selection(selection)
    return inspector.fields()[address]


def test_typing_a_share_previews_at_once_and_is_one_step_back(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    field = shown(inspector, transition("start/done"), SHARE)
    line = retype(field, "80")

    assert [item["share"] for item in document.tables["transitions"]] == [0.8, 0.2]
    assert "share = 0.8 # measured in spring" in document.text
    assert inspector.transition.why.text().startswith("At first 80 % of those who leave")
    assert document.undo_stack.count() == 1
    assert line.text() == "80"
    document.undo_stack.undo()
    assert document.text == SHOP
    assert line.text() == "75 %"


@pytest.mark.parametrize(
    ("typed", "weight"), [("50", 0.5), ("37,5 %", 0.375), ("37.5", 0.375), ("0", 0), ("99.999 %", 0.99999)]
)
def test_a_share_is_percent_however_it_is_typed(
    qtbot: QtBot, document: Document, inspector: Inspector, typed: str, weight: float
) -> None:
    field = shown(inspector, transition("start/done"), SHARE)
    line = retype(field, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert document.tables["transitions"][0]["share"] == weight
    assert not field.words


def test_what_is_typed_on_the_way_to_a_share_moves_those_above_no_more_than_the_share_does(
    document: Document, inspector: Inspector
) -> None:
    document.set("A third", {"transitions.start/start": {"from": "start", "to": "start", "share": 0.2}})
    field = shown(inspector, transition("start/gone"), "transitions.start/gone.share")
    line = retype(field, "26")  # more than start/done leaves, then less again
    line.backspace()
    line.insert("4")
    assert [item["share"] for item in document.tables["transitions"]] == [0.75, 0.288, 0.162]


def test_under_an_arm_a_typed_share_is_one_value(document: Document, inspector: Inspector) -> None:
    document.add_arm("Better page")
    retype(shown(inspector, transition("start/done"), SHARE), "80")
    assert document.overrides == {SHARE: 1}


@pytest.mark.parametrize("typed", ["100", "101", "-1", "many", "12,000"])
def test_a_share_that_cannot_be_is_refused_at_its_field(
    qtbot: QtBot, document: Document, inspector: Inspector, typed: str
) -> None:
    field = shown(inspector, transition("start/done"), SHARE)
    line = retype(field, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "%" in field.words or "from 0 to 100" in field.words
    assert document.text == SHOP


def test_escape_brings_back_what_was_there(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    field = shown(inspector, transition("start/done"), SHARE)
    line = retype(field, "9")
    assert document.text != SHOP

    qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert document.text == SHOP
    assert line.text() == "75 %"


def test_coming_back_to_a_field_begins_another_step(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    field = shown(inspector, transition("start/done"), SHARE)
    retype(field, "2")
    inspector.fields()["transitions.start/done.role"].input.setFocus()
    retype(field, "3")

    document.undo_stack.undo()

    assert "share = 0.02 #" in document.text


def test_arrow_keys_step_and_stay_within_the_limits(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    line = line_of(shown(inspector, touchpoint("start"), EFFORT))
    line.setFocus()

    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert line.text() == "2.1"
    for _ in range(3):
        qtbot.keyClick(line, Qt.Key.Key_PageDown)
    assert line.text() == "1"
    assert "effort = 1 # counted clicks" in document.text


@pytest.mark.parametrize("text", ["9", "many", "0.5,2", "2x"])
def test_a_wrong_value_stays_with_the_reason_and_changes_nothing(
    qtbot: QtBot, document: Document, inspector: Inspector, text: str
) -> None:
    field = shown(inspector, touchpoint("start"), EFFORT)
    line = retype(field, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert document.text == SHOP
    assert line.text() == text
    assert field.words.startswith("✕ Not saved: ")

    retype(field, "3")
    assert field.words == ""
    assert "effort = 3 #" in document.text


@pytest.mark.parametrize("width", [300, 380, 900])
@pytest.mark.parametrize(
    ("selection", "address", "wrong"),
    [
        (NOTHING, "horizon", "many"),
        (NOTHING, "population.size", "-3"),
        (Selection(touchpoints=frozenset({"start"})), EFFORT, "9"),
        (Selection(touchpoints=frozenset({"start"})), "touchpoints.start.emotion.mean", "4"),
        (Selection(touchpoints=frozenset({"start"})), "touchpoints.start.channels.web", "101"),
        (Selection(transitions=frozenset({"start/done"})), SHARE, "100"),
        (Selection(transitions=frozenset({"start/done"})), "transitions.start/done.id", "Two words"),
        (Selection(touchpoints=frozenset({"start", "done"})), "touchpoints.start.effort", "lots"),
    ],
)  # fmt: skip
def test_what_is_wrong_moves_nothing_and_is_read_in_whole(
    qtbot: QtBot, inspector: Inspector, width: int, selection: Selection, address: str, wrong: str
) -> None:
    inspector.resize(width, 900)
    field = shown(inspector, selection, address)
    before = settled(qtbot, inspector)
    line = retype(field, wrong)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert field.words.startswith("✕ Not saved: ")
    assert rectangles(inspector) == before
    told = [label for label in inspector.findChildren(QLabel) if label.isVisible() and label.text() == field.words]
    assert told, "all the words are in sight while the keyboard is there"
    line.clearFocus()
    QApplication.processEvents()
    assert rectangles(inspector) == before
    assert any(label.isVisible() and label.text().startswith("✕") for label in field.findChildren(QLabel))


def settled(qtbot: QtBot, inspector: Inspector) -> dict[str, QRect]:
    """The same, once the layout has come to rest after a resize."""
    before: dict[str, QRect] = {}

    def rests() -> bool:
        nonlocal before
        last, before = before, rectangles(inspector)
        return bool(before) and last == before

    qtbot.waitUntil(rests)
    return before


def rectangles(inspector: Inspector) -> dict[str, QRect]:
    """Where each field is in the inspector, and how large."""
    return {
        address: QRect(field.mapTo(inspector, QPoint()), field.size())
        for address, field in inspector.fields().items()
        if field.isVisible()
    }


def test_emptying_a_field_goes_back_to_the_default(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    field = shown(inspector, touchpoint("start"), EFFORT)
    line = line_of(field)
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert document.text == SHOP, "what is empty may be on its way to something else"

    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert "effort" not in document.text.split("[experiment]")[0]
    assert line.placeholderText() == "1 (default)"


def test_what_another_changes_is_shown_and_what_is_typed_elsewhere_stays(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    field = shown(inspector, touchpoint("start"), EFFORT)
    line = retype(field, "wrong")
    name = line_of(inspector.fields()["touchpoints.start.name"])

    document.set("Rename", {"touchpoints.start.name": "The beginning"})

    assert name.text() == inspector.page.heading.text() == "The beginning"
    assert line.text() == "wrong"
    assert line.hasFocus()


def test_an_override_is_marked_and_can_be_reverted(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    field = shown(inspector, touchpoint("start"), EFFORT)
    assert not field.marked
    document.select_arm("easy")
    assert (line_of(field).text(), field.marked) == ("1", [EFFORT])
    assert field.revert.isVisible()
    assert field.revert.accessibleName()

    retype(field, "4")
    assert document.overrides == {EFFORT: 4}
    assert document.tables["touchpoints"][0]["effort"] == 2
    qtbot.mouseClick(field.revert, Qt.MouseButton.LeftButton)

    assert document.overrides == {}
    assert (line_of(field).text(), field.marked) == ("2", [])


def test_a_value_as_in_the_scenario_is_no_override(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    document.select_arm("easy")
    retype(shown(inspector, touchpoint("start"), EFFORT), "2")

    assert document.overrides == {}


def test_what_is_the_same_in_every_arm_is_changed_in_the_scenario(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select_arm("easy")
    retype(shown(inspector, NOTHING, "experiment.replications"), "7")

    assert document.tables["experiment"]["replications"] == 7
    assert document.arm == "easy"


def test_a_finding_is_said_below_its_field(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    field = shown(inspector, touchpoint("start"), "touchpoints.start.desk")
    with qtbot.waitSignal(document.read_again):
        document.set("Try", {"touchpoints.start.desk": "nowhere"})

    assert field.words.startswith("✕ Error: ")
    assert "nowhere" in field.words


def keys_without_a_field(model: type[Part], address: str, found: dict[str, Field]) -> list[str]:
    missing = []
    for key, field in fields(model).items():
        here = f"{address}.{key}" if address else key
        if here not in found:
            missing.append(here)
        for option in shapes_of(field):
            if option.model is not None and not is_distribution(shapes_of(field)):
                missing += keys_without_a_field(option.model, here, found)
    return missing


def test_every_key_of_touchpoints_and_transitions_has_a_named_field(inspector: Inspector) -> None:
    inspector.show_selection(touchpoint("start"))
    assert keys_without_a_field(Touchpoint, "touchpoints.start", inspector.fields()) == []
    inspector.show_selection(transition("start/done"))
    assert keys_without_a_field(Transition, "transitions.start/done", inspector.fields()) == []
    assert {f"transitions.start/done.effects.{name}" for name in COVARIATES} <= set(inspector.fields())
    for field in inspector.fields().values():
        assert field.input.accessibleName()
        assert field.label.toolTip()


def models_of_lists() -> Iterator[tuple[str, type[Part]]]:
    for key, field in fields(Scenario).items():
        for option in shapes_of(field):
            for inner in shapes(option.items[0]) if len(option.items) == 1 else ():
                if inner.model is not None:
                    yield f"{key}.thing", inner.model


def test_a_form_has_a_field_for_every_key_of_the_schema(qtbot: QtBot, document: Document) -> None:
    for address, model in [("", Scenario), *models_of_lists()]:
        form = Form(Appearance(), document)
        qtbot.addWidget(form)
        form.edit(model, address)
        assert keys_without_a_field(model, address, form.fields()) == [], model


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_another_family_is_written_so_that_it_can_be_read(
    family: object, document: Document, inspector: Inspector
) -> None:
    field = shown(inspector, transition("start/done"), DELAY)
    assert isinstance(field.editor, DistributionEditor)
    words = family.words  # type: ignore[attr-defined]
    take_from(field.editor.box, "Exponential" if words != "Exponential" else "Gamma")
    take_from(field.editor.box, words)

    delay = parse(document.text).scenario.transitions[0].delay
    assert delay.family == family.id.removesuffix("-mean")  # type: ignore[attr-defined]
    assert 0.5 < delay.mean_value() < 2
    assert document.text.startswith("# Drawn by hand.")
    assert "# measured in spring" in document.text


def test_a_parameter_is_typed_and_mean_and_median_are_said(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    field = shown(inspector, transition("start/done"), DELAY)
    assert isinstance(field.editor, DistributionEditor)
    take_from(field.editor.box, "Exponential")
    line = field.editor.parameters["mean"].line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "10")

    assert 'delay = { family = "exponential", mean = 10 }' in document.text
    assert field.editor.said.text() == "On average 10 days, half below 6.93 days."
    assert line.hasFocus()


def test_quantiles_are_those_of_the_distributions() -> None:
    from scipy import stats

    cases = (
        (distributions.Gamma(family="gamma", mean=3, shape=0.7), stats.gamma(0.7, scale=3 / 0.7)),
        (distributions.Beta(family="beta", a=0.8, b=3), stats.beta(0.8, 3)),
        (distributions.BetaPrime(family="betaprime", a=2, b=3), stats.betaprime(2, 3)),
        (distributions.Weibull(family="weibull", scale=2, shape=1.5), stats.weibull_min(1.5, scale=2)),
    )
    for ours, theirs in cases:
        for share in (0.002, 0.3, 0.5, 0.98):
            assert math.isclose(quantile(ours, share), theirs.ppf(share), rel_tol=1e-6)


def test_every_family_can_be_made_of_every_other() -> None:
    for before in FAMILIES:
        value = as_family(1.5, before)
        for after in FAMILIES:
            assert distribution_of(as_family(value, after)) is not None, (before.id, after.id)


def test_channels_are_rows_with_the_share_that_each_has(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    web = shown(inspector, touchpoint("start"), "touchpoints.start.channels.web")
    store = inspector.fields()["touchpoints.start.channels.store"]
    assert (line_of(web).placeholderText(), store.label.text()) == ("50 % (default)", "The store")

    retype(web, "75")

    assert document.tables["touchpoints"][0]["channels"] == {"web": 0.75, "store": 0.25}
    assert (line_of(web).text(), line_of(store).text()) == ("75", "25 %")


def test_channels_that_are_listed_without_weights_are_shown_and_changed_as_what_they_are(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.set("Store alone", {"touchpoints.start.channels": ["store"]})
    store = shown(inspector, touchpoint("start"), "touchpoints.start.channels.store")
    web = inspector.fields()["touchpoints.start.channels.web"]
    assert (line_of(store).text(), line_of(web).text()) == ("100 %", "")

    retype(web, "75")

    assert document.tables["touchpoints"][0]["channels"] == {"store": 0.25, "web": 0.75}
    assert line_of(store).text() == "25 %"


def test_a_goal_is_given_and_taken_away(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    goal = shown(inspector, touchpoint("start"), "touchpoints.start.goal")
    assert isinstance(goal.editor, Switch)
    kind = inspector.fields()["touchpoints.start.goal.kind"]
    assert not kind.isVisible()

    goal.editor.box.click()
    assert kind.isVisible()
    assert isinstance(kind.editor, ChoiceEditor)
    take_from(kind.editor.box, "Completion")
    assert document.tables["touchpoints"][0]["goal"] == {"kind": "completion"}

    goal.editor.box.click()
    assert not kind.isVisible()
    assert "goal" not in document.tables["touchpoints"][0]


def test_a_list_has_each_word_once_and_says_which_is_the_default(document: Document, inspector: Inspector) -> None:
    address = "touchpoints.start.exit"
    exit_ = shown(inspector, touchpoint("start"), address)
    assert isinstance(exit_.editor, ChoiceEditor)
    box = exit_.editor.box
    assert [box.itemText(at) for at in range(box.count())] == ["No (default)", "Churn", "Completed"]
    take_from(box, "Churn")
    assert document.tables["touchpoints"][0]["exit"] == "churn"
    document.set("Written out", {address: False})
    assert box.currentText() == "No (default)"
    take_from(box, "Churn")
    document.select_arm("easy")
    take_from(box, "No (default)")
    assert document.overrides[address] is False, "the arm differs from the scenario"
    document.select_arm(None)
    take_from(box, "No (default)")
    assert "exit" not in document.tables["touchpoints"][0]


def test_several_are_changed_in_one_step(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    field = shown(inspector, transition("start/done", "start/gone"), SHARE)
    assert inspector.page.heading.text() == "2 transitions selected"
    assert (line_of(field).text(), line_of(field).placeholderText()) == ("", "various")

    retype(field, "50")

    assert len({item["share"] for item in document.tables["transitions"]}) == 1
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.text == SHOP
    assert line_of(field).placeholderText() == "various"


def test_a_transition_of_a_touchpoint_leads_to_its_page(qtbot: QtBot, inspector: Inspector) -> None:
    inspector.show_selection(touchpoint("start"))
    button = inspector.touchpoint.transitions.buttons["start/gone"]
    assert "25 %" in button.accessibleName()

    with qtbot.waitSignal(inspector.selection_requested) as asked:
        qtbot.keyClick(button, Qt.Key.Key_Return)

    assert asked.args == [transition("start/gone")]
    assert inspector.page.heading.text() == "Start → Gone"
    assert "At first 25 % of those who leave Start take this transition." in inspector.transition.why.text()


def test_a_transition_that_ends_elsewhere_stays_selected(document: Document, inspector: Inspector) -> None:
    target = shown(inspector, transition("start/gone"), "transitions.start/gone.to")
    assert isinstance(target.editor, ChoiceEditor)
    take_from(target.editor.box, "Done")
    assert "already" in target.words
    assert document.text == SHOP

    take_from(target.editor.box, "Start")
    assert inspector.selection == transition("start/start")
    assert document.tables["transitions"][1]["to"] == "start"


def test_what_is_gone_is_no_longer_shown(document: Document, inspector: Inspector) -> None:
    document.set("Add", {"transitions.start/start": {"from": "start", "to": "start", "share": 1}})
    inspector.show_selection(transition("start/start"))
    document.undo_stack.undo()

    assert inspector.page.kind.text() == "Scenario"


@pytest.mark.parametrize("theme", [Theme(), Theme(dark=True, large=True)], ids=["light", "large and dark"])
def test_nothing_is_wider_than_a_narrow_inspector(
    qtbot: QtBot, document: Document, inspector: Inspector, theme: Theme
) -> None:
    before = Theme()
    inspector.appearance.use(theme)
    try:
        inspector.resize(260, 700)
        for selection in (NOTHING, touchpoint("start"), transition("start/done"), touchpoint("start", "done")):
            inspector.show_selection(selection)
            qtbot.wait(1)
            page = inspector.page
            for child in page.findChildren(QWidget):
                if child.isVisible():
                    right = child.mapTo(page, child.rect().topRight()).x()
                    assert right <= page.width(), (child, child.accessibleName(), right)
                    assert page.width() <= 260
    finally:
        inspector.appearance.use(before)
