"""Changes to a journey, each from a text to a text: touchpoints, transitions and notes."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any

from app.desktop.document.drawn_journey import DrawnJourney, Position
from app.desktop.document.selection import NOTHING, Selection
from app.desktop.document.text_reading import Tables, tables_in
from sim.scenario import edit
from sim.scenario.addresses.address import joined, label_of
from sim.scenario.id_like import id_like

OFFSET = 32.0
"""How far from the original a copy is put."""

Moved = Sequence[tuple[str, float, float]]
"""Where touchpoints and notes are put: id and left upper corner."""


def id_from(name: str, taken: Iterable[str], what: str = "touchpoint") -> str:
    """An id made of a name that nobody else has; where no letter of it can be in one, a short one: `t1`, `t2`, …

    The letter is that of `what` gets the id.
    """
    plain, others = id_like(name), set(taken)
    tried = chain([plain], (f"{plain}-{n}" for n in count(2))) if plain else (f"{what[0]}{n}" for n in count(1))
    return next(each for each in tried if each not in others)


def add_touchpoint(
    text: str, journey: DrawnJourney, name: str, stage: str | None, at: Position, source: str | None = None
) -> tuple[str, Selection]:
    """A new touchpoint at a position, led to from `source`; the first of all is where arrivals begin."""
    id_ = id_from(name, (touchpoint.id for touchpoint in journey.touchpoints))
    touchpoint: Tables = {"id": id_, "name": name.strip() or "Touchpoint"}
    if stage is not None:
        touchpoint["stage"] = stage
    if not journey.touchpoints:
        touchpoint["start"] = True
    text = _with_item(text, "touchpoints", touchpoint)
    text = edit(text, {joined(("layout", id_)): _rounded(at)})
    if source is not None:
        text, _ = connect(text, journey, source, id_)
    return text, Selection(touchpoints=frozenset({id_}))


def connect(text: str, journey: DrawnJourney, source: str, target: str) -> tuple[str, Selection]:
    """A new transition; beside another between the same two, one with an id of its own."""
    keys = {transition.key for transition in journey.transitions}
    transition: Tables = {"from": source, "to": target, "share": 1}
    if f"{source}/{target}" in keys:
        transition = {"id": id_from(f"{source} {target}", keys), **transition}
    text = _with_item(text, "transitions", transition)
    return text, Selection(transitions=frozenset({label_of(transition) or ""}))


def going(journey: DrawnJourney, selection: Selection) -> dict[str, frozenset[str]]:
    """What goes where that is removed, by kind: the transitions of touchpoints too."""
    gone = selection.touchpoints
    transitions = {each.key for each in journey.transitions if each.source in gone or each.target in gone}
    return {"touchpoints": gone, "transitions": selection.transitions | transitions}


def remove(text: str, journey: DrawnJourney, selection: Selection) -> str:
    """Without what is selected, and without the transitions of touchpoints that go."""
    gone, transitions = going(journey, selection).values()
    layout = {
        touchpoint.id for touchpoint in journey.touchpoints if touchpoint.id in gone and touchpoint.at is not None
    }
    changes: dict[str, Any] = {}
    for kind, ids in (("transitions", transitions), ("touchpoints", gone), ("layout", layout)):
        changes |= {joined((kind, id_)): None for id_ in sorted(ids)}
    changes |= {joined(("annotations", id_)): None for id_ in sorted(selection.notes)}
    return edit(text, changes)


def move(text: str, journey: DrawnJourney, moved: Moved) -> str:
    """With touchpoints and notes put where they are dropped."""
    notes = {note.id for note in journey.notes}
    return edit(
        text,
        {
            joined(("annotations", id_, "at") if id_ in notes else ("layout", id_)): _rounded((x, y))
            for id_, x, y in moved
        },
    )


def add_note(text: str, taken: Iterable[str], words: str, at: Position) -> tuple[str, Selection]:
    """A new note on the canvas, under an id that is not taken."""
    id_ = id_from("note", taken)
    text = _with_item(text, "annotations", {"id": id_, "text": words, "at": _rounded(at)})
    return text, Selection(notes=frozenset({id_}))


def copied(tables: Mapping[str, Any], selection: Selection) -> Tables:
    """What is selected, as tables of its own: transitions only where both their ends are."""
    ids = selection.touchpoints
    layout = tables.get("layout") or {}
    return {
        "touchpoints": [copy.deepcopy(item) for item in tables.get("touchpoints", []) if label_of(item) in ids],
        "transitions": [
            copy.deepcopy(item)
            for item in tables.get("transitions", [])
            if label_of(item) in selection.transitions or (item.get("from") in ids and item.get("to") in ids)
            if item.get("from") in ids and item.get("to") in ids
        ],
        "annotations": [
            copy.deepcopy(item) for item in tables.get("annotations", []) if label_of(item) in selection.notes
        ],
        "layout": {id_: list(layout[id_]) for id_ in sorted(ids) if id_ in layout},
    }


def paste(
    text: str, journey: DrawnJourney, copy_of: Mapping[str, Any], at: Position | None = None
) -> tuple[str, Selection]:
    """With what was copied once more, under new ids, a little aside or with its corner at a position."""
    taken = {touchpoint.id for touchpoint in journey.touchpoints}
    keys = {transition.key for transition in journey.transitions}
    new: dict[str, str] = {}
    spots = [*copy_of.get("layout", {}).values(), *(item["at"] for item in copy_of.get("annotations", []))]
    dx = dy = OFFSET
    if at is not None and spots:
        dx, dy = at[0] - min(x for x, _ in spots), at[1] - min(y for _, y in spots)
    made: dict[str, list[Tables]] = {"touchpoints": [], "transitions": [], "annotations": []}
    layout: dict[str, Any] = {}
    for item in copy_of.get("touchpoints", []):
        id_ = new[item["id"]] = id_from(item["id"], taken)
        taken.add(id_)
        made["touchpoints"].append({**item, "id": id_})
        if item["id"] in copy_of.get("layout", {}):
            x, y = copy_of["layout"][item["id"]]
            layout[joined(("layout", id_))] = _rounded((x + dx, y + dy))
    transitions: set[str] = set()
    for item in copy_of.get("transitions", []):
        transition = {**item, "from": new[item["from"]], "to": new[item["to"]]}
        if "id" in transition:
            transition["id"] = id_from(transition["id"], keys)
        key = label_of(transition) or ""
        keys.add(key)
        transitions.add(key)
        made["transitions"].append(transition)
    notes: list[str] = []
    for item in copy_of.get("annotations", []):
        x, y = item["at"]
        notes.append(id_from("note", {*notes, *(note.id for note in journey.notes)}))
        made["annotations"].append({"id": notes[-1], "text": item["text"], "at": _rounded((x + dx, y + dy))})
    present = tables_in(text, None)
    more: dict[str, Any] = {kind: [*present.get(kind, []), *items] for kind, items in made.items() if items}
    return edit(text, {**more, **layout}), Selection(frozenset(new.values()), frozenset(transitions), frozenset(notes))


def reading_order(journey: DrawnJourney) -> list[str]:
    """Touchpoint ids by stage, then in the order of the file: what the keyboard and the table go through."""
    order = {lane.id: number for number, lane in enumerate(journey.lanes)}
    return [
        touchpoint.id
        for touchpoint in sorted(journey.touchpoints, key=lambda touchpoint: order.get(touchpoint.stage, len(order)))
    ]


def kept(selection: Selection, journey: DrawnJourney) -> Selection:
    """What of a selection is still there."""
    remaining = Selection(
        selection.touchpoints & {touchpoint.id for touchpoint in journey.touchpoints},
        selection.transitions & {transition.key for transition in journey.transitions},
        selection.notes & {note.id for note in journey.notes},
    )
    return remaining or NOTHING


def _with_item(text: str, kind: str, item: Mapping[str, Any]) -> str:
    """The text with one more item in one of its lists, which may be the first."""
    if not tables_in(text, None).get(kind):
        return edit(text, {kind: [dict(item)]})
    return edit(text, {joined((kind, label_of(dict(item)) or "")): dict(item)})


def _rounded(at: Position) -> list[float]:
    """A position as it is written: to the pixel."""
    return [round(at[0]), round(at[1])]
