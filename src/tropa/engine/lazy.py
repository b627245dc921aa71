"""Properties that are worked out when they are first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):
    """A property kept in the object itself.

    `functools.cached_property` of Python 3.11 holds one lock for all objects of a class while it works one out, so
    that partitions wait for one another. Here two threads may work out the same value; both are right.
    """

    def __init__(self, method: Callable[[Any], Value]) -> None:
        self._method = method
        self.name = method.__name__
        self.__doc__ = method.__doc__

    def work_out(self, instance: Any) -> Value:
        """The value, not kept yet."""
        return self._method(instance)

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[Value]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> lazy[Value] | Value:
        if instance is None:
            return self
        value = self.work_out(instance)
        # From now on the object's own entry is found first.
        instance.__dict__[self.name] = value
        return value
