"""What all parts of a scenario share: strict, frozen models and a few constrained types."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

Id = Annotated[str, Field(pattern=r"^[a-z0-9_-]+$")]
Probability = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]

Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Strict(False)]
"""A list in the file, a tuple here; its items are as strict as everything else."""


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number, also one that the file writes as `1e5`."""

Hour = Annotated[float, Field(ge=0, le=24, allow_inf_nan=False)]


class Part(BaseModel):
    """A table of a scenario file: unknown keys are errors, values never change after reading, text is no number."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, populate_by_name=True, use_attribute_docstrings=True
    )
