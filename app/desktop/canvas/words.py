"""What is on the canvas, in words: for tooltips and for those who listen."""

from __future__ import annotations

from app.desktop.canvas.cards import icon_at
from app.desktop.canvas.pointed import Pointed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.document.drawn_journey import Touchpoint, Transition
from app.desktop.document.selection import Selection

_MARKS = {
    "start": "Journeys begin here",
    "churn": "Exit: the customer is lost",
    "completed": "Exit: the journey is completed",
}


def described(scene: JourneyScene, selection: Selection) -> str:
    """The selection in a sentence."""
    count = len(selection.touchpoints) + len(selection.transitions) + len(selection.notes)
    if count == 0:
        all_ = _counted(len(scene.cards), "touchpoint"), _counted(len(scene.transitions), "transition")
        return f"{', '.join(all_)}, none selected."
    if count > 1:
        kinds = (
            ("touchpoint", selection.touchpoints),
            ("transition", selection.transitions),
            ("note", selection.notes),
        )
        return "Selected: " + ", ".join(_counted(len(ids), kind) for kind, ids in kinds if ids) + "."
    for id_ in selection.touchpoints:
        return described_touchpoint(scene, id_)
    for key in selection.transitions:
        return described_transition(scene, scene.transitions[key].transition)
    return "Note: " + scene.notes[next(iter(selection.notes))].note.text


def described_touchpoint(scene: JourneyScene, id_: str) -> str:
    """A touchpoint in words."""
    figure = scene.cards[id_]
    touchpoint = figure.touchpoint
    lane = next((lane.name for lane in scene.journey.lanes if lane.id == touchpoint.stage), touchpoint.stage)
    said = [f"{touchpoint.name}, touchpoint in {lane}", _channels(scene, touchpoint)]
    said += [_mark(touchpoint, mark) for mark in figure.marks]
    said += ["customers here have lapsed"] if touchpoint.lapsed else []
    said += [] if touchpoint.enabled else ["disabled"]
    leaving = sum(figure.transition.source == id_ for figure in scene.transitions.values())
    if touchpoint.exit is None:
        said.append(f"{_counted(leaving, 'transition')} leave here" if leaving != 1 else "1 transition leaves here")
    else:
        leading = sum(figure.transition.target == id_ for figure in scene.transitions.values())
        said.append(f"{_counted(leading, 'transition')} lead here" if leading != 1 else "1 transition leads here")
    said += [figure.caption] if figure.caption else []
    level = scene.levels.get(f"touchpoints.{id_}")
    return "; ".join(said) + (f"; finding: {level}" if level else "") + "."


def described_transition(scene: JourneyScene, transition: Transition) -> str:
    """A transition in words."""
    names = [scene.cards[id_].touchpoint.name for id_ in (transition.source, transition.target)]
    said = f"Transition from {names[0]} to {names[1]}: {scene.transitions[transition.key].share} of those who go on"
    said += f", {scene.transitions[transition.key].below}" if scene.transitions[transition.key].below else ""
    level = scene.levels.get(f"transitions.{transition.key}")
    return said + ("" if transition.enabled else ", disabled") + (f", finding: {level}" if level else "") + "."


def tooltip(scene: JourneyScene, pointed: Pointed | None, x: float, y: float) -> str:
    """What is under the mouse, in words; empty where there is nothing to say."""
    if pointed is None:
        return ""
    if pointed.kind == "port":
        return "Drag to another touchpoint to connect, or to empty canvas for a new one."
    if pointed.kind == "finding":
        return f"{scene.levels[pointed.id].capitalize()} – click to see what to do."
    if pointed.kind in ("transition", "share"):
        return described_transition(scene, scene.transitions[pointed.id].transition)
    if pointed.kind == "touchpoint":
        figure = scene.cards[pointed.id]
        sign = icon_at(figure, x, y)
        if sign == "channels":
            return _channels(scene, figure.touchpoint)
        return _mark(figure.touchpoint, sign) if sign else described_touchpoint(scene, pointed.id)
    return ""


def _mark(touchpoint: Touchpoint, mark: str) -> str:
    if mark == "goal":
        return f"Goal: {touchpoint.goal}"
    if mark == "desk":
        return f"Served by the desk {touchpoint.desk}"
    return _MARKS[mark]


def _channels(scene: JourneyScene, touchpoint: Touchpoint) -> str:
    if touchpoint.channels is None:
        return "All channels: " + ", ".join(scene.journey.channels)
    return "Channels: " + (", ".join(touchpoint.channels) or "none")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
