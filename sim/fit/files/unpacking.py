"""What a log file is, told from its first bytes, and its contents, unpacked."""

import bz2
import codecs
import gzip
import lzma
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from sim.fit.errors import wrong
from sim.scenario.did_you_mean import nearest

Format = Literal["csv", "json", "parquet", "xes", "workbook"]
Packing = Literal["none", "gzip", "bzip2", "xz", "zstd"]

HEAD = 65536
"""Bytes of the contents that are looked at before the file is read."""

_PACKINGS: dict[Packing, re.Pattern[bytes]] = {
    "gzip": re.compile(rb"\x1f\x8b"),
    "bzip2": re.compile(rb"BZh[1-9]1AY&SY"),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd"),
}

_OTHERS = {
    b"ARROW1": "an Arrow (Feather) file",
    b"ORC": "an ORC file",
    b"Obj\x01": "an Avro file",
    b"SQLite format 3\x00": "an SQLite database",
    b"%PDF": "a PDF document",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
}

_READS = "give an event log as CSV, JSON, Parquet, XES or an Excel workbook"


@dataclass(frozen=True)
class Recognised:
    """A log file's format, how it is compressed, and the first bytes of its contents."""

    format: Format
    packing: Packing
    start: bytes


def recognise(path: Path) -> Recognised:
    """What the file at `path` is; raises FitError where it is missing, a folder, empty or no kind of log."""
    name = path.name
    if path.is_dir():
        raise wrong(name, "", "this is a folder, not a file", "give the event log inside it")
    if not path.exists():
        near = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        close = nearest(name, sorted(near))
        raise wrong(str(path), "", "there is no such file", f'did you mean "{close}"?' if close else "check the path")
    with path.open("rb") as plain:
        magic = plain.read(HEAD)
    packing: Packing = next((each for each, pattern in _PACKINGS.items() if pattern.match(magic)), "none")
    if packing == "zstd":
        _check_whole(path)
    with opened(path, packing) as stream:
        start = stream.read(HEAD)
    if not start:
        raise wrong(name, "", "the file is empty", "give a log with one row for each event")
    return Recognised(_format(path, start), packing, start)


@contextmanager
def opened(path: Path, packing: Packing) -> Iterator[IO[bytes]]:
    """The contents of the file, unpacked as they are read."""
    with path.open("rb") as plain:
        if packing == "none":
            yield plain
            return
        if packing == "zstd":
            with _zstandard(plain) as stream:
                yield stream
            return
        with _unpacked(plain, packing) as stream:
            yield stream


def _check_whole(path: Path) -> None:
    """Raise EOFError where a .zst file is cut off or damaged: those who read it take that for its end."""
    import zstandard

    frame = None
    try:
        with path.open("rb") as plain:
            while block := plain.read(HEAD):
                while block:
                    frame = frame or zstandard.ZstdDecompressor().decompressobj()
                    frame.decompress(block)
                    block = frame.unused_data
                    frame = None if frame.eof else frame
    except zstandard.ZstdError as error:
        raise EOFError(str(error)) from None
    if frame is not None:
        raise EOFError("it ends too early")


@contextmanager
def _zstandard(plain: IO[bytes]) -> Iterator[IO[bytes]]:
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(plain, read_across_frames=True) as stream:
            yield cast("IO[bytes]", stream)
    except zstandard.ZstdError as error:
        raise EOFError(str(error)) from None


def _unpacked(plain: IO[bytes], packing: Packing) -> IO[bytes]:
    if packing == "gzip":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=plain))
    if packing == "bzip2":
        return cast("IO[bytes]", bz2.BZ2File(plain))
    return cast("IO[bytes]", lzma.LZMAFile(plain))


def _format(path: Path, start: bytes) -> Format:
    name = path.name
    if start[:4] == b"PAR1":
        return "parquet"
    if start[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "workbook"
    if start[:4] == b"PK\x03\x04":
        if _is_workbook(path):
            return "workbook"
        raise wrong(name, "", "this is a zip archive", "unpack it and give the event log inside")
    other = next((told for magic, told in _OTHERS.items() if start.startswith(magic)), None)
    if other is not None:
        raise wrong(name, "", f"this is {other}", _READS)
    encoding = marked_encoding(start)
    if encoding is None and (b"\0" in start or path.suffix.lower() == ".parquet"):
        raise wrong(name, "", "this is not a kind of event log that can be read", _READS)
    text = start.decode(encoding or "latin-1", "ignore").removeprefix("\ufeff").removeprefix("\xef\xbb\xbf").lstrip()
    if text[:1] == "<":
        return "xes"
    return "json" if re.match(r'\{\s*"|\[\s*[\[{\]]', text) else "csv"


def _is_workbook(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            return bool(names & {"xl/workbook.xml", "xl/workbook.bin"}) or (
                "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise wrong(path.name, "", "this is a damaged workbook or zip archive", "fetch it again") from None


def marked_encoding(start: bytes) -> str | None:
    """The encoding that a byte order mark, or every second byte being zero, gives away; None where nothing does."""
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    even, odd = start[:2000:2], start[1:2000:2]
    if len(odd) >= 8 and b"\0" not in even and odd.count(0) > 0.7 * len(odd):
        return "utf-16-le"
    if len(odd) >= 8 and b"\0" not in odd and even.count(0) > 0.7 * len(even):
        return "utf-16-be"
    return None
