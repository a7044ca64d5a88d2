"""From what the command line says to the plan of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.cli.failures import InputError
from app.cli.inputs import open_changed, parse_arms, parse_precision, parse_settings
from app.cli.screen import note
from app.runs.file_arms import files_as_arms

if TYPE_CHECKING:
    from sim.experiment import Plan


@dataclass(frozen=True)
class Changes:
    """What a command line says that goes before what the scenario says; None leaves it to the scenario."""

    settings: Sequence[str] = ()
    replications: int | None = None
    precision: str | None = None
    customers: int | None = None
    horizon: float | None = None
    seed: int | None = None

    def given(self) -> dict[str, Any]:
        """As the arguments of `sim.experiment.plan`."""
        return {
            "replications": self.replications,
            "precision": parse_precision(self.precision),
            "customers": self.customers,
            "horizon": self.horizon,
            "seed": self.seed,
        }


def plan_arms(name: str, arms: Sequence[str], changes: Changes) -> tuple[Plan, str]:
    """The plan of one scenario under arms (its own where none are given), and the scenario's text."""
    from sim.experiment import plan

    file = open_changed(name, changes.settings)
    chosen = parse_arms(arms, file.scenario.experiment.arms) if arms else None
    return plan(file, arms=chosen, **changes.given(), changed=parse_settings(changes.settings)), file.text


def plan_files(names: Sequence[str], changes: Changes) -> tuple[Plan, str]:
    """The plan of several scenarios as arms, measured against the first, and the first one's text."""
    from sim.experiment import plan

    files = [open_changed(name, changes.settings) for name in names]
    made = plan(files[0], arms=files_as_arms(names, files), **changes.given(), changed=parse_settings(changes.settings))
    _warn_of_unlike(made)
    return made, files[0].text


def _warn_of_unlike(made: Plan) -> None:
    """Say where arms are as different in size or length that sums over a run compare nothing."""
    sizes = {arm.scenario.population.size for arm in made.variants}
    horizons = {arm.scenario.horizon for arm in made.variants}
    if len(sizes) > 1:
        note("warning: the scenarios have different numbers of customers, so sums do not compare; --customers sets one")
    if len(horizons) > 1:
        note("warning: the scenarios run for different times, so sums do not compare; --horizon sets one")


def need_arms(made: Plan, name: str) -> None:
    """Raise InputError where there is nothing to compare."""
    if len(made.variants) < 2:
        raise InputError(
            f"{name}: there is only one arm, so there is nothing to compare; "
            "give a second file, or arms such as --arm now --arm later:ADDRESS=VALUE"
        )
