"""Every fault that the ordinary operators can put into a source, one at a time.

Not looked for where it could not matter to a result: in annotations, docstrings, assertions, decorators, `strict=`, the
texts of messages. Own code, because the libraries at hand do not fit: mutmut 3 calls functions through trampolines,
which Numba cannot compile; cosmic-ray runs one command for all faults and neither draws nor drops statements.
"""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIM = ROOT / "sim"
BRAND = (
    *(file.relative_to(SIM).as_posix() for file in sorted((SIM / "engine" / "brand").rglob("*.py"))),
    *(f"engine/program/{name}.py" for name in ("conditions", "deciding", "pairs", "rules", "triggers")),
    "engine/memory/agenda.py", "engine/memory/outreach.py", "engine/customer/goals.py", "engine/customer/state.py",
)  # fmt: skip
"""The files of `sim` in which the brand acts."""

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip
_CALLED = {"min": "max", "max": "min", "floor": "ceil", "ceil": "floor", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Fault:
    """One change of one source."""

    path: str
    """of the file, from the root of the repository"""
    function: str
    """in which it is, with its class; empty at the top of the module"""
    line: int
    kind: str
    start: int
    """bytes"""
    end: int
    before: str
    after: str
    again: int
    """how many like it stand before it in the function"""

    @property
    def id(self) -> str:
        """The same as long as the function says the same there."""
        told = "\0".join((self.path, self.function, self.kind, self.before, self.after, str(self.again)))
        return hashlib.sha256(told.encode()).hexdigest()[:10]

    def put_into(self, source: bytes) -> bytes:
        """The source with this fault."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.path}:{self.line} {self.function or 'module'}: {before}  ->  {after}"


def sources() -> list[Path]:
    """The files that faults are put into."""
    brand = [SIM / name for name in BRAND]
    return sorted([*(SIM / "outcomes").glob("*.py"), *(SIM / "fit").rglob("*.py"), *brand])


def faults_of(file: Path, root: Path = ROOT) -> list[Fault]:
    """All faults of a file, in the order in which it is read; none that would leave it as it was."""
    source = file.read_bytes()
    found = list(_Search(source, file.relative_to(root).as_posix()).faults(ast.parse(source), ""))
    seen: dict[tuple[str, ...], int] = {}
    numbered = []
    for fault in sorted(found, key=lambda fault: (fault.start, fault.end, fault.kind, fault.after)):
        key = (fault.function, fault.kind, fault.before, fault.after)
        seen[key] = seen.get(key, -1) + 1
        numbered.append(Fault(**{**vars(fault), "again": seen[key]}))
    return numbered


class _Search:
    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path
        self._begins = [0]
        for line in source.splitlines(keepends=True):
            self._begins.append(self._begins[-1] + len(line))

    def faults(self, node: ast.AST, function: str) -> Iterator[Fault]:
        """The faults of a node and of all below it."""
        if isinstance(node, ast.Assert):
            return
        for kind, at, after in _changes(node, self._fields_beside(node, function)):
            yield self._fault(function, kind, at, after)
        for name, below in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            for part in below if isinstance(below, list) else [below]:
                if not isinstance(part, ast.AST) or _is_docstring(part):
                    continue
                if _is_about_types(part):
                    continue
                inside = function
                if isinstance(part, ast.FunctionDef | ast.ClassDef):
                    inside = f"{function}.{part.name}" if function else part.name
                    self._part = part
                yield from self.faults(part, inside)

    def _fault(self, function: str, kind: str, at: ast.expr | ast.stmt, after: str) -> Fault:
        assert at.end_lineno is not None
        assert at.end_col_offset is not None
        start = self._begins[at.lineno - 1] + at.col_offset
        end = self._begins[at.end_lineno - 1] + at.end_col_offset
        before = self._source[start:end].decode()
        return Fault(self._path, function, at.lineno, kind, start, end, before, after, 0)

    def _fields_beside(self, node: ast.AST, function: str) -> list[str]:
        """Names of the other fields that the function reads from what this node reads a field from."""
        if not (function and isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)):
            return []
        of = ast.unparse(node.value)
        if of in ("np", "math", "ast", "self") or of[:1].isupper():
            return []
        names = {
            other.attr
            for other in ast.walk(self._part)
            if isinstance(other, ast.Attribute) and ast.unparse(other.value) == of and other.attr != node.attr
        }
        return sorted(names)


def _changes(node: ast.AST, beside: list[str]) -> Iterator[tuple[str, ast.expr | ast.stmt, str]]:
    """Kind of fault, the node to be replaced, and the text to replace it by."""
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            ops = list(node.ops)
            ops[index] = _COMPARED[type(operator)]()
            yield "comparison", node, _text(ast.Compare(node.left, ops, node.comparators))
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED and not any(map(_is_text, (node.left, node.right))):
        yield "arithmetic", node, _text(ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right))
    elif isinstance(node, ast.BoolOp):
        yield "and/or", node, _text(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
    elif isinstance(node, ast.UnaryOp):
        yield "sign", node, _text(node.operand)
    elif isinstance(node, ast.Constant):
        yield from (("constant", node, text) for text in _other_constants(node.value))
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.Dict) and len(node.values) > 1:
        for k in range(len(node.values) - 1):
            values = list(node.values)
            values[k], values[k + 1] = values[k + 1], values[k]
            if ast.dump(values[k]) != ast.dump(values[k + 1]):
                yield "swapped", node, _text(ast.Dict(node.keys, values))
    elif isinstance(node, ast.Attribute) and beside:
        yield "field", node, _text(ast.Attribute(node.value, beside[len(node.attr) % len(beside)], node.ctx))
    if isinstance(node, ast.If | ast.While | ast.IfExp) and not _is_for_types(node.test):
        yield "condition", node.test, f"(not ({_text(node.test)}))"
    if isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield "condition", test, f"(not ({_text(test)}))"
    if isinstance(node, ast.AugAssign):
        changed = ast.AugAssign(node.target, _COMPUTED[type(node.op)](), node.value)
        yield "arithmetic", node, ast.unparse(changed)
    if _may_be_dropped(node):
        assert isinstance(node, ast.stmt)
        yield "dropped", node, "pass"
    if isinstance(node, ast.FunctionDef):
        yield from _returns(node)


def _other_constants(value: object) -> list[str]:
    if isinstance(value, bool):
        return [str(not value)]
    if isinstance(value, int):
        return [f"({value + 1})", f"({value - 1})"]
    if isinstance(value, float):
        return [f"({value * 2 if value else 1.0})"]
    return []


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.expr, str]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in _CALLED:
        other: ast.expr = ast.Name(_CALLED[name])
        if isinstance(node.func, ast.Attribute):
            other = ast.Attribute(node.func.value, _CALLED[name])
        yield "called", node, _text(ast.Call(other, node.args, node.keywords))
    if name in ("min", "max", "minimum", "maximum", "cast", "isinstance") or any(
        isinstance(one, ast.Starred) for one in node.args
    ):
        return
    for k in range(len(node.args) - 1):
        swapped = list(node.args)
        swapped[k], swapped[k + 1] = swapped[k + 1], swapped[k]
        if _may_be_swapped(swapped[k], swapped[k + 1]):
            yield "swapped", node, _text(ast.Call(node.func, swapped, node.keywords))


def _may_be_swapped(one: ast.expr, other: ast.expr) -> bool:
    """Whether swapping two arguments says something else, and is no crash for certain or a matter of wording."""
    if any(
        getattr(each, "id", "") in ("tables", "lane", "view", "scenario", "history", "program") for each in (one, other)
    ):
        return False
    return not (_is_text(one) and _is_text(other)) and ast.dump(one) != ast.dump(other)


def _may_be_dropped(node: ast.AST) -> bool:
    if isinstance(node, ast.AugAssign | ast.Raise | ast.Continue | ast.Break):
        return True
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _returns(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr, str]]:
    told = ast.unparse(function.returns) if function.returns else ""
    for node in _own(function):
        if not isinstance(node, ast.Return) or node.value is None or isinstance(node.value, ast.Constant):
            continue
        text = _text(node.value)
        after = {"bool": f"(not ({text}))", "int": f"(({text}) + 1)", "float": f"(({text}) + 1.0)"}.get(told, "None")
        yield "returned", node.value, after


def _own(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function but for those of functions inside it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not _owns_returns(node):
            waiting += ast.iter_child_nodes(node)


def _owns_returns(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.Lambda)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_about_types(node: ast.AST) -> bool:
    """Whether a node says only which types go together, or that two lists are of one length."""
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _is_type(node.left) and _is_type(node.right)
    return False


def _is_for_types(test: ast.expr) -> bool:
    """Whether a condition only keeps out of a running program what annotations name: denied, it imports too much."""
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _is_type(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_type(node.left) and _is_type(node.right)
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    named = name[:1].isupper() or name in ("int", "float", "str", "bool", "bytes", "list", "tuple", "dict")
    return (named and not name.isupper()) or (isinstance(node, ast.Constant) and node.value is None)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _text(node: ast.expr) -> str:
    return f"({ast.unparse(ast.fix_missing_locations(node))})"
