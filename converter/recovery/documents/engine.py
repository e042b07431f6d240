"""What recovery makes of paragraphs: rows of a typed page, and its findings as words of paragraphs again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import add

from converter.contract import Deadline
from converter.lines import has_wide, is_wide
from converter.records import replace
from converter.recovery.assemble import Unit
from converter.recovery.damage import Damage, detect
from converter.recovery.decoder import roles
from converter.recovery.documents.foreign import Foreign
from converter.recovery.documents.pieces import Found, Piece, is_printed
from converter.recovery.doubts import SMALLEST_LEAD, is_hardly_a_screenplay
from converter.recovery.lines.columns import part_columns
from converter.recovery.lines.rows import TypedRow, TypedText
from converter.recovery.lines.script import TypedScript
from converter.recovery.manner import Manner
from converter.recovery.proof import Span
from converter.tree import (
    Action,
    CastList,
    Character,
    Dialogue,
    EndOfAct,
    General,
    Lyric,
    NewAct,
    Paragraph,
    Parenthetical,
    Position,
    SceneHeading,
    Section,
    Shot,
    Synopsis,
    Transition,
)

KINDS: dict[int, type[Paragraph]] = {
    roles.NUMBER: Action,
    roles.HEADING: SceneHeading,
    roles.ACTION: Action,
    roles.CUE: Character,
    roles.PARENTHETICAL: Parenthetical,
    roles.DIALOGUE: Dialogue,
    roles.TRANSITION: Transition,
}

# What a style says, as recovery calls it; other elements stand in the text like action.
_ROLES: dict[type[Paragraph] | None, int] = {
    **{kind: role for role, kind in KINDS.items()},
    Action: roles.ACTION,
    General: roles.ACTION,
    Shot: roles.HEADING,
    NewAct: roles.HEADING,
    EndOfAct: roles.HEADING,
    CastList: roles.ACTION,
    Lyric: roles.DIALOGUE,
    Section: roles.HEADING,
    Synopsis: roles.ACTION,
}


def find(lines: Sequence[Foreign], deadline: Deadline, manner: Manner) -> Found:
    """What each line with words is. Lines of a printed page are joined to paragraphs."""
    joins = is_printed(lines)
    picture = _Picture(lines, joins)
    damage = _damage(picture.sheet.rows)
    sheet = picture.sheet if damage == "indented" else replace(picture.sheet, rows=part_columns(picture.sheet.rows))
    typed = TypedScript(sheet, damage, deadline=deadline, manner=manner)
    doubts = _doubts(typed)
    pieces: list[Piece] = []
    for unit in typed.units:
        for place, span in enumerate(unit.spans):
            pieces.append(picture.piece(unit, span, bool(place) and joins, doubts))
    title = [(one.name, picture.line_at(one.span[0])) for one in typed.title]
    known = {piece.line for piece in pieces} | {line for _, line in title}
    dropped = {
        line: _FURNITURE[row.furniture]
        for line, row in zip(picture.places, picture.sheet.rows, strict=True)
        if line not in known
    }
    return Found(
        pieces,
        dropped,
        title,
        typed.manner != "printed" or not is_hardly_a_screenplay(typed.units, caseless=picture.is_caseless),
        damage == "indented",
        typed.manner,
    )


_FURNITURE = {
    "": "the name repeated on a page",
    "page": "the number of a page",
    "header": "the header of a page",
    "more": "a mark of the page",
    "continued": "a mark that a scene goes on, and so part of the page",
    "number": "a number beside the lines",
}


def _doubts(typed: TypedScript) -> dict[int, type[Paragraph]]:
    """Where a row begins -> the runner-up of a close decision."""
    if typed.manner != "printed":
        return {}
    return {
        row.start: KINDS[runner_up]
        for row, role, (lead, runner_up) in zip(typed.rows, typed.roles, typed.margins, strict=True)
        if lead < SMALLEST_LEAD and runner_up >= 0 and KINDS[runner_up] is not KINDS[role]
    }


class _Picture:
    """The lines as rows, and the way back."""

    def __init__(self, lines: Sequence[Foreign], printed: bool):
        self.places = [place for place, one in enumerate(lines) if one.said]
        typed, self._letters = [], []
        for place in self.places:
            text, letters = _without_tabs(lines[place].said)
            typed.append(text)
            self._letters.append(letters)
        texts = list(map(_cased, typed))
        self.is_caseless = 2 * sum(map(has_wide, typed)) > len(typed)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]
        left = min((lines[place].column for place in self.places), default=0)
        turns = [one.breaks for one in lines], [0, *(one.break_behind for one in lines)]
        pages = list(accumulate(map(add, *turns)))
        rows = [
            TypedRow(
                text,
                start,
                lines[place].column - left,
                lines[place].blank,
                pages[place],
                lines[place].at or Position(),
                words=words,
                whole=not printed,
                tied=lines[place].tied,
                align=lines[place].align,
                level=lines[place].level,
                lead=lines[place].lead,
                is_bold=lines[place].is_bold,
                role=_ROLES.get(lines[place].kind),
            )
            for place, text, words, start in zip(self.places, texts, typed, self._starts, strict=False)
        ]
        self.sheet = TypedText("\n".join(texts), rows)

    def line_at(self, offset: int) -> int:
        return self.places[self._row_at(offset)]

    def _row_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def piece(self, unit: Unit, span: Span, joins: bool, doubts: dict[int, type[Paragraph]]) -> Piece:
        row = self._row_at(span[0])
        letters, start = self._letters[row], self._starts[row]
        first, end = span[0] - start, span[1] - start
        return Piece(
            self.places[row],
            letters[first] if letters else first,
            letters[end] if letters else end,
            unit.made or KINDS[unit.role],
            joins,
            unit.number if span == unit.spans[0] else "",
            unit.side,
            doubts.get(span[0]),
            unit.made is not None,
        )


def _cased(text: str) -> str:
    """A line in letters that have no capitals, in letters that do: sentences small, names and headings in capitals.

    Recovery tells elements by their capitals. One letter always becomes the same one, so that names stay known.
    """
    if not has_wide(text):
        return text
    first = ord("a" if any(mark in _SENTENCE_MARKS for mark in text) else "A")
    return "".join(
        _NARROW.get(char, chr(first + ord(char) % 26) if char.isalpha() and is_wide(char) else char) for char in text
    )


_SENTENCE_MARKS = "。、！？…「」"
_NARROW = {"（": "(", "）": ")", "。": ".", "、": ",", "！": "!", "？": "?", "…": ".", "　": " "}
_TAB = 5  # cells


def _without_tabs(text: str) -> tuple[str, list[int]]:
    """The text with blanks for its tabs, and which letter of it each of the result was; none if that is the same."""
    if "\t" not in text:
        return text, []
    pieces: list[str] = []
    letters: list[int] = []
    for place, char in enumerate(text):
        # Two cells at least, and more than between words: a tab parts columns.
        count = _TAB + _TAB - len(letters) % _TAB if char == "\t" else 1
        pieces.append(" " * count if char == "\t" else char)
        letters += [place] * count
    return "".join(pieces), [*letters, len(text)]


def _damage(rows: Sequence[TypedRow]) -> Damage:
    """What of a typed page these rows still have."""
    picture = (line for row in rows for line in (*[""] * row.blank, " " * row.column + row.text[:_SHOWN]))
    damage = detect("\n".join(picture))
    if damage != "flat":
        return damage
    return "unindented" if any(row.blank for row in rows[1:]) else "contiguous"


_SHOWN = 60
