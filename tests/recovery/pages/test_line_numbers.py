"""Columns of line numbers are no part of a script; scene numbers and lists are."""

from __future__ import annotations

import pytest

from converter.contract import Diagnostic
from converter.lines import CELL, Line, Page
from converter.recovery.pages.script import recover
from converter.tree import Run, Screenplay
from tests.recovery.pages.test_furniture import pages
from writers import outline


def numbered(made: list[Page], every: int, x: float, *, through: bool = False, right: bool = False) -> list[Page]:
    out = []
    for place, page in enumerate(made):
        lines = list(page.lines)
        for row in range(30):
            value = row + 1 + (30 * place if through else 0)
            if value % every == 0:
                text = str(value)
                left = x - CELL * len(text) if right else x
                lines.append(Line(text=(Run(text=text),), x=left, y=80 + 12 * row))
        out.append(Page(width=612, height=792, label=None, lines=tuple(lines)))
    return out


def body(made: list[Page], report: list[Diagnostic]) -> str:
    return outline.to_text(Screenplay(body=recover(made, report=report.append).body))


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize("through", [True, False])
@pytest.mark.parametrize(("x", "right"), [(54, False), (72, True), (590, True)])
def test_a_column_of_line_numbers_goes(every: int, through: bool, x: float, right: bool) -> None:
    if every == 5 and not through:
        every = 3
    made, report = pages(lambda at: []), list[Diagnostic]()
    assert body(numbered(made, every, x, through=through, right=right), report) == body(made, [])
    assert [one.code for one in report if one.code == "pdf.line-numbers"] == ["pdf.line-numbers"]


@pytest.mark.parametrize("x", [54.0, 108 - 3 * CELL])
def test_numbers_before_the_words_of_a_row_go_too(x: float) -> None:
    """Typed with the words, in one string."""
    made = [
        Page(
            width=612,
            height=792,
            label=None,
            lines=tuple(
                Line(
                    text=(Run(text=f"{round((line.y - 68) / 12)}".ljust(round((line.x - x) / CELL))), *line.text),
                    x=x,
                    y=line.y,
                )
                for line in page.lines
            ),
        )
        for page in pages(lambda at: [])
    ]
    assert body(made, []) == body(pages(lambda at: []), [])


def test_scenes_that_went_keep_their_numbers() -> None:
    lines = [
        Line(text=(Run(text=text),), x=x, y=80 + 12 * row)
        for row in range(20)
        for x, text in ((54, str(row + 1)), (108, "OMITTED"))
    ]
    report: list[Diagnostic] = []
    found = body([Page(width=612, height=792, label=None, lines=tuple(lines))], report)
    assert found.count("number=") == 20
    assert "pdf.line-numbers" not in {one.code for one in report}


def test_scene_numbers_stay() -> None:
    made = [
        Page(
            width=612,
            height=792,
            label=None,
            lines=(*page.lines, *(Line(text=(Run(text=str(6 * at + n)),), x=54, y=80 + 60 * n) for n in range(1))),
        )
        for at, page in enumerate(pages(lambda at: []))
    ]
    assert body(made, []).count("number=") == 6
