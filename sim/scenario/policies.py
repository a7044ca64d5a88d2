"""The policies: how a brand may decide what it sends (model 10, 16, 29); the engine says how each of them does it."""

from dataclasses import dataclass
from typing import Final, Literal

PolicyName = Literal["none", "rules", "bandit", "random", "next_best_action"]

PATIENCE: Final = 7.0
"""Days for which a policy that learns waits for a response (model 16)."""


@dataclass(frozen=True)
class Policy:
    """What can be said of a policy without simulating it."""

    words: str
    """who or what decides, in a word or two"""
    acts: bool = True
    """whether anything is sent, shown or personalized but what is transactional"""
    chooses: bool = False
    """whether it chooses among the candidates of a rule, instead of taking the first that may be used"""
    may_choose_nothing: bool = False
    """whether nothing is among what it chooses from"""
    learns: bool = False
    """whether it learns at ticks from what people responded to"""
    waits_for_failures: bool = False
    """whether a success counts only when it would have counted as a failure"""
    knows_profiles: bool = False
    """whether it goes by what is noted of a customer"""
    holds: str = ""
    """what a story says of what a candidate is worth to it, with `{value}` or `{percent}`, and `{currency}`"""


POLICIES: Final[dict[PolicyName, Policy]] = {
    "none": Policy("nobody", acts=False),
    "rules": Policy("rules"),
    "bandit": Policy("learning", chooses=True, learns=True, holds="{percent:.1f} % is drawn for its response rate"),
    "random": Policy("chance", chooses=True, may_choose_nothing=True, holds="its lot is {value:.3f}"),
    "next_best_action": Policy(
        "next best action",
        chooses=True,
        may_choose_nothing=True,
        learns=True,
        waits_for_failures=True,
        knows_profiles=True,
        holds="it is expected to bring {value:,.2f} {currency}",
    ),
}


def number_of(policy: PolicyName) -> int:
    """The number under which compiled code knows a policy."""
    return list(POLICIES).index(policy)


def in_words() -> str:
    """All policies in words: `nobody, rules, or learning`."""
    *others, last = (policy.words for policy in POLICIES.values())
    return f"{', '.join(others)}, or {last}"
