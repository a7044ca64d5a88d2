"""What the format has room for but nothing simulates yet: refused wherever it stands, so that nothing is ignored."""

from typing import Final

from sim.scenario.journey import Touchpoint
from sim.scenario.model import Part
from sim.scenario.orchestration import Orchestration
from sim.scenario.places import Desk
from sim.scenario.scenario import Scenario

_KEYS: Final[dict[type[Part], dict[str, str]]] = {
    Scenario: {"identity": "identities", "targets": "calibration to targets"},
    Touchpoint: {"importance": "the importance of a touchpoint"},
    Desk: {"bot": "bots at a desk"},
    Orchestration: {
        "threshold": "a threshold of confidence",
        "fallback": "a fallback where nothing is confident enough",
    },
}
"""Keys by their table, and what they would say."""
_POLICIES: Final = ("next_best_action",)


def later_key(owner: type[Part] | None, key: str) -> tuple[str, str] | None:
    """Problem and remedy of a key of this table that would have no effect yet; None for any other key."""
    what = _KEYS.get(owner, {}).get(key) if owner is not None else None
    return None if what is None else (f"this version does not simulate {what} yet", f'remove "{key}"')


def later_value(owner: type[Part] | None, key: str, value: object) -> tuple[str, str] | None:
    """Problem and remedy of a value of this key that would have no effect yet; None for any other value."""
    if owner is not Orchestration or key != "policy" or value not in _POLICIES:
        return None
    return f'this version does not simulate the policy "{value}" yet', 'write "rules" or "bandit"'
