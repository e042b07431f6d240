"""Text in letters that have no capitals, set in letters that have: names and headings are known by their capitals.

One letter always becomes the same one, so that names stay known. The words of the result are those of the source.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.lines import has_wide
from converter.recovery.lines.rows import TypedRow
from converter.terms import HEADING_INTRO, has_lower, has_upper, split_cue

_SAMPLE = 400  # rows
_ENDS = tuple(".!?…,:;。、！？：；」』।॥،؛؟۔።፣")
_LONGEST_NAME, _LONGEST_WIDE_NAME, _MOST_WORDS = 24, 8, 4


def set_in_cases(rows: Sequence[TypedRow]) -> bool:
    """Names and headings in capitals, all else in small letters; False, and nothing done, where letters have cases."""
    sample = [row for row in rows[:_SAMPLE] if any(map(str.isalpha, row.text))]
    without = [row for row in sample if _is_caseless(row.text)]
    if 2 * len(without) <= len(sample) or any(row.words and row.words != row.text for row in sample):
        return False
    for place, row in enumerate(rows):
        if _is_caseless(row.text):
            below = rows[place + 1] if place + 1 < len(rows) else None
            is_large = row.made is not None or _is_name(row, below)
            row.text = _with_case(row.text, ord("A" if is_large else "a"))
    return True


def is_small(text: str) -> bool:
    """No name, no heading and no transition."""
    return not has_upper(text)


def is_sentence(text: str) -> bool:
    """In small letters, with a mark at its end."""
    return is_small(text) and text[-1] in ".!?"


def _is_caseless(text: str) -> bool:
    """Its letters have no cases, but for a foreign word among them."""
    if HEADING_INTRO.match(text):
        return False
    return not (has_lower(text) or has_upper(text)) or sum(map(_has_no_case, text)) * 2 > len(text)


def _has_no_case(char: str) -> bool:
    return char.isalpha() and char.upper() == char.lower()


def _is_name(row: TypedRow, below: TypedRow | None) -> bool:
    """Short, no sentence, with an empty line above and words right below."""
    name = split_cue(row.text).name
    longest = _LONGEST_WIDE_NAME if has_wide(name) else _LONGEST_NAME
    if below is None or below.blank or not row.blank and row.start or not name:
        return False
    return (
        len(name) <= longest and len(name.split()) <= _MOST_WORDS and name[-1] not in _ENDS and name[0] not in "([「『"
    )


def _with_case(text: str, first: int) -> str:
    return "".join(chr(first + ord(char) % 26) if _has_no_case(char) else _MARKS.get(char, char) for char in text)


_MARKS = {"。": ".", "！": "!", "？": "?", "…": ".", "।": ".", "॥": ".", "؟": "?", "۔": ".", "።": "."}
