"""What chance decides about a visit, in lists of blocks that are drawn together, eight at once (model 3.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.compiling.vectors import COUNT
from sim.draws.sites import CHANNEL, TRANSITION, VISIT, site
from sim.engine.program.arrays import floats, indices
from sim.scenario.journey import COVARIATES, Transition
from sim.scenario.regimes import Off
from sim.scenario.resolve import (
    Role,
    coefficients,
    enabled_channels,
    enabled_touchpoints,
    enabled_transitions,
    roles,
)
from sim.scenario.scenario import Scenario

_NO_EFFECTS = (0.0,) * len(COVARIATES)


@dataclass
class _Blocks:
    """One after another; those that are no transition's have no share in the race."""

    site: list[int] = field(default_factory=list)
    purpose: list[int] = field(default_factory=list)
    share: list[float] = field(default_factory=list)
    is_exit: list[bool] = field(default_factory=list)
    effects: list[tuple[float, ...]] = field(default_factory=list)

    def add(self, text: str, purpose: int, share: float = 0.0, is_exit: bool = False,
            effects: tuple[float, ...] = _NO_EFFECTS) -> None:  # fmt: skip
        self.site.append(site(text))
        self.purpose.append(purpose << 24)
        self.share.append(share)
        self.is_exit.append(is_exit)
        self.effects.append(effects)

    def fill_up(self) -> None:
        """To a multiple of eight."""
        while len(self.site) % COUNT:
            self.add("", 0)


def visit_fields(scenario: Scenario, fields: Mapping[str, Any], off: Off) -> dict[str, Any]:
    """The blocks of visits of each touchpoint, where the fields of touchpoints, channels and choices are known."""
    channels, transitions = enabled_channels(scenario), enabled_transitions(scenario)
    channel_first, choice_first = fields["channel_first"].tolist(), fields["choice_first"].tolist()
    is_exit, role = fields["choice_exit"].tolist(), roles(scenario)
    blocks = _Blocks()
    first, own, by_shares = [0], [], []
    for n, touchpoint in enumerate(enabled_touchpoints(scenario)):
        own.append(0)
        by_shares.append(False)
        if not touchpoint.exit:
            offered = fields["channel_index"][channel_first[n] : channel_first[n + 1]].tolist()
            for channel in offered if len(offered) > 1 else ():
                blocks.add(f"touchpoint:{touchpoint.id}@{channels[channel].id}", CHANNEL)
            own[n] = len(blocks.site) - first[n]
            blocks.add(f"touchpoint:{touchpoint.id}", VISIT)
            begin = len(blocks.site)
            for j in range(choice_first[n], choice_first[n + 1]):
                transition = transitions[fields["choice_number"][j]]
                share = 0.0 if transition.key in off.transitions else transition.share
                effects = _effects(scenario, transition, role[transition.key])
                blocks.add(f"transition:{transition.key}", TRANSITION, share, is_exit[j], effects)
            # What multiplies the weights of all changes no race.
            by_shares[n] = len(set(blocks.effects[begin:])) <= 1 and not any(blocks.is_exit[begin:])
            blocks.fill_up()
        first.append(len(blocks.site))
    rows = np.array(blocks.effects, np.float64).reshape(-1, COUNT, len(COVARIATES))
    with np.errstate(divide="ignore"):
        log_share, inverse_share = np.log(floats(blocks.share)), 1.0 / floats(blocks.share)
    return {
        "block_first": indices(first),
        "touchpoint_by_shares": np.array(by_shares, np.bool_),
        "visit_block": indices(own),
        "block_site": np.array(blocks.site, np.uint32),
        "block_purpose": np.array(blocks.purpose, np.uint32),
        "block_log_share": log_share,
        "block_inverse_share": inverse_share,
        "block_exit": np.array(blocks.is_exit, np.bool_),
        "block_effects": np.ascontiguousarray(rows.transpose(0, 2, 1)).ravel(),
    }


def _effects(scenario: Scenario, transition: Transition, role: Role) -> tuple[float, ...]:
    """The coefficients of a transition; personalization acts only on the way to a conversion (model 10.2)."""
    found = coefficients(scenario, transition, role)
    goal = next(touchpoint.goal for touchpoint in scenario.touchpoints if touchpoint.id == transition.target)
    if goal and goal.kind == "conversion":
        return found
    return tuple(0.0 if name == "personalization" else found[c] for c, name in enumerate(COVARIATES))
