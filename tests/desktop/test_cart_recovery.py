"""`cart-recovery` built from a blank window by mouse: the same file, and the same figures to the last digit."""

import contextlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.cli.main import main
from app.desktop.document.blank import BLANK
from app.desktop.window import Window
from sim.experiment import Results, run
from sim.experiment.executors import dismiss_workers
from sim.scenario import edit, parse, tables_of
from sim.scenario.toml.text import shared_tables
from sim.shipped import shipped_scenarios
from tests.desktop.building import Builder
from tests.desktop.same_figures import differing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("This plugin does not support"),  # offscreen, lists open without being raised
]
RUN_MS = 180_000
FEW = {"population.size": 100, "experiment.replications": 1}
SHIPPED = shipped_scenarios()["cart-recovery"].read_text(encoding="utf-8")
UNLIKE = ("about", "layout")
"""what may be said otherwise: the text about the scenario, and where touchpoints are drawn"""


def test_cart_recovery_built_by_mouse_gives_the_shipped_files_figures_to_the_last_digit(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.toml"
    window.document.save(mine)  # where to is asked by the system, whose dialog no test can see
    assert mine.read_text() == BLANK
    window.resize(1600, 1000)
    wanted = shared_tables(SHIPPED, None)
    builder = Builder(window)
    build(builder, wanted)
    assert alike(window.document.tables) == alike(wanted)
    builder.press("save")
    assert not window.document.is_dirty
    assert alike(tables_of(parse(mine.read_text(), name="").scenario)) == alike(
        tables_of(parse(SHIPPED, name="").scenario)
    )

    shipped = run(parse(SHIPPED, name=""))
    assert len(shipped.replications) == wanted["experiment"]["replications"]
    found = run_by_mouse(builder, qtbot, wanted["experiment"]["replications"])
    assert found.arms == ("nothing", "rules", "discount")
    assert differing(found, shipped) == []
    typed = from_the_command_line(mine, tmp_path)
    dismiss_workers()  # those of this process; of the window's own none may be left
    assert typed == told(shipped)


def test_figures_of_a_scenario_that_is_a_little_different_differ() -> None:
    few = edit(SHIPPED, FEW)
    later = edit(few, {"rules.remind.when.after": 0.043})
    one, same, other = (run(parse(text, name=""), workers=1) for text in (few, few, later))
    assert differing(one, same) == []
    assert all("nothing" not in difference for difference in differing(one, other))
    assert [difference for difference in differing(one, other) if ": rules: outcomes: all" in difference]


def build(builder: Builder, wanted: Mapping[str, Any]) -> None:
    """Do everything that there is to do, with the mouse, in the order in which one thing needs another."""
    builder.scenario(wanted)
    builder.items(wanted, "channels")
    builder.draw(wanted)
    builder.touchpoints(wanted)
    builder.by_table(wanted)
    builder.tables(wanted, "population", "activity")
    builder.items(wanted, "segments")
    builder.tables(wanted, "orchestration", "money")
    builder.items(wanted, "actions")
    builder.items(wanted, "rules")
    builder.experiment(wanted)
    builder.arms(wanted)


def run_by_mouse(builder: Builder, qtbot: QtBot, whole: int) -> Results:
    """Click Run, and wait for what the window shows from its store."""
    builder.press("run")
    simulation = builder.window.simulation
    qtbot.waitUntil(lambda: simulation.job is not None and simulation.job.over, timeout=RUN_MS)
    assert simulation.job is not None
    assert simulation.job.state == "finished", simulation.job.message
    qtbot.waitUntil(
        lambda: simulation.results is not None and len(simulation.results.replications) == whole, timeout=RUN_MS
    )
    assert simulation.results is not None
    return simulation.results


def from_the_command_line(file: Path, folder: Path) -> dict[str, Any]:
    """What `journey run FILE --json` says."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), pytest.raises(SystemExit) as ended:
        main(["run", str(file), "--json", "--db", str(folder / "other.sqlite")])
    assert ended.value.code == 0
    return figures(json.loads(printed.getvalue()))


def told(results: Results) -> dict[str, Any]:
    """The same of results."""
    return figures(json.loads(json.dumps(results.document(None))))


def figures(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a document says of the outcomes; not when and how fast they were simulated, of which file or set to what."""
    arms = [{key: value for key, value in arm.items() if key != "settings"} for arm in document["arms"]]
    return {"arms": arms} | {name: document[name] for name in ("comparisons", "seed", "replications", "customers")}


def alike(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Tables without what may be said otherwise."""
    return {key: value for key, value in tables.items() if key not in UNLIKE}
