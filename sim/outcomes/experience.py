"""How the journey felt: contacts, handoffs, surveys, sentiment and effort."""

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


def surveys(group: Group, scenario: Scenario) -> Measurements:
    """Scores of all surveys of a kind together: of those who answered, and of everybody asked."""
    at = group.history.at_surveys
    kinds = {survey.id: survey.kind for survey in enabled_surveys(scenario)}
    figures: Measurements = {}
    for kind in ("nps", "csat", "ces"):
        indices = [index for index, survey in enumerate(group.history.surveys) if kinds[survey] == kind]
        asked = float(group.total(at.asked)[indices].sum())
        answered = float(group.total(at.answered)[indices].sum())
        if kind == "nps":
            of_answers = group.total(at.promoters - at.detractors)[indices].sum() * 100.0
            of_all = group.total(at.true_promoters - at.true_detractors)[indices].sum() * 100.0
        else:
            of_answers = group.total(at.total)[indices].sum()
            of_all = group.total(at.true_total)[indices].sum()
        figures[kind] = Ratio(float(of_answers), answered, "nobody answered the survey")
        figures[f"{kind}_true"] = Ratio(float(of_all), asked, "nobody was asked")
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
