"""Statistical tests of a stream of blocks of four 32-bit words, counted in one compiled pass.

For each of the four words of a block, along the stream (Knuth 1997, 3.3; Wald and Wolfowitz's turning points; the
distance of neighbours is Hamming's):

- *bytes*: the frequency of each value of each byte, chi-squared; and of each bit, normal;
- *pairs*: the leading six bits of two neighbours, 4,096 cells, chi-squared;
- *correlation*: of neighbours, and of the words of one block, normal;
- *turning points*: values above or below both neighbours, normal;
- *poker*: the number of different hexadecimal digits in a word, chi-squared;
- *distance*: the bits in which neighbours differ, chi-squared against the binomial distribution;
- *gaps*: blocks between two words below a sixteenth of their range, chi-squared against the geometric distribution.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.compiling.compiled import compiled
from tests.draws.layouts import nth

LONGEST_GAP = 255
_GAP = 1 << 28
_TO_CENTRED = 2.0**-32
Counts = NDArray[np.int64]


@compiled
def ones(word: int) -> int:
    """How many bits of a 32-bit number are set."""
    x = np.uint32(word)
    x = np.uint32(x - ((x >> np.uint32(1)) & np.uint32(0x55555555)))
    x = np.uint32((x & np.uint32(0x33333333)) + ((x >> np.uint32(2)) & np.uint32(0x33333333)))
    x = np.uint32((x + (x >> np.uint32(4))) & np.uint32(0x0F0F0F0F))
    return np.int64(np.uint32(x * np.uint32(0x01010101)) >> np.uint32(24))


@compiled
def count(
    generator: int, layout: int, used: NDArray[np.int64], blocks: int,
    of_bytes: Counts, pairs: Counts, digits: Counts, distances: Counts, gaps: Counts, turns: Counts,
    neighbours: NDArray[np.float64], inside: NDArray[np.float64],
) -> None:  # fmt: skip
    """Fill the counters, from blocks 0, 1, … of a layout; their shapes are those in `p_values`."""
    word, last, before = np.zeros(4, np.int64), np.zeros(4, np.int64), np.zeros(4, np.int64)
    since = np.full(4, -1, np.int64)
    u, old = np.zeros(4), np.zeros(4)
    for k in range(blocks):
        word[0], word[1], word[2], word[3] = nth(generator, layout, used, k)
        for j in range(4):
            w = word[j]
            for index in range(4):
                of_bytes[4 * j + index, (w >> (8 * index)) & 0xFF] += 1
            seen = 0
            for index in range(8):
                seen |= 1 << ((w >> (4 * index)) & 0xF)
            digits[j, ones(seen)] += 1
            u[j] = (w + 0.5) * _TO_CENTRED - 0.5
            if since[j] >= 0:
                since[j] += 1
            if w < _GAP:
                if since[j] > 0:
                    gaps[j, min(since[j] - 1, LONGEST_GAP)] += 1
                since[j] = 0
            if k > 0:
                neighbours[j] += u[j] * old[j]
                distances[j, ones(w ^ last[j])] += 1
                if k & 1:
                    pairs[j, (last[j] >> 26 << 6) | (w >> 26)] += 1
            if k > 1 and (w > last[j]) != (last[j] > before[j]):
                turns[j] += 1
            before[j], last[j], old[j] = last[j], w, u[j]
        inside[0] += u[0] * u[1]
        inside[1] += u[0] * u[2]
        inside[2] += u[0] * u[3]
        inside[3] += u[1] * u[2]
        inside[4] += u[1] * u[3]
        inside[5] += u[2] * u[3]


def p_values(generator: int, layout: int, used: NDArray[np.int64], blocks: int) -> dict[str, float]:
    """The p-value of each test, of both tails, by name."""
    of_bytes, pairs = np.zeros((16, 256), np.int64), np.zeros((4, 4096), np.int64)
    digits, distances = np.zeros((4, 9), np.int64), np.zeros((4, 33), np.int64)
    gaps, turns = np.zeros((4, LONGEST_GAP + 1), np.int64), np.zeros(4, np.int64)
    neighbours, inside = np.zeros(4), np.zeros(6)
    count(generator, layout, used, blocks, of_bytes, pairs, digits, distances, gaps, turns, neighbours, inside)
    return dict(_tests(blocks, of_bytes, pairs, digits, distances, gaps, turns, neighbours, inside))


def _tests(
    blocks: int, of_bytes: Counts, pairs: Counts, digits: Counts, distances: Counts, gaps: Counts, turns: Counts,
    neighbours: NDArray[np.float64], inside: NDArray[np.float64],
) -> Iterator[tuple[str, float]]:  # fmt: skip
    for index in range(16):
        name = f"word {index // 4} byte {index % 4}"
        yield f"{name} values", chi_squared(of_bytes[index], np.full(256, 1 / 256))
        for bit in range(8):
            set_ = of_bytes[index][(np.arange(256) >> bit) & 1 == 1].sum()
            yield f"{name} bit {bit}", two_tails((set_ - blocks / 2) / math.sqrt(blocks / 4))
    gap = np.append((15 / 16) ** np.arange(LONGEST_GAP) / 16, (15 / 16) ** LONGEST_GAP)
    for j in range(4):
        yield f"word {j} pairs", chi_squared(pairs[j], np.full(4096, 1 / 4096))
        yield f"word {j} poker", chi_squared(digits[j], different_digits())
        yield f"word {j} distance", chi_squared(distances[j], stats.binom.pmf(np.arange(33), 32, 0.5))
        yield f"word {j} gaps", chi_squared(gaps[j], gap)
        yield f"word {j} neighbours", two_tails(neighbours[j] * 12 / math.sqrt(blocks - 1))
        expected, spread = 2 * (blocks - 2) / 3, math.sqrt((16 * blocks - 29) / 90)
        yield f"word {j} turning points", two_tails((turns[j] - expected) / spread)
    for pair, product in zip(("0 1", "0 2", "0 3", "1 2", "1 3", "2 3"), inside, strict=True):
        yield f"words {pair}", two_tails(product * 12 / math.sqrt(blocks))


def two_tails(z: float) -> float:
    return float(2 * stats.norm.sf(abs(z)))


def chi_squared(counts: Counts, shares: NDArray[np.float64]) -> float:
    """Too far from the shares, or too near to them; cells that expect less than 10 are joined."""
    expected = shares / shares.sum() * counts.sum()
    rare = expected < 10
    if rare.all():
        return 0.0  # what is counted hardly ever happened
    if rare.any():
        joined = np.argmin(np.where(rare, np.inf, expected))  # with the least of the others
        expected[joined] += expected[rare].sum()
        counts = counts.copy()
        counts[joined] += counts[rare].sum()
        counts, expected = counts[~rare], expected[~rare]
    statistic = float((np.square(counts - expected) / expected).sum())
    freedom = len(expected) - 1
    return min(1.0, 2 * float(min(stats.chi2.sf(statistic, freedom), stats.chi2.cdf(statistic, freedom))))


def different_digits() -> NDArray[np.float64]:
    """The probability that 8 hexadecimal digits are of 0, 1, …, 8 kinds."""
    chances = np.zeros(9)
    chances[0] = 1.0
    for _ in range(8):
        kinds = np.arange(9)
        chances = chances * kinds / 16 + np.append(0.0, (chances * (16 - kinds) / 16)[:-1])
    return chances
