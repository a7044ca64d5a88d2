"""The window on files whose every text looks like HTML: it shows them as they are written, and loads nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.document import Selection
from app.desktop.help.context import help_for
from app.desktop.help.panel import HelpPanel
from app.desktop.results.results_reading import ResultsReading
from app.desktop.sections.items_page import ItemsPage
from app.desktop.sections.sections import SECTIONS
from app.desktop.window import Window
from app.processes.live.plan import BASELINE, NOW
from sim.scenario import Variant, edit
from sim.scenario.addresses.address import parts_of
from sim.scenario.toml.notation import value_text
from sim.store import Store
from tests.desktop.conftest import Open
from tests.desktop.opened import Watch, watched
from tests.desktop.reading_all import all_texts, guessed
from tests.desktop.results_by_hand import some_results
from tests.desktop.texts_like_html import MARK, Texts, results_of, scenario_of, without_such_a_text, written
from tests.shared import shared
from tests.store.replications import begin

RUN_MS = 240_000
FOLDED = ("segments.bargain.persona", "segments.bargain.attributes", "actions.reminder.content", "rules.going.if")
"""What is not in sight before somebody goes there."""


class Reader:
    """Reads what a window shows, and tells what does not read as it was written."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.wrong: dict[str, str] = {}

    def read(self, touchpoint: str, within: QWidget) -> None:
        """Read all that is `within` a part of the window."""
        QApplication.processEvents()
        for where, text in all_texts(within):
            self.take(f"{touchpoint}: {where}", text)

    def take(self, where: str, text: str) -> None:
        """One text, as a person reads it."""
        marks = MARK.findall(text)
        self.seen.update(marks)
        if marks and not written(text):
            self.wrong.setdefault(where, text)

    def check(self, given: Mapping[str, str], watch: Watch) -> None:
        """All texts with these marks were seen, and everything as it was written; no picture was loaded."""
        assert not self.wrong
        assert not {where for mark, where in given.items() if mark not in self.seen}
        assert not watch.opened


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """Watches a picture that is there to be loaded."""
    picture = tmp_path / "picture.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(picture))
    with watched(picture) as made:
        yield made


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """Texts that name this picture."""
    return Texts((tmp_path / "picture.png").as_uri())


@pytest.fixture
def file(watch: Watch, tmp_path: Path, texts: Texts) -> Path:
    """A scenario of such texts, in a file and a folder of such names."""
    text = scenario_of(texts)
    folder = tmp_path / texts.of_file("folder")
    folder.mkdir()
    found = folder / f"{texts.of_file('file')}.toml"
    found.write_text(text, encoding="utf-8")
    return found


def test_every_text_of_a_scenario_is_among_them(texts: Texts) -> None:
    assert without_such_a_text(scenario_of(texts)) == set()


def test_a_journey_and_its_settings_show_texts_as_they_are_written(
    open_window: Open, file: Path, texts: Texts, watch: Watch
) -> None:
    window, reader = open_window(file), Reader()
    reader.read("canvas", window)
    _point_at_everything(window, reader)
    for selection in _selections(window):
        window.editor.select(selection)
        reader.read(str(selection), window.inspector)
    window.views.setCurrentWidget(window.journey_map)
    for card in window.journey_map.cards.buttons:
        window.journey_map.cards.choose(card.id)
        reader.read(f"journey map, {card.id}", window.journey_map)
    window.views.setCurrentWidget(window.sections)
    for address in ("channels.email.open_rate", "actions.voucher.discount"):
        window.levers.pin(address)
    reader.read("levers", window.levers)
    for section in SECTIONS:
        page = window.sections.open(section.id)
        for row in range(page.list.count() if isinstance(page, ItemsPage) else 1):
            if isinstance(page, ItemsPage):
                page.list.setCurrentRow(row)
            _fill_menus(page)
            reader.read(f"settings, {section.id}", page)
    for address in FOLDED:
        window.sections.go_to(parts_of(address))
        reader.read(address, window.sections.page)
    window.document.select_arm("more")
    reader.read("an arm", window)
    reader.check({mark: where for mark, where in texts.given.items() if where != "folder"}, watch)


def test_everything_beside_a_journey_shows_texts_as_they_are_written(
    open_window: Open, file: Path, texts: Texts, watch: Watch, tmp_path: Path
) -> None:
    text, reader, before = file.read_text(encoding="utf-8"), Reader(), len(texts.given) - 2  # file and folder
    with Store(tmp_path / "runs.sqlite") as store:
        run = begin(store, name=texts("name of a run"), scenario=texts("scenario of a run"))
        store.annotate(run, texts("note of a run"))
    window = open_window(file)
    window.runs.refresh()
    results = replace(results_of(text), notes=(texts("note on a run"),))
    window.results.show_results(results, texts("title of the results"))
    for tab in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(tab)
        reader.read(f"results, {window.results.tabs.tabText(tab)}", window.results)
    sides = [Variant(arm, texts(f"name of {arm} among the levers"), results.scenario) for arm in (BASELINE, NOW)]
    live = replace(some_results(4, (BASELINE, NOW)), variants=tuple(sides))
    window.live.chart.fill(ResultsReading(live))
    window.live.chart.say(texts("what is said of live figures"))
    reader.read("live", window.live.chart)
    window.results.show_several([(texts("one of several runs"), results), (texts("another of them"), results)])
    window.runs.view.selectAll()
    window.runs.ask_to_delete()
    window.messages.say("odd", texts("message"))
    window.results.message.emit(texts("message in the status bar"))
    window.editor.rename("page", texts("new name of a touchpoint"))
    window.safety.show_report(texts("title of a report"), texts("report"))
    reader.read("after all of this", window)
    window.runs.message(texts("message above the runs"))
    window.first_steps.show_welcome()
    window.palette_box.open()
    _fill_menus(window)
    reader.read("welcome and palette", window)
    reader.check(dict(list(texts.given.items())[before:]), watch)


def test_what_is_said_of_errors_quotes_texts_as_they_are_written(
    open_window: Open, file: Path, texts: Texts, watch: Watch, qtbot: QtBot
) -> None:
    text, before = file.read_text(encoding="utf-8"), len(texts.given)
    wrong = {
        "touchpoints.page.stage": texts("id of a stage"),
        "channels.email.quiet_hours": texts("hours"),
        "population.size": texts("number"),
        "desks.phone.shifts": [{"days": texts("days"), "agents": 1}],
        "experiment.precision": {"outcome": texts("id of an outcome"), "half_width": 0.1},
        "transitions.page/cart.role": texts("one of a few words"),
        "rules.going.do": texts("id of an action"),
        "surveys": [{"id": texts("id of a survey"), "kind": "nps", "at": ["cart"]}],
        "shocks.strike.set": {f'channels."{texts("address").replace(chr(34), "")}".mix': 0.1},
    }
    window, reader = open_window(), Reader()
    with qtbot.waitSignal(window.document.read_again):
        window.document.new(edit(text, wrong) + f"\n[[touchpoints]]\nid = {value_text(texts('id of a touchpoint'))}\n")
    reader.read("findings", window)
    for section in SECTIONS:
        reader.read(f"settings, {section.id}", window.sections.open(section.id))
    not_there = edit(text, {"experiment.arms.more.extends": texts.of_file("name of a file that is not there")})
    file.write_text(not_there, encoding="utf-8")
    with qtbot.waitSignal(window.document.read_again):
        window.files.open_now(file)
    reader.read("a file that extends another", window)
    window.files.open_now(file.with_name(texts.of_file("another one")))
    window.document.set(texts("name of a step"), {"horizon": 61})
    reader.read("messages", window)
    reader.check(dict(list(texts.given.items())[before:]), watch)


def test_help_on_what_a_file_named_is_text(open_window: Open, file: Path, texts: Texts, watch: Watch) -> None:
    window, reader = open_window(file), Reader()
    window.editor.select(Selection(touchpoints=frozenset({"page"})))
    QApplication.processEvents()
    named = [widget for widget in window.inspector.findChildren(QWidget) if MARK.search(widget.toolTip())]
    assert named
    help_panel = window.safety.glossary.bring()
    assert isinstance(help_panel, HelpPanel)
    for widget in named:
        help_panel.explain(help_for(widget))
        reader.read("help", help_panel)
    assert reader.seen
    reader.check({}, watch)


def test_the_hostile_file_shows_its_names_as_they_are_written(open_window: Open) -> None:
    window = open_window(shared("cases", "hostile_rich_text.toml"))
    window.editor.select(Selection(touchpoints=frozenset({window.document.journey.touchpoints[0].id})))
    window.sections.open("segments")
    shown = [text for _, text in all_texts(window)]
    for name in ("Fills a basket", "Goes on looking", "Website", "Busy people"):
        found = [text for text in shown if name in text]
        assert found, name
        assert all(text.count(name) == text.count(f"<img src='file:///tmp/red.png'><b>X</b> {name}") for text in found)


@pytest.mark.slow
def test_a_run_of_such_a_scenario_shows_texts_as_they_are_written(
    open_window: Open, file: Path, texts: Texts, watch: Watch, qtbot: QtBot
) -> None:
    window, reader = open_window(file), Reader()
    few = {"experiment.precision": None, "experiment.replications": 2}
    window.document.apply("Few", lambda text: edit(text, few))
    window.commands["run"].trigger()
    assert window.simulation.job is not None, window.messages.texts
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    qtbot.waitUntil(lambda: window.simulation.results is not None and not window.simulation.busy, timeout=RUN_MS)
    for tab in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(tab)
        reader.read(f"results, {window.results.tabs.tabText(tab)}", window.results)
    reader.read("after a run", window)
    listed = {mark: where for mark, where in texts.given.items() if where in ("name", "experiment.arms.more.name")}
    reader.check(listed, watch)


def _fill_menus(within: QWidget) -> None:
    """Have menus list what they list when they open."""
    for menu in within.findChildren(QMenu):
        menu.aboutToShow.emit()


def _selections(window: Window) -> Iterator[Selection]:
    journey = window.document.journey
    yield Selection()
    yield from (Selection(touchpoints=frozenset({touchpoint.id})) for touchpoint in journey.touchpoints)
    yield from (Selection(transitions=frozenset({transition.key})) for transition in journey.transitions)
    yield Selection(notes=frozenset({"note"}))
    yield Selection(touchpoints=frozenset(touchpoint.id for touchpoint in journey.touchpoints))


def _point_at_everything(window: Window, reader: Reader) -> None:
    """Move the mouse over each card and along each transition, and read what pops up."""
    view = window.canvas.view
    window.commands["zoom-fit"].trigger()
    spots = [
        QPointF(x + wide * across / 12, y + tall * down / 6)
        for id_, (x, y) in window.canvas.positions().items()
        for wide, tall in [window.canvas.sizes()[id_]]
        for across in range(1, 12)
        for down in range(1, 6)
    ]
    for spot in spots:
        QTest.mouseMove(view.viewport(), view.mapFromScene(spot))
        reader.take("tooltip on the canvas", guessed(view.viewport().toolTip()))
