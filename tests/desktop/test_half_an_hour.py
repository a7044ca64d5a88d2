import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read where Linux tells it")
def test_trying_everything_at_random_logs_nothing(tmp_path: Path) -> None:
    """For half a minute; `python -m tests.desktop.half_an_hour` takes as long as it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.desktop.half_an_hour", "--minutes", "0.5"],
        capture_output=True, text=True, timeout=300, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith("logged: 0"), done.stdout
