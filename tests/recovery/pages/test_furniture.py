"""What pages print around a script goes, and their numbers are kept: headers and footers of several rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from converter.contract import Diagnostic
from converter.lines import CELL, Line, Page
from converter.recovery.pages.furniture import booklet_order, take_furniture
from converter.recovery.pages.placed import sheets_of
from converter.recovery.pages.script import recover
from converter.tree import PageMark, Run, Screenplay
from writers import outline

RIGHT = 522.0
Row = tuple[float, float, str]  # y, right end, words

NAMES = ("MARA", "ODILE", "BRAM", "PELL", "ANTON")


def script_page(number: int) -> list[tuple[float, float, str]]:
    """(x, y, words) of a page whose scene is its own."""
    name = NAMES[number % len(NAMES)]
    lines = [(108.0, 80.0, f"INT. ROOM {'IVXLC'[number % 5] * (number // 5 + 1)} - DAY")]
    for speech in range(4):
        y = 104.0 + 60 * speech
        lines += [(108.0, y, "Rain falls on the boards, and on the boats that lie beside them.")]
        lines += [(252.0, y + 24, name if speech % 2 else "THE GULL"), (180.0, y + 36, "You came, and so did I.")]
    return lines


def pages(furniture: Callable[[int], list[Row]], count: int = 6, top: float = 0) -> list[Page]:
    made = []
    for number in range(count):
        lines = [Line(text=(Run(text=text),), x=x, y=y + top) for x, y, text in script_page(number)]
        lines += [Line(text=(Run(text=text),), x=end - CELL * len(text), y=y) for y, end, text in furniture(number)]
        made.append(Page(width=612, height=792, label=None, lines=tuple(lines)))
    return made


def labels(made: list[Page]) -> list[str | None]:
    sheets = sheets_of(made, CELL)
    take_furniture(sheets, 12)
    return [sheet.label for sheet in sheets]


def body(made: list[Page], report: list[Diagnostic] | None = None) -> str:
    found = recover(made, report=[].append if report is None else report.append)
    kept = tuple(one for one in found.body if not isinstance(one, PageMark))
    return outline.to_text(Screenplay(title_page=found.title_page, body=kept))


PLAIN = body(pages(lambda number: []))
COUNTED = ["1", "2", "3", "4", "5", "6"]


def n(number: int) -> str:
    return f"{number + 1}."


FURNITURE: dict[str, Callable[[int], list[Row]]] = {
    "A title over the number.": lambda at: [(36, 400, "THE LONG OAR"), (48, RIGHT, n(at))],
    "A title under the number.": lambda at: [(36, RIGHT, n(at)), (48, RIGHT, "THE LONG OAR")],
    "(I/A) under the number of some pages.": lambda at: [(44, RIGHT, n(at)), *[(56, RIGHT, "(I/A)")] * (at % 3 == 1)],
    "Three rows.": lambda at: [(30, RIGHT, n(at)), (42, RIGHT, "Blue Rev. 3/4/24"), (54, RIGHT, "THE LONG OAR")],
    "Revisions by page.": lambda at: [(36, RIGHT, n(at)), (48, RIGHT, ("Blue", "Pink", "White")[at % 3] + " 3/4/24")],
    "A footer of two rows.": lambda at: [(746, 400, "THE LONG OAR"), (758, 320, n(at))],
    "A footer that begins high.": lambda at: [
        (732, 400, "THE LONG OAR"),
        (744, 400, "Draft of 5 May"),
        (756, 320, n(at)),
    ],
    "A date at the right, the number at the left.": lambda at: [(40, 120, n(at)), (40, RIGHT, "12/5/2024")],
    "A year at the right, the number at the left.": lambda at: [(40, 120, f"{at + 1}"), (40, RIGHT, "2024")],
    "A year at the left, the number at the right.": lambda at: [(40, 140, "2024"), (40, RIGHT, n(at))],
    "All in one row of words.": lambda at: [(40, RIGHT, f"THE LONG OAR - Pink 3/4/24 - {n(at)}")],
    "The number before other words.": lambda at: [(40, RIGHT, f"{at + 1}. THE LONG OAR, 2024")],
    "A year over the number, in the foot.": lambda at: [(746, 320, "2024"), (758, 320, f"Page {at + 1} of 6")],
    "Right over the words.": lambda at: [(56, 200, "THE LONG OAR"), (68, RIGHT, n(at))],
}


@pytest.mark.parametrize("rule", FURNITURE)
def test_furniture_of_several_rows_is_taken_and_its_number_kept(rule: str) -> None:
    made = pages(FURNITURE[rule])
    assert labels(made) == COUNTED
    assert body(made) == PLAIN


def test_what_headers_say_is_reported() -> None:
    report: list[Diagnostic] = []
    body(pages(FURNITURE["A title over the number."]), report)
    assert [(one.code, "THE LONG OAR" in one.message) for one in report if one.code == "pdf.page-header"] == [
        ("pdf.page-header", True)
    ]


def test_a_revision_in_a_header_is_reported_where_no_mark_bears_its_name() -> None:
    report: list[Diagnostic] = []
    body(pages(lambda at: [(36, RIGHT, n(at)), (48, RIGHT, "Blue Rev. 3/4/24")]), report)
    assert ["Blue Rev. 3/4/24" in one.message for one in report if one.code == "pdf.page-header"] == [True]


def test_a_page_that_lacks_its_number_gets_one_only_where_it_fits() -> None:
    made = pages(lambda at: [(40, RIGHT, n(at)) if at else (758, 320, "1"), (40, 140, "2024")])
    assert labels(made) == COUNTED
    made = pages(lambda at: [(40, RIGHT, n(at))] if at != 2 else [(40, 140, "2024")])
    assert labels(made) == ["1", "2", None, "4", "5", "6"]


def test_labels_with_letters_count_on() -> None:
    printed = ("11", "12", "12A", "12B", "13", "14")
    assert labels(pages(lambda at: [(40, 140, "2024"), (40, RIGHT, printed[at] + ".")])) == list(printed)


def test_a_header_close_to_what_goes_on_is_taken() -> None:
    def close(text: str, x: float) -> list[Page]:
        made = pages(lambda at: [(50, RIGHT, n(at)), (50, 240, "THE LONG OAR")])
        lines = [made[0].lines, *((*page.lines, Line(text=(Run(text=text),), x=x, y=62)) for page in made[1:])]
        return [Page(width=612, height=792, label=None, lines=rows) for rows in lines]

    assert body(close("CONTINUED:", 108)) == PLAIN
    assert "LONG OAR" not in body(close("THE GULL (CONT'D)", 252))


def test_a_single_line_near_the_top_is_no_furniture() -> None:
    """Margins may be small: a paragraph of one line under the number is a paragraph."""
    made = pages(lambda at: [(20, RIGHT, n(at))], top=-36)
    first = [Line(text=(Run(text=f"Snow {'.' * at}!"),), x=108, y=44 - 12) for at in range(6)]
    made = [
        Page(width=612, height=792, label=None, lines=(*page.lines, line))
        for page, line in zip(made, first, strict=True)
    ]
    assert body(made).count("Snow") == 6


def test_a_name_over_speech_is_no_header_however_often_it_begins_a_page() -> None:
    made = [
        Page(
            width=612,
            height=792,
            label=None,
            lines=(
                Line(text=(Run(text="THE GULL"),), x=252, y=56),
                Line(text=(Run(text="No."),), x=180, y=68),
                *page.lines,
            ),
        )
        for page in pages(lambda at: [])
    ]
    assert body(made).count('"THE GULL"') == PLAIN.count('"THE GULL"') + 6


# ---------------------------------------------------------------- the heading again

AGAIN = (
    "CONTINUED: INT. ROOM {0} - DAY",
    "CONTINUED: INT. ROOM {0}",
    "(CONTINUED) INT. ROOM {0} - DAY",
    "INT. ROOM {0} - DAY (CONTINUED)",
    "INT. ROOM {0} - DAY - CONT'D",
    "INT. ROOM {0} - DAY (CONT'D) (2)",
    "INT. ROOM {0} - DAY - CONTINUED:",
)


def two_pages(top: str, *, number: str = "", again: str = "", y: float = 80) -> str:
    """A scene, and a page that begins with `top`."""
    first, second = pages(lambda at: [(44, RIGHT, n(at))], count=2)
    lines = [Line(text=one.text, x=one.x, y=one.y + 24) for one in second.lines[1:-1]]
    lines.append(Line(text=(Run(text=top),), x=108, y=y))
    numbers = [[Line(text=(Run(text=one),), x=54, y=80)] if one else [] for one in (number, again)]
    made = [
        Page(width=612, height=792, label=None, lines=(*first.lines, *numbers[0])),
        Page(width=612, height=792, label=None, lines=(*lines, *numbers[1])),
    ]
    return body(made)


@pytest.mark.parametrize("text", AGAIN)
def test_a_heading_that_a_page_repeats_begins_no_scene(text: str) -> None:
    assert two_pages(text.format("I")).count("SceneHeading") == 1
    assert two_pages(text.format("I"), number="7", again="7").count("SceneHeading") == 1


def test_a_heading_with_another_number_or_place_begins_a_scene() -> None:
    assert two_pages("INT. ROOM I - DAY (CONT'D)", number="7", again="8").count("SceneHeading") == 2
    assert two_pages("INT. ROOM V - DAY (CONT'D)").count("SceneHeading") == 2
    assert two_pages("INT. ROOM I - DAY").count("SceneHeading") == 2
    assert two_pages("INT. ROOM I - CONTINUOUS").count("SceneHeading") == 2


def test_the_same_heading_with_the_same_number_is_the_same_scene() -> None:
    assert two_pages("INT. ROOM I - DAY", number="7", again="7").count("SceneHeading") == 1


# ---------------------------------------------------------------- booklets


def test_pages_of_a_booklet_are_put_in_order() -> None:
    folded = (7, 0, 1, 6, 5, 2, 3, 4)
    made = pages(lambda at: [(44, RIGHT, n(at))], count=8)
    lying = [made[at] for at in folded]
    order = booklet_order(sheets_of(lying, CELL))
    assert [lying[place] for place in order] == made
    assert body(lying) == body(made)
    assert booklet_order(sheets_of(made, CELL)) == []
    assert booklet_order(sheets_of(made[:6], CELL)) == []
    assert booklet_order(sheets_of(pages(lambda at: [], count=8), CELL)) == []
