"""One glossary: the page is written from the file that the window's tooltips read."""

from app.shown.glossary import PAGE, glossary, page


def test_the_glossary_page_is_written_from_the_shipped_glossary() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m app.shown.glossary`"


def test_words_are_in_alphabetical_order_and_all_have_a_meaning() -> None:
    assert list(glossary()) == sorted(glossary())
    assert all(meaning and meaning[-1] != "." for meaning in glossary().values())


def test_no_meaning_would_break_the_table() -> None:
    assert not [word for word, meaning in glossary().items() if "|" in meaning or "\n" in meaning]
