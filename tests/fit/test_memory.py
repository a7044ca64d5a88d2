"""A log of any size is read within a fixed amount of memory."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.peak import where_found

PROGRAM = """
import sys
from pathlib import Path
from sim.fit import fit
from tests.peak import peak
found = fit(sys.argv[1], case="case", activity="activity", time="time", scratch=Path(sys.argv[2]))
print(found.counts.events, peak())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as Unix counts it")
def test_a_million_events_stay_far_below_two_gigabytes(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    duckdb.sql(
        f"""
        COPY (
            SELECT 'customer-' || (number * 7919 % 150000) AS "case", 'Activity ' || (number * 31 % 23) AS activity,
                   TIMESTAMP '2024-01-01' + to_seconds(number * 104729 % 31536000) AS time, repeat('x', 200) AS note
            FROM range(1000000) AS numbers(number)
        ) TO '{log}' (HEADER)
        """
    )
    command = [sys.executable, "-c", PROGRAM, str(log), str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=where_found())
    events, most = (int(each) for each in ran.stdout.split())
    assert events == 1_000_000
    assert most < 1_500_000_000
