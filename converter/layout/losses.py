"""What pages hold of a tree, and what a reader of them would miss."""

from __future__ import annotations

from collections.abc import Iterator

from converter.contract import Report
from converter.fitting import ASKED, HELD, UNPRINTED, WHOLE, Check, Fitting, Holds, Loss
from converter.layout.titlepage import is_printed
from converter.records import replace
from converter.tree import (
    ELEMENT_NAMES,
    Action,
    Boneyard,
    CastList,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    ElementStyle,
    EndOfAct,
    General,
    LineBreak,
    Look,
    Lyric,
    NewAct,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Parenthetical,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Speech,
    Style,
    Synopsis,
    TitlePage,
    Transition,
    paragraphs,
)


def report_losses(screenplay: Screenplay, report: Report) -> None:
    Fitting(HOLDS, report, own=screenplay).screenplay(screenplay)


def used_styles(screenplay: Screenplay) -> Iterator[ElementStyle]:
    """The source's own styles that printed paragraphs of the body have."""
    if screenplay.styles:
        kinds = {(type(paragraph), paragraph.style_name) for paragraph in paragraphs(screenplay.body)}
        names = {name or ELEMENT_NAMES[kind] for kind, name in kinds if kind not in (Section, Synopsis)}
        for style in screenplay.styles:
            if style.name in names and not style.style & Style.HIDDEN:
                yield style


# ---------------------------------------------------------------- what is held only in part


def _own_type(look: Look, fitting: Fitting) -> Look | None:
    """Every Courier at 12 points is the page's own."""
    font = look.font if look.font is None or "courier" in look.font.casefold() else None
    size = look.size if look.size in (None, 12) else None
    return look if (font, size) == (look.font, look.size) else replace(look, font=font, size=size)


def _report_used(styles: tuple[ElementStyle, ...], fitting: Fitting) -> tuple[ElementStyle, ...]:
    for style in used_styles(fitting.own):
        fitting.go_to(None)
        if style.look is not None and _own_type(style.look, fitting) is not style.look:
            fitting.lose(_OTHER_STYLE, style)
    return styles


def _report_fields(page: TitlePage, fitting: Fitting) -> TitlePage:
    for field in () if page.sheets else page.fields:
        fitting.go_to(None)
        if not is_printed(field):
            fitting.lose(_TITLE_FIELD, field)
    return page


_OTHER_STYLE = Loss("pages.other-type", "{value.name} in another typeface or size was set like all else.")
_TITLE_FIELD = Loss("pages.title-field", "The title page has no place for {value.name!r}.")

# ---------------------------------------------------------------- the table

HOLDS = Holds(
    once=True,
    draws=True,
    elements={
        SceneHeading: HELD,
        Action: HELD,
        General: HELD,
        Shot: HELD,
        Transition: HELD,
        CastList: HELD,
        NewAct: HELD,
        EndOfAct: HELD,
        Section: ASKED,
        Synopsis: ASKED,
        Lyric: HELD,
        Speech: HELD,
        DualDialogue: HELD,
        Character: HELD,
        Parenthetical: HELD,
        Dialogue: HELD,
        PageBreak: HELD,
        Note: ASKED,
        Boneyard: UNPRINTED,
        PageMark: UNPRINTED,
        Cut: UNPRINTED,
    },
    fields={
        "Paragraph.text": HELD,
        "Paragraph.align": HELD,
        "Paragraph.number": HELD,
        "Paragraph.style_name": UNPRINTED,
        "Paragraph.layout": WHOLE,
        "SceneHeading.color": UNPRINTED,
        "SceneHeading.omitted": UNPRINTED,
        "Section.level": UNPRINTED,
        "Dialogue.alternates": Loss("pages.no-alternates", "The alternates of this dialogue are not printed."),
        "Speech.cue": HELD,
        "Speech.parts": HELD,
        "DualDialogue.left": HELD,
        "DualDialogue.right": HELD,
        "Look": WHOLE,
        "Note": UNPRINTED,
        "NoteEnd": UNPRINTED,
        "Deletion.revision": WHOLE,
        "Deletion.text": UNPRINTED,
        "Cut": UNPRINTED,
        "Boneyard": UNPRINTED,
        "PageMark.label": UNPRINTED,
        "PageMark.locked": HELD,
    },
    inlines={
        Run: HELD,
        LineBreak: HELD,
        Note: ASKED,
        NoteEnd: UNPRINTED,
        Boneyard: UNPRINTED,
        PageMark: UNPRINTED,
        Deletion: HELD,
    },
    run={
        "text": HELD,
        "style.BOLD": HELD,
        "style.ITALIC": HELD,
        "style.UNDERLINE": HELD,
        "style.STRIKEOUT": HELD,
        "style.ALL_CAPS": HELD,
        "style.SMALL_CAPS": HELD,
        "style.HIDDEN": HELD,
        "style.PLAIN": HELD,
        "look": Check(
            _own_type, Loss("pages.other-type", "Words in another typeface or size were set like all others.")
        ),
        "revision": HELD,
        "tags": Loss("pages.no-tags", "The tags of these words are not printed."),
    },
    around={
        "body": HELD,
        "styles": Check(_report_used),
        "title_page": Check(_report_fields),
        "opaque": Loss("pages.not-held", "A page does not hold what {value.format} calls {value.name}."),
        "page_setup": WHOLE,
        "revisions": WHOLE,
        "RevisionSet.color": UNPRINTED,
        "RevisionSet.page_color": UNPRINTED,
        "ElementStyle.next_name": UNPRINTED,
        "tags": UNPRINTED,
    },
)
