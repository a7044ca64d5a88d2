"""Which sections are set in words instead of fields."""

from __future__ import annotations

from app.desktop.rules.coefficients import CoefficientsEditor
from app.desktop.rules.editor import RuleEditor
from app.desktop.sections.page import MakeEditor
from app.desktop.sections.sections import Section


def editor_of(section: Section) -> MakeEditor | None:
    """What makes the editor of a section; None where a form does."""
    if section.id in ("rules", "broadcasts"):
        return RuleEditor
    return CoefficientsEditor if section.id == "coefficients" else None
