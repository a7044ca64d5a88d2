"""A process that opens a window, edits, and waits to be killed: `python -m … STATE FILE VALUE…`."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from app.desktop.frame.settings import Settings
from app.desktop.start import application, show_window


def main() -> None:
    state, file, *names = sys.argv[1:]
    app = application()
    settings = Settings(Path(state) / "desktop.ini")
    settings.autosave_seconds = 1
    window = show_window(Path(file), Path(state) / "runs.sqlite", settings)

    def edit() -> None:
        for name in names:
            assert window.document.set("Rename", {"name": name})
        window.safety.autosave.write().result()
        print(window.document.text.count("\n"), "lines kept", flush=True)

    QTimer.singleShot(0, edit)
    app.exec()


if __name__ == "__main__":
    main()
