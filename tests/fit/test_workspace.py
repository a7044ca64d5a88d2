"""Where a log is sorted."""

import errno
import os
import tempfile
import time
from pathlib import Path

import duckdb
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
    assert settings["threads"] in [str(each) for each in range(1, 5)]
    assert settings["autoload_known_extensions"] in ("false", "0")
    assert settings["preserve_insertion_order"] in ("true", "1")
    assert settings["enable_progress_bar"] in ("false", "0")
    assert settings["TimeZone"] == "UTC"


def test_the_database_takes_as_many_threads_as_there_are_processors_but_no_more_than_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for processors, threads in ((3, 3), (64, 4), (None, 1)):
        monkeypatch.setattr(os, "cpu_count", lambda processors=processors: processors)
        with workspace(tmp_path) as (connection, _):
            assert connection.execute("SELECT current_setting('threads')").fetchall() == [(threads,)]


def test_the_database_and_its_folder_lie_in_the_scratch_folder_and_are_gone_afterwards(tmp_path: Path) -> None:
    with workspace(tmp_path) as (connection, folder):
        assert folder.parent == tmp_path
        assert folder.name.startswith("fit-")
        assert (folder / "log.duckdb").exists()
        assert connection.execute("SELECT current_setting('temp_directory')").fetchall() == [(str(folder / "spill"),)]
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(duckdb.ConnectionException):
        connection.execute("SELECT 1")


def test_what_the_database_says_of_a_full_disk_is_an_error_of_the_operating_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as caught, workspace(tmp_path):
        raise duckdb.IOException(f"could not write: {os.strerror(errno.ENOSPC)}")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(tmp_path))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)), workspace(tmp_path):
        raise duckdb.OutOfMemoryException("increase max_temp_directory_size")
    with pytest.raises(duckdb.IOException, match=r"^something else$"), workspace(tmp_path):
        raise duckdb.IOException("something else")


def test_a_cache_that_cannot_be_written_is_left_for_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / name)
    (tmp_path / "journey-sandbox").write_text("a file where the folder should be")
    with workspace() as (_, folder):
        assert folder.parent == temporary
    (tmp_path / "journey-sandbox").unlink()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with workspace() as (_, folder):
        assert folder.parent == temporary


def test_what_is_a_week_old_is_left_and_what_is_older_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / name)
    cache = tmp_path / "journey-sandbox" / "fit"
    now = 1_800_000_000
    monkeypatch.setattr(time, "time", lambda: now)
    for name, seconds in (("fit-week", 604_800), ("fit-older", 604_801)):
        (cache / name).mkdir(parents=True)
        os.utime(cache / name, (now - seconds,) * 2)
    with workspace():
        pass
    assert [each.name for each in cache.iterdir()] == ["fit-week"]
