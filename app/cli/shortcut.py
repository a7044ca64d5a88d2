"""`journey desktop --shortcut`: an entry for the window among the system's programs."""

import os
import subprocess
import sys
from pathlib import Path

from app.cli.failures import InputError
from app.files.shortcut import NAME, Shortcut, System, program, shortcut


def make_shortcut() -> list[str]:
    """Make the entry, in place of an older one; what to tell the user, line by line. OSError where that fails."""
    system: System = sys.platform if sys.platform in ("win32", "darwin") else "linux"  # type: ignore[assignment]
    planned = shortcut(system, Path.home(), os.environ, program())
    _write(planned)
    made = [file.path for file in planned.files] or [planned.remove]
    where = "the start menu" if system == "win32" else "your programs"
    return [
        f"{NAME} is among {where} now. Made:",
        *(f"  {path}" for path in made),
        f"To remove it, delete {' and '.join(map(str, dict.fromkeys([planned.remove, *_others(planned)])))}",
    ]


def _others(planned: Shortcut) -> list[Path]:
    """Files that do not go when what is to be deleted does."""
    return [file.path for file in planned.files if not file.path.is_relative_to(planned.remove)]


def _write(planned: Shortcut) -> None:
    for file in planned.files:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(file.content)
        if file.executable:
            file.path.chmod(0o755)
    if planned.then:
        planned.remove.parent.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(planned.then, check=True, capture_output=True, text=True)
        except subprocess.CalledProcessError as error:
            raise InputError(f"{planned.remove}: Windows did not create the shortcut: {error.stderr.strip()}") from None
