"""How far a run is, said in a log."""

import pytest

from app.cli.screen import _Plain


def said(capsys: pytest.CaptureFixture[str], moments: list[tuple[float, int]], total: int = 100) -> list[str]:
    """What is said when so many of them are done at each moment, in seconds since the beginning."""
    now = 0.0
    tell = _Plain("Simulating", every=10, clock=lambda: now)
    for now, done in moments:  # noqa: B007 (the clock reads it)
        tell(done, total, 0)
    return capsys.readouterr().err.splitlines()


def test_what_is_prepared_once_is_no_part_of_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    """A minute of preparation, then one a second."""
    assert said(capsys, [(30, 0), (60, 1), (65, 6), (75, 16)]) == [
        "Simulating: 1 of 100",
        "Simulating: 16 of 100, about 84 s left",
    ]


def test_long_times_are_told_in_minutes_and_hours(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, [(1, 1), (21, 3)]) == ["Simulating: 3 of 100, about 16 min left"]
    assert said(capsys, [(1, 1), (201, 2)]) == ["Simulating: 2 of 100, about 5.4 h left"]
    assert said(capsys, [(1, 1), (11, 100)]) == ["Simulating: 100 of 100"]
