"""The process in which the window has things looked into that would take it long; one question after the other."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

from app.processes.runner.messages import Close, Ready
from app.processes.study.messages import (
    Answered,
    Asked,
    CustomerStory,
    Doing,
    Found,
    Question,
    RecordsAround,
    Step,
    Training,
    Unanswered,
    WhoIsWho,
)
from app.shown.failures import in_plain_words, with_notes
from sim.ending import hear_none
from sim.freed import keep_little

if TYPE_CHECKING:
    from sim.identity import Records, Resolution
    from sim.identity.around import Around
    from sim.scenario import Scenario
    from sim.story import Story
    from sim.training import Report

_YIELDS: Final = 5
"""How far it steps back behind other processes, from 0 to 19."""

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


def _answer(question: Question, tell: Tell) -> Found | Around | Report | Story:
    if isinstance(question, WhoIsWho):
        return _who_is_who(question, tell)
    if isinstance(question, RecordsAround):
        return _around(question, tell)
    if isinstance(question, Training):
        return _trained(question, tell)
    return _story(question)


def _who_is_who(question: WhoIsWho, tell: Tell) -> Found:
    from sim.identity import kept_resolutions
    from sim.identity.around import mixed_customers, parted_customers
    from sim.scenario.identity import growing

    scenario = question.scenario
    assert scenario.identity is not None
    found = kept_resolutions(scenario, scenario.experiment.seed, growing(scenario.identity.methods), tell)
    steps = tuple(Step(each.methods, each.measures) for each in found)
    last = found[-1]
    return Found(last.channels, steps, tuple(mixed_customers(last)), tuple(parted_customers(last)))


def _around(question: RecordsAround, tell: Tell) -> Around:
    from sim.identity.around import around

    records, resolution = _resolved(question.scenario, tell)
    return around(records, resolution, question.customer)


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


def _trained(question: Training, tell: Tell) -> Report:
    from sim.training import OUTCOMES, train

    scenario = question.scenario
    return train(scenario, OUTCOMES[question.outcome], question.within, scenario.experiment.seed, tell)


def _story(question: CustomerStory) -> Story:
    from app.runs.stories import story_of
    from sim.store import Store

    with Store(question.db, read_only=True) as store:
        run = store.run(question.run)
        return story_of(store, run, question.arm, question.replication, question.customer)
