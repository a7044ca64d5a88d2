"""Half an hour of somebody who tries everything at random, and what memory the window and its helpers take meanwhile.

As a program: `python -m tests.desktop.half_an_hour --minutes 30`. It prints the memory thirty times, then whether the
last third of the time took more than the second, what it takes once nobody does anything any more, and what the program
logged.
"""

import argparse
import gc
import logging
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QSlider

from app.desktop.frame.settings import Settings
from app.desktop.safety.garbage import collect
from app.desktop.start import application, show_window
from app.desktop.window import Window
from sim.freed import keep_little
from tests.desktop.first_hour import drag_slider
from tests.desktop.hands import CONTROL, press, show_tab, turn

SHIPPED = sorted((Path(__file__).resolve().parents[2] / "scenarios").glob("*.toml"))
GROWTH = 1.05
"""How much more the last third may take than the second on average."""
RUN_SECONDS = 120.0
"""So long a run that is under way at the end may take."""
REST_SECONDS = 30.0
"""So long nobody does anything before the memory at rest is read."""


class Warnings(logging.Handler):
    """What is logged as a warning or worse."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.append(record.getMessage())


def memory() -> tuple[float, float]:
    """Proportional set size in megabytes: of this process, and of it and all it has started."""
    each = [_size(process) for process in _started_by(os.getpid())]
    return each[0], sum(each)


def _started_by(process: int) -> Iterator[int]:
    yield process
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        for child in thread.read_text().split():
            yield from _started_by(int(child))


def _size(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def steps(window: Window, stream: random.Random) -> list[Callable[[], object]]:
    """What somebody may do next, as often as it stands there."""

    def open_another() -> None:
        window.files.open_shipped(stream.choice(SHIPPED))

    def look_elsewhere() -> None:
        bar = window.views.tabBar()
        show_tab(bar, bar.tabText(stream.randrange(bar.count())))

    def look_at_results() -> None:
        bar = window.results.tabs.tabBar()
        open_tabs = [number for number in range(bar.count()) if bar.isTabEnabled(number) and bar.isVisible()]
        if open_tabs:
            show_tab(bar, bar.tabText(stream.choice(open_tabs)))

    def move_a_lever() -> None:
        sliders = [each for each in window.levers.findChildren(QSlider) if each.isVisible() and each.isEnabled()]
        if sliders:
            drag_slider(stream.choice(sliders), *(stream.random() for _ in range(4)))

    def run() -> None:
        if not window.simulation.busy:
            press(window, Qt.Key.Key_F5)

    def undo() -> None:
        press(window, (Qt.Key.Key_Z, CONTROL))

    def resize() -> None:
        window.resize(*stream.choice([(1024, 700), (1366, 768), (1440, 900), (1920, 1080)]))

    often = [look_elsewhere, look_at_results, move_a_lever]
    return [*often, *often, open_another, run, undo, resize]


def half_an_hour(window: Window, seconds: float, seed: int) -> list[tuple[float, float]]:
    """Do things at random for so long; what memory that takes, thirty times, as `memory` has it."""
    stream = random.Random(seed)
    can = steps(window, stream)
    begin = told = time.monotonic()
    seen: list[tuple[float, float]] = []
    while (now := time.monotonic()) - begin < seconds:
        stream.choice(can)()
        wait(stream.uniform(0.05, 1.0))
        if now - told >= seconds / 31:
            told = now
            seen.append(memory())
            alone, together = seen[-1]
            print(f"{(now - begin) / 60:.1f} min: window {alone:.0f} MB, with helpers {together:.0f} MB", flush=True)
    return seen


def wait(seconds: float) -> None:
    """Let the window do what it does while nobody touches it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        turn()
        time.sleep(0.01)
    # What is to be deleted later is so by an event loop, which there is none of here.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]
    collect()


def main() -> None:
    """Try for as long as is asked, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.desktop.half_an_hour", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=14)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    heard = Warnings()
    logging.getLogger().addHandler(heard)
    keep_little()
    with tempfile.TemporaryDirectory() as folder:
        app = application()
        window = show_window(SHIPPED[0], Path(folder) / "runs.sqlite", Settings(Path(folder) / "desktop.ini"))
        gc.disable()
        window.simulation.warm()
        seen = half_an_hour(window, 60 * options.minutes, options.seed)
        ends = time.monotonic() + RUN_SECONDS
        while window.simulation.busy and time.monotonic() < ends:
            wait(1.0)
        wait(REST_SECONDS)
        alone, together = memory()
        window.close_now()
        app.processEvents()
    third = len(seen) // 3
    for what, number in (("window", 0), ("with helpers", 1)):
        before, after = (mean(each[number] for each in part) for part in (seen[third : 2 * third], seen[2 * third :]))
        flat = "flat" if after <= before * GROWTH else "GROWS"
        print(f"{what}: {before:.0f} MB, then {after:.0f} MB: {flat}")
    print(f"at rest: window {alone:.0f} MB, with helpers {together:.0f} MB")
    print(f"logged: {len(heard.lines)}", *heard.lines[:20], sep="\n  ")


if __name__ == "__main__":
    main()
