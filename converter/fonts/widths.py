"""How wide the letters of a font are, as its table hmtx says."""

from __future__ import annotations

import struct
from collections.abc import Collection

from converter.fonts.index import FONT_LIMITS
from converter.fonts.tables import MOST_CMAP_BYTES, Font, FontError, Letters, fonts_of
from converter.safe.files import parts_of


class Widths:
    """In units of the font; the last width that is listed counts for all glyphs after it."""

    def __init__(self, font: Font):
        across = font.table("hhea", 64_000)
        if len(across) < 36:
            raise FontError("a table is too short")
        self._data = font.table("hmtx", 4 * 65_536)
        self._count = min(struct.unpack_from(">H", across, 34)[0], len(self._data) // 4)
        if not self._count:
            raise FontError("the glyphs have no widths")

    def of(self, glyph: int) -> int:
        found: int = struct.unpack_from(">H", self._data, 4 * min(glyph, self._count - 1))[0]
        return found


def is_monospaced(path: str, number: int, letters: Collection[str]) -> bool:
    """Are all its letters of English as wide as each other, or of the script where it has no English ones?

    What a font says of itself is wrong too often. FontError if it is damaged.
    """
    with parts_of(path, FONT_LIMITS) as parts:
        font = next((font for other, font in fonts_of(parts) if other == number), None)
        if font is None:
            raise FontError("the collection has no such font")
        glyph, width = Letters(font.table("cmap", MOST_CMAP_BYTES)).glyph, Widths(font)
        for some in (_ENGLISH, filter(str.isalpha, letters)):
            glyphs = set(filter(None, (glyph(ord(char)) for char in some)))
            if len(glyphs) > 1:
                return len({width.of(one) for one in glyphs}) == 1
    return True


_ENGLISH = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,;:!?'()-"
