"""Rules that set each other off again and again."""

from collections.abc import Iterator

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.checks.acting import acting_rules
from sim.scenario.checks.circles import go_in_circles
from sim.scenario.findings import Fault, Level
from sim.scenario.orchestration import Action, Condition, Rule
from sim.scenario.resolve import enabled_touchpoints
from sim.scenario.scenario import Scenario

_GROWING = ("visits", "contacts", "handoffs", "conversions", "purchases", "messages", "responses", "days")
"""Subjects that only grow, so that a rule with a limit on one comes to an end."""


def check_feeding(scenario: Scenario) -> Iterator[Fault]:
    """Rules whose action leads to where the next one waits, round in a circle, with nothing that holds any of them."""
    touchpoints = {touchpoint.id for touchpoint in enabled_touchpoints(scenario) if not touchpoint.exit}
    free = {
        number: (rule, action)
        for number, rule, action in acting_rules(scenario)
        if rule.when.entered in touchpoints and action.leads_to in touchpoints and not _is_held(rule, action, scenario)
    }
    steps = [
        (number, follower)
        for number, (_, action) in free.items()
        for follower, (rule, _) in free.items()
        if rule.when.entered == action.leads_to
    ]
    if not go_in_circles(steps):
        return
    import networkx  # slow to import, takes 14 MB, and is rarely needed

    graph = networkx.DiGraph(steps)
    for together in networkx.strongly_connected_components(graph):
        inner = graph.subgraph(together)
        if inner.number_of_edges() == 0:
            continue
        cycle = [number for number, _ in networkx.find_cycle(inner)]
        first = cycle.index(min(cycle))
        cycle = [*cycle[first:], *cycle[:first]]
        called = [f'"{free[number][0].id}"' for number in cycle]
        if len(cycle) == 1:
            here = free[cycle[0]][0].when.entered
            problem = f'{called[0]} would go on for ever: its action leads back to "{here}", where it waits'
        else:
            round_trip = " → ".join([*called, called[0]])
            problem = f"these rules would set each other off for ever: {round_trip}"
        one = "it" if len(cycle) == 1 else "one of them"
        takes_time = any(_takes_time(*free[number]) for number in cycle)
        level: Level = "warning" if takes_time else "error"
        yield Fault(("rules", cycle[0], "cooldown"), problem, f"give {one} a cooldown, such as cooldown = 7", level)


def _takes_time(rule: Rule, action: Action) -> bool:
    """Whether time passes between what sets the rule off and where its action leads."""
    return bool(rule.when.after or rule.delay or action.kind in MESSAGES)


def _is_held(rule: Rule, action: Action, scenario: Scenario) -> bool:
    """Whether something keeps the rule from acting on a customer again and again."""
    caps = scenario.orchestration.caps
    capped = "total" in caps or (bool(action.channels) and all(channel in caps for channel in action.channels))
    ends = any(_limits(condition, ("<", "<=", "==", "in")) for condition in rule.conditions)
    stops = any(_limits(condition, (">", ">=", "!=", "not in")) for condition in rule.stop)
    return rule.cooldown > 0 or (action.kind in MESSAGES and capped and not action.transactional) or ends or stops


def _limits(condition: Condition, operators: tuple[str, ...]) -> bool:
    subject, operator, _ = condition
    return operator in operators and subject.partition(".")[0] in _GROWING
