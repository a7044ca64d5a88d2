"""The commands of the window, in the order of its menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.desktop.commands.command import Command
from app.desktop.sections.sections import SECTIONS

if TYPE_CHECKING:
    from app.desktop.window import Window


def add_commands(window: Window) -> None:
    """Declare everything that the window can do."""
    declared = [*_file(window), *_edit(window), *_view(window), *_journey(window), *_run(window)]
    declared += [*window.first_steps.commands(), *window.safety.commands()]
    for command in [*declared, *_help(window), *_sections(window)]:
        window.commands.add(command)
    window.commands["dark"].setChecked(window.appearance.theme.dark)
    window.commands["large"].setChecked(window.appearance.theme.large)


def _file(window: Window) -> list[Command]:
    files = window.files
    return [
        Command("new", "File", "New journey …", window.first_steps.show_new, "Ctrl+N", "From a template, or blank"),
        Command("blank", "File", "Blank journey", files.new, "", "Draw a journey from nothing"),
        Command("open", "File", "Open …", files.open, "Ctrl+O", "Open a scenario file"),
        Command("save", "File", "Save", files.save, "Ctrl+S", "Save the scenario", group=1),
        Command("save-as", "File", "Save as …", files.save_as, "Ctrl+Shift+S", "Save into another file", group=1),
        Command("close", "File", "Close", window.close, "Ctrl+Q", "Close the window", group=2),
    ]


def _edit(window: Window) -> list[Command]:
    editor, stack = window.editor, window.document.undo_stack
    return [
        Command("undo", "Edit", "Undo", stack.undo, "Ctrl+Z", "Take the last change back"),
        Command("redo", "Edit", "Redo", stack.redo, "Ctrl+Shift+Z", "Make the change again"),
        Command("cut", "Edit", "Cut", editor.cut, "Ctrl+X", "Copy what is selected, and delete it", group=1),
        Command("copy", "Edit", "Copy", editor.copy, "Ctrl+C", "Copy what is selected", group=1),
        Command("paste", "Edit", "Paste", editor.paste, "Ctrl+V", "Add what was copied", group=1),
        Command("duplicate", "Edit", "Duplicate", editor.duplicate, "Ctrl+D", "Add it once more", group=1),
        Command("delete", "Edit", "Delete", editor.delete, "", "Delete what is selected (Delete)", group=1),
        Command("all", "Edit", "Select all", editor.select_all, "Ctrl+Shift+A", "Select the whole journey", group=2),
        Command("palette", "Edit", "Search or command", window.palette_box.open, "Ctrl+K", "Find anything", group=3),
    ]


def _view(window: Window) -> list[Command]:
    canvas = window.canvas
    docks = [
        Command(
            f"panel-{number}",
            "View",
            f"{dock.windowTitle()} panel",
            lambda dock=dock: _bring(window, dock),
            f"Ctrl+{number}",
            f"Go to the panel {dock.windowTitle()}",
            group=2,
        )
        for number, dock in enumerate(window.docks(), 1)
    ]
    return [
        Command("zoom-in", "View", "Zoom in", canvas.zoom_in, "Ctrl++", "Come nearer"),
        Command("zoom-out", "View", "Zoom out", canvas.zoom_out, "Ctrl+-", "Go further away"),
        Command("zoom-fit", "View", "Zoom to fit", canvas.zoom_to_fit, "Ctrl+0", "Show the whole journey"),
        Command("zoom-selection", "View", "Zoom to selection", canvas.zoom_to_selection, "Ctrl+Shift+0", "Show it"),
        Command(
            "minimap",
            "View",
            "Minimap",
            lambda: canvas.show_minimap(not canvas.minimap_shown),
            "",
            "Show where you are in a large journey, or not",
        ),
        Command("canvas", "View", "Canvas", lambda: _look(window, 0), "Alt+1", "Draw the journey", group=1),
        Command("table", "View", "Table", lambda: _look(window, 1), "Alt+2", "The journey as tables", group=1),
        Command(
            "settings",
            "View",
            "Settings",
            lambda: _look(window, window.views.indexOf(window.sections)),
            "Alt+3",
            "Everything else, by section",
            group=1,
        ),
        *docks,
        Command("dark", "View", "Dark", lambda: _theme(window), "", "Light letters on dark", group=3, checkable=True),
        Command(
            "large", "View", "Large type", lambda: _theme(window), "", "To be read from afar", group=3, checkable=True
        ),
    ]


def _journey(window: Window) -> list[Command]:
    canvas, editor, scenario = window.canvas, window.editor, window.scenario
    table = window.table

    def add() -> None:
        _leave_settings(window)
        (canvas.add_beside if window.views.currentIndex() == 0 else table.add_touchpoint)()

    def connect() -> None:
        _leave_settings(window)
        (canvas.start_connecting if window.views.currentIndex() == 0 else table.add_transition)()

    return [
        Command("add", "Journey", "Add touchpoint", add, "", "Add a touchpoint (Insert)"),
        Command("connect", "Journey", "Connect", connect, "", "Add a transition from the selected touchpoint (C)"),
        Command("rename", "Journey", "Rename", canvas.rename, "", "Name it, or set its share (F2)"),
        Command("add-note", "Journey", "Add remark", editor.add_note, "", "Write a remark on the canvas"),
        Command(
            "tidy", "Journey", "Tidy", editor.tidy, "Ctrl+L", "Lay the journey out anew; one step to undo", group=1
        ),
        *[
            Command(
                f"align-{how}", "Journey", words, lambda how=how: canvas.align(how), "", "Line up what is selected", 1
            )
            for how, words in (
                ("left", "Align left"),
                ("top", "Align top"),
                ("distribute-h", "Distribute across"),
                ("distribute-v", "Distribute down"),
            )
        ],
        Command(
            "add-arm", "Journey", "Add arm", scenario.add_arm, "Ctrl+Shift+N", "Compare with other values", group=2
        ),
    ]


def _run(window: Window) -> list[Command]:
    simulation = window.simulation

    def pause() -> None:
        job = simulation.job
        if job is not None:
            (job.go_on if job.state == "paused" else job.pause)()

    def stop() -> None:
        if simulation.job is not None:
            simulation.job.cancel()

    return [
        Command("run", "Run", "Run", simulation.start, "F5", "Simulate this journey under all its arms"),
        Command("pause", "Run", "Pause", pause, "F6", "Hold the run, or go on with it"),
        Command("stop", "Run", "Stop", stop, "Shift+F5", "End the run; what is finished is kept"),
        Command(
            "compare-files",
            "Run",
            "Compare with files …",
            lambda: simulation.compare_with(others) if (others := window.files.choose_others()) else None,
            "",
            "Run this scenario and others side by side, over the same customers",
            group=1,
        ),
        Command("more", "Run", "Run twice as many", simulation.more, "Ctrl+F5", "Narrow the intervals", group=1),
    ]


def _help(window: Window) -> list[Command]:
    return [
        Command("about", "Help", "About Journey Sandbox", lambda: _about(window), "", "Version and licence", group=2),
    ]


def _sections(window: Window) -> list[Command]:
    """A way to each section of the settings; too many for a menu, but the palette finds them."""

    def edit(section: str) -> None:
        window.views.setCurrentWidget(window.sections)
        window.sections.open(section)
        window.sections.setFocus()

    return [
        Command(
            f"edit-{section.id}",
            "Go to",
            f"Edit {section.title.lower()}",
            lambda id_=section.id: edit(id_),
            "",
            section.what,
        )
        for section in SECTIONS
    ]


def _leave_settings(window: Window) -> None:
    """Look at the canvas for what is drawn there."""
    if window.views.currentWidget() is window.sections:
        _look(window, 0)


def _look(window: Window, tab: int) -> None:
    window.first_steps.put_away()
    window.views.setCurrentIndex(tab)
    window.views.currentWidget().setFocus()


def _bring(window: Window, dock: object) -> None:
    found = next(each for each in window.docks() if each is dock)
    found.show()
    found.raise_()
    found.widget().setFocus()


def _theme(window: Window) -> None:
    dark, large = window.commands["dark"].isChecked(), window.commands["large"].isChecked()
    theme = replace(window.appearance.theme, dark=dark, large=large)
    window.settings.theme = theme
    window.appearance.use(theme)


def _about(window: Window) -> None:
    from sim.experiment.document import engine_version

    window.messages.say(
        "about",
        f"{QApplication.applicationDisplayName()} {engine_version()}: a local-first simulator of customer journeys. "
        "MIT licence; Qt for Python under the LGPL.",
    )
