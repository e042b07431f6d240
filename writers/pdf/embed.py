"""Outline fonts in a PDF: the glyphs that were drawn, as a TrueType font with a table of what each of them means.

Each face is a composite font (ISO 32000-1, 9.7) whose codes are the numbers of its glyphs, so that a later step can
draw glyphs that stand for no single letter; what copying gives is in ToUnicode (9.10.3).
"""

from __future__ import annotations

import io
import struct
import sys
from array import array
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from typing import Any, NamedTuple, Protocol

from converter.fonts.choose import Styled
from converter.fonts.index import FONT_LIMITS
from converter.fonts.outlines import Contours, Outlines, Point, packed
from converter.fonts.tables import MOST_CMAP_BYTES, Font, FontError, Letters, axes, fonts_of
from converter.lines import CELL, widths
from converter.safe.files import Parts, parts_of
from writers.pdf.courier import SIZE, Piece

CELL_WIDTH = CELL / SIZE * 1000
_CLOSE = 30  # thousandths of the font's size: as good as the same width


def room_of(char: str) -> float:
    """The cells of a letter, in thousandths of the font's size; marks that combine have none."""
    return CELL_WIDTH * widths(char)[0]


class Glyph(NamedTuple):
    record: bytes  # as in a table glyf
    advance: float  # in thousandths of the font's size


class Glyphs(Protocol):
    """Where the glyphs of a face come from."""

    unit: int  # of the records, to the font's size
    ascent: float  # in thousandths
    descent: float
    box: tuple[int, int, int, int]  # in thousandths

    def glyph(self, char: str) -> Glyph | None: ...

    def contours(self, char: str) -> Contours:
        """The same glyph as shapes; nothing for a letter that is not there."""
        ...

    def without_letter(self) -> bytes:
        """What the font itself shows for letters that it lacks."""
        ...


class FileGlyphs:
    """Of one font in a file, which stays open until `files` is closed. FontError if it is damaged."""

    def __init__(self, styled: Styled, letters: Collection[str], files: ExitStack):
        face = styled.face
        parts = files.enter_context(parts_of(face.path, FONT_LIMITS))
        font = _numbered(parts, face.number)
        settings = {axis.tag: axis.default for axis in axes(font)}
        if "wght" in settings and settings["wght"] != styled.weight:
            from converter.fonts.variable import instance

            data = instance(face.path, face.number, letters, styled.weight)
            font = Font(Parts(io.BytesIO(data), len(data), face.path))
        self._letters = Letters(font.table("cmap", MOST_CMAP_BYTES))
        self._outlines = outlines = Outlines(font)
        self.unit = outlines.unit
        scale = 1000 / outlines.unit
        self.ascent, self.descent = outlines.ascent * scale, outlines.descent * scale
        left, bottom, right, top = (round(value * scale) for value in outlines.box)
        self.box = (left, bottom, right, top)

    def glyph(self, char: str) -> Glyph | None:
        """As wide as the letter's cells, whatever its own width is, so that those who copy it find no gaps."""
        number = self._letters.glyph(ord(char))
        if not number:
            return None
        room = room_of(char)
        try:
            fits = abs(self._outlines.advance(number) - room) <= _CLOSE
            return Glyph(self._outlines.record(number) if fits else packed(self.contours(char)), room)
        except FontError:
            return None  # a damaged glyph is a missing one

    def contours(self, char: str) -> Contours:
        number = self._letters.glyph(ord(char))
        if not number:
            return []
        contours, advance, room = self._outlines.contours(number), self._outlines.advance(number), room_of(char)
        if abs(advance - room) <= _CLOSE:
            return contours
        narrowed = min(1.0, room / advance) if room and advance else 1.0  # some fonts give controls no width
        aside = (room - advance * narrowed) / 2 if room else -CELL_WIDTH  # a mark stands on the cell before it
        aside *= self.unit / 1000
        return [[Point(x * narrowed + aside, y, on) for x, y, on in contour] for contour in contours]

    def without_letter(self) -> bytes:
        try:
            return self._outlines.record(0)
        except FontError:
            return b""


def _numbered(parts: Parts, wanted: int) -> Font:
    for number, font in fonts_of(parts):
        if number == wanted:
            return font
    raise FontError("the collection has no such font")


class EmbeddedFace:
    """One face in one document: gives every glyph that it draws a code, and in the end writes them all."""

    def __init__(
        self, name: str, resource: str, glyphs: Glyphs, bits: int, *, emboldened: bool = False, slanted: bool = False
    ):
        self.name = f"{''.join(filter(str.isalnum, name.encode('ascii', 'ignore').decode()))}{_SUFFIXES[bits]}"
        self._resource = resource
        self._glyphs = glyphs
        self._bits = bits
        self._emboldened, self._slanted = emboldened, slanted
        self._known: dict[str, Glyph | None] = {}
        self._codes: dict[str, tuple[str, float]] = {}  # of what was drawn: the code in a PDF string, and the advance
        self._drawn: list[tuple[str, Glyph]] = []

    def has(self, char: str) -> bool:
        return self._glyph(char) is not None

    def _glyph(self, char: str) -> Glyph | None:
        if char not in self._known:
            self._known[char] = self._glyphs.glyph(char)
        return self._known[char]

    def shape(self, char: str) -> tuple[Contours, float]:
        """The shapes of a letter that the face has, and its width, both at a size of one."""
        glyph = self._glyph(char)
        if glyph is None:
            return [], 0.0
        unit = self._glyphs.unit
        contours = self._glyphs.contours(char)
        shapes = [[Point(x / unit, y / unit, on) for x, y, on in contour] for contour in contours]
        return shapes, glyph.advance / 1000

    def pieces(self, text: str, document: Any) -> Iterator[Piece]:
        """Letters of one width side by side are one piece; those that the face lacks are left out."""
        letters: list[str] = []
        advance = 0.0
        for char in text:
            code = self._codes.get(char) or self._coded(char)
            if code is None:
                continue
            if letters and code[1] != advance:
                yield Piece(self._resource, "".join(letters), len(letters), advance, self._emboldened, self._slanted)
                letters = []
            advance = code[1]
            letters.append(code[0])
        if letters:
            yield Piece(self._resource, "".join(letters), len(letters), advance, self._emboldened, self._slanted)

    def _coded(self, char: str) -> tuple[str, float] | None:
        glyph = self._glyph(char)
        if glyph is None:
            return None
        self._drawn.append((char, glyph))
        number = len(self._drawn)
        code = _escaped(number >> 8) + _escaped(number & 0xFF)
        self._codes[char] = made = (code, round(glyph.advance * SIZE / 1000, 4))
        return made

    def write(self, document: Any) -> None:
        """Into the document, when all pages are drawn."""
        from writers.pdf.objects import add_font, compressed, reference

        if not self._drawn:
            return
        tag = "".join(chr(65 + int(self._resource[2:]) // 26**place % 26) for place in range(6))
        name = f"/{tag}+{self.name}".encode("ascii")
        file = reference(document, compressed(self._file(), b"/Length1 %d"))
        left, bottom, right, top = self._glyphs.box
        flags = 4 | (64 if self._bits & 2 else 0) | (1 << 18 if self._bits & 1 else 0)
        descriptor = reference(
            document,
            b"<< /Type /FontDescriptor /FontName %s /Flags %d /FontBBox [ %d %d %d %d ] /ItalicAngle %d"
            b" /Ascent %d /Descent %d /CapHeight 700 /StemV %d /FontFile2 %d 0 R >>"
            % (
                *(name, flags, left, bottom, right, top, -12 if self._bits & 2 else 0),
                *(round(self._glyphs.ascent), round(self._glyphs.descent), 140 if self._bits & 1 else 80, file),
            ),
        )
        widths = b" ".join(b"%g" % round(glyph.advance, 2) for _, glyph in self._drawn)
        descendant = reference(
            document,
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont %s /CIDSystemInfo << /Registry (Adobe)"
            b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 1000"
            b" /W [ 1 [ %s ] ] >>" % (name, descriptor, widths),
        )
        meanings = reference(document, compressed(self._meanings()))
        add_font(
            document,
            self._resource[1:],
            b"<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H /DescendantFonts [ %d 0 R ]"
            b" /ToUnicode %d 0 R >>" % (name, descendant, meanings),
        )

    def _meanings(self) -> bytes:
        """The CMap of ToUnicode: a letter for each code, at most a hundred in a section."""
        rows = [b"<%04X> <%s>" % (code, _utf16(char)) for code, (char, _) in enumerate(self._drawn, start=1)]
        sections = [rows[start : start + 100] for start in range(0, len(rows), 100)]
        body = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(one), b"\n".join(one)) for one in sections)
        return _CMAP_BEFORE + body + _CMAP_AFTER

    def _file(self) -> bytes:
        records = [self._glyphs.without_letter(), *(glyph.record for _, glyph in self._drawn)]
        widths = [self._drawn[0][1].advance, *(glyph.advance for _, glyph in self._drawn)]
        return truetype(records, widths, self._glyphs, self._bits if not self._emboldened else self._bits & 2)


_SUFFIXES = ("-Regular", "-Bold", "-Italic", "-BoldItalic")
_CMAP_BEFORE = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_CMAP_AFTER = b"\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def _utf16(char: str) -> bytes:
    return char.encode("utf-16-be", "replace").hex().upper().encode("ascii")


def _escaped(byte: int) -> str:
    char = chr(byte)
    if char in "\\()":
        return "\\" + char
    return char if 32 <= byte < 127 else f"\\{byte:03o}"


# ---------------------------------------------------------------- the font file


def truetype(records: list[bytes], widths: list[float], glyphs: Glyphs, bits: int) -> bytes:
    """A TrueType font of these glyphs, with the tables that a PDF asks for (ISO 32000-1, 9.9)."""
    unit = glyphs.unit
    scale = unit / 1000
    advances = [min(round(width * scale), 0xFFFF) for width in widths]
    places, data = [0], bytearray()
    for record in records:
        data += record + bytes(-len(record) % 4)
        places.append(len(data))
    box = [max(-32768, min(32767, round(value * scale))) for value in glyphs.box]
    ascent, descent = (max(-32768, min(32767, round(value * scale))) for value in (glyphs.ascent, glyphs.descent))
    points, contours = _greatest(records)
    tables = {
        "glyf": bytes(data),
        "head": struct.pack(">4L2H2q4h2H3h", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 3, unit, 0, 0, *box, bits, 6, 2, 1, 0),
        "hhea": struct.pack(
            ">L3hH11hH", 1 << 16, ascent, descent, 0, max(advances), *[0] * 3, 1, *[0] * 7, len(records)
        ),
        "hmtx": b"".join(
            struct.pack(">Hh", advance, int.from_bytes(record[2:4], "big", signed=True))
            for advance, record in zip(advances, records, strict=True)
        ),
        "loca": struct.pack(f">{len(places)}L", *places),
        "maxp": struct.pack(">L14H", 1 << 16, len(records), points, contours, 0, 0, 1, *[0] * 8),
    }
    return _file_of(tables)


def _greatest(records: list[bytes]) -> tuple[int, int]:
    """The most points and contours of a glyph."""
    points = contours = 0
    for record in records:
        if record:
            count = int.from_bytes(record[:2], "big")
            contours = max(contours, count)
            points = max(points, int.from_bytes(record[8 + 2 * count : 10 + 2 * count], "big") + 1 if count else 0)
    return points, contours


def _file_of(tables: dict[str, bytes]) -> bytes:
    """OpenType, "Organization of an OpenType Font"."""
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">L4H", 1 << 16, count, 16 << power, power, 16 * count - (16 << power))
    place = 12 + 16 * count
    directory, body, where = b"", bytearray(), 0
    for tag, data in sorted(tables.items()):
        if tag == "head":
            where = place + len(body)
        directory += struct.pack(">4s3L", tag.encode("ascii"), _checksum(data), place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    file = bytearray(head + directory + body)
    struct.pack_into(">L", file, where + 8, (0xB1B0AFBA - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(data: bytes) -> int:
    numbers = array("I", data + bytes(-len(data) % 4))
    if sys.byteorder == "little":
        numbers.byteswap()
    return sum(numbers) & 0xFFFFFFFF
