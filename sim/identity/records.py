"""Records: what each customer leaves behind on each channel (model 23)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.draws import sites
from sim.draws.columns import four_uniforms
from sim.draws.sites import site
from sim.identity.normalising import Texts, latin
from sim.identity.people import GIVEN_NAMES, POSTCODES, SURNAMES, People, draw_people
from sim.identity.spelling import is_typed, mistyped, spelled
from sim.scenario.identity import KINDS, Identity, Kind, left_on
from sim.scenario.resolve import enabled_channels
from sim.scenario.scenario import Scenario

_PHONES = 1_000_000_000
_SCATTER = 387_420_489
"""Has no factor in common with the number of phone numbers, so no two people have the same."""


@dataclass(frozen=True)
class Records:
    """What the organic customers leave behind; record `customer * channels + channel` is theirs on that channel."""

    customers: int
    channels: tuple[str, ...]
    """the enabled ones, in file order"""
    written: Mapping[Kind, Texts]
    """each identifier as it was left, shape (records,); empty where it was not"""

    @property
    def count(self) -> int:
        """How many there are."""
        return self.customers * len(self.channels)


def draw_records(scenario: Scenario, seed: int) -> Records:
    """The records of a scenario with `[identity]`; the same in every replication."""
    identity = scenario.identity or Identity()
    customers = scenario.population.size
    people = draw_people(identity, customers, seed)
    channels = enabled_channels(scenario)
    written: dict[Kind, Texts] = {}
    for kind in KINDS:
        columns = np.full((customers, len(channels)), "", dtype=object)
        for c, channel in enumerate(channels):
            share = left_on(channel.kind, channel.identifiers)[kind]
            if share > 0:
                columns[:, c] = _column(kind, channel.id, share, identity, people, seed)
        written[kind] = columns.reshape(-1)
    return Records(customers, tuple(channel.id for channel in channels), written)


def _column(kind: Kind, channel: str, share: float, identity: Identity, people: People, seed: int) -> Texts:
    """What everybody leaves of a kind on a channel, shape (customers,)."""
    customers = len(people.given)
    numbers, draws = np.arange(customers, dtype=np.uint64), site(f"channel:{channel}@{kind}")
    left, old, typo, spelling = four_uniforms(numbers, draws, sites.IDENTIFIER, seed, 0)
    outdated = old < getattr(identity.outdated, kind, 0.0)
    wrong = typo < getattr(identity.typos, kind, 0.0)
    column = np.full(customers, "", dtype=object)
    leaves = np.flatnonzero(left < share)
    value = _VALUES[kind]
    for i, former in zip(leaves.tolist(), outdated[leaves].tolist(), strict=True):
        column[i] = value(people, i, former, channel)
    erring = leaves[wrong[leaves]]
    if len(erring):
        where, which, what, _ = four_uniforms(erring.astype(np.uint64), draws, sites.TYPING_ERROR, seed, 0).tolist()
        for k, i in enumerate(erring.tolist()):
            column[i] = mistyped(column[i], kind, where[k], which[k], what[k])
    if is_typed(kind):
        for i, uniform in zip(leaves.tolist(), spelling[leaves].tolist(), strict=True):
            column[i] = spelled(column[i], kind, uniform)
    return column


def _email(people: People, i: int, former: bool, channel: str) -> str:
    given, surname = latin(GIVEN_NAMES[people.given[i]]), latin(SURNAMES[people.surname[i]])
    return f"{given}{i}@web.example" if former else f"{given}.{surname}{i}@post.example"


def _phone(people: People, i: int, former: bool, channel: str) -> str:
    return f"{((2 * i + former) * _SCATTER + 1) % _PHONES:09d}"


def _name(people: People, i: int, former: bool, channel: str) -> str:
    return f"{GIVEN_NAMES[people.given[i]]} {SURNAMES[people.surname[i]]}"


def _postcode(people: People, i: int, former: bool, channel: str) -> str:
    return POSTCODES[int((people.former_postcode if former else people.postcode)[i])]


_VALUES: Mapping[Kind, Callable[[People, int, bool, str], str]] = {
    "customer_id": lambda people, i, former, channel: f"C{i}",
    "email": _email,
    "phone": _phone,
    "device": lambda people, i, former, channel: f"former-{i}" if former else f"device-{people.device[i]}",
    "cookie": lambda people, i, former, channel: f"lost-{channel}-{i}" if former else f"cookie-{people.device[i]}",
    "name": _name,
    "postcode": _postcode,
}
