"""What a replication needs of the memory of this machine, told before it is begun."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.population import expected_bought
from sim.scenario import Finding, Scenario, ScenarioError
from sim.scenario.resolve import enabled_actions, enabled_channels, enabled_touchpoints, policy_of, working_rules

if TYPE_CHECKING:
    from sim.experiment.planning import Plan

PROCESS: Final = 300_000_000
"""Bytes that a process needs before it knows any customer."""
MAPPED: Final = 350_000_000
"""Bytes of programs and libraries that only a limit of addresses (`ulimit -v`) counts."""
CUSTOMER: Final = 700
"""Bytes for a customer; measured, with some to spare."""
CHANNEL: Final = 16
"""Bytes more for each channel, and"""
TOUCHPOINT: Final = 8
"""for each touchpoint."""
ACTING: Final = 300
"""Bytes more for a customer whom a brand addresses, and"""
RULE: Final = 24
"""for each rule and each action."""
HOUR: Final = 48
"""Bytes for each hour of a profile of arrivals."""

_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def bytes_needed(scenario: Scenario) -> int:
    """About how many bytes one replication takes, events not recorded."""
    channels, touchpoints = len(enabled_channels(scenario)), len(enabled_touchpoints(scenario))
    each = CUSTOMER + CHANNEL * channels + TOUCHPOINT * touchpoints
    rules = working_rules(scenario)
    if policy_of(scenario).acts or rules:
        each += ACTING + RULE * (len(rules) + len(enabled_actions(scenario)))
    customers = round((scenario.population.size + sum(expected_bought(scenario).values())) * each)
    arrivals = scenario.population.arrivals
    hours = 24 * (arrivals.over or scenario.horizon) if arrivals.pattern == "profile" else 0.0
    return PROCESS + customers + round(HOUR * hours)


def memory_findings(scenario: Scenario) -> list[Finding]:
    """That one replication does not fit into this machine's memory, if so."""
    has, needs = machine_bytes(), bytes_needed(scenario)
    if has is None or needs <= has:
        return []
    size = scenario.population.size
    fitting = int(size * max(has - PROCESS, 0) / (needs - PROCESS))
    digits = 10 ** max(len(str(fitting)) - 2, 0)
    problem = f"{size:,} customers need about {_gigabytes(needs)} of memory, and this machine has {_gigabytes(has)}"
    remedy = (
        f"about {fitting // digits * digits:,} customers fit; more replications tell as much as more customers"
        if fitting
        else "not even one fits; allow this program more (ulimit -v), or use another machine"
    )
    return [Finding(None, None, "population.size", problem, remedy)]


def check_memory(plan: Plan) -> None:
    """Raise ScenarioError where a replication of one of the plan's arms does not fit into this machine's memory."""
    check_fits([variant.scenario for variant in plan.variants])


def check_fits(scenarios: Iterable[Scenario]) -> None:
    """Raise ScenarioError where a replication of one of the scenarios does not fit into this machine's memory."""
    findings = [finding for scenario in scenarios for finding in memory_findings(scenario)]
    if findings:
        raise ScenarioError(dict.fromkeys(findings))


def workers_that_fit(plan: Plan) -> int:
    """How many processes this machine's memory has room for, each with one replication; at least one."""
    has = machine_bytes()
    most = max(bytes_needed(variant.scenario) for variant in plan.variants)
    return max(has // most, 1) if has is not None else sys.maxsize


@lru_cache(maxsize=1)
def machine_bytes() -> int | None:
    """Memory that this process may have in all: the machine's, or what it is limited to; None where nobody knows."""
    limits = [*_physical(), *_allowed()]
    return min(limits, default=None)


def _physical() -> Iterable[int]:
    if sys.platform == "win32":
        import ctypes

        kilobytes = ctypes.c_ulonglong()
        if ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes)):
            yield kilobytes.value * 1024
        return
    import os

    try:
        yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return


def _allowed() -> Iterable[int]:
    """Limits of the container and of the process."""
    for path in _LIMITS:
        try:
            told = Path(path).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if told.isdigit():
            yield int(told)
    if sys.platform != "win32":
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit != resource.RLIM_INFINITY:
            yield max(limit - MAPPED, 0)


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count < 1e13 else f"{count / 1e12:,.0f} TB"
