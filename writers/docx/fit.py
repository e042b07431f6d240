"""What a Word document holds of a screenplay, and what is lost on the way there."""

from __future__ import annotations

import re
from typing import Any, cast

from converter.contract import Report
from converter.fitting import HELD, WHOLE, Becomes, Check, Fitting, Holds, Loss, Nested, UnlessHeld
from converter.fitting import fit as fit_to
from converter.normal import known_normal
from converter.notation import docx as notation
from converter.notation.colors import NAMED_COLORS
from converter.records import dataclass, field, replace
from converter.tree import (
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
    EndOfAct,
    General,
    Inline,
    LineBreak,
    Lyric,
    NewAct,
    Note,
    NoteEnd,
    PageBreak,
    PageField,
    PageMark,
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
    TitleField,
    Transition,
    words,
)


@dataclass(slots=True)
class _Known:
    """`capitals` are the elements whose words are to be typed in capitals rather than drawn so."""

    capitals: frozenset[type[Paragraph]]
    sets: set[int] = field(default_factory=set)  # of revisions


def fit(
    screenplay: Screenplay,
    report: Report,
    capitals: frozenset[type[Paragraph]] = frozenset(),
    *,
    tracked: bool = False,
) -> Screenplay:
    """`tracked`: words that were cut in a revision that the script has stay, as tracked deletions."""
    sets = screenplay.revisions.sets if tracked and screenplay.revisions else ()
    held = {one.id for one in sets if _is_countable(one.id)}
    fitted = fit_to(screenplay, HOLDS, report, own=_Known(capitals), not_simple=capitals, held=held)
    return fitted if fitted.origin is None else known_normal(replace(fitted, origin=None))


# ---------------------------------------------------------------- inside a paragraph


def _typed(text: Text, fitting: Fitting) -> Text:
    text = fitting.text(text)
    if type(fitting.node) not in fitting.own.capitals:
        return text
    return tuple(
        replace(one, text=one.text.upper()) if isinstance(one, Run) and Style.PLAIN not in one.style else one
        for one in text
    )


def _boneyard(boneyard: Boneyard, fitting: Fitting) -> tuple[Inline, ...]:
    last = fitting.line[-1] if fitting.line else None
    if not boneyard.source:
        fitting.lose(_EMPTY_BONEYARD)
        return ()
    if isinstance(last, Boneyard):
        fitting.lose(_JOINED_BONEYARDS)
        fitting.line[-1] = replace(last, source=last.source + boneyard.source)
        return ()
    return (boneyard,)


def _deletion(deletion: Deletion, fitting: Fitting) -> tuple[Inline, ...]:
    if deletion.text:
        line, known = fitting.line, words(deletion.text).strip()
        if not known:
            fitting.lose(_CUT_BLANKS)
        deletion = replace(deletion, text=cast(Any, tuple(fitting.inlines(deletion.text))) if known else ())
        fitting.line = line
    if deletion.revision not in fitting.own.sets:
        fitting.lose(_UNKNOWN_REVISION, deletion.revision)
        return ()
    if fitting.line and fitting.line[-1] == deletion:
        fitting.lose(_JOINED_DELETIONS)
        return ()
    return (deletion,)


def _known_revision(revision: int, fitting: Fitting) -> int | None:
    return revision if revision in fitting.own.sets else None


def _sorted(tags: tuple[int, ...], fitting: Fitting) -> tuple[int, ...]:
    return tuple(sorted({tag for tag in tags if 0 <= tag <= _LARGEST}))


def _half_points(size: float, fitting: Fitting) -> float | None:
    if 1 <= size <= 1638:
        return size if size * 2 == int(size * 2) else round(size * 2) / 2
    return None


def _color(color: str, fitting: Fitting) -> str | None:
    return color if notation.COLOR.fullmatch(color) else NAMED_COLORS.get(color.lower())


def _name(name: str, fitting: Fitting) -> str:
    return notation.plain_name(name)


def _label(label: str, fitting: Fitting) -> str:
    return notation.short_label(label)


def _date(date: str, fitting: Fitting) -> str | None:
    found = _DATE.match(date.replace(" ", "T", 1))
    if not found:
        return None
    plain = found[0].removesuffix(MIDNIGHT)
    month, day = int(plain[5:7]), int(plain[8:10])
    valid = plain[:4] != "0000" and 1 <= month <= 12 and 1 <= day <= 31
    if "T" in plain:
        hour, minute, second = (int(part) for part in plain[11:19].split(":"))
        valid = valid and hour < 24 and minute < 60 and second < 60
    return plain if valid else None


# As far as Word goes: a day, or a day and a time to the second.
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
MIDNIGHT = "T00:00:00"
_LARGEST = 999_999_999

# ---------------------------------------------------------------- layout


def _layout(layout: ParagraphLayout, fitting: Fitting) -> ParagraphLayout | None:
    if fitting.in_dual:
        fitting.lose(_DUAL_LAYOUT)
        return None
    has_number = fitting.node.number is not None  # it stands where the first line would be indented
    fitted = ParagraphLayout(
        first_indent=None if has_number else _rounded(layout.first_indent, notation.INCH, notation.inches),
        left=_rounded(layout.left, notation.INCH, notation.inches),
        right=_rounded(layout.right, notation.INCH, notation.inches),
        space_before=_space(layout.space_before),
        line_spacing=_rounded(_positive(layout.line_spacing) or None, notation.LINE, notation.lines),
        new_page=layout.new_page,
        tabs=None if has_number else _tabs(layout.tabs),
    )
    if fitted != layout:
        fitting.lose(_MEASURES)
    return fitted


def _space(points: float | None) -> float | None:
    """A space of one twip is how we write that there is none at the top of a page."""
    fitted = _rounded(_positive(points), notation.POINT, notation.points)
    return 0.0 if fitted is not None and round(fitted * notation.POINT) == notation.NO_SPACE else fitted


def _positive(value: float | None) -> float | None:
    return None if value is None or value < 0 else value


def _rounded(value: float | None, unit: int, back: Any) -> float | None:
    """The value as it comes back from whole twips; None if it is further than Word goes."""
    if value is None or not abs(value * unit) <= notation.FURTHEST - notation.LEFT_MARGIN:
        return None
    fitted: float = back(round(value * unit))
    return value if fitted == value else fitted


def _tabs(tabs: tuple[TabStop, ...] | None) -> tuple[TabStop, ...] | None:
    """In order, one a place; None where none is left."""
    found: dict[float, TabStop] = {}
    for tab in tabs or ():
        position = _rounded(tab.position, notation.INCH, notation.inches)
        if position is not None:
            align = Align.LEFT if tab.decimal or tab.align is Align.FULL else tab.align
            found.setdefault(position, TabStop(position=position, align=align, decimal=tab.decimal))
    return tuple(found[position] for position in sorted(found)) or None


# ---------------------------------------------------------------- around the body


def _title_fields(all_fields: tuple[TitleField, ...], fitting: Fitting) -> tuple[TitleField, ...]:
    fitting.go_to(None)
    kept: list[TitleField] = []
    for one in all_fields:
        lines = tuple(map(fitting.text, one.lines))
        new = replace(fitting.record(one), lines=lines)
        if lines == ((),):
            fitting.lose(_EMPTY_LINE, one)
            new = replace(new, lines=())
        if kept and kept[-1].name == new.name:
            fitting.lose(_JOINED_FIELDS, new)
            kept[-1] = replace(new, lines=(*(kept[-1].lines or ((),)), *(new.lines or ((),))))
        else:
            kept.append(new)
    return tuple(kept)


def _band(band: Band, fitting: Fitting) -> Band:
    left, center, right = (
        tuple(_band_run(one, fitting) for one in side) for side in (band.left, band.center, band.right)
    )
    return replace(band, left=left, center=center, right=right)


def _band_run(one: Run | PageField, fitting: Fitting) -> Run | PageField:
    """In a header tabs part the sides."""
    if isinstance(one, PageField):
        return one
    look = one.look and fitting.record(one.look)
    return replace(one, text=_BLANKS.sub(" ", one.text), revision=None, tags=(), look=look)


_BLANKS = re.compile(r"[\t\n]+")


def _countable(number: int, fitting: Fitting) -> int | None:
    return number if _is_countable(number) else None


def _is_countable(number: int) -> bool:
    return abs(number) <= _LARGEST // 10


def _revisions(revisions: Revisions, fitting: Fitting) -> Revisions:
    first = {one.id: one for one in reversed(revisions.sets) if abs(one.id) <= _LARGEST // 10}
    sets = tuple(one for one in revisions.sets if first.get(one.id) is one)
    fitting.own.sets.update(first)
    active = None if revisions.active is None else _countable(revisions.active, fitting)
    return replace(revisions, sets=sets, active=active)


def _tags(tags: tuple[Tag, ...], fitting: Fitting) -> tuple[Tag, ...]:
    for tag in tags:
        if not 0 <= tag.number <= _LARGEST:
            fitting.lose(_TAG_NUMBER, tag)
    return tuple(tag for tag in tags if 0 <= tag.number <= _LARGEST)


# ---------------------------------------------------------------- the table

_EMPTY_BONEYARD = Loss("docx.empty-boneyard", "A boneyard with nothing in it was left out.")
_JOINED_BONEYARDS = Loss("docx.joined-boneyards", "Two boneyards with nothing between them became one.")
_UNKNOWN_REVISION = Loss(
    "docx.unknown-revision",
    "These words are marked for revision {value}, which the script does not have; the mark was left out.",
)
_CUT_BLANKS = Loss("docx.cut-blanks", "Blanks that were cut alone are only marked; in Word they mean a mark.")
_JOINED_DELETIONS = Loss("docx.joined-deletions", "Two deletions at one place became one.")
_DUAL_LAYOUT = Loss("docx.dual-layout", "Measures of its own are lost for a paragraph of a dual dialogue.")
_MEASURES = Loss("docx.measures", "Word could not keep all measures of this paragraph as they were.")
_JOINED_FIELDS = Loss("docx.joined-fields", "Two title page fields called {value.name!r} in a row became one.")
_EMPTY_LINE = Loss("docx.empty-field-line", "The title page field {value.name!r} had one empty line and now has none.")
_TAG_NUMBER = Loss("docx.tag-number", "The tag {value.label!r} has a number that cannot be kept.")
_COLORS = Check(
    _color, Loss("docx.color", "Word has colours as #RRGGBB only, not {value!r}; one known by its name was kept.")
)

HOLDS = Holds(
    around={
        "revisions": Check(
            _revisions, Loss("docx.revision-sets", "Two revision sets had one number; only the first was kept.")
        ),
        "opaque": Loss("docx.foreign-part", "Word has no place for this part of the script: {value.name}."),
        "title_page": HELD,
        "TitlePage.sheets": HELD,
        "TitlePage.fields": Check(_title_fields),
        "TitleField.name": Check(
            _name,
            Loss("docx.field-name", "Word cannot have {value!r} for the name of a style; it became {fitted!r}."),
        ),
        "TitleField.lines": WHOLE,
        "body": HELD,
        "page_setup": HELD,
        "PageSetup.header": Check(
            _band, Loss("docx.band", "Word could not keep every word of the header as it was set.")
        ),
        "PageSetup.footer": Check(
            _band, Loss("docx.band", "Word could not keep every word of the footer as it was set.")
        ),
        "PageSetup.first_page": Check(_countable, Loss("docx.first-page", "Word cannot count pages from {value}.")),
        "PageSetup.paper": WHOLE,
        "PageSetup.margins": WHOLE,
        "PageSetup.leading": HELD,
        "PageSetup.more": WHOLE,
        "PageSetup.continued": WHOLE,
        "PageSetup.scene_numbers": WHOLE,
        "PageSetup.break_at_sentences": HELD,
        "tags": Check(_tags),
        "styles": WHOLE,
    },
    elements={
        SceneHeading: HELD,
        Action: HELD,
        General: HELD,
        Shot: HELD,
        Transition: HELD,
        CastList: HELD,
        NewAct: HELD,
        EndOfAct: HELD,
        Section: HELD,
        Synopsis: HELD,
        Lyric: HELD,
        Speech: HELD,
        DualDialogue: HELD,
        Character: HELD,
        Parenthetical: HELD,
        Dialogue: HELD,
        PageBreak: HELD,
        Note: HELD,
        Boneyard: HELD,
        PageMark: HELD,
        Cut: UnlessHeld(
            Loss("docx.no-cut-words", "Only the place of words that were cut was marked; they were left out.")
        ),
    },
    fields={
        "Section.level": Check(
            lambda level, _: min(level, notation.DEEPEST_SECTION),
            Loss("docx.section-level", "Word has nine levels of headings; this section became one of the ninth."),
        ),
        "Dialogue.alternates": HELD,
        "Paragraph.text": Check(_typed),
        "Paragraph.style_name": Check(
            _name,
            Loss("docx.style-name", "Word cannot have {value!r} for the name of a style; it became {fitted!r}."),
        ),
        "Paragraph.layout": Check(_layout),
        "Paragraph.align": HELD,
        "Paragraph.number": HELD,
        "SceneHeading.color": _COLORS,
        "SceneHeading.omitted": Nested(
            8, Loss("docx.omitted-too-deep", "This scene was cut out of too many cut scenes and was left out.")
        ),
        "Speech.cue": HELD,
        "Speech.parts": HELD,
        "DualDialogue.left": HELD,
        "DualDialogue.right": HELD,
        "PageMark.label": Check(
            _label, Loss("docx.page-label", "A bookmark cannot hold all of the page label {value!r}.")
        ),
        "PageMark.locked": HELD,
        "Note.date": Check(_date, Loss("docx.note-date", "Word has no such date for a comment as {value!r}.")),
        "Note.color": _COLORS,
        "Note.text": HELD,
        "Note.id": HELD,
        "Note.title": HELD,
        "Note.category": HELD,
        "Note.author": HELD,
        "NoteEnd.id": HELD,
        "Boneyard.source": HELD,
        "Deletion": HELD,
        "Cut": HELD,
        "Look.color": _COLORS,
        "Look.background": _COLORS,
        "Look.font": Check(
            _name, Loss("docx.font-name", "Word cannot have {value!r} for the name of a font; it became {fitted!r}.")
        ),
        "Look.size": Check(
            _half_points, Loss("docx.font-size", "Word has type sizes in half points; {value:g} could not be kept.")
        ),
    },
    inlines={
        Run: HELD,
        LineBreak: HELD,
        Note: HELD,
        NoteEnd: HELD,
        Boneyard: Becomes(_boneyard),
        PageMark: HELD,
        Deletion: Becomes(_deletion),
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
        "look": HELD,
        "revision": Check(_known_revision, _UNKNOWN_REVISION),
        "tags": Check(_sorted, Loss("docx.tag-order", "The tags of these words were put in order, each once.")),
    },
)
