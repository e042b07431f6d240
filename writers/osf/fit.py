"""What Open Screenplay Format holds of a screenplay, and what it loses.

The table takes out what there is no attribute for. What is left goes through the flat form that the file has, and what
comes back from that is what fits; a difference there has a LOSS of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from converter.contract import Diagnostic, Kind, Report
from converter.fitting import HELD, WHOLE, Becomes, Check, Fitting, Holds, Loss
from converter.fitting import fit as fit_to
from converter.normal import known_normal, normal
from converter.notation.brackets import are_plain_parts, bracketed_or_dialogue
from converter.notation.flat import Para, built, flat, omitted_said, typed
from converter.notation.osf import BASES, FONT, KINDS, LINE, NAMES, SIDE_MARGIN, SIZE, TENTHS, plain_number
from converter.notation.osf.setup import settled_revisions, settled_setup
from converter.notation.osf.title import settled, title_lines
from converter.records import dataclass, field, replace
from converter.tree import (
    Action,
    Align,
    Boneyard,
    CastList,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    EndOfAct,
    General,
    Inline,
    LineBreak,
    Lyric,
    NewAct,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Speech,
    Synopsis,
    Text,
    TitlePage,
    Transition,
    words,
)


@dataclass(slots=True)
class _Own:
    width: int  # of the paper, in tenths of a millimetre
    names: dict[str, tuple[type[Paragraph], str]] = field(default_factory=dict)  # of styles, as first met
    on_title_page: bool = False


def fit(screenplay: Screenplay, report: Report) -> Screenplay:
    """The screenplay as it comes back from a file."""
    own = _Own(paper_width(settled_setup(normal(screenplay).page_setup)))
    fitting = _Fitting(report)
    fitted = fit_to(screenplay, HOLDS, fitting.report, own=own, not_simple=(Section, Synopsis))
    tree, paras = _through_paragraphs(fitted, fitting)
    page = settled(fitted.title_page)
    texts = [one.paragraph.text for one in paras]
    texts.extend(line.paragraph.text for line in (title_lines(page) if page else ()))
    changes: dict[str, Any] = {"page_setup": settled_setup(fitted.page_setup), "title_page": page}
    changes["revisions"] = settled_revisions(fitted.revisions, _revisions_used(texts))
    for name, code in _AROUND.items():
        if changes[name] != getattr(fitted, name):
            fitting.lose(code)
    return known_normal(normal(replace(tree, origin=None, **changes)))


class _Fitting:
    """Says what is lost outside the table's walk."""

    def __init__(self, report: Report):
        self.count = 0
        self._report = report

    def report(self, diagnostic: Any) -> None:
        self.count += 1
        self._report(diagnostic)

    def lose(self, name: str, at: Position | None = None) -> None:
        loss = _LOSSES[name]
        self.report(Diagnostic(Kind.LOSS, loss.code, loss.message, at))


def _through_paragraphs(fitted: Screenplay, fitting: _Fitting) -> tuple[Screenplay, list[Para]]:
    before = fitting.count
    paras = flat(fitted.body, fitting.lose)
    body = built(replace(one, paragraph=typed(one.paragraph)) for one in paras)
    tree = normal(replace(fitted, body=body))
    if tree.body != fitted.body and fitting.count == before:
        fitting.lose("arranged")
    return tree, paras


def paper_width(setup: Any) -> int:
    return 2159 if setup is None or setup.paper is None else round(setup.paper.width * TENTHS)


def _revisions_used(texts: Sequence[Text]) -> set[int]:
    marked = (one for text in texts for one in text if isinstance(one, Run | Deletion))
    return {one.revision for one in marked if one.revision}


_AROUND = {"page_setup": "page-setup", "title_page": "title-page", "revisions": "revision-sets"}
_LOSSES = {
    "page-setup": Loss(
        "osf.page-setup", "Not all that the script says of its pages has a place in Open Screenplay Format."
    ),
    "title-page": Loss(
        "osf.title-page", "The title page could not be kept exactly: its fields stand in the order of its lines."
    ),
    "revision-sets": Loss(
        "osf.revision-sets", "Not all that the script says of its revisions has a place in Open Screenplay Format."
    ),
    "arranged": Loss(
        "osf.arranged",
        "Open Screenplay Format keeps notes, page numbers and lyrics in another order beside a paragraph.",
    ),
    "page-inside": Loss("osf.page-inside", "A page that begins inside a paragraph now begins with the next one."),
    "joined-notes": Loss("osf.joined-notes", "A paragraph has one note in Open Screenplay Format; these were joined."),
    "joined-synopses": Loss(
        "osf.joined-synopses", "A paragraph has one synopsis in Open Screenplay Format; these were joined."
    ),
    "synopsis-without-scene": Loss(
        "osf.synopsis-without-scene", "A synopsis that stands before the first paragraph became a note."
    ),
    "note-at-end": Loss("osf.note-at-end", "A note after the last paragraph was put on that paragraph."),
    "note-without-script": Loss(
        "osf.note-without-script", "There is no paragraph that could hold this note; it was left out."
    ),
}

# ---------------------------------------------------------------- elements

_NO_SECTIONS = Loss("osf.no-sections", "Open Screenplay Format has no sections; this became a note.")
_NO_CUT_WORDS = Loss("osf.no-cut-words", "Only the place of words that were cut was marked; they were left out.")
_NO_BONEYARD = Loss("osf.no-boneyard", "Open Screenplay Format has no boneyard; this became a note.")
_NO_CUT_SCENE = Loss("osf.no-cut-scenes", "Open Screenplay Format keeps no omitted scenes; what was cut was left out.")
_NO_PAGE_MARK = Loss("osf.no-page-mark", "Only locked pages have a label in Open Screenplay Format; this one has none.")
_NOTE_IN_TEXT = Loss("osf.note-inside", "A note inside a paragraph was put on the whole paragraph.")
_ON_TITLE_PAGE = Loss("osf.note-on-title-page", "A title page holds no notes in Open Screenplay Format.")
_BARE = Loss("osf.bare-parenthetical", "A parenthetical without brackets would get some; it became dialogue.")
_NO_DETAILS = Loss("osf.no-note-details", "Notes have no author, date, title or colour in Open Screenplay Format.")
_NO_RANGE = Loss("osf.no-note-range", "A note belongs to a paragraph in Open Screenplay Format, not to words.")
_SAID_TWICE = Loss("osf.said-twice", "What an element has anyway was not written again.")
_NO_NUMBER = Loss("osf.no-number", "Only scenes have a number in Open Screenplay Format; this one was left out.")
_REVISION = Loss("osf.revision-number", "There is no revision with the number {value}; the mark was left out.")
_NO_COLOR = Loss("osf.odd-color", "Colours are written as #RRGGBB; {value!r} was left out.")
_MEASURES = Loss("osf.measures", "Open Screenplay Format could not keep all measures of this paragraph.")
_PLAIN_SYNOPSIS = Loss("osf.plain-synopsis", "A synopsis is words alone in Open Screenplay Format.")


def _section(section: Section, fitting: Fitting) -> Sequence[Any]:
    said = words(section.text)
    return (Note(text=said, at=section.at),) if said else ()


def _synopsis(synopsis: Synopsis, fitting: Fitting) -> Sequence[Any]:
    said = words(synopsis.text)
    bare = Synopsis(text=_lines(said), at=synopsis.at)
    if bare != synopsis or not said:
        fitting.lose(_PLAIN_SYNOPSIS)
    return (bare,) if said else ()


def _lines(said: str) -> Text:
    text: list[Inline] = []
    for number, line in enumerate(said.split("\n")):
        if number:
            text.append(LineBreak())
        if line:
            text.append(Run(text=line))
    return tuple(text)


def _note(note: Note, fitting: Fitting) -> Sequence[Any]:
    if fitting.own.on_title_page:
        fitting.lose(_ON_TITLE_PAGE)
        return ()
    fitting.record(note)
    new = Note(text=note.text, at=note.at)
    if fitting.in_text:
        fitting.lose(_NOTE_IN_TEXT)
        fitting.before.append(new)
        return ()
    if not note.text:
        fitting.lose(_SAID_TWICE)
        return ()
    return (new,)


def _boneyard(boneyard: Boneyard, fitting: Fitting) -> Sequence[Any]:
    fitting.lose(_NO_BONEYARD)
    return _note(Note(text=boneyard.source, at=boneyard.at), fitting) if boneyard.source else ()


def _page_mark(mark: PageMark, fitting: Fitting) -> Sequence[Any]:
    if not mark.locked or not mark.label or fitting.own.on_title_page:
        fitting.lose(_NO_PAGE_MARK)
        return ()
    return (mark,)


# ---------------------------------------------------------------- fields


def _style_name(name: str, fitting: Fitting) -> str | None:
    """A name is one style, and the eight built-in ones and their like are taken."""
    kind = type(fitting.node)
    if fitting.own.on_title_page:
        return None
    if KINDS.get(name.casefold(), kind) is not kind or name.casefold() == NAMES[kind].casefold():
        return None
    return name if fitting.own.names.setdefault(name.casefold(), (kind, name)) == (kind, name) else None


def _align(align: Align, fitting: Fitting) -> Align | None:
    usual = Align.RIGHT if type(fitting.node) is Transition else Align.LEFT
    return None if align is usual else align


def _layout(layout: ParagraphLayout, fitting: Fitting) -> ParagraphLayout | None:
    return layout_of(measures_of(layout, type(fitting.node), fitting.own.width), fitting.own.width)


def measures_of(layout: ParagraphLayout | None, kind: type[Paragraph], width: int) -> dict[str, str]:
    """The attributes of a paragraph's style for its measures, without those that its element has anyway."""
    if layout is None:
        return {}
    usual = BASES[kind].measures if kind in BASES else {}
    measures = {
        "spacebefore": _short(layout.space_before, lambda points: points / LINE, 0, 100),
        "linespacing": _short(layout.line_spacing, float, 0.01, 100),
        "leftindent": _tenths(layout.left, lambda tenths: tenths - SIDE_MARGIN),
        "rightindent": _tenths(layout.right, lambda tenths: width - SIDE_MARGIN - tenths),
    }
    defaults = {"linespacing": "1"}
    return {
        name: value
        for name, value in measures.items()
        if value is not None and float(value) != float(usual.get(name, defaults.get(name, "0")))
    }


def _short(value: float | None, unit: Callable[[float], float], least: float, most: float) -> str | None:
    if value is None or not math.isfinite(value):
        return None
    short = plain_number(unit(value))
    return short if least <= float(short) <= most else None


def _tenths(inches: float | None, from_margin: Callable[[int], int]) -> str | None:
    if inches is None or not abs(inches) <= 20:
        return None
    return str(from_margin(round(inches * TENTHS)))


def layout_of(measures: dict[str, str], width: int) -> ParagraphLayout | None:
    """The layout as it comes back."""
    left, right = measures.get("leftindent"), measures.get("rightindent")
    before, spacing = measures.get("spacebefore"), measures.get("linespacing")
    layout = ParagraphLayout(
        left=None if left is None else (SIDE_MARGIN + int(left)) / TENTHS,
        right=None if right is None else (width - SIDE_MARGIN - int(right)) / TENTHS,
        space_before=None if before is None else float(before) * LINE,
        line_spacing=None if spacing is None else float(spacing),
    )
    return None if layout == ParagraphLayout() else layout


def _color(color: str, fitting: Fitting) -> str | None:
    digits = color[1:]
    return color if color[:1] == "#" and len(digits) == 6 and not set(digits) - _HEX else None


_HEX = set("0123456789abcdefABCDEF")


def _font(font: str, fitting: Fitting) -> str | None:
    return None if font == FONT else font


def _size(size: float, fitting: Fitting) -> float | None:
    if not math.isfinite(size):
        return None
    fitted = float(plain_number(size))
    return fitted if 0 < fitted < 10_000 and fitted != SIZE else None


def _revision(revision: int, fitting: Fitting) -> int | None:
    return revision if 0 < revision < 1_000_000_000 else None


def _deletion(deletion: Deletion, fitting: Fitting) -> Sequence[Any]:
    if _revision(deletion.revision, fitting) is None:
        fitting.lose(_REVISION, deletion.revision)
        return ()
    return (deletion,)


def _title_page(page: TitlePage, fitting: Fitting) -> TitlePage:
    """Its lines as runs alone; in what order they come back is settled apart."""
    fitting.own.on_title_page = True
    fields = tuple(replace(one, lines=tuple(map(fitting.text, one.lines))) for one in page.fields)
    sheets = tuple(tuple(fitting.held(line)[-1] for line in sheet) for sheet in page.sheets)
    fitting.own.on_title_page = False
    return TitlePage(fields=fields, sheets=sheets)


# ---------------------------------------------------------------- the table

HOLDS = Holds(
    are_plain_parts=are_plain_parts,
    around={
        "page_setup": WHOLE,
        "styles": Loss("osf.no-styles", "The script's own paragraph styles were left out; only their names were kept."),
        "revisions": WHOLE,
        "tags": Loss("osf.no-tags", "Open Screenplay Format has no tags on words; they were left out."),
        "opaque": Loss("osf.not-held", "Open Screenplay Format cannot hold {value.name} ({value.count}); left out."),
        "title_page": Check(_title_page),
        "body": HELD,
    },
    elements={
        SceneHeading: Becomes(omitted_said),
        Action: HELD,
        General: HELD,
        Shot: HELD,
        Transition: HELD,
        CastList: HELD,
        NewAct: HELD,
        EndOfAct: HELD,
        Lyric: HELD,
        Section: Becomes(_section, _NO_SECTIONS),
        Synopsis: Becomes(_synopsis),
        Speech: HELD,
        DualDialogue: HELD,
        Character: HELD,
        Parenthetical: Becomes(lambda one, fitting: fitting.held(bracketed_or_dialogue(one, fitting, _BARE))),
        Dialogue: HELD,
        PageBreak: HELD,
        Note: Becomes(_note),
        Boneyard: Becomes(_boneyard),
        PageMark: Becomes(_page_mark),
        Cut: _NO_CUT_WORDS,
    },
    fields={
        "Paragraph.text": HELD,
        "Paragraph.style_name": Check(
            _style_name, Loss("osf.style-name", "The style name {value!r} means something else there; it was left out.")
        ),
        "Paragraph.align": Check(_align, _SAID_TWICE),
        "Paragraph.layout": Check(_layout, _MEASURES),
        "SceneHeading.number": HELD,
        "Paragraph.number": _NO_NUMBER,
        "SceneHeading.color": Check(_color, _NO_COLOR),
        "SceneHeading.omitted": _NO_CUT_SCENE,
        "Section.level": WHOLE,
        "Dialogue.alternates": Loss("osf.no-alternates", "Alternate lines were left out; the chosen ones were kept."),
        "Speech.cue": HELD,
        "Speech.parts": HELD,
        "DualDialogue.left": HELD,
        "DualDialogue.right": HELD,
        "Note.text": HELD,
        "Note.id": _NO_RANGE,
        "Note.title": _NO_DETAILS,
        "Note.category": _NO_DETAILS,
        "Note.author": _NO_DETAILS,
        "Note.color": _NO_DETAILS,
        "Note.date": _NO_DETAILS,
        "NoteEnd": _NO_RANGE,
        "Boneyard": _NO_BONEYARD,
        "PageMark": HELD,
        "Deletion.revision": HELD,
        "Deletion.text": Loss(
            "osf.no-cut-words", "Only the place of words that were cut was marked; they were left out."
        ),
        "Cut": HELD,
        "Look.font": Check(_font, _SAID_TWICE),
        "Look.size": Check(_size, _SAID_TWICE),
        "Look.color": Check(_color, _NO_COLOR),
        "Look.background": Check(_color, _NO_COLOR),
    },
    inlines={
        Run: HELD,
        LineBreak: HELD,
        Note: Becomes(_note),
        NoteEnd: _NO_RANGE,
        Boneyard: Becomes(_boneyard),
        PageMark: Becomes(_page_mark),
        Deletion: Becomes(_deletion),
    },
    run={
        "text": HELD,
        "style.BOLD": HELD,
        "style.ITALIC": HELD,
        "style.UNDERLINE": HELD,
        "style.STRIKEOUT": HELD,
        "style.ALL_CAPS": Becomes(
            lambda said, _: said.upper(),
            Loss("osf.no-all-caps", "Words have no capitals of their own there; they were written in capitals."),
        ),
        "style.SMALL_CAPS": Loss("osf.no-small-caps", "Words have no small capitals there; they were left out."),
        "style.PLAIN": Loss("osf.no-plain-style", "An element's own style cannot be taken off some words there."),
        "style.HIDDEN": Becomes(
            lambda said, _: "", Loss("osf.no-hidden", "Hidden words have no place there; they were left out.")
        ),
        "look": HELD,
        "revision": Check(_revision, _REVISION),
        "tags": Loss("osf.no-tags", "Open Screenplay Format has no tags on words; they were left out."),
    },
)
