"""Panels that fold to one line, so that the journey has the room: until something was run, and whenever one likes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QTabBar, QWidget

from app.desktop.frame.docks import PanelDock
from app.desktop.frame.settings import Settings
from app.desktop.looks.one_line import OneLine
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Appearance

_LEAST: Final = 12 * GRID
"""height at the usual type below which a panel says one line instead of being cut"""
_OPEN: Final = 300
"""height of an open panel at the usual type"""
_LEAST_SHARE, _MOST_SHARE = 0.3, 0.42
"""shares of the window's height that it takes at first"""
_SNAP_MS: Final = 50


class Drawer(QWidget):
    """A panel, or where there is too little height for it the one line that it says."""

    opened = Signal()
    """somebody wants it open"""
    squeezed = Signal()
    """it has more height than its line, and too little for the panel"""

    def __init__(self, content: QWidget, says: Callable[[], str], appearance: Appearance) -> None:
        """Of that panel, which `says` what matters most in a line."""
        super().__init__()
        self.content, self._says, self._appearance = content, says, appearance
        self.line = QWidget(self)
        self.words = OneLine()
        self.words.setAccessibleName("In a line")
        self.button = QPushButton("Open")
        self.button.setFlat(True)
        self.button.setToolTip("Open this panel; double-click its tab to fold it again")
        self.button.clicked.connect(self.opened)
        across = QHBoxLayout(self.line)
        across.setContentsMargins(GRID, GRID // 4, GRID, GRID // 4)
        across.addWidget(self.words, 1)
        across.addWidget(self.button)
        content.setParent(self)
        self.setFocusProxy(content)

    def tell(self) -> None:
        """Say the line anew, where it is seen."""
        if not self.line.isHidden():
            self.words.setText(self._says())
            self.words.setToolTip(plain_tip(self.words.text()))

    def line_height(self) -> int:
        """As high as it is when it is folded."""
        return self.line.sizeHint().height()

    @property
    def folded(self) -> bool:
        """Whether the line is shown."""
        return self.height() < _LEAST * self._appearance.theme.scale

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As wide as the panel has to be, as low as a line."""
        return QSize(self.content.minimumSizeHint().width(), self.line_height())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """What the panel asks for."""
        return self.content.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Show what there is room for."""
        super().resizeEvent(event)
        folded = self.folded
        self.line.setVisible(folded)
        self.content.setVisible(not folded)
        (self.line if folded else self.content).setGeometry(self.rect())
        self.tell()
        if folded and self.height() > self.line_height():
            self.squeezed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Open."""
        if self.folded:
            self.opened.emit()
        else:
            super().mouseDoubleClickEvent(event)


class Folding(QObject):
    """Folds and opens the panels below the journey, which stand behind one another."""

    def __init__(
        self, frame: QMainWindow, appearance: Appearance, settings: Settings, docks: Sequence[PanelDock]
    ) -> None:
        """Of that window; these panels are drawers."""
        super().__init__(frame)
        self._frame, self._appearance, self._settings, self._docks = frame, appearance, settings, docks
        self._height = 0
        """what they had when they were open last; 0 before that"""
        self._dragged = False
        """whether somebody holds a splitter of the window"""
        for dock in docks:
            dock.asked.connect(self.open)
            assert isinstance(dock.widget(), Drawer)
            dock.widget().opened.connect(self.open)
            dock.widget().squeezed.connect(self._snap_soon)
        self._soon = QTimer(self, singleShot=True, interval=_SNAP_MS)
        self._soon.timeout.connect(self._snap)
        frame.installEventFilter(self)
        for bar in frame.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.installEventFilter(self)

    @property
    def folded(self) -> bool:
        """Whether all that is seen of them is a line."""
        drawer = self._shown().widget()
        return isinstance(drawer, Drawer) and drawer.folded

    def toggle(self) -> None:
        """Fold them, or open them again; the window remembers which somebody wants."""
        if self.folded:
            self.open()
        else:
            self._settings.folded = True
            self.fold()

    def fold(self) -> None:
        """Leave a line of them."""
        if not self.folded:
            self._height = self._shown().height() + self._tabs_height()
        self._resize(1)

    def open(self) -> None:
        """Give them the height that they had, or what suits the type."""
        self._settings.folded = False
        self.open_for_results()

    def open_for_results(self) -> None:
        """Open them, unless somebody folded them on purpose: then the line says what was found."""
        if self.folded and not self._settings.folded:
            self._resize(self._height or self._usual_height())

    def size(self, folded: bool) -> None:
        """Give them the height that suits the type, now or once they are open."""
        self._height = 0
        self._resize(1 if folded else self._usual_height())

    def _usual_height(self) -> int:
        """What suits the type and the window."""
        whole = self._frame.height()
        wanted = max(round(_OPEN * self._appearance.theme.scale), round(whole * _LEAST_SHARE))
        return min(wanted, round(whole * _MOST_SHARE))

    def tell(self) -> None:
        """Say the lines anew."""
        for dock in self._docks:
            drawer = dock.widget()
            assert isinstance(drawer, Drawer)
            drawer.tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Hear of splitters being dragged, and of double-clicks on tabs, which Qt makes as panels come and go."""
        if watched is self._frame:
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
                self._dragged = event.type() == QEvent.Type.MouseButtonPress
                self._snap_soon()
            elif event.type() == QEvent.Type.ChildPolished:
                child = event.child()  # type: ignore[attr-defined]
                if isinstance(child, QTabBar):
                    child.installEventFilter(self)
        elif event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            assert isinstance(watched, QTabBar)
            tab = watched.tabText(watched.tabAt(event.position().toPoint()))
            if tab in [dock.windowTitle() for dock in self._docks]:
                self.toggle()
                return True
        return False

    def _snap_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _snap(self) -> None:
        """Leave no empty ground about the line, once nobody drags any more."""
        if self.folded and not self._dragged:
            self._resize(1)

    def _resize(self, height: int) -> None:
        self._frame.setAnimated(False)  # so that they have it at once
        self._frame.resizeDocks([self._shown()], [height], Qt.Orientation.Vertical)
        layout = self._frame.layout()
        assert layout is not None
        layout.activate()
        self._frame.setAnimated(True)

    def _tabs_height(self) -> int:
        """What their tabs take of the height that Qt is asked for."""
        bars = self._frame.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        title = self._docks[0].windowTitle()
        with_it = [bar for bar in bars if title in map(bar.tabText, range(bar.count()))]
        return with_it[0].height() if with_it else 0

    def _shown(self) -> PanelDock:
        """The one that is in front, or else the first."""
        return next((dock for dock in self._docks if dock.widget().isVisible()), self._docks[0])
