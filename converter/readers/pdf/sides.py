"""Two pages of a script on one sheet of paper, as booklets and the sides of a shooting day are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from converter.readers.pdf.content import Placed, Rule
from converter.readers.pdf.rows import BLANKS

_WIDEST_PAGE = 1.1  # times its height: a sheet that is wider may hold two pages
_GUTTER = 0.04  # of the sheet's width: the margins of two pages leave more room between them than columns do
_FEWEST_LETTERS = 20
_FEWEST_LINES = 3
LETTER, A4 = (612.0, 792.0), (595.28, 841.89)


class Sheet(Protocol):
    """What is looked at of a sheet that was drawn."""

    width: float
    height: float
    letters: list[Placed]
    rules: list[Rule]


class Half(NamedTuple):
    """One of the two pages, at its own size: where its corner lies on the sheet, and how much it was reduced."""

    width: float
    height: float
    left: float
    top: float
    scale: float

    def holds(self, x: float) -> bool:
        return self.left <= x < self.left + self.width / self.scale or x < 0 and not self.left

    def place(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def letter(self, letter: Placed) -> Placed:
        x, y = self.place(letter.x, letter.y)
        return letter._replace(x=x, y=y, width=letter.width * self.scale, size=letter.size * self.scale)

    def rule(self, rule: Rule) -> Rule:
        (left, y), (right, _) = self.place(rule.left, rule.y), self.place(rule.right, rule.y)
        return Rule(left, right, y)


def hold_two(sheets: Sequence[Sheet]) -> bool:
    """Does every other sheet that is wider than high hold two pages?"""
    wide = [sheet for sheet in sheets if _is_wide(sheet) and sheet.letters]
    holding = sum(_holds_two(sheet) for sheet in wide)
    return holding > 0 and 2 * holding >= len(wide)


def halves(sheet: Sheet) -> tuple[Half, Half] | None:
    """The two pages of a sheet in a document whose sheets hold two; the last one may have words on one side only."""
    if not _is_wide(sheet) or not _has_gutter(sheet):
        return None
    width, height = sheet.width / 2, sheet.height
    paper = A4 if 1.38 < height / width < 1.45 else LETTER
    reduced = width * paper[1] / paper[0]  # how high the page is, reduced to half the sheet
    top = (height - reduced) / 2
    if not all(top <= letter.y <= top + reduced for letter in sheet.letters):
        top, reduced = 0.0, height
    scale = paper[0] / width
    left, right = (Half(paper[0], reduced * scale, side * width, top, scale) for side in (0, 1))
    return left, right


def _is_wide(sheet: Sheet) -> bool:
    return sheet.width > _WIDEST_PAGE * sheet.height


def _holds_two(sheet: Sheet) -> bool:
    middle = sheet.width / 2
    sides = ([one for one in sheet.letters if (one.x < middle) is is_left] for is_left in (True, False))
    return _has_gutter(sheet) and all(map(_is_page, sides))


def _is_page(letters: Sequence[Placed]) -> bool:
    return len(letters) >= _FEWEST_LETTERS and len({round(one.y / 4) for one in letters}) >= _FEWEST_LINES


def _has_gutter(sheet: Sheet) -> bool:
    """Is there room all the way down, a part of it in the very middle?"""
    middle = sheet.width / 2
    inked = [one for one in sheet.letters if one.text not in BLANKS]
    left = max((one.x + one.width for one in inked if one.x < middle), default=0.0)
    right = min((one.x for one in inked if one.x >= middle), default=sheet.width)
    return left <= middle and right - left >= _GUTTER * sheet.width
