"""Channels that are drawn at each visit, and channels that customers keep."""

from pathlib import Path

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.fit import FitError, Fitted, fit
from sim.fit.compare import share_interval
from sim.fit.fitting import fit as fit_half
from sim.scenario import Scenario, parse
from tests.fit.logs import NAMES, orders, stamp, write_log

Row = tuple[str, str, str, str]


def fitted(folder: Path, rows: list[Row]) -> Fitted:
    log = write_log(folder / "log.csv", rows, (*NAMES, "channel"))
    return fit(log, **NAMES, channel="channel", scratch=folder)


def of_customer(case: str) -> str:
    """Five in ten customers use the shop's site, three its app, two its stores."""
    return ("Web", "Web", "Web", "Web", "Web", "App", "App", "App", "Store", "Store")[int(case[1:]) * 7 % 10]


def kept(cases: int = 400) -> list[Row]:
    return [(*row, of_customer(row[0])) for row in orders(cases)]


def played(text: str, replications: int = 5) -> tuple[Scenario, list[History]]:
    scenario = parse(text).scenario
    program = compile_program(scenario, scenario)
    return scenario, [simulate(program, 1, number) for number in range(replications)]


def contacts(histories: list[History]) -> dict[str, int]:
    """Contacts by channel in all histories."""
    counted = sum(each.channel_contacts.sum(axis=0) for each in histories)
    return dict(zip(histories[0].channels, np.asarray(counted).tolist(), strict=True))


def test_a_channel_that_every_customer_keeps_gives_no_handoffs_and_the_mix_of_the_log(tmp_path: Path) -> None:
    found = fitted(tmp_path, kept())
    scenario, histories = played(found.text)
    assert {each.id: each.share for each in scenario.segments} == {"web": 0.5, "app": 0.3, "store": 0.2}
    assert sum(each.customers.handoffs.sum() for each in histories) == 0
    simulated = contacts(histories)
    total = sum(simulated.values())
    for channel, share in (("web", 0.5), ("app", 0.3), ("store", 0.2)):
        low, high = share_interval(round(share * 800), 800)  # the log has 800 events
        assert low < simulated[channel] / total < high, channel
    assert (
        '"channel" is taken to belong to the customer, so each channel is a segment: all 400 cases with more than one '
        "event that has a channel keep theirs"
    ) in found.report


def test_customers_who_keep_their_channel_take_the_same_transitions_as_without_channels(tmp_path: Path) -> None:
    text = fitted(tmp_path, kept()).text
    alone = fit(write_log(tmp_path / "alone.csv", orders(400)), **NAMES, scratch=tmp_path).text
    with_channels, without = (played(each)[1] for each in (text, alone))
    for one, other in zip(with_channels, without, strict=True):
        assert one.transitions == other.transitions
        assert one.at_transitions.chosen.sum(axis=0).tolist() == other.at_transitions.chosen.sum(axis=0).tolist()


def test_each_customer_may_go_anywhere_on_their_own_channel(tmp_path: Path) -> None:
    # Nobody of the stores ever ordered, but the transitions are shared: some simulated ones do.
    rows: list[Row] = [(*row, "Store" if int(row[0][1:]) % 4 == 0 else "Web") for row in orders(400)]
    _, histories = played(fitted(tmp_path, rows).text)
    assert sum(each.customers.handoffs.sum() for each in histories) == 0


def test_a_few_changes_leave_the_channel_a_trait_and_are_counted(tmp_path: Path) -> None:
    rows = kept()
    rows[0] = (*rows[0][:3], "Catalogue")  # c0 looks in the catalogue and then on the web
    found = fitted(tmp_path, rows)
    assert "399 of the 400 cases with more than one event that has a channel keep theirs" in "\n".join(found.report)
    scenario, histories = played(found.text)
    assert sum(each.share for each in scenario.segments) == pytest.approx(1, abs=1e-6)
    assert sum(each.customers.handoffs.sum() for each in histories) == 0


def test_a_channel_that_changes_is_drawn_at_each_visit_and_the_report_says_how_often_it_changes(
    tmp_path: Path,
) -> None:
    # Every second customer goes from the web to the phone; one in two events each way.
    rows: list[Row] = [
        (f"c{n}", step, stamp(n % 150 + 1 + index), "Phone" if index and n % 2 else "Web")
        for n in range(200)
        for index, step in enumerate(("Look", "Order"))
    ]
    found = fitted(tmp_path, rows)
    assert parse(found.text).scenario.segments == ()
    assert (
        '"channel" changes at 50 % of the steps from one event to the next, in 100 of 200 cases; the scenario draws '
        "it anew at each visit, which changes it at 50 %"
    ) in found.report


def test_one_channel_for_all_needs_no_segments(tmp_path: Path) -> None:
    found = fitted(tmp_path, [(*row, "Web") for row in orders()])
    assert parse(found.text).scenario.segments == ()
    assert not any("channel" in line for line in found.report)


def test_channels_seen_once_for_each_customer_are_neither(tmp_path: Path) -> None:
    rows: list[Row] = [(*row, of_customer(row[0]) if index % 2 == 0 else "") for index, row in enumerate(orders())]
    found = fitted(tmp_path, rows)
    assert parse(found.text).scenario.segments == ()


def test_customers_without_a_channel_are_counted_and_divided_as_the_others(tmp_path: Path) -> None:
    rows: list[Row] = [(*row, "" if int(row[0][1:]) % 10 == 0 else of_customer(row[0])) for row in orders(400)]
    found = fitted(tmp_path, rows)
    assert "40 cases have no channel at all: they are assumed to be spread like the others" in found.report
    shares = [each.share for each in parse(found.text).scenario.segments]
    assert shares == [pytest.approx(share, abs=1e-6) for share in (160 / 360, 120 / 360, 80 / 360)]


def test_journeys_that_differ_by_channel_are_said_to(tmp_path: Path) -> None:
    rows: list[Row] = [
        (f"c{n}", "Buy", stamp(n % 100 + 1 + visit), "Store" if n % 2 else "Web")
        for n in range(200)
        for visit in range(2 + n % 3 + (4 if n % 2 else 0))
    ]
    told = next(line for line in fitted(tmp_path, rows).report if "journeys differ" in line)
    assert told.startswith('journeys differ by channel: 7 events a case on "Store", 2.99 on "Web"; ')
    assert not any("journeys differ" in line for line in fitted(tmp_path, kept()).report)


def test_a_channel_called_like_a_group_of_the_results_gets_another_id(tmp_path: Path) -> None:
    rows: list[Row] = [(*row, "All" if int(row[0][1:]) % 2 else "Treated") for row in orders()]
    scenario = parse(fitted(tmp_path, rows).text).scenario
    assert {(each.id, each.name) for each in scenario.segments} == {("all-2", "All"), ("treated-2", "Treated")}
    assert {each.id for each in scenario.channels} == {"all", "treated"}


def test_too_many_channels_to_be_segments_are_refused(tmp_path: Path) -> None:
    rows: list[Row] = [(*row, f"shop {int(row[0][1:]) % 250}") for row in orders(500)]
    with pytest.raises(FitError, match="column channel: 250 different channels, each with its own customers"):
        fitted(tmp_path, rows)


def test_half_a_log_has_the_channels_of_its_half(tmp_path: Path) -> None:
    rows: list[Row] = [
        (f"c{n}", step, stamp(n + 1 + index), "Web" if n < 50 else "App")
        for n in range(100)
        for index, step in enumerate(("Look", "Order"))
    ]
    log = write_log(tmp_path / "log.csv", rows, (*NAMES, "channel"))
    first = parse(fit_half(log, **NAMES, channel="channel", half="first", scratch=tmp_path).text).scenario
    assert ([each.id for each in first.channels], first.segments) == (["web"], ())
