"""How the journey felt: contacts, handoffs, surveys, sentiment and effort."""

from collections.abc import Collection

import numpy as np

from sim.outcomes.conversion import NOBODY_ARRIVED
from sim.outcomes.groups import Group, Measurements, Ratio
from sim.scenario.resolve import enabled_surveys
from sim.scenario.scenario import Scenario


def contacts(group: Group) -> Measurements:
    """Contacts and changes of channel."""
    customers = group.history.customers
    handoffs = group.sum(customers.handoffs)
    return {
        "contacts_per_customer": Ratio(
            group.sum(customers.contacts) + group.sum(customers.sent), group.arrivals, NOBODY_ARRIVED
        ),
        "handoffs_per_customer": Ratio(handoffs, group.arrivals, NOBODY_ARRIVED),
        "contacts_noted_rate": Ratio(
            group.sum(customers.noted), group.sum(customers.contacts), "nobody was met on a channel"
        ),
        "context_kept_rate": Ratio(group.sum(customers.kept), handoffs, "nobody changed channel"),
    }


def surveys(group: Group, scenario: Scenario, outcomes: Collection[str]) -> Measurements:
    """Scores of all surveys of a kind asked for together: of those who answered, and of everybody asked."""
    at = group.history.at_surveys
    kinds = {survey.id: survey.kind for survey in enabled_surveys(scenario)}
    balance, true_balance = at.promoters - at.detractors, at.true_promoters - at.true_detractors
    by_survey = group.total(
        np.stack((at.asked, at.answered, balance, true_balance, at.total, at.true_total), axis=1, dtype=np.float64)
    )
    figures: Measurements = {}
    for kind in ("nps", "csat", "ces"):
        if kind not in outcomes:
            continue
        indices = [index for index, survey in enumerate(group.history.surveys) if kinds[survey] == kind]
        asked, answered, of_answers, of_all, total, true_total = by_survey[:, indices].sum(axis=1).tolist()
        if kind == "nps":
            total, true_total = of_answers * 100.0, of_all * 100.0
        figures[kind] = Ratio(total, answered, "nobody answered the survey")
        figures[f"{kind}_true"] = Ratio(true_total, asked, "nobody was asked")
    return figures


def sentiment(group: Group) -> Measurements:
    """Mean sentiment at the end."""
    total = group.sum(group.history.customers.sentiment)
    return {"sentiment": Ratio(total, group.arrivals, NOBODY_ARRIVED)}


def effort(group: Group) -> Measurements:
    """Mean effort of an experience."""
    at = group.history.at_touchpoints
    whole = float(group.total(at.experiences).sum())
    return {"effort": Ratio(float(group.total(at.effort).sum()), whole, "nobody had an experience")}
