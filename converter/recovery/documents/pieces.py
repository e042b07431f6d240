"""What is found in the lines of a document, and whether they are those of a printed page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.lines import is_wide
from converter.recovery.documents.foreign import Foreign
from converter.recovery.manner import Manner
from converter.terms import has_lower
from converter.tree import Paragraph


class Piece(NamedTuple):
    """Words of one line and what they are taken for."""

    line: int  # which of the lines
    start: int  # in the line's words
    end: int
    kind: type[Paragraph]
    joins: bool = False  # it goes on with the piece before it
    number: str = ""
    side: int = 0  # 1 and 2: left and right column of a dual dialogue
    doubt: type[Paragraph] | None = None  # what it may be as well
    is_sure: bool = False  # because of what it says


class Found(NamedTuple):
    pieces: list[Piece]
    dropped: dict[int, str]  # lines that only the printed page had, and what they are
    title: list[tuple[str, int]]  # field of the title page, line
    is_script: bool
    has_columns: bool
    manner: Manner = "printed"


def is_printed(lines: Sequence[Foreign]) -> bool:
    """Is there a paragraph for every line of a page? Then many begin in the middle of a sentence."""
    turned = ended = 0
    for above, one in pairwise(one for one in lines if one.said):
        if len(one.said) > _LONGEST_LINE:
            return False
        if not _is_below(one, above):
            continue
        if is_wide(one.said[0]):
            turned += above.said[-1] not in _WIDE_ENDS and len(above.said) >= _FEWEST_WIDE
            ended += above.said[-1] in _WIDE_ENDS
        elif has_lower(above.said) and has_lower(one.said):
            turned += one.said[0].islower() and above.said[-1] not in ".!?:"
            ended += not one.said[0].islower()
    return turned >= _FEWEST_TURNED and 4 * turned >= ended


def _is_below(one: Foreign, above: Foreign) -> bool:
    """Does it stand right below, at one edge, and does no style say what it is?"""
    return not (one.blank or one.breaks or abs(above.column - one.column) > 1 or one.kind is not None)


_LONGEST_LINE = 100
_FEWEST_TURNED = 2
_WIDE_ENDS, _FEWEST_WIDE = "。！？」』…”）", 15
