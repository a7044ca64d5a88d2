"""`journey scenarios`: what ships, and copies of it to change."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.failures import InputError, not_written
from app.cli.options import AsJson, Quiet
from app.cli.screen import note, print_json, results
from sim.shipped import shipped_scenarios


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(epilog="Example: journey scenarios --copy online-shop .")(scenarios)


def scenarios(
    copy: Annotated[
        tuple[str, Path] | None,
        typer.Option("--copy", metavar="ID DIR", help="Copy a scenario into a folder, to change it there."),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List the scenarios that ship, or copy one."""
    if copy is not None:
        note(f"Copied to {copy_scenario(*copy)}")
        return
    from sim.scenario import load

    shipped = [(id_, load(path)) for id_, path in shipped_scenarios().items()]
    if as_json:
        print_json([{"id": id_, "name": one.name or id_, "about": one.about.strip()} for id_, one in shipped])
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for id_, one in shipped:
        table.add_row(id_, one.name or id_, _first_sentence(one.about))
    console = results()
    console.print(table)
    console.print("\nSimulate one: journey run ID. Copy one to change it: journey scenarios --copy ID DIR.")


def copy_scenario(id_: str, folder: Path) -> Path:
    """Copy a shipped scenario into a folder, which is made if need be; never over a file that is there."""
    known = shipped_scenarios()
    if id_ not in known:
        raise InputError(f"--copy {id_}: no scenario of this name ships; these do: {', '.join(known)}")
    target = folder / known[id_].name
    begun = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="") as file:
            begun = True
            file.write(known[id_].read_text(encoding="utf-8"))
    except OSError as error:
        if begun:
            target.unlink(missing_ok=True)
        elif isinstance(error, FileExistsError):
            raise InputError(f"{target}: a file of this name already exists; choose another folder") from None
        raise not_written(str(target), error) from error
    return target


def _first_sentence(about: str) -> str:
    words = " ".join(about.split())
    return words.split(". ")[0].rstrip(".")
