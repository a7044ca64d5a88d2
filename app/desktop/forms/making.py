"""Which field a key gets."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, get_args, get_origin

from app.desktop.forms import share_field, shares, suggesting, words
from app.desktop.forms.adding import Adder
from app.desktop.forms.addressed import item_of
from app.desktop.forms.choosing import ChoiceEditor, Switch, WeightEditor
from app.desktop.forms.conditions import ConditionRows
from app.desktop.forms.context import Context
from app.desktop.forms.distribution import DistributionEditor
from app.desktop.forms.editor import Editor
from app.desktop.forms.entries import Entries, Listed
from app.desktop.forms.field import Field
from app.desktop.forms.group import Fold, Group, Presence, Table
from app.desktop.forms.hours import HoursEditor, hours_of
from app.desktop.forms.key import Key, beginning, entry_of, keys_of
from app.desktop.forms.lines import (
    DateEditor,
    FreeEditor,
    IdEditor,
    ItemsEditor,
    NotationEditor,
    NumberEditor,
    TextEditor,
)
from app.desktop.forms.longtext import LongTextEditor
from app.desktop.forms.several import SeveralEditor
from app.desktop.forms.source import Parts, Source
from app.desktop.forms.subjects import counts_in, scores_in
from app.desktop.forms.weekly import WeeklyEditor
from sim.outcomes import DEFINITIONS
from sim.scenario.addresses.address import label_of
from sim.scenario.journey import Coefficients, Touchpoint
from sim.scenario.key import LOOKED_UP, WEIGHT
from sim.scenario.model import Id, Part
from sim.scenario.orchestration import Condition
from sim.scenario.renaming import kind_at
from sim.scenario.said import worded
from sim.scenario.shape import is_distribution, shapes

_ENTRY_ID: Final = Key("id", None, Id, (), shapes(Id), "short name, used by whatever refers to it")
"""The name of an entry in a table whose entries have ids"""
_NAMED: Final[dict[str, Callable[[Source], Mapping[str, str]]]] = {
    "counts": counts_in,
    "scores": scores_in,
    "outcomes": lambda _: {id_: outcome.label for id_, outcome in DEFINITIONS.items() if outcome.in_each_arm},
}
"""What there is to name beside items of the scenario's lists, with its words."""
Row = Field | Group


def row_for(context: Context, key: Key, path: Parts, inside_item: bool = False) -> Row:
    """The field, or the group of fields, for a key at a path; `inside_item` where an id is what finds the table."""
    if key.part is not None:
        return _group(context, key, path)
    names = _known_names(context, key)
    if names is not None:
        return _table(context, key, path, names)
    listed = item_of(key)
    if listed is not None:
        return _listed(context, key, path, listed)
    if not is_distribution(key.options) and any(option.entries is not None for option in key.options):
        return _entries(context, key, path)
    if inside_item and key.name == "id":
        return _id_field(context, key, path)
    if inside_item and shares.of_items((*context.bases[0], *path), key):
        return _share_field(context, key, path)
    field = Field(context, key, path, editor_for(context, key))
    if inside_item and key.name == "name":
        field.default_of = lambda: worded(context.bases[0][-1])
    elif key.owner is Touchpoint and key.name == "stage":
        field.default_of = lambda: next(iter(context.source.named("stages")))
    return field


def _id_field(context: Context, key: Key, path: Parts) -> Field:
    """The id by which an item is found: everything that names it follows."""
    field = Field(context, key, path, IdEditor(key))

    def item() -> Parts:
        """Where what is shown now stands."""
        return (*context.bases[0], *path[:-1])

    def rename(new: str | None) -> bool:
        parts = item()
        kind = kind_at(parts[:-1])
        if new is None and kind == "transitions":  # called by its ends where it has no id of its own
            new = label_of({**context.source.at(parts), "id": None})
        return new is not None and kind is not None and context.document.rename_id(kind, parts[-1], new)

    field.default_of = lambda: item()[-1]
    field.write = rename
    return field


def _share_field(context: Context, key: Key, path: Parts) -> Field:
    """What an item takes of what all of its list share, or of what leaves its touchpoint."""
    field = Field(context, share_field.plain(key), path, share_field.PercentEditor(key.required))
    share_field.show_share(
        field,
        shares.Together(lambda: context.document.shown),
        lambda _: key.default,
    )
    return field


def editor_for(context: Context, key: Key) -> Editor:
    """The editor that suits what may stand at a key."""
    if is_distribution(key.options):
        return DistributionEditor(context.appearance, key)
    if any(option.plain is Any for option in key.options):
        return FreeEditor(key)
    hours = hours_of(key)
    if hours is not None:
        return HoursEditor(context.appearance, *hours, key.required)
    if any(Condition in option.items for option in key.options):
        return ConditionRows(context.source, key.said.nothing or "No conditions")
    if key.said.text == "weekly time":
        return WeeklyEditor(key)
    items = any(option.items for option in key.options)
    names = names_for(context, key)
    if key.said.nothing and names is not None:
        return SeveralEditor(names, key.said.nothing)
    if items:
        plain = all(_is_plain(item) for option in key.options for item in option.items)
        only = all(option.items or option.entries is not None for option in key.options)
        return ItemsEditor(key, names) if plain and only else NotationEditor(key)
    if any(option.entries is not None for option in key.options):
        return NotationEditor(key)
    number = next((option for option in key.options if option.plain in (int, float)), None)
    if names is not None:
        return ChoiceEditor(names, key.required)
    if datetime.date in key.plain:
        return DateEditor(key)
    if bool in key.plain:
        return WeightEditor(number) if number is not None else Switch()
    if number is not None and len(key.options) == 1:
        return NumberEditor(number, key.required)
    if str in key.plain and len(key.options) == 1:
        return LongTextEditor(key.required) if key.said.text == "lines" else TextEditor(key)
    return NotationEditor(key)


def names_for(context: Context, key: Key) -> Callable[[], Mapping[Any, str]] | None:
    """What there is to choose from at a key; None where anything may stand there."""
    kind = key.said.refers_to
    if kind in _NAMED:
        return lambda: _NAMED[kind](context.source)
    literals = {value: words.choice(value) for value in key.literals}
    if kind in LOOKED_UP and (key.is_id or any(option.items for option in key.options)):
        literals = {value: "Anywhere" if value is True else said for value, said in literals.items()}
        return lambda: {**literals, **context.source.named(kind)}
    if literals and (len(key.options) == 1 or all(get_origin(option.plain) is Literal for option in key.options)):
        return lambda: literals
    listed = next((option.items[0] for option in key.options if len(option.items) == 1), None)
    if get_origin(listed) is Literal:
        choices = {value: words.choice(value) for value in get_args(listed)}
        return lambda: choices
    return None


def _group(context: Context, key: Key, path: Parts, always: bool = False) -> Group:
    """A table in fields of its own; one that is `always` there cannot be switched off."""
    assert key.part is not None
    optional = not always and not key.required and not isinstance(key.default, dict)
    editor = Presence(key.part) if optional else Fold(resets=not always and not key.required)
    group = Group(Field(context, key, path, editor, head=True))
    group.add(row_for(context, inner, (*path, inner.name)) for inner in keys_of(key.part))
    return group


def _table(context: Context, key: Key, path: Parts, names: Callable[[], Mapping[str, str]]) -> Table:
    is_share = entry_of(key, "").said.unit == WEIGHT

    def entry(entry_key: Key, name: str) -> Field:
        if not is_share:
            field = Field(context, entry_key, (*path, name), editor_for(context, entry_key))
            field.default_of = lambda: table.default_of(name)
            return field
        field = Field(context, share_field.plain(entry_key), (*path, name), share_field.PercentEditor())
        share_field.show_share(field, table.together, lambda parts: table.default_of(parts[-1]))
        return field

    head = Field(context, key, path, Fold(not Table.folded(len(names()))), head=True)
    table = Table(head, names, entry)
    if key.said.refers_to == "covariates":
        table.meanings = {covariate.name: covariate.meaning for covariate in keys_of(Coefficients)}
    given_to = key.default if isinstance(key.default, dict) else {}
    if key.owner is Touchpoint and key.name == "channels":
        table.default_of = lambda name: _channel_default(context, path)
    else:
        table.default_of = lambda name: given_to.get(name, key.said.left_out)
    return table


def _entries(context: Context, key: Key, path: Parts) -> Entries:
    """A table with free names: what can be added depends on what it is."""

    def together(parts: Parts) -> list[Parts]:
        return [(*parts[:-1], name) for name in context.source.at(parts[:-1]) or ()]

    def entry(name: str) -> Row:
        its_key = suggesting.entry_key(key, name, context.document.shown)
        if its_key is None:  # no address; a finding tells of it
            its_key = entry_of(key, name)
        if its_key.said.unit == WEIGHT and float in its_key.plain and not suggesting.is_by_address(key):
            field = Field(context, share_field.plain(its_key), (*path, name), share_field.PercentEditor(required=True))
            share_field.show_share(field, together, lambda _: None)
            return field
        if suggesting.is_by_address(key):
            return Field(context, its_key, (*path, name), _editor_by_address(context, its_key))
        inner = (*path, name)
        is_part = its_key.part is not None
        row = _group(context, its_key, inner, always=True) if is_part else row_for(context, its_key, inner)
        if isinstance(row, Group) and kind_at((*context.bases[0], *path)) is not None:
            field = _id_field(context, _ENTRY_ID, (*inner, "id"))
            field.value_of = lambda parts: parts[-2]  # the entry is called by it
            row.lead(field)
        return row

    head = Field(
        context,
        key,
        path,
        Fold(resets=not key.required, nothing="none", entry=suggesting.what_is_added(key)),
        head=True,
    )
    adder = Adder(
        context.appearance,
        suggesting.what_is_added(key),
        suggesting.suggestions(context, key),
        suggesting.problem_of(key),
    )
    return Entries(head, entry, adder, lambda name: suggesting.first_of(context, key, name))


def _editor_by_address(context: Context, key: Key) -> Editor:
    """The editor of a value that stands under an address: yes and no are both worth saying there."""
    if key.plain == {bool} and len(key.options) == 1:
        return ChoiceEditor(lambda: {True: words.choice(True), False: words.choice(False)}, required=True)
    return NotationEditor(key) if bool in key.plain else editor_for(context, key)


def _listed(context: Context, key: Key, path: Parts, model: type[Part]) -> Listed:
    what = model.__name__.lower()

    def item(label: str) -> Row:
        one = Key(label, None, model, (), shapes(model), key.meaning, title=f"{worded(what)} {label}")
        return _group(context, one, (*path, label), always=True)

    return Listed(
        Field(context, key, path, Fold(nothing="none", entry=what), head=True), item, what, lambda: beginning(model)
    )


def _channel_default(context: Context, path: Parts) -> Any:
    """The weight of a channel that is not listed: 1 where none is, but nothing at exits and lapsed touchpoints."""
    parts = context.addresses(path)[0]
    if context.source.at(parts) is not None:
        return None
    touchpoint = context.source.at(parts[:-1]) or {}
    return None if touchpoint.get("exit") or touchpoint.get("lapsed") else 1


def _known_names(context: Context, key: Key) -> Callable[[], Mapping[str, str]] | None:
    """The names in a table of plain values, where they are known."""
    table = next((option for option in key.options if option.entries is not None), None)
    if table is None or not _is_plain(table.entries):
        return None
    kind = key.said.refers_to
    if kind == "covariates":
        return lambda: {key.name: key.label for key in keys_of(Coefficients)}
    if kind in LOOKED_UP:
        return lambda: context.source.named(kind)
    if get_origin(table.names) is Literal:
        listed = {name: worded(name) for name in get_args(table.names)}
        return lambda: listed
    return None


def _is_plain(annotation: Any) -> bool:
    options = shapes(annotation)
    return len(options) == 1 and (options[0].plain in (int, float, str) or get_origin(options[0].plain) is Literal)
