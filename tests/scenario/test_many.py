"""Files with far too much in them, and files that extend what they must not: told in a few plain findings."""

import os
from pathlib import Path

import pytest

from sim.scenario import Arm, Finding, ScenarioError, new_text, open_scenario, override, parse, variants
from sim.scenario.findings import MOST, listed
from sim.scenario.opening.extends import refused
from tests.builders import small


def told(path: Path) -> tuple[Finding, ...]:
    with pytest.raises(ScenarioError) as error:
        open_scenario(path)
    return error.value.findings


def test_of_many_findings_the_first_are_listed_and_the_last_says_how_many_more_there_are() -> None:
    text = "\n".join(f"k{number} = 1" for number in range(3000)) + "\n" + new_text(small())
    with pytest.raises(ScenarioError) as error:
        parse(text)
    *first, last = error.value.findings
    assert [finding.line for finding in first] == list(range(1, MOST + 1))
    assert (last.problem, last.remedy, last.level) == (
        "and 2,900 more like these",
        "fix those above first",
        "error",
    )
    again, arguments = error.value.__reduce__()
    assert again(*arguments).findings == error.value.findings


def test_names_of_millions_of_letters_are_cut_short() -> None:
    text = f"{'k' * 2_000_000} = 1\n" + new_text(small(experiment={"arms": [{"id": "a", "set": {"9" * 5000: 1}}]}))
    with pytest.raises(ScenarioError) as error:
        parse(text)
    with pytest.raises(ScenarioError, match="there is no"):
        override(parse(new_text(small())).scenario, {f"transitions.{'9' * 5000}.share": 1})
    assert len(str(error.value)) < 5000


def test_errors_are_listed_before_warnings() -> None:
    doubts = [Finding(None, number, "", "doubtful", "", "warning") for number in range(150)]
    wrong = Finding(None, 200, "", "wrong", "")
    found = listed([*doubts, wrong])
    assert (found[-2], found[-1].problem) == (wrong, "and 51 more like these")
    assert found[-1].level == "error"
    assert listed(doubts)[-1].level == "warning"
    assert listed(found) == found


def test_duplicates_and_wrong_arms_are_counted_too() -> None:
    twice = "\n".join('[[channels]]\nid = "again"' for _ in range(500))
    arms = [Arm(id=f"a{number}", set={"nothing.here": 1}) for number in range(150)]
    with pytest.raises(ScenarioError) as of_file:
        parse(new_text(small()) + twice)
    with pytest.raises(ScenarioError) as of_arms:
        variants(parse(new_text(small())), arms)
    assert of_file.value.findings[-1].problem == "and 399 more like these"
    assert of_arms.value.findings[-1].problem == "and 50 more like these"


def test_more_arms_than_can_be_compared_are_refused_before_their_files_are_read(tmp_path: Path) -> None:
    arms = "".join(f'[[experiment.arms]]\nid = "a{number}"\nextends = "gone.toml"\n' for number in range(3000))
    (tmp_path / "many.toml").write_text(new_text(small()) + arms)
    [finding] = told(tmp_path / "many.toml")
    assert (finding.address, finding.problem) == ("experiment.arms", "3,000 arms are too many to be compared")
    with pytest.raises(ScenarioError, match="201 arms are too many"):
        variants(parse(new_text(small())), [Arm(id=f"a{number}") for number in range(201)])


@pytest.mark.parametrize("last", ['id = "end"\n', 'extends = "f0.toml"\n'], ids=["chain", "circle"])
def test_files_that_extend_one_another_without_end_are_a_finding(tmp_path: Path, last: str) -> None:
    for number in range(1500):
        (tmp_path / f"f{number}.toml").write_text(f'extends = "f{number + 1}.toml"\n')
    (tmp_path / "f1500.toml").write_text(last)
    [finding] = told(tmp_path / "f0.toml")
    assert (finding.address, finding.line) == ("extends", 1)
    assert finding.problem == "50 files extend one another on the way to this one"


def test_files_that_are_too_large_together_are_a_finding(tmp_path: Path) -> None:
    (tmp_path / "f3.toml").write_text(new_text(small()))
    for number in range(3):
        (tmp_path / f"f{number}.toml").write_text(f'extends = "f{number + 1}.toml"\n#'.ljust(4_900_000, "x"))
    assert "more than 10 MB" in told(tmp_path / "f0.toml")[0].problem


ELSEWHERE = (
    r"\\host\share\base.toml", "//host/share/base.toml", r"\/host\share", "/\\host/share", r"\\?\UNC\host\base.toml",
    r"\\.\pipe\base", " //host/base.toml", "file://host/base.toml", "file:///etc/hostname", "http://host/base.toml",
    "HTTPS://host/base.toml", "smb://host/base.toml", "ftp:base.toml", "javascript:alert", "data:text/plain,id=1",
)  # fmt: skip


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_file_on_another_computer_is_never_looked_for(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = new_text(small())
    (tmp_path / "base.toml").write_text(f"extends = '{name}'\n{base}")
    (tmp_path / "arm.toml").write_text(base + f"[[experiment.arms]]\nid = 'a'\nextends = '{name}'\n")
    asked: list[str] = []
    look = os.stat
    monkeypatch.setattr(os, "stat", lambda path, *rest, **more: asked.append(str(path)) or look(path, *rest, **more))
    for file in ("base.toml", "arm.toml"):
        [finding] = told(tmp_path / file)
        assert finding.address.endswith("extends")
        assert "never read" in finding.problem
    with pytest.raises(ScenarioError, match="never read"):
        variants(open_scenario(_plain(tmp_path)), [Arm(id="a", extends=name)])
    assert {Path(path).name for path in asked} <= {"base.toml", "arm.toml", "plain.toml", tmp_path.name}
    assert all(path.startswith(str(tmp_path)) for path in asked)


def _plain(folder: Path) -> Path:
    (folder / "plain.toml").write_text(new_text(small()))
    return folder / "plain.toml"


@pytest.mark.parametrize(
    "name", ["base.toml", "C:/base.toml", "./a/../base.toml", "a:b.toml", "/base.toml", "~/x.toml"]
)
def test_a_plain_name_is_no_address(name: str) -> None:
    assert refused(name) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to("loop")
    for name, says in (
        ("pipe", "no ordinary file"), ("folder", "a folder"), ("zero", "no ordinary file"),
        ("/dev/zero", "no ordinary file"),
        ("/dev/stdin", "no ordinary file"), ("loop", "cannot be read"), ("/proc/self/environ", "no ordinary file"),
        ("/sys/kernel/uevent_seqnum", "no ordinary file"), ("../../../../../dev/random", "no ordinary file"),
    ):  # fmt: skip
        (tmp_path / "file.toml").write_text(f'extends = "{name}"\n')
        [finding] = told(tmp_path / "file.toml")
        assert says in finding.problem or (name == "../../../../../dev/random" and "no such file" in finding.problem)


def test_a_file_outside_the_folder_is_read_and_that_is_said(tmp_path: Path) -> None:
    inner = tmp_path / "mine"
    (inner / "deep").mkdir(parents=True)
    (tmp_path / "base.toml").write_text(new_text(small()))
    (inner / "link.toml").symlink_to(tmp_path / "base.toml")
    (inner / "inside.toml").write_text(new_text(small()))
    (inner / "deep" / "middle.toml").write_text('extends = "../inside.toml"\n')
    for name in ("../base.toml", str(tmp_path / "base.toml"), "link.toml"):
        (inner / "file.toml").write_text(f'extends = "{name}"\n')
        [warning] = open_scenario(inner / "file.toml").warnings
        assert (warning.level, warning.line, warning.address) == ("warning", 1, "extends")
        assert warning.problem == f'"{name}" is outside the folder of this file, and was read'
        arm = f'[[experiment.arms]]\nid = "a"\nextends = "{name}"\n'
        (inner / "file.toml").write_text(new_text(small()) + arm)
        [warning] = open_scenario(inner / "file.toml").warnings
        assert warning.address == "experiment.arms.a.extends"
    for name in ("inside.toml", "deep/middle.toml", "../mine/inside.toml"):
        (inner / "file.toml").write_text(f'extends = "{name}"\n')
        assert open_scenario(inner / "file.toml").warnings == ()
