"""Which of a customer's channels the brand has put together: at random, since parity must not hang on a method."""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.scenario.scenario import Scenario
from tests.strategies import Draw, Drawn, chance

from .simulate import Profiles

_NOTHING_LEFT = 0.15
_CONFUSED = 0.6


@st.composite
def some_with_identities(draw: Draw, drawing: st.SearchStrategy[Drawn]) -> Drawn:
    """Drawn scenarios; where all channels are linked, every other one has identities instead."""
    drawn = draw(drawing)
    if drawn.arm["integration"]["mode"] != "omni" or not chance(draw, 50):
        return drawn
    return replace(drawn, arm=drawn.arm | {"identity": {}})


@st.composite
def all_with_identities(draw: Draw, drawing: st.SearchStrategy[Drawn]) -> Drawn:
    """Drawn scenarios, all with identities, so that some profiles are mixed."""
    drawn = draw(drawing)
    return replace(drawn, arm=drawn.arm | {"integration": drawn.arm["integration"] | {"mode": "omni"}, "identity": {}})


def drawn_profiles(scenario: Scenario, seed: int) -> Profiles | None:
    """Of each organic customer the profile with each channel's record, None without one; None without identities.

    Some are taken for the one before them on some channels, and some with these for the one before that.
    """
    if scenario.identity is None or scenario.integration.mode != "omni":
        return None
    chance, channels = Random(seed), [channel.id for channel in scenario.channels if channel.enabled]
    apart = max(1, len(channels) - 1)
    drawn: list[dict[str, int | None]] = []
    for customer in range(scenario.population.size):
        confused = customer > 0 and chance.random() < _CONFUSED
        mine: dict[str, int | None] = {}
        for channel in channels:
            mine[channel] = None if chance.random() < _NOTHING_LEFT else apart * customer + chance.randrange(apart)
            if confused and mine[channel] is not None and chance.random() < 0.5:
                mine[channel] = drawn[-1][chance.choice(channels)]
        drawn.append(mine)
    return drawn


def numbered(profiles: Profiles | None, channels: tuple[str, ...]) -> NDArray[np.int32] | None:
    """The same as the engine takes it: another number below 0 for each channel where nothing was left."""
    if profiles is None:
        return None
    rows = [
        [-1 - at if mine[channel] is None else mine[channel] for at, channel in enumerate(channels)]
        for mine in profiles
    ]
    return np.array(rows, np.int32).reshape(len(profiles), len(channels))
