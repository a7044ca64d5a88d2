"""How text is decoded, each rule on a few bytes."""

import gzip
from pathlib import Path

import pytest

from sim.fit import FitError
from sim.fit.files.encodings import decoded, encoding_notes, find_encoding, is_direct, unpack
from sim.fit.files.unpacking import Format, Packing, Recognised


def start(of: bytes, format_: Format = "csv", packing: Packing = "none") -> Recognised:
    return Recognised(format_, packing, of)


@pytest.mark.parametrize(
    ("content", "asked", "encoding"),
    [
        (b"caf\xe9", "UTF8", "utf-8"),
        (b"caf\xc3\xa9", "Latin-1", "iso8859-1"),
        (b"\xff\xfea\x00", None, "utf-16"),
        (b"\xef\xbb\xbfa", None, "utf-8-sig"),
        (b"caf\xc3\xa9", None, "utf-8"),
        (b"caf\xc3", None, "utf-8"),  # cut off in the middle of a letter
        (b"caf\xe9 au lait", None, "cp1252"),
    ],
)
def test_the_encoding_is_the_one_asked_for_or_marked_or_the_first_that_fits(
    content: bytes, asked: str | None, encoding: str
) -> None:
    assert find_encoding("log.csv", start(content), asked) == encoding


def test_an_encoding_of_no_known_name_is_refused() -> None:
    with pytest.raises(FitError) as caught:
        find_encoding("log.csv", start(b"a"), "klingon")
    assert (
        str(caught.value) == 'log.csv: encoding: "klingon" is not an encoding; say one such as utf-8, cp1252 or utf-16'
    )


@pytest.mark.parametrize(
    ("encoding", "found", "direct"),
    [
        ("utf-8", start(b"a\nb\n"), True),
        ("utf-8-sig", start(b"a\nb\n"), True),
        ("cp1252", start(b"a\nb\n"), False),
        ("utf-8", start(b"a\nb\n", packing="gzip"), True),
        ("utf-8", start(b"a\nb\n", packing="zstd"), True),
        ("utf-8", start(b"a\nb\n", packing="bzip2"), False),
        ("utf-8", start(b"a\r\nb\r\n"), True),
        ("utf-8", start(b"a\r\nb\n"), False),
        ("utf-8", start(b"a\r\nb\nc\n"), False),
        ("utf-8", start(b"a\r\nb\n", "json"), True),
        ("utf-8", start(b"a\nb\n", "json", "xz"), False),
        ("cp1252", start(b"a", "json"), False),
    ],
)
def test_the_database_reads_utf_8_itself_where_it_can_unpack_it_and_lines_end_alike(
    encoding: str, found: Recognised, direct: bool
) -> None:
    assert is_direct(encoding, found) == direct


def test_the_first_bytes_are_read_whatever_they_are() -> None:
    assert decoded(b"\xef\xbb\xbfcaf\xc3\xa9 \xc3", "utf-8") == "café \ufffd"
    # Windows-1252 has a euro at 80, and nothing at 81.
    assert decoded(b"\x80 \x81\x8d", "cp1252") == "€ \x81\x8d"


@pytest.mark.parametrize("packing", ["none", "gzip"])
def test_text_is_written_as_utf_8_with_line_ends_of_one_kind(packing: Packing, tmp_path: Path) -> None:
    content = "a €\r\nb\rc\nd".encode("cp1252") + b"\x81"
    (tmp_path / "log").write_bytes(gzip.compress(content) if packing == "gzip" else content)
    unpack(tmp_path / "log", packing, "cp1252", tmp_path / "plain")
    assert (tmp_path / "plain").read_bytes() == "a €\nb\nc\nd\x81".encode()


def test_text_that_is_not_of_its_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(b"caf\xe9")
    with pytest.raises(FitError) as caught:
        unpack(tmp_path / "log.csv", "none", "utf-8", tmp_path / "plain")
    (finding,) = caught.value.findings
    assert (finding.file, finding.address) == ("log.csv", "")
    assert str(finding) == "log.csv: the text is not UTF-8, or is cut off; give its encoding with --encoding"


@pytest.mark.parametrize(
    ("encoding", "asked", "is_told"), [("cp1252", None, True), ("cp1252", "cp1252", False), ("utf-8", None, False)]
)
def test_an_encoding_is_told_where_it_was_guessed(encoding: str, asked: str | None, is_told: bool) -> None:
    said = "the text is not UTF-8; it was read as Windows-1252 (use --encoding if names look wrong)"
    assert encoding_notes(encoding, asked) == ((said,) if is_told else ())
