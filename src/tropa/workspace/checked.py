"""Parameters of a question from plain values, checked."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tropa.errors import TropaError, did_you_mean

Model = TypeVar("Model", bound=BaseModel)


def checked(name: str, model: type[Model], values: dict[str, Any]) -> Model:
    """The parameters of the question called `name`.

    Raises:
        TropaError: names the parameter, what was given and what is expected.
    """
    known = model.model_fields
    for given in values:
        if given not in known:
            raise TropaError(f"{name} has no parameter {given!r}.", did_you_mean(given, known), kind="usage")
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "parameters"
        raise TropaError(
            f"{name}: {where}: {first['msg']} (given: {first['input']!r}).",
            known[where].description or "" if where in known else "",
            kind="usage",
        ) from None
