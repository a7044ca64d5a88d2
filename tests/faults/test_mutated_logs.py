"""Five hundred event logs that went wrong: told in findings, or fitted to a scenario that runs; never anything else."""

import gzip
import io
import json
import random
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.cli.conftest import Journey
from tests.faults.conftest import files_in
from tests.faults.mutations import LOG_CHANGES, LOGS, Change, cut_off, drop, flip, insert, mutated, scale
from tests.fit.logs import orders, text_of, write_log

COLUMNS = ("case", "activity", "time", "channel", "amount")
BINARY = 120
BINARY_AT_ONCE = 6
INSIDE: tuple[Change, ...] = (flip, cut_off, drop, insert, scale)
"""What goes wrong inside a workbook, and in any file of bytes."""
AT_ONCE = 25
"""The first so many are among the quick tests, all of them among the slow ones."""
CSV = ("--case", "case", "--activity", "activity", "--time", "time", "--channel", "channel", "--value", "amount")


def originals() -> dict[str, bytes]:
    """The same log as CSV and as XES."""
    rows = orders(60)
    more = [(*row, "web" if number % 3 else "app", f"{number % 90}.50") for number, row in enumerate(rows)]
    lines = "".join(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in more)
    return {"log.csv": text_of(more, COLUMNS).encode(), "log.xes": xes(rows).encode(), "log.jsonl": lines.encode()}


def binary() -> dict[str, bytes]:
    """The same log as Parquet and as a workbook."""
    rows = [(*row, "web", 5.5) for row in orders(60)]
    write_log(Path("rows.csv"), rows, COLUMNS)
    duckdb.sql("COPY (FROM read_csv('rows.csv')) TO 'log.parquet' (FORMAT parquet)")
    book = openpyxl.Workbook()
    for row in [COLUMNS, *rows]:
        book.worksheets[0].append(row)
    book.save("log.xlsx")
    found = {name: Path(name).read_bytes() for name in ("log.parquet", "log.xlsx")}
    for name in ("rows.csv", *found):
        Path(name).unlink()
    return found


def within(chance: random.Random, workbook: bytes) -> bytes:
    """A workbook one of whose parts went wrong before it was packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts, zipfile.ZipFile(target, "w") as changed:
        wrong = chance.choice(parts.namelist())
        for name in parts.namelist():
            content = parts.read(name)
            changed.writestr(name, chance.choice(INSIDE)(chance, content) if name == wrong else content)
    return target.getvalue()


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
    [pytest.param(first, marks=() if first == 0 else pytest.mark.slow) for first in range(0, LOGS, AT_ONCE)],
)
def test_a_mutated_log_is_told_in_findings_or_becomes_a_scenario_that_runs(
    journey: Journey, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "scratch")
    whole = originals()
    fitted = sum(is_fitted(journey, number, *mutated_log(number, whole)) for number in range(first, first + AT_ONCE))
    assert 0 < fitted < AT_ONCE
    # Where nothing was simulated before, the compiled engine is kept there too, and stays.
    left = {file for file in files_in(tmp_path / "scratch") if not str(file).startswith("compiled-")}
    assert left == set()
    assert files_in(Path.cwd()) == set()


@pytest.mark.parametrize(
    "first",
    [pytest.param(n, marks=() if n == 0 else pytest.mark.slow) for n in range(0, BINARY, BINARY_AT_ONCE)],
)
def test_a_mutated_parquet_file_or_workbook_is_told_in_findings_or_becomes_a_scenario_that_runs(
    journey: Journey, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "scratch")
    whole = binary()
    for number in range(first, first + BINARY_AT_ONCE):
        chance = random.Random(f"binary {number}")
        name = ("log.xlsx", "log.parquet")[number % 2]
        change = chance.choice((within, *INSIDE)) if name == "log.xlsx" else chance.choice(INSIDE)
        is_fitted(journey, number, name, change(chance, whole[name]))
    assert files_in(Path.cwd()) == set()


def is_fitted(journey: Journey, number: int, name: str, content: bytes) -> bool:
    """Whether the log became a scenario, which runs; else that is told, and what was there is still there."""
    Path(name).write_bytes(content)
    Path("fitted.toml").write_text("what was there")
    which = f"mutation {number} of {name}"
    ended = journey("fit", name, *(() if ".xes" in name else CSV), "-o", "fitted.toml", "--force")
    assert ended.code in (0, 2), (which, ended.err)
    assert "should not have" not in ended.err, which
    if ended.code == 2:
        assert ended.out == "", which
        assert Path("fitted.toml").read_text() == "what was there", which
        for line in ended.err.splitlines():
            assert line.startswith(name), (which, line)
            assert line.isprintable(), (which, line)
            assert "; " in line, (which, line)
    else:
        assert ended.err == "", (which, ended.err)
        ran = journey("run", "fitted.toml", "--replications", 1, "--customers", 20, "--workers", 1)
        assert ran.code == 0, (which, ran.err)
    Path("fitted.toml").unlink()
    Path(name).unlink()
    return ended.code == 0
