"""The fitted journey as the text of a scenario file, each figure with a comment on where it comes from."""

import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sim.fit.arrivals import Arrivals
from sim.fit.channels import Channels
from sim.fit.counting import Counts
from sim.fit.errors import printable
from sim.fit.events.eventlog import EventLog
from sim.fit.families import Described
from sim.fit.journey import Journey, Touchpoint, Transition, make_ids
from sim.scenario.checks.people import TAKEN

WIDTH = 110

ENDINGS = r"\.(csv|tsv|txt|jsonl?|ndjson|parquet|xes|xlsx|xlsm|xlsb|xls|ods|gz|bz2|xz|zst)(?=$|\.)"
"""What a log's name ends with that says nothing of what is in it."""


@dataclass(frozen=True)
class Conversion:
    """A touchpoint that is a conversion goal, and the money it brings, if the log says."""

    value: Described | None


def scenario_text(
    log: EventLog,
    counts: Counts,
    journey: Journey,
    arrivals: Arrivals,
    goals: Mapping[int, Conversion],
    channels: Channels,
    refunded: float,
    report: Iterable[str],
) -> str:
    """A scenario that stands alone; `goals` are by activity number, `refunded` is a share of their money."""
    stem = re.sub(ENDINGS, "", log.name, flags=re.IGNORECASE) or "log"
    (scenario_id,) = make_ids([stem])
    channel_ids = dict(zip(channels.names, make_ids(channels.names), strict=True))
    parts = [
        _heading(log, counts, report),
        f'format = 1\nid = "{scenario_id}"\nname = {_string(stem)}',
        f"about = {_string(_about(log, counts))}",
        f"start_date = {arrivals.start_date.isoformat()}\nhorizon = {arrivals.horizon}"
        "                                      # days from the first start to the end of the log",
        _provenance(log, arrivals),
        _population(counts, arrivals),
        _money(refunded),
        '[[stages]]\nid = "journey"',
        _channels(channel_ids, channels.trait),
        _segments(channels, channel_ids) if channels.trait else "",
        *(_touchpoint(each, counts, goals.get(each.number), channels, channel_ids) for each in journey.touchpoints),
        *(f'[[touchpoints]]\nid = "{exit_id}"\nexit = "{kind}"' for exit_id, kind in journey.exits),
        *(_leaving(journey, each, counts) for each in journey.touchpoints),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(log: EventLog, counts: Counts, report: Iterable[str]) -> str:
    lines = [
        f"Fitted to the event log {log.name}: {counts.cases:,} cases with {counts.events:,} events.",
        "Shares are counts; delays are the family that describes them best, or quantiles. How: docs/background/fit.md",
        "Nothing in a log tells how customers differ from one another or how they feel:",
        "traits and emotion keep their reference values, without spread.",
        *(f"- {line}" for line in report),
    ]
    return "\n".join(_comment(line) for line in lines)


def _about(log: EventLog, counts: Counts) -> str:
    return (
        f"Fitted to the event log {log.name}: {counts.cases:,} cases with {counts.events:,} events "
        f"from {day(log.first)} to {day(log.last)}."
    )


def day(microseconds: int) -> str:
    """The date of a time of the log."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).date().isoformat()


def _provenance(log: EventLog, arrivals: Arrivals) -> str:
    comment = "# how far the log reaches: a run that goes on for longer is told so"
    return f"[fitted]\nlog = {_string(log.name)}\ndays = {str(arrivals.horizon).ljust(41)}{comment}"


def _population(counts: Counts, arrivals: Arrivals) -> str:
    written = [f'pattern = "{arrivals.pattern}"']
    if arrivals.pattern != "cohort":
        written.append(f"over = {_number(arrivals.over)}")
    for key, weights in (("weekly", arrivals.weekly), ("hourly", arrivals.hourly)):
        if weights is not None:
            written.append(f"{key} = [{', '.join(_number(each, 3) for each in weights)}]")
    lines = ["[population]", f"size = {counts.cases}", f"# {arrivals.reason}"]
    if sum(map(len, written)) < WIDTH:
        return "\n".join([*lines, f"arrivals = {{ {', '.join(written)} }}"])
    return "\n".join([*lines, "", "[population.arrivals]", *written])


def _money(refunded: float) -> str:
    if refunded == 0:
        return ""
    return f"[money]\nrefund_rate = {_number(refunded).ljust(36)}# negative amounts of goals, of all their money"


def _channels(ids: Mapping[str, str], trait: bool) -> str:
    if not ids:
        return ""
    tables = [f'[[channels]]\nid = "{each}"\nname = {_string(name)}' for name, each in ids.items()]
    if trait:
        return "\n\n".join(tables)
    why = _comment(
        "The channels' shares at each touchpoint are the log's own: nobody prefers the channel they are on, "
        "and a change of channel loses nothing, so that the measured shares of the transitions hold."
    )
    omni = '[integration]\nmode = "omni"\ncarryover = 1'
    return "\n\n".join([*tables, f"{why}\n[behaviour]\nstickiness = 0", omni])


def _segments(channels: Channels, channel_ids: Mapping[str, str]) -> str:
    """A segment for each channel, whose customers meet on no other."""
    ids = make_ids([*TAKEN, *channels.customers])[len(TAKEN) :]
    total = sum(channels.customers.values())
    why = _comment("Customers keep their channel: those of a segment have an affinity to theirs alone.")
    tables = []
    for segment, (name, cases) in zip(ids, channels.customers.items(), strict=True):
        affinity = ", ".join(f"{each} = {int(own == name)}" for own, each in channel_ids.items())
        share = _number(cases / total)
        tables.append(
            f'[[segments]]\nid = "{segment}"\nname = {_string(name)}\n'
            f"share = {share.ljust(42)}# {cases:,} of {total:,} cases\n"
            f"affinity = {{ {affinity} }}"
        )
    return "\n\n".join([f"{why}\n{tables[0]}", *tables[1:]])


def _touchpoint(
    touchpoint: Touchpoint,
    counts: Counts,
    goal: Conversion | None,
    channels: Channels,
    channel_ids: Mapping[str, str],
) -> str:
    lines = [f"[[touchpoints]]                                   # {touchpoint.events:,} events"]
    lines += [f'id = "{touchpoint.id}"', f"name = {_string(touchpoint.name)}"]
    if touchpoint.starts:
        share = _number(touchpoint.starts / counts.cases)
        lines.append(f"start = {share.ljust(42)}# {touchpoint.starts:,} of {counts.cases:,} cases start here")
    if channel_ids:
        lines.append(_met_on(channels.visits.get(touchpoint.number, {}), channels.trait, channel_ids))
    if goal is not None:
        if goal.value is None:
            lines.append('goal = { kind = "conversion" }')
        else:
            lines.append(f"# value: {goal.value.reason}; {goal.value.values:,} amounts")
            lines.append(_wrapped('goal = { kind = "conversion", value = ', goal.value, " }"))
    return "\n".join(lines)


def _met_on(counted: Mapping[str, int], trait: bool, ids: Mapping[str, str]) -> str:
    """The channels of a touchpoint; where customers keep theirs, all, for its customers decide."""
    if not counted:
        return "channels = []"
    if trait:
        return f"channels = [{', '.join(map(_string, ids.values()))}]"
    total = sum(counted.values())
    shares = ", ".join(f"{ids[name]} = {_number(seen / total, 4)}" for name, seen in counted.items())
    return f"channels = {{ {shares} }}"


def _leaving(journey: Journey, touchpoint: Touchpoint, counts: Counts) -> str:
    first, *others = journey.leaving(touchpoint.id)
    recent = counts.recent.get(touchpoint.number, 0)
    told = f"{touchpoint.name}: what follows is known of {first.departures:,} events"
    told += f", {recent:,} are too close to the end of the log" if recent else ""
    return "\n\n".join([f"{_comment(told)}\n{_transition(first)}", *map(_transition, others)])


def _transition(each: Transition) -> str:
    share = _number(each.seen / each.departures)
    lines = ["[[transitions]]", f'from = "{each.source}"', f'to = "{each.target}"']
    lines.append(f"share = {share.ljust(42)}# {each.seen:,} of {each.departures:,}")
    if each.delay is not None:
        lines.append(f"# {each.delay.reason}")
        lines.append(_wrapped("delay = ", each.delay, ""))
    return "\n".join(lines)


def _wrapped(before: str, described: Described, after: str) -> str:
    """A distribution after what stands before it, long lists of quantiles over several lines."""
    if described.family == "fixed":
        (_, value), *_ = described.parameters
        assert isinstance(value, float)
        return f"{before}{_number(value)}{after}"
    written = [f'family = "{described.family}"']
    for key, value in described.parameters:
        if isinstance(value, float):
            written.append(f"{key} = {_number(value)}")
        else:
            numbers = textwrap.fill(", ".join(_number(each, 4) for each in value), WIDTH, break_long_words=False)
            block = "\n" + textwrap.indent(numbers, "    ") + ",\n" if "\n" in numbers else numbers
            written.append(f"{key} = [{block}]")
    return f"{before}{{ {', '.join(written)} }}{after}"


def _comment(line: str) -> str:
    lines = textwrap.wrap(printable(line), WIDTH, break_on_hyphens=False)
    return "\n".join(["# " + lines[0], *("#   " + each for each in lines[1:])])


def _string(text: str) -> str:
    """A TOML string on one line."""
    return json.dumps(printable(text), ensure_ascii=False)


def _number(value: float, digits: int = 6) -> str:
    return f"{value:.{digits}g}"
