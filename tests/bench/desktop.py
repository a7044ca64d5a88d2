"""How soon the window answers, without a screen."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sim.scenario import edit
from tests.bench.editing import edited
from tests.bench.row import Row, at_most
from tests.bench.timing import seconds

ROOT = Path(__file__).resolve().parents[2]
START = """
import sys, time
from pathlib import Path
from app.desktop.frame.settings import Settings
from app.desktop.start import application, show_window
app = application()
window = show_window(None, Path(sys.argv[1]), Settings(Path(sys.argv[2])))
app.processEvents()
print(time.time(), flush=True)
window.close_now()
"""


def with_window(rounds: int, quick: bool) -> list[Row]:
    """The window from nothing, a large journey, frames while two workers run, many replications and runs."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [_start(folder, rounds), *_in_window(folder, rounds, quick)]


def _start(folder: Path, rounds: int) -> Row:
    def shown() -> float:
        begin = time.time()
        command = [sys.executable, "-c", START, str(folder / "a.sqlite"), str(folder / "a.ini")]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        return float(done.stdout) - begin

    shown()
    return at_most(
        "the window, from nothing to its first picture", median(shown() for _ in range(rounds)), 1.2, "{:.2f} s"
    )


def _in_window(folder: Path, rounds: int, quick: bool) -> list[Row]:
    from app.desktop.canvas import Flow
    from app.desktop.frame.settings import Settings
    from app.desktop.start import application, show_window
    from tests.desktop.large import large_journey, many_runs
    from tests.desktop.results_by_hand import some_results

    app = application()
    large = folder / "large.toml"
    large.write_text(large_journey(300, 900))
    many_runs(folder / "runs.sqlite", 100 if quick else 10_000)
    window = show_window(None, folder / "runs.sqlite", Settings(folder / "desktop.ini"))
    window.resize(1400, 900)
    app.processEvents()

    def opened() -> None:
        window.files.open_now(large)
        app.processEvents()

    rows = [
        at_most(
            "300 touchpoints and 900 transitions opened", median(seconds(opened) for _ in range(rounds)), 1, "{:.2f} s"
        )
    ]
    # As after a run, when every card and transition has its figures.
    journey = window.document.journey
    visits = {touchpoint.id: 1000.0 for touchpoint in journey.touchpoints}
    window.canvas.show_flow(
        Flow(visits, dict.fromkeys(visits, 0.1), {transition.key: 500.0 for transition in journey.transitions})
    )
    rows += _frames(window, app.processEvents)
    results = some_results(100)

    def drawn() -> None:
        window.results.show_results(None)
        window.results.show_results(results)
        window.results.grab()

    drawn()
    rows.append(
        at_most(
            "100 replications of three arms drawn",
            1e3 * median(seconds(drawn) for _ in range(rounds)),
            100,
            "{:.0f} ms",
        )
    )

    def listed() -> None:
        heard: list[bool] = []
        window.runs.listed.connect(lambda: heard.append(True))
        window.runs.refresh()
        while not heard:
            app.processEvents()

    rows.append(
        at_most("10,000 stored runs listed", 1e3 * median(seconds(listed) for _ in range(rounds)), 300, "{:.0f} ms")
    )
    rows.append(_gap_while_running(window, app.processEvents, quick))
    rows += edited(window, app.processEvents, folder, rounds)
    window.close_now()
    return rows


def _frames(window: object, turn: Callable[[], object]) -> list[Row]:
    """The time that a frame takes while the large journey is moved and zoomed; nineteen of twenty are faster."""
    view = window.canvas.view  # type: ignore[attr-defined]
    rows = []
    for what, step in (
        (
            "moved",
            lambda k: view.horizontalScrollBar().setValue(
                view.horizontalScrollBar().value() + (16 if k % 60 < 30 else -16)
            ),
        ),
        ("zoomed", lambda k: view.zoom_by(1 if k % 20 < 10 else -1)),
    ):
        window.canvas.zoom_to_fit()  # type: ignore[attr-defined]
        for _ in range(4 if what == "moved" else 0):
            view.zoom_by(1)
        turn()
        times = []
        for k in range(120):
            begin = time.perf_counter()
            step(k)
            view.viewport().repaint()
            times.append(time.perf_counter() - begin)
        slow = sorted(times)[int(0.95 * len(times))]
        rows.append(at_most(f"a frame while it is {what}, 19 of 20", 1e3 * slow, 1000 / 60, "{:.1f} ms"))
    return rows


def _gap_while_running(window: object, turn: Callable[[], object], quick: bool) -> Row:
    """The longest time between two turns of the window while two workers simulate and results fill in."""
    from sim.shipped import shipped_scenarios

    text = shipped_scenarios()["online-shop"].read_text()
    replications = 6 if quick else 40
    window.document.new(edit(text, {"experiment.replications": replications}))  # type: ignore[attr-defined]
    simulation = window.simulation  # type: ignore[attr-defined]
    for _ in range(2):  # the first run starts the processes
        simulation.start()
        longest, before = 0.0, time.perf_counter()
        while simulation.job is None or not simulation.job.over:
            turn()
            now = time.perf_counter()
            longest, before = max(longest, now - before), now
            time.sleep(0.001)
    return at_most("the longest frame while two workers run", 1e3 * longest, 50, "{:.0f} ms")
