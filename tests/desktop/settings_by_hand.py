"""Opening sections, items and fields of the settings."""

from PySide6.QtCore import Qt

from app.desktop.document import Document
from app.desktop.forms import Field
from app.desktop.forms.entries import Entries
from app.desktop.forms.group import Group
from app.desktop.sections import SettingsView
from app.desktop.sections.items_page import ItemsPage
from sim.scenario.addresses.address import parts_of


def items_page(view: SettingsView, section: str) -> ItemsPage:
    page = view.open(section)
    assert isinstance(page, ItemsPage)
    return page


def listed(page: ItemsPage) -> list[str]:
    return [page.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(page.list.count())]


def field_at(view: SettingsView, address: str) -> Field:
    field = view.go_to(parts_of(address))
    assert field is not None
    assert field.address == address
    return field


def group_at(view: SettingsView, address: str) -> Group:
    found = [group for group in view.page.findChildren(Group) if group.head.address == address]
    assert len(found) == 1
    return found[0]


def entries_at(view: SettingsView, address: str) -> Entries:
    field_at(view, address)
    group = group_at(view, address)
    assert isinstance(group, Entries)
    return group


def parse_tables(text: str) -> dict[str, object]:
    other = Document()
    other.new(text)
    tables = other.tables
    other.close()
    return tables
