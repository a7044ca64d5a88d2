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


@st.composite
def some_with_identities(draw: Draw, drawing: st.SearchStrategy[Drawn]) -> Drawn:
    """Drawn scenarios; where all channels are linked, every other one has identities instead."""
    drawn = draw(drawing)
    if drawn.arm["integration"]["mode"] != "omni" or not chance(draw, 50):
        return drawn
    return replace(drawn, arm=drawn.arm | {"identity": {}})


def drawn_profiles(scenario: Scenario, seed: int) -> Profiles | None:
    """Of each organic customer the profile with each channel's record, None without one; None without identities."""
    if scenario.identity is None or scenario.integration.mode != "omni":
        return None
    chance, channels = Random(seed), [channel.id for channel in scenario.channels if channel.enabled]
    return [
        {
            channel: None if chance.random() < _NOTHING_LEFT else chance.randrange(max(1, len(channels) - 1))
            for channel in channels
        }
        for _ in range(scenario.population.size)
    ]


def first_linked(profiles: Profiles | None, channels: tuple[str, ...]) -> NDArray[np.int16] | None:
    """The same as the engine takes it: the first channel of the same profile, below 0 where nothing was left."""
    if profiles is None:
        return None
    rows = [
        [
            -1 - at if mine[channel] is None else [mine[other] for other in channels].index(mine[channel])
            for at, channel in enumerate(channels)
        ]
        for mine in profiles
    ]
    return np.array(rows, np.int16).reshape(len(profiles), len(channels))
