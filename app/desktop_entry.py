"""`journey-desktop`: the window for those who start programs from a menu; the same as `journey desktop`."""

import os
import sys

from app.cli.main import main as journey


def main() -> None:
    """Open the window, with the file that was dropped on the program, if one was; leave with its exit code."""
    # Windows gives a program without a terminal no streams at all.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (open until the end)
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    journey(["desktop", *sys.argv[1:]])


if __name__ == "__main__":
    main()
