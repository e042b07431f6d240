"""Paragraphs of other people's documents: by the name of their style, then by position and words.

Every guess is reported. The edges are learned from the document itself: where its scene headings begin, its short lines
in capitals, and what follows these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import field, replace
from itertools import pairwise, zip_longest
from typing import Any, TypeAlias

from converter.contract import Diagnostic, Kind, Report
from converter.notation import docx as notation
from converter.readers.docx.assemble import Item, Line, Loose, Pair
from converter.readers.docx.names import Named
from converter.records import dataclass
from converter.terms import CONTINUED, HEADING_INTRO, has_lower, has_upper, split_cue
from converter.tree import (
    Action,
    Align,
    Boneyard,
    Character,
    Dialogue,
    Inline,
    LineBreak,
    Lyric,
    Note,
    PageMark,
    Paragraph,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Shot,
    Style,
    Text,
    TitleField,
    Transition,
    words,
)


@dataclass(slots=True, kw_only=True)
class Foreign:
    """A paragraph whose style is none of ours. Measures in twips from the paper's left edge."""

    text: Text
    named: Named | None
    left: int
    align: Align | None
    before: int
    after: int
    breaks: int
    break_behind: bool
    number: str | None
    at: Position | None
    # Worked out here:
    said: str = ""  # the words without blanks at their ends
    gap: bool = True  # is there room above?
    goes_on: bool = False  # with the speech that a page cut
    kind: type[Paragraph] | None = None
    more: list[Inline] = field(default_factory=list)  # of the lines that were joined to it


@dataclass(slots=True, kw_only=True)
class ForeignRow:
    """A row of a table."""

    cells: list[list[Foreign]]


Stuff: TypeAlias = Item | Foreign | ForeignRow


@dataclass(slots=True)
class Guessed:
    """The body's items, and the title page if there seems to be one."""

    items: list[Item] = field(default_factory=list)
    title: tuple[TitleField, ...] = ()


def recognise(stuff: list[Stuff], report: Report, *, may_have_title: bool) -> Guessed:
    """Everything as items of the body, in order."""
    guesser = _Guesser(report)
    result = Guessed()
    foreign = [one for one in stuff if isinstance(one, Foreign)]
    title = guesser.title_page(foreign) if may_have_title else set()
    result.title = guesser.title_fields([one for one in foreign if id(one) in title])
    rest = [one for one in stuff if id(one) not in title]
    result.items = list(guesser.items(rest))
    return result


# ---------------------------------------------------------------- words that tell

_TRANSITION = re.compile(r"(?:[^a-z]{0,40}\bTO:|FADE (?:IN|OUT|UP)\b.{0,20}|(?:SMASH |MATCH |JUMP )?CUTS?\b.{0,12}:)")
# German, French, Polish, Russian and Greek; the rest of Europe writes INT. and EXT.
_FURTHER_INTRO = re.compile(
    r"(?:INNEN|AUSSEN|AU\u00dfEN|INT|EXT|INT\u00c9RIEUR|EXT\u00c9RIEUR|WN|PL|WN\u0118TRZE|PLENER"
    r"|\u0418\u041d\u0422|\u041d\u0410\u0422|\u042d\u041a\u0421\u0422|\u0395\u03a3\u03a9\u03a4|\u0395\u039e\u03a9\u03a4)\b"
    r"\s?[./\-\u2013]",
    re.IGNORECASE,
)
_SHOT = re.compile(r"(?:INSERT|CLOSE ON|CLOSE-?UP|CLOSER ON|ANGLE ON|WIDE ON|REVERSE ANGLE|BACK TO)\b[^a-z]{0,60}")
_OMITTED = re.compile(r"OMIT(?:TED)?")
_NUMBER = r"[A-Z]{0,2}[0-9]{1,4}(?:-?[A-Z0-9]{1,3})?\.?"
_LEFT_NUMBER = re.compile(rf"(?P<number>{_NUMBER})(?:\t|[ ]{{1,40}})[\t ]{{0,40}}(?=\S)")
_MORE = re.compile(r"\(\s?MORE\s?\)", re.IGNORECASE)
_CONTINUED = re.compile(
    rf"(?:{_NUMBER}\s{{1,40}})?(?:\(CONTINUED\)|CONTINUED:?(?:\s?\([0-9]{{1,3}}\))?)(?:\s{{1,40}}{_NUMBER})?"
)
_PAGE_NUMBER = re.compile(r"[A-Z]?[0-9]{1,3}[A-Z]?(?P<stop>\.)?")
_LONGEST_CUE = 38
_TENTH = 144  # of an inch


def _is_upper(said: str) -> bool:
    return has_upper(said) and not has_lower(said)


def _is_heading(said: str) -> bool:
    intro = HEADING_INTRO.match(said) or _FURTHER_INTRO.match(said)
    return (
        intro is not None
        and len(said) < 120
        and not has_lower(intro[0])
        and not (said[-1:] in ".!?" and has_lower(said))
    )


def _is_cue(said: str) -> bool:
    name = split_cue(said).name
    return len(said) <= _LONGEST_CUE and _is_upper(name) and name[-1:] not in ".!?:-" and not _is_heading(said)


def _unnumbered(said: str) -> str:
    """Without a scene number in front, and behind where the same stands there."""
    found = _LEFT_NUMBER.match(said)
    if found is None:
        return said
    rest = said[found.end() :]
    tail = rest.removesuffix(found["number"])
    return tail.rstrip() if tail != rest and tail[-1:] in {" ", "\t"} else rest


def _is_bracketed(said: str) -> bool:
    return said.startswith("(") and said.endswith(")")


_CALLED = {
    SceneHeading: "a scene heading",
    Character: "a character's name",
    Dialogue: "dialogue",
    Parenthetical: "a parenthetical",
    Transition: "a transition",
    Shot: "a shot",
}
_IN_CAPITALS = (SceneHeading, Character, Transition, Shot)
_SPOKEN = (Character, Parenthetical, Dialogue, Lyric)


class _Guesser:
    def __init__(self, report: Report):
        self._report = report

    def _guess(self, code: str, message: str, at: Position | None) -> None:
        self._report(Diagnostic(Kind.GUESS, code, message, at))

    def items(self, stuff: list[Stuff]) -> Iterator[Item]:
        lines = [one for one in stuff if isinstance(one, Foreign)]
        for one in lines:
            _trim(one)
        _find_gaps(lines)
        kept = self._without_furniture(lines)
        self._classify(kept)
        joined = self._joined(kept)
        for item in stuff:
            if isinstance(item, ForeignRow):
                yield from self._row(item)
            elif not isinstance(item, Foreign):
                yield item
            elif id(item) in joined:
                yield _line(item)
            else:
                yield from _leftover(item)

    # ---------------------------------------------------------------- page furniture

    def _without_furniture(self, lines: list[Foreign]) -> list[Foreign]:
        """Without (MORE), CONTINUED, page numbers and the names repeated behind a page break."""
        kept: list[Foreign] = []
        cut = False  # (MORE) was the last line that is no furniture
        for one in lines:
            if not one.said:
                if not cut:
                    kept.append(one)
                continue
            what = _furniture(one)
            if what:
                self._guess(
                    "docx.dropped-furniture", f"Left out {one.said!r}, which looks like {what} of the page.", one.at
                )
                cut = cut or what == "a mark"
                one.said = ""
                continue
            if cut and _is_cue(one.said) and CONTINUED.search(one.said):
                self._guess("docx.dropped-furniture", f"Took {one.said!r} for the name repeated on a page.", one.at)
                one.said = ""
                continue
            if cut:
                one.gap, one.goes_on, cut = False, True, False
            kept.append(one)
        return kept

    # ---------------------------------------------------------------- kinds

    def _classify(self, lines: list[Foreign]) -> None:
        lines = [one for one in lines if one.said]
        edges = _Edges(lines)
        before: Foreign | None = None
        for place, one in enumerate(lines):
            following = lines[place + 1] if place + 1 < len(lines) else None
            if one.named is not None and not one.named.weak and one.named.kind is not None:
                one.kind = one.named.kind
                if one.named.centered:
                    one.align = Align.CENTER
            else:
                one.kind = self._kind(one, before, following, edges)
                if one.kind is not Action:
                    self._guess("docx.guessed-element", f"Took {one.said[:60]!r} for {_called(one.kind)}.", one.at)
            if one.kind is SceneHeading and one.number is None:
                self._take_number(one)
            before = one

    def _kind(self, one: Foreign, before: Foreign | None, following: Foreign | None, edges: _Edges) -> type[Paragraph]:
        said = one.said
        speaking = before is not None and before.kind in _SPOKEN
        if _is_heading(_unnumbered(said)) or _OMITTED.fullmatch(_unnumbered(said)):
            return SceneHeading
        if _SHOT.fullmatch(said) and not edges.is_cue_edge(one):
            return Shot
        if _is_upper(said) and (_TRANSITION.fullmatch(said) or one.align is Align.RIGHT or edges.is_transition(one)):
            return Transition
        if speaking and _is_bracketed(said) and (not one.gap or edges.speech is not None and not edges.is_action(one)):
            return Parenthetical
        if _is_cue(said) and edges.is_cue(one) and _speaks(following, edges):
            return Character
        if before is not None and before.kind in _SPOKEN and edges.is_dialogue(one, before):
            return Dialogue
        if one.named is not None and one.named.kind is SceneHeading and one.named.weak and _is_upper(said):
            return SceneHeading
        return Action

    def _take_number(self, one: Foreign) -> None:
        """A number in front of a heading, which is often repeated behind it."""
        found = _LEFT_NUMBER.match(one.said)
        if found is None:
            return
        start, end = found.end(), found.end() + len(_unnumbered(one.said))
        self._guess("docx.guessed-number", f"Took {found['number']!r} for the number of this scene.", one.at)
        one.number = found["number"].removesuffix(".")
        one.text, one.said = _cut(one.text, start, end), one.said[start:end]

    # ---------------------------------------------------------------- pasted lines

    def _joined(self, lines: list[Foreign]) -> set[int]:
        """Which lines stay: one that only goes on where the line before it was full joins that one."""
        widths = _widths(lines)
        stay: set[int] = set()
        last: Foreign | None = None
        for one in lines:
            if not one.said and not one.breaks:
                continue
            if last is not None and last.kind is not None and _goes_on(last, one, widths):
                self._guess("docx.joined-lines", f"Joined {one.said[:40]!r} to the line before it.", one.at)
                last.more += (Run(text=" "), *one.text)
                last.said = one.said  # what the next line is measured against
                continue
            if one.said:
                stay.add(id(one))
                last = one
        return stay

    # ---------------------------------------------------------------- tables

    def _row(self, row: ForeignRow) -> Iterator[Item]:
        """Two columns that both begin with a name are a dual dialogue; other cells are read one after another."""
        for cell in row.cells:
            for one in cell:
                _trim(one)
        filled = [[one for one in cell if one.said] for cell in row.cells]
        if len(filled) == 2 and all(len(cell) > 1 and _begins_speech(cell[0]) for cell in filled):
            self._guess("docx.guessed-dual", "Took these two columns for a dual dialogue.", filled[0][0].at)
            left, right = (tuple(_spoken(cell)) for cell in filled)
            yield Pair(left=left, right=right)
            return
        lines = [one for cell in row.cells for one in cell]
        yield from self.items(list(lines))

    # ---------------------------------------------------------------- title page

    def title_page(self, lines: list[Foreign]) -> set[int]:
        """The lines before the first page break, if they look like a title page and no scene begins among them."""
        page, ended = _first_page(lines)
        said = [(one, words(one.text)) for one in page]
        filled = [(one, text.strip()) for one, text in said if text.strip()]
        if not filled or len(filled) > _LONGEST_TITLE or any(one.named and _is_script(one.named) for one, _ in filled):
            return set()
        if any(one.named is not None and one.named.field for one, _ in filled):
            return {id(one) for one in page}
        centered = [one for one, text in said if text.strip() and _is_centered(one, text)]
        credited = any(_CREDIT.fullmatch(text) for _, text in filled)
        return {id(one) for one in page} if centered and (ended or credited) else set()

    def title_fields(self, page: list[Foreign]) -> tuple[TitleField, ...]:
        if not page:
            return ()
        message = "Took what stands before the first page break for the title page."
        self._guess("docx.guessed-title-page", message, page[0].at)
        found: dict[str, list[Text]] = {}
        for one in page:
            _trim(one)
            if one.said:
                name = one.named.field if one.named and one.named.field else _field(one, found)
                found.setdefault(name, []).append(one.text)
        return tuple(TitleField(name=name, lines=tuple(lines)) for name, lines in found.items())


_CREDIT = re.compile(
    r"(?:.{0,40}\b)?(?:by|von|par|de|di)\s*:?|(?:written|screenplay|teleplay|story|drehbuch|scénario|guion)\b.{0,40}",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:based (?:up)?on|from (?:the|a)|adapted|nach|d'après|basado)\b.{0,200}", re.IGNORECASE)
_DATE = re.compile(
    r".{0,40}(?:\b(?:draft|revis\w{0,6}|version|fassung)\b|\b[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}\b"
    r"|\b(?:19|20)[0-9]{2}\b).{0,40}",
    re.IGNORECASE,
)


_LONGEST_TITLE = 40  # lines


def _first_page(lines: list[Foreign]) -> tuple[list[Foreign], bool]:
    """The paragraphs before the script: up to a page break (True), or up to a scene or FADE IN."""
    page: list[Foreign] = []
    for one in lines:
        said = words(one.text).strip()
        if page and one.breaks:
            return page, True
        if _is_heading(_unnumbered(said)) or _is_upper(said) and _TRANSITION.fullmatch(said):
            return page, False
        page.append(one)
        if one.break_behind:
            return page, True
        if len(page) > 2 * _LONGEST_TITLE:
            break
    return [], False


def _is_centered(one: Foreign, text: str) -> bool:
    blanks = len(text) - len(text.lstrip())
    return one.align is Align.CENTER or one.left + blanks * _TENTH > 3 * notation.INCH


def _field(one: Foreign, found: dict[str, list[Text]]) -> str:
    centered = one.align is Align.CENTER or one.align is None and one.left > 3 * notation.INCH
    if "Title" not in found:
        return "Title"
    if "Author" not in found and _CREDIT.fullmatch(one.said):
        return "Credit"
    if _SOURCE.fullmatch(one.said):
        return "Source"
    if _DATE.fullmatch(one.said) and not (centered and "Author" not in found):
        return "Draft date"
    if centered and "Contact" not in found:
        return "Author" if "Credit" in found else "Title"
    return "Contact"


def _is_script(named: Named) -> bool:
    return named.kind in (SceneHeading, Character, Dialogue, Parenthetical, Transition) and not named.weak


# ---------------------------------------------------------------- edges


class _Edges:
    """Where the elements of this document begin, in tenths of an inch; None where nothing tells."""

    def __init__(self, lines: list[Foreign]):
        actions: Counter[int] = Counter()
        cues: Counter[int] = Counter()
        speeches: Counter[int] = Counter()
        for one, following in zip_longest(lines, lines[1:]):
            unnumbered = _unnumbered(one.said)
            if _is_heading(unnumbered):
                if unnumbered == one.said:
                    actions[_edge(one)] += 1
            elif _is_cue(one.said) and following is not None and not following.gap and not _is_upper(following.said):
                cues[_edge(one)] += 1
                if not _is_bracketed(following.said):
                    speeches[_edge(following)] += 1
        self.action = _commonest(actions)
        self.cue = _commonest(cues)
        self.speech = _commonest(speeches)
        self._separated = any(one.gap for one in lines[1:]) and any(not one.gap for one in lines[1:])
        if self.speech is not None and (self.action is None or abs(self.speech - self.action) < 3):
            self.speech = None  # all at one edge: only words and gaps can tell
            if self.cue is not None and self.action is not None and self.cue - self.action < 3:
                self.cue = None

    def is_action(self, one: Foreign) -> bool:
        return self.action is not None and abs(_edge(one) - self.action) <= 2

    def is_cue(self, one: Foreign) -> bool:
        if one.align is Align.CENTER:
            return True
        if self.cue is None:
            return one.gap or not self._separated
        return self.is_cue_edge(one)

    def is_dialogue(self, one: Foreign, before: Foreign) -> bool:
        if self.speech is not None:
            return abs(_edge(one) - self.speech) <= 3
        if self._separated:
            return not one.gap
        return before.kind in (Character, Parenthetical)

    def is_cue_edge(self, one: Foreign) -> bool:
        return self.cue is not None and abs(_edge(one) - self.cue) <= 4

    def is_transition(self, one: Foreign) -> bool:
        behind_cues = self.cue is not None and _edge(one) - self.cue >= 10
        return one.left > 5 * notation.INCH and (behind_cues or one.said.endswith(":"))


def _edge(one: Foreign) -> int:
    return round(one.left / _TENTH)


def _commonest(counts: Counter[int]) -> int | None:
    return counts.most_common(1)[0][0] if counts else None


def _speaks(following: Foreign | None, edges: _Edges) -> bool:
    """Can this be the first line of a speech?"""
    if following is None or _is_heading(following.said):
        return False
    if edges.speech is not None:
        return not edges.is_action(following)
    return not following.gap or _is_bracketed(following.said)


# ---------------------------------------------------------------- lines


def _trim(one: Foreign) -> None:
    """Blanks in front of the words count for the position, those behind for nothing; so do marks of revised lines."""
    text = words(one.text)
    start = len(text) - len(text.lstrip(" \t\u00a0"))
    end = len(text.rstrip())
    if text[start:end].endswith("*") and text[start:end].rstrip("*")[-2:] in {"  ", "\t ", " \t"} | {"\t\t"}:
        end = start + len(text[start:end].rstrip("*").rstrip())
    if end <= start:
        start, end = 0, 0
    for char in text[:start]:
        one.left += notation.INCH // 2 - one.left % (notation.INCH // 2) if char == "\t" else _TENTH
    if (start, end) != (0, len(text)):
        one.text = _cut(one.text, start, end)
    one.said = text[start:end].replace("\n", " ")


def _cut(text: Text, start: int, end: int) -> Text:
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


def _find_gaps(lines: list[Foreign]) -> None:
    """Empty paragraphs and more space than anywhere else are room above."""
    filled = [one for one in lines if one.said]
    spaces = [max(before.after, one.before) for before, one in zip(filled, filled[1:], strict=False)]
    least = min(spaces, default=0)
    empty = True
    before: Foreign | None = None
    for one in lines:
        if not one.said:
            empty = True
            continue
        one.gap = empty or before is not None and max(before.after, one.before) > least + 60
        before, empty = one, False


def _furniture(one: Foreign) -> str:
    """What of a printed page this line is."""
    if _MORE.fullmatch(one.said):
        return "a mark"
    if _CONTINUED.fullmatch(one.said):
        return "a mark that a scene goes on, and so part"
    number = _PAGE_NUMBER.fullmatch(one.said)
    if number and (one.align is Align.RIGHT or one.left > 5 * notation.INCH or number["stop"] and one.gap):
        return "the number"
    return ""


def _widths(lines: list[Foreign]) -> dict[type[Paragraph], int]:
    """How long the lines of each kind get, where a document has a paragraph for every line of a page.

    Only lines with another of their kind right below can have been full; a tenth of them may be longer than the rest,
    for a line of two columns or with a number at its end is none of these.
    """
    lengths: dict[type[Paragraph], list[int]] = {}
    for one, following in pairwise(one for one in lines if one.said):
        if one.kind in _NARROWEST and following.kind is one.kind and not following.gap:
            lengths.setdefault(one.kind, []).append(len(one.said))
    if any(len(one.said) > _LONGEST_LINE for one in lines):
        return {}
    widths = {kind: sorted(some)[len(some) * 9 // 10] for kind, some in lengths.items()}
    return {kind: width for kind, width in widths.items() if width >= _NARROWEST[kind]}


# Lines of a printed page are longer than this, or the document has other reasons for its short paragraphs.
_NARROWEST: dict[type[Paragraph], int] = {Action: 40, Dialogue: 20, Parenthetical: 12}
_LONGEST_LINE = 100


def _goes_on(last: Foreign, one: Foreign, widths: dict[type[Paragraph], int]) -> bool:
    if one.goes_on and last.kind is one.kind:
        return True
    if one.gap or one.breaks or last.kind is not one.kind or one.kind not in widths:
        return False
    if abs(_edge(last) - _edge(one)) > 1:
        return False
    first_word = one.said.split(" ", 1)[0]
    return len(last.said) + 1 + len(first_word) >= widths[one.kind]


def _begins_speech(one: Foreign) -> bool:
    return one.named is not None and one.named.kind is Character or _is_cue(one.said)


def _spoken(cell: list[Foreign]) -> Iterator[Line]:
    for place, one in enumerate(cell):
        one.kind = Character if not place else Parenthetical if _is_bracketed(one.said) else Dialogue
        yield _line(one)


def _line(one: Foreign) -> Line:
    kind = one.kind or Action
    text = (*one.text, *one.more)
    if kind in _IN_CAPITALS:
        text = _without_capitals(text)
    said: dict[str, Any] = {"text": text, "number": one.number, "at": one.at}
    if one.align in (Align.CENTER, Align.RIGHT) and kind not in (Transition, Character):
        said["align"] = one.align
    return Line(paragraph=kind(**said), breaks=one.breaks)


def _without_capitals(text: Text) -> Text:
    """Capitals that the element has anyway."""
    return tuple(
        replace(one, style=one.style & ~Style.ALL_CAPS) if isinstance(one, Run) and Style.ALL_CAPS in one.style else one
        for one in text
    )


def _leftover(one: Foreign) -> Iterator[Item]:
    """What an empty or dropped line carries besides words."""
    markers = tuple(inline for inline in one.text if isinstance(inline, Note | Boneyard | PageMark))
    if markers or one.breaks:
        yield Loose(markers=markers, breaks=one.breaks)


def _called(kind: type[Paragraph]) -> str:
    return _CALLED.get(kind, kind.__name__.lower())
