"""What is particular to XES logs."""

from pathlib import Path

from sim.fit import Fitted, fit


def fitted(folder: Path, traces: str) -> Fitted:
    path = folder / "log.xes"
    path.write_text(f"<log>{traces}</log>")
    return fit(path, case="concept:name", activity="concept:name", time="time:timestamp", scratch=folder)


def event(activity: str, day: int, extra: str = "") -> str:
    return (
        f'<event><string key="concept:name" value="{activity}"/>{extra}'
        f'<date key="time:timestamp" value="2024-01-{day:02d}T00:00:00"/></event>'
    )


def trace(name: str, *events: str) -> str:
    return f'<trace><string key="concept:name" value="{name}"/>{"".join(events)}</trace>'


def test_only_completed_steps_count_where_events_tell_starts_from_completions(tmp_path: Path) -> None:
    started = '<string key="lifecycle:transition" value="start"/>'
    completed = '<string key="lifecycle:transition" value="complete"/>'
    cases = [trace(f"c{n}", event("Work", 1, started), event("Work", 3, completed), event("Rest", 4)) for n in range(5)]
    found = fitted(tmp_path, "".join(cases))
    assert found.counts.events == 10
    assert '5 events left out that only start, schedule … "Work": only completions count' in found.report


def test_starts_count_where_no_event_is_a_completion(tmp_path: Path) -> None:
    started = '<string key="lifecycle:transition" value="start"/>'
    cases = [trace(f"c{n}", event("Work", 1, started), event("Rest", 4, started)) for n in range(5)]
    assert fitted(tmp_path, "".join(cases)).counts.events == 10


def test_the_case_may_be_an_attribute_of_the_events(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    owned = [event("Work", 1, f'<string key="owner" value="o{n}"/>') for n in range(4)]
    path.write_text(f"<log>{trace('all', *owned)}</log>")
    found = fit(path, case="owner", activity="concept:name", time="time:timestamp", scratch=tmp_path)
    assert found.counts.cases == 4


def test_attributes_inside_attributes_do_not_hide_those_of_the_event(tmp_path: Path) -> None:
    nested = '<string key="cost" value="3"><string key="concept:name" value="inner"/></string>'
    cases = [trace(f"c{n}", event("Work", 1, nested), event("Rest", 2)) for n in range(3)]
    assert [each.name for each in fitted(tmp_path, "".join(cases)).journey.touchpoints] == ["Work", "Rest"]
