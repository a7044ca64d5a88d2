"""Scenarios for the parity test, as a file would say them: messages sent when each customer opened most."""

from typing import Any

from .scenarios_journeys import Tables
from .scenarios_shop import channels, message, on_site, rule, rules_apply, shop


def best_hours(**changes: Any) -> Tables:
    """Messages at many hours, with quiet hours, a cap that holds, supporting channels, a broadcast and a receipt."""
    welcoming = channels(quiet_hours=[22.5, 6.5], hour_effect=1.5)
    return shop(
        150,
        60,
        orchestration=rules_apply(
            optimise=["hour"],
            optimise_from=3,
            optimise_prior=1.5,
            optimise_share=0.8,
            tick=0.7,
            gap_hours=1,
            holdout=0.1,
            capped="hold",
            caps={"total": {"max": 3, "days": 2}},
        ),
        channels=welcoming,
        actions=[
            message("news", "email", "app", support_after=0.6),
            message("push", "app", nudge=0.5),
            message("text", "sms", "email", leads_to="product"),
            message("receipt", "email", transactional=True),
            on_site("stay", "popover", nudge=1, response_rate=0.5),
        ],
        rules=[
            rule("each", {"tick": True}, "news", cooldown=1.3, priority=1),
            rule("browse", {"entered": "product"}, "push", delay=0.3),
            rule("home", {"entered": "home", "after": 0.45, "without": "order"}, "text", cooldown=0.8),
            rule("bought", {"entered": "order"}, "receipt"),
            rule("leaving", {"leaving": True}, "stay"),
            rule("often", {"tick": True}, "push", stop=[["profile.messages", ">", 12]]),
        ],
        broadcasts=[{"id": "all", "at": 30, "do": "news"}],
        **changes,
    )


def best_hours_of_few_messages() -> Tables:
    """Mixed profiles that forget within three weeks; e-mail alone knows of hours."""
    tables = best_hours(identity={}, profile={"keep_days": 20.3})
    for channel in tables["channels"]:
        if channel["id"] != "email":
            del channel["hour_effect"]
    return tables | {"personalization": {"level": "individual"}}


def best_channels_and_hours() -> Tables:
    """The channel goes by it, too, also where an alternative rate, a phase or an opt-out changes what is usual."""
    tables = best_hours(phases=[{"id": "later", "at": 25, "set": {"channels.app.open_rate": 0.2}}])
    both = {"optimise": ["channel", "hour"], "optimise_from": 4}
    text = message("text", "sms", "email", "app", leads_to="product", open_rate=0.6)
    actions = [text if action["id"] == "text" else action for action in tables["actions"]]
    return tables | {"orchestration": tables["orchestration"] | both, "actions": actions}


def best_contents(**changes: Any) -> Tables:
    """Letters of several looks in place of one another, on channels of their own; one whose channels are all off."""
    friendly = {"tone": "friendly", "format": "text", "subject": "hello"}
    looks = [
        message("plain", "email", "app", content={"tone": "formal", "format": "text"}),
        message("warm", "sms", "email", content=friendly, support_after=0.5),
        message("film", "app", content={"tone": "friendly", "format": "video", "subject": "20 % off"}, nudge=0.6),
        message("bare", "email", response_rate=0.7),
        message("faxed", "fax", content={"tone": "formal"}),
        message("receipt", "email", transactional=True, content={"tone": "formal"}),
        on_site("stay", "popover", nudge=1, response_rate=0.5, content={"tone": "friendly"}),
        on_site("wait", "popover", nudge=0.5, response_rate=0.3),
    ]
    rules = [
        rule("each", {"tick": True}, "plain", alternatives=["warm", "film", "bare"], cooldown=1.3, priority=1),
        rule("browse", {"entered": "product"}, "film", alternatives=["faxed", "plain"], delay=0.3),
        rule("home", {"entered": "home", "after": 0.45, "without": "order"}, "faxed", alternatives=["warm", "bare"]),
        rule("bought", {"entered": "order"}, "receipt"),
        rule("leaving", {"leaving": True}, "stay", alternatives=["wait"]),
    ]
    tables = best_hours(**changes)
    likings = [
        {"tone": {"friendly": {"mean": 1, "sd": 1}, "formal": -0.5}, "subject": {"20 % off": 1.2}},
        {"format": {"video": {"mean": 0, "sd": 1.5}}},
    ]
    segments = [segment | {"content": liked} for segment, liked in zip(tables["segments"], likings, strict=True)]
    return tables | {
        "orchestration": tables["orchestration"] | {"optimise": ["content"], "optimise_from": 4},
        "segments": segments,
        "actions": looks,
        "rules": rules,
        "broadcasts": [{"id": "all", "at": 30, "do": "plain"}],
    }


def best_of_everything() -> Tables:
    """Content, channel and hour, with mixed profiles that forget within two weeks."""
    tables = best_contents(identity={}, profile={"keep_days": 14.3})
    everything = {"optimise": ["hour", "channel", "content"], "optimise_from": 2}
    return tables | {"orchestration": tables["orchestration"] | everything}
