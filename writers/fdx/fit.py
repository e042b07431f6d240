"""What FDX holds of a tree, and what is lost on the way there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar, cast

from converter.contract import Diagnostic, Report
from converter.fitting import HELD, WHOLE, Becomes, Check, Fitting, Holds, Loss
from converter.normal import normal
from converter.notation.brackets import are_plain_parts, bracketed_or_dialogue
from converter.notation.fdx import (
    ALONE,
    BONEYARD_NOTE,
    HEX_COLOR,
    NO_NUMBER,
    PAGE_NOTE,
    date_of,
    date_value,
    first_words,
)
from converter.notation.fdx.setup import LEADINGS
from converter.notation.fdx.styles import DEFAULTS, StyleTable, own_styles, table_of, type_name
from converter.notation.fdx.styles import Kind as TypeKind
from converter.notation.fdx.title import LEFT, RIGHT
from converter.records import fields, replace
from converter.tree import (
    ELEMENT_NAMES,
    NO_STYLE,
    Action,
    Align,
    Band,
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
    LineBreak,
    Look,
    Lyric,
    Margins,
    NewAct,
    Note,
    NoteEnd,
    Opaque,
    PageBreak,
    PageMark,
    Paper,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Speech,
    Style,
    Synopsis,
    TabStop,
    Tag,
    Text,
    Transition,
)
from writers.fdx import losses
from writers.fdx.units import CardTest

if TYPE_CHECKING:
    from writers.fdx.kept.file import File

_MOST = 1_000_000_000  # numbers of sets and tags have at most nine digits
_DEEPEST = 32  # scenes cut out of cut scenes; the reader takes no more


def fitted(
    screenplay: Screenplay, version: int, report: Report, file: File | None = None
) -> tuple[Screenplay, StyleTable]:
    """What FDX holds of a tree, and the styles it is written with; `file` is the one that it is to be written into."""
    whole = normal(screenplay)
    told: list[Diagnostic] = []

    def tell(diagnostic: Diagnostic) -> None:
        told.append(diagnostic)
        report(diagnostic)

    own = _Own(version, file)
    fitting = Fitting(HOLDS, tell, own=own)
    own.table = _style_table(whole, file, fitting)
    fitting.look_closer((Section, Synopsis))
    fitting.look_closer(kind for kind, name in ELEMENT_NAMES.items() if own.table.settings(name).new_page)
    own.behaved_like = {settings.behaves_as for settings in own.table.listed.values()}
    whole = normal(fitting.without_cut_words(whole))
    result = fitting.screenplay(whole)
    result = replace(result, styles=own_styles(own.table))
    if result.body is not whole.body or told:
        result = normal(result)
    if not told and result != replace(whole, opaque=result.opaque):
        fitting.go_to(None)
        fitting.lose(losses.SAID_TWICE)
    return result, own.table


class _Own:
    """What has to be known of the file and of the paragraph at hand."""

    table: StyleTable
    behaved_like: set[str]  # to list one of these types would change what those that behave like it are

    def __init__(self, version: int, file: File | None):
        self.version = version
        self.into_fdx = file is not None
        self.card = CardTest() if file is None else file.card
        self.settings = DEFAULTS["General"]  # what the words at hand have anyway
        self.heading: SceneHeading | None = None  # whose card the last synopsis stands on
        self.on_card: Synopsis | None = None  # that synopsis
        self.before_dual: list[Element] = []


def _style_table(whole: Screenplay, file: File | None, fitting: Fitting) -> StyleTable:
    styles: dict[str, ElementStyle] = {}
    for style in whole.styles:
        if not style.name or style.name in styles:
            fitting.lose(losses.SECOND_STYLE, style)
        else:
            styles[style.name] = fitting.record(style)
    if file is None:
        return table_of(styles.values(), upright_lyrics=_keeps_upright(whole.body))
    gone = {style.name for style in file.screenplay.styles} - styles.keys()
    listed = {name: settings for name, settings in file.table.listed.items() if name not in gone}
    return table_of(styles.values(), listed, upright_lyrics=file.table.upright_lyrics)


def _keeps_upright(elements: Iterable[Any]) -> bool:
    """Does italic type mean something in these lyrics? Then they cannot all be in italics."""
    for element in elements:
        kind = type(element)
        if kind is Lyric:
            if any(isinstance(one, Run) and _is_italic(one.style) for one in element.text):
                return True
        elif kind in _HOLD_OTHERS and _keeps_upright(_inside(element)):
            return True
    return False


_HOLD_OTHERS = frozenset({Speech, DualDialogue, SceneHeading})


def _inside(element: Speech | DualDialogue | SceneHeading) -> Iterable[Any]:
    match element:
        case Speech():
            return element.parts
        case DualDialogue():
            return element.left, element.right
        case _:
            return element.omitted or ()


def _is_italic(style: Style) -> bool:
    return style is not NO_STYLE and Style.ITALIC in style and Style.PLAIN not in style


# ---------------------------------------------------------------- elements


def _paragraph(paragraph: Paragraph, fitting: Fitting) -> Sequence[Any]:
    """The paragraph, and before Final Draft 12 its notes before it."""
    own: _Own = fitting.own
    in_pair = fitting.in_dual and not fitting.in_speech
    new = fitting.held(paragraph)[-1]
    if own.settings.new_page and not in_pair:
        _drop_breaks(fitting)
    if own.version >= 5 or not any(map(_belongs_to_paragraph, new.text)):
        return (new,)
    fitting.lose(losses.NOTE_BEFORE)
    taken = [one for one in new.text if _belongs_to_paragraph(one) and not isinstance(one, NoteEnd)]
    notes = [replace(one, id=None) if isinstance(one, Note) else one for one in taken]
    new = replace(new, text=tuple(one for one in new.text if not _belongs_to_paragraph(one)))
    if in_pair:
        own.before_dual.extend(notes)
        return (new,)
    return (*notes, new)


def _parenthetical(parenthetical: Parenthetical, fitting: Fitting) -> Sequence[Any]:
    """Some programs store them bare in Final Draft's files, so one without brackets would be read back with some."""
    return _paragraph(bracketed_or_dialogue(parenthetical, fitting, losses.BARE_PARENTHETICAL), fitting)


def _belongs_to_paragraph(one: Any) -> bool:
    """Before Final Draft 12 a note, and what we write as one, has no place inside the words."""
    return isinstance(one, Note | NoteEnd | Boneyard) or isinstance(one, PageMark) and not one.locked


def _drop_breaks(fitting: Fitting) -> None:
    """The page breaks before a paragraph whose style starts a page."""
    out = fitting.placed
    place = len(out)
    while place and isinstance(out[place - 1], PageBreak | Note | Boneyard | PageMark):
        place -= 1
    breaks = sum(isinstance(one, PageBreak) for one in out[place:])
    if breaks > 1:
        fitting.lose(losses.BLANK_PAGE)
    if breaks:
        out[place:] = [one for one in out[place:] if not isinstance(one, PageBreak)]


def _heading(heading: SceneHeading, fitting: Fitting) -> Sequence[Any]:
    if heading.omitted is None:
        return _paragraph(heading, fitting)
    if fitting.depth >= _DEEPEST:
        fitting.lose(losses.SCENE_TOO_DEEP)
        return (*_paragraph(replace(heading, omitted=None), fitting), *fitting.elements(heading.omitted))
    cut = fitting.cut_scene(heading.omitted)
    end = len(cut)
    while (fitting.depth or fitting.own.version < 5) and end and isinstance(cut[end - 1], Note | Boneyard | PageMark):
        end -= 1
    behind = cut[end:]
    if behind or cut is not heading.omitted:
        heading = replace(heading, omitted=cut[:end])
    placed = _paragraph(heading, fitting)
    if behind:
        fitting.lose(losses.NOTE_BEHIND)
    return (*placed, *behind)


def _synopsis(synopsis: Synopsis, fitting: Fitting) -> Sequence[Any]:
    """One that stands on its scene's card has nothing but words there."""
    own: _Own = fitting.own
    last = fitting.placed[-1] if fitting.placed else None
    heading = last if isinstance(last, SceneHeading) else None
    if last is not None and last is own.on_card:
        heading = own.heading
    if heading is None or not own.card.on_card(heading, synopsis):
        return _paragraph(synopsis, fitting)
    own.settings = DEFAULTS["General"]
    text = fitting.text(synopsis.text)
    new = synopsis if text is synopsis.text else replace(synopsis, text=text)
    own.heading, own.on_card = heading, new
    return (new,)


def _dual(dual: DualDialogue, fitting: Fitting) -> Sequence[Any]:
    fitting.go_to(None if dual.left.cue is None else dual.left.cue.at)
    if fitting.depth >= _DEEPEST:
        fitting.lose(losses.DUAL_TOO_DEEP)
        return (*fitting.element(dual.left), *fitting.element(dual.right))
    pair = fitting.dual(dual)
    before, fitting.own.before_dual = fitting.own.before_dual, []
    return (*before, *pair)


def _locked_first(items: list[Any], fitting: Fitting) -> list[Any]:
    """Final Draft lists locked pages apart from notes, so at one place they come first."""
    if not any(type(item) is PageMark for item in items):
        return items
    result: list[Any] = []
    locked: list[Any] = []  # and others: since the last block
    others: list[Any] = []
    for item in items:
        if isinstance(item, PageMark) and item.locked:
            if others:
                fitting.go_to(item.at)
                fitting.lose(losses.MARK_ORDER)
            locked.append(item)
        elif isinstance(item, Note | Boneyard | PageMark):
            others.append(item)
        else:
            result.extend((*locked, *others, item))
            locked, others = [], []
    return [*result, *locked, *others]


# ---------------------------------------------------------------- one paragraph


def _style_name(name: str, fitting: Fitting) -> str | None:
    """Can this type name be read back as this element? A name that nobody lists is given a style."""
    own, paragraph = fitting.own, fitting.node
    table = own.table
    alone = type(paragraph) is Lyric and fitting.behind is Speech and not fitting.in_speech
    if name not in table.listed and not table.is_built_in(name) and name not in own.behaved_like:
        table.add_type(name, ALONE if alone else type_name(replace(paragraph, style_name=None), own.version))
    kind = table.kind(name)
    if not _is_read_as(kind, paragraph, name, alone=alone):
        fitting.lose(losses.OTHER_TYPE, name, type_words(paragraph))
        return None
    return name if kind.style_name is not None else None


def _is_read_as(kind: TypeKind, paragraph: Paragraph, name: str, *, alone: bool) -> bool:
    if kind.element is not type(paragraph):
        return False
    if isinstance(paragraph, Section):
        return kind.level == paragraph.level
    if isinstance(paragraph, Lyric):
        return kind.alone if alone else not kind.alone or name == ALONE
    return True


def type_words(paragraph: Paragraph) -> str:
    return {"SceneHeading": "a scene heading", "Action": "action"}.get(
        type(paragraph).__name__, f"a {type(paragraph).__name__}"
    )


def _text(text: Text, fitting: Fitting) -> Text:
    own, paragraph = fitting.own, fitting.node
    style_name = fitting.changes.get("style_name", paragraph.style_name)
    if style_name is None and paragraph.style_name is not None:
        paragraph = replace(paragraph, style_name=None)
    own.settings = own.table.settings(type_name(paragraph, own.version))
    return fitting.text(text)


def _number(number: str, fitting: Fitting) -> str | None:
    return None if number in NO_NUMBER else number


def _align(align: Align, fitting: Fitting) -> Align | None:
    return None if align is fitting.own.settings.align else align


def _layout(layout: ParagraphLayout, fitting: Fitting) -> ParagraphLayout | None:
    """Without what the element has anyway."""
    own = fitting.own.settings
    layout = _style_layout(layout, fitting)
    result = ParagraphLayout(
        first_indent=_other(layout.first_indent, own.first),
        left=_other(layout.left, own.left),
        right=_other(layout.right, own.right),
        space_before=_other(layout.space_before, own.before),
        line_spacing=_other(layout.line_spacing, own.spacing),
        new_page=False if layout.new_page is False and own.new_page else None,
        tabs=None if layout.tabs == own.tabs else layout.tabs,
    )
    return None if result == ParagraphLayout() else result


def _style_layout(layout: ParagraphLayout, fitting: Fitting) -> ParagraphLayout:
    layout = _finite(layout, fitting)
    return layout if layout.tabs is None else replace(layout, tabs=_tabs(layout.tabs, fitting))


def _tabs(tabs: tuple[TabStop, ...], fitting: Fitting) -> tuple[TabStop, ...]:
    result = []
    for stop in tabs:
        if not isfinite(stop.position):
            fitting.lose(losses.NO_MEASURE)
            continue
        align = Align.LEFT if stop.decimal or stop.align is Align.FULL else stop.align
        result.append(TabStop(position=stop.position, align=align, decimal=stop.decimal))
    return tuple(result)


R = TypeVar("R")


def _finite(record: R, fitting: Fitting) -> R:
    """The record without numbers that no file can hold."""
    values = {one.name: getattr(record, one.name) for one in fields(cast(Any, record))}
    bad = {name: None for name, value in values.items() if isinstance(value, float) and not isfinite(value)}
    if bad:
        fitting.lose(losses.NO_MEASURE)
    return cast(R, replace(cast(Any, record), **bad)) if bad else record


def _other(value: float | None, own: float) -> float | None:
    return None if value == own else value


def _alternates(alternates: tuple[Text, ...], fitting: Fitting) -> tuple[Text, ...]:
    return tuple(fitting.text(_only_words(text, "an alternate line", fitting)) for text in alternates)


def _only_words(text: Text, where: str, fitting: Fitting) -> Text:
    kept = tuple(one for one in text if isinstance(one, Run | LineBreak))
    if len(kept) < len(text):
        fitting.lose(losses.NOTE_OUT_OF_BODY, where)
    return kept


# ---------------------------------------------------------------- words and notes


def _look(look: Look, fitting: Fitting) -> Look | None:
    """Without what the element has anyway."""
    own = fitting.own.settings
    look = fitting.record(look)
    result = Look(
        font=None if look.font == own.font else look.font,
        size=_other(look.size, own.size),
        color=None if look.color == own.color else look.color,
        background=None if look.background == own.background else look.background,
    )
    return None if result == Look() else result


def _size(size: float, fitting: Fitting) -> float | None:
    return size if isfinite(size) else None


def _color(color: str, fitting: Fitting) -> str | None:
    return color if re.match(HEX_COLOR, color) else None


def _revision(revision: int, fitting: Fitting) -> int | None:
    """Final Draft's 0 is none."""
    if abs(revision) >= _MOST:
        fitting.lose(losses.NO_SUCH_REVISION)
        return None
    return revision or None


def _counted(tags: tuple[int, ...], fitting: Fitting) -> tuple[int, ...]:
    return tuple(number for number in tags if abs(number) < _MOST)


def _own_style(style: Style, fitting: Fitting) -> Style:
    return own_style(style, fitting.own.settings.style)


@cache  # combining flags costs more than looking up what they give
def own_style(style: Style, elements_own: Style) -> Style:
    """What is read back of a run's style: without what the element has anyway."""
    if Style.PLAIN in style:
        flags = style & ~Style.PLAIN
        return flags & ~elements_own if flags & elements_own == elements_own else style
    return style & ~elements_own


def _note(note: Note, fitting: Fitting) -> Sequence[Note]:
    name = first_words(note.text)
    title = None if note.title == name else note.title
    category = note.category
    if category == (title or name) and category in {BONEYARD_NOTE, PAGE_NOTE}:
        fitting.lose(losses.NOTE_CATEGORY, category)
        category = None
    date = None if note.date is None else date_of(date_value(note.date))
    if (date, category, title) == (note.date, note.category, note.title):
        return (note,)
    return (replace(note, date=date, category=category, title=title),)


# ---------------------------------------------------------------- around the body


def _opaques(opaque: tuple[Opaque, ...], fitting: Fitting) -> tuple[Opaque, ...]:
    for one in opaque:
        if not one.quiet and not (fitting.own.into_fdx and one.format == "fdx"):
            fitting.go_to(one.at)
            fitting.lose(losses.NOT_HELD, one)
    return ()


def _sheets(sheets: tuple[tuple[General, ...], ...], fitting: Fitting) -> tuple[tuple[General, ...], ...]:
    fitting.own.settings = replace(DEFAULTS["General"], left=LEFT, right=RIGHT)
    return tuple(tuple(_drawn_line(line, fitting) for line in sheet) for sheet in sheets)


def _drawn_line(line: General, fitting: Fitting) -> General:
    fitting.go_to(line.at)
    if line.number in NO_NUMBER:
        fitting.lose(losses.NO_SCENE_NUMBER, line.number)
    return replace(
        line,
        text=fitting.text(_only_words(line.text, "a drawn title page", fitting)),
        align=None if line.align is Align.LEFT else line.align,
        number=None if line.number in NO_NUMBER else line.number,
        layout=None if line.layout is None else _layout(line.layout, fitting),
    )


def _margins(margins: Margins, fitting: Fitting) -> Margins | None:
    return margins if all(map(isfinite, (margins.top, margins.bottom, margins.header, margins.footer))) else None


def _paper(paper: Paper, fitting: Fitting) -> Paper | None:
    return paper if paper.width and paper.height and isfinite(paper.width + paper.height) else None


def _leading(leading: float, fitting: Fitting) -> float | None:
    return leading if leading in LEADINGS.values() else None


def _first_page(number: int, fitting: Fitting) -> int | None:
    return number if abs(number) < _MOST else None


def _band(band: Band, fitting: Fitting) -> Band:
    fitting.own.settings = DEFAULTS["General"]
    left, center, right = (
        tuple(_band_run(one, fitting) if isinstance(one, Run) else one for one in side)
        for side in (band.left, band.center, band.right)
    )
    if all(isinstance(one, Run) and not one.text.strip() for one in (*left, *center, *right)):
        left = center = right = ()
    return replace(band, left=left, center=center, right=right)


def _band_run(run: Run, fitting: Fitting) -> Run:
    if "\t" in run.text:
        fitting.lose(losses.TAB_IN_HEADER)
    return fitting.run(replace(run, text=run.text.replace("\t", " ")))


def _revisions(revisions: Revisions, fitting: Fitting) -> Revisions | None:
    sets = []
    for one in revisions.sets:
        if abs(one.id) >= _MOST:
            fitting.lose(losses.UNCOUNTED_SET, one)
        else:
            sets.append(fitting.record(one))
    active = revisions.active or None
    if active is not None and abs(active) >= _MOST:
        fitting.lose(losses.UNCOUNTED_ACTIVE)
        active = None
    location = revisions.location
    if not isfinite(location):
        fitting.lose(losses.NO_MEASURE)
        location = Revisions().location
    fitted = replace(revisions, sets=tuple(sets), active=active, location=location)
    return None if fitted == Revisions() else fitted


def _tags(tags: tuple[Tag, ...], fitting: Fitting) -> tuple[Tag, ...]:
    return tuple(one for one in tags if abs(one.number) < _MOST)


# ---------------------------------------------------------------- the table

_COLORS = Check(_color, Loss("fdx.color-name", "Final Draft knows colours like #FF0000 only, not {value!r}."))
_PARAGRAPH = Becomes(_paragraph)

HOLDS = Holds(
    order=(_locked_first,),
    order_of_parts=(_locked_first,),
    are_plain_parts=are_plain_parts,
    around={
        "opaque": Check(_opaques),
        "title_page": HELD,
        "TitlePage.fields": HELD,
        "TitlePage.sheets": Check(_sheets),
        "TitleField.name": HELD,
        "TitleField.lines": HELD,
        "body": HELD,
        "page_setup": HELD,
        "PageSetup.margins": Check(
            _margins, Loss("fdx.not-a-measure", "The margins are no numbers; they were left out.")
        ),
        "PageSetup.paper": Check(
            _paper, Loss("fdx.not-a-measure", "The size of the paper is no number; it was left out.")
        ),
        "PageSetup.leading": Check(
            _leading,
            Loss("fdx.not-a-measure", "Final Draft has no line pitch of {value:g} points; it was left out."),
        ),
        "PageSetup.first_page": Check(
            _first_page, Loss("fdx.not-a-measure", "The number of the first page is too long; it was left out.")
        ),
        "PageSetup.scene_numbers": Check(_finite),
        "PageSetup.header": Check(_band),
        "PageSetup.footer": Check(_band),
        "PageSetup.more": WHOLE,
        "PageSetup.continued": WHOLE,
        "PageSetup.break_at_sentences": HELD,
        "styles": WHOLE,  # they make the table of styles before the body is looked at
        "ElementStyle.look": HELD,
        "ElementStyle.layout": Check(_style_layout),
        "revisions": Check(_revisions),
        "RevisionSet.color": _COLORS,
        "RevisionSet.page_color": _COLORS,
        "tags": Check(_tags, Loss("fdx.tag-number", "Final Draft cannot count some of the tags; they were left out.")),
    },
    elements={
        SceneHeading: Becomes(_heading),
        Action: _PARAGRAPH,
        General: _PARAGRAPH,
        Shot: _PARAGRAPH,
        Transition: _PARAGRAPH,
        CastList: _PARAGRAPH,
        NewAct: _PARAGRAPH,
        EndOfAct: _PARAGRAPH,
        Section: _PARAGRAPH,
        Synopsis: Becomes(_synopsis),
        Lyric: _PARAGRAPH,
        Character: _PARAGRAPH,
        Parenthetical: Becomes(_parenthetical),
        Dialogue: _PARAGRAPH,
        Speech: HELD,
        DualDialogue: Becomes(_dual),
        PageBreak: HELD,
        Note: Becomes(_note),
        Boneyard: HELD,
        PageMark: HELD,
        Cut: losses.NO_CUT_WORDS,
    },
    fields={
        "Paragraph.style_name": Check(_style_name),
        "Paragraph.text": Check(_text),
        "SceneHeading.number": Check(_number, losses.NO_SCENE_NUMBER, usual=True),
        "Paragraph.number": Check(_number, losses.NO_SCENE_NUMBER),
        "Paragraph.align": Check(_align),
        "Paragraph.layout": Check(_layout),
        "Dialogue.alternates": Check(_alternates),
        "SceneHeading.color": HELD,
        "SceneHeading.omitted": Check(lambda fitted, _: fitted),  # fitted before its heading
        "Section.level": HELD,
        "Speech.cue": HELD,
        "Speech.parts": HELD,
        "DualDialogue.left": HELD,
        "DualDialogue.right": HELD,
        "PageMark.label": HELD,
        "PageMark.locked": HELD,
        "Boneyard.source": HELD,
        "Note.text": HELD,
        "Note.id": HELD,
        "Note.title": HELD,
        "Note.category": HELD,
        "Note.author": HELD,
        "Note.color": HELD,
        "Note.date": HELD,
        "NoteEnd.id": HELD,
        "Deletion.text": losses.NO_CUT_WORDS,
        "Cut": losses.NO_CUT_WORDS,
        "Deletion.revision": Check(
            lambda revision, _: revision if abs(revision) < _MOST else 0,
            Loss("fdx.revision-number", "This deletion belongs to no revision set that Final Draft can count."),
        ),
        "Look.size": Check(_size, losses.NO_MEASURE),
        "Look.color": _COLORS,
        "Look.background": _COLORS,
        "Look.font": HELD,
    },
    inlines={
        Run: HELD,
        LineBreak: HELD,
        Note: Becomes(_note),
        NoteEnd: HELD,
        Boneyard: HELD,
        PageMark: HELD,
        Deletion: HELD,
    },
    run={
        "text": HELD,
        "look": Check(_look),
        "revision": Check(_revision),
        "tags": Check(
            _counted, Loss("fdx.tag-number", "Final Draft cannot count a tag on these words; it was left out.")
        ),
        "style": Check(_own_style),
    },
)
