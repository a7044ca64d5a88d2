"""Where a log is sorted."""

import os
import time
from pathlib import Path

import platformdirs
import pytest

from sim.fit.workspace import workspace


def test_the_user_cache_is_used_and_what_a_killed_program_left_there_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / name)
    cache = tmp_path / "journey-sandbox" / "fit"
    for name, days in (("fit-old", 30), ("fit-new", 1), ("mine", 30)):
        (cache / name).mkdir(parents=True)
        os.utime(cache / name, (time.time() - 86_400 * days,) * 2)
    with workspace() as (_, folder):
        assert folder.parent == cache
    assert sorted(each.name for each in cache.iterdir()) == ["fit-new", "mine"]


def test_the_database_has_a_memory_limit_and_fetches_no_extensions(tmp_path: Path) -> None:
    with workspace(tmp_path) as (connection, _):
        settings = dict(connection.execute("SELECT name, value FROM duckdb_settings()").fetchall())
    assert settings["memory_limit"] == "953.6 MiB"
    assert settings["autoinstall_known_extensions"] in ("false", "0")
