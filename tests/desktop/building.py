"""A person who builds a scenario in the window by mouse, part by part, from the tables of its file."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolBar

from app.desktop.forms.source import Source
from app.desktop.sections.items_page import ItemsPage
from app.desktop.sections.page import Page
from app.desktop.window import Window
from sim.scenario.addresses.address import label_of
from sim.scenario.toml.notation import value_text
from tests.desktop.filling import Filler
from tests.desktop.hands import open_field, show_tab, spot, turn
from tests.desktop.mouse import click, click_entry, drag, point, write
from tests.desktop.table_by_keyboard import cell, field

Tables = Mapping[str, Any]
_LABEL = Qt.ItemDataRole.UserRole
_ROOM = 60
"""pixels around a new touchpoint that are to be in sight"""
_MOST_STEPS = 12


class Builder:
    """Knows where in the window everything is set; ids come from the names under which things are added."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.source = Source(window.document)
        self.settings = Filler(self.source, lambda: window.sections.fields())
        self.inspector = Filler(self.source, lambda: window.inspector.fields())

    # Settings

    def open(self, section: str) -> Page:
        """Click the tab of the settings and a section."""
        view = self.window.sections
        if self.window.views.currentWidget() is not view:
            show_tab(self.window.views.tabBar(), "Settings")
        (item,) = [
            found for found in view.list.findItems("", Qt.MatchFlag.MatchContains) if found.data(0, _LABEL) == section
        ]
        click_entry(view.list, view.list.indexFromItem(item))
        assert view.section == section
        return view.page

    def tables(self, wanted: Tables, *keys: str) -> None:
        """Set single tables, each in the section that has its name."""
        for key in keys:
            self.open(key)
            give = self.settings.give if key == "activity" else self.settings.fill
            give((key,), wanted[key])

    def scenario(self, wanted: Tables) -> None:
        """Set what the scenario says of itself."""
        self.open("scenario")
        for key in ("id", "name", "currency", "start_date", "horizon"):
            self.settings.give((key,), wanted[key])

    def items(self, wanted: Tables, section: str) -> None:
        """Add each item of a list under its id as name, then set what each says, its name too."""
        page = self.open(section)
        assert isinstance(page, ItemsPage)
        for item in wanted[section]:
            write(page.adder.line, item["id"])
            assert page.selected == item["id"]
        for item in wanted[section]:
            self.pick(section, item["id"])
            self.settings.fill((section, item["id"]), item)

    def experiment(self, wanted: Tables) -> None:
        """Set seed and replications."""
        self.open("experiment")
        for key in ("seed", "replications"):
            self.settings.give(("experiment", key), wanted["experiment"][key])

    # Arms

    def arms(self, wanted: Tables) -> None:
        """Add the arms, take the one away that was made to compare with, and set what each changes."""
        arms = wanted["experiment"]["arms"]
        page = self.open("arms")
        assert isinstance(page, ItemsPage)
        for arm in arms:
            write(page.adder.line, arm["id"])
        self.pick("arms", "base")
        click(page.delete)
        for arm in arms:
            self.pick("arms", arm["id"])
            for key in ("name", "about"):
                self.settings.give(("experiment", "arms", arm["id"], key), arm[key])
        for arm in arms:
            self.select_arm(arm["id"])
            for address, value in arm["set"].items():
                self.change(arm["id"], address, value)
        self.select_arm(None)

    def change(self, arm: str, address: str, value: Any) -> None:
        """Change a value in the arm that is selected; what is as in the scenario is added to the arm itself."""
        section, *rest = address.split(".")
        if self.source.at((section, *rest), base=True) == value:
            self.open("arms")
            self.pick("arms", arm)
            self.settings.give(("experiment", "arms", arm, "set"), {address: value})
            return
        page = self.open(section)
        if isinstance(page, ItemsPage):
            self.pick(section, rest[0])
        self.settings.give((section, *rest), value)

    def pick(self, section: str, label: str) -> None:
        """Click an item of a list."""
        page = self.open(section)
        assert isinstance(page, ItemsPage)
        (row,) = [row for row in range(page.list.count()) if page.list.item(row).data(_LABEL) == label]
        click_entry(page.list, page.list.model().index(row, 0))
        assert page.selected == label

    def select_arm(self, arm: str | None) -> None:
        """Click an arm, or the scenario itself, in the panel on the left."""
        panel = self.window.scenario
        (row,) = [row for row in range(panel.list.count()) if panel.list.item(row).data(_LABEL) == arm]
        click_entry(panel.list, panel.list.model().index(row, 0))
        assert self.window.document.arm == arm

    # The journey

    def press(self, command: str) -> None:
        """Click a button of the toolbar."""
        bar = self.window.findChild(QToolBar, "toolbar")
        click(bar.widgetForAction(self.window.commands[command]))

    def draw(self, wanted: Tables) -> None:
        """Draw touchpoints into the bands of their stages, and connect them; all under their ids as names."""
        show_tab(self.window.views.tabBar(), "Canvas")
        rows: dict[str, int] = {}
        area = self.window.canvas.view.viewport()
        for item in wanted["touchpoints"]:
            row = rows[item["stage"]] = rows.get(item["stage"], -1) + 1
            x, y = self.middle_of(item["stage"]), 120.0 * row + 60
            self.press("zoom-fit")
            for _ in range(_MOST_STEPS):
                if area.rect().adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM).contains(spot(self.window, x, y)):
                    break
                self.press("zoom-out")
            click(area, spot(self.window, x, y), double=True)
            name = open_field(self.window)
            write(name, item["id"])
        self.press("zoom-fit")
        turn()
        for item in wanted["transitions"]:
            at, size = self.window.canvas.positions(), self.window.canvas.sizes()
            (x, y), (wide, tall) = at[item["from"]], size[item["from"]]
            (to_x, to_y), (to_wide, to_tall) = at[item["to"]], size[item["to"]]
            start, end = (x + wide, y + tall / 2), (to_x + to_wide / 2, to_y + to_tall / 2)
            a, b = spot(self.window, *start), spot(self.window, *end)
            point(area, a - QPoint(20, 0))  # the port shows itself where the mouse is on the card
            drag(area, [a, a + (b - a) * 0.3, a + (b - a) * 0.7, b])
            key = label_of(item)
            assert key is not None
            assert self.window.editor.selection.transitions == frozenset({key}), key
            if "role" in item:
                self.inspector.give(("transitions", key, "role"), item["role"])

    def middle_of(self, stage: str) -> float:
        """The middle of the band of a stage, which anybody sees."""
        (band,) = [band for band in self.window.canvas.view.figures.bands if band.lane.id == stage]
        return (band.left + band.right) / 2

    def touchpoints(self, wanted: Tables) -> None:
        """Click each card and set what it says in the inspector."""
        self.press("zoom-fit")
        for item in wanted["touchpoints"]:
            id_ = item["id"]
            at, size = self.window.canvas.positions()[id_], self.window.canvas.sizes()[id_]
            click(self.window.canvas.view.viewport(), spot(self.window, at[0] + size[0] / 2, at[1] + 12))
            assert self.window.editor.selection.touchpoints == frozenset({id_})
            for key, value in item.items():
                if key not in ("id", "stage", "start") and value != []:
                    self.inspector.give(("touchpoints", id_, key), value)

    def by_table(self, wanted: Tables) -> None:
        """Type into the table what goes on no channel, each delay, and the shares one after the other."""
        show_tab(self.window.views.tabBar(), "Table")
        table = self.window.table
        none = [item["name"] for item in wanted["touchpoints"] if item.get("channels") == []]
        cells = [(table.touchpoints, "Channels", name, "None") for name in none]
        delays = {str(label_of(item)): item["delay"] for item in wanted["transitions"] if "delay" in item}
        cells += [(table.transitions, "Delay", key, value_text(value)) for key, value in delays.items()]
        alone = Counter(item["from"] for item in wanted["transitions"])
        cells += [
            (table.transitions, "Share", str(label_of(item)), f"{100 * item['share']:.10g} %")
            for item in wanted["transitions"]
            if alone[item["from"]] > 1
        ]
        for view, head, row, words in cells:
            index = cell(view, head, row)
            click_entry(view, index)
            click_entry(view, index, double=True)
            write(field(view), words)
