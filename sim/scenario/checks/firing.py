"""Rules and broadcasts whose trigger never fires, or fires when people are gone (model 10.4)."""

from collections.abc import Iterator

from sim.scenario.checks.acting import acting_broadcasts, acting_rules
from sim.scenario.checks.medians import median
from sim.scenario.dates import day_of
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.journey import Transition
from sim.scenario.orchestration import Moment, Trigger
from sim.scenario.resolve import desk_of, enabled_touchpoints, enabled_transitions, roles
from sim.scenario.scenario import Scenario

ExitTransitions = dict[str, list[Transition]]


def check_firing(scenario: Scenario) -> Iterator[Fault]:
    """Triggers at an exit, before the start, after the end, and waits that outlast the customers."""
    exits = _exit_transitions(scenario)
    for number, rule, _ in acting_rules(scenario):
        key_path: KeyPath = ("rules", number, "when")
        yield from _at_an_exit(key_path, rule.when, scenario)
        yield from _leaving(key_path, rule.when, scenario, exits)
        if rule.when.at is not None:
            yield from _moment((*key_path, "at"), rule.when.at, scenario)
        waits = {("when", "after"): rule.when.after, ("when", "idle"): rule.when.idle, ("delay",): rule.delay}
        for key, days in waits.items():
            if days is not None and days > scenario.horizon:
                problem = f"{days:g} days never pass: only {scenario.horizon:g} are simulated"
                yield Fault(("rules", number, *key), problem, "give fewer days, or a longer horizon", "warning")
        yield from _gone_before(key_path, rule.when, scenario, exits)
        if rule.when.without is not None and rule.when.without == rule.when.entered:
            problem = f'entering "{rule.when.without}" again restarts the wait even without this'
            remedy = "remove it, or name the touchpoint after which nothing needs to be sent"
            yield Fault((*key_path, "without"), problem, remedy, "warning")
    for number, broadcast, _ in acting_broadcasts(scenario):
        yield from _moment(("broadcasts", number, "at"), broadcast.at, scenario)


def _at_an_exit(key_path: KeyPath, trigger: Trigger, scenario: Scenario) -> Iterator[Fault]:
    exits = {touchpoint.id for touchpoint in enabled_touchpoints(scenario) if touchpoint.exit}
    name, _, counted = (trigger.count or "").partition(".")
    counted = counted if name == "visits" else ""
    for key, here in (("entered", trigger.entered), ("leaving", trigger.leaving), ("count", counted)):
        if here in exits:
            before = [
                transition.source
                for transition in enabled_transitions(scenario)
                if transition.target == here and transition.share > 0
            ]
            such = f', such as "{before[0]}"' if before else ""
            problem = f'"{here}" is an exit: nothing can be done after an exit'
            yield Fault((*key_path, key), problem, f"watch a touchpoint before it{such}")


def _leaving(key_path: KeyPath, trigger: Trigger, scenario: Scenario, exits: ExitTransitions) -> Iterator[Fault]:
    """A warning if nobody ever leaves where the trigger watches."""
    anywhere = trigger.leaving is True
    watched = [
        touchpoint.id
        for touchpoint in enabled_touchpoints(scenario)
        if not touchpoint.exit and (anywhere or touchpoint.id == trigger.leaving)
    ]
    if watched and not any(exits.get(name) for name in watched):
        where = "" if anywhere else f' from "{trigger.leaving}"'
        problem = f"no transition{where} has the role exit, so nobody is ever about to leave"
        remedy = 'give the transition that leads out role = "exit", or watch another touchpoint'
        yield Fault((*key_path, "leaving"), problem, remedy, "warning")


def _moment(key_path: KeyPath, moment: Moment, scenario: Scenario) -> Iterator[Fault]:
    day = day_of(moment, scenario)
    if day < 0:
        problem = f"{moment} is before the start, which is {scenario.start_date}"
        yield Fault(key_path, problem, "give a later date, or a day of the run, such as 30")
    elif day > scenario.horizon:
        problem = f"day {day:g} never comes: only {scenario.horizon:g} days are simulated"
        yield Fault(key_path, problem, "give an earlier date or day, or a longer horizon", "warning")


def _gone_before(key_path: KeyPath, trigger: Trigger, scenario: Scenario, exits: ExitTransitions) -> Iterator[Fault]:
    """A warning if those who take the fastest transition to an exit are mostly there before the wait is over."""
    touchpoints = {touchpoint.id: touchpoint for touchpoint in enabled_touchpoints(scenario)}
    here = touchpoints.get(trigger.entered or "")
    if here is None or trigger.after is None or trigger.after > scenario.horizon or desk_of(scenario, here):
        return
    delays = [
        (median(transition.delay), transition.target)
        for transition in exits.get(here.id, ())
        if touchpoints[transition.target].exit
    ]
    delays = [delay for delay in delays if delay[0] >= 0]  # below 0 is a finding of its own
    days, target = min(delays, default=(trigger.after, ""))
    if days < trigger.after:
        rounded = float(f"{days:.2g}")
        gone = f"half of those who leave are gone in {rounded:g} days" if days else "those who leave are gone at once"
        problem = f'{gone} (transition to "{target}"), before these {trigger.after:g} days are over'
        remedy = f'wait less, or use leaving = "{here.id}" to reach them before they leave'
        yield Fault((*key_path, "after"), problem, remedy, "warning")


def _exit_transitions(scenario: Scenario) -> ExitTransitions:
    """The transitions of role exit that somebody could take, by where they begin."""
    role = roles(scenario)
    by_source: ExitTransitions = {}
    for transition in enabled_transitions(scenario):
        if transition.share > 0 and role[transition.key] == "exit":
            by_source.setdefault(transition.source, []).append(transition)
    return by_source
