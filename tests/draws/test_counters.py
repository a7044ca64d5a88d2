"""No word of chance is used for two things, seen in a build that notes every one."""

import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.draws import eight, philox, sites
from sim.engine import compile_program, simulate
from sim.experiment.profiles import profiles_of
from sim.scenario.scenario import Scenario
from tests.draws import counted

ROOT = Path(__file__).resolve().parents[2]

OF_A_VISIT = {sites.VISIT, sites.CHANNEL, sites.TRANSITION}
ASKED_AGAIN = {sites.ATTRIBUTE, sites.HOLDOUT, sites.POLICY} | OF_A_VISIT
"""What is found out anew instead of being kept: what a customer is, a choice that is made again, and what a visit
draws, after another customer's visit was drawn."""


def run(at: Path, examples: int) -> list[dict[str, Any]]:
    """What the build in folder `at` uses, scenario by scenario."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(at), str(ROOT)]),
        "XDG_CACHE_HOME": str(at / "cache"),
        # glibc fills memory that it hands out or takes back, so that what is read without having been written shows.
        "MALLOC_PERTURB_": "165",
    }
    command = [sys.executable, "-m", "tests.draws.counted", str(examples)]
    done = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def events_of(scenario: Scenario, base: Scenario, seed: int, replication: int) -> int:
    """How many events the simulator itself has."""
    program, profiles = compile_program(scenario, base), profiles_of(scenario, seed)
    return simulate(program, seed, replication, profiles=profiles).event_count


@pytest.mark.slow
def test_no_word_is_used_for_two_things_in_whole_runs(tmp_path: Path) -> None:
    counted.build(tmp_path)
    runs = run(tmp_path, examples=70)
    assert len(runs) > 100
    for used in runs:
        assert used["events"] == events_of(*pickle.loads(bytes.fromhex(used["given"]))), used["scenario"]
        assert not used["twice"], f"{used['scenario']}: [[seed, replication, customer, site, purpose and visit], word]"
        assert used["own key"], f"{used['scenario']}: drawn under another seed or replication than its own"
        if not used["budget"]:  # with one, a small run beforehand lives through the same lives (model 17)
            assert set(used["asked again"]) <= ASKED_AGAIN, used["scenario"]
        if not set(used["purposes"]) & {sites.OPT_IN, sites.ATTRIBUTE, sites.MESSAGE}:
            assert set(used["read again"]) <= set(map(str, OF_A_VISIT))
    assert sum(used["blocks"] for used in runs) > 1_500_000
    assert {purpose for used in runs for purpose in used["purposes"]} == {*range(1, 25), sites.LIKING}


@pytest.mark.slow
def test_two_uses_of_one_counter_would_be_noticed(tmp_path: Path) -> None:
    counted.build(tmp_path)
    purposes = tmp_path / "sim" / "draws" / "sites.py"
    mistaken = purposes.read_text().replace("PATIENCE = 15", "PATIENCE = SERVICE")
    assert mistaken != purposes.read_text()
    purposes.write_text(mistaken)
    (used,) = run(tmp_path, examples=0)
    assert used["twice"]


def test_what_is_drawn_one_by_one_is_what_is_drawn_eight_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(philox, "_block", philox.block, raising=False)
    drawn: dict[str, Any] = {"compiled": lambda function: function}
    exec(counted.ONE_BY_ONE, drawn)
    keys = eight.round_keys(7, 3)
    of_blocks = np.array([11, 12, 13, *[0] * 5], np.uint32)  # filled up to eight
    purposes = np.array([sites.VISIT, sites.TRANSITION, sites.TRANSITION, *[0] * 5], np.uint32) << 24
    numbers = np.array([0, 5, 6, *[0] * 5], np.uint64)
    for function, given in (
        ("draw_blocks", (9, of_blocks, purposes, 0, 8, 2, keys, True)),
        ("draw_column", (numbers, 0, 11, sites.TRAIT, keys)),
    ):
        results = []
        for draw in (getattr(eight, function), drawn[function]):
            room = [np.full((4, 8), 2**63, np.uint64), np.full(8, np.nan), np.full(8, np.nan)]
            draw(*given, *room[: 3 if function == "draw_blocks" else 2])
            results.append((room[0] & np.uint64(0xFFFFFFFF), *room[1:]))
        assert np.array_equal(results[0][0], results[1][0])
        for one, other in zip(results[0][1:], results[1][1:], strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-14)


def test_a_draw_that_hides_which_words_it_takes_is_noticed() -> None:
    with pytest.raises(ValueError, match=r"hidden\.py, lines \[2\]"):
        counted.saying_which_words("def f():\n    words = block(0, 1, 2, 3, 4, 5)\n    return words\n", "hidden.py")
    shown = counted.saying_which_words("def f():\n    w0, w1, _, _ = block(0)\n    return w0\n", "shown.py")
    (noted,) = re.findall(r"block\(0, (\d+)\)", shown)
    assert int(noted) & 15 == 1, "only the first word is used"
