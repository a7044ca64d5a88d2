"""The journey map as a view of the window: personas as cards, and stages with all that is said and known of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desktop import pictures
from app.desktop.document import Document
from app.desktop.help import set_help
from app.desktop.journey_map.cards import Cards
from app.desktop.journey_map.figures import NOTHING_RUN, Figures, figures_of
from app.desktop.journey_map.grid import Grid
from app.desktop.journey_map.personas import Persona, card_of, personas
from app.desktop.journey_map.picture import Picture
from app.desktop.journey_map.stages import map_of
from app.desktop.looks.one_line import OneLine
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Appearance, Theme
from app.desktop.results.results_reading import ResultsReading
from sim.outcomes import ALL

if TYPE_CHECKING:
    from sim.experiment import Results

LEGEND: Final = (
    "Emotion from -1 to 1: the line goes through the mean of each stage, small dots are its touchpoints, diamonds and "
    "★ moments of truth. The band and figures in brackets are 95 % intervals of the mean."
)


class JourneyMapView(QWidget):
    """Shows the document's journey stage by stage; whatever is typed is a step of the document."""

    wanted = Signal(str)
    """the address of something that somebody wants to see elsewhere"""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """The map of that document's journey."""
        super().__init__()
        self._appearance, self._document = appearance, document
        self._results: Results | None = None
        self._is_stale = False
        self._reading: ResultsReading | None = None
        self._figures = NOTHING_RUN
        self._personas: tuple[Persona, ...] = ()
        self._behind = True
        """whether something changed while nobody looked"""
        self.cards = Cards(appearance)
        self.source = OneLine()
        self.source.setAccessibleName("What the figures are of")
        self.source.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.card = Grid(appearance, document, "Persona", titled=False)
        self.grid = Grid(appearance, document, "Journey map")
        self._build()
        self.cards.chosen.connect(self._follow)
        self.cards.more_wanted.connect(lambda: self.wanted.emit("segments"))
        self.card.fitted.connect(self._size_card)
        self.grid.wanted.connect(self.wanted)
        self.grid.arm_wanted.connect(lambda name: document.add_arm(name))
        document.changed.connect(self._follow)
        document.id_changed.connect(self._follow_id)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_results(self, results: Results | None, is_stale: bool = False) -> None:
        """Show what a run found; `is_stale`: the journey was edited since. None for nothing."""
        if results is not self._results:
            self._reading = None  # nor are those held that it is of, where nobody looks
        if results is not self._results or is_stale != self._is_stale:
            self._results, self._is_stale = results, is_stale
            self._follow()

    def picture(self) -> Picture:
        """All of the map, to be painted anywhere."""
        self._catch_up()
        tables = self._document.shown
        title = str(tables.get("name") or tables.get("id") or "Journey")
        return Picture(
            title, self.source.text(), LEGEND, self.grid.sheet_model.sheet, self._personas, self._chosen(),
            self._appearance.theme,
        )  # fmt: skip

    def pictured(self, theme: Theme) -> pictures.Picture:
        """All of the map in the colours of a theme; it has a title and says what its figures are of by itself."""
        whole = replace(self.picture(), theme=theme)
        return pictures.Picture(f"{whole.title} - journey map", QSizeF(whole.size()), whole.paint, theme)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self._catch_up()

    def _build(self) -> None:
        self.setAccessibleName("Journey map")
        set_help(self, "journey map view")
        set_help(self.grid, self.grid.word)
        set_help(self.cards, "persona")
        set_help(self.card, "persona")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.cards)
        column.addWidget(self.card)
        column.addWidget(self.grid, 1)
        column.addWidget(self.source)
        self.source.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self.setFocusProxy(self.grid)
        self.setMinimumSize(QSize(320, 200))

    def _chosen(self) -> Persona | None:
        return next((one for one in self._personas if one.id == self.cards.current), None)

    def _follow_id(self, kind: str, old: str, new: str) -> None:
        if kind == "segments":
            self.cards.follow_id(old, new)

    def _follow(self) -> None:
        """Bring the map up to date with the document, now or when somebody looks."""
        self._behind = True
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if not self._behind:
            return
        self._behind = False
        tables = self._document.shown
        self._personas = personas(tables)
        self.cards.show_personas(self._personas)
        chosen = self._chosen()
        self.card.setVisible(chosen is not None)
        if chosen is not None:
            self.card.show_sheet(card_of(chosen))
        self._figures = self._read_figures()
        stale = " · from before your last edit" if self._is_stale and self._results is not None else ""
        self.source.setText(f"{self._figures.source}{stale}")
        self.source.setToolTip(plain_tip(f"{self.source.text()}\n\n{LEGEND}", wraps=True))
        self.grid.show_sheet(map_of(tables, self._document.journey, self._figures))

    def _read_figures(self) -> Figures:
        """The figures of the arm that is selected, and of the persona that is chosen."""
        results = self._results
        if results is None:
            return NOTHING_RUN
        arm = self._document.arm if self._document.arm in results.arms else results.arms[0]
        persona = self._chosen()
        segment = persona.id if persona is not None else ALL
        if self._reading is None or self._reading.results is not results or self._reading.segment != segment:
            self._reading = ResultsReading(results, segment)
        return figures_of(self._reading, arm, persona.name if persona is not None else "")

    def _size_card(self) -> None:
        needed, most = self.card.needed_height(), max(self.height() // 3, 120)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if needed <= most else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.card.setVerticalScrollBarPolicy(off)
        self.card.setFixedHeight(min(needed, most))

    def _restyle(self) -> None:
        self.source.setFont(self._appearance.theme.font("small"))
        for grid in (self.card, self.grid):
            grid.fit()
        self.cards.restyle()
