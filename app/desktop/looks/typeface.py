"""The typeface, which travels with the program, so that the window looks the same everywhere."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from app.files.shipped import shipped

FAMILY: Final = "Inter"
_STYLES: Final = ("Regular", "SemiBold", "Bold")


def typeface() -> QFont:
    """The typeface, in Qt's usual size."""
    _load()
    return QFont(FAMILY)


@cache
def _load() -> None:
    for style in _STYLES:
        path = shipped("assets") / "fonts" / "inter" / f"{FAMILY}-{style}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(f"{path}: no typeface; install the program anew")
