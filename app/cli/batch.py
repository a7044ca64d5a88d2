"""Simulating one scenario after the other for a command: one that fails does not stop the rest."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.failures import DONE, INTERRUPTED, InputError, report_failure
from app.cli.screen import note, print_json, progress

if TYPE_CHECKING:
    from app.cli.running import Ran
    from sim.store import Store

Work = Callable[["Store"], "Ran"]
Prepare = Callable[[], Work]
"""Looks at the input, and raises where it is wrong, before any store is opened."""


@dataclass
class Outputs:
    """What to do with the results of each run besides storing them."""

    events: Path | None = None
    csv: Path | None = None
    as_json: bool = False
    documents: list[dict[str, Any]] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)

    def check(self) -> None:
        """Raise InputError where something could not be written once the work is done."""
        if self.events is not None and self.events.is_dir():
            raise InputError(
                f"--events {self.events}: this is a folder; give a file, such as {self.events / 'events.parquet'}"
            )
        if self.csv is not None and self.csv.exists() and not self.csv.is_dir():
            raise InputError(f"--csv {self.csv}: this is a file; give a folder")


def do_all(jobs: Sequence[tuple[str, Prepare]], db: Path | None, outputs: Outputs) -> int:
    """Do the jobs, each with its name, one after the other; the worst of their exit codes."""
    from sim.store import Store

    outputs.check()
    worst = DONE
    with contextlib.ExitStack() as stack:
        store: Store | None = None
        for name, prepare in jobs:
            begun = len(outputs.documents)
            try:
                work = prepare()
                store = store or stack.enter_context(Store(db, on_wait=note))
                if outputs.documents:
                    note("")
                code = _do(work, store, outputs, several=len(jobs) > 1)
            except BrokenPipeError:
                raise
            except (Exception, KeyboardInterrupt) as error:
                code, failure = report_failure(error, name)
                # Where it failed only after it was simulated, the failure stands beside what was found.
                document = outputs.documents.pop() if len(outputs.documents) > begun else {}
                outputs.documents.append(document | failure)
            worst = max(worst, code)
            if code == INTERRUPTED:
                break
    try:
        _write_events(outputs)
    except Exception as error:
        code, failure = report_failure(error, str(outputs.events))
        worst = max(worst, code)
        if len(jobs) > 1:
            outputs.documents.append(failure)
        else:
            outputs.documents[0] |= failure
    if outputs.as_json:
        print_json(outputs.documents if len(jobs) > 1 else outputs.documents[0])
    return worst


def _do(work: Work, store: Store, outputs: Outputs, *, several: bool) -> int:
    from app.cli.report import document_of, print_summary

    ran = work(store)
    if outputs.as_json:
        outputs.documents.append(document_of(ran.results, ran.run, store))
    else:
        outputs.documents.append({})
        print_summary(ran.results, ran.run, store)
    if ran.code != DONE:
        return ran.code
    if outputs.csv is not None:
        from sim.store.tables import export_csv

        export_csv(store, ran.run, outputs.csv / ran.run if several else outputs.csv)
    if outputs.events is not None:
        from app.runs.event_logs import Wanted, event_logs

        with progress("Writing events") as tell:
            outputs.logs += event_logs(store, store.run(ran.run), Wanted(), tell)
    return ran.code


def _write_events(outputs: Outputs) -> None:
    if outputs.events is None or not outputs.logs:
        return
    from sim.store.events import join_events

    join_events(outputs.logs, outputs.events)
    note(f"Events are in {outputs.events}")
