"""The part of a tree that its pages show: at best this can be read back from them."""

from __future__ import annotations

from typing import TypeVar, assert_never

from converter.contract import ignore
from converter.layout.blocks import saying_omitted
from converter.layout.flow import draw
from converter.layout.style import DEFAULT_OPTIONS, Face, Setup, element_align, element_face, face
from converter.layout.titlepage import TITLE_STYLE, is_printed, is_title
from converter.normal import normal
from converter.records import replace
from converter.terms import cue_as_seen
from converter.tree import (
    NO_STYLE,
    Boneyard,
    Character,
    Cut,
    Dialogue,
    DualDialogue,
    Element,
    LineBreak,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Synopsis,
    Text,
    TitlePage,
    words,
)

P = TypeVar("P", bound=Paragraph)


def printed(screenplay: Screenplay) -> Screenplay:
    """The screenplay as its pages say it, in normal form.

    No notes, boneyards, sections, synopses, cut scenes, what was cut, hidden words, page breaks and page marks (a
    page does not say why it ends); capitals as drawn, a cue with small letters as typed; no blanks at the ends of
    lines; of styles those that are drawn and not the element's own; no colours, fonts, tags, alternates, revisions,
    names and measures of styles. Numbers and unusual alignment stay, and of the title page the fields that have a
    place on it.
    """
    screenplay = normal(screenplay)
    setup = Setup(screenplay, DEFAULT_OPTIONS, ignore)
    body = tuple(shown for element in screenplay.body if (shown := _element(element, setup)) is not None)
    return normal(Screenplay(title_page=_title_page(screenplay.title_page), body=body))


def _element(element: Element, setup: Setup) -> Element | None:
    match element:
        case Speech():
            speech = _speech(element, setup)
            return speech if speech.cue is not None or speech.parts else None
        case DualDialogue():
            return DualDialogue(left=_speech(element.left, setup), right=_speech(element.right, setup))
        case PageBreak() | PageMark() | Note() | Boneyard() | Cut() | Section() | Synopsis():
            return None
        case SceneHeading():
            return _paragraph(saying_omitted(element), setup)
        case Paragraph():
            return _paragraph(element, setup)
        case _:
            assert_never(element)


def _speech(speech: Speech, setup: Setup) -> Speech:
    cue = None if speech.cue is None else _paragraph(speech.cue, setup)
    return Speech(cue=cue, parts=tuple(shown for part in speech.parts if (shown := _part(part, setup)) is not None))


def _part(part: Part, setup: Setup) -> Part | None:
    return _paragraph(part, setup) if isinstance(part, Paragraph) else None


def _paragraph(paragraph: P, setup: Setup) -> P | None:
    measure = setup.measure(paragraph)
    text = _as_drawn(paragraph.text, measure.face, element_face(type(paragraph)))
    if not text and (measure.face.hidden or words(paragraph.text)):
        return None
    align = None if measure.align is element_align(type(paragraph)) else measure.align
    shown = replace(paragraph, text=text, align=align, style_name=None, layout=None)
    match shown:
        case SceneHeading():
            return replace(shown, color=None, omitted=None)
        case Dialogue():
            return replace(shown, alternates=())
        case Character():
            return replace(shown, text=cue_as_seen(text))
        case _:
            return shown


def _as_drawn(text: Text, element: Face, usual: Face) -> Text:
    """The words as drawn, in runs and line breaks."""
    drawn = draw(text, element)
    lines: list[list[Run]] = [[]]
    start = 0
    for end, run in drawn.pieces:
        for number, piece in enumerate(drawn.text[start:end].split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(Run(text=piece, style=run.style & ~usual.drawn))
        start = end
    out: list[Run | LineBreak] = []
    for number, line in enumerate(lines):
        if number:
            out.append(LineBreak())
        out.extend(_without_final_blanks(line))
    return tuple(out)


def _without_final_blanks(line: list[Run]) -> list[Run]:
    while line and not line[-1].text.rstrip(" "):
        line.pop()
    return [*line[:-1], replace(line[-1], text=line[-1].text.rstrip(" "))] if line else line


def _title_page(page: TitlePage | None) -> TitlePage | None:
    if page is None:
        return None
    fields = []
    for field in page.fields:
        style = TITLE_STYLE if is_title(field) else NO_STYLE
        if is_printed(field):
            lines = tuple(_as_drawn(line, face(style), face(style & ~Style.ALL_CAPS)) for line in field.lines)
            fields.append(replace(field, lines=tuple(line for line in lines if line)))
    return TitlePage(fields=tuple(fields))
