"""Who is asking, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from fastapi import Request

Role = Literal["reader", "editor", "analyst", "owner"]
Right = Literal["edit", "analyse", "own"]


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is empty where the workspace has no accounts: everybody on the machine is its owner then."""

    name: str
    role: Role


def person_of(request: Request) -> Person:
    """Who is asking."""
    return Person("", "owner")


def needs(right: Right) -> Callable[[Request], Person]:
    """A dependency of a route: who asks, refused without the right."""

    def allowed(request: Request) -> Person:
        return person_of(request)

    return allowed
