"""Which faults are tried: drawn at a fixed seed, as many of each kind, so that no frequent kind is most of them."""

import random
from functools import cache

from tests.mutation.faults import Fault, faults_of, sources


def draw(count: int, seed: int) -> list[Fault]:
    """So many different faults: for each a kind is drawn among all kinds, then one of that kind among all sources."""
    chance = random.Random(seed)
    waiting = {kind: chance.sample(found, len(found)) for kind, found in sorted(_by_kind().items())}
    return [waiting[chance.choice(sorted(waiting))].pop() for _ in range(count)]


@cache
def _by_kind() -> dict[str, list[Fault]]:
    kinds: dict[str, list[Fault]] = {}
    for file in sources():
        for fault in faults_of(file):
            kinds.setdefault(fault.kind, []).append(fault)
    return kinds
