"""The topic of a field: what the schema says about its key."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtWidgets import QWidget

from app.desktop.forms.field import Field
from app.desktop.help.pages import headings
from app.desktop.help.topics import SCENARIO_PAGE, Topic, sentence, topic
from sim.scenario.addresses import parts_of
from sim.scenario.notation import value_text


def field_topic(widget: QWidget) -> Topic | None:
    """The topic of a field of a form; None for any other widget."""
    if not isinstance(widget, Field):
        return None
    key = widget.key
    default = widget.default_of()
    otherwise = "it has to be given" if key.required else "nothing" if default is None else value_text(default)
    named = key.unit(widget.context.source.currency())
    facts = [
        ("May be", key.allowed),
        ("Unit", named),
        ("When left out", otherwise),
        ("During a run", "phases and shocks can change it" if key.said.dated else ""),
        ("Address", ", ".join(widget.addresses[:3])),
    ]
    meaning = sentence(key.meaning).rstrip(".") or key.label
    words = (key.name, key.label, *parts_of(widget.address)[:-1])
    see = tuple(dict.fromkeys(found.key for word in words if (found := topic(word)) is not None))
    return Topic(
        key="",
        title=key.label,
        kind="Field",
        text=f"{meaning}.",
        facts=tuple((name, value) for name, value in facts if value),
        see=see,
        page=f"{SCENARIO_PAGE}#{section_of(widget.address)}",
    )


def section_of(address: str) -> str:
    """The heading of the reference page below which the key at an address stands."""
    found = way = ""
    for part in parts_of(address)[:-1]:
        for step in (part, "NAME"):
            further = f"{way}.{step}".strip(".")
            if any(section == further or section.startswith(f"{further}.") for section in _sections()):
                way = further
                found = further if further in _sections() else found
                break
    return found or "Top level"


@cache
def _sections() -> frozenset[str]:
    named = [name for heading in headings(SCENARIO_PAGE) for name in re.findall(r"`([^`]+)`", heading)]
    return frozenset(name.strip("[]") for name in named)
