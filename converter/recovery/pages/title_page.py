"""The title page: which pages it takes, its lines as drawn, and what each says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from converter.lines import measured_width
from converter.records import replace
from converter.recovery.pages.heading_words import reads_as_heading, without_number
from converter.recovery.pages.measures import INCH, NEAR
from converter.recovery.pages.placed import Piece, PlacedRow, Sheet, cut
from converter.recovery.pages.wrapped import joint
from converter.recovery.titles import Place, TitleRow, is_credit, parts, prose, split_credit
from converter.tree import NO_STYLE, Align, General, ParagraphLayout, Run, Style, Text, TitleField, TitlePage, words

_MOST_TITLE_PAGES = 4
_ROMAN = re.compile(r"[ivxlc]{1,6}\.?")


def cut_title(sheets: list[Sheet]) -> None:
    """Parts a first page that has the title above its first scene: the script begins with what stands at its edge."""
    first = sheets[0] if sheets else None
    heading = next((row for row in first.rows[:_MOST_TITLE_ROWS] if _has_heading(row)), None) if first else None
    if first is None or heading is None:
        return
    edge = (
        heading.pieces[1].x if len(heading.pieces) > 1 and heading.first.length < _LONGEST_NUMBER else heading.first.x
    )
    place = next(n for n, row in enumerate(first.rows) if row is heading or _is_at_edge(row, edge, first))
    title = first.rows[:place]
    if title and _is_centered(title[0].first, first) and any(_has_credit(row.first.text) for row in title):
        script = first.rows[place:]
        sheets[:1] = [
            replace(first, rows=title, label=None),
            replace(first, rows=script, header=[], first_y=script[0].y),
        ]


_MOST_TITLE_ROWS = 16
_LONGEST_NUMBER = 6  # letters


def _is_at_edge(row: PlacedRow, edge: float, sheet: Sheet) -> bool:
    return len(row.pieces) == 1 and abs(row.first.x - edge) <= NEAR and not _is_centered(row.first, sheet)


def _has_heading(row: PlacedRow) -> bool:
    """A scene heading, which may have a number before it."""
    return any(reads_as_heading(without_number(piece.text)) for piece in row.pieces)


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
    return centered >= 2 and len(rows) < 50 and any(_has_credit(row.first.text) for row in rows)


def _has_credit(text: str) -> bool:
    return is_credit(text) or split_credit(text) > 0


def _is_of_script(sheet: Sheet) -> bool:
    """It has a heading, or a number and is not the first."""
    if any(map(_has_heading, sheet.rows)):
        return True
    return sheet.label is not None and sheet.label.isdigit() and sheet.number > 0


def _is_centered(piece: Piece, sheet: Sheet) -> bool:
    return any(abs(piece.middle - one) <= 6 for one in (sheet.width / 2, sheet.width / 2 + 18, _middle(sheet)))


def _right(sheet: Sheet) -> float:
    return (measured_width(sheet.width / INCH) - 1) * INCH


def _middle(sheet: Sheet) -> float:
    """Between margins of an inch, as Final Draft centers a title page; on A4 that is not the middle of the paper."""
    return (INCH + _right(sheet)) / 2


def title_page(sheets: Sequence[Sheet], leading: float, first_y: float, pitch: float) -> TitlePage | None:
    if not sheets:
        return None
    fields = _fields(sheets[0], leading, first_y)
    drawn = tuple(tuple(_drawn(sheet, leading, first_y)) for sheet in sheets)
    return TitlePage(fields=tuple(fields), sheets=drawn)


# ---------------------------------------------------------------- as drawn


_MOST_LINES = 400  # far more than any paper has; a file may call a mile one


def _drawn(sheet: Sheet, leading: float, first_y: float) -> list[General]:
    """Line for line from the first of the grid on, blank ones too."""
    lines: list[General] = []
    for row in sheet.rows:
        line = min(max(1, round((row.y - first_y) / leading) + 1), _MOST_LINES)
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
    if any(abs(first.middle - one) <= 6 for one in (sheet.width / 2, _middle(sheet))):
        return General(text=first.runs, align=Align.CENTER, at=row.at)
    if any(abs(first.right - one) <= 4 for one in (sheet.width - INCH, _right(sheet))):
        return General(text=first.runs, align=Align.RIGHT, at=row.at)
    return General(text=first.runs, layout=_indent(first.x), at=row.at)


def _indent(x: float) -> ParagraphLayout | None:
    return None if abs(x - INCH) <= 2 else ParagraphLayout(left=round(x / INCH, 2))


# ---------------------------------------------------------------- what it says


def _fields(sheet: Sheet, leading: float, first_y: float) -> list[TitleField]:
    """Neighbouring lines of one name are one field; so are all of a name but credits and their authors."""
    center = _center(sheet)
    rows: list[TitleRow] = []
    texts: list[Text] = []
    full = _prose_rows(sheet, leading)
    for pieces, place in _columns(sheet, center, full):
        for group in _groups(pieces, leading):
            lines = _turned(group, None if place == "middle" else _width(sheet, place))
            for number, (text, row) in enumerate(lines):
                line = round((row.y - first_y) / leading) + 1
                rows.append(TitleRow(words(text), place, not number, line, is_prose=id(row) in full))
                texts.append(text)
    fields: list[tuple[str, list[Text]]] = []
    for part in parts(rows):
        style = Style.BOLD | Style.UNDERLINE if part.name == "Title" else NO_STYLE
        runs = [one for one in texts[part.row] if isinstance(one, Run)]
        words_of_part = _without_usual(cut(runs, part.start, part.end), style)
        _lines_of(fields, part.name).append(words_of_part)
    return [TitleField(name=name, lines=tuple(lines)) for name, lines in fields]


def _lines_of(fields: list[tuple[str, list[Text]]], name: str) -> list[Text]:
    """The lines of the field of this name. Each credit and its authors stay together."""
    known = fields[-1:] if name in ("Credit", "Author") else fields
    for other, lines in known:
        if other == name:
            return lines
    fields.append((name, []))
    return fields[-1][1]


def _columns(
    sheet: Sheet, center: float | None, full: set[int]
) -> Iterator[tuple[list[tuple[Piece, PlacedRow]], Place]]:
    """The pieces down the middle, at the right and at the left, each from top to bottom."""
    columns: dict[Place, list[tuple[Piece, PlacedRow]]] = {"middle": [], "right": [], "left": []}
    for row in sheet.rows:
        for piece in row.pieces:
            is_in_middle = id(row) in full or _is_centered(piece, sheet)
            is_in_middle |= center is not None and abs(piece.middle - center) <= 6
            columns["middle" if is_in_middle else "left" if piece.x < sheet.width / 2 else "right"].append((piece, row))
    for place, pieces in columns.items():
        yield pieces, place


_FARTHEST_CENTER = 40.0  # points: pages bound at one side


def _center(sheet: Sheet) -> float | None:
    """The axis on which lines of several lengths stand, where it is not the paper's."""
    shapes: dict[int, set[int]] = {}
    for row in sheet.rows:
        if len(row.pieces) == 1 and abs(row.first.middle - sheet.width / 2) <= _FARTHEST_CENTER:
            shapes.setdefault(round(row.first.middle / 8), set()).add(round(row.first.x / 4))
    counts = {axis: len(lefts | shapes.get(axis + 1, set())) for axis, lefts in shapes.items()}
    axis = max(counts, key=lambda one: counts[one], default=0)
    if counts.get(axis, 0) < 3:
        return None
    near = [row.first.middle for row in sheet.rows if len(row.pieces) == 1 and -4 <= row.first.middle - 8 * axis <= 12]
    return median(near)


def _prose_rows(sheet: Sheet, leading: float) -> set[int]:
    """The identities of the rows that a paragraph fills."""
    texts = [row.first.text if len(row.pieces) == 1 else "" for row in sheet.rows]
    blanks = [1] + [max(0, round((below.y - above.y) / leading) - 1) for above, below in pairwise(sheet.rows)]
    return {id(sheet.rows[place]) for place in prose(texts, blanks)}


def _width(sheet: Sheet, place: Place) -> float:
    """How far lines at the foot reach, at the left and at the right."""
    edge = _right(sheet)
    middle = edge / 2
    return middle - INCH if place == "left" else edge - middle - INCH / 2


def _groups(pieces: Sequence[tuple[Piece, PlacedRow]], leading: float) -> list[list[tuple[Piece, PlacedRow]]]:
    """Lines without a blank one between them."""
    groups: list[list[tuple[Piece, PlacedRow]]] = []
    for piece, row in pieces:
        if not groups or row.y - groups[-1][-1][1].y > 1.5 * leading:
            groups.append([])
        groups[-1].append((piece, row))
    return groups


def _turned(pieces: Sequence[tuple[Piece, PlacedRow]], width: float | None) -> list[tuple[Text, PlacedRow]]:
    """The lines of a group; those at the foot that only turned are joined. Names and addresses begin with a capital."""
    if width is None:
        return [(piece.runs, row) for piece, row in pieces]
    columns = int((width - 0.2) / 7)
    lines: list[tuple[Text, PlacedRow]] = []
    above: Piece | None = None
    for piece, row in pieces:
        goes_on = piece.text[0].islower() and "@" not in piece.text
        blank = "\n" if above is None or not goes_on else joint(above.text, above.length, piece.text, columns)
        if blank == "\n":
            lines.append((piece.runs, row))
        else:
            between = (Run(text=blank),) if blank else ()
            lines[-1] = ((*lines[-1][0], *between, *piece.runs), row)
        above = piece
    return lines


def _without_usual(runs: Sequence[Run], usual: Style = NO_STYLE) -> Text:
    return tuple(Run(text=run.text, style=run.style & ~usual) for run in runs)
