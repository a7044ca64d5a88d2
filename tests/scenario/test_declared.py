"""Every key says what it is on its field: no number goes without its unit, no name without being looked up."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic.fields import FieldInfo

from sim.experiment import plan
from sim.scenario import ScenarioError, new_text, open_scenario
from sim.scenario.addresses.address import joined
from sim.scenario.checks.references import Names, in_table, referring_keys
from sim.scenario.checks.settable import dated_keys
from sim.scenario.declared import UndeclaredError, declared, undeclared
from sim.scenario.distributions import Distribution
from sim.scenario.key import LOOKED_UP, NAMED_ELSEWHERE, Days, Hours, Key, Plain
from sim.scenario.legible import Line
from sim.scenario.model import ChannelId, DeskId, Finite, Id, Many, NonNegative, Part, TouchpointId
from sim.scenario.orchestration import Trigger
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields, shapes_of, tables_in
from sim.scenario.walking import labels_at, said_at, saying
from tests.builders import scenario, small
from tests.scenario.test_reference import every_field


class Forgetful(Part):
    """Keys that do not say enough."""

    waits: NonNegative = 0.0
    """a number"""
    delay: Distribution | None = None
    """a distribution"""
    weights: dict[Id, Finite]
    """numbers by name"""
    spots: Many[tuple[Finite, Finite]] = ()
    """numbers in lists"""
    shop: Id | None = None
    """an id"""
    shops: Many[Id] = ()
    """ids"""
    code: str = ""
    """a text"""
    codes: dict[Id, str]
    """texts by name"""
    at: Annotated[Id | None, Key(refers_to="moons")] = None
    """an id of something that there is not"""
    on: Days[bool] = True
    """a unit of no number"""
    wait_hours: Days[Finite] = 0.0
    """a time with a name that contradicts its unit"""
    lasts: Hours[Finite] = 0.0
    """days for which it lasts"""
    price: Plain[Decimal] = Decimal(0)
    """a number of a kind that nothing shows"""
    prices: Many[set[float]] = ()
    """the same in a list"""
    mute: Plain[Finite] = 0.0


class Inner(Part):
    """A table inside."""

    ends: dict[Id, Annotated[TouchpointId, Key(must="exist")]]
    """ids by name"""


class Mindful(Part):
    """Keys that do."""

    id: Id
    """its own id"""
    waits: Days[NonNegative] | None = None
    """a number"""
    at: Annotated[Days[NonNegative] | None, Key(unit="o'clock")] = None
    """a number in a unit of its own"""
    factor: Plain[Finite] = 1.0
    """a number without a unit"""
    name: Line = ""
    """a free text"""
    desk: DeskId | None = None
    """an id"""
    channels: dict[ChannelId, Plain[Finite]] | Many[ChannelId] = ()
    """ids as names or in a list"""
    inner: Many[Inner] = ()
    """tables"""


TOLD = {
    "waits": "no unit",
    "delay": "no unit",
    "weights": "no unit",
    "spots": "no unit",
    "shop": "what its text refers to",
    "shops": "what its text refers to",
    "code": "what its text refers to",
    "codes": "what its text refers to",
    "at": "refers to moons, which nothing looks up",
    "on": "has no number, but a unit",
    "wait_hours": "speaks of hours, but its unit is days",
    "lasts": "speaks of days, but its unit is hours",
    "price": "a type that neither window nor reference knows",
    "prices": "a type that neither window nor reference knows",
    "mute": "nothing of what it means",
}


@pytest.mark.parametrize("key", fields(Forgetful))
def test_a_key_that_says_too_little_is_told(key: str) -> None:
    assert any(TOLD[key] in told for told in undeclared(Forgetful, key))
    with pytest.raises(UndeclaredError, match=f"Forgetful.{key} "):
        declared(Forgetful, key)


def test_every_key_of_a_scenario_says_its_meaning_its_unit_and_what_it_names() -> None:
    for model, key, _ in [*every_field(), *((Mindful, key, None) for key in fields(Mindful))]:
        assert declared(model, key).label


def test_no_two_keys_of_a_table_have_the_same_label() -> None:
    labels: dict[tuple[type[Part], str], str] = {}
    for model, key, _ in every_field():
        assert labels.setdefault((model, declared(model, key).label.lower()), key) == key


def test_a_key_that_may_change_at_a_date_stands_where_phases_and_shocks_look_for_it() -> None:
    said = {(model, key) for model, key, _ in every_field() if declared(model, key).dated}
    assert len(said) == sum(map(len, dated_keys().values()))


def test_every_reference_in_a_scenario_is_looked_up() -> None:
    """Each key that refers to something is on a path that the check takes from the top."""

    def taken(model: type[Part]) -> Iterator[tuple[type[Part], str]]:
        for reference in referring_keys(model):
            yield model, reference.key
            for table in tables_in(shapes_of(fields(model)[reference.key])) if reference.tables else ():
                yield from taken(table)

    said = {(model, key): declared(model, key) for model, key, _ in every_field()}
    referring = {each for each, key in said.items() if key.refers_to in LOOKED_UP and key.must}
    assert len(referring) > 20
    assert referring <= set(taken(Scenario))


ELSEWHERE = {
    "Arm.extends": {"experiment": {"arms": [{"id": "a", "extends": "nowhere.toml"}]}},
    "Arm.set": {"experiment": {"arms": [{"id": "a", "set": {"nowhere": 1}}]}},
    "Broadcast.if": {"broadcasts": [{"id": "b", "at": 1, "do": "hello", "if": [["nowhere", ">", 1]]}]},
    "Phase.set": {"phases": [{"id": "p", "at": 1, "set": {"nowhere": 1}}]},
    "Precision.outcome": {"experiment": {"precision": {"outcome": "nowhere", "half_width": 1}}},
    "Rule.if": {"rules": [{"id": "r", "when": {"tick": True}, "do": "hello", "if": [["nowhere", ">", 1]]}]},
    "Rule.stop": {"rules": [{"id": "r", "when": {"tick": True}, "do": "hello", "stop": [["nowhere", ">", 1]]}]},
    "Scenario.uncertainty": {"uncertainty": {"nowhere": 1}},
    "Score.weights": {"scores": {"warm": {"weights": {"nowhere": 1}}}},
    "Season.set": {"seasons": [{"id": "s", "months": ["may"], "set": {"nowhere": 1}}]},
    "Shock.set": {"shocks": [{"id": "s", "from": 1, "to": 2, "set": {"nowhere": 1}}]},
    "Trigger.count": {"rules": [{"id": "r", "when": {"count": "nowhere", "reaches": 2}, "do": "hello"}]},
}
"""For each key whose names have a check of their own, one that there is not."""


def test_each_key_that_names_something_else_is_shown_here() -> None:
    said = {f"{model.__name__}.{key}": declared(model, key).refers_to for model, key, _ in every_field()}
    assert {key for key, kind in said.items() if kind in NAMED_ELSEWHERE} == set(ELSEWHERE)


@pytest.mark.parametrize("key", ELSEWHERE)
def test_a_name_with_a_check_of_its_own_is_refused_where_it_names_nothing(key: str, tmp_path: Path) -> None:
    file = tmp_path / "scenario.toml"
    channels: dict[str, Any] = {"channels": [{"id": "web"}], "actions": [{"id": "hello", "channels": ["web"]}]}
    file.write_text(new_text(small(**channels, **ELSEWHERE[key])), encoding="utf-8")
    with pytest.raises(ScenarioError, match="nowhere"):
        plan(open_scenario(file))


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        ("money.goods_back", ["Money", "Refunded goods that come back"]),
        ("touchpoints.cart.emotion.sd", ["Touchpoints", "Cart", "Emotion", "Standard deviation"]),
        ("channels.sd.cost", ["Channels", "Sd", "Cost"]),  # an id that looks like a key
        ("scores.set.weights.visits", ["Scores", "Set", "Weights", "Visits"]),
        ("nowhere.set", ["Nowhere", "Set"]),
    ],
)
def test_the_parts_of_an_address_are_called_as_their_fields_are(address: str, labels: list[str]) -> None:
    assert labels_at(address.split(".")) == labels


READ: dict[str, Callable[[type[Part], FieldInfo, Key], bool]] = {
    "besides": lambda _, __, said: said.refers_to in LOOKED_UP,
    "entry": lambda _, field, __: any(option.entries is not None for option in shapes_of(field)),
    "left_out": lambda _, field, said: said.refers_to == "channels" and shapes_of(field)[0].entries is not None,
    "names": lambda _, field, __: any(option.entries is not None for option in shapes_of(field)),
    "needs": lambda model, _, __: model is Trigger,
    "nothing": lambda _, field, __: any(option.items for option in shapes_of(field)),
    "of_all": lambda _, field, __: {option.plain for option in shapes_of(field)} <= {int, float},
    "same_for_all_arms": lambda model, _, __: model is Scenario,
}
"""Where what a key says of itself is read; elsewhere it would say so to nobody."""


@pytest.mark.parametrize("aspect", READ)
def test_what_a_key_says_of_itself_is_read_where_it_says_so(aspect: str) -> None:
    usual = getattr(Key(), aspect)
    said = [(model, field, declared(model, key)) for model, key, field in every_field()]
    saying = [each for each in said if getattr(each[2], aspect) != usual]
    assert saying
    assert all(READ[aspect](*each) for each in saying)


def test_the_outer_word_of_a_type_counts() -> None:
    assert declared(Mindful, "waits").unit == "days"
    assert declared(Mindful, "at").unit == "o'clock"
    assert declared(Mindful, "at").help == "a number in a unit of its own"


def test_names_of_what_there_is_not_are_found_wherever_they_stand() -> None:
    there = {
        "channels": Names("channel", {"web": True, "post": False}),
        "desks": Names("desk", {"till": True}),
        "touchpoints": Names("touchpoint", {"cart": False}),
    }
    inner = Inner(ends={"from": "cart", "to": "crat"})
    tables = [
        Mindful(id="a", channels=("web", "post", "pots"), inner=(inner,)),
        Mindful(id="b", desk="tlil", channels={"wbe": 1.0}),
    ]
    faults = [fault for table in tables for fault in in_table(table, ("top",), there, works=True)]
    found = [(fault.key_path, fault.problem) for fault in faults]
    assert found == [
        (("top", "channels", 1), 'the channel "post" is disabled'),
        (("top", "channels", 2), 'there is no channel "pots"'),
        (("top", "inner", 0, "ends", "to"), 'there is no touchpoint "crat"'),
        (("top", "desk"), 'there is no desk "tlil"'),
        (("top", "channels", "wbe"), 'there is no channel "wbe"'),
    ]


def test_what_all_customers_share_is_found_wherever_it_stands() -> None:
    bought = {"spend": 50.0, "cost_per_arrival": 2.0, "saturation": 100.0}
    shifts = [{"from": 8, "to": 12, "agents": 2}, {"from": 12, "to": 18, "agents": 3}]
    found = scenario(
        channels=[{"id": "web", "acquisition": bought}, {"id": "app"}],
        desks=[{"id": "till", "shifts": shifts, "service_minutes": 3}],
        orchestration={"budget": {"per_day": 9.0}},
    )
    assert {joined(parts): value for parts, value in saying(found, "scaled")} == {
        "population.size": found.population.size,
        "channels.web.acquisition.spend": 50.0,
        "channels.web.acquisition.saturation": 100.0,
    }
    assert {joined(parts): value for parts, value in saying(found, "once")} == {
        "desks.till.shifts.1.agents": 2,
        "desks.till.shifts.2.agents": 3,
        "money.setup": 0.0,
        "money.per_month": 0.0,
        "orchestration.budget.per_day": 9.0,
    }
    assert said_at(("channels", "web", "acquisition", "spend")).of_all == "scaled"
    assert said_at(("nowhere", "spend")).of_all == ""
