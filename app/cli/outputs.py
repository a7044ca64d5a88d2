"""Files that a command writes: refused where they would replace another, written in full or not at all."""

from pathlib import Path
from typing import Final

from app.cli.failures import InputError, not_written

_USUAL: Final = {"--csv": "money.csv"}
"""What a file is called, by option, where somebody gave a folder."""


def check_output(output: Path, force: bool, option: str = "-o") -> None:
    """Refuse what is a folder, is in none, or would replace a file without being told to."""
    if output.is_dir():
        raise InputError(
            f"{option} {output}: this is a folder; give a file, such as {output / _USUAL.get(option, 'fitted.toml')}"
        )
    if output.exists() and not force:
        raise InputError(f"{option} {output}: this file already exists; choose another name, or add --force")
    if not output.parent.is_dir():
        raise InputError(f"{option} {output}: there is no folder {output.parent}; make it, or choose another")


def write_output(output: Path, text: str, option: str = "-o") -> None:
    """Write the file in full or not at all."""
    from sim.unfinished import unfinished

    try:
        with unfinished(output) as part:
            part.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise not_written(f"{option} {output}", error) from error
