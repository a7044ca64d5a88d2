"""What a fresh machine needs: pinned versions, a set-up that says what is missing, and a wheel that works anywhere."""

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PLATFORMS = {
    "Linux": {"sys_platform": "linux", "platform_machine": "x86_64"},
    "Windows": {"sys_platform": "win32", "platform_machine": "AMD64"},
    "Apple silicon": {"sys_platform": "darwin", "platform_machine": "arm64"},
    "Intel Mac": {"sys_platform": "darwin", "platform_machine": "x86_64"},
}


def pins() -> list[Requirement]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def pinned_on(platform: dict[str, str]) -> dict[str, str]:
    """Version by package name, as pip would choose on this platform."""
    chosen = [pin for pin in pins() if pin.marker is None or pin.marker.evaluate(platform)]
    versions = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in chosen}
    assert len(versions) == len(chosen), "a package is pinned twice on one platform"
    return versions


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
def test_every_direct_requirement_is_pinned_to_one_version_within_its_range(platform: dict[str, str]) -> None:
    versions = pinned_on(platform)
    extras = PROJECT["optional-dependencies"]
    wanted = [
        Requirement(line)
        for lines in (PROJECT["dependencies"], *(extras[name] for name in ("desktop", "dev", "identity", "train")))
        for line in lines
    ]
    outside = {
        need.name: versions.get(canonicalize_name(need.name))
        for need in wanted
        if versions.get(canonicalize_name(need.name)) not in need.specifier
    }
    assert not outside


def test_pins_are_exact_versions_without_addresses() -> None:
    assert all(re.fullmatch(r"==[\w.]+", str(pin.specifier)) for pin in pins())
    assert all(pin.url is None for pin in pins())


def brought_along(names: list[str]) -> set[str]:
    """The packages that these need, theirs too."""
    found, ahead = set[str](), [canonicalize_name(name) for name in names]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            needs = map(Requirement, distribution(name).requires or [])
            ahead += [canonicalize_name(n.name) for n in needs if n.marker is None or n.marker.evaluate({"extra": ""})]
    return found


def megabytes(package: str) -> float:
    """What an installed package takes on the disk."""
    files = (Path(str(file.locate())) for file in distribution(package).files or [])
    return sum(file.stat().st_size for file in files if file.exists()) / 1e6


@pytest.mark.slow
def test_what_is_heavy_in_the_base_install_is_told() -> None:
    told = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    sizes = {name: megabytes(name) for name in brought_along([Requirement(n).name for n in PROJECT["dependencies"]])}
    heavy = {name: size for name, size in sizes.items() if size > 30}
    spelled = {"llvmlite": "LLVM", "numba": "Numba", "scipy": "SciPy", "numpy": "NumPy", "duckdb": "DuckDB"}
    stated = {name: re.search(rf"\b{word} \((\d+)", told) for name, word in spelled.items()}
    assert {name: float(found[1]) for name, found in stated.items() if found} == pytest.approx(heavy, rel=0.15)
    total = re.search(r"The base install takes some (\d+) MB", told)
    assert total
    assert float(total[1]) == pytest.approx(sum(sizes.values()), rel=0.15)


def set_up(*, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`.ci/set-up` in an empty checkout, which it leaves before anything is installed."""
    checkout = path / "checkout"
    (checkout / ".ci").mkdir(parents=True)
    (checkout / ".ci" / "set-up").write_bytes((ROOT / ".ci" / "set-up").read_bytes())
    return subprocess.run(
        ["/bin/sh", ".ci/set-up", "desktop"],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def fake_python(path: Path, *, version: str, supported: bool, makes_environments: bool) -> Path:
    """A program that answers the questions of `.ci/set-up` as a Python of that version would."""
    path.write_text(
        "#!/bin/sh\n"
        'case "$*" in\n'
        f"  *--version*) echo 'Python {version}.1' ;;\n"
        f"  *version_info*not*|*not*version_info*) exit {0 if supported else 1} ;;\n"
        f"  *ensurepip*) exit {0 if makes_environments else 1} ;;\n"
        f"  *) echo '{version}' ;;\n"
        "esac\n"
    )
    path.chmod(0o755)
    return path


posix = pytest.mark.skipif(os.name != "posix", reason="make and its scripts are for Linux and macOS")


@posix
def test_set_up_refuses_an_older_python_and_says_which_is_needed(tmp_path: Path) -> None:
    old = fake_python(tmp_path / "python3", version="3.9", supported=False, makes_environments=True)
    done = set_up(path=tmp_path, PYTHON=str(old))
    assert done.returncode == 1
    assert done.stderr == f"PYTHON={old} is Python 3.9.1; Python 3.11 to 3.14 is needed.\n"


@posix
def test_set_up_names_the_missing_venv_package(tmp_path: Path) -> None:
    bare = fake_python(tmp_path / "python3", version="3.12", supported=True, makes_environments=False)
    done = set_up(path=tmp_path, PYTHON=str(bare))
    assert done.returncode == 1
    assert "sudo apt-get install python3.12-venv" in done.stderr


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment_beside_files_called_app_and_sim(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "wheels", ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "wheels").glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    assets = {path.relative_to(ROOT).as_posix() for path in (ROOT / "assets").rglob("*") if path.is_file()}
    assert {"assets/fonts/inter/Inter-Regular.ttf", "assets/fonts/inter/LICENSE.txt"} <= assets
    assert {f"app/shipped/{name}" for name in assets} <= packed

    elsewhere = tmp_path / "a folder with spaces"
    elsewhere.mkdir()
    for name in ("app.py", "sim.py"):
        (elsewhere / name).write_text("raise SystemExit('the working folder must not be imported from')\n")
    venv.create(elsewhere / "new environment", with_pip=True)
    programs = elsewhere / "new environment" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [programs / "python", "-m", "pip", "install", "--quiet", wheel, "-c", ROOT / "constraints.txt"],
        check=True,
        capture_output=True,
        cwd=elsewhere,
    )

    def journey(*arguments: str) -> str:
        return subprocess.run(
            [programs / "journey", *arguments], cwd=elsewhere, check=True, capture_output=True, text=True
        ).stdout

    listing = journey("scenarios")
    assert "online-shop" in listing
    assert "subscription" in listing

    text = journey(
        "run", "subscription", "--replications", "2", "--customers", "200", "--db", "kept here.sqlite", "--json"
    )
    document = json.loads(text)
    assert document["replications"] == 2
    assert [arm["id"] for arm in document["arms"]] == ["today", "easier-start", "fewer-agents"]
    assert (elsewhere / "kept here.sqlite").is_file()
