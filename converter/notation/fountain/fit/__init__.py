"""What Fountain holds of a screenplay, and what it loses."""

from __future__ import annotations

from typing import Literal

from converter.contract import Report, ignore, option
from converter.fitting import HELD, Becomes, Check, Fitting, Holds, Loss, Nested
from converter.fitting import fit as fit_to
from converter.normal import normal
from converter.notation.fountain.fit import losses
from converter.notation.fountain.fit.blocks import (
    Capitals,
    are_plain_parts,
    held_act,
    held_action,
    held_align,
    held_alternates,
    held_boneyard,
    held_color,
    held_cue,
    held_note,
    held_number,
    held_page_mark,
    held_parenthetical,
    held_shot,
    held_text,
    is_plain_cue,
)
from converter.notation.fountain.fit.neighbours import (
    breaks_first,
    cut_scenes_apart,
    join_dialogue,
    silent_cues_as_drawn,
    with_breaks_in_place,
    with_dialogue_joined,
)
from converter.notation.fountain.fit.texts import are_plain_words
from converter.notation.fountain.fit.title_page import held_title_page
from converter.notation.fountain.markers import CUT_SCENES_DEEP
from converter.records import dataclass, replace
from converter.terms import with_capital_cues
from converter.tree import (
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
    Synopsis,
    Transition,
)

SECTIONS_DEEP = 32


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
    cue_case: Literal["keep", "upper"] = option(
        "keep", "write cues as typed, with @ where a letter is small, or in capitals"
    )


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    if options.cue_case == "upper":
        screenplay = normal(replace(screenplay, body=with_capital_cues(screenplay.body)))
    own = Capitals(screenplay.styles, as_typed=options.as_typed)
    fitted = fit_to(screenplay, HOLDS, report, options, own, _not_simple(options))
    return fitted if fitted.origin is None else replace(fitted, origin=None)


def fitter(options: Options, styles: tuple[ElementStyle, ...]) -> Fitting:
    """For those who fit single elements of a script that has these styles."""
    own = Capitals(styles, as_typed=options.as_typed)
    return Fitting(HOLDS, ignore, options, own, _not_simple(options))


def _not_simple(options: Options) -> set[type]:
    upper = {SceneHeading} if options.scene_heading_case == "upper" else set()
    return upper | ({Shot} if options.plain_shots else set())


HOLDS = Holds(
    once=True,
    gives_normal_form=True,
    join=join_dialogue,
    order=(with_breaks_in_place, cut_scenes_apart, silent_cues_as_drawn),
    order_of_parts=(with_dialogue_joined, breaks_first),
    is_plain=are_plain_words,
    is_plain_cue=is_plain_cue,
    are_plain_parts=are_plain_parts,
    around={
        "page_setup": Loss(
            "fountain.no-page-setup",
            "Fountain says nothing of paper, margins, headers and page breaks; they were left out.",
        ),
        "styles": Loss("fountain.no-styles", "Fountain has no paragraph styles; theirs were left out."),
        "revisions": losses.NO_REVISIONS,
        "tags": losses.NO_TAGS,
        "opaque": Loss("fountain.not-held", "Fountain cannot hold {value.name} ({value.count}); left out."),
        "title_page": Check(held_title_page),
        "body": HELD,
    },
    elements={
        SceneHeading: HELD,
        Action: Becomes(held_action),
        General: Becomes(Action, Loss("fountain.no-general", "Fountain has no general text; this became action.")),
        CastList: Becomes(Action, Loss("fountain.no-cast-list", "Fountain has no cast lists; this became action.")),
        NewAct: Becomes(held_act, losses.NO_ACTS),
        EndOfAct: Becomes(held_act, losses.NO_ACTS),
        Shot: Becomes(held_shot),
        Transition: HELD,
        Section: HELD,
        Synopsis: HELD,
        Lyric: HELD,
        Speech: HELD,
        DualDialogue: HELD,
        Character: Becomes(held_cue),
        Parenthetical: Becomes(held_parenthetical),
        Dialogue: HELD,
        PageBreak: HELD,
        Note: Becomes(held_note),
        Boneyard: Becomes(held_boneyard),
        PageMark: Becomes(held_page_mark),
        Cut: losses.NO_CUT_WORDS,
    },
    fields={
        "Section.level": Check(
            lambda level, _: min(level, SECTIONS_DEEP),
            Loss("fountain.section-too-deep", f"Sections go {SECTIONS_DEEP} levels deep; this one was deeper."),
        ),
        "SceneHeading.color": Check(
            held_color,
            Loss(
                "fountain.odd-scene-color",
                "Fountain takes a scene's colour by a few names or as #RRGGBB; this one was left out.",
            ),
        ),
        "SceneHeading.number": Check(
            held_number,
            Loss(
                "fountain.odd-scene-number",
                "A scene number in Fountain has letters, digits, - and . only; the rest was left out.",
            ),
            usual=True,
        ),
        "Dialogue.alternates": Becomes(
            held_alternates, Loss("fountain.no-alternates", "Fountain has no alternate dialogue; it became a note.")
        ),
        "Paragraph.text": Check(held_text),
        "Action.align": Check(held_align, losses.NO_ALIGNMENT),
        "Paragraph.align": losses.NO_ALIGNMENT,
        "Paragraph.layout": losses.NO_LAYOUT,
        "Paragraph.style_name": losses.NO_STYLE_NAME,
        "Paragraph.number": Loss("fountain.no-number", "Fountain numbers scenes only; this number was left out."),
        "SceneHeading.omitted": Nested(CUT_SCENES_DEEP, losses.NO_CUT_SCENE),
        "Speech.cue": Becomes(Action, losses.NO_CUE),
        "Speech.parts": HELD,
        "DualDialogue.left": HELD,
        "DualDialogue.right": HELD,
        "PageMark.label": Check(held_page_mark, losses.PAGE_MARK_CHANGED),
        "Cut": losses.NO_CUT_WORDS,
        "PageMark.locked": losses.PAGE_MARK_CHANGED,
        "Boneyard.source": HELD,
        "Note.text": HELD,
        "Note.color": HELD,
        "Note.id": losses.NO_NOTE_RANGE,
        "Note.title": losses.NO_NOTE_DETAILS,
        "Note.category": losses.NO_NOTE_DETAILS,
        "Note.author": losses.NO_NOTE_DETAILS,
        "Note.date": losses.NO_NOTE_DETAILS,
    },
    inlines={
        Run: HELD,
        LineBreak: HELD,
        Note: Becomes(held_note),
        NoteEnd: losses.NO_NOTE_RANGE,
        Boneyard: Becomes(held_boneyard),
        PageMark: Becomes(held_page_mark),
        Deletion: losses.NO_REVISIONS,
    },
    run={
        "text": HELD,
        "look": Loss("fountain.no-look", "Fountain has no fonts and colours; the words were kept without them."),
        "revision": losses.NO_REVISIONS,
        "tags": losses.NO_TAGS,
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
        "style.HIDDEN": losses.HIDDEN,
    },
)
