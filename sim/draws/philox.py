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
    return math.sqrt(-2.0 * math.log(uniform53(w1, w2))) * cosine_of_turn(w3)


_COSINE = (
    4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05,
    -2.75573143513906633035e-07, 2.08757232129817482790e-09, -1.13596475577881948265e-11,
)  # fmt: skip
_SINE = (
    -1.66666666666666324348e-01, 8.33333333332248946124e-03, -1.98412698298579493134e-04,
    2.75573137070700676789e-06, -2.50507602534068634195e-08, 1.58969099521155010221e-10,
)  # fmt: skip
_QUARTERS, _HALF_A_QUARTER = np.int64(30), np.int64(1 << 29)
_WORD_IN_RADIANS = math.pi * 2.0**-31


@compiled
def cosine_of_turn(w: Word) -> float:
    """cos 2 pi u for the uniform number u that word w makes, by the polynomials of fdlibm (Sun Microsystems 1993).

    As u has 32 bits, how far it is from the next quarter of a turn is exact, which the cosine of a library has to find
    out: that takes it longer than all of this.
    """
    whole = np.int64(w)
    quarter = (whole + _HALF_A_QUARTER) >> _QUARTERS
    x = (np.float64(whole - (quarter << _QUARTERS)) + 0.5) * _WORD_IN_RADIANS
    z = x * x
    cosine = 1.0 - 0.5 * z + z * z * _polynomial(z, _COSINE)
    sine = x + x * z * _polynomial(z, _SINE)
    value = sine if quarter & 1 else cosine
    return -value if (quarter + 1) & 2 else value


@compiled
def _polynomial(x: float, c: tuple[float, float, float, float, float, float]) -> float:
    return c[0] + x * (c[1] + x * (c[2] + x * (c[3] + x * (c[4] + x * c[5]))))
