"""Five hundred event logs that went wrong: told in findings, or fitted to a scenario that runs; never anything else."""

import gzip
import random
from pathlib import Path

import pytest

from tests.cli.conftest import Journey
from tests.faults.conftest import files_in
from tests.faults.mutations import CASES, LOG_CHANGES, cut_off, drop, flip, insert, mutated
from tests.fit.logs import orders, text_of

AT_ONCE = 25
"""The first so many are among the quick tests, all of them among the slow ones."""
CSV = ("--case", "case", "--activity", "activity", "--time", "time", "--channel", "channel", "--value", "amount")


def originals() -> dict[str, bytes]:
    """The same log as CSV and as XES."""
    rows = orders(60)
    columns = ("case", "activity", "time", "channel", "amount")
    more = [(*row, "web" if number % 3 else "app", f"{number % 90}.50") for number, row in enumerate(rows)]
    return {"log.csv": text_of(more, columns).encode(), "log.xes": xes(rows).encode()}


def xes(rows: list[tuple[str, str, str]]) -> str:
    """Rows of case, activity and time as XES."""
    cases: dict[str, list[str]] = {}
    for case, activity, time in rows:
        cases.setdefault(case, [f'<string key="concept:name" value="{case}"/>']).append(
            f'<event>\n<string key="concept:name" value="{activity}"/>\n'
            f'<date key="time:timestamp" value="{time.replace(" ", "T")}.000+01:00"/>\n'
            '<string key="lifecycle:transition" value="complete"/>\n</event>'
        )
    traces = "\n".join("<trace>\n" + "\n".join(parts) + "\n</trace>" for parts in cases.values())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n{traces}\n</log>\n'


def mutated_log(number: int, whole: dict[str, bytes]) -> tuple[str, bytes]:
    """A mutated log; a third of them compressed, before or after they were mutated."""
    chance = random.Random(f"compressed {number}")
    sort = chance.random()
    if sort < 0.15:
        name = chance.choice(sorted(whole))
        return f"{name}.gz", chance.choice((flip, cut_off, drop, insert))(chance, gzip.compress(whole[name], mtime=0))
    name, content = mutated(number, whole, LOG_CHANGES)
    return (f"{name}.gz", gzip.compress(content, mtime=0)) if sort < 0.3 else (name, content)


@pytest.mark.parametrize(
    "first",
    [pytest.param(first, marks=() if first == 0 else pytest.mark.slow) for first in range(0, CASES, AT_ONCE)],
)
def test_a_mutated_log_is_told_in_findings_or_becomes_a_scenario_that_runs(
    journey: Journey, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "scratch")
    whole = originals()
    fitted = 0
    for number in range(first, first + AT_ONCE):
        name, content = mutated_log(number, whole)
        Path(name).write_bytes(content)
        which = f"mutation {number} of {name}"
        ended = journey("fit", name, *(CSV if ".csv" in name else ()), "-o", "fitted.toml", "--force")
        assert ended.code in (0, 2), (which, ended.err)
        assert "should not have" not in ended.err, which
        if ended.code == 2:
            assert ended.out == "", which
            assert not Path("fitted.toml").exists(), which
            for line in ended.err.splitlines():
                assert line.startswith(name), (which, line)
                assert line.isprintable(), (which, line)
                assert "; " in line, (which, line)
        else:
            fitted += 1
            assert ended.err == "", (which, ended.err)
            ran = journey("run", "fitted.toml", "--replications", 1, "--customers", 20, "--workers", 1)
            assert ran.code == 0, (which, ran.err)
            Path("fitted.toml").unlink()
        Path(name).unlink()
        # Where nothing was simulated before, the compiled engine is kept there too, and stays.
        left = {file for file in files_in(tmp_path / "scratch") if not str(file).startswith("compiled-")}
        assert left == set(), which
    assert 0 < fitted < AT_ONCE
    assert files_in(Path.cwd()) == set()
