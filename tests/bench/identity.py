"""How long it takes to find out who is who, and how much memory."""

import subprocess
import sys
from statistics import median

from tests.bench.row import Row, at_most

_CHANNELS = """[
    {"id": "web"}, {"id": "app", "kind": "device"}, {"id": "store", "kind": "in_person"},
    {"id": "phone", "kind": "support"}, {"id": "social", "kind": "social"},
]"""
_PROGRAM = f"""
import resource, time
from sim.identity import resolve
from tests.builders import scenario
shop = scenario(identity={{}}, channels={_CHANNELS}, population={{"size": CUSTOMERS}})
begin = time.perf_counter()
resolve(shop, 1)
print(time.perf_counter() - begin, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def identity(rounds: int, quick: bool) -> list[Row]:
    """100,000 records on five channels, by all methods, each time in a process of its own."""
    customers = 2_000 if quick else 20_000
    measured = [_measured(customers) for _ in range(rounds)]
    seconds, processor, megabytes = (median(each) for each in zip(*measured, strict=True))
    what = f"who is who among {5 * customers:,} records, by all methods"
    return [
        at_most(what, seconds, 60, "{:.1f} s"),
        at_most("the same: time of the processor, with starting Python", processor, 60, "{:.1f} s"),
        at_most("the same: memory", megabytes, 2000, "{:.0f} MB"),
    ]


def _measured(customers: int) -> tuple[float, float, float]:
    program = _PROGRAM.replace("CUSTOMERS", str(customers))
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    seconds, processor, megabytes = map(float, done.stdout.split())
    return seconds, processor, megabytes
