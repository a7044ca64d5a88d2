"""Fields for any table of a scenario, made from its models."""

from app.desktop.forms.field import Field
from app.desktop.forms.form import Form

__all__ = ["Field", "Form"]
