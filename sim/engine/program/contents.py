"""What messages look like, and which may be sent in place of which, from the scenario to arrays (model 33.6)."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.engine.program.arrays import indices, sites, starts
from sim.engine.program.deciding import chosen_actions
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.content import CONTENT_TRAITS, SUBJECT
from sim.scenario.orchestration import Broadcast, Rule
from sim.scenario.resolve import enabled_actions, liked_contents, optimised
from sim.scenario.scenario import Scenario


def content_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    """The fields of `RuleTables` that say what actions look like."""
    actions = enabled_actions(scenario)
    contents = dict.fromkeys(each for action in actions for each in action.content.items())
    number: dict[tuple[str, str], int] = {content: n for n, content in enumerate(contents)}
    liked = {content: n for n, content in enumerate(liked_contents(scenario))}
    seen = [
        [liked[each] for each in action.content.items() if each in liked and each[0] != SUBJECT] for action in actions
    ]
    subjects = [(SUBJECT, action.content.get(SUBJECT, "")) for action in actions]
    listed = [_variants(scenario, rule) for rule in rules]
    order = {action.id: index for index, action in enumerate(actions)}
    return {
        "action_content": indices(
            number.get((trait, action.content.get(trait, "")), -1) for action in actions for trait in CONTENT_TRAITS
        ),
        "action_described": np.array([bool(action.content) for action in actions], np.bool_),
        "subject_liked": indices(liked.get(subject, -1) for subject in subjects),
        "seen_first": starts(map(len, seen)),
        "seen_liked": indices(each for group in seen for each in group),
        "variant_first": starts(map(len, listed)),
        "variant_action": indices(order[action] for group in listed for action in group),
        "variant_site": sites(
            f"rule:{rule.id}/action:{action}" for rule, group in zip(rules, listed, strict=True) for action in group
        ),
    }


def _variants(scenario: Scenario, rule: Rule | Broadcast) -> list[str]:
    """The actions among which a rule's messages go by their content; none where it has no choice."""
    if "content" not in optimised(scenario):
        return []
    chosen = [action.id for action in chosen_actions(scenario, rule) if action.kind in MESSAGES]
    return chosen if len(chosen) > 1 else []
