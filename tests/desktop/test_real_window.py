"""A real window with a window manager: what is typed is lost by no shortcut, and every menu opens as often as asked."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.everything import EVERYTHING

NEEDED = ("Xvfb", "openbox", "xdotool")
ROOT = Path(__file__).parents[2]
SECONDS = 60
OPENS_WITHIN = 5
"""seconds"""

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


class Hands:
    """Keys and mouse of a screen."""

    def __init__(self, screen: str) -> None:
        self._environment = os.environ | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}

    def press(self, *keys: str) -> None:
        """Press keys as on a keyboard."""
        self._do("key", "--delay", "40", *keys)

    def click(self, at: Sequence[int]) -> None:
        """Click there."""
        self._do("mousemove", str(at[0]), str(at[1]), "click", "1")

    def _do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True, timeout=SECONDS, capture_output=True)

    def _come(self) -> None:
        """Bring the window to the front."""
        self._do("search", "--sync", "--onlyvisible", "--name", "Journey Sandbox", "windowactivate", "--sync")


class RealWindow(Hands):
    """The window in a process of its own, and hands that press its keys."""

    def __init__(self, screen: str, state: Path, file: Path) -> None:
        super().__init__(screen)
        command = [sys.executable, "-m", "tests.desktop.window_that_tells", str(state), str(file)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.state: dict[str, Any] = {"field": "", "marked": "", "messages": [], "ran": [], "text": ""}
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait(lambda: bool(self.state["text"]))
        self._come()

    def rename(self, name: str) -> None:
        """Open the field of the card that is selected, type, and leave it open."""
        self.press("F2")
        self.wait(lambda: self.state["field"].startswith("Name of "))
        self.write(name)

    def write(self, words: str) -> None:
        """Type that wherever the keyboard is."""
        self._do("type", "--delay", "40", words)

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until it is so."""
        end = time.monotonic() + SECONDS
        while not until():
            assert time.monotonic() < end, self.state
            time.sleep(0.05)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.state = json.loads(line)


class WindowWithMenus(Hands):
    """The window in a process of its own, which answers what opens over it."""

    def __init__(self, screen: str, state: Path, file: Path) -> None:
        super().__init__(screen)
        command = [sys.executable, "-m", "tests.desktop.window_with_menus", str(state), str(file)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.ask("opened")
        self._come()

    def ask(self, question: str) -> Any:
        """What the window answers."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{question}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def opened_by(self, name: str) -> list[str]:
        """Click on what opens a menu or list, and close that again: its entries, or nothing where none opened."""
        self.click(self.ask("openers")[name])
        opened = self.entries()
        self.close_all()
        return list(opened)

    def entries(self, beside: Container[str] = ()) -> dict[str, list[int]]:
        """The entries of the menu that opens now, and where they are; of one that has none of those `beside`."""
        end = time.monotonic() + OPENS_WITHIN
        while time.monotonic() < end:
            for menu in self.ask("opened"):
                if menu and not any(entry in beside for entry in menu):
                    return dict(menu)
            time.sleep(0.03)
        return {}

    def close_all(self) -> None:
        """Close what is open."""
        end = time.monotonic() + SECONDS
        while self.ask("opened"):
            assert time.monotonic() < end
            self.press("Escape")


@pytest.fixture
def with_menus(screen: str, tmp_path: Path) -> Iterator[WindowWithMenus]:
    """The window with one of everything in it, and results."""
    file = tmp_path / "everything.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    window = WindowWithMenus(screen, tmp_path, file)
    yield window
    window.process.kill()
    window.process.wait(SECONDS)


def test_every_menu_and_list_opens_the_second_time_as_the_first(with_menus: WindowWithMenus) -> None:
    window = with_menus
    driven: set[str] = set()
    for sight in ("touchpoint cart", "settings broadcasts", "settings rules", "settings orchestration"):
        window.ask(f"sight {sight}")
        time.sleep(0.5)  # until it is laid out
        for name in window.ask("openers"):
            if name not in driven:
                driven.add(name)
                first = window.opened_by(name)
                assert first, name
                assert window.opened_by(name) == first, f"{name}, the second time"
    assert {"File", "Help", "Save or print this chart", "To whom", "Policy"} <= driven


def test_lists_below_the_file_menu_open_each_time_also_after_one_was_chosen(with_menus: WindowWithMenus) -> None:
    window = with_menus
    for title, entry in (("Open a shipped scenario", "win-back"), ("Open recent", "everything.toml")):
        for _ in range(2):
            window.click(window.ask("openers")["File"])
            menu = window.entries()
            window.click(menu[title])
            listed = window.entries(beside=menu)
            chosen = [at for name, at in listed.items() if name.endswith(entry)]
            assert len(chosen) == 1, (title, listed)
            window.click(chosen[0])
            window.close_all()


def test_what_is_added_by_keys_is_connected_and_named_at_once(screen: str, tmp_path: Path) -> None:
    file = tmp_path / "everything.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    window = RealWindow(screen, tmp_path, file)
    try:
        window.press("Insert")
        window.wait(lambda: window.state["field"].startswith("Name of "))
        window.write("Asks a friend")
        window.press("Return")
        window.wait(lambda: 'to = "asks-a-friend"' in window.state["text"])
        (way,) = [one for one in tomllib.loads(window.state["text"])["transitions"] if one["to"] == "asks-a-friend"]
        assert way["from"] == "cart", "it leads on from the touchpoint that was selected"
        for command, name in (("Add note", "Ask sales"), ("Add arm", "Dearer")):
            window.press("ctrl+k")
            window.write(command)
            window.press("Return")
            window.wait(lambda: window.state["marked"] != "")
            window.write(name)
            window.press("ctrl+Return" if command == "Add note" else "Return")
            window.wait(lambda name=name: f'"{name}"' in window.state["text"])
    finally:
        window.process.kill()
        window.process.wait(SECONDS)


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
        window.wait(lambda: any("has unsaved changes" in words for words in window.state["messages"]))
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
