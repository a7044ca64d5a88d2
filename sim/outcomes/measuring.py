"""All outcomes of one arm in one replication."""

from collections.abc import Collection
from dataclasses import replace

from sim.engine.memory.history import History
from sim.outcomes import conversion, eligibility, experience, flow, messages, money, retention, waiting
from sim.outcomes.curves import curves
from sim.outcomes.daily import daily_series
from sim.outcomes.definitions import DEFINITIONS, possible
from sim.outcomes.eligibility_steps import GOT_NOTHING
from sim.outcomes.groups import EVERYBODY, Measurements, Missing, Ratio, groups
from sim.outcomes.journey_graph import journey_graph
from sim.outcomes.needs import may_hold_out, wins_customers
from sim.outcomes.occupation import daily_status
from sim.outcomes.records import ALL, Curve, Measured, Sums, Values
from sim.scenario.resolve import enabled_touchpoints
from sim.scenario.scenario import Scenario


def measure(
    history: History,
    scenario: Scenario,
    arm: str,
    seconds: float,
    *,
    only_all: bool = False,
    like: Scenario | None = None,
) -> Measured:
    """The outcomes, curves and tables of one replication of one arm; `only_all`: of everybody, and no tables.

    `scenario` is the arm's own; `seconds` is the time that simulating took. What the scenario cannot have is left out;
    what it could have but too few show is left out too, with the reason in `absent` where it concerns everybody. Where
    `scenario` has values drawn, `like` is the one that it was made of: both have the same outcomes.
    """
    ids = [outcome.id for outcome in possible(like or scenario)]
    acquires = wins_customers(like or scenario)
    daily = daily_status(history.customers, history.log, history.horizon) if acquires else None
    seen = conversion.paths(history, ids, acquires)
    lapsing = retention.lapses(history.log, history.customers.arrival.size) if "reactivation_rate" in ids else None

    outcomes, sums, group_outcomes, group_sums = Values(), Sums(), Values(), Sums()
    absent: dict[str, str] = {}
    shown: dict[str, Curve] = {}
    visits: dict[str, flow.Visits] = {}
    apart = flow.tells_segments_apart(history, len(history.touchpoints))
    steps_apart = flow.tells_segments_apart(history, len(history.actions))
    steps: dict[str, flow.Table] = {}
    for group in groups(history, may_hold_out(like or scenario)):
        if only_all and group.rows != EVERYBODY:
            break
        figures: Measurements = {"arrivals": float(group.arrivals)}
        if seen.conversion and daily:
            observed = group.of(seen.conversion)
            occupation = daily.occupation(group.member)
            figures |= conversion.conversion(group, observed)
            figures |= retention.retention(group, occupation)
            if group.rows == EVERYBODY:
                shown = curves(group, observed, occupation)
        figures |= conversion.completion(group)
        if seen.value:
            figures |= conversion.value(group, seen.value)
        if seen.churn:
            figures |= retention.churn(group, seen.churn, acquires)
        if lapsing:
            figures |= retention.reactivation(group, *lapsing)
        figures |= money.revenue(group, scenario)
        figures |= experience.contacts(group) | experience.sentiment(group)
        if "desk_wait_minutes" in ids:
            figures |= waiting.waits(group)
        if GOT_NOTHING in ids:
            figures |= eligibility.got_nothing(group)
        if group.rows is not None:
            if not only_all and (group.rows == EVERYBODY or apart):
                visits[group.id] = flow.Visits(group, journey_graph(scenario))
            if not only_all and (group.rows == EVERYBODY or steps_apart):
                steps[group.id] = eligibility.eligibility_table(history, group.member)
            figures |= experience.surveys(group, scenario, ids) | experience.effort(group)
            if "desk_abandon_rate" in ids:
                figures |= waiting.refusals(group)
            if "messages_per_customer" in ids:
                figures |= messages.messages(group, scenario)
        if group.rows == EVERYBODY:
            figures |= money.result(history, scenario) | money.acquisition(history, scenario)
            figures |= messages.overshoot(history, scenario)
            _check(ids, figures)
            absent = {id_: why.reason for id_ in ids if isinstance(why := _own(figures[id_]), Missing)}
        own, of = (outcomes, sums) if group.rows is not None else (group_outcomes, group_sums)
        asked = [(id_, figures[id_]) for id_ in ids if id_ in figures]
        own[group.id] = {id_: value for id_, figure in asked if isinstance(value := _own(figure), float)}
        of[group.id] = {id_: (float(by.part), float(by.whole)) for id_, by in asked if isinstance(by, Ratio)}

    if not any(touchpoint.exit == "completed" for touchpoint in enabled_touchpoints(scenario)):
        shown.pop("completed", None)
    plain = Measured(
        arm,
        history.replication,
        history.event_count,
        seconds,
        outcomes,
        absent,
        shown,
        sums=sums,
        groups=group_outcomes,
        group_sums=group_sums,
    )
    if only_all:
        return plain
    everybody = visits.pop(ALL)
    return replace(
        plain,
        touchpoints=flow.touchpoint_table(everybody),
        transitions=flow.transition_table(everybody),
        channels=flow.channel_table(history),
        stages=flow.stage_table(everybody),
        segment_touchpoints={id_: flow.shared_figures(of) for id_, of in visits.items()},
        segment_stages={id_: flow.stage_table(of) for id_, of in visits.items()},
        actions=messages.action_table(history),
        eligibility=steps.pop(ALL),
        segment_eligibility={id_: table for id_, table in steps.items() if table},
        daily=daily_series(history, scenario, ids, acquires),
    )


def _check(ids: Collection[str], figures: Measurements) -> None:
    """What is declared is measured, and what is measured is declared, so that nothing is lost on the way."""
    for id_ in ids:
        if id_ not in figures:
            raise KeyError(f'nothing measures the outcome "{id_}", which sim/outcomes/definitions.py has')
    for id_ in figures:
        if id_ not in DEFINITIONS:
            raise KeyError(f'"{id_}" is measured, but sim/outcomes/definitions.py has no such outcome')


def _own(figure: float | Missing | Ratio) -> float | Missing:
    """The replication's own value."""
    return figure.value if isinstance(figure, Ratio) else figure
