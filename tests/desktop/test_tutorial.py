"""The tutorial "The window", done in the window as it is written there, from its first step to its last.

The page is the source: names that are typed, buttons that are pressed and tabs that are opened are read out of it, each
sentence that a step stands for has to be there, and whatever the page sets in italics or bold has to be tried.
"""

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.canvas import Selection
from app.desktop.forms.choosing import ChoiceEditor, Switch
from app.desktop.window import Window
from sim.scenario import edit
from sim.store import Store
from tests.desktop.hands import (
    CONTROL,
    click,
    drag,
    look_at,
    open_field,
    press,
    show_tab,
    spot,
    take_from,
    turn,
    type_line,
)

KEY = Qt.Key
PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "the-window.md"
SET_OFF = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")
RUN_MS = 180_000


class Tutorial:
    """The page as it is written, and what of it was done."""

    def __init__(self) -> None:
        text = re.sub(r"!\[.*?\]\(.*?\)", "", PAGE.read_text(encoding="utf-8"))
        self.text = " ".join(text.split())
        self._done: list[tuple[int, int]] = []

    def says(self, pattern: str) -> tuple[str, ...]:
        """The page says this; what it says in the groups."""
        found = re.search(pattern, self.text)
        assert found is not None, pattern
        self._done.append(found.span())
        return found.groups()

    def left(self) -> list[str]:
        """What it sets off and nobody did."""
        return [
            found[0]
            for found in SET_OFF.finditer(self.text)
            if not any(start <= found.start() and found.end() <= end for start, end in self._done)
        ]


def add(window: Window, name: str) -> None:
    press(window, KEY.Key_Insert)
    QTest.keyClicks(open_field(window), name)
    press(window, KEY.Key_Return)


def choose(window: Window, id_: str, key: str, words: str) -> None:
    window.editor.select(Selection(touchpoints=frozenset({id_})))
    field = window.inspector.fields()[f"touchpoints.{id_}.{key}"]
    editor = field.editor
    assert isinstance(editor, ChoiceEditor)
    take_from(editor.box, words.capitalize())


def set_share(window: Window, key: str, percent: str) -> None:
    """Double-click what an arrow says, and type."""
    figure = window.canvas.view.figures.transitions[key]
    look_at(window, *figure.label.middle)
    click(window.canvas.view.viewport(), spot(window, *figure.label.middle), double=True)
    type_line(open_field(window), percent)


def labels(window: Window) -> dict[str, str]:
    """What arrows say."""
    return {key: figure.share for key, figure in window.canvas.view.figures.transitions.items()}


def below_the_last_arm(window: Window) -> str:
    listed = window.scenario.list
    return str(listed.item(listed.count() - 1).data(Qt.ItemDataRole.AccessibleDescriptionRole))


def run(window: Window, qtbot: QtBot) -> None:
    window.canvas.view.setFocus()
    press(window, KEY.Key_F5)
    assert window.simulation.busy, window.messages.texts
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    qtbot.waitUntil(lambda: window.status.text().endswith("results are current"), timeout=RUN_MS)
    turn()


def test_the_tutorial_comes_about_as_it_says(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    tutorial = Tutorial()
    window.resize(1440, 900)
    turn()
    draw(window, tutorial)
    look_around(window, tutorial)
    simulate(window, tutorial, qtbot)
    compare(window, tutorial, qtbot)
    keep(window, tutorial, tmp_path)
    assert tutorial.left() == []


def draw(window: Window, tutorial: Tutorial) -> None:
    document = window.document
    tutorial.says(r"where \*Blank journey\* starts an empty one")
    assert not document.journey.touchpoints
    (first,) = tutorial.says(
        r"\*\*Add the first touchpoint\*\*: double-click the empty canvas \(or press Insert\), "
        r"type \*(\w+)\*, press Enter"
    )
    window.canvas.view.setFocus()
    look_at(window, 200, 200)
    click(window.canvas.view.viewport(), spot(window, 200, 200), double=True)
    QTest.keyClicks(open_field(window), first)
    press(window, KEY.Key_Return)
    tutorial.says("Arrivals begin at the first one")
    assert [(each.name, each.start) for each in document.journey.touchpoints] == [(first, 1)]

    (second,) = tutorial.says(
        r"\*\*Continue from there\*\*: drag from the dot at the right edge of the touchpoint "
        r"and drop on the empty canvas; type \*(\w+)\*"
    )
    card = window.canvas.view.figures.cards[first.lower()]
    drag(window, card.port, (card.box.right + 120, card.box.bottom + 60))
    type_line(open_field(window), second)
    tutorial.says("press Insert again: a new touchpoint is connected to the selected one")
    third, fourth = tutorial.says(r"\*\*End it\*\*: add \*(\w+)\* and \*(\w+)\*")
    for name in (third, fourth):
        window.editor.select(Selection(touchpoints=frozenset({second.lower()})))
        window.canvas.view.setFocus()
        add(window, name)
    ids = [name.lower() for name in (first, second, third, fourth)]
    assert [each.key for each in document.journey.transitions] == [
        f"{ids[0]}/{ids[1]}", f"{ids[1]}/{ids[2]}", f"{ids[1]}/{ids[3]}",
    ]  # fmt: skip

    left, lost, key = tutorial.says(r"Click \*(\w+)\*, and in the inspector choose \*(\w+)\* under \*(\w+)\*")
    choose(window, left.lower(), key, lost)
    bought, done, kind, goal = tutorial.says(r"Click \*(\w+)\*: choose \*(\w+)\*, and \*(\w+)\* under \*(\w+)\*")
    choose(window, bought.lower(), key, done)
    switch = window.inspector.fields()[f"touchpoints.{bought.lower()}.{goal}"].editor
    assert isinstance(switch, Switch)
    switch.box.click()
    choose(window, bought.lower(), f"{goal}.kind", kind)

    bought, typed, left, then = tutorial.says(
        r"\*\*Set the shares\*\*: double-click the percentage on the arrow to \*(\w+)\* and type (\d+)\. "
        r"The one to \*(\w+)\* then becomes (\d+ %)"
    )
    window.canvas.zoom_to_fit()
    set_share(window, f"{ids[1]}/{bought.lower()}", typed)
    said = labels(window)
    assert (said[f"{ids[1]}/{bought.lower()}"], said[f"{ids[1]}/{left.lower()}"]) == (f"{typed} %", then)
    assert not document.reading.errors, document.reading.findings


def look_around(window: Window, tutorial: Tutorial) -> None:
    document = window.document
    tidy, keys, undo = tutorial.says(
        r"\*\*(\w+)\*\* \((Ctrl\+L)\) rearranges everything\. Every step can be undone \((Ctrl\+Z)\)"
    )
    assert window.commands["tidy"].text() == tidy
    assert (window.commands.keys("tidy"), window.commands.keys("undo")) == (keys, undo)
    drawn = document.text
    press(window, (KEY.Key_L, CONTROL))
    assert document.text != drawn
    press(window, (KEY.Key_Z, CONTROL))
    assert document.text == drawn
    bar = window.views.switch
    names = [bar.tabText(number) for number in range(bar.count())]
    (table,) = tutorial.says(r"The tab \*(\w+)\* shows the same journey as two tables")
    (a_map,) = tutorial.says(r"\*(Journey map)\* is the one to show to others: stages as columns")
    (settings,) = tutorial.says(r"\*(Settings)\* has everything else: customers, channels, rules, money")
    tutorial.says(r"in the middle of the bar at the top \(Alt\+1 to Alt\+4\)")
    for name, view in ((table, window.table), (a_map, window.journey_map), (settings, window.sections)):
        assert name in names
        show_tab(bar, name)
        assert view.isVisible()
    assert [window.commands.keys(id_) for id_ in ("canvas", "journey-map", "table", "settings")] == [
        f"Alt+{number}" for number in range(1, 5)
    ]
    window.commands["canvas"].trigger()
    tutorial.says("The button at the lower right says whether there are any problems. Click it to see the findings")
    (button,) = window.status.findChildren(QPushButton)
    click(button)
    assert window.findings.isVisible()


def simulate(window: Window, tutorial: Tutorial, qtbot: QtBot) -> None:
    document = window.document
    document.apply("Few", lambda text: edit(text, {"population.size": 300, "experiment.replications": 4}))
    tutorial.says("Until something is run, results are one line below the canvas")
    (key,) = tutorial.says(r"\*\*(F\d)\*\* simulates the journey, in the background")
    pause, stop = tutorial.says(r"(F\d) pauses, (Shift\+F\d) stops")
    assert [window.commands.keys(id_) for id_ in ("run", "pause", "stop")] == [key, pause, stop]
    run(window, qtbot)
    tutorial.says("Results open and fill in as replications arrive")
    assert window.results.charts.retention.answer.isVisible()
    tutorial.says(
        "the width of each arrow shows its flow, and touchpoints show how many visits they had "
        "and how many customers left"
    )
    assert all(card.visits for card in window.canvas.view.figures.cards.values())
    assert "visits" in window.canvas.view.figures.cards["shop"].caption
    document.set("Another", {"touchpoints.ad.effort": 2})
    tutorial.says("After your next edit, a line says that the results predate it")
    qtbot.waitUntil(window.results.stale.isVisible)
    panel, fold = tutorial.says(
        r"Double-click the tab \*(\w+)\*, or press (Ctrl\+J), to fold them into a one-line answer"
    )
    assert window.commands.keys("fold") == fold
    assert panel == window._results_dock.windowTitle()
    press(window, (KEY.Key_J, CONTROL))
    assert not window.results.charts.retention.answer.isVisible()
    tutorial.says("do it again to unfold them")
    press(window, (KEY.Key_J, CONTROL))
    qtbot.waitUntil(window.results.charts.retention.answer.isVisible)
    (tab,) = tutorial.says(r"Among the results, \*(\w+)\* says of each action who gets it")
    tabs = window.results.tabs
    assert tab in [tabs.tabText(number) for number in range(tabs.count())]


def compare(window: Window, tutorial: Tutorial, qtbot: QtBot) -> None:
    document = window.document
    (button,) = tutorial.says(r"\*\*(Add arm)\*\* makes the same scenario with some values changed")
    assert window.scenario.add.text() == button
    click(window.scenario.add)
    line = window.scenario.list.findChild(QLineEdit)
    assert line is not None
    assert line.selectedText() == line.text() != "", "the name of what is new is typed over"
    type_line(line, "Better shop")
    before = document.tables["transitions"]
    tutorial.says(
        "your edits apply to this arm only: change the share of an arrow, and it appears in the list below the arms, "
        "with a button to reset it"
    )
    set_share(window, "shop/bought", "60")
    assert document.tables["transitions"] == before
    changes = window.scenario.changes
    assert (changes.rowCount(), changes.item(0, 1).text()) == (1, "60 %")
    click(changes.cellWidget(0, 2))
    assert changes.rowCount() == 0
    set_share(window, "shop/bought", "60")
    run(window, qtbot)
    tutorial.says("below each arm you see how far it is above or below the first, with its interval")
    qtbot.waitUntil(lambda: ", " in below_the_last_arm(window), timeout=RUN_MS)
    tabs = window.results.tabs.tabBar()
    (chart,) = tutorial.says(
        r"\*(\w+)\* shows what difference the arm makes, with intervals, and the answer in a sentence above the chart"
    )
    show_tab(tabs, chart)
    turn()
    assert "Better shop" in window.results.charts.compare.answer.text()
    table, better, worse = tutorial.says(r"\*(\w+)\* lists every outcome, marked \*(\w+)\* or \*(\w+)\*")
    show_tab(tabs, table)
    turn()
    outcomes = window.results.charts.outcomes
    assert outcomes.reading is not None
    _, rows = outcomes.data(outcomes.reading)
    told = {str(cell) for row in rows for cell in row}
    assert better in told
    assert told & {worse, "unclear", "same"}
    (everybody,) = tutorial.says(r"\*(\w+)\*, above the charts of outcomes, chooses which customers they show")
    assert everybody in [window.results.who.itemText(number) for number in range(window.results.who.count())]
    conversion, over_time = tutorial.says(
        r"\*(\w+)\* can be read by the day of the run.*?\*(Over time)\* has arrivals, conversions, active customers"
    )
    for name in (conversion, over_time):
        show_tab(tabs, name)
        turn()

    tutorial.says("A new touchpoint is added to all arms")
    window.commands["canvas"].trigger()
    window.canvas.view.setFocus()
    window.editor.select(Selection(touchpoints=frozenset({"shop"})))
    window.canvas.view.setFocus()
    add(window, "Basket")
    assert document.tables["touchpoints"][-1]["name"] == "Basket"
    (answer,) = tutorial.says(r"If you meant it for one only, press \*(.+?)\* in the line that appears")
    click(window.messages.button(answer))
    turn()
    assert "Basket" not in [each.get("name") for each in document.tables["touchpoints"]]
    assert len(document.arms) == 3


def keep(window: Window, tutorial: Tutorial, tmp_path: Path) -> None:
    document = window.document
    (keys,) = tutorial.says(r"\*\*(Ctrl\+S)\*\* saves the scenario as the text file")
    document.save(tmp_path / "mine.toml")
    document.set("Again", {"touchpoints.ad.effort": 3})
    assert window.commands.keys("save") == keys
    press(window, (KEY.Key_S, CONTROL))
    assert tomllib.loads((tmp_path / "mine.toml").read_text(encoding="utf-8")) == document.tables
    (runs,) = tutorial.says(r"Each run is in the panel \*(\w+)\*")
    assert runs in [dock.windowTitle() for dock in window._docks]
    with Store(tmp_path / "runs.sqlite", read_only=True) as store:
        assert len(store.runs()) == 2
    copy, save, take = tutorial.says(
        r"\*(\w+)\*, and \*(Save or print)\*, above the chart; canvas and journey map: \*(Take along)\* in the bar"
    )
    shown = {button.text() for button in window.findChildren(QPushButton)}
    assert {copy, save} <= shown
    assert window.bar.along.text() == take
    (keys,) = tutorial.says(r"\*\*(F11)\*\* presents the journey on the full screen")
    assert window.commands.keys("present") == keys
    words = tutorial.says(r"another word for it \(\*(\w+)\*, \*(\w+)\*, \*(\w+)\*\)")
    for word in words:
        window.palette_box.open()
        window.palette_box.field.setText(word)
        first = window.palette_box.list.item(0)
        assert first is not None
        assert first.flags() & Qt.ItemFlag.ItemIsEnabled, f"nothing matches {word}"
        window.palette_box.hide()
    (keys,) = tutorial.says(r"\*\*(F1)\*\* explains whatever has the focus")
    assert window.commands.keys("help") == keys
    menu, larger = tutorial.says(r"\*(\w+)\* has dark colours, and \*(.+?)\*\.")
    in_menu = {command.text for command, _ in window.commands if command.menu == menu}
    assert in_menu >= {"Dark", larger}
    window.commands["dark"].trigger()
    assert window.appearance.theme.dark
    window.commands["dark"].trigger()


def test_what_the_page_says_and_nobody_did_is_noticed() -> None:
    tutorial = Tutorial()
    whole = tutorial.left()
    tutorial.says(r"press \*Keep as a new arm\*")
    assert [each for each in whole if each not in tutorial.left()] == ["*Keep as a new arm*"]
    with pytest.raises(AssertionError):
        tutorial.says("what it does not say")
