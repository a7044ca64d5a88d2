"""Rules and their parts in words: every trigger, subject and operator of the schema, and all rules that ship."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.forms.source import Source
from app.desktop.forms.subjects import GROUPS, OPERATORS, said_of, sort_of, subjects_in, terms_in, values_of
from app.desktop.rules.conditions import condition_words
from app.desktop.rules.sentence import TRIGGERS, broadcast_sentence, rule_sentence
from app.desktop.rules.triggers import KINDS, kind_of
from sim.scenario import parse
from sim.scenario.orchestration import Operator, Trigger
from sim.scenario.shape import fields
from sim.scenario.subjects import ids_of, subject_of, subjects
from sim.shipped import scenarios_folder
from tests.desktop.shop_with_rules import SHOP


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document()
    made.new(SHOP)
    yield made
    made.close()


def test_a_rule_is_one_plain_sentence(document: Document) -> None:
    said = rule_sentence(document.tables["rules"][1], Source(document))

    assert said == (
        "One day after somebody enters Cart without reaching Checkout since, if they accept e-mail and sentiment is "
        "above 0, send “Cart reminder” by e-mail, at most once in 7 days; unless by then they have bought."
    )


def test_every_trigger_of_the_schema_has_words_and_fields() -> None:
    kinds = set(fields(Trigger)) - {key for kind in KINDS.values() for key in kind.titles if key not in KINDS}

    assert kinds == set(KINDS) == set(TRIGGERS)
    assert {key for kind, each in KINDS.items() for key in (kind, *each.titles)} == set(fields(Trigger))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"entered": "cart"}, "When somebody enters Cart, send"),
        ({"entered": "cart", "after": 0.083}, "2 hours after somebody enters Cart, send"),
        ({"leaving": True}, "When somebody is about to leave for good, send"),
        ({"leaving": "cart"}, "When somebody is about to leave for good from Cart, send"),
        ({"idle": 7}, "After 7 days without any activity from a customer, send"),
        ({"count": "visits.cart", "reaches": 3}, "When a customer's number of visits to Cart reaches 3, send"),
        ({"count": "purchases", "reaches": 2}, "When a customer's number of purchases reaches 2, send"),
        ({"score": "risk", "above": 0.6}, "When the score Risk rises above 0.6, send"),
        ({"score": "risk", "below": 0.2}, "When the score Risk falls below 0.2, send"),
        ({"score": "risk", "above": 0.4, "below": 0.6}, "When the score Risk is between 0.4 and 0.6, send"),
        ({"at": 20}, "On day 20 of the run, send"),
        ({"every": "mon 09:00"}, "Every Monday at 09:00, send"),
        ({"tick": True}, "Each time the brand plans (every day), send"),
    ],
)
def test_each_trigger_is_said(document: Document, when: Mapping[str, Any], words: str) -> None:
    assert rule_sentence({"when": when, "do": "remind"}, Source(document)).startswith(words)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (["segment", "in", ["bargain", "loyal"]], "they are in bargain or loyal"),
        (["touchpoint", "not in", ["cart", "checkout"]], "they are not at Cart or Checkout"),
        (["stage", "==", "consideration"], "they are in the stage Consideration"),
        (["channel", "==", "none"], "they have had no contact on a channel yet"),
        (["channel", "!=", "email"], "their last contact was not on e-mail"),
        (["weekday", "!=", "mon"], "it is not Monday"),
        (["attributes.region", "==", "north"], "their region is North"),
        (["consent", "!=", True], "they do not consent to the use of their data"),
        (["opted_in.email", "==", False], "they do not accept e-mail"),
        (["visits.cart", "==", 0], "they have never been at Cart"),
        (["visits.cart", ">=", 3], "the number of visits to Cart is at least 3"),
        (["revenue", ">", 100], "the money spent so far is above 100 EUR"),
        (["idle_days", "<", 30], "the time without a sign is below 30 days"),
        (["hour", ">=", 9.5], "the hour of the day is at least 09:30"),
        (["discount", ">", 0.05], "the discount on offer is above 5 %"),
        (["visits.nowhere", ">", 2], "the number of visits to nowhere is above 2"),
        (["scores.risk", "<=", 0.8], "the score Risk is at most 0.8"),
        (["visits", "in", [1, 2]], "the number of visits is one of 1 or 2"),
    ],
)
def test_each_condition_is_said(document: Document, condition: list[Any], words: str) -> None:
    assert condition_words(condition, Source(document)) == words


def test_every_subject_of_the_schema_has_words_and_a_place_in_the_list(document: Document) -> None:
    scenario = parse(document.text).scenario
    source = Source(document)
    listed = subjects_in(source)

    assert {subject for group in listed.values() for subject in group} == set(subjects(scenario))
    assert set(listed) == set(GROUPS)
    for name in subjects(scenario):
        subject = subject_of(name, scenario)
        assert subject is not None
        assert sort_of(name) == subject.sort
        assert said_of(name, source).label != name
        if subject.sort == "id":
            assert set(values_of(name, source)) - {"none"} == set(ids_of(subject, scenario))


def test_every_operator_of_the_schema_has_words() -> None:
    assert {sign for signs in OPERATORS.values() for sign in signs} == set(Operator.__args__)


def test_everything_that_a_score_can_weigh_has_words(document: Document) -> None:
    terms = terms_in(Source(document))
    assert {"sentiment", "visits.cart", "segment.loyal", "attributes.region.north", "opted_in.email"} <= set(terms)
    text = document.text.replace("weights = { sentiment = -2 }", "[scores.risk.weights]\n" + "\n".join(
        f'"{term}" = 1' for term in terms
    ))  # fmt: skip
    assert not [finding for finding in parse(text).warnings if "scores" in finding.address]


@pytest.mark.parametrize("file", sorted(scenarios_folder().glob("*.toml")), ids=lambda file: file.stem)
def test_the_rules_that_ship_are_said_with_their_names(qtbot: QtBot, file: Path) -> None:
    document = Document()
    document.open(file)
    source = Source(document)
    names = source.named("actions")
    for each in document.shown.get("rules", []):
        said = rule_sentence(each, source)
        assert f"“{names[each['do']]}”" in said
        for key in ("entered", "without", "leaving"):
            if isinstance(each["when"].get(key), str):
                assert source.named("touchpoints")[each["when"][key]] in said
        assert ("if " in said.split("; unless")[0]) == bool(each.get("if"))
        assert ("at most once" in said) == bool(each.get("cooldown"))
        assert ("; unless by then" in said) == bool(each.get("stop"))
        assert "not there" not in said
        assert "yet said" not in said
    for each in document.shown.get("broadcasts", []):
        said = broadcast_sentence(each, source)
        assert said.startswith("On ")
        assert f"“{names[each['do']]}”" in said
        for segment in each.get("segments", []):
            assert source.named("segments")[segment] in said
    document.close()


def test_the_kind_of_a_trigger_is_told_by_its_key() -> None:
    assert kind_of({"entered": "cart"}) == "entered"
    assert kind_of({}) is None
    assert kind_of("tick") is None


@pytest.mark.parametrize(
    ("receipt", "said"),
    [
        ({"channels": ["email"]}, "send “Receipt” by e-mail (transactional: exempt from all limits)."),
        ({"channels": ["email", "push"], "support_after": 1}, "one day apart (transactional: exempt from all limits)."),
        (
            {"kind": "call", "channels": ["email"]},
            "call with “Receipt” by e-mail (transactional: exempt from all limits).",
        ),
    ],
)
def test_a_receipt_is_said_to_go_past_all_limits(document: Document, receipt: Mapping[str, Any], said: str) -> None:
    action = {"id": "receipt", "name": "Receipt", "transactional": True, **receipt}
    document.set("Receipt", {"actions": [*document.tables["actions"], action]})
    told = rule_sentence({"when": {"entered": "checkout"}, "do": "receipt"}, Source(document))
    assert told.endswith(said)
