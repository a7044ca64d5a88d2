"""A customer's story: what happened, what the brand knew, considered and did, and what came of it."""

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from sim.draws.sites import FIRST_FRIEND
from sim.engine.memory.history import EVENTS, REASONS, History
from sim.engine.memory.mixed import Profiles
from sim.scenario.resolve import conditions_of, enabled_rules, stage_of
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import facts_of_rules
from sim.story.best_content import Answered, answered
from sim.story.best_hour import best_hour
from sim.story.choice import OF_CONFIDENCE, candidate_of
from sim.story.knowledge import Knowledge
from sim.story.moment import Moment
from sim.story.noted import Fact
from sim.story.sentences import sentence_of
from sim.story.sharing import own_profile

UNDER_WAY = -1
_DECISIONS = ("sent", "ruled_out", "chosen", "passed_over", "considered")


@dataclass(frozen=True)
class Story:
    """One customer in one replication of one arm."""

    customer: int
    """the customer's number"""
    came: str
    """how the customer came: by themselves, bought on a channel, or referred"""
    segment: str
    arrival: float
    """days since the start"""
    holdout: bool
    status: str
    """at the end: active, lapsed, churned or completed"""
    messages: int
    """messages sent"""
    revenue: float
    moments: tuple[Moment, ...]


def story(
    history: History,
    scenario: Scenario,
    customer: int,
    profiles: Profiles | None = None,
    others: Mapping[int, History] = MappingProxyType({}),
) -> Story:
    """The story of a customer, from a history that was simulated, with these profiles, while they were watched.

    `others`: by number, the histories in which those were watched who are `sharing` the customer's own profile. Raises
    ValueError where there is no such customer.
    """
    customers = history.customers
    i = _row(history, customer)
    foreign = []
    if profiles is not None and others:
        number = own_profile(history, customer, profiles)
        for other, of_other in others.items():
            knows, _ = _followed(of_other, scenario, other, profiles, ())
            foreign += knows.noted.left_in(number)
    _, moments = _followed(history, scenario, customer, profiles, foreign)
    return Story(
        customer=customer,
        came=_came(history, i),
        segment=history.segments[customers.segment[i]],
        arrival=float(customers.arrival[i]),
        holdout=bool(customers.holdout[i]),
        status=("active", "lapsed", "churned", "completed")[customers.status[i]],
        messages=int(customers.sent[i]),
        revenue=float(customers.revenue[i]),
        moments=tuple(_with_sentences(moments, scenario)),
    )


def _row(history: History, customer: int) -> int:
    rows = np.flatnonzero(history.customers.number == np.uint64(customer))
    if history.events is None:
        raise ValueError("this history was simulated without events")
    if not rows.size:
        raise ValueError(f"there is no such customer; {numbers(history)}")
    return int(rows[0])


def _followed(
    history: History, scenario: Scenario, customer: int, profiles: Profiles | None, foreign: Sequence[Fact]
) -> tuple[Knowledge, list[Moment]]:
    """What the brand knows of a customer in the end, and all moments of theirs."""
    customers, recorded = history.customers, history.events
    assert recorded is not None
    i = _row(history, customer)
    own = None
    if profiles is not None:
        own = dict(zip(history.channels, profiles[customer % len(profiles)].tolist(), strict=True))
    arrival, consent = float(customers.arrival[i]), bool(customers.consent[i])
    knowledge = Knowledge(scenario, arrival, consent, own, customer, foreign)
    start = datetime.datetime.combine(scenario.start_date, datetime.time())
    asked = facts_of_rules(scenario)
    moments: list[Moment] = []
    for k in np.flatnonzero(recorded.customer == i).tolist():
        time, value = float(recorded.time[k]), float(recorded.value[k])
        event = EVENTS[recorded.event[k]]
        if event in OF_CONFIDENCE:
            moments[-1] = replace(moments[-1], confidence={**(moments[-1].confidence or {}), event: value})
            continue
        if event == "put_off":
            told = best_hour(value, knowledge.noted.messages_at(time, moments[-1].channel))
            moments[-1] = replace(moments[-1], hour=told)
            continue
        rule = history.rules[recorded.rule[k]] if recorded.rule[k] >= 0 else None
        action = history.actions[recorded.action[k]] if recorded.action[k] >= 0 else None
        touchpoint = history.touchpoints[recorded.touchpoint[k]]
        knew = knowledge.at(time) if event in _DECISIONS else None
        of_content = event == "considered" and recorded.channel[k] < 0 and not math.isnan(value)
        moment = Moment(
            time=time,
            date=start + datetime.timedelta(days=time),
            event=event,
            touchpoint=touchpoint,
            stage=_stage(scenario, touchpoint),
            channel=history.channels[recorded.channel[k]] if recorded.channel[k] >= 0 else None,
            action=action,
            rule=rule,
            value=None if math.isnan(value) else value,
            reason=_reason(scenario, event, rule, value),
            knew=knew,
            candidate=candidate_of(scenario, action, rule) if event == "considered" else None,
            confidence=None,
            hour=None,
            answered=_answered(scenario, knowledge, action, time) if of_content else (),
            others=() if knew is None else knowledge.noted.others_at(time, asked.get(rule or "", ())),
            sentence="",
        )
        moments.append(moment)
        knowledge.after(moment)
    return knowledge, moments


def _answered(scenario: Scenario, knowledge: Knowledge, action: str | None, time: float) -> tuple[Answered, ...]:
    """What the profile says at a time of responses to what looks like an action."""
    looks = {each.id: each.content for each in scenario.actions}
    messages, responses = (knowledge.noted.of_actions_at(time, kind) for kind in ("messages", "responses"))
    return answered(looks[action or ""], messages, responses, looks)


def numbers(history: History) -> str:
    """Which numbers customers have, as a clause."""
    bought = history.customers.bought
    friends = (bought < 0) & (history.customers.number >= FIRST_FRIEND)
    alone = int(np.count_nonzero((bought < 0) & ~friends))
    said = [f"those who come by themselves are 0 to {alone - 1}"]
    for index, channel in enumerate(history.channels):
        if count := int(np.count_nonzero(bought == index)):
            said.append(f"those bought on {channel} are {channel}:0 to {channel}:{count - 1}")
    if friends.any():
        said.append("friends have the numbers in the event log")
    return "; ".join(said)


def _with_sentences(moments: Iterable[Moment], scenario: Scenario) -> Iterator[Moment]:
    """The moments in words; a choice is told by what was considered before it."""
    considered: list[Moment] = []
    for moment in moments:
        yield replace(moment, sentence=sentence_of(moment, scenario, considered))
        if moment.event == "considered":
            considered.append(moment)
        elif moment.event == "chosen":
            considered = []


def _came(history: History, i: int) -> str:
    if history.customers.bought[i] >= 0:
        return f"bought on {history.channels[history.customers.bought[i]]}"
    return "referred" if history.customers.number[i] >= FIRST_FRIEND else "by themselves"


def _stage(scenario: Scenario, touchpoint: str) -> str:
    return next(stage_of(scenario, each) for each in scenario.touchpoints if each.id == touchpoint)


def _reason(scenario: Scenario, event: str, rule: str | None, value: float) -> str | None:
    if event == "ruled_out":
        return REASONS[int(value)]
    if event != "passed_over":
        return None
    if value == UNDER_WAY:
        return "under-way"
    [fired] = [each for each in enabled_rules(scenario) if each.id == rule]
    subject, operator, wanted = conditions_of(fired)[int(value)]
    return f"{subject} {operator} {wanted}"
