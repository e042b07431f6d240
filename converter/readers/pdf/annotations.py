"""What lies over a page: values of form fields, which are words of the page, and notes, which are notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any, NamedTuple

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from converter.readers.pdf.content import IDENTITY, Form, Matrix, times
from converter.readers.pdf.fonts import entry

_MOST = 5_000  # of a page
_LONGEST = 20_000  # letters of a note
_DEEPEST_FIELD = 10
_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5
_SAYS_NOTHING = frozenset(("/Link", "/Popup", "/Screen", "/Movie", "/3D", "/TrapNet", "/PrinterMark"))
_DRAWN = frozenset(("/Stamp", "/Watermark"))


class Note(NamedTuple):
    """Words that a reader of the file laid over a page; the place is where they begin, in the page's own measure."""

    x: float
    y: float
    text: str
    author: str


class Overlay(NamedTuple):
    """A drawing, and what puts it where it lies. A field without one has its value to show."""

    form: Form | None
    matrix: Matrix
    value: str
    corner: tuple[float, float]  # of its rectangle, the lower left one
    height: float
    is_mark: bool  # a stamp or a watermark, not words of the page


Annotation = Note | Overlay


def laid_over(page: DictionaryObject) -> list[Any]:
    """The annotations of a page as the file has them."""
    listed = entry(page, "/Annots")
    return list(listed[:_MOST]) if isinstance(listed, ArrayObject) else []


def annotation(item: Any, form_of: Callable[[StreamObject], Form]) -> Annotation | None:
    """What one says, if it says something and can be seen."""
    one = item.get_object() if hasattr(item, "get_object") else item
    if not isinstance(one, DictionaryObject) or _flags(one) & (_HIDDEN | _NO_VIEW):
        return None
    kind = str(entry(one, "/Subtype"))
    if kind == "/Widget":
        return _field(one, form_of)
    if kind in _DRAWN:
        return _overlay(one, form_of, "", is_mark=True)
    return None if kind in _SAYS_NOTHING else _note(one)


def _flags(annotation: DictionaryObject) -> int:
    flags = entry(annotation, "/F")
    return int(flags) if isinstance(flags, int) else 0


def _note(annotation: DictionaryObject) -> Note | None:
    text = _text(entry(annotation, "/Contents")) or _plain(_text(entry(annotation, "/RC")))
    if not text.strip():
        return None
    left, _, _, top = _box(entry(annotation, "/Rect"))
    return Note(left, top, text.strip(), _text(entry(annotation, "/T")).strip())


_TAG = re.compile(r"<(/?p\b|br\b)?[^<>]*>")


def _plain(rich: str) -> str:
    """Rich text without its marks."""
    return unescape(_TAG.sub(lambda match: "\n" if match[1] else "", rich)).strip()


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return str(value)[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""


def _field(annotation: DictionaryObject, form_of: Callable[[StreamObject], Form]) -> Overlay | None:
    """A field of words or a choice; buttons say nothing of a script."""
    if _inherited(annotation, "/FT") not in ("/Tx", "/Ch"):
        return None
    value = _inherited(annotation, "/V")
    value = value[0] if isinstance(value, ArrayObject) and value else value
    if isinstance(value, StreamObject):
        value = value.get_data()[:_LONGEST]
    return _overlay(annotation, form_of, _text(value), is_mark=False)


def _inherited(field: DictionaryObject, key: str) -> Any:
    for _ in range(_DEEPEST_FIELD):
        value = entry(field, key)
        parent = entry(field, "/Parent")
        if value is not None or not isinstance(parent, DictionaryObject):
            return value
        field = parent
    return None


def _overlay(
    annotation: DictionaryObject, form_of: Callable[[StreamObject], Form], value: str, *, is_mark: bool
) -> Overlay | None:
    left, bottom, right, top = _box(entry(annotation, "/Rect"))
    stream = _normal_look(annotation)
    if stream is None:
        return Overlay(None, IDENTITY, value, (left, bottom), top - bottom, is_mark) if value.strip() else None
    form = form_of(stream)
    matrix = _onto((left, bottom, right, top), _box(entry(stream, "/BBox")), form.matrix)
    return Overlay(form, matrix, value, (left, bottom), top - bottom, is_mark)


def _normal_look(annotation: DictionaryObject) -> StreamObject | None:
    looks = entry(annotation, "/AP")
    look = entry(looks, "/N") if isinstance(looks, DictionaryObject) else None
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        look = entry(look, str(entry(annotation, "/AS")))
    return look if isinstance(look, StreamObject) else None


_Box = tuple[float, float, float, float]


def _onto(rect: _Box, box: _Box, matrix: Matrix) -> Matrix:
    """PDF 32000-1, 12.5.5: the box of the look, turned as it says, is fitted to the annotation's rectangle."""
    corners = [times((1, 0, 0, 1, x, y), matrix)[4:] for x in box[::2] for y in box[1::2]]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    if right <= left or top <= bottom:
        return IDENTITY
    across, up = (rect[2] - rect[0]) / (right - left), (rect[3] - rect[1]) / (top - bottom)
    return (across, 0.0, 0.0, up, rect[0] - left * across, rect[1] - bottom * up)


def _box(value: Any) -> _Box:
    numbers = [float(one.get_object()) for one in value] if isinstance(value, ArrayObject) else []
    if len(numbers) != 4:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(numbers[0], numbers[2]),
        min(numbers[1], numbers[3]),
        max(numbers[0], numbers[2]),
        max(numbers[1], numbers[3]),
    )
