"""Arms: the scenario with some values changed, or a file laid over it."""

import pytest

from sim.scenario import Arm, ScenarioError, get, new_text, open_scenario, override, parse, tables_of, variants
from tests.builders import scenario, small
from tests.scenario.contract import CONTRACT


def test_without_arms_there_is_one_variant_called_base():
    plain = scenario()
    (only,) = variants(plain)
    assert (only.id, only.name, only.scenario) == ("base", "Base", plain)


def test_the_files_arms_come_in_their_order_each_with_its_values_set():
    arms = [
        {"id": "as-is"},
        {"id": "faster", "name": "Faster", "set": {"transitions.start/middle.delay": 0.5, "integration.mode": "multi"}},
    ]
    plain = scenario(experiment={"arms": arms})
    as_is, faster = variants(plain)
    assert (as_is.id, as_is.name, as_is.scenario) == ("as-is", "as-is", plain)
    assert (faster.id, faster.name) == ("faster", "Faster")
    assert get(faster.scenario, "transitions.start/middle.delay") == 0.5
    assert faster.scenario == override(plain, arms[1]["set"])


def test_given_arms_replace_the_files():
    file = parse(CONTRACT)
    arms = [Arm(id="one", set={"channels.email.mix": 1}), Arm(id="two", set={"channels.email.mix": 2})]
    assert [variant.scenario.channels[0].mix for variant in variants(file, arms)] == [1, 2]
    assert [variant.id for variant in variants(file, [])] == ["base"]


def test_two_arms_of_the_same_id_are_refused():
    with pytest.raises(ScenarioError) as raised:
        variants(scenario(), [Arm(id="one"), Arm(id="one")])
    (finding,) = raised.value.findings
    assert (finding.address, finding.problem) == ("experiment.arms.one", 'a second arm "one"')


def test_everything_wrong_with_the_arms_is_told_at_once_where_it_is_set():
    arms = [
        Arm(id="one", set={"chanels.web.mix": 1}),
        Arm(id="two", set={"channels.web.mix": -1}),
        Arm(id="three", set={"experiment.seed": 1}),
        Arm(id="four", set={"transitions.middle/done.share": 0, "transitions.middle/gone.share": 0}),
        Arm(id="five", set={"not an address.": 0}),
    ]
    with pytest.raises(ScenarioError) as raised:
        variants(scenario(), arms)
    assert [finding.address for finding in raised.value.findings] == [
        'experiment.arms.one.set."chanels.web.mix"',
        'experiment.arms.two.set."channels.web.mix"',
        'experiment.arms.three.set."experiment.seed"',
        'experiment.arms.four.set."transitions.middle/done.share"',
        'experiment.arms.five.set."not an address."',
    ]
    assert raised.value.findings[0].remedy == "did you mean channels.web.mix?"
    assert raised.value.findings[1].problem == "expected a number of at least 0, got -1"


def test_an_arm_may_make_a_touchpoint_unreachable():
    (without,) = variants(scenario(), [Arm(id="nobody-leaves", set={"transitions.middle/gone.enabled": False})])
    assert without.scenario.transitions[2].enabled is False


def test_an_arm_may_be_a_file_with_what_differs(tmp_path):
    arms = [{"id": "as-is"}, {"id": "other", "extends": "other.toml", "set": {"channels.web.cost": 2}}]
    (tmp_path / "base.toml").write_text(new_text(small(experiment={"arms": arms})))
    (tmp_path / "other.toml").write_text(
        'id = "ignored"\nhorizon = 9\n[experiment]\nseed = 1\n'
        '[[channels]]\nid = "web"\nmix = 3\n[[channels]]\nid = "app"\n'
    )
    file = open_scenario(tmp_path / "base.toml")
    as_is, other = variants(file)
    expected = tables_of(as_is.scenario)
    expected["horizon"] = 9
    expected["channels"] = [{"id": "web", "mix": 3, "cost": 2}, {"id": "app"}]
    assert tables_of(other.scenario) == expected


def test_an_arms_file_may_itself_extend_the_scenario(tmp_path):
    arms = [{"id": "other", "extends": "other.toml"}]
    (tmp_path / "base.toml").write_text(new_text(small(experiment={"arms": arms})))
    (tmp_path / "other.toml").write_text('extends = "base.toml"\n[[channels]]\nid = "web"\nmix = 3\n')
    file = open_scenario(tmp_path / "base.toml")
    assert file.scenario.experiment.arms[0].set == {"channels.web.mix": 3}
    assert variants(file)[0].scenario == override(file.scenario, {"channels.web.mix": 3})


def test_the_stored_text_holds_the_arms_files_too(tmp_path):
    arms = [{"id": "other", "extends": "other.toml"}]
    (tmp_path / "base.toml").write_text(new_text(small(experiment={"arms": arms})))
    (tmp_path / "other.toml").write_text(
        '[[transitions]]\nfrom = "start"\nto = "done"\nshare = 1\n[[touchpoints]]\nid = "middle"\neffort = 4\n'
    )
    file = open_scenario(tmp_path / "base.toml")
    (tmp_path / "other.toml").unlink()
    assert variants(parse(file.text)) == variants(file)
    assert variants(file)[0].scenario.transitions[3].key == "start/done"


def test_a_given_arm_may_name_a_file_beside_the_scenario(tmp_path):
    (tmp_path / "base.toml").write_text(new_text(small()))
    (tmp_path / "other.toml").write_text("horizon = 9\n")
    (other,) = variants(open_scenario(tmp_path / "base.toml"), [Arm(id="other", extends="other.toml")])
    assert other.scenario.horizon == 9
    with pytest.raises(ScenarioError, match="open the scenario from its file"):
        variants(scenario(), [Arm(id="other", extends="other.toml")])


def test_an_arms_file_that_is_not_there_is_found_at_the_arm(tmp_path):
    arms = [{"id": "other", "extends": "othr.toml"}]
    text = new_text(small(experiment={"arms": arms}))
    (tmp_path / "base.toml").write_text(text)
    (tmp_path / "other.toml").write_text("horizon = 9\n")
    with pytest.raises(ScenarioError) as raised:
        open_scenario(tmp_path / "base.toml")
    (finding,) = raised.value.findings
    assert finding.line == text.split("\n").index('extends = "othr.toml"') + 1
    assert finding.address == "experiment.arms.other.extends"
    assert finding.problem == '"othr.toml": there is no such file'
    assert finding.remedy == f'did you mean "{tmp_path / "other.toml"}"?'
