"""What the pages on fitting promise."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from sim.fit import fit
from sim.fit.evaluate import evaluate, markdown
from sim.fit.reading import Columns
from sim.scenario import parse
from tests.fit.completejourney import make_log
from tests.fit.logs import CDNOW, ROOT, shared

HOW_TO = (ROOT / "docs" / "how-to" / "fit-your-log.md").read_text(encoding="utf-8")
BACKGROUND = (ROOT / "docs" / "background" / "fit.md").read_text(encoding="utf-8")


def block(language: str, place: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", HOW_TO, flags=re.DOTALL)[place]


def test_the_report_of_the_how_to_is_what_fit_says(tmp_path: Path) -> None:
    command, *said = block("console").strip().splitlines()
    words = shlex.split(command)
    assert words[1:4] == ["journey", "fit", str(CDNOW.relative_to(ROOT))]
    assert fit(CDNOW, case="customer", activity="activity", time="date", scratch=tmp_path).report == tuple(said)


def test_the_start_of_the_sample_log_is_as_shown() -> None:
    import gzip

    with gzip.open(CDNOW, "rt", encoding="utf-8") as stream:
        assert stream.read().startswith(block("csv"))


def test_the_python_of_the_how_to_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block("python"), "fit-your-log.md", "exec"), {})
    assert "# Fitted to the event log purchases.csv.gz: 1,179 cases" in printed.getvalue()


def test_the_address_in_the_how_to_exists(tmp_path: Path) -> None:
    (address,) = re.findall(r"loyal:(.*?)=0\.5", block("console", 2))
    text = fit(CDNOW, case="customer", activity="activity", time="date", scratch=tmp_path).text
    transitions = [f"transitions.{each.key}.share" for each in parse(text).scenario.transitions]
    assert address in transitions


@pytest.mark.slow
@pytest.mark.parametrize("name", ["helpdesk", "contacts", "purchases"])
def test_the_figures_of_the_background_page_are_those_measured(tmp_path: Path, name: str) -> None:
    if name == "helpdesk":
        log, columns = shared("helpdesk/helpdesk.xes.gz"), ("case:concept:name", "concept:name", "time:timestamp")
    elif name == "contacts":
        log, columns = tmp_path / "contacts.csv", ("case", "activity", "time")
        make_log(shared("completejourney"), log)
    else:
        log, columns = CDNOW, ("customer", "activity", "date")
    measured = markdown(evaluate(log, Columns(*columns), replications=200, scratch=tmp_path))
    rows = [line.split(" | ", 1)[1] for line in measured.splitlines() if line.startswith("|")]
    table = BACKGROUND.partition("| log | cases:")[2].partition("\n\n")[0]
    written = [line.split(" | ", 1)[1] for line in table.splitlines() if line.startswith(f"| `{name}` |")]
    assert len(rows) == len(written)
    for row, shown in zip(rows, written, strict=True):
        assert numbers(row) == pytest.approx(numbers(shown), rel=0.03)


def numbers(row: str) -> list[float]:
    return [float(each) for each in re.findall(r"\d+(?:\.\d+)?", row.replace(",", ""))]
