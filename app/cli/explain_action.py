"""`journey explain --action`: who gets an action, what takes the others out, and whether one group is treated worse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from app.cli.failures import InputError
from app.cli.tables import print_table
from app.shown.eligibility import LABELS, answer, at_step, nobody_gets, of_100
from sim.experiment.left_out import LeftOut, arrived, could_have_got, gets_it_less, left_out, lost_at
from sim.outcomes.definitions import DEFINITIONS
from sim.outcomes.eligibility_steps import GOT_IT, GOT_NOTHING, STEP_IDS, Counts, shares
from sim.outcomes.expected_responses import responses
from sim.outcomes.needs import acting
from sim.outcomes.records import ALL

if TYPE_CHECKING:
    from rich.console import Console

    from sim.engine.memory.history import History
    from sim.outcomes import Measured
    from sim.scenario import Scenario, Variant


def check_action(scenario: Scenario, run: str, action: str) -> None:
    """Raise InputError where the arm has no such action."""
    from sim.scenario.did_you_mean import did_you_mean
    from sim.scenario.resolve import enabled_actions

    known = [each.id for each in enabled_actions(scenario)]
    if not known:
        raise InputError(f"--action {action}: run {run} has no actions; add one and a rule that sends it")
    if action not in known:
        remedy = did_you_mean(action, known, "actions")
        raise InputError(f'--action {action}: run {run} has no action "{action}"; {remedy}')


class Explained:
    """Who gets an action in one replication of one arm, and how many got nothing at all."""

    def __init__(self, history: History, arm: Variant, seed: int, action: str, measured: list[Measured]) -> None:
        """`measured` are all stored replications of the arm; `history` is one of them, simulated again."""
        scenario = arm.scenario
        self.arm, self.replication = arm.name, history.replication
        self.action = next(each.name or each.id for each in scenario.actions if each.id == action)
        self.found: LeftOut = left_out(history, scenario, seed, action)
        self.scenario = scenario
        self.responses = responses(history, scenario, action)
        self._acts = action in [each.id for each in acting(scenario)]
        self._all = shares(each.eligibility.get(action, {}) for each in measured)
        self._replications = sum(action in each.eligibility for each in measured)
        own = next(each for each in measured if each.replication == history.replication)
        self.nothing = {id_: of[GOT_NOTHING] for id_, of in own.outcomes.items() if GOT_NOTHING in of}

    def document(self) -> dict[str, Any]:
        """The same as JSON; shares are of all who arrived, and those of all stored replications have intervals."""
        found = self.found
        return {
            "action": found.action,
            "answer": self.answer(),
            "everybody": _counted(found.everybody),
            "segments": {id_: _counted(counts) for id_, counts in found.segments.items()},
            "attributes": {
                name: {value: _counted(counts) for value, counts in by_value.items()}
                for name, by_value in found.attributes.items()
            },
            "worse": [name for name, _ in self._worse()],
            GOT_NOTHING: self.nothing,
            "responses": None if self.responses is None else vars(self.responses),
            "all_replications": {
                step: {"mean": share.mean, "lo": share.lo, "hi": share.hi} for step, share in self._all.items()
            },
        }

    def answer(self) -> str:
        """The sentence that answers: how many could have got it, how many did, and what most are lost at."""
        return answer(self.action, self.found.everybody) if self._acts else nobody_gets(self.action)

    def print(self, console: Console) -> None:
        """Print the answer, the steps, the groups, and how many got nothing at all."""
        counts = self.found.everybody
        console.print(self.answer(), style="bold", soft_wrap=True)
        if not arrived(counts) or not self._acts:
            return
        where = f'Under "{self.arm}", replication {self.replication}'
        console.print(f"{where}: {arrived(counts):,.0f} customers arrived.\n")
        print_table(console, ("Step", "Customers", "Of 100", "Left"), list(_steps(counts)))
        if self._replications > 1 and (got := self._all.get(GOT_IT)) is not None:
            ends = f" [{100 * (got.lo or 0):.1f}, {100 * (got.hi or 0):.1f}]" if got.lo is not None else ""
            console.print(f"In all {self._replications} replications {100 * got.mean:.1f} of 100 got it{ends}.")
        if self.responses is not None:
            observed, expected = 100 * self.responses.observed, 100 * self.responses.expected
            console.print(
                f"Of 100 sends {observed:.1f} were acted on; its gains expect {expected:.1f}.", soft_wrap=True
            )
        groups = [("Segment", {self._segment(id_): each for id_, each in self.found.segments.items()})]
        groups += [(name, by_value) for name, by_value in self.found.attributes.items()]
        for head, by_group in groups:
            if len(by_group) > 1:
                console.print()
                rows = [(name, *_group(each)) for name, each in by_group.items()]
                print_table(console, (head, "Customers", "Could have got it", "Got it", "Most are lost at"), rows)
        told = list(self._worse())
        console.print()
        for name, each in told:
            got, others = (of_100(of.get(GOT_IT, 0.0), of) for of in (each, self.found.everybody))
            console.print(f"{name} gets it less often: {got} of 100, against {others} of all.", soft_wrap=True)
        if not told and any(len(by_group) > 1 for _, by_group in groups):
            console.print("No group gets it less often than the others by more than chance explains.")
        if ALL in self.nothing:
            label = DEFINITIONS[GOT_NOTHING].label
            console.print(f"{label}, from any action: {100 * self.nothing[ALL]:.1f} of 100 customers.")
            for id_ in self.found.segments:
                if id_ in self.nothing and len(self.found.segments) > 1:
                    console.print(f"  {self._segment(id_)}: {100 * self.nothing[id_]:.1f}")
        else:
            console.print("How many got nothing in 90 days is not known: the run is too short, or nothing is sent.")

    def _worse(self) -> Iterator[tuple[str, Counts]]:
        """The groups that get it less often than the others, by more than chance explains."""
        for id_, counts in self.found.segments.items():
            if gets_it_less(counts, self.found.everybody):
                yield self._segment(id_), counts
        for name, by_value in self.found.attributes.items():
            for value, counts in by_value.items():
                if gets_it_less(counts, self.found.everybody):
                    yield f"{name} {value}", counts

    def _segment(self, id_: str) -> str:
        return next((each.name or each.id for each in self.scenario.segments if each.id == id_), id_)


def _steps(counts: Counts) -> Iterator[tuple[str, str, str, str]]:
    """Each step where somebody stands, in order; those who came further are left after it."""
    left = arrived(counts)
    for step in STEP_IDS:
        if step in counts:
            left -= counts[step]
            further = "" if step == GOT_IT else of_100(left, counts)
            yield LABELS[step], f"{counts[step]:,.0f}", of_100(counts[step], counts), further


def _group(counts: Counts) -> tuple[str, str, str, str]:
    at = lost_at(counts)
    lost = "" if at is None else at_step(at, counts)
    could, got = could_have_got(counts), counts.get(GOT_IT, 0.0)
    return f"{arrived(counts):,.0f}", of_100(could, counts), of_100(got, counts), lost


def _counted(counts: Counts) -> dict[str, Any]:
    """Customers by step, all of them and those who could have got it."""
    return {"customers": arrived(counts), "could_have_got": could_have_got(counts), "steps": counts}
