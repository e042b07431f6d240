"""What of a screenplay Fountain can hold, and what it loses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Literal, TypeVar, assert_never, cast

from converter.contract import Diagnostic, Kind, Report, ignore, option
from converter.normal import normal
from converter.notation.fountain import inline, title
from converter.notation.fountain.inline import Piece, fit_emphasis, inlines_of, pieces_of, split_lines
from converter.notation.fountain.lines import BRACKET, is_blank, is_scene_number
from converter.notation.fountain.markers import (
    MARKERS,
    SCENE_COLOR,
    alternate_note,
    cut_scene_text,
    fit_boneyard,
    fit_note,
    fit_page_mark,
    heading_color,
    lifted,
)
from converter.records import dataclass, replace
from converter.terms import is_omitted
from converter.tree import (
    NO_STYLE,
    Action,
    Align,
    Boneyard,
    CastList,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    EndOfAct,
    General,
    Inline,
    LineBreak,
    Lyric,
    Marker,
    NewAct,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Speech,
    Style,
    Synopsis,
    Text,
    TitleField,
    TitlePage,
    Transition,
    words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How Fountain is written."""

    notes: Literal["keep", "drop"] = option("keep", "what becomes of notes")
    blank_lines: Literal["keep", "drop"] = option("keep", "what becomes of extra empty lines between paragraphs")
    plain_shots: bool = option(False, "write shots as action; !!SHOT is Beat's own mark")
    carry: bool = option(
        False, "add what Fountain cannot hold in a boneyard at the end, for a later return to Final Draft"
    )
    scene_heading_case: Literal["keep", "upper"] = option("keep", "write scene headings as typed or in capitals")


CUT_SCENES_DEEP = 4  # cut scenes inside cut scenes
SECTIONS_DEEP = 32

_MESSAGES = {
    "fountain.no-page-setup": "Fountain says nothing of paper, margins, headers and page breaks; they were left out.",
    "fountain.no-styles": "Fountain has no paragraph styles; theirs were left out.",
    "fountain.no-revisions": "Fountain has no revisions; what is new in which revision was left out.",
    "fountain.no-tags": "Fountain has no production tags; they were left out.",
    "fountain.no-look": "Fountain has no fonts and colours; the words were kept without them.",
    "fountain.no-strikeout": "Fountain has no strikeout; the words were kept without it.",
    "fountain.no-small-caps": "Fountain has no small capitals; the words were kept without them.",
    "fountain.no-all-caps": "Fountain has no style for capitals; the words were written in capitals.",
    "fountain.no-plain-style": "Fountain cannot take an element's own style off some words; they have it now.",
    "fountain.no-hidden-text": "Fountain has no hidden text; it became a note.",
    "fountain.no-outer-blanks": "Fountain keeps no blanks at the ends of a line; they were left out.",
    "fountain.no-tabs": "Fountain has no tabs; there are blanks in their place.",
    "fountain.emphasis-moved": "Emphasis in Fountain cannot begin or end here; it does a character earlier or later.",
    "fountain.no-line-break": "Fountain cannot break the line of this element; there is a blank instead.",
    "fountain.no-empty-line": "Fountain cannot begin or end this element with an empty line; it was left out.",
    "fountain.no-empty-element": "Fountain has no empty element of this kind; only what would print for it was kept.",
    "fountain.no-alignment": "Fountain only centres action; this is not aligned any more.",
    "fountain.no-layout": "Fountain has no indents and spacing; those of this paragraph were left out.",
    "fountain.no-style-name": "Fountain has no names for styles; this paragraph has the element's own now.",
    "fountain.no-number": "Fountain numbers scenes only; this number was left out.",
    "fountain.odd-scene-number": "A scene number in Fountain has letters, digits, - and . only; the rest was left out.",
    "fountain.odd-scene-color": "Fountain takes a scene's colour as #RRGGBB only; this one was left out.",
    "fountain.no-general": "Fountain has no general text; this became action.",
    "fountain.no-cast-list": "Fountain has no cast lists; this became action.",
    "fountain.no-acts": "Fountain has no act headings; this became a centred line, and the start of an act a section.",
    "fountain.no-cue": "Fountain needs a character's name over dialogue; without one this became action.",
    "fountain.joined-dialogue": "Two paragraphs of dialogue in a row are one in Fountain, with a line break between.",
    "fountain.no-alternates": "Fountain has no alternate dialogue; it became a note.",
    "fountain.no-cut-scene": "A cut scene was left out: it stands too deep in other cut scenes.",
    "fountain.section-too-deep": f"Sections go {SECTIONS_DEEP} levels deep; this one was deeper.",
    "fountain.unmatched-brackets": "The brackets of this parenthetical do not match; some were added.",
    "fountain.no-note-range": "A note in Fountain stands at one place; that of the range's start was kept.",
    "fountain.no-note-details": "A note in Fountain has a text and a colour; the rest was left out or put into it.",
    "fountain.note-changed": "This note's text had to change a little to be a note in Fountain.",
    "fountain.note-moved": "Fountain cannot keep a note on this empty line; it stands a line earlier or later.",
    "fountain.page-mark-changed": "Fountain marks a page as [[page 12A]]; this label does not fit, or was locked.",
    "fountain.boneyard-changed": "This boneyard had to change a little to be one in Fountain.",
    "fountain.no-title-layout": "Fountain has no layout for the title page; the words were kept.",
    "fountain.title-name-changed": "An entry of the title page had to be renamed or moved, or joined with another one.",
    "fountain.no-title-line": "Fountain cannot keep an empty line on the title page; it was left out.",
}


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    """The screenplay as it comes back once written: normal, silent and the same if fitted again."""
    return Fitter(options, report).screenplay(normal(screenplay))


P = TypeVar("P", bound=Paragraph)


class _Kind(Enum):
    """How the lines of a text may look."""

    ONE_LINE = auto()
    ACTION = auto()  # any lines, leading blanks count
    LYRIC = auto()  # the same, but with no columns for tabs
    SPOKEN = auto()  # no empty line at either end, and no note on an empty one


_TEXT_KINDS: dict[type[Paragraph], _Kind] = {
    Action: _Kind.ACTION,
    Lyric: _Kind.LYRIC,
    Dialogue: _Kind.SPOKEN,
    Parenthetical: _Kind.SPOKEN,
}

_LOST_STYLES = (
    (Style.STRIKEOUT, "no-strikeout"),
    (Style.SMALL_CAPS, "no-small-caps"),
    (Style.ALL_CAPS, "no-all-caps"),
    (Style.PLAIN, "no-plain-style"),
)


class Fitter:
    def __init__(self, options: Options, report: Report):
        self._options = options
        self._report = report
        self._said: set[str] = set()  # what was reported of this element
        self._at: Position | None = None

    def _lose(self, what: str) -> None:
        code = f"fountain.{what}"
        if code not in self._said:
            self._said.add(code)
            self._report(Diagnostic(Kind.LOSS, code, _MESSAGES[code], self._at))

    def _go_to(self, at: Position | None) -> None:
        self._said.clear()
        self._at = at

    def screenplay(self, tree: Screenplay) -> Screenplay:
        for name, part in (
            ("no-page-setup", tree.page_setup),
            ("no-styles", tree.styles),
            ("no-revisions", tree.revisions),
            ("no-tags", tree.tags),
        ):
            self._go_to(None)
            if part:
                self._lose(name)
        for opaque in tree.opaque:
            if not opaque.quiet:
                message = f"Fountain cannot hold {opaque.name} ({opaque.count}); left out."
                self._report(Diagnostic(Kind.LOSS, "fountain.not-held", message, opaque.at))
        title_page = self._title_page(tree.title_page)
        return Screenplay(title_page=title_page, body=self._elements(tree.body, 0))

    # -------- the body

    def _elements(self, elements: tuple[Element, ...], depth: int) -> tuple[Element, ...]:
        fitted: list[Element] = []
        for element in elements:
            if self._holds_as_it_is(element):
                fitted.append(element)
            else:
                fitted.extend(self.element(element, depth))
        out = with_breaks_in_place(fitted)
        for place in range(1, len(out)):
            boneyard, heading = out[place], out[place - 1]
            if isinstance(boneyard, Boneyard) and isinstance(heading, SceneHeading) and heading.omitted is None:
                out[place] = self._not_a_cut_scene(boneyard, heading)
        return tuple(out)

    def _holds_as_it_is(self, element: Element) -> bool:
        """The short way for nearly every element: one line of plain words, or a speech of such lines."""
        kind = type(element)
        if kind is Speech:
            return _is_plain_speech(cast(Speech, element))
        if kind is SceneHeading:
            heading = cast(SceneHeading, element)
            return (
                _is_plain_line(heading)
                and heading.color is None
                and heading.omitted is None
                and self._options.scene_heading_case == "keep"
            )
        return (kind is Action or kind is Transition) and _is_plain_line(cast(Paragraph, element))

    def _not_a_cut_scene(self, boneyard: Boneyard, heading: SceneHeading) -> Boneyard:
        if cut_scene_text(boneyard.source, says_omitted=is_omitted(heading)) is None:
            return boneyard
        self._go_to(boneyard.at)
        self._lose("boneyard-changed")
        return replace(boneyard, source="/* " + boneyard.source[2:])

    def element(self, element: Element, depth: int) -> Sequence[Element]:
        new = self._element(element, depth)
        if self._options.blank_lines == "drop":
            return [one for one in new if not (isinstance(one, Action) and not one.text)]
        return new

    def _element(self, element: Element, depth: int) -> Sequence[Element]:
        match element:
            case Speech():
                return self._speech(element)
            case DualDialogue():
                return self._dual(element)
            case PageBreak():
                return (element,)
            case Note() | Boneyard() | PageMark():
                self._go_to(element.at)
                return self._marker(element, own_line=True)
            case _:
                self._go_to(element.at)
                return self._block(element, depth)

    def _block(self, block: Paragraph, depth: int) -> Sequence[Element]:
        match block:
            case SceneHeading():
                return self._heading(block, depth)
            case Action():
                return self._action(block)
            case General() | CastList():
                self._lose("no-general" if isinstance(block, General) else "no-cast-list")
                return self._action(self._as_action(block))
            case NewAct() | EndOfAct():
                return self._act(block)
            case Shot() if self._options.plain_shots:
                return self._action(Action(text=block.text, number=block.number, at=block.at))
            case Section():
                if block.level > SECTIONS_DEEP:
                    self._lose("section-too-deep")
                    block = replace(block, level=SECTIONS_DEEP)
                return self._plain_block(block)
            case Shot() | Transition() | Synopsis() | Lyric():
                return self._plain_block(block)
            case _:
                raise AssertionError(f"{type(block).__name__} stands in a speech only")

    def _as_action(self, block: Paragraph) -> Action:
        if block.style_name is not None:
            self._lose("no-style-name")
        return Action(text=block.text, align=block.align, number=block.number, layout=block.layout, at=block.at)

    def _plain_block(self, block: Section | Shot | Transition | Synopsis | Lyric) -> Sequence[Element]:
        before, text = self._text(block.text, _TEXT_KINDS.get(type(block), _Kind.ONE_LINE))
        if not text and not isinstance(block, Lyric):
            return *before, *self._empty(block)
        return *before, self._held(block, text)

    def _empty(self, block: Paragraph) -> Sequence[Element]:
        """What stands for a block without words: an empty line, if it is of a kind that prints."""
        if self._hid_words(block.text):
            return ()
        self._lose("no-empty-element")
        return () if isinstance(block, Section | Synopsis) else (Action(at=block.at),)

    def _hid_words(self, text: Text) -> bool:
        return any(isinstance(one, Run) and Style.HIDDEN in one.style for one in text)

    def _held(self, block: P, text: Text, *, align: Align | None = None) -> P:
        """The block with that text and without what Fountain has no place for. Headings look after their numbers."""
        if block.align is not align:
            self._lose("no-alignment")
        if block.layout is not None:
            self._lose("no-layout")
        if block.style_name is not None:
            self._lose("no-style-name")
        number = block.number
        if number is not None and not isinstance(block, SceneHeading):
            self._lose("no-number")
            number = None
        same = block.align is align and block.layout is None and block.style_name is None and block.number == number
        if same and text is block.text:
            return block
        return replace(block, text=text, align=align, layout=None, style_name=None, number=number)

    # -------- blocks that need more

    def _heading(self, heading: SceneHeading, depth: int) -> Sequence[Element]:
        before, text = self._text(heading.text, _Kind.ONE_LINE)
        color, number, omitted = heading.color, heading.number, heading.omitted
        if color is not None and not SCENE_COLOR.fullmatch(color):
            self._lose("odd-scene-color")
            color = None
        if color is None and text and heading_color(text[-1]):
            self._lose("note-changed")
            color, text = heading_color(text[-1]), text[:-1]
        if number is not None and not is_scene_number(number):
            self._lose("odd-scene-number")
            number = "".join(char for char in number if is_scene_number(char)) or None
        if omitted is not None and depth >= CUT_SCENES_DEEP:
            self._lose("no-cut-scene")
            omitted = None
        if not words(text):
            if omitted is None:
                return *before, *self._empty(heading)
            self._lose("no-empty-element")
            text = (Run(text="OMITTED"),)  # as it prints
        if self._options.scene_heading_case == "upper":
            text = tuple(replace(one, text=one.text.upper()) if isinstance(one, Run) else one for one in text)
        new = self._held(heading, text)
        if omitted is not None:
            at, said = self._at, self._said.copy()
            omitted = self._elements(omitted, depth + 1)
            self._at, self._said = at, said
        if (color, number, omitted) != (new.color, new.number, new.omitted):
            new = replace(new, color=color, number=number, omitted=omitted)
        return *before, new

    def _action(self, action: Action) -> Sequence[Element]:
        if action.align is Align.CENTER:
            return self._centered(action)
        before, text = self._text(action.text, _Kind.ACTION)
        if not text and self._hid_words(action.text):
            return before
        return *before, self._held(action, text)

    def _centered(self, action: Action) -> Sequence[Element]:
        """Each line on its own; an empty one parts the block in two."""
        before, text = self._text(action.text, _Kind.SPOKEN)
        if not text:
            if self._hid_words(action.text):
                return before
            self._lose("no-alignment")
            return *before, self._held(replace(action, align=None), ())
        groups = _split_at_empty_lines(text)
        if len(groups) > 1:
            self._lose("no-empty-line")
        return *before, *(self._held(action, group, align=Align.CENTER) for group in groups)

    def _act(self, act: NewAct | EndOfAct) -> Sequence[Element]:
        self._lose("no-acts")
        before, text = self._text(act.text, _Kind.ONE_LINE)
        if act.layout is not None:
            self._lose("no-layout")
        if act.style_name is not None:
            self._lose("no-style-name")
        if not words(text):
            return *before, *self._empty(act)
        loud = Style.BOLD | Style.UNDERLINE
        centered = tuple(replace(one, style=one.style | loud) if isinstance(one, Run) else one for one in text)
        line = self._action(Action(text=centered, align=Align.CENTER, at=act.at))
        if isinstance(act, EndOfAct):
            return *before, *line
        return *before, Section(text=(Run(text=words(text)),), at=act.at), *line

    # -------- speeches

    def _speech(self, speech: Speech) -> Sequence[Element]:
        before, fitted, after = self._fitted_speech(speech)
        return *before, *fitted, *after

    def _fitted_speech(self, speech: Speech) -> tuple[list[Marker], Sequence[Element], list[PageBreak | Marker]]:
        """The markers before the speech; the speech, or action where there is no cue; what stands behind it."""
        before: list[Marker] = []
        cue = speech.cue
        if cue is not None:
            self._go_to(cue.at)
            before, text = self._text(cue.text, _Kind.ONE_LINE)
            if words(text):
                cue = self._held(cue, text)
                parts, after = self.parts(speech.parts)
                same = cue is speech.cue and parts == list(speech.parts)
                return before, (speech if same else Speech(cue=cue, parts=tuple(parts)),), after
            if not speech.parts:
                return before, self._empty(cue), []
        return before, self._without_cue(speech.parts), []

    def _without_cue(self, parts: tuple[Part, ...]) -> Sequence[Element]:
        out: list[Element] = []
        for part in parts:
            match part:
                case Dialogue() | Parenthetical():
                    self._go_to(part.at)
                    self._lose("no-cue")
                    alternates = self._alternates(part) if isinstance(part, Dialogue) else ()
                    action = self._as_action(part)
                    out.extend(self._action(replace(action, text=(*action.text, *alternates))))
                case Lyric() | PageBreak() | Note() | Boneyard() | PageMark():
                    out.extend(self._element(part, 0))
                case _:
                    assert_never(part)
        return out

    def parts(self, parts: tuple[Part, ...]) -> tuple[list[Part], list[PageBreak | Marker]]:
        """The parts of a speech, and the markers and page breaks left behind its last line."""
        out: list[Part] = []
        joined: dict[int, list[Inline]] = {}  # dialogue that others went on with: its place in `out`, the whole text
        waiting: list[Marker] = []
        for part in parts:
            match part:
                case PageBreak():
                    out.append(part)
                case Note() | Boneyard() | PageMark():
                    self._go_to(part.at)
                    waiting.extend(self._marker(part, own_line=False))
                case Dialogue() | Parenthetical() | Lyric():
                    self._go_to(part.at)
                    before, new = self._part(part)
                    waiting.extend(before)
                    if new is None:
                        continue
                    if isinstance(new, Dialogue) and out and isinstance(out[-1], Dialogue) and _joins(waiting):
                        self._lose("joined-dialogue")
                        text = joined.setdefault(len(out) - 1, list(out[-1].text))
                        text.extend((LineBreak(), *waiting, *new.text))
                    else:
                        out.extend((*waiting, new))
                    waiting = []
                case _:
                    assert_never(part)
        for place, inlines in joined.items():
            out[place] = _with_text(out[place], inlines)
        return out, _cut_loose_end(out, waiting)

    def _part(
        self, part: Dialogue | Parenthetical | Lyric
    ) -> tuple[list[Marker], Dialogue | Parenthetical | Lyric | None]:
        text = part.text
        if isinstance(part, Dialogue):
            text = (*text, *self._alternates(part))
        before, text = self._text(text if text != part.text else part.text, _TEXT_KINDS[type(part)])
        if isinstance(part, Parenthetical) and text:
            text = self._balanced(text)
        if not text and not isinstance(part, Lyric):
            if not self._hid_words(part.text):
                self._lose("no-empty-element")
            return before, None
        new = self._held(part, text)
        if isinstance(new, Dialogue) and new.alternates:
            new = replace(new, alternates=())
        return before, new

    def _alternates(self, dialogue: Dialogue) -> tuple[Inline, ...]:
        if not dialogue.alternates:
            return ()
        self._lose("no-alternates")
        return tuple(replace(alternate_note(text), at=dialogue.at) for text in dialogue.alternates)

    def _balanced(self, text: Text) -> Text:
        """With the brackets that make the first one close at the very end."""
        typed = words(text)
        before = "" if typed.startswith("(") else "("
        behind = "" if typed.endswith(")") else ")"
        depth, least = _depths(before + typed + behind)
        missing = max(0, 1 - least)
        before, behind = "(" * missing + before, behind + ")" * (depth + missing)
        if not before and not behind:
            return text
        self._lose("unmatched-brackets")
        runs = [place for place, one in enumerate(text) if isinstance(one, Run)]
        new = list(text)
        for place, opening, closing in ((runs[0], before, ""), (runs[-1], "", behind)):
            run = new[place]
            assert isinstance(run, Run)
            new[place] = replace(run, text=opening + run.text + closing)
        return tuple(new)

    def _dual(self, dual: DualDialogue) -> Sequence[Element]:
        """Markers between the two belong to the left one; a page break there comes before both."""
        before, left, between = self._fitted_speech(dual.left)
        before_right, right, after = self._fitted_speech(dual.right)
        match left, right:
            case (Speech() as one,), (Speech() as other,) if one.cue is not None and other.cue is not None:
                markers = [item for item in (*between, *before_right) if isinstance(item, Marker)]
                markers = [new for marker in markers for new in self._own_line(marker)]
                breaks = [item for item in between if isinstance(item, PageBreak)]
                if markers:
                    one = Speech(cue=one.cue, parts=(*one.parts, *markers))
                new = dual if one is dual.left and other is dual.right else DualDialogue(left=one, right=other)
                return *breaks, *before, new, *after
            case _:
                return *before, *left, *between, *before_right, *right, *after

    def _own_line(self, marker: Marker) -> Sequence[Marker]:
        return (fit_boneyard(marker, own_line=True),) if isinstance(marker, Boneyard) else (marker,)

    # -------- texts

    def _text(self, text: Text, kind: _Kind) -> tuple[list[Marker], Text]:
        """The markers that have to stand before the block, and the text."""
        if len(text) == 1 and isinstance(run := text[0], Run) and _is_plain(run):
            return [], text
        if not text:
            return [], text
        lines = [self._line(line, kind) for line in self._lines(self._simple(text), kind)]
        before: list[Marker] = []
        if kind is _Kind.SPOKEN:
            before, lines = self._spoken(lines)
        inlines: list[Inline] = []
        for number, pieces in enumerate(lines):
            if number:
                inlines.append(LineBreak())
            inlines.extend(inlines_of(pieces))
        if inlines and type(inlines[0]) in MARKERS:
            more, inlines = lifted(inlines)
            before = [*before, *more]
        new = tuple(inlines)
        return before, text if new == text else new

    def _lines(self, inlines: list[Inline], kind: _Kind) -> list[list[Piece]]:
        if kind is _Kind.ONE_LINE and LineBreak() in inlines:
            self._lose("no-line-break")
            inlines = [Run(text=" ") if isinstance(one, LineBreak) else one for one in inlines]
        return [pieces_of(line) for line in split_lines(inlines)]

    def _simple(self, text: Text) -> list[Inline]:
        """Without what no line of Fountain can say."""
        out: list[Inline] = []
        hidden: list[str] = []
        for one in text:
            if isinstance(one, Run) and Style.HIDDEN in one.style:
                hidden.append(one.text)
                continue
            self._show(hidden, out)
            match one:
                case Run():
                    out.append(self._run(one))
                case Note() | Boneyard() | PageMark():
                    out.extend(self._marker(one, own_line=False))
                case LineBreak():
                    out.append(one)
                case NoteEnd():
                    self._lose("no-note-range")
                case Deletion():
                    self._lose("no-revisions")
                case _:
                    assert_never(one)
        self._show(hidden, out)
        return out

    def _show(self, hidden: list[str], out: list[Inline]) -> None:
        text = "".join(hidden)
        if hidden:
            self._lose("no-hidden-text")
        if text.strip() and self._options.notes == "keep":
            out.append(fit_note(Note(text=text, at=self._at)))
        hidden.clear()

    def _run(self, run: Run) -> Run:
        if _is_bare(run):
            return run
        if run.look is not None:
            self._lose("no-look")
        if run.revision is not None:
            self._lose("no-revisions")
        if run.tags:
            self._lose("no-tags")
        for style, what in _LOST_STYLES:
            if style in run.style:
                self._lose(what)
        text = run.text.upper() if Style.ALL_CAPS in run.style else run.text
        return Run(text=text, style=run.style & inline.HELD)

    def _marker(self, marker: Marker, *, own_line: bool) -> Sequence[Marker]:
        match marker:
            case Note():
                if self._options.notes == "drop":
                    return ()
                return (self._note(marker),)
            case PageMark():
                mark = fit_page_mark(marker)
                if mark != marker:
                    self._lose("page-mark-changed")
                return (mark if mark != marker else marker,)
            case Boneyard():
                boneyard = fit_boneyard(marker, own_line=own_line)
                if boneyard != marker:
                    self._lose("boneyard-changed")
                return (boneyard,)
            case _:
                assert_never(marker)

    def _note(self, note: Note) -> Note | PageMark:
        new = fit_note(note)
        if note.id is not None:
            self._lose("no-note-range")
        if (note.title, note.category, note.author, note.date) != (None, None, None, None):
            self._lose("no-note-details")
        elif isinstance(new, PageMark) or (new.text, new.color) != (note.text, note.color):
            self._lose("note-changed")
        return note if new == note else new

    def _line(self, pieces: list[Piece], kind: _Kind) -> list[Piece]:
        pieces = self._without_tabs(pieces, in_columns=kind is _Kind.ACTION)
        leading = kind in (_Kind.ONE_LINE, _Kind.SPOKEN)
        trimmed = _trimmed(pieces, leading=leading)
        if kind is _Kind.SPOKEN and is_blank("".join(piece[0] for piece in trimmed if isinstance(piece, tuple))):
            trimmed = [piece for piece in trimmed if not isinstance(piece, tuple)]
        if trimmed != pieces:
            self._lose("no-outer-blanks")
        fitted = fit_emphasis(trimmed)
        if fitted is not trimmed:
            self._lose("emphasis-moved")
        return fitted

    def _without_tabs(self, pieces: list[Piece], *, in_columns: bool) -> list[Piece]:
        if not any(isinstance(piece, tuple) and "\t" in piece[0] for piece in pieces):
            return pieces
        self._lose("no-tabs")
        new: list[Piece] = []
        column = 0
        for piece in pieces:
            if isinstance(piece, tuple):
                text = piece[0].replace("\t", " ")
                if in_columns:
                    text = (" " * column + piece[0]).expandtabs(4)[column:]
                    column = (column + len(text)) % 4
                piece = (text, piece[1])
            new.append(piece)
        return new

    def _spoken(self, lines: list[list[Piece]]) -> tuple[list[Marker], list[list[Piece]]]:
        """Empty lines only between others, and no markers on them."""
        before: list[Marker] = []
        out: list[list[Piece]] = []
        last: list[Piece] = []  # the last line with words
        for pieces in lines:
            if any(isinstance(piece, tuple) for piece in pieces):
                out.append(pieces)
                last = pieces
                continue
            markers = [piece for piece in pieces if not isinstance(piece, tuple)]
            if out:
                if markers:
                    self._lose("note-moved")
                last.extend(markers)
                out.append([])
            else:
                before.extend(markers)
                self._lose_if(len(lines) > 1, "no-empty-line")
        while out and not out[-1]:
            out.pop()
            self._lose("no-empty-line")
        return before, out

    def _lose_if(self, condition: bool, what: str) -> None:
        if condition:
            self._lose(what)

    # -------- title page

    def _title_page(self, page: TitlePage | None) -> TitlePage | None:
        if page is None:
            return None
        self._go_to(None)
        fields: dict[str, tuple[str, list[Text]]] = {}
        for one in page.fields:
            name = title.fit_key(one.name)
            if name != one.name or title.folded(name) in fields:
                self._lose("title-name-changed")
            lines = fields.setdefault(title.folded(name), (name, []))[1]
            for line in one.lines:
                lines.extend(self._title_lines(line))
        if page.sheets:
            self._lose("no-title-layout")
            rest = [new for line in _not_in_fields(page) for new in self._title_lines(line)]
            if rest:
                fields.setdefault("notes", ("Notes", []))[1].extend(rest)
        if not fields:
            return None
        fitted = [TitleField(name=name, lines=tuple(lines)) for name, lines in fields.values()]
        if not title.can_begin(fitted):
            self._lose("title-name-changed")
            known = next((one for one in fitted if title.folded(one.name) == "title"), TitleField(name="Title"))
            fitted = [known, *(one for one in fitted if one is not known)]
        return page if tuple(fitted) == page.fields and not page.sheets else TitlePage(fields=tuple(fitted))

    def _title_lines(self, line: Text) -> Iterator[Text]:
        if LineBreak() in line:
            self._lose("no-line-break")
        for one in split_lines(line):
            markers, text = self._text(one, _Kind.ONE_LINE)
            if text and is_blank(words(text)):  # no-break spaces
                self._lose("no-outer-blanks")
                text = tuple(one for one in text if not isinstance(one, Run))
            if markers or text:
                yield (*markers, *text)
            else:
                self._lose("no-title-line")


def _is_plain_speech(speech: Speech) -> bool:
    cue = speech.cue
    if cue is None or not _is_plain_line(cue):
        return False
    last: type[Part] | None = None
    for part in speech.parts:
        kind = type(part)
        if kind is Dialogue:
            plain = last is not Dialogue and not cast(Dialogue, part).alternates
        else:
            plain = kind is Parenthetical and _IN_BRACKETS.fullmatch(words(cast(Parenthetical, part).text)) is not None
        if not plain or not _is_plain_line(cast(Paragraph, part)):
            return False
        last = kind
    return last is not None


_IN_BRACKETS = re.compile(r"\([^()]*\)")


def _is_plain_line(paragraph: Paragraph) -> bool:
    return (
        paragraph.align is None
        and paragraph.layout is None
        and paragraph.style_name is None
        and (paragraph.number is None or type(paragraph) is SceneHeading and is_scene_number(paragraph.number))
        and _are_plain_words(paragraph.text)
    )


def _are_plain_words(text: Text) -> bool:
    """One line, with emphasis that stands where marks can say it."""
    if len(text) == 1 and type(text[0]) is Run and _is_plain(text[0]):
        return True
    for run in text:
        if type(run) is not Run or run.look is not None or run.revision is not None or run.tags:
            return False
        if _DELICATE.search(run.text):
            return False
        if run.style is not NO_STYLE and (run.style not in inline.BITS or not _stands_free(run.text)):
            return False
    return text != () and _stands_free(cast(Run, text[0]).text[0] + cast(Run, text[-1]).text[-1])


_DELICATE = re.compile(r"[/@{\t]")  # what fit_emphasis looks at, and tabs


def _stands_free(words: str) -> bool:
    return words[0] not in " \t\u00a0" and words[-1] not in " \t\u00a0"


def _is_plain(run: Run) -> bool:
    """Nothing to lose: one look is enough for nearly every paragraph."""
    return _is_bare(run) and _stands_free(run.text) and "\t" not in run.text


def _is_bare(run: Run) -> bool:
    return run.style is NO_STYLE and run.look is None and run.revision is None and not run.tags


def with_breaks_in_place(elements: list[Element]) -> list[Element]:
    """Page breaks stand before the markers that lead to their block, and none without a block behind it."""
    if not any(isinstance(one, PageBreak) for one in elements):
        return elements
    out: list[Element] = []
    breaks: list[PageBreak] = []
    markers: list[Marker] = []
    for element in elements:
        match element:
            case PageBreak():
                breaks.append(element)
            case Note() | Boneyard() | PageMark():
                markers.append(element)
            case _:
                out.extend((*breaks, *markers, element))
                breaks.clear()
                markers.clear()
    return [*out, *markers]


def _joins(markers: list[Marker]) -> bool:
    """Does dialogue go on with the dialogue before, over these? A note can part the two, a boneyard cannot."""
    return not markers or any(isinstance(marker, Boneyard) for marker in markers)


def _with_text(part: Part, inlines: list[Inline]) -> Part:
    assert isinstance(part, Dialogue)
    return replace(part, text=tuple(inlines))


def _cut_loose_end(parts: list[Part], waiting: list[Marker]) -> list[PageBreak | Marker]:
    """Take off what stands behind the last line of a speech."""
    loose: list[PageBreak | Marker] = []
    while parts and isinstance(last := parts[-1], PageBreak | Marker):
        loose.append(last)
        parts.pop()
    return [*reversed(loose), *waiting]


def _trimmed(pieces: list[Piece], *, leading: bool) -> list[Piece]:
    """Without the blanks before the first visible character, if asked, and behind the last one."""
    new = _without_last_blanks(pieces)
    if leading:
        new = _without_last_blanks([_turned(piece) for piece in reversed(new)])
        new = [_turned(piece) for piece in reversed(new)]
    return pieces if new == pieces else new


def _turned(piece: Piece) -> Piece:
    return (piece[0][::-1], piece[1]) if isinstance(piece, tuple) else piece


def _without_last_blanks(pieces: list[Piece]) -> list[Piece]:
    end: list[Piece] = []
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if isinstance(piece, tuple):
            text = piece[0].rstrip(" ")
            if text:
                return [*pieces[:place], (text, piece[1]), *reversed(end)]
        else:
            end.append(piece)
    return end[::-1]


def _split_at_empty_lines(text: Text) -> list[Text]:
    groups: list[list[Inline]] = [[]]
    for line in split_lines(text):
        if line:
            groups[-1].extend([LineBreak()] if groups[-1] else [])
            groups[-1].extend(line)
        elif groups[-1]:
            groups.append([])
    return [tuple(group) for group in groups if group]


def _depths(typed: str) -> tuple[int, int]:
    """How many brackets are open at the end, and the fewest before the last character."""
    depth, least = 0, 1
    for found in BRACKET.finditer(typed):
        depth += 1 if found.group() == "(" else -1
        if found.end() < len(typed):
            least = min(least, depth)
    return depth, least


def _not_in_fields(page: TitlePage) -> Iterator[Text]:
    """The lines drawn on the title page whose words its fields do not have."""
    known = Counter(word for one in page.fields for line in one.lines for word in _folded_words(line))
    for sheet in page.sheets:
        for drawn in sheet:
            line = Counter(_folded_words(drawn.text))
            if line <= known:
                known -= line
            elif line:
                yield drawn.text


def _folded_words(text: Text) -> list[str]:
    return words(text).casefold().split()
