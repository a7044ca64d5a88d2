"""How the settings hang together with the rest of the window."""

from __future__ import annotations

from app.desktop.editor.editor import Editor
from app.desktop.frame.views import Views
from app.desktop.sections.view import SettingsView
from sim.scenario.addresses.address import parts_of


def connect_settings(settings: SettingsView, views: Views, editor: Editor) -> None:
    """Let findings and links lead to the settings, and from there to what is drawn."""

    def go(address: str) -> None:
        views.setCurrentWidget(settings)
        try:
            settings.go_to(parts_of(address) if address else ())
        except ValueError:  # no address at all: there is only the scenario itself to show
            settings.open("scenario")

    settings.structure_changed.connect(editor.offer_arm_since)
    settings.go_requested.connect(editor.go_to)
    editor.elsewhere.connect(go)
    editor.drawn.connect(lambda: views.leave(settings))
