"""A worked example of what was sent: every figure of messages, actions, channels and groups is another number."""

import pytest

from sim.engine.memory.history import REASONS
from sim.outcomes import Measured, measure
from sim.outcomes.collecting import collected
from sim.scenario import Scenario
from tests.builders import scenario
from tests.histories import Person, history

MAIL, TEXT, SITE = {"id": "mail", "cost": 0.5}, {"id": "text", "cost": 2}, {"id": "site"}


def brand(**changes: object) -> Scenario:
    """A newsletter on two channels, a pop-over on site, and a receipt that must be sent."""
    tables: dict[str, object] = {
        "segments": [{"id": "new"}, {"id": "known"}],
        "channels": [MAIL, TEXT, SITE],
        "actions": [
            {"id": "news", "channels": ["mail", "text"], "cost": 1},
            {"id": "hello", "kind": "popover", "channels": ["site"]},
            {"id": "receipt", "channels": ["mail"], "transactional": True},
        ],
        "rules": [
            {"id": "weekly", "when": {"every": "mon 09:00"}, "do": "news"},
            {"id": "greet", "when": {"entered": "start"}, "do": "hello"},
            {"id": "thanks", "when": {"entered": "middle"}, "do": "receipt"},
        ],
        "orchestration": {"policy": "rules", "holdout": 0.4},
    }
    return scenario(**(tables | changes))


# By segment; news by mail, news by text, hello on site, receipt by mail.
SENT = {
    "sent": [[40, 20, 70, 9], [10, 0, 7, 1]],
    "delivered": [[32, 16, 70, 8], [9, 0, 7, 1]],
    "opened": [[12, 8, 70, 7], [3, 0, 7, 1]],
    "responded": [[5, 1, 11, 6], [2, 0, 2, 1]],
    "opted_out": [[2, 1, 0, 0], [1, 0, 0, 0]],
    "cost": [[61, 62, 3, 4.5], [15.5, 0, 0.5, 0.5]],
    "conflicts": [6, 1],
    "duplicates": [2, 0],
}
PEOPLE = [Person(sent=30, contacts=4), Person(sent=39, holdout=True), Person(segment=1, sent=11), Person(arrival=99)]


def ruled_out(**counts: tuple[int, int, int, int]) -> list[list[list[int]]]:
    """By reason: (of news, of hello, of receipt in the first segment, of news in the second)."""
    table = [[[0, 0, 0], [0, 0, 0]] for _ in REASONS]
    for reason, (*first, of_second) in counts.items():
        table[REASONS.index(reason.replace("_", "-"))] = [first, [of_second, 0, 0]]
    return table


def measured(people: list[Person] | None = None, of: Scenario | None = None, **given: object) -> Measured:
    of = of or brand()
    return measure(history(of, PEOPLE if people is None else people, **given), of, "base", 0.0)


def test_each_rate_is_of_the_step_before_and_without_receipts_and_what_is_shown_on_site() -> None:
    found = measured(at_actions=SENT).sums
    assert {id_: found["all"][id_] for id_ in ("delivery_rate", "open_rate", "response_rate", "opt_out_rate")} == {
        "delivery_rate": (57, 70),
        "open_rate": (23, 57),
        "response_rate": (8, 23),
        "opt_out_rate": (4, 57),
    }
    assert {id_: found["known"][id_] for id_ in ("delivery_rate", "open_rate", "response_rate", "opt_out_rate")} == {
        "delivery_rate": (9, 10),
        "open_rate": (3, 9),
        "response_rate": (2, 3),
        "opt_out_rate": (1, 9),
    }


def test_messages_are_counted_per_arrival_and_receipts_among_them() -> None:
    found = measured(at_actions=SENT).sums
    assert found["all"]["messages_per_customer"] == (80, 3)
    assert found["all"]["transactional_per_customer"] == (10, 3)
    assert found["new"]["transactional_per_customer"] == (9, 2)
    assert found["all"]["conflicts_per_customer"] == (7, 3)
    assert found["all"]["duplicates_per_customer"] == (2, 3)
    assert found["all"]["contacts_per_customer"] == (4 + 30 + 39 + 11, 3)


def test_what_was_not_sent_has_no_rates_but_says_so() -> None:
    found = measured()
    assert found.absent["delivery_rate"] == "nothing was sent"
    assert found.absent["open_rate"] == found.absent["opt_out_rate"] == "nothing was delivered"
    assert found.absent["response_rate"] == "nothing was opened"
    assert found.sums["all"]["response_rate"] == (0, 0)


def test_the_table_of_actions_adds_up_its_channels_and_takes_the_money_that_was_spent() -> None:
    found = measured(at_actions=SENT).actions
    assert found["news@mail"] == {
        "sent": 50, "delivered": 41, "opened": 15, "responded": 7, "opted_out": 3, "cost": 76.5
    }  # fmt: skip
    assert found["news@text"] == {
        "sent": 20, "delivered": 16, "opened": 8, "responded": 1, "opted_out": 1, "cost": 62
    }  # fmt: skip
    assert found["news"] == {
        "sent": 70, "delivered": 57, "opened": 23, "responded": 8, "opted_out": 4, "cost": 138.5
    }  # fmt: skip
    assert found["hello"] == {
        "sent": 77, "delivered": 77, "opened": 77, "responded": 13, "opted_out": 0, "cost": 3.5
    }  # fmt: skip
    assert found["receipt"]["cost"] == 5
    assert list(found) == ["news", "news@mail", "news@text", "hello", "hello@site", "receipt", "receipt@mail"]


def test_what_was_ruled_out_is_told_of_its_action_by_reason() -> None:
    counts = ruled_out(capped=(3, 0, 0, 2), not_there=(0, 4, 0, 0), without=(1, 0, 6, 0), quiet=(0, 0, 0, 9))
    found = measured(at_actions={"ruled_out": counts}).actions
    told = {
        action: {name: value for name, value in figures.items() if name.startswith("ruled_out")}
        for action, figures in found.items()
    }
    assert told == {
        "news": {"ruled_out_capped": 5, "ruled_out_quiet": 9, "ruled_out_without": 1},
        "hello": {"ruled_out_not_there": 4},
        "receipt": {"ruled_out_without": 6},
        "news@mail": {}, "news@text": {}, "hello@site": {}, "receipt@mail": {},
    }  # fmt: skip


def test_the_table_of_channels_takes_the_money_that_was_spent_on_them() -> None:
    found = measured(channel_contacts=[[5, 0, 7], [1, 2, 0]], channel_cost=[[2, 0, 0.5], [40, 8, 0]])
    assert found.channels == {
        "mail": {"contacts": 6, "cost": 42},
        "text": {"contacts": 2, "cost": 8},
        "site": {"contacts": 7, "cost": 0.5},
    }


def test_cost_is_all_that_was_spent_on_contacts_sends_and_personalization() -> None:
    people = [Person(contact_cost=1, message_cost=20, personal_cost=300), Person(contact_cost=4000)]
    assert measured(people).outcomes["all"]["cost"] == 4321


def test_the_treated_and_the_holdout_are_groups_beside_the_segments() -> None:
    people = [
        *[Person(acquired=1, revenue=10, contacts=3)] * 4,
        *[Person(segment=1, revenue=7)] * 2,
        *[Person(acquired=2, revenue=1, holdout=True, contacts=1)] * 3,
        Person(segment=1, holdout=True),
        Person(arrival=99, holdout=True),
        Person(arrival=99),
    ]
    found = measured(people, at_actions=SENT)
    assert list(found.outcomes) == list(found.sums) == ["all", "new", "known"]
    assert list(found.groups) == list(found.group_sums) == ["treated", "holdout"]
    told = ("arrivals", "revenue")
    assert [found.groups[group][id_] for group in found.groups for id_ in told] == [6, 54, 4, 3]
    assert found.group_sums["treated"]["conversion_rate"] == (4, 6)
    assert found.group_sums["holdout"]["conversion_rate"] == (3, 4)
    assert found.group_sums["treated"]["contacts_per_customer"] == (12, 6)
    assert found.group_sums["holdout"]["contacts_per_customer"] == (3, 4)
    # What is told by segment only, nobody knows of the groups.
    assert {"delivery_rate", "nps", "cost"}.isdisjoint(found.groups["treated"] | found.group_sums["treated"])
    assert found.outcomes["all"]["arrivals"] == sum(found.outcomes[segment]["arrivals"] for segment in ("new", "known"))


def test_without_a_holdout_there_are_no_groups() -> None:
    found = measured(of=brand(orchestration={"policy": "rules"}))
    assert found.groups == found.group_sums == {}


def test_without_a_policy_receipts_alone_are_messages() -> None:
    silent = brand(orchestration={"policy": "none"})
    found = measured(of=silent, at_actions={"sent": [[0, 0, 0, 6], [0, 0, 0, 0]], "delivered": [[0, 0, 0, 6], [0] * 4]})
    assert found.sums["all"]["messages_per_customer"] == (6, 3)
    assert found.sums["all"]["transactional_per_customer"] == (6, 3)
    assert "delivery_rate" not in found.outcomes["all"] | found.absent
    none = brand(orchestration={"policy": "none"}, rules=[])
    assert "messages_per_customer" not in measured(of=none).outcomes["all"]


@pytest.mark.parametrize(("kind", "exists"), [("message", True), ("call", True), ("popover", False)])
def test_what_is_shown_on_site_is_no_message(kind: str, exists: bool) -> None:
    shown = brand(
        actions=[{"id": "hello", "kind": kind, "channels": ["site"]}],
        rules=[{"id": "greet", "when": {"entered": "start"}, "do": "hello"}],
    )
    assert ("messages_per_customer" in measured(of=shown).outcomes["all"]) is exists


def test_without_a_holdout_a_segment_may_be_called_treated() -> None:
    of = brand(segments=[{"id": "new"}, {"id": "treated"}], orchestration={"policy": "rules"})
    found = measured([Person(acquired=1), Person(segment=1), Person(segment=1, acquired=2)], of=of)
    assert collected([found], "treated")["conversion_rate"].values == {0: 0.5}
    held_out = measured([Person(acquired=1), Person(holdout=True)])
    assert collected([held_out], "treated")["conversion_rate"].values == {0: 1}
    assert collected([held_out], "holdout")["conversion_rate"].values == {0: 0}


def test_messages_are_told_apart_by_how_much_was_known() -> None:
    """By segment; delivered, opened and responded to of the optimised, the controls, the little known."""
    counts = [[[40, 10, 5], [30, 6, 1], [20, 2, 0]], [[4, 3, 3], [0, 0, 0], [8, 2, 1]]]
    kinds = ("optimised", "control", "little_known")
    of = brand(orchestration={"policy": "rules", "optimise": ["hour", "content"], "optimise_share": 0.5})
    found = measured(of=of, by_known=counts).sums
    assert [found["all"][f"open_rate_{kind}"] for kind in kinds] == [(13, 44), (6, 30), (4, 28)]
    assert [found["known"][f"open_rate_{kind}"] for kind in kinds] == [(3, 4), (0, 0), (2, 8)]
    assert [found["all"][f"response_rate_{kind}"] for kind in kinds] == [(8, 44), (1, 30), (1, 28)]


@pytest.mark.parametrize(("share", "there"), [(1, {"optimised"}), (0, {"control"}), (0.5, {"optimised", "control"})])
def test_what_nobody_is_has_no_outcome(share: float, there: set[str]) -> None:
    for optimise, rate in (["hour"], "open_rate_"), (["content"], "response_rate_"):
        of = brand(orchestration={"policy": "rules", "optimise": optimise, "optimise_share": share})
        found = {id_ for id_ in measured(of=of).sums["all"] if id_.startswith(("open_rate_", "response_rate_"))}
        assert found == {f"{rate}{each}" for each in {*there, "little_known"}}
    assert not {id_ for id_ in measured().sums["all"] if id_.startswith("open_rate_")}
