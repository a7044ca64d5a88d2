"""The sections in which a scenario is set, in their groups, and which of them an address belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.desktop.forms.addressed import item_of, key_at
from app.desktop.forms.key import others
from app.desktop.forms.words import sentence
from app.desktop.sections.about import ABOUT
from sim.scenario.addresses.address import parts_of
from sim.scenario.model import Part
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Section:
    """One page of settings."""

    id: str
    title: str
    group: str
    address: str = ""
    """the table or list that is set here; empty for the scenario itself"""
    only: tuple[str, ...] = ()
    """the keys that are set here; all where there are none"""
    one: str = ""
    """what one item is called; empty where this is no list"""
    rest: bool = False
    """whether the other keys that nothing else sets are set here too"""

    @property
    def model(self) -> type[Part]:
        """The table that is set here, or one item of the list."""
        if not self.address:
            return Scenario
        key = key_at(parts_of(self.address))
        assert key is not None
        model = item_of(key) or key.part
        assert model is not None
        return model

    @property
    def keys(self) -> tuple[str, ...] | None:
        """The keys that are set here; None for all of the table."""
        return (*self.only, *_rest_of(self)) if self.rest else self.only or None

    @property
    def what(self) -> str:
        """What this is, in a sentence or two; the words of the schema where nobody said it better."""
        return ABOUT.get(self.id) or self._meaning

    @property
    def _meaning(self) -> str:
        parts = parts_of(self.address) if self.address else self.only[:1] if len(self.only) == 1 else ()
        key = key_at(tuple(parts))
        if key is None or key.part is not None:
            said = (self.model if key is None else key.part).__doc__ or ""  # type: ignore[union-attr]
        else:
            said = key.meaning
        first = sentence(said.strip().split("\n")[0].replace("`", ""))
        return first if first.endswith((".", "?")) else f"{first}."

    @property
    def roots(self) -> tuple[tuple[str, ...], ...]:
        """The addresses, in parts, of which everything below is set here."""
        return (*((*self.base, key) for key in self.keys or ()), *((self.base,) if self.base else ()))

    @property
    def base(self) -> tuple[str, ...]:
        """The address, in parts."""
        return parts_of(self.address) if self.address else ()

    def count(self, tables: Mapping[str, Any]) -> int | None:
        """How many items there are; None where nothing is to be counted."""
        if self.one or self.id in _COUNTED:
            value: Any = tables
            for part in self.roots[0]:
                value = value.get(part) if isinstance(value, Mapping) else None
            return len(value) if isinstance(value, list | Mapping) else 0
        return None


_NOT_SET: Final = frozenset((key,) for key in ("format", "touchpoints", "transitions", "layout", "annotations"))
"""What is drawn, or says how the file is read."""
_COUNTED: Final = ("scores", "uncertainty")

_OF_SCENARIO: Final = ("name", "about", "id", "horizon", "start_date", "currency")

SECTIONS: Final = (
    Section("population", "Population and arrivals", "Customers", "population"),
    Section("activity", "Activity clock", "Customers", only=("activity",)),
    Section("segments", "Segments and personas", "Customers", "segments", one="segment"),
    Section("stages", "Stages", "Journey", "stages", one="stage"),
    Section("surveys", "Surveys", "Journey", "surveys", one="survey"),
    Section("behaviour", "Behaviour", "Journey", "behaviour"),
    Section("coefficients", "Behaviour coefficients", "Journey", "coefficients"),
    Section("channels", "Channels and paid acquisition", "Channels and desks", "channels", one="channel"),
    Section("desks", "Desks", "Channels and desks", "desks", one="desk"),
    Section("integration", "Integration", "Brand", "integration"),
    Section("identity", "Identity", "Brand", only=("identity",)),
    Section("profile", "Profile", "Brand", "profile"),
    Section("personalization", "Personalization", "Brand", "personalization"),
    Section("orchestration", "Policy and limits", "Brand", "orchestration"),
    Section("scores", "Scores", "Brand", only=("scores",)),
    Section("actions", "Actions", "Brand", "actions", one="action"),
    Section("gains", "Gains", "Brand", "gains", one="gain"),
    Section("rules", "Rules", "Brand", "rules", one="rule"),
    Section("broadcasts", "Broadcasts", "Brand", "broadcasts", one="broadcast"),
    Section("seasons", "Seasons", "Change", "seasons", one="season"),
    Section("shocks", "Shocks", "Change", "shocks", one="shock"),
    Section("phases", "Phases", "Change", "phases", one="phase"),
    Section("referrals", "Referrals", "Change", only=("referrals",)),
    Section(
        "scenario", "Scenario", "Study", only=("name", "about", "id", "horizon", "start_date", "currency"), rest=True
    ),
    Section("experiment", "Experiment", "Study", "experiment", only=("replications", "seed", "precision"), rest=True),
    Section("arms", "Arms", "Study", "experiment.arms", one="arm"),
    Section("money", "Money", "Study", "money"),
    Section("fitted", "Fitted to", "Study", only=("fitted",)),
    Section("uncertainty", "Uncertainty", "Study", only=("uncertainty",)),
)
"""All sections, from top to bottom."""


@cache
def _rest_of(section: Section) -> tuple[str, ...]:
    """The keys of a section's table that no other section sets."""
    set_elsewhere = _NOT_SET.union(*((each.base, *((*each.base, key) for key in each.only)) for each in SECTIONS))
    return tuple(key for key in others(section.model, *section.only) if (*section.base, key) not in set_elsewhere)


def section_of(parts: tuple[str, ...]) -> Section | None:
    """The section in which what is at an address is set; None for what is set on the canvas and in the inspector."""
    fitting = [(root, section) for section in SECTIONS for root in section.roots if root == parts[: len(root)]]
    return max(fitting, key=lambda each: len(each[0]))[1] if fitting else None
