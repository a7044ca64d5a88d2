"""Files that are dropped on the window: a scenario opens, as if it had been chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from app.desktop.files.files import Files
from app.desktop.frame.messages import Messages

_KINDS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class Dropping(QObject):
    """Takes what is dropped on a window."""

    def __init__(self, window: QWidget, files: Files, messages: Messages) -> None:
        """Open with those files."""
        super().__init__(window)
        self._files, self._messages = files, messages
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Accept files, and nothing else."""
        if event.type() not in _KINDS or not isinstance(event, QDropEvent):
            return False
        paths = dropped(event.mimeData())
        if not paths:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)  # whoever moved a file would delete it where it was
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._open(paths)
        return True

    def _open(self, paths: list[Path]) -> None:
        self._messages.put_away("dropped")
        if len(paths) > 1:
            self._messages.say(
                "dropped",
                f"{len(paths)} files were dropped, and one journey is open at a time. Drop one of them; "
                "Run > Compare with files … runs several side by side.",
                "warning",
                [(f"Open {path.name}", lambda path=path: self._files.open(path)) for path in paths[:3]],
            )
            return
        self._files.open(paths[0])


def dropped(mime: QMimeData) -> list[Path]:
    """The files of this machine among what is dropped; no folders."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if not path.is_dir()]
