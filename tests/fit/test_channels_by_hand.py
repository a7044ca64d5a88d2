"""Channels of a few journeys that are laid out for each rule."""

from collections.abc import Sequence

import duckdb
import pytest
from scipy.stats import ttest_ind

from sim.fit import FitError
from sim.fit.channels import NO_CHANNELS, Channels, channel_counts, find_channels
from sim.fit.events.eventlog import EventLog
from tests.fit.by_hand import log_of

Journey = Sequence[tuple[int, str | None]]
"""Activity and channel of each event."""


def met(connection: duckdb.DuckDBPyConnection, journeys: Sequence[Journey]) -> EventLog:
    """The log of these journeys, a case each; what is more in the database is no `part` of it."""
    connection.execute(
        "CREATE OR REPLACE TABLE steps "
        "(case_id VARCHAR, source INTEGER, channel VARCHAR, position INTEGER, asked BOOLEAN)"
    )
    rows = [
        (f"c{number}", activity, channel, position, True)
        for number, journey in enumerate(journeys)
        for position, (activity, channel) in enumerate(journey, 1)
    ]
    rows += [
        (f"other{number}", 2, ("Fax", "Post")[position % 2], position, False)
        for number in range(9)
        for position in (1, 2)
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    connection.execute("INSERT INTO steps SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)", columns)
    return log_of(["Look", "Buy", "Call"], connection)


def found(connection: duckdb.DuckDBPyConnection, journeys: Sequence[Journey]) -> Channels:
    return find_channels(met(connection, journeys), "where", "asked")


def on(channel: str | None, events: int = 2) -> Journey:
    """A journey that stays on one channel."""
    return [(0, channel)] * events


MIXED: list[Journey] = [
    [(0, "Web"), (1, "App")],
    [(0, "Web"), (1, "Web")],
    [(0, "App"), (1, "App")],
    [(0, "Web"), (1, None), (1, "App")],
]


def test_channels_are_counted_by_activity_the_most_frequent_first(connection: duckdb.DuckDBPyConnection) -> None:
    log = met(connection, [*MIXED, [(2, "Shop"), (2, "Kiosk")]])
    counted = channel_counts(log, "asked")
    assert [(number, list(by.items())) for number, by in counted.items()] == [
        (0, [("Web", 3), ("App", 1)]),
        (1, [("App", 3), ("Web", 1)]),
        (2, [("Kiosk", 1), ("Shop", 1)]),
    ]
    assert Channels(counted, {}, False, ()).names == ("Web", "App", "Kiosk", "Shop")
    assert channel_counts(log)[2] == {"Fax": 9, "Post": 9, "Kiosk": 1, "Shop": 1}


def test_a_channel_that_changes_is_told_with_how_often_draws_would_change_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    told = found(connection, [*MIXED, [(0, None)]])
    # Two of the four steps change it. Draws would give Web and Web in 3/4 of 1/4, App and App in 1/4 of 3/4 of them.
    assert told.notes == (
        '"where" changes at 50 % of the steps from one event to the next, in 2 of 4 cases; the scenario draws it anew '
        "at each visit, which changes it at 62.5 %",
    )
    assert told.trait is False
    # Of two channels that are as frequent in a case, the first is its own.
    assert list(told.customers.items()) == [("Web", 3), ("App", 1)]
    assert told.visits == {0: {"Web": 3, "App": 1}, 1: {"App": 3, "Web": 1}}


def test_draws_never_give_the_channel_that_an_activity_is_not_met_on(connection: duckdb.DuckDBPyConnection) -> None:
    (told,) = found(connection, [[(0, "Web"), (1, "App")], [(0, "Shop"), (1, "App")], [(1, "App")]]).notes
    assert told.endswith("in 2 of 2 cases; the scenario draws it anew at each visit, which changes it at 100 %")


def test_a_case_is_of_the_channel_that_most_of_its_events_have(connection: duckdb.DuckDBPyConnection) -> None:
    journey = [(0, "Web"), (0, "Shop"), (0, "App"), (0, "Shop"), (0, "App"), (0, "App")]
    told = found(connection, [journey, journey, on("Web"), on("Shop", 1)])
    assert list(told.customers.items()) == [("App", 2), ("Shop", 1), ("Web", 1)]


def kept(changing: Sequence[Journey]) -> list[Journey]:
    """Eighty cases, half of them on the web and half in the app, the last of which change it so."""
    return [*[on("Web"), on("App")] * ((80 - len(changing)) // 2), *changing]


BACK, FORTH = [(0, "App"), (0, "Web")], [(0, "Web"), (0, "App")]


def test_a_channel_is_a_trait_where_it_changes_at_a_twentieth_of_what_draws_would(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    # Draws would change it in 40 of 80 cases.
    two = found(connection, kept([BACK, FORTH]))
    assert two.trait is True
    assert two.notes == (
        '"where" is taken to belong to the customer, so each channel is a segment: 78 of the 80 cases with more than '
        "one event that has a channel keep theirs",
    )
    four = found(connection, kept([BACK, FORTH, BACK, FORTH]))
    assert four.trait is False
    assert four.notes[0].startswith('"where" changes at 5 % of the steps from one event to the next, in 4 of 80 cases')


def test_all_who_keep_theirs_and_those_who_have_none_are_told(connection: duckdb.DuckDBPyConnection) -> None:
    told = found(connection, [*kept([]), on(None), on(None, 3), on("App", 1)])
    assert told.notes == (
        '"where" is taken to belong to the customer, so each channel is a segment: all 80 cases with more than one '
        "event that has a channel keep theirs",
        "2 cases have no channel at all: they are assumed to be spread like the others",
    )
    assert list(told.customers.items()) == [("App", 41), ("Web", 40)]


@pytest.mark.parametrize("journeys", [[on("Web")] * 3, [on("Web", 1), on("App", 1)]])
def test_one_channel_and_one_event_each_tell_nothing(
    journeys: list[Journey], connection: duckdb.DuckDBPyConnection
) -> None:
    told = found(connection, journeys)
    assert (told.trait, told.notes) == (False, ())


def test_one_step_on_one_of_two_channels_is_enough_to_keep_it(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, [on("Web"), on("App", 1)]).trait is True


def test_a_log_without_a_column_for_channels_has_none_that_anybody_keeps() -> None:
    assert (NO_CHANNELS.names, dict(NO_CHANNELS.customers)) == ((), {})
    assert NO_CHANNELS.trait is False
    assert NO_CHANNELS.notes == ()


def test_two_hundred_channels_may_be_kept_and_no_more(connection: duckdb.DuckDBPyConnection) -> None:
    shops = [on(f"Shop {number}") for number in range(201)]
    assert found(connection, shops[1:]).trait is True
    with pytest.raises(FitError) as caught:
        found(connection, shops)
    assert str(caught.value) == (
        "log.csv: column where: 201 different channels, each with its own customers, and a scenario can have 200; "
        "group its values, such as all shops into one"
    )


def told_uneven(connection: duckdb.DuckDBPyConnection, lengths: dict[str, list[int]]) -> list[str]:
    """What is told of channels whose journeys have so many events, the first of which has no channel."""
    journeys = [[(0, None), *on(channel, events - 1)] for channel, each in lengths.items() for events in each]
    return [line for line in found(connection, journeys).notes if "differ" in line]


def test_journeys_that_always_differ_in_length_are_told_the_longest_first(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert told_uneven(connection, {"Web": [3] * 5, "App": [4] * 5, "Shop": [6] * 5, "Once": [30]}) == [
        'journeys differ by channel: 6 events a case on "Shop", 3 on "Web"; the scenario gives all channels the same '
        "journey, so fit each channel's log by itself where that matters"
    ]
    assert told_uneven(connection, {"Web": [3] * 5, "App": [3] * 5}) == []
    assert told_uneven(connection, {"Web": [3] * 2, "App": [4] * 2}) != []
    assert told_uneven(connection, {"Web": [3, 3, 4] * 3, "App": [40]}) == []
    assert told_uneven(connection, {"Web": [3], "App": [40]}) == []


@pytest.mark.parametrize(
    ("app", "shop", "told"),
    [
        ([5] * 6 + [6] * 3, [], False),
        ([5] * 5 + [6] * 4, [], True),
        ([5] * 4 + [6, 7, 7, 7, 7], [4, 5, 4, 5], False),
        ([5] * 4 + [7] * 5, [4, 5, 4, 5], True),
    ],
)
def test_journeys_differ_where_chance_explains_it_less_than_once_in_a_thousand_logs(
    app: list[int], shop: list[int], told: bool, connection: duckdb.DuckDBPyConnection
) -> None:
    web = [3, 4, 5] * 3
    # The two that differ most were looked for among one pair of channels, or among three.
    p = float(ttest_ind(web, app, equal_var=False).pvalue) * (3 if shop else 1)
    assert 0.0008 < p < 0.001 if told else 0.001 < p < 0.0016
    assert bool(told_uneven(connection, {"Web": web, "App": app, "Shop": shop})) == told


@pytest.mark.parametrize(("web", "app"), [([3, 3, 3], [5, 6, 7, 8, 6]), ([3, 5, 2, 6], [8, 8, 8])])
def test_journeys_of_one_length_on_one_channel_may_differ_from_others(
    web: list[int], app: list[int], connection: duckdb.DuckDBPyConnection
) -> None:
    assert told_uneven(connection, {"Web": web, "App": app}) == []  # as few as these are no proof
    assert told_uneven(connection, {"Web": web * 4, "App": app * 4}) != []


def test_a_few_journeys_of_very_different_lengths_are_no_proof_beside_many_of_one_length(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    # The deviation of the three is 2: their mean of 6 is 2.6 times its error above the 3 of the others.
    assert told_uneven(connection, {"Web": [3] * 30, "App": [4, 6, 8]}) == []
