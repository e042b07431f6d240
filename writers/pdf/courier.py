"""What draws letters, and Courier, which draws nearly all of them: a script with no others loads nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from converter.lines import CELL

SIZE = 12.0


class Piece(NamedTuple):
    """Letters that one font draws: its resource name, the inside of a PDF string, the points each glyph takes.

    `emboldened` and `slanted`: the family has no such face, so drawing has to help.
    """

    resource: str
    letters: str
    characters: int
    advance: float
    emboldened: bool = False
    slanted: bool = False


class Face(Protocol):
    """One style of a family, ready to draw."""

    name: str

    def has(self, char: str) -> bool: ...

    def pieces(self, text: str, document: Any) -> Iterator[Piece]: ...


class Family(Protocol):
    name: str
    found: bool  # on this system, so another machine may draw with another

    def has(self, char: str) -> bool: ...

    def face(self, char: str, bits: int) -> Face:
        """The face that draws a character which the family has."""
        ...


# ---------------------------------------------------------------- Courier


class CourierFace:
    """One of reportlab's Type 1 Couriers, embedded: under its standard name reportlab would leave it out."""

    _NAMES = ("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique")
    _FILES = ("com_____", "cob_____", "coo_____", "cobo____")

    def __init__(self, bits: int):
        import reportlab
        from reportlab.pdfbase import pdfmetrics

        self.name = self._NAMES[bits]
        self.font_name = f"Matchcut-{self.name}"  # under which reportlab knows it
        if self.font_name not in pdfmetrics.getRegisteredFontNames():
            folder = Path(reportlab.__file__).parent / "fonts"
            face = pdfmetrics.EmbeddedType1Face(*(str(folder / f"{self._FILES[bits]}.{end}") for end in ("afm", "pfb")))
            face.name = self.font_name
            pdfmetrics.registerTypeFace(face)
            pdfmetrics.registerFont(pdfmetrics.Font(self.font_name, self.font_name, "WinAnsiEncoding"))

    def has(self, char: str) -> bool:
        return in_courier(char)

    def pieces(self, text: str, document: Any) -> Iterator[Piece]:
        yield Piece(document.getInternalFontName(self.font_name), courier_letters(text), len(text), CELL)


def in_courier(text: str) -> bool:
    """Does the Type 1 Courier have all these letters? It has exactly Windows' Latin alphabet."""
    if text.isascii():
        return True
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


class CourierFamily:
    name = "Courier"
    found = False

    def __init__(self) -> None:
        self._faces: dict[int, CourierFace] = {}

    def has(self, char: str) -> bool:
        return in_courier(char)

    def face(self, char: str, bits: int) -> CourierFace:
        if bits not in self._faces:
            self._faces[bits] = CourierFace(bits)
        return self._faces[bits]


_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {
    ord("\\"): "\\\\",
    ord("("): "\\(",
    ord(")"): "\\)",
}


_UNSAFE = re.compile(r"[^\x20-\x7e]|[\\()]")


def courier_letters(text: str) -> str:
    """The text in Windows' Latin alphabet as the inside of a PDF string; a question mark for what that lacks."""
    return text.encode("cp1252", "replace").decode("latin-1").translate(_ESCAPES) if _UNSAFE.search(text) else text
