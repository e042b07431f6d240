"""Which of the first pages are title pages, and their lines as drawn."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from converter.lines import Line, Page
from converter.recovery.pages.placed import Sheet, sheets_of
from converter.recovery.pages.title_page import count_title_pages, title_page
from converter.tree import Align, General, ParagraphLayout, Run, words

PITCH, LEADING, TOP = 7.2, 12.0, 80.0

Placed = tuple[float, float, str]


def sheets(*pages: Sequence[Placed], labels: dict[int, str] | None = None) -> list[Sheet]:
    """Pages of (row from 0, x, text); -1 for x: in the middle of the paper."""
    made = []
    for number, page in enumerate(pages):
        lines = tuple(
            Line(text=(Run(text=text),), x=306 - PITCH * len(text) / 2 if x < 0 else x, y=TOP + LEADING * row)
            for row, x, text in page
        )
        made.append(Page(width=612, height=792, label=(labels or {}).get(number), lines=lines))
    return sheets_of(made, PITCH)


SCRIPT: list[Placed] = [(0, 108, "INT. PIER - DAY"), (2, 108, "Rain.")]
FAR_DOWN: list[Placed] = [(15, -1, "LOW WATER")]
CREDITED: list[Placed] = [(2, -1, "LOW WATER"), (4, -1, "written by"), (6, -1, "Ines Quill")]
NAMED: list[Placed] = [(2, -1, "LOW WATER"), (4, -1, "Ines Quill")]
WORDS: list[Placed] = [(0, 108, "This is a work of fiction."), (1, 108, "All of it.")]


@pytest.mark.parametrize(
    ("pages", "count"),
    [
        ([FAR_DOWN, SCRIPT], 1),
        ([CREDITED, SCRIPT], 1),
        ([NAMED, SCRIPT], 0),
        ([WORDS, SCRIPT], 0),
        ([SCRIPT, SCRIPT], 0),
        ([FAR_DOWN, FAR_DOWN, SCRIPT], 2),
        ([FAR_DOWN] * 6, 4),
        ([FAR_DOWN], 1),
        ([WORDS], 0),
        ([[*FAR_DOWN, (20, 108, "INT. PIER - DAY")], SCRIPT], 0),
        ([[(15 + row, 108, "Rain.") for row in range(39)], SCRIPT], 1),
        ([[(15 + row, 108, "Rain.") for row in range(40)], SCRIPT], 0),
        ([], 0),
    ],
)
def test_a_title_page_begins_far_down_or_has_a_credit_in_the_middle(pages: list[list[Placed]], count: int) -> None:
    assert count_title_pages(sheets(*pages), LEADING) == count


def test_pages_with_roman_numbers_after_a_title_page_belong_to_it() -> None:
    assert count_title_pages(sheets(FAR_DOWN, WORDS, SCRIPT, labels={1: "ii"}), LEADING) == 2
    assert count_title_pages(sheets(FAR_DOWN, WORDS, SCRIPT, labels={1: "2"}), LEADING) == 1
    assert count_title_pages(sheets(WORDS, SCRIPT, labels={0: "i"}), LEADING) == 0


def test_a_page_with_a_number_is_a_title_page_only_if_it_is_the_first() -> None:
    assert count_title_pages(sheets(FAR_DOWN, FAR_DOWN, SCRIPT, labels={0: "1", 1: "2"}), LEADING) == 1
    assert count_title_pages(sheets(FAR_DOWN, FAR_DOWN, SCRIPT, labels={1: "A"}), LEADING) == 2


def drawn(*lines: Placed) -> list[General]:
    page = title_page(sheets(lines), LEADING, TOP, PITCH)
    assert page is not None
    (sheet,) = page.sheets
    return list(sheet)


def test_lines_are_drawn_from_the_first_of_the_grid_on() -> None:
    lines = drawn((2, 72, "a"), (4, 72, "b"), (5, 72, "c"))
    assert [words(one.text) for one in lines] == ["", "", "a", "", "b", "c"]
    assert [words(one.text) for one in drawn((-2, 72, "a"))] == ["a"]


@pytest.mark.parametrize(
    ("x", "line"),
    [
        (72.0, {}),
        (74.0, {}),
        (75.0, {"layout": ParagraphLayout(left=1.04)}),
        (144.0, {"layout": ParagraphLayout(left=2.0)}),
        (306 - 1.5 * PITCH, {"align": Align.CENTER}),
        (306 - 1.5 * PITCH + 6, {"align": Align.CENTER}),
        (540 - 3 * PITCH, {"align": Align.RIGHT}),
        (540 - 3 * PITCH - 4, {"align": Align.RIGHT}),
    ],
)
def test_a_line_stands_left_in_the_middle_or_at_the_right(x: float, line: dict[str, object]) -> None:
    (one,) = drawn((0, x, "abc"))
    assert one == General(text=(Run(text="abc"),), **line)  # type: ignore[arg-type]


def test_pieces_of_a_line_stand_apart_by_blanks() -> None:
    (one,) = drawn((0, 72, "ab"), (0, 72 + 7 * PITCH, "c"))
    assert one == General(text=(Run(text="ab"), Run(text="     "), Run(text="c")))


def test_no_pages_are_no_title_page() -> None:
    assert title_page([], LEADING, TOP, PITCH) is None
