"""Text in lines: its rows as the engine sees them."""

from __future__ import annotations

import re
from itertools import pairwise

from converter.patterns import pattern
from converter.records import dataclass, field
from converter.recovery.proof import Span
from converter.terms import SCENE_NUMBER
from converter.tree import Align, Paragraph, Position

TAB_CELLS = 8


@dataclass(slots=True)
class TypedRow:
    """One line that is not blank, without its indentation."""

    text: str  # as tests see it: with narrow brackets; `span` is where the typed words stand
    start: int  # where it begins in the sheet's text
    column: int  # cells from the left edge
    blank: int  # blank lines before it
    page: int  # counts from 0
    at: Position
    number: str = ""  # the scene number that was cut off its ends
    number_spans: list[Span] = field(default_factory=list)
    revised: bool = False  # a mark stood in the margin
    side: int = 0  # 1 and 2: left and right column of a dual dialogue
    furniture: str = ""  # page, header, more, continued, number: not a part of the story
    label: str = ""  # what page a page number names
    tokens: tuple[int, int] = (0, 0)  # its part of the document's Words
    made: type[Paragraph] | None = None  # an act, a scene, a transition or the end by its words
    # What only a word processor tells:
    words: str = ""  # as typed, where `text` is not; letter for letter as long
    whole: bool = False  # a paragraph, and no line that turned
    tied: bool = False  # a typed line break stands before it
    align: Align | None = None
    level: int = 0  # of the writer's outline, 1 the highest
    lead: int = 0  # letters at its start in bold or underlined
    is_bold: bool = False
    role: int | None = None  # what its style says

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.text)


@dataclass(slots=True)
class TypedText:
    """All rows, and the text that their offsets count in: the lines without indentation and blank lines."""

    text: str
    rows: list[TypedRow]


def rows_of_text(text: str) -> TypedText:
    """The rows of a text in lines; a form feed begins a page."""
    rows: list[TypedRow] = []
    texts: list[str] = []
    page = blank = start = 0
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        line = raw.lstrip("\f")
        page += len(raw) - len(line)
        feeds = line.count("\f")
        expanded = line.replace("\f", " ").expandtabs(TAB_CELLS)
        stripped = expanded.strip()
        if stripped:
            column = len(expanded) - len(expanded.lstrip())
            at = Position(line=number, column=len(raw) - len(raw.lstrip()) + 1)
            texts.append(stripped)
            rows.append(TypedRow(stripped.translate(_NARROW), start, column, blank, page, at))
            start += len(stripped) + 1
            blank = 0
        else:
            blank += 1
        page += feeds
    return TypedText("\n".join(texts), rows)


def are_paragraphs(rows: list[TypedRow]) -> bool:
    """Does no line go on in the next one, as in text that wraps on the screen alone?"""
    turned = ended = 0
    widest = max((len(row.text) for row in rows), default=0)
    for above, row in pairwise(rows):
        if not row.blank and row.column == above.column and row.page == above.page:
            goes_on = _is_open(above.text) and (row.text[0].islower() or _is_full(above.text, row.text, widest))
            turned += goes_on
            ended += not goes_on
    return not turned or widest > _WIDEST_TYPED and turned * _RARELY <= ended


def _is_open(text: str) -> bool:
    """A sentence that has not come to its end; names, headings and labels end without a mark."""
    return text[-1] not in _ENDS and len(text) > _SHORT


def _is_full(above: str, below: str, widest: int) -> bool:
    """Of a page; among short lines the longest is full of nothing."""
    width = max(widest, _NARROWEST)
    return len(above) > _NEARLY_FULL * width and len(above) + 1 + len(below.partition(" ")[0]) > width


_NEARLY_FULL, _NARROWEST, _WIDEST_TYPED, _RARELY, _SHORT = 0.75, 55, 100, 20, 20
_ENDS = frozenset(".!?…:\"'”’»“«)]。！？」』।؟")
_NARROW = str.maketrans("（）", "()")  # East Asian programs type brackets as wide as their letters
_LINE_END = pattern("\r\n|[\r\n\x0b\x85\u2028\u2029]")


# ---------------------------------------------------------------- numbers and marks at the ends of a row

_LEFT_NUMBER = pattern(rf"(?P<number>{SCENE_NUMBER}) [.)]? (?P<gap>\s+)", re.VERBOSE)
_RIGHT_NUMBER = pattern(rf"(?P<number>{SCENE_NUMBER}) [.)]? $", re.VERBOSE)
_HEADING_WORD = pattern(r"(?:INT|EXT|I/E|EST|OMIT)(?:TED)?\b", re.IGNORECASE)
WIDE_GAP = 3


def cut_ends(rows: list[TypedRow]) -> None:
    """Cut scene numbers and revision marks off the ends of the rows, where it is clear that they are such."""
    for row in rows:
        _cut_mark(row)
        _cut_numbers(row)


def _cut_mark(row: TypedRow) -> None:
    text = row.text.rstrip("*")
    if text != row.text and text.strip() and text[-1].isspace() and len(row.text) - len(text) < 4:
        row.text, row.revised = text.rstrip(), True
        row.words = row.words[: len(row.text)]


def _cut_numbers(row: TypedRow) -> None:
    text = row.text
    left = _LEFT_NUMBER.match(text)
    last = text.rpartition(" ")[2]
    right = _RIGHT_NUMBER.match(last) if len(last) < len(text) else None
    if left and right and left["number"] == right["number"]:
        _cut(row, left, right)
        if not text[left.end() : len(text) - len(last)].strip():
            row.furniture = "number"
    elif left and _is_numbered(text[left.end() :], len(left["gap"])):
        _cut(row, left, None)
    elif right and _is_numbered_heading(text[: len(text) - len(last)]):
        _cut(row, None, right)


def _is_numbered_heading(words: str) -> bool:
    """A number stands to the right, away from the words."""
    return _HEADING_WORD.match(words) is not None and len(words) - len(words.rstrip()) >= WIDE_GAP


def _is_numbered(rest: str, gap: int) -> bool:
    if _HEADING_WORD.match(rest):
        return True
    return gap >= WIDE_GAP and rest.upper() == rest and len(rest) > 3 or gap > 2 * WIDE_GAP


def _cut(row: TypedRow, left: re.Match[str] | None, right: re.Match[str] | None) -> None:
    text, start = row.text, row.start
    if right:
        place = start + len(text) - len(right.string)
        row.number_spans.insert(0, (place, place + len(right["number"])))
        text = text[: len(text) - len(right.string)].rstrip()
        row.words = row.words[: len(text)]
        row.number = right["number"]
    if left:
        row.number_spans.insert(0, (start, start + len(left["number"])))
        row.start, row.column = start + left.end(), row.column + left.end()
        text, row.words = text[left.end() :], row.words[left.end() :]
        row.number = left["number"]
    row.text = text
