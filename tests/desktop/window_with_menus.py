"""A window on a real screen that says what opens over it: `python -m … STATE FILE`, then a line for each question.

`sight CODE` brings something into sight; `openers` are the places that open a menu or list; `opened` is what is open.
"""

import json
import queue
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPushButton, QToolButton, QWidget

from app.desktop.document import Selection
from app.desktop.frame.settings import Settings
from app.desktop.start import application, show_window
from app.desktop.window import Window
from tests.desktop.results_by_hand import some_results

Spot = tuple[int, int]


def on_screen(widget: QWidget, at: QPoint) -> Spot:
    where = widget.mapToGlobal(at)
    return where.x(), where.y()


def opened() -> list[dict[str, Spot]]:
    """The menus and lists that are open, each with its entries and where they are; lists of fields without entries."""
    found: list[dict[str, Spot]] = []
    for each in QApplication.topLevelWidgets():
        if not each.isVisible() or each.windowType() != each.windowType().Popup:
            continue
        if isinstance(each, QMenu):
            entries = [action for action in each.actions() if not action.isSeparator()]
            found.append({one.text(): on_screen(each, each.actionGeometry(one).center()) for one in entries})
        else:
            found.append({"": on_screen(each, each.rect().center())})
    return found


def openers(window: Window) -> dict[str, Spot]:
    """The middle of everything in sight that opens a menu or a list, by its name."""
    bar = window.menuBar()
    found = {
        action.text().replace("&", ""): on_screen(bar, bar.actionGeometry(action).center()) for action in bar.actions()
    }
    fields: list[QWidget] = [
        *(each for each in window.findChildren(QPushButton) if each.menu() is not None),
        *(each for each in window.findChildren(QToolButton) if each.menu() is not None),
        *window.findChildren(QComboBox),
    ]
    for field in fields:
        at = QPoint(field.width() - 10, field.height() // 2)  # where a list that can be typed into has its arrow
        if field.isEnabled() and field.visibleRegion().contains(at):
            found[field.accessibleName()] = on_screen(field, at)
    return found


def bring(window: Window, what: str) -> None:
    """Bring into sight: a touchpoint by its id, or a section of the settings after `settings`."""
    kind, id_ = what.split()
    if kind == "touchpoint":
        window.editor.select(Selection(touchpoints=frozenset({id_})))
    else:
        window.commands[f"edit-{id_}"].trigger()


def main() -> None:
    state, file = sys.argv[1:]
    app = application()
    settings = Settings(Path(state) / "desktop.ini")
    settings.remember(Path(file))
    window = show_window(Path(file), Path(state) / "runs.sqlite", settings)
    window.results.show_results(some_results())
    window.show_results()
    asked: queue.Queue[str] = queue.Queue()
    threading.Thread(target=lambda: [asked.put(line.strip()) for line in sys.stdin], daemon=True).start()

    def answer() -> None:
        if asked.empty():
            return
        word, _, rest = asked.get().partition(" ")
        if word == "sight":
            bring(window, rest)
        print(json.dumps(openers(window) if word == "openers" else opened()), flush=True)

    timer = QTimer(window, interval=20)
    timer.timeout.connect(answer)
    timer.start()
    app.exec()


if __name__ == "__main__":
    main()
