"""Which zones a log's times have, and how they are taken."""

import re

import pytest

from sim.fit import FitError
from sim.fit.cells.time_zones import NO_ZONES, ZONE, Zones, take

HOUR = 3_600_000_000
UTC = "all were converted to UTC"


def taken(*found: str, **asked: str) -> Zones:
    return take(found, asked, "log.csv", "when")


def refusal(*found: str, **asked: str) -> str:
    with pytest.raises(FitError) as caught:
        taken(*found, **asked)
    assert {each.file for each in caught.value.findings} == {"log.csv"}
    return str(caught.value)


@pytest.mark.parametrize(
    ("time", "zone"),
    [
        ("2026-03-01 10:00", None),
        ("2026-03-01 10:00Z", "Z"),
        ("2026-03-01 10:00:00.250 CET", "CET"),
        ("2026-03-01 10:00:00,5 PM  PST", "PST"),
        ("2026-03-01 1:00 pm", None),
        ("2026-03-01T10:00:00+01", "+01"),
        ("2026-03-01T10:00:00-0530", "-0530"),
        ("2026-03-01T10:00:00 +05:30", "+05:30"),
        ("2026-03-01T10:00:00 GMT+2", "GMT+2"),
        ("2026-03-01T10:00:00 UTC -05:00", "UTC -05:00"),
        ("2026-03-01T10:00:00 America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("2026-03-01 CET", None),
        ("2026-03-01 10:00 central", None),
        ("2026-03-01 10:00 PM", "PM"),
    ],
)
def test_a_zone_is_what_follows_a_clock(time: str, zone: str | None) -> None:
    match = re.search(ZONE, time)
    assert (match and match[1]) == zone


@pytest.mark.parametrize("found", [(), ("",), ("PM", "AM", "", "Pm", "Am"), NO_ZONES])
def test_times_without_a_zone_keep_their_clock_and_nothing_is_said(found: tuple[str, ...]) -> None:
    assert taken(*found) == Zones(True, {}, (), None)


@pytest.mark.parametrize("zone", ["Z", "GMT", "+05:30", "IST", "Europe/Berlin", "XYZ"])
def test_one_zone_throughout_keeps_its_clock_whatever_it_is(zone: str) -> None:
    assert taken(zone) == Zones(True, {}, (), f"times keep their local clock ({zone})")


def test_one_zone_whose_meaning_is_given_is_converted_without_a_word() -> None:
    assert taken("IST", IST="+05:30") == Zones(False, {"IST": 5 * HOUR + HOUR // 2}, (), None)
    assert taken("XYZ", XYZ="-01:00", ABC="+01:00") == Zones(False, {"XYZ": -HOUR}, (), None)


@pytest.mark.parametrize("zone", ["Z", "UTC", "GMT", "+00:00"])
def test_utc_on_some_rows_alone_is_not_worth_a_word(zone: str) -> None:
    assert taken(zone, "") == Zones(False, {zone: 0, "": 0}, (), None)
    assert taken("", zone, "PM") == Zones(False, {"": 0, zone: 0}, (), None)


def test_utc_on_some_rows_is_told_where_it_is_given_another_meaning() -> None:
    assert taken("Z", "", Z="+01:00") == Zones(
        False, {"Z": HOUR, "": 0}, (), f"times have several zones (Z, none); {UTC}"
    )


def test_several_zones_are_converted_each_by_its_offset_and_listed_the_most_frequent_first() -> None:
    assert taken("CET", "+02:00", "", "EST", "Z") == Zones(
        False,
        {"CET": HOUR, "+02:00": 2 * HOUR, "": 0, "EST": -5 * HOUR, "Z": 0},
        (),
        f"times have several zones (CET = +01:00, +02:00, none, EST = -05:00, Z); {UTC}",
    )
    many = taken("CET", "EET", "MSK", "ACST", "HST", "UTC").note
    assert many == (
        "times have several zones (CET = +01:00, EET = +02:00, MSK = +03:00, ACST = +09:30, HST = -10:00 …); " + UTC
    )


def test_a_meaning_is_told_in_hours_and_minutes_and_what_means_utc_itself_as_well() -> None:
    assert taken("XYZ", "WET", "ACDT", "UTC", XYZ="+12:50").note == (
        f"times have several zones (XYZ = +12:50, WET = +00:00, ACDT = +10:30, UTC); {UTC}"
    )


def test_regions_are_left_to_the_date_and_what_is_no_zone_is_left_out() -> None:
    assert taken("Europe/Berlin", "No/Where", "XYZ", "EST5EDT", "GMT") == Zones(
        False,
        {"GMT": 0},
        ("Europe/Berlin",),
        f"times have several zones (Europe/Berlin, No/Where, XYZ, EST5EDT, GMT); {UTC}",
    )


HOURS = {
    **{"Z": 0, "UT": 0, "WET": 0, "BST": 1, "CET": 1, "MEZ": 1, "WEST": 1, "WAT": 1, "CEST": 2, "MESZ": 2, "EET": 2},
    **{"SAST": 2, "CAT": 2, "EEST": 3, "MSK": 3, "TRT": 3, "EAT": 3, "IDT": 3, "PKT": 5, "WIB": 7, "ICT": 7, "SGT": 8},
    **{"HKT": 8, "AWST": 8, "PHT": 8, "MYT": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "ACDT": 10.5, "AEDT": 11},
    **{"NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3, "ADT": -3, "EDT": -4, "EST": -5, "CDT": -5, "MDT": -6, "MST": -7},
    **{"PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10, "Cet": 1},
    **{"+1": 1, "-01": -1, "+0130": 1.5, "-01:30": -1.5, "UTC+2": 2, "GMT -3": -3, "UTC +04:45": 4.75},
    **{"+19": 19, "-19:59": -(19 + 59 / 60), "+123": 1 + 23 / 60},
}


def test_what_is_written_means_so_many_hours_ahead_of_utc() -> None:
    found = {zone: taken("+00:00", zone) for zone in HOURS}
    assert {zone: each.offsets[zone] for zone, each in found.items()} == {
        zone: round(hours * HOUR) for zone, hours in HOURS.items()
    }
    for zone in ("+20", "+0060", "+1:5"):
        assert taken("+00:00", zone).offsets == {"+00:00": 0}


@pytest.mark.parametrize(
    ("zone", "beside", "hours"),
    [
        ("IST", "IDT", 2),
        ("AST", "ADT", -4),
        *(("CST", each, -6) for each in ("EST", "EDT", "CDT", "MST", "MDT", "PST", "PDT")),
    ],
)
def test_an_abbreviation_of_several_meanings_is_told_by_those_beside_it(zone: str, beside: str, hours: int) -> None:
    assert taken(zone, beside).offsets[zone] == hours * HOUR
    assert taken("Z", zone, beside).offsets[zone] == hours * HOUR


@pytest.mark.parametrize(
    ("zone", "meanings", "example"),
    [
        ("IST", "India (+05:30), Israel (+02:00) or Ireland (+01:00)", "+05:30"),
        ("CST", "the central USA (-06:00), China (+08:00) or Cuba (-05:00)", "-06:00"),
        ("AST", "the Atlantic coast (-04:00) or Arabia (+03:00)", "+03:00"),
    ],
)
def test_an_abbreviation_of_several_meanings_is_refused_with_them_and_an_example(
    zone: str, meanings: str, example: str
) -> None:
    assert refusal(zone, "GMT") == (
        f'log.csv: column when: "{zone}" may be {meanings}, and other zones are in use too; '
        f"say which is meant, such as --time-zone {zone}={example}"
    )
    assert taken(zone, "GMT", **{zone: "+03:00"}).offsets == {zone: 3 * HOUR, "GMT": 0}


@pytest.mark.parametrize("offset", ["five", "+20:00", "05:30", "+05:60", "+05:30:00"])
def test_a_meaning_that_is_no_offset_is_refused(offset: str) -> None:
    with pytest.raises(FitError) as caught:
        taken("", XYZ=offset)
    assert str(caught.value) == f'time zone XYZ: "{offset}" is not an offset from UTC; write it like XYZ=+05:30'
    assert caught.value.findings[0].file == ""
