import numpy as np
import pytest

from sim.draws.philox import block, cosine_of_turn, normal, philox, uniform32, uniform53


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
def test_philox_gives_the_known_answers_of_random123(counter, key, words):
    assert philox(*map(np.uint32, (*counter, *key))) == words


def test_a_block_puts_customer_site_purpose_and_occurrence_where_the_model_says():
    customer, purpose, occurrence = 2**32 + 5, 13, 7
    expected = philox(*map(np.uint32, (5, 1, 99, (purpose << 24) + occurrence, 2026, 3)))
    assert block(customer, 99, purpose, occurrence, 2026, 3) == expected


def test_uniforms_stay_inside_their_limits():
    largest = 0xFFFFFFFF
    assert 0 < uniform32(np.uint32(0)) < uniform32(np.uint32(largest)) < 1
    assert uniform53(np.uint32(0), np.uint32(0)) == 2.0**-53
    assert uniform53(np.uint32(largest), np.uint32(largest)) == 1.0


def test_the_most_extreme_normal_lies_within_the_tabulated_grid():
    assert 8.5 < normal(np.uint32(0), np.uint32(0), np.uint32(0)) < 8.75


def test_the_cosine_of_a_turn_is_within_one_unit_in_the_last_place_of_1():
    stream = np.random.default_rng(1)
    edges = [k * 2**29 + step for k in range(9) for step in (-1, 0, 1)]
    words = np.concatenate([np.clip(edges, 0, 2**32 - 1), stream.integers(0, 2**32, 20_000)]).astype(np.uint32)
    # With more digits than a float has.
    turn = (words.astype(np.longdouble) + np.longdouble(0.5)) / 2**32
    true = np.cos(2 * np.longdouble("3.14159265358979323846264338327950288") * turn)
    found = np.array([cosine_of_turn(word) for word in words])
    assert np.abs(found - true).max() <= np.spacing(1.0)
