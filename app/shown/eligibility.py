"""Who gets an action and what takes the others out, as it is said everywhere."""

from typing import Final

from sim.experiment.left_out import arrived, could_have_got, lost_at
from sim.outcomes.eligibility_steps import ELIGIBILITY_STEPS, GOT_IT, STEP_IDS, Counts

LABELS: Final = {step.id: step.label for step in ELIGIBILITY_STEPS}
MEANINGS: Final = {step.id: step.meaning for step in ELIGIBILITY_STEPS}
COULD_HAVE_GOT_IT: Final = "Could have got it"


def answer(action: str, counts: Counts, spread: str = "") -> str:
    """The sentence that answers: of 100 customers how many could have got it, how many did, where most are lost.

    `spread` tells how sure it is how many did, in brackets.
    """
    if not arrived(counts):
        return "Nobody arrived within the run."
    could, did = of_100(could_have_got(counts), counts), of_100(counts.get(GOT_IT, 0.0), counts)
    said = f'Of 100 customers {could} could have got "{action}"; {did} did{spread}.'
    if not could_have_got(counts):
        step = max(STEP_IDS[:2], key=lambda each: counts.get(each, 0.0))
        return f"{said} All stop before: {at_step(step, counts)}."
    at = lost_at(counts)
    return said if at is None else f"{said} Most are lost at: {at_step(at, counts)}."


def nobody_gets(action: str) -> str:
    """What is said of an arm under which no rule sends or shows the action."""
    return f'Nobody gets "{action}" under this arm: no rule sends or shows it.'


def at_step(step: str, counts: Counts) -> str:
    """A step within a sentence, with how many of 100 customers stand there."""
    return f"{LABELS[step].lower()} ({of_100(counts.get(step, 0.0), counts)})"


def of_100(part: float, counts: Counts) -> str:
    """Of 100 customers: whole where there are many, with a digit after the point where there are few."""
    share = 100 * part / arrived(counts)
    return f"{share:.0f}" if share >= 10 or share == 0 else f"{share:.1f}"
