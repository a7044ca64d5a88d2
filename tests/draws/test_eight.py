import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import types
from numba.extending import intrinsic

from sim.compiling.compiled import compiled
from sim.compiling.vectors import COUNT, Eight, Row
from sim.draws.eight import draw_blocks, draw_column, logarithm, round_keys
from sim.draws.philox import block, uniform32
from sim.draws.races import race, race_of_shares
from sim.scenario.journey import COVARIATES

WORD = st.integers(0, 2**32 - 1)


def drawn(number: int, sites: list[int], purposes: list[int], occurrence: int, key: tuple[int, int]):
    """Words, shape (4, blocks), and waits and their logarithms."""
    count = len(sites)
    words, waits, logs = np.zeros((4, count + COUNT), np.uint64), np.zeros(count + COUNT), np.zeros(count + COUNT)
    purpose = np.array(purposes, np.uint32) << np.uint32(24)
    at = np.array(sites, np.uint32)
    draw_blocks(np.uint64(number), at, purpose, 0, count, occurrence, round_keys(*key), True, words, waits, logs)
    return words[:, :count].astype(np.uint32), waits[:count], logs[:count]


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_eight_at_once_give_the_known_answers_of_random123(counter, key, words):
    low, high, site, last = counter
    found, _, _ = drawn(low + (high << 32), [site] * 8, [last >> 24] * 8, last & 0xFFFFFF, key)
    assert (found == np.array(words, np.uint32)[:, None]).all()


@settings(deadline=None, max_examples=30)
@given(
    st.integers(0, 2**64 - 1),
    st.lists(st.tuples(WORD, st.integers(0, 255)), min_size=8, max_size=24),
    st.integers(0, 2**30),
    st.tuples(WORD, WORD),
)
def test_eight_at_once_are_the_blocks_that_one_at_a_time_gives(number, asked, occurrence, key):
    asked = asked[: len(asked) // 8 * 8]
    words, waits, logs = drawn(number, *map(list, zip(*asked, strict=True)), occurrence, key)
    for index, (site, purpose) in enumerate(asked):
        alone = block(np.uint64(number), site, purpose, occurrence, *key)
        assert tuple(words[:, index]) == alone
        wait = -math.log(uniform32(alone[0]))
        assert abs(waits[index] - wait) <= math.ulp(wait)
        assert abs(logs[index] - math.log(waits[index])) <= math.ulp(math.log(waits[index]))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 2**64 - 1), min_size=8, max_size=8), WORD, st.integers(0, 255), st.tuples(WORD, WORD))
def test_eight_customers_at_once_have_the_blocks_that_each_has_alone(numbers, site, purpose, key):
    words, waits = np.zeros((4, COUNT), np.uint64), np.zeros(COUNT)
    everybody = np.array([*[7] * COUNT, *numbers], np.uint64)
    draw_column(everybody, COUNT, site, purpose, round_keys(*key), words, waits)
    for position, number in enumerate(numbers):
        alone = block(np.uint64(number), site, purpose, 0, *key)
        assert tuple(words[:, position].astype(np.uint32)) == alone
        wait = -math.log(uniform32(alone[0]))
        assert abs(waits[position] - wait) <= math.ulp(wait)


@intrinsic
def _logarithms(context: Any, given: Any, found: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        start = context.get_constant(types.int64, 0)
        rows = zip(signature.args, arguments, strict=True)
        given, found = (Row(context, builder, kind, array) for kind, array in rows)
        found.store(logarithm(Eight(builder, given.load(start))).value, start)
        return context.get_dummy_value()

    return types.void(given, found), generate


@compiled
def logarithms(given, found):
    for at in range(0, given.shape[0], COUNT):
        _logarithms(given[at : at + COUNT], found[at : at + COUNT])


def test_eight_logarithms_are_within_one_unit_in_the_last_place():
    stream = np.random.default_rng(1)
    ends = np.array([0, 1, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1])
    u = (np.concatenate([ends, stream.integers(0, 2**32, 20_000)]) + 0.5) * 2.0**-32
    other = np.exp(stream.uniform(-708, 709, 20_000))
    around = [np.nextafter(x, towards) for x in (1.0, math.sqrt(0.5), math.sqrt(2.0)) for towards in (0.0, 9.0)]
    x = np.concatenate([u, -np.log(u), other, [1.0, 2.0**-1022, np.finfo(float).max, *around]])
    x = x[: len(x) // COUNT * COUNT]
    found = np.empty(len(x))
    logarithms(x, found)
    true = np.array(list(map(math.log, x.tolist())))
    assert (np.abs(found - true) <= np.spacing(np.abs(true))).all()


def raced(waits, shares, exits, effects, x, attrition):
    """The winner of a race, from one number or row for each that races; shares and attrition are no logarithms."""
    more = -len(waits) % COUNT
    effects = np.concatenate([np.array(effects, float), np.zeros((more, len(COVARIATES)))])
    rows = effects.reshape(-1, COUNT, len(COVARIATES)).transpose(0, 2, 1).ravel()
    with np.errstate(divide="ignore"):
        log_share, log_attrition = np.log([*shares, *[0.0] * more]), float(np.log(attrition))
    log_wait = np.log([*waits, *[1e-9] * more])
    return race(log_wait, log_share, np.array([*exits, *[False] * more]), rows, 0, len(log_share), x, log_attrition)


@pytest.mark.parametrize("count", [1, 5, 8, 9, 30])
def test_a_race_is_won_by_the_least_time_of_those_that_take_part(count):
    stream = np.random.default_rng(count)
    for _ in range(40):
        waits, shares = stream.exponential(size=count), stream.choice([0.0, 0.2, 3.0], count)
        exits, effects = stream.random(count) < 0.3, stream.normal(size=(count, len(COVARIATES)))
        x, attrition = stream.normal(size=len(COVARIATES)), stream.choice([0.0, 0.5, 2.0])
        with np.errstate(divide="ignore"):
            times = waits / (shares * np.where(exits, attrition, 1.0) * np.exp(effects @ x))
        expected = int(times.argmin()) if np.isfinite(times).any() else -1
        assert raced(waits, shares, exits, effects, x, attrition) == expected


@pytest.mark.parametrize("count", [1, 5, 8, 9, 30])
def test_a_race_of_shares_alone_is_won_by_the_least_time_and_of_equal_ones_by_the_first(count):
    stream = np.random.default_rng(count)
    for _ in range(40):
        waits, shares = stream.choice([0.2, 0.7, 1.1], count), stream.choice([0.0, 0.2, 3.0], count)
        with np.errstate(divide="ignore"):
            inverse = 1.0 / np.array([*shares, *[0.0] * (-count % COUNT)])
        expected = int((waits * inverse[:count]).argmin()) if shares.any() else -1
        assert race_of_shares(np.array([*waits, *[1e-9] * (-count % COUNT)]), inverse, 0, len(inverse)) == expected


def test_equal_times_go_to_the_first_and_weights_too_small_for_a_float_do_not_take_part():
    x = np.zeros(len(COVARIATES))
    x[0] = 1.0
    none, far = np.zeros(len(COVARIATES)), np.eye(len(COVARIATES))[0]
    assert raced([0.3] * 11, [1.0] * 11, [False] * 11, [none] * 11, x, 1.0) == 0
    assert raced([0.3] * 11, [0.5] * 9 + [1.0] * 2, [False] * 11, [none] * 11, x, 1.0) == 9
    assert raced([0.3], [1.0], [False], [-744.0 * far], x, 1.0) == 0
    assert raced([0.3], [1.0], [False], [-746.0 * far], x, 1.0) == -1
    assert raced([0.3, 0.2], [1.0] * 2, [False] * 2, [800.0 * far, 700.0 * far], x, 1.0) == 0
    assert raced([0.3], [1.0], [True], [none], x, 0.0) == -1
