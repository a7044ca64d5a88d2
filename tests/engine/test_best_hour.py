"""Messages go out when each customer opened most (model 33)."""

from typing import Any

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import EVENTS, KNOWN, REASONS
from sim.scenario.scenario import Scenario
from tests.builders import scenario
from tests.drawing import check_drawn
from tests.engine.brands import CHANNELS, MAIL, Line, brand, done
from tests.strategies import Drawn
from tests.strategies_optimising import some_that_optimise
from tests.strategies_orchestration import orchestrated_scenarios
from tests.strategies_sharing import sharing_scenarios

PAST_MIDNIGHT, TO_MIDNIGHT = [0, 12], [12, 24]
FOREVER = {"horizon": 30}


def opens_at(hour: float, **channel: Any) -> dict[str, Any]:
    """A channel on which a message is opened within two hours of one hour of the day, and at no other."""
    return {
        "channels": [CHANNELS[0], {**CHANNELS[1], "open_rate": 1e-9, "hour_effect": 60, **channel}],
        "segments": [{"id": "a", "traits": {"preferred_hour": hour}}],
    }


def optimising(**more: Any) -> dict[str, Any]:
    return {"policy": "rules", "gap_hours": 0, "optimise": ["hour"], "optimise_from": 4, "optimise_prior": 1, **more}


def twice_a_day(*when: float) -> list[dict[str, Any]]:
    """A rule at each of these days."""
    return [{"id": f"rule{number}", "when": {"at": day}, "do": "mail"} for number, day in enumerate(when)]


def sent(lines: list[Line]) -> list[float]:
    return [time for time, _, reason in lines if reason is None]


def four_known(*later: float, **more: Any) -> list[Line]:
    """What is done of mails at 3, 9, 15 and 19 o'clock of the first day, the last of which is opened, and of later ones
    at these hours of the run."""
    days = [hour / 24 for hour in (3, 9, 15, 19, *later)]
    tables = {"rules": twice_a_day(*days), "orchestration": optimising(), **FOREVER, **opens_at(18)} | more
    return done(brand(**tables))


def test_a_message_waits_for_the_middle_of_the_hours_in_which_the_customer_opened_most() -> None:
    """From the fifth message on: it falls due at 33 (9 o'clock), and goes out at 42 (18 o'clock)."""
    assert four_known(33)[-2:] == [(33, "mail@email", "other-hour"), (42, "mail@email", None)]


def test_nobody_waits_of_whom_too_little_is_known() -> None:
    assert four_known(33, orchestration=optimising(optimise_from=5))[-1] == (33, "mail@email", None)
    assert sent(four_known(33, orchestration=optimising(optimise_from=5))) == [3, 9, 15, 19, 33]


def test_what_falls_due_in_the_best_hours_goes_out_at_once_and_after_them_a_day_later() -> None:
    assert four_known(40.5)[-1] == (40.5, "mail@email", None)
    assert four_known(43.9)[-1] == (43.9, "mail@email", None)
    assert four_known(44)[-2:] == [(44, "mail@email", "other-hour"), (66, "mail@email", None)]


def test_quiet_hours_are_passed_over_for_the_next_best() -> None:
    """At 9 o'clock nothing was opened, at 22 nothing sent: that may be better."""
    assert four_known(33, **opens_at(18, quiet_hours=[20, 2]))[-1] == (42, "mail@email", None)
    assert four_known(33, **opens_at(18, quiet_hours=[17.5, 18.5]))[-1] == (46, "mail@email", None)


def test_quiet_hours_come_first_and_the_best_hour_then() -> None:
    lines = four_known(47, **opens_at(18, quiet_hours=[22, 7]))
    assert lines[-3:] == [
        (47, "mail@email", "quiet"),
        (55, "mail@email", "other-hour"),
        (66, "mail@email", None),
    ]


def test_a_message_is_put_off_for_its_hour_only_once() -> None:
    """Three in twelve hours are allowed; at 42 they went out before it, so it follows as soon as the cap lets it."""
    caps = {"total": {"max": 3, "days": 0.5}}
    lines = four_known(33, 40.5, 41, 41.5, orchestration=optimising(caps=caps, capped="defer"))
    assert [line for line in lines if line[0] >= 33] == [
        (33, "mail@email", "other-hour"),
        *((hour, "mail@email", None) for hour in (40.5, 41, 41.5)),
        (42, "mail@email", "capped"),
        (52.5, "mail@email", None),
    ]


def test_the_stop_conditions_are_asked_again_at_the_best_hour() -> None:
    rules = twice_a_day(3 / 24, 9 / 24, 15 / 24, 19 / 24, 33 / 24)
    rules[-1]["stop"] = [["hour", ">=", 17]]
    assert four_known(rules=rules)[-2:] == [(33, "mail@email", "other-hour"), (42, "mail@email", "stopped")]


def test_what_is_transactional_never_waits() -> None:
    rules = [*twice_a_day(3 / 24, 9 / 24, 15 / 24, 19 / 24), {"id": "r", "when": {"at": 33 / 24}, "do": "receipt"}]
    lines = four_known(rules=rules, actions=[MAIL, {**MAIL, "id": "receipt", "transactional": True}])
    assert lines[-1] == (33, "receipt@email", None)


def test_what_is_forgotten_is_known_no_more() -> None:
    """At 33 all four are known, for a day and a half; at 43 the one at 3 o'clock is not any more."""
    kept = {"profile": {"keep_days": 1.5}}
    assert four_known(33, **kept)[-2][2] == "other-hour"
    assert four_known(44, **kept)[-1] == (44, "mail@email", None)


def test_without_consent_or_a_link_nothing_is_known() -> None:
    shy = opens_at(18)
    shy["segments"][0]["consent"] = 0
    assert four_known(33, **shy)[-1] == (33, "mail@email", None)
    assert four_known(33, integration={"mode": "multi"})[-1] == (33, "mail@email", None)
    assert four_known(33, profile={"facts": ["responses"]})[-1] == (33, "mail@email", None)


def test_controls_are_sent_to_at_once_and_counted_apart() -> None:
    for share, kind in ((0, "control"), (1, "optimised")):
        days = [hour / 24 for hour in (3, 9, 15, 19, 33)]
        orchestration = optimising(optimise_share=share)
        of = brand(rules=twice_a_day(*days), orchestration=orchestration, **FOREVER, **opens_at(18))
        found = simulate(compile_program(of, of), 0, 0).by_known[0]
        assert found[KNOWN.index("little-known")].tolist() == [4, 1, 0]
        assert found[KNOWN.index(kind)].tolist() == [1, share, 0]
        assert found.sum() == 6 + share


def openings(of: Scenario) -> History:
    return simulate(compile_program(of, of), 7, 0, events=True)


@pytest.mark.parametrize(("effect", "share"), [(None, 0.5), (0.0, 0.5), (2.0, 0.88), (-2.0, 0.12)])
def test_the_hour_matters_as_much_as_the_channel_says_whatever_the_brand_does(
    effect: float | None, share: float
) -> None:
    """2,000 mails to 2,000 people at 11 o'clock, who like noon: logit(0.5) + effect."""
    mail = {**CHANNELS[1], "open_rate": 0.5} | ({} if effect is None else {"hour_effect": effect})
    of = brand(population={"size": 2000}, rules=twice_a_day(11 / 24), channels=[CHANNELS[0], mail])
    at = openings(of).at_actions
    assert at.opened.sum() / at.delivered.sum() == pytest.approx(share, abs=0.035)
    late = brand(population={"size": 2000}, rules=twice_a_day(14.5 / 24), channels=[CHANNELS[0], mail])
    at = openings(late).at_actions
    assert at.opened.sum() / at.delivered.sum() == pytest.approx(0.5, abs=0.035)


@pytest.mark.parametrize("examples", [8, pytest.param(300, marks=pytest.mark.slow)])
def test_where_all_are_controls_everything_happens_as_if_nothing_were_optimised(examples: int) -> None:
    def same(drawn: Drawn) -> None:
        found = []
        for changes in ({"optimise": [], "optimise_share": 1}, {"optimise_share": 0}):
            arm = drawn.arm | {"orchestration": drawn.arm["orchestration"] | changes}
            of = scenario_of(drawn, arm)
            events = simulate(compile_program(of, drawn.reference), drawn.seed, 0, events=True).events
            assert events is not None
            found.append([events.customer, events.time, events.event, events.action, events.channel])
        for one, other in zip(*found, strict=True):
            assert np.array_equal(one, other)

    drawing = some_that_optimise(orchestrated_scenarios(), 100)
    check_drawn(drawing, same, examples)


@pytest.mark.parametrize("examples", [8, pytest.param(300, marks=pytest.mark.slow)])
def test_nothing_is_put_off_for_its_hour_by_more_than_a_day_nor_twice_in_a_row(examples: int) -> None:
    put_off = 0

    def soon(drawn: Drawn) -> None:
        nonlocal put_off
        of = drawn.scenario
        events = simulate(compile_program(of, drawn.reference), drawn.seed, 0, events=True).events
        assert events is not None
        hour = REASONS.index("other-hour")
        waiting: dict[tuple[int, int], float] = {}
        for k in range(len(events.time)):
            of_rule, time = (int(events.customer[k]), int(events.rule[k])), float(events.time[k])
            if of_rule in waiting and EVENTS[events.event[k]] in ("sent", "ruled_out"):
                assert time <= waiting.pop(of_rule) + 1 + 1e-9
            if EVENTS[events.event[k]] == "ruled_out" and events.value[k] == hour:
                waiting[of_rule] = time
                put_off += 1

    check_drawn(some_that_optimise(sharing_scenarios(), 100), soon, examples)
    assert put_off > 2 * examples


def scenario_of(drawn: Drawn, arm: dict[str, Any]) -> Scenario:
    return Drawn(arm, drawn.base, drawn.seed, drawn.coinciding).scenario


def test_a_scenario_that_says_nothing_of_hours_keeps_no_memory_of_them() -> None:
    fields = compile_program(scenario(), scenario()).fields
    assert not fields["optimises_hour"]
    assert np.isnan(fields["hour_effect"]).all()
