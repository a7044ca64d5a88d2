"""Resolutions are kept by content: what is damaged, cut short or of another kind is made anew."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.identity import kept, resolution_of, resolve
from sim.scenario import override
from tests.identity.small import known

IDENTITY = {"methods": ["deterministic", "graph"]}
Counted = list[str]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """A cache of the test's own, and the steps that were done."""
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "identity")
    return []


def test_a_resolution_is_found_out_once(told: Counted, tmp_path: Path) -> None:
    scenario = known(60, IDENTITY)
    first = resolution_of(scenario, 1, told.append)
    done = len(told)
    again = resolution_of(scenario, 1, told.append)
    assert done > 0
    assert len(told) == done
    assert (again.profile == first.profile).all()
    assert again.measures == first.measures == resolve(scenario, 1).measures
    assert len(list((tmp_path / "identity").iterdir())) == 1


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("identity.typos.email", 0.5), ("identity.methods", ["deterministic"]), ("population.size", 61),
        ("channels.web.identifiers.email", 0.9), ("channels.app.enabled", False), ("channels.web.kind", "social"),
    ],
)  # fmt: skip
def test_what_it_hangs_on_makes_it_anew(told: Counted, address: str, value: object) -> None:
    scenario = known(60, IDENTITY)
    resolution_of(scenario, 1)
    resolution_of(override(scenario, {address: value}), 1, told.append)
    assert told


def test_what_it_does_not_hang_on_does_not(told: Counted) -> None:
    scenario = known(60, IDENTITY)
    resolution_of(scenario, 1)
    resolution_of(
        override(scenario, {"horizon": 7, "channels.web.mix": 0.3, "integration.carryover": 0.1}), 1, told.append
    )
    assert not told
    resolution_of(scenario, 2, told.append)
    assert told


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def flipped(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 3] ^= 0xFF
    path.write_bytes(bytes(whole))


def of_others(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, profile=np.zeros((3, 3), int), left=[], right=[], confidence=[], method=[])


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [cut, emptied, flipped, of_others, a_folder])
def test_a_damaged_file_is_made_anew(told: Counted, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    scenario = known(60, IDENTITY)
    whole = resolution_of(scenario, 1)
    [path] = (tmp_path / "identity").iterdir()
    damage(path)
    again = resolution_of(scenario, 1, told.append)
    assert told
    assert (again.profile == whole.profile).all()


def test_another_version_of_the_program_makes_it_anew(told: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    resolution_of(known(60, IDENTITY), 1)
    monkeypatch.setattr(kept, "_versions", lambda: "another")
    resolution_of(known(60, IDENTITY), 1, told.append)
    assert told


def test_where_nothing_can_be_kept_it_is_found_out_each_time(
    told: Counted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "file" / "identity")
    assert resolution_of(known(60, IDENTITY), 1, told.append).profile.shape == (60, 3)
    assert told


def test_what_was_used_longest_ago_goes_first(told: Counted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST_BYTES", 1)
    for seed in (1, 2):
        resolution_of(known(60, IDENTITY), seed)
    assert not list((tmp_path / "identity").iterdir())
