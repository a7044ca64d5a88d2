"""Setting a value by its address in the tables of a scenario, also where the tables on the way do not exist yet."""

from collections.abc import Callable, Sequence
from typing import Any

from sim.scenario.addresses.address import joined, label_of, parts_of, position_of
from sim.scenario.did_you_mean import did_you_mean, nearest
from sim.scenario.findings import KeyPath
from sim.scenario.later import later_key
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, fields, fitting, is_distribution, shapes, shapes_of, takes_spread

Write = Callable[[Any, KeyPath, Any], None]
"""Puts a value (None: takes it away) into a table or list, which is the last but one on the way to the key path."""


class AddressError(ValueError):
    """An address that leads nowhere; `problem` and `remedy` say why and what would be right."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep both for a finding."""
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy


def change(tables: Any, address: str, value: Any, write: Write | None = None, add: bool = False) -> None:
    """Set the value at the address in the tables; None goes back to the default.

    Items that a list does not have are an error, unless the value is a whole item with its id (or ends); or they are
    added with only what is changed where `add` is true (a file that extends another). `write` replaces plain
    assignment, for texts that keep their comments.
    """
    try:
        parts = parts_of(address)
    except ValueError:
        remedy = "write keys and IDs joined by dots, such as channels.email.mix"
        raise AddressError(f'"{address}" is no address', remedy) from None
    _Change(tables, parts, value, write or assign, add).into(tables, (Shape(model=Scenario),), ())


def assign(container: Any, key_path: KeyPath, value: Any) -> None:
    """Put the value into the plain table or list that holds the key path; None takes away what is there."""
    key = key_path[-1]
    if value is None:
        container.pop(key, None) if isinstance(container, dict) else container.pop(key)
    elif isinstance(container, list) and key == len(container):
        container.append(value)
    else:
        container[key] = value


def destination(tables: Any, address: str, value: Any, add: bool = False) -> tuple[KeyPath, Any]:
    """What `change` would put where, for the address to have the value; the tables stay as they are."""
    destinations: list[tuple[KeyPath, Any]] = []
    change(tables, address, value, lambda _, key_path, new: destinations.append((key_path, new)), add)
    return destinations[0]


def with_value(container: Any, key_path: KeyPath, value: Any) -> Any:
    """The table or list with the value put at a key path; the given one stays as it is, what is beside is shared."""
    changed = container.copy()
    if len(key_path) == 1:
        assign(changed, key_path, value)
    else:
        changed[key_path[0]] = with_value(container[key_path[0]], key_path[1:], value)
    return changed


class _Change:
    """One change on its way to where it belongs."""

    def __init__(self, tables: Any, parts: Sequence[str], value: Any, write: Write, add: bool) -> None:
        self.tables, self.parts, self.value, self.write, self.add = tables, tuple(parts), value, write, add

    def into(self, container: Any, options: tuple[Shape, ...], key_path: KeyPath) -> None:
        """Go one step further, or set the value if this is the last."""
        at = len(key_path)
        shape = fitting(options, container)
        if shape is None:
            raise self.leads_nowhere(at)
        if shape.items:
            self.into_list(container, shape, key_path)
            return
        key = self.parts[at]
        inner = self.step(shape, at)
        if at == len(self.parts) - 1:
            self.write(container, (*key_path, key), self.value)
            return
        present = container.get(key)
        within = self.begun(present, inner, at)
        if within is present:
            self.into(present, inner, (*key_path, key))
        else:
            _Change(self.tables, self.parts, self.value, assign, self.add).into(within, inner, (*key_path, key))
            self.write(container, (*key_path, key), within)

    def into_list(self, items: Any, shape: Shape, key_path: KeyPath) -> None:
        at = len(key_path)
        label = self.parts[at]
        inner = shapes(shape.items[0])
        position = position_of(items, label)
        last = at == len(self.parts) - 1
        if position is None and last and label_of(self.value) == label:
            self.write(items, (*key_path, len(items)), self.value)
            return
        if position is None:
            item = self.begun_item(items, inner, at)
            _Change(self.tables, self.parts, self.value, assign, self.add).into(item, inner, (*key_path, len(items)))
            self.write(items, (*key_path, len(items)), item)
        elif last:
            self.write(items, (*key_path, position), self.identified(items[position]))
        else:
            self.into(items[position], inner, (*key_path, position))

    def identified(self, present: Any) -> Any:
        """The value that replaces an item, with the item's id or ends where it says none."""
        if not isinstance(self.value, dict) or label_of(self.value) is not None:
            return self.value
        return {**{key: present[key] for key in ("id", "from", "to") if key in present}, **self.value}

    def begun_item(self, items: Any, inner: tuple[Shape, ...], at: int) -> dict[str, Any]:
        """A new item that says only what it is called, where items may be added."""
        model = inner[0].model
        label = self.parts[at]
        if not self.add or model is None or at == len(self.parts) - 1 or not {"id", "from"} & set(fields(model)):
            known = [label_of(item) or str(number + 1) for number, item in enumerate(items)]
            raise self.unknown(at, known)
        source, slash, target = label.partition("/")
        return {"from": source, "to": target} if slash else {"id": label}

    def step(self, shape: Shape, at: int) -> tuple[Shape, ...]:
        """What may stand at this part of the address."""
        key = self.parts[at]
        if shape.model is not None:
            known = fields(shape.model)
            later = later_key(shape.model, key)
            if later is not None:
                raise AddressError(*later)
            if key not in known:
                raise self.unknown(at, known)
            return shapes_of(known[key])
        return shapes(shape.entries)

    def begun(self, present: Any, options: tuple[Shape, ...], at: int) -> Any:
        """The table or list to go on in: what is there, or a new one that means the same so far."""
        following = self.parts[at + 1]
        number = isinstance(present, int | float) and not isinstance(present, bool)
        if isinstance(present, list) and any(option.entries is not None for option in options):
            return dict.fromkeys(present, 1.0)  # a list of channels
        if fitting(options, present) is not None and isinstance(present, dict | list):
            return present
        if is_distribution(options):
            return self.distribution(present if number else None, options, following, at)
        if present is None and self.parts[0] == "touchpoints" and self.parts[at] == "channels":
            return self.all_channels()
        if any(option.items for option in options) and present is None:
            if self.add:
                return []
            raise self.unknown(at + 1, ())
        if any(option.model is not None or option.entries is not None for option in options):
            return {}
        raise self.leads_nowhere(at + 1)

    def distribution(self, number: float | None, options: tuple[Shape, ...], following: str, at: int) -> dict[str, Any]:
        """A fixed number as the table that means the same and takes the following key."""
        if following in ("mean", "sd") and takes_spread(options):
            return {} if number is None else {"mean": number}
        if following == "value":
            return {"family": "fixed", "value": number or 0.0}
        here = joined(self.parts[: at + 1])
        state = "is not set" if number is None else f"is the fixed number {number:g}"
        such = f'{here} = {{ family = "{"exponential"}", mean = 2 }}'
        raise AddressError(f'{here} {state}: it has no "{following}"', f"set the whole distribution, such as {such}")

    def all_channels(self) -> dict[str, float]:
        """Channels left out mean all of them, but none at exits and lapsed touchpoints."""
        here = self.tables["touchpoints"][position_of(self.tables["touchpoints"], self.parts[1])]
        if here.get("exit") or here.get("lapsed"):
            return {}
        return {str(label_of(channel)): 1.0 for channel in self.tables.get("channels", [])}

    def unknown(self, at: int, known: Sequence[str] | Any) -> AddressError:
        names = list(known)
        parent = joined(self.parts[:at])
        problem = f'there is no "{self.parts[at]}"' + (f" in {parent}" if parent else "")
        close = nearest(self.parts[at], names)
        if close is not None:
            right = joined((*self.parts[:at], close, *self.parts[at + 1 :]))
            return AddressError(problem, f"did you mean {right}?")
        return AddressError(problem, did_you_mean(self.parts[at], names, "names there"))

    def leads_nowhere(self, at: int) -> AddressError:
        parent = joined(self.parts[:at])
        problem = f'there is no "{self.parts[at]}" in {parent}' if parent else "this address leads nowhere"
        return AddressError(problem, f"{parent} is a single value: set it as a whole" if parent else "give a key")
