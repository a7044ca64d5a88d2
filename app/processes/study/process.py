"""The process in which the window has things looked into that would take it long; one question after the other."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

from app.processes.runner.messages import Close, Ready
from app.processes.study.messages import (
    Answer,
    Answered,
    Asked,
    CustomerStory,
    Doing,
    Dot,
    Found,
    HowManyAgents,
    ProfitAndLoss,
    Question,
    RecordsAround,
    SeenAround,
    SeenLink,
    SeenRecord,
    ToldMoment,
    ToldMoney,
    ToldStory,
    ToldTable,
    Trained,
    Training,
    Unanswered,
    Uplifts,
    WhatIsHard,
    WhatItDependsOn,
    WhatLimitsCost,
    WhatOptimisingBrings,
    WhatToWatch,
    WhoIsWho,
)
from app.shown.failures import in_plain_words, with_notes
from app.shown.training import NO_ACTIONS, NO_ALTERNATIVES
from sim.ending import hear_none
from sim.freed import keep_little

if TYPE_CHECKING:
    from pathlib import Path

    from sim.experiment import Plan
    from sim.identity import Records, Resolution
    from sim.scenario import Scenario, Variant
    from sim.training.models import Model
    from sim.training.ranking import UpliftTenth

_YIELDS: Final = 5
"""How far it steps back behind other processes, from 0 to 19."""

_TELLING_SECONDS: Final = 0.3
"""How far it is is told this often at most."""

Tell = Callable[[str], None]


def work(connection: Connection) -> None:
    """Answer what is asked through the connection until told to close, or until nobody is there."""
    hear_none()
    keep_little()
    if hasattr(os, "nice"):
        os.nice(_YIELDS)  # the window goes first where processors are few
    with contextlib.suppress(EOFError, OSError):
        connection.send(Ready())
        while not isinstance(order := connection.recv(), Close):
            connection.send(_answered(connection, order))
    connection.close()


def _answered(connection: Connection, asked: Asked) -> Answered | Unanswered:
    def tell(words: str) -> None:
        connection.send(Doing(asked.number, words))

    try:
        return Answered(asked.number, _answer(asked.question, tell))
    except Exception as error:
        return Unanswered(asked.number, "\n".join(with_notes(in_plain_words(error), error)))


def _answer(question: Question, tell: Tell) -> Answer:
    if isinstance(question, WhoIsWho):
        return _who_is_who(question, tell)
    if isinstance(question, RecordsAround):
        return _around(question, tell)
    if isinstance(question, Training):
        return _trained(question, tell)
    if isinstance(question, WhatLimitsCost):
        return _costs(question, tell)
    if isinstance(question, WhatIsHard):
        return _pains(question, tell)
    if isinstance(question, WhatToWatch):
        return _watched(question)
    if isinstance(question, WhatOptimisingBrings):
        return _lift(question, tell)
    if isinstance(question, HowManyAgents):
        return _agents(question)
    if isinstance(question, ProfitAndLoss | WhatItDependsOn):
        return _money(question, tell)
    return _story(question)


def _who_is_who(question: WhoIsWho, tell: Tell) -> Found:
    from app.shown.identity import heads, in_words, put_right_in_words, rows
    from sim.identity import kept_resolutions
    from sim.identity.around import mixed_customers, parted_customers
    from sim.scenario.identity import growing

    scenario = question.scenario
    assert scenario.identity is not None
    found = kept_resolutions(scenario, scenario.experiment.seed, growing(scenario.identity.methods), tell)
    last, names = found[-1], _names(scenario)
    return Found(
        f"{in_words(last.measures)} {put_right_in_words(scenario.identity.corrected)}".strip(),
        tuple(heads([each.methods for each in found])),
        tuple(rows([names[channel] for channel in last.channels], [each.measures for each in found])),
        tuple(mixed_customers(last)),
        tuple(parted_customers(last)),
    )


def _around(question: RecordsAround, tell: Tell) -> SeenAround:
    from app.shown.identity import IDENTIFIERS, around_in_words
    from sim.identity.around import around

    records, resolution = _resolved(question.scenario, tell)
    seen, names = around(records, resolution, question.customer), _names(question.scenario)
    return SeenAround(
        question.customer,
        around_in_words(seen),
        tuple(
            SeenRecord(
                record.customer,
                names[record.channel],
                tuple(f"{IDENTIFIERS[kind]}: {value}" for kind, value in record.written.items()),
                record.profile,
            )
            for record in seen.records
        ),
        tuple(SeenLink(link.one, link.other, link.confidence) for link in seen.links),
    )


class _Kept:
    """What was last looked into: somebody who asks about one customer asks about others."""

    scenario: Scenario | None = None
    found: tuple[Records, Resolution] | None = None


def _resolved(scenario: Scenario, tell: Tell) -> tuple[Records, Resolution]:
    from sim.identity import draw_records, resolution_of

    if _Kept.found is None or _Kept.scenario != scenario:
        seed = scenario.experiment.seed
        found = resolution_of(scenario, seed, tell)
        tell("Drawing what customers leave behind")
        _Kept.scenario, _Kept.found = scenario, (draw_records(scenario, seed), found)
    return _Kept.found


def _names(scenario: Scenario) -> dict[str, str]:
    return {channel.id: channel.name or channel.id for channel in scenario.channels}


def _trained(question: Training, tell: Tell) -> Trained:
    if question.outcome == "value":
        return _trained_value(question, tell)
    if question.outcome == "gains":
        return _trained_gains(question, tell)
    return _trained_chance(question, tell)


def _trained_chance(question: Training, tell: Tell) -> Trained:
    from app.shown.training import how_good, how_good_uplift, in_words, ranking, scores_found, uplift_in_words
    from sim.training import OUTCOMES, train
    from sim.training.models import Z95

    scenario = question.scenario
    report = train(scenario, OUTCOMES[question.outcome], question.within, scenario.experiment.seed, tell)
    uplift = report.uplift
    return Trained(
        words=f"{in_words(report)} {how_good(report)}",
        heads=_WEIGHTS,
        rows=_weights(report.model),
        changes=scores_found([report]),
        comes_true=tuple(
            Dot(each.expected, each.share, Z95 * (each.share * (1 - each.share) / each.looks) ** 0.5)
            for each in report.tenths
        ),
        ranking=tuple(ranking(report.tenths)),
        uplifts=Uplifts(
            words=f"{uplift_in_words(report, uplift)} {how_good_uplift(report, uplift)}" if uplift else NO_ACTIONS,
            score=report.outcome.score,
            by_uplift=_dots(uplift.by_uplift) if uplift else (),
            by_likelihood=_dots(uplift.by_likelihood) if uplift else (),
        ),
    )


def _trained_value(question: Training, tell: Tell) -> Trained:
    from app.shown.training import how_good_value, scores_found, value_in_words
    from sim.training import train_value
    from sim.training.models import Z95

    scenario = question.scenario
    report = train_value(scenario, question.within, scenario.experiment.seed, tell)
    return Trained(
        words=f"{value_in_words(report, scenario.currency)} {how_good_value(report, scenario.currency)}",
        heads=_WEIGHTS,
        rows=_weights(report.model),
        changes=scores_found([], report),
        currency=scenario.currency,
        comes_true=tuple(Dot(each.expected, each.earned.value, Z95 * each.earned.error) for each in report.tenths),
    )


def _trained_gains(question: Training, tell: Tell) -> Trained:
    from app.shown.training import as_gains, gain_heads, gain_rows, gains_in_words
    from sim.training import NothingToLearnError, can_be_learned, train_actions

    scenario = question.scenario
    if not can_be_learned(scenario):
        raise NothingToLearnError(NO_ALTERNATIVES)
    gains = train_actions(scenario, question.within, scenario.experiment.seed, tell)
    return Trained(
        words=gains_in_words(question.within, scenario.currency),
        heads=gain_heads(),
        rows=tuple(gain_rows(gains)),
        changes={"gains": as_gains(gains)} if gains else {},
    )


_WEIGHTS: Final = ("What is known", "Weight", "95 % interval")


def _weights(model: Model) -> tuple[tuple[str, ...], ...]:
    lines = {"intercept": model.intercept, **model.weights}
    return tuple((name, f"{w.value:.4g}", f"[{w.lo:.4g}, {w.hi:.4g}]") for name, w in lines.items())


def _dots(tenths: Sequence[UpliftTenth]) -> tuple[Dot, ...]:
    from sim.training.models import Z95

    return tuple(
        Dot(number, each.uplift.value, Z95 * each.uplift.error)
        for number, each in enumerate(tenths, 1)
        if each.uplift is not None
    )


def _story(question: CustomerStory) -> ToldStory:
    from app.runs.stored import plan_of
    from app.runs.stories import fates_of, story_of
    from app.shown.stories import DECISIONS, fates, head, known
    from sim.store import Store

    with Store(question.db, read_only=True) as store:
        run = store.run(question.run)
        story = story_of(store, run, question.arm, question.replication, question.customer)
        others = fates_of(store, run, question.replication, question.customer, but=question.arm)
        currency = plan_of(run, store).scenario.currency
    return ToldStory(
        head(story, currency),
        tuple(
            ToldMoment(each.date, each.sentence, each.event in DECISIONS, tuple(known(each))) for each in story.moments
        ),
        " ".join(fates(others, currency)),
    )


def _watched(question: WhatToWatch) -> ToldTable:
    from app.runs.watching import watched_in
    from app.shown.watching import HEADS, answer, rows
    from sim.store import Store

    with Store(question.db, read_only=True) as store:
        run = store.run(question.run)
        scenario, watched = watched_in(store, run, question.arm, store.finished(run.id)[0])
    return ToldTable(answer(watched), HEADS, tuple(rows(watched, scenario)))


def _agents(question: HowManyAgents) -> ToldTable:
    from app.runs.staffing import asked_in
    from app.shown.staffing import HEADS, answer, intervals, rows
    from sim.staffing import Aim
    from sim.store import Store

    aim = Aim(question.share, question.seconds, question.occupancy, question.shrinkage)
    with Store(question.db, read_only=True) as store:
        run = store.run(question.run)
        desk, halves = asked_in(store, run, question.arm, question.desk, frozenset(range(7)), aim.seconds)
    patience = desk.patience_minutes.mean_value() if desk.patience_minutes is not None else None
    day = intervals(halves, desk.service_minutes.mean_value(), patience, aim)
    return ToldTable(answer(day, aim, f'"{desk.name or desk.id}"'), HEADS, tuple(rows(day)))


def _money(question: ProfitAndLoss | WhatItDependsOn, tell: Tell) -> ToldMoney | ToldTable:
    from app.processes.study.money import profit_and_loss, what_it_depends_on

    following = partial(_progress, tell)
    if isinstance(question, ProfitAndLoss):
        return profit_and_loss(question, following)
    return what_it_depends_on(question, following)


def _costs(question: WhatLimitsCost, tell: Tell) -> ToldTable:
    from app.shown.limits import answer, heads, how_sure, rows
    from sim.experiment.limit_costs import price

    plan, arm, stored = _arm_of(question.db, question.run, question.arm)
    with _progress(tell, "Simulating without each limit") as progress:
        priced = price(plan, arm, question.action, stored, progress)
    if not priced.costs:
        return ToldTable(answer(priced), (), (), "")
    return ToldTable(answer(priced), heads(priced), tuple(rows(priced)), how_sure(priced))


def _pains(question: WhatIsHard, tell: Tell) -> ToldTable:
    from app.runs.stored import plan_of
    from app.shown.pains import address, answer, heads, how_sure, outcomes_of, rows
    from sim.experiment.pain_points import relieve
    from sim.store import Store

    with Store(question.db, read_only=True) as store:
        kept = store.run(question.run)
        plan, replications = plan_of(kept, store), store.replications(kept.id)
    [arm] = [each for each in plan.variants if each.id == question.arm]
    measured = [each for one in replications for each in one.arms if each.arm == arm.id]
    with _progress(tell, "Simulating without each pain point") as progress:
        found = relieve(plan, arm, measured, progress)
    if not found.reliefs:
        return ToldTable(answer(found, arm.scenario), (), ())
    return ToldTable(
        answer(found, arm.scenario),
        heads(found, outcomes_of(found)),
        tuple(rows(found, arm.scenario, outcomes_of(found))),
        how_sure(found),
        tuple(address(relief.pain) for relief in found.reliefs),
    )


def _lift(question: WhatOptimisingBrings, tell: Tell) -> ToldTable:
    from app.shown.lift import answer, heads, how_sure, in_all, rows
    from sim.experiment.lift import find_lifts

    plan, arm, stored = _arm_of(question.db, question.run, question.arm)
    with _progress(tell, "Simulating with and without optimising") as progress:
        found = find_lifts(plan, arm, stored, progress)
    if not found.lifts:
        return ToldTable(answer(found), (), (), "")
    return ToldTable(f"{answer(found)} {in_all(found)}", heads(found), tuple(rows(found)), how_sure(found))


def _arm_of(db: Path, run: str, arm: str) -> tuple[Plan, Variant, int]:
    """The plan of a stored run, one of its arms, and how many replications are stored."""
    from app.runs.stored import plan_of
    from sim.store import Store

    with Store(db, read_only=True) as store:
        kept = store.run(run)
        plan, stored = plan_of(kept, store), len(store.finished(kept.id))
    [variant] = [each for each in plan.variants if each.id == arm]
    return plan, variant, stored


@contextlib.contextmanager
def _progress(tell: Tell, words: str) -> Iterator[Callable[[int, int, int], None]]:
    """Tell now and then how far a run is; what worked on it is dismissed afterwards, for its memory."""
    from sim.experiment.executors import dismiss_workers

    told = 0.0

    def progress(done: int, total: int, events: int) -> None:
        nonlocal told
        if time.monotonic() - told > _TELLING_SECONDS:
            told = time.monotonic()
            tell(f"{words}: {done:,} of {total:,}")

    try:
        yield progress
    finally:
        dismiss_workers()
