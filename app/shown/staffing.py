"""How many agents a desk needs, as it is said everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.staffing import Aim, HalfHour

HEADS: Final = ("From", "Asked an hour", "Served in time", "Rostered now", "Erlang A", "Erlang C")
HEADS_OF_CALLS: Final = ("From", "Asked an hour", "At the desk", "Erlang A", "Erlang C")
_NONE: Final = "–"


@dataclass(frozen=True)
class Interval:
    """What a part of the day needs; None in `agents` or `in_time` where it is not known."""

    begin: float
    """hours from midnight"""
    hours: float
    asked: float
    """people an hour"""
    in_time: float | None
    agents: float | None
    """on the roster now"""
    at_desk: int
    """by Erlang A, where people give up, else by Erlang C"""
    by_a: int
    """on the roster, by Erlang A; by Erlang C where nobody gives up"""
    by_c: int
    """on the roster, by Erlang C"""


def intervals(found: Sequence[HalfHour], minutes: float, patience: float | None, aim: Aim) -> list[Interval]:
    """What each half hour needs, where serving takes so many minutes; without patience nobody gives up."""
    return [
        _interval(each.number / 2.0, 0.5, each.asked, minutes, patience, aim, each.in_time, each.agents)
        for each in found
    ]


def intervals_of_calls(calls: Sequence[float], minutes: float, patience: float | None, aim: Aim) -> list[Interval]:
    """What each part of a day needs, given how many people an hour ask in it."""
    hours = 24.0 / len(calls)
    return [
        _interval(number * hours, hours, asked, minutes, patience, aim, None, None)
        for number, asked in enumerate(calls)
    ]


def _interval(
    begin: float,
    hours: float,
    asked: float,
    minutes: float,
    patience: float | None,
    aim: Aim,
    in_time: float | None,
    agents: float | None,
) -> Interval:
    from sim.staffing import needed, rostered

    at_desk, by_c = needed(asked, minutes, patience, aim), needed(asked, minutes, None, aim)
    return Interval(begin, hours, asked, in_time, agents, at_desk, rostered(at_desk, aim), rostered(by_c, aim))


def hours_needed(day: Sequence[Interval]) -> tuple[float, float]:
    """Agent-hours of a day on the roster: by Erlang A, by Erlang C."""
    return sum(each.hours * each.by_a for each in day), sum(each.hours * each.by_c for each in day)


def answer(day: Sequence[Interval], aim: Aim, desk: str = "") -> str:
    """How many are served in time, and what it takes to serve as many as wanted."""
    by_a, by_c = hours_needed(day)
    wanted = f"To serve {100 * aim.share:g} of 100 within {aim.seconds:g} seconds takes"
    takes = f"{wanted} {by_c:,.0f} agent-hours a day on the roster by Erlang C, where nobody gives up"
    takes += f", and {by_a:,.0f} by Erlang A, where they do." if any(each.by_a != each.by_c for each in day) else "."
    if not desk:
        return takes
    asked = sum(each.hours * each.asked for each in day)
    if not asked:
        return f"Nobody asks at {desk} on these days."
    in_time = sum(each.hours * each.asked * (each.in_time or 0.0) for each in day)
    alone = sum(each.hours * each.asked for each in day if not each.agents)
    now = sum(each.hours * (each.agents or 0.0) for each in day)
    nobody_works = f" ({100 * alone / asked:.0f} ask while nobody works)" if alone else ""
    served = f"Of 100 who ask at {desk} {100 * in_time / asked:.0f} are served within {aim.seconds:g} seconds"
    return f"{served}{nobody_works}, by {now:,.0f} agent-hours a day. {takes}"


def rows(day: Sequence[Interval]) -> list[tuple[str, ...]]:
    """A line for each part of the day in which anybody asks or works."""
    return [
        (
            clock(each.begin),
            _figure(each.asked),
            _NONE if each.in_time is None else f"{100 * each.in_time:.0f} %",
            _NONE if each.agents is None else _figure(each.agents),
            f"{each.by_a:,}",
            f"{each.by_c:,}",
        )
        for each in day
        if each.asked or each.agents
    ]


def rows_of_calls(day: Sequence[Interval]) -> list[tuple[str, ...]]:
    """The same where nothing was simulated."""
    return [
        (clock(each.begin), _figure(each.asked), f"{each.at_desk:,}", f"{each.by_a:,}", f"{each.by_c:,}")
        for each in day
    ]


def clock(hours: float) -> str:
    """A time of the day."""
    minutes = round(60 * hours)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _figure(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 1000 else f"{amount:.3g}"
