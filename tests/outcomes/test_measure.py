import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.memory.history import ACTIVE, CHURNED, COMPLETED, LAPSED
from sim.outcomes import Measured, measure
from sim.scenario import Scenario
from tests.builders import scenario
from tests.histories import Person, history

GROUPS = [{"id": "new", "share": 1}, {"id": "known", "share": 1}]


def club(**changes: object) -> Scenario:
    """A journey with everything that outcomes ask for, but money and desks."""
    tables: dict[str, object] = {
        "horizon": 100,
        "segments": GROUPS,
        "channels": [{"id": "web"}, {"id": "shop", "cost": 2}],
        "stages": [{"id": "look"}, {"id": "join"}],
        "touchpoints": [
            {"id": "start", "start": True},
            {"id": "member", "stage": "join", "goal": {"kind": "conversion"}},
            {"id": "aha", "stage": "join", "goal": {"kind": "value"}},
            {"id": "asleep", "stage": "join", "lapsed": True},
            {"id": "done", "stage": "join", "exit": "completed"},
            {"id": "gone", "stage": "join", "exit": "churn"},
        ],
        "transitions": [
            {"from": "start", "to": "member", "share": 3},
            {"from": "start", "to": "gone", "share": 1},
            {"from": "member", "to": "asleep", "share": 1},
        ],
    }
    return scenario(**(tables | changes))


def measured(people: list[Person], of: Scenario | None = None, **given: object) -> Measured:
    of = of or club()
    return measure(history(of, people, **given), of, "base", 0.25)


def test_conversion_is_counted_and_the_time_it_takes_allows_for_late_arrivals() -> None:
    people = [
        Person(acquired=10),
        Person(changes=[(20, CHURNED)]),
        Person(arrival=70),  # seen for 30 days only
        Person(acquired=40),
    ]
    found = measured(people)
    assert found.outcomes["all"]["arrivals"] == 4
    assert found.outcomes["all"]["conversion_rate"] == 0.5
    assert found.sums["all"]["conversion_rate"] == (2, 4)
    # Incidence: 1/4 at 10; S falls to 1/2 at 20; at 40 one of the one at risk: 1/4 + 1/2. Half of it: at 40.
    assert found.outcomes["all"]["time_to_convert_days"] == 40


def test_who_arrives_at_the_horizon_counts_and_after_it_not() -> None:
    found = measured([Person(acquired=1), Person(arrival=100), Person(arrival=130)]).outcomes["all"]
    assert found["arrivals"] == 2
    assert found["conversion_rate"] == 0.5


def test_completion_is_the_goal_or_the_completed_exit_whichever_comes_first() -> None:
    people = [
        Person(first_completion=5, changes=[(8, COMPLETED)]),
        Person(changes=[(9, COMPLETED)]),
        Person(changes=[(3, CHURNED)]),
        Person(),
    ]
    assert measured(people).outcomes["all"]["completion_rate"] == pytest.approx(0.5)


def test_time_to_value_is_the_median_of_those_who_get_there() -> None:
    people = [Person(first_value=4), Person(arrival=1, first_value=7), Person(first_value=30), Person()]
    assert measured(people).outcomes["all"]["time_to_value_days"] == 6


def test_churn_is_the_counted_share_of_the_customers_won() -> None:
    people = [
        Person(acquired=0, changes=[(10, CHURNED)]),
        Person(acquired=0, changes=[(5, COMPLETED)]),
        Person(acquired=0),
        Person(arrival=90, acquired=95),
        Person(changes=[(1, CHURNED)]),  # never won
    ]
    found = measured(people)
    assert found.outcomes["all"]["churn_rate"] == 1 / 4
    assert found.sums["all"]["churn_rate"] == (1, 4)


def test_without_a_conversion_goal_churn_is_the_share_of_the_arrivals() -> None:
    plain = scenario(
        touchpoints=[{"id": "start", "start": True}, {"id": "gone", "exit": "churn"}],
        transitions=[{"from": "start", "to": "gone", "share": 1, "delay": 40}],
    )
    found = measured([Person(changes=[(1, CHURNED)]), Person()], plain)
    assert found.sums["all"]["churn_rate"] == (1, 2)
    assert "conversion_rate" not in found.outcomes["all"] | found.absent
    assert found.curves == {}


def test_repeat_purchases_activity_and_reactivation() -> None:
    people = [
        Person(acquired=1, conversions=3, last_active=70),
        Person(acquired=1, conversions=1, last_active=69.9),
        Person(acquired=1, conversions=2, changes=[(30, LAPSED), (50, ACTIVE), (60, LAPSED)], last_active=55),
        Person(acquired=1, conversions=2, changes=[(99, CHURNED)], last_active=80),
        Person(acquired=1, conversions=2, changes=[(98, CHURNED)], last_active=1),
        Person(changes=[(30, LAPSED), (50, CHURNED)], last_active=0),
        Person(last_active=100),
    ]
    found = measured(people).sums["all"]
    assert found["repeat_rate"] == (4, 5)
    assert found["active_30"] == (2, 5)
    assert found["reactivation_rate"] == (1, 2)


def test_the_log_may_mix_customers_as_long_as_each_keeps_its_order() -> None:
    people = [
        Person(acquired=0, changes=[(10, LAPSED), (20, ACTIVE)]),
        Person(acquired=0, changes=[(5, LAPSED), (30, CHURNED)]),
    ] * 20
    seen = history(club(), people)
    by_time = np.argsort(seen.log.time, kind="stable")
    mixed = dataclasses.replace(
        seen,
        log=type(seen.log)(*(getattr(seen.log, name)[by_time] for name in ("customer", "time", "status"))),
    )
    assert not (np.diff(mixed.log.customer) >= 0).all()
    assert measure(mixed, club(), "base", 0).outcomes == measure(seen, club(), "base", 0).outcomes


def test_retention_is_told_where_thirty_and_a_twentieth_are_followed_and_explained_elsewhere() -> None:
    early = [Person(acquired=0, changes=[(50, CHURNED)] if number < 10 else []) for number in range(30)]
    late = [Person(arrival=80, acquired=80) for _ in range(30)]
    found = measured(early + late)
    assert found.outcomes["all"]["retention_7"] == 1
    assert found.outcomes["all"]["retention_30"] == 1
    assert found.outcomes["all"]["retention_90"] == pytest.approx(2 / 3)
    assert found.outcomes["all"]["retained_per_arrival_90"] == pytest.approx(2 / 3)
    assert found.absent["retention_180"] == "the run is shorter than 180 days"

    fewer = measured(early[:29] + late)
    assert "retention_90" not in fewer.outcomes["all"]
    assert fewer.absent["retention_90"] == (
        "too few of the customers won are followed for 90 days; at least 30 and 5 % of them are needed"
    )
    rare = measured(early + late * 20)
    assert rare.absent["retention_90"] == fewer.absent["retention_90"]
    assert np.isnan(rare.curves["retention"].value[-1])


def test_an_outcome_that_the_scenario_cannot_have_is_absent_without_a_word() -> None:
    found = measured([Person()])
    for id_ in ("desk_wait_minutes", "nps", "revenue", "open_rate", "bot_containment_rate", "budget_overshoot", "roas"):
        assert id_ not in found.outcomes["all"] | found.absent


def test_an_outcome_that_nobody_shows_is_absent_with_its_reason() -> None:
    found = measured([Person()])
    assert found.outcomes["all"]["conversion_rate"] == 0
    assert found.absent["time_to_convert_days"] == "nobody converted within the run"
    assert found.absent["reactivation_rate"] == "nobody lapsed within the run"
    assert found.absent["context_kept_rate"] == "nobody changed channel"
    nobody = measured([Person(arrival=500)])
    assert nobody.outcomes["all"]["arrivals"] == 0
    assert nobody.absent["conversion_rate"] == "nobody arrived within the run"


def test_contacts_handoffs_sentiment_and_effort_are_means() -> None:
    people = [Person(contacts=4, handoffs=2, kept=1, sentiment=0.5), Person(contacts=1, handoffs=1, kept=1), Person()]
    experiences = {"experiences": [[2, 0, 0, 0, 0, 0], [2] + [0] * 5], "effort": [[3, 0, 0, 0, 0, 0], [4] + [0] * 5]}
    found = measured(people, at_touchpoints=experiences).outcomes["all"]
    assert found["contacts_per_customer"] == pytest.approx(5 / 3)
    assert found["handoffs_per_customer"] == 1
    assert found["context_kept_rate"] == pytest.approx(2 / 3)
    assert found["sentiment"] == pytest.approx(0.5 / 3)
    assert found["effort"] == pytest.approx(7 / 4)


def test_desk_outcomes_are_over_all_desks_by_segment() -> None:
    desks = [{"id": "phone", "service_minutes": 5, "agents": 1}, {"id": "shop", "service_minutes": 5, "agents": 1}]
    served = club(
        desks=desks,
        touchpoints=[{"id": "start", "start": True, "desk": "phone"}, {"id": "till", "desk": "shop"}],
        transitions=[{"from": "start", "to": "till", "share": 1}],
    )
    totals = {"asked": [[10, 10], [4, 0]], "gave_up": [[2, 0], [1, 0]], "turned_away": [[3, 1], [2, 0]]}
    found = measured([Person(), Person(segment=1)], served, at_desks=totals).sums
    assert found["new"]["desk_abandon_rate"] == (2, 16)
    assert found["known"]["desk_abandon_rate"] == (1, 2)
    assert found["new"]["desk_turned_away_rate"] == (4, 20)
    assert found["known"]["desk_turned_away_rate"] == (2, 4)
    assert found["all"]["desk_abandon_rate"] == (3, 18)


def test_survey_scores_stand_beside_the_true_ones() -> None:
    asking = club(
        surveys=[
            {"id": "recommend", "kind": "nps", "at": ["member"]},
            {"id": "again", "kind": "nps", "at": ["aha"]},
            {"id": "happy", "kind": "csat", "at": ["member"]},
        ]
    )
    totals = {
        "asked": [[10, 10, 5], [0, 0, 0]],
        "answered": [[4, 1, 2], [0, 0, 0]],
        "promoters": [[3, 1, 0], [0, 0, 0]],
        "detractors": [[1, 0, 0], [0, 0, 0]],
        "true_promoters": [[5, 4, 0], [0, 0, 0]],
        "true_detractors": [[5, 2, 0], [0, 0, 0]],
        "total": [[34, 9, 9], [0, 0, 0]],
        "true_total": [[70, 80, 20], [0, 0, 0]],
    }
    found = measured([Person(), Person(segment=1)], asking, at_surveys=totals)
    assert found.outcomes["all"]["nps"] == pytest.approx(60)
    assert found.outcomes["all"]["nps_true"] == pytest.approx(10)
    assert found.outcomes["all"]["csat"] == pytest.approx(4.5)
    assert found.outcomes["all"]["csat_true"] == pytest.approx(4)
    assert "ces" not in found.outcomes["all"] | found.absent
    assert "nps" not in found.outcomes["known"]


def test_the_tables_say_where_customers_go() -> None:
    people = [Person(), Person(segment=1), Person(), Person()]
    found = measured(
        people,
        at_touchpoints={
            "visits": [[3, 2, 0, 1, 0, 1], [1, 1, 0, 0, 0, 0]],
            "present": [[0, 1, 0, 1, 0, 1], [0, 1, 0, 0, 0, 0]],
            "days": [[6, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0]],
            "experiences": [[3, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]],
            "emotion": [[0.9, 0, 0, 0, 0, 0], [-0.1, 0, 0, 0, 0, 0]],
            "bad": [[1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]],
            "goals": [[0, 2, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]],
        },
        at_transitions={"chosen": [[2, 1, 1], [1, 0, 0]], "delay": [[4, 1, 0], [2, 0, 0]]},
        channel_contacts=[[3, 2], [1, 1]],
        channel_cost=[[0, 5], [0, 2]],
        reached_stages=[[3, 2], [1, 0]],
    )
    assert found.touchpoints["start"] == pytest.approx(
        {"visits": 4, "present": 0, "goals": 0, "value": 0, "dropoff": 0.25, "days": 2, "lost": 0, "emotion": 0.2,
         "effort": 0, "bad": 0.25, "dropoff_bad": 0, "dropoff_other": 1 / 3}
    )  # fmt: skip
    assert found.touchpoints["member"]["goals"] == 3
    assert found.touchpoints["member"]["dropoff"] == 1
    assert "dropoff" not in found.touchpoints["gone"]
    assert found.transitions["start/member"] == pytest.approx({"chosen": 3, "share": 0.75, "delay": 2})
    assert found.channels == {"web": {"contacts": 4, "cost": 0}, "shop": {"contacts": 3, "cost": 7}}
    flow = ("visits", "reached", "dropoff")
    assert {figure: found.stages["look"][figure] for figure in flow} == {"visits": 4, "reached": 1, "dropoff": 0.25}
    assert found.stages["join"] == pytest.approx({"visits": 4, "reached": 0.5, "dropoff": 1})


def test_the_record_names_its_arm_and_replication() -> None:
    found = measured([Person()], replication=7, event_count=12)
    assert (found.arm, found.replication, found.events, found.seconds) == ("base", 7, 12, 0.25)
    assert list(found.outcomes) == ["all", "new", "known"]


people_of_a_club = st.lists(
    st.builds(
        lambda segment, arrival, wait, conversions, contacts, revenue: Person(
            segment=segment,
            arrival=arrival,
            acquired=arrival + wait if conversions and arrival + wait < 100 else np.nan,
            conversions=conversions if arrival + wait < 100 else 0,
            contacts=contacts,
            revenue=revenue,
        ),
        st.integers(0, 1),
        st.floats(0, 99),
        st.floats(0, 50),
        st.integers(0, 3),
        st.integers(0, 9),
        st.floats(0, 1000),
    ),
    min_size=1,
    max_size=30,
)


@given(people_of_a_club)
def test_everybody_is_the_segments_together_where_outcomes_add_up(people: list[Person]) -> None:
    earning = club(
        touchpoints=[
            {"id": "start", "start": True},
            {"id": "member", "stage": "join", "goal": {"kind": "conversion", "value": 5}},
        ],
        transitions=[{"from": "start", "to": "member", "share": 1}],
    )
    found = measured(people, earning).outcomes
    whole, parts = found["all"], [found["new"], found["known"]]
    assert whole["arrivals"] == sum(part["arrivals"] for part in parts)
    assert whole["revenue"] == pytest.approx(sum(part["revenue"] for part in parts))
    for per_arrival in ("contacts_per_customer", "purchase_rate", "conversion_rate"):
        assert whole[per_arrival] * whole["arrivals"] == pytest.approx(
            sum(part.get(per_arrival, 0) * part["arrivals"] for part in parts)
        )
