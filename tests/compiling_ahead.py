"""Compiles the engine in a process of its own, while the workers run tests that need none: one makes it for all."""

from sim.compiling.cache import is_warm

PLAYED = ("everything at once", "arrive by the week's profile", "on linked channels and not yet forgotten")
"""The scenarios that need every compiled function, each by words of its name."""


def compile_ahead() -> None:
    """Play them, unless the engine has been compiled before."""
    if is_warm():
        return
    from sim.engine import compile_program, simulate
    from tests.oracle.identities import drawn_profiles, numbered
    from tests.oracle.played import SEED, case_of

    for name in PLAYED:
        case = case_of(name)
        program = compile_program(case.scenario, case.base)
        profiles = numbered(drawn_profiles(case.scenario, SEED), program.channels)
        simulate(program, SEED, 0, profiles=profiles, events=True)


if __name__ == "__main__":
    compile_ahead()
