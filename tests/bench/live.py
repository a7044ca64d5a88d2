"""How soon the curves follow a lever that is let go."""

import os
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from sim.scenario import edit
from tests.bench.row import Row, at_most

if TYPE_CHECKING:
    from app.desktop.window import Window

_SHOWN: Final = "online-shop"
_TURN_MS: Final = 2
_PATIENCE_MS: Final = 120_000


def with_levers(rounds: int, quick: bool) -> list[Row]:
    """From release to the redrawn curve, rough and whole, and the longest frame meanwhile.

    On each scenario that ships; shown are the online shop and the one that takes longest.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.desktop.frame.settings import Settings
    from app.desktop.start import application, show_window
    from sim.shipped import shipped_scenarios

    app = application()
    found: dict[str, _Moved] = {}
    with tempfile.TemporaryDirectory() as name:
        window = show_window(None, Path(name) / "runs.sqlite", Settings(Path(name) / "desktop.ini"))
        window.resize(1400, 900)
        window.simulation.warm()
        while window.results.make_a_chart():
            app.processEvents()
        for id_, path in shipped_scenarios().items():
            text = path.read_text(encoding="utf-8")
            window.document.new(edit(text, {"population.size": 200}) if quick else text)
            acts = window.document.tables.get("orchestration", {}).get("policy", "none") != "none"
            address = "orchestration.holdout" if acts else "behaviour.price_index"
            window.document.lever_wanted.emit(address)
            app.processEvents()
            found[id_] = _moved(window, address, max(2 * rounds, 3))
        window.close_now()
    slowest = max(found, key=lambda id_: found[id_].whole)
    shown = {_SHOWN: _SHOWN.replace("-", " "), slowest: f"{slowest.replace('-', ' ')}, the slowest of {len(found)}"}
    return [row for id_, name in shown.items() for row in found[id_].rows(name)]


class _Moved(NamedTuple):
    """Milliseconds after a lever was let go."""

    whole: float
    rough: float
    frame: float

    def rows(self, name: str) -> list[Row]:
        return [
            at_most(f"{name}: a lever let go, to the whole curve", self.whole, 300, "{:.0f} ms"),
            at_most(f"{name}: to the first rough curve", self.rough, 100, "{:.0f} ms"),
            at_most(f"{name}: the longest frame meanwhile", self.frame, 50, "{:.0f} ms"),
        ]


def _moved(window: "Window", address: str, times: int) -> _Moved:
    from app.desktop.levers.number_row import NumberRow

    window.live.begin()
    _wait(window)
    window.live.show_chart()
    row = window.levers.row(address)
    assert isinstance(row, NumberRow)
    rough, whole, frames = [], [], []
    for turn in range(times + 1):
        row.slider.setSliderDown(True)
        for step in range(3):
            row.slider.setValue((20 + 7 * turn) % 90 + step)
        begin = time.perf_counter()
        row.slider.setSliderDown(False)
        first, last, longest = _wait(window)
        rough.append(first - begin)
        whole.append(last - begin)
        frames.append(longest)
    # The first round still fills the caches of the workers.
    return _Moved(1e3 * median(whole[1:]), 1e3 * median(rough[1:]), 1e3 * max(frames[1:]))


def _wait(window: "Window") -> tuple[float, float, float]:
    """When the first answer to the last question was drawn, when the whole one was, and the longest frame."""
    from PySide6.QtCore import QEventLoop, QTimer

    live, loop = window.live, QEventLoop()
    drawn: list[float] = []
    ticks = [time.perf_counter()]

    def draw() -> None:
        reading = live.reading
        if reading is None or reading.answer.number != live.asked:
            return
        live.chart.repaint()
        drawn.append(time.perf_counter())
        if reading.answer.whole:
            loop.quit()

    watch = QTimer()
    watch.timeout.connect(lambda: ticks.append(time.perf_counter()))
    watch.start(_TURN_MS)
    QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
    live.shown.connect(draw)
    loop.exec()
    live.shown.disconnect(draw)
    watch.stop()
    ticks.append(time.perf_counter())
    longest = max(later - earlier for earlier, later in pairwise(ticks))
    return drawn[0], drawn[-1], longest
