"""The reference page of the scenario file, made from the models: `python -m sim.scenario.reference > PAGE`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import PydanticUndefined

from sim.scenario.declared import declared
from sim.scenario.distributions import FAMILIES
from sim.scenario.journey import COVARIATES, DEFAULT_COEFFICIENTS, Coefficients, CoefficientsByRole
from sim.scenario.key import CURRENCY, ITS_OWN, Key
from sim.scenario.model import Part
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, fields, in_words, is_distribution, shapes, shapes_of, takes_spread
from sim.scenario.tables import written
from sim.scenario.toml.notation import value_text

_INTRODUCTION = """\
# The scenario file

Every key that a scenario file may have, with what may stand there and what it is when left out. What the values do is
told in [the model](../background/model.md). This page is made from the program (`python -m sim.scenario.reference`);
a test keeps the two the same.

A scenario is one [TOML](https://toml.io) file of at most 5 MB, UTF-8. Unknown keys are errors. Ids have lower-case
letters, digits, `_` and `-`. Text is written in quotes, numbers and dates without. No amount is
above 1e15 or, but for 0, below 1e-30, and no count above 1,000,000,000. `journey validate FILE` names everything that
is wrong, with its line and what would be right; of more than 100 findings the first.

**Only what differs.** `extends = "other.toml"` at the top takes everything from another file (named relative to this
one) and lays this file over it: tables are merged key by key, lists of tables by `id` (transitions also by `from` and
`to`), everything else is replaced; a distribution that names its `family` is replaced as a whole. Only files of this
computer are read, and one outside the folder of the file that is opened with a warning. At most 50 files may extend one
another.

**Addresses.** Any value has an address: the keys on the way to it joined by dots, items of a list by their ID, such as
`channels.email.mix`, `touchpoints.cart.effort` or `desks.phone.agents`. Transitions are addressed by their ID, or by
`from/to` where they have none: `transitions.cart/checkout.share`. Items without an ID go by their number from 1:
`desks.phone.shifts.1.agents`. A key with a dot, a space or a quote in it is quoted. What is not in the file, because it
has a default, can be set too.

**Arms.** An arm is a name and values by address (`set`), or a file with what differs (`extends`), or both. An arm
changes what is simulated: not the ID, the name, the experiment, the uncertainty, the fitted log or the layout. A file
has at most 200.

"Required" marks what has no default; a dash marks what is simply not there when left out.
"""

_DISTRIBUTIONS = """\
## Distributions

Where a distribution may stand, a number means that value always; else a table names its `family`. A trait may also be
`{ mean = …, sd = … }` without a family: then the trait's own family is taken (see the model).
"""

_ORIGINS = """\
## Where the defaults come from

The coefficients of the choice, the constants under `[behaviour]`, survey response rates and answers are assumptions:
round numbers of plausible size and the expected sign, to be varied rather than believed. `open_rate` 0.2 and
`response_rate` 0.05 are near the averages of e-mail campaigns (REES46 message log 2021 to 2023: 18.6 % opened and
1.1 % clicked; Mailchimp 2019: 22.7 % and 2.9 %). The lifts and needs under `[personalization]` are a common claim,
not evidence. Money, shares, delays and staffing have no default worth the name: those of a scenario that ships stand in
its file with their sources.
"""


_HEAD: Final = "| key | what may stand there | default | meaning | unit, or what it names |"
_UNITS: Final = {CURRENCY: "the currency", ITS_OWN: "that of the key"}
_OF: Final = {
    "addresses": "addresses",
    "addresses of numbers": "addresses of numbers",
    "counts": "a count",
    "covariates": "covariates",
    "dated addresses": "addresses of what can change during a run",
    "files": "a file",
    "outcomes": "an [outcome](outcomes.md)",
    "scores": "`[scores]`",
    "subjects": "what the brand knows",
} | {kind: f"`[[{kind}]]`" for kind in ("actions", "channels", "desks", "segments", "stages", "touchpoints")}


TOP: Final = "Top level"


@dataclass(frozen=True)
class Section:
    """One table of the file."""

    title: str
    model: type[Part]


def page() -> str:
    """The whole page, as Markdown."""
    parts = [_INTRODUCTION, *(_table_of(section) for section in sections())]
    parts += [_DISTRIBUTIONS, *(_family(name) for name in FAMILIES), _ORIGINS]
    return "\n".join(part for part in parts if part)


def sections() -> Iterator[Section]:
    """Every table in the order of the file, those inside it right after it."""
    yield Section(TOP, Scenario)
    seen: set[type[Part]] = {Scenario}
    for key, field in fields(Scenario).items():
        for option in shapes_of(field):
            yield from _inner((key,), option, seen)


def _inner(names: tuple[str, ...], option: Shape, seen: set[type[Part]]) -> Iterator[Section]:
    if option.items:
        for inner in shapes(option.items[0]):
            yield from _inner(names, inner, seen)
    elif option.entries is not None:
        values = shapes(option.entries)
        for inner in () if is_distribution(values) else values:
            yield from _inner((*names, "NAME"), inner, seen)
    elif option.model is not None and option.model not in seen:
        seen.add(option.model)
        yield Section(".".join(names), option.model)
        for key, field in fields(option.model).items():
            if not is_distribution(shapes_of(field)):
                for inner in shapes_of(field):
                    yield from _inner((*names, key), inner, seen)


def _table_of(section: Section) -> str:
    if section.model is CoefficientsByRole:
        return _coefficients()
    if section.model is Coefficients:
        return ""
    title = section.title if section.model is Scenario else f"`{_header(section)}`"
    lines = [f"## {title}", "", _summary(section.model), "", _HEAD]
    lines.append("|---|---|---|---|---|")
    if section.model is Scenario:
        lines.append("| `extends` | text | – | another file, of which this one says only what differs | a file |")
    lines += [_row(section.model, key, field) for key, field in fields(section.model).items()]
    return "\n".join(lines) + "\n" + _changing(section.model)


def _header(section: Section) -> str:
    """`[name]`, or `[[name]]` for a list at the top of the file or of the experiment; inline tables by their path."""
    top = fields(Scenario).get(section.title)
    listed = top is not None and any(option.items for option in shapes_of(top))
    if listed or section.title == "experiment.arms":
        return f"[[{section.title}]]"
    return f"[{section.title}]" if top is not None else section.title


def _summary(model: type[Part]) -> str:
    return (model.__doc__ or "").strip().split("\n")[0]


def _row(model: type[Part], key: str, field: Any) -> str:
    said = declared(model, key)
    cells = (f"`{key}`", _allowed(shapes_of(field)), _default(field), _escaped(said.help), _unit_or_reference(said))
    return f"| {' | '.join(cells)} |"


def _unit_or_reference(said: Key) -> str:
    """What its numbers are in, and what its names are of."""
    words = [_OF[said.refers_to]] if said.refers_to else []
    words += [_UNITS.get(said.unit, said.unit)] if said.unit else []
    return ", ".join(words)


def _changing(model: type[Part]) -> str:
    """Which keys of the table phases and shocks may set."""
    dated = [f"`{key}`" for key in fields(model) if declared(model, key).dated]
    return f"\n`[[phases]]`, `[[seasons]]` and `[[shocks]]` can change {_listed(dated)}.\n" if dated else ""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _allowed(options: tuple[Shape, ...]) -> str:
    if is_distribution(options):
        spread = ", `{mean, sd}`" if takes_spread(options) else ""
        return f"number{spread} or [distribution](#distributions)"
    return _escaped(in_words(options).replace(" of lower-case letters, digits, _ and -", ""))


def _default(field: Any) -> str:
    value = field.get_default(call_default_factory=True)
    if value is PydanticUndefined:
        return "required"
    plain = written(value)
    if plain is None:
        return "–"
    if plain == {} and isinstance(value, Part):
        return "its defaults"
    return "none" if plain in ({}, []) else f"`{_escaped(value_text(plain))}`"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _coefficients() -> str:
    roles = fields(CoefficientsByRole)
    lines = ["## " + ", ".join(f"`[coefficients.{role}]`" for role in roles), "", _summary(CoefficientsByRole), ""]
    lines.append("Each replaces a single default, which depends on the role:")
    lines += ["", "| key | " + " | ".join(roles) + " | meaning |", "|---|" + "---|" * len(roles) + "---|"]
    for covariate in COVARIATES:
        numbers = " | ".join(f"{DEFAULT_COEFFICIENTS[role][covariate]:g}" for role in roles)
        lines.append(f"| `{covariate}` | {numbers} | {_escaped(declared(Coefficients, covariate).help)} |")
    return "\n".join(lines) + "\n" + _changing(CoefficientsByRole)


def _family(name: str) -> str:
    model = FAMILIES[name]
    lines = [
        f'### `family = "{name}"`',
        "",
        _summary(model),
        "",
        "| key | what may stand there | meaning | unit |",
        "|---|---|---|---|",
    ]
    for key, field in fields(model).items():
        if key != "family":
            said = declared(model, key)
            cells = (f"`{key}`", _allowed(shapes_of(field)), _escaped(said.help), _unit_or_reference(said))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())  # the page is UTF-8 on every system
