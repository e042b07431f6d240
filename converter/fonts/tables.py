"""The tables of font files, read straight: only those that are needed, and none on trust.

A font of the system is hostile input like a script. Every offset and count is checked against what is there, every
table has a greatest size, and whatever is wrong is a FontError. The clauses are those of the OpenType specification.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from converter.safe.files import Parts

_MOST_TABLES = 128
_MOST_FONTS = 64  # in one collection; the largest known has 42
_MOST_NAMES = 4_000
_LONGEST_NAME = 200
MOST_CMAP_BYTES = 4_000_000
_LAST_CODE = 0x10FFFF
_OUTLINE_KINDS = (b"\0\1\0\0", b"OTTO", b"true")


class FontError(ValueError):
    """This is no font that can be used."""


class Font:
    """One font of a file: its tables by name."""

    def __init__(self, parts: Parts, start: int = 0):
        self._parts = parts
        head = parts.at(start, 12)
        if len(head) < 12 or head[:4] not in _OUTLINE_KINDS:
            raise FontError("this is no outline font")
        count = struct.unpack_from(">H", head, 4)[0]
        records = parts.at(start + 12, 16 * count)
        if count > _MOST_TABLES or len(records) < 16 * count:
            raise FontError("the directory of tables is damaged")
        self.places: dict[str, tuple[int, int]] = {}
        for tag, _, offset, length in struct.iter_unpack(">4sLLL", records):
            if offset + length > parts.size:
                raise FontError("a table lies outside the file")
            self.places[tag.decode("latin-1")] = (offset, length)

    def table(self, tag: str, most: int) -> bytes:
        """A table that must be there and not larger than that."""
        if tag not in self.places:
            raise FontError(f"the table {tag} is missing")
        offset, length = self.places[tag]
        if length > most:
            raise FontError(f"the table {tag} is too large")
        return self._parts.at(offset, length)

    def piece(self, offset: int, length: int) -> bytes:
        """Bytes of the file, fewer where it ends."""
        if offset < 0 or length < 0:
            raise FontError("a part lies before the file")
        return self._parts.at(offset, length)

    def beginning(self, tag: str, length: int) -> bytes:
        """So much of a table, or what there is of it; nothing if there is no such table."""
        offset, whole = self.places.get(tag, (0, 0))
        return self._parts.at(offset, min(length, whole))


def fonts_of(parts: Parts) -> Iterator[tuple[int, Font]]:
    """The fonts of a file with their numbers; only a collection has more than one."""
    head = parts.at(0, 12)
    if head[:4] != b"ttcf":
        yield 0, Font(parts)
        return
    count = _number(head, 8, ">L")
    starts = parts.at(12, 4 * count) if count <= _MOST_FONTS else b""
    if len(starts) < 4 * count or not count:
        raise FontError("this collection is damaged")
    for number, (start,) in enumerate(struct.iter_unpack(">L", starts)):
        yield number, Font(parts, start)


def _number(data: bytes, offset: int, form: str, default: int | None = None) -> int:
    """The number that stands there; the default where the table is too short for it."""
    if offset + struct.calcsize(form) > len(data):
        if default is None:
            raise FontError("a table is too short")
        return default
    found: int = struct.unpack_from(form, data, offset)[0]
    return found


# ---------------------------------------------------------------- names and style


FAMILY, FULL_NAME, POSTSCRIPT, TYPOGRAPHIC_FAMILY = 1, 4, 6, 16
_WANTED_NAMES = frozenset({FAMILY, FULL_NAME, POSTSCRIPT, TYPOGRAPHIC_FAMILY})


def names(font: Font) -> dict[int, list[str]]:
    """What the font is called, by the number of the name: the English one first, then those in other languages."""
    data = font.table("name", 1_000_000)
    count, strings = _number(data, 2, ">H"), _number(data, 4, ">H")
    found: dict[int, list[tuple[bool, str]]] = {}
    count = min(count, _MOST_NAMES, (len(data) - 6) // 12)
    for record in struct.iter_unpack(">6H", data[6 : 6 + 12 * max(count, 0)]):
        platform, _, language, number, length, offset = record
        codec = {0: "utf-16-be", 3: "utf-16-be", 1: "mac-roman"}.get(platform)
        if number not in _WANTED_NAMES or codec is None:
            continue
        raw = data[strings + offset : strings + offset + min(length, 2 * _LONGEST_NAME)]
        name = " ".join(raw.decode(codec, "replace").split())
        is_english = platform == 3 and language == 0x409
        if name.isprintable() and name:
            found.setdefault(number, []).append((not is_english, name))
    return {number: [name for _, name in sorted(all_, key=lambda one: one[0])] for number, all_ in found.items()}


class Style(NamedTuple):
    weight: int  # 400 is regular, 700 bold
    width: int  # 5 is normal, 3 condensed
    slanted: bool


def style(font: Font) -> Style:
    """Weight, width and slope as the tables OS/2 and head say; a font may lack the first."""
    marks = font.beginning("OS/2", 64)
    mac = _number(font.beginning("head", 54), 44, ">H", 0)
    selection = _number(marks, 62, ">H", 0)
    weight = _number(marks, 4, ">H", 400) or 400
    if weight < 10:
        weight *= 100  # old fonts count from 1 to 9
    bold = bool(mac & 1 or selection & 0x20)
    if bold and weight < 600:
        weight = 700
    width = _number(marks, 6, ">H", 5)
    return Style(min(weight, 1000), width if 1 <= width <= 9 else 5, bool(mac & 2 or selection & 0x201))


def regions(font: Font) -> int:
    """For which East Asian countries the font was drawn: bits 17 to 21 of ulCodePageRange1."""
    return _number(font.beginning("OS/2", 82), 78, ">L", 0) >> 17 & 0x1F


def may_be_embedded(font: Font) -> bool:
    """fsType: bit 1 alone forbids to embed the font, bit 9 allows only its bitmaps."""
    kind = _number(font.beginning("OS/2", 10), 8, ">H", 0)
    return kind & 0xF != 2 and not kind & 0x200


def is_typewriter(font: Font) -> bool:
    """Does the font say that all its letters are as wide as each other?"""
    return bool(_number(font.beginning("post", 16), 12, ">L", 0))


class Axis(NamedTuple):
    tag: str
    least: float
    default: float
    most: float


def axes(font: Font) -> tuple[Axis, ...]:
    """What varies in a variable font; nothing in any other."""
    if "fvar" not in font.places:
        return ()
    data = font.table("fvar", 64_000)
    offset, count, size = _number(data, 4, ">H"), _number(data, 8, ">H"), _number(data, 10, ">H")
    if count > 64 or size < 20 or offset + count * size > len(data):
        raise FontError("the axes are damaged")
    found = []
    for place in range(offset, offset + count * size, size):
        tag, least, default, most = struct.unpack_from(">4s3l", data, place)
        found.append(Axis(tag.decode("latin-1"), least / 65536, default / 65536, most / 65536))
    return tuple(found)


# ---------------------------------------------------------------- letters


class Letters:
    """Which glyph draws which character: the best of the tables in cmap, as parallel arrays of segments."""

    def __init__(self, data: bytes):
        """`data`: the table cmap. FontError if nothing in it is for Unicode."""
        offset, form = _best_subtable(data)
        self._is_short = form == 4  # glyphs are counted round 65,536
        self._array = array("H")
        self._indirect: dict[int, tuple[int, int]] = {}  # segments whose glyphs are listed one by one
        if form == 12:
            self._starts, self._ends, self._glyphs = _groups(data, offset)
        elif form == 4:
            self._read_segments(data, offset)
        else:
            raise FontError("no table says which glyph draws which character")

    def _read_segments(self, data: bytes, offset: int) -> None:
        length, double = _number(data, offset + 2, ">H"), _number(data, offset + 6, ">H")
        count = double // 2
        # Some tables are longer than 65,535 bytes say; what they point to may lie anywhere behind them.
        whole = data[offset : offset + max(length, 16 + 8 * count)]
        numbers = _array("H", whole[: len(whole) // 2 * 2])
        if len(numbers) < 8 + 4 * count:
            raise FontError("the table of characters is damaged")
        ends, starts = numbers[7 : 7 + count], numbers[8 + count : 8 + 2 * count]
        deltas, offsets = numbers[8 + 2 * count : 8 + 3 * count], numbers[8 + 3 * count : 8 + 4 * count]
        keep, last = [], -1
        for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if last < start <= end:
                keep.append(place)
                last = end
        self._starts, self._ends = array("I", [starts[one] for one in keep]), array("I", [ends[one] for one in keep])
        self._glyphs = array("I", [deltas[one] for one in keep])
        self._array = numbers
        # idRangeOffset counts in bytes from its own place.
        places = ((number, one, offsets[one]) for number, one in enumerate(keep))
        self._indirect = {n: (8 + 3 * count + one + off // 2, deltas[one]) for n, one, off in places if off}

    def glyph(self, code: int) -> int:
        """0 where there is none."""
        place = bisect_left(self._ends, code)
        if place == len(self._ends) or code < self._starts[place]:
            return 0
        return self._glyph_in(place, code)

    def _glyph_in(self, place: int, code: int) -> int:
        if place in self._indirect:
            first, delta = self._indirect[place]
            index = first + code - self._starts[place]
            glyph = self._array[index] if index < len(self._array) else 0
            return (glyph + delta) & 0xFFFF if glyph else 0
        if self._is_short:
            return (code + self._glyphs[place]) & 0xFFFF
        return self._glyphs[place] + code - self._starts[place]

    def ranges(self) -> array[int]:
        """First and last code of every stretch that has glyphs, from low to high."""
        found = array("I")
        for first, last in self._stretches():
            if found and found[-1] + 1 == first:
                found[-1] = last
            else:
                found.extend((first, last))
        return found

    def _stretches(self) -> Iterator[tuple[int, int]]:
        for place, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            if place in self._indirect:
                yield from ((code, code) for code in range(start, end + 1) if self._glyph_in(place, code))
                continue
            # Only one code of a stretch can have glyph 0, which is the sign for a missing letter.
            none = (-self._glyphs[place]) & 0xFFFF if self._is_short else start - self._glyphs[place]
            if not start <= none <= end:
                yield start, end
                continue
            if start < none:
                yield start, none - 1
            if none < end:
                yield none + 1, end


_SUBTABLES = {(3, 10): 0, (0, 6): 1, (0, 4): 1, (3, 1): 2, (0, 3): 3, (0, 2): 3, (0, 1): 3, (0, 0): 3}


def _best_subtable(data: bytes) -> tuple[int, int]:
    """Offset and format of the table with most of Unicode."""
    count = min(_number(data, 2, ">H"), 64, (len(data) - 4) // 8)
    best = (9, 0, 0)
    for platform, encoding, offset in struct.iter_unpack(">HHL", data[4 : 4 + 8 * max(count, 0)]):
        rank = _SUBTABLES.get((platform, encoding), 9)
        form = _number(data, offset, ">H", 0)
        if rank < best[0] and form in (4, 12):
            best = (rank, offset, form)
    return best[1], best[2]


def _groups(data: bytes, offset: int) -> tuple[array[int], array[int], array[int]]:
    count = _number(data, offset + 12, ">L")
    if offset + 16 + 12 * count > len(data):
        raise FontError("the table of characters is damaged")
    numbers = _array("I", data[offset + 16 : offset + 16 + 12 * count])
    starts, ends, glyphs = numbers[::3], numbers[1::3], numbers[2::3]
    reversed_ = any(map(int.__gt__, starts, ends))
    overlapping = any(map(int.__ge__, ends, starts[1:]))
    if reversed_ or overlapping or ends and ends[-1] > _LAST_CODE:
        raise FontError("the characters are out of order")
    return starts, ends, glyphs


def _array(kind: str, data: bytes) -> array[int]:
    """Numbers as font files have them, the highest byte first."""
    numbers = array(kind, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def covered(codes: Sequence[int], ranges: Sequence[int]) -> list[int]:
    """Which of the codes, given from low to high, lie in one of the ranges (first, last, first, last ...)."""
    if len(codes) <= len(ranges):
        return [code for code in codes if _is_in(code, ranges)]
    found: list[int] = []
    for place in range(0, len(ranges), 2):
        found += codes[bisect_left(codes, ranges[place]) : bisect_right(codes, ranges[place + 1])]
    return found


def _is_in(code: int, ranges: Sequence[int]) -> bool:
    place = bisect_left(ranges, code)
    return place % 2 == 1 or place < len(ranges) and ranges[place] == code
