import datetime
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from sim.store import Store
from tests.cli.conftest import Journey, write_scenario
from tests.store.older import as_version_3


@pytest.fixture
def ran(journey: Journey, scenario: Path) -> str:
    """The id of a finished run in the usual store."""
    return str(json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"])


def test_runs_lists_what_is_stored_the_last_first(journey: Journey, ran: str) -> None:
    other = write_scenario(Path("other.toml"), id="other")
    journey("run", other, "--replications", 1, "--workers", 1)
    lines = journey("runs").out.splitlines()
    assert [line.split()[1] for line in lines[1:]] == ["other", "small"]
    assert lines[2].startswith(ran)
    assert [run["replications"] for run in json.loads(journey("runs", "--json").out)] == [1, 3]


def test_without_a_store_there_are_no_runs_and_none_is_made(journey: Journey, tmp_path: Path) -> None:
    ended = journey("runs")
    assert ended.code == 0
    assert "There are no runs yet" in ended.err
    assert not (tmp_path / "data").exists()
    assert journey("runs", "--db", "none.sqlite").code == 2


def test_show_knows_a_run_by_a_few_letters(journey: Journey, ran: str) -> None:
    assert f"Stored as run {ran}" in journey("show", ran[:4]).out


@pytest.mark.parametrize("command", [["show"], ["export", "-o", "out"]])
def test_a_run_that_is_not_there_is_wrong_input(journey: Journey, ran: str, command: list[str]) -> None:
    ended = journey(command[0], "zzzz", *command[1:])
    assert ended.code == 2
    assert 'there is no run "zzzz" in this store' in ended.err
    assert not Path("out").exists()


def test_showing_changes_nothing(journey: Journey, ran: str, tmp_path: Path) -> None:
    store = tmp_path / "data" / "journey.sqlite"
    before = store.read_bytes()
    for command in (["runs"], ["show", "latest"], ["export", "latest", "-o", "out", "--events"]):
        assert journey(*command).code == 0
    assert store.read_bytes() == before


def test_tables_are_exported_with_every_digit(journey: Journey, ran: str, tmp_path: Path) -> None:
    import duckdb

    assert journey("export", ran, "-o", "csv").code == 0
    assert journey("export", ran, "-o", "parquet", "--format", "parquet").code == 0
    with Store(tmp_path / "data" / "journey.sqlite") as store:
        stored = {
            (arm.arm, one.number, segment, outcome): value
            for one in store.replications(ran)
            for arm in one.arms
            for segment, outcomes in arm.outcomes.items()
            for outcome, value in outcomes.items()
        }
    for file in ("csv/outcomes.csv", "parquet/outcomes.parquet"):
        with duckdb.connect() as duck:
            rows = duck.execute(f"select arm, replication, segment, outcome, value from '{file}'").fetchall()
        assert {row[:4]: row[4] for row in rows} == stored


def test_every_event_is_exported_with_the_columns_agreed_on(journey: Journey, ran: str) -> None:
    import duckdb

    assert journey("export", ran, "-o", "out", "--events", "--arm", "keener", "--replication", 1).code == 0
    with duckdb.connect() as duck:
        columns = [row[0] for row in duck.execute("describe from 'out/events.parquet'").fetchall()]
        first = duck.execute(
            "select run, arm, replication, time, event, touchpoint, stage, channel, action, segment, value "
            "from 'out/events.parquet' where customer = 0"
        ).fetchall()
        dated = duck.execute("select time, date from 'out/events.parquet' where customer = 0").fetchall()
    assert " ".join(columns) == (
        "run arm replication customer time event touchpoint stage channel action segment value rule holdout date"
    )
    assert dated == [(event[3], datetime.datetime(2026, 1, 5) + datetime.timedelta(days=event[3])) for event in first]
    assert dated[2] == (1.0, datetime.datetime(2026, 1, 6))
    assert first[0][:3] == (ran, "keener", 1)
    assert first[0][3:] == (0.0, "enter", "start", "awareness", "web", None, "everyone", None)
    assert [event[4:6] for event in first] == [
        ("enter", "start"),
        ("experience", "start"),
        ("enter", "middle"),
        ("experience", "middle"),
        ("enter", "done"),
        ("conversion", "done"),
        ("completed", "done"),
    ]
    assert [event[10] for event in first if event[4] == "conversion"] == [50.0]


def test_visits_are_exported_as_xes_with_goals_and_dates(journey: Journey, ran: str) -> None:
    assert journey("export", ran, "-o", "out", "--format", "xes", "--arm", "now").code == 0
    log = ET.parse("out/visits.xes").getroot()
    space = {"x": "http://www.xes-standard.org/"}
    traces = log.findall("x:trace", space)
    assert len(traces) == 100
    values = [{item.get("key"): item.get("value") for item in event} for event in traces[0].findall("x:event", space)]
    assert [value["concept:name"] for value in values][:2] == ["start", "middle"]
    assert values[1]["time:timestamp"] == "2026-01-06T00:00:00.000000+00:00"
    goals = [
        value for trace in traces for value in map(_attributes, trace.findall("x:event", space)) if "goal" in value
    ]
    assert {(goal["concept:name"], goal["goal"], goal["value"]) for goal in goals} == {("done", "conversion", "50.0")}


def _attributes(event: ET.Element) -> dict[str | None, str | None]:
    return {item.get("key"): item.get("value") for item in event}


def test_an_exported_xes_log_can_be_fitted(journey: Journey, ran: str) -> None:
    journey("export", ran, "-o", "out", "--format", "xes", "--arm", "now")
    ended = journey("fit", "out/visits.xes", "-o", "fitted.toml", "--goal", "done", "--churn", "gone")
    assert ended.code == 0, ended.err
    found = json.loads(journey("run", "fitted.toml", "--replications", 1, "--workers", 1, "--json").out)
    assert found["arms"][0]["outcomes"]["conversion_rate"]["mean"] > 0.5


def test_the_journey_is_exported_as_a_graph_with_its_figures(journey: Journey, ran: str) -> None:
    import networkx as nx

    assert journey("export", ran, "-o", "out", "--format", "graphml").code == 0
    graph = nx.read_graphml("out/journey-keener.graphml")
    assert set(graph.nodes) == {"start", "middle", "done", "gone"}
    assert graph.nodes["start"]["measured_visits"] == 100
    assert graph.nodes["done"]["goal"] == "conversion"
    assert graph.edges["middle", "done"]["share"] == 6
    assert 0.75 < graph.edges["middle", "done"]["measured_share"] < 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--arm", "nobody", "--events"], "has no such arm; it has now, keener"),
        (["--replication", "9", "--events"], "has no replication 9 in the store; there are 3, from 0 to 2"),
        (["--format", "docx"], "--format"),
    ],
)
def test_an_export_of_what_is_not_there_is_wrong_input(
    journey: Journey, ran: str, arguments: list[str], says: str
) -> None:
    ended = journey("export", ran, "-o", "out", *arguments)
    assert ended.code == 2
    assert says in ended.err
    assert not Path("out").exists()


def test_scenarios_lists_what_ships_and_copies_it_to_be_changed(journey: Journey) -> None:
    assert "online-shop" in journey("scenarios").out
    assert journey("scenarios", "--copy", "online-shop", "mine").code == 0
    again = journey("scenarios", "--copy", "online-shop", "mine")
    assert again.code == 2
    assert "a file of this name already exists" in again.err
    assert journey("validate", "mine/online-shop.toml", "--no-shares").code == 0
    unknown = journey("scenarios", "--copy", "shop", "mine")
    assert unknown.code == 2
    assert "these do: always-on-travel, bandit-vs-rules, cart-recovery, channel-modes, " in unknown.err


def test_validate_shows_how_the_shares_come_out_with_the_customers(journey: Journey) -> None:
    keen = write_scenario(
        Path("keen.toml"),
        population={"size": 5000},
        segments=[{"id": "keen", "traits": {"propensity": 2}}],
    )
    found = json.loads(journey("validate", keen, "--json").out)
    shares = {share["transition"]: share for share in found["shares"]}
    assert shares["middle/done"]["in_file"] == 0.75
    assert shares["middle/done"]["in_population"] > 0.85
    assert shares["start/middle"] == {
        "transition": "start/middle",
        "source": "start",
        "target": "middle",
        "in_file": 1.0,
        "in_population": 1.0,
        "visits": 2000,
    }
    assert "75.0 %" in journey("validate", keen).out


def test_validate_tells_what_a_run_could_not_simulate_yet(journey: Journey) -> None:
    later = write_scenario(Path("later.toml"), targets={"retention_90": {"value": 0.66}})
    ended = journey("validate", later)
    assert ended.code == 2
    assert "targets: this version does not simulate calibration to targets yet" in ended.err


def test_a_log_becomes_a_scenario_that_runs(journey: Journey) -> None:
    lines = ["who,what,when"]
    for case in range(60):
        lines.append(f"{case},look,2026-01-{1 + case % 20:02d} 10:00:00")
        lines.append(f"{case},{'buy' if case % 3 else 'leave'},2026-01-{2 + case % 20:02d} 10:00:00")
    Path("log.csv").write_text("\n".join(lines) + "\n")
    columns = ("--case", "who", "--activity", "what", "--time", "when")
    ended = journey("fit", "log.csv", *columns, "-o", "fitted.toml", "--goal", "buy", "--churn", "leave")
    assert ended.code == 0, ended.err
    assert "60 cases" in ended.out
    assert "Next: journey run fitted.toml" in ended.out
    assert journey("run", "fitted.toml", "--replications", 2, "--workers", 1).code == 0
    again = journey("fit", "log.csv", *columns, "-o", "fitted.toml")
    assert again.code == 2
    assert "this file already exists" in again.err
    assert journey("fit", "log.csv", *columns, "-o", "fitted.toml", "--force").code == 0


@pytest.mark.parametrize(
    ("log", "options", "says"),
    [
        ("a,b\n1,2\n", ["--case", "a", "--activity", "b", "--time", "c"], "column c: the log has no column"),
        ("a,b,c\n1,x,soon\n", ["--case", "a", "--activity", "b", "--time", "c"], 'the first is "soon"'),
        ("a,b,c\n1,x,soon\n", ["--case", "a"], "say which column is which with --activity, --time"),
        (None, ["--case", "a", "--activity", "b", "--time", "c"], "there is no such file"),
    ],
)
def test_a_log_that_cannot_be_used_is_told_in_clear_lines_and_nothing_is_written(
    journey: Journey, log: str | None, options: list[str], says: str
) -> None:
    if log is not None:
        Path("log.csv").write_text(log)
    ended = journey("fit", "log.csv", *options, "-o", "fitted.toml")
    assert ended.code == 2
    assert says in ended.err
    assert not Path("fitted.toml").exists()


def test_runs_shows_the_notes_where_there_are_any(journey: Journey, ran: str, tmp_path: Path) -> None:
    assert "note" not in journey("runs").out.splitlines()[0]
    with Store(tmp_path / "data" / "journey.sqlite") as store:
        store.annotate(ran, "for Monday")
    head, line = journey("runs").out.splitlines()
    assert head.split()[-1] == "note"
    assert line.endswith("for Monday")
    assert json.loads(journey("runs", "--json").out)[0]["note"] == "for Monday"


def test_a_run_of_an_older_version_is_shown_as_it_was_measured_and_said_to_be_one(
    journey: Journey, scenario: Path, tmp_path: Path
) -> None:
    nothing_to_win = write_scenario(
        Path("endless.toml"),
        touchpoints=[{"id": "start", "start": True}, {"id": "middle"}],
        transitions=[{"from": "start", "to": "middle", "share": 1, "delay": 1}],
    )
    for file in (scenario, nothing_to_win):
        journey("run", file, "--workers", 1)
        before = json.loads(journey("show", "latest", "--json").out)
        assert not any("older version" in note for note in before["notes"])
    as_version_3(tmp_path / "data" / "journey.sqlite")
    after = json.loads(journey("show", "latest", "--json").out)
    assert sum("measured by an older version" in note for note in after["notes"]) == 1
    assert after["arms"][0]["outcomes"]["arrivals"] == before["arms"][0]["outcomes"]["arrivals"]
