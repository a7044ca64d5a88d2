"""A share that is typed: the weights in the file come to it, and shares may be typed one after the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.typed_share import share_typed, weight_of, weights_after

SHARES = st.lists(st.integers(1, 97), min_size=2, max_size=6).map(lambda parts: [part / sum(parts) for part in parts])


def typed(weights: dict[str, float], at: str, share: float) -> dict[str, float]:
    """All weights after a share was typed."""
    found = weights_after(at, share, weights, weights)
    assert found is not None
    return {**weights, **found}


def shares(weights: dict[str, float]) -> dict[str, float]:
    return {name: weight / sum(weights.values()) for name, weight in weights.items()}


def test_shares_typed_one_after_the_other_are_the_weights_in_the_file() -> None:
    weights: dict[str, float] = dict.fromkeys(("checkout", "product", "undecided", "left"), 1)
    for name, share in (("checkout", 0.38), ("product", 0.12), ("undecided", 0.32)):
        weights = typed(weights, name, share)
    assert weights == {"checkout": 0.38, "product": 0.12, "undecided": 0.32, "left": 0.18}


def test_those_above_keep_theirs_and_those_below_divide_what_is_left_as_before() -> None:
    weights = {"a": 0.5, "b": 0.2, "c": 0.2, "d": 0.1}
    assert weights_after("b", 0.35, weights, weights) == {"b": 0.35, "c": 0.1, "d": 0.05}


def test_where_those_above_leave_too_little_all_others_make_room() -> None:
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    assert typed(weights, "b", 0.6) == {"a": 0.285714, "b": 0.6, "c": 0.114286}
    assert typed(weights, "c", 0.6) == {"a": 0.25, "b": 0.15, "c": 0.6}


def test_the_sum_that_a_file_has_stays() -> None:
    assert typed({"a": 3, "b": 7, "c": 10}, "a", 0.25) == {"a": 5, "b": 6.17647, "c": 8.82353}


def test_defaults_are_written_where_one_of_them_is_typed() -> None:
    assert weights_after("web", 0.5, {"web": 0.4, "store": 0.6, "mail": 0.0}, ()) == {"web": 0.5, "store": 0.5}


@pytest.mark.parametrize("share", [1.0, -0.1, 1.2])
def test_what_leaves_others_nothing_cannot_be_typed(share: float) -> None:
    assert weights_after("a", share, {"a": 1, "b": 1}, "ab") is None


def test_what_stands_alone_takes_no_other_share() -> None:
    assert weights_after("a", 0.3, {"a": 1, "b": 0}, "ab") is None
    assert share_typed("30", alone=True) is None
    assert share_typed("100 %", alone=True) == 1


@given(wanted=SHARES, before=SHARES)
def test_any_shares_are_typed_from_the_first_to_the_last(wanted: list[float], before: list[float]) -> None:
    count = min(len(wanted), len(before))
    total = sum(wanted[:count])
    weights = {str(at): before[at] for at in range(count)}
    for at in range(count - 1):
        weights = typed(weights, str(at), wanted[at] / total)
    for at in range(count):
        assert shares(weights)[str(at)] == pytest.approx(wanted[at] / total, abs=5e-6)


@given(before=SHARES, share=st.floats(0, 0.999), at=st.integers(0, 5))
def test_whatever_was_there_the_share_is_what_was_typed(before: list[float], share: float, at: int) -> None:
    weights = {str(number): weight for number, weight in enumerate(before)}
    after = typed(weights, str(at % len(before)), share)
    assert min(after.values()) >= 0
    assert shares(after)[str(at % len(before))] == pytest.approx(share, abs=2e-6)
    assert sum(after.values()) == pytest.approx(sum(weights.values()), rel=1e-9)


@pytest.mark.parametrize(
    ("text", "share"), [("50", 0.5), ("20 %", 0.2), ("12,5 %", 0.125), ("100", None), ("-3", None), ("many", None)]
)
def test_a_percentage_is_understood_however_it_is_written(text: str, share: float | None) -> None:
    assert share_typed(text, alone=False) == share


def test_one_weight_alone_makes_a_share_beside_the_others() -> None:
    assert weight_of(0.5, 3.0) == 3
    assert weight_of(0.125, 7.0) == 1
    assert weight_of(0.25, 0.5, several=2) == 0.25
    assert weight_of(1.0, 1.0) is None
