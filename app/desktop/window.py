"""The one window: canvas and table in the middle, panels around them, nothing modal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from app.desktop.canvas import Canvas
from app.desktop.commands.command import Commands
from app.desktop.commands.palette import Palette
from app.desktop.commands.searching import entries
from app.desktop.commands.window_commands import add_commands
from app.desktop.document import Document
from app.desktop.editor.editor import Editor
from app.desktop.fields.open_fields import OpenFields
from app.desktop.files.files import Files
from app.desktop.frame.docks import PanelDock, size_docks
from app.desktop.frame.messages import Messages
from app.desktop.frame.status import status_words
from app.desktop.inspector import Inspector
from app.desktop.levers import LeversPanel, connect_levers
from app.desktop.live import Live
from app.desktop.looks.plain import PlainLabel, caption, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.panels.findings import FindingsPanel
from app.desktop.panels.scenario import ScenarioPanel
from app.desktop.preferences.settings import Settings
from app.desktop.results import ResultsPanel
from app.desktop.results.flow import flow_of
from app.desktop.runs import RunList
from app.desktop.safety.safety import Safety
from app.desktop.sections.room import SettingsRoom
from app.desktop.sections.view import add_settings
from app.desktop.simulation import Simulation
from app.desktop.table import JourneyTable
from app.desktop.welcome import FirstSteps
from sim.shipped import shipped_scenarios

_LAYOUT = 2
"""Raised when docks change, so that a layout kept by an older version is not laid over them."""


class Window(QMainWindow):
    """Everything in sight."""

    closing = Signal()
    """the window closes now; whoever put panels away brings them back before their places are kept"""

    def __init__(self, appearance: Appearance, settings: Settings, db: Path | None = None) -> None:
        """A window with a blank journey; runs go into the store `db` (default: in the user's data folder)."""
        super().__init__()
        self.appearance, self.settings = appearance, settings
        self.document = Document(self)
        self.messages = Messages(appearance)
        self.canvas = Canvas(appearance)
        self.table = JourneyTable(appearance, self.document)
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
        self.commands = Commands(self)
        self.palette_box = Palette(self, lambda: entries(self))
        self._leaving = self._interrupted = False
        self._sized = 0.0
        """the scale of the type that the panels' sizes are meant for; 0 for none yet"""
        self._signs: dict[str, str] = {}
        """what stands before the words of some commands in the toolbar"""
        self._build()
        self.sections = add_settings(self)
        self.safety = Safety(self)
        self.first_steps = FirstSteps(self)
        self.settings_room = SettingsRoom(self)
        add_commands(self)
        self.commands.fill(
            self.menuBar(),
            {"open": self._menu("Open recent", self._recent)}
            | {"new": self._menu("Open a shipped scenario", self._shipped)},
        )
        self._fill_toolbar()
        self._connect()
        self.safety.listen_to_menus()
        self._restore()
        self._restyle()
        self._tell()
        self.runs.refresh()

    def docks(self) -> list[QDockWidget]:
        """The panels that can be moved and closed."""
        return self._docks

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the panels their sizes, unless they have those of the last time."""
        super().showEvent(event)
        if not self._sized:
            self._size_docks()

    def _size_docks(self) -> None:
        self._sized = self.appearance.theme.scale
        size_docks(self, self.appearance.theme, *self._docks[:3])

    def _restyle(self) -> None:
        theme = self.appearance.theme
        self.bar.setStyleSheet(f"QToolBar {{ background: {theme.panel}; border: none; }}")
        if self._sized and self._sized != theme.scale:
            self._size_docks()

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
        self.closing.emit()
        self.settings.keep_layout("geometry", self.saveGeometry())
        self.settings.keep_layout(self._layout_name(), self.saveState(_LAYOUT))
        self.settings.save()
        self.safety.close(keep=self._interrupted)
        self.simulation.close()
        self.live.close()
        self.runs.stop()
        self.document.close()
        event.accept()

    def _build(self) -> None:
        self.setObjectName("window")
        self.setMinimumSize(QSize(960, 600))
        self.resize(1400, 900)
        self.views = QTabWidget()
        self.views.setDocumentMode(True)
        self.views.setAccessibleName("Journey")
        self.views.setMinimumHeight(GRID * 24)  # less than the table asks for: in large type charts need the room
        self.views.addTab(self.canvas, "Canvas")
        self.views.addTab(self.table, "Table")
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.messages)
        rows.addWidget(self.views, 1)
        self.setCentralWidget(middle)
        self._docks: list[QDockWidget] = []
        left, right, below = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self._dock("Scenario", self.scenario, left)
        self._dock("Inspector", self.inspector, right)
        results = self._dock("Results", self.results, below)
        self.tabifyDockWidget(results, self._dock("Runs", self.runs, below))
        self.tabifyDockWidget(results, self._dock("Findings", self.findings, below))
        results.raise_()
        self._dock("Levers", self.levers, left)
        connect_levers(self, results)
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        self.setCorner(Qt.Corner.BottomLeftCorner, left)
        self.setTabPosition(below, QTabWidget.TabPosition.North)
        self.status = PlainLabel()
        self.status.setAccessibleName("Status")
        self.status.setContentsMargins(GRID, 0, 0, 0)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress of the run")
        self.progress.setFixedWidth(200)
        self.progress.hide()
        self.checked = QPushButton()
        self.checked.setFlat(True)
        self.checked.setToolTip("Show what is wrong or doubtful")
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().addPermanentWidget(self.progress)
        self.statusBar().addPermanentWidget(self.checked)

    def _dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = PanelDock(title, widget, self)
        self.addDockWidget(area, dock)
        self._docks.append(dock)
        return dock

    def _menu(self, title: str, entries: Callable[[], Sequence[tuple[str, Callable[[], object]]]]) -> QMenu:
        """A menu that is made anew whenever it opens."""
        menu = QMenu(title, self)
        menu.setObjectName(title.lower().replace(" ", "-"))

        def fill() -> None:
            menu.clear()
            for text, act in entries():
                entry = menu.addAction(caption(text))
                entry.setToolTip(plain_tip(text))
                entry.triggered.connect(lambda _=False, act=act: act())

        menu.aboutToShow.connect(fill)
        return menu

    def _recent(self) -> list[tuple[str, Callable[[], object]]]:
        return [(str(path), partial(self.files.open, path)) for path in self.settings.recent]

    def _shipped(self) -> list[tuple[str, Callable[[], object]]]:
        return [(id_, partial(self.files.open_shipped, path)) for id_, path in shipped_scenarios().items()]

    def _fill_toolbar(self) -> None:
        self.bar = bar = QToolBar("Main")
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for id_ in ("open", "save", "undo", "redo", "tidy", "zoom-out", "zoom-in", "zoom-fit"):
            bar.addAction(self.commands[id_])
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        self.search = QLineEdit()
        self.search.setPlaceholderText(f"⌕ Search or command   {self._key('palette')}")
        self.search.setAccessibleName("Search or command")
        self.search.setReadOnly(True)
        self.search.setMinimumWidth(GRID * 10)
        self.search.setMaximumWidth(320)
        self.search.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.search.mousePressEvent = lambda _: self.palette_box.open()  # type: ignore[method-assign]
        bar.addWidget(self.search)
        for id_, sign in (("run", "▶"), ("pause", "‖"), ("stop", "■")):
            self._signs[id_] = sign
            bar.addAction(self.commands[id_])
        self.addToolBar(bar)

    def _key(self, id_: str) -> str:
        return self.commands[id_].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def _connect(self) -> None:
        document, simulation = self.document, self.simulation
        self.appearance.changed.connect(self._restyle)
        document.changed.connect(self._tell)
        document.read_again.connect(self._tell)
        document.file_changed.connect(self._tell)
        document.undo_stack.canUndoChanged.connect(self._tell)
        document.undo_stack.canRedoChanged.connect(self._tell)
        simulation.changed.connect(self._tell)
        simulation.results_shown.connect(self._show_flow, Qt.ConnectionType.QueuedConnection)
        simulation.findings_wanted.connect(self.show_findings)
        simulation.results_wanted.connect(self.show_results)
        document.changed.connect(self._show_flow)
        self.files.opened.connect(self._begin_document)
        self.findings.go_to.connect(self.editor.go_to)
        self.canvas.finding_clicked.connect(lambda _: self.show_findings())
        self.canvas.context_requested.connect(self.show_context_menu)
        self.table.context_requested.connect(self.show_context_menu)
        self.checked.clicked.connect(self.show_findings)
        self.results.message.connect(lambda words: self.statusBar().showMessage(words, 6000))
        self.results.asked.connect(lambda words, answers: self.messages.say("save picture", words, "warning", answers))
        self.runs.scenario_requested.connect(self.open_stored)

    def show_findings(self) -> None:
        """Bring the findings to the front."""
        self._bring(self.findings)
        self.findings.setFocus()

    def show_results(self) -> None:
        """Bring the results to the front; the keyboard stays where it is."""
        self._bring(self.results)

    def _bring(self, panel: QWidget) -> None:
        dock = next(each for each in self._docks if each.widget() is panel)
        dock.show()
        dock.raise_()

    def show_context_menu(self, at: object) -> None:
        """Offer what can be done with what is selected."""
        from PySide6.QtCore import QPoint
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id_ in ("add", "connect", "rename", "duplicate", "copy", "paste", "delete", "add-note", "tidy"):
            menu.addAction(self.commands[id_])
        assert isinstance(at, QPoint)
        menu.popup(at)

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

    def _restore(self) -> None:
        geometry, docks = self.settings.layout("geometry"), self.settings.layout(self._layout_name())
        if geometry is not None:
            self.restoreGeometry(geometry)
        if docks is not None:
            self._sized = self.appearance.theme.scale if self.restoreState(docks, _LAYOUT) else 0.0

    def _layout_name(self) -> str:
        """Large type has a layout of its own: its panels are larger."""
        return "docks-large" if self.appearance.theme.large else "docks"

    def _show_flow(self) -> None:
        results = self.simulation.results
        flow = None
        if results is not None and results.replications and results.scenario.id == self.document.tables.get("id"):
            arm = self.document.arm if self.document.arm in results.arms else results.arms[0]
            flow = flow_of(results, arm)
        self.canvas.show_flow(flow)
        self.table.show_flow(flow)

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
            self.commands[id_].setToolTip(plain_tip(f"{words} ({self._key(id_)})"))
        job = simulation.job
        busy = simulation.busy
        self.commands.enable(busy, "pause", "stop")
        self.commands.enable(simulation.run is not None and not busy, "more")
        self.commands["pause"].setText("Go on" if job is not None and job.state == "paused" else "Pause")
        for id_, sign in self._signs.items():
            self.commands[id_].setIconText(f"{sign} {self.commands[id_].text()}")
        self.progress.setVisible(busy)
        if busy and job is not None:
            self.progress.setRange(0, job.total)
            self.progress.setValue(job.done)
        self.status.setText(status_words(document, simulation))
        self._tell_findings()

    def _tell_findings(self) -> None:
        if not self.document.journey.places:
            self.checked.setText("Nothing drawn yet")
            return
        if not self.document.is_read:
            self.checked.setText("Checking …")
            return
        findings = self.document.reading.findings
        errors = self.document.reading.errors
        warnings = len(findings) - errors
        words = [f"{errors} error{'s' if errors != 1 else ''}"] if errors else []
        words += [f"{warnings} warning{'s' if warnings != 1 else ''}"] if warnings else []
        self.checked.setText(", ".join(words) or "Nothing is wrong")
        self.checked.setContentsMargins(GRID, 0, GRID, 0)
