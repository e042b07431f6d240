"""The curves of PostScript outlines: CFF tables and their Type 2 charstrings, read straight.

Sources: Adobe Technical Notes 5176 (CFF) and 5177 (Type 2). Hints are skipped, and so are the operators of arithmetic,
which no font is known to use: a glyph that has one is a FontError. Work is counted, so that a hostile font ends.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable
from typing import TypeAlias

from converter.fonts.tables import Font, FontError

XY: TypeAlias = tuple[float, float]
Curve: TypeAlias = tuple[XY, XY, XY, XY]  # a line has its control points at its ends

_MOST_OPERATORS = 40_000
_DEEPEST_CALL = 10  # 5177, appendix B
_MOST_OPERANDS = 513


class _Index:
    """Objects one after another (5176, chapter 5), each read when it is asked for."""

    def __init__(self, font: Font, start: int):
        self._font = font
        head = font.piece(start, 3)
        if len(head) < 2:
            raise FontError("the PostScript outlines are cut off")
        self.count = int.from_bytes(head[:2], "big")
        self._size = head[2] if self.count and len(head) == 3 else 1
        if not 1 <= self._size <= 4:
            raise FontError("the PostScript outlines are damaged")
        self._offsets = start + 3
        self._data = start + 2 + (self.count + 1) * self._size
        self.end = self._data + self._offset(self.count) if self.count else start + 2

    def _offset(self, number: int) -> int:
        raw = self._font.piece(self._offsets + number * self._size, self._size)
        return int.from_bytes(raw, "big")

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < self.count:
            raise FontError("the PostScript outlines have no such part")
        raw = self._font.piece(self._offsets + number * self._size, 2 * self._size)
        start, end = int.from_bytes(raw[: self._size], "big"), int.from_bytes(raw[self._size :], "big")
        if not 1 <= start <= end or end - start > 65_535:
            raise FontError("the PostScript outlines are damaged")
        return self._font.piece(self._data + start, end - start)


_CHARSTRING_TYPE, _CHARSTRINGS, _PRIVATE, _SUBROUTINES, _FONTS, _SELECT = 0x0C06, 17, 18, 19, 0x0C24, 0x0C25


class Charstrings:
    """The glyphs of a table `CFF `."""

    def __init__(self, font: Font):
        self._font = font
        start, _ = font.places.get("CFF ", (0, 0))
        head = font.piece(start, 4)
        if len(head) < 4 or head[0] != 1:
            raise FontError("the PostScript outlines are of another kind")
        names = _Index(font, start + head[2])
        tops = _Index(font, names.end)
        self._start = start
        self._top = _dictionary(tops[0])
        self._shared = _Index(font, _Index(font, tops.end).end)
        self._glyphs = self._index(self._top, _CHARSTRINGS)
        self._own: dict[int, _Index | None] = {}  # subroutines of the fonts within the font
        self._select: Callable[[int], int] = lambda glyph: 0
        self._fonts = None
        if _FONTS in self._top:
            self._fonts = self._index(self._top, _FONTS)
            self._select = self._selector()
        if self._top.get(_CHARSTRING_TYPE, [2]) != [2]:
            raise FontError("the PostScript outlines are of another kind")

    def _index(self, dictionary: dict[int, list[float]], key: int, base: int | None = None) -> _Index:
        operands = dictionary.get(key)
        if not operands or operands[0] < 1:
            raise FontError("the PostScript outlines are damaged")
        return _Index(self._font, (self._start if base is None else base) + int(operands[0]))

    def _selector(self) -> Callable[[int], int]:
        """FDSelect: which of the fonts in the font a glyph belongs to."""
        start = self._start + int((self._top.get(_SELECT) or [0])[0])
        head = self._font.piece(start, 5)
        if head[:1] == b"\0":
            numbers = self._font.piece(start + 1, self._glyphs.count)
            return lambda glyph: numbers[glyph] if glyph < len(numbers) else 0
        if head[:1] != b"\3" or len(head) < 5:
            raise FontError("the PostScript outlines are damaged")
        count = int.from_bytes(head[1:3], "big")
        raw = self._font.piece(start + 3, 3 * count)
        ranges = list(struct.iter_unpack(">HB", raw[: len(raw) // 3 * 3]))
        firsts = [first for first, _ in ranges]
        return lambda glyph: ranges[max(bisect_right(firsts, glyph) - 1, 0)][1] if ranges else 0

    def _subroutines(self, number: int) -> _Index | None:
        if number not in self._own:
            dictionary = self._top if self._fonts is None else _dictionary(self._fonts[number])
            size, offset = (*map(int, dictionary.get(_PRIVATE, ())), 0, 0)[:2]
            private = _dictionary(self._font.piece(self._start + offset, size)) if 0 < size < 65_536 else {}
            has = bool(private.get(_SUBROUTINES))
            self._own[number] = self._index(private, _SUBROUTINES, self._start + offset) if has else None
        return self._own[number]

    def contours(self, glyph: int) -> list[list[Curve]]:
        program = _Program(self._shared, self._subroutines(self._select(glyph)))
        program.run(self._glyphs[glyph])
        return program.contours


def _dictionary(data: bytes) -> dict[int, list[float]]:
    """Operators with their operands (5176, chapter 4); real numbers are none that we ask for."""
    found: dict[int, list[float]] = {}
    operands: list[float] = []
    place = 0
    while place < len(data):
        first = data[place]
        place += 1
        if first <= 21:
            if first == 12 and place < len(data):
                first = first << 8 | data[place]
                place += 1
            found[first] = operands
            operands = []
        elif first == 28:
            operands.append(int.from_bytes(data[place : place + 2], "big", signed=True))
            place += 2
        elif first == 29:
            operands.append(int.from_bytes(data[place : place + 4], "big", signed=True))
            place += 4
        elif first == 30:
            while place < len(data) and data[place] & 0xF != 0xF:
                place += 1
            place += 1
            operands.append(0)
        else:
            place = _small(data, place, first, operands)
    return found


def _small(data: bytes, place: int, first: int, operands: list[float]) -> int:
    """A number of one or two bytes, which dictionaries and charstrings write alike; the place after it."""
    if 32 <= first <= 246:
        operands.append(first - 139)
    elif 247 <= first <= 254:
        following = data[place] if place < len(data) else 0
        operands.append(
            (first - 247) * 256 + following + 108 if first <= 250 else -(first - 251) * 256 - following - 108
        )
        place += 1
    return place


class _Program:
    """Runs one charstring and collects what it draws."""

    def __init__(self, shared: _Index, own: _Index | None):
        self.contours: list[list[Curve]] = []
        self._shared, self._own = shared, own
        self._stack: list[float] = []
        self._stems = 0
        self._x = self._y = 0.0
        self._left = _MOST_OPERATORS
        self._ended = False

    def run(self, data: bytes, depth: int = 0) -> None:
        place = 0
        while place < len(data) and not self._ended:
            first = data[place]
            place += 1
            if first >= 32 and first != 255:
                place = _small(data, place, first, self._stack)
            elif first == 28:
                self._stack.append(int.from_bytes(data[place : place + 2], "big", signed=True))
                place += 2
            elif first == 255:
                self._stack.append(int.from_bytes(data[place : place + 4], "big", signed=True) / 65536)
                place += 4
            elif first in (19, 20):  # hintmask, cntrmask: a bit for each stem follows
                self._count_stems()
                place += (self._stems + 7) // 8
            elif first in (10, 29):
                self._call(self._own if first == 10 else self._shared, depth)
            elif first == 11:
                return
            else:
                if first == 12:
                    first = 0x0C00 | (data[place] if place < len(data) else 0)
                    place += 1
                self._operate(first)
            self._count()

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0 or len(self._stack) > _MOST_OPERANDS:
            raise FontError("a glyph takes too much work")

    def _call(self, index: _Index | None, depth: int) -> None:
        if index is None or not self._stack or depth == _DEEPEST_CALL:
            raise FontError("a glyph calls what is not there")
        bias = 107 if index.count < 1240 else 1131 if index.count < 33900 else 32768  # 5177, chapter 4.7
        self.run(index[int(self._stack.pop()) + bias], depth + 1)

    def _count_stems(self) -> None:
        self._stems += len(self._stack) // 2
        self._stack.clear()

    def _operate(self, operator: int) -> None:
        if operator in (1, 3, 18, 23):  # stems
            self._count_stems()
            return
        if operator == 14:
            self._ended = True
            return
        draw = _OPERATORS.get(operator)
        if draw is None:
            raise FontError("a glyph is drawn in a way that is not known")
        try:
            draw(self, self._stack)
        except IndexError:
            raise FontError("a glyph is damaged") from None
        self._stack.clear()

    def _move(self, dx: float, dy: float) -> None:
        self._x += dx
        self._y += dy
        self.contours.append([])

    def _line(self, dx: float, dy: float) -> None:
        start = (self._x, self._y)
        self._x += dx
        self._y += dy
        self._add((start, start, (self._x, self._y), (self._x, self._y)))

    def _curve(self, dx1: float, dy1: float, dx2: float, dy2: float, dx3: float, dy3: float) -> None:
        start = (self._x, self._y)
        first = (start[0] + dx1, start[1] + dy1)
        second = (first[0] + dx2, first[1] + dy2)
        self._x, self._y = second[0] + dx3, second[1] + dy3
        self._add((start, first, second, (self._x, self._y)))

    def _add(self, curve: Curve) -> None:
        if not self.contours:
            raise FontError("a glyph begins nowhere")
        self.contours[-1].append(curve)
        self._count()

    # Operators, in the order of 5177, chapter 4. The operands are a list from the bottom of the stack.

    def rmoveto(self, args: list[float]) -> None:
        self._move(args[-2], args[-1])

    def hmoveto(self, args: list[float]) -> None:
        self._move(args[-1], 0)

    def vmoveto(self, args: list[float]) -> None:
        self._move(0, args[-1])

    def rlineto(self, args: list[float]) -> None:
        for place in range(0, len(args) - 1, 2):
            self._line(args[place], args[place + 1])

    def hlineto(self, args: list[float]) -> None:
        self._alternate(args, True)

    def vlineto(self, args: list[float]) -> None:
        self._alternate(args, False)

    def _alternate(self, args: list[float], across: bool) -> None:
        for step in args:
            self._line(step if across else 0, 0 if across else step)
            across = not across

    def rrcurveto(self, args: list[float]) -> None:
        for place in range(0, len(args) - 5, 6):
            self._curve(*args[place : place + 6])

    def rcurveline(self, args: list[float]) -> None:
        self.rrcurveto(args[:-2])
        self._line(args[-2], args[-1])

    def rlinecurve(self, args: list[float]) -> None:
        self.rlineto(args[:-6])
        self._curve(*_exactly(args[-6:], 6))

    def hhcurveto(self, args: list[float]) -> None:
        dy = args[0] if len(args) % 4 else 0
        for place in range(len(args) % 4, len(args) - 3, 4):
            self._curve(args[place], dy, args[place + 1], args[place + 2], args[place + 3], 0)
            dy = 0

    def vvcurveto(self, args: list[float]) -> None:
        dx = args[0] if len(args) % 4 else 0
        for place in range(len(args) % 4, len(args) - 3, 4):
            self._curve(dx, args[place], args[place + 1], args[place + 2], 0, args[place + 3])
            dx = 0

    def hvcurveto(self, args: list[float]) -> None:
        self._turn(args, True)

    def vhcurveto(self, args: list[float]) -> None:
        self._turn(args, False)

    def _turn(self, args: list[float], across: bool) -> None:
        """Curves that begin level and end upright, then the other way round; the last may end askew."""
        for place in range(0, len(args) - 3, 4):
            one, two, three, four = args[place : place + 4]
            last = args[place + 4] if len(args) - place == 5 else 0
            if across:
                self._curve(one, 0, two, three, last, four)
            else:
                self._curve(0, one, two, three, four, last)
            across = not across

    def flex(self, args: list[float]) -> None:
        self.rrcurveto(args[:12])

    def hflex(self, args: list[float]) -> None:
        dx1, dx2, dy2, dx3, dx4, dx5, dx6 = _exactly(args, 7)
        self._curve(dx1, 0, dx2, dy2, dx3, 0)
        self._curve(dx4, 0, dx5, -dy2, dx6, 0)

    def hflex1(self, args: list[float]) -> None:
        dx1, dy1, dx2, dy2, dx3, dx4, dx5, dy5, dx6 = _exactly(args, 9)
        self._curve(dx1, dy1, dx2, dy2, dx3, 0)
        self._curve(dx4, 0, dx5, dy5, dx6, -(dy1 + dy2 + dy5))

    def flex1(self, args: list[float]) -> None:
        steps = _exactly(args, 11)
        dx, dy = sum(steps[0:10:2]), sum(steps[1:10:2])
        self._curve(*steps[:6])
        ends = (steps[10], -dy) if abs(dx) > abs(dy) else (-dx, steps[10])
        self._curve(*steps[6:10], *ends)


def _exactly(args: list[float], count: int) -> list[float]:
    if len(args) < count:
        raise FontError("a glyph is damaged")
    return args[:count]


_OPERATORS: dict[int, Callable[[_Program, list[float]], None]] = {
    4: _Program.vmoveto,
    5: _Program.rlineto,
    6: _Program.hlineto,
    7: _Program.vlineto,
    8: _Program.rrcurveto,
    21: _Program.rmoveto,
    22: _Program.hmoveto,
    24: _Program.rcurveline,
    25: _Program.rlinecurve,
    26: _Program.vvcurveto,
    27: _Program.hhcurveto,
    30: _Program.vhcurveto,
    31: _Program.hvcurveto,
    0x0C22: _Program.hflex,
    0x0C23: _Program.flex,
    0x0C24: _Program.hflex1,
    0x0C25: _Program.flex1,
}
