"""Tiles to choose from: a name, a sentence, perhaps a picture; and the grid in which they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance

_WIDTH = 28 * GRID
"""the least width of a tile at the usual type"""


class Tile(QAbstractButton):
    """A button as large as what it says."""

    def __init__(self, appearance: Appearance, name: str, sentence: str, picture: QWidget | None = None) -> None:
        """A tile with that name, and a sentence about it."""
        super().__init__()
        self._appearance = appearance
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.name, self.sentence = PlainLabel(name), PlainLabel(sentence)
        self.sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GRID * 3 // 2, GRID, GRID * 3 // 2, GRID)
        rows.setSpacing(GRID // 2)
        for label in (self.name, self.sentence):
            label.setWordWrap(True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.picture = picture
        if picture is not None:
            picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            rows.addWidget(picture)
        rows.addWidget(self.name)
        rows.addWidget(self.sentence)
        rows.addStretch(1)
        appearance.changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take type and colours of the theme."""
        theme = self._appearance.theme
        self.name.setFont(theme.font("normal", bold=True))
        self.sentence.setFont(theme.font("small"))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """What its layout asks for."""
        return self.layout().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the ground and the border; what it says draws itself."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        called = self.hasFocus() or self.underMouse() or self.isDown()
        painter.setPen(QPen(QColor(theme.accent if called else theme.line), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.band if self.isDown() else theme.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), GRID // 2, GRID // 2)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter chooses it, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Look as before."""
        super().leaveEvent(event)
        self.update()


class TileGrid(QWidget):
    """Tiles in as many columns as there is room for."""

    def __init__(self, appearance: Appearance, tiles: Sequence[Tile] = ()) -> None:
        """Those tiles, in their order."""
        super().__init__()
        self._appearance = appearance
        self.tiles = list(tiles)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        self._arrange()
        appearance.changed.connect(self._arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Find the number of columns that fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wanted = max(1, (self.width() + GRID) // round(_WIDTH * self._appearance.theme.scale + GRID))
        columns = min(wanted, max(1, len(self.tiles)))
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
