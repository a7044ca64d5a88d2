"""Other processes are started where they save more time than starting them takes."""

from collections.abc import Iterator

import pytest

from sim.experiment import executors, run
from sim.experiment.worth_starting import LOADING_SECONDS, STARTING_SECONDS, TELLING_SECONDS, Alone
from sim.scenario.experiment import Precision
from tests.experiment.test_running import ARMS, figures, shop


@pytest.fixture(autouse=True)
def _no_workers_yet() -> Iterator[None]:
    executors.dismiss_workers()
    yield
    executors.dismiss_workers()


def alone(*seconds: float) -> Alone:
    """A process that did tasks of so many seconds, besides loading the engine."""
    made = Alone()
    for number, each in enumerate(seconds):
        made.did(each + (0 if number else LOADING_SECONDS))
    return made


def test_others_are_started_where_what_they_save_is_more_than_it_takes() -> None:
    half = 2 * STARTING_SECONDS  # two workers save half the time
    assert not alone(0.1, 0.1).is_enough(round(0.9 * half / 0.1), 2)
    assert alone(0.1, 0.1).is_enough(round(1.1 * half / 0.1), 2)
    assert alone(0.1, 0.1, 0.1).is_enough(round(1.1 * half / 0.1), 2)
    assert alone(0.1, 0.1).is_enough(round(0.9 * half / 0.1), 8)


def test_a_machine_on_which_loading_takes_long_starts_no_others_for_it() -> None:
    assert not alone(2.5).is_enough(5, 2)
    assert not alone(2.5, 0.05).is_enough(5, 2)
    assert not alone(2.5, 0.05, 0.05).is_enough(4, 2)
    assert alone(TELLING_SECONDS).is_enough(5, 2)


def test_where_nobody_knows_how_much_there_is_to_do_as_much_is_done_first_as_starting_takes() -> None:
    assert not alone(0.5 * STARTING_SECONDS, 0.4 * STARTING_SECONDS).is_enough(None, 2)
    assert alone(0.5 * STARTING_SECONDS, 0.6 * STARTING_SECONDS).is_enough(None, 2)


def test_nothing_done_and_nothing_left_are_no_reason() -> None:
    assert not Alone().is_enough(1000, 2)
    assert not alone(100).is_enough(0, 2)


def test_a_tiny_run_starts_no_processes_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.running.processors", lambda: 2)
    monkeypatch.setattr("sim.experiment.worth_starting.STARTING_SECONDS", 1e9)
    found = run(shop(), arms=ARMS)
    assert not executors.are_warm(2)
    assert found.engine.workers == 1
    wanted = run(shop(), arms=ARMS, precision=Precision(outcome="conversion_rate", half_width=0.2))
    assert not executors.are_warm(2)
    assert wanted.engine.workers == 1


def test_a_run_that_turns_out_to_be_long_goes_on_with_others_and_ends_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.running.processors", lambda: 2)
    monkeypatch.setattr("sim.experiment.worth_starting.STARTING_SECONDS", -1e9)
    found = run(shop(), arms=ARMS)
    assert executors.are_warm(2)
    assert found.engine.workers == 2
    assert figures(found) == figures(run(shop(), arms=ARMS, workers=1))
    again = run(shop(), arms=ARMS)  # with those that are there already
    assert again.engine.workers == 2
    assert figures(again) == figures(found)
