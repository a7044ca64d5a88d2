"""What the pages on fitting promise."""

import contextlib
import gzip
import io
import re
import shlex
from pathlib import Path

import pytest

from sim.fit import counting, families, fit, fitting
from sim.fit.evaluate import DRAWS, evaluate, markdown
from sim.fit.events import eventlog
from sim.fit.events.eventlog import FLOOR
from sim.fit.files.log_reading import Columns
from sim.fit.later import evaluate_later, later_markdown
from sim.scenario import parse
from sim.scenario.checks.fitted import HELD_OUT
from tests.fit.completejourney import make_baskets, make_log
from tests.fit.logs import CDNOW, ROOT, shared

HOW_TO = (ROOT / "docs" / "how-to" / "fit-your-log.md").read_text(encoding="utf-8")
BACKGROUND = (ROOT / "docs" / "background" / "fit.md").read_text(encoding="utf-8")


def block(language: str, index: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", HOW_TO, flags=re.DOTALL)[index]


def test_the_report_of_the_how_to_is_what_fit_says(tmp_path: Path) -> None:
    command, *said = block("console").strip().splitlines()
    words = shlex.split(command)
    assert words[1:4] == ["journey", "fit", str(CDNOW.relative_to(ROOT))]
    assert fit(CDNOW, case="customer", activity="activity", time="date", scratch=tmp_path).report == tuple(said)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (BACKGROUND, f"an activity that at least {100 * FLOOR:g} % of the cases have"),
        (BACKGROUND, f"must be at most {families.MISFIT:g},"),
        (BACKGROUND, f"More than {families.CELLS}\ndifferent values are grouped into {families.CELLS} cells"),
        (BACKGROUND, f"Fewer than {families.ENOUGH} delays are given as they are"),
        (BACKGROUND, f"more than {counting.SAMPLE:,} times, an even sample of its delays is looked at"),
        (BACKGROUND, f"(of {counting.ALL_SAMPLES:,} delays in all)"),
        (BACKGROUND, f"drawn again from the training half, with replacement, {DRAWS:,} times"),
        (HOW_TO, f"a journey has at most {eventlog.MOST_ACTIVITIES:,} touchpoints"),
        (HOW_TO, f"a journey has at most {fitting.MOST_TRANSITIONS:,}`"),
    ],
)
def test_the_limits_on_the_pages_are_those_that_hold(page: str, said: str) -> None:
    assert said in page


def test_the_start_of_the_sample_log_is_as_shown() -> None:
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


@pytest.mark.slow
@pytest.mark.parametrize("name", ["helpdesk", "contacts", "baskets", "purchases", "purchases, one activity"])
def test_the_figures_of_the_later_part_are_those_measured(tmp_path: Path, name: str) -> None:
    log, columns = tmp_path / "log.csv", ("case", "activity", "time")
    if name == "helpdesk":
        log, columns = shared("helpdesk/helpdesk.xes.gz"), ("case:concept:name", "concept:name", "time:timestamp")
    elif name == "contacts":
        make_log(shared("completejourney"), log)
    elif name == "baskets":
        make_baskets(shared("completejourney"), log)
    elif name == "purchases":
        log, columns = CDNOW, ("customer", "activity", "date")
    else:
        one_activity(log)
        columns = ("customer", "activity", "date")
    measured = later_markdown(evaluate_later(log, Columns(*columns), replications=200, scratch=tmp_path))
    told = ("all events", "customers with any")
    rows = [line.split(" | ", 1)[1] for line in measured.splitlines() if line.split(" | ")[3] in told]
    table = BACKGROUND.partition("| log | days: first part")[2].partition("\n\n")[0]
    written = [line.split(" | ", 1)[1] for line in table.splitlines() if line.startswith(f"| `{name}` |")]
    assert len(rows) == len(written) == 2
    for row, shown in zip(rows, written, strict=True):
        assert numbers(row) == pytest.approx(numbers(shown), rel=0.03)


def test_the_warning_beyond_the_log_says_what_the_table_says() -> None:
    table = BACKGROUND.partition("| log | days: first part")[2].partition("\n\n")[0]
    bought = [
        line
        for line in table.splitlines()
        if line.startswith(("| `purchases", "| `baskets")) and "| all events |" in line
    ]
    short = sorted(-int(line.rsplit(" | ", 1)[1].split(" %")[0]) for line in bought)
    assert f"{short[0]} to {short[-1]} % short" in HELD_OUT
    assert f"{short[0]} to {short[-1]} % short" in BACKGROUND


def one_activity(target: Path) -> None:
    """The sample log with all purchases under one name."""
    with gzip.open(CDNOW, "rt", encoding="utf-8") as stream:
        text = stream.read()
    target.write_text(re.sub(r"(First|Second|Later) purchase", "Purchase", text), encoding="utf-8")


def numbers(row: str) -> list[float]:
    return [float(each) for each in re.findall(r"\d+(?:\.\d+)?", row.replace(",", ""))]
