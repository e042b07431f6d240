"""Which font draws which letter, with every font embedded.

The default is the Courier that the reportlab distribution ships, the same on every machine. Letters it lacks come from
IBM Plex Mono (Latin Extended, Vietnamese, Cyrillic), then JetBrains Mono (Greek), both packages that we depend on, then
from fonts found on the system. A script in a language that Courier lacks letters of is set in the fallback as a whole,
so that its words do not look patched. What no font has is a box with its number, and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from converter.contract import Limits
from writers.pdf.courier import CourierFace, CourierFamily, Face, Family, in_courier

if TYPE_CHECKING:
    from writers.pdf.families import Embedding


def _letters_of(text: str) -> frozenset[str]:
    """Every character once. Looking for each of ASCII is faster than looking at each of a long script."""
    return frozenset(filter(text.__contains__, map(chr, range(128))) if text.isascii() else text)


class FontBook:
    """The families that draw one script, first to last resort. To be closed when its fonts are written."""

    def __init__(self, wanted: str | None, text: str, limits: Limits):
        """`text`: all that will be drawn. Raises UsageError if the wanted font is not to be had."""
        self._limits = limits
        self._letters = _letters_of(text)
        self._by_char: dict[str, Family | None] = {}
        self._by_style: dict[tuple[str, int], Face] = {}
        self._searched = False
        self._embedding: Embedding | None = None
        self._main: Family = CourierFamily()
        self._families: list[Family] = [self._main]
        if wanted or not in_courier(text):
            self._take_outlines(wanted, text)
        self.is_courier = isinstance(self._main, CourierFamily)

    def _take_outlines(self, wanted: str | None, text: str) -> None:
        from writers.pdf.families import Embedding, named_family, packaged_families

        self._embedding = Embedding(self._letters)
        if wanted:
            self._families = [named_family(wanted, self._embedding, self._limits)]
        self._families += packaged_families(self._embedding)
        self._main = self._families[0] if wanted else self._best(text)
        self._families.sort(key=lambda family: family is not self._main)

    @property
    def has_outlines(self) -> bool:
        """Is anything drawn that needs more than Courier?"""
        return self._embedding is not None

    def write(self, document: Any) -> None:
        """The outline fonts into the document, after all its pages."""
        if self._embedding is not None:
            self._embedding.write(document)

    def close(self) -> None:
        if self._embedding is not None:
            self._embedding.files.close()

    def _best(self, text: str) -> Family:
        """Which family sets a script whose author named none: Courier unless many words need other letters."""
        courier = self._families[0]
        outside = {char: text.count(char) for char in self._letters if char.isalpha() and not courier.has(char)}
        if not outside:
            return courier
        most = sum(outside.values()) / 2
        if most <= sum(map(text.count, filter(str.isalpha, self._letters))) / 4 and not _is_patchwork(text, outside):
            return courier
        others = (
            family for family in self._families if sum(outside[char] for char in outside if family.has(char)) > most
        )
        return next(others, courier)

    def courier(self, bits: int) -> CourierFace:
        """The face of Courier, where that is the main family."""
        return CourierFace(bits)

    def main_has(self, text: str) -> bool:
        """Can the main family draw all of it, one cell a letter?"""
        return self.is_courier and (text.isascii() or in_courier(text))

    def face(self, char: str, bits: int) -> Face:
        """The first face that has the character; the one with boxes if none has."""
        face = self._by_style.get((char, bits))
        if face is None:
            face = self._by_style[char, bits] = self._found(char, bits)
        return face

    def _found(self, char: str, bits: int) -> Face:
        from writers.pdf.boxes import is_unseen

        family = None if is_unseen(char) else self._family(char)
        return self.stand_in(bits, unseen=is_unseen(char)) if family is None else family.face(char, bits)

    def stand_in(self, bits: int, *, unseen: bool) -> Face:
        """A box for a letter that no font has; or nothing, for what has no shape on the page but is copied with it."""
        assert self._embedding is not None, "Courier alone is asked for nothing that it lacks"
        return self._embedding.stand_in(bits, unseen=unseen)

    def missing(self) -> list[str]:
        return sorted(char for char, family in self._by_char.items() if family is None)

    def found(self) -> list[str]:
        """The families that drew something and were found on this system."""
        drew = {id(family) for family in self._by_char.values()} | {id(self._main)}
        return [family.name for family in self._families if family.found and id(family) in drew]

    def _family(self, char: str) -> Family | None:
        if char not in self._by_char:
            self._by_char[char] = self._first_with(char)
        return self._by_char[char]

    def _first_with(self, char: str) -> Family | None:
        family = next((family for family in self._families if family.has(char)), None)
        if family is None and not self._searched:
            self._searched = True
            self._take_found()
            return self._first_with(char)
        return family

    def _take_found(self) -> None:
        from writers.pdf.boxes import is_unseen
        from writers.pdf.families import found_families

        assert self._embedding is not None
        seen = (char for char in self._letters if not is_unseen(char))
        left = [char for char in seen if not any(family.has(char) for family in self._families)]
        self._families += found_families(left, self._embedding, self._limits)


def _is_patchwork(text: str, outside: Iterable[str]) -> bool:
    """Have many words, as in Polish, letters of both kinds? A foreign name now and then does no harm."""
    other = frozenset(outside)
    patched = count = 0
    for word in _WORD.findall(text):
        count += 1
        patched += not other.isdisjoint(word) and not other.issuperset(word)
    return patched > count / 50


_WORD = re.compile(r"[^\W\d_]+")
