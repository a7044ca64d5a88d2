"""Starting the window."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.desktop.frame.settings import Settings
from app.desktop.looks.theme import Appearance
from app.desktop.safety.garbage import GarbageCollection
from app.desktop.safety.log import begin_log, end_log
from app.desktop.window import Window
from app.files.shipped import shipped
from sim.ending import ENDING
from sim.freed import keep_little
from sim.shipped import scenarios_folder

_WARM_AFTER_MS = 400
"""When what the first run needs is made ready: once the window is there."""


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The program's own application object."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["journey-sandbox", *arguments])
    app.setApplicationName("journey-sandbox")
    app.setApplicationDisplayName("Journey Sandbox")
    app.setDesktopFileName("journey-sandbox")
    app.setWindowIcon(QIcon(str(shipped("assets") / "icons" / "journey-sandbox.svg")))
    return app


def show_window(
    file: Path | None, db: Path | None = None, settings: Settings | None = None, welcome: bool = False
) -> Window:
    """A window with that file open, on the screen; without one a blank journey, or the `welcome`."""
    kept = settings or Settings()
    appearance = Appearance(kept.theme)
    appearance.apply()
    window = Window(appearance, kept, db)
    window.show()
    if file is not None and file.parent == scenarios_folder():
        window.files.open_shipped(file)
    elif file is not None:
        window.files.open_now(file)
    window.first_steps.begin(welcome and file is None)
    window.safety.offer()
    return window


def run(file: Path | None, db: Path | None = None, safe: bool = False) -> int:
    """Show the window until it is closed; the exit code. `safe`: without anything that was kept from earlier."""
    keep_little()
    app = application()
    kept = Settings.safe() if safe else Settings()
    log = begin_log(kept.log_folder)
    window = show_window(file, db, kept, welcome=True)
    window.safety.crashes.listen()
    # Python hears Ctrl-C in the terminal, and the system shutting down, only when it has its turn.
    for each in ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, lambda *_: window.close_now(interrupted=True))
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(250)
    garbage = GarbageCollection()
    # Not QTimer.singleShot(): in PySide6 6.10 the process ends by a fault where what it calls fails.
    soon = QTimer(singleShot=True, interval=_WARM_AFTER_MS)
    soon.timeout.connect(window.simulation.warm)
    soon.start()
    code = app.exec()
    garbage.close()
    window.safety.crashes.close()
    end_log(log)
    sys.stdout.flush()
    return code
