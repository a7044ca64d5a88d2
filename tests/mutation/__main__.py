"""Put faults into the sources, one by one, and tell how many of them the tests notice: `make mutants`."""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict

from tests.mutation.drawing import draw
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.faults import Fault
from tests.mutation.named import named_faults
from tests.mutation.trying import FOREVER, KEPT, KILLED, SURVIVED, Trial, try_all

FOLDERS = ("sim/outcomes", "sim/fit", "sim/engine")
SAME = "the same"
"""A fault that changes nothing that anybody can see."""


def main() -> None:
    """Draw, try, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="faults to draw")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--named", action="store_true", help="try the faults of tests/mutation/named.py instead")
    parser.add_argument("--survivors", action="store_true", help="try again those that survived")
    parser.add_argument("--notes", action="store_true", help="find out anew which tests call what")
    parser.add_argument("--in", dest="folder", default="sim/", help="only those in this folder")
    options = parser.parse_args()
    drawn = named_faults() if options.named else draw(options.count, options.seed)
    drawn = [fault for fault in drawn if fault.path.startswith(options.folder)]
    KEPT.mkdir(exist_ok=True)
    file = KEPT / "trials.jsonl"
    before = [Trial(**json.loads(line)) for line in (file.read_text().splitlines() if file.exists() else [])]
    known = {trial.fault: trial for trial in before}
    first = {trial.fault: trial for trial in reversed(before)}
    waiting = [
        fault
        for fault in drawn
        if fault.id not in EQUIVALENT
        and (fault.id not in known or (options.survivors and known[fault.id].outcome == SURVIVED))
    ]
    by_id = {fault.id: fault for fault in drawn}
    with file.open("a") as trials:
        for number, trial in enumerate(try_all(waiting, options.processes, options.notes) if waiting else (), 1):
            known[trial.fault] = trial
            first.setdefault(trial.fault, trial)
            trials.write(json.dumps(asdict(trial)) + "\n")
            trials.flush()
            print(f"{number}/{len(waiting)} {trial.outcome} {by_id[trial.fault]}  [{trial.seconds} s]", flush=True)
    tell(drawn, first, known)
    if any(known[fault.id].outcome == SURVIVED for fault in drawn if fault.id in known and fault.id not in EQUIVALENT):
        sys.exit(1)


def tell(drawn: list[Fault], first: dict[str, Trial], known: dict[str, Trial]) -> None:
    """Print what survived, and the table by folder: what was noticed when tried first, and when tried last."""
    outcome = {fault.id: SAME if fault.id in EQUIVALENT else known[fault.id].outcome for fault in drawn}
    print("\nsurvived:")
    for fault in drawn:
        if outcome[fault.id] == SURVIVED:
            print(f"  {fault.id} {fault.kind}: {fault}  ({known[fault.id].tests} tests call it)")
    print("\n| where | drawn | noticed | ran for ever | survived | no fault | score at first | score |")
    print("|---|---|---|---|---|---|---|---|")
    for folder in (*FOLDERS, ""):
        there = [fault.id for fault in drawn if fault.path.startswith(folder)]
        counts = Counter(outcome[id_] for id_ in there)
        faults = [id_ for id_ in there if outcome[id_] != SAME]
        if faults:
            scores = (sum(trials[id_].outcome != SURVIVED for id_ in faults) / len(faults) for trials in (first, known))
            numbers = (len(there), counts[KILLED], counts[FOREVER], counts[SURVIVED], counts[SAME])
            print(
                f"| {folder or 'all'} | "
                + " | ".join([*map(str, numbers), *(f"{score:.1%}" for score in scores)])
                + " |"
            )


if __name__ == "__main__":
    main()
