"""Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (2011), and numbers made of its words."""

import math

import numpy as np

from sim.compiling.compiled import compiled

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint32(0x9E3779B9)
_W1 = np.uint32(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_TO_UNIT_32 = 2.0**-32
_TO_UNIT_53 = 2.0**-53

Word = np.uint32
Words = tuple[Word, Word, Word, Word]


@compiled
def philox(c0: Word, c1: Word, c2: Word, c3: Word, k0: Word, k1: Word) -> Words:
    """The four 32-bit words at counter (c0, c1, c2, c3) under key (k0, k1)."""
    for _ in range(10):
        p0 = _M0 * np.uint64(c0)
        p1 = _M1 * np.uint64(c2)
        n0 = np.uint32(p1 >> _32) ^ c1 ^ k0
        n2 = np.uint32(p0 >> _32) ^ c3 ^ k1
        c1 = np.uint32(p1 & _LOW)
        c3 = np.uint32(p0 & _LOW)
        c0 = n0
        c2 = n2
        k0 = np.uint32(k0 + _W0)
        k1 = np.uint32(k1 + _W1)
    return c0, c1, c2, c3


@compiled
def block(customer: int | np.uint64, site: int, purpose: int, occurrence: int, k0: int, k1: int) -> Words:
    """The block of four words that serves one purpose (model 3.1)."""
    number = np.uint64(customer)
    return philox(
        np.uint32(number & _LOW),
        np.uint32(number >> _32),
        np.uint32(site),
        np.uint32((purpose << 24) | (occurrence & 0xFFFFFF)),
        np.uint32(k0),
        np.uint32(k1),
    )


@compiled
def uniform32(w: Word) -> float:
    """A number strictly between 0 and 1 from one word (model 3.2)."""
    return (w + 0.5) * _TO_UNIT_32


@compiled
def uniform53(w1: Word, w2: Word) -> float:
    """A number above 0 and at most 1, with 53 bits, from two words (model 3.2)."""
    high = np.uint64(w1) >> np.uint64(5)
    low = np.uint64(w2) >> np.uint64(6)
    return float((high << np.uint64(26)) + low + np.uint64(1)) * _TO_UNIT_53


@compiled
def normal(w1: Word, w2: Word, w3: Word) -> float:
    """A standard normal by Box and Muller (1958) from three words (model 3.2)."""
    return math.sqrt(-2.0 * math.log(uniform53(w1, w2))) * math.cos(2.0 * math.pi * uniform32(w3))
