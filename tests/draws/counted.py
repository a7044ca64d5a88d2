"""A build of the simulator that notes every word of chance that it uses.

The sources are copied and changed: each call of `block` says which of the four words its caller goes on to use, read
off the source itself, and `block` notes them. What is drawn eight at once is drawn one after the other instead, and all
of its words count as used where they are drawn. Run as a program inside such a copy, this file simulates and prints
what was used, as JSON.
"""

import ast
import json
import pickle
import shutil
import sys
from collections import Counter
from pathlib import Path
from zlib import crc32

SOURCES = Path(__file__).resolve().parents[2] / "sim"
COMPILED = ("draws", "population", "engine")

NOTE = """
import ctypes

SEEN = {}
TWICE = []
CALLERS = {}
ASKED_AGAIN = set()


@ctypes.CFUNCTYPE(
    None, ctypes.c_uint64, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_uint32
)
def _note(customer, site, at, k0, k1, caller_and_words):
    words = caller_and_words & 15
    caller = caller_and_words >> 4
    counter = (k0, k1, customer, site, at)
    seen = SEEN.get(counter, 0)
    for word in (1, 2, 4, 8):
        if words & word and CALLERS.setdefault((counter, word), caller) != caller:
            TWICE.append((counter, word))
    if seen & words:
        ASKED_AGAIN.add(at >> 24)
    SEEN[counter] = seen | words | (words and seen and 16)


@compiled
def block(customer, site, purpose, occurrence, k0, k1, caller_and_words):
    _note(customer, site, (purpose << 24) | (occurrence & 0xFFFFFF), k0, k1, caller_and_words)
    return _block(customer, site, purpose, occurrence, k0, k1)
"""

ONE_BY_ONE = """
from sim.draws.philox import _block, block, uniform32
import math


@compiled
def draw_blocks(number, sites, purposes, begin, end, occurrence, keys, logs, words, waits, log_waits):
    for at in range(begin, end):
        if purposes[at] > 0:
            w0, w1, w2, w3 = block(number, sites[at], purposes[at] >> 24, occurrence, keys[0], keys[10])
        else:  # filled up to a multiple of eight; it takes part in races all the same, without a share
            w0, w1, w2, w3 = _block(number, sites[at], 0, occurrence, keys[0], keys[10])
        words[0, at - begin], words[1, at - begin] = w0, w1
        words[2, at - begin], words[3, at - begin] = w2, w3
        waits[at - begin] = -math.log(uniform32(w0))
        log_waits[at - begin] = math.log(waits[at - begin])


@compiled
def draw_column(numbers, at, site, purpose, keys, words, waits):
    for k in range(8):
        if numbers[at + k] > 0 or at + k == 0:
            w0, w1, w2, w3 = block(numbers[at + k], site, purpose, 0, keys[0], keys[10])
        else:  # filled up to a multiple of eight
            w0, w1, w2, w3 = _block(numbers[at + k], site, purpose, 0, keys[0], keys[10])
        words[0, k], words[1, k], words[2, k], words[3, k] = w0, w1, w2, w3
        waits[k] = -math.log(uniform32(w0))
"""


def build(at: Path) -> None:
    """Make the build in folder `at`; ValueError where a call of `block` does not say which words it takes."""
    shutil.copytree(SOURCES, at / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    for package in COMPILED:
        for file in (at / "sim" / package).rglob("*.py"):
            if file.name == "philox.py":
                text = file.read_text()
                assert text.count("def block(") == 1
                file.write_text(text.replace("def block(", "def _block(") + NOTE)
            elif file.name == "eight.py":
                text = file.read_text()
                for name in ("draw_blocks", "draw_column"):
                    assert text.count(f"def {name}(") == 1
                    text = text.replace(f"def {name}(", f"def _{name}(")
                file.write_text(f"{text}\n\n{saying_which_words(ONE_BY_ONE, file.name)}\n")
            elif file.name == "parts.py":
                # What refers to a function of this process cannot be kept for another one.
                text = file.read_text()
                assert text.count("        self._cache = CheckedCache(function)\n") == 1
                file.write_text(text.replace("        self._cache = CheckedCache(function)\n", ""))
            else:
                file.write_text(saying_which_words(file.read_text(), file.name))


def saying_which_words(source: str, name: str) -> str:
    """The source, with every call of `block` given one more argument: where it is, and which of its words are used."""
    tree = ast.parse(source)
    calls = {node for node in ast.walk(tree) if _calls(node, "block")}
    if any(_calls(node, "philox") for node in ast.walk(tree)):
        raise ValueError(f"{name}: words are drawn past `block`")
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        read = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        for node in ast.walk(function):
            if not isinstance(node, ast.Assign) or node.value not in calls:
                continue
            target = node.targets[0]
            if isinstance(target, ast.Tuple) and len(target.elts) == 4 and isinstance(node.value, ast.Call):
                names = [element.id if isinstance(element, ast.Name) else "_" for element in target.elts]
                words = sum(1 << index for index, word in enumerate(names) if word in read and word != "_")
                caller = crc32(f"{name}:{node.lineno}".encode()) & 0xFFFFFFF
                node.value.args.append(ast.Constant((caller << 4) | words))
                calls.discard(node.value)
    if calls:
        lines = sorted(call.lineno for call in calls)
        raise ValueError(f"{name}, lines {lines}: write `w0, w1, w2, w3 = block(…)`, `_` for words that are not used")
    return ast.unparse(tree)


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def main(examples: int) -> None:
    """Simulate shipped, named and drawn scenarios, and print what each used."""
    from hypothesis import Phase, given, settings

    from sim.draws import philox
    from sim.engine import compile_program, simulate
    from sim.experiment.profiles import profiles_of
    from sim.scenario import load
    from sim.scenario.scenario import Scenario
    from tests.oracle.scenarios import CASES as ALONE
    from tests.oracle.scenarios_orchestration import CASES as ORCHESTRATED
    from tests.oracle.scenarios_sharing import CASES as SHARED
    from tests.strategies import Drawn, drawn_scenarios

    used: list[dict[str, object]] = []

    def run(name: str, scenario: Scenario, base: Scenario, seed: int, replication: int) -> None:
        program, profiles = compile_program(scenario, base), profiles_of(scenario, seed)
        for noted in (philox.SEEN, philox.TWICE, philox.CALLERS, philox.ASKED_AGAIN):
            noted.clear()
        history = simulate(program, seed, replication, profiles=profiles)
        again = Counter(counter[4] >> 24 for counter, words in philox.SEEN.items() if words & 16)
        used.append(
            {
                "scenario": name,
                "given": pickle.dumps((scenario, base, seed, replication)).hex(),
                "events": history.event_count,
                "blocks": len(philox.SEEN),
                "words": sum((words & 15).bit_count() for words in philox.SEEN.values()),
                "twice": [[list(counter), words] for counter, words in philox.TWICE[:5]],
                "read again": {str(purpose): number for purpose, number in again.items()},
                "asked again": sorted(philox.ASKED_AGAIN),
                "budget": program.budget is not None,
                "own key": all(counter[:2] == (seed, replication) for counter in philox.SEEN),
                "purposes": sorted({counter[4] >> 24 for counter in philox.SEEN}),
            }
        )

    for name in ("online-shop", "subscription") if examples else ():
        full = load(SOURCES.parent / "scenarios" / f"{name}.toml")
        few = full.model_copy(update={"population": full.population.model_copy(update={"size": 4000})})
        run(name, few, few, 2026, 3)
    for case in (*ALONE, *ORCHESTRATED, *SHARED) if examples else ALONE[9:10]:
        run(case.name, case.scenario, case.base, 2026, 1)
    if examples:

        @settings(max_examples=examples, phases=[Phase.generate], derandomize=True, deadline=None)
        @given(drawn_scenarios())
        def drawn_run(drawn: Drawn) -> None:
            run("drawn", drawn.scenario, drawn.reference, drawn.seed, 2)

        drawn_run()
    print(json.dumps(used))


if __name__ == "__main__":
    main(int(sys.argv[1]))
