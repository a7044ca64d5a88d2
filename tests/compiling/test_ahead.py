from tests.compiling_ahead import PLAYED
from tests.oracle.played import case_of


def test_what_is_played_to_compile_the_engine_ahead_of_the_tests_is_there() -> None:
    assert len({case_of(name).name for name in PLAYED}) == len(PLAYED)
