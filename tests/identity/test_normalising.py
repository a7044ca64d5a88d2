"""What people write in many ways is compared as one; what says nothing matches nothing.

Most cases are of a kind that went wrong elsewhere: addresses told apart by their case (casdoor 4380; in
go-email-normalizer 3 short ones alone), numbers with 00, + or 0 (libphonenumber 1870, WifiSMS 19, linphone-android
940), blanks and "N/A" that match each other (seed 1412, dedupe 460, litsearchr 60), characters that nobody sees
(job-autofill-extension 176), accents (ConnectYou 398), and the Turkish i.
"""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.identity.normalising import email, latin, name, phone, plain

WRITTEN = {
    "ann@post.example": [
        "Ann@post.example", "ANN@POST.EXAMPLE", " ann@post.example ", "ann+shop@post.example", "ann+a+b@Post.example",
        "ann@post.example\u200b", "\ufeffann@post.example", "ann\u00a0@post.example", "ａｎｎ@post.example",
    ],
    "a@b.example": ["A@b.example", "a+tag@b.example"],
    "+@post.example": ["+@post.example"],
    "iris@post.example": ["İRİS@post.example", "IRIS@post.example", "iri\u0307s@post.example"],
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "written"), [(k, each) for k, v in WRITTEN.items() for each in v])
def test_spellings_of_an_address_are_one(wanted: str, written: str) -> None:
    assert email(written) == wanted


@pytest.mark.parametrize(
    "written",
    [
        "+49 301 234567",
        "0049301234567",
        "0301 234567",
        "+49 (0)301-234567",
        "+490301234567",
        "٠٣٠١٢٣٤٥٦٧",
        "301/234567",
    ],
)
def test_spellings_of_a_number_are_one(written: str) -> None:
    assert phone(written) == "301234567"


@pytest.mark.parametrize(
    "written",
    [
        "Zoë O'Brien-Müller", "O'BRIEN-MÜLLER, Zoë", "zoe obrien muller", "  Zoe   O’Brien  Müller ",
        "Zoe\u0308 O'Brien-Mu\u0308ller", "Zoe\u200bO'Brien\u200bMuller", "ZOE OBRIEN‐MULLER", 
        "Zo\u00ade O'Brien Muller",
    ],
)  # fmt: skip
def test_spellings_of_a_name_are_one(written: str) -> None:
    assert name(written) == "zoe obrien muller"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Işık Yılmaz", "ISIK YILMAZ"), ("Łukasz Sørensen", "lukasz sorensen"), ("Groß, Jan", "JAN GROSS")],
)
def test_letters_that_no_standard_takes_apart_are_one_with_the_plain_ones(one: str, other: str) -> None:
    assert name(one) == name(other)


def test_names_in_other_scripts_keep_what_tells_them_apart() -> None:
    assert name("किरण") != name("करण")
    assert name("山田 太郎") == "山田 太郎"
    assert latin("Ω") == "ω"


@pytest.mark.parametrize("way", [email, phone, name, plain])
@pytest.mark.parametrize(
    "written", ["", " ", "\u200b", "null", "NULL", "None", "n/a", "N/A", "unknown", "-", "--", "?"]
)
def test_what_says_nothing_matches_nothing(way: object, written: str) -> None:
    assert callable(way)
    assert way(written) == ""


@pytest.mark.parametrize("written", ["ann", "@post.example", "ann@", "@"])
def test_what_is_no_address_matches_nothing(written: str) -> None:
    assert email(written) == ""


@pytest.mark.parametrize("written", ["117", "000000000", "+49 111 111 111", "999999"])
def test_a_number_that_many_write_matches_nothing(written: str) -> None:
    assert phone(written) == ""


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.sampled_from([email, phone, name, plain]))
def test_what_is_normalised_stays_as_it_is(written: str, way: object) -> None:
    assert callable(way)
    once = way(written)
    assert way(once) == once


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüéßøłıñ '-", max_size=20))
def test_case_and_form_of_letters_never_matter(written: str) -> None:
    for other in (unicodedata.normalize("NFD", written), unicodedata.normalize("NFC", written), f" {written} "):
        assert name(other) == name(written)
