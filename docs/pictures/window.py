"""Draw the pictures of the window again: `python docs/pictures/window.py [FOLDER]`, without a screen."""

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from app.desktop.document.selection import Selection
from app.desktop.frame.settings import Settings
from app.desktop.looks.theme import Theme
from app.desktop.start import application, show_window
from app.desktop.window import Window
from app.shown.colours import arm_style
from sim.scenario import edit
from sim.scenario.addresses.address import joined
from sim.shipped import shipped_scenarios

HERE = Path(__file__).resolve().parent
SIZE = 1400, 900
PROJECTOR = 1280, 720
STUDY = 1040, 640
OTHERS = (
    ("dark", Theme(dark=True), SIZE),
    ("large-type", Theme(large=True), SIZE),
    ("small", Theme(large=True), (1024, 700)),
    ("small-dark", Theme(dark=True), (1024, 700)),
    ("wide", Theme(), (2560, 1440)),
)
"""looks and sizes in which the window with results is drawn besides"""
REPLICATIONS = 12
SOME = 6
"""so many replications are finished when a run under way is drawn"""
PLAIN = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
LONGEST_MS = 600_000


def main() -> None:
    """Draw every state in which the window is shown in the documentation."""
    to = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    application()
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "runs.sqlite"

        def window(theme: Theme, size: tuple[int, int] = SIZE) -> Window:
            settings = Settings(Path(folder) / f"desktop-{theme.dark}-{theme.large}-{size[0]}.ini")
            settings.theme = theme
            made = show_window(None, db, settings)
            made.resize(*size)
            settle()
            return made

        def draw(name: str, shown: QWidget) -> None:
            settle()
            save(shown.grab().toImage(), to / f"window-{name}.png")

        first = window(Theme())
        draw("empty", first)
        draw_journey(first, draw)
        draw_run(first, draw)
        draw_results(first, draw)
        run = first.simulation.run
        assert run is not None
        draw_studies(first, draw)
        draw_money(first, draw)
        first.close_now()
        for name, theme, size in OTHERS:
            again = window(theme, size)
            again.files.open_text(shop())
            again.simulation.show_run(run)
            until(partial(finished, again))
            again.show_results()
            draw(name, again)
            if size == SIZE and theme.dark:
                draw_map_and_screen("-dark", again, draw)
            again.close_now()


def draw_map_and_screen(ending: str, window: Window, draw: Callable[[str, QWidget], None]) -> None:
    """What is not for the desk of one who models: the journey map, and slides on the full screen."""
    window.views.setCurrentWidget(window.journey_map)
    draw(f"journey-map{ending}", window)
    screen = window.presenting.start()
    assert screen is not None
    screen.showNormal()
    screen.resize(*PROJECTOR)
    draw(f"presenting{ending}", screen)
    if not ending:
        for name, number in (("stage", 2), ("answer", [bool(slide.text) for slide in screen.slides].index(True))):
            screen.go(number)
            draw(f"presenting-{name}", screen)
    screen.close()


def draw_journey(window: Window, draw: Callable[[str, QWidget], None]) -> None:
    """The journey on the canvas, in tables, and with a mistake in it."""
    window.files.open_text(shop())
    draw("canvas", window)
    window.views.setCurrentWidget(window.table)
    draw("table", window)
    window.views.setCurrentIndex(0)
    transition = window.document.journey.transitions[0].key
    window.document.apply("Mistake", lambda text: edit(text, {joined(("transitions", transition, "to")): "prodct"}))
    until(lambda: window.document.reading.errors > 0)
    window.show_findings()
    draw("findings", window)
    window.document.undo_stack.undo()
    window.docks()[2].open()


def draw_run(window: Window, draw: Callable[[str, QWidget], None]) -> None:
    """A run under way, its first figures in sight."""
    window.files.open_text(shop(customers=10_000, replications=50))
    window.simulation.start()
    until(lambda: finished(window) >= SOME)
    draw("running", window)
    job = window.simulation.job
    assert job is not None
    job.cancel()
    until(lambda: not window.simulation.busy)


def draw_results(window: Window, draw: Callable[[str, QWidget], None]) -> None:
    """What a finished run found: over time, in a table, arm against arm."""
    window.files.open_text(shop())
    window.simulation.start()
    until(lambda: not window.simulation.busy and finished(window) == REPLICATIONS)
    draw("results", window)
    draw_map_and_screen("", window, draw)
    window.views.setCurrentIndex(0)
    select(window, "cart")
    charts = window.results.charts
    charts.over_time.what.ask_for("active_customers")
    for name, chart in (("over-time", charts.over_time), ("outcomes", charts.outcomes), ("compare", charts.compare)):
        window.results.tabs.setCurrentWidget(chart)
        draw(name, window)
    window.results.tabs.setCurrentIndex(0)
    window.document.select_arm(window.document.arms[-1]["id"])
    window.palette_box.open()
    draw("palette", window)
    window.palette_box.hide()


def draw_studies(window: Window, draw: Callable[[str, QWidget], None]) -> None:
    """Who is who, and what one customer did and was sent."""
    text = shipped_scenarios()["identity-gap"].read_text(encoding="utf-8")
    window.files.open_text(edit(text, {"population.size": 1000, "experiment.replications": 2}))
    window.studies.show_who_is_who()
    study = window.studies.who_is_who
    assert study is not None
    study.arm.ask_for("as-left")
    until(lambda: not study.asking.busy)
    study.parted.click()
    until(lambda: not study.asking.busy)
    study.resize(*STUDY)  # without a screen there is little room
    draw("who-is-who", study)
    study.close()
    window.simulation.start()
    until(lambda: not window.simulation.busy and finished(window) == 2)
    window.studies.show_story()
    story = window.studies.story
    assert story is not None
    story.customer.setValue(5)
    until(lambda: not story.asking.busy)
    sent = next(row for row in range(story.moments.rowCount()) if "goes out" in story.moments.item(row, 1).text())
    story.moments.selectRow(sent)
    story.resize(*STUDY)  # without a screen there is little room
    draw("story", story)
    story.close()
    rescue = shipped_scenarios()["churn-rescue"].read_text(encoding="utf-8")
    window.files.open_text(edit(rescue, {"population.size": 3000}))
    until(lambda: window.document.reading.file is not None)
    window.studies.show_scores()
    scores = window.studies.scores
    assert scores is not None
    scores.train.click()
    until(lambda: not scores.asking.busy)
    scores.charts.setCurrentWidget(scores.changes)
    scores.resize(*STUDY)  # without a screen there is little room
    draw("scores", scores)
    scores.close()


def draw_money(window: Window, draw: Callable[[str, QWidget], None]) -> None:
    """Profit by month, and what reminders are worth."""
    text = shipped_scenarios()["cart-recovery"].read_text(encoding="utf-8")
    window.files.open_text(edit(text, {"experiment.replications": REPLICATIONS}))
    until(lambda: window.document.reading.file is not None)
    window.simulation.start()
    until(lambda: not window.simulation.busy and finished(window) == REPLICATIONS)
    window.studies.show_profit_and_loss()
    money = window.studies.money
    assert money is not None
    money.find.click()
    until(lambda: not money.asking.busy)
    money.resize(STUDY[0], 820)  # without a screen there is little room
    draw("profit-and-loss", money)
    money.close()


def finished(window: Window) -> int:
    """How many replications are shown."""
    results = window.simulation.results
    return len(results.replications) if results is not None else 0


def select(window: Window, touchpoint: str) -> None:
    """Select a touchpoint without moving the canvas."""
    window.canvas.select(Selection(frozenset({touchpoint})))


def save(picture: QImage, path: Path) -> None:
    """Write a picture in the colours of the arms and its most frequent ones: a third of the size of all colours."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    table = [shade.rgb() for dark in (False, True) for number in range(4) for shade in shades(number, dark)]
    table += [int(colour) for colour in colours[np.argsort(counts)[::-1][: 256 - len(table)]]]
    picture.convertToFormat(QImage.Format.Format_Indexed8, table, PLAIN).save(str(path), quality=0)
    print(f"{path.name}, {path.stat().st_size / 1024:,.0f} KB")


def shades(number: int, dark: bool) -> list[QColor]:
    """The colour of an arm, and that of its line's soft edges."""
    one, other = QColor(arm_style(number, dark).colour), QColor(Theme(dark=dark).paper)
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return [QColor(*(round(a * share + b * (1 - share)) for a, b in parts)) for share in (1, 0.75, 0.5, 0.25)]


def shop(customers: int = 2000, replications: int = REPLICATIONS) -> str:
    """The online shop, made quick to run."""
    text = shipped_scenarios()["online-shop"].read_text(encoding="utf-8")
    return edit(text, {"population.size": customers, "experiment.replications": replications})


def until(done: Callable[[], object]) -> None:
    """Let the window go on until something is so."""
    clock = QElapsedTimer()
    clock.start()
    while not done():
        if clock.elapsed() > LONGEST_MS:
            raise TimeoutError("the window never came to where its picture was to be taken")
        settle(20)


def settle(milliseconds: int = 400) -> None:
    """Let the window go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
