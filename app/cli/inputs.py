"""What a command is given: a scenario file or the id of a shipped one, arms, and values by address."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.failures import InputError
from app.cli.screen import note
from sim import shipped

if TYPE_CHECKING:
    from sim.scenario import Arm, ScenarioFile
    from sim.scenario.experiment import Precision


def find_scenario(name: str) -> Path:
    """The file that `name` means: a path, or the id of a scenario that ships."""
    try:
        return shipped.find_scenario(name, [file.name for file in Path.cwd().glob("*.toml")])
    except ValueError as error:
        raise InputError(f"{name}: {error}") from None


def open_changed(name: str, settings: Sequence[str] = ()) -> ScenarioFile:
    """The scenario file that `name` means, with `ADDRESS=VALUE` settings written into it; warnings go to stderr."""
    from dataclasses import replace

    from sim.scenario import edit, open_scenario, override, parse

    file = open_scenario(find_scenario(name))
    for warning in file.warnings:
        note(f"warning: {warning}")
    values = parse_settings(settings)
    if not values:
        return file
    override(file.scenario, values)  # a wrong address or value is told as such, not as a line of a file
    # The path stays, because arms may extend files that lie beside it.
    return replace(parse(edit(file.text, values), name=str(file.path)), path=file.path)


def parse_settings(settings: Sequence[str]) -> dict[str, Any]:
    """Values by address, from `ADDRESS=VALUE` texts."""
    values: dict[str, Any] = {}
    for setting in settings:
        address, sign, text = setting.partition("=")
        if not sign or not address.strip():
            raise InputError(f"--set {setting}: this has no value; write --set ADDRESS=VALUE, such as horizon=90")
        values[address.strip()] = _value(text)
    return values


def parse_arms(arms: Sequence[str], of_file: Sequence[Arm] = ()) -> tuple[Arm, ...]:
    """The arms of `NAME` and `NAME:ADDRESS=VALUE` texts, in the order in which the names appear first.

    A name alone is the arm of that id in the file; where it has none, the scenario as it is. So that no slip of the pen
    passes for that, a name near to one of the file's is an error, and any other is told on stderr.
    """
    from sim.scenario import Arm
    from sim.scenario.legible import HIDDEN

    changes: dict[str, dict[str, Any]] = {}
    names: dict[str, str] = {}
    for text in arms:
        name, colon, setting = text.partition(":")
        name = name.strip()
        id_ = _id(name)
        if not id_:
            raise InputError(f"--arm {text}: this arm has no name; write --arm NAME or --arm NAME:ADDRESS=VALUE")
        if HIDDEN.search(name):
            raise InputError(f"--arm {text}: the name contains an invisible character; leave it out")
        if names.setdefault(id_, name) != name:
            raise InputError(f'--arm {text}: "{name}" and "{names[id_]}" are too much alike; name one differently')
        values = changes.setdefault(id_, {})
        if not colon:
            continue
        address, sign, value = setting.partition("=")
        if not sign or not address.strip():
            raise InputError(f"--arm {text}: this has no value; write --arm {name}:ADDRESS=VALUE")
        values[address.strip()] = _value(value)
    known = {arm.id: arm for arm in of_file}
    for id_, values in changes.items():
        if known and id_ not in known and not values:
            _check_plain(names[id_], id_, of_file)
    return tuple(
        known[id_] if id_ in known and not values else Arm(id=id_, name=names[id_], set=values)
        for id_, values in changes.items()
    )


def _check_plain(name: str, id_: str, of_file: Sequence[Arm]) -> None:
    """Whether an arm that is none of the file's may be the scenario as it is."""
    from sim.scenario.did_you_mean import nearest

    spelled = {spelling: arm.id for arm in of_file for spelling in (_id(arm.label), arm.id)}
    # A slip of the keys only: "no refunds" is another name than "No reminders".
    near = nearest(id_, list(spelled), likeness=0.75)
    listed = ", ".join(arm.id for arm in of_file)
    if near is not None:
        raise InputError(
            f'--arm {name}: the file has no arm of this ID; did you mean "{spelled[near]}"? Its arms: {listed}'
        )
    note(f"--arm {name}: none of the file's arms ({listed}), so this is the scenario as it is")


def checked_note(text: str | None) -> str:
    """What is to be kept with a run; InputError where it is not one line of characters that can be seen."""
    from sim.scenario.legible import HIDDEN, on_a_line

    try:
        said = on_a_line(text or "").strip()
    except ValueError as error:
        raise InputError(f"--note: {error}") from None
    if HIDDEN.search(said):
        raise InputError("--note: the text contains invalid characters; leave them out")
    return said


def parse_precision(text: str | None) -> Precision | None:
    """The precision of `OUTCOME=HALF_WIDTH`."""
    if text is None:
        return None
    from pydantic import ValidationError

    from sim.scenario.experiment import Precision

    outcome, _, width = text.partition("=")
    try:
        return Precision(outcome=outcome.strip(), half_width=float(width))
    except (ValueError, ValidationError):
        raise InputError(
            f"--precision {text}: write OUTCOME=HALF_WIDTH, such as conversion_rate=0.002 for ±0.2 points"
        ) from None


def _id(name: str) -> str:
    """An id made of a name: lower-case letters, digits, - and _."""
    return "-".join(
        "".join(sign if (sign.isascii() and sign.isalnum()) or sign in "_-" else " " for sign in name).lower().split()
    )


def _value(text: str) -> Any:
    from sim.scenario import parse_value

    return parse_value(text.strip())
