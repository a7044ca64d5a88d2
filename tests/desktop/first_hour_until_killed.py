"""A process in which somebody new begins, and which waits to be killed: `python -m … STATE`.

It says which processes it began, and then, between two lines of dashes, the text that it was editing.
"""

import multiprocessing
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from app.desktop.start import application
from tests.desktop.first_hour import FIGURES, add_a_rule, begin, drag_slider, lever, make_a_shop, until

MARK = "-----"


def main() -> None:
    app = application()
    window = begin(Path(sys.argv[1]), autosave=1)

    def edit() -> None:
        make_a_shop(window, FIGURES)
        add_a_rule(window)
        drag_slider(lever(window, "Holdout"), 0.1, 0.2)
        until(lambda: window.live.reading is not None)
        print(*(each.pid for each in multiprocessing.active_children()), MARK, sep="\n")
        print(window.document.text, MARK, sep="", flush=True)

    # Not QTimer.singleShot(): in PySide6 6.10 the process ends by a fault where what it calls fails.
    soon = QTimer(window, singleShot=True, interval=0)
    soon.timeout.connect(edit)
    soon.start()
    app.exec()


if __name__ == "__main__":
    main()
