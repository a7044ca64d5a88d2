"""A scenario with one of everything that the file format knows."""

from datetime import date

from sim.scenario import edit
from tests.scenario.orchestrated import ORCHESTRATED

EVERYTHING = edit(
    ORCHESTRATED,
    {
        "name": "Everything",
        "about": "One of each.",
        "currency": "GBP",
        "population.arrivals": {
            "pattern": "profile",
            "over": 30,
            "weekly": [1] * 7,
            "hourly": [1] * 24,
            "monthly": [1] * 12,
            "dates": [{"from": date(2026, 1, 6), "days": 2, "weight": 3}],
        },
        "segments.bargain.affinity": {"web": 0.5},
        "segments.bargain.opt_in": {"email": 0.6},
        "segments.bargain.traits": {"propensity": {"mean": -0.2, "sd": 0.8}, "pace": 1.1},
        "segments.bargain.content": {"tone": {"kind": 0.5}},
        "segments.bargain.persona": {"goals": ["save", "compare"], "quote": "Is there a code?", "age": 34},
        "channels.web.acquisition": {
            "spend": 100,
            "cost_per_arrival": 2,
            "saturation": 400,
            "dates": [{"from": date(2026, 1, 6), "weight": 3}],
        },
        "channels.email.time_to_act_hours": {"family": "exponential", "mean": 5},
        "touchpoints.cart.goal": {"kind": "conversion", "value": {"family": "gamma", "mean": 60, "shape": 2}},
        "touchpoints.cart.desk": "phone",
        "transitions.page/cart.effects": {"incentive": 0.8},
        "desks": [
            {
                "id": "phone",
                "shifts": [
                    {"days": "mon-fri", "from": 8, "to": 18, "agents": 2},
                    {"days": "sat", "from": 9, "to": 13, "agents": 1},
                ],
                "service_minutes": {"family": "lognormal", "mean": 6, "sd": 5},
                "patience_minutes": 5,
            },
            {"id": "store", "agents": 1, "service_minutes": 4},
        ],
        "surveys": [{"id": "ask", "kind": "nps", "at": ["cart"]}, {"id": "again", "kind": "csat", "at": ["page"]}],
        "activity": {"weights": [1] * 168},
        "behaviour": {"stickiness": 1.5},
        "coefficients": {"exit": {"wait": 0.4}},
        "money": {"setup": 10},
        "orchestration.budget": {"per_day": 50},
        "actions.reminder.content": {"tone": "kind"},
        "gains": [
            {"id": "reminding", "action": "reminder", "gain": 1.5, "error": 0.5},
            {"id": "bargains", "action": "reminder", "channel": "email", "segment": "bargain", "gain": -0.5},
        ],
        "seasons": [
            {"id": "winter", "months": ["jan", "dec"], "set": {"behaviour.price_index": 1.1}},
            {"id": "summer", "months": ["jul"], "set": {"behaviour.price_index": 0.9}},
        ],
        "referrals": {"at": ["bought"], "rate": 0.1, "delay": 3},
        "identity": {"households": 0.2},
        "experiment": {
            "seed": 7,
            "replications": 4,
            "precision": {"outcome": "conversion_rate", "half_width": 0.01},
            "arms": [{"id": "base"}, {"id": "more", "name": "More", "set": {"channels.email.open_rate": 0.3}}],
        },
        "uncertainty": {"channels.email.response_rate": {"family": "uniform", "low": 0.02, "high": 0.08}},
        "fitted": {"log": "log.csv", "days": 365},
        "layout": {"page": [0, 0]},
        "annotations": [{"id": "note", "text": "Look here", "at": [10, 10]}],
    },
)
"""Every table is there, every optional one too, and two of most lists."""
