"""From ten thousand customers to a million in one replication."""

import json
import subprocess
import sys
from statistics import median

from tests.bench.row import Row, at_least, at_most

FEW, MANY = 10_000, 1_000_000


def sizes(rounds: int, quick: bool) -> list[Row]:
    """Rate and memory of the journey at two sizes, each in processes of its own, in turn."""
    many = MANY // 10 if quick else MANY
    _measured(FEW, 1)
    pairs = [(_measured(FEW, 15), _measured(many, 1)) for _ in range(rounds)]
    keeps = median(large["rate"] / small["rate"] for small, large in pairs)
    grows = median((large["peak"] - small["peak"]) / (many - FEW) for small, large in pairs)
    total = median(large["peak"] for _, large in pairs)
    return [
        at_least(f"from {FEW:,} to {many:,} customers in one replication: rate kept", 100 * keeps, 75, "{:.0f} %"),
        at_most(
            f"the same, memory for each customer more ({total / 1e9:.2f} GB in all)", grows / 1e3, 1.2, "{:.2f} kB"
        ),
    ]


def _measured(customers: int, rounds: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.one_size", str(customers), str(rounds)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found
