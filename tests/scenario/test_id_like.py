import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.id_like import id_like


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Größe wählen", "grosse-wahlen"),
        ("Wybór płatności", "wybor-platnosci"),
        ("Kjøp på nytt", "kjop-pa-nytt"),
        ("Œuvre d'été", "oeuvre-d-ete"),
        ("Корзина", "korzina"),
        ("Чай и объём", "chay-i-obem"),
        ("Καλάθι", "kalathi"),
        ("Cart 2 (mobile)", "cart-2-mobile"),
        ("already_an-id", "already_an-id"),
        ("ﬁrst visit", "first-visit"),
        ("購入", ""),
        ("…", ""),
    ],
)
def test_an_id_is_as_like_its_name_as_ids_can_be(name: str, id_: str) -> None:
    assert id_like(name) == id_


@given(st.text())
def test_what_comes_of_any_text_can_be_an_id(name: str) -> None:
    assert re.fullmatch("[a-z0-9_-]*", id_like(name))
