"""How the journey felt: contacts, handoffs, waits, surveys, sentiment and effort."""

from sim.outcomes.conversion import NOBODY_ARRIVED
from sim.outcomes.groups import Found, Group, Missing, Ratio
from sim.scenario.resolve import enabled_surveys
from sim.scenario.scenario import Scenario


def contacts(group: Group) -> Found:
    """Contacts and changes of channel."""
    customers = group.history.customers
    handoffs = group.sum(customers.handoffs)
    return {
        "contacts_per_customer": Ratio(
            group.sum(customers.contacts) + group.sum(customers.sent), group.arrivals, NOBODY_ARRIVED
        ),
        "handoffs_per_customer": Ratio(handoffs, group.arrivals, NOBODY_ARRIVED),
        "context_kept_rate": Ratio(group.sum(customers.kept), handoffs, "nobody changed channel"),
    }


def desks(group: Group) -> Found:
    """Waits, giving up and turning away, over all desks."""
    at = group.history.at_desks
    asked = float(group.total(at.asked).sum())
    served = float(group.total(at.served).sum())
    gave_up = float(group.total(at.gave_up).sum())
    turned_away = float(group.total(at.turned_away).sum())
    nobody_asked = "nobody asked at a desk"
    return {
        "desk_wait_minutes": Ratio(
            float(group.total(at.wait).sum()), served + gave_up, "nobody was served or gave up at a desk"
        ),
        "desk_abandon_rate": Ratio(
            gave_up, asked - turned_away, "everybody was turned away" if asked else nobody_asked
        ),
        "desk_turned_away_rate": Ratio(turned_away, asked, nobody_asked),
    }


def surveys(group: Group, scenario: Scenario) -> Found:
    """Scores of all surveys of a kind together: of those who answered, and of everybody asked."""
    at = group.history.at_surveys
    kinds = {survey.id: survey.kind for survey in enabled_surveys(scenario)}
    found: Found = {}
    for kind in ("nps", "csat", "ces"):
        places = [place for place, survey in enumerate(group.history.surveys) if kinds[survey] == kind]
        asked = float(group.total(at.asked)[places].sum())
        answered = float(group.total(at.answered)[places].sum())
        if kind == "nps":
            of_answers = group.total(at.promoters - at.detractors)[places].sum() * 100.0
            of_all = group.total(at.true_promoters - at.true_detractors)[places].sum() * 100.0
        else:
            of_answers = group.total(at.total)[places].sum()
            of_all = group.total(at.true_total)[places].sum()
        found[kind] = Ratio(float(of_answers), answered, "nobody answered the survey")
        found[f"{kind}_true"] = Ratio(float(of_all), asked, "nobody was asked")
    return found


def feelings(group: Group) -> Found:
    """Mean sentiment at the end and mean effort of an experience."""
    if not group.arrivals:
        return {"sentiment": Missing(NOBODY_ARRIVED), "effort": Missing(NOBODY_ARRIVED)}
    at = group.history.at_touchpoints
    return {
        "sentiment": group.sum(group.history.customers.sentiment) / group.arrivals,
        "effort": Ratio(
            float(group.total(at.effort).sum()), float(group.total(at.experiences).sum()), "nobody had an experience"
        ),
    }
