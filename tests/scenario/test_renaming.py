import tomllib

import pytest

from sim.scenario import ScenarioError, edit, parse
from sim.scenario.renaming import renamed, renaming, uses
from sim.shipped import shipped_scenarios
from tests.desktop.everything import EVERYTHING
from tests.scenario.orchestrated import ORCHESTRATED

KINDS = ("touchpoints", "channels", "segments", "stages", "desks", "actions", "rules", "surveys", "broadcasts")


@pytest.mark.parametrize("id_", ["everything", "online-shop", "onboarding-nudges"])
def test_every_id_can_be_changed_and_nothing_misses_it(id_: str) -> None:
    text = EVERYTHING if id_ == "everything" else shipped_scenarios()[id_].read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    for kind in KINDS:
        for item in tables.get(kind, []):
            after = edit(text, renaming(tables, kind, item["id"], "zz-new"))
            assert tomllib.loads(after) == renamed(tables, kind, item["id"], "zz-new")
            parse(after)  # nothing in it names what is no longer there
            assert uses(tomllib.loads(after), kind, item["id"]) == []


def test_ids_stand_in_conditions_weights_addresses_arms_and_layout() -> None:
    tables = tomllib.loads(EVERYTHING)
    assert uses(tables, "touchpoints", "page") == [
        "transitions.page/cart.from", "transitions.page/gone.from", "transitions.page/shelf.from",
        "transitions.asleep/page.to", 'scores.warm.weights."touchpoint.page"', "rules.forgotten.when.entered",
        "rules.going.when.leaving", "rules.going.if", "rules.often.when.count", "surveys.again.at", "layout.page",
    ]  # fmt: skip
    after = renamed(tables, "channels", "email", "mail")
    assert after["experiment"]["arms"][1]["set"] == {"channels.mail.open_rate": 0.3}
    assert list(after["uncertainty"]) == ["channels.mail.response_rate"]
    assert "mail" in after["orchestration"]["caps"]


def test_the_key_of_a_transition_follows_its_ends_into_addresses() -> None:
    arms = [{"id": "base"}, {"id": "more", "set": {"transitions.page/cart.share": 2}}]
    tables = tomllib.loads(edit(ORCHESTRATED, {"experiment.arms": arms}))
    after = renamed(tables, "touchpoints", "cart", "basket")
    assert after["experiment"]["arms"][1]["set"] == {"transitions.page/basket.share": 2}


@pytest.mark.parametrize(("old", "new", "problem"), [("nowhere", "x", "not written"), ("page", "cart", "already")])
def test_what_is_not_there_or_there_twice_is_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(ScenarioError, match=problem):
        renaming(tomllib.loads(EVERYTHING), "touchpoints", old, new)
