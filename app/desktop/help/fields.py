"""The topic of a field: what the schema says about its key."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtWidgets import QWidget

from app.desktop.forms.field import Field
from app.desktop.help.keys import key_facts, meaning_of
from app.desktop.help.pages import headings
from app.desktop.help.topics import SCENARIO_PAGE, Topic, topic
from sim.scenario.addresses.address import parts_of


def field_topic(widget: QWidget) -> Topic | None:
    """The topic of a field of a form; None for any other widget."""
    if not isinstance(widget, Field):
        return None
    key = widget.key
    facts = key_facts(key, widget.default_of(), widget.context.source.currency())
    words = (key.name, key.label, *parts_of(widget.address)[:-1])
    see = tuple(dict.fromkeys(of_word.key for word in words if (of_word := topic(word)) is not None))
    return Topic(
        key="",
        title=key.label,
        kind="Field",
        text=meaning_of(key),
        facts=(*facts, ("Address", ", ".join(widget.addresses[:3]))),
        see=see,
        page=f"{SCENARIO_PAGE}#{section_of(widget.address)}",
    )


def section_of(address: str) -> str:
    """The heading of the reference page below which the key at an address stands."""
    section = path = ""
    for part in parts_of(address)[:-1]:
        for step in (part, "NAME"):
            further = f"{path}.{step}".strip(".")
            if any(each == further or each.startswith(f"{further}.") for each in _sections()):
                path = further
                section = further if further in _sections() else section
                break
    return section or "Top level"


@cache
def _sections() -> frozenset[str]:
    named = [name for heading in headings(SCENARIO_PAGE) for name in re.findall(r"`([^`]+)`", heading)]
    return frozenset(name.strip("[]") for name in named)
