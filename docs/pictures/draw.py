"""Draws the picture of the README: what the terminal shows after a real run of the shipped online shop."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).resolve().parent
COMMAND = ("journey", "run", "online-shop")
WIDTH = 120


def output(command: tuple[str, ...]) -> str:
    """What the command prints to a terminal `WIDTH` characters wide, colours included; its store is thrown away."""
    programs = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "XDG_DATA_HOME": folder}
        done = subprocess.run(
            [programs / command[0], *command[1:]], env=environment, check=True, capture_output=True, encoding="utf-8"
        )
    return done.stdout.replace(folder, "~/.local/share")


def picture(command: tuple[str, ...], printed: str) -> str:
    """The terminal as an SVG that draws with the reader's own fonts: none is fetched from anywhere."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(width=WIDTH, record=True, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(f"$ {' '.join(command)}\n{printed.rstrip()}"))
        svg = console.export_svg(title="Journey Sandbox", unique_id="demo")
    without_addresses = re.sub(r"@font-face\s*\{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    return without_addresses.replace("Fira Code", "Menlo, Consolas, DejaVu Sans Mono")


if __name__ == "__main__":
    drawn = picture(COMMAND, output(COMMAND))
    (HERE / "demo.svg").write_text(drawn, encoding="utf-8")
    print(f"Drawn: {HERE / 'demo.svg'}")
