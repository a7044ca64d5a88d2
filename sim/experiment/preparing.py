"""Making the engine ready ahead of the first run."""

_FEW = 20


def prepare_engine() -> None:
    """Compile for this machine what runs of the scenarios that ship need; where that has been done, next to nothing."""
    from sim.engine import compile_program, simulate
    from sim.experiment.profiles import profiles_of
    from sim.experiment.scale import with_customers
    from sim.scenario import open_scenario
    from sim.shipped import shipped_scenarios

    for path in shipped_scenarios().values():
        few = with_customers(open_scenario(path).scenario, _FEW)
        seed = few.experiment.seed
        simulate(compile_program(few, few), seed, 0, profiles=profiles_of(few, seed))
