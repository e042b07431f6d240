"""Whether an embedded font is bold or slanted: what its program says where the PDF's own entries say nothing."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from converter.readers.pdf.work import Work

_MOST_BYTES = 4_000_000  # of a font unpacked; larger ones are fonts of East Asia, whose names say what they are
_LEAST_BOLD = 600  # usWeightClass: semibold

Face = tuple[bool, bool]  # bold, slanted
PLAIN: Face = (False, False)


def face_of(descriptor: DictionaryObject, work: Work) -> Face:
    """Is the embedded font bold, is it slanted? Neither, where none is embedded or it cannot be read."""
    for key, look in (("/FontFile2", _of_sfnt), ("/FontFile3", _of_compact), ("/FontFile", _of_type1)):
        data = _unpacked(descriptor.get(key))
        work.draw(len(data))
        if data:
            try:
                return look(data)
            except (struct.error, IndexError):
                return PLAIN
    return PLAIN


def _unpacked(stream: Any) -> bytes:
    stream = _resolved(stream)
    if not isinstance(stream, StreamObject):
        return b""
    filters = _resolved(stream.get("/Filter"))
    names = [str(name) for name in filters] if isinstance(filters, ArrayObject) else [str(filters)] if filters else []
    data: bytes = stream._data
    if not names:
        return data
    if names != ["/FlateDecode"]:
        return b""
    try:
        return zlib.decompressobj().decompress(data, _MOST_BYTES)
    except zlib.error:
        return b""


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


# ---------------------------------------------------------------- TrueType and OpenType


def _of_sfnt(data: bytes) -> Face:
    """OpenType 1.9: macStyle of head, usWeightClass and fsSelection of OS/2, italicAngle of post."""
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {}
    for place in range(min(count, 100)):
        name, _, start, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
        tables[name] = start
    bold = slanted = False
    if b"head" in tables:
        (style,) = struct.unpack_from(">H", data, tables[b"head"] + 44)
        bold, slanted = bool(style & 1), bool(style & 2)
    if b"OS/2" in tables:
        (weight,) = struct.unpack_from(">H", data, tables[b"OS/2"] + 4)
        (selection,) = struct.unpack_from(">H", data, tables[b"OS/2"] + 62)
        bold |= weight >= _LEAST_BOLD or bool(selection & 0x20)
        slanted |= bool(selection & 1)
    if b"post" in tables:
        (angle,) = struct.unpack_from(">l", data, tables[b"post"] + 4)
        slanted |= angle != 0
    if b"CFF " in tables:
        other = _of_cff(data[tables[b"CFF "] :])
        return bold or other[0], slanted or other[1]
    return bold, slanted


# ---------------------------------------------------------------- CFF

_STANDARD_STRINGS = 391  # Adobe Technical Note 5176, appendix A
_STANDARD_WEIGHTS = {383: "Black", 384: "Bold", 390: "Semibold"}
_FULL_NAME, _WEIGHT, _ANGLE = 2, 4, 0x0C02  # operators of a Top DICT
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|slanted", re.IGNORECASE)


def _of_compact(data: bytes) -> Face:
    return _of_sfnt(data) if data[:4] in (b"OTTO", b"\0\1\0\0", b"true") else _of_cff(data)


def _of_cff(data: bytes) -> Face:
    """Adobe Technical Note 5176: the font's name, and Weight, FullName and ItalicAngle of its Top DICT."""
    names, place = _index(data, data[2])
    dicts, place = _index(data, place)
    strings, _ = _index(data, place)
    top = dict(_operators(dicts[0])) if dicts else {}

    def string(operator: int) -> str:
        number = int(top.get(operator, -1))
        if number < _STANDARD_STRINGS:
            return _STANDARD_WEIGHTS.get(number, "")
        own = number - _STANDARD_STRINGS
        return strings[own].decode("latin-1") if own < len(strings) else ""

    said = " ".join((names[0].decode("latin-1") if names else "", string(_WEIGHT), string(_FULL_NAME)))
    return bool(_BOLD.search(said)), bool(_SLANTED.search(said)) or top.get(_ANGLE, 0) != 0


def _index(data: bytes, place: int) -> tuple[list[bytes], int]:
    """The objects of an INDEX, and where it ends."""
    (count,) = struct.unpack_from(">H", data, place)
    if not count:
        return [], place + 2
    size = data[place + 2]
    ends = [
        int.from_bytes(data[place + 3 + size * step : place + 3 + size * (step + 1)], "big")
        for step in range(count + 1)
    ]
    base = place + 2 + size * (count + 1)
    return [data[base + start : base + end] for start, end in zip(ends, ends[1:], strict=False)], base + ends[-1]


def _operators(data: bytes) -> Iterator[tuple[int, float]]:
    """Each operator of a DICT with its last operand."""
    place, operand = 0, 0.0
    while place < len(data):
        byte = data[place]
        place += 1
        if byte <= 21:
            operator = byte
            if byte == 12:
                operator = 0x0C00 | data[place]
                place += 1
            yield operator, operand
            operand = 0.0
        elif byte == 30:
            operand, place = _real(data, place)
        else:
            operand, place = _integer(data, byte, place)


def _integer(data: bytes, byte: int, place: int) -> tuple[float, int]:
    if byte == 28:
        return struct.unpack_from(">h", data, place)[0], place + 2
    if byte == 29:
        return struct.unpack_from(">l", data, place)[0], place + 4
    if byte >= 251:
        return -(byte - 251) * 256 - data[place] - 108, place + 1
    if byte >= 247:
        return (byte - 247) * 256 + data[place] + 108, place + 1
    return byte - 139, place


def _real(data: bytes, place: int) -> tuple[float, int]:
    """Nibbles up to 15. Only whether it is zero is asked."""
    digits = ""
    while place < len(data):
        byte = data[place]
        place += 1
        digits += f"{byte:02x}"
        if 15 in (byte >> 4, byte & 15):
            break
    return float(any(digit in "123456789" for digit in digits.partition("f")[0])), place


# ---------------------------------------------------------------- Type 1

_ENTRY = re.compile(rb"/(?:Weight|FullName|ItalicAngle)\s{0,20}(?:\(([^()]{0,80})\)|(-?\d{1,3}(?:\.\d{0,9})?))")


def _of_type1(data: bytes) -> Face:
    """The clear part at the start of the program."""
    bold = slanted = False
    for match in _ENTRY.finditer(data[:20_000].partition(b"eexec")[0]):
        said = (match[1] or b"").decode("latin-1")
        bold |= bool(_BOLD.search(said))
        slanted |= bool(_SLANTED.search(said)) or float(match[2] or 0) != 0
    return bold, slanted
