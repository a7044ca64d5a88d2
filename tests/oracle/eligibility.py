"""How far a customer came towards each action (model 26)."""

from collections import defaultdict

FURTHEST_LAST = (
    "not-triggered", "condition", "holdout", "left", "pending",
    "without", "stopped", "not-there", "unavailable", "opted-out", "not-linked",
    "other-action", "nothing-chosen", "cooldown", "conflict", "capped", "quiet", "other-hour", "budget", "sent",
)  # fmt: skip


class Eligibility:
    """The steps on which one customer stands."""

    def __init__(self) -> None:
        self.step: dict[str, str] = defaultdict(lambda: "not-triggered")
        """by action"""

    def come(self, action: str, step: str) -> None:
        """The later step counts."""
        self.step[action] = max(self.step[action], step, key=FURTHEST_LAST.index)
