"""What Fountain holds of a screenplay, and what it loses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Literal, cast

from converter.contract import Report, ignore, option
from converter.fitting import HELD, Becomes, Check, Fitting, Holds, Loss, Nested
from converter.fitting import fit as fit_to
from converter.normal.texts import normal_text
from converter.notation.fountain import inline, title
from converter.notation.fountain.inline import Piece, fit_emphasis, inlines_of, pieces_of, split_lines
from converter.notation.fountain.lines import BLANKS, SPACES, is_blank, is_parenthetical, is_scene_number
from converter.notation.fountain.markers import (
    MARKERS,
    alternate_note,
    color_note,
    cut_scene_text,
    fit_boneyard,
    fit_note,
    fit_page_mark,
    heading_color,
    lifted,
)
from converter.records import dataclass, replace
from converter.terms import CAPITALS, as_typed, has_small_name, is_omitted, not_as_typed
from converter.tree import (
    ELEMENT_NAMES,
    NO_STYLE,
    Action,
    Align,
    Boneyard,
    CastList,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
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
    as_typed: bool = option(False, "write the small letters of cues that are drawn in capitals")
    scene_heading_case: Literal["keep", "upper"] = option("keep", "write scene headings as typed or in capitals")


CUT_SCENES_DEEP = 4  # cut scenes inside cut scenes
SECTIONS_DEEP = 32


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    own = _Capitals(screenplay.styles, options)
    fitted = fit_to(screenplay, HOLDS, report, options, own, _not_simple(options))
    return fitted if fitted.origin is None else replace(fitted, origin=None)


def fitter(options: Options, styles: tuple[ElementStyle, ...]) -> Fitting:
    """For those who fit single elements of a script that has these styles."""
    return Fitting(HOLDS, ignore, options, _Capitals(styles, options), _not_simple(options))


def _not_simple(options: Options) -> set[type]:
    upper = {SceneHeading} if options.scene_heading_case == "upper" else set()
    return upper | ({Shot} if options.plain_shots else set())


class _Capitals:
    """Which cues are drawn in capitals: all but those whose style says otherwise."""

    def __init__(self, styles: tuple[ElementStyle, ...], options: Options):
        self._of_style = {style.name: bool(style.style & CAPITALS) for style in styles}
        self._as_typed = options.as_typed

    def draw(self, cue: Character) -> bool:
        usual = self._of_style.get(ELEMENT_NAMES[Character], True)
        return not self._as_typed and self._of_style.get(cue.style_name or "", usual)


# ---------------------------------------------------------------- texts


def _text(text: Text, fitting: Fitting) -> Text:
    """The words of a paragraph, once they are known not to be plain. Where none are left, something else may stand."""
    node = fitting.node
    kind = type(node)
    before, new = _lines(text, kind, fitting, centered=node.align is Align.CENTER)
    fitting.before.extend(before)
    if kind is SceneHeading:
        return _heading(new, fitting)
    if kind is Lyric or new and kind is not Character or words(new):
        return new
    if kind is Action and not _hid_words(text):
        return new
    fitting.instead = () if kind is Action or kind is Character and fitting.speech.parts else _empty(node, fitting)
    return new


def _lines(text: Text, kind: type[Paragraph], fitting: Fitting, *, centered: bool = False) -> tuple[list[Marker], Text]:
    """The markers that have to stand before the block, and the text."""
    if not text or _are_plain_words(text):
        return [], text
    spoken = kind in _SPOKEN or centered and kind is Action
    free = kind is Lyric or kind is Action and not centered  # leading blanks count
    shown = _shown(text, fitting)
    if not spoken and not free:
        shown = _on_one_line(shown, fitting)
    pieces = [pieces_of(line) for line in split_lines(shown)]
    lines = [_line(line, fitting, leading=not free, spoken=spoken, columns=free and kind is Action) for line in pieces]
    before, lines = _spoken(lines, fitting) if spoken else ([], lines)
    inlines: list[Inline] = []
    for number, line in enumerate(lines):
        inlines.extend((*([LineBreak()] if number else []), *inlines_of(line)))
    if inlines and type(inlines[0]) in MARKERS:
        more, inlines = lifted(inlines)
        before = [*before, *more]
    new = tuple(inlines)
    return before, text if new == text else new


def _on_one_line(shown: list[Inline], fitting: Fitting) -> list[Inline]:
    if LineBreak() not in shown:
        return shown
    fitting.lose(_NO_LINE_BREAK)
    return [Run(text=" ") if isinstance(one, LineBreak) else one for one in shown]


_SPOKEN = frozenset({Dialogue, Parenthetical})  # no empty line at either end, and no note on an empty one


def _shown(text: Text, fitting: Fitting) -> list[Inline]:
    """Without what no line of Fountain can say; hidden words are a note."""
    shown: list[Inline] = []
    for is_hidden, group in groupby(text, key=_is_hidden):
        if not is_hidden:
            shown.extend(fitting.inlines(group))
            continue
        fitting.lose(_HIDDEN)
        hidden = "".join(cast(Run, one).text for one in group)
        if hidden.strip() and fitting.options.notes == "keep":
            shown.append(fit_note(Note(text=hidden, at=fitting.at)))
    return shown


def _is_hidden(one: Inline) -> bool:
    return isinstance(one, Run) and Style.HIDDEN in one.style


def _hid_words(text: Text) -> bool:
    return any(map(_is_hidden, text))


def _empty(block: Paragraph, fitting: Fitting) -> Sequence[Element]:
    """What stands for a block without words: an empty line, if it is of a kind that prints."""
    if _hid_words(block.text):
        return ()
    fitting.lose(_NO_EMPTY_ELEMENT)
    if isinstance(block, Section | Synopsis | Dialogue | Parenthetical) or fitting.options.blank_lines == "drop":
        return ()
    return (Action(at=block.at),)


def _line(pieces: list[Piece], fitting: Fitting, *, leading: bool, spoken: bool, columns: bool) -> list[Piece]:
    pieces = _without_tabs(pieces, fitting, in_columns=columns)
    trimmed = _trimmed(pieces, leading=leading)
    if spoken and is_blank("".join(piece[0] for piece in trimmed if isinstance(piece, tuple))):
        trimmed = [piece for piece in trimmed if not isinstance(piece, tuple)]
    if trimmed != pieces:
        fitting.lose(_NO_OUTER_BLANKS)
    fitted = fit_emphasis(trimmed)
    if fitted is not trimmed:
        fitting.lose(_EMPHASIS_MOVED)
    return fitted


def _without_tabs(pieces: list[Piece], fitting: Fitting, *, in_columns: bool) -> list[Piece]:
    if not any(isinstance(piece, tuple) and "\t" in piece[0] for piece in pieces):
        return pieces
    fitting.lose(_NO_TABS)
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


def _spoken(lines: list[list[Piece]], fitting: Fitting) -> tuple[list[Marker], list[list[Piece]]]:
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
                fitting.lose(_NOTE_MOVED)
            last.extend(markers)
            out.append([])
        else:
            before.extend(markers)
            if len(lines) > 1:
                fitting.lose(_NO_EMPTY_LINE)
    while out and not out[-1]:
        out.pop()
        fitting.lose(_NO_EMPTY_LINE)
    return before, out


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
            text = piece[0].rstrip(SPACES if piece[1] else BLANKS)  # before a mark of emphasis is no end of the line
            if text:
                return [*pieces[:place], (text, piece[1]), *reversed(end)]
        else:
            end.append(piece)
    return end[::-1]


# ---------------------------------------------------------------- the short way


def _are_plain_words(text: Text) -> bool:
    """One line, with emphasis that stands where marks can say it."""
    if len(text) == 1 and type(text[0]) is Run and _is_bare(text[0]):
        return _stands_free(text[0].text) and "\t" not in text[0].text
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
    return words[0] not in BLANKS and words[-1] not in BLANKS


def _is_bare(run: Run) -> bool:
    return run.style is NO_STYLE and run.look is None and run.revision is None and not run.tags


def _is_plain_cue(text: Text) -> bool:
    return not has_small_name(words(text))


def _are_plain_parts(parts: Sequence[Part]) -> bool:
    """No dialogue behind dialogue, and brackets around what is to have them."""
    last: type[Part] | None = None
    for part in parts:
        kind = type(part)
        if kind is Parenthetical:
            if not _IN_BRACKETS.fullmatch(words(cast(Parenthetical, part).text)):
                return False
        elif kind is not Dialogue or last is Dialogue:
            return False
        last = kind
    return True


_IN_BRACKETS = re.compile(r"\([^()]*\)")

# ---------------------------------------------------------------- paragraphs


def _heading(text: Text, fitting: Fitting) -> Text:
    """Beat colours a scene with a note at the end of its heading; one without words says OMITTED or is none."""
    heading, changes = fitting.node, fitting.changes
    if text and changes.get("color", heading.color) is None and (color := heading_color(text[-1])):
        fitting.lose(_NOTE_CHANGED)
        changes["color"], text = color, text[:-1]
    if not words(text):
        if heading.omitted is None or fitting.depth >= CUT_SCENES_DEEP:
            if heading.omitted is not None:
                fitting.lose(_NO_CUT_SCENE)
            fitting.instead = _empty(heading, fitting)
            return text
        fitting.lose(_NO_EMPTY_ELEMENT)
        text = (Run(text="OMITTED"),)  # as it prints
    if fitting.options.scene_heading_case == "upper":
        text = tuple(replace(one, text=one.text.upper()) if isinstance(one, Run) else one for one in text)
    return text


def _scene_color(color: str, fitting: Fitting) -> str | None:
    return heading_color(color_note(color))


def _scene_number(number: str, fitting: Fitting) -> str | None:
    if is_scene_number(number):
        return number
    return "".join(char for char in number if is_scene_number(char)) or None


def _centered(align: Align, fitting: Fitting) -> Align | None:
    return align if align is Align.CENTER and fitting.changes.get("text", fitting.node.text) else None


def _action(action: Action, fitting: Fitting) -> Sequence[Element]:
    """Of centred action each line stands on its own, and an empty one parts the block in two."""
    *before, new = fitting.held(action) or [None]
    if not isinstance(new, Action) or not new.text and fitting.options.blank_lines == "drop":
        return [*before, new] if isinstance(new, Marker) else before
    if new.align is not Align.CENTER:
        return (*before, new)
    groups = _split_at_empty_lines(new.text)
    if len(groups) == 1:
        return (*before, new)
    fitting.lose(_NO_EMPTY_LINE)
    return (*before, *(replace(new, text=group) for group in groups))


def _split_at_empty_lines(text: Text) -> list[Text]:
    groups: list[list[Inline]] = [[]]
    for line in split_lines(text):
        if line:
            groups[-1].extend([LineBreak()] if groups[-1] else [])
            groups[-1].extend(line)
        elif groups[-1]:
            groups.append([])
    return [tuple(group) for group in groups if group]


def _act(act: Paragraph, fitting: Fitting) -> Sequence[Element]:
    before, text = _lines(act.text, type(act), fitting)
    for value, loss in ((act.layout, _NO_LAYOUT), (act.style_name, _NO_STYLE_NAME)):
        if value is not None:
            fitting.lose(loss)
    if not words(text):
        return *before, *_empty(act, fitting)
    loud = Style.BOLD | Style.UNDERLINE
    centered = tuple(replace(one, style=one.style | loud) if isinstance(one, Run) else one for one in text)
    line = fitting.block(Action(text=centered, align=Align.CENTER, at=act.at))
    if isinstance(act, EndOfAct):
        return *before, *line
    return *before, Section(text=(Run(text=words(text)),), at=act.at), *line


def _shot(shot: Shot, fitting: Fitting) -> Sequence[Element]:
    if fitting.options.plain_shots:
        return fitting.block(Action(text=shot.text, number=shot.number, at=shot.at))
    return fitting.held(shot)


def _cue(cue: Character, fitting: Fitting) -> Sequence[Element | Part]:
    """Fountain has names in capitals, or all as typed where a letter is small; each is written as it was drawn."""
    in_capitals = fitting.own.draw(cue)
    drawn: Text = tuple(_drawn(one, in_capitals) for one in cue.text)
    is_small = has_small_name(_visible(drawn))
    if not is_small and not has_small_name(_visible(cue.text)):
        return fitting.held(cue)
    if drawn != cue.text or is_small and drawn != as_typed(drawn):
        fitting.lose(_CUE_AS_DRAWN)
    if is_small:
        drawn = normal_text(not_as_typed(drawn))
    *before, new = fitting.held(replace(cue, text=drawn)) or [None]
    if isinstance(new, Character) and is_small:
        new = replace(new, text=as_typed(new.text))
    return before if new is None else (*before, new)


def _drawn(inline: Inline, in_capitals: bool) -> Inline:
    if not isinstance(inline, Run) or Style.HIDDEN in inline.style:
        return inline
    if inline.style & CAPITALS or in_capitals and Style.PLAIN not in inline.style:
        return replace(inline, text=inline.text.upper())
    return inline


def _visible(text: Text) -> str:
    return words(tuple(one for one in text if not _is_hidden(one)))


def _parenthetical(parenthetical: Parenthetical, fitting: Fitting) -> Sequence[Element | Part]:
    """Fountain knows one by the brackets around all of it, and by nothing else."""
    *before, new = fitting.held(parenthetical) or [None]
    if isinstance(new, Parenthetical) and not is_parenthetical(words(new.text)):
        fitting.lose(_NO_PARENTHETICAL)
        new = Dialogue(text=new.text, at=new.at)
    return before if new is None else (*before, new)


# ---------------------------------------------------------------- notes, page marks, boneyards


def _alternates(alternates: tuple[Text, ...], fitting: Fitting) -> tuple[Inline, ...]:
    return tuple(replace(alternate_note(text), at=fitting.at) for text in alternates)


def _note(note: Note, fitting: Fitting) -> Sequence[Marker]:
    if fitting.options.notes == "drop":
        return ()
    new = fit_note(note)
    if note.id is not None:
        fitting.lose(_NO_NOTE_RANGE)
    if (note.title, note.category, note.author, note.date) != (None, None, None, None):
        fitting.lose(_NO_NOTE_DETAILS)
    elif isinstance(new, PageMark) or (new.text, new.color) != (note.text, note.color):
        fitting.lose(_NOTE_CHANGED)
    return (note if new == note else new,)


def _page_mark(mark: PageMark, fitting: Fitting) -> Sequence[Marker]:
    new = fit_page_mark(mark)
    if new == mark:
        return (mark,)
    fitting.lose(_PAGE_MARK_CHANGED)
    return (new,)


def _boneyard(boneyard: Boneyard, fitting: Fitting) -> Sequence[Marker]:
    new = fit_boneyard(boneyard, own_line=not fitting.in_text and not fitting.in_speech)
    if new == boneyard:
        return (boneyard,)
    fitting.lose(_BONEYARD_CHANGED)
    return (new,)


# ---------------------------------------------------------------- steps: what depends on neighbours


class _Joining:
    """Dialogue that other dialogue went on with, and the whole text so far."""

    def __init__(self, first: Dialogue):
        self.first = first
        self.inlines = list(first.text)


def _join_dialogue(placed: list[Any], node: Any, fitting: Fitting) -> None:
    """Dialogue goes on with the dialogue before, if nothing parts them."""
    start = len(placed)
    while start and type(placed[start - 1]) in MARKERS:
        start -= 1
    between = placed[start:]
    before = placed[start - 1] if start else None
    if type(node) is Dialogue and type(before) in (Dialogue, _Joining) and _joins(between):
        fitting.lose(_JOINED_DIALOGUE)
        joining = _Joining(before) if isinstance(before, Dialogue) else cast(_Joining, before)
        joining.inlines.extend((LineBreak(), *between, *node.text))
        placed[start - 1 :] = [joining]
    else:
        placed.append(node)


def _joins(markers: list[Marker]) -> bool:
    """A note between can part the two, a boneyard cannot."""
    return not markers or any(isinstance(marker, Boneyard) for marker in markers)


def _with_dialogue_joined(placed: list[Any], fitting: Fitting) -> list[Any]:
    return [replace(one.first, text=tuple(one.inlines)) if type(one) is _Joining else one for one in placed]


def _breaks_first(placed: list[Any], fitting: Fitting | None) -> list[Any]:
    """Page breaks stand before the markers that lead to their block."""
    if not any(type(one) is PageBreak for one in placed):
        return placed
    out: list[Any] = []
    markers: list[Marker] = []
    for one in placed:
        if type(one) in MARKERS:
            markers.append(one)
        elif type(one) is PageBreak:
            out.append(one)
        else:
            out.extend((*markers, one))
            markers.clear()
    return [*out, *markers]


def with_breaks_in_place(elements: list[Any], fitting: Fitting | None = None) -> list[Any]:
    """Page breaks stand before the markers that lead to their block, and none without a block behind it."""
    end = len(elements)
    while end and (type(elements[end - 1]) is PageBreak or type(elements[end - 1]) in MARKERS):
        end -= 1
    behind = [one for one in elements[end:] if type(one) is not PageBreak]
    return [*_breaks_first(elements[:end], fitting), *behind]


def _cut_scenes_apart(placed: list[Any], fitting: Fitting) -> list[Any]:
    """A boneyard right behind a heading must not look like the scene that was cut there."""
    if fitting.depth == CUT_SCENES_DEEP:  # where none is read any more
        return placed
    for place in range(1, len(placed)):
        boneyard, heading = placed[place], placed[place - 1]
        if type(boneyard) is Boneyard and type(heading) is SceneHeading and _looks_cut(boneyard, heading):
            fitting.go_to(boneyard.at)
            fitting.lose(_BONEYARD_CHANGED)
            placed[place] = replace(boneyard, source="/* " + boneyard.source[2:])
    return placed


def _looks_cut(boneyard: Boneyard, heading: SceneHeading) -> bool:
    return heading.omitted is None and cut_scene_text(boneyard.source, says_omitted=is_omitted(heading)) is not None


# ---------------------------------------------------------------- title page


def _title_page(page: TitlePage, fitting: Fitting) -> TitlePage | None:
    entries: dict[str, tuple[str, list[Text]]] = {}
    for one in page.fields:
        name = title.fit_key(one.name)
        if name != one.name or title.folded(name) in entries:
            fitting.lose(_TITLE_NAME_CHANGED)
        lines = entries.setdefault(title.folded(name), (name, []))[1]
        for line in one.lines:
            lines.extend(_title_lines(line, fitting))
    if page.sheets:
        fitting.lose(_NO_TITLE_LAYOUT)
        rest = [new for line in _not_in_fields(page) for new in _title_lines(line, fitting)]
        if rest:
            entries.setdefault("notes", ("Notes", []))[1].extend(rest)
    fitted = [TitleField(name=name, lines=tuple(lines)) for name, lines in entries.values()]
    if fitted and not title.can_begin(fitted):
        fitting.lose(_TITLE_NAME_CHANGED)
        known = next((one for one in fitted if title.folded(one.name) == "title"), TitleField(name="Title"))
        fitted = [known, *(one for one in fitted if one is not known)]
    return TitlePage(fields=tuple(fitted)) if fitted else None


def _title_lines(line: Text, fitting: Fitting) -> Iterator[Text]:
    if LineBreak() in line:
        fitting.lose(_NO_LINE_BREAK)
    for one in split_lines(line):
        markers, text = _lines(one, Paragraph, fitting)
        if text and is_blank(words(text)):  # no-break spaces
            fitting.lose(_NO_OUTER_BLANKS)
            text = tuple(one for one in text if not isinstance(one, Run))
        if markers or text:
            yield (*markers, *text)
        else:
            fitting.lose(_NO_TITLE_LINE)


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


# ---------------------------------------------------------------- the table

_HIDDEN = Loss("fountain.no-hidden-text", "Fountain has no hidden text; it became a note.")
_NO_OUTER_BLANKS = Loss(
    "fountain.no-outer-blanks", "Fountain keeps no blanks at the ends of a line; they were left out."
)
_NO_TABS = Loss("fountain.no-tabs", "Fountain has no tabs; there are blanks in their place.")
_EMPHASIS_MOVED = Loss(
    "fountain.emphasis-moved",
    "Emphasis in Fountain cannot begin or end here; it does a character earlier or later.",
)
_NO_LINE_BREAK = Loss(
    "fountain.no-line-break", "Fountain cannot break the line of this element; there is a blank instead."
)
_NO_EMPTY_LINE = Loss(
    "fountain.no-empty-line", "Fountain cannot begin or end this element with an empty line; it was left out."
)
_NO_EMPTY_ELEMENT = Loss(
    "fountain.no-empty-element",
    "Fountain has no empty element of this kind; only what would print for it was kept.",
)
_NO_ALIGNMENT = Loss("fountain.no-alignment", "Fountain only centres action; this is not aligned any more.")
_NO_LAYOUT = Loss("fountain.no-layout", "Fountain has no indents and spacing; those of this paragraph were left out.")
_NO_STYLE_NAME = Loss(
    "fountain.no-style-name", "Fountain has no names for styles; this paragraph has the element's own now."
)
_NO_CUE = Loss("fountain.no-cue", "Fountain needs a character's name over dialogue; without one this became action.")
_JOINED_DIALOGUE = Loss(
    "fountain.joined-dialogue",
    "Two paragraphs of dialogue in a row are one in Fountain, with a line break between.",
)
_NO_CUT_SCENE = Loss("fountain.no-cut-scene", "A cut scene was left out: it stands too deep in other cut scenes.")
_CUE_AS_DRAWN = Loss(
    "fountain.cue-as-drawn",
    "A name in Fountain is in capitals or all as typed; this cue was written as its style draws it.",
)
_NO_PARENTHETICAL = Loss(
    "fountain.no-parenthetical",
    "Fountain knows a parenthetical by round brackets around all of it; without them this became dialogue.",
)
_NO_ACTS = Loss(
    "fountain.no-acts",
    "Fountain has no act headings; this became a centred line, and the start of an act a section.",
)
_NO_NOTE_RANGE = Loss(
    "fountain.no-note-range", "A note in Fountain stands at one place; that of the range's start was kept."
)
_NO_NOTE_DETAILS = Loss(
    "fountain.no-note-details", "A note in Fountain has a text and a colour; the rest was left out or put into it."
)
_NOTE_CHANGED = Loss("fountain.note-changed", "This note's text had to change a little to be a note in Fountain.")
_NOTE_MOVED = Loss(
    "fountain.note-moved", "Fountain cannot keep a note on this empty line; it stands a line earlier or later."
)
_PAGE_MARK_CHANGED = Loss(
    "fountain.page-mark-changed",
    "Fountain marks a page as [[page 12A]]; this label does not fit, or was locked.",
)
_BONEYARD_CHANGED = Loss("fountain.boneyard-changed", "This boneyard had to change a little to be one in Fountain.")
_NO_TITLE_LAYOUT = Loss("fountain.no-title-layout", "Fountain has no layout for the title page; the words were kept.")
_TITLE_NAME_CHANGED = Loss(
    "fountain.title-name-changed",
    "An entry of the title page had to be renamed or moved, or joined with another one.",
)
_NO_TITLE_LINE = Loss(
    "fountain.no-title-line", "Fountain cannot keep an empty line on the title page; it was left out."
)
_NO_CUT_WORDS = Loss("fountain.no-cut-words", "Fountain cannot hold words that were cut; they were left out.")
_NO_REVISIONS = Loss("fountain.no-revisions", "Fountain has no revisions; what is new in which revision was left out.")
_NO_TAGS = Loss("fountain.no-tags", "Fountain has no production tags; they were left out.")

HOLDS = Holds(
    once=True,
    gives_normal_form=True,
    join=_join_dialogue,
    order=(with_breaks_in_place, _cut_scenes_apart),
    order_of_parts=(_with_dialogue_joined, _breaks_first),
    is_plain=_are_plain_words,
    is_plain_cue=_is_plain_cue,
    are_plain_parts=_are_plain_parts,
    around={
        "page_setup": Loss(
            "fountain.no-page-setup",
            "Fountain says nothing of paper, margins, headers and page breaks; they were left out.",
        ),
        "styles": Loss("fountain.no-styles", "Fountain has no paragraph styles; theirs were left out."),
        "revisions": _NO_REVISIONS,
        "tags": _NO_TAGS,
        "opaque": Loss("fountain.not-held", "Fountain cannot hold {value.name} ({value.count}); left out."),
        "title_page": Check(_title_page),
        "body": HELD,
    },
    elements={
        SceneHeading: HELD,
        Action: Becomes(_action),
        General: Becomes(Action, Loss("fountain.no-general", "Fountain has no general text; this became action.")),
        CastList: Becomes(Action, Loss("fountain.no-cast-list", "Fountain has no cast lists; this became action.")),
        NewAct: Becomes(_act, _NO_ACTS),
        EndOfAct: Becomes(_act, _NO_ACTS),
        Shot: Becomes(_shot),
        Transition: HELD,
        Section: HELD,
        Synopsis: HELD,
        Lyric: HELD,
        Speech: HELD,
        DualDialogue: HELD,
        Character: Becomes(_cue),
        Parenthetical: Becomes(_parenthetical),
        Dialogue: HELD,
        PageBreak: HELD,
        Note: Becomes(_note),
        Boneyard: Becomes(_boneyard),
        PageMark: Becomes(_page_mark),
        Cut: _NO_CUT_WORDS,
    },
    fields={
        "Section.level": Check(
            lambda level, _: min(level, SECTIONS_DEEP),
            Loss("fountain.section-too-deep", f"Sections go {SECTIONS_DEEP} levels deep; this one was deeper."),
        ),
        "SceneHeading.color": Check(
            _scene_color,
            Loss(
                "fountain.odd-scene-color",
                "Fountain takes a scene's colour by a few names or as #RRGGBB; this one was left out.",
            ),
        ),
        "SceneHeading.number": Check(
            _scene_number,
            Loss(
                "fountain.odd-scene-number",
                "A scene number in Fountain has letters, digits, - and . only; the rest was left out.",
            ),
            usual=True,
        ),
        "Dialogue.alternates": Becomes(
            _alternates, Loss("fountain.no-alternates", "Fountain has no alternate dialogue; it became a note.")
        ),
        "Paragraph.text": Check(_text),
        "Action.align": Check(_centered, _NO_ALIGNMENT),
        "Paragraph.align": _NO_ALIGNMENT,
        "Paragraph.layout": _NO_LAYOUT,
        "Paragraph.style_name": _NO_STYLE_NAME,
        "Paragraph.number": Loss("fountain.no-number", "Fountain numbers scenes only; this number was left out."),
        "SceneHeading.omitted": Nested(CUT_SCENES_DEEP, _NO_CUT_SCENE),
        "Speech.cue": Becomes(Action, _NO_CUE),
        "Speech.parts": HELD,
        "DualDialogue.left": HELD,
        "DualDialogue.right": HELD,
        "PageMark.label": Check(_page_mark, _PAGE_MARK_CHANGED),
        "Cut": _NO_CUT_WORDS,
        "PageMark.locked": _PAGE_MARK_CHANGED,
        "Boneyard.source": HELD,
        "Note.text": HELD,
        "Note.color": HELD,
        "Note.id": _NO_NOTE_RANGE,
        "Note.title": _NO_NOTE_DETAILS,
        "Note.category": _NO_NOTE_DETAILS,
        "Note.author": _NO_NOTE_DETAILS,
        "Note.date": _NO_NOTE_DETAILS,
    },
    inlines={
        Run: HELD,
        LineBreak: HELD,
        Note: Becomes(_note),
        NoteEnd: _NO_NOTE_RANGE,
        Boneyard: Becomes(_boneyard),
        PageMark: Becomes(_page_mark),
        Deletion: _NO_REVISIONS,
    },
    run={
        "text": HELD,
        "look": Loss("fountain.no-look", "Fountain has no fonts and colours; the words were kept without them."),
        "revision": _NO_REVISIONS,
        "tags": _NO_TAGS,
        "style.BOLD": HELD,
        "style.ITALIC": HELD,
        "style.UNDERLINE": HELD,
        "style.STRIKEOUT": Loss("fountain.no-strikeout", "Fountain has no strikeout; the words were kept without it."),
        "style.SMALL_CAPS": Loss(
            "fountain.no-small-caps", "Fountain has no small capitals; the words were kept without them."
        ),
        "style.ALL_CAPS": Becomes(
            lambda typed, _: typed.upper(),
            Loss("fountain.no-all-caps", "Fountain has no style for capitals; the words were written in capitals."),
        ),
        "style.PLAIN": Loss(
            "fountain.no-plain-style",
            "Fountain cannot take an element's own style off some words; they have it now.",
        ),
        "style.HIDDEN": _HIDDEN,
    },
)
