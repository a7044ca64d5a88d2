"""Twenty small scenarios that together use every rule of the model; each is compared event by event with the engine."""

from dataclasses import dataclass
from typing import Any

from sim.scenario.scenario import Scenario

from . import scenarios_changes, scenarios_desks, scenarios_extremes, scenarios_journeys, scenarios_ties

Tables = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One scenario to compare, what it is measured against, and what must happen in it."""

    name: str
    scenario: Scenario
    base: Scenario
    shows: frozenset[str]
    """kinds of event that must occur"""
    reasons: frozenset[str] = frozenset()
    """what must rule messages out"""


def new_case(name: str, shows: str, tables: Tables, base: Tables | None = None, reasons: str = "") -> Case:
    arm = Scenario.model_validate({"format": 1, "id": "case", **tables})
    against = arm if base is None else Scenario.model_validate({"format": 1, "id": "case", **base})
    return Case(name, arm, against, frozenset(shows.split()), frozenset(reasons.split()))


CASES: tuple[Case, ...] = (
    new_case(
        "a cohort walks a shop where every delay has another family",
        "enter handoff experience conversion value completion churn completed",
        scenarios_journeys.every_delay_family(),
    ),
    new_case(
        "customers who differ in every trait and affinity meet four linked channels",
        "enter handoff experience conversion nps csat ces churn completed",
        scenarios_journeys.spread_of_traits(),
    ),
    new_case(
        "single integration keeps customers on the channel of their first contact where it can",
        "enter handoff experience conversion nps churn",
        scenarios_journeys.bound_to_one_channel(),
    ),
    new_case(
        "customers who arrive by the week's profile lose the context at every change of channel",
        "enter handoff experience conversion ces churn completed",
        scenarios_journeys.unlinked_channels(),
    ),
    new_case(
        "an arm with other shares, effort, channels and an added touchpoint is measured against its base",
        "enter handoff experience conversion value churn completed",
        scenarios_changes.changed_arm(),
        scenarios_changes.arm_base(),
    ),
    new_case(
        "coefficients, effects, constants and prices are replaced one by one",
        "enter handoff experience conversion csat churn completed",
        scenarios_changes.replaced_constants(),
    ),
    new_case(
        "delays pass in office hours only",
        "enter experience asked served gave_up turned_away conversion churn",
        scenarios_changes.office_hours(),
    ),
    new_case(
        "subscribers renew every thirty days, lapse and are won back",
        "enter handoff experience conversion value completion nps churn completed",
        scenarios_changes.renewals(),
    ),
    new_case(
        "a night desk serves its best customers first and turns the others away when it closes",
        "enter handoff experience asked served gave_up turned_away conversion csat churn",
        scenarios_desks.night_shifts(),
    ),
    new_case(
        "a desk lets customers wait over night, the likeliest to leave first, and calls back above three",
        "enter experience asked served gave_up called_back completion ces churn",
        scenarios_desks.waiting_over_night(),
    ),
    new_case(
        "two desks, one of which calls back whoever it cannot serve before it closes",
        "enter handoff experience asked served gave_up called_back value churn completed",
        scenarios_desks.call_backs(),
    ),
    new_case(
        "everything happens at the same times",
        "enter experience asked served gave_up turned_away called_back conversion nps churn completed",
        scenarios_desks.coincidences(),
    ),
    new_case(
        "subscribers renew at whole days, when ticks come and a desk opens and closes",
        "enter handoff experience conversion nps asked served gave_up churn",
        scenarios_ties.renewals_at_ticks(),
    ),
    new_case(
        "agents come and go at the moment of asking, and service takes no time",
        "enter experience asked served gave_up turned_away conversion churn",
        scenarios_ties.edges_of_shifts(),
    ),
    new_case(
        "customers of equal standing before desks with priorities",
        "enter experience asked served gave_up conversion churn completed",
        scenarios_ties.equal_standing(),
    ),
    new_case("those who feel as bad as can be wait as they came", "asked served", scenarios_ties.as_sad_as_can_be()),
    new_case(
        "one desk leads straight to the next, and both call back when they close",
        "enter handoff experience asked served gave_up called_back value completion churn completed",
        scenarios_ties.chain_of_desks(),
    ),
    new_case(
        "an arm raises the price",
        "enter handoff experience conversion value churn completed",
        scenarios_extremes.after_the_rise(),
        scenarios_extremes.before_the_rise(),
    ),
    new_case(
        "customers bound to a channel that few touchpoints have, and some channels without any weight",
        "enter handoff experience conversion csat churn",
        scenarios_extremes.far_from_the_first_channel(),
    ),
    new_case(
        "hundreds of visits to one touchpoint, with many surveys",
        "enter handoff experience value completion nps csat ces",
        scenarios_extremes.hundreds_of_visits(),
    ),
    new_case(
        "attrition, pace and patience at their far ends",
        "enter experience asked served gave_up conversion completion churn",
        scenarios_extremes.nobody_alike(),
    ),
)
