"""Every outcome that is a count, worked out again from the exported events by a script that knows nothing else.

It reads the Parquet file of `journey run --events` and the scenario's TOML, and follows docs/reference/outcomes.md.
"""

import json
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from app.cli.main import main
from sim.store import Store

SCENARIOS = sorted((Path(__file__).resolve().parents[2] / "scenarios").glob("*.toml"))
QUICK = ("cart-recovery", "online-shop")
CUSTOMERS = 400

COUNTED = (
    "arrivals",
    "conversion_rate",
    "purchase_rate",
    "completion_rate",
    "repeat_rate",
    "order_value",
    "active_30",
    "churn_rate",
    "reactivation_rate",
    "revenue",
    "contacts_per_customer",
    "messages_per_customer",
    "transactional_per_customer",
    "delivery_rate",
    "open_rate",
    "response_rate",
    "opt_out_rate",
    "handoffs_per_customer",
    "context_kept_rate",
    "desk_wait_minutes",
    "desk_still_waiting_rate",
    "desk_abandon_rate",
    "desk_turned_away_rate",
    "nps",
    "csat",
    "ces",
    "sentiment",
)

READ = ("goal", "exit", "lapsed", "kind", "transactional", "refund_rate", "horizon", "sentiment_rate")
"""Keys that the script reads in the file as it stands: no arm, phase or shock of a shipped scenario changes them."""

BY_CUSTOMER = ("treated", "holdout")
"""Groups of which a run tells only what it keeps of each customer: no messages, answers or refusals at desks."""


class Row(NamedTuple):
    """An event."""

    arm: str
    segment: str
    customer: int
    time: float
    event: str
    touchpoint: str
    channel: str | None
    action: str | None
    value: float | None
    holdout: bool | None


def rows_of(path: Path) -> list[Row]:
    """The exported events, in their order."""
    query = f"SELECT {', '.join(Row._fields)} FROM read_parquet(?, file_row_number = true) ORDER BY file_row_number"
    with duckdb.connect() as duck:
        return [Row(*each) for each in duck.execute(query, [str(path)]).fetchall()]


def counted(rows: Sequence[Row], tables: Mapping[str, Any], horizon: float) -> dict[str, float]:
    """The outcomes of these events; what has nothing to divide by is left out."""
    touchpoints = {each["id"]: each for each in tables["touchpoints"]}
    actions = {each["id"]: each for each in tables.get("actions", [])}
    alive = {id_ for id_, each in touchpoints.items() if not each.get("exit") and not each.get("lapsed")}
    lapsed = {id_ for id_, each in touchpoints.items() if each.get("lapsed")}
    goals = {id_: each["goal"] for id_, each in touchpoints.items() if each.get("goal")}
    rate = tables.get("behaviour", {}).get("sentiment_rate", 0.25)
    values: dict[str, list[float]] = defaultdict(list)
    who: dict[str, set[int]] = defaultdict(set)
    conversions: dict[int, int] = defaultdict(int)
    mood: dict[int, float] = defaultdict(float)
    waits: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for row in rows:
        event, customer, value = row.event, row.customer, row.value or 0.0
        if row.action is not None:
            action = actions[row.action]
            if action.get("kind", "message") in ("message", "offer", "call"):
                values[f"receipt {event}" if action.get("transactional") else event].append(value)
            continue
        values[event].append(value)
        who[event].add(customer)
        if event == "enter":
            values["contact"] += [] if row.channel is None else [1]
            if row.touchpoint in lapsed:
                who["lapsed"].add(customer)
            elif row.touchpoint in alive and customer in who["lapsed"]:
                who["returned"].add(customer)
        if event in ("enter", "experience") and row.touchpoint in alive and row.time >= horizon - 30 - 1e-9:
            who["recent"].add(customer)
        if event == "experience":
            mood[customer] += rate * (value - mood[customer])
        elif event == "conversion":
            conversions[customer] += 1
            values["purchase"] += [value] if "value" in goals[row.touchpoint] else []
        elif event == "asked":
            waits[customer].append(((horizon - row.time) * 1440, False))
        elif event == "called_back" or (event in ("served", "gave_up") and not waits[customer][-1][1]):
            waits[customer][-1] = (value, True)
        elif event == "turned_away":
            waits[customer].pop()
    n = defaultdict(int, {event: len(found) for event, found in values.items()})
    arrivals, won = len(who["enter"]), len(who["conversion"])
    churning = who["conversion"] if any(goal["kind"] == "conversion" for goal in goals.values()) else who["enter"]
    asked = [wait for of_customer in waits.values() for wait in of_customer]
    promoters = sum(answer >= 9 for answer in values["nps"]) - sum(answer <= 6 for answer in values["nps"])
    money = sum(values["conversion"]) + sum(values["value"]) + sum(values["completion"])
    parts = {
        "arrivals": (arrivals, 1),
        "conversion_rate": (won, arrivals),
        "purchase_rate": (n["purchase"], arrivals),
        "completion_rate": (len(who["completion"] | who["completed"]), arrivals),
        "repeat_rate": (sum(times >= 2 for times in conversions.values()), won),
        "order_value": (sum(values["purchase"]), n["purchase"]),
        "active_30": (len(who["recent"] & who["conversion"]), won),
        "churn_rate": (len(who["churn"] & churning), len(churning)),
        "reactivation_rate": (len(who["returned"]), len(who["lapsed"])),
        "revenue": (money * (1 - tables.get("money", {}).get("refund_rate", 0.0)), 1),
        "contacts_per_customer": (n["contact"] + n["sent"] + n["receipt sent"], arrivals),
        "messages_per_customer": (n["sent"] + n["receipt sent"], arrivals),
        "transactional_per_customer": (n["receipt sent"], arrivals),
        "delivery_rate": (n["delivered"], n["sent"]),
        "open_rate": (n["opened"], n["delivered"]),
        "response_rate": (n["responded"], n["opened"]),
        "opt_out_rate": (n["opted_out"], n["delivered"]),
        "handoffs_per_customer": (n["handoff"], arrivals),
        "context_kept_rate": (sum(values["handoff"]), n["handoff"]),
        "desk_wait_minutes": (mean_wait(asked), 1 if asked else 0),
        "desk_still_waiting_rate": (sum(not ended for _, ended in asked), len(asked)),
        "desk_abandon_rate": (n["gave_up"], len(asked)),
        "desk_turned_away_rate": (n["turned_away"], n["asked"]),
        "nps": (100 * promoters, n["nps"]),
        "csat": (sum(values["csat"]), n["csat"]),
        "ces": (sum(values["ces"]), n["ces"]),
        "sentiment": (sum(mood.values()), arrivals),
    }
    return {id_: part / whole for id_, (part, whole) in parts.items() if whole}


def mean_wait(waits: Sequence[tuple[float, bool]]) -> float:
    """The mean by Kaplan and Meier up to the longest wait seen, of waits and whether each has ended."""
    mean, waiting, before = 0.0, 1.0, 0.0
    for minutes in sorted({minutes for minutes, _ in waits}):
        mean, before = mean + waiting * (minutes - before), minutes
        left = sum(other >= minutes for other, _ in waits)
        waiting *= 1 - sum(ended for other, ended in waits if other == minutes) / left
    return mean


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=() if path.stem in QUICK else pytest.mark.slow, id=path.stem) for path in SCENARIOS],
)
def test_a_count_of_the_exported_events_gives_the_outcomes_of_every_arm_and_group(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    assert_reads_what_never_changes(tables)
    db, events = tmp_path / "runs.sqlite", tmp_path / "events.parquet"
    few = ("--customers", str(CUSTOMERS), "--replications", "1", "--workers", "1")
    with pytest.raises(SystemExit) as left:
        main(["run", str(path), *few, "--db", str(db), "--events", str(events), "--json"])
    assert left.value.code == 0
    run = json.loads(capsys.readouterr().out)["run"]
    with Store(db, read_only=True) as store:
        (replication,) = store.replications(run)
    rows = rows_of(events)
    compared = 0
    for measured in replication.arms:
        of_arm = [row for row in rows if row.arm == measured.arm]
        for group, stored in {**measured.outcomes, **measured.groups}.items():
            found = counted([row for row in of_arm if belongs(row, group)], tables, tables["horizon"])
            for id_ in COUNTED:
                where = f"{measured.arm}, {group}: {id_}"
                if id_ in stored:
                    assert found[id_] == pytest.approx(stored[id_], rel=1e-9, abs=1e-9), where
                    compared += 1
                elif group not in BY_CUSTOMER:
                    assert not found.get(id_) or id_ in measured.absent, where
    assert compared >= 30 * len(replication.arms)


def assert_reads_what_never_changes(tables: Mapping[str, Any]) -> None:
    assert "extends" not in tables
    changing = [*tables.get("experiment", {}).get("arms", []), *tables.get("phases", []), *tables.get("shocks", [])]
    for each in changing:
        for address in each.get("set", {}):
            assert not set(READ) & set(address.split(".")), address


def belongs(row: Row, group: str) -> bool:
    """Whether an event is of a customer of this segment or group, or of anybody."""
    if group in BY_CUSTOMER:
        return row.holdout is (group == "holdout")
    return group in ("all", row.segment)
