"""Small fonts made for a test: what they are called and which letters they have is all that matters."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

ASCII = "".join(map(chr, range(32, 127)))


def font(
    path: Path,
    family: str,
    letters: str = ASCII,
    *,
    weight: int = 400,
    slanted: bool = False,
    width: int = 5,
    style: str | None = None,
    postscript: bool = False,
    advance: int = 600,
    embedding: int = 0,
    other_names: dict[str, str] | None = None,
    narrow: str = "",
) -> Path:
    """A font in which each letter is a square; `narrow` letters have a third of the others' advance."""
    codes = {ord(char): f"g{ord(char):X}" for char in letters}
    order = [".notdef", *codes.values()]
    made = FontBuilder(1000, isTTF=not postscript)
    made.setupGlyphOrder(order)
    made.setupCharacterMap(codes)
    size = {name: 100 + number % 300 for number, name in enumerate(order)}
    if postscript:
        made.setupCFF(
            family.replace(" ", ""),
            {},
            {name: _square(T2CharStringPen(600, None), size[name]).getCharString() for name in order},
            {},
        )
    else:
        made.setupGlyf({name: _square(TTGlyphPen(None), size[name]).glyph() for name in order})
    thin = {f"g{ord(char):X}" for char in narrow}
    made.setupHorizontalMetrics({name: (advance // 3 if name in thin else advance, 50) for name in order})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    style = style or {
        (400, False): "Regular",
        (700, False): "Bold",
        (400, True): "Italic",
        (700, True): "Bold Italic",
    }.get((weight, slanted), f"W{weight}{' Italic' if slanted else ''}")
    names = {
        "familyName": family,
        "styleName": style,
        "fullName": f"{family} {style}",
        "psName": f"{family}-{style}".replace(" ", ""),
    }
    made.setupNameTable(names | (other_names or {}))
    made.setupOS2(
        usWeightClass=weight,
        usWidthClass=width,
        fsType=embedding,
        fsSelection=(1 if slanted else 0) | (0x20 if weight == 700 else 0),
    )
    made.setupPost(isFixedPitch=not narrow)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return path


def _square(pen, size):  # type: ignore[no-untyped-def]
    pen.moveTo((50, 0))
    for corner in ((50, size), (50 + size, size), (50 + size, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen
