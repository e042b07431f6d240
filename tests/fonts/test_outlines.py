"""Shapes, compared with those that fontTools reads, ten times as slowly."""

from __future__ import annotations

import io
import random

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.statisticsPen import StatisticsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from converter.fonts.outlines import Contours, Outlines, packed
from converter.fonts.tables import Font, FontError, Letters, covered
from converter.safe.files import Parts
from writers.pdf.families import package_folder

PLEX = package_folder("fontpkg_ibm_plex_mono") / "IBMPlexMono-Regular.ttf"


def opened(data: bytes) -> Font:
    return Font(Parts(io.BytesIO(data), len(data), "test"))


def postscript() -> bytes:
    """Every kind of curve, a contour that closes by itself, and subroutines."""
    made = FontBuilder(1000, isTTF=False)
    made.setupGlyphOrder([".notdef", "a", "b"])
    made.setupCharacterMap({0x61: "a", 0x62: "b"})
    pen = T2CharStringPen(600, None)
    pen.moveTo((100, 0))
    pen.curveTo((150, 0), (300, 150), (300, 300))
    pen.curveTo((300, 400), (200, 450), (120, 460))
    pen.lineTo((120, 200))
    pen.curveTo((90, 150), (80, 100), (100, 60))
    pen.closePath()
    pen.moveTo((400, 0))
    pen.lineTo((400, 70))
    pen.curveTo((410, 90), (450, 90), (460, 70))
    pen.closePath()
    one = pen.getCharString()
    empty = T2CharStringPen(600, None).getCharString()
    made.setupCFF("Test", {}, {".notdef": empty, "a": one, "b": one}, {})
    made.setupHorizontalMetrics({".notdef": (600, 0), "a": (600, 80), "b": (500, 80)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    output = io.BytesIO()
    made.save(output)
    return output.getvalue()


def area(contours: Contours) -> float:
    """As fontTools measures it, from our own points."""
    pen = StatisticsPen()
    for contour in contours:
        if not contour:
            continue
        if all(point.on for point in contour):
            pen.moveTo(contour[0][:2])
            for point in contour[1:]:
                pen.lineTo(point[:2])
        else:
            start = next(place for place, point in enumerate(contour) if point.on)
            turned = [*contour[start:], *contour[: start + 1]]
            pen.moveTo(turned[0][:2])
            controls = []
            for point in turned[1:]:
                if point.on:
                    pen.qCurveTo(*controls, point[:2])
                    controls = []
                else:
                    controls.append(point[:2])
        pen.closePath()
    return float(pen.area)


def test_the_glyphs_of_a_truetype_font_are_those_that_font_tools_finds() -> None:
    data = PLEX.read_bytes()
    ours, theirs = Outlines(opened(data)), TTFont(io.BytesIO(data))
    glyphs, order = theirs.getGlyphSet(), theirs.getGlyphOrder()
    for number in range(0, len(order), 7):
        pen = StatisticsPen(glyphs)
        glyphs[order[number]].draw(pen)
        assert area(ours.contours(number)) == pytest.approx(pen.area, rel=1e-3, abs=1)
        assert ours.advance(number) == glyphs[order[number]].width


def test_a_glyph_made_of_others_is_one_piece_in_the_end() -> None:
    data = PLEX.read_bytes()
    ours, theirs = Outlines(opened(data)), TTFont(io.BytesIO(data))
    number = theirs.getGlyphID(theirs.getBestCmap()[ord("é")])
    assert theirs["glyf"][theirs.getGlyphName(number)].isComposite()
    pen = ControlBoundsPen(theirs.getGlyphSet())
    theirs.getGlyphSet()[theirs.getGlyphName(number)].draw(pen)
    record = ours.record(number)
    assert int.from_bytes(record[:2], "big", signed=True) > 1
    xs, ys = zip(*(point[:2] for contour in ours.contours(number) for point in contour), strict=True)
    assert (min(xs), min(ys), max(xs), max(ys)) == pen.bounds


def test_postscript_curves_become_quadratic_ones_of_the_same_shape() -> None:
    data = postscript()
    theirs = TTFont(io.BytesIO(data))
    pen = StatisticsPen(theirs.getGlyphSet())
    theirs.getGlyphSet()["a"].draw(pen)
    ours = Outlines(opened(data))
    assert -area(ours.contours(1)) == pytest.approx(pen.area, rel=2e-3)  # turned the other way round
    assert ours.contours(0) == []
    recorded = RecordingPen()
    theirs.getGlyphSet()["a"].draw(Cu2QuPen(recorded, 1.0))
    count = sum(len(points) for _, points in recorded.value)
    assert sum(map(len, ours.contours(1))) < 3 * count


def test_what_was_packed_is_unpacked_the_same() -> None:
    outlines = Outlines(opened(PLEX.read_bytes()))
    contours = outlines.contours(40)
    data = PLEX.read_bytes()
    assert packed(contours)
    font = TTFont(io.BytesIO(data))
    glyph = font["glyf"][font.getGlyphName(40)]
    assert packed(contours)[:10] == glyph.compile(font["glyf"])[:10]


@pytest.mark.parametrize("postscripts", [False, True])
def test_a_damaged_glyph_is_an_error_of_fonts_and_nothing_else(postscripts: bool) -> None:
    data = postscript() if postscripts else PLEX.read_bytes()
    places = TTFont(io.BytesIO(data)).reader.tables["CFF " if postscripts else "glyf"]
    random_ = random.Random(5)
    ended = 0
    for _ in range(400):
        wrong = bytearray(data)
        for _ in range(random_.choice((1, 5, 50))):
            wrong[places.offset + random_.randrange(min(places.length, 4000))] = random_.randrange(256)
        try:
            outlines = Outlines(opened(bytes(wrong)))
            for number in range(3 if postscripts else 40):
                outlines.record(number)
        except FontError:
            ended += 1
    assert ended


def test_letters_of_both_forms_of_the_table_are_those_that_font_tools_finds() -> None:
    for data in (PLEX.read_bytes(), postscript()):
        theirs = TTFont(io.BytesIO(data))
        cmap = {code: theirs.getGlyphID(name) for code, name in theirs.getBestCmap().items()}
        letters = Letters(opened(data).table("cmap", 1_000_000))
        ranges = letters.ranges()
        assert [
            code for first, last in zip(ranges[::2], ranges[1::2], strict=True) for code in range(first, last + 1)
        ] == sorted(cmap)
        assert {code: letters.glyph(code) for code in cmap} == cmap
        assert letters.glyph(0x10FFFF) == 0


def test_codes_in_ranges_are_found_either_way_round() -> None:
    ranges = [3, 5, 9, 9]
    assert covered([1, 3, 4, 5, 6, 9, 10], ranges) == [3, 4, 5, 9]
    assert covered([5, 9], ranges) == [5, 9]
    assert covered([2], ranges) == []


def test_a_table_that_counts_more_than_it_holds_is_read_as_far_as_it_goes() -> None:
    with pytest.raises(FontError):
        Letters(b"\0\0\xff\xff" + b"\0" * 13)
    with pytest.raises(FontError):
        Letters(b"\0\0")


def test_nothing_is_read_from_before_the_file() -> None:
    with pytest.raises(FontError):
        opened(PLEX.read_bytes()).piece(-1, 4)
