"""How the window looks: light or dark, at the usual or at large type."""

import sys
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop.looks.roles import Roles
from app.desktop.looks.sheet import sheet
from app.desktop.looks.spacing import GRID
from app.desktop.looks.typeface import typeface

__all__ = ["GRID", "Appearance", "Theme", "wear"]

_POINTS = {"small": 9.0, "normal": 10.0, "large": 14.0}
_LARGE_TYPE = 1.4
_MAC_POINTS = 96 / 72
"""A Mac takes a point for a pixel; others take three points for four."""


@dataclass(frozen=True)
class Theme(Roles):
    """The colours and sizes of everything that is drawn."""

    dark: bool = False
    large: bool = False
    """large type, to be read from afar"""

    def points(self, size: str) -> float:
        """The size of type in points: `small`, `normal` or `large`."""
        return _POINTS[size] * (_LARGE_TYPE if self.large else 1.0)

    def font(self, size: str = "normal", bold: bool = False) -> QFont:
        """The one family in one of its three sizes."""
        font = typeface()
        font.setPointSizeF(self.points(size) * (_MAC_POINTS if sys.platform == "darwin" else 1.0))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    @property
    def scale(self) -> float:
        """How much larger than usual everything with text in it is."""
        return _LARGE_TYPE if self.large else 1.0

    @property
    def palette(self) -> QPalette:
        """The colours of Qt's own controls."""
        role = QPalette.ColorRole
        palette = QPalette()
        for name, colour in (
            (role.Window, self.panel),
            (role.Base, self.field),
            (role.AlternateBase, self.stripe),
            (role.Button, self.panel),
            (role.ToolTipBase, self.card),
            (role.Text, self.text),
            (role.WindowText, self.text),
            (role.ButtonText, self.text),
            (role.ToolTipText, self.text),
            (role.BrightText, self.error),
            (role.PlaceholderText, self.quiet),
            (role.Highlight, self.chosen),
            (role.HighlightedText, self.text),
            (role.Accent, self.accent),
            (role.Link, self.accent),
            (role.Light, self.card),
            (role.Mid, self.line),
            (role.Dark, self.line),
        ):
            palette.setColor(name, QColor(colour))
        for name in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(self.quiet))
        return palette


_WORN = "worn"
"""the property of the program that says which theme it has on"""


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
        if app.property(_WORN) == repr(self.theme):
            return  # to dress the program once more takes a tenth of a second
        app.setProperty(_WORN, repr(self.theme))
        # Else, where the program has a sheet, a widget that is given another parent loses the font that it was given.
        app.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
        app.setStyle("Fusion")
        app.setPalette(self.theme.palette)
        app.setFont(self.theme.font())
        app.setStyleSheet(sheet(self.theme))


def wear(widget: QWidget, theme: Theme | None) -> None:
    """Have a widget in another theme than the program's, for a picture of it; None for no longer."""
    widget.setPalette(theme.palette if theme is not None else QPalette())
    widget.setStyleSheet(sheet(theme) if theme is not None else "")
