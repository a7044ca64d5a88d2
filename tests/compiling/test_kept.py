"""Compiled code on disk: only this user's own is run, and only what is whole."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.compiling import cache
from sim.compiling.kept import checked
from tests.compiling.test_cache import DRAW, SOURCES, draw
from tests.faults.mutations import harmed

OTHER = 65534
"""A user that nobody is: `nobody`."""


class Tree(NamedTuple):
    """A folder for caches in which one draw was compiled, and what it drew."""

    home: Path
    drawn: float
    files: list[Path]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    home = tmp_path_factory.mktemp("cache")
    drawn, folder = draw(SOURCES.parent, home)
    files = sorted(file for file in folder.rglob("*.nb?"))
    assert any(file.suffix == ".nbi" for file in files)
    return Tree(home, drawn, files)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_damaged_code_is_compiled_again(tree: Tree, seed: int) -> None:
    """About half of the files, all at once: no run fails, and the draw is the same."""
    chance = random.Random(seed)
    whole = {file: file.read_bytes() for file in tree.files}
    for file, content in whole.items():
        if chance.random() < 0.5:
            file.write_bytes(harmed(content, chance))
    for _ in range(2):
        assert draw(SOURCES.parent, tree.home)[0] == tree.drawn
    for file, content in whole.items():
        file.write_bytes(content)


def test_every_file_is_checked(tree: Tree) -> None:
    """A hundred damages, one at a time: what is read is what was written, or nothing."""
    chance = random.Random(12)
    for _ in range(100):
        file = chance.choice(tree.files)
        whole = file.read_bytes()
        changed = harmed(whole, chance)
        if changed == whole:
            continue
        file.write_bytes(changed)
        with pytest.raises(OSError, match="damaged"):
            checked(file)
        file.write_bytes(whole)
        checked(file)


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files where others may write too, and no folder for caches."""
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(cache, "user_cache_path", lambda _: blocked / "cache")
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o777)
    monkeypatch.setattr(cache.tempfile, "gettempdir", lambda: str(folder))
    monkeypatch.setattr(cache.tempfile, "tempdir", str(folder))
    return folder


def found() -> Path:
    return cache.folder.__wrapped__()


def first(shared: Path) -> Path:
    """The folder that is tried first."""
    return shared / f"journey-sandbox-{os.getuid()}-0"


def test_a_folder_of_its_own_is_made_and_found_again(shared: Path) -> None:
    own = found()
    assert own.parent == first(shared)
    assert own.stat().st_mode & 0o777 == own.parent.stat().st_mode & 0o777 == 0o700
    assert found() == own


def test_a_folder_that_others_can_write_into_is_not_used(shared: Path) -> None:
    first(shared).mkdir()
    first(shared).chmod(0o770)
    assert first(shared) not in found().parents


def test_a_link_is_not_followed(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o700)
    first(shared).symlink_to(tmp_path / "theirs")
    assert first(shared) not in found().parents
    assert not any((tmp_path / "theirs").iterdir())


def test_where_all_names_are_taken_there_is_still_a_folder(shared: Path) -> None:
    for number in range(100):
        (shared / f"journey-sandbox-{os.getuid()}-{number}").write_text("")
    assert found().stat().st_mode & 0o777 == 0o700


def test_a_folder_of_another_user_is_not_used(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first(shared).mkdir(mode=0o700)
    if os.getuid() == 0:
        os.chown(first(shared), OTHER, OTHER)
    else:
        there = Path.lstat

        def of_another(path: Path) -> os.stat_result:
            told = list(there(path))
            if path == first(shared):
                told[4] = OTHER
            return os.stat_result(told)

        monkeypatch.setattr(Path, "lstat", of_another)
    assert first(shared) not in found().parents


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs to be root, to be two users")
def test_the_code_of_another_user_is_not_run(tmp_path: Path) -> None:
    """A folder laid out by `nobody`, with files under the names that are looked for: root runs none of them."""
    blocked, temporary = tmp_path / "a file", tmp_path / "shared"
    blocked.write_text("")
    temporary.mkdir()
    environment = os.environ | {
        "XDG_CACHE_HOME": str(blocked),
        "TMPDIR": str(temporary),
        "PYTHONPATH": str(SOURCES.parent),
    }

    def ask() -> tuple[str, Path]:
        done = subprocess.run([sys.executable, "-c", DRAW], env=environment, capture_output=True, text=True, check=True)
        value, folder = done.stdout.split(maxsplit=1)
        return value, Path(folder.strip())

    value, own = ask()
    for path in (own.parent, *own.parent.rglob("*")):
        os.chown(path, OTHER, OTHER)
        if path.is_file():
            path.write_bytes(b"cos\nsystem\n(S'touch %s'\ntR." % str(tmp_path / "ran").encode())
    again, other = ask()
    assert (again, other != own) == (value, True)
    assert not (tmp_path / "ran").exists()


def test_code_that_nobody_uses_any_more_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / f"compiled-{0:020x}"
    monkeypatch.setattr(cache, "folder", lambda: own)
    for age in range(12):
        path = tmp_path / f"compiled-{age:020x}"
        path.mkdir()
        (path / "code.nbc").write_text("")
        os.utime(path, (0, 0) if path == own else (time.time() - 86_400 * (25 + age),) * 2)
    for other in ("compiled-for-something-else", "recovery"):
        (tmp_path / other).mkdir()
        os.utime(tmp_path / other, (0, 0))
    (tmp_path / f"compiled-{99:020x}").write_text("a file of that name")
    cache.sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *(f"compiled-{age:020x}" for age in range(5)),
        f"compiled-{99:020x}",
        "compiled-for-something-else",
        "recovery",
    ]
    for age in range(100, 110):
        (tmp_path / f"compiled-{age:020x}").mkdir()
    cache.sweep()
    left = {path.name for path in tmp_path.glob("compiled-0*") if path.is_dir()}
    assert own.name in left
    assert len(left) == 9


def test_a_folder_that_is_used_is_marked_as_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "user_cache_path", lambda _: tmp_path)
    os.utime(found(), (0, 0))
    assert time.time() - found().stat().st_mtime < 60
