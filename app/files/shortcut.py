"""An entry for the window among the system's programs: which files that takes, on each system."""

from __future__ import annotations

import shlex
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from xml.sax.saxutils import escape

from app.files.shipped import shipped

System = Literal["linux", "win32", "darwin"]

NAME: Final = "Journey Sandbox"
_ID: Final = "journey-sandbox"
_COMMENT: Final = "Simulate customer journeys and compare what would change them"
_ICON: Final = "journey-sandbox.svg"


@dataclass(frozen=True)
class Made:
    """A file to write."""

    path: Path
    content: bytes
    executable: bool = False


@dataclass(frozen=True)
class Program:
    """How the window is started."""

    command: tuple[str, ...]
    """the program and its arguments"""
    folder: Path | None = None
    """where it has to be started, if that matters"""


@dataclass(frozen=True)
class Shortcut:
    """A menu entry: its files, and what makes the rest of it."""

    files: tuple[Made, ...]
    remove: Path
    """what to delete to be rid of it; its folder goes with it where that is all its own"""
    then: tuple[str, ...] = ()
    """a command to run once the files are there"""


def program(scripts: Path | None = None, windows: bool = sys.platform == "win32") -> Program:
    """The installed program `journey-desktop`; in a clone that is not installed, Python with its module."""
    folder = scripts or Path(sysconfig.get_path("scripts"))
    script = folder / ("journey-desktop.exe" if windows else "journey-desktop")
    if script.is_file():
        return Program((str(script),))
    python = Path(sys.executable)
    quiet = python.with_name("pythonw.exe")
    chosen = quiet if windows and quiet.is_file() else python
    return Program((str(chosen), "-m", "app.desktop_entry"), Path(__file__).resolve().parents[2])


def shortcut(system: System, home: Path, environment: Mapping[str, str], how: Program) -> Shortcut:
    """The entry for a user whose folder is `home`."""
    if system == "win32":
        return _windows(home, environment, how)
    return _mac(home, how) if system == "darwin" else _linux(home, environment, how)


def _linux(home: Path, environment: Mapping[str, str], how: Program) -> Shortcut:
    given = environment.get("XDG_DATA_HOME", "")
    share = Path(given) if given.startswith("/") else home / ".local" / "share"  # others are to be ignored, it says
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.0",
        f"Name={NAME}",
        f"Comment={_COMMENT}",
        f"Exec={exec_line(how.command)} %f",
        *([f"Path={_value(str(how.folder))}"] if how.folder is not None else []),
        f"Icon={_ID}",
        "Terminal=false",
        "Categories=Office;Science;",
        "Keywords=customer;journey;simulation;marketing;",
        "StartupNotify=true",
        f"StartupWMClass={_ID}",
    ]
    entry = share / "applications" / f"{_ID}.desktop"
    icon = share / "icons" / "hicolor" / "scalable" / "apps" / _ICON
    return Shortcut((Made(entry, _utf8(lines)), Made(icon, _picture())), entry)


def exec_line(command: Sequence[str]) -> str:
    """A command as the Exec key of the Desktop Entry Specification wants it: quoted, and then escaped as a value."""
    return _value(" ".join(_quoted(argument) for argument in command))


def _quoted(argument: str) -> str:
    escaped = argument.replace("%", "%%")
    for sign in ("\\", '"', "`", "$"):
        escaped = escaped.replace(sign, f"\\{sign}")
    plain = all(sign.isalnum() or sign in "/._-+=:,@%" for sign in argument)
    return escaped if plain and argument else f'"{escaped}"'


def _value(text: str) -> str:
    """The escapes that hold in every value of type string."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _mac(home: Path, how: Program) -> Shortcut:
    bundle = home / "Applications" / f"{NAME}.app"
    facts = {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleIdentifier": f"local.{_ID}",
        "CFBundleExecutable": _ID,
        "CFBundlePackageType": "APPL",
        "CFBundleVersion": "1",
        "CFBundleShortVersionString": "1",
    }
    plist = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
        '<plist version="1.0">',
        "<dict>",
        *(f"  <key>{key}</key><string>{escape(value)}</string>" for key, value in facts.items()),
        "  <key>NSHighResolutionCapable</key><true/>",
        "</dict>",
        "</plist>",
    ]
    script = [
        "#!/bin/sh",
        *([f"cd {shlex.quote(str(how.folder))} || exit 1"] if how.folder is not None else []),
        f'exec {shlex.join(how.command)} "$@"',
    ]
    inside = bundle / "Contents"
    files = (
        Made(inside / "Info.plist", _utf8(plist)),
        Made(inside / "MacOS" / _ID, _utf8(script), executable=True),
    )
    return Shortcut(files, bundle)


def _windows(home: Path, environment: Mapping[str, str], how: Program) -> Shortcut:
    """A link in the start menu: only Windows itself can write one, so a script asks it to."""
    roaming = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    link = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / f"{NAME}.lnk"
    target, *arguments = how.command
    said = {
        "TargetPath": target,
        "Arguments": " ".join(arguments),
        "WorkingDirectory": str(how.folder or home),
        "Description": _COMMENT,
        "IconLocation": f"{target},0",
    }
    steps = [
        "$ErrorActionPreference = 'Stop'",
        f"$link = (New-Object -ComObject WScript.Shell).CreateShortcut({_powershell(str(link))})",
        *(f"$link.{key} = {_powershell(value)}" for key, value in said.items()),
        "$link.Save()",
    ]
    command = ("powershell", "-NoProfile", "-NonInteractive", "-Command", "; ".join(steps))
    return Shortcut((), link, command)


def _powershell(text: str) -> str:
    """Text in single quotes, in which nothing but they themselves means anything; curly ones count as quotes, too."""
    for quote in "'‘’‚‛":
        text = text.replace(quote, quote * 2)
    return f"'{text}'"


def _utf8(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _picture() -> bytes:
    return (shipped("assets") / "icons" / _ICON).read_bytes()
