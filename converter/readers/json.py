"""Read the JSON that writers/json.py writes, after any program changed it or made it anew.

An unknown field is left out with a warning. A node that the tree does not know, or a value that cannot stand where it
stands, is an error that names its place: half a script would be worse than none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import Enum, Flag
from functools import reduce
from math import isfinite
from operator import or_
from typing import Any, NamedTuple, NoReturn, assert_never

from converter.contract import (
    DEFAULT_LIMITS,
    ConverterError,
    Diagnostic,
    FormatError,
    Kind,
    LimitError,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.normal import allowed, known_normal, normal
from converter.notation.json import VERSION, Choice, Flags, Many, Maybe, Place, Records, Scalar, Shape, fields_of
from converter.records import dataclass, replace
from converter.safe.clean import clean
from converter.tree import Cut, Origin, Paragraph, Position, SceneHeading, Screenplay

_LARGEST_INTEGER = 2**31
_LARGEST_MEASURE = 14_400.0  # the longest side of a PDF page, in points
_LONGEST_NAME = 40  # that a message shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: the file says everything."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    try:
        return _read(source, report, limits)
    except RecursionError:
        raise LimitError("this script is nested too deeply") from None


def _read(source: Source, report: Report, limits: Limits) -> Screenplay:
    repeated: list[str] = []
    value = _parsed(source.data, limits, repeated)
    if repeated:
        message = f"The field {_shown(repeated[0])} stands twice in one object; the last of them counts."
        report(Diagnostic(Kind.WARNING, "json.repeated-field", message))
    if not isinstance(value, dict) or value.get("type") != "Screenplay":
        raise FormatError("this JSON is no screenplay; `matchcut schema` shows what one looks like")
    _check_version(value.pop("version", None))
    carried = value.pop("origin", None)
    reading = Reading(report, limits)
    try:
        screenplay: Screenplay = reading.record(value, {"Screenplay": Screenplay})
    except _Wrong as wrong:
        raise FormatError(f"this JSON is no screenplay: {wrong.message}", where=wrong.where()) from None
    if reading.has_controls:
        message = "Control characters, which no script can hold, were left out."
        report(Diagnostic(Kind.WARNING, "json.control-characters", message))
    screenplay = normal(screenplay)
    return screenplay if carried is None else _with_origin(screenplay, carried, report, limits)


READER = Reader("json", (), Options, read)


def _parsed(data: bytes, limits: Limits, repeated: list[str]) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        said = dict(pairs)
        if len(said) < len(pairs) and not repeated:
            names = [name for name, _ in pairs]
            repeated.append(next(name for name in names if names.count(name) > 1))
        return said

    try:
        text = data.decode(json.detect_encoding(data))
        if len(text) > limits.text_characters:
            raise limits.passed("text_characters", "this script is too long (characters)")
        return json.loads(text, object_pairs_hook=once, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FormatError(f"this is no JSON: {clean(error.msg).lower()}", where=where) from None
    except LimitError:
        raise
    except UnicodeDecodeError:
        raise FormatError("this is no JSON: it is not in UTF-8") from None
    except ValueError:
        raise FormatError("this is no JSON: there is a number in it that is none") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _check_version(version: object) -> None:
    if type(version) is not int or version < 1:
        raise FormatError(f'this JSON does not say which version it has; write "version": {VERSION} first')
    if version > VERSION:
        raise FormatError(
            f"this JSON was written by a later matchcut, in a version above {VERSION}; a newer one reads it"
        )


def _shown(name: object) -> str:
    return clean(str(name), _LONGEST_NAME)


# ---------------------------------------------------------------- the file that was read first


def _with_origin(screenplay: Screenplay, carried: object, report: Report, limits: Limits) -> Screenplay:
    """The Final Draft file that is carried, so that what nobody changed is written as it was."""
    origin = _origin(carried, limits)
    if origin is None:
        message = "The Final Draft file that this JSON carries is damaged; it was left out."
        report(Diagnostic(Kind.WARNING, "json.carry-damaged", message))
        return screenplay
    return known_normal(replace(screenplay, origin=origin))


def _origin(carried: object, limits: Limits) -> Origin | None:
    from base64 import b64decode

    from converter.readers import fdx

    if not isinstance(carried, dict) or carried.get("format") != "fdx":
        return None
    try:
        data = b64decode(carried.get("data", ""), validate=True)
        return fdx.read(Source("carried.fdx", data), limits=limits).origin
    except LimitError:
        raise
    except (ConverterError, ValueError, TypeError):
        return None


# ---------------------------------------------------------------- values


class _Wrong(Exception):
    """What is wrong, and where: names and places from the inside out."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message
        self.path: list[str] = []

    def where(self) -> str:
        return "".join(reversed(self.path)).lstrip(".") or "at the top"


class _Plan(NamedTuple):
    decoders: dict[str, Callable[[Any], Any]]
    needed: tuple[str, ...]
    is_paragraph: bool
    nests: bool


class Reading:
    """One reading: a function for each class, made when the first of it comes."""

    def __init__(self, report: Report, limits: Limits):
        self._report = report
        self._limits = limits
        self._deadline = limits.deadline()
        self._deadline.check()
        self._plans: dict[type, _Plan] = {}
        self._records = self._paragraphs = self._depth = 0
        self.has_controls = False

    def from_text(self, source: str, /, *kinds: type[Any], **given: Any) -> Any:
        """One record from a text of its own, with more fields that stand elsewhere."""
        try:
            value = json.loads(source, parse_constant=_refuse_constant)
            return self.record({**value, **given}, {kind.__name__: kind for kind in kinds})
        except _Wrong as wrong:
            raise FormatError(f"this script is damaged: {wrong.message}", where=wrong.where()) from None
        except (ValueError, TypeError) as error:
            if isinstance(error, ConverterError):
                raise
            raise FormatError("this script is damaged: what stands beside its words is no JSON") from None

    def record(self, value: Any, kinds: dict[str, type[Any]]) -> Any:
        kind = _kind_of(value, kinds)
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = self._plan(kind)
        self._count(plan)
        if plan.nests:
            self._depth += 1
        said = {}
        for name, item in value.items():
            decode = plan.decoders.get(name)
            if decode is None:
                self._pass_over(name, kind)
                continue
            try:
                said[name] = decode(item)
            except _Wrong as wrong:
                wrong.path.append(f".{name}")
                raise
        if plan.nests:
            self._depth -= 1
        for name in plan.needed:
            if name not in said:
                raise _Wrong(f"{_article(kind)} needs the field {name}")
        return kind(**said)

    def _count(self, plan: _Plan) -> None:
        self._records += 1
        if self._records % 1000 == 0:
            self._deadline.check()
        if plan.is_paragraph:
            self._paragraphs += 1
            if self._paragraphs > self._limits.paragraphs:
                raise self._limits.passed("paragraphs", "this script has too many paragraphs")
        if self._depth > self._limits.nesting:
            raise self._limits.passed("nesting", "scenes and cuts are nested too deeply in each other")

    def _pass_over(self, name: str, kind: type) -> None:
        if name != "type":
            message = f"A{_article(kind)[1:]} has no field {_shown(name)}; it was left out."
            self._report(Diagnostic(Kind.WARNING, "json.unknown-field", message))

    def _plan(self, kind: type) -> _Plan:
        known = fields_of(kind)
        return _Plan(
            decoders={one.name: self._decoder(one.shape) for one in known},
            needed=tuple(one.name for one in known if one.is_needed),
            is_paragraph=issubclass(kind, Paragraph),
            nests=kind in (Cut, SceneHeading),
        )

    def _decoder(self, shape: Shape) -> Callable[[Any], Any]:
        match shape:
            case Scalar(kind=kind):
                own = {str: self._text, float: self._measure}
                return own[kind] if kind in own else _SCALARS[kind]
            case Choice(kind=kind):
                return lambda value: _choice(value, kind)
            case Flags(kind=kind):
                return lambda value: _flags(value, kind)
            case Place():
                return _place
            case Records(kinds=kinds):
                return lambda value: self.record(value, kinds)
            case Many(of=of):
                decode = self._decoder(of)
                return lambda value: _many(value, decode)
            case Maybe(of=of):
                some = self._decoder(of)
                return lambda value: None if value is None else some(value)
            case _:
                assert_never(shape)

    def _text(self, value: Any) -> str:
        if type(value) is not str:
            raise _Wrong("a text in quotes should stand here")
        if not value.isprintable() and not self.has_controls:
            self.has_controls = len(allowed(value)) < len(value)
        return value

    def _measure(self, value: Any) -> float:
        if type(value) is not int and (type(value) is not float or not isfinite(value)):
            raise _Wrong("a number should stand here")
        if abs(value) <= _LARGEST_MEASURE:
            return float(value)
        message = "A measure is longer than any paper; it was cut."
        self._report(Diagnostic(Kind.WARNING, "json.far-measure", message))
        return _LARGEST_MEASURE if value > 0 else -_LARGEST_MEASURE


def _kind_of(value: Any, kinds: dict[str, type[Any]]) -> type[Any]:
    if type(value) is not dict:
        raise _Wrong(f"an object should stand here: {_listed(kinds)}")
    name = value.get("type")
    if name is None and len(kinds) == 1:
        return next(iter(kinds.values()))
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise _Wrong(f"{_shown(name)!r} is no type of what can stand here: {_listed(kinds)}")
    return kind


def _article(kind: type) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _many(value: Any, decode: Callable[[Any], Any]) -> tuple[Any, ...]:
    if type(value) is not list:
        raise _Wrong("a list should stand here")
    items = []
    for place, item in enumerate(value):
        try:
            items.append(decode(item))
        except _Wrong as wrong:
            wrong.path.append(f"[{place}]")
            raise
    return tuple(items)


def _integer(value: Any) -> int:
    if type(value) is not int or abs(value) > _LARGEST_INTEGER:
        raise _Wrong("a whole number should stand here")
    return value


def _yes_or_no(value: Any) -> bool:
    if type(value) is not bool:
        raise _Wrong("true or false should stand here")
    return value


_SCALARS: dict[type, Callable[[Any], Any]] = {int: _integer, bool: _yes_or_no}


def _choice(value: Any, kind: type[Enum]) -> Enum:
    for one in kind:
        if one.value == value:
            return one
    raise _Wrong(f"one of these should stand here: {_listed(str(one.value) for one in kind)}")


def _flags(value: Any, kind: type[Flag]) -> Flag:
    known = {str(one.name).lower(): one for one in kind}
    if type(value) is not list or not all(isinstance(name, str) and name in known for name in value):
        raise _Wrong(f"a list of these should stand here: {_listed(known)}")
    return reduce(or_, (known[name] for name in value), kind(0))


def _place(value: Any) -> Position:
    if type(value) is not dict:
        raise _Wrong("an object with line, page or paragraph should stand here")
    unknown = value.keys() - set(Position._fields)
    if unknown:
        raise _Wrong(f"a place has no {_shown(min(unknown))}")
    return Position(**{name: _digest(item) if name == "source" else _integer(item) for name, item in value.items()})


_LONGEST_DIGEST = 32


def _digest(value: Any) -> int:
    try:
        if type(value) is str and len(value) <= _LONGEST_DIGEST:
            return int(value, 16)
    except ValueError:
        pass
    raise _Wrong("hexadecimal digits should stand here")
