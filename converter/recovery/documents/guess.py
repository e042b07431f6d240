"""Paragraphs of other people's documents: by the name of their style, then by position and words.

Recovery says what a paragraph without a telling name is, as it does for typed pages. What word processors know comes on
top: styles that mean one thing wherever they are used, alignment, tables, page breaks. Every guess is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias, TypeVar, cast

from converter.contract import Deadline, Diagnostic, Kind, Report
from converter.patterns import pattern
from converter.records import dataclass, field
from converter.recovery.documents.assemble import Item, Line, Pair, Removed
from converter.recovery.documents.flow import Stuff, flow_of
from converter.recovery.documents.foreign import Foreign, cut, find_blanks, is_upper
from converter.recovery.documents.front import (
    LEFT_NUMBER,
    NUMBER,
    act,
    is_heading,
    is_shot,
    is_transition,
    title_field,
    title_page,
    unnumbered,
)
from converter.recovery.documents.lines import as_context, called, leftover, line_of
from converter.recovery.documents.pieces import Found, Piece, is_printed
from converter.recovery.documents.places import take_places
from converter.recovery.doubts import NOT_A_SCREENPLAY
from converter.recovery.lines.columns import is_like_name
from converter.recovery.manner import Manner, report_manner
from converter.recovery.pages.wrapped import joint
from converter.recovery.typed.headings import is_typed_heading, is_typed_transition, kind_by_words, title_kind
from converter.terms import has_lower, split_cue, split_heading
from converter.tree import (
    Action,
    Align,
    Character,
    Dialogue,
    General,
    Inline,
    LineBreak,
    Lyric,
    Paragraph,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Shot,
    Text,
    TitleField,
    Transition,
)


@dataclass(slots=True)
class Guessed:
    """The body's items, and the title page if there seems to be one."""

    items: list[Item] = field(default_factory=list)
    title: tuple[TitleField, ...] = ()


def recognise(
    stuff: Sequence[Stuff], format: str, report: Report, deadline: Deadline, manner: Manner, *, may_have_title: bool
) -> Guessed:
    """Everything as items of the body, in order; `format` begins the codes of what is reported."""
    return _Guesser(format, report, deadline, manner).guessed(stuff, may_have_title)


@dataclass(slots=True, kw_only=True)
class _Guess:
    """A paragraph of the result: where its words begin, and what they are."""

    line: int
    kind: type[Paragraph]
    text: list[Inline]
    number: str | None
    side: int
    last: str  # the last of the lines that it was joined from


class _Guesser:
    def __init__(self, format: str, report: Report, deadline: Deadline, manner: Manner):
        self._format = format
        self._report = report
        self._manner = manner
        self._deadline = deadline
        self._lines: list[Foreign] = []
        self._titles: list[tuple[str, Text]] = []
        self._somebody_speaks = False

    def _guess(self, code: str, message: str, at: Position | None) -> None:
        code = f"{self._format}.{code}"
        self._report(Diagnostic(Kind.GUESS, code, message, at))

    def guessed(self, stuff: Sequence[Stuff], may_have_title: bool) -> Guessed:
        flow = list(flow_of(stuff, self._guess))
        if not any(isinstance(one, Foreign) for one in flow):
            return Guessed(list(cast("list[Item]", flow)))
        flow = self._without_title_page(flow) if may_have_title else flow
        _raise_titles(flow)
        self._lines = [
            as_context(one) if isinstance(one, Line) else one for one in flow if isinstance(one, Foreign | Line)
        ]
        find_blanks(self._lines)
        for taken in take_places(self._lines):
            message = f"Took {taken.said[:60]!r} for {called(taken.kind)}: it stands where a style for that stands."
            self._guess("guessed-element", message, taken.at)
        printed = is_printed(self._lines)
        if printed:
            self._drop_pages()
        items = self._items(self._paragraphs(self._found(may_have_title), printed))
        guessed = Guessed(title=self._title_fields())
        place = 0
        for one in flow:
            if isinstance(one, Foreign):
                guessed.items += items.get(place) or leftover(one)
            else:
                guessed.items.append(one)
            place += isinstance(one, Foreign | Line)
        return guessed

    # ---------------------------------------------------------------- title page

    def _without_title_page(self, flow: list[Item | Foreign]) -> list[Item | Foreign]:
        lines: list[Foreign] = []
        struck: list[Item | Foreign] = []
        for one in flow:
            if isinstance(one, Removed):
                struck.append(one)
                continue
            if not isinstance(one, Foreign):
                break
            lines.append(one)
        count = title_page(lines)
        for one in lines[:count]:
            if one.said:
                self._titles.append((title_field(one, [name for name, _ in self._titles]), one.text))
        if count:
            message = "Took what stands before the first page break for the title page."
            self._guess("guessed-title-page", message, lines[0].at)
        if struck:
            titles = {id(one) for one in lines[:count]}
            return [one for one in flow if id(one) not in titles]
        return flow[count:]

    def _title_fields(self) -> tuple[TitleField, ...]:
        fields: dict[str, list[Text]] = {}
        for name, text in self._titles:
            fields.setdefault(name, []).append(text)
        return tuple(TitleField(name=name, lines=tuple(lines)) for name, lines in fields.items())

    # ---------------------------------------------------------------- kinds

    def _found(self, may_have_title: bool) -> Found:
        """What recovery finds; where every style tells, there is nothing to find."""
        lines = self._lines
        if all(one.kind is not None or not one.said for one in lines):
            return _found_by_styles(lines)
        from converter.recovery.documents.engine import find  # with all of recovery, which documents of ours do without

        found = find(lines, self._deadline, self._manner)
        report_manner(found.manner, f"{self._format}.manner", self._report)
        saved = {line for line in found.dropped if lines[line].kind is not None and not _is_mark(lines[line].said)}
        saved |= {line for line in found.dropped if lines[line].in_cell}
        saved |= self._no_titles(found, may_have_title)
        pieces = [*found.pieces, *(_whole(line, lines[line]) for line in saved)]
        if saved:
            pieces.sort(key=lambda piece: piece.line)
        dropped = {line: what for line, what in found.dropped.items() if line not in saved}
        return found._replace(pieces=pieces, dropped=dropped)

    def _no_titles(self, found: Found, may_have_title: bool) -> set[int]:
        """The lines that recovery took for a title page and that are none; the others become the title page."""
        lines = self._lines
        titles = {line for _, line in found.title}
        if self._titles or not may_have_title or any(lines[line].kind is not None for line in titles):
            return titles
        if titles:
            message = "Took these lines for the title page, because of what they say."
            self._guess("guessed-title-page", message, lines[min(titles)].at)
            self._titles += [(name, lines[line].text) for name, line in found.title]
        return set()

    def _kinds(self, found: Found) -> list[type[Paragraph]]:
        """Of every piece."""
        known = _Known(
            styles=_most_often(self._lines, found.pieces, lambda one: one.style),
            columns=_most_often_there(self._lines, found.pieces) if found.has_columns else {},
            times=frozenset(split_heading(one.said).time for one in self._lines if is_heading(one.said)) - {""},
            blank_above=_blank_above_headings(self._lines, found.pieces),
            scene_levels=_scene_levels(self._lines),
            speech_is_named=_speech_is_named(self._lines),
        )
        kinds: list[type[Paragraph]] = []
        before: type[Paragraph] | None = None
        for piece in found.pieces:
            one = self._lines[piece.line]
            kind = one.kind
            if kind is Action and is_typed_heading(one.said):
                kind = SceneHeading  # in a style for all that is not spoken
            elif kind is None and (piece.is_sure or found.manner != "printed"):
                kind = piece.kind
            elif kind is None:
                said = one.said[piece.start : piece.end]
                kind = _kind(one, said, piece.kind, before, known) if found.is_script else _sure_kind(said)
            kinds.append(kind)
            before = kind
        return kinds

    # ---------------------------------------------------------------- paragraphs

    def _paragraphs(self, found: Found, printed: bool) -> list[_Guess]:
        """The pieces joined: lines of a printed page, and typed lines of one paragraph that are one element."""
        for line, what in found.dropped.items():
            one = self._lines[line]
            if not one.known:
                self._guess("dropped-furniture", f"Left out {one.said[:60]!r}, which looks like {what}.", one.at)
        kinds = self._kinds(found)
        letters = sum(piece.end - piece.start for piece in found.pieces)
        if _says_nothing(kinds, letters) and any(self._lines[piece.line].kind is None for piece in found.pieces):
            at = self._lines[found.pieces[0].line].at
            self._guess("not-a-screenplay", NOT_A_SCREENPLAY, at)
        mixed = _mixed(self._lines, found.pieces, kinds)
        guesses: list[_Guess] = []
        self._somebody_speaks = Character in kinds
        seen = -1
        for piece, kind in zip(found.pieces, kinds, strict=True):
            one = self._lines[piece.line]
            text = _piece_text(one, piece, again=piece.line == seen)
            last = self._same_so_far(guesses, kind)
            if last is not None and piece.joins and one.kind is None:
                self._guess("joined-lines", f"Joined {one.said[:40]!r} to the line before it.", one.at)
                last.text += (*_between(last.last, one.said), *text)
                last.last = one.said
            elif last is not None and self._goes_on(piece, seen, mixed[piece.line], printed):
                last.text += (*[LineBreak()] * (1 + one.blank), *text)
            else:
                guesses.append(self._new(piece, kind, text))
            seen = piece.line
        return guesses

    def _same_so_far(self, guesses: list[_Guess], kind: type[Paragraph]) -> _Guess | None:
        """The last paragraph, if it is of this kind and no style said so."""
        last = guesses[-1] if guesses else None
        return last if last is not None and last.kind is kind and self._lines[last.line].kind is None else None

    def _goes_on(self, piece: Piece, seen: int, is_mixed: bool, printed: bool) -> bool:
        """Is it the next typed line of one paragraph? In one of several elements an empty line parts them."""
        one = self._lines[piece.line]
        is_next = one.tied and piece.line == seen + 1 + _empty_before(self._lines, piece.line)
        return is_next and (not is_mixed or not one.blank and not printed)

    def _new(self, piece: Piece, kind: type[Paragraph], text: Text) -> _Guess:
        one = self._lines[piece.line]
        said = one.said[piece.start : piece.end]
        number = one.number or piece.number or None
        if kind is SceneHeading and number is None and not title_kind(said) and (found := LEFT_NUMBER.match(said)):
            number = found["number"].removesuffix(".")
            text = cut(text, found.end(), found.end() + len(unnumbered(said)))
        if number is not None and number != one.number:
            self._guess("guessed-number", f"Took {number!r} for the number of this scene.", one.at)
        self._report_kind(one, said, kind, piece.doubt)
        return _Guess(line=piece.line, kind=kind, text=list(text), number=number, side=piece.side, last=one.said)

    def _report_kind(self, one: Foreign, said: str, kind: type[Paragraph], doubt: type[Paragraph] | None) -> None:
        if one.kind is not None or kind is Action and (doubt is None or not self._somebody_speaks):
            return
        other = f"; it may be {called(doubt)}" if doubt not in (None, kind) else ""
        self._guess("guessed-element", f"Took {said[:60]!r} for {called(kind)}{other}.", one.at)

    def _drop_pages(self) -> None:
        """The pages of a print are not those of the script that comes of it."""
        pages = [one for one in self._lines if one.breaks and not one.known]
        for one in pages:
            one.breaks = 0
        if pages:
            message = f"Left out {len(pages)} page breaks, which are those of the page that the lines come from."
            self._guess("dropped-furniture", message, pages[0].at)

    # ---------------------------------------------------------------- items

    def _items(self, guesses: list[_Guess]) -> dict[int, list[Item]]:
        """The paragraphs by the line that they begin in; two columns as a pair."""
        items: dict[int, list[Item]] = {}
        place = 0
        while place < len(guesses):
            guess = guesses[place]
            end = _end_of_pair(guesses, place)
            some = guesses[place:end]
            columns = [[one for one in some if one.side == side] for side in (1, 2)]
            if all(column and column[0].kind is Character for column in columns):
                left, right = (tuple(map(self._line, column)) for column in columns)
                items.setdefault(guess.line, []).append(Pair(left=left, right=right))
                self._guess("guessed-dual", "Took these two columns for a dual dialogue.", left[0].paragraph.at)
            else:
                for one in some:
                    items.setdefault(one.line, []).append(self._line(one))
            place = end
        return items

    def _line(self, guess: _Guess) -> Line:
        one = self._lines[guess.line]
        return line_of(one, guess.kind, tuple(guess.text), guess.number)


def _raise_titles(flow: Sequence[Item | Foreign]) -> None:
    """Word's style Title several times: headings of the text, as in notes and school work."""
    titles = [one for one in flow if isinstance(one, Foreign) and one.named is not None and one.named.field == "Title"]
    for one in titles if len(titles) > 1 else ():
        one.level = one.level or 1


def _end_of_pair(guesses: list[_Guess], place: int) -> int:
    """Behind a left column and the right one that follows it; of one that is neither, behind itself."""
    end = place + 1
    while end < len(guesses) and guesses[place].side == 1 and guesses[end].side >= guesses[end - 1].side:
        end += 1
    return end


# ---------------------------------------------------------------- what a piece is


class _Known(NamedTuple):
    """What all of this document tells of each line."""

    styles: dict[str, type[Paragraph]]  # what the author's styles mean
    columns: dict[_Place, type[Paragraph]]  # what stands at an edge
    times: frozenset[str]  # what stands behind the last dash of headings
    blank_above: int | None  # empty lines above headings, where there are more than above action
    scene_levels: frozenset[int]  # of the writer's outline, where its headings do not name acts and scenes themselves
    speech_is_named: bool  # what is spoken has styles of its own, and what is told has none


def _found_by_styles(lines: Sequence[Foreign]) -> Found:
    pieces = [_whole(place, one) for place, one in enumerate(lines) if one.said]
    dropped = {place: "a mark of the page" for place, one in enumerate(lines) if _is_mark(one.said)}
    return Found([piece for piece in pieces if piece.line not in dropped], dropped, [], True, False)


def _sure_kind(said: str) -> type[Paragraph]:
    """In what hardly is a script."""
    return SceneHeading if is_heading(said) else kind_by_words(said) or Action


def _kind(
    one: Foreign, said: str, found: type[Paragraph], before: type[Paragraph] | None, known: _Known
) -> type[Paragraph]:
    """What recovery says, but for what words, styles, edges, alignment and room above make plain."""
    if is_heading(said) or one.level in known.scene_levels:
        return SceneHeading
    likely = known.styles.get(one.style or "") or _by_column(one, said, found, known)
    if likely not in _SPOKEN and is_typed_transition(said):
        return Transition
    if is_upper(said):
        special = _in_capitals(one, said, likely, known)
        if special is not None:
            return special
    if likely is Parenthetical and said[0] not in _OPENING and before is not Parenthetical:
        likely = Character if is_upper(said) and before is not Character else Dialogue
    if known.speech_is_named and one.style is None and likely in _SPOKEN:
        return Action
    stands_as_name = known.columns.get(_place(one)) is Character
    return _below(one, said, Action if _cannot_be(likely, said, stands_as_name) else likely, before)


def _cannot_be(likely: type[Paragraph], said: str, stands_as_name: bool) -> bool:
    """A heading that is a sentence, a name that is none: one of small letters stands where the names do."""
    if likely is Character:
        return not (_may_be_name(said) or stands_as_name and is_like_name(said))
    return likely is SceneHeading and _is_sentence(said)


def _below(one: Foreign, said: str, likely: type[Paragraph], before: type[Paragraph] | None) -> type[Paragraph]:
    """Words right below a name are spoken, and nothing is that has no name above it."""
    if likely is Action and before is Character and not one.blank and _is_sentence(said):
        return Parenthetical if _is_bracketed(said) else Dialogue
    return Action if likely in _UNDER_NAMES and before not in _SPOKEN else likely


def _is_sentence(said: str) -> bool:
    return has_lower(said) or said[-1] in _WIDE_ENDS


def _by_column(one: Foreign, said: str, found: type[Paragraph], known: _Known) -> type[Paragraph]:
    """Where nearly all that stands at an edge is one thing, all of it is."""
    usual = known.columns.get(_place(one))
    if usual is None or usual is found:
        return found
    if usual in (*_UNDER_NAMES, Character) and _is_bracketed(said):
        return Parenthetical
    if usual in _UNDER_NAMES:
        return found if found is Transition else Dialogue
    if usual is Character:
        return found if has_lower(said) or found is Transition else Character
    return Action if found in _SPOKEN else found


_Place: TypeAlias = tuple[Align | None, int]


def _place(one: Foreign) -> _Place:
    return (one.align, 0) if one.align in (Align.CENTER, Align.RIGHT) else (None, one.column)


def _may_be_name(said: str) -> bool:
    """In capitals, but for a few letters (McGARRY) and letters that have none."""
    name = split_cue(said).name
    if name[-1:] in _WIDE_ENDS:
        return False
    return not has_lower(name) or sum(map(str.isupper, name)) > sum(map(str.islower, name))


_OPENING = ("(", "\uff08")
_WIDE_ENDS = tuple("\u3002\uff01\uff1f\u300d\u2026")


def _is_bracketed(said: str) -> bool:
    return said[0] in _OPENING and said[-1] in ")\uff09"


def _in_capitals(one: Foreign, said: str, likely: type[Paragraph], known: _Known) -> type[Paragraph] | None:
    if likely not in _SPOKEN:
        if is_transition(said) or one.align is Align.RIGHT:
            return Transition
        if is_shot(said):
            return Shot
        if likely is Action and _is_set_as_heading(one, said, known):
            return SceneHeading
    if one.named is not None and one.named.kind is SceneHeading:
        return SceneHeading
    return act(said) if likely is not Dialogue else None


def _is_set_as_heading(one: Foreign, said: str, known: _Known) -> bool:
    if one.align is Align.CENTER:
        return False
    return split_heading(said).time in known.times or known.blank_above is not None and one.blank >= known.blank_above


K = TypeVar("K")


def _most_often(
    lines: Sequence[Foreign], pieces: Sequence[Piece], key: Callable[[Foreign], K | None]
) -> dict[K, type[Paragraph]]:
    """What nearly always is one thing."""
    usual = {}
    for found, counts in _counts(lines, pieces, key).items():
        kind, count = counts.most_common(1)[0]
        if count >= _OFTEN and count >= _NEARLY * counts.total():
            usual[found] = kind
    return usual


def _most_often_there(lines: Sequence[Foreign], pieces: Sequence[Piece]) -> dict[_Place, type[Paragraph]]:
    """What stands at an edge. Far from the left one little is told, so there half of the lines are enough."""
    counted = _counts(lines, pieces, _place)
    edge = min(
        (column for (align, column), counts in counted.items() if align is None and counts.total() >= _OFTEN), default=0
    )
    usual = _most_often(lines, pieces, _place)
    for place, counts in counted.items():
        kind, count = counts.most_common(1)[0]
        if place[0] is None and place[1] >= edge + _FAR and count >= _OFTEN and 2 * count > counts.total():
            usual[place] = kind
    return usual


def _counts(
    lines: Sequence[Foreign], pieces: Sequence[Piece], key: Callable[[Foreign], K | None]
) -> dict[K, Counter[type[Paragraph]]]:
    seen: dict[K, Counter[type[Paragraph]]] = {}
    for piece in pieces:
        one = lines[piece.line]
        found = key(one)
        if found is not None and one.kind is None:
            seen.setdefault(found, Counter())[piece.kind] += 1
    return seen


_OFTEN, _NEARLY = 3, 0.75
_FAR = 5  # cells


def _scene_levels(lines: Sequence[Foreign]) -> frozenset[int]:
    """The levels of headings that come back; those that a style names are known by it."""
    levels = Counter(one.level for one in lines if one.level and one.said and one.kind is None)
    if any(one.level and title_kind(one.said) for one in lines):
        return frozenset()
    return frozenset(level for level, count in levels.items() if count > 1)


def _speech_is_named(lines: Sequence[Foreign]) -> bool:
    """So templates do that leave action in Word's own Normal."""
    kinds = {one.kind for one in lines if not one.known}
    return Character in kinds and Dialogue in kinds and Action not in kinds


def _blank_above_headings(lines: Sequence[Foreign], pieces: Sequence[Piece]) -> int | None:
    """How many empty lines stand above headings, if there are more than above action."""
    headings, actions = (
        Counter(lines[piece.line].blank for piece in pieces if piece.kind is kind) for kind in (SceneHeading, Action)
    )
    above = headings.most_common(1)[0][0] if headings.total() >= _OFTEN else _USUAL_ABOVE
    if not actions or actions.most_common(1)[0][0] >= above:
        return None
    return above


_USUAL_ABOVE = 2
_SPOKEN = (Character, Parenthetical, Dialogue, Lyric)
_UNDER_NAMES = (Parenthetical, Dialogue)


# ---------------------------------------------------------------- pieces

_MARK = pattern(
    rf"\(\s?MORE\s?\)|(?:{NUMBER}\s{{1,40}})?(?:\(CONTINUED\)|CONTINUED:?(?:\s?\([0-9]{{1,3}}\))?)(?:\s{{1,40}}{NUMBER})?",
    re.IGNORECASE,
)


def _is_mark(said: str) -> bool:
    return _MARK.fullmatch(said) is not None


def _whole(place: int, one: Foreign) -> Piece:
    return Piece(place, 0, len(one.said), one.kind or Action)


_FEWEST_PIECES = 3
_LONGEST_ACTION = 1_200  # letters


def _says_nothing(kinds: Sequence[type[Paragraph]], letters: int) -> bool:
    """Action alone, and enough of it to tell: several paragraphs, or one that is longer than any action."""
    return (len(kinds) >= _FEWEST_PIECES or letters > _LONGEST_ACTION) and set(kinds) <= {Action, General}


def _piece_text(one: Foreign, piece: Piece, *, again: bool) -> Text:
    """The words of a piece. What stands between words goes with the line's first piece."""
    text = one.text if (piece.start, piece.end) == (0, len(one.said)) else cut(one.text, piece.start, piece.end)
    return tuple(inline for inline in text if isinstance(inline, Run)) if again else text


def _between(above: str, below: str) -> tuple[Run, ...]:
    blank = joint(above, len(above), below, None)
    return (Run(text=blank),) if blank else ()


def _mixed(lines: Sequence[Foreign], pieces: Sequence[Piece], kinds: Sequence[type[Paragraph]]) -> list[bool]:
    """Of each line: does its paragraph hold more than one kind of element?"""
    first = 0
    paragraph_of = []
    for place, one in enumerate(lines):
        first = first if one.tied else place
        paragraph_of.append(first)
    found: dict[int, set[type[Paragraph]]] = {}
    for piece, kind in zip(pieces, kinds, strict=True):
        found.setdefault(paragraph_of[piece.line], set()).add(kind)
    return [len(found.get(paragraph, ())) > 1 for paragraph in paragraph_of]


def _empty_before(lines: Sequence[Foreign], place: int) -> int:
    count = 0
    while place - count > 0 and not lines[place - count - 1].said:
        count += 1
    return count
