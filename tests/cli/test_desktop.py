"""`journey desktop`: without Qt it says how to install it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Journey

ROOT = Path(__file__).resolve().parents[2]


def test_without_qt_one_line_says_how_to_install_it(tmp_path: Path) -> None:
    for name in ("PySide6", "shiboken6"):
        (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError('no {name}', name='{name}')")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    command = [sys.executable, "-m", "app.cli.main", "desktop"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == ["The window needs Qt; install it with: pip install 'journey-sandbox[desktop]'"]


def test_a_scenario_that_is_not_there_is_told_before_the_window_opens(journey: Journey) -> None:
    ended = journey("desktop", "online-shp")
    assert ended.code == 2
    assert 'did you mean "online-shop"?' in ended.err
