"""Starting the window."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.desktop.settings import Settings
from app.desktop.theme import Appearance
from app.desktop.window import Window
from app.shipped_files import shipped

_WARM_AFTER_MS = 400
"""When what the first run needs is made ready: once the window is there."""


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The program's own application object."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["journey-sandbox", *arguments])
    app.setApplicationName("journey-sandbox")
    app.setApplicationDisplayName("Journey Sandbox")
    app.setDesktopFileName("journey-sandbox")
    app.setWindowIcon(QIcon(str(shipped("assets") / "icons" / "journey-sandbox.svg")))
    return app


def show_window(file: Path | None, db: Path | None = None, settings: Settings | None = None) -> Window:
    """A window with that file open, on the screen."""
    kept = settings or Settings()
    appearance = Appearance(kept.theme)
    appearance.apply()
    window = Window(appearance, kept, db)
    window.show()
    if file is not None and file.parent == shipped("scenarios"):
        window.files.open_shipped(file)
    elif file is not None:
        window.files.open_now(file)
    return window


def run(file: Path | None, db: Path | None = None) -> int:
    """Show the window until it is closed; the exit code."""
    app = application()
    window = show_window(file, db)
    # Python hears Ctrl-C in the terminal only when it has its turn.
    signal.signal(signal.SIGINT, lambda *_: window.close_now())
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(250)
    QTimer.singleShot(_WARM_AFTER_MS, window.simulation.warm)
    code = app.exec()
    sys.stdout.flush()
    return code
