"""Sides: the asked scenes are whole, the others crossed out or gone."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pdfplumber
import pytest

from converter.contract import UsageError
from converter.readers import fountain
from converter.tree import Screenplay
from writers.pdf.sides import Wanted, sides

FILL = "Rain on the roof. " * 60


@cache
def script() -> Screenplay:
    return fountain.from_text(
        f"INT. A - DAY #1#\n\nFirst. {FILL}\n\nMARA\nOne.\n\nINT. B - DAY #2#\n\nSecond.\n\n"
        f"INT. C - DAY #3#\n\nThird.\n\n"
        f"===\n\nINT. D - DAY #4#\n\nFourth.\n\nMARA\nFour.\n\nJOE\nNo.\n\n===\n\nINT. E - DAY #5#\n\nFifth.\n"
    )


def drawn(**wanted: Any) -> list[Any]:
    document = pdfplumber.open(io.BytesIO(sides(script(), Wanted(**wanted))))
    return list(document.pages)


def texts(pages: list[Any]) -> list[str]:
    return [page.extract_text() for page in pages]


def test_only_the_pages_of_the_scenes_are_there_in_the_order_of_the_list() -> None:
    found = texts(drawn(scenes="4, 2"))
    assert len(found) == 2 and "Fourth." in found[0] and "Second." in found[1] and "4\n" not in found[1]
    assert "2." in found[0].splitlines()[0]  # its own number


def test_others_are_crossed_out_in_their_place() -> None:
    (page,) = drawn(scenes="2")
    text = page.extract_text()
    assert "Second." in text and "First." in text and "Third." in text
    boxes = page.rects
    assert len(boxes) == 2 and len(page.lines) == 2  # above and below
    second = next(word for word in page.extract_words() if word["text"] == "Second.")
    assert all(second["bottom"] <= box["top"] or box["bottom"] <= second["top"] for box in boxes)
    first = next(word for word in page.extract_words() if word["text"] == "First.")
    assert any(box["top"] <= first["top"] and first["bottom"] <= box["bottom"] for box in boxes)


def test_or_their_place_is_left_blank() -> None:
    (page,) = drawn(scenes="2", others="blank")
    text = page.extract_text()
    assert "Second." in text and "First." not in text and "INT. C" not in text and not page.rects
    (whole,) = drawn(scenes="2")
    place = [next(word["top"] for word in one.extract_words() if word["text"] == "Second.") for one in (page, whole)]
    assert place[0] == place[1]


def test_ranges_and_a_scene_whose_number_is_beside_its_heading() -> None:
    found = texts(drawn(scenes="2-4", others="blank"))
    assert len(found) == 2 and "2 INT. B - DAY 2" in found[0] and "1 INT. A" not in found[0]


def test_the_scenes_of_characters_and_their_lines_on_a_light_ground() -> None:
    pages = drawn(characters=("mara",), highlight=True)
    assert len(pages) == 2
    grounds = [rect for page in pages for rect in page.rects if rect["fill"] and rect["non_stroking_color"] != (0,)]
    assert len(grounds) == 4  # two cues and two lines
    assert len(texts(drawn(characters=("JOE",)))) == 1


def test_a_line_on_top_and_two_pages_on_a_sheet() -> None:
    pages = drawn(scenes="1-5", line="Day 12, Mara", two_up=True)
    assert [(page.width, page.height) for page in pages] == [(792, 612)] * 2
    text = pages[0].extract_text()
    assert text.count("Day 12, Mara") == 2 and "Second." in text and "Fourth." in text
    assert "Fifth." in pages[1].extract_text() and pages[1].extract_text().count("Day 12") == 1


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"scenes": "9"}, "no scene '9'"),
        ({"characters": ("Odile",)}, "nobody called 'ODILE'"),
        ({}, "--scenes or --characters"),
    ],
)
def test_slips_are_refused(wanted: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        drawn(**wanted)
