"""The settings of a scenario: everything that its file can say, section by section."""

from app.desktop.sections.view import SettingsView

__all__ = ["SettingsView"]
