"""The welcome: where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.welcome.picture import Picture
from app.desktop.welcome.stories import stories
from app.desktop.welcome.tiles import Tile, TileGrid
from app.first_steps.templates import templates

_MOST_RECENT = 5
_WIDEST = 180 * GRID
"""pixels: in wider lines the eye gets lost"""


class WelcomePage(QScrollArea):
    """Ways to begin, as buttons and tiles."""

    blank_wanted = Signal()
    open_wanted = Signal()
    tour_wanted = Signal()
    template_wanted = Signal(str)
    shipped_wanted = Signal(object)
    """with the path of a scenario that ships"""
    recent_wanted = Signal(object)
    """with the path of a file"""

    def __init__(self, appearance: Appearance) -> None:
        """Everything but the pictures, which are drawn one by one once it is seen."""
        super().__init__()
        self._appearance = appearance
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Welcome")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have it, and scroll into sight
        self._titles: list[QLabel] = []
        self.heading = PlainLabel("Welcome to Journey Sandbox")
        self.words = PlainLabel(
            "Describe how your customers arrive, buy and stay. Simulate, change something, and see the difference."
        )
        self.words.setWordWrap(True)
        self.words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.tour = _button(
            "Take the two-minute tour", "Shows the window with an example; you can leave it at any time"
        )
        self.blank = _button("Blank journey", "Draw a journey from scratch")
        self.open = _button("Open a file …", "Open a scenario file (Ctrl+O)")
        self.tour.clicked.connect(self.tour_wanted)
        self.blank.clicked.connect(self.blank_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.templates = TileGrid(appearance, [self._template(each.id) for each in templates().values()])
        self._stories = stories()
        self.examples = TileGrid(appearance, [self._example(number) for number in range(len(self._stories))])
        self.recent = TileGrid(appearance)
        self._undrawn = list(range(len(self._stories)))
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._draw_next)
        self._build()
        appearance.changed.connect(self._dress)
        self._dress()

    def show_recent(self, files: Sequence[Path]) -> None:
        """Offer files that were opened before."""
        tiles = []
        for path in files[:_MOST_RECENT]:
            tile = Tile(self._appearance, path.name, str(path.parent))
            tile.setToolTip(plain_tip(str(path)))
            tile.clicked.connect(lambda _=False, path=path: self.recent_wanted.emit(path))
            tiles.append(tile)
        old, self.recent = self.recent, TileGrid(self._appearance, tiles)
        self._rows.replaceWidget(old, self.recent)
        old.hide()
        old.deleteLater()
        self._recent_title.setVisible(bool(tiles))
        self.recent.setVisible(bool(tiles))

    def show_whether_toured(self, toured: bool) -> None:
        """Recommend the tour to who has not taken it."""
        self.tour.setDefault(not toured)
        self.tour.setText("Take the tour again" if toured else "Take the two-minute tour")

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As small as anybody likes: it can be scrolled."""
        return QSize(1, 1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Begin to draw the pictures."""
        super().showEvent(event)
        if self._undrawn:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw no more for now."""
        super().hideEvent(event)
        self._timer.stop()

    def _build(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        self._rows.setSpacing(GRID)
        self._rows.addWidget(self.heading)
        self._rows.addWidget(self.words)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.tour, self.blank, self.open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._rows.addLayout(buttons)
        self._recent_title = self._title("Continue with a recent file")
        self._rows.addWidget(self.recent)
        self._title("Start from six figures you know")
        self._rows.addWidget(self.templates)
        self._title("Look at an example")
        self._rows.addWidget(self.examples)
        self._rows.addStretch(1)
        self.setWidget(inside)
        self.show_recent(())

    def _title(self, words: str) -> QLabel:
        title = PlainLabel(words)
        title.setContentsMargins(0, 2 * GRID, 0, 0)
        self._titles.append(title)
        self._rows.addWidget(title)
        return title

    def _template(self, id_: str) -> Tile:
        template = templates()[id_]
        tile = Tile(self._appearance, template.name, template.sentence)
        tile.clicked.connect(lambda _=False: self.template_wanted.emit(id_))
        return tile

    def _example(self, number: int) -> Tile:
        story = self._stories[number]
        tile = Tile(self._appearance, story.name, story.sentence, Picture(self._appearance))
        tile.clicked.connect(lambda _=False: self.shipped_wanted.emit(story.path))
        return tile

    def _draw_next(self) -> None:
        number = self._undrawn.pop(0)
        picture = self.examples.tiles[number].picture
        assert isinstance(picture, Picture)
        picture.draw_file(self._stories[number].path)
        if self._undrawn:
            self._timer.start()

    def _dress(self) -> None:
        theme = self._appearance.theme
        self.heading.setFont(theme.font("large", bold=True))
        for title in self._titles:
            title.setFont(theme.font("normal", bold=True))


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(words)
    button.setToolTip(plain_tip(tip))
    button.setAutoDefault(True)
    return button
