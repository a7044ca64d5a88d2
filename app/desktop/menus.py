"""The menus of the window: the commands of each, which is given the parts on which it acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from app.desktop.canvas import Canvas
from app.desktop.commands.command import Command
from app.desktop.commands.palette import Palette
from app.desktop.editor.editor import Editor
from app.desktop.files.files import Files
from app.desktop.frame.docks import PanelDock
from app.desktop.frame.folding import Folding
from app.desktop.frame.messages import Messages
from app.desktop.frame.views import Views
from app.desktop.journey_map import JourneyMapView
from app.desktop.panels.scenario import ScenarioPanel
from app.desktop.sections import SettingsView
from app.desktop.sections.sections import SECTIONS
from app.desktop.simulation import Simulation
from app.desktop.table import JourneyTable


def file_commands(files: Files, new: Callable[[], object]) -> list[Command]:
    """What is done with files; `new` asks what kind of journey to begin."""
    return [
        Command("new", "File", "New journey …", new, "Ctrl+N", "From a template, or blank"),
        Command("blank", "File", "Blank journey", files.new, "", "Draw a journey from scratch"),
        Command("open", "File", "Open …", files.open, "Ctrl+O", "Open a scenario file"),
        Command("save", "File", "Save", files.save, "Ctrl+S", "Save the scenario", group=1),
        Command("save-as", "File", "Save as …", files.save_as, "Ctrl+Shift+S", "Save into another file", group=1),
    ]


def close_command(close: Callable[[], object]) -> Command:
    """The last thing that is done with a window."""
    return Command("close", "File", "Close", close, "Ctrl+Q", "Close the window", group=3)


def edit_commands(editor: Editor, stack: QUndoStack, palette: Palette) -> list[Command]:
    """What is done with the last change, with what is selected, and with a word that somebody looks for."""
    return [
        Command("undo", "Edit", "Undo", stack.undo, "Ctrl+Z", "Undo the last change"),
        Command("redo", "Edit", "Redo", stack.redo, "Ctrl+Shift+Z", "Redo the last undone change"),
        Command("cut", "Edit", "Cut", editor.cut, "Ctrl+X", "Copy and delete the selection", group=1),
        Command("copy", "Edit", "Copy", editor.copy, "Ctrl+C", "Copy the selection", group=1),
        Command("paste", "Edit", "Paste", editor.paste, "Ctrl+V", "Paste what was copied", group=1),
        Command("duplicate", "Edit", "Duplicate", editor.duplicate, "Ctrl+D", "Add a copy of the selection", group=1),
        Command("delete", "Edit", "Delete", editor.delete, "", "Delete the selection (Delete)", group=1),
        Command("all", "Edit", "Select all", editor.select_all, "Ctrl+Shift+A", "Select the whole journey", group=2),
        Command(
            "palette",
            "Edit",
            "Search or command",
            palette.open,
            "Ctrl+K",
            "Find any command, or anything in the scenario",
            group=3,
        ),
    ]


def view_commands(
    views: Views,
    canvas: Canvas,
    journey_map: JourneyMapView,
    table: JourneyTable,
    settings: SettingsView,
    docks: Sequence[PanelDock],
    folding: Folding,
    dress: Callable[[], object],
) -> list[Command]:
    """What is seen and how; `dress` shows the window as `dark` and `large` stand."""
    return [
        Command("zoom-in", "View", "Zoom in", canvas.zoom_in, "Ctrl++", "Zoom in", within=canvas),
        Command("zoom-out", "View", "Zoom out", canvas.zoom_out, "Ctrl+-", "Zoom out", within=canvas),
        Command(
            "zoom-fit", "View", "Zoom to fit", canvas.zoom_to_fit, "Ctrl+0", "Show the whole journey", within=canvas
        ),
        Command(
            "zoom-selection",
            "View",
            "Zoom to selection",
            canvas.zoom_to_selection,
            "Ctrl+Shift+0",
            "Show the selection as large as it fits",
            within=canvas,
        ),
        Command(
            "minimap",
            "View",
            "Minimap",
            lambda: canvas.show_minimap(not canvas.minimap_shown),
            "",
            "Show or hide the overview of the whole journey",
            within=canvas,
        ),
        Command("canvas", "View", "Canvas", lambda: views.go_to(canvas), "Alt+1", "Draw the journey", group=1),
        Command(
            "journey-map",
            "View",
            "Journey map",
            lambda: views.go_to(journey_map),
            "Alt+2",
            "What customers want, do, meet and feel, stage by stage",
            group=1,
        ),
        Command("table", "View", "Table", lambda: views.go_to(table), "Alt+3", "The journey as tables", group=1),
        Command(
            "settings",
            "View",
            "Settings",
            lambda: views.go_to(settings),
            "Alt+4",
            "All other settings, by section",
            group=1,
        ),
        *[_panel_command(number, dock) for number, dock in enumerate(docks, 1)],
        Command(
            "fold",
            "View",
            "Fold or open results",
            folding.toggle,
            "Ctrl+J",
            "Fold the panels below the journey, or open them again",
            group=2,
        ),
        Command("dark", "View", "Dark", dress, "", "Light text on a dark background", group=3, checkable=True),
        Command(
            "large",
            "View",
            "Larger text, for presenting",
            dress,
            "",
            "Make all text and controls larger, to be read from the back of the room",
            group=3,
            checkable=True,
        ),
    ]


def _panel_command(number: int, dock: PanelDock) -> Command:
    title = dock.windowTitle()

    def bring() -> None:
        dock.open()
        dock.widget().setFocus()

    return Command(
        f"panel-{number}", "View", f"{title} panel", bring, f"Ctrl+{number}", f"Go to the {title} panel", group=2
    )


def journey_commands(
    views: Views, canvas: Canvas, table: JourneyTable, editor: Editor, scenario: ScenarioPanel
) -> list[Command]:
    """What is done with the journey and its arms; what is drawn is drawn in the view that is in front."""

    def go_where_it_is_drawn() -> None:
        if views.currentWidget() not in (canvas, table):
            views.go_to(canvas)

    def add() -> None:
        go_where_it_is_drawn()
        (canvas.add_beside if views.currentWidget() is canvas else table.add_touchpoint)()

    def connect() -> None:
        go_where_it_is_drawn()
        (canvas.start_connecting if views.currentWidget() is canvas else table.add_transition)()

    def add_note() -> None:
        views.go_to(canvas)
        editor.add_note()

    def rename() -> None:
        go_where_it_is_drawn()
        (canvas.rename if views.currentWidget() is canvas else table.rename)()

    return [
        Command("add", "Journey", "Add touchpoint", add, "", "Add a touchpoint (Insert)"),
        Command("connect", "Journey", "Connect", connect, "", "Add a transition from the selected touchpoint (C)"),
        Command(
            "rename",
            "Journey",
            "Rename",
            rename,
            "",
            "Rename the touchpoint, or set the share of the transition (F2)",
        ),
        Command("add-note", "Journey", "Add note", add_note, "", "Write a note on the canvas"),
        Command(
            "tidy",
            "Journey",
            "Tidy",
            editor.tidy,
            "Ctrl+L",
            "Rearrange the whole journey; undo with one step",
            group=1,
            within=canvas,
        ),
        *[
            Command(
                f"align-{how}",
                "Journey",
                words,
                lambda how=how: canvas.align(how),
                "",
                "Line up the selection",
                group=1,
                within=canvas,
            )
            for how, words in (
                ("left", "Align left"),
                ("top", "Align top"),
                ("distribute-h", "Distribute across"),
                ("distribute-v", "Distribute down"),
            )
        ],
        Command(
            "add-arm",
            "Journey",
            "Add arm",
            scenario.add_arm,
            "Ctrl+Shift+N",
            "Add an arm: the scenario with other values, for comparison",
            group=2,
        ),
    ]


def run_commands(simulation: Simulation, files: Files) -> list[Command]:
    """What is done with runs; `files` asks which others to compare with."""

    def pause() -> None:
        job = simulation.job
        if job is not None:
            (job.go_on if job.state == "paused" else job.pause)()

    def stop() -> None:
        if simulation.job is not None:
            simulation.job.cancel()

    def compare() -> None:
        others = files.choose_others()
        if others:
            simulation.compare_with(others)

    return [
        Command("run", "Run", "Run", simulation.start, "F5", "Simulate this journey under all its arms"),
        Command("pause", "Run", "Pause", pause, "F6", "Pause the run, or continue it"),
        Command("stop", "Run", "Stop", stop, "Shift+F5", "Stop the run; finished replications are kept"),
        Command(
            "compare-files",
            "Run",
            "Compare with files …",
            compare,
            "",
            "Run this scenario and others side by side, on the same customers",
            group=1,
        ),
        Command(
            "more",
            "Run",
            "Run twice as many",
            simulation.more,
            "Ctrl+F5",
            "Double the replications, for narrower intervals",
            group=1,
        ),
    ]


def about_command(messages: Messages) -> Command:
    """Says what program this is."""

    def about() -> None:
        from sim.experiment.json_document import engine_version

        messages.say(
            "about",
            f"{QApplication.applicationDisplayName()} {engine_version()}: a local-first simulator of customer "
            "journeys. MIT licence; Qt for Python under the LGPL, typeface Inter under the SIL Open Font License, "
            "icons of Lucide under the ISC licence.",
            stays=True,
        )

    return Command("about", "Help", "About Journey Sandbox", about, "", "Version and licence", group=2)


def section_commands(views: Views, settings: SettingsView) -> list[Command]:
    """Go to each section of the settings; too many for a menu, but the palette finds them."""

    def edit(section: str) -> None:
        views.bring(settings)
        settings.open(section)
        settings.setFocus()

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
