"""What is drawn for letters that no font has: a box with the number of the letter; copying gives the letter itself."""

from __future__ import annotations

import unicodedata

from converter.fonts.outlines import Contours, Point, packed
from writers.pdf.embed import CELL_WIDTH, Glyph, room_of

# In thousandths of the font's size.
_SIDE, _FOOT, _TOP = 40, -160, 690  # of the box
_LINE, _GAP = 34, 36
_MARK_FOOT, _MARK_TOP = 640, 980  # a mark's box stands on its letter

# Rows of three points, from the top, as octal numbers: 5 is a point, a gap and a point.
_DIGITS = dict(
    zip(
        "0123456789ABCDEF",
        "75557 26227 71747 71717 55711 74717 74757 71111 75757 75717 25755 65656 74447 65556 74647 74644".split(),
        strict=True,
    )
)


def is_unseen(char: str) -> bool:
    """Joiners, direction marks, variation selectors, fillers: they change other letters and are no shape themselves."""
    return unicodedata.category(char) == "Cf" or char in _UNSEEN or "\ufe00" <= char <= "\ufe0f"


# Unicode, Default_Ignorable_Code_Point, but for format characters (Cf).
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0") | frozenset(
    map(chr, range(0xE0100, 0xE01F0))
)


class Boxes:
    """Glyphs for every character there is."""

    unit = 1000
    ascent, descent = 750.0, -250.0
    box = (0, -250, 1200, 1000)

    def glyph(self, char: str) -> Glyph | None:
        return Glyph(packed(self.contours(char)), room_of(char))

    def contours(self, char: str) -> Contours:
        room = room_of(char)
        return _box(char, 0, room, _FOOT, _TOP) if room else _box(char, -CELL_WIDTH, 0, _MARK_FOOT, _MARK_TOP)

    def without_letter(self) -> bytes:
        return b""


class Blanks(Boxes):
    """Nothing to see for any of them."""

    def glyph(self, char: str) -> Glyph | None:
        return Glyph(b"", 0.0)

    def contours(self, char: str) -> Contours:
        return []


def _box(char: str, start: float, end: float, foot: int, top: int) -> Contours:
    """A frame with the hexadecimal number in two rows."""
    left, right = start + _SIDE, end - _SIDE
    frame = [_rectangle(left, foot, right, top)]
    frame.append(_rectangle(left + _LINE, foot + _LINE, right - _LINE, top - _LINE)[::-1])  # turned: a hole
    digits = f"{ord(char):04X}"
    digits = digits.zfill(len(digits) + len(digits) % 2)
    columns = len(digits) // 2
    across = (right - left - 2 * (_LINE + _GAP) + _GAP) / columns
    up = (top - foot - 2 * (_LINE + _GAP) + _GAP) / 2
    high = (up - _GAP) / 5
    wide = min((across - _GAP) / 3, high)
    inner = left + _LINE + _GAP + (across - _GAP - 3 * wide) / 2
    for place, digit in enumerate(digits):
        row, column = divmod(place, columns)
        frame += _digit(digit, inner + column * across, top - _LINE - _GAP - row * up, wide, high)
    return frame


def _digit(digit: str, x: float, y: float, wide: float, high: float) -> Contours:
    found = []
    for row, bits in enumerate(map(int, _DIGITS[digit])):
        for column in range(3):
            if bits & 4 >> column:
                left, top = x + column * wide, y - row * high
                found.append(_rectangle(left, top - high, left + wide, top))
    return found


def _rectangle(left: float, foot: float, right: float, top: float) -> list[Point]:
    """Clockwise, as TrueType has what is black."""
    corners = ((left, foot), (left, top), (right, top), (right, foot))
    return [Point(x, y, True) for x, y in corners]
