"""What a file is, told from its first bytes."""

import bz2
import codecs
import gzip
import lzma
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from sim.fit import FitError
from sim.fit.files.unpacking import Recognised, marked_encoding, opened, recognise

READS = "give an event log as CSV, JSON, Parquet, XES or an Excel workbook"
PACK: dict[str, Callable[[bytes], bytes]] = {
    "none": bytes,
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstandard.compress,
}


def recognised(folder: Path, content: bytes, name: str = "log.csv") -> Recognised:
    path = folder / name
    path.write_bytes(content)
    return recognise(path)


def refusal(folder: Path, content: bytes, name: str = "log.csv") -> str:
    with pytest.raises(FitError) as caught:
        recognised(folder, content, name)
    assert [each.file for each in caught.value.findings] == [name]
    return str(caught.value)


@pytest.mark.parametrize("packing", PACK)
def test_a_packed_file_is_told_and_unpacked(tmp_path: Path, packing: str) -> None:
    content = b"case,activity,time\n" + bytes(range(33, 127)) * 1000
    packed = PACK[packing](content)
    found = recognised(tmp_path, packed)
    assert found == Recognised("csv", packing, content[:65_536])  # type: ignore[arg-type]
    with opened(tmp_path / "log.csv", found.packing) as stream:
        assert stream.read() == content
    if packing != "none":
        with opened(tmp_path / "log.csv", "none") as stream:
            assert stream.read() == packed


def test_several_frames_of_zstandard_are_one_file_and_damage_is_told(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.zst"
    first, second = zstandard.compress(b"a,b\n" * 400_000), zstandard.compress(random.Random(1).randbytes(200_000))
    path.write_bytes(first + second)
    with opened(path, "zstd") as stream:
        assert stream.read() == b"a,b\n" * 400_000 + random.Random(1).randbytes(200_000)
    for whole in (first, first + second):
        path.write_bytes(whole)
        assert recognise(path).packing == "zstd"
        path.write_bytes(whole[:-3])
        with pytest.raises(EOFError, match=r"^it ends too early$"):
            recognise(path)
    path.write_bytes(zstandard.compress(b"case,act") + zstandard.compress(b"ivity"))
    assert recognise(path).start == b"case,activity"
    path.write_bytes(first + b"no frame of its kind")
    with pytest.raises(EOFError, match="frame"):
        recognise(path)
    with pytest.raises(EOFError, match="frame"), opened(path, "zstd") as stream:
        stream.read()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PAR1 and so on", "parquet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "workbook"),
        (b"<?xml version='1.0'?>", "xes"),
        (b"\n\t <log>", "xes"),
        (codecs.BOM_UTF8 + b" <log>", "xes"),
        ("\ufeff<log>".encode("utf-16"), "xes"),
        (b'{"case": 1}', "json"),
        (b'{\n "case": 1}', "json"),
        (b'[{"case": 1}]', "json"),
        (b"[ [1, 2]]", "json"),
        (b"[\n]", "json"),
        ("[{".encode("utf-32"), "json"),
        ('{"case": 1}'.encode("utf-16-le"), "json"),
        (b"{case},b", "csv"),
        (b"[case],b", "csv"),
        (b'case,"{"', "csv"),
        (b"case PAR1,PK\x03\x04,%PDF,<", "csv"),
        ("case;Straße".encode("latin-1"), "csv"),
        ("case,activity,time".encode("utf-16-be"), "csv"),
    ],
)
def test_the_format_is_told_from_the_first_bytes(tmp_path: Path, content: bytes, kind: str) -> None:
    assert recognised(tmp_path, content) == Recognised(kind, "none", content)  # type: ignore[arg-type]
    assert recognised(tmp_path, gzip.compress(content)) == Recognised(kind, "gzip", content)  # type: ignore[arg-type]


def archive(path: Path, **files: bytes) -> bytes:
    with zipfile.ZipFile(path, "w") as written:
        for name, content in files.items():
            written.writestr(name.replace("__", "/").replace("_", "."), content)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("files", "is_workbook"),
    [
        ({"xl__workbook_xml": b""}, True),
        ({"xl__workbook_bin": b"", "other_txt": b""}, True),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, True),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, False),
        ({"log_csv": b"opendocument.spreadsheet"}, False),
    ],
)
def test_a_zip_archive_is_a_workbook_by_what_is_in_it(
    tmp_path: Path, files: dict[str, bytes], is_workbook: bool
) -> None:
    content = archive(tmp_path / "log.zip", **files)
    if is_workbook:
        assert recognised(tmp_path, content).format == "workbook"
    else:
        assert refusal(tmp_path, content) == ("log.csv: this is a zip archive; unpack it and give the event log inside")


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"PK\x03\x04 and no more") == (
        "log.csv: this is a damaged workbook or zip archive; fetch it again"
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"ARROW1\0\0", "this is an Arrow (Feather) file"),
        (b"ORC", "this is an ORC file"),
        (b"Obj\x01", "this is an Avro file"),
        (b"SQLite format 3\x00", "this is an SQLite database"),
        (b"%PDF-1.7", "this is a PDF document"),
        (b"7z\xbc\xaf\x27\x1c", "this is a 7z archive"),
        (b"Rar!\x1a", "this is a RAR archive"),
        (b"case\0,activity", "this is not a kind of event log that can be read"),
    ],
)
def test_what_is_no_log_is_told_what_it_is(tmp_path: Path, content: bytes, told: str) -> None:
    assert refusal(tmp_path, content) == f"log.csv: {told}; {READS}"


def test_a_file_named_parquet_is_read_as_text_only_where_it_is_marked_as_such(tmp_path: Path) -> None:
    told = f"log.PARQUET: this is not a kind of event log that can be read; {READS}"
    assert refusal(tmp_path, b"case,activity", "log.PARQUET") == told
    assert recognised(tmp_path, codecs.BOM_UTF8 + b"case,activity", "log.PARQUET").format == "csv"


def test_a_file_that_is_not_there_or_holds_nothing_is_told(tmp_path: Path) -> None:
    for empty in (b"", gzip.compress(b"")):
        assert refusal(tmp_path, empty) == ("log.csv: the file is empty; give a log with one row for each event")
    for path, told in (
        (tmp_path, f"{tmp_path.name}: this is a folder, not a file; give the event log inside it"),
        (tmp_path / "lok.csv", f'{tmp_path / "lok.csv"}: there is no such file; did you mean "log.csv"?'),
        (tmp_path / "else", f"{tmp_path / 'else'}: there is no such file; check the path"),
        (tmp_path / "no" / "log.csv", f"{tmp_path / 'no' / 'log.csv'}: there is no such file; check the path"),
    ):
        with pytest.raises(FitError) as caught:
            recognise(path)
        assert str(caught.value) == told
        assert caught.value.findings[0].file == told.partition(":")[0]


def zeros(many: int, of: int, at: int) -> bytes:
    """So many pairs of bytes, of which the first ones have a zero in one of their two bytes."""
    filler = bytearray(b"ab" * of)
    for pair in range(many):
        filler[2 * pair + at] = 0
    return bytes(filler)


@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        (codecs.BOM_UTF32_LE + b"a\0\0\0", "utf-32"),
        (codecs.BOM_UTF32_BE + b"\0\0\0a", "utf-32"),
        (codecs.BOM_UTF16_LE + b"a\0", "utf-16"),
        (codecs.BOM_UTF16_BE + b"\0a", "utf-16"),
        (codecs.BOM_UTF8 + b"a", "utf-8-sig"),
        (b"case,activity,time", None),
        (b"", None),
        # Eight pairs or more, of which more than seven in ten have their zero in one and the same byte.
        (zeros(8, 8, 1), "utf-16-le"),
        (zeros(8, 8, 0), "utf-16-be"),
        (zeros(7, 7, 1), None),
        (zeros(7, 7, 0), None),
        (zeros(8, 10, 1), "utf-16-le"),
        (zeros(8, 10, 0), "utf-16-be"),
        (zeros(7, 10, 1), None),
        (zeros(7, 10, 0), None),
        (b"\0" + zeros(9, 9, 1)[1:], None),
        (zeros(9, 9, 0)[:-1] + b"\0", None),
        # Of the first two thousand bytes alone.
        (zeros(1000, 1000, 1) + b"ab" * 1000, "utf-16-le"),
        (zeros(1000, 1000, 0) + b"ab" * 1000, "utf-16-be"),
        (zeros(1000, 1000, 1) + b"\0\0", "utf-16-le"),
        (zeros(1000, 1000, 0) + b"\0\0", "utf-16-be"),
        (b"ab" * 999 + b"\0a", None),
        (zeros(999, 999, 1) + b"\0\0", None),
        (zeros(999, 999, 0) + b"\0\0", None),
    ],
)
def test_an_encoding_is_given_away_by_its_mark_or_by_every_second_byte(start: bytes, encoding: str | None) -> None:
    assert marked_encoding(start) == encoding
