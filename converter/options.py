"""The options of a format: its frozen dataclass, filled from words that a person typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from converter.contract import UsageError
from converter.records import dataclass, fields

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_MOST_DIGITS = 9  # of a whole number that a person types


def from_words(words: Sequence[str]) -> dict[str, str]:
    """`["paper=a4", "bold"]` as {"paper": "a4", "bold": "true"}; the last of several counts."""
    settings = {}
    for word in words:
        key, equals, value = word.partition("=")
        settings[key.strip().replace("-", "_")] = value.strip() if equals else "true"
    return settings


def options_from(kind: type, settings: object, name: str) -> Any:
    """An Options object of `kind`: None for the defaults, one that is made already, or a mapping of field to value.

    Strings in the mapping are read as the field's type asks. UsageError lists what there is.
    """
    if settings is None:
        return kind()
    if isinstance(settings, kind):
        return settings
    if not isinstance(settings, Mapping):
        raise UsageError(f"the options of {name} are a {kind.__qualname__} object or a mapping, not {settings!r}")
    known = {one.name: one for one in described(kind)}
    values = {}
    for key, value in settings.items():
        if key not in known:
            raise UsageError(f"{name} has no option {key!r}{did_you_mean(key, known)}; {_listed(known)}")
        values[key] = _value(known[key], value, name)
    return kind(**values)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option for people: what it is called, what it can be, what it is else, what it does."""

    name: str
    values: str  # "yes or no", "a whole number", "letter or a4"
    default: object
    help: str
    type: Any


def described(kind: type) -> list[Choice]:
    """The options of a format in the order of its dataclass."""
    hints = get_type_hints(kind)
    return [
        Choice(one.name, _values(hints[one.name]), one.default, _help(one), hints[one.name]) for one in fields(kind)
    ]


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """` (did you mean 'paper'?)` or nothing, to stand after a name that there is not."""
    from difflib import get_close_matches  # 3 ms, for few runs

    near = get_close_matches(str(word).lower(), list(known), 1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _help(one: Any) -> str:
    return str(one.metadata.get("help", ""))


def _listed(known: dict[str, Choice]) -> str:
    if not known:
        return "it has none"
    return "it has " + "; ".join(f"{choice.name} ({choice.help})" for choice in known.values())


# ---------------------------------------------------------------- types


def _alternatives(hint: Any) -> tuple[Any, ...]:
    """`int | None` as its parts, a Literal as its values, all else as itself."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return tuple(part for member in get_args(hint) for part in _alternatives(member))
    return get_args(hint) if origin is Literal else (hint,)


_TYPE_NAMES = {bool: "yes or no", int: "a whole number", float: "a number", str: "text", NoneType: "none"}


def _values(hint: Any) -> str:
    """What a person can type, so no bytes; "none" for what is left as it is goes without saying."""
    said = (part for part in _alternatives(hint) if part not in (bytes, NoneType))
    return " or ".join(_TYPE_NAMES.get(part, str(part)) for part in said)


def _value(choice: Choice, value: object, name: str) -> object:
    parts = sorted(_alternatives(choice.type), key=lambda part: part is str)  # any word is text: that comes last
    fitting = _readings(parts, value) if isinstance(value, str) else (value for part in parts if _is(value, part))
    for one in fitting:
        return one
    raise UsageError(f"{name}: {choice.name} cannot be {value!r}, only {choice.values} ({choice.help})")


def _is(value: object, part: Any) -> bool:
    if isinstance(part, type):
        return type(value) is part or part is float and type(value) is int
    return type(value) is type(part) and value == part


def _readings(parts: Sequence[Any], word: str) -> Iterator[object]:
    for part in parts:
        if isinstance(part, type):
            yield from _READERS[part](word) if part in _READERS else ()
        elif word == str(part):
            yield part


def _yes_or_no(word: str) -> Iterator[bool]:
    if word.lower() in _TRUE | _FALSE:
        yield word.lower() in _TRUE


def _whole_number(word: str) -> Iterator[int]:
    if word.lstrip("+-").isdecimal() and len(word) <= _MOST_DIGITS:
        with suppress(ValueError):
            yield int(word)


def _number(word: str) -> Iterator[float]:
    with suppress(ValueError):
        if isfinite(number := float(word)):
            yield number


def _text(word: str) -> Iterator[str]:
    yield word


def _nothing(word: str) -> Iterator[None]:
    if word.lower() == "none":
        yield None


_READERS: dict[type, Callable[[str], Iterator[object]]] = {
    bool: _yes_or_no,
    int: _whole_number,
    float: _number,
    str: _text,
    NoneType: _nothing,
}
