"""What would be left without something that it names, if that was deleted: in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sim.scenario.addresses.address import label_of, parts_of
from sim.scenario.renaming import uses

_CALLED: Final = {
    "rules": "rule", "broadcasts": "broadcast", "actions": "action", "gains": "gain", "scores": "score",
    "surveys": "survey", "segments": "segment", "touchpoints": "touchpoint", "shocks": "shock",
    "seasons": "season", "phases": "phase", "channels": "channel",
}  # fmt: skip
_WHOLE: Final = {
    "orchestration": "the policy and its limits", "referrals": "referrals", "uncertainty": "uncertainty",
    "personalization": "personalization", "integration": "integration", "experiment": "the experiment",
}  # fmt: skip
_FEW: Final = 3


def used_by(tables: Mapping[str, Any], gone: Mapping[str, Iterable[str]]) -> str:
    """What names any of the items that are `gone`, by list: `the rule “Reminder” and the arm “More”`; else empty.

    Transitions and positions go with their touchpoints, so they count for nothing.
    """
    going = {kind: set(ids) for kind, ids in gone.items()}
    drawn = ("transitions", "layout") if going.get("touchpoints") else ()
    within = {key: value for key, value in tables.items() if key not in drawn}
    found: dict[str, None] = {}
    for kind, ids in going.items():
        for address in uses(tables, kind, sorted(ids), within) if ids else ():
            parts = parts_of(address)
            if len(parts) < 2 or parts[1] not in going.get(parts[0], ()):
                found[_called(tables, parts)] = None
    named = list(found)
    more = f" and {len(named) - _FEW} more" if len(named) > _FEW else ""
    few = named[:_FEW]
    return (
        (f"{', '.join(few)}{more}" if more or len(few) < 2 else f"{', '.join(few[:-1])} and {few[-1]}") if few else ""
    )


def _called(tables: Mapping[str, Any], parts: tuple[str, ...]) -> str:
    kind = parts[0]
    if parts[:2] == ("experiment", "arms") and len(parts) > 2:
        return f"the arm “{_name(tables['experiment']['arms'], parts[2])}”"
    if kind in _CALLED and len(parts) > 1:
        return f"the {_CALLED[kind]} “{_name(tables[kind], parts[1])}”"
    return _WHOLE.get(kind, kind)


def _name(items: Any, label: str) -> str:
    listed = items if isinstance(items, list) else []
    return next((str(item.get("name") or label) for item in listed if label_of(item) == label), label)
