"""Parameters as an address gives them."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import Field, create_model, model_validator

from tropa.contract.filters import Filters, split_texts

F = TypeVar("F", bound=Filters)


def in_address(params: type[Filters]) -> type[Filters]:
    """The same parameters, where each value of a list of names may hold several with commas between them."""

    class InAddress(params):  # type: ignore[misc, valid-type]
        @model_validator(mode="before")
        @classmethod
        def _split(cls, values: Any) -> Any:
            return split_texts(params, values) if isinstance(values, dict) else values

    InAddress.__name__ = params.__name__
    InAddress.__doc__ = params.__doc__
    return InAddress


def on_map(params: type[Filters]) -> type[Filters]:
    """The same parameters, and the map that the journeys are seen through."""
    about = "id of a map to see the journeys through; the living one where none is named"
    seen: type[Filters] = create_model(
        params.__name__,
        __base__=params,
        __doc__=params.__doc__,
        map=(str | None, Field(None, max_length=40, description=about)),
    )
    return seen


def without_map(params: type[F], told: Any) -> F:
    """What was told, without the map that it is seen through."""
    return params.model_validate(told.model_dump(exclude={"map"}, exclude_unset=True))
