"""The people behind the records: names and postcodes shared by chance, households, and what each has alone."""

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.draws import sites
from sim.draws.columns import four_uniforms
from sim.draws.sites import site
from sim.scenario.identity import Identity

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

_STARTS: Final = "Al Be Cla Da Ele Fe Gre Ha Ina Jo Ka Lé Ma Ni Ol Pe Ro Sö To Vi"
_ENDS: Final = "ra na rik line mar via lo sa ton ne"
GIVEN_NAMES: Final = tuple(map("".join, product(_STARTS.split(), _ENDS.split())))
"""200, the usual ones first."""
_STEMS: Final = (
    "Ash Bau Bren Clif Dal Eck Fal Gar Hol Ives Jan Kel Lind Mül Nor O'Con Pal Quin Rey Stan "
    "Tal Ul Var Wes Yor Zim Arn Bos Cor Dun Fri Gold Hav Kram Lar Mor Os Rød Sten Tho"
)
_TAILS: Final = (
    "er son ley man ski well ton berg ford dahl ing sen ham let don by more wood stein sby worth field ander mond row"
)
SURNAMES: Final = tuple(map("".join, product(_STEMS.split(), _TAILS.split())))
"""1,000, the usual ones first."""
POSTCODES: Final = tuple(f"{10_000 + 149 * k}" for k in range(500))
_FLATTEN: Final = 10


@dataclass(frozen=True)
class People:
    """What the organic customers are called and have; of devices and such, the number of whose it is."""

    given: Numbers
    """index among `GIVEN_NAMES`, shape (customers,)"""
    surname: Numbers
    """index among `SURNAMES`"""
    postcode: Numbers
    """index among `POSTCODES`"""
    former_postcode: Numbers
    device: Numbers
    """number of the customer whose device and cookie they use"""


def draw_people(identity: Identity, customers: int, seed: int) -> People:
    """The people with the numbers 0, 1, 2, …; each is the same however many there are."""
    numbers = np.arange(customers, dtype=np.uint64)
    given, surname, postcode, former = four_uniforms(numbers, site("identity"), sites.NAME, seed, 0)
    lives, shares, _, _ = four_uniforms(numbers, site("identity"), sites.HOUSEHOLD, seed, 0)
    people = np.arange(customers)
    first = people - people % 2
    together = lives[first] < identity.households
    one_device = together & (shares[first] < identity.shared_devices)
    own_surname, own_postcode = _common(surname, len(SURNAMES)), _common(postcode, len(POSTCODES))
    return People(
        given=_common(given, len(GIVEN_NAMES)),
        surname=np.where(together, own_surname[first], own_surname),
        postcode=np.where(together, own_postcode[first], own_postcode),
        former_postcode=_common(former, len(POSTCODES)),
        device=np.where(one_device, first, people),
    )


def _common(uniform: Floats, count: int) -> Numbers:
    """Which of so many it is, the k-th with weight 1 / (k + 10)."""
    reached = np.cumsum(1.0 / (np.arange(1, count + 1) + _FLATTEN))
    return np.minimum(np.searchsorted(reached / reached[-1], uniform), count - 1)
