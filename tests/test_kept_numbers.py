"""Numbers that scipy works out are kept, and worked out again where what is kept cannot be used."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim import kept_numbers
from sim.kept_numbers import Floats


class Worker:
    """Works out two numbers, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Floats:
        self.times += 1
        return np.array([0.1, 1 / 3])


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_numbers, "folder", lambda: tmp_path / "numbers")
    monkeypatch.setattr(kept_numbers._Written, "count", 0)


def test_what_was_worked_out_once_is_read_to_the_last_digit() -> None:
    work = Worker()
    first, again = (kept_numbers.kept_numbers("a third", work) for _ in range(2))
    assert (work.times, again.tolist()) == (1, [0.1, 1 / 3])
    assert first.tolist() == again.tolist()
    assert kept_numbers.kept_numbers("something else", work).tolist() == [0.1, 1 / 3]
    assert work.times == 2


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 48])
def test_what_is_damaged_is_worked_out_again(damage: bytes) -> None:
    work = Worker()
    kept_numbers.kept_numbers("a third", work)
    (path,) = kept_numbers.folder().iterdir()
    path.write_bytes(damage)
    assert kept_numbers.kept_numbers("a third", work).tolist() == [0.1, 1 / 3]
    kept_numbers.kept_numbers("a third", work)
    assert work.times == 2


def test_where_nothing_can_be_kept_it_is_worked_out_each_time(tmp_path: Path) -> None:
    (tmp_path / "numbers").write_text("a file in the way")
    work = Worker()
    assert [kept_numbers.kept_numbers("a third", work).tolist() for _ in range(2)] == 2 * [[0.1, 1 / 3]]
    assert work.times == 2


def test_a_process_keeps_no_more_than_a_scenario_asks_for_and_the_oldest_go_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = Worker()
    for number in range(2 * kept_numbers._WRITTEN_AT_MOST):
        kept_numbers.kept_numbers(f"position {number} of a lever", work)
    assert len([*kept_numbers.folder().iterdir()]) == kept_numbers._WRITTEN_AT_MOST
    monkeypatch.setattr(kept_numbers._Written, "count", 0)
    monkeypatch.setattr(kept_numbers, "_KEPT_AT_MOST", 5)
    kept_numbers.kept_numbers("one more", work)
    assert len([*kept_numbers.folder().iterdir()]) == 5
    before = work.times
    kept_numbers.kept_numbers("one more", work)
    assert work.times == before


_TWO_ARMS = """
import sys
from sim import run
from sim.shipped import find_scenario
from sim.scenario import open_scenario
found = run(open_scenario(find_scenario("cart-recovery")), customers=20, replications=2, workers=1)
found.printed()
print("scipy.special" in sys.modules or "scipy.linalg" in sys.modules)
"""


def test_what_is_printed_after_a_second_run_takes_no_scipy() -> None:
    command = [sys.executable, "-c", _TWO_ARMS]
    told = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(2)]
    assert told[1] == ["False"]
