"""The documentation does what it says: its commands run, its links lead somewhere, its pictures fetch nothing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands(page: Path) -> list[tuple[str, str]]:
    """What the page has its readers type, in order, with the program that takes it.

    That is blocks marked `bash` and `python`, and lines after `$` in those marked `console`. Blocks marked `sh` set up,
    and are not run here.
    """
    found = []
    for language, code in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "bash":
            found.append(("bash", code))
        elif language == "console":
            found += [("bash", line) for line in re.findall(r"^\$ (.+)$", code, re.MULTILINE)]
        elif language == "python":
            found.append(("python", code))
    return found


def prose(page: Path) -> str:
    return BLOCK.sub("", page.read_text(encoding="utf-8"))


def the_grid_is_read_back(said: list[str]) -> None:
    """The select finds 3 scenarios x 6 prices, and pandas has the same figures of the store and of runs in Python."""
    _, select, of_store, of_python, *_ = said
    found = [line.split() for line in select.splitlines()[2:]]
    assert len(found) == len({(scenario, price) for scenario, price, *_ in found}) == 18
    profit = {(scenario, float(price)): float(mean) for scenario, price, mean, *_ in found}
    for table in (of_store, of_python):
        _, *scenarios = table.splitlines()[0].split()
        rows = [[float(cell) for cell in line.split()] for line in table.splitlines()[2:]]
        told = {(scenario, row[0]): mean for row in rows for scenario, mean in zip(scenarios, row[1:], strict=True)}
        assert told == profit


CHECKED = {"docs/how-to/run-a-grid.md": the_grid_is_read_back}
"""What pages say besides that it works."""


@pytest.mark.skipif(os.name != "posix", reason="the examples are for a POSIX shell")
@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=name)
def test_everything_typed_as_the_page_says_works(page: Path, tmp_path: Path) -> None:
    if (
        not os.environ.get("CI")
        and shutil.which("sqlite3") is None
        and any("sqlite3 " in line for _, line in commands(page))
    ):
        pytest.skip("the program sqlite3 is not installed here; the page says what does the same")
    folder = tmp_path / "a clone"
    shutil.copytree(ROOT / "assets", folder / "assets")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "XDG_DATA_HOME": str(tmp_path / "the user's data"),
        "COLUMNS": "120",
    }
    said = []
    programs = {"bash": ["bash", "-e", "-u", "-o", "pipefail", "-c"], "python": [sys.executable, "-c"]}
    for program, typed in commands(page):
        done = subprocess.run(
            [*programs[program], typed],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{name(page)}:\n{typed}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        said.append(done.stdout)
    if name(page) in CHECKED:
        CHECKED[name(page)](said)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_within_the_documentation_lead_to_files_and_headings_that_exist(page: Path) -> None:
    targets = [next(filter(None, groups)) for groups in LINK.findall(prose(page))]
    broken = [target for target in targets if "://" not in target and not leads_somewhere(page, target)]
    assert not broken


def leads_somewhere(page: Path, target: str) -> bool:
    path, _, heading = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return False
    return not heading or heading in headings(file)


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings: lower case, punctuation dropped, spaces as hyphens."""
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_of_the_documentation_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        targets = [next(filter(None, groups)).partition("#")[0] for groups in LINK.findall(prose(page))]
        ahead += [(page.parent / target).resolve() for target in targets if target and "://" not in target]
    assert set(PAGES) - reached == set()


@pytest.mark.parametrize("picture", sorted((ROOT / "docs").rglob("*.svg")), ids=name)
def test_pictures_fetch_nothing_from_the_network(picture: Path) -> None:
    addresses = set(re.findall(r"https?://[^\s\"')]+", picture.read_text(encoding="utf-8")))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
