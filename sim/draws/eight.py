"""Eight blocks at once: the words of the generator in a fraction of the time.

All that one visit needs of chance is known when it begins, so it is drawn together; and when customers are drawn, eight
of them are drawn together.
"""

# mypy: disable-error-code="untyped-decorator"
# (Numba's interface for extensions has no types that fit it.)

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.compiling.vectors import COUNT, I64, Eight, Row, spread, widened

Floats = NDArray[np.float64]
Words = NDArray[np.uint32]
WideWords = NDArray[np.uint64]

_LOW = 0xFFFFFFFF
_ROUNDS = 10


def round_keys(k0: int, k1: int) -> WideWords:
    """The keys of a replication's ten rounds: those of the first word, then those of the second, shape (20,)."""
    steps = np.arange(_ROUNDS, dtype=np.uint64)
    keys = [np.uint64(k0) + steps * np.uint64(0x9E3779B9), np.uint64(k1) + steps * np.uint64(0xBB67AE85)]
    return np.concatenate(keys) & np.uint64(_LOW)


@compiled
def draw_blocks(
    number: int, sites: Words, purposes: Words, begin: int, end: int, occurrence: int, keys: WideWords, logs: bool,
    words: WideWords, waits: Floats, log_waits: Floats,
) -> None:  # fmt: skip
    """Draw a customer's blocks (model 3.1) for the sites and purposes (times 2^24) from `begin` to `end`.

    `end - begin` is a multiple of eight. Their words go into the columns of `words`, shape (4, …), where only the lower
    32 bits count, and for races -ln(u) of the first word into `waits`, all from the front; with `logs`, the logarithms
    of these go into `log_waits`.
    """
    for at in range(begin, end, COUNT):
        _draw_eight(number, sites, purposes, at, occurrence, keys, words, waits, at - begin)
        if logs:
            _take_logarithms(waits, log_waits, at - begin)


def _draw(
    context: Any, number: Any, sites: Any, purposes: Any, at: Any, occurrence: Any, keys: Any,
    words: Any, waits: Any, to: Any,
) -> tuple[Any, Any]:  # fmt: skip
    """Draw eight blocks, from a position in the lists to a position in the results."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        number, _, _, at, occurrence, _, _, _, to = arguments
        sites, purposes, keys, words, waits = (
            Row(context, builder, signature.args[position], arguments[position]) for position in (1, 2, 5, 6, 7)
        )
        block = _philox(
            spread(builder, builder.and_(number, I64(_LOW))),
            spread(builder, builder.lshr(number, I64(32))),
            widened(builder, sites.load(at)),
            widened(builder, purposes.load(at)) | spread(builder, builder.and_(occurrence, I64(0xFFFFFF))),
            keys,
        )
        position = to
        for word in block:
            words.store(word.value, position)
            position = builder.add(position, words.length(axis=1))
        waits.store(_wait(block[0]).value, to)
        return context.get_dummy_value()

    whole = types.int64
    return types.void(whole, sites, purposes, whole, whole, keys, words, waits, whole), generate


_draw_eight: Callable[..., None] = intrinsic(_draw)


def _logarithms(context: Any, given: Any, results: Any, at: Any) -> tuple[Any, Any]:
    """The logarithms of eight of `given`, into the same positions of `results`."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        given, results = (Row(context, builder, signature.args[row], arguments[row]) for row in (0, 1))
        results.store(logarithm(Eight(builder, given.load(arguments[2]))).value, arguments[2])
        return context.get_dummy_value()

    return types.void(given, results, types.int64), generate


_take_logarithms: Callable[..., None] = intrinsic(_logarithms)


@compiled
def draw_column(
    numbers: WideWords, at: int, site: int, purpose: int, keys: WideWords, words: WideWords, waits: Floats
) -> None:
    """Draw the first block for a site and a purpose of each of eight customers, those from position `at` on.

    Their words go into the columns of `words`, shape (4, 8), where only the lower 32 bits count, and -ln(u) of the
    first word into `waits`, shape (8,).
    """
    _draw_column(numbers, at, site, purpose << 24, keys, words, waits)


def _column(
    context: Any, numbers: Any, at: Any, site: Any, purpose: Any, keys: Any, words: Any, waits: Any
) -> tuple[Any, Any]:
    """Draw one block of each of eight customers."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, at, site, purpose, _, _, _ = arguments
        numbers, keys, words, waits = (
            Row(context, builder, signature.args[position], arguments[position]) for position in (0, 4, 5, 6)
        )
        number = Eight(builder, numbers.load(at))
        block = _philox(number & _LOW, number >> 32, spread(builder, site), spread(builder, purpose), keys)
        for position, word in enumerate(block):
            words.store(word.value, I64(position * COUNT))
        waits.store(_wait(block[0]).value, I64(0))
        return context.get_dummy_value()

    whole = types.int64
    return types.void(numbers, whole, whole, whole, keys, words, waits), generate


_draw_column: Callable[..., None] = intrinsic(_column)


def _philox(c0: Eight, c1: Eight, c2: Eight, c3: Eight, keys: Row) -> tuple[Eight, Eight, Eight, Eight]:
    """`philox` eight times under one key; of the words, only the lower 32 bits count."""
    builder = c0.builder
    for number in range(_ROUNDS):
        k0, k1 = (spread(builder, keys.one(first + number)) for first in (0, _ROUNDS))
        p0, p1 = (c0 & _LOW) * 0xD2511F53, (c2 & _LOW) * 0xCD9E8D57
        c0, c2 = (p1 >> 32) ^ c1 ^ k0, (p0 >> 32) ^ c3 ^ k1
        c1, c3 = p1, p0
    return c0, c1, c2, c3


_ONE, _ROOT_OF_HALF, _FRACTION = 0x3FF0000000000000, 0x3FE6A09E667F3BCD, 0xFFFFFFFFFFFFF
_TWO_52 = 0x4330000000000000
"""The bits of 2^52; with a whole number below that in the lower ones, those of the sum of both."""
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_ODD = 6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860510658591e-01
_EVEN = 3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01


def logarithm(x: Eight) -> Eight:
    """Natural logarithms of positive floats that are not denormal, as in fdlibm (Sun Microsystems 1993).

    Less than one unit in the last place from the true ones.
    """
    k, rest = _parts(x)
    return k * _LN2_HIGH - rest


def _wait(word: Eight) -> Eight:
    """-ln(u) of the uniform number u = (w + 0.5) / 2^32 that word w makes (model 3.2)."""
    k, rest = _parts(((word & _LOW) | _TWO_52).bits() - (2.0**52 - 0.5), divided_by_two_to=32)
    return rest - k * _LN2_HIGH


def _parts(x: Eight, divided_by_two_to: int = 0) -> tuple[Eight, Eight]:
    """What the logarithm is made of: k and r for k ln 2 (its higher part) - r."""
    shifted = x.bits() + (_ONE - _ROOT_OF_HALF)
    k = ((shifted >> 52) | _TWO_52).bits() - (2.0**52 + 1023.0 + divided_by_two_to)
    m = ((shifted & _FRACTION) + _ROOT_OF_HALF).bits()
    f = m - 1.0
    s = f / (m + 1.0)
    z = s * s
    w = z * z
    half = f * f * 0.5
    rest = (w * _polynomial(w, _EVEN)).plus(z, _polynomial(w, _ODD))
    return k, (half - (k * _LN2_LOW).plus(s, half + rest)) - f


def _polynomial(x: Eight, coefficients: Sequence[float]) -> Eight:
    """Its value at x, the coefficients from the lowest power on."""
    value = x.like(coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        value = x.like(coefficient).plus(value, x)
    return value
