"""Reading a file's text and its TOML, within limits; whatever goes wrong is one clear finding."""

import os
import re
import stat
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.scenario.did_you_mean import nearest
from sim.scenario.findings import Finding, ScenarioError
from sim.scenario.garbage_collection import without_collecting

LARGEST = 5_000_000
"""Bytes; a larger file is refused before it is read."""

DEEPEST = 100
"""Parts of a dotted key; reading more takes memory that grows with their square."""

_OF_THE_SYSTEM = ("/proc/", "/sys/")
"""Where Linux shows what goes on in it: reading such a file may wait without end."""

_KEY = r"""(?>"[^"\n]*+"|'[^'\n]*+'|[A-Za-z0-9_-]++)[ \t]*+"""
_DEEP = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_KEY}\.[ \t]*+){{{DEEPEST}}}")

_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, name: str | None = None) -> str:
    """The text of a scenario file; ScenarioError names the file as `name` where it cannot be read."""
    name = name or str(path)
    try:
        about = os.stat(path)
        if stat.S_ISDIR(about.st_mode):
            raise _refused(name, "this is a folder", _file_inside(path))
        if not stat.S_ISREG(about.st_mode) or os.path.realpath(path).startswith(_OF_THE_SYSTEM):
            raise _refused(name, "this is no ordinary file", "give a scenario file")
        if about.st_size > LARGEST:
            size = f"{about.st_size / 1e6:.1f} MB"
            raise _refused(name, f"the file is {size} large", "scenario files may have up to 5 MB")
        with open(path, "rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _refused(name, "there is no such file", _file_beside(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(name, f"the file cannot be read ({reason})", "check its name and its permissions") from None
    if len(content) > LARGEST:
        raise _refused(name, "the file is more than 5 MB large", "scenario files may have up to 5 MB")
    return _decoded(content, name)


def check_size(text: str, name: str) -> None:
    """Raise ScenarioError where a text that came from no file is larger than a file may be."""
    if len(text) > LARGEST:
        raise _refused(name, f"the text is {len(text) / 1e6:.1f} MB large", "scenarios may have up to 5 MB")


def tables_of_text(text: str, name: str | None) -> dict[str, Any]:
    """The tables of a TOML text, to be changed at will; ScenarioError says on which line it is none."""
    return _tables(text, name, lambda text: _fresh(_kept(text)))


def shared_tables(text: str, name: str | None) -> dict[str, Any]:
    """Like `tables_of_text`, at once for a text that was read just now; for those who never change the tables."""
    return _tables(text, name, _kept)


@lru_cache(maxsize=4)
def _kept(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _fresh(value: Any) -> Any:
    """A copy of tables that are kept, which takes a tenth of the time of reading them."""
    if isinstance(value, dict):
        return {key: _fresh(inner) for key, inner in value.items()}
    return [_fresh(inner) for inner in value] if isinstance(value, list) else value


def _tables(text: str, name: str | None, read: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    if not text.strip():
        raise _refused(name, "the file is empty", 'a scenario starts with format = 1, id = "…" and horizon = …')
    too_deep = "lists or tables are nested too deeply", "a scenario needs no more than a few levels"
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) >= DEEPEST and line.count(".") >= DEEPEST and _DEEP.search(line):
            raise _refused(name, *too_deep, number)
    try:
        with without_collecting():
            return read(text)
    except RecursionError:
        raise _refused(name, *too_deep) from None
    except ValueError as error:
        raise _not_toml(str(error), text, name) from None


def _refused(name: str | None, problem: str, remedy: str, line: int | None = None) -> ScenarioError:
    return ScenarioError([Finding(name, line, "", problem, remedy)])


def _decoded(content: bytes, name: str) -> str:
    if content.startswith(_UTF8_MARK):
        remedy = 'save it as "UTF-8" instead of "UTF-8 with BOM"'
        raise _refused(name, "the file starts with a byte order mark", remedy, 1)
    if content.startswith(_OTHER_MARKS):
        raise _refused(name, "the file is UTF-16 text", "save it as UTF-8")
    if b"\0" in content:
        raise _refused(name, "this is a binary file, not text", "give a scenario file (TOML text)")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = f"this is not UTF-8 text (byte 0x{content[error.start]:02x})"
        raise _refused(name, problem, "save the file as UTF-8; a scenario is TOML text", line) from None


_AT_END = "at end of document"
_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_REMEDIES = (
    (r"twice|overwrite|[Dd]uplicate|immutable|mutate", "say it once: remove or rename one of the two"),
    (r"Invalid value", 'text needs quotes ("web"), numbers a decimal point (0.5), yes and no are true and false'),
    (r"Expected '='|Invalid statement", 'write one key = value on a line, or a [table]; comments start with "#"'),
    (r"after a statement", "start each key on its own line; text needs quotes"),
    (r"end of a table declaration", "write [name] for a table, [[name]] for each item of a list"),
    (r"[Uu]nclosed|[Uu]nterminated|Expected '\]'|Expected '\}'", "close what was opened: quotes, brackets or braces"),
    (r"escape|'\\\\'", 'double each backslash ("\\\\"), or use single quotes'),
    (r"character", "remove it, or put the text in quotes and on one line"),
)


def _not_toml(message: str, text: str, name: str | None) -> ScenarioError:
    """The finding for tomllib's message."""
    at = _POSITION.search(message)
    words = _POSITION.sub("", message)
    words = re.sub(r"\('(.*?)',?\)", lambda keys: "[" + keys[1].replace("', '", ".") + "]", words)
    words = words[:1].lower() + words[1:]
    if at and at[1]:
        line = int(at[1])
        ended = line > len(text.rstrip("\n").split("\n"))
    else:
        line, ended = len(text.rstrip("\n").split("\n")), _AT_END in message
    if "digits" in message:
        return _refused(name, "a whole number has too many digits", "write fewer digits")
    if ended and not re.search(_REMEDIES[0][0], message):
        return _refused(name, f"the file ends in the middle of something ({words})", "complete its last lines", line)
    remedy = next(
        (say for pattern, say in _REMEDIES if re.search(pattern, message)), "compare it with a shipped scenario"
    )
    return _refused(name, f"this is not valid TOML ({words})", remedy, line)


def _file_inside(path: Path) -> str:
    try:
        inside = min((entry.name for entry in path.iterdir() if entry.suffix == ".toml"), default=None)
    except OSError:
        inside = None
    return f'give a file in it, such as "{inside}"' if inside else "give a scenario file (.toml)"


def _file_beside(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix == ".toml"]
    except (OSError, ValueError):
        return "check its name and its folder"
    close = nearest(path.name, names)
    return f'did you mean "{path.with_name(close)}"?' if close else "check its name and its folder"
