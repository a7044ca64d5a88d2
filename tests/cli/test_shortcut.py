"""`journey desktop --shortcut`: an entry among the system's programs, on each system."""

import configparser
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import desktop_entry
from app.files.shortcut import Program, exec_line, program, shortcut

ODD = Path('/home/an na/50% "x" $HOME `y` \\z/journey-desktop')
HOME = Path("/home/anna")
PLAIN = Program(("/opt/bin/journey-desktop",))


def unquoted(line: str) -> list[str]:
    """An Exec key read as the Desktop Entry Specification says: the escapes of a value, then those of quotes."""
    value = line.replace("\\\\", "\\")
    arguments, current, inside, escaped, begun = [], "", False, False, False
    for sign in value:
        if escaped:
            current, escaped = current + sign, False
        elif inside and sign == "\\":
            escaped = True
        elif sign == '"':
            inside, begun = not inside, True
        elif sign == " " and not inside:
            if current or begun:
                arguments.append(current)
            current, begun = "", False
        else:
            current += sign
    return [argument.replace("%%", "%") for argument in [*arguments, current]]


@pytest.mark.parametrize("command", [("/usr/bin/journey-desktop",), (str(ODD), "-m", "a b", ""), ("a%fb", "ünï")])
def test_a_command_is_quoted_so_that_it_is_read_as_it_was(command: tuple[str, ...]) -> None:
    assert unquoted(exec_line(command)) == list(command)


def test_on_linux_it_is_a_desktop_entry_and_an_icon() -> None:
    made = shortcut("linux", HOME, {}, PLAIN)
    entry, icon = made.files
    assert entry.path == HOME / ".local/share/applications/journey-sandbox.desktop"
    assert icon.path == HOME / ".local/share/icons/hicolor/scalable/apps/journey-sandbox.svg"
    assert b"<svg" in icon.content
    read = configparser.RawConfigParser()
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(entry.content.decode())
    said = dict(read["Desktop Entry"])
    assert said["Exec"] == "/opt/bin/journey-desktop %f"
    assert (said["Type"], said["Name"], said["Icon"]) == ("Application", "Journey Sandbox", "journey-sandbox")
    assert "Path" not in said


@pytest.mark.parametrize(("given", "share"), [("/data", "/data"), ("relative", "/home/anna/.local/share")])
def test_on_linux_it_goes_where_the_user_keeps_such_things(given: str, share: str) -> None:
    made = shortcut("linux", HOME, {"XDG_DATA_HOME": given}, PLAIN)
    assert made.files[0].path == Path(share) / "applications/journey-sandbox.desktop"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-validate is not there")
def test_the_desktop_entry_is_valid(tmp_path: Path) -> None:
    entry = shortcut("linux", tmp_path, {}, Program((str(ODD),), tmp_path)).files[0]
    file = tmp_path / entry.path.name
    file.write_bytes(entry.content)
    assert subprocess.run(["desktop-file-validate", file], capture_output=True, text=True).stdout == ""


def test_on_a_mac_it_is_an_application_that_runs_the_program() -> None:
    made = shortcut("darwin", HOME, {}, Program((str(ODD), "-m", "app.desktop_entry"), Path("/it's here")))
    facts, script = made.files
    assert made.remove == HOME / "Applications/Journey Sandbox.app"
    assert script.path == made.remove / "Contents/MacOS" / plistlib.loads(facts.content)["CFBundleExecutable"]
    assert script.executable
    _, change, run = script.content.decode().splitlines()
    assert shlex.split(change)[:2] == ["cd", "/it's here"]
    assert shlex.split(run) == ["exec", str(ODD), "-m", "app.desktop_entry", "$@"]


def test_on_windows_it_is_a_link_in_the_start_menu_that_windows_makes() -> None:
    home = Path("C:/Users/O'Neil")
    how = Program(("C:/Program Files/Py’s/pythonw.exe", "-m", "app.desktop_entry"))
    made = shortcut("win32", home, {"APPDATA": "C:/Users/O'Neil/AppData/Roaming"}, how)
    assert not made.files
    assert made.remove.name == "Journey Sandbox.lnk"
    assert made.remove.parent.name == "Programs"
    *before, script = made.then
    assert before == ["powershell", "-NoProfile", "-NonInteractive", "-Command"]
    assert "O''Neil" in script
    assert "$link.TargetPath = 'C:/Program Files/Py’’s/pythonw.exe'" in script
    assert "$link.Arguments = '-m app.desktop_entry'" in script
    assert script.endswith("$link.Save()")


def test_the_installed_program_is_used_where_there_is_one(tmp_path: Path) -> None:
    without = program(tmp_path)
    assert without.command[1:] == ("-m", "app.desktop_entry")
    assert without.folder is not None
    (tmp_path / "journey-desktop").touch()
    assert program(tmp_path, windows=False) == Program((str(tmp_path / "journey-desktop"),))


@pytest.mark.skipif(sys.platform != "linux", reason="writes what Linux wants")
def test_it_says_what_it_made_and_how_to_remove_it_and_can_be_made_again(tmp_path: Path) -> None:
    environment = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "sha re")}
    command = [sys.executable, "-m", "app.cli.main", "desktop", "--shortcut"]
    said = [subprocess.run(command, env=environment, capture_output=True, text=True, check=True) for _ in range(2)]
    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) == 2
    for each in said:
        assert each.stderr == ""
        assert all(str(path) in each.stdout for path in made)
        assert "To remove it, delete" in each.stdout


def test_the_program_without_a_terminal_opens_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(desktop_entry, "journey", told.append)
    monkeypatch.setattr(sys, "argv", ["journey-desktop", "a.toml"])
    desktop_entry.main()
    assert told == [["desktop", "a.toml"]]


def test_without_streams_the_program_gets_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop_entry, "journey", lambda _: print("nobody reads this"))
    monkeypatch.setattr(sys, "argv", ["journey-desktop"])
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    desktop_entry.main()
    assert sys.stdout.writable()
    assert sys.stderr.writable()
    sys.stdout.close()
    sys.stderr.close()
