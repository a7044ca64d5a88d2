"""The file of the open scenario as it lies on disk, where other programs may change, move or protect it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from app.desktop.document.saving import is_protected
from sim.scenario import ScenarioError
from sim.scenario.toml.text import read_text

_GONE_AFTER_MS: Final = 500
"""So long a file may be missing while another program puts a new one in its place."""


class FileOnDisk(QObject):
    """Watches one file and tells what others do to it; it neither reads it for anybody nor writes it."""

    says_otherwise = Signal(str)
    """somebody else wrote this text into it"""
    gone = Signal()
    """somebody else deleted or moved it"""
    back = Signal()
    """it is there again"""
    protected = Signal()
    """somebody else protected it, so that it cannot be saved"""

    def __init__(self, parent: QObject) -> None:
        """Watch nothing yet."""
        super().__init__(parent)
        self.is_gone = False
        """whether it was deleted or moved by somebody else"""
        self._path: Path | None = None
        self._known = ""
        """what it says as far as is known here"""
        self._is_protected = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look_soon)
        self._watcher.directoryChanged.connect(self._look_soon)
        self._again = QTimer(self, singleShot=True, interval=_GONE_AFTER_MS)
        self._again.timeout.connect(self.look)

    def watch(self, path: Path | None, text: str) -> None:
        """Watch that file from now on, which says this now; None: nothing belongs to any file."""
        self.stop()
        self._path, self._known, self.is_gone = path, text, False
        self._is_protected = path is not None and is_protected(path)
        if path is not None:
            # Programs that save by renaming replace the file, which ends a watch on the file alone.
            self._watcher.addPaths([str(path), str(path.parent)])

    def stop(self) -> None:
        """Watch nothing."""
        self._again.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    def look(self) -> None:
        """See whether the file is there and says what it did; tell if not."""
        self._again.stop()
        if self._path is None:
            return
        if not self._path.exists():
            if not self.is_gone:
                self.is_gone = True
                self.gone.emit()
            return
        if self.is_gone:
            self.is_gone = False
            self.back.emit()
        before, self._is_protected = self._is_protected, is_protected(self._path)
        if self._is_protected and not before:
            self.protected.emit()
        if str(self._path) not in self._watcher.files():
            self._watcher.addPath(str(self._path))
        try:
            text = read_text(self._path)
        except ScenarioError:
            return  # being written, or no text: whoever saves is asked
        if text != self._known:
            self._known = text
            self.says_otherwise.emit(text)

    def _look_soon(self) -> None:
        """Look at the file; where it is not there, a moment later: other programs save by putting a new one there."""
        if self._path is not None and not self._path.exists() and not self.is_gone:
            self._again.start()
        else:
            self.look()
