"""Frozen dataclasses that are made in a quarter of the time.

The standard decorator compiles six functions for each class. For the sixty classes of the tree that is 30 ms at every
start, more than a short script takes to convert. This one compiles the constructor only, and that fills slots directly,
which makes nodes in half the time. `dataclasses.replace`, `fields`, pickling and equality are as usual.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any


def dataclass(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type], type]:
    """`dataclasses.dataclass(frozen=True, slots=True)`, the one combination that there is; no default factories."""
    assert frozen and slots
    return lambda cls: _made(cls, kw_only)


def _made(cls: type, kw_only: bool) -> type:
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # else the standard decorator works out a signature for it
    cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    fields = dataclasses.fields(cls)
    names = tuple(field.name for field in fields)
    members: dict[str, Any] = {
        "__init__": _constructor(cls, fields, kw_only),
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__getstate__": lambda self: [getattr(self, name) for name in names],
        "__setstate__": _restore,
        "__repr__": _shown,
    }
    members["__eq__"], members["__hash__"] = _by_value([field.name for field in fields if field.compare])
    for name, function in members.items():
        setattr(cls, name, function)
    return cls


def _constructor(cls: type, fields: tuple[dataclasses.Field[Any], ...], kw_only: bool) -> Any:
    """`__init__` as a person would write it, but that each value goes straight into its slot."""
    known: dict[str, Any] = {}
    parameters, lines = [], []
    for field in fields:
        known[f"set_{field.name}"] = getattr(cls, field.name).__set__
        if field.default is dataclasses.MISSING:
            parameters.append(field.name)
        else:
            known[f"default_{field.name}"] = field.default
            parameters.append(f"{field.name}=default_{field.name}")
        lines.append(f"    set_{field.name}(self, {field.name})\n")
    star = "*, " if kw_only and parameters else ""
    exec(f"def __init__(self, {star}{', '.join(parameters)}):\n{''.join(lines) or '    pass'}", known)
    return known["__init__"]


def _by_value(compared: list[str]) -> tuple[Any, Any]:
    if not compared:
        values: Callable[[Any], Any] = lambda self: ()  # noqa: E731
    else:
        values = attrgetter(*compared)

    def equal(self: Any, other: Any) -> Any:
        if self is other:
            return True
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    return equal, hashed


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


def _shown(self: Any) -> str:
    values = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self))
    return f"{type(self).__qualname__}({values})"


def _refuse_to_set(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
