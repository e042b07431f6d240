"""What Fountain cannot hold, carried in a boneyard at the end of its file: a whole Final Draft file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from converter.notation.carrying import packet
from converter.notation.fountain.fit import Options, fit, fitter
from converter.notation.fountain.fit.neighbours import with_breaks_in_place
from converter.notation.fountain.markers import alternate_note, fit_boneyard, fit_note, fit_page_mark
from converter.records import fields
from converter.tree import Boneyard, Element, ElementStyle, Marker, Note, PageMark, Part, Screenplay, Text, TitlePage

_WORDS = """/* What follows is what Final Draft knows of this script and Fountain has no way to say. matchcut puts it
back when it reads this file. It does no harm here, and may be deleted.

"""


def boneyard(data: bytes, options: Options) -> str:
    said = {
        one.name: str(getattr(options, one.name))
        for one in fields(options)
        if one.name != "carry" and getattr(options, one.name) != one.default
    }
    return f"{_WORDS}{packet.packed(data, said)}\n*/"


def opened(source: str, most_bytes: int) -> tuple[bytes, Options]:
    """What a boneyard carries, and how the Fountain around it was written. Raises Damaged."""
    found = packet.unpacked(source.removesuffix("*/"), most_bytes)
    values: dict[str, Any] = {
        one.name: found.options[one.name] == "True" if isinstance(one.default, bool) else found.options[one.name]
        for one in fields(Options)
        if one.name in found.options
    }
    return found.data, Options(**values)


class Fitting:
    """What Fountain makes of a script and its parts, for those who put back what it could not hold."""

    stale = "fountain.carry-stale"

    def __init__(self, options: Options, styles: tuple[ElementStyle, ...]):
        self._options = options
        self._fitter = fitter(options, styles)

    def title_page(self, page: TitlePage | None) -> TitlePage | None:
        return fit(Screenplay(title_page=page), self._options).title_page

    def element(self, element: Element) -> Sequence[Element]:
        return self._fitter.element(element)

    def neighbours(self, elements: list[Element]) -> list[Element]:
        return with_breaks_in_place(elements)

    def parts(self, parts: tuple[Part, ...]) -> Sequence[Part]:
        fitted, after = self._fitter.parts(parts)
        return (*fitted, *after)

    def marker(self, marker: Marker) -> Marker:
        match marker:
            case Note():
                return fit_note(marker)
            case PageMark():
                return fit_page_mark(marker)
            case Boneyard():
                return fit_boneyard(marker, own_line=False)

    def hidden(self, words: str) -> Marker:
        return fit_note(Note(text=words))

    def alternate(self, text: Text) -> Marker:
        return fit_note(alternate_note(text))
