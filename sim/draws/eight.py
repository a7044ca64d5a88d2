"""Eight blocks at once: the words of the generator in a fraction of the time.

All that one visit needs of chance is known when it begins, so it is drawn together.
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
from sim.compiling.vectors import COUNT, I64, Eight, Row, narrowed, spread, widened

Floats = NDArray[np.float64]
Words = NDArray[np.uint32]

_LOW = 0xFFFFFFFF


@compiled
def draw_blocks(
    number: int, sites: Words, purposes: Words, begin: int, end: int, occurrence: int, k0: int, k1: int,
    words: Words, waits: Floats, log_waits: Floats,
) -> None:  # fmt: skip
    """Draw a customer's blocks (model 3.1) for the sites and purposes (times 2^24) from `begin` to `end`.

    `end - begin` is a multiple of eight. Their words go into the columns of `words`, shape (4, …), and for races
    -ln(u) of the first word and its logarithm into the two others, all from the front.
    """
    for at in range(begin, end, COUNT):
        _draw_eight(number, sites, purposes, at, occurrence, k0, k1, words, waits, log_waits, at - begin)


def _draw(
    context: Any, number: Any, sites: Any, purposes: Any, at: Any, occurrence: Any, k0: Any, k1: Any,
    words: Any, waits: Any, log_waits: Any, to: Any,
) -> tuple[Any, Any]:  # fmt: skip
    """Draw eight blocks, from a place in the lists to a place in the results."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        number, _, _, at, occurrence, k0, k1, _, _, _, to = arguments
        sites, purposes, words, waits, log_waits = (
            Row(context, builder, signature.args[place], arguments[place]) for place in (1, 2, 7, 8, 9)
        )
        block = _philox(
            spread(builder, builder.and_(number, I64(_LOW))),
            spread(builder, builder.lshr(number, I64(32))),
            widened(builder, sites.load(at)),
            widened(builder, purposes.load(at)) | spread(builder, builder.and_(occurrence, I64(0xFFFFFF))),
            builder.and_(k0, I64(_LOW)),
            builder.and_(k1, I64(_LOW)),
        )
        place = to
        for word in block:
            words.store(narrowed(word), place)
            place = builder.add(place, words.length(axis=1))
        wait = logarithm(_uniform32(block[0])) * -1.0
        waits.store(wait.value, to)
        log_waits.store(logarithm(wait).value, to)
        return context.get_dummy_value()

    whole = types.int64
    given = (whole, sites, purposes, whole, whole, whole, whole, words, waits, log_waits, whole)
    return types.void(*given), generate


_draw_eight: Callable[..., None] = intrinsic(_draw)


def _philox(c0: Eight, c1: Eight, c2: Eight, c3: Eight, k0: Any, k1: Any) -> tuple[Eight, Eight, Eight, Eight]:
    """`philox` eight times under one key; of the words, only the lower 32 bits count."""
    builder = c0.builder
    for _ in range(10):
        p0, p1 = (c0 & _LOW) * 0xD2511F53, (c2 & _LOW) * 0xCD9E8D57
        c0, c2 = (p1 >> 32) ^ c1 ^ spread(builder, k0), (p0 >> 32) ^ c3 ^ spread(builder, k1)
        c1, c3 = p1, p0
        k0 = builder.and_(builder.add(k0, I64(0x9E3779B9)), I64(_LOW))
        k1 = builder.and_(builder.add(k1, I64(0xBB67AE85)), I64(_LOW))
    return c0, c1, c2, c3


_TWO_52 = 0x4330000000000000
"""The bits of 2^52; with a whole number below that in the lower ones, those of the sum of both."""


def _uniform32(word: Eight) -> Eight:
    return (((word & _LOW) | _TWO_52).bits() - (2.0**52 - 0.5)) * 2.0**-32


_ONE, _ROOT_OF_HALF = 0x3FF0000000000000, 0x3FE6A09E667F3BCD
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_ODD = 6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01
_EVEN = 3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01


def logarithm(x: Eight) -> Eight:
    """Natural logarithms of positive floats that are not denormal, as in fdlibm (Sun Microsystems 1993).

    Less than one unit in the last place from the true ones.
    """
    shifted = x.bits() + (_ONE - _ROOT_OF_HALF)
    exponent = shifted >> 52
    k = (exponent | _TWO_52).bits() - (2.0**52 + 1023.0)
    f = (x.bits() - (exponent << 52) + _ONE).bits() - 1.0
    s = f / (f + 2.0)
    z = s * s
    w = z * z
    half = f * f * 0.5
    rest = (w * _polynomial(w, _EVEN)).plus(z, _polynomial(w, _ODD))
    return k * _LN2_HIGH - ((half - (k * _LN2_LOW).plus(s, half + rest)) - f)


def _polynomial(x: Eight, coefficients: Sequence[float]) -> Eight:
    """Its value at x, the coefficients from the lowest power on."""
    value = x.like(coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        value = x.like(coefficient).plus(value, x)
    return value
