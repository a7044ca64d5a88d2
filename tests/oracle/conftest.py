"""What is worked out by hand must come out of the oracle and of the engine."""

import pytest

from .both import Run, by_engine, by_oracle


@pytest.fixture(params=[by_oracle, by_engine], ids=["oracle", "engine"])
def run(request: pytest.FixtureRequest) -> Run:
    """One of the two programs."""
    program: Run = request.param
    return program
