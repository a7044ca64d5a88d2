"""A form whose fields are called as in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.desktop.document import Document
from app.desktop.forms import Form
from app.desktop.forms.key import Key, keys_of
from app.desktop.looks.theme import Appearance
from sim.scenario.model import Part


class WordedForm(Form):
    """Fields with labels of their own, some of which cannot be left empty here."""

    def __init__(self, appearance: Appearance, document: Document, titles: Mapping[str, str] | None = None) -> None:
        """An empty form; `titles` are labels by key."""
        super().__init__(appearance, document)
        self._titles: Mapping[str, str] = titles or {}
        self._needed: tuple[str, ...] = ()

    def edit_worded(
        self, model: type[Part], address: str, titles: Mapping[str, str], needed: tuple[str, ...], of: str
    ) -> None:
        """Show the keys that have titles, in their order."""
        self._titles, self._needed = titles, needed
        self.edit(model, address, tuple(titles), of)

    def keys(self, model: type[Part]) -> Iterable[Key]:
        """The keys under their labels."""
        for key in keys_of(model):
            needed = key.required or key.name in self._needed
            yield replace(key, title=self._titles.get(key.name, key.title), required=needed)
