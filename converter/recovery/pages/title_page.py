"""The title page: which pages it takes, its lines as drawn, and what each says."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from converter.recovery.pages.measures import INCH
from converter.recovery.pages.placed import Piece, PlacedRow, Sheet
from converter.recovery.pages.wrapped import joint
from converter.terms import HEADING_INTRO
from converter.tree import NO_STYLE, Align, General, ParagraphLayout, Run, Style, Text, TitleField, TitlePage, words

_MOST_TITLE_PAGES = 4
_ROMAN = re.compile(r"[ivxlc]{1,6}\.?")


def count_title_pages(sheets: Sequence[Sheet], leading: float) -> int:
    """How many pages stand before the script."""
    count = 0
    for sheet in sheets[:_MOST_TITLE_PAGES]:
        if count + 1 == len(sheets) and not _is_surely_title(sheet, leading):
            break
        if not (_is_surely_title(sheet, leading) or count and _ROMAN.fullmatch(sheet.label or "")):
            break
        count += 1
    return count


def _is_surely_title(sheet: Sheet, leading: float) -> bool:
    """Begins far down, or most of it stands in the middle; and has nothing of a script."""
    rows = sheet.rows
    if not rows or _is_of_script(sheet):
        return False
    if rows[0].y > 0.22 * sheet.height and len(rows) < 40:
        return True
    centered = sum(_is_centered(row.first, sheet) for row in rows)
    return centered >= 2 and len(rows) < 50 and any(_CREDIT.match(row.first.text) for row in rows)


def _is_of_script(sheet: Sheet) -> bool:
    """It has a heading, or a number and is not the first."""
    if any(HEADING_INTRO.match(row.first.text) for row in sheet.rows):
        return True
    return sheet.label is not None and sheet.label.isdigit() and sheet.number > 0


def _is_centered(piece: Piece, sheet: Sheet) -> bool:
    return any(abs(piece.middle - center) <= 6 for center in (sheet.width / 2, sheet.width / 2 + 18))


def title_page(sheets: Sequence[Sheet], leading: float, first_y: float, pitch: float) -> TitlePage | None:
    if not sheets:
        return None
    fields = _Fields(sheets[0], leading, first_y).fields()
    drawn = tuple(tuple(_drawn(sheet, leading, first_y)) for sheet in sheets)
    return TitlePage(fields=tuple(fields), sheets=drawn)


# ---------------------------------------------------------------- as drawn


def _drawn(sheet: Sheet, leading: float, first_y: float) -> list[General]:
    """Line for line from the first of the grid on, blank ones too."""
    lines: list[General] = []
    for row in sheet.rows:
        line = max(1, round((row.y - first_y) / leading) + 1)
        lines.extend(General() for _ in range(line - 1 - len(lines)))
        lines.append(_line(row, sheet))
    return lines


def _line(row: PlacedRow, sheet: Sheet) -> General:
    first = row.first
    if len(row.pieces) > 1:
        text: list[Run] = list(first.runs)
        for before, piece in zip(row.pieces, row.pieces[1:], strict=False):
            text.append(Run(text=" " * max(1, round((piece.x - before.right) / 7.2))))
            text.extend(piece.runs)
        return General(text=tuple(text), layout=_indent(first.x), at=row.at)
    right = sheet.width - INCH
    if abs(first.middle - (INCH + right) / 2) <= 6:
        return General(text=first.runs, align=Align.CENTER, at=row.at)
    if abs(first.right - right) <= 4:
        return General(text=first.runs, align=Align.RIGHT, at=row.at)
    return General(text=first.runs, layout=_indent(first.x), at=row.at)


def _indent(x: float) -> ParagraphLayout | None:
    return None if abs(x - INCH) <= 2 else ParagraphLayout(left=round(x / INCH, 2))


# ---------------------------------------------------------------- what it says

_CREDIT = re.compile(
    r"(?:(?:an?|the)\s.{0,40}\bby$|.{0,60}\bby:?$|(?:original\s|short\s)?(?:screenplay|teleplay|story|written|script)\b.{0,40}$"
    r"|(?:écrit|scénario|drehbuch|guion|geschrieben|scenariusz|сценарий|автор|napisał|σενάριο|脚本|作).{0,30}$)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:.{0,20}\bbased (?:up)?on\b|inspired by|adapted from|from (?:the|a)\b|after\b|d['’]après|nach\b)", re.IGNORECASE
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright|all rights)", re.IGNORECASE)
_REVISION = re.compile(
    r"\b(?:draft|rev\w*|white|blue|pink|yellow|green|goldenrod|buff|salmon|cherry|tan|second|third|final)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:.{0,16}draft\W{0,3})?(?:.{0,16}\b(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})", re.IGNORECASE)

# Lines of Final Draft's title pages, measured: title 19, credit 23, author 25, source 30.
_TITLE, _CREDIT_LINE = 19, 23


class _Fields:
    """Groups of lines, by their place and by their words."""

    def __init__(self, sheet: Sheet, leading: float, first_y: float):
        self.sheet = sheet
        self.leading = leading
        self.first_y = first_y

    def _number(self, row: PlacedRow) -> int:
        return round((row.y - self.first_y) / self.leading) + 1

    def fields(self) -> list[TitleField]:
        middle: list[tuple[int, list[Piece]]] = []
        left: list[tuple[int, list[Piece]]] = []
        right: list[tuple[int, list[Piece]]] = []
        for row in self.sheet.rows:
            number = self._number(row)
            for piece in row.pieces:
                groups = (
                    middle if _is_centered(piece, self.sheet) else left if piece.x < self.sheet.width / 2 else right
                )
                if groups and number - groups[-1][0] - len(groups[-1][1]) < 1:
                    groups[-1][1].append(piece)
                else:
                    groups.append((number, [piece]))
        return [*self._middle(middle), *self._foot(left, right)]

    def _middle(self, groups: list[tuple[int, list[Piece]]]) -> list[TitleField]:
        is_on_grid = bool(groups) and groups[0][0] in (_TITLE - 1, _TITLE, _CREDIT_LINE, _CREDIT_LINE + 2)
        if is_on_grid:
            named = list(zip(self._names(groups), (pieces for _, pieces in groups), strict=True))
        else:
            named = list(_named_by_words(groups))
        fields: dict[str, list[Text]] = {}
        for name, pieces in named:
            style = Style.BOLD | Style.UNDERLINE if name == "Title" else NO_STYLE
            fields.setdefault(name, []).extend(_without_usual(piece, style) for piece in pieces)
        return [TitleField(name=name, lines=tuple(lines)) for name, lines in fields.items()]

    def _names(self, groups: list[tuple[int, list[Piece]]]) -> list[str]:
        """The grid of Final Draft's title page tells them apart, and words where the grid does not."""
        names: list[str] = []
        last, title_last, credit_last = 0, _TITLE - 1, 0
        for number, pieces in groups:
            credit = max(_CREDIT_LINE, title_last + 4)
            author = (credit_last or credit) + 2
            text = pieces[0].text
            if "Author" in names:
                name = _name_after_author(text, names)
            else:
                name = _name_on_grid(text, number, names, credit, author, is_near=number - last == 2)
            names.append(name)
            last = number + len(pieces) - 1
            match name:
                case "Title":
                    title_last = last
                case "Episode":
                    title_last = last + 1
                case "Credit":
                    credit_last = last
        return names

    def _foot(self, left: list[tuple[int, list[Piece]]], right: list[tuple[int, list[Piece]]]) -> list[TitleField]:
        """Right the draft and its date; left the contact, above it copyright and notes."""
        fields: dict[str, list[Text]] = {}
        edge = math.floor(self.sheet.width / INCH * 4 + 0.01) / 4 * INCH - INCH
        middle = edge / 2
        for line in (line for _, pieces in right for line in _lines(pieces, edge - middle - INCH / 2)):
            is_revision = "Draft date" in fields and _REVISION.search(words(line))
            fields.setdefault("Revision" if is_revision else "Draft date", []).append(line)
        for place, (_, pieces) in enumerate(left):
            lines = _lines(pieces, middle - INCH)
            is_last = place + 1 == len(left)
            for line, name in zip(lines, _names_of_left(lines, is_last=is_last, is_alone=not right), strict=True):
                fields.setdefault(name, []).append(line)
        return [TitleField(name=name, lines=tuple(lines)) for name, lines in fields.items()]


def _names_of_left(lines: Sequence[Text], *, is_last: bool, is_alone: bool) -> list[str]:
    """What the lines of a group at the left are; with nothing at the right the date may stand there."""
    texts = [words(line) for line in lines]
    if is_alone and all(map(_DATE.fullmatch, texts)):
        return ["Draft date"] * len(lines)
    if is_last and not _COPYRIGHT.match(texts[0]):
        return ["Contact"] * len(lines)
    return ["Copyright" if _COPYRIGHT.match(text) else "Notes" for text in texts]


def _name_on_grid(text: str, number: int, names: Sequence[str], credit: int, author: int, *, is_near: bool) -> str:
    """What a group on line `number` is while no author was named; `is_near`: a line below the group before."""
    before = names[-1] if names else ""
    if not names and number < credit:
        return "Title"
    if "Credit" not in names and (_CREDIT.match(text) or number == credit):
        return "Credit"
    if before == "Title" and is_near:
        return "Episode"
    if before == "Credit" or number == author:
        return "Author"
    return "Source" if names else "Title"


def _name_after_author(text: str, names: Sequence[str]) -> str:
    """The source, or a title that stands below its author."""
    return "Source" if _SOURCE.match(text) or "Title" in names or "Credit" in names else "Title"


def _named_by_words(groups: Sequence[tuple[int, list[Piece]]]) -> Iterator[tuple[str, list[Piece]]]:
    """Lines down the middle of a page that no grid explains: title, credit, author, source follow each other."""
    name = ""
    for _, pieces in groups:
        for place, piece in enumerate(pieces):
            name = _next_name(name, piece.text, goes_on=place > 0)
            yield name, [piece]


def _next_name(name: str, text: str, *, goes_on: bool) -> str:
    if _COPYRIGHT.match(text):
        return "Copyright"
    if _DATE.fullmatch(text):
        return "Draft date"
    if name in ("", "Title", "Episode") and _CREDIT.match(text):
        return "Credit"
    is_source = _SOURCE.match(text) is not None
    return _name_after(name, is_source=is_source, goes_on=goes_on)


def _name_after(name: str, *, is_source: bool, goes_on: bool) -> str:
    match name:
        case "":
            return "Title"
        case "Title" if not goes_on:
            return "Episode"
        case "Credit":
            return "Source" if is_source else "Author"
        case "Author" if is_source or not goes_on:
            return "Source"
        case "Copyright" | "Draft date":
            return "Notes"
        case _:
            return name


def _lines(pieces: Sequence[Piece], width: float) -> list[Text]:
    """The lines of a group; those that only turned are joined. Names and addresses begin with a capital."""
    columns = int((width - 0.2) / 7)
    lines: list[Text] = []
    above: Piece | None = None
    for piece in pieces:
        goes_on = piece.text[0].islower() and "@" not in piece.text
        blank = "\n" if above is None or not goes_on else joint(above.text, above.length, piece.text, columns)
        if blank == "\n":
            lines.append(piece.runs)
        else:
            lines[-1] = (*lines[-1], Run(text=blank), *piece.runs)
        above = piece
    return [tuple(inline for inline in line if not isinstance(inline, Run) or inline.text) for line in lines]


def _without_usual(piece: Piece, usual: Style = NO_STYLE) -> Text:
    return tuple(Run(text=run.text, style=run.style & ~usual) for run in piece.runs)
