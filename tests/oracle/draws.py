"""Counter-based draws (model 3.1, 3.2): Philox4x32-10 of Salmon and others (2011), in plain Python integers."""

import math
import zlib
from functools import cache

Words = tuple[int, int, int, int]

SEGMENT = 1
ARRIVAL = 2
START = 3
TRAIT = 4
AFFINITY = 5
OPT_IN = 6
CONSENT = 7
ATTRIBUTE = 8
CHANNEL = 9
VISIT = 10
GOAL_VALUE = 11
SURVEY = 12
TRANSITION = 13
SERVICE = 14
PATIENCE = 15
MESSAGE = 16
TIME_TO_ACT = 17
HOLDOUT = 18
POLICY = 19
THROTTLE = 20
BOUGHT = 21
REFERRAL = 22
FRIEND = 23
FRIEND_ARRIVES = 24
LIKING = 30

WORD = 2**32


def philox(counter: Words, key: tuple[int, int]) -> Words:
    """The four output words of one block."""
    c0, c1, c2, c3 = counter
    for k0, k1 in keys_of_rounds(key):
        product0, product1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1 = (product1 >> 32) ^ c1 ^ k0, product1 & (WORD - 1)
        c2, c3 = (product0 >> 32) ^ c3 ^ k1, product0 & (WORD - 1)
    return c0, c1, c2, c3


@cache
def keys_of_rounds(key: tuple[int, int]) -> list[tuple[int, int]]:
    """The key of each of the ten rounds."""
    return [((key[0] + i * 0x9E3779B9) % WORD, (key[1] + i * 0xBB67AE85) % WORD) for i in range(10)]


class Draws:
    """All chance of one replication."""

    def __init__(self, seed: int, replication: int) -> None:
        self.key = (seed, replication)

    def words(self, customer: int, purpose: int, site: str, occurrence: int = 0) -> Words:
        """The block of one customer, purpose, site text and occurrence."""
        what = purpose * 2**24 + occurrence % 2**24
        return philox((customer % WORD, customer // WORD, site_number(site), what), self.key)

    def uniform(self, customer: int, purpose: int, site: str, occurrence: int = 0) -> float:
        """The 32-bit uniform of the block's first word."""
        return uniform32(self.words(customer, purpose, site, occurrence)[0])


def site_number(text: str) -> int:
    return zlib.crc32(text.encode("utf-8"))


def uniform32(word: int) -> float:
    return (word + 0.5) / 2**32


def uniform53(words: Words) -> float:
    """In (0, 1]."""
    return ((words[1] >> 5) * 2**26 + (words[2] >> 6) + 1) / 2**53


def normal(words: Words) -> float:
    """A standard normal, Box and Muller (1958)."""
    return math.sqrt(-2 * math.log(uniform53(words))) * math.cos(2 * math.pi * uniform32(words[3]))


def first_in_race(weights: list[float], uniforms: list[float]) -> int | None:
    """Index of the winner (model 3.3); None where no weight is above 0."""
    winner = None
    soonest = math.inf
    for index, (weight, uniform) in enumerate(zip(weights, uniforms, strict=True)):
        if weight > 0:
            time = -math.log(uniform) / weight
            if winner is None or time < soonest:
                winner, soonest = index, time
    return winner
