"""The scenarios with reminders and receipts really contain what they are there to compare."""

from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from .brand import REASONS
from .comparing import by_customer
from .conditions import hour
from .played import events_of
from .scenarios import Case
from .scenarios_orchestration import CASES
from .scenarios_sharing import CASES as SHARED
from .simulate import Event

REMINDERS = [case for case in CASES if case.name.startswith("reminders")]
RECEIPTS = [case for case in (*CASES, *SHARED) if case.name.startswith("receipts")]
ACTING = [case for case in RECEIPTS if case.scenario.orchestration.policy != "none"]


@cache
def told(name: str) -> dict[int, list[Event]]:
    """Of each customer, what the brand did and where they went."""
    kinds = ("enter", "sent", "delivered", "ruled_out", "opted_out", "responded")
    return by_customer(events_of(name, *kinds))


def reason(event: Event) -> str | None:
    return REASONS[int(event.value or 0)] if event.event == "ruled_out" else None


@pytest.mark.parametrize("case", REMINDERS, ids=["omni", "multi"])
def test_orders_come_after_every_kind_of_wait(case: Case) -> None:
    found = Counter[str | None]()
    for own in told(case.name).values():
        for rule in ("night", "later", "series", "on-site", "again", "seldom"):
            acted = [event for event in own if event.rule == rule]
            for before, after in pairwise([None, *acted]):
                if after is None or reason(after) != "without":
                    continue
                found[rule] += 1
                if before is not None and reason(before) in ("quiet", "capped"):
                    found[reason(before)] += 1
                if before is not None and before.event != "ruled_out" and before.channel != after.channel:
                    found["supporting"] += 1
    waits = ("later", "series", "on-site", "again", "seldom", "quiet", "capped", "supporting")
    assert {what for what in waits if found[what] < 4} == set()


def test_reminders_under_way_are_ended_by_the_next_firing_and_some_of_those_are_sent() -> None:
    ended, then = 0, Counter[str]()
    for own in told(REMINDERS[0].name).values():
        of_rule = [event for event in own if event.rule == "seldom"]
        for before, after in pairwise(of_rule):
            # Ended three days before the send of the firing that ended it.
            if reason(before) == "without" and abs(after.time - before.time - 3) < 1e-9:
                ended += 1
                then[reason(after) or after.event] += 1
    assert ended >= 4
    assert len(then) > 1


@pytest.mark.parametrize("case", RECEIPTS, ids=["rules", "none", "bandit"])
def test_receipts_go_past_caps_quiet_hours_and_conflicts(case: Case) -> None:
    quiet, close, alone = 0, 0, 0
    for own in told(case.name).values():
        sent = [event for event in own if event.event == "sent"]
        for event in sent:
            exempt = event.action in ("receipt", "notice", "call")
            night = event.channel in ("email", "app") and not 10 <= round(hour(event.time), 6) < 18
            quiet += exempt and night
            assert exempt or not night
        for before, after in pairwise(sent):
            near = after.time < before.time + 20 / 24
            close += near and after.action in ("receipt", "notice", "call")
            alone += near and {before.action, after.action} <= {"news", "deal"}
    assert min(quiet, close) > 20
    assert alone <= (0 if case.scenario.orchestration.policy == "none" else alone)


@pytest.mark.parametrize("case", ACTING, ids=["rules", "bandit"])
def test_receipts_reach_the_holdout(case: Case) -> None:
    held = [own for own in told(case.name).values() if any(reason(event) == "holdout" for event in own)]
    sent = Counter(event.rule for own in held for event in own if event.event == "sent")
    assert set(sent) == {"paid", "sent", "left", "leaving", "away", "each", "weekly", "terms"}
    assert min(sent.values()) >= 4
    assert not [event for own in held for event in own if event.event == "opted_out"]
    assert sum(event.event == "responded" for own in held for event in own) > 10


def test_where_nobody_orchestrates_nothing_but_receipts_is_sent_and_the_holdout_lives_alike() -> None:
    rules, none, _ = (told(case.name) for case in RECEIPTS)
    assert {e.action for own in none.values() for e in own if e.action} == {"receipt", "notice", "call"}
    held = [number for number, own in rules.items() if any(reason(event) == "holdout" for event in own)]
    assert len(held) > 40
    for number in held:
        assert [event for event in rules[number] if reason(event) != "holdout"] == none[number]
