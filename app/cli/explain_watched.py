"""`journey explain --watch`: whether scores still come true, and as many respond as gains expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.screen import print_json, results
from app.cli.tables import print_table
from app.runs.watching import watched_in
from app.shown.watching import HEADS, NOTHING_TO_WATCH, answer, expects, rows

if TYPE_CHECKING:
    from sim.store import Run, Store


def tell_watched(store: Store, run: Run, arm: str, number: int, as_json: bool) -> None:
    """Print what was expected under an arm, and what came true."""
    scenario, watched = watched_in(store, run, arm, number)
    if as_json:
        found = [vars(each) for each in watched]
        print_json({"run": run.id, "arm": arm, "replication": number, "watched": found})
        return
    console = results()
    if not expects(scenario):
        console.print(NOTHING_TO_WATCH, style="bold", soft_wrap=True)
        return
    console.print(answer(watched), style="bold", soft_wrap=True)
    if watched:
        console.print(f"Under arm {arm}, replication {number}:\n")
        print_table(console, HEADS, rows(watched, scenario))
