"""Small populations with `[identity]`, and records written by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.identity.normalising import Texts, normalised
from sim.scenario import Scenario
from sim.scenario.identity import KINDS, Identity, Kind
from tests.builders import scenario

NOTHING: dict[str, float] = dict.fromkeys(KINDS, 0)
FLAWLESS: dict[str, Any] = {
    "households": 0,
    "outdated": dict.fromkeys(("email", "phone", "device", "cookie", "postcode"), 0),
    "typos": dict.fromkeys(("email", "phone", "name"), 0),
}


def known(customers: int, identity: Mapping[str, Any] | None = None, **left: Mapping[str, float]) -> Scenario:
    """A scenario whose channels, by id, have these identifiers and no others; three usual ones if none are given."""
    channels: list[dict[str, Any]] = [{"id": id_, "identifiers": {**NOTHING, **shares}} for id_, shares in left.items()]
    usual = [{"id": "web"}, {"id": "app", "kind": "device"}, {"id": "store", "kind": "in_person"}]
    return scenario(population={"size": customers}, channels=channels or usual, identity=dict(identity or {}))


def records(*rows: Mapping[Kind, str]) -> dict[Kind, Texts]:
    """The identifiers of records, as they are compared."""
    return normalised({kind: texts([row.get(kind, "") for row in rows]) for kind in KINDS})


def texts(values: Sequence[str]) -> Texts:
    """Texts as an array."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def only(*methods: str, **more: Any) -> Identity:
    """An identity with these methods."""
    return Identity.model_validate({"methods": methods, **more})
