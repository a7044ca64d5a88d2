"""What customers leave behind on channels, and how the brand finds out who is who (model 23 and 24)."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Final, Literal

from sim.scenario.key import Key
from sim.scenario.model import Many, Part, Probability

Method = Literal["deterministic", "probabilistic", "graph"]
Kind = Literal["customer_id", "email", "phone", "device", "cookie", "name", "postcode"]
Corrected = Literal["nothing", "wrong-merges", "missed-merges", "everything"]
ChannelKind = Literal["digital", "social", "in_person", "support", "voice", "device"]

METHODS: Final[tuple[Method, ...]] = ("deterministic", "probabilistic", "graph")
"""The methods, in the order in which they are applied."""
KINDS: Final[tuple[Kind, ...]] = ("customer_id", "email", "phone", "device", "cookie", "name", "postcode")
"""The kinds of identifiers, in the order of the columns they are kept in."""

_CUSTOMER_ID = Key(label="Customer number")
_EMAIL = Key(label="E-mail address")
_PHONE = Key(label="Phone number")


class Identifiers(Part):
    """The share of a channel's customers who leave each identifier there; by kind of channel where left out."""

    customer_id: Annotated[Probability | None, _CUSTOMER_ID] = None
    """who log in, or show a loyalty card"""
    email: Annotated[Probability | None, _EMAIL] = None
    """who give their e-mail address"""
    phone: Annotated[Probability | None, _PHONE] = None
    """who give their phone number, or call from it"""
    device: Probability | None = None
    """whose device is recognized"""
    cookie: Probability | None = None
    """who accept a cookie"""
    name: Probability | None = None
    """who give their name"""
    postcode: Probability | None = None
    """who give their postcode"""


LEFT: Final[Mapping[ChannelKind, Mapping[Kind, float]]] = {
    "digital": dict(customer_id=0.4, email=0.5, phone=0.1, device=0.5, cookie=0.8, name=0.4, postcode=0.3),
    "social": dict(email=0.2, device=0.3, cookie=0.5, name=0.7),
    "in_person": dict(customer_id=0.4, email=0.2, phone=0.2, name=0.5, postcode=0.4),
    "support": dict(customer_id=0.5, email=0.6, phone=0.6, name=0.9, postcode=0.5),
    "voice": dict(customer_id=0.3, email=0.1, phone=0.9, name=0.8, postcode=0.4),
    "device": dict(customer_id=0.7, email=0.6, phone=0.2, device=1.0, name=0.4, postcode=0.2),
}
"""What is left by kind of channel where a channel does not say: 0 for the others."""


class Confidence(Part):
    """How sure it is that two records with the same identifier are of one person."""

    customer_id: Annotated[Probability, _CUSTOMER_ID] = 1.0
    """of records with the same customer number"""
    email: Annotated[Probability, _EMAIL] = 0.98
    """of records with the same e-mail address"""
    phone: Annotated[Probability, _PHONE] = 0.95
    """of records with the same phone number"""
    device: Probability = 0.8
    """of records of the same device"""
    cookie: Probability = 0.8
    """of records with the same cookie"""
    name: Probability = 0.3
    """of records with the same name"""
    postcode: Probability = 0.01
    """of records with the same postcode"""


class Outdated(Part):
    """The share of identifiers left that are a person's former ones."""

    email: Annotated[Probability, _EMAIL] = 0.05
    """share of e-mail addresses that are former ones"""
    phone: Annotated[Probability, _PHONE] = 0.05
    """share of phone numbers that are former ones"""
    device: Probability = 0.15
    """share of devices that are former ones"""
    cookie: Probability = 0.3
    """share of cookies that were lost: they lead to nobody"""
    postcode: Probability = 0.08
    """share of postcodes that are former ones"""


class Typos(Part):
    """The share of identifiers left that have a typing error."""

    email: Annotated[Probability, _EMAIL] = 0.02
    """share of e-mail addresses with a typing error"""
    phone: Annotated[Probability, _PHONE] = 0.02
    """share of phone numbers with a typing error"""
    name: Probability = 0.03
    """share of names with a typing error"""


class Identity(Part):
    """What the brand can know of who is who; without it, it knows."""

    methods: Annotated[Many[Method], Key(nothing="No methods: every record is a profile of its own.")] = METHODS
    """how records are linked: by equal identifiers, by likeness, and by the network of all links"""
    keys: Annotated[Many[Kind], Key(label="Identifiers that link", nothing="No identifiers: none links.")] = (
        "customer_id",
        "email",
        "phone",
    )
    """identifiers by which the deterministic method links"""
    minimum_confidence: Probability = 0.98
    """how probable it must be that two records are of one person for the probabilistic method to link them"""
    confidence: Annotated[Confidence, Key(label="Confidence of each identifier")] = Confidence()
    """confidence of a deterministic link, by identifier"""
    households: Annotated[Probability, Key(label="Share in households")] = 0.1
    """share of customers who live with another customer, with the same surname and postcode"""
    shared_devices: Probability = 0.3
    """share of households with one device and one cookie for both"""
    outdated: Annotated[Outdated, Key(label="Outdated identifiers")] = Outdated()
    """share of identifiers that are former ones, by kind"""
    typos: Annotated[Typos, Key(label="Typing errors")] = Typos()
    """share of identifiers with a typing error, by kind"""
    corrected: Annotated[Corrected, Key(label="Errors put right")] = "nothing"
    """which errors are put right before a run, as if somebody knew the truth: profiles that hold several people are
    split, the records of each person joined, or both; arms that differ by this alone tell what errors of a kind cost"""


def left_on(kind: ChannelKind, given: Identifiers) -> dict[Kind, float]:
    """The share of a channel's customers who leave each identifier, by the kind of channel where it does not say."""
    usual = LEFT[kind]
    shares = {each: getattr(given, each) for each in KINDS}
    return {each: usual.get(each, 0.0) if share is None else share for each, share in shares.items()}


def in_order(methods: Iterable[Method]) -> tuple[Method, ...]:
    """The methods in the order in which they are applied, each once."""
    given = set(methods)
    return tuple(method for method in METHODS if method in given)


def growing(methods: Iterable[Method]) -> list[tuple[Method, ...]]:
    """The first method alone, then with each further one; no method at all where there is none."""
    ordered = in_order(methods)
    return [ordered[:count] for count in range(1, len(ordered) + 1)] or [()]
