"""Valid scenarios in which a brand acts, for Hypothesis: rules of every kind on top of a drawn journey."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from sim.scenario.action_kinds import MESSAGES
from tests.strategies import Draw, Drawn, Tables, between, chance, drawn_scenarios

KINDS = ("message", "message", "offer", "call", "popover", "popover", "recommendation")
TIMES = ("mon 09:00", "wed 00:00", "fri 18:45", "sun 23:30")
NUMBERS = (
    "sentiment", "fatigue", "nudge", "profile", "discount", "visits", "contacts", "handoffs", "conversions",
    "purchases", "revenue", "messages", "responses", "days", "idle_days", "hour",
)  # fmt: skip


@st.composite
def orchestrated_scenarios(draw: Draw, desks: bool = True) -> Drawn:
    """A drawn scenario with actions, rules, limits and personalization."""
    drawn = draw(drawn_scenarios(desks))
    arm = Acting(draw, drawn.arm, drawn.coinciding).tables()
    # Only the journey of the base counts: efforts, shares and the mix of channels.
    return Drawn(arm, drawn.base if drawn.base is not drawn.arm else arm, drawn.seed, drawn.coinciding)


@dataclass
class Acting:
    """Draws what the brand does on a journey."""

    draw: Draw
    journey: Tables
    coinciding: bool

    def days(self, *choices: float) -> Any:
        """One of these durations.

        Where not everything is meant to coincide, it is one that no delays add up to: sums of round numbers that mean
        the same moment may come out a rounding apart.
        """
        chosen = self.draw(st.sampled_from(choices))
        return chosen if self.coinciding else chosen * (1 + self.draw(st.integers(1, 9_999)) / 100_003)

    def tables(self) -> Tables:
        draw, journey = self.draw, self.journey
        channels = [self.channel(channel) for channel in journey["channels"]] or [{"id": "channel0"}]
        usable = [channel["id"] for channel in channels if channel.get("enabled", True)]
        touchpoints = [
            touchpoint["id"] for touchpoint in journey["touchpoints"] if touchpoint["id"].startswith("touchpoint")
        ]
        segments = [self.segment(segment, usable) for segment in journey["segments"]]
        self.attributes = any("attributes" in segment for segment in segments)
        scores = {"warm": self.score(touchpoints), "cold": self.score(touchpoints)} if chance(draw, 60) else {}
        actions = [self.action(number, usable, touchpoints) for number in range(draw(st.integers(1, 4)))]
        rules = [self.rule(number, actions, touchpoints, usable, scores) for number in range(draw(st.integers(1, 6)))]
        rules += self.beside(rules, actions)
        return journey | {
            "channels": channels,
            "segments": segments,
            "scores": scores,
            "actions": actions,
            "rules": rules,
            "broadcasts": [self.broadcast(number, actions, segments) for number in range(draw(st.integers(0, 2)))],
            "personalization": self.personalization(),
            "orchestration": self.limits(usable) | self.policy(actions),
        }

    def channel(self, channel: Tables) -> Tables:
        draw = self.draw
        more: Tables = {
            "delivery_rate": draw(st.sampled_from([1, 0.7])),
            "open_rate": draw(st.sampled_from([1, 0.6, 0.3, 0])),
            "response_rate": draw(st.sampled_from([1, 0.5, 0.9])),
            "opt_out_rate": draw(st.sampled_from([0, 0.05, 0.3])),
        }
        if chance(draw, 70):
            spread = [{"family": "exponential", "mean": 5}, {"family": "gamma", "mean": 9, "shape": 2}]
            more["time_to_act_hours"] = draw(st.sampled_from([self.days(3, 0, 6), *spread]))
        if chance(draw, 60):
            more["quiet_hours"] = draw(st.sampled_from([[21, 9], [0, 12], [12, 15], [18, 7.25], [7, 23]]))
        return channel | more

    def segment(self, segment: Tables, channels: list[str]) -> Tables:
        draw = self.draw
        more: Tables = {"opt_in": {channel: draw(between(0.3, 1)) for channel in channels if chance(draw, 40)}}
        if chance(draw, 40):
            more["attributes"] = {"region": {"north": 1, "south": 2}}
        traits = dict(segment["traits"])
        if chance(draw, 40):
            traits["privacy_concern"] = {"mean": 0.7, "sd": 0.3}
        if chance(draw, 40):
            traits["preferred_hour"] = {"mean": 19, "sd": 4}
        return segment | more | {"traits": traits}

    def action(self, number: int, channels: list[str], touchpoints: list[str]) -> Tables:
        draw = self.draw
        kind = draw(st.sampled_from(KINDS))
        table: Tables = {"id": f"action{number}", "kind": kind, "cost": draw(st.sampled_from([0, 0.5]))}
        on_site = kind in ("popover", "recommendation")
        if not on_site or chance(draw, 50):
            table["channels"] = draw(st.lists(st.sampled_from(channels), min_size=1, max_size=3, unique=True))
        if not on_site and len(table["channels"]) > 1 and chance(draw, 70):
            table["support_after"] = self.days(0.125, 0.5, 1)
        if chance(draw, 50):
            table["leads_to"] = draw(st.sampled_from(touchpoints))
        elif chance(draw, 60):
            table["nudge"] = draw(st.sampled_from([1, 0.5, 3, 0]))
        if kind in ("message", "call") and chance(draw, 45):
            table["transactional"] = True
        elif chance(draw, 40):
            table |= {"discount": draw(st.sampled_from([0.1, 0.25])), "valid_days": self.days(1, 3)}
        for rate in ("open_rate", "response_rate"):
            if chance(draw, 20):
                table[rate] = draw(st.sampled_from([1, 0.5]))
        return table

    def rule(
        self, number: int, actions: list[Tables], touchpoints: list[str], channels: list[str], scores: Tables
    ) -> Tables:
        draw = self.draw
        when = self.trigger(touchpoints, scores)
        table: Tables = {
            "id": f"rule{number}",
            "when": when,
            "do": draw(st.sampled_from(actions))["id"],
            # Above 0, for rules must not set each other off for ever.
            "cooldown": self.days(0.125, 1, 3),
            "priority": draw(st.integers(0, 2)),
        }
        reminds = "without" in when
        if chance(draw, 60 if reminds else 30):
            table["delay"] = self.days(*(0.5, 1.25, 2) if reminds else (0.125, 0.5, 1.25))
        if chance(draw, 25 if reminds else 50):
            table["if"] = [self.condition(touchpoints, channels, scores) for _ in range(draw(st.integers(1, 2)))]
        if chance(draw, 25):
            table["stop"] = [self.condition(touchpoints, channels, scores)]
        return table

    def beside(self, rules: list[Tables], actions: list[Tables]) -> list[Tables]:
        """What meets limits on purpose.

        News at every tick, which fills the caps; and something transactional that is set off together with another
        message, past its caps and within its gap.
        """
        draw = self.draw
        kinds = {action["id"]: action["kind"] in MESSAGES and "transactional" not in action for action in actions}
        news = [id_ for id_, limited in kinds.items() if limited]
        receipts = [action["id"] for action in actions if "transactional" in action]
        messages = [rule for rule in rules if kinds[rule["do"]]]
        found: list[Tables] = []
        if news and chance(draw, 40):
            found.append({"id": "news", "when": {"tick": True}, "do": draw(st.sampled_from(news)), "priority": 1})
        if receipts and (messages or found) and chance(draw, 80):
            rule = draw(st.sampled_from([*messages, *found]))
            priority = draw(st.integers(-1, 2))
            found.append(rule | {"id": "receipt", "do": draw(st.sampled_from(receipts)), "priority": priority})
        return found

    def trigger(self, touchpoints: list[str], scores: Tables) -> Tables:
        draw = self.draw
        kinds = ["entered", "after", *["without"] * 5, "leaving", "idle", "count", "at", "every", "tick"]
        kind = draw(st.sampled_from(kinds + (["score"] * 2 if scores else [])))
        touchpoint = draw(st.sampled_from(touchpoints))
        wait = self.days(0.125, 0.5, 1)
        match kind:
            case "entered":
                return {"entered": touchpoint}
            case "after":
                return {"entered": touchpoint, "after": wait}
            case "without":
                # One that often follows, soon enough to come between the firing and the send.
                pairs = [(transition["from"], transition["to"]) for transition in self.journey["transitions"]]
                followed = [pair for pair in pairs if pair[0] != pair[1] and set(pair) <= set(touchpoints)]
                touchpoint, other = draw(st.sampled_from(followed))
                return {"entered": touchpoint, "after": self.days(0.125, 0.25, 0.5), "without": other}
            case "leaving":
                return {"leaving": draw(st.sampled_from([True, touchpoint]))}
            case "idle":
                return {"idle": self.days(0.25, 1, 2.75)}
            case "count":
                counted = ["visits", f"visits.{touchpoint}", "contacts", "handoffs", "conversions", "purchases"]
                return {"count": draw(st.sampled_from(counted)), "reaches": draw(st.integers(1, 3))}
            case "score":
                limit = draw(st.sampled_from([{"above": 0.6}, {"below": 0.4}, {"above": 0.3, "below": 0.7}]))
                return {"score": draw(st.sampled_from(sorted(scores))), **limit}
            case "at":
                return {"at": draw(st.sampled_from([0, 1, 2.5, 5, self.journey["horizon"]]))}
            case "every":
                return {"every": draw(st.sampled_from(TIMES))}
        return {"tick": True}

    def condition(self, touchpoints: list[str], channels: list[str], scores: Tables) -> list[Any]:
        draw = self.draw
        number = [draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(["<", "<=", ">", ">="])), draw(between(0, 2))]
        options: list[list[Any]] = [
            number,
            [f"visits.{draw(st.sampled_from(touchpoints))}", draw(st.sampled_from(["==", "!=", "<", ">="])), 1],
            ["touchpoint", draw(st.sampled_from(["==", "!="])), draw(st.sampled_from(touchpoints))],
            ["channel", draw(st.sampled_from(["in", "not in"])), ["none", draw(st.sampled_from(channels))]],
            ["stage", "in", ["awareness", "purchase"]],
            ["weekday", draw(st.sampled_from(["in", "not in"])), ["mon", "sat"]],
            ["consent", "==", draw(st.booleans())],
            [f"opted_in.{draw(st.sampled_from(channels))}", "==", draw(st.booleans())],
            ["hour", ">=", draw(st.sampled_from([6, 9.5, 18]))],
            ["messages", "<", draw(st.integers(1, 4))],
        ]
        if self.attributes:
            options.append(["attributes.region", draw(st.sampled_from(["==", "!="])), "north"])
        if scores:
            options.append([f"scores.{draw(st.sampled_from(sorted(scores)))}", ">", 0.5])
        return draw(st.sampled_from(options))

    def score(self, touchpoints: list[str]) -> Tables:
        draw = self.draw
        known = [*NUMBERS, f"visits.{touchpoints[0]}", f"touchpoint.{touchpoints[-1]}", "stage.purchase", "consent"]
        if self.attributes:
            known.append("attributes.region.north")
        weights = {name: draw(between(-2, 2)) for name in sorted(draw(st.sets(st.sampled_from(known), max_size=3)))}
        kind = {"kind": "amount"} if chance(draw, 30) else {}
        return {**kind, "intercept": draw(between(-1, 1)), "weights": weights}

    def broadcast(self, number: int, actions: list[Tables], segments: list[Tables]) -> Tables:
        draw = self.draw
        table: Tables = {
            "id": f"broadcast{number}",
            "at": draw(st.sampled_from([0, 2, 3.375, self.journey["horizon"]])),
            "do": draw(st.sampled_from(actions))["id"],
        }
        if segments and chance(draw, 50):
            table["segments"] = [draw(st.sampled_from(segments))["id"]]
        if chance(draw, 30):
            table["if"] = [["sentiment", ">", 0]]
        return table

    def personalization(self) -> Tables:
        draw = self.draw
        level = draw(st.sampled_from(["none", "segment", "individual", "realtime"]))
        over = draw(st.lists(st.sampled_from(["content", "timing", "channel", "offer"]), unique=True))
        return {"level": level, "over": over, "cost_per_contact": draw(st.sampled_from([0, 0.02]))}

    def policy(self, actions: list[Tables]) -> Tables:
        """Rules; sometimes none, where there is something transactional to send all the same."""
        resting = any("transactional" in action for action in actions) and chance(self.draw, 15)
        return {"policy": "none" if resting else "rules"}

    def limits(self, channels: list[str]) -> Tables:
        draw = self.draw
        names = [name for name in ("total", *channels) if chance(draw, 60)]
        return {
            "tick": draw(st.sampled_from([1, 2.5])),
            "holdout": draw(st.sampled_from([0, 0.2])),
            "gap_hours": draw(st.sampled_from([4, 0, 24, 0])),
            "capped": draw(st.sampled_from(["drop", "hold", "defer"])),
            "caps": {name: self.cap() for name in names},
        }

    def cap(self) -> Tables:
        draw = self.draw
        return {
            "max": draw(st.sampled_from([1, 1, 2, 3])),
            "days": draw(st.sampled_from([1, 2, 7])),
            "period": draw(st.sampled_from(["rolling", "calendar"])),
        }
