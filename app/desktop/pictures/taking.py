"""Taking a picture along: copied, saved or printed. Canvas, journey map and charts all do it here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from app.desktop.document.saving import ask_where, replaces, with_ending, write_whole
from app.desktop.frame.messages import Messages
from app.desktop.frame.settings import Settings
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Theme
from app.desktop.pictures import formats
from app.desktop.pictures.picture import Picture

Pictured = Callable[[Theme], Picture]
"""Makes a picture of something as it is now, in the colours of a theme."""

WAYS: Final = {
    "copy": ("Copy picture", "Put the picture on the clipboard, in the colours of the window"),
    "png": ("Save picture as PNG …", "A picture for slides and mails, in the colours of the window"),
    "svg": ("Save picture as SVG …", "A drawing that stays sharp and can be changed, on a light ground"),
    "pdf": ("Save picture as PDF …", "A page to hand out, on a light ground"),
    "print": ("Print …", "On paper, on a light ground"),
}
"""Each way with its words and what it does."""
_KINDS: Final = {
    "png": ("PNG picture (*.png)", formats.png),
    "svg": ("SVG drawing (*.svg)", formats.svg),
    "pdf": ("PDF page (*.pdf)", formats.pdf),
}
_FORBIDDEN: Final = '<>:"/\\|?*'
"""what some systems allow in no name of a file"""
_LONGEST: Final = 100


class Taking(QObject):
    """Takes pictures along, and tells how it went."""

    said = Signal(str)
    """for the status bar"""

    def __init__(self, window: QWidget, theme: Callable[[], Theme], messages: Messages, settings: Settings) -> None:
        """For that window; `theme` is how it looks now."""
        super().__init__(window)
        self._window, self._theme, self._messages, self._settings = window, theme, messages, settings

    def take(self, of: Pictured, way: str) -> None:
        """Take a picture `of` something along, one of the `WAYS`."""
        seen = self._theme()
        picture = of(seen if way in ("copy", "png") else Theme(dark=False, large=seen.large))
        if way == "copy":
            QGuiApplication.clipboard().setMimeData(formats.clip(picture))
            self.said.emit(f"Copied the picture: {picture.name}")
        elif way == "print":
            self._print(picture)
        else:
            self._ask(picture, way)

    def save(self, picture: Picture, path: Path) -> None:
        """Write a picture in the format that the name of the file ends with; tells where that fails."""
        way = path.suffix.lower().lstrip(".")
        try:
            write_whole(path, _KINDS[way][1](picture))
        except OSError as error:
            words = f"{path.name} was not saved: {error.strerror or error}. Choose another folder or name."
            self._messages.say("picture", words, "error", [("Save it elsewhere …", lambda: self._ask(picture, way))])
            return
        self._messages.put_away("picture")
        self._settings.pictures_folder = path.parent
        self.said.emit(f"Saved {path.name} in {path.parent}")

    def _ask(self, picture: Picture, way: str) -> None:
        kind, _ = _KINDS[way]
        beside = self._settings.pictures_folder / f"{file_name(picture.name)}.{way}"
        name, _ = ask_where(self._window, f"Save {picture.name}", str(beside), kind)
        if not name:
            return
        path = with_ending(name, f".{way}", *(f".{other}" for other in _KINDS))
        if not path.exists():
            self.save(picture, path)
            return
        answers = [
            ("Replace it", lambda: self.save(picture, path)),
            ("Save it elsewhere …", lambda: self._ask(picture, way)),
            ("Keep it", lambda: None),
        ]
        self._messages.say("picture", replaces(path), "warning", answers)

    def _print(self, picture: Picture) -> None:
        from app.desktop.pictures.paper import ask_printer, put_on_paper  # loads what printing needs

        printer = ask_printer(self._window, picture)
        if printer is None:
            return
        if put_on_paper(picture, printer):
            self.said.emit(f"Printed {picture.name}")
        else:
            words = f"{picture.name} was not printed: the printer did not take it. Save it as PDF, or choose another."
            self._messages.say("picture", words, "error", [("Save as PDF …", lambda: self._ask(picture, "pdf"))])


def ways(parent: QObject, take: Callable[[str], object]) -> list[QAction]:
    """An action for each way; `take` is told which."""
    actions = []
    for way, (words, tip) in WAYS.items():
        action = QAction(words, parent)
        action.setObjectName(f"take-{way}")
        action.setToolTip(plain_tip(tip))
        action.triggered.connect(lambda _=False, way=way: take(way))
        actions.append(action)
    return actions


def file_name(name: str) -> str:
    """A name that files may have on every system."""
    plain = "".join(" " if letter in _FORBIDDEN or ord(letter) < 32 else letter for letter in name)
    return " ".join(plain.split())[:_LONGEST].rstrip(" .") or "Picture"
