"""What a command says of results: the summary that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.options import option_db
from app.cli.screen import results as screen
from app.cli.tables import header, print_differences, print_input_uncertainty, print_outcomes

if TYPE_CHECKING:
    from sim.experiment import Results
    from sim.store import Store


def document_of(results: Results, run: str, store: Store) -> dict[str, Any]:
    """The results as one JSON document, with what each arm was set to and what somebody wrote about the run."""
    document = results.document(run)
    settings = store.settings(run)
    arms = [arm | {"settings": settings.get(arm["id"], {})} for arm in document["arms"]]
    return document | {"arms": arms, "note": store.run(run).note}


def print_summary(results: Results, run: str, store: Store, *, everything: bool = False) -> None:
    """Print the outcomes by arm, what differs from the first arm, the answer, and where all that is kept."""
    console = screen()
    document = results.printed()
    scenario = results.scenario
    console.print(header(document, scenario.name or scenario.id, results.arrivals), style="bold")
    kept = store.run(run)
    if kept.note:
        console.print(kept.note, soft_wrap=True)
    if results.scale_note:
        console.print(results.scale_note)
    if results.replications:
        console.print()
        print_outcomes(console, document, scenario.currency, everything=everything)
        console.print("In brackets: 95 % interval of the mean (simulation error).", style="dim")
        print_differences(console, document, scenario.currency, everything=everything)
        print_input_uncertainty(console, document, scenario.currency, everything=everything)
    if document["answers"]:
        console.print()
    for answer in document["answers"]:
        console.print(answer["sentence"], style="bold")
    notes = [note for note in document["notes"] if note != results.scale_note]  # that one stands above
    if notes:
        console.print()
    for note in notes:
        console.print(note, style="dim")
    db = option_db(store.path)
    console.print(f"\nStored as run {run} in {store.path}", soft_wrap=True)
    console.print(f"Next: journey show {run}{db} · journey export {run} -o FOLDER{db}", style="dim", soft_wrap=True)
