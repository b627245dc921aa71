"""Parameters as an address gives them."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from tropa.contract.filters import Filters, split_texts


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
