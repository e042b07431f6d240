"""Paragraphs of other people's documents before anybody knows what they are: their words and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from converter.records import dataclass, replace
from converter.recovery.documents.names import Named
from converter.recovery.typed.headings import is_typed_heading
from converter.terms import has_lower, has_upper
from converter.tree import Action, Align, Inline, LineBreak, Paragraph, Position, Run, Style, Text, words
from converter.twips import INCH, LINE

TENTH = 144  # of an inch, a typewriter's cell
_TAB = INCH // 2


@dataclass(slots=True, kw_only=True)
class Foreign:
    """A paragraph whose style is none of ours, or one line of it. Measures in twips, sideways from the paper's edge."""

    text: Text
    named: Named | None
    style: str | None  # its id, None: the document's default
    left: int
    right: int
    tabs: tuple[int, ...]  # stops of its own
    align: Align | None
    before: int
    after: int
    breaks: int
    break_behind: bool
    number: str | None
    capitals: bool  # its style draws them
    at: Position | None
    level: int = 0  # of the outline, 1 the highest
    # Worked out later:
    said: str = ""  # the words as printed, without blanks at their ends
    blank: int = 0  # empty lines above
    known: bool = False  # it is one of ours and only a neighbour
    in_cell: bool = False  # of a table, so no page number
    tied: bool = False  # a typed line break stands before it, and no paragraph ended

    @property
    def kind(self) -> type[Paragraph] | None:
        """What its style's name surely says."""
        return self.named.kind if self.named is not None and not self.named.weak else None

    @property
    def column(self) -> int:
        """Where the words begin, in tenths of an inch."""
        length = len(self.said) * TENTH
        if self.align is Align.CENTER:
            return round(max(self.left, (self.left + self.right - length) / 2) / TENTH)
        if self.align is Align.RIGHT:
            return round(max(self.left, self.right - length) / TENTH)
        return round(self.left / TENTH)

    @property
    def lead(self) -> int:
        """How many letters at the start are bold or underlined; none if all or none are."""
        count = 0
        for inline in self.text:
            if isinstance(inline, Run) and not inline.style & _SET_APART and inline.text.strip():
                return count
            count += len(inline.text) if isinstance(inline, Run) else 0
        return 0

    @property
    def is_bold(self) -> bool:
        runs = [inline for inline in self.text if isinstance(inline, Run) and inline.text.strip()]
        return bool(runs) and all(Style.BOLD in run.style for run in runs)


_SET_APART = Style.BOLD | Style.UNDERLINE


@dataclass(slots=True, kw_only=True)
class ForeignRow:
    """A row of a table."""

    cells: list[list[Foreign]]


def lines_of(one: Foreign) -> Iterator[Foreign]:
    """The paragraph's lines, where typed breaks divide it; a style's name holds for all of it."""
    if one.kind is not None and not _begins_with_heading(one) or LineBreak not in map(type, one.text):
        trim(one)
        yield one
        return
    lines = _typed_lines(one.text)
    for place, line in enumerate(lines):
        first, last = not place, place == len(lines) - 1
        piece = replace(
            one,
            text=tuple(line),
            breaks=one.breaks if first else 0,
            break_behind=one.break_behind and last,
            number=one.number if first else None,
            before=one.before if first else 0,
            after=one.after if last else 0,
            tied=not first,
        )
        trim(piece)
        yield piece


def _begins_with_heading(one: Foreign) -> bool:
    """A style for all that is not spoken, on a paragraph that holds a heading and the action below it."""
    return one.kind is Action and is_typed_heading(words(one.text).partition("\n")[0].strip())


def _typed_lines(text: Text) -> list[list[Inline]]:
    lines: list[list[Inline]] = [[]]
    for inline in text:
        if isinstance(inline, LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return lines


def trim(one: Foreign) -> None:
    """Blanks in front of the words count for the position, those behind for nothing; so do marks of revised lines."""
    text = words(one.text)
    start = len(text) - len(text.lstrip(" \t\u00a0\u3000"))
    end = len(text.rstrip())
    if text[start:end].endswith("*") and text[start:end].rstrip("*")[-2:] in {"  ", "\t ", " \t", "\t\t"}:
        end = start + len(text[start:end].rstrip("*").rstrip())
    if end <= start:
        start, end = 0, 0
    for char in text[:start]:
        one.left = _next_stop(one) if char == "\t" else one.left + TENTH
    if (start, end) != (0, len(text)):
        one.text = cut(one.text, start, end)
    one.said = _printed(one).replace("\n", " ")


def _next_stop(one: Foreign) -> int:
    own = (stop for stop in one.tabs if stop > one.left)
    return min(own, default=one.left + _TAB - one.left % _TAB)


def _printed(one: Foreign) -> str:
    """The words with the capitals that formatting gives them; one letter stays one letter."""
    if not one.capitals and not any(isinstance(run, Run) and Style.ALL_CAPS in run.style for run in one.text):
        return words(one.text)
    return "".join(
        "\n"
        if isinstance(inline, LineBreak)
        else _upper(inline.text)
        if one.capitals or Style.ALL_CAPS in inline.style
        else inline.text
        for inline in one.text
        if isinstance(inline, Run | LineBreak)
    )


def _upper(text: str) -> str:
    upper = text.upper()
    return (
        upper if len(upper) == len(text) else "".join(big if len(big := char.upper()) == 1 else char for char in text)
    )


def cut(text: Text, start: int, end: int) -> Text:
    """The words from start to end; notes and marks stay."""
    kept: list[Inline] = []
    place = 0
    for inline in text:
        match inline:
            case Run(text=said):
                piece = said[max(0, start - place) : max(0, end - place)]
                if piece:
                    kept.append(replace(inline, text=piece))
                place += len(said)
            case LineBreak():
                if start <= place < end:
                    kept.append(inline)
                place += 1
            case _:
                kept.append(inline)
    return tuple(kept)


def _lines_of_space(above: Foreign | None, one: Foreign, least: int) -> int:
    """How many lines the space between two paragraphs is worth, beyond what is between all."""
    more = max(above.after, one.before) - least if above is not None and not one.tied else 0
    return max(1, round(more / LINE)) if more > _NOTICED else 0


def find_blanks(lines: list[Foreign]) -> None:
    """How many empty lines stand above each: empty paragraphs, and more space than there is anywhere."""
    filled = [one for one in lines if one.said]
    least = min((max(above.after, one.before) for above, one in pairwise(filled) if not one.tied), default=0)
    empty = 0
    above: Foreign | None = None
    for one in lines:
        if not one.said:
            empty += 1
            continue
        one.blank = empty + _lines_of_space(above, one, least)
        above, empty = one, 0
    always = _blank_between_name_and_words(filled)
    for one in filled:
        one.blank = max(0, one.blank - always)


_NOTICED = 60  # twips that an eye takes for room between paragraphs


def _blank_between_name_and_words(lines: list[Foreign]) -> int:
    """Empty lines that stand even there are in double space, or a word processor's habit, and say nothing."""
    below = [
        two.blank
        for one, two in pairwise(lines)
        if is_upper(one.said) and len(one.said) < _LONGEST_NAME and one.said[-1] not in ".:!?" and has_lower(two.said)
    ]
    return sorted(below)[len(below) // 2] if len(below) >= _ENOUGH else 0


_LONGEST_NAME, _ENOUGH = 38, 3


def is_upper(said: str) -> bool:
    return has_upper(said) and not has_lower(said)
