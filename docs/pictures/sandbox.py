"""Draw the pictures of the sandbox again: `python docs/pictures/sandbox.py [FOLDER]`, without a screen."""

import sys
import tempfile
from pathlib import Path

from window import HERE, SIZE, save, settle, shipped_scenarios, until

from app.desktop.frame.settings import Settings
from app.desktop.levers.number_row import NumberRow
from app.desktop.looks.theme import Theme
from app.desktop.start import application, show_window
from app.desktop.window import Window
from sim.scenario import edit

SECTIONS = ("segments", "rules", "activity", "coefficients")
LEVER = "orchestration.holdout"
MOVED = 80


def main() -> None:
    """Draw every state of the sandbox in which the documentation shows it."""
    to = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "desktop.ini")
        settings.theme = Theme()
        window = show_window(None, Path(folder) / "runs.sqlite", settings, welcome=True)
        window.resize(*SIZE)

        def draw(name: str) -> None:
            settle()
            save(window.grab().toImage(), to / f"window-{name}.png")

        settle()
        draw("welcome")
        window.first_steps.show_new("shop")
        draw("new")
        window.files.open_text(baskets())
        settle()
        window.first_steps.show_things()
        draw("things")
        next(dock for dock in window.docks() if dock.windowTitle() == "Inspector").raise_()
        move_a_lever(window)
        draw("levers")
        window.views.setCurrentWidget(window.sections)
        window.commands["fold"].trigger()
        for section in SECTIONS:
            window.sections.open(section)
            draw(section)
        window.sections.fields()["coefficients.exit.wait"].input.setFocus()
        window.commands["help"].trigger()
        draw("help")
        window.close_now()


def move_a_lever(window: Window) -> None:
    """Move one and wait for the whole answer."""
    window.live.begin()
    until(lambda: answered(window))
    window.live.show_chart()
    row = window.levers.row(LEVER)
    assert isinstance(row, NumberRow)
    row.slider.setSliderDown(True)
    row.slider.setValue(MOVED)
    row.slider.setSliderDown(False)
    until(lambda: answered(window))


def answered(window: Window) -> bool:
    """Whether the newest question has its whole answer."""
    reading = window.live.reading
    return reading is not None and reading.answer.whole and reading.answer.number == window.live.asked


def baskets() -> str:
    """The abandoned baskets, with few customers."""
    text = shipped_scenarios()["cart-recovery"].read_text(encoding="utf-8")
    return edit(text, {"population.size": 2000})


if __name__ == "__main__":
    main()
