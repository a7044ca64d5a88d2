from sim.scenario.remembered import remembered
from tests.builders import scenario


def test_what_follows_from_a_scenario_is_worked_out_once_for_each():
    asked = []

    @remembered
    def size(of):
        asked.append(of)
        return of.population.size

    few, many = scenario(population={"size": 10}), scenario(population={"size": 20})
    assert [size(few), size(many), size(few), size(many)] == [10, 20, 10, 20]
    assert asked == [few, many]


def test_a_copy_is_another_scenario_so_that_nothing_is_compared():
    asked = []
    count = remembered(lambda of: asked.append(of))
    one = scenario()
    count(one)
    count(one.model_copy())
    assert len(asked) == 2
