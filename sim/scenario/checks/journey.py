"""Journeys that nobody can begin, finish or get through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.scenario.did_you_mean import nearest
from sim.scenario.findings import Fault
from sim.scenario.journey import Touchpoint
from sim.scenario.resolve import MOST_STAGES, enabled_touchpoints, enabled_transitions, stages
from sim.scenario.scenario import Scenario


def check_journey(scenario: Scenario, changed: bool) -> Iterator[Fault]:
    """Starts, ends, transitions and stages that do not make a journey; `changed` as in `check`."""
    yield from _starts(scenario)
    for number, touchpoint in enumerate(scenario.touchpoints):
        if touchpoint.enabled:
            yield from _exit(number, touchpoint)
            yield from _goal(number, touchpoint)
    leaving = _leaving(scenario)
    yield from _transitions_out(scenario, leaving)
    yield from _reachable(scenario, leaving, changed)
    yield from _stage_order(scenario)


@dataclass(frozen=True)
class _Leaving:
    number: int
    target: str | None
    share: float


def _leaving(scenario: Scenario) -> dict[str, list[_Leaving]]:
    """The enabled transitions out of each enabled touchpoint.

    A misspelt end, a finding of its own, is taken for the nearest touchpoint: what follows counts as reached.
    """
    leaving: dict[str, list[_Leaving]] = {touchpoint.id: [] for touchpoint in enabled_touchpoints(scenario)}
    known = {touchpoint.id for touchpoint in scenario.touchpoints}
    for number, transition in enumerate(scenario.transitions):
        source, target = (
            end if end in known else nearest(end, leaving) for end in (transition.source, transition.target)
        )
        if transition.enabled and source in leaving and (target is None or target in leaving):
            leaving[source].append(_Leaving(number, target, transition.share))
    return leaving


def _starts(scenario: Scenario) -> Iterator[Fault]:
    touchpoints = enabled_touchpoints(scenario)
    if not touchpoints:
        yield Fault(("touchpoints",), "there is no enabled touchpoint", "add a [[touchpoints]] with start = true")
    elif not any(touchpoint.start for touchpoint in touchpoints):
        weighted = [n for n, each in enumerate(scenario.touchpoints) if each.enabled and each.start is not False]
        if weighted:
            problem = "the weights of all starts are 0"
            yield Fault(("touchpoints", weighted[0], "start"), problem, "give at least one a weight above 0")
        else:
            problem = "no touchpoint is a start, so nobody can arrive"
            yield Fault(("touchpoints",), problem, "add start = true where customers arrive")


def _exit(number: int, touchpoint: Touchpoint) -> Iterator[Fault]:
    if not touchpoint.exit:
        return
    for key, given, problem in (
        ("start", bool(touchpoint.start), "a journey cannot start at an exit"),
        ("channels", bool(touchpoint.channels), "an exit has no channels"),
        ("desk", touchpoint.desk is not None, "an exit has no desk"),
    ):
        if given:
            remedy = f"remove {key}; put a touchpoint before the exit for what happens on the transition out"
            yield Fault(("touchpoints", number, key), problem, remedy)
    if touchpoint.lapsed:
        problem = "a touchpoint is either an exit or lapsed"
        remedy = "remove lapsed if customers never come back from here, exit if they do"
        yield Fault(("touchpoints", number, "lapsed"), problem, remedy)


def _goal(number: int, touchpoint: Touchpoint) -> Iterator[Fault]:
    goal = touchpoint.goal
    if not goal:
        return
    key_path = ("touchpoints", number, "goal", "margin")
    if goal.margin < 0:
        problem = f"at a margin of {goal.margin:g} every goal costs more than it brings"
        yield Fault(key_path, problem, "write the share that is left, such as 0.35 for 35 %", "warning")
    if goal.value is None and "margin" in goal.model_fields_set:
        yield Fault(key_path, "a margin without a value earns nothing", "add value, or remove margin", "warning")


def _transitions_out(scenario: Scenario, leaving: Mapping[str, list[_Leaving]]) -> Iterator[Fault]:
    exits = {touchpoint.id for touchpoint in enabled_touchpoints(scenario) if touchpoint.exit}
    for source, transitions in leaving.items():
        if source in exits:
            for transition in transitions:
                problem = f'"{source}" is an exit: nothing leads on from there'
                yield Fault(("transitions", transition.number, "from"), problem, "remove the transition, or the exit")
        elif transitions and all(transition.share == 0 for transition in transitions):
            problem = f'the weights of all transitions from "{source}" are 0'
            yield Fault(
                ("transitions", transitions[0].number, "share"), problem, "give at least one a weight (share) above 0"
            )
    for number, survey in enumerate(scenario.surveys):
        for position, at in enumerate(survey.at):
            if at in exits:
                problem = f'"{at}" is an exit: nobody is asked there'
                yield Fault(("surveys", number, "at", position), problem, "ask at a touchpoint before it")


def _reachable(scenario: Scenario, leaving: Mapping[str, list[_Leaving]], changed: bool) -> Iterator[Fault]:
    starts = [touchpoint.id for touchpoint in enabled_touchpoints(scenario) if touchpoint.start]
    brought = [action.leads_to for action in scenario.actions if action.enabled and action.leads_to in leaving]
    if not starts:
        return
    reached: set[str] = set()
    ahead = [*starts, *(touchpoint for touchpoint in brought if touchpoint)]
    while ahead:
        here = ahead.pop()
        if here not in reached:
            reached.add(here)
            stuck = all(transition.share == 0 for transition in leaving[here])  # a finding of its own
            ahead.extend(
                transition.target
                for transition in leaving[here]
                if transition.target is not None and (transition.share > 0 or stuck)
            )
    for number, touchpoint in enumerate(scenario.touchpoints):
        if not touchpoint.enabled:
            continue
        if touchpoint.id not in reached:
            problem = "no customer can reach this touchpoint"
            remedy = "add a transition to it with a weight (share) above 0, make it a start, or set enabled = false"
            yield Fault(("touchpoints", number), problem, remedy, "warning" if changed else "error")
        elif not touchpoint.exit and not leaving[touchpoint.id] and not (touchpoint.lapsed and brought):
            problem = "customers who come here can never leave: no transition leads on"
            remedy = 'add a transition from it, or make it an exit (exit = "churn" or "completed")'
            yield Fault(("touchpoints", number), problem, remedy)


def _stage_order(scenario: Scenario) -> Iterator[Fault]:
    """Too many stages; a warning if every change of stage leads back, as it does where they are listed wrongly."""
    order = {stage.id: index for index, stage in enumerate(stages(scenario))}
    if len(order) > MOST_STAGES:
        yield Fault(("stages",), f"there are {len(order)} stages", f"group the touchpoints in at most {MOST_STAGES}")
    stage = {one.id: order.get(one.stage) for one in enabled_touchpoints(scenario) if one.stage and not one.exit}
    steps = [
        (stage.get(transition.source), stage.get(transition.target))
        for transition in enabled_transitions(scenario)
        if transition.share > 0
    ]
    changes = [
        after - before for before, after in steps if before is not None and after is not None and after != before
    ]
    if changes and max(changes) < 0:
        key_path = ("stages",) if scenario.stages else ("touchpoints",)
        problem = "every transition between stages leads to an earlier one"
        yield Fault(key_path, problem, "list the stages in the order of the journey", "warning")
