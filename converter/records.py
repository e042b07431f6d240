"""Dataclasses that are made in a tenth of the time.

The standard module loads `inspect` and compiles six functions for each class: 40 ms at every start, more than a short
script takes to convert. Here only a constructor is compiled, when the first object is made; it fills the slots
directly, so that frozen nodes too are made in half the time. The names are the standard ones and mean the same, and the
standard `fields`, `replace` and `is_dataclass` know these classes.

msgspec's Struct was weighed and rejected: to make 150 classes takes it 90 ms, where these take 52; it has no field that
stands outside equality, as `at` and `origin` do; and that `dataclasses.replace` changes a node is promised to programs.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import MISSING as MISSING
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import is_dataclass as is_dataclass
    from dataclasses import replace as replace
else:
    MISSING = object()  # where a field has no default

    def dataclass(*, frozen: bool = False, slots: bool, kw_only: bool = False) -> Callable[[type], type]:
        """`dataclasses.dataclass`, always with slots."""
        assert slots
        return lambda cls: _made(cls, frozen, kw_only)

    def field(**settings: Any) -> Any:
        """`dataclasses.field` with `default`, `default_factory`, `init`, `compare`, `metadata`."""
        return _Field("", **settings)

    def fields(record: Any) -> tuple[Any, ...]:
        """Of one of these classes or objects, or of a standard one."""
        spec = getattr(record, "__record__", None)
        return _standard().fields(record) if spec is None else tuple(spec.fields.values())

    def is_dataclass(value: Any) -> bool:
        return hasattr(value, "__record__") or hasattr(value, "__dataclass_fields__")

    def replace(record: Any, /, **changes: Any) -> Any:
        for one in record.__record__.fields.values():
            if one.init:
                changes.setdefault(one.name, getattr(record, one.name))
        return record.__class__(**changes)


class _Field:
    __slots__ = ("check", "compare", "default", "default_factory", "init", "metadata", "name", "type")

    def __init__(
        self,
        name: str,
        *,
        default: Any = MISSING,
        default_factory: Any = MISSING,
        init: bool = True,
        compare: bool = True,
        metadata: Any = None,
    ):
        self.name = name
        self.type = ""  # as it is written
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.compare = compare
        self.metadata = metadata or {}
        self.check = self.metadata.get("check")  # makes the value fit, or raises TypeError


class _Spec:
    """What a class declares."""

    __slots__ = ("fields", "kw_only")

    def __init__(self, fields: dict[str, _Field], kw_only: bool):
        self.fields = fields  # by name, in their order
        self.kw_only = kw_only


def _made(plain: type, frozen: bool, kw_only: bool) -> type:
    own = plain.__annotations__
    members = {name: value for name, value in vars(plain).items() if name not in {"__dict__", "__weakref__", *own}}
    cls = type(plain.__name__, plain.__bases__, {**members, "__annotations__": own, "__slots__": tuple(own)})
    known = _declared(plain)
    names = tuple(known)
    functions: dict[str, Any] = {
        "__record__": _Spec(known, kw_only),
        "__dataclass_fields__": _StandardFields(),
        "__match_args__": () if kw_only else names,
        "__init__": _first_constructor(cls, known, kw_only),
        "__getstate__": lambda self: [getattr(self, name) for name in names],
        "__setstate__": _restore,
        "__repr__": _shown,
        "__replace__": replace,
    }
    functions["__eq__"], hashed = _by_value([one.name for one in known.values() if one.compare])
    functions["__hash__"] = hashed if frozen else None
    if frozen:
        functions |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    for name, function in functions.items():
        setattr(cls, name, function)
    return cls


def _declared(plain: type) -> dict[str, _Field]:
    """The fields of a class by name, those that it inherits first."""
    inherited = getattr(plain.__base__, "__record__", None)
    known: dict[str, _Field] = dict(inherited.fields) if inherited is not None else {}
    written = vars(plain)
    for name, annotation in plain.__annotations__.items():
        known[name] = _named(written[name], name) if name in written else _Field(name)
        known[name].type = annotation
    return known


def _named(written: Any, name: str) -> _Field:
    """The field of what stands behind the `=`: a default, or a field of ours or of the standard module."""
    if isinstance(written, _Field):
        written.name = name
        return written
    if type(written).__module__ == "dataclasses":
        missing = _standard().MISSING
        default, factory = (MISSING if one is missing else one for one in (written.default, written.default_factory))
        return _Field(
            name,
            default=default,
            default_factory=factory,
            init=written.init,
            compare=written.compare,
            metadata=written.metadata,
        )
    return _Field(name, default=written)


def _standard() -> Any:
    import dataclasses

    return dataclasses


class _StandardFields:
    """`__dataclass_fields__`, worked out by the standard decorator when somebody asks for it."""

    def __get__(self, node: object, cls: type) -> Any:
        spec: _Spec = cls.__record__  # type: ignore[attr-defined]
        standard = _standard()
        types: dict[str, Any] = {}
        for base in reversed(cls.__mro__):
            types |= getattr(base, "__annotations__", {})
        members: dict[str, Any] = {"__doc__": "", "__annotations__": types}
        for one in spec.fields.values():
            settings = {"default": one.default, "default_factory": one.default_factory}
            given = {name: value for name, value in settings.items() if value is not MISSING}
            members[one.name] = standard.field(**given, init=one.init, compare=one.compare, metadata=one.metadata)
        twin = standard.dataclass(init=False, repr=False, eq=False, kw_only=spec.kw_only)(
            type(cls.__name__, (), members)
        )
        found = cls.__dataclass_fields__ = {one.name: one for one in standard.fields(twin)}  # type: ignore[attr-defined]
        return found


_WORTH_COMPILING = 8  # objects of a class; a constructor takes as long to compile as twenty objects to fill without


def _first_constructor(cls: type, known: dict[str, _Field], kw_only: bool) -> Any:
    """Fills the first few objects one field after the other, for most classes of a run have no more."""
    filled = 0

    def __init__(self: Any, *values: Any, **named: Any) -> None:
        nonlocal filled
        filled += 1
        if filled >= _WORTH_COMPILING or not _fill(self, known, () if kw_only else values, named, len(values)):
            constructor = _constructor(cls, known, kw_only)
            cls.__init__ = constructor  # type: ignore[misc]
            constructor(self, *values, **named)

    return __init__


def _fill(node: Any, known: dict[str, _Field], values: tuple[Any, ...], named: dict[str, Any], given: int) -> bool:
    """False, and half filled, where the arguments do not fit: the compiled constructor says what is wrong with them."""
    if given != len(values) or given + len(named) > len(known):
        return False
    place = used = 0
    for name, one in known.items():
        if one.init and place < given:
            value = values[place] if one.check is None else one.check(values[place])
            place += 1
            if name in named:
                return False
        elif one.init and name in named:
            value = named[name] if one.check is None else one.check(named[name])
            used += 1
        elif one.default is not MISSING:
            value = one.default
        elif one.default_factory is not MISSING:
            value = one.default_factory()
        else:
            return False
        object.__setattr__(node, name, value)
    if place < given or used < len(named):
        return False
    if hasattr(node, "__post_init__"):
        node.__post_init__()
    return True


def _constructor(cls: type, known: dict[str, _Field], kw_only: bool) -> Any:
    """`__init__` as a person would write it, but that each value goes straight into its slot."""
    names: dict[str, Any] = {"NOT_GIVEN": MISSING}
    parameters, lines = [], []
    for name, one in known.items():
        names[f"set_{name}"] = getattr(cls, name).__set__
        names[f"default_{name}"] = one.default
        names[f"make_{name}"] = one.default_factory
        value = name
        if one.check is not None:
            names[f"check_{name}"] = one.check
            value = f"{name} if {name} is default_{name} else check_{name}({name})"
        if not one.init:
            value = f"default_{name}"
        elif one.default_factory is not MISSING:
            parameters.append(f"{name}=NOT_GIVEN")
            value = f"make_{name}() if {name} is NOT_GIVEN else {name}"
        elif one.default is not MISSING:
            parameters.append(f"{name}=default_{name}")
        else:
            parameters.append(name)
        lines.append(f"    set_{name}(self, {value})\n")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()\n")
    star = "*, " if kw_only and parameters else ""
    exec(f"def __init__(self, {star}{', '.join(parameters)}):\n{''.join(lines) or '    pass'}", names)
    return names["__init__"]


def _by_value(compared: list[str]) -> tuple[Any, Any]:
    values: Callable[[Any], Any] = attrgetter(*compared) if compared else lambda self: ()

    def equal(self: Any, other: Any) -> Any:
        if self is other:
            return True
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    return equal, hashed


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__record__.fields, state, strict=True):
        object.__setattr__(self, name, value)


# ---------------------------------------------------------------- shown

_MOST_ITEMS, _LONGEST_TEXT, _DEEPEST = 3, 80, 5  # so that a feature shows in some lines, in microseconds


def _shown(self: Any) -> str:
    """The constructor with what is not as it is by default; long sequences and texts are shortened.

    What takes no part in equality is left out, so equal records look the same.
    """
    return _record(self, 0)


def _record(record: Any, depth: int) -> str:
    name = type(record).__qualname__
    if depth == _DEEPEST:
        return f"{name}(...)"
    values = ((one, getattr(record, one.name)) for one in record.__record__.fields.values() if one.compare)
    told = (f"{one.name}={_short(value, depth + 1)}" for one, value in values if not _is_default(one, value))
    return f"{name}({', '.join(told)})"


def _is_default(one: _Field, value: Any) -> bool:
    return value is one.default or type(value) is type(one.default) and bool(value == one.default)


def _short(value: Any, depth: int) -> str:
    if hasattr(value, "__record__") and not isinstance(value, type):
        return _record(value, depth)
    if type(value) is tuple:
        items = [_short(item, depth) for item in value[:_MOST_ITEMS]]
        more = [f"<{len(value) - _MOST_ITEMS:,} more>"] * (len(value) > _MOST_ITEMS)
        return f"({', '.join(items + more)}{',' * (len(value) == 1)})"
    if isinstance(value, bytes) and len(value) > _LONGEST_TEXT:
        return f"<{len(value):,} bytes>"
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return repr(value[:_LONGEST_TEXT] + "…")
    return repr(value)


def whole(value: Any) -> str:
    """A record, or a tuple of records, with every field and nothing shortened: to find out what differs."""
    if hasattr(value, "__record__") and not isinstance(value, type):
        told = (f"{name}={whole(getattr(value, name))}" for name in value.__record__.fields)
        return f"{type(value).__qualname__}({', '.join(told)})"
    if type(value) is tuple:
        return f"({', '.join(map(whole, value))}{',' * (len(value) == 1)})"
    return repr(value)


# ---------------------------------------------------------------- frozen


def _refuse_to_set(self: Any, name: str, value: Any) -> None:
    raise _standard().FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise _standard().FrozenInstanceError(f"cannot delete field {name!r}")
