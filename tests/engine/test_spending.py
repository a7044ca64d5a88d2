"""Money is booked when it is spent, whatever a cost is before and after."""

from tests.engine.brands import CHANNELS, MAIL, brand
from tests.engine.worlds import run, shop


def test_the_cost_of_actions_and_channels_is_that_of_the_moment() -> None:
    """Two messages at 1 + 2, one at 10 + 200."""
    actions = [{**MAIL, "cost": 1}]
    channels = [{"id": "web", "cost": 3}, {**CHANNELS[1], "cost": 2}]
    rules = [{"id": name, "when": {"at": at}, "do": "mail"} for name, at in (("a", 0.5), ("b", 1), ("c", 2))]
    set_ = {"actions.mail.cost": 10, "channels.email.cost": 200, "channels.web.cost": 50}
    shocks = [{"id": "dear", "from": 1.5, "to": 3, "set": set_}]
    history = run(brand(actions=actions, channels=channels, rules=rules, shocks=shocks))
    assert history.at_actions.cost.tolist() == [[3 + 3 + 210]]
    assert history.daily_message_cost.tolist() == history.daily_budget_cost.tolist() == [3, 3, 210, 0, 0]
    assert history.channel_cost.tolist() == [[3 * 3, 0]]  # three visits on the web, all before the shock


def test_contacts_cost_what_they_cost_then() -> None:
    channels = [{"id": "web", "cost": 3}, CHANNELS[1]]
    phases = [{"id": "dear", "at": 0.9, "set": {"channels.web.cost": 50}}]
    history = run(brand(channels=channels, phases=phases))
    assert history.channel_cost.tolist() == [[3 + 3 + 50, 0]]
    assert history.customers.contact_cost.tolist() == [56]


def test_discounted_revenue_is_discounted_like_the_margin() -> None:
    """All goods earn 40 %, so the one is 0.4 of the other."""
    history = run(shop(money={"discount_rate": 0.5}))
    customers = history.customers
    assert (0.4 * customers.discounted_revenue).round(9).tolist() == customers.discounted_margin.round(9).tolist()
    assert customers.discounted_revenue.sum() < customers.revenue.sum()
