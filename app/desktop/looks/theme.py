"""How the window looks: light or dark, at the usual or at large type."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

GRID = 8
"""Everything is placed on multiples of so many pixels."""
_POINTS = {"small": 9.0, "normal": 10.5, "large": 14.0}
_LARGE_TYPE = 1.4
_FUSION_DARKENS = 140
"""by so many percent Qt's Fusion style darkens the window's colour for borders"""
_FIELDS = ("QLineEdit", "QCheckBox", "QComboBox", "QAbstractSpinBox")


@dataclass(frozen=True)
class Theme:
    """The colours (#RRGGBB) and sizes of everything that is drawn."""

    dark: bool = False
    large: bool = False
    """large type, to be read from afar"""

    def points(self, size: str) -> float:
        """The size of type in points: `small`, `normal` or `large`."""
        return _POINTS[size] * (_LARGE_TYPE if self.large else 1.0)

    def font(self, size: str = "normal", bold: bool = False) -> QFont:
        """The one family in one of its three sizes."""
        font = QFont(QApplication.font())
        font.setPointSizeF(self.points(size))
        font.setBold(bold)
        return font

    @property
    def scale(self) -> float:
        """How much larger than usual everything with text in it is."""
        return _LARGE_TYPE if self.large else 1.0

    @property
    def paper(self) -> str:
        """What text, canvas and charts stand on."""
        return "#1b1d20" if self.dark else "#ffffff"

    @property
    def panel(self) -> str:
        """What panels and bars stand on."""
        return "#26292d" if self.dark else "#f4f5f6"

    @property
    def band(self) -> str:
        """Every other stage on the canvas."""
        return "#212428" if self.dark else "#f8f9fa"

    @property
    def card(self) -> str:
        """A touchpoint on the canvas."""
        return "#2e3237" if self.dark else "#ffffff"

    @property
    def text(self) -> str:
        """What is to be read."""
        return "#f0f1f2" if self.dark else "#1c1e21"

    @property
    def quiet(self) -> str:
        """What may be read."""
        return "#a9afb6" if self.dark else "#5c636a"

    @property
    def line(self) -> str:
        """What only separates: it may be faint, for nothing is read from it."""
        return "#565d65" if self.dark else "#c2c8ce"

    @property
    def stroke(self) -> str:
        """A transition on the canvas, a border or axis that something is read from."""
        return "#8b939b" if self.dark else "#7b838b"

    @property
    def accent(self) -> str:
        """What is selected or asks to be pressed."""
        return "#56b4e9" if self.dark else "#0072b2"

    @property
    def warning(self) -> str:
        """What is doubtful."""
        return "#e69f00" if self.dark else "#9a5b00"

    @property
    def error(self) -> str:
        """What is wrong."""
        return "#ff8a65" if self.dark else "#c23b00"

    @property
    def table_sheet(self) -> str:
        """Room between the columns of a table, and heads that are only text above a line."""
        return (
            f"QTableView::item {{ padding: 0 {GRID // 2}px; }}"
            f"QHeaderView::section {{ padding: {GRID // 2}px {GRID // 2 + 3}px; border: none; "
            f"border-bottom: 1px solid {self.line}; background: {self.panel}; color: {self.quiet}; }}"
        )

    @property
    def palette(self) -> QPalette:
        """The colours of Qt's own controls."""
        role = QPalette.ColorRole
        palette = QPalette()
        for name, colour in (
            (role.Window, self.panel),
            (role.Base, self.paper),
            (role.AlternateBase, self.band),
            (role.Button, self.panel),
            (role.ToolTipBase, self.card),
            (role.Text, self.text),
            (role.WindowText, self.text),
            (role.ButtonText, self.text),
            (role.ToolTipText, self.text),
            (role.BrightText, self.error),
            (role.PlaceholderText, self.quiet),
            (role.Highlight, self.accent),
            (role.HighlightedText, self.paper),
            (role.Link, self.accent),
            (role.Light, self.card),
            (role.Mid, self.line),
            (role.Dark, self.line),
        ):
            palette.setColor(name, QColor(colour))
        for name in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(self.quiet))
        return palette

    @property
    def field_palette(self) -> QPalette:
        """The colours of what can be written into or ticked: Fusion makes its border of the window's colour, darker."""
        palette = self.palette
        palette.setColor(QPalette.ColorRole.Window, QColor(self.stroke).lighter(_FUSION_DARKENS))
        return palette


class Appearance(QObject):
    """The theme in use; whoever draws by hand draws again when it changes."""

    changed = Signal()

    def __init__(self, theme: Theme | None = None) -> None:
        """Begin with that theme."""
        super().__init__()
        self.theme = theme or Theme()

    def use(self, theme: Theme) -> None:
        """Show the whole program in that theme."""
        self.theme = theme
        self.apply()
        self.changed.emit()

    def apply(self) -> None:
        """Give Qt's own controls the theme."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyle("Fusion")
        app.setPalette(self.theme.palette)
        for kind in _FIELDS:
            app.setPalette(self.theme.field_palette, kind)  # type: ignore[arg-type]  # takes text, says bytes
        app.setFont(self.theme.font())
