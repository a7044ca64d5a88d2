"""The key beside a chart: each arm's line with its name, and its figures where somebody points."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results.plot import arm_pen
from app.shown.colours import ArmStyle


@dataclass(frozen=True)
class Entry:
    """One arm in the key."""

    name: str
    style: ArmStyle
    lines: tuple[str, ...]
    """what there is to say: the difference first, then the level"""


class Swatch(QWidget):
    """A piece of an arm's line."""

    def __init__(self, scale: float) -> None:
        """No arm yet."""
        super().__init__()
        self.style_of_arm: ArmStyle | None = None
        self.setFixedSize(QSize(round(GRID * 4 * scale), round(GRID * 2 * scale)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        if self.style_of_arm is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(arm_pen(self.style_of_arm, 2.5))
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width() - 1, middle)
        painter.end()


class Key(QScrollArea):
    """All arms, from top to bottom; scrolls where there are many."""

    def __init__(self, appearance: Appearance, name: str) -> None:
        """An empty key."""
        super().__init__()
        self.appearance = appearance
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._inside = QWidget()
        self.setWidget(self._inside)
        self._whole = whole = QVBoxLayout(self._inside)
        whole.setContentsMargins(GRID, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        self.head = PlainLabel()
        self.head.setWordWrap(True)
        self.head.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        whole.addWidget(self.head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        whole.addLayout(self._grid)
        whole.addStretch(1)
        self._rows: list[tuple[Swatch, QLabel, QLabel]] = []
        self._entries: tuple[Entry, ...] = ()
        self._dressed: tuple[int, bool] | None = None

    def show_entries(self, head: str, entries: tuple[Entry, ...]) -> None:
        """Show these, under a line that says where they are read off."""
        theme = self.appearance.theme
        if self._dressed != (len(entries), theme.large):
            self._make(len(entries))
            self._dressed = (len(entries), theme.large)
        self.head.setText(head)
        self.setToolTip(plain_tip(head))
        self._entries = entries
        for (swatch, name, figures), entry in zip(self._rows, entries, strict=True):
            if swatch.style_of_arm != entry.style:
                swatch.style_of_arm = entry.style
                swatch.update()
            name.setText(entry.name)
            figures.setToolTip(plain_tip("\n".join(entry.lines)))
        self._fill()

    def text(self) -> str:
        """All that there is to say, line by line, though there may be room for less."""
        said = [self.head.text()]
        for entry in self._entries:
            said += [entry.name, *entry.lines]
        return "\n".join(said)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        """Every line where all fit, else the first of each arm: the difference; if need be, without the head."""
        if not self._entries:
            return
        self.head.show()
        self._write(max(len(entry.lines) for entry in self._entries))
        if not self._fits():
            self._write(1)
            self.head.setVisible(self._fits())

    def _fits(self) -> bool:
        self._whole.activate()
        return self._whole.totalHeightForWidth(self.viewport().width()) <= self.viewport().height()

    def _write(self, most: int) -> None:
        for (_, _, figures), entry in zip(self._rows, self._entries, strict=True):
            figures.setText("\n".join(entry.lines[:most]))

    def _make(self, count: int) -> None:
        theme = self.appearance.theme
        self._entries = ()  # a new width makes room for what is written anew
        for row in self._rows:
            for widget in row:
                self._grid.removeWidget(widget)
                widget.deleteLater()
        self._rows = []
        self.head.setFont(theme.font("small"))
        self.setFixedWidth(round(GRID * 32 * (1 + theme.scale) / 2))
        for number in range(count):
            swatch, name, figures = Swatch(theme.scale), PlainLabel(), PlainLabel()
            name.setFont(theme.font("small", bold=True))
            figures.setFont(theme.font("small"))
            name.setWordWrap(True)
            figures.setWordWrap(True)
            self._grid.addWidget(swatch, 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(name, 2 * number, 1)
            self._grid.addWidget(figures, 2 * number + 1, 1)
            self._rows.append((swatch, name, figures))
