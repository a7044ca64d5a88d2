"""Situations that users reported, as they wrote them down; what is right is counted by hand, for both programs."""

import tomllib
from collections import Counter

import pytest

from tests.shared import shared

from .both import Run, Tables
from .by_hand import told


def case(name: str) -> Tables:
    return tomllib.loads(shared("cases", f"{name}.toml").read_text(encoding="utf-8"))


def counted(run: Run, tables: Tables, *kinds: str) -> Counter[tuple[float, str, str]]:
    """Customers by time (days to four decimals), event, and rule or reason."""
    return Counter((round(time, 4), event, what) for time, event, what in told(run(tables), *kinds))


def test_nobody_is_reminded_who_ordered_in_quiet_hours(run: Run) -> None:
    """Basket at 20:30, due at 21:30, order at 23:00; quiet until 8:00."""
    tables = case("20_basket_after_purchase")
    due, morning = round(21.5 / 24, 4), round(1 + 8 / 24, 4)
    put_off = {(due, "ruled_out", "quiet"): 50}
    assert counted(run, tables, "sent", "ruled_out") == put_off | {(morning, "ruled_out", "without"): 50}
    tables["transitions"][1]["delay"] = 0.5
    assert counted(run, tables, "sent", "ruled_out") == put_off | {(morning, "sent", "remind"): 50}


def test_nobody_is_reminded_who_ordered_within_the_rules_own_delay(run: Run) -> None:
    """Basket at 20:30, firing at 21:30, due at 1:30, order at 23:00; or at 21:29:59, which sets nothing off."""
    tables = case("20c_rule_delay")
    due = round(1 + 1.5 / 24, 4)
    assert counted(run, tables, "sent", "ruled_out") == {(due, "ruled_out", "without"): 50}
    tables["transitions"][1]["delay"] = 1 / 24 - 1 / 86400
    assert counted(run, tables, "sent", "ruled_out") == {}


def test_everybody_gets_the_newsletter_beside_a_receipt_that_is_marked_as_one(run: Run) -> None:
    tables = case("42_transactional")
    tables["actions"][0]["transactional"] = True
    assert counted(run, tables, "sent", "ruled_out") == {(0, "sent", "r1"): 50, (3, "sent", "r2"): 50}
    tables["actions"][0]["transactional"] = False
    over = {(0, "sent", "r1"): 50, (3, "ruled_out", "capped"): 50}
    assert counted(run, tables, "sent", "ruled_out") == over


@pytest.mark.parametrize(("horizon", "left"), [(30, 100), (60, 100), (29.999, 0)])
def test_everybody_who_leaves_at_the_horizon_has_left(run: Run, horizon: float, left: int) -> None:
    tables = case("24_ret_h30") | {"horizon": horizon}
    assert counted(run, tables, "churn") == ({(30, "churn", "gone"): left} if left else {})
