"""The topic of what is selected in the journey."""

from __future__ import annotations

from app.desktop.document import Selection
from app.desktop.document.drawn_journey import DrawnJourney
from app.desktop.help.topics import Topic, topic


def selected_topic(selection: Selection, journey: DrawnJourney) -> Topic | None:
    """The topic of the one touchpoint or transition that is selected; None where that is nothing or several things."""
    if len(selection.touchpoints) + len(selection.transitions) != 1:
        return None
    if selection.touchpoints:
        (id_,) = selection.touchpoints
        touchpoint = journey.touchpoint(id_)
        return _one_of("touchpoint", touchpoint.name if touchpoint is not None else id_, f"touchpoints.{id_}")
    (key,) = selection.transitions
    return _one_of("transition", key, f"transitions.{key}")


def _one_of(word: str, name: str, address: str) -> Topic:
    meaning = topic(word)
    assert meaning is not None
    return Topic(
        key="",
        title=name,
        kind=meaning.title,
        text=meaning.text,
        facts=(("Address", address),),
        see=(word, "inspector"),
        page=f"reference/scenario.md#{word}s",
    )
