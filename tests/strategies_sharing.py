"""Valid scenarios with the third part of the model, for Hypothesis: what changes, is learned, is limited, and grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from sim.engine import compile_program, simulate
from sim.engine.simulating import FriendsWithoutEndError
from sim.scenario import ScenarioError
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.addresses.address import joined
from tests.strategies import COVARIATES, Builder, Draw, Drawn, Tables, between, chance, seasons
from tests.strategies_gains import that_bring_something
from tests.strategies_orchestration import Acting, orchestrated_scenarios

ENABLED = st.just(False)
RATES = st.sampled_from([0.2, 1, 0.6, 0])


@st.composite
def sharing_scenarios(
    draw: Draw,
    desks: bool = True,
    policies: Sequence[str] = ("bandit", "rules", "next_best_action", "random"),
    limited: bool = True,
    referring: bool = True,
) -> Drawn:
    """A drawn scenario in which values change, customers are bought and told, and money may be short.

    One of the `policies` or, where something transactional is sent all the same, none; without `limited` there is no
    budget, without `referring` there are no friends.
    """
    drawn = draw(orchestrated_scenarios(desks))
    resting = drawn.arm["orchestration"]["policy"] == "none"
    policy = "none" if resting else draw(st.sampled_from(policies))
    sharing = Sharing(draw, drawn.arm, drawn.coinciding, policy)
    arm = sharing.tables(limited and chance(draw, 60), referring and chance(draw, 50))
    shared = Drawn(arm, drawn.base if drawn.base is not drawn.arm else arm, drawn.seed, drawn.coinciding)
    assume(may_be_run(shared))
    return shared


def may_be_run(drawn: Drawn) -> bool:
    """Whether it passes every check (a few make somebody go round in no time), and its friends come to an end."""
    try:
        program = compile_program(drawn.scenario, drawn.reference)
        if program.refers:
            simulate(program, drawn.seed, 0)
    except (ScenarioError, FriendsWithoutEndError):
        return False
    return True


@dataclass
class Sharing:
    """Draws what is shared in a journey with rules."""

    draw: Draw
    arm: Tables
    coinciding: bool
    policy: str

    def tables(self, limited: bool, referring: bool) -> Tables:
        draw, arm = self.draw, self.arm
        self.acting = Acting(draw, arm, self.coinciding)
        self.journey = Builder(draw, self.coinciding, bool(arm["desks"]), "activity" in arm, arm["horizon"])
        tables = arm | {
            "channels": [self.channel(channel) for channel in arm["channels"]],
            "rules": [self.rule(rule) for rule in arm["rules"]],
            "orchestration": arm["orchestration"] | self.limits(limited),
        }
        if self.policy == "next_best_action":
            tables |= that_bring_something(draw, tables)
        if chance(draw, 3):
            # The budget's pilot is a part of so many.
            tables["population"] = arm["population"] | {"size": 520}
            tables["horizon"] = 6
        self.horizon = tables["horizon"]
        if referring:
            tables["referrals"] = self.referrals()
        options = self.options()
        if chance(draw, 30):
            months = st.lists(st.sampled_from(["feb", "apr", "jan"]), min_size=1, max_size=2, unique=True)
            tables["seasons"] = [{"id": "season", "months": draw(months), "set": self.values(options)}]
        tables["phases"] = [self.phase(number, options) for number in range(draw(st.integers(0, 3)))]
        tables["shocks"] = [self.shock(number, options) for number in range(draw(st.integers(0, 3)))]
        return tables

    def channel(self, channel: Tables) -> Tables:
        draw = self.draw
        if not chance(draw, 25):
            return channel
        spend = draw(st.sampled_from([20, 0, 200, 5]))
        return channel | {
            "acquisition": {
                "spend": spend,
                "cost_per_arrival": draw(st.sampled_from([4, 1, 12.5])),
                "saturation": draw(st.sampled_from([15, 3, 40])),
            }
            | seasons(draw)
        }

    def rule(self, rule: Tables) -> Tables:
        """The rule with other actions of the same sort, which count where a policy chooses actions."""
        draw, planned = self.draw, [action for action in self.arm["actions"] if "transactional" not in action]
        kinds = {action["id"]: action["kind"] in MESSAGES for action in planned}
        others = [id_ for id_, kind in kinds.items() if id_ != rule["do"] and kind == kinds.get(rule["do"])]
        if not others or not chance(draw, 70):
            return rule
        return rule | {"alternatives": draw(st.lists(st.sampled_from(others), min_size=1, unique=True))}

    def limits(self, limited: bool) -> Tables:
        draw = self.draw
        more: Tables = {
            "policy": self.policy,
            "learns": draw(st.sampled_from([["actions", "channels"], ["actions"], ["channels"]])),
            "tick": draw(st.sampled_from([1, 0.5, 2.5, 3.7, 7, 10])),
        }
        if limited:
            budget: Tables = {}
            which = draw(st.sampled_from(["per_day", "total", "both"]))
            if which != "total":
                budget["per_day"] = draw(st.sampled_from([2, 0.3, 0.75, 8, 1000]))
            if which != "per_day":
                budget["total"] = draw(st.sampled_from([20, 1.25, 7.5, 60, 10_000]))
            more["budget"] = budget
        return more

    def referrals(self) -> Tables:
        """So few friends that they do not grow without end: a day has room for a few visits, an exit comes once."""
        draw, ids = self.draw, [touchpoint["id"] for touchpoint in self.arm["touchpoints"]]
        exits = [id_ for id_ in ids if id_.startswith("exit")]
        touchpoints = [id_ for id_ in ids if id_.startswith("touchpoint")]
        if exits and chance(draw, 40):
            table: Tables = {"at": [draw(st.sampled_from(exits))], "rate": draw(between(0.1, 0.4))}
        else:
            table = {
                "at": sorted(draw(st.sets(st.sampled_from([*touchpoints, *exits]), min_size=1, max_size=2))),
                "rate": draw(between(0.1, 0.8)) / self.horizon / 10,
            }
        if chance(draw, 60):
            table["delay"] = self.journey.amount(2)
        if chance(draw, 50):
            table["sentiment"] = draw(st.sampled_from([0.5, -1, 1]))
        return table

    # 15

    def time(self) -> Any:
        """When values change: on a day of the run, or at the midnight of a date."""
        draw = self.draw
        if chance(draw, 30):
            return self.arm["start_date"] + timedelta(days=draw(st.integers(-2, 6)))
        if chance(draw, 8):
            return self.horizon
        return self.acting.days(*(eighth / 8 for eighth in (0, 4, 8, 16, 20, 24, 40, 54, 80)))

    def phase(self, number: int, options: list[tuple[str, st.SearchStrategy[Any]]]) -> Tables:
        return {
            "id": f"phase{number}",
            "at": self.time(),
            "set": self.values(options),
            "enabled": not chance(self.draw, 8),
        }

    def shock(self, number: int, options: list[tuple[str, st.SearchStrategy[Any]]]) -> Tables:
        begin, length = self.time(), self.draw(st.sampled_from([2, 5, 1, 40]))
        end = begin + timedelta(days=length) if not isinstance(begin, int | float) else begin + length
        return {
            "id": f"shock{number}",
            "from": begin,
            "to": end,
            "set": self.values(options),
            "enabled": not chance(self.draw, 8),
        }

    def values(self, options: list[tuple[str, st.SearchStrategy[Any]]]) -> Tables:
        draw = self.draw
        chosen = draw(st.lists(st.integers(0, len(options) - 1), min_size=1, max_size=4, unique=True))
        return {options[index][0]: draw(options[index][1]) for index in chosen}

    def options(self) -> list[tuple[str, st.SearchStrategy[Any]]]:
        """Addresses that can be set, with values for them."""
        return [
            *(option for channel in self.arm["channels"] for option in self.of_channel(channel)),
            *(option for touchpoint in self.arm["touchpoints"] for option in self.of_touchpoint(touchpoint)),
            *(option for transition in self.arm["transitions"] for option in self.of_transition(transition)),
            *(option for desk in self.arm["desks"] for option in self.of_desk(desk)),
            *(option for action in self.arm["actions"] for option in self.of_action(action)),
            *((joined(("rules", rule["id"], "enabled")), ENABLED) for rule in self.arm["rules"]),
            *((joined(("broadcasts", one["id"], "enabled")), ENABLED) for one in self.arm["broadcasts"]),
            *self.of_everybody(),
        ]

    def of_channel(self, channel: Tables) -> list[tuple[str, st.SearchStrategy[Any]]]:
        hours = st.sampled_from([self.acting.days(3, 6), {"family": "exponential", "mean": 5}])
        found: list[tuple[str, st.SearchStrategy[Any]]] = [
            ("mix", st.sampled_from([0.5, 0, 3])),
            ("cost", st.sampled_from([0.25, 0, 2])),
            *((rate, RATES) for rate in ("delivery_rate", "open_rate", "response_rate")),
            ("opt_out_rate", st.sampled_from([0.1, 0, 0.4])),
            ("quiet_hours", st.sampled_from([[20, 8], [3, 15], [12, 13.5]])),
            ("time_to_act_hours", hours),
        ]
        if channel.get("enabled", True):
            found += [("enabled", ENABLED)] * 3
        return [(joined(("channels", channel["id"], key)), values) for key, values in found]

    def of_touchpoint(self, touchpoint: Tables) -> list[tuple[str, st.SearchStrategy[Any]]]:
        if touchpoint.get("exit") or not touchpoint.get("enabled", True):
            return []
        found: list[tuple[tuple[str, ...], st.SearchStrategy[Any]]] = [
            (("emotion",), st.sampled_from([{"mean": -0.4, "sd": 0.2}, {"mean": 0.5}])),
            (("emotion", "mean"), between(-1, 1)),
            (("effort",), st.sampled_from([2, 1, 6])),
            (("profile_gain",), between(0, 1)),
        ]
        return [(joined(("touchpoints", touchpoint["id"], *keys)), values) for keys, values in found]

    def of_transition(self, transition: Tables) -> list[tuple[str, st.SearchStrategy[Any]]]:
        key = transition.get("id", f"{transition['from']}/{transition['to']}")
        found: list[tuple[str, st.SearchStrategy[Any]]] = [
            ("share", st.sampled_from([1, 0, 5])),
            # Never 0, lest somebody go round at once for ever.
            ("delay", st.just(self.journey.delay(back=True))),
            ("effects", st.dictionaries(st.sampled_from(COVARIATES), between(-1, 1), min_size=1, max_size=2)),
        ]
        if transition.get("enabled", True) and "shut" not in (transition["from"], transition["to"]):
            found += [("enabled", ENABLED)] * 2
        return [(joined(("transitions", key, name)), values) for name, values in found]

    def of_desk(self, desk: Tables) -> list[tuple[str, st.SearchStrategy[Any]]]:
        return [
            (joined(("desks", desk["id"], "service_minutes")), st.just(self.journey.amount(60))),
            (joined(("desks", desk["id"], "patience_minutes")), st.just(self.journey.amount(180))),
            (joined(("desks", desk["id"], "priority")), st.sampled_from(["value", "first-come", "churn-risk"])),
        ]

    def of_action(self, action: Tables) -> list[tuple[str, st.SearchStrategy[Any]]]:
        found: list[tuple[str, st.SearchStrategy[Any]]] = [
            ("cost", st.sampled_from([0.5, 0, 1.75])),
            ("nudge", st.sampled_from([1, 0, 2])),
            *((rate, RATES) for rate in ("open_rate", "response_rate")),
        ]
        if "transactional" not in action:
            found += [
                ("discount", st.sampled_from([0.3, 0, 0.05])),
                ("valid_days", st.just(self.acting.days(1, 4))),
            ]
        if action["kind"] in MESSAGES:
            found.append(("support_after", st.just(self.acting.days(0.125, 0.75))))
        return [(joined(("actions", action["id"], key)), values) for key, values in found]

    def of_everybody(self) -> list[tuple[str, st.SearchStrategy[Any]]]:
        found: list[tuple[str, st.SearchStrategy[Any]]] = [
            ("behaviour.stickiness", st.sampled_from([0, 3])),
            ("behaviour.price_index", st.sampled_from([1.3, 0.5])),
            ("behaviour.sentiment_rate", between(0, 1)),
            ("behaviour.bad_below", st.sampled_from([0.2, -0.9])),
            ("behaviour.lost_context_emotion", between(-1, 0)),
            ("behaviour.wait_emotion", between(-1, 0)),
            ("integration.carryover", between(0, 1)),
            ("personalization.level", st.sampled_from(["individual", "none", "segment", "realtime"])),
            ("personalization.over", st.sampled_from([["content", "timing"], [], ["offer"]])),
            ("personalization.cost_per_contact", st.sampled_from([0.03, 0])),
            ("personalization.engagement_lift.segment", between(0, 1)),
            ("personalization.need.individual", between(0.1, 1)),
        ]
        for role in ("progress", "neutral", "exit"):
            found += [(f"coefficients.{role}.{name}", between(-1, 1)) for name in ("sentiment", "price", "effort")]
        return found
