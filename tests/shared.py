"""Published results and real data that stand beside the checkout."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """A file of the shared data; without it the test is skipped, but fails where CI runs it."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is missing, and CI must not skip what needs it")
        pytest.skip(f"needs {path}, which is not part of the project")
    return path


def reference_path(name: str) -> Path:
    """A file of published results."""
    return shared("reference", name)


def reference(name: str) -> Any:
    """Published results in JSON."""
    return json.loads(reference_path(name).read_text())
