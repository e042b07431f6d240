"""A screenplay as a file of Trelby, Version 3. The parts that Trelby fills by itself are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from converter.contract import DEFAULT_LIMITS, Diagnostic, Kind, Limits, Report, Writer, ignore
from converter.fitting import HELD, WHOLE, Becomes, Check, Fitting, Holds, Loss
from converter.fitting import fit as fit_to
from converter.normal import known_normal, normal
from converter.notation.brackets import are_plain_parts, bracketed_or_dialogue
from converter.notation.flat import Para, built, omitted_said
from converter.notation.trelby import elements_of, lines_from, paras_of
from converter.notation.trelby.setup import config_of, escaped, settled_setup, settled_title, strings_of
from converter.records import dataclass, replace
from converter.tree import (
    Action,
    Boneyard,
    CastList,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
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
    TitlePage,
    Transition,
    words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: Trelby sets the pages."""


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    limits.deadline().check()
    fitted = fit(screenplay, options, report)
    lines = ["#Version 3"]
    config = config_of(fitted.page_setup)
    if config:
        lines += ["#Begin-Config ", *(f"{name}:{value}" for name, value in config.items()), "#End-Config "]
    for one in strings_of(fitted.title_page):
        size = 24 if "b" in one.flags else 12
        text = escaped(one.text)
        lines.append(f"#Title-String {one.x:.6f},{one.y:.6f},{size},{one.flags},Courier,,{text}")
    lines += ["#Header-String 1,0,r,,${PAGE}.", "#Header-Empty-Lines 1", "#Start-Script "]
    lines.extend(lines_from(*_flat(fitted)))
    return ("\ufeff" + "\n".join(lines) + "\n").encode("utf-8")


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    """The screenplay as it comes back from a file."""
    told: list[Diagnostic] = []

    def tell(diagnostic: Diagnostic) -> None:
        told.append(diagnostic)
        report(diagnostic)

    fitted = fit_to(screenplay, HOLDS, tell, not_simple=_CHANGED)
    before = len(told)
    numbered = enumerate(lines_from(*_flat(fitted)), start=1)
    paras, notes = paras_of(elements_of(numbered))
    changes: dict[str, Any] = {
        "body": (*built(paras), *notes),
        "page_setup": settled_setup(fitted.page_setup),
        "title_page": settled_title(fitted.title_page),
    }
    result = normal(replace(fitted, origin=None, **changes))
    for name, loss in _AROUND.items():
        if getattr(result, name) != getattr(fitted, name) and (name != "body" or len(told) == before):
            tell(Diagnostic(Kind.LOSS, loss.code, loss.message))
    return known_normal(result)


WRITER = Writer("trelby", (), Options, write, fit)


def _flat(fitted: Screenplay) -> tuple[list[Para], list[Note]]:
    """The paragraphs with the notes before them, and the notes at the end."""
    paras: list[Para] = []
    notes: list[Note] = []
    waiting: list[Any] = list(reversed(fitted.body))
    while waiting:
        element = waiting.pop()
        if isinstance(element, Note):
            notes.append(element)
        elif isinstance(element, Speech):
            waiting.extend(reversed(element.parts))
            if element.cue is not None:
                waiting.append(element.cue)
        else:
            paras.append(Para(paragraph=element, notes=tuple(notes)))
            notes = []
    return paras, notes


# ---------------------------------------------------------------- what is held

_AROUND = {
    "body": Loss("trelby.arranged", "Trelby keeps no empty cues and lines, and lines belong to the name before."),
    "page_setup": Loss("trelby.page-setup", "Not all that the script says of its pages has a place in Trelby."),
    "title_page": Loss("trelby.title-page", "Trelby's title page has no fields; some will be read as others."),
}
_NO_LOOKS = Loss("trelby.no-looks", "Trelby has no bold, italic or underlined words, and no fonts and colours.")
_NO_LAYOUT = Loss("trelby.no-layout", "Trelby aligns and indents by element; this paragraph is as the others now.")
_NO_NUMBER = Loss("trelby.no-number", "Trelby counts its scenes itself; this number was left out.")
_NO_DUAL = Loss("trelby.no-dual", "Trelby has no dual dialogue; the speeches follow each other.")
_NO_DETAILS = Loss("trelby.no-note-details", "Trelby's notes are words alone.")
_NOTE_INSIDE = Loss("trelby.note-inside", "A note inside a paragraph was put before it.")
_BARE = Loss("trelby.bare-parenthetical", "A parenthetical without brackets would get some; it became dialogue.")
_NO_REVISIONS = Loss("trelby.no-revisions", "Trelby has no revisions; what is new or was cut was left out.")
_NO_PAGE = Loss("trelby.no-pages", "Trelby breaks pages itself; forced pages and labels were left out.")
_NO_SCENE = Loss("trelby.no-cut-scenes", "Trelby keeps no omitted scenes; what was cut was left out.")
_AS_NOTE = Loss("trelby.as-note", "Trelby has no sections, synopses and boneyards; this became a note.")
_AS_OTHER = Loss("trelby.as-other", "Trelby has no such element; this became {fitted}.")


_CHANGED = (General, CastList, EndOfAct, Lyric, Section, Synopsis)


def _noted(said: str, node: Any, fitting: Fitting) -> Sequence[Any]:
    fitting.lose(_AS_NOTE)
    return (Note(text=said, at=node.at),) if said else ()


def _other(kind: type[Any], called: str) -> Becomes:
    def become(paragraph: Any, fitting: Fitting) -> Sequence[Any]:
        fitting.lose(_AS_OTHER, paragraph, called)
        return fitting.held(fitting.as_kind(kind, paragraph))

    return Becomes(become)


def _lyric(lyric: Lyric, fitting: Fitting) -> Sequence[Any]:
    spoken = fitting.in_speech
    fitting.lose(_AS_OTHER, lyric, "dialogue" if spoken else "action")
    return fitting.held(fitting.as_kind(Dialogue if spoken else Action, lyric))


def _dual(dual: DualDialogue, fitting: Fitting) -> Sequence[Any]:
    fitting.go_to(None if dual.left.cue is None else dual.left.cue.at)
    fitting.lose(_NO_DUAL)
    return (*fitting.element(dual.left), *fitting.element(dual.right))


def _note(note: Note, fitting: Fitting) -> Sequence[Any]:
    fitting.record(note)
    new = Note(text=note.text, at=note.at)
    if fitting.in_text:
        fitting.lose(_NOTE_INSIDE)
        fitting.before.append(new)
        return ()
    if not note.text:
        fitting.lose(_NO_DETAILS)
        return ()
    return (new,)


def _boneyard(boneyard: Boneyard, fitting: Fitting) -> Sequence[Any]:
    fitting.lose(_AS_NOTE)
    return _note(Note(text=boneyard.source, at=boneyard.at), fitting) if boneyard.source else ()


def _title_page(page: TitlePage, fitting: Fitting) -> TitlePage:
    """Words alone; their places are Trelby's own."""
    fields = tuple(
        replace(one, lines=tuple((Run(text=words(line)),) if words(line) else () for line in one.lines))
        for one in page.fields
    )
    fitted = TitlePage(fields=fields)
    if normal(Screenplay(title_page=fitted)) != normal(Screenplay(title_page=page)):
        fitting.lose(Loss("trelby.title-looks", "The title page is drawn as Trelby does it; its own looks are lost."))
    return fitted


HOLDS = Holds(
    are_plain_parts=are_plain_parts,
    around={
        "page_setup": WHOLE,
        "styles": Loss("trelby.no-styles", "Trelby has no paragraph styles of a script's own; they were left out."),
        "revisions": _NO_REVISIONS,
        "tags": Loss("trelby.no-tags", "Trelby has no tags; they were left out."),
        "opaque": Loss("trelby.not-held", "Trelby cannot hold {value.name} ({value.count}); left out."),
        "title_page": Check(_title_page),
        "body": HELD,
    },
    elements={
        SceneHeading: Becomes(omitted_said),
        Action: HELD,
        General: _other(Action, "action"),
        Shot: HELD,
        Transition: HELD,
        CastList: _other(Action, "action"),
        NewAct: HELD,
        EndOfAct: _other(NewAct, "a new act"),
        Lyric: Becomes(_lyric),
        Section: Becomes(lambda section, fitting: _noted(words(section.text), section, fitting)),
        Synopsis: Becomes(lambda synopsis, fitting: _noted(words(synopsis.text), synopsis, fitting)),
        Speech: HELD,
        DualDialogue: Becomes(_dual),
        Character: HELD,
        Parenthetical: Becomes(lambda one, fitting: fitting.held(bracketed_or_dialogue(one, fitting, _BARE))),
        Dialogue: HELD,
        PageBreak: _NO_PAGE,
        Note: Becomes(_note),
        Boneyard: Becomes(_boneyard),
        PageMark: _NO_PAGE,
        Cut: _NO_REVISIONS,
    },
    fields={
        "Paragraph.text": HELD,
        "Paragraph.style_name": Loss("trelby.no-style-name", "Trelby has no names for styles; this one was left out."),
        "Paragraph.align": _NO_LAYOUT,
        "Paragraph.layout": _NO_LAYOUT,
        "Paragraph.number": _NO_NUMBER,
        "SceneHeading.color": Loss("trelby.no-scene-color", "Trelby has no colours of scenes; this one was left out."),
        "SceneHeading.omitted": _NO_SCENE,
        "Section.level": WHOLE,
        "Dialogue.alternates": Loss("trelby.no-alternates", "Alternate lines were left out, the chosen ones kept."),
        "Speech.cue": HELD,
        "Speech.parts": HELD,
        "DualDialogue": _NO_DUAL,
        "Note.text": HELD,
        "Note.id": _NO_DETAILS,
        "Note.title": _NO_DETAILS,
        "Note.category": _NO_DETAILS,
        "Note.author": _NO_DETAILS,
        "Note.color": _NO_DETAILS,
        "Note.date": _NO_DETAILS,
        "NoteEnd": _NO_DETAILS,
        "Boneyard": _AS_NOTE,
        "PageMark": _NO_PAGE,
        "Deletion": _NO_REVISIONS,
        "Cut": _NO_REVISIONS,
    },
    inlines={
        Run: HELD,
        LineBreak: HELD,
        Note: Becomes(_note),
        NoteEnd: _NO_DETAILS,
        Boneyard: Becomes(_boneyard),
        PageMark: _NO_PAGE,
        Deletion: _NO_REVISIONS,
    },
    run={
        "text": HELD,
        "style.BOLD": _NO_LOOKS,
        "style.ITALIC": _NO_LOOKS,
        "style.UNDERLINE": _NO_LOOKS,
        "style.STRIKEOUT": _NO_LOOKS,
        "style.ALL_CAPS": Becomes(
            lambda said, _: said.upper(),
            Loss("trelby.no-all-caps", "Words have no capitals of their own there; they were written in capitals."),
        ),
        "style.SMALL_CAPS": _NO_LOOKS,
        "style.PLAIN": _NO_LOOKS,
        "style.HIDDEN": Becomes(
            lambda said, _: "", Loss("trelby.no-hidden", "Hidden words have no place there; they were left out.")
        ),
        "look": _NO_LOOKS,
        "revision": _NO_REVISIONS,
        "tags": Loss("trelby.no-tags", "Trelby has no tags; they were left out."),
    },
)
