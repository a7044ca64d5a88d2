"""The kinds of actions: the single place for what each is called, which keys it takes and what it counts as."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal


@dataclass(frozen=True)
class ActionKind:
    """One kind of action."""

    id: str
    """its name in files"""
    label: str
    """what people choose"""
    one: str
    """one of it, within a sentence: "a message" """
    does: str
    """what a rule does with it, before its name: "send" """
    is_message: bool
    """whether it is sent on a channel, wherever the customer is, so that caps, quiet hours, conflicts and opt-outs hold
    for it and it counts as a message; the others are shown to whoever is there"""
    tires: float
    """fatigue that a delivery adds (model 10.6)"""
    transactional: bool = False
    """whether it takes the key `transactional`"""
    forms: tuple[str, ...] = ()
    """what the key `form` can be; without any, it does not take the key"""


_POPOVERS: Final = (
    "welcome",
    "cart-recovery",
    "exit-intent",
    "product-recommendation",
    "time-sensitive",
    "retargeting",
    "email-basket",
    "data-capture",
    "survey",
)
_RECOMMENDATIONS: Final = ("best-seller", "people-like-you", "related", "purchased-together", "similar")

ACTION_KINDS: Final = {
    kind.id: kind
    for kind in (
        ActionKind("message", "Message", "a message", "send", is_message=True, tires=1.0, transactional=True),
        ActionKind(
            "popover", "Pop-over", "a pop-over", "show the pop-over", is_message=False, tires=0.5, forms=_POPOVERS
        ),
        ActionKind(
            "recommendation",
            "Recommendation",
            "a recommendation",
            "show the recommendation",
            is_message=False,
            tires=0.0,
            forms=_RECOMMENDATIONS,
        ),
        ActionKind("offer", "Offer", "an offer", "make the offer", is_message=True, tires=1.0),
        ActionKind("call", "Call", "a call", "call with", is_message=True, tires=1.0, transactional=True),
    )
}
"""Every kind by its name in files, in the order in which people read them."""

MESSAGES: Final = tuple(id_ for id_, kind in ACTION_KINDS.items() if kind.is_message)
"""Kinds of actions that are sent on a channel."""

if TYPE_CHECKING:
    KindName = str
    FormName = str
else:  # what files may say follows from the table, which a type checker cannot read
    KindName = Literal[tuple(ACTION_KINDS)]
    FormName = Literal[tuple(form for kind in ACTION_KINDS.values() for form in kind.forms)]
