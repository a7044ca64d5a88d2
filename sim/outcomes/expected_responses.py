"""Whether as many respond to an action as its gains expect: what drifts first when they no longer hold (model 29)."""

from dataclasses import dataclass

from sim.engine.memory.history import History
from sim.scenario.orchestration import Gain
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Responses:
    """Shares of the sends of an action of which a response is expected."""

    sent: int
    observed: float
    expected: float


def responses(history: History, scenario: Scenario, action: str) -> Responses | None:
    """How many acted on the action, and how many were expected to; None where no gain says so or nothing was sent.

    Sends are told apart by segment and channel. Gains of one stage alone are left out: sends are not counted by stage.
    """
    sent = responded = 0
    expected = 0.0
    gains = [gain for gain in scenario.gains if gain.action == action and gain.stage is None]
    for pair, (id_, channel) in enumerate(history.pairs):
        for number, segment in enumerate(history.segments):
            rate = _expected(gains, channel, segment) if id_ == action else None
            if rate is not None:
                count = int(history.at_actions.sent[number, pair])
                sent += count
                responded += int(history.at_actions.responded[number, pair])
                expected += count * rate
    return Responses(sent, responded / sent, expected / sent) if sent else None


def _expected(gains: list[Gain], channel: str, segment: str) -> float | None:
    fitting = [gain for gain in gains if gain.channel in (None, channel) and gain.segment in (None, segment)]
    if not fitting:
        return None
    return max(fitting, key=lambda gain: (gain.channel is not None) + (gain.segment is not None)).response_rate
