"""Going round the window step by step, while everything in it can be used."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDockWidget, QTabBar, QWidget

from app.desktop.document import Document
from app.desktop.editor.editor import Editor
from app.desktop.files.files import Files
from app.desktop.frame.settings import Settings
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.simulation import Simulation
from app.desktop.tour.panel import Outline, TourPanel
from app.desktop.tour.sights import Sights
from app.desktop.tour.steps import EXAMPLE, STEPS, Standing, Step
from sim.scenario import open_scenario
from sim.shipped import shipped_scenarios

_MOVED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Tour(QObject):
    """Where somebody is on the tour."""

    def __init__(
        self,
        appearance: Appearance,
        settings: Settings,
        document: Document,
        files: Files,
        editor: Editor,
        simulation: Simulation,
        sights: Sights,
    ) -> None:
        """Not under way."""
        super().__init__(sights.frame)
        self._appearance, self._settings = appearance, settings
        self._document, self._files, self._editor, self._simulation = document, files, editor, simulation
        self.sights, self._frame = sights, sights.frame
        self.panel: TourPanel | None = None
        self.outline: Outline | None = None
        self.steps: list[Step] = []
        self.number = 0
        """of the present step, from 0"""
        self._before = self._stands()
        self._done = False
        self._target: QWidget | None = None
        self._moved = QTimer(self, singleShot=True, interval=0)  # once all panels have their places
        self._moved.timeout.connect(self._position)

    @property
    def is_on(self) -> bool:
        """Whether it is under way."""
        return self.panel is not None

    def start(self) -> None:
        """Open a copy of the example, and show the first step."""
        self.leave()
        self._files.begin(open_scenario(shipped_scenarios()[EXAMPLE]).text)
        self.panel = TourPanel(self._appearance, self._frame)
        self.outline = Outline(self._appearance, self._frame)
        self.panel.back.connect(lambda: self.go_to(self.number - 1))
        self.panel.on.connect(lambda: self.go_to(self.number + 1))
        self.panel.left.connect(self.leave)
        self.steps = [step for step in STEPS if self.sights.find(step.sight) is not None]
        self._frame.installEventFilter(self)
        self._appearance.changed.connect(self._moved.start)
        self._document.changed.connect(self._look)
        self._simulation.changed.connect(self._look)
        self._editor.selection_changed.connect(self._look)
        self._files.opened.connect(self.leave)
        self.go_to(0)

    def go_to(self, number: int) -> None:
        """Show that step; after the last one the tour is over."""
        if self.panel is None:
            return
        if number >= len(self.steps):
            self.leave()
            return
        self.number = max(0, number)
        step = self.steps[self.number]
        self._watch(self.sights.find(step.sight))
        self._before = self._stands()
        self._done = False
        self.panel.tell(self.number + 1, len(self.steps), step.title, step.words, step.task)
        self._look()
        self._position()
        self._moved.start()
        self.panel.next.setFocus()

    def leave(self) -> None:
        """End it; that it was taken is remembered."""
        if self.panel is None or self.outline is None:
            return
        self._frame.removeEventFilter(self)
        self._appearance.changed.disconnect(self._moved.start)
        self._document.changed.disconnect(self._look)
        self._simulation.changed.disconnect(self._look)
        self._editor.selection_changed.disconnect(self._look)
        self._files.opened.disconnect(self.leave)
        self._moved.stop()
        self._watch(None)
        focus = self._frame.focusWidget()
        had_keyboard = focus is not None and self.panel.isAncestorOf(focus)
        for part in (self.panel, self.outline):
            part.hide()
            part.deleteLater()
        self.panel = self.outline = None
        self._settings.tour_taken = True
        if had_keyboard:
            self.sights.views.currentWidget().setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow what is outlined; Esc that nobody else wanted ends the tour."""
        if event.type() in _MOVED:
            self._moved.start()
        elif (
            watched is self._frame
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.leave()
            return True
        elif watched is self._frame and event.type() == QEvent.Type.Close:
            self.leave()
        return super().eventFilter(watched, event)

    def _stands(self) -> Standing:
        document, simulation = self._document, self._simulation
        return Standing(document.text, document.arm, bool(self._editor.selection), simulation.run, simulation.busy)

    def _watch(self, target: QWidget | None) -> None:
        """Bring a part of the window into sight, and follow it."""
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = target
        if target is None:
            return
        self.sights.bring(target)
        target.installEventFilter(self)

    def _look(self, *_: object) -> None:
        """See whether what was to be done is done."""
        if self.panel is None:
            return
        step = self.steps[self.number]
        if step.task and not self._done and step.is_done(self._before, self._stands()):
            self._done = True
            self.panel.tell_task(step.task, True, self.number == len(self.steps) - 1)
            self._moved.start()

    def _position(self) -> None:
        if self.panel is None or self.outline is None or self._target is None:
            return
        frame, target = self._frame, self._target
        around = QRect(target.mapTo(frame, target.rect().topLeft()), target.size())
        for tabs in frame.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            above = around.adjusted(0, -tabs.height(), 0, 0)
            if tabs.isVisible() and isinstance(target, QDockWidget) and above.contains(tabs.geometry().center()):
                around = around.united(tabs.geometry())
        around = around.adjusted(-2, -2, 2, 2).intersected(frame.rect())
        self.outline.setGeometry(around)
        self.outline.setVisible(target.isVisible())
        self.panel.stand_beside(around, frame.rect().adjusted(GRID, GRID, -GRID, -GRID))
        self.panel.show()
        self.outline.raise_()
        self.panel.raise_()
