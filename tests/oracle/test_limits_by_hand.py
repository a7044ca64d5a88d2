"""What happens exactly at a limit, worked out by hand for both programs."""

import math
from datetime import date
from typing import Any

import pytest

from .both import Run, Tables
from .by_hand import sending, stay, told
from .draws import HOLDOUT, MESSAGE, SURVEY, THROTTLE, Draws, uniform32
from .simulate import Event

MAIL = [uniform32(word) for word in Draws(1, 0).words(0, MESSAGE, "action:mail@email")]
"""The customer's luck with the first e-mail: delivery, opening, response, opting out."""


def happened(events: list[Event], kind: str) -> bool:
    return any(event.event == kind for event in events)


@pytest.mark.parametrize(
    ("limits", "times"),
    [
        ({"above": 0.5}, []),
        ({"below": 0.5}, []),
        ({"above": 0.4999}, [0]),
        ({"below": 0.5001}, [0]),
        ({"above": 0.4999, "below": 0.5}, []),
        ({"above": 0.5, "below": 0.5001}, []),
    ],
)
def test_a_score_at_its_limit_is_not_beyond_it(run: Run, limits: Tables, times: list[float]) -> None:
    """Without weights the score is 1 / (1 + exp(0)) = 0.5."""
    tables = stay(**sending({"score": "even", **limits}), scores={"even": {}})
    assert [e.time for e in run(tables) if e.event == "sent"] == times


@pytest.mark.parametrize(
    ("rate", "luck", "kind"),
    [("delivery_rate", MAIL[0], "delivered"), ("response_rate", MAIL[2], "responded"), ("opt_out_rate", MAIL[3],
      "opted_out")],
)  # fmt: skip
def test_luck_must_be_below_the_rate_of_a_channel(run: Run, rate: str, luck: float, kind: str) -> None:
    """Nobody is tired yet, so that the rate of opting out is the channel's."""
    for value, happens in ((luck, False), (luck + 2**-33, True)):
        tables = stay(**sending({"entered": "home"}))
        tables["channels"][1][rate] = value
        assert happened(run(tables), kind) == happens


def test_luck_must_be_below_the_share_that_is_held_out(run: Run) -> None:
    luck = Draws(1, 0).uniform(0, HOLDOUT, "holdout")
    for share, sent in ((luck, True), (luck + 2**-33, False)):
        plans = {"policy": "rules", "gap_hours": 0, "holdout": share}
        assert happened(run(stay(**sending({"entered": "home"}), orchestration=plans)), "sent") == sent


def test_luck_must_be_below_the_rate_of_a_survey(run: Run) -> None:
    luck = Draws(1, 0).uniform(0, SURVEY, "survey:asked@home")
    for rate, answered in ((luck, False), (luck + 2**-33, True)):
        tables = stay(surveys=[{"id": "asked", "kind": "csat", "at": ["home"], "rate": rate}])
        tables["touchpoints"][0]["emotion"] = {"mean": 0, "sd": 0}
        assert happened(run(tables), "csat") == answered


def test_luck_must_be_below_the_share_of_sends_that_the_money_is_enough_for(run: Run) -> None:
    """The pilot's 20 messages cost 1 each: money for 20 times somebody's luck lets that share pass."""
    draws = Draws(1, 0)
    luck = [draws.uniform(i, THROTTLE, "rule:rule") for i in range(20)]
    for money, passes in ((20 * luck[0], False), (20 * luck[0] + 2**-28, True)):
        plans = {"policy": "rules", "gap_hours": 0, "budget": {"per_day": money}}
        tables = stay(**sending({"entered": "home"}, cost=0.5), population={"size": 20}, orchestration=plans, horizon=1)
        sent = {e.customer for e in run(tables) if e.event == "sent"}
        assert (0 in sent) == passes
        assert sent - {0} == {i for i in range(1, 20) if luck[i] < luck[0]}


def test_of_equal_offers_the_first_in_the_file_is_used_and_one_that_ends_now_is_over(run: Run) -> None:
    """Purchases at 1, 2 and 3.25 of 100 each; offers of a tenth at day 0, of which the first ends at 2, the second at
    3.25: the first purchase uses the first offer, the second purchase the second; the third offer is smaller.
    """
    bought = {"kind": "conversion", "value": 100}
    tables = {
        "horizon": 5,
        "population": {"size": 1},
        "channels": [{"id": "email", "open_rate": 0}],
        "touchpoints": [
            {"id": "home", "start": True},
            {"id": "one", "goal": bought},
            {"id": "two", "goal": bought},
            {"id": "three", "goal": bought},
        ],
        "transitions": [
            {"from": "home", "to": "one", "share": 1, "delay": 1},
            {"from": "one", "to": "two", "share": 1, "delay": 1},
            {"from": "two", "to": "three", "share": 1, "delay": 1.25},
        ],
        "actions": [
            {"id": id_, "kind": "offer", "channels": ["email"], "discount": share, "valid_days": days}
            for id_, share, days in (("a", 0.1, 2), ("b", 0.1, 3.25), ("c", 0.05, 3.25))
        ],
        "rules": [{"id": f"rule-{id_}", "when": {"at": 0}, "do": id_} for id_ in "abc"],
        "orchestration": {"policy": "rules", "gap_hours": 0},
    }
    assert [e.value for e in run(tables) if e.event == "conversion"] == pytest.approx([90, 90, 100])


@pytest.mark.parametrize(
    ("hour", "opened"),
    [(12, True), (10, True), (14, True), (9.999, False), (14.001, False), (23, False), (1, False)],
)
def test_a_message_fits_the_customers_hours_up_to_two_before_and_after(run: Run, hour: float, opened: bool) -> None:
    """Sent at noon; the odds of opening are those of the luck less a half of what fitting adds."""
    rate = 1 / (1 + math.exp(-(math.log(MAIL[1] / (1 - MAIL[1])) - 0.15)))
    tables = stay(
        **sending({"at": 0.5}, open_rate=rate),
        segments=[{"id": "all", "traits": {"preferred_hour": hour}}],
        personalization={"level": "segment", "over": ["timing"]},
    )
    assert happened(run(tables), "opened") == opened


@pytest.mark.parametrize(("hour", "opened"), [(23, True), (22, True), (2, True), (21.9, False), (2.1, False)])
def test_hours_are_apart_around_midnight_too(run: Run, hour: float, opened: bool) -> None:
    rate = 1 / (1 + math.exp(-(math.log(MAIL[1] / (1 - MAIL[1])) - 0.15)))
    tables = stay(
        **sending({"at": 1}, open_rate=rate),
        segments=[{"id": "all", "traits": {"preferred_hour": hour}}],
        personalization={"level": "segment", "over": ["timing"]},
    )
    assert happened(run(tables), "opened") == opened


@pytest.mark.parametrize(("concern", "feeling"), [(0.7, 0.0), (0.7001, -0.1)])
def test_who_minds_a_little_does_not_mind_being_known(run: Run, concern: float, feeling: float) -> None:
    """Nothing is known at the first visit, so that nothing is gained by it."""
    tables: dict[str, Any] = stay(
        segments=[{"id": "all", "traits": {"privacy_concern": concern}}],
        personalization={"level": "individual"},
        behaviour={"known": 0},
    )
    tables["touchpoints"][0]["emotion"] = {"mean": 0, "sd": 0}
    assert next(e.value for e in run(tables) if e.event == "experience") == feeling


def test_what_falls_due_at_once_comes_by_priority_and_then_by_position_in_the_file(run: Run) -> None:
    rules = [
        {"id": id_, "when": {"at": 0.5}, "do": "mail", "priority": priority}
        for id_, priority in (("late", 1), ("low", 0), ("first", 2), ("later", 1))
    ]
    tables = stay(**{**sending({"at": 0.5}), "rules": rules})
    assert [rule for _, _, rule in told(run(tables), "sent")] == ["first", "late", "later", "low"]


ROUNDING = 1e-9


def just(value: float, reaches: float, of: Any) -> float:
    """The number next to `value` of which `of` is exactly what it `reaches`."""
    for _ in range(64):
        if of(value) == reaches:
            return value
        value = math.nextafter(value, math.inf if of(value) < reaches else -math.inf)
    raise AssertionError("there is none")


@pytest.mark.parametrize(
    ("quiet", "hour", "sent"),
    [
        ([12, 18], 12 - ROUNDING, 0.75),
        ([12, 18], 12 - 2 * ROUNDING, None),
        ([18, 12], 12 - ROUNDING, None),
        ([18, 12], 12 - 2 * ROUNDING, 0.5),
        ([12, 6], 12 - ROUNDING, 1.25),
        ([0, 12], 12 - ROUNDING, None),
    ],
)
def test_quiet_hours_begin_and_end_a_billionth_of_an_hour_before(
    run: Run, quiet: list[float], hour: float, sent: float | None
) -> None:
    """Sent at once, or put off to the end of the quiet hours."""
    at = just(hour / 24, hour, lambda time: 24 * time)
    tables = stay(**sending({"at": at}))
    tables["channels"][1]["quiet_hours"] = quiet
    assert [e.time for e in run(tables) if e.event == "sent"] == [at if sent is None else sent]


@pytest.mark.parametrize("limit", ["cooldown", "gap", "cap"])
def test_a_wait_is_over_a_billionth_of_a_day_before_its_end(run: Run, limit: str) -> None:
    """Ticks at 0, 1, 2 and 3; the wait after 1 is over at 2 where 1 + wait - 1e-9 is 2, and a little longer is not."""
    exact = just(1 + ROUNDING, 2.0, lambda wait: 1 + wait - ROUNDING)
    for wait, times in ((exact, [0, 1, 2, 3]), (exact + 1e-12, [0, 2])):
        rule = sending({"tick": True}, **({"cooldown": wait} if limit == "cooldown" else {}))
        tables = stay(**rule)
        if limit == "gap":
            hours = just(24 * wait, wait, lambda hours: hours / 24)
            tables["orchestration"] = {"policy": "rules", "gap_hours": hours}
        if limit == "cap":
            tables["orchestration"] = {"policy": "rules", "gap_hours": 0, "caps": {"email": {"max": 1, "days": wait}}}
        assert [e.time for e in run(tables) if e.event == "sent"] == times


@pytest.mark.parametrize(
    ("when", "times"),
    [({"at": 0.5}, [0.5]), ({"tick": True}, [0, 1, 2, 3]), ({"idle": 1.5}, [1.5]), ({"every": "tue 00:00"}, [1])],
)
@pytest.mark.parametrize("budget", [None, {"per_day": 9}])
def test_what_no_visit_sets_off_was_seen_on_no_channel_and_may_be_sent_on_any(
    run: Run, when: Tables, times: list[float], budget: Tables | None
) -> None:
    """Channels have nothing to do with each other, day 0 is a Monday, and e-mails cost something.

    At day 4 the customer leaves, after what is planned for all together and before a tick of their own.
    """
    tables = stay(integration={"mode": "multi", "shared_triggers": False}, start_date=date(2026, 1, 5))
    tables["orchestration"] = {"policy": "rules", "gap_hours": 0} | ({"budget": budget} if budget else {})
    tables["actions"] = [{"id": name, "channels": [name], "nudge": 0} for name in ("app", "email")]
    tables["rules"] = [{"id": name, "when": when, "do": name} for name in ("app", "email")]
    sent = [(e.time, e.channel) for e in run(tables) if e.event == "sent"]
    planned = [4] if budget and "tick" in when else []
    assert sent == [(time, name) for time in (*times, *planned) for name in ("app", "email")]


def test_responses_to_messages_of_one_moment_come_by_position_in_the_file(run: Run) -> None:
    """The last rule sends first, being the most important; all are acted on six hours later."""
    rules = [{"id": id_, "when": {"at": 0.5}, "do": "mail", "priority": i} for i, id_ in enumerate("abc")]
    found = run(stay(**{**sending({"at": 0.5}), "rules": rules}))
    assert [e.rule for e in found if e.event == "sent"] == ["c", "b", "a"]
    assert [(e.time, e.rule) for e in found if e.event == "responded"] == [(0.75, "a"), (0.75, "b"), (0.75, "c")]


STEPS: list[Tables] = [{"entered": "home"}, {"count": "visits", "reaches": 1}, {"score": "even", "above": 0.4}]


@pytest.mark.parametrize("whens", [STEPS, STEPS[:2], STEPS[1:], STEPS[::2], *([when] for when in STEPS)])
def test_all_that_one_step_sets_off_begins_right_after_it(run: Run, whens: list[Tables]) -> None:
    tables = stay(**sending({"entered": "home"}), scores={"even": {}})
    tables["rules"] = [{"id": f"rule{i}", "when": when, "do": "mail"} for i, when in enumerate(whens)]
    assert told(run(tables), "sent") == [(0, "sent", f"rule{i}") for i in range(len(whens))]


@pytest.mark.parametrize(("of", "reached"), [("north", ["old"]), ("south", ["mid"]), ("", ["new"])])
def test_a_segment_without_an_attribute_has_none_of_its_values(run: Run, of: str, reached: list[str]) -> None:
    """All in the first segment are in the north, in the second in the south; the third tells nothing of it."""
    segments = [
        {"id": "old", "attributes": {"region": {"north": 1, "south": 0}}},
        {"id": "mid", "attributes": {"region": {"north": 0, "south": 1}}},
        {"id": "new"},
    ]
    asked = sending({"entered": "home"}, **{"if": [["attributes.region", "==", of]]})
    for only in segments:
        alone = [segment | {"share": float(segment is only)} for segment in segments]
        sent = [e for e in run(stay(**asked, segments=alone)) if e.event == "sent"]
        assert len(sent) == (only["id"] in reached)
