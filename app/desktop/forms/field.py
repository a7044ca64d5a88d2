"""A value of the scenario in the window: label, editor, unit, what is wrong, and what the selected arm changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMenu, QToolButton, QWidget

from app.desktop.forms.amounts import amount
from app.desktop.forms.arm_row import ArmRow
from app.desktop.forms.context import Context
from app.desktop.forms.editor import Editor
from app.desktop.forms.explaining import draw_meaning, two_lines
from app.desktop.forms.key import Key
from app.desktop.forms.pinning import offer_lever
from app.desktop.forms.source import Parts, common, is_same_for_all_arms, within, write
from app.desktop.forms.telling import Telling
from app.desktop.forms.typed import typed_words
from app.desktop.forms.words import sentence
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID
from sim.scenario.addresses.address import joined

_BAR = 3
_UNLIMITED = 16777215


class Field(QWidget):
    """One key at one address, or at several that are edited together."""

    def __init__(self, context: Context, key: Key, path: Parts, editor: Editor, head: bool = False) -> None:
        """A field for a key at `path` from where the form is; `head` stands above fields of its own."""
        super().__init__()
        self.context, self.key, self.path, self.editor, self.head = context, key, path, editor, head
        self.write: Callable[[Any], bool] = self._write
        """makes the change; whoever needs another one puts it here"""
        self.value_of: Callable[[Parts], Any] = context.source.at
        """what is given at an address, in parts"""
        self.default_of: Callable[[], Any] = lambda: key.default
        """what holds where nothing is given"""
        self.fixed = ""
        """why nothing can be changed here; empty where it can"""
        self.given: Any = None
        """what is given, under the selected arm"""
        self.various = False
        self.marked: list[str] = []
        """what the selected arm sets here, by address"""
        self._shown = ""
        self._refusal = ""
        self.visit = 0
        """how often somebody has come here to type"""
        self._before: tuple[int, str] | None = None
        self._last = ""
        self._keeps_text = False
        self._arguments = (True, 0, 0)
        self._arranged: tuple[bool, bool] | None = None
        self._title = self._unit = self._said = ""
        self.amounts = not head and not hasattr(editor, "unit")
        """whether the unit is said beside the editor, with what the value amounts to in it"""
        self._message: Telling | None = None
        self._arm_row: ArmRow | None = None
        self._make()
        editor.edited.connect(self._edited)
        editor.refused.connect(self._refused)
        editor.begun.connect(self._begun)
        editor.given_up.connect(self._given_up)
        if isinstance(editor.input, QLineEdit):
            editor.input.installEventFilter(self)
        self.name()

    @property
    def addresses(self) -> list[str]:
        """All addresses that are edited here."""
        return [joined((*base, *self.path)) for base in self.context.bases]

    @property
    def address(self) -> str:
        """The first of them."""
        return self.addresses[0]

    @property
    def input(self) -> QWidget:
        """Where the keyboard goes."""
        return self.editor.input

    @property
    def words(self) -> str:
        """What is said first of what is wrong, below the editor or in it; empty where nothing is."""
        return self._said

    @property
    def revert(self) -> QToolButton:
        """The button that takes back what the selected arm changes here."""
        return self._arm_line().revert

    def _make(self) -> None:
        self.label = PlainLabel(self.key.label, self)
        self.label.setWordWrap(True)
        if "&" not in self.key.label:  # which would mark a key instead of being shown
            self.label.setBuddy(self.editor)
        self.editor.setParent(self)
        self.unit = PlainLabel(parent=self)
        self.unit.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.unit.hide()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(GRID, GRID // 4, 0, GRID // 4)
        self.grid.setHorizontalSpacing(GRID)
        self.grid.setVerticalSpacing(GRID // 4)
        self.grid.setColumnStretch(1, 1)

    def arrange(self, stacked: bool, column: int, room: int) -> None:
        """Put the label above the editor, or beside it in a column so wide; there is so much `room` for both."""
        self._arguments = (stacked, column, room)
        above = stacked or self.editor.wide
        own = self.label.fontMetrics().horizontalAdvance(self.label.text()) + GRID
        if stacked and self.editor.small:
            above = own + self.editor.sizeHint().width() + 2 * GRID > room
        margins = self.grid.contentsMargins()
        spare = 0 if self.editor.roomy else self.context.spare
        if margins.right() != spare:
            margins.setRight(spare)
            self.grid.setContentsMargins(margins)
        if self.context.explains:
            self.setMinimumHeight(two_lines(self.context.appearance.theme) if self._is_explained else 0)
        if self.head and not above:
            column = max(column, min(own, room - self.editor.sizeHint().width() - 2 * GRID))
        if above:
            self.label.setMinimumWidth(0)
            self.label.setMaximumWidth(_UNLIMITED)
        else:
            self.label.setFixedWidth(own if stacked else column)
        with_unit = not self.unit.isHidden()
        if (above, with_unit) == self._arranged:
            return
        self._arranged = (above, with_unit)
        for widget in (self.label, self.editor, self.unit, self._arm_row):
            if widget is not None and self.grid.indexOf(widget) >= 0:
                self.grid.removeWidget(widget)
        top, left = (1, 0) if above else (0, 1)
        self.grid.addWidget(self.label, 0, 0, 1, 3 if above else 1)
        self.grid.addWidget(self.editor, top, left, 1, (2 if with_unit else 3) - left)
        self.grid.addWidget(self.unit, top, 2)
        self._stand_below()
        self._lay_out()

    @property
    def _is_explained(self) -> bool:
        """Whether the meaning is drawn beside it; entries of a table have none but that of the table."""
        own = self.key.owner is not None
        return own and self.context.explains and self.context.spare > 0 and not self.editor.roomy

    @property
    def _meaning_room(self) -> QRect:
        """Where the meaning is drawn."""
        left, low = self.width() - self.context.spare + 2 * GRID, self.minimumHeight()
        if not self.editor.wide:
            low = max(low, self.editor.geometry().bottom() + GRID // 4 + 1)
        return QRect(left, 0, self.width() - left, low)

    def _stand_below(self) -> None:
        """Put what is said below the editor, as far as anything was to be said yet."""
        top, left = (2, 0) if self._is_above else (1, 1)
        if self._arm_row is not None:
            self.grid.addWidget(self._arm_row, top, left, 1, 3 - left)

    @property
    def _is_above(self) -> bool:
        """Whether the label stands above the editor."""
        return self._arranged is None or self._arranged[0]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Say what is wrong where there is room now."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Have what is wrong said where it moves nothing."""
        if self._message is not None:
            meaning = self._meaning_room if self._is_explained else None
            self._message.lay_out(self.label, self.editor, self._is_above, meaning)

    def _message_line(self) -> Telling:
        """What says what is wrong; few fields ever need it, so it is made when they do."""
        if self._message is None:
            self._message = Telling(self, self.input)
            self._lay_out()
        return self._message

    def _arm_line(self) -> ArmRow:
        if self._arm_row is None:
            self._arm_row = ArmRow(self)
            self._arm_row.name(self._title)
            self._arm_row.revert.clicked.connect(self._revert)
            self._stand_below()
        return self._arm_row

    def name(self) -> None:
        """Tell everybody what this is and where it stands."""
        self._unit = named = "" if self.head else self.key.unit(self.context.source.currency())
        if hasattr(self.editor, "unit"):
            self.editor.unit = named
        meaning = sentence(self.key.meaning.replace("`", ""))
        full_stop = "." if meaning and meaning[-1] not in ".:?" else ""
        said = [self.fixed, f"{meaning}{full_stop}", sentence(self.editor.allowed) or typed_words(self.key)]
        for widget in (self.label, self.editor):
            widget.setToolTip(plain_tip("\n".join(each for each in said if each), wraps=True))
        title = self.key.label if not self.path[1:] else f"{', '.join(self.path[:-1])}: {self.key.label}"
        of = f" in {named}" if named else ""
        self.editor.name(title, f"{self.key.meaning}{of}")
        self._title = title
        if self._arm_row is not None:
            self._arm_row.name(title)

    def say_unit(self, words: str) -> None:
        """Show the unit, or what the value amounts to; nothing takes no room."""
        self.unit.setText(words)
        if self.unit.isHidden() == bool(words):
            self.unit.setVisible(bool(words))
            self.arrange(*self._arguments)

    # Pinned as a lever

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 (Qt's name)
        """Offer to have the value among the levers."""
        self._offer_lever(QMenu(self), event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """A line has a menu of its own: add to it."""
        if isinstance(watched, QLineEdit) and isinstance(event, QContextMenuEvent):
            self._offer_lever(watched.createStandardContextMenu(), event)
            return True
        return super().eventFilter(watched, event)

    def _offer_lever(self, menu: QMenu, event: QContextMenuEvent) -> None:
        offer_lever(self.context, [] if self.fixed else self.addresses, menu, event)

    # Following the document

    def refresh(self) -> None:
        """Show what the document says, if that changed."""
        addresses = self.context.addresses(self.path)
        self.given, self.various = common([self.value_of(parts) for parts in addresses])
        now = (self.given, self.default_of(), self.various)
        shown = repr((now, self.editor.offered()))
        if shown != self._shown:
            self._shown = shown
            if self.amounts:
                value = self.given if self.given is not None else now[1]
                self.say_unit(self._unit if self.various else amount(value, self.key, self._unit))
            if not self._keeps_text:
                self._refusal = ""
                self.editor.show_value(*now)
        arm = self.context.document.arm
        self.marked = [] if arm is None else self._overrides(addresses)
        shared = arm is not None and is_same_for_all_arms(self.address)
        if self.marked or shared:
            self._arm_line().show_marked(self.marked)
            self._arm_line().show()
        elif self._arm_row is not None:
            self._arm_row.hide()
        self.editor.setEnabled(not self.fixed)
        self.say()
        self.update()

    def say(self) -> None:
        """Show what is wrong here: what was typed, or else what was found."""
        said = [(f"✕ Not saved: {self._refusal}", "error", "")] if self._refusal else self._told_here()
        theme = self.context.appearance.theme
        colours = {"error": QColor(theme.error), "warning": QColor(theme.warning)}
        told = self.editor.tell({part: (words, colours[level]) for words, level, part in reversed(said) if part}, theme)
        self._said = said[0][0] if said else ""
        here = next(((words, level) for words, level, part in said if part not in told), None)
        if here is not None:
            self._message_line().tell(here[0], colours[here[1]], theme)
        elif self._message is not None:
            self._message.tell("", colours["error"], theme)
        if self._is_explained:
            self.update()

    def _told_here(self) -> list[tuple[str, str, str]]:
        """What was found here: words, level, and which part of the value it is about, empty for the whole."""
        told: list[tuple[str, str, str]] = []
        for finding, parts in self.context.findings:
            own = next((each for each in self.context.addresses(self.path) if self._is_here(each, parts)), None)
            if own is not None:
                text = sentence(f"{finding.problem}; {finding.remedy}" if finding.remedy else finding.problem)
                sign = "✕ Error" if finding.level == "error" else "⚠ Warning"
                told.append((f"{sign}: {text}", finding.level, next(iter(parts[len(own) :]), "")))
        return told

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A bar beside what the arm changes; what the field means, where there is room for it."""
        theme = self.context.appearance.theme
        explained = self._is_explained and (self._message is None or self._message.isHidden())
        if not self.marked and not explained:
            return
        painter = QPainter(self)
        if self.marked:
            painter.fillRect(0, 0, _BAR, self.height(), QColor(theme.accent))
        if explained:
            draw_meaning(painter, sentence(self.key.meaning), self._meaning_room, theme)
        painter.end()

    def _is_here(self, own: Parts, parts: Parts) -> bool:
        return own == parts or (not self.head and within(own, parts))

    def _overrides(self, addresses: list[Parts]) -> list[str]:
        overrides = []
        for parts, written in self.context.source.overrides():
            inside = any(self._is_here(own, parts) for own in addresses)
            around = len(self.path) == 1 and any(within(parts, own) for own in addresses)
            if inside or around:
                overrides.append(written)
        return overrides

    # Changing the document

    def _begun(self) -> None:
        self.visit += 1
        self._before = (self.context.document.undo_stack.index(), self.context.document.text)

    def _edited(self, value: Any) -> None:
        self._refusal = ""
        if self.fixed:
            return
        same = type(value) is type(self.given) or (not isinstance(value, bool) and not isinstance(self.given, bool))
        if value == self.given and same and not self.various:
            self.say()
            return
        if self._before is None:
            self._begun()
        before = self.context.document.text
        said = self.context.refusal_of(lambda: self.write(value))
        if value is None and not said and self.given is not None and before == self.context.document.text:
            said = "this cannot be removed here, only changed to another value"
        self._last = self.context.document.text
        if said:
            self._refusal = sentence(said)
            self.say()
        elif value is None or value != self.given:  # the arm has the scenario's own value again
            self.editor.show_value(self.given, self.default_of(), self.various)

    def _write(self, value: Any) -> bool:
        return self.write_each([value] * len(self.addresses))

    def write_each(self, values: Sequence[Any]) -> bool:
        """Set a value at each of the addresses, as one step; None goes back to the default."""
        return self.write_all(dict(zip(self.context.addresses(self.path), values, strict=True)))

    def write_all(self, values: Mapping[Parts, Any]) -> bool:
        """The same of values that stand elsewhere too."""
        document = self.context.document
        changes: dict[str, Any] = {}
        for parts, value in values.items():
            address, wanted = joined(parts), value
            if document.arm is not None and not is_same_for_all_arms(address):
                base = self.context.source.at(parts, base=True)
                wanted = self.key.default if value is None and base is not None else value
                wanted = None if wanted == base and type(wanted) is type(base) else wanted
                for inner, written in self.context.source.overrides():
                    if inner != parts and within(parts, inner):
                        changes[written] = None
            changes[address] = wanted
        of = self.context.title
        label = f"Change {self.key.label.lower()}" + (f" of {of}" if of else "")
        return write(document, label, changes, f"field:{self.address}#{self.visit}")

    def _refused(self, reason: str) -> None:
        self._keeps_text = True
        self._take_back()
        self._keeps_text = False
        self._refusal = reason
        self.say()

    def _given_up(self) -> None:
        self._refusal = ""
        self._take_back()
        self.editor.show_value(self.given, self.default_of(), self.various)
        self.say()

    def _take_back(self) -> None:
        """Undo what was typed since somebody came here, unless something else happened since."""
        document = self.context.document
        if self._before is None or document.text != self._last:
            return
        if document.undo_stack.index() == self._before[0] + 1 and document.text != self._before[1]:
            document.undo_stack.undo()

    def _revert(self) -> None:
        document = self.context.document
        if len(self.marked) == 1:
            document.revert(self.marked[0])
        else:
            document.set("Back to the scenario's values", dict.fromkeys(self.marked))
        self.input.setFocus()
