"""No file takes part in a circle of imports: each can be read, and tried, with nothing but what is below it."""

from pathlib import Path

import grimp
import networkx as nx
import pytest


def circles(*packages: str) -> list[list[str]]:
    """The files that reach themselves by imports; those inside functions and those for types alone count, too."""
    graph = grimp.build_graph(*packages, cache_dir=None)
    imports = nx.DiGraph((by, of) for by in graph.modules for of in graph.find_modules_directly_imported_by(by))
    return sorted(sorted(files) for files in nx.strongly_connected_components(imports) if len(files) > 1)


def test_no_files_import_one_another_in_a_circle() -> None:
    assert circles("sim", "app") == []


def test_a_circle_is_found_through_types_functions_and_what_a_folder_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "round_trip"
    (folder / "parts").mkdir(parents=True)
    for name, text in {
        "__init__": "",
        "window": "from round_trip.parts import helper\n",
        "below": "import math\n",
        "parts/__init__": "from round_trip.parts.helper import Helper\n",
        "parts/helper": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from round_trip.later import Later\n",
        "later": "from round_trip import below\n\n\ndef late():\n    from round_trip.window import Window\n",
    }.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert circles("round_trip") == [["round_trip.later", "round_trip.parts.helper", "round_trip.window"]]
