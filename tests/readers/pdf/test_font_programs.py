"""Bold and italic that neither the name nor the descriptor of a font says, but the font itself."""

from __future__ import annotations

import struct

import pytest

from converter.contract import DEFAULT_LIMITS, LimitError, Limits, Source
from converter.readers.pdf import Options, read_pages
from converter.tree import Style
from tests.readers.pdf.build import COURIER, pdf, stream

BOLD, ITALIC = Style.BOLD, Style.ITALIC


def sfnt(*, style: int | None = None, weight: int | None = None, selection: int = 0, angle: int | None = None) -> bytes:
    """A TrueType font of only the tables that say how it looks."""
    tables: dict[bytes, bytes] = {}
    if weight is not None:
        tables[b"OS/2"] = struct.pack(">HhH", 4, 600, weight) + bytes(56) + struct.pack(">H", selection)
    if style is not None:
        tables[b"head"] = bytes(44) + struct.pack(">H", style) + bytes(8)
    if angle is not None:
        tables[b"post"] = struct.pack(">Ll", 0x30000, angle << 16)
    return with_tables(tables)


def with_tables(tables: dict[bytes, bytes]) -> bytes:
    head = b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0)
    place = len(head) + 16 * len(tables)
    body = b""
    for name, data in tables.items():
        head += struct.pack(">4sLLL", name, 0, place + len(body), len(data))
        body += data
    return head + body


def index(*objects: bytes) -> bytes:
    if not objects:
        return b"\0\0"
    ends = [1]
    for one in objects:
        ends.append(ends[-1] + len(one))
    return struct.pack(">HB", len(objects), 1) + bytes(ends) + b"".join(objects)


def cff(top: bytes, name: bytes = b"CIDFontF3", *strings: bytes) -> bytes:
    return b"\1\0\4\1" + index(name) + index(top) + index(*strings)


# Operands and operators of a Top DICT: 383 to 390 are strings that every such font has, from 391 on come its own.
BOLD_WEIGHT = b"\x1c\x01\x80\x04"  # 384 Weight
OWN_WEIGHT = b"\x1c\x01\x87\x04"  # 391 Weight
OWN_NAME = b"\x8b\x0d" + b"\x1d\0\0\x01\x87\x02"  # 0 UniqueID, 391 FullName
SLANTED = b"\x1e\xe1\x2f\x0c\x07" + b"\x7f\x0c\x02"  # a FontMatrix of one real, -12 ItalicAngle
REAL_ANGLE = b"\x1e\xe1\x2f\x0c\x02"
REAL_ZERO = b"\x1e\x0f\x0c\x02"
UPRIGHT = b"\xf7\x20\x05" + b"\xfb\x20\x06" + b"\x8b\x0c\x02"

FACES: dict[str, tuple[str, bytes, Style]] = {
    "The style of the head is bold.": ("FontFile2", sfnt(style=1), BOLD),
    "The style of the head is italic.": ("FontFile2", sfnt(style=2), ITALIC),
    "The style of the head is both.": ("FontFile2", sfnt(style=3), BOLD | ITALIC),
    "The style of the head is neither.": ("FontFile2", sfnt(style=4, weight=500, angle=0), Style(0)),
    "A weight of 600 is bold.": ("FontFile2", sfnt(style=0, weight=600), BOLD),
    "A selection may say bold.": ("FontFile2", sfnt(weight=400, selection=0x20), BOLD),
    "A selection may say italic.": ("FontFile2", sfnt(weight=400, selection=1), ITALIC),
    "An angle is italic.": ("FontFile2", sfnt(angle=-12), ITALIC),
    "A compact font has a weight that all know.": ("FontFile3", cff(BOLD_WEIGHT), BOLD),
    "A compact font has a weight of its own.": ("FontFile3", cff(OWN_WEIGHT, b"F", b"ExtraBold"), BOLD),
    "A compact font has a weight that is not bold.": ("FontFile3", cff(OWN_WEIGHT, b"F", b"Thin"), Style(0)),
    "A compact font has a full name.": ("FontFile3", cff(OWN_NAME, b"F", b"Prime Bold Italic"), BOLD | ITALIC),
    "A compact font has a name.": ("FontFile3", cff(UPRIGHT, b"Prime-Oblique"), ITALIC),
    "A compact font has an angle.": ("FontFile3", cff(SLANTED), ITALIC),
    "A compact font has an angle with a point.": ("FontFile3", cff(REAL_ANGLE), ITALIC),
    "A compact font has an angle of nothing.": ("FontFile3", cff(REAL_ZERO), Style(0)),
    "A compact font is upright.": ("FontFile3", cff(UPRIGHT), Style(0)),
    "An OpenType font is looked at in both ways.": (
        "FontFile3",
        with_tables({b"head": bytes(44) + b"\0\1" + bytes(8), b"CFF ": cff(SLANTED)}),
        BOLD | ITALIC,
    ),
    "A Type 1 font has a weight.": ("FontFile", b"%!PS\n/Weight (Bold) def\n/ItalicAngle 0 def eexec", BOLD),
    "A Type 1 font has an angle.": ("FontFile", b"%!PS\n/Weight (Medium) def /ItalicAngle -15.5 def eexec", ITALIC),
    "What a Type 1 font hides is not looked at.": ("FontFile", b"%!PS\neexec /Weight (Bold) def", Style(0)),
    "A font that ends early says nothing.": ("FontFile2", sfnt(style=1)[:60], Style(0)),
    "A compact font that ends early says nothing.": ("FontFile3", cff(BOLD_WEIGHT)[:18], Style(0)),
    "A font that is none says nothing.": ("FontFile2", b"nothing", Style(0)),
}


def face(
    key: str, program: bytes, *, name: str = "AAAAAA+F3", flate: int = 1, limits: Limits = DEFAULT_LIMITS
) -> Style:
    font = COURIER.replace("/Courier/", f"/{name}/FontDescriptor<</Flags 6/{key} 60 0 R>>/")
    data = pdf(
        "BT /T 12 Tf 108 712 Td (Rain) Tj ET",
        page=f"/Resources<</Font<</T {font}>>>>",
        objects={60: stream(program, flate=flate)},
    )
    [page] = read_pages(Source("a.pdf", data), Options(isolate=False), limits=limits).pages
    [run] = page.lines[0].text
    return run.style


@pytest.mark.parametrize("rule", FACES)
def test_a_font_says_itself_how_it_looks(rule: str) -> None:
    key, program, style = FACES[rule]
    assert face(key, program) == face(key, program, flate=0) == style


def test_a_name_that_says_so_is_believed_first() -> None:
    assert face("FontFile2", sfnt(style=2), name="Prime-Bold") == BOLD
    assert face("FontFile2", sfnt(style=3), name="Prime-Regular") == Style(0)


def test_a_damaged_font_says_nothing() -> None:
    assert face("FontFile2", b"no compressed font", flate=2) == Style(0)


def test_what_fonts_unpack_to_has_a_limit() -> None:
    with pytest.raises(LimitError):
        face("FontFile2", sfnt(style=1) + bytes(3_000_000), limits=Limits(pdf_stream_bytes=500_000))
