"""What becomes of a paragraph, a note, a page mark or a boneyard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from converter.fitting import Fitting
from converter.normal.texts import normal_text
from converter.notation.fountain.fit import losses
from converter.notation.fountain.fit.texts import fit_lines, hid_words, is_hidden
from converter.notation.fountain.inline import split_lines
from converter.notation.fountain.lines import is_parenthetical, is_scene_number, is_surely_cue
from converter.notation.fountain.markers import (
    CUT_SCENES_DEEP,
    alternate_note,
    color_note,
    fit_boneyard,
    fit_note,
    fit_page_mark,
    heading_color,
)
from converter.records import replace
from converter.terms import CAPITALS, as_typed, has_lower, has_small_name, not_as_typed
from converter.tree import (
    ELEMENT_NAMES,
    Action,
    Align,
    Boneyard,
    Character,
    Dialogue,
    Element,
    ElementStyle,
    EndOfAct,
    Inline,
    LineBreak,
    Lyric,
    Marker,
    Note,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Run,
    SceneHeading,
    Section,
    Shot,
    Style,
    Synopsis,
    Text,
    words,
)


def held_text(text: Text, fitting: Fitting) -> Text:
    """The words of a paragraph, once they are known not to be plain. Where none are left, something else may stand."""
    node = fitting.node
    kind = type(node)
    before, new = fit_lines(text, kind, fitting, centered=node.align is Align.CENTER)
    fitting.before.extend(before)
    if kind is SceneHeading:
        return _heading(new, fitting)
    if not _stands(kind, new, text):
        needs_none = kind is Action or kind is Character and fitting.speech.parts
        fitting.instead = () if needs_none else _empty(node, fitting)
    return new


def _stands(kind: type[Paragraph], text: Text, was: Text) -> bool:
    """Is there a block with these words, or with none?"""
    if kind is Character:
        return bool(words(text))
    return bool(text) or kind is Lyric or kind is Action and not hid_words(was)


def _empty(block: Paragraph, fitting: Fitting) -> Sequence[Element]:
    """What stands for a block without words: an empty line, if it is of a kind that prints."""
    if hid_words(block.text):
        return ()
    fitting.lose(losses.NO_EMPTY_ELEMENT)
    if isinstance(block, Section | Synopsis | Dialogue | Parenthetical) or fitting.options.blank_lines == "drop":
        return ()
    return (Action(at=block.at),)


def _heading(text: Text, fitting: Fitting) -> Text:
    """Beat colours a scene with a note at the end of its heading; one without words says OMITTED or is none."""
    heading, changes = fitting.node, fitting.changes
    if text and changes.get("color", heading.color) is None and (color := heading_color(text[-1])):
        fitting.lose(losses.NOTE_CHANGED)
        changes["color"], text = color, text[:-1]
    if not words(text):
        text = _omitted(text, fitting)
    if fitting.options.scene_heading_case == "upper":
        text = tuple(replace(one, text=one.text.upper()) if isinstance(one, Run) else one for one in text)
    return text


def _omitted(text: Text, fitting: Fitting) -> Text:
    heading = fitting.node
    if heading.omitted is not None and fitting.depth < CUT_SCENES_DEEP:
        fitting.lose(losses.NO_EMPTY_ELEMENT)
        return (Run(text="OMITTED"),)  # as it prints
    if heading.omitted is not None:
        fitting.lose(losses.NO_CUT_SCENE)
    fitting.instead = _empty(heading, fitting)
    return text


def held_color(color: str, fitting: Fitting) -> str | None:
    return heading_color(color_note(color))


def held_number(number: str, fitting: Fitting) -> str | None:
    if is_scene_number(number):
        return number
    return "".join(char for char in number if is_scene_number(char)) or None


def held_align(align: Align, fitting: Fitting) -> Align | None:
    return align if align is Align.CENTER and fitting.changes.get("text", fitting.node.text) else None


def held_action(action: Action, fitting: Fitting) -> Sequence[Element]:
    """Of centred action each line stands on its own, and an empty one parts the block in two."""
    *before, new = fitting.held(action) or [None]
    if not isinstance(new, Action) or not new.text and fitting.options.blank_lines == "drop":
        return [*before, new] if isinstance(new, Marker) else before
    if new.align is not Align.CENTER:
        return (*before, new)
    groups = _split_at_empty_lines(new.text)
    if len(groups) == 1:
        return (*before, new)
    fitting.lose(losses.NO_EMPTY_LINE)
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


def held_act(act: Paragraph, fitting: Fitting) -> Sequence[Element]:
    before, text = fit_lines(act.text, type(act), fitting)
    for value, loss in ((act.layout, losses.NO_LAYOUT), (act.style_name, losses.NO_STYLE_NAME)):
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


def held_shot(shot: Shot, fitting: Fitting) -> Sequence[Element]:
    if fitting.options.plain_shots:
        return fitting.block(Action(text=shot.text, number=shot.number, at=shot.at))
    return fitting.held(shot)


class Capitals:
    """Which cues are drawn in capitals: all but those whose style says otherwise."""

    def __init__(self, styles: tuple[ElementStyle, ...], *, as_typed: bool):
        self._of_style = {style.name: bool(style.style & CAPITALS) for style in styles}
        self._as_typed = as_typed

    def draw(self, cue: Character) -> bool:
        usual = self._of_style.get(ELEMENT_NAMES[Character], True)
        return not self._as_typed and self._of_style.get(cue.style_name or "", usual)


def held_cue(cue: Character, fitting: Fitting) -> Sequence[Element | Part]:
    """Fountain has names in capitals, or all as typed where a letter is small; each is written as it was drawn.

    Small letters in brackets stay where the name needs no @, which would have them drawn as typed.
    """
    in_capitals = fitting.own.draw(cue)
    drawn: Text = tuple(_drawn(one, in_capitals) for one in cue.text)
    is_small = has_lower(_visible(drawn))
    if not is_small and is_plain_cue(tuple(one for one in cue.text if not is_hidden(one))):
        return fitting.held(cue)
    if drawn != cue.text or is_small and drawn != as_typed(drawn):
        fitting.lose(losses.CUE_AS_DRAWN)
    if is_small:
        drawn = normal_text(not_as_typed(drawn))
    *before, new = fitting.held(replace(cue, text=drawn)) or [None]
    if isinstance(new, Character) and is_small:
        new = replace(new, text=as_typed(new.text))
    return before if new is None else (*before, new)


def is_plain_cue(text: Text) -> bool:
    typed = words(text)
    return not has_lower(typed) or not has_small_name(typed) and is_surely_cue(typed)


def _drawn(inline: Inline, in_capitals: bool) -> Inline:
    if not isinstance(inline, Run) or Style.HIDDEN in inline.style:
        return inline
    if inline.style & CAPITALS or in_capitals and Style.PLAIN not in inline.style:
        return replace(inline, text=inline.text.upper())
    return inline


def _visible(text: Text) -> str:
    return words(tuple(one for one in text if not is_hidden(one)))


def held_parenthetical(parenthetical: Parenthetical, fitting: Fitting) -> Sequence[Element | Part]:
    """Fountain knows one by the brackets around all of it, and by nothing else."""
    *before, new = fitting.held(parenthetical) or [None]
    if isinstance(new, Parenthetical) and not is_parenthetical(words(new.text)):
        fitting.lose(losses.NO_PARENTHETICAL)
        new = Dialogue(text=new.text, at=new.at)
    return before if new is None else (*before, new)


def are_plain_parts(parts: Sequence[Part]) -> bool:
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


def held_alternates(alternates: tuple[Text, ...], fitting: Fitting) -> tuple[Inline, ...]:
    return tuple(replace(alternate_note(text), at=fitting.at) for text in alternates)


def held_note(note: Note, fitting: Fitting) -> Sequence[Marker]:
    if fitting.options.notes == "drop":
        return ()
    new = fit_note(note)
    if note.id is not None:
        fitting.lose(losses.NO_NOTE_RANGE)
    if (note.title, note.category, note.author, note.date) != (None, None, None, None):
        fitting.lose(losses.NO_NOTE_DETAILS)
    elif isinstance(new, PageMark) or (new.text, new.color) != (note.text, note.color):
        fitting.lose(losses.NOTE_CHANGED)
    return (note if new == note else new,)


def held_page_mark(mark: PageMark, fitting: Fitting) -> Sequence[Marker]:
    new = fit_page_mark(mark)
    if new == mark:
        return (mark,)
    fitting.lose(losses.PAGE_MARK_CHANGED)
    return (new,)


def held_boneyard(boneyard: Boneyard, fitting: Fitting) -> Sequence[Marker]:
    new = fit_boneyard(boneyard, own_line=not fitting.in_text and not fitting.in_speech)
    if new == boneyard:
        return (boneyard,)
    fitting.lose(losses.BONEYARD_CHANGED)
    return (new,)
