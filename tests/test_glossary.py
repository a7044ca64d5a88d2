"""One glossary: the page is written from the file that the window's tooltips read."""

import pytest

from app.desktop.forms.key import keys_of
from app.shown.glossary import PAGE, glossary, page, shown
from sim.scenario.reference import sections


def test_the_glossary_page_is_written_from_the_shipped_glossary() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m app.shown.glossary`"


def test_words_are_in_alphabetical_order_and_all_have_a_meaning() -> None:
    assert list(glossary()) == sorted(glossary())
    assert all(meaning and meaning[-1] != "." for meaning in glossary().values())


def test_no_meaning_would_break_the_table() -> None:
    assert not [word for word, meaning in glossary().items() if "|" in meaning or "\n" in meaning]


@pytest.mark.parametrize("term", ["NPS", "CSAT", "CES", "moment of truth", "attribution", "omnichannel"])
def test_the_terms_of_the_field_are_explained_as_they_are_printed(term: str) -> None:
    assert any(shown(word).partition(" (")[0] == term for word in glossary())


def test_every_label_of_a_field_is_in_the_glossary() -> None:
    text = page()
    labels = {key.label for section in sections() for key in keys_of(section.model)}
    assert len(labels) > 100
    assert [label for label in labels if f"| {label} | `" not in text] == []
