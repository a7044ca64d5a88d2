"""What is doubtful about `[identity]` is said where it stands."""

from typing import Any

import pytest

from sim.scenario import get, new_text, override
from tests.builders import scenario, small
from tests.scenario.finding import findings

TWO = [{"id": "web"}, {"id": "store", "kind": "in_person"}]


def of(identity: dict[str, Any], channels: list[dict[str, Any]] = TWO, **more: Any) -> list[tuple[str, str, str]]:
    text = new_text(small(identity=identity, channels=channels, **more))
    return [(each.level, each.address, each.problem) for each in findings(text)]


def test_the_defaults_are_without_findings() -> None:
    assert of({}) == []
    assert of({"methods": []}) == []


@pytest.mark.parametrize(
    ("identity", "address", "words"),
    [
        ({"typos": {"email": 1.2}}, "identity.typos.email", "1"),
        ({"outdated": {"cookie": -0.1}}, "identity.outdated.cookie", "0"),
        ({"outdated": {"name": 0.1}}, "identity.outdated.name", "name"),
        ({"keys": ["email", "shoe-size"]}, "identity.keys.2", "shoe-size"),
        ({"methods": ["magic"]}, "identity.methods.1", "magic"),
        ({"confidence": {"e-mail": 1}}, "identity.confidence.e-mail", "e-mail"),
    ],
)
def test_what_is_no_rate_and_no_kind_is_an_error(identity: dict[str, Any], address: str, words: str) -> None:
    [(level, where, problem)] = of(identity)
    assert (level, where) == ("error", address)
    assert words in problem


def test_a_share_left_on_a_channel_is_between_none_and_all() -> None:
    [(level, where, _)] = of({}, [{"id": "web", "identifiers": {"email": 2}}, *TWO[1:]])
    assert (level, where) == ("error", "channels.web.identifiers.email")


def test_a_channel_that_leaves_nothing_is_told() -> None:
    nothing = dict.fromkeys(("customer_id", "email", "phone", "name", "postcode"), 0)
    [(level, where, problem)] = of(
        {"methods": ["probabilistic"]}, [*TWO, {"id": "kiosk", "kind": "in_person", "identifiers": nothing}]
    )
    assert (level, where) == ("warning", "channels.kiosk.identifiers")
    assert "leave nothing" in problem


@pytest.mark.parametrize(("key", "where"), [("cookie", "on one channel alone"), ("device", "on one channel alone")])
def test_a_key_that_one_channel_has_is_told(key: str, where: str) -> None:
    [(level, address, problem)] = of({"keys": ["email", key]})
    assert (level, address) == ("warning", "identity.keys.2")
    assert where in problem


def test_a_key_that_no_channel_has_is_told() -> None:
    channels = [{"id": id_, "kind": "social", "identifiers": {"email": 0}} for id_ in ("one", "two")]
    assert [problem for _, _, problem in of({"keys": ["email", "device"]}, channels)] == [
        '"email" is left on no channel, so it links nothing'
    ]


def test_methods_that_link_nothing_are_told() -> None:
    assert [each[1] for each in of({"methods": ["graph"]})] == ["identity.methods"]
    assert [each[1] for each in of({"keys": []})] == ["identity.keys"]
    assert [each[1] for each in of({"methods": ["probabilistic"], "keys": []})] == []
    assert [each[1] for each in of({}, TWO[:1])] == ["identity"]


def test_rates_have_addresses_with_the_defaults_of_their_channel() -> None:
    shop = scenario(identity={}, channels=TWO)
    assert get(shop, "identity.typos.email") == 0.02
    assert get(shop, "channels.web.identifiers.email") == 0.5
    assert get(shop, "channels.store.identifiers.email") == 0.2
    changed = override(shop, {"channels.web.identifiers.email": 0.9, "identity.typos.email": 0.1})
    assert get(changed, "channels.web.identifiers.email") == 0.9
    assert get(changed, "channels.web.identifiers.cookie") == 0.8
    assert get(changed, "identity.typos.phone") == 0.02
