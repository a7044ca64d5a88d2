import pytest

from app.desktop.forms.numbers import UnfitError, number_in
from sim.scenario.model import NonNegative, Probability
from sim.scenario.shape import shapes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12,000", 12000),
        ("1,234,567.5", 1234567.5),
        ("12.000,50", 12000.5),
        ("85,50", 85.5),
        ("0,125", 0.125),
        ("85,", 85),
        ("12 000", 12000),
        ("12’000", 12000),
        ("12.000", 12),
        ("7,5 %", 0.075),
        ("\u22121,5", None),
    ],
)
def test_a_number_is_understood_as_it_is_written_in_any_country(typed: str, meant: float | None) -> None:
    option = shapes(NonNegative)[0]
    if meant is None:
        with pytest.raises(UnfitError):
            number_in(typed, option)
    else:
        assert number_in(typed, option) == meant


def test_of_two_readings_the_one_that_fits_is_taken() -> None:
    assert number_in("0,250", shapes(Probability)[0]) == 0.25
    with pytest.raises(UnfitError):
        number_in("1,250", shapes(Probability)[0])


@pytest.mark.parametrize("typed", ["1,2,3", "1,23,456", "a,5", "1.5,2.5"])
def test_what_is_no_number_in_any_country_is_refused(typed: str) -> None:
    with pytest.raises(UnfitError, match="is not a valid value"):
        number_in(typed, shapes(NonNegative)[0])
