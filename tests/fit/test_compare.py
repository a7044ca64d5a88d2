"""The statistics that set a scenario beside its log, each on an example small enough to be worked out by hand."""

import numpy as np
import pytest
from scipy.stats import chi2, fisher_exact

from sim.fit.compare import Range, moved_shares, quantile, resampled, same_cycles, share_interval, spread
from sim.fit.counting import Cycles
from tests.fit.by_hand import counts_of, log_of


def cycles_of(*days: float, still_open: tuple[int, ...] = ()) -> Cycles:
    """Cycle times in the order of their cases; those with the indices `still_open` may go on."""
    ended = np.ones(len(days), dtype=bool)
    ended[list(still_open)] = False
    return Cycles(np.array(days, dtype=float), ended)


def test_a_share_interval_is_as_wilson_wrote_it() -> None:
    # (p + z² / 2n ± z sqrt(p (1 - p) / n + z² / 4n²)) / (1 + z² / n) with p = 0.2, n = 25 and z = 1.959964
    assert share_interval(5, 25) == (pytest.approx(0.08860, abs=1e-5), pytest.approx(0.39130, abs=1e-5))
    assert share_interval(0, 25)[0] == 0.0
    assert share_interval(25, 25)[1] == 1.0


@pytest.mark.parametrize("tenth", range(1, 11))
def test_a_quantile_is_the_first_time_by_which_that_share_has_ended(tenth: int) -> None:
    assert quantile(cycles_of(7, 3, 10, 1, 5, 2, 9, 4, 8, 6), tenth / 10) == tenth


def test_cases_that_are_open_leave_the_others_to_tell_how_many_would_have_ended() -> None:
    # Three quarters are left after 1; one of the two left ends at 3, so 3/8 last longer; nobody knows of the last.
    found = cycles_of(5, 1, 2, 3, still_open=(0, 2))
    assert [quantile(found, share) for share in (0.25, 0.3, 0.625, 0.63)] == [1, 3, 3, None]
    # Of two at the same time one has ended.
    assert [quantile(cycles_of(2, 2, still_open=(1,)), share) for share in (0.5, 0.6)] == [2, None]
    assert quantile(cycles_of(), 0.5) is None


def test_a_range_leaves_out_one_in_forty_figures_on_either_side() -> None:
    figures = [float(each) for each in range(121)]
    assert spread(figures[::-1]) == Range(60.0, 3.0, 117.0)
    # Those that were not reached count as the largest.
    assert spread([None, *figures[:119], None]) == Range(60.0, 3.0, 117.0)
    assert spread([None, *figures[:117], None, None, None]) == Range(60.0, 3.0, None)
    assert spread([None, None, 1.0]) == Range(None, 1.0, None)


def test_resampling_draws_as_many_cases_as_there_are_each_time_with_its_ending() -> None:
    days = np.random.default_rng(1).permutation(99) + 1.0
    found = resampled(Cycles(days, days <= 60), 0.5, 200, seed=7)
    chance = np.random.default_rng(7)
    # All that lasted up to 60 have ended, so the median of 99 is the fiftieth of them wherever that is at most 60.
    drawn = sorted(np.sort(chance.integers(0, 99, 99))[49] + 1.0 for _ in range(200))
    expected = [each if each <= 60 else None for each in (drawn[round(199 * share)] for share in (0.5, 0.025, 0.975))]
    assert expected[0] is not None
    assert found == Range(*expected)
    assert resampled(Cycles(days, days <= 60), 0.5, 200, seed=8) != found


def test_the_log_rank_test_compares_the_halves_at_each_end() -> None:
    # At 1, one of four ends, two of them in the first half: 1/2 expected there, variance 1/4. At 2, one of three, one
    # of them in the first half: 1/3 expected, variance 2/9. At 4 only the second half is left. So 1 - 5/6 more ended.
    first, second = cycles_of(3, 1, still_open=(0,)), cycles_of(2, 4)
    expected = chi2.sf((1 / 6) ** 2 / (1 / 4 + 2 / 9), 1)
    assert same_cycles(first, second) == pytest.approx(expected)
    assert same_cycles(second, first) == pytest.approx(expected)


def test_halves_of_which_too_few_ended_to_tell_are_the_same() -> None:
    none_ended = cycles_of(50, 60, still_open=(0, 1))
    assert same_cycles(none_ended, cycles_of(30, 40)) == 1.0
    assert same_cycles(cycles_of(30, 40), none_ended) == 1.0
    assert same_cycles(cycles_of(5), cycles_of(5)) == 1.0  # both at once: nothing varies


def test_shares_that_moved_are_told_the_surest_first_with_their_p_after_holm() -> None:
    log = log_of(["Look", "Buy", "Call"])
    first = counts_of({0: 900, 1: 0, 2: 100}, {(0, 1): 300, (0, 2): 90, (2, 0): 50}, {0: 510, 1: 300, 2: 0})
    second = counts_of({0: 1300, 1: 0, 2: 700}, {(0, 1): 200, (0, 2): 140, (2, 1): 40}, {0: 960, 1: 0, 2: 10})
    asked = [  # all that is there in one of the halves, and whose activity is left in both
        ("", "Look", 900, 1000, 1300, 2000),
        ("", "Call", 100, 1000, 700, 2000),
        ("Look", "Buy", 300, 900, 200, 1300),
        ("Look", "Call", 90, 900, 140, 1300),
        ("Look", "", 510, 900, 960, 1300),
        ("Call", "Look", 50, 50, 0, 50),
        ("Call", "Buy", 0, 50, 40, 50),
        ("Call", "", 0, 50, 10, 50),
    ]
    tested = [
        (float(fisher_exact([[seen, of - seen], [later, later_of - later]]).pvalue), source, target)
        for source, target, seen, of, later, later_of in asked
    ]
    found = moved_shares(log, first, second)
    surest = sorted(tested, key=lambda each: each[0])
    assert [(each.source, each.target) for each in found] == [each[1:] for each in surest[:7]]
    least = 0.0
    for index, (each, (p, *_)) in enumerate(zip(found, surest[:7], strict=True)):
        least = max(least, p * (8 - index))
        assert each.p == pytest.approx(least), each
    assert surest[7][0] > 0.05
    assert found[0].p == found[1].p  # of the starts, where one share is the rest of the other
    assert {(each.source, each.target): (each.training, each.held_out) for each in found} == {
        (source, target): (pytest.approx(seen / of), pytest.approx(later / later_of))
        for source, target, seen, of, later, later_of in asked
        if (source, target) != ("Look", "Call")
    }


@pytest.mark.parametrize(("later", "moved"), [(9, False), (10, True)])
def test_a_share_among_three_moves_where_three_times_its_p_is_at_most_a_twentieth(later: int, moved: bool) -> None:
    first = counts_of({0: 20}, {(0, 0): 2}, {0: 18})
    second = counts_of({0: 20}, {(0, 0): later}, {0: 20 - later})
    p = float(fisher_exact([[2, 18], [later, 20 - later]]).pvalue)
    assert p < 0.05
    assert (3 * p < 0.05) == moved
    found = moved_shares(log_of(["Look"]), first, second)
    assert [(each.target, each.p) for each in found] == ([("Look", 3 * p), ("", 3 * p)] if moved else [])
