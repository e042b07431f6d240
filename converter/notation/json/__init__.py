"""The document tree as JSON: what each field may hold, read once from the types of the tree itself.

Each record is an object with its class as `type` and its fields by their names. A field that has its default is left
out, but for those that every program asks for (`ALWAYS`). docs/formats/json.md is for those who use it.
"""

from __future__ import annotations

from enum import Enum, Flag
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

from converter.records import MISSING, fields
from converter.tree import Position, Screenplay

VERSION = 1  # of the form; it moves with every change of the schema
ALWAYS = frozenset({"text", "parts", "body"})
PLACE = "at"  # where a node came from: written on request


class Scalar(NamedTuple):
    kind: type  # str, int, float or bool


class Choice(NamedTuple):
    """One member of an enumeration, by its value."""

    kind: type[Enum]


class Flags(NamedTuple):
    """Any members, by their names in small letters."""

    kind: type[Flag]


class Place(NamedTuple):
    """A Position. Its source is written in hexadecimal digits: many programs round long numbers."""


class Records(NamedTuple):
    kinds: dict[str, type[Any]]  # by name


class Many(NamedTuple):
    of: Shape


class Maybe(NamedTuple):
    """Or null."""

    of: Shape


Shape: TypeAlias = Scalar | Choice | Flags | Place | Records | Many | Maybe


class Field(NamedTuple):
    name: str
    shape: Shape
    default: Any  # MISSING: it has to be said

    @property
    def is_needed(self) -> bool:
        return self.default is MISSING


@cache
def fields_of(kind: type[Any]) -> tuple[Field, ...]:
    """What is written of a record, in the order of its class; not where a screenplay's bytes came from."""
    hints = get_type_hints(kind)
    return tuple(
        Field(one.name, shape_of(hints[one.name]), one.default)
        for one in fields(cast(Any, kind))
        if one.init and not (kind is Screenplay and one.name == "origin")
    )


def shape_of(hint: Any) -> Shape:
    members = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    said = tuple(one for one in members if one is not NoneType)
    shape = _shape(said)
    return Maybe(shape) if len(said) < len(members) else shape


def _shape(members: tuple[Any, ...]) -> Shape:
    kind = members[0]
    if get_origin(kind) is tuple:
        return Many(shape_of(get_args(kind)[0]))
    if kind is Position:
        return Place()
    if kind in (str, int, float, bool):
        return Scalar(kind)
    if issubclass(kind, Flag):
        return Flags(kind)
    if issubclass(kind, Enum):
        return Choice(kind)
    return Records({one.__name__: one for one in members})
