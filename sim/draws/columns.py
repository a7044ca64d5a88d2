"""Numbers of chance for each of many customers."""

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.compiling.vectors import COUNT
from sim.draws.eight import draw_column, round_keys
from sim.draws.philox import Word, uniform32

Floats = NDArray[np.float64]
Numbers = NDArray[np.uint64]


def filled_up(number: Numbers) -> Numbers:
    """The numbers of customers, and zeros up to a multiple of eight."""
    return np.concatenate([number, np.zeros(-len(number) % COUNT, np.uint64)])


def uniforms(number: Numbers, site: int, purpose: int, seed: int, replication: int) -> Floats:
    """A 32-bit uniform number (model 3.2) for each customer's site and purpose, shape (customers,)."""
    # As a number of Python's: for one of numpy's type it would be compiled once more.
    return _uniforms(filled_up(number), int(site), purpose, round_keys(seed, replication))[: len(number)]


def four_uniforms(number: Numbers, site: int, purpose: int, seed: int, replication: int) -> Floats:
    """The 32-bit uniform numbers of all four words for each customer's site and purpose, shape (4, customers)."""
    return _four_uniforms(filled_up(number), site, purpose, round_keys(seed, replication))[:, : len(number)]


@compiled
def _uniforms(numbers: Numbers, site: int, purpose: int, keys: Numbers) -> Floats:
    words, waits = np.empty((4, COUNT), np.uint64), np.empty(COUNT)
    drawn = np.empty(numbers.shape[0])
    for at in range(0, numbers.shape[0], COUNT):
        draw_column(numbers, at, site, purpose, keys, words, waits)
        for k in range(COUNT):
            drawn[at + k] = uniform32(Word(words[0, k]))
    return drawn


@compiled
def _four_uniforms(numbers: Numbers, site: int, purpose: int, keys: Numbers) -> Floats:
    words, waits = np.empty((4, COUNT), np.uint64), np.empty(COUNT)
    drawn = np.empty((4, numbers.shape[0]))
    for at in range(0, numbers.shape[0], COUNT):
        draw_column(numbers, at, site, purpose, keys, words, waits)
        for word in range(4):
            for k in range(COUNT):
                drawn[word, at + k] = uniform32(Word(words[word, k]))
    return drawn
