"""The whole program, `journey desktop …`, which does one thing once its window is there: `… THING [ARGUMENT…]`.

`fault` ends by a fault of the system, `fail` raises and closes, `quit` closes, `edit` changes the name and stays,
`restore` takes what is offered, prints the text and closes.
"""

import faulthandler
import sys
from typing import Any

from PySide6.QtCore import QTimer

from app.cli.main import main as journey
from app.desktop import start
from app.desktop.window import Window


def main() -> None:
    thing, *arguments = sys.argv[1:]
    shown = start.show_window

    def show_window(*given: Any, **named: Any) -> Window:
        window = shown(*given, **named)

        def fail() -> None:
            QTimer.singleShot(0, window, window.close_now)
            raise ValueError("nobody foresaw this")

        def edit() -> None:
            assert window.document.set("Rename", {"name": "Not saved — ünï"})

        def restore() -> None:
            window.messages.button("Restore").click()
            print(window.document.text, end="", flush=True)
            window.close_now(interrupted=True)

        fault = faulthandler._sigsegv  # type: ignore[attr-defined]
        things = {"fault": fault, "quit": window.close_now, "fail": fail, "edit": edit, "restore": restore}
        window.simulation.warm = lambda: None  # type: ignore[method-assign]
        # Not QTimer.singleShot(): in PySide6 6.10 the process ends by a fault where what it calls fails.
        timer = QTimer(window, singleShot=True, interval=200)
        timer.timeout.connect(things[thing])
        timer.start()
        return window

    start.show_window = show_window
    journey(["desktop", *arguments])


if __name__ == "__main__":
    main()
