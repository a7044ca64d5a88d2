import dataclasses
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.experiment import Interrupted, ReplicationFailed, Results, WorkerDied, executors, plan, run
from sim.outcomes import Measured, Replication
from sim.scenario import Arm, Scenario, ScenarioError
from tests.builders import scenario
from tests.experiment.executors import Failing, Shuffled

ARMS = (
    Arm(id="as-is", name="As it is"),
    Arm(id="better", name="Better", set={"transitions.middle/done.share": 9}),
    Arm(id="twin", name="Twin"),
)


@pytest.fixture(autouse=True, scope="module")
def _leave_no_workers() -> Iterator[None]:
    yield
    executors.dismiss_workers()


def shop(**changes: Any) -> Scenario:
    """A hundred customers on a short journey with chance in it, in two segments."""
    return scenario(
        **(
            {
                "segments": [{"id": "new", "traits": {"propensity": {"mean": 0, "sd": 1}}}, {"id": "known"}],
                "experiment": {"seed": 4, "replications": 6},
            }
            | changes
        )
    )


def figures(results: Results) -> list[Any]:
    """Everything in the results but how long it took, such that equal means equal to the last digit."""
    return [
        (
            replication.number,
            replication.pairs,
            [
                (
                    dataclasses.replace(arm, seconds=0, curves={}, daily={}),
                    {name: days.tobytes() for name, days in arm.daily.items()},
                    {name: (curve.day.tobytes(), curve.value.tobytes()) for name, curve in arm.curves.items()},
                )
                for arm in replication.arms
            ],
        )
        for replication in results.replications
    ]


def document(results: Results) -> dict[str, Any]:
    found = results.document()
    del found["engine"]
    return found


class Kept:
    """A sink that remembers."""

    def __init__(self) -> None:
        self.replications: list[Replication] = []

    def write(self, replication: Replication) -> None:
        self.replications.append(replication)


def test_two_workers_give_what_one_gives_to_the_last_digit() -> None:
    alone = run(shop(), arms=ARMS, workers=1)
    together = run(shop(), arms=ARMS, workers=2)
    assert figures(alone) == figures(together)
    assert document(alone) == document(together)
    assert (alone.engine.workers, together.engine.workers) == (1, 2)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_in_which_tasks_are_finished_does_not_matter(seed: int) -> None:
    shuffled = Shuffled(seed)
    mixed = run(shop(), arms=ARMS, executor=shuffled)
    assert shuffled.order != sorted(shuffled.order)
    assert figures(mixed) == figures(run(shop(), arms=ARMS, workers=1))
    assert [replication.number for replication in mixed.replications] == list(range(6))


def test_every_finished_replication_goes_to_the_sink_once_with_all_its_arms() -> None:
    kept = Kept()
    results = run(shop(), arms=ARMS, executor=Shuffled(3), sink=kept)
    assert sorted(replication.number for replication in kept.replications) == list(range(6))
    assert sorted(kept.replications, key=lambda replication: replication.number) == list(results.replications)
    assert all([arm.arm for arm in kept_.arms] == ["as-is", "better", "twin"] for kept_ in kept.replications)


def test_going_on_from_what_was_done_ends_with_the_figures_of_an_unbroken_run() -> None:
    whole = run(shop(), arms=ARMS, workers=1)
    kept = Kept()
    resumed = run(shop(), arms=ARMS, workers=1, done=[whole.replications[4], whole.replications[1]], sink=kept)
    assert figures(resumed) == figures(whole)
    assert [replication.number for replication in kept.replications] == [0, 2, 3, 5]


def test_replications_of_other_arms_cannot_be_gone_on_from() -> None:
    done = run(shop(), workers=1, replications=1).replications
    with pytest.raises(ValueError, match="stored with the arms base, but the run has as-is, better, twin"):
        run(shop(), arms=ARMS, done=done)


def test_the_work_goes_breadth_first_over_the_arms() -> None:
    shuffled = Shuffled(0)
    run(shop(), arms=ARMS, replications=2, executor=shuffled, workers=1)
    # Two tasks in hand at a time, so a task can be overtaken by the one after it only.
    indices = [replication * 3 + ["as-is", "better", "twin"].index(arm) for replication, arm in shuffled.order]
    assert sorted(indices) == list(range(6))
    assert all(index - position <= 1 for position, index in enumerate(indices))


def test_progress_counts_tasks_and_events() -> None:
    told: list[tuple[int, int, int]] = []
    results = run(shop(), arms=ARMS, replications=2, workers=1, progress=lambda *args: told.append(args))
    assert [done for done, _, _ in told] == list(range(7))
    assert {total for _, total, _ in told} == {6}
    assert told[-1][2] == results.engine.events > 0


def test_an_arm_against_its_twin_differs_by_exactly_0_in_everything() -> None:
    results = run(shop(), arms=ARMS, workers=1)
    for segment in ("all", "new"):
        for difference in results.compare("twin", segment=segment).differences.values():
            assert (difference.interval.mean, difference.interval.sd, difference.p) == (0, 0, None)


def test_what_is_given_goes_before_what_the_scenario_says_in_all_arms() -> None:
    results = run(shop(), arms=ARMS, customers=40, horizon=10, seed=9, replications=2, workers=1)
    assert (results.scenario.population.size, results.scenario.horizon, results.seed) == (40, 10, 9)
    assert {variant.scenario.population.size for variant in results.variants} == {40}
    assert all(
        arm.outcomes["all"]["arrivals"] == 40 for replication in results.replications for arm in replication.arms
    )
    assert len(results.replications) == 2
    assert figures(results) != figures(run(shop(), arms=ARMS, customers=40, horizon=10, replications=2, workers=1))


def test_arms_are_measured_against_the_scenario_without_their_changes() -> None:
    # More effort than in the base scenario puts customers off; measured against itself it would not.
    harder = Arm(id="harder", set={"touchpoints.middle.effort": 7})
    results = run(shop(), arms=[Arm(id="as-is"), harder], customers=2000, replications=4, workers=1)
    assert results.compare("harder").differences["conversion_rate"].interval.mean < -0.01


def test_input_that_is_wrong_is_refused_before_anything_is_simulated() -> None:
    kept = Kept()
    with pytest.raises(ScenarioError, match=r"population\.size"):
        run(shop(), customers=0, sink=kept)
    with pytest.raises(ScenarioError, match="policy"):
        run(shop(), arms=[Arm(id="messages", set={"orchestration.policy": "next_best"})], sink=kept)
    with pytest.raises(ValueError, match="workers is 0"):
        run(shop(), workers=0)
    assert kept.replications == []


def test_an_interruption_keeps_what_was_finished() -> None:
    def interrupt(done: int, total: int, events: int) -> None:
        if done == 8:
            raise KeyboardInterrupt

    kept = Kept()
    with pytest.raises(Interrupted, match="2 of 6 replications are finished and kept") as stopped:
        run(shop(), arms=ARMS, workers=1, sink=kept, progress=interrupt)
    results = stopped.value.results
    assert list(results.replications) == kept.replications
    assert [replication.number for replication in kept.replications] == [0, 1]
    assert results.document()["replications"] == 2


def test_an_interruption_before_anything_is_finished_still_gives_results() -> None:
    def interrupt(done: int, total: int, events: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stopped:
        run(shop(), arms=ARMS, workers=1, progress=interrupt)
    assert stopped.value.results.document()["notes"] == ["No replication was finished, so there are no figures."]


def test_a_worker_that_dies_ends_the_run_with_what_was_finished() -> None:
    def kill_a_worker(done: int, total: int, events: int) -> None:
        if done == 9:
            pool = executors._warm
            assert pool is not None
            next(iter(pool._pool._processes.values())).kill()

    kept = Kept()
    with pytest.raises(
        WorkerDied, match=r"a worker process ended unexpectedly; .* replications are finished and kept"
    ) as died:
        run(shop(), arms=ARMS, replications=200, workers=2, sink=kept, progress=kill_a_worker)
    finished = [replication.number for replication in died.value.results.replications]
    assert len(finished) >= 1
    assert sorted(replication.number for replication in kept.replications) == finished
    # The next run starts anew.
    assert len(run(shop(), arms=ARMS, replications=4, workers=2).replications) == 4


def test_workers_that_died_between_two_runs_are_replaced() -> None:
    run(shop(), replications=4, workers=2)
    pool = executors._warm
    assert pool is not None
    for process in list(pool._pool._processes.values()):
        process.kill()
        process.join()
    deadline = time.monotonic() + 30
    while not pool.broken and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(run(shop(), replications=4, workers=2).replications) == 4


def test_tasks_that_were_done_when_the_pool_broke_are_kept() -> None:
    with pytest.raises(WorkerDied) as died:
        run(shop(), arms=ARMS, executor=Failing(7, BrokenExecutor("gone")))
    assert [replication.number for replication in died.value.results.replications] == [0, 1]


def test_a_task_that_fails_says_which_and_keeps_what_was_finished() -> None:
    with pytest.raises(
        ReplicationFailed, match='replication 1 of arm "better" failed: ZeroDivisionError: oh'
    ) as failed:
        run(shop(), arms=ARMS, executor=Failing(4, ZeroDivisionError("oh")))
    assert isinstance(failed.value.__cause__, ZeroDivisionError)
    assert [replication.number for replication in failed.value.results.replications] == [0]


def test_a_plan_says_what_would_run_and_can_be_run() -> None:
    planned = plan(shop(), arms=ARMS, customers=30, replications=2)
    assert [variant.name for variant in planned.variants] == ["As it is", "Better", "Twin"]
    assert (planned.seed, planned.replications, planned.precision) == (4, 2, None)
    assert figures(run(planned, workers=1)) == figures(run(shop(), arms=ARMS, customers=30, replications=2, workers=1))


def test_without_arms_the_scenario_itself_is_the_only_one() -> None:
    results = run(shop(), replications=2, workers=1)
    assert results.arms == ("base",)
    assert results.document()["comparisons"] == []


def test_the_library_is_loaded_only_when_it_is_used() -> None:
    code = "import sys, sim; print('numpy' in sys.modules, 'pydantic' in sys.modules, sorted(sim.__all__))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "False False ['Results', 'Scenario', 'load', 'override', 'run']"
    assert sim.run is run
    with pytest.raises(AttributeError, match="no attribute 'simulate'"):
        _ = sim.simulate


SCRIPT = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
sys.path.insert(0, {root!r})
from sim.experiment import Interrupted
from tests.experiment.test_running import ARMS, Kept, shop
import sim

kept = Kept()
try:
    sim.run(shop(), arms=ARMS, replications=100_000, workers=2, sink=kept,
            progress=lambda done, total, events: print("done", done, flush=True))
except Interrupted as stopped:
    same = [r.number for r in stopped.results.replications] == sorted(r.number for r in kept.replications)
    print("interrupted", same, len(kept.replications) > 0, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal to a group of processes")
def test_ctrl_c_in_a_plain_script_stops_the_workers_and_keeps_what_was_finished(tmp_path: Path) -> None:
    script = tmp_path / "my_script.py"
    script.write_text(textwrap.dedent(SCRIPT).format(root=os.getcwd()))
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            if line.strip() == "done 12":
                os.killpg(process.pid, signal.SIGINT)  # as a terminal does: all processes of the group
                break
        rest, errors = process.communicate(timeout=60)
    assert rest.splitlines()[-1] == "interrupted True True"
    assert errors == ""
    assert process.returncode == 0


def test_measured_values_are_plain_numbers() -> None:
    measured: Measured = run(shop(), replications=1, workers=1).replications[0].arms[0]
    for figures_ in (*measured.outcomes.values(), *measured.touchpoints.values(), *measured.transitions.values()):
        assert {type(value) for value in figures_.values()} == {float}
    assert isinstance(measured.curves["retention"].value, np.ndarray)


def test_a_run_that_is_held_hands_out_nothing_until_it_is_released() -> None:
    told: list[int] = []
    asked: list[int] = []

    def hold() -> bool:
        asked.append(told[-1])
        return told[-1] >= 2 and len(asked) < 8

    results = run(shop(), arms=ARMS, workers=1, progress=lambda done, *_: told.append(done), hold=hold)
    assert asked[:8] == [0, 1, 2, 2, 2, 2, 2, 2]
    assert figures(results) == figures(run(shop(), arms=ARMS, workers=1))


def test_a_run_that_is_held_can_be_interrupted_and_keeps_what_was_finished() -> None:
    told: list[int] = []

    def hold() -> bool:
        if told[-1] >= 4:
            raise KeyboardInterrupt
        return False

    with pytest.raises(Interrupted, match="1 of 6 replications are finished and kept") as caught:
        run(shop(), arms=ARMS, workers=1, progress=lambda done, *_: told.append(done), hold=hold)
    assert len(caught.value.results.replications) == 1
