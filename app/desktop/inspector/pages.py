"""What the inspector shows of the scenario, a touchpoint, a transition, a note, and several together."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal

from app.desktop.document import Document, Selection
from app.desktop.forms.group import Fold, Table
from app.desktop.forms.key import others
from app.desktop.forms.source import Source, write
from app.desktop.inspector.page import Page
from app.desktop.inspector.transitions import TransitionsList
from app.desktop.inspector.why import derived_role, effects_of, percent, role_of, share_of, why
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import Appearance
from sim.scenario.addresses.address import joined, label_of
from sim.scenario.experiment import Annotation, Experiment
from sim.scenario.journey import Touchpoint, Transition
from sim.scenario.people import Population
from sim.scenario.scenario import Scenario

_LAST: Final = ("enabled", "id")
_OF_TOUCHPOINT: Final = (
    "name", "stage", "channels", "emotion", "effort", "goal", "exit", "lapsed", "start", "desk", "profile_gain",
)  # fmt: skip
_OF_TRANSITION: Final = ("from", "to", "share", "delay", "role", "effects")


class ScenarioPage(Page):
    """The scenario as a whole: shown while nothing is selected."""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """The page of that document."""
        super().__init__(appearance, document)
        self.kind.setText("Scenario")
        self._own = self.add_form()
        self.add_title("Customers", meaning("customer"))
        self._population = self.add_form()
        self.add_title("Experiment", meaning("replication"))
        self._experiment = self.add_form()
        self.rows.addStretch(1)
        self.restyle()

    def show_selection(self, selection: Selection) -> None:
        """Show the scenario."""
        self._own.edit(Scenario, "", ("name", "about", "horizon", "start_date", "currency"))
        self._population.edit(Population, "population")
        self._experiment.edit(Experiment, "experiment", ("replications", "seed", "precision"))
        self.refresh()

    def refresh(self) -> None:
        """Say its name."""
        self.heading.setText(str(self.document.tables.get("name") or self.document.name))


class TouchpointPage(Page):
    """One touchpoint."""

    selection_requested = Signal(object)

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """The page of that document."""
        super().__init__(appearance, document)
        self.kind.setText("Touchpoint")
        self._id = ""
        self.form = self.add_form()
        self.add_title("Transitions", meaning("transition"))
        self.transitions = TransitionsList()
        self.transitions.selection_requested.connect(self.selection_requested)
        self.rows.addWidget(self.transitions)
        self.rows.addStretch(1)
        self.restyle()

    def show_selection(self, selection: Selection) -> None:
        """Show the one touchpoint that is selected."""
        (self._id,) = selection.touchpoints
        keys = (*_OF_TOUCHPOINT, *others(Touchpoint, *_OF_TOUCHPOINT, *_LAST), *_LAST)
        self.form.edit(Touchpoint, joined(("touchpoints", self._id)), keys, self._id)
        self.refresh()

    def refresh(self) -> None:
        """Say its name and where it leads."""
        touchpoint = self.document.journey.touchpoint(self._id)
        if touchpoint is not None:
            self.heading.setText(touchpoint.name)
            self.transitions.show_transitions(self.document.journey, self._id)


class TransitionPage(Page):
    """One transition."""

    selection_requested = Signal(object)

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """The page of that document."""
        super().__init__(appearance, document)
        self.kind.setText("Transition")
        self._key = ""
        self._source = Source(document)
        self.form = self.add_form()
        self.add_title(
            "Why customers take this transition", "The base share, and what influences the choice at each visit"
        )
        self.why = PlainLabel()
        self.why.setWordWrap(True)
        self.why.setAccessibleName("Why customers take this transition")
        self.rows.addWidget(self.why)
        self.rows.addStretch(1)
        self.restyle()

    def show_selection(self, selection: Selection) -> None:
        """Show the one transition that is selected."""
        (key,) = selection.transitions
        self._key = key
        address = joined(("transitions", key))
        keys = (*_OF_TRANSITION, *others(Transition, *_OF_TRANSITION, *_LAST), *_LAST)
        self.form.edit(Transition, address, keys, key)
        fields = self.form.fields()
        for end in ("from", "to"):
            field = fields[joined(("transitions", key, end))]
            field.write = partial(self._reconnect, end)
        fields[joined(("transitions", key, "role"))].default_of = self._derived
        effects = self.form.row("effects")
        assert isinstance(effects, Table)
        effects.default_of = self._effect
        if effects.head.given and isinstance(effects.head.editor, Fold):
            effects.head.editor.unfold(True)
        self.form.refresh()
        self.refresh()

    def refresh(self) -> None:
        """Say where it leads, how often, and why."""
        journey = self.document.journey
        transition = journey.transition(self._key)
        if transition is None:
            return
        ends = [journey.touchpoint(id_) for id_ in (transition.source, transition.target)]
        names = [
            touchpoint.name if touchpoint is not None else id_
            for touchpoint, id_ in zip(ends, (transition.source, transition.target), strict=True)
        ]
        self.heading.setText(" → ".join(names))
        item = self._item()
        role = role_of(self.document.shown, item, journey)
        self.why.setText("\n".join(why(journey, transition, effects_of(self.document.shown, item, role))))
        fields = self.form.fields()
        taken = share_of(journey, transition) is not None
        fields[joined(("transitions", self._key, "share"))].say_unit("" if taken else percent(None))
        reason = "The ends of a transition are the same in every arm" if self.document.arm is not None else ""
        for end in ("from", "to"):
            field = fields[joined(("transitions", self._key, end))]
            if field.fixed != reason:
                field.fixed = reason
                field.name()
                field.refresh()

    def _item(self) -> Any:
        return self._source.at(("transitions", self._key)) or {}

    def _derived(self) -> str:
        return derived_role(self._item(), self.document.journey)

    def _effect(self, covariate: str) -> float:
        item = {key: value for key, value in self._item().items() if key != "effects"}
        role = role_of(self.document.shown, item, self.document.journey)
        return effects_of(self.document.shown, item, role).get(covariate, 0.0)

    def _reconnect(self, end: str, value: Any) -> bool:
        """Let it begin or end elsewhere; without an id of its own it is called otherwise from then on."""
        item = {**self._item(), end: value}
        key = label_of(item) or self._key
        if key != self._key and self.document.journey.transition(key) is not None:
            self.document.refused.emit(f"there is already a transition from {item['from']} to {item['to']}")
            return False
        address = joined(("transitions", self._key, end))
        which = "start" if end == "from" else "end"
        done = write(self.document, f"Move the {which} of {self.heading.text()}", {address: value}, None)
        if done:
            self.selection_requested.emit(Selection(transitions=frozenset({key})))
        return done


class NotePage(Page):
    """One note on the canvas."""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """The page of that document."""
        super().__init__(appearance, document)
        self.kind.setText("Note")
        self.form = self.add_form()
        self.rows.addStretch(1)
        self.restyle()

    def show_selection(self, selection: Selection) -> None:
        """Show the one note that is selected."""
        (id_,) = selection.notes
        self.heading.setText("Note on the canvas")
        self.form.edit(Annotation, joined(("annotations", id_)), ("text",), id_)


class SeveralPage(Page):
    """What several touchpoints and transitions have in common."""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """The page of that document."""
        super().__init__(appearance, document)
        self.kind.setText("Several")
        self._touchpoint_title = self.add_title("Touchpoints", meaning("touchpoint"))
        self._touchpoints = self.add_form()
        self._transition_title = self.add_title("Transitions", meaning("transition"))
        self._transitions = self.add_form()
        self.rows.addStretch(1)
        self.restyle()

    def show_selection(self, selection: Selection) -> None:
        """Show what those that are selected have in common; an edit is made to all of them."""
        counts = (
            (selection.touchpoints, "touchpoint"),
            (selection.transitions, "transition"),
            (selection.notes, "note"),
        )
        self.heading.setText(", ".join(counted(len(ids), word) for ids, word in counts if ids) + " selected")
        order = [
            touchpoint.id for touchpoint in self.document.journey.touchpoints if touchpoint.id in selection.touchpoints
        ]
        transitions = [
            transition.key
            for transition in self.document.journey.transitions
            if transition.key in selection.transitions
        ]
        for shown in (self._touchpoint_title, self._touchpoints):
            shown.setVisible(bool(order))
        for shown in (self._transition_title, self._transitions):
            shown.setVisible(bool(transitions))
        if order:
            self._touchpoints.edit(
                Touchpoint,
                [joined(("touchpoints", id_)) for id_ in order],
                ("enabled", "stage", "effort", "desk"),
                counted(len(order), "touchpoint"),
            )
        if transitions:
            self._transitions.edit(
                Transition,
                [joined(("transitions", key)) for key in transitions],
                ("enabled", "share", "delay", "role"),
                counted(len(transitions), "transition"),
            )


def counted(number: int, word: str) -> str:
    """`1 touchpoint`, `3 touchpoints`."""
    return f"{number} {word}" + ("" if number == 1 else "s")
