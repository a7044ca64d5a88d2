"""What the window remembers from one time to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from app.desktop.theme import Theme

_MOST_RECENT = 10


class Settings:
    """A small file in the user's configuration folder."""

    def __init__(self, path: Path | None = None) -> None:
        """Read `path`, by default the user's own."""
        if path is None:
            from platformdirs import user_config_path

            path = user_config_path("journey-sandbox", appauthor=False) / "desktop.ini"
        self.path = path
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

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

    def layout(self, name: str) -> QByteArray | None:
        """The bytes in which Qt keeps sizes and places of that name."""
        value = self._kept.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_layout(self, name: str, value: QByteArray) -> None:
        """Keep them."""
        self._kept.setValue(f"window/{name}", value)

    def save(self) -> None:
        """Write the file now; where it cannot be written nothing is remembered, and nothing else happens."""
        self._kept.sync()

    def _is_on(self, key: str) -> bool:
        return str(self._kept.value(key, "false")).lower() == "true"
