"""The policies: how a brand may decide what it sends (model 10 and 16); the engine says how each of them does it."""

from dataclasses import dataclass
from typing import Final, Literal

PolicyName = Literal["none", "rules", "bandit"]

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
    learns: bool = False
    """whether it learns at ticks from what people responded to"""
    holds: str = ""
    """what a story says of the value that a candidate has for it; `{value}` and `{percent}` stand for that"""


POLICIES: Final[dict[PolicyName, Policy]] = {
    "none": Policy("nobody", acts=False),
    "rules": Policy("rules"),
    "bandit": Policy("learning", chooses=True, learns=True, holds="{percent:.1f} % is drawn for its response rate"),
}


def number_of(policy: PolicyName) -> int:
    """The number under which compiled code knows a policy."""
    return list(POLICIES).index(policy)


def in_words() -> str:
    """All policies in words: `nobody, rules, or learning`."""
    *others, last = (policy.words for policy in POLICIES.values())
    return f"{', '.join(others)}, or {last}"
