"""Valid scenarios of every kind, for Hypothesis: what a property must hold for.

A drawn scenario is a table such as a file would say it, with its base beside it. It has every part of the model that
a run can simulate: a graph with loops, all families of distributions, channels of each integration mode, desks with
shifts, priorities and call-backs, an activity clock, lapsed touchpoints, segments, surveys, prices, and parts that are
disabled.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from sim.scenario import new_text, parse
from sim.scenario.scenario import Scenario

Tables = dict[str, Any]
Draw = st.DrawFn

STAGES = ("awareness", "consideration", "purchase", "retention")
COVARIATES = ("propensity", "affinity", "sentiment", "lost_context", "bad_experience", "wait", "effort", "price")
FREE_TRAITS = ("propensity", "price_sensitivity", "privacy_concern", "attrition")
DAYS = ("mon-sun", "mon-fri", "sat,sun", "sun", "fri", "mon,wed-thu", "fri-mon")
HOURS = (0, 3, 6, 9, 12, 15, 18, 21, 24)


@dataclass(frozen=True)
class Drawn:
    """A scenario, and the one against which its effort and affinity are measured."""

    arm: Tables
    base: Tables
    seed: int
    coinciding: bool = False
    """whether much happens at once on purpose"""

    @property
    def scenario(self) -> Scenario:
        """Read from the text of a file, so that it has passed every check; ScenarioError otherwise."""
        return parse(new_text(self.arm), name="arm.toml").scenario

    @property
    def reference(self) -> Scenario:
        return parse(new_text(self.base), name="base.toml").scenario


def seasons(draw: Draw) -> Tables:
    """Weights of months and of special days of the first weeks of 2026, or none."""
    table: Tables = {}
    if chance(draw, 25):
        table["monthly"] = draw(st.lists(st.sampled_from([1, 0.2, 3]), min_size=12, max_size=12))
    if chance(draw, 25):
        special = st.fixed_dictionaries(
            {
                "from": st.dates(date(2026, 1, 2), date(2026, 2, 4)),
                "days": st.integers(1, 5),
                "weight": st.sampled_from([0.1, 2, 7]),
            }
        )
        table["dates"] = draw(st.lists(special, min_size=1, max_size=3))
    return table


def chance(draw: Draw, percent: int) -> bool:
    """True in about so many of a hundred examples; shrinks to False."""
    return draw(st.integers(0, 99)) >= 100 - percent


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """A number of four decimals."""
    return st.integers(round(low * 10_000), round(high * 10_000)).map(lambda whole: whole / 10_000)


@st.composite
def drawn_scenarios(draw: Draw, desks: bool = True) -> Drawn:
    """A scenario that a file may hold, without desks on demand."""
    coinciding = chance(draw, 35)
    active = not coinciding and chance(draw, 25)
    journey = Builder(draw, coinciding, desks, active, draw(st.sampled_from([6, 10, 14.25, 30])))
    arm = journey.tables()
    base = changed(draw, arm) if chance(draw, 40) else arm
    return Drawn(arm, base, draw(st.integers(0, 2**32 - 1)), coinciding)


@dataclass
class Builder:
    """Draws the parts of one scenario."""

    draw: Draw
    coinciding: bool
    """every time is a multiple of an eighth of a day (a 64th at desks), so that much happens at once"""
    with_desks: bool
    active: bool
    """there is an activity clock"""
    horizon: float

    def tables(self) -> Tables:
        draw = self.draw
        channels = [self.channel(number) for number in range(draw(st.integers(0, 5)))]
        desks = [self.desk(number) for number in range(draw(st.integers(0, 3)))] if self.with_desks else []
        touchpoints = [self.touchpoint(number, channels, desks) for number in range(draw(st.integers(2, 6)))]
        exits = [self.exit(number) for number in range(draw(st.integers(0, 2)))]
        transitions = self.transitions(touchpoints, exits)
        asides = [*self.annex(), *self.shut()]
        for aside in asides:
            transitions += [
                {"from": "touchpoint0", "to": aside["id"], "share": 2, "delay": 0.25},
                {"from": aside["id"], "to": "touchpoint0", "share": 1, "delay": 0.5},
            ]
        tables: Tables = {
            "format": 1,
            "id": "drawn",
            "horizon": self.horizon,
            "start_date": date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 6))),
            "population": {"size": draw(st.sampled_from([20, 45])), "arrivals": self.arrivals()},
            "channels": channels,
            "segments": [self.segment(number, channels) for number in range(draw(st.integers(0, 3)))],
            "touchpoints": [*asides, *touchpoints, *exits],
            "transitions": transitions,
            "desks": desks,
            "surveys": [self.survey(number, touchpoints) for number in range(draw(st.integers(0, 3)))],
            "integration": {
                "mode": draw(st.sampled_from(["omni", "multi", "single"])),
                "carryover": draw(between(0, 1)),
                "shared_triggers": draw(st.booleans()),
            },
            "behaviour": {
                "stickiness": draw(st.sampled_from([2, 0, 0.5])),
                "price_index": draw(st.sampled_from([1, 1.2, 0.8])),
                "sentiment_rate": draw(between(0, 1)),
                "bad_below": draw(st.sampled_from([-0.5, 0])),
            },
        }
        if chance(draw, 30):
            tables["coefficients"] = {"exit": {"propensity": draw(between(-1, 1))}, "neutral": {"sentiment": 0.5}}
        if self.active:
            tables["activity"] = {"weights": self.weights()}
        return tables

    def amount(self, scale: float) -> Any:
        """A distribution of any family with a mean of about the scale."""
        draw = self.draw
        if self.coinciding:
            return draw(st.sampled_from([0, 1, 2, 4, 8])) * scale / 8
        mean = draw(between(0.3, 1.5)) * scale
        families = [
            {"family": "exponential", "mean": mean},
            {"family": "lognormal", "median": mean, "sigma": draw(between(0, 1.5))},
            {"family": "lognormal", "mean": mean, "sd": mean * draw(between(0.1, 2))},
            {"family": "normal", "mean": mean, "sd": mean / 2},
            {"family": "gamma", "mean": mean, "shape": draw(between(0.15, 6))},
            {"family": "weibull", "scale": mean, "shape": draw(between(0.4, 3))},
            {"family": "uniform", "low": 0, "high": 2 * mean},
            {"family": "beta", "a": draw(between(0.2, 4)), "b": draw(between(0.2, 4))},
            {"family": "betaprime", "a": draw(between(0.2, 4)), "b": draw(between(1.2, 5))},
            {"family": "empirical", "quantiles": sorted(draw(st.lists(between(0, 2 * mean), min_size=2, max_size=5)))},
        ]
        if not self.active:
            # With an activity clock, two customers' fixed delays may be meant for the same instant and end a rounding
            # apart (docs/background/architecture.md), in either order.
            families.append({"family": "fixed", "value": mean})
        return draw(st.sampled_from(families))

    def arrivals(self) -> Tables:
        draw = self.draw
        patterns = ["poisson", "profile"] if self.active else ["cohort", "poisson", "profile"]
        table: Tables = {"pattern": "cohort" if self.coinciding else draw(st.sampled_from(patterns))}
        if table["pattern"] != "cohort" and chance(draw, 50):
            table["over"] = draw(st.sampled_from([2, 3.3, 17]))
        if table["pattern"] == "profile":
            table["weekly"] = draw(st.lists(st.sampled_from([1, 0.1, 2]), min_size=7, max_size=7))
            table["hourly"] = [*draw(st.lists(st.sampled_from([1, 0, 3]), min_size=23, max_size=23)), 1]
            table |= seasons(draw)
            if chance(draw, 20):
                table["week_of_year"] = draw(st.lists(st.sampled_from([1, 0.5, 4]), min_size=52, max_size=53))
        return table

    def weights(self) -> list[float]:
        """A day's weights by the hour, and which days are free."""
        draw = self.draw
        day = [*draw(st.lists(st.sampled_from([1.0, 0.0, 2.0, 3.3]), min_size=23, max_size=23)), 1.0]
        free = draw(st.sets(st.integers(0, 6), max_size=6))
        return [0.0 if weekday in free else weight for weekday in range(7) for weight in day]

    def channel(self, number: int) -> Tables:
        """The first one is always there, so that a touchpoint can rely on it."""
        draw = self.draw
        return {
            "id": f"channel{number}",
            "mix": draw(st.sampled_from([1, 0, 0.5, 0.37, 2])),
            "cost": draw(st.sampled_from([0, 0.01, 1.25])),
            "enabled": number == 0 or not chance(draw, 15),
        }

    def segment(self, number: int, channels: list[Tables]) -> Tables:
        draw = self.draw
        liked = {channel["id"]: draw(st.sampled_from([1, 0, 0.4, 2])) for channel in channels if chance(draw, 40)}
        traits = {name: self.trait() for name in FREE_TRAITS if chance(draw, 40)}
        if chance(draw, 40):
            traits["pace"] = draw(st.sampled_from([2, 0.5, 1e-9, {"mean": 1, "sd": 0.5}, {"mean": 2, "sd": 1}]))
            if self.coinciding:
                traits["pace"] = draw(st.sampled_from([1, 2, 0.5]))
        if chance(draw, 40):
            traits["patience_minutes"] = 5 if self.coinciding else self.trait(sds=(0, 0.5, 1.5))
        table: Tables = {
            "id": f"segment{number}",
            "share": draw(between(0.2, 2)),
            "affinity": liked,
            "consent": draw(between(0, 1)),
            "traits": traits,
        }
        if chance(draw, 50):
            table["concentration"] = draw(between(0.3, 4))
        return table

    def trait(self, sds: tuple[float, ...] = (0, 0.5, 1.5)) -> Any:
        draw = self.draw
        spread = {"mean": draw(between(0.5, 2)), "sd": draw(st.sampled_from(sds))}
        return draw(st.sampled_from([1, 0.5, 2, spread, {"family": "betaprime", "a": 1.5, "b": 2.5}]))

    def touchpoint(self, number: int, channels: list[Tables], desks: list[Tables]) -> Tables:
        draw = self.draw
        table: Tables = {
            "id": f"touchpoint{number}",
            "stage": draw(st.sampled_from(STAGES)),
            "emotion": {"mean": draw(between(-0.5, 0.5)), "sd": draw(st.sampled_from([0.5, 0]))},
            "effort": draw(st.sampled_from([1, 3, 6.5])),
            "profile_gain": draw(between(0, 1)),
            "lapsed": number > 0 and chance(draw, 12),
            "start": True if number == 0 else draw(between(0.1, 3)) if chance(draw, 20) else False,
        }
        listing = draw(st.sampled_from(["all", "none", "list", "weights"]))
        enabled = [channel["id"] for channel in channels if channel["enabled"]]
        if listing == "none":
            table["channels"] = []
        elif listing != "all" and enabled:
            others = [channel["id"] for channel in channels]
            # One that the base has as well, so that there too some channel is enabled here.
            listed = sorted({draw(st.sampled_from(enabled[:2])), *draw(st.sets(st.sampled_from(others)))})
            table["channels"] = listed
            if listing == "weights":
                table["channels"] = {channel: draw(st.sampled_from([1, 0, 0.3, 2])) for channel in listed}
        if desks and chance(draw, 60):
            table["desk"] = draw(st.sampled_from(desks))["id"]
        if chance(draw, 40):
            table["goal"] = {
                "kind": draw(st.sampled_from(["conversion", "value", "completion"])),
                "repeats": not chance(draw, 40),
            }
            if chance(draw, 70):
                table["goal"] |= {"value": self.amount(30), "margin": draw(st.sampled_from([1, 0.4, 0, -0.2]))}
        return table

    def exit(self, number: int) -> Tables:
        draw = self.draw
        table = {"id": f"exit{number}", "exit": draw(st.sampled_from(["churn", "completed"]))}
        if chance(draw, 30):
            table["goal"] = {"kind": "value", "value": 3}
        return table

    def annex(self) -> list[Tables]:
        """A touchpoint that the base does not have."""
        return [{"id": "annex", "effort": 3, "emotion": {"sd": 0.5}}] if chance(self.draw, 20) else []

    def shut(self) -> list[Tables]:
        """A disabled touchpoint, which is absent with all that leads to it."""
        return [{"id": "shut", "enabled": False, "start": 9}] if chance(self.draw, 15) else []

    def transitions(self, touchpoints: list[Tables], exits: list[Tables]) -> list[Tables]:
        """Each touchpoint can be reached and left; going back takes time, so that nobody goes round for ever."""
        draw = self.draw
        targets = [*touchpoints, *exits]
        pairs = [(draw(st.integers(0, end - 1)), end) for end in range(1, len(touchpoints))]
        for start in range(len(touchpoints)):
            pairs += [(start, end) for end in sorted(draw(st.sets(st.integers(0, len(targets) - 1), max_size=3)))]
            if not any(pair[0] == start for pair in pairs):
                pairs.append((start, draw(st.integers(0, len(targets) - 1))))
        for end in range(len(touchpoints), len(targets)):
            pairs.append((draw(st.integers(0, len(touchpoints) - 1)), end))
        needed = len(touchpoints) - 1
        tables = []
        for number, (start, end) in enumerate(pairs):
            again = (start, end) in pairs[:number]
            first = not any(pair[0] == start for pair in pairs[:number])
            needs = number < needed or first or end >= len(touchpoints)
            table: Tables = {
                "from": touchpoints[start]["id"],
                "to": targets[end]["id"],
                "share": draw(st.sampled_from([1, 0.5, 2, 3])) if needs else draw(st.sampled_from([1, 0, 0.5, 3])),
                "delay": self.delay(back=end <= start),
            }
            if again:
                table["id"] = f"again{number}"
            if not needs and chance(draw, 10):
                table["enabled"] = False
            if chance(draw, 20):
                table["role"] = draw(st.sampled_from(["progress", "neutral", "exit"]))
            if chance(draw, 20):
                table["effects"] = {draw(st.sampled_from(COVARIATES)): draw(between(-1, 1))}
            tables.append(table)
        if exits and chance(draw, 20):
            last = {"id": "last", "from": "touchpoint0", "to": exits[0]["id"], "share": 2, "delay": self.horizon}
            tables.append(last)
        return tables

    def delay(self, back: bool) -> Any:
        if not back and chance(self.draw, 20):
            return 0
        if chance(self.draw, 6):
            # Of a cohort somebody comes at exactly the horizon.
            return self.horizon
        delay = self.amount(1)
        return 0.5 if back and delay == 0 else delay

    def desk(self, number: int) -> Tables:
        draw = self.draw
        table: Tables = {
            "id": f"desk{number}",
            "service_minutes": self.amount(180 if self.coinciding else 60),
            "priority": draw(st.sampled_from(["first-come", "value", "churn-risk"])),
            "closed": draw(st.sampled_from(["turn-away", "wait", "call-back"])),
            "enabled": not chance(draw, 10),
            "cost_per_contact": draw(st.sampled_from([0, 2.5])),
            "cost_per_hour": draw(st.sampled_from([0, 20])),
        }
        if chance(draw, 70):
            table["patience_minutes"] = self.amount(180)
        if chance(draw, 40):
            table["call_back_above"] = draw(st.integers(0, 4))
        if chance(draw, 30):
            table["agents"] = draw(st.sampled_from([1, 2, 0]))
        else:
            table["shifts"] = [
                {
                    "days": draw(st.sampled_from(DAYS)),
                    "from": draw(st.sampled_from(HOURS[:-1])),
                    "to": draw(st.sampled_from(HOURS)),
                    "agents": draw(st.sampled_from([1, 2, 0])),
                }
                for _ in range(draw(st.integers(1, 4)))
            ]
        return table

    def survey(self, number: int, touchpoints: list[Tables]) -> Tables:
        draw = self.draw
        return {
            "id": f"survey{number}",
            "kind": draw(st.sampled_from(["nps", "csat", "ces"])),
            "at": sorted(draw(st.sets(st.sampled_from([touchpoint["id"] for touchpoint in touchpoints]), min_size=1))),
            "rate": draw(between(0, 1)),
            "enabled": not chance(draw, 10),
        }


def changed(draw: Draw, arm: Tables) -> Tables:
    """A base from which the arm differs in mix, channels, efforts, segments, prices and shares."""
    base = deepcopy(arm)
    relied_upon = [channel["id"] for channel in arm["channels"] if channel["enabled"]][:2]
    for channel in base["channels"]:
        if chance(draw, 40):
            channel["mix"] = draw(st.sampled_from([0, 0.3, 1.7]))
        if channel["id"] not in relied_upon and chance(draw, 20):
            channel["enabled"] = not channel["enabled"]
    for touchpoint in base["touchpoints"]:
        if touchpoint["id"] == "annex":
            touchpoint["enabled"] = False
        if not touchpoint["id"].startswith("touchpoint"):
            continue
        if chance(draw, 30):
            touchpoint["effort"] = draw(st.sampled_from([1, 2, 5]))
        if chance(draw, 20):
            touchpoint.pop("channels", None)
    if len(base["segments"]) > 1 and chance(draw, 40):
        base["segments"].pop()
    for table in base["segments"]:
        if chance(draw, 30):
            table["affinity"] = {channel["id"]: draw(st.sampled_from([0.4, 1, 2])) for channel in base["channels"]}
        if chance(draw, 20):
            table["concentration"] = draw(between(0.3, 4))
    base["behaviour"]["price_index"] = 1
    return base
