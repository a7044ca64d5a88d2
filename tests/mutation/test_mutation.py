"""The faults are real ones, and a run without any is one that passes."""

import ast
from pathlib import Path

from tests.mutation.drawing import draw
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.faults import ROOT, Fault, faults_of, sources
from tests.mutation.named import named_faults


def faults_in(text: str, tmp_path: Path) -> list[tuple[str, str]]:
    """Kind and text after it, of all faults of a source."""
    copy = tmp_path / "sim.py"
    copy.write_text(text)
    return [(fault.kind, fault.put_into(text.encode()).decode()) for fault in faults_of(copy, tmp_path)]


def test_every_operator_has_its_faults(tmp_path: Path) -> None:
    text = "def more(a: int, b: int) -> bool:\n    return a + 1 < min(a, b) and not b\n"
    found = {(kind, after.splitlines()[1].strip()) for kind, after in faults_in(text, tmp_path)}
    assert found == {
        ("and/or", "return (a + 1 < min(a, b) or not b)"),
        ("arithmetic", "return (a - 1) < min(a, b) and not b"),
        ("called", "return a + 1 < (max(a, b)) and not b"),
        ("comparison", "return (a + 1 <= min(a, b)) and not b"),
        ("constant", "return a + (0) < min(a, b) and not b"),
        ("constant", "return a + (2) < min(a, b) and not b"),
        ("returned", "return (not ((a + 1 < min(a, b) and (not b))))"),
        ("sign", "return a + 1 < min(a, b) and (b)"),
    }


def test_statements_are_dropped_and_fields_arguments_and_values_swapped(tmp_path: Path) -> None:
    text = "def put(a, b):\n    a.one = a.two\n    call(a, b)\n    return {'x': a, 'y': b}\n"
    found = {(kind, after) for kind, after in faults_in(text, tmp_path)}
    assert ("dropped", text.replace("a.one = a.two", "pass")) in found
    assert ("dropped", text.replace("call(a, b)", "pass")) in found
    assert ("swapped", text.replace("call(a, b)", "(call(b, a))")) in found
    assert ("swapped", text.replace("{'x': a, 'y': b}", "({'x': b, 'y': a})")) in found
    assert ("field", text.replace("a.two", "(a.one)")) in found


def test_types_texts_and_assertions_are_left_alone(tmp_path: Path) -> None:
    text = 'def f(a: "int | None" = None) -> int | None:\n    """Say 1."""\n    assert a == 1, "one"\n'
    assert faults_in(text, tmp_path) == []


def test_what_never_changes_a_result_is_no_fault(tmp_path: Path) -> None:
    assert faults_in("if TYPE_CHECKING:\n    from a import b\n", tmp_path) == []
    assert faults_in("return {'x': a, 'y': a}", tmp_path) == []
    assert faults_in("c = maximum(a, b)\nd = np.minimum(a, b)\n", tmp_path) == []


def test_drawn_faults_differ_are_the_same_at_a_seed_and_leave_a_source_that_can_be_read() -> None:
    drawn = draw(100, 1)
    assert drawn == draw(100, 1)
    assert len({fault.id for fault in drawn}) == 100
    assert len({fault.kind for fault in drawn}) == 11
    for fault in [*drawn, *named_faults()]:
        changed = put(fault)
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse((ROOT / fault.path).read_bytes())), str(fault)


def put(fault: Fault) -> bytes:
    return fault.put_into((ROOT / fault.path).read_bytes())


def test_the_faults_that_are_none_are_ones_that_can_be_put_in_today() -> None:
    today = {fault.id for file in sources() for fault in faults_of(file)}
    assert EQUIVALENT
    assert set(EQUIVALENT) - today == set()
