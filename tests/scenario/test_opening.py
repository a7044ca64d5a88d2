"""Opening files: whatever they hold, the answer is a scenario or a clear finding."""

import os

import pytest

from sim.scenario import ScenarioError, load, new_text, open_scenario, parse, tables_of
from tests.builders import small
from tests.scenario.contract import CONTRACT

SMALL = new_text(small())


def refused(path, content=None):
    """The one finding about a file."""
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ScenarioError) as raised:
        open_scenario(path)
    (finding,) = raised.value.findings
    assert finding.file == str(path)
    assert finding.level == "error"
    return finding


def test_a_file_is_opened_with_its_text_as_it_is(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_bytes(CONTRACT.replace("\n", "\r\n").encode())
    opened = open_scenario(path)
    assert opened.path == path
    assert opened.text == CONTRACT.replace("\n", "\r\n")
    assert opened.scenario == parse(CONTRACT).scenario == load(str(path))
    assert opened.warnings == ()


def test_the_stored_text_gives_the_same_scenario(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text(CONTRACT)
    opened = open_scenario(path)
    assert parse(opened.text).scenario == opened.scenario


def test_an_address_leads_to_its_file_and_line(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text(CONTRACT)
    line = CONTRACT.split("\n").index("share = 0.35") + 1
    opened = open_scenario(path)
    assert opened.where("transitions.cart/checkout.share") == (str(path), line)
    assert opened.where("transitions.cart/checkout.nothing") == (str(path), line - 3)
    assert opened.where("channels.unknown.mix")[0] == str(path)


def test_a_missing_file_is_told_apart_from_a_misspelt_one(tmp_path):
    assert refused(tmp_path / "shop.toml").problem == "there is no such file"
    assert refused(tmp_path / "shop.toml").remedy == "check its name and its folder"
    (tmp_path / "shop.toml").write_text(SMALL)
    assert refused(tmp_path / "shpo.toml").remedy == f'did you mean "{tmp_path / "shop.toml"}"?'
    assert refused(tmp_path / "nowhere" / "shop.toml").problem == "there is no such file"


def test_a_folder_is_refused(tmp_path):
    assert refused(tmp_path).problem == "this is a folder"
    (tmp_path / "shop.toml").write_text(SMALL)
    assert refused(tmp_path).remedy == 'give a file in it, such as "shop.toml"'


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "shop.toml")
    assert refused(tmp_path / "shop.toml").problem == "this is no ordinary file"


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    assert "cannot be read" in refused(tmp_path / ("x" * 5000 + ".toml")).problem
    assert "cannot be read" in refused(tmp_path / "a\0b.toml").problem


def test_more_than_five_megabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "shop.toml"
    with open(path, "wb") as file:
        file.truncate(3 * 10**12)  # would not fit into memory
    finding = refused(path)
    assert (finding.problem, finding.remedy) == (
        "the file is 3000000.0 MB large",
        "scenario files may have up to 5 MB",
    )


@pytest.mark.parametrize(
    ("content", "line", "problem", "remedy"),
    [
        (b"", None, "the file is empty", "a scenario starts with format = 1"),
        (b" \n\t\n", None, "the file is empty", "a scenario starts with format = 1"),
        (b"\xef\xbb\xbfformat = 1\n", 1, "starts with a byte order mark", 'save it as "UTF-8"'),
        ("format = 1\n".encode("utf-16"), None, "the file is UTF-16 text", "save it as UTF-8"),
        (b"SQLite format 3\0\x10\0", None, "this is a binary file, not text", "give a scenario file"),
        (b'format = 1\nname = "caf\xe9"\n', 2, "this is not UTF-8 text (byte 0xe9)", "save the file as UTF-8"),
        (b"\x89PNG\r\n\x1a\n", 1, "this is not UTF-8 text (byte 0x89)", "a scenario is TOML text"),
        (b"format = 1\n[population\n", 2, "expected ']'", "write [name] for a table"),
        (b"format = 1\nid = shop\n", 2, "invalid value", 'text needs quotes ("web")'),
        (b"format = 1\nformat = 1\n", 2, "cannot overwrite a value", "say it once"),
        (b"[layout]\n[layout]\n", 2, "cannot declare [layout] twice", "say it once"),
        (b"format = 1 id = 2\n", 1, "after a statement", "start each key on its own line"),
        (b"format: 1\n", 1, "expected '='", "write one key = value on a line"),
        (b'format = 1\nname = "C:\\shop"\n', 2, "string", "double each backslash"),
        (b"format = 1\nsegments = [\n  {", 3, "the file ends in the middle of something", "complete its last lines"),
        (b'format = 1\nabout = """Once upon', 2, "the file ends in the middle of something", "complete its last lines"),
        (b"format = 1\nhorizon =", 2, "the file ends in the middle of something", "complete its last lines"),
        (b"format = 1\nhorizon = 1" + b"0" * 5000, None, "too many digits", "write fewer digits"),
        (b"format = " + b"[" * 5000, None, "nested too deeply", "no more than a few levels"),
    ],
)
def test_a_file_that_is_no_scenario_gets_one_clear_finding(tmp_path, content, line, problem, remedy):
    finding = refused(tmp_path / "shop.toml", content)
    assert problem in finding.problem
    assert remedy in finding.remedy
    assert line is None or finding.line == line


def test_a_file_cut_short_anywhere_is_told_in_findings(tmp_path):
    path = tmp_path / "shop.toml"
    for length in range(0, len(SMALL), 7):
        path.write_text(SMALL[:length])
        try:
            open_scenario(path)
        except ScenarioError as error:
            assert error.findings  # noqa: PT017


def test_a_file_may_say_only_what_differs(tmp_path):
    (tmp_path / "base.toml").write_text(CONTRACT)
    (tmp_path / "child.toml").write_text(
        'extends = "base.toml"\nid = "child"\n'
        '[[channels]]\nid = "email"\nmix = 0.9\n'
        '[[channels]]\nid = "shop"\nkind = "in_person"\n'
        '[[transitions]]\nfrom = "cart"\nto = "gone"\nshare = 0.1\n'
        '[[desks]]\nid = "contact-centre"\npatience_minutes = { family = "gamma", mean = 4, shape = 2 }\n'
        "[orchestration]\ncaps = { total = { max = 1 } }\n"
    )
    base, child = load(tmp_path / "base.toml"), load(tmp_path / "child.toml")
    expected = tables_of(base)
    expected["id"] = "child"
    expected["channels"][0]["mix"] = 0.9
    expected["channels"].append({"id": "shop", "kind": "in_person"})
    expected["transitions"][1]["share"] = 0.1
    expected["desks"][0]["patience_minutes"] = {"family": "gamma", "mean": 4.0, "shape": 2.0}
    expected["orchestration"]["caps"]["total"]["max"] = 1
    assert tables_of(child) == expected


def test_a_chain_of_files_is_put_together_from_its_end_and_relative_to_each_file(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "base.toml").write_text(SMALL)
    (tmp_path / "deep" / "middle.toml").write_text('extends = "../base.toml"\nhorizon = 60\nname = "Middle"\n')
    (tmp_path / "child.toml").write_text('extends = "deep/middle.toml"\nname = "Child"\n')
    child = load(tmp_path / "child.toml")
    assert (child.id, child.horizon, child.name) == ("small", 60, "Child")


def test_what_is_stored_of_a_file_that_extends_stands_alone(tmp_path):
    (tmp_path / "base.toml").write_text(CONTRACT)
    (tmp_path / "child.toml").write_text('extends = "base.toml"\nhorizon = 60\n')
    opened = open_scenario(tmp_path / "child.toml")
    assert "extends" not in opened.text
    assert parse(opened.text).scenario == opened.scenario


def test_a_finding_names_the_file_that_says_it(tmp_path):
    (tmp_path / "base.toml").write_text(SMALL)
    child = 'extends = "base.toml"\n[[touchpoints]]\nid = "middle"\neffort = 9\n'
    (tmp_path / "child.toml").write_text(child)
    finding = refused_in_chain(tmp_path / "child.toml")
    assert (finding.file, finding.line) == (str(tmp_path / "child.toml"), 4)
    assert finding.address == "touchpoints.middle.effort"

    (tmp_path / "base.toml").write_text(SMALL.replace("share = 3", "share = -3"))
    child = 'extends = "base.toml"\n[[transitions]]\nfrom = "middle"\nto = "done"\ndelay = 2\n'
    (tmp_path / "child.toml").write_text(child)
    finding = refused_in_chain(tmp_path / "child.toml")
    assert finding.file == str(tmp_path / "base.toml")
    assert finding.line == SMALL.split("\n").index("share = 3") + 1


def refused_in_chain(path):
    with pytest.raises(ScenarioError) as raised:
        open_scenario(path)
    (finding,) = raised.value.findings
    return finding


def test_files_that_extend_each_other_are_refused(tmp_path):
    (tmp_path / "one.toml").write_text('format = 1\nextends = "two.toml"\n')
    (tmp_path / "two.toml").write_text('extends = "one.toml"\n')
    finding = refused_in_chain(tmp_path / "one.toml")
    assert (finding.file, finding.line, finding.address) == (str(tmp_path / "two.toml"), 1, "extends")
    assert finding.problem == '"one.toml" extends this file in turn'
    (tmp_path / "self.toml").write_text('extends = "self.toml"\n')
    assert "in turn" in refused_in_chain(tmp_path / "self.toml").problem


@pytest.mark.parametrize(
    ("extends", "problem", "remedy"),
    [
        ('"bse.toml"', '"bse.toml": there is no such file', 'did you mean "'),
        ('"."', '".": this is a folder', "give a file in it"),
        ("3", "this names no file", 'such as "base.toml"'),
        ('""', "this names no file", 'such as "base.toml"'),
    ],
)
def test_an_extended_file_that_is_not_there_is_found_where_it_is_named(tmp_path, extends, problem, remedy):
    (tmp_path / "base.toml").write_text(SMALL)
    finding = refused(tmp_path / "child.toml", f"# what differs\nextends = {extends}\n".encode())
    assert (finding.line, finding.address, finding.problem) == (2, "extends", problem)
    assert remedy in finding.remedy


def test_an_id_said_twice_in_a_file_that_extends_is_found(tmp_path):
    (tmp_path / "base.toml").write_text(SMALL)
    text = 'extends = "base.toml"\n[[channels]]\nid = "web"\nmix = 2\n[[channels]]\nid = "web"\n'
    finding = refused(tmp_path / "child.toml", text.encode())
    assert (finding.line, finding.address, finding.problem) == (6, "channels.web.id", 'a second "web"')


def test_a_stored_text_has_nothing_beside_it_to_extend():
    with pytest.raises(ScenarioError, match="stands alone"):
        parse('extends = "base.toml"\n', "run 3")


def test_findings_survive_the_way_back_from_a_worker():
    import pickle

    with pytest.raises(ScenarioError) as raised:
        parse("format = 1\n")
    again = pickle.loads(pickle.dumps(raised.value))
    assert again.findings == raised.value.findings
    assert str(again) == str(raised.value)


def test_a_scenario_that_ships_is_loaded_by_its_id_unless_a_file_of_that_name_is_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load("online-shop").id == "online-shop"
    with pytest.raises(ScenarioError, match=r'online-shp: there is no such file, .*did you mean "online-shop"'):
        load("online-shp")
    (tmp_path / "online-shop").write_text(new_text(small()))
    assert load("online-shop").id == "small"
    assert load(tmp_path / "online-shop").id == "small"
