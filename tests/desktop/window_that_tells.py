"""A window on a real screen that says what becomes of it, a line of JSON for each change: `python -m … STATE FILE`."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.desktop.document import Selection
from app.desktop.frame.settings import Settings
from app.desktop.start import application, show_window


def marked(field: QWidget | None) -> str:
    """What is selected in a field, and so would be typed over."""
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().selectedText()
    return field.selectedText() if isinstance(field, QLineEdit) else ""


def main() -> None:
    state, file = sys.argv[1:]
    app = application()
    settings = Settings(Path(state) / "desktop.ini")
    settings.autosave_seconds = 1
    window = show_window(Path(file), Path(state) / "runs.sqlite", settings)
    window.editor.select(Selection(touchpoints=frozenset({"cart"})))
    window.canvas.view.setFocus()
    told: list[str] = []
    window.simulation.runner.start = lambda _plan, text: told.append(f"run {text}")  # type: ignore[method-assign,assignment]

    def tell() -> None:
        field = app.focusWidget()
        now = json.dumps(
            {
                "field": field.accessibleName() if field is not None else "",
                "marked": marked(field),
                "messages": window.messages.texts,
                "ran": told,
                "text": window.document.text,
            }
        )
        if now != window.property("told"):
            window.setProperty("told", now)
            print(now, flush=True)

    timer = QTimer(window, interval=50)
    timer.timeout.connect(tell)
    timer.start()
    app.exec()


if __name__ == "__main__":
    main()
