"""A paragraph as it stands on pages: its column, its rows, and whether it is a scene heading."""

from __future__ import annotations

import re
from enum import Enum

from converter.records import dataclass, field
from converter.recovery.pages.heading_words import has_intro_after, reads_as_heading
from converter.recovery.pages.measures import Measures
from converter.recovery.pages.placed import Piece
from converter.terms import is_capitals
from converter.tree import Position, Style


class Slot(Enum):
    """The column in which a paragraph stands."""

    MARGIN = "margin"  # the left margin of the text: action, headings
    CUE = "cue"
    DIALOGUE = "dialogue"
    BRACKET = "bracket"
    RIGHT_STOP = "right stop"  # where transitions end
    RIGHT = "right"
    CENTER = "center"
    ELSEWHERE = "elsewhere"


_LOOK_BACK = 80  # rows
SPOKEN = (Slot.CUE, Slot.DIALOGUE, Slot.BRACKET)


@dataclass(slots=True)
class ParagraphRow:
    """One row of a paragraph. `before`: what stood between it and the row above: line breaks, a blank, or nothing."""

    piece: Piece
    before: str
    page: int
    mark: str | None
    starts_page: bool = False


@dataclass(slots=True)
class PlacedParagraph:
    """A paragraph: `blank` lines above it, `top` when it is the first of its page."""

    slot: Slot
    rows: list[ParagraphRow]
    blank: int
    top: bool
    at: Position
    numbers: list[str] = field(default_factory=list)
    side: int = 0
    pair: int = 0  # which dual dialogue it is in, from 1
    alone: bool = False  # begins a page without going on with what was said on the page before
    guess: str | None = None

    @property
    def text(self) -> str:
        return "".join(part for one in self.rows for part in (one.before, one.piece.text))

    @property
    def end(self) -> str:
        """The text of the last rows: no paragraph needs more to tell whether it goes on."""
        return "".join(part for one in self.rows[-_LOOK_BACK:] for part in (one.before, one.piece.text))

    @property
    def is_italic(self) -> bool:
        return all(is_italic(one.piece) for one in self.rows)

    @property
    def is_underlined(self) -> bool:
        return all(Style.UNDERLINE in run.style or not run.text.strip() for one in self.rows for run in one.piece.runs)


def is_italic(piece: Piece) -> bool:
    return all(Style.ITALIC in run.style or run.text == " " for run in piece.runs)


_OMITTED = re.compile(r"\W*(?:OMITTED|OMIT)\W*")


def is_heading(paragraph: PlacedParagraph, measures: Measures) -> bool:
    """A scene heading: its words, its number, its style, or the room above it say so."""
    text = paragraph.text
    if paragraph.slot is not Slot.MARGIN:
        return False
    if has_intro_after(text):
        return True
    if not is_capitals(text):
        return False
    if reads_as_heading(text) or _OMITTED.fullmatch(text):
        return True
    if paragraph.numbers and not SHOT.match(text):
        return True
    return _has_room_above(paragraph, measures) or _is_set_as_heading(paragraph, measures.heading_style)


def _has_room_above(paragraph: PlacedParagraph, measures: Measures) -> bool:
    """As much as above the document's headings, where that is more than above action."""
    if paragraph.top or measures.heading_blank < 2:
        return False
    return paragraph.blank >= measures.heading_blank and paragraph.blank % 2 == 0


def _is_set_as_heading(paragraph: PlacedParagraph, style: Style) -> bool:
    """Bold or underlined, where the document's headings are."""
    runs = (run for one in paragraph.rows for run in one.piece.runs)
    return bool(style) and all(style in run.style or run.text == " " for run in runs)


# What a shot begins with: the camera's place or move.
SHOT = re.compile(
    r"C\.U\.|P\.O\.V\.|(?:ANGLE|ANOTHER ANGLE|CLOSE|CLOSER|CLOSEUP|CLOSE-UP|CU|POV|INSERT|BACK TO|WIDE|WIDER|TIGHT|"
    r"REVERSE|AERIAL|TRACKING|MOVING|DOLLY|CRANE|TWO SHOT|MEDIUM|EXTREME|FAVORING|FULL SHOT|ESTABLISHING)\b"
    r"|.{1,40}['’]S (?:POV|P\.O\.V\.)",
)
