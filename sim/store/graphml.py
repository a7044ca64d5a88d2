"""The journey as GraphML, with what happened on each touchpoint and transition."""

from collections.abc import Mapping
from pathlib import Path

from sim.scenario.resolve import channel_shares, enabled_touchpoints, enabled_transitions, roles, stage_of
from sim.scenario.scenario import Scenario
from sim.store.writing import complete

Figures = Mapping[str, Mapping[str, float]]


def export_graphml(scenario: Scenario, touchpoints: Figures, transitions: Figures, path: Path) -> None:
    """Write the journey of one arm to `path`: touchpoints as nodes, transitions as edges.

    `touchpoints` and `transitions` are figures by id, means over the replications; each becomes an attribute
    `measured_…`.
    """
    import networkx as nx

    role_of = roles(scenario)
    graph = nx.MultiDiGraph(name=scenario.name or scenario.id)
    for touchpoint in enabled_touchpoints(scenario):
        graph.add_node(
            touchpoint.id,
            name=touchpoint.name or touchpoint.id,
            stage=stage_of(scenario, touchpoint),
            channels=" ".join(channel_shares(scenario, touchpoint)),
            start=bool(touchpoint.start),
            goal=touchpoint.goal.kind if touchpoint.goal else "",
            exit=touchpoint.exit or "",
            lapsed=touchpoint.lapsed,
            **_measured(touchpoints.get(touchpoint.id, {})),
        )
    for transition in enabled_transitions(scenario):
        graph.add_edge(
            transition.source,
            transition.target,
            key=transition.key,
            share=transition.share,
            role=role_of[transition.key],
            mean_delay_days=transition.delay.mean_value(),
            **_measured(transitions.get(transition.key, {})),
        )
    with complete(path) as unfinished:
        nx.write_graphml(graph, unfinished)


def _measured(figures: Mapping[str, float]) -> dict[str, float]:
    return {f"measured_{name}": value for name, value in figures.items()}
