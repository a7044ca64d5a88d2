"""What every chart and table of the results has: an answer in a sentence, and ways to take it elsewhere."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.desktop.document.saving import ask_where, replaces, with_ending, write_whole
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance, Theme
from app.desktop.pictures import Picture
from app.desktop.pictures.formats import drawing
from app.desktop.pictures.taking import ways
from app.desktop.results.facts import source
from app.desktop.results.in_look import in_look
from app.desktop.results.results_reading import ResultsReading
from sim.store.cells import as_texts

Row = Sequence[str | float | int | None]
_ROOMY = 22 * GRID
"""height at the usual type from which on the answer is as large as other text"""


class Chart(QWidget):
    """A view of a reading. Those that inherit fill `controls` and `body`, and say what `sentence` and `data` are."""

    message = Signal(str)
    """for the status bar"""
    take = Signal(object, str)
    """its picture is to be taken along: what makes it, and which way"""
    asked = Signal(str, object)
    """a question, and the answers that there are to it"""
    by_segment = False
    """whether it shows the chosen segment; if not, all customers"""

    def __init__(self, appearance: Appearance, title: str) -> None:
        """An empty chart; `title` names it for screen readers and files."""
        super().__init__()
        self.appearance = appearance
        self.title = title
        self.reading: ResultsReading | None = None
        self.setAccessibleName(title)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

        self.answer = PlainLabel()
        self.answer.setWordWrap(True)
        self.answer.setAccessibleName(f"{title}: the answer")
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.controls = QHBoxLayout()
        self.controls.setContentsMargins(0, 0, 0, 0)
        self.controls.setSpacing(GRID)
        self.picture = QWidget()
        self.body = QVBoxLayout(self.picture)
        self.body.setContentsMargins(GRID, 0, GRID, 0)
        self.body.setSpacing(GRID // 2)
        self.body.addWidget(self.answer)

        top = QHBoxLayout()
        top.setContentsMargins(GRID, GRID // 2, GRID, 0)
        top.addLayout(self.controls)
        top.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID // 2)
        whole.addLayout(top)
        whole.addWidget(self.picture, 1)
        self._scrolled: QWidget | None = None
        self._add_actions()
        appearance.changed.connect(self.restyle)

    def show_reading(self, reading: ResultsReading) -> None:
        """Show these results; what was chosen stays chosen where it still can be."""
        self.reading = reading
        self.fill(reading)
        self.answer.setText(self.sentence(reading))
        self._keep_answer_whole()
        self.setAccessibleDescription(self.answer.text())

    def let_go(self) -> None:
        """Hold no results any more: who is out of sight would keep those of an earlier run, which take memory."""
        self.reading = None

    def fill(self, reading: ResultsReading) -> None:
        """Draw the results."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def sentence(self, reading: ResultsReading) -> str:
        """The answer that the chart gives."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """Heads and rows of what is drawn, with all digits."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def restyle(self) -> None:
        """Draw again in the theme of now."""
        self._size_answer()
        if self.reading is not None:
            self.show_reading(self.reading)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the answer whole."""
        super().resizeEvent(event)
        self._size_answer()
        self._keep_answer_whole()

    def _size_answer(self) -> None:
        """In smaller type where the chart needs the room."""
        theme = self.appearance.theme
        roomy = self.height() >= _ROOMY * theme.scale
        self.answer.setFont(theme.font("normal" if roomy else "small", bold=True))

    def _keep_answer_whole(self) -> None:
        """Have the panel no lower than its lines: a label that wraps would let the chart be cut instead."""
        self.answer.setMinimumHeight(max(self.answer.heightForWidth(self.width() - 2 * GRID), 0))

    def again(self) -> None:
        """Draw again after a choice."""
        if self.reading is not None:
            self.show_reading(self.reading)

    def scroll_body(self, inside: QWidget) -> None:
        """Fill the body with that; it scrolls where it needs more height than there is."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(f"{self.title}: rows")
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self._scrolled = inside

    def picture_size(self) -> QSize:
        """The size of the picture on the screen, with what is scrolled out of sight."""
        if self._scrolled is None:
            return self.picture.size()
        return QSize(self.picture.width(), self.answer.height() + self._scrolled.height())

    def paint_picture(self, painter: QPainter) -> None:
        """Draw what is seen without the controls."""
        children = QWidget.RenderFlag.DrawChildren
        if self._scrolled is None:
            self.picture.render(painter, QPoint(), renderFlags=children)
        else:
            self.answer.render(painter, QPoint(), renderFlags=children)
            # A QGraphicsView's own `render` would draw only its scene.
            QWidget.render(self._scrolled, painter, QPoint(0, self.answer.height()), renderFlags=children)

    def pictured(self, theme: Theme) -> Picture:
        """The chart as it is now, in the colours of a theme."""
        reading = self.reading
        name = reading.results.scenario.name or reading.results.scenario.id if reading is not None else ""
        from app.desktop.results.plot import Plot, all_shown  # what draws plots takes long to load

        plots = self.findChildren(Plot)
        with in_look(self.appearance, self.picture, self.restyle, theme), all_shown(plots):
            size, drawing = self.picture_size(), self._drawing(theme)
        return Picture(
            name=f"{name} - {self.title}" if name else self.title,
            drawn=QSizeF(size),
            draw=lambda painter: QSvgRenderer(drawing).render(painter, QRectF(QPoint(), QSizeF(size))),
            theme=theme,
            title=f"{name}: {self.title.lower()}" if name else self.title,
            source=source(reading),
        )

    def save_data(self, path: str | Path) -> None:
        """Write what is drawn as CSV; OSError where it cannot be written."""
        path = Path(path)
        heads, rows = self.data(self.reading) if self.reading is not None else ((), ())
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(as_texts(heads))
        writer.writerows(map(as_texts, rows))
        write_whole(path, text.getvalue().encode())
        self.message.emit(f"Saved {path.name}")

    def _drawing(self, theme: Theme) -> bytes:
        """What is seen, as a drawing: pictures are made of that, so that the widget is its own again at once."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.picture.isAncestorOf(focused):
            focused = None
        if focused is not None:
            focused.clearFocus()  # the ring around it is for who sits here, not for who gets the picture
        drawn = drawing(self.picture_size(), theme.panel, self.paint_picture)
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        return drawn

    def _add_actions(self) -> None:
        for action in ways(self, lambda way: self.take.emit(self.pictured, way)):
            self.addAction(action)
        data = QAction("Save data …", self)
        data.setShortcut(QKeySequence("Ctrl+Alt+D"))
        data.setToolTip("What is drawn as a table (CSV), with all digits")
        data.triggered.connect(self._ask_data)
        self.addAction(data)
        for action, keys in zip(self.actions(), ("Ctrl+Alt+C", "Ctrl+Alt+P"), strict=False):
            action.setShortcut(QKeySequence(keys))
        for action in self.actions():
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _ask_data(self) -> None:
        name, _ = ask_where(self, "Save data", f"{self.title.lower()}.csv", "Table (*.csv)")
        if name:
            self._once_asked(self.save_data, with_ending(name, ".csv"))

    def _once_asked(self, save: Callable[[str], None], path: Path) -> None:
        """Save there; where a file is already, once somebody says so."""
        if path.exists():
            replace = ("Replace it", lambda: self.save_as(save, str(path)))
            self.asked.emit(replaces(path), [replace, ("Keep it", lambda: None)])
        else:
            self.save_as(save, str(path))

    def save_as(self, save: Callable[[str], None], path: str) -> None:
        """Save there, or tell why not."""
        try:
            save(path)
        except OSError as error:
            self.message.emit(f"{Path(path).name} could not be saved: {error.strerror or error}")
