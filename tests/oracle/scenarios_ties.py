"""Scenarios for the parity test, as a file would say them: things that happen at the same time."""

from datetime import date

from .scenarios_journeys import Tables, transition


def renewals_at_ticks() -> Tables:
    """Every time is a whole day: ticks, changes of agents, ends of service and of patience, askings."""
    return {
        "horizon": 64,
        "start_date": date(2026, 1, 9),
        "population": {"size": 90},
        "channels": [{"id": "web", "cost": 0.01}, {"id": "phone", "cost": 2}],
        "touchpoints": [
            {"id": "trial", "start": True, "channels": ["web"], "emotion": {"mean": 0.1, "sd": 0.4}},
            {
                "id": "renewal",
                "stage": "retention",
                "goal": {"kind": "conversion", "value": 10, "margin": 0.5},
                "emotion": {"mean": 0, "sd": 0.4},
            },
            {"id": "service", "stage": "retention", "channels": ["phone"], "desk": "office", "effort": 3},
            {"id": "asleep", "stage": "retention", "lapsed": True},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("trial", "renewal", 2, 7),
            transition("trial", "service", 2, 1),
            transition("trial", "gone", 0.5, 7),
            transition("renewal", "renewal", 3, 7),
            transition("renewal", "service", 2),
            transition("renewal", "asleep", 1, 7),
            transition("renewal", "gone", 0.3, 7),
            transition("service", "renewal", 3, 1),
            transition("service", "service", 1, 1),
            transition("service", "gone", 0.3),
            transition("asleep", "renewal", 1, 14),
        ],
        "desks": [
            {
                "id": "office",
                "shifts": [
                    {"days": "mon-fri", "from": 0, "to": 24, "agents": 3},
                    {"days": "wed", "from": 0, "to": 24, "agents": 2},
                    {"days": "sat", "from": 0, "to": 24, "agents": 1},
                ],
                "service_minutes": 1440,
                "patience_minutes": 2880,
                "closed": "wait",
                "cost_per_contact": 1.5,
            }
        ],
        "surveys": [{"id": "loyalty", "kind": "nps", "at": ["renewal", "service"], "rate": 0.6}],
    }


def edges_of_shifts() -> Tables:
    """Agents come and go exactly when customers ask; at the gate a service takes no time."""
    return {
        "horizon": 21,
        "population": {"size": 90},
        "touchpoints": [
            {"id": "street", "start": True},
            {"id": "alley", "start": 1},
            {"id": "gate", "desk": "gate", "emotion": {"mean": 0.1, "sd": 0.3}},
            {"id": "side-gate", "desk": "gate", "stage": "consideration", "effort": 4},
            {"id": "counter", "desk": "counter", "stage": "purchase", "goal": {"kind": "conversion", "value": 5}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("street", "gate", 2, 0.25),
            transition("street", "side-gate", 1, 0.5),
            transition("street", "counter", 1, 0.75),
            transition("alley", "gate", 1, 0.75),
            transition("alley", "counter", 1, 0.25),
            transition("gate", "counter", 3),
            transition("gate", "street", 1, 0.25),
            transition("side-gate", "gate", 1),
            transition("side-gate", "counter", 1, 0.5),
            transition("counter", "street", 4, 0.25),
            transition("counter", "alley", 2, 1),
            transition("counter", "gone", 0.5),
        ],
        "desks": [
            {
                "id": "gate",
                "shifts": [
                    {"from": 6, "to": 12, "agents": 1},
                    {"from": 12, "to": 18, "agents": 2},
                    {"days": "mon,wed,fri", "from": 18, "to": 6, "agents": 1},
                ],
                "service_minutes": 0,
                "patience_minutes": 1080,
                "closed": "wait",
            },
            {
                "id": "counter",
                "shifts": [
                    {"from": 6, "to": 12, "agents": 3},
                    {"from": 6, "to": 18, "agents": 2},
                    {"days": "sat,sun", "from": 12, "to": 24, "agents": 1},
                ],
                "service_minutes": 360,
                "patience_minutes": 360,
            },
        ],
    }


def equal_standing() -> Tables:
    """Customers without a difference before desks that look at the money spent and at the risk of leaving."""

    def line(id_: str, priority: str) -> Tables:
        return {"id": id_, "agents": 2, "service_minutes": 45, "patience_minutes": 450, "priority": priority}

    return {
        "horizon": 12,
        "population": {"size": 75},
        "touchpoints": [
            {"id": "shop", "start": True, "emotion": {"mean": 0.2}},
            {"id": "till", "stage": "purchase", "desk": "till", "goal": {"kind": "conversion", "value": 10}},
            {"id": "help", "stage": "retention", "desk": "line", "emotion": {"mean": -0.6}},
            {"id": "gone", "exit": "churn"},
            {"id": "done", "exit": "completed"},
        ],
        "transitions": [
            transition("shop", "till", 2, 0.125),
            transition("shop", "help", 2, 0.125),
            transition("till", "help", 1, 0.125),
            transition("till", "till", 1),
            transition("till", "shop", 1, 0.125),
            transition("till", "done", 0.2),
            transition("help", "till", 2, 0.125),
            transition("help", "shop", 2),
            transition("help", "gone", 0.2, 0.125),
        ],
        "desks": [line("till", "value"), line("line", "churn-risk")],
    }


def as_sad_as_can_be() -> Tables:
    """Customers who all feel as bad as can be, wherever they came from, are equal before a desk that looks at risk."""
    return {
        "horizon": 20,
        "population": {"size": 150, "arrivals": {"pattern": "poisson", "over": 4}},
        "behaviour": {"sentiment_rate": 1},
        "segments": [{"id": "one", "traits": {"propensity": 1}}],
        "touchpoints": [
            {"id": "look", "start": True, "emotion": {"mean": 0, "sd": 0.1}},
            {"id": "sorrow", "emotion": {"mean": -1}},
            {"id": "help", "stage": "retention", "desk": "line"},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("look", "sorrow", 1, {"family": "exponential", "mean": 0.5}),
            transition("sorrow", "help", 1, {"family": "exponential", "mean": 0.5}),
            transition("help", "look", 3, {"family": "exponential", "mean": 0.5}),
            transition("help", "gone", 1, 1),
        ],
        "desks": [{"id": "line", "agents": 1, "service_minutes": 60, "priority": "churn-risk"}],
    }


def chain_of_desks() -> Tables:
    """From one desk straight to the next; both close at the same time and promise to call back."""
    return {
        "horizon": 18,
        "population": {"size": 120, "arrivals": {"pattern": "poisson", "over": 9}},
        "integration": {"mode": "multi"},
        "channels": [{"id": "web"}, {"id": "phone"}],
        "segments": [{"id": "one", "traits": {"patience_minutes": {"mean": 5, "sd": 3}}}, {"id": "two"}],
        "touchpoints": [
            {"id": "site", "start": True},
            {"id": "first", "stage": "consideration", "desk": "front", "channels": ["phone"]},
            {"id": "second", "stage": "purchase", "desk": "back", "goal": {"kind": "value", "value": 4}},
            {"id": "third", "stage": "onboarding", "desk": "front", "goal": {"kind": "completion"}},
            {"id": "done", "stage": "advocacy", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("site", "first", 1, {"family": "exponential", "mean": 0.2}),
            transition("first", "second", 4),
            transition("first", "gone", 0.5),
            transition("second", "third", 3),
            transition("second", "second", 1, 0.125),
            transition("third", "site", 2, {"family": "uniform", "low": 0, "high": 2}),
            transition("third", "done", 0.5),
        ],
        "desks": [
            {
                "id": "front",
                "shifts": [{"days": "mon-sat", "from": 9, "to": 17.5, "agents": 1}],
                "service_minutes": {"family": "exponential", "mean": 25},
                "patience_minutes": {"family": "exponential", "mean": 90},
                "closed": "call-back",
            },
            {
                "id": "back",
                "shifts": [{"days": "mon-sat", "from": 9, "to": 17.5, "agents": 1}],
                "service_minutes": {"family": "weibull", "scale": 60, "shape": 2},
                "patience_minutes": {"family": "exponential", "mean": 600},
                "closed": "call-back",
                "call_back_above": 5,
                "priority": "value",
            },
        ],
    }
