import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.store.writing import complete
from sim.unfinished import unfinished

HOLD_AND_WAIT = """
import sys
from pathlib import Path
from sim.unfinished import unfinished
with unfinished(Path(sys.argv[1])) as part:
    part.write_text("half")
    print(part.name, flush=True)
    sys.stdin.read()
"""


def test_a_file_is_there_as_a_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250)
    for content in ("first", "second"):
        with unfinished(path) as part:
            part.write_text(content)
            assert re.fullmatch(r"\.journey-[0-9a-f]{8}\.part", part.name)
        assert path.read_text() == content
    with contextlib.suppress(KeyboardInterrupt), unfinished(path) as part:
        part.write_text("third")
        raise KeyboardInterrupt
    assert path.read_text() == "second"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="nothing is killed like that there")
def test_what_a_killed_process_left_is_removed_by_the_next_and_nothing_else(tmp_path: Path) -> None:
    for name in (".journey-mine.part", "film.123.part", ".journey-0123abcd.part.txt"):
        (tmp_path / name).touch()
    others = sorted(tmp_path.iterdir())
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_AND_WAIT, str(tmp_path / "new")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    left = tmp_path / process.stdout.readline().strip()
    with complete(tmp_path / "other") as part:
        part.touch()
        assert left.read_text() == "half"  # its process is at it
    process.kill()
    process.communicate()
    assert left.exists()
    with complete(tmp_path / "folder" / "another") as part:
        part.touch()
    assert left.exists()  # of another folder
    with complete(tmp_path / "file") as part:
        part.touch()
    assert sorted(path for path in tmp_path.iterdir() if path.name not in ("other", "file", "folder")) == others
