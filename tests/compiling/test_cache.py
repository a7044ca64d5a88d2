import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import sim
from sim.compiling.cache import COMPILED_ELSEWHERE, sources_hash

SOURCES = Path(sim.__file__).parent
DRAW = """
import numpy as np
from sim.compiling import cache
from sim.draws.distributions import sample
words = [np.uint32(w) for w in (5, 6, 7)]
print(sample(np.array([[1.0, 1.0, 0.0, 0.0, 0.0]]), np.empty(0), 0, *words), cache.folder())
"""


def draw(at: Path, cache_home: Path) -> tuple[float, Path]:
    """What a fresh process that uses the copy of the sources at `at` draws, and where it keeps its code."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache_home), "PYTHONPATH": str(at)}
    done = subprocess.run(
        [sys.executable, "-c", DRAW], cwd=at, env=environment, capture_output=True, text=True, check=True
    )
    value, folder = done.stdout.split(maxsplit=1)
    return float(value), Path(folder.strip())


def copied(to: Path) -> Path:
    shutil.copytree(SOURCES, to / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    return to


def test_an_edit_of_a_callee_in_another_file_is_seen_by_its_caller(tmp_path):
    at = copied(tmp_path / "copy")
    before, first_folder = draw(at, tmp_path / "cache")
    assert any(first_folder.rglob("*.nbc"))
    again, same_folder = draw(at, tmp_path / "cache")
    assert (again, same_folder) == (before, first_folder)
    callee = at / "sim" / "draws" / "philox.py"
    edited = callee.read_text().replace("* _TO_UNIT_53", "* _TO_UNIT_53 * 0.5")
    assert edited != callee.read_text()
    callee.write_text(edited)
    after, second_folder = draw(at, tmp_path / "cache")
    assert after > before
    assert second_folder != first_folder


def test_a_cache_that_cannot_be_written_is_replaced_by_a_temporary_one(tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    value, folder = draw(SOURCES.parent, blocked)
    assert value > 0
    assert any(folder.rglob("*.nbc"))
    assert tmp_path not in folder.parents


def test_the_hash_covers_every_file_of_every_compiled_package(tmp_path):
    at = copied(tmp_path)
    elsewhere = [at / "sim" / name for name in COMPILED_ELSEWHERE]
    compiled = {
        source.parent
        for source in (at / "sim").rglob("*.py")
        if source.name != "__init__.py" and "sim.compiling.compiled import compiled" in source.read_text()
        if source not in elsewhere
    }
    assert {folder.name for folder in compiled} >= {"draws", "memory", "customer", "policies"}
    hashes = {sources_hash(at / "sim")}
    shaping = [*elsewhere, *(max(folder.glob("*.py")) for folder in compiled)]
    for source in shaping:
        source.write_text(source.read_text() + "\n# changed\n")
        hashes.add(sources_hash(at / "sim"))
    assert len(hashes) == len(shaping) + 1
    source.rename(source.with_name("renamed.py"))
    assert sources_hash(at / "sim") not in hashes


def test_constants_that_compiled_code_takes_from_elsewhere_are_in_the_hash() -> None:
    """They become part of the machine code, which would stay as it was when they change."""
    taken = set()
    for source in (SOURCES / "engine" / "brand").rglob("*.py"):
        text = source.read_text()
        if "import compiled\n" in text:
            taken |= set(re.findall(r"^from sim\.(scenario\.\w+) import", text, re.MULTILINE))
    assert {f"{module.replace('.', '/')}.py" for module in taken} == {
        name for name in COMPILED_ELSEWHERE if name.startswith("scenario/")
    }
