"""The one window: canvas and table in the middle, panels around them, nothing modal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QVBoxLayout, QWidget

from app.desktop import menus
from app.desktop.canvas import Canvas
from app.desktop.canvas.flow import flow_of
from app.desktop.commands.command import Commands
from app.desktop.commands.listed_menu import ListedMenu
from app.desktop.commands.palette import Entry, Palette
from app.desktop.commands.toolbar import Toolbar
from app.desktop.context_menu import ContextMenu
from app.desktop.document import Document
from app.desktop.editor.editor import Editor
from app.desktop.fields.open_fields import OpenFields
from app.desktop.files.dropping import Dropping
from app.desktop.files.files import Files
from app.desktop.frame.docks import LEAST, Beside, PanelDock, first_size
from app.desktop.frame.folding import Drawer, Folding
from app.desktop.frame.late_panels import LatePanels
from app.desktop.frame.layout import PanelLayout
from app.desktop.frame.messages import Messages
from app.desktop.frame.settings import Settings
from app.desktop.frame.views import Views
from app.desktop.help import Topic, selected_topic, set_help
from app.desktop.inspector import Inspector
from app.desktop.journey_map import JourneyMapView
from app.desktop.levers import LeversPanel, connect_levers
from app.desktop.live import Live
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.panels.findings import FindingsPanel
from app.desktop.panels.scenario import ScenarioPanel
from app.desktop.pictures import Taking
from app.desktop.present import Presenting
from app.desktop.results import ResultsPanel
from app.desktop.results.gains import Gain, gains
from app.desktop.runs import RunList
from app.desktop.safety.preferences import Preferences
from app.desktop.safety.safety import Safety
from app.desktop.searching import entries
from app.desktop.sections import SettingsView
from app.desktop.sections.room import ViewRoom
from app.desktop.sections.wiring import connect_settings
from app.desktop.simulation import Simulation
from app.desktop.status import Status
from app.desktop.studies import Studies
from app.desktop.table import JourneyTable
from app.desktop.tour import Sights, Tour
from app.desktop.view_pictures import ViewPictures
from app.desktop.welcome import FirstSteps, ThingsDock, ThingsPanel
from sim.shipped import shipped_scenarios

_TOLD_MS = 6000
"""so long the line at the foot says what was done"""


class Window(QMainWindow):
    """Everything in sight: makes the parts, gives each of them the others that it uses, and joins them."""

    def __init__(self, appearance: Appearance, settings: Settings, db: Path | None = None) -> None:
        """A window with a blank journey; runs go into the store `db` (default: in the user's data folder)."""
        super().__init__()
        self.appearance, self.settings = appearance, settings
        self.document = Document(self)
        self.messages = Messages()
        self.canvas = Canvas(appearance)
        self.journey_map = JourneyMapView(appearance, self.document)
        self.table = JourneyTable(appearance, self.document)
        self.sections = SettingsView(appearance, self.document)
        self.inspector = Inspector(appearance, self.document)
        self.scenario = ScenarioPanel(appearance, self.document)
        self.findings = FindingsPanel(appearance, self.document)
        self.results = ResultsPanel(appearance)
        self.runs = RunList(appearance, db)
        self.editor = Editor(self.document, self.canvas, self.table, self.inspector, self.messages)
        self.fields = OpenFields(self, self.document, self.messages)
        self.files = Files(self, self.document, self.messages, settings, self.fields)
        self.simulation = Simulation(self.document, self.results, self.runs, self.messages, self.fields, db)
        self.live = Live(self.document, self.results, self.messages, settings, db)
        self.levers = LeversPanel(appearance, self.document, settings, self.live)
        self.taking = Taking(self, lambda: self.appearance.theme, self.messages, settings)
        self.dropping = Dropping(self, self.files, self.messages)
        self.commands = Commands(self)
        self.palette_box = Palette(self, self._entries)
        self._leaving = self._interrupted = False
        self._gains: dict[str, Gain] = {}
        """what the run that is shown found of its arms"""
        self._build()
        self._add_helpers()
        self._declare()
        self._connect()
        self._panels.restore()
        self._tell()
        self.runs.refresh()

    def docks(self) -> list[PanelDock]:
        """The panels that can be moved and closed."""
        return self._docks

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the panels their sizes, unless they have those of the last time."""
        super().showEvent(event)
        self._panels.size_once()

    def close_now(self, interrupted: bool = False) -> None:
        """Close whatever is not saved; where that was `interrupted`, the next start offers it."""
        self._leaving, self._interrupted = True, interrupted
        self.close()

    def _close_once_safe(self) -> None:
        self.files.once_safe(self.close_now, closing=True)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask about changes that are not saved without stopping anybody; end what is under way."""
        if not self._leaving and self.simulation.runner.jobs:
            event.ignore()
            self.simulation.ask_to_leave(now=self._close_once_safe, later=self.close)
            return
        if not self._leaving and not self.files.is_safe(closing=True):
            event.ignore()
            self._close_once_safe()
            return
        self.view_room.bring_back()
        self._panels.keep()
        self.settings.save()
        self.studies.close()
        self.safety.close(keep=self._interrupted)
        self.simulation.close()
        self.live.close()
        self.runs.stop()
        self.document.close()
        event.accept()

    def _build(self) -> None:
        """Put the parts in their places."""
        self.setObjectName("window")
        self.setMinimumSize(LEAST)
        self.resize(first_size(self.screen().availableSize()))
        self.setTabPosition(Qt.DockWidgetArea.LeftDockWidgetArea, QTabWidget.TabPosition.North)
        self.views = Views()
        self.views.addTab(self.canvas, "Canvas")
        self.views.addTab(self.journey_map, "Journey map")
        self.views.addTab(self.table, "Table")
        self.views.addTab(self.sections, "Settings")
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.messages)
        rows.addWidget(self.views, 1)
        self.setCentralWidget(middle)
        self._docks: list[PanelDock] = []
        left, right, below = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        scenario = self._dock("Scenario", self.scenario, left)
        self._inspector_dock = self._dock("Inspector", self.inspector, right)
        drawers = [
            self._dock(title, Drawer(panel, panel.in_a_line, self.appearance), below)
            for title, panel in (("Results", self.results), ("Runs", self.runs), ("Findings", self.findings))
        ]
        self._results_dock, _, self._findings_dock = drawers
        for other in drawers[1:]:
            self.tabifyDockWidget(self._results_dock, other)
        self._folding = Folding(self, self.appearance, self.settings, drawers)
        self._results_dock.raise_()
        self._beside = Beside(scenario, self._dock("Levers", self.levers, left), self._inspector_dock)
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        self.setCorner(Qt.Corner.BottomLeftCorner, left)
        self.setTabPosition(below, QTabWidget.TabPosition.North)
        self.status = Status(self.appearance)
        self.setStatusBar(self.status)

    def _dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> PanelDock:
        dock = PanelDock(title, widget, self)
        self.addDockWidget(area, dock)
        self._docks.append(dock)
        return dock

    def _add_helpers(self) -> None:
        """Make what looks after the parts."""
        appearance, settings, document, files = self.appearance, self.settings, self.document, self.files
        self._panels = PanelLayout(self, appearance, settings, self._beside, self._folding)
        late = LatePanels(self, self._inspector_dock)
        self.safety = Safety(
            appearance, settings, document, self.fields, files, self.messages, late, self._make_preferences
        )
        sights = Sights(self, self.views, self.canvas, self._button, self.live)
        tour = Tour(appearance, settings, document, files, self.editor, self.simulation, sights)
        things = ThingsDock(ThingsPanel(appearance, document), self, self._inspector_dock)
        self.first_steps = FirstSteps(
            self, appearance, settings, document, files, self.views, self.commands, tour, things
        )
        self.view_room = ViewRoom(
            self,
            appearance,
            self.views,
            (self.sections, self.journey_map),
            (self.journey_map,),
            self._inspector_dock,
            self._folding,
        )
        self.pictures = ViewPictures(
            self.views, self.canvas, self.journey_map, document, self.simulation, self.taking, self.messages
        )
        self.studies = Studies(self, appearance, document, self.simulation, self.messages, self.editor.go_to)
        self.presenting = Presenting(self, appearance, document, self.canvas, self.results, self.messages)

    def _declare(self) -> None:
        """Declare everything that the window can do, in the order of the menus; make menus and toolbar."""
        views, canvas, table, sections = self.views, self.canvas, self.table, self.sections
        for command in [
            *menus.file_commands(self.files, self.first_steps.show_new),
            *self.pictures.commands(),
            menus.close_command(self.close),
            *menus.edit_commands(self.editor, self.document.undo_stack, self.palette_box),
            *menus.view_commands(
                views, canvas, self.journey_map, table, sections, self._docks, self._folding, self._dress
            ),
            self.presenting.command(),
            *menus.journey_commands(views, canvas, table, self.editor, self.scenario),
            *menus.run_commands(self.simulation, self.files),
            *self.studies.commands(),
            *self.first_steps.commands(),
            *self.safety.commands(),
            menus.about_command(self.messages),
            *menus.section_commands(views, sections),
        ]:
            self.commands.add(command)
        self.commands["dark"].setChecked(self.appearance.theme.dark)
        self.commands["large"].setChecked(self.appearance.theme.large)
        recent = ListedMenu("Open recent", self._recent, "No recent files", self)
        shipped = ListedMenu("Open a shipped scenario", self._shipped, "No shipped scenarios found", self)
        self.commands.fill(self.menuBar(), {"open": recent, "new": shipped})
        self.safety.listen_to_menus(self.menuBar())
        self.context_menu = ContextMenu(self, self.commands, self.document, self.editor)
        self.bar = Toolbar(self.appearance, self.commands, self.views.switch, self.palette_box.open)
        self.addToolBar(self.bar)

    def _recent(self) -> list[tuple[str, Callable[[], object]]]:
        return [(str(path), partial(self.files.open, path)) for path in self.settings.recent]

    def _shipped(self) -> list[tuple[str, Callable[[], object]]]:
        return [(id_, partial(self.files.open_shipped, path)) for id_, path in shipped_scenarios().items()]

    def _entries(self) -> list[Entry]:
        return entries(self.commands, self.document, self.editor.go_to, self.files, self.settings.recent)

    def _button(self, command: str) -> QWidget | None:
        return self.bar.widgetForAction(self.commands[command])

    def _make_preferences(self) -> Preferences:
        from sim.store.opening import default_path

        db = self.simulation.runner.db or default_path()
        looks = [self.commands["dark"], self.commands["large"]]
        return Preferences(self.appearance, self.settings, db, looks, self._reset_layout)

    def _reset_layout(self) -> None:
        self._panels.reset()
        self.safety.show_preferences()

    def _dress(self) -> None:
        """Be light or dark, at the usual or at large type, as the commands stand."""
        dark, large = self.commands["dark"].isChecked(), self.commands["large"].isChecked()
        self.settings.theme = replace(self.appearance.theme, dark=dark, large=large)
        self.appearance.use(self.settings.theme)

    def _connect(self) -> None:
        document, simulation = self.document, self.simulation
        document.leaving.connect(self.canvas.leave)
        document.leaving.connect(self.messages.leave_document)
        document.changed.connect(self._tell)
        document.read_again.connect(self._tell)
        document.file_changed.connect(self._tell)
        document.undo_stack.canUndoChanged.connect(self._tell)
        document.undo_stack.canRedoChanged.connect(self._tell)
        simulation.changed.connect(self._tell)
        simulation.results_shown.connect(self._show_flow, Qt.ConnectionType.QueuedConnection)
        simulation.findings_wanted.connect(self.show_findings)
        simulation.results_wanted.connect(self.show_results)
        simulation.results_shown.connect(self._read_gains, Qt.ConnectionType.QueuedConnection)
        document.changed.connect(self._show_flow)
        self.files.opened.connect(self._begin_document)
        self.findings.go_to.connect(self.editor.go_to)
        self.editor.selection_changed.connect(self.first_steps.put_away)
        self.editor.selection_changed.connect(lambda selected: self._panels.show_selected(bool(selected)))
        self.canvas.finding_clicked.connect(lambda _: self.show_findings())
        self.canvas.context_requested.connect(self.context_menu.show)
        self.table.context_requested.connect(self.context_menu.show)
        self.status.findings_wanted.connect(self.show_findings)
        self.results.message.connect(self._say)
        self.taking.said.connect(self._say)
        self.results.take.connect(self.taking.take)
        self.results.asked.connect(lambda words, answers: self.messages.say("save data", words, "warning", answers))
        self.levers.message.connect(self._say)
        self.runs.scenario_requested.connect(self.open_stored)
        connect_levers(self.levers, self.live, self.runs, self.show_results)
        connect_settings(self.sections, self.views, self.editor)
        self.journey_map.wanted.connect(self.editor.go_to)
        self.editor.drawn.connect(lambda: self.views.leave(self.journey_map))
        set_help(self.canvas, self._selected_topic)
        set_help(self.table, self._selected_topic)
        set_help(self.messages, "messages")
        set_help(self.palette_box, "search")
        set_help(self.bar, "toolbar")

    def _selected_topic(self) -> Topic | None:
        return selected_topic(self.editor.selection, self.document.journey)

    def _say(self, words: str) -> None:
        self.status.showMessage(words, _TOLD_MS)

    def show_findings(self) -> None:
        """Bring the findings to the front."""
        self._findings_dock.open()
        self.findings.setFocus()

    def show_results(self) -> None:
        """Bring the results to the front; the keyboard stays where it is."""
        self._results_dock.show()
        self._results_dock.raise_()
        self.view_room.open_for_results()

    def open_stored(self, run: str) -> None:
        """Open the scenario that a stored run simulated."""
        from sim.store import Store, StoreError

        try:
            with Store(self.simulation.runner.db, read_only=True, wait=0) as store:
                text = store.run(run).scenario_text
        except StoreError as error:
            self.messages.say("store", str(error), "error")
            return
        self.files.open_text(text)

    def _begin_document(self) -> None:
        self.canvas.show_from_start()
        self._tell()

    def _show_flow(self) -> None:
        results = self.simulation.results
        flow = None
        if results is not None and results.replications and results.scenario.id == self.document.tables.get("id"):
            arm = self.document.arm if self.document.arm in results.arms else results.arms[0]
            flow = flow_of(results, arm)
        self.canvas.show_flow(flow)
        self.table.show_flow(flow)
        self.journey_map.show_results(results if flow is not None else None, self.simulation.stale)

    def _read_gains(self) -> None:
        results = self.simulation.results
        self._gains = gains(results) if results is not None else {}
        self._tell()

    def _tell(self) -> None:
        """Say in title, bars and buttons how things stand."""
        document, simulation = self.document, self.simulation
        self.setWindowTitle(f"{document.name}[*] — Journey Sandbox")
        self.setWindowModified(document.is_dirty)
        stack = document.undo_stack
        for id_, able, words in (
            ("undo", stack.canUndo(), f"Undo {stack.undoText()}".strip()),
            ("redo", stack.canRedo(), f"Redo {stack.redoText()}".strip()),
        ):
            self.commands[id_].setEnabled(able)
            self.commands[id_].setToolTip(plain_tip(f"{words} ({self.commands.keys(id_)})"))
        job = simulation.job
        busy = simulation.busy
        self.commands.enable(busy, "pause", "stop")
        self.commands.enable(simulation.run is not None and not busy, "more")
        self.commands["pause"].setText("Continue" if job is not None and job.state == "paused" else "Pause")
        self.bar.tell(str(document.tables.get("name") or document.name), _saved_words(document))
        self.status.tell(document, simulation)
        outdated = simulation.stale or bool(simulation.of_another)
        self.scenario.show_gains({} if outdated else self._gains)
        self._folding.tell()


def _saved_words(document: Document) -> str:
    """Whether the journey is saved, in a word or two."""
    if document.is_dirty:
        return "not saved"
    return "saved" if document.path is not None else ""
