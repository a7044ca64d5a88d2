"""Text of any encoding as UTF-8."""

import codecs
import io
import shutil
from pathlib import Path
from typing import Final

from sim.fit.errors import wrong
from sim.fit.files.unpacking import Packing, Recognised, marked_encoding, opened

WINDOWS: Final = "cp1252"
"""Text that is not UTF-8 is taken for Windows-1252, what Western European and American programs write."""

_AS_IS = ("utf-8", "utf-8-sig")
_LEFT_OUT = "latin-1 where undefined"


def _undefined(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that Windows-1252 leaves undefined stand for themselves, as in Latin-1."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(_LEFT_OUT, _undefined)


def find_encoding(name: str, file: Recognised, given: str | None) -> str:
    """The encoding of the text: the asked one, else by its mark, else UTF-8 if it may be that, else Windows-1252.

    Raises FitError for an encoding of no known name.
    """
    if given is not None:
        try:
            return codecs.lookup(given).name
        except LookupError:
            problem = f'"{given}" is not an encoding'
            raise wrong(name, "encoding", problem, "say one such as utf-8, cp1252 or utf-16") from None
    marked = marked_encoding(file.start)
    if marked is not None:
        return marked
    try:
        codecs.getincrementaldecoder("utf-8")().decode(file.start)
    except UnicodeDecodeError:
        return WINDOWS
    return "utf-8"


def is_direct(encoding: str, file: Recognised) -> bool:
    """Whether the database reads such a file as it is; line ends of several kinds it does not."""
    windows = file.start.count(b"\r\n")
    mixed = file.format == "csv" and 0 < windows < file.start.count(b"\n")
    return encoding in _AS_IS and file.packing in ("none", "gzip", "zstd") and not mixed


def decoded(start: bytes, encoding: str) -> str:
    """The text of the first bytes, whatever is cut off at their end."""
    return start.decode(encoding, _errors(encoding) if encoding == WINDOWS else "replace").removeprefix("\ufeff")


def unpack(path: Path, packing: Packing, encoding: str, target: Path) -> None:
    """Write the contents to `target` as plain UTF-8 with line ends of one kind.

    Raises FitError where they are no text of this encoding.
    """
    with opened(path, packing) as stream, target.open("w", encoding="utf-8", newline="\n") as file:
        try:
            shutil.copyfileobj(io.TextIOWrapper(stream, encoding, _errors(encoding)), file)
        except UnicodeError:
            problem = f"the text is not {encoding.upper()}, or is cut off"
            raise wrong(path.name, "", problem, "give its encoding with --encoding") from None


def encoding_notes(encoding: str, given: str | None) -> tuple[str, ...]:
    """What to know of an encoding that was guessed."""
    if encoding != WINDOWS or given is not None:
        return ()
    return ("the text is not UTF-8; it was read as Windows-1252 (use --encoding if names look wrong)",)


def _errors(encoding: str) -> str:
    return _LEFT_OUT if encoding == WINDOWS else "strict"
