import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from sim.scenario import ScenarioError, edit, parse
from sim.scenario.model import Part
from sim.scenario.renaming import ids_in, kinds, renamed, uses, with_id
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields, tables_in
from sim.scenario.shape import shapes_of as options_of
from sim.shipped import shipped_scenarios
from tests.desktop.everything import EVERYTHING
from tests.scenario.orchestrated import ORCHESTRATED


def models_with_ids(model: type[Part] = Scenario) -> Iterator[type[Part]]:
    """Every table of the models, however deep, that has an id, but the scenario itself."""
    for field in fields(model).values():
        for inner in tables_in(options_of(field)):
            if "id" in fields(inner):
                yield inner
            yield from models_with_ids(inner)


def test_everything_that_the_models_give_an_id_is_a_kind() -> None:
    names = {model.__name__ for model in models_with_ids()}
    lists = {kind.rpartition(".")[2][:-1] for kind in kinds()} - {"score", "attribute"}
    assert {name.lower() for name in names} == lists
    assert {"scores", "segments.attributes"} < set(kinds()), "tables whose keys are ids"


_SHIPPED = [pytest.param(id_, marks=pytest.mark.slow) for id_ in ("online-shop", "onboarding-nudges")]


@pytest.mark.parametrize("id_", ["everything", *_SHIPPED])
def test_every_id_can_be_changed_and_nothing_misses_it(id_: str) -> None:
    text = EVERYTHING if id_ == "everything" else shipped_scenarios()[id_].read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    for kind in kinds():
        ids = ids_in(tables, kind)
        assert ids or id_ != "everything", f"there is nothing of the kind {kind} to try"
        for old in ids:
            after = with_id(text, kind, old, "zz-new")
            assert tomllib.loads(after) == renamed(tables, kind, old, "zz-new")
            parse(after)  # nothing in it names what is no longer there
            assert uses(tomllib.loads(after), kind, [old]) == []
            assert [words for words in text.splitlines() if words.startswith("#") and words not in after] == []


def test_ids_stand_in_conditions_weights_addresses_arms_and_layout() -> None:
    tables = tomllib.loads(EVERYTHING)
    assert uses(tables, "touchpoints", ["page"]) == [
        "transitions.page/cart.from", "transitions.page/gone.from", "transitions.page/shelf.from",
        "transitions.asleep/page.to", 'scores.warm.weights."touchpoint.page"', "rules.forgotten.when.entered",
        "rules.going.when.leaving", "rules.going.if", "rules.often.when.count", "surveys.again.at", "layout.page",
    ]  # fmt: skip
    after = renamed(tables, "channels", "email", "mail")
    assert after["experiment"]["arms"][1]["set"] == {"channels.mail.open_rate": 0.3}
    assert list(after["uncertainty"]) == ["channels.mail.response_rate"]
    assert "mail" in after["orchestration"]["caps"]


def test_scores_and_attributes_stand_in_conditions_triggers_and_weights() -> None:
    tables = tomllib.loads(EVERYTHING)
    assert uses(tables, "scores", ["warm"]) == ["rules.going-anywhere.if", "rules.keen.when.score"]
    assert uses(tables, "segments.attributes", ["region"]) == [
        'scores.warm.weights."attributes.region.north"', "rules.going.if",
    ]  # fmt: skip


@pytest.mark.parametrize("where", ["arms", "phases", "shocks", "uncertainty"])
@pytest.mark.parametrize(
    ("kind", "old", "address", "after"),
    [
        ("transitions", "page/cart", "transitions.page/cart.share", "transitions.zz.share"),
        ("touchpoints", "cart", "transitions.page/cart.share", "transitions.page/zz.share"),
        ("rules", "sale", "rules.sale.priority", "rules.zz.priority"),
        ("scores", "warm", "scores.warm.intercept", "scores.zz.intercept"),
        ("segments", "loyal", "segments.loyal.traits.pace", "segments.zz.traits.pace"),
        (
            "segments.attributes", "region", "segments.bargain.attributes.region.north",
            "segments.bargain.attributes.zz.north",
        ),
    ],
)  # fmt: skip
def test_addresses_follow_wherever_they_stand(where: str, kind: str, old: str, address: str, after: str) -> None:
    said: dict[str, Any] = {
        "arms": {"experiment.arms": [{"id": "base"}, {"id": "more", "set": {address: 2}}]},
        "phases": {"phases.spring.set": {address: 2}},
        "shocks": {"shocks.strike.set": {address: 2}},
        "uncertainty": {"uncertainty": {address: {"family": "uniform", "low": 1, "high": 2}}},
    }[where]
    text = with_id(edit(ORCHESTRATED, said), kind, old, "zz")
    assert after.split(".")[-1] in text
    tables = tomllib.loads(text)
    set_there = {
        "arms": lambda: tables["experiment"]["arms"][1]["set"],
        "phases": lambda: tables["phases"][0]["set"],
        "shocks": lambda: tables["shocks"][0]["set"],
        "uncertainty": lambda: tables["uncertainty"],
    }[where]()
    assert list(set_there) == [after]


def test_order_and_comments_around_keys_stay() -> None:
    score = "[scores.cold] # the other way\nintercept = 1 # at first\n\n[scores.cold.weights]\n# by then\ndays = 1\n"
    before = f"{ORCHESTRATED}\n{score}"
    after = with_id(before, "scores", "cold", "cool")
    assert after == before.replace("scores.cold", "scores.cool")
    assert with_id(after, "scores", "cool", "cold") == before
    tables = tomllib.loads(with_id(ORCHESTRATED, "channels", "email", "mail"))
    assert list(tables["orchestration"]["caps"]) == ["total", "mail"]


def test_a_transition_without_an_id_gets_one_and_can_lose_it_again() -> None:
    text = with_id(ORCHESTRATED, "transitions", "page/cart", "to-cart")
    assert tomllib.loads(text)["transitions"][0]["id"] == "to-cart"
    assert with_id(text, "transitions", "to-cart", "page/cart") == ORCHESTRATED


def test_where_something_stood_that_is_gone_is_forgotten() -> None:
    text = edit(EVERYTHING, {"layout.landing": [5, 5]})
    assert tomllib.loads(with_id(text, "touchpoints", "page", "landing"))["layout"] == {"landing": [0, 0]}


@pytest.mark.parametrize(
    ("kind", "old", "new", "problem"),
    [
        ("touchpoints", "nowhere", "x", "not written"),
        ("touchpoints", "page", "cart", 'there is a "cart" already'),
        ("touchpoints", "page", "My page", '"My page" is not an ID; use lower-case .* such as my-page'),
        ("transitions", "page/cart", "page/gone", "already"),
        ("transitions", "page/cart", "page/asleep", "not an ID"),
        ("channels", "email", "total", "means something else"),
        ("scores", "warm", "", "not an ID"),
    ],
)
def test_what_is_not_there_or_there_twice_or_no_id_is_refused(kind: str, old: str, new: str, problem: str) -> None:
    with pytest.raises(ScenarioError, match=problem):
        with_id(EVERYTHING, kind, old, new)
