"""The shapes of glyphs as TrueType has them, out of TrueType and PostScript (CFF) fonts.

Only the glyphs that are asked for are read, straight from the file: the 65,000 of an East Asian font stay where they
are. Shapes are lists of points, on the curve or off it; a PostScript curve becomes quadratic ones that are nowhere
farther from it than a thousandth of the font's size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from converter.fonts.tables import Font, FontError
from converter.fonts.type2 import Charstrings, Curve
from converter.fonts.widths import Widths

_MOST_POINTS = 30_000
_MOST_PARTS = 64
_DEEPEST_PART = 6


class Point(NamedTuple):
    x: float
    y: float
    on: bool  # on the curve; else its control point


Contours = list[list[Point]]


class Outlines:
    """The glyphs of one font by number. FontError where one is damaged."""

    def __init__(self, font: Font):
        head, across = font.table("head", 64_000), font.table("hhea", 64_000)
        if len(head) < 54 or len(across) < 36:
            raise FontError("a table is too short")
        self.unit: int = struct.unpack_from(">H", head, 18)[0]
        if not 16 <= self.unit <= 16384:
            raise FontError("the font has no size")
        self.box: tuple[int, int, int, int] = struct.unpack_from(">4h", head, 36)
        self.ascent, self.descent = struct.unpack_from(">2h", across, 4)
        self._widths = Widths(font)
        self._count: int = struct.unpack_from(">H", font.table("maxp", 64_000).ljust(6, b"\0"), 4)[0]
        self._font = font
        self._charstrings = None
        if "glyf" in font.places:
            is_long = struct.unpack_from(">h", head, 50)[0] != 0
            self._loca = font.table("loca", 4 * 65_537 + 64)
            self._step, self._form = (4, ">LL") if is_long else (2, ">HH")
        else:
            self._charstrings = Charstrings(font)

    def advance(self, glyph: int) -> float:
        """How far on the next letter stands, in thousandths of the font's size."""
        return self._widths.of(glyph) * 1000 / self.unit

    def record(self, glyph: int) -> bytes:
        """The glyph as it stands in a table glyf, in one piece and without instructions."""
        if self._charstrings is None:
            data = self._data(glyph)
            if len(data) < 10 or struct.unpack_from(">h", data)[0] >= 0:
                return _without_instructions(data)
        return packed(self.contours(glyph))

    def contours(self, glyph: int) -> Contours:
        if self._charstrings is not None:
            return [_quadratic(curves, self.unit / 1000) for curves in self._charstrings.contours(glyph)]
        return self._parts(glyph, 0)

    def _data(self, glyph: int) -> bytes:
        place = glyph * self._step
        if glyph >= self._count or place + 2 * self._step > len(self._loca):
            return b""
        start, end = struct.unpack_from(self._form, self._loca, place)
        if self._step == 2:
            start, end = 2 * start, 2 * end
        offset, length = self._font.places["glyf"]
        if not start <= end <= length:
            raise FontError("a glyph lies outside its table")
        return self._font.piece(offset + start, end - start)

    def _parts(self, glyph: int, depth: int) -> Contours:
        data = self._data(glyph)
        if len(data) < 10:
            return []
        if struct.unpack_from(">h", data)[0] >= 0:
            return _simple(data)
        if depth == _DEEPEST_PART:
            raise FontError("a glyph is made of too many others")
        found: Contours = []
        for part in _components(data):
            found += _moved(self._parts(part.glyph, depth + 1), part, found)
            if sum(map(len, found)) > _MOST_POINTS:
                raise FontError("a glyph has too many points")
        return found


# ---------------------------------------------------------------- TrueType (OpenType, glyf)


_ON, _X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32


def _simple(data: bytes) -> Contours:
    ends, place = _ends(data)
    if not ends:
        return []
    place += 2 + int.from_bytes(data[place : place + 2], "big")
    flags, place = _flags(data, place, ends[-1] + 1)
    xs, place = _coordinates(data, place, flags, _X_SHORT, _X_SAME)
    ys, _ = _coordinates(data, place, flags, _Y_SHORT, _Y_SAME)
    points = [Point(x, y, bool(flag & _ON)) for x, y, flag in zip(xs, ys, flags, strict=True)]
    starts = [0, *(end + 1 for end in ends)]
    return [points[start : end + 1] for start, end in zip(starts, ends, strict=False)]


def _ends(data: bytes) -> tuple[list[int], int]:
    """The last point of each contour, and where what follows begins."""
    count = struct.unpack_from(">h", data)[0]
    place = 10 + 2 * count
    if place + 2 > len(data):
        raise FontError("a glyph is cut off")
    ends = list(struct.unpack_from(f">{count}H", data, 10))
    if ends != sorted(ends) or ends and ends[-1] >= _MOST_POINTS:
        raise FontError("a glyph has points out of order")
    return ends, place


def _flags(data: bytes, place: int, count: int) -> tuple[list[int], int]:
    flags: list[int] = []
    while len(flags) < count:
        if place + 2 > len(data):
            raise FontError("a glyph is cut off")
        flag, times = data[place], 1
        place += 1
        if flag & _REPEAT:
            times += data[place]
            place += 1
        flags += [flag] * times
    return flags[:count], place


def _coordinates(data: bytes, place: int, flags: Sequence[int], short: int, same: int) -> tuple[list[int], int]:
    found, value = [], 0
    for flag in flags:
        if flag & short:
            step = data[place] if place < len(data) else 0
            value += step if flag & same else -step
            place += 1
        elif not flag & same:
            value += int.from_bytes(data[place : place + 2], "big", signed=True)
            place += 2
        found.append(value)
    if place > len(data):
        raise FontError("a glyph is cut off")
    return found, place


def _without_instructions(data: bytes) -> bytes:
    if len(data) < 10:
        return b""
    _, place = _ends(data)
    length = int.from_bytes(data[place : place + 2], "big")
    return data[:place] + b"\0\0" + data[place + 2 + length :]


class _Component(NamedTuple):
    glyph: int
    matrix: tuple[float, float, float, float]
    x: int
    y: int
    by_points: bool  # x and y are the numbers of two points that meet


_WORDS, _ARE_XY, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 1, 2, 8, 0x20, 0x40, 0x80


def _components(data: bytes) -> Iterator[_Component]:
    place = 10
    try:
        for _ in range(_MOST_PARTS):
            flags, glyph = struct.unpack_from(">HH", data, place)
            sign = "h" if flags & _ARE_XY else "H"
            form = f">2{sign}" if flags & _WORDS else f">2{'b' if flags & _ARE_XY else 'B'}"
            x, y = struct.unpack_from(form, data, place + 4)
            place += 4 + struct.calcsize(form)
            count = 1 if flags & _SCALE else 2 if flags & _TWO_SCALES else 4 if flags & _MATRIX else 0
            scales = [value / 16384 for value in struct.unpack_from(f">{count}h", data, place)]
            place += 2 * count
            matrix = scales if count == 4 else [scales[0], 0.0, 0.0, scales[-1]] if count else [1.0, 0.0, 0.0, 1.0]
            yield _Component(glyph, (matrix[0], matrix[1], matrix[2], matrix[3]), x, y, not flags & _ARE_XY)
            if not flags & _MORE:
                return
    except struct.error:
        raise FontError("a glyph is cut off") from None


def _moved(contours: Contours, part: _Component, before: Contours) -> Contours:
    a, b, c, d = part.matrix
    turned = [[Point(a * x + c * y, b * x + d * y, on) for x, y, on in contour] for contour in contours]
    dx, dy = float(part.x), float(part.y)
    if part.by_points:
        theirs, ours = [[point for contour in all_ for point in contour] for all_ in (before, turned)]
        if part.x >= len(theirs) or part.y >= len(ours):
            raise FontError("a glyph has no such point")
        dx, dy = theirs[part.x].x - ours[part.y].x, theirs[part.x].y - ours[part.y].y
    return [[Point(x + dx, y + dy, on) for x, y, on in contour] for contour in turned]


def packed(contours: Contours) -> bytes:
    """The contours as a glyph of the table glyf."""
    contours = [contour for contour in contours if contour]
    points = [(round(point.x), round(point.y), point.on) for contour in contours for point in contour]
    if not points:
        return b""
    xs, ys, _ = zip(*points, strict=True)
    if len(points) > _MOST_POINTS or min(*xs, *ys) < -16384 or max(*xs, *ys) > 16384:
        raise FontError("a glyph is too large")
    ends = [end - 1 for end in accumulate(map(len, contours))]
    head = struct.pack(f">5h{len(ends)}HH", len(ends), min(xs), min(ys), max(xs), max(ys), *ends, 0)
    return head + _steps(points)


def _steps(points: Sequence[tuple[int, int, bool]]) -> bytes:
    """The flags of all points, then their steps across and up."""
    flags, across, up = bytearray(), bytearray(), bytearray()
    before = (0, 0)
    for x, y, on in points:
        flag = _ON if on else 0
        flag |= _step(x - before[0], across, _X_SHORT, _X_SAME)
        flag |= _step(y - before[1], up, _Y_SHORT, _Y_SAME)
        flags.append(flag)
        before = (x, y)
    return bytes(flags + across + up)


def _step(step: int, data: bytearray, short: int, same: int) -> int:
    """Writes a step from point to point; the flags that say how."""
    if step == 0:
        return same
    if -255 <= step <= 255:
        data.append(abs(step))
        return short | same if step > 0 else short
    data += struct.pack(">h", step)
    return 0


# ---------------------------------------------------------------- PostScript curves


_MOST_PIECES = 12


def _quadratic(curves: Sequence[Curve], tolerance: float) -> list[Point]:
    """One contour of cubic curves, turned the way round that TrueType has it."""
    points = []
    for curve in curves:
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = curve
        points.append(Point(x0, y0, True))
        if (x0, y0) == (x1, y1) and (x2, y2) == (x3, y3):
            continue  # a line
        # As far as a quadratic curve with the same ends and slopes can be from a cubic one: sqrt(3)/36 of this.
        bend = abs(complex(x3 - 3 * x2 + 3 * x1 - x0, y3 - 3 * y2 + 3 * y1 - y0))
        pieces = min(max(1, round((0.0481 * bend / tolerance) ** (1 / 3) + 0.5)), _MOST_PIECES)
        for number in range(pieces):
            points += _piece(curve, number / pieces, (number + 1) / pieces)
    if curves and curves[-1][3] != curves[0][0]:
        points.append(Point(*curves[-1][3], True))  # the line back to the start goes without saying
    points.reverse()
    return points


def _piece(curve: Curve, start: float, end: float) -> list[Point]:
    """The control point of one stretch of the curve, and its end where another stretch follows."""
    (ax, ay), (adx, ady) = _at(curve, start)
    (bx, by), (bdx, bdy) = _at(curve, end)
    third = (end - start) / 3
    x = (3 * (ax + adx * third + bx - bdx * third) - ax - bx) / 4
    y = (3 * (ay + ady * third + by - bdy * third) - ay - by) / 4
    return [Point(x, y, False), *([Point(bx, by, True)] if end < 1 else ())]


def _at(curve: Curve, t: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The point and the slope there."""
    s = 1 - t
    weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    slopes = (-3 * s * s, 3 * s * (s - 2 * t), 3 * t * (2 * s - t), 3 * t * t)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    dx, dy = (sum(slope * point[axis] for slope, point in zip(slopes, curve, strict=True)) for axis in (0, 1))
    return (x, y), (dx, dy)
