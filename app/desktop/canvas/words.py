"""What is on the canvas, in words: for tooltips and for those who listen."""

from __future__ import annotations

from app.desktop.canvas.cards import icon_at
from app.desktop.canvas.pointed import Pointed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.document.journey_map import Place, Way
from app.desktop.document.selection import Selection

_MARKS = {
    "start": "Journeys begin here",
    "churn": "Exit: the customer is lost",
    "completed": "Exit: the journey is completed",
}


def described(scene: JourneyScene, selection: Selection) -> str:
    """The selection in a sentence."""
    count = len(selection.places) + len(selection.ways) + len(selection.notes)
    if count == 0:
        return f"{_counted(len(scene.cards), 'touchpoint')}, {_counted(len(scene.ways), 'transition')}, none selected."
    if count > 1:
        kinds = (("touchpoint", selection.places), ("transition", selection.ways), ("note", selection.notes))
        return "Selected: " + ", ".join(_counted(len(ids), kind) for kind, ids in kinds if ids) + "."
    for id_ in selection.places:
        return described_place(scene, id_)
    for key in selection.ways:
        return described_way(scene, scene.ways[key].way)
    return "Note: " + scene.notes[next(iter(selection.notes))].note.text


def described_place(scene: JourneyScene, id_: str) -> str:
    """A touchpoint in words."""
    figure = scene.cards[id_]
    place = figure.place
    lane = next((lane.name for lane in scene.journey.lanes if lane.id == place.stage), place.stage)
    said = [f"{place.name}, touchpoint in {lane}", _channels(scene, place)]
    said += [_mark(place, mark) for mark in figure.marks]
    said += ["a lapsed customer is here"] if place.lapsed else []
    said += [] if place.enabled else ["switched off"]
    leaving = sum(way.way.source == id_ for way in scene.ways.values())
    said.append(f"{_counted(leaving, 'transition')} leave here" if leaving != 1 else "1 transition leaves here")
    said += [figure.caption] if figure.caption else []
    level = scene.levels.get(f"touchpoints.{id_}")
    return "; ".join(said) + (f"; has a finding: {level}" if level else "") + "."


def described_way(scene: JourneyScene, way: Way) -> str:
    """A transition in words."""
    names = [scene.cards[id_].place.name for id_ in (way.source, way.target)]
    said = f"Transition from {names[0]} to {names[1]}: {scene.ways[way.key].share} of those who leave"
    said += f", {scene.ways[way.key].below}" if scene.ways[way.key].below else ""
    level = scene.levels.get(f"transitions.{way.key}")
    return said + ("" if way.enabled else ", switched off") + (f", has a finding: {level}" if level else "") + "."


def tooltip(scene: JourneyScene, found: Pointed | None, x: float, y: float) -> str:
    """What is under the mouse, in words; empty where there is nothing to say."""
    if found is None:
        return ""
    if found.kind == "port":
        return "Drag to another touchpoint to connect, or to empty canvas for a new one."
    if found.kind == "finding":
        return f"{scene.levels[found.id].capitalize()} – click to see what to do."
    if found.kind in ("way", "share"):
        return described_way(scene, scene.ways[found.id].way)
    if found.kind == "place":
        figure = scene.cards[found.id]
        sign = icon_at(figure, x, y)
        if sign == "channels":
            return _channels(scene, figure.place)
        return _mark(figure.place, sign) if sign else described_place(scene, found.id)
    return ""


def _mark(place: Place, mark: str) -> str:
    if mark == "goal":
        return f"Goal: {place.goal}"
    if mark == "desk":
        return f"Served by the desk {place.desk}"
    return _MARKS[mark]


def _channels(scene: JourneyScene, place: Place) -> str:
    if place.channels is None:
        return "All channels: " + ", ".join(scene.journey.channels)
    return "Channels: " + (", ".join(place.channels) or "none")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
