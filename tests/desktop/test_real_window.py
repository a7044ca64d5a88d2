"""The shortcuts of a real window, with a window manager: what is typed into an open field is not lost by any."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.everything import EVERYTHING

NEEDED = ("Xvfb", "openbox", "xdotool")
ROOT = Path(__file__).parents[2]
SECONDS = 60

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}"),
]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A screen with a window manager."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL)
    yield display
    for process in (manager, server):
        process.terminate()
        process.wait(SECONDS)


class RealWindow:
    """The window in a process of its own, and hands that press its keys."""

    def __init__(self, screen: str, state: Path, file: Path) -> None:
        self._environment = os.environ | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-m", "tests.desktop.window_that_tells", str(state), str(file)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.state: dict[str, Any] = {"field": "", "messages": [], "ran": [], "text": ""}
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait(lambda: bool(self.state["text"]))
        self._do("search", "--sync", "--onlyvisible", "--name", "Journey Sandbox", "windowactivate", "--sync")

    def press(self, *keys: str) -> None:
        """Press keys as on a keyboard."""
        self._do("key", "--delay", "40", *keys)

    def rename(self, name: str) -> None:
        """Open the field of the card that is selected, type, and leave it open."""
        self.press("F2")
        self.wait(lambda: self.state["field"].startswith("Name of "))
        self._do("type", "--delay", "40", name)

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until it is so."""
        end = time.monotonic() + SECONDS
        while not until():
            assert time.monotonic() < end, self.state
            time.sleep(0.05)

    def _do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True, timeout=SECONDS, capture_output=True)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.state = json.loads(line)


def test_keys_of_a_real_window_lose_nothing_that_is_typed(screen: str, tmp_path: Path) -> None:
    file = tmp_path / "everything.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    window = RealWindow(screen, tmp_path, file)
    try:
        window.rename("Saved")
        window.press("ctrl+s")
        window.wait(lambda: 'name = "Saved"' in file.read_text(encoding="utf-8"))
        window.rename("Run")
        window.press("F5")
        window.wait(lambda: any('name = "Run"' in text for text in window.state["ran"]))
        window.rename("Asked")
        window.press("ctrl+q")
        window.wait(lambda: any("has changes that are not saved" in words for words in window.state["messages"]))
        assert 'name = "Asked"' in window.state["text"]
        assert window.process.poll() is None
        window.rename("Offered")
        unsaved = tmp_path / "unsaved"
        window.wait(lambda: any('name = "Offered"' in path.read_text() for path in unsaved.glob("*.toml")))
        assert 'name = "Offered"' not in window.state["text"], "the field is still open"
    finally:
        window.process.kill()
        window.process.wait(SECONDS)
    assert 'name = "Saved"' in file.read_text(encoding="utf-8")
