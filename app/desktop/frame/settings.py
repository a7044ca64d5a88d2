"""What the window remembers from one time to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from app.desktop.looks.theme import Theme

_MOST_RECENT = 10
_AUTOSAVE_SECONDS = 2


class Settings:
    """A small file in the user's configuration folder."""

    def __init__(self, path: Path | None = None) -> None:
        """Read `path`, by default the user's own."""
        self._apart = path is not None
        if path is None:
            from platformdirs import user_config_path

            path = user_config_path("journey-sandbox", appauthor=False) / "desktop.ini"
        self.path = path
        self.is_safe = False
        """whether nothing is read or kept, so that nothing kept can do harm"""
        self._kept: QSettings | _Forgetful = QSettings(str(path), QSettings.Format.IniFormat)

    @classmethod
    def safe(cls, path: Path | None = None) -> Settings:
        """The settings of a first start, with nothing live; those of the user are neither read nor changed."""
        settings = cls(path)
        settings.is_safe = True
        settings._kept = _Forgetful()
        settings.live = False
        return settings

    @property
    def unsaved_folder(self) -> Path:
        """Where what is not saved is kept."""
        from app.files.unsaved_texts import drafts_folder

        return self.path.parent / "unsaved" if self._apart else drafts_folder()

    @property
    def log_folder(self) -> Path:
        """Where the log and the reports on what went wrong are kept."""
        from platformdirs import user_log_path

        return self.path.parent / "log" if self._apart else user_log_path("journey-sandbox", appauthor=False)

    @property
    def autosave_seconds(self) -> int:
        """So long after a change it is kept in case the program ends suddenly."""
        try:
            return max(1, int(str(self._kept.value("safety/autosave-seconds", _AUTOSAVE_SECONDS))))
        except ValueError:
            return _AUTOSAVE_SECONDS

    @autosave_seconds.setter
    def autosave_seconds(self, seconds: int) -> None:
        self._kept.setValue("safety/autosave-seconds", seconds)

    @property
    def theme(self) -> Theme:
        """The look chosen last."""
        return Theme(dark=self._is_on("look/dark"), large=self._is_on("look/large"))

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._kept.setValue("look/dark", theme.dark)
        self._kept.setValue("look/large", theme.large)

    @property
    def recent(self) -> list[Path]:
        """Files opened or saved, the last one first."""
        listed = self._kept.value("files/recent")
        names = [listed] if isinstance(listed, str) else listed if isinstance(listed, list) else []
        return [Path(name) for name in names if isinstance(name, str) and name]

    def remember(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        kept = [path, *(other for other in self.recent if other != path)][:_MOST_RECENT]
        self._kept.setValue("files/recent", [str(each) for each in kept])

    @property
    def pictures_folder(self) -> Path:
        """Where the last picture was saved, as long as that folder is there; else the user's own."""
        kept = Path(str(self._kept.value("files/pictures") or Path.home()))
        return kept if kept.is_dir() else Path.home()

    @pictures_folder.setter
    def pictures_folder(self, folder: Path) -> None:
        self._kept.setValue("files/pictures", str(folder))

    @property
    def tour_taken(self) -> bool:
        """Whether somebody has taken the tour, or left it."""
        return self._is_on("help/tour-taken")

    @tour_taken.setter
    def tour_taken(self, taken: bool) -> None:
        self._kept.setValue("help/tour-taken", taken)

    def forget_recent(self) -> None:
        """Forget which files were opened."""
        self._kept.remove("files/recent")

    @property
    def folded(self) -> bool:
        """Whether the panels below the journey were folded on purpose."""
        return self._is_on("window/folded")

    @folded.setter
    def folded(self, folded: bool) -> None:
        self._kept.setValue("window/folded", folded)

    def forget_layout(self) -> None:
        """Forget sizes and places."""
        self._kept.remove("window")

    def layout(self, name: str) -> QByteArray | None:
        """The bytes in which Qt keeps sizes and places of that name."""
        value = self._kept.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_layout(self, name: str, value: QByteArray) -> None:
        """Keep them."""
        self._kept.setValue(f"window/{name}", value)

    @property
    def live(self) -> bool:
        """Whether a few customers are simulated while somebody edits."""
        return str(self._kept.value("live/on", "true")).lower() == "true"

    @live.setter
    def live(self, on: bool) -> None:
        self._kept.setValue("live/on", on)

    def pinned(self, scenario: str) -> list[str]:
        """Addresses of the values that stand among the levers of the scenario with this id."""
        kept = self._kept.value(f"levers/{scenario}")
        listed = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [str(address) for address in listed if address]

    def pin(self, scenario: str, addresses: list[str]) -> None:
        """Keep them."""
        self._kept.setValue(f"levers/{scenario}", addresses)

    def save(self) -> None:
        """Write the file now; where it cannot be written nothing is remembered, and nothing else happens."""
        self._kept.sync()

    def _is_on(self, key: str) -> bool:
        return str(self._kept.value(key, "false")).lower() == "true"


class _Forgetful:
    """Remembers until the program ends."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def value(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def setValue(self, key: str, value: Any) -> None:  # noqa: N802 (as QSettings has it)
        self._values[key] = value

    def remove(self, key: str) -> None:
        for known in [known for known in self._values if known == key or known.startswith(f"{key}/")]:
            del self._values[known]

    def sync(self) -> None:
        pass
