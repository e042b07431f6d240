"""The part of a screenplay that a Word document can hold, and what is lost on the way there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar, assert_never

from converter.contract import Diagnostic, Kind, Report
from converter.normal import allowed, normal
from converter.notation import docx as notation
from converter.records import replace
from converter.tree import (
    Align,
    Band,
    Boneyard,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    General,
    Inline,
    LineBreak,
    Look,
    Marker,
    Note,
    NoteEnd,
    PageBreak,
    PageField,
    PageMark,
    PageSetup,
    Paragraph,
    ParagraphLayout,
    Part,
    Position,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    TabStop,
    Tag,
    Text,
    TitleField,
    TitlePage,
)

DEEPEST_CUT = 8  # scenes cut out of cut scenes


def fit(screenplay: Screenplay, report: Report, capitals: frozenset[type[Paragraph]] = frozenset()) -> Screenplay:
    """`capitals` are the elements whose words are to be typed in capitals rather than drawn so."""
    return normal(_Fit(normal(screenplay), report, capitals).screenplay())


P = TypeVar("P", bound=Paragraph)

# As far as Word goes: a day, or a day and a time to the second.
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
MIDNIGHT = "T00:00:00"
_BLANKS = re.compile(r"[\t\n]+")
_LARGEST = 999_999_999


class _Fit:
    def __init__(self, screenplay: Screenplay, report: Report, capitals: frozenset[type[Paragraph]]):
        self._whole = screenplay
        self._report = report
        self._capitals = capitals
        self._revisions = self._fitting_revisions()
        self._sets = {one.id for one in self._revisions.sets} if self._revisions else set()

    def screenplay(self) -> Screenplay:
        whole = self._whole
        for opaque in whole.opaque:
            if not opaque.quiet:
                self._lost(
                    "docx.foreign-part", f"Word has no place for this part of the script: {opaque.name}.", opaque.at
                )
        return replace(
            whole,
            title_page=self._title_page(whole.title_page),
            body=self._elements(whole.body, 0),
            page_setup=self._page_setup(whole.page_setup),
            revisions=self._revisions,
            tags=tuple(self._tags()),
            opaque=(),
            origin=None,
        )

    def _lost(self, code: str, message: str, at: Position | None = None) -> None:
        self._report(Diagnostic(Kind.LOSS, code, message, at))

    # ---------------------------------------------------------------- the body

    def _elements(self, elements: tuple[Element, ...], depth: int) -> tuple[Element, ...]:
        return tuple([self._element(element, depth) for element in elements])

    def _element(self, element: Element, depth: int) -> Element:
        match element:
            case Speech():
                return self._speech(element)
            case DualDialogue():
                return DualDialogue(
                    left=self._speech(element.left, dual=True), right=self._speech(element.right, dual=True)
                )
            case PageBreak():
                return element
            case Note() | Boneyard() | PageMark():
                return self._marker(element)
            case SceneHeading():
                return self._heading(self._paragraph(element), depth)
            case Section() if element.level > notation.DEEPEST_SECTION:
                self._lost(
                    "docx.section-level",
                    "Word has nine levels of headings; this section became one of the ninth.",
                    element.at,
                )
                return self._paragraph(replace(element, level=notation.DEEPEST_SECTION))
            case _:
                return self._paragraph(element)

    def _speech(self, speech: Speech, dual: bool = False) -> Speech:
        cue = None if speech.cue is None else self._paragraph(speech.cue, dual)
        return Speech(cue=cue, parts=tuple([self._part(part, dual) for part in speech.parts]))

    def _part(self, part: Part, dual: bool) -> Part:
        match part:
            case PageBreak():
                return part
            case Note() | Boneyard() | PageMark():
                return self._marker(part)
            case Dialogue(alternates=alternates) if alternates:
                texts = tuple(self._text(text, part.at) for text in alternates)
                return replace(self._paragraph(part, dual), alternates=texts)
            case _:
                return self._paragraph(part, dual)

    def _heading(self, heading: SceneHeading, depth: int) -> SceneHeading:
        if heading.color is not None:
            heading = replace(heading, color=self._color(heading.color, heading.at))
        if heading.omitted is None:
            return heading
        if depth == DEEPEST_CUT:
            self._lost(
                "docx.omitted-too-deep", "This scene was cut out of too many cut scenes and was left out.", heading.at
            )
            return replace(heading, omitted=None)
        return replace(heading, omitted=self._elements(heading.omitted, depth + 1))

    def _paragraph(self, paragraph: P, dual: bool = False) -> P:
        text = self._text(paragraph.text, paragraph.at)
        if self._capitals and type(paragraph) in self._capitals:
            text = _in_capitals(text)
        if paragraph.style_name is None and paragraph.layout is None:
            return paragraph if text is paragraph.text else replace(paragraph, text=text)
        style_name = self._style_name(paragraph)
        layout = self._layout(paragraph, dual)
        return replace(paragraph, text=text, style_name=style_name, layout=layout)

    def _style_name(self, paragraph: Paragraph) -> str | None:
        name = paragraph.style_name
        if name is None:
            return None
        plain = notation.plain_name(name)
        if plain != name:
            self._lost(
                "docx.style-name",
                f"Word cannot have {name!r} for the name of a style; it became {plain!r}.",
                paragraph.at,
            )
        return plain or None

    # ---------------------------------------------------------------- inside a paragraph

    def _text(self, text: Text, at: Position | None) -> Text:
        if len(text) == 1:
            only = text[0]
            if type(only) is Run and only.look is None and only.revision is None and not only.tags:
                return text
        fitted: list[Inline] = []
        for inline in text:
            self._add(fitted, inline, at)
        return text if len(fitted) == len(text) and all(map(_same, fitted, text)) else tuple(fitted)

    def _add(self, fitted: list[Inline], inline: Inline, at: Position | None) -> None:
        match inline:
            case Run():
                fitted.append(self._run(inline, at))
            case LineBreak() | NoteEnd():
                fitted.append(inline)
            case Note() | PageMark():
                fitted.append(self._marker(inline))
            case Boneyard():
                self._add_boneyard(fitted, inline, at)
            case Deletion():
                self._add_deletion(fitted, inline, at)
            case _:
                assert_never(inline)

    def _add_boneyard(self, fitted: list[Inline], boneyard: Boneyard, at: Position | None) -> None:
        last = fitted[-1] if fitted else None
        if not boneyard.source:
            self._lost("docx.empty-boneyard", "A boneyard with nothing in it was left out.", boneyard.at or at)
        elif isinstance(last, Boneyard):
            self._lost(
                "docx.joined-boneyards", "Two boneyards with nothing between them became one.", boneyard.at or at
            )
            fitted[-1] = replace(last, source=last.source + boneyard.source)
        else:
            fitted.append(boneyard)

    def _add_deletion(self, fitted: list[Inline], deletion: Deletion, at: Position | None) -> None:
        if deletion.revision not in self._sets:
            self._unknown_revision(deletion.revision, at)
        elif fitted and fitted[-1] == deletion:
            self._lost("docx.joined-deletions", "Two deletions at one place became one.", at)
        else:
            fitted.append(deletion)

    def _unknown_revision(self, revision: int, at: Position | None) -> None:
        message = (
            f"These words are marked for revision {revision}, which the script does not have; the mark was left out."
        )
        self._lost("docx.unknown-revision", message, at)

    def _run(self, run: Run, at: Position | None) -> Run:
        if run.look is not None:
            run = replace(run, look=self._look(run.look, at))
        if run.revision is not None and run.revision not in self._sets:
            self._unknown_revision(run.revision, at)
            run = replace(run, revision=None)
        if run.tags:
            tags = tuple(sorted({tag for tag in run.tags if 0 <= tag <= _LARGEST}))
            if tags != run.tags:
                self._lost("docx.tag-order", "The tags of these words were put in order, each once.", at)
                run = replace(run, tags=tags)
        return run

    def _look(self, look: Look, at: Position | None) -> Look | None:
        color, background = self._color(look.color, at), self._color(look.background, at)
        fitted = Look(
            font=self._font(look.font, at), size=self._size(look.size, at), color=color, background=background
        )
        return None if fitted == Look() else fitted

    def _font(self, font: str | None, at: Position | None) -> str | None:
        if font is None:
            return None
        plain = notation.plain_name(allowed(font))
        if plain != font:
            self._lost("docx.font-name", f"Word cannot have {font!r} for the name of a font; it became {plain!r}.", at)
        return plain or None

    def _size(self, size: float | None, at: Position | None) -> float | None:
        if size is None or 1 <= size <= 1638 and size * 2 == int(size * 2):
            return size
        fitted = round(size * 2) / 2 if 1 <= size <= 1638 else None
        self._lost("docx.font-size", f"Word has type sizes in half points; {size:g} could not be kept.", at)
        return fitted

    def _color(self, color: str | None, at: Position | None) -> str | None:
        if color is None or notation.COLOR.fullmatch(color):
            return color
        self._lost("docx.color", f"Word has colours as #RRGGBB; {color!r} was left out.", at)
        return None

    def _marker(self, marker: Marker) -> Marker:
        match marker:
            case Note():
                return self._note(marker)
            case PageMark():
                label = notation.short_label(marker.label)
                if label != marker.label:
                    self._lost(
                        "docx.page-label", f"A bookmark cannot hold all of the page label {marker.label!r}.", marker.at
                    )
                    return replace(marker, label=label)
                return marker
            case Boneyard():
                return marker
            case _:
                assert_never(marker)

    def _note(self, note: Note) -> Note:
        date = note.date
        if date is not None:
            date = _fitting_date(date)
            if date != note.date:
                self._lost("docx.note-date", f"Word has no such date for a comment as {note.date!r}.", note.at)
        color = note.color and self._color(note.color, note.at)
        return note if date == note.date and color == note.color else replace(note, date=date, color=color)

    # ---------------------------------------------------------------- layout

    def _layout(self, paragraph: Paragraph, dual: bool) -> ParagraphLayout | None:
        layout = paragraph.layout
        if layout is None:
            return None
        if dual:
            self._lost(
                "docx.dual-layout", "Measures of its own are lost for a paragraph of a dual dialogue.", paragraph.at
            )
            return None
        fitted = ParagraphLayout(
            first_indent=_rounded(layout.first_indent, notation.INCH, notation.inches),
            left=_rounded(layout.left, notation.INCH, notation.inches),
            right=_rounded(layout.right, notation.INCH, notation.inches),
            space_before=_space(layout.space_before),
            line_spacing=_rounded(_positive(layout.line_spacing) or None, notation.LINE, notation.lines),
            new_page=layout.new_page,
            tabs=_tabs(layout.tabs),
        )
        if paragraph.number is not None:
            fitted = replace(fitted, first_indent=None, tabs=None)  # where the number stands
        if fitted != layout:
            self._lost(
                "docx.measures", "Word could not keep all measures of this paragraph as they were.", paragraph.at
            )
        return None if fitted == ParagraphLayout() else fitted

    # ---------------------------------------------------------------- around the body

    def _title_page(self, page: TitlePage | None) -> TitlePage | None:
        if page is None:
            return None
        sheets = tuple(tuple(self._sheet_line(line) for line in sheet) for sheet in page.sheets)
        return TitlePage(fields=tuple(self._title_fields(page.fields)), sheets=sheets)

    def _sheet_line(self, line: General) -> General:
        return self._paragraph(line)

    def _title_fields(self, all_fields: tuple[TitleField, ...]) -> Iterator[TitleField]:
        waiting: TitleField | None = None
        for one in all_fields:
            one = self._title_field(one)
            if waiting is not None and waiting.name == one.name:
                self._lost("docx.joined-fields", f"Two title page fields called {one.name!r} in a row became one.")
                waiting = replace(waiting, lines=(*(waiting.lines or ((),)), *(one.lines or ((),))))
                continue
            if waiting is not None:
                yield waiting
            waiting = one
        if waiting is not None:
            yield waiting

    def _title_field(self, one: TitleField) -> TitleField:
        name = notation.plain_name(one.name)
        if name != one.name:
            self._lost("docx.field-name", f"Word cannot have {one.name!r} for the name of a style; it became {name!r}.")
        lines = tuple(self._text(line, None) for line in one.lines)
        if lines == ((),):
            self._lost(
                "docx.empty-field-line", f"The title page field {one.name!r} had one empty line and now has none."
            )
            lines = ()
        return replace(one, name=name, lines=lines)

    def _page_setup(self, setup: PageSetup | None) -> PageSetup | None:
        if setup is None:
            return None
        changes: dict[str, Any] = {name: self._band(getattr(setup, name), name) for name in ("header", "footer")}
        if setup.first_page is not None and abs(setup.first_page) > _LARGEST // 10:
            self._lost("docx.first-page", f"Word cannot count pages from {setup.first_page}.")
            changes["first_page"] = None
        return replace(setup, **changes)

    def _band(self, band: Band | None, name: str) -> Band | None:
        if band is None:
            return None
        left, center, right = (self._band_part(part) for part in (band.left, band.center, band.right))
        fitted = replace(band, left=left, center=center, right=right)
        if fitted != band:
            self._lost("docx.band", f"Word could not keep every word of the {name} as it was set.")
        return fitted

    def _band_part(self, part: tuple[Run | PageField, ...]) -> tuple[Run | PageField, ...]:
        fitted: list[Run | PageField] = []
        for one in part:
            if isinstance(one, Run):
                text = _BLANKS.sub(" ", one.text)
                one = replace(one, text=text, revision=None, tags=(), look=one.look and self._look(one.look, None))
                last = fitted[-1] if fitted else None
                if not text:
                    continue
                if isinstance(last, Run) and (last.style, last.look) == (one.style, one.look):
                    fitted[-1] = replace(last, text=last.text + text)
                    continue
            fitted.append(one)
        return tuple(fitted)

    def _fitting_revisions(self) -> Revisions | None:
        revisions = self._whole.revisions
        if revisions is None:
            return None
        sets = {one.id: one for one in reversed(revisions.sets) if abs(one.id) <= _LARGEST // 10}
        kept = tuple(one for one in revisions.sets if sets.get(one.id) is one)
        active = revisions.active
        if active is not None and abs(active) > _LARGEST // 10:
            active = None
        if kept != revisions.sets or active != revisions.active:
            self._lost("docx.revision-sets", "Two revision sets had one number; only the first was kept.")
        return replace(revisions, sets=kept, active=active)

    def _tags(self) -> Iterator[Tag]:
        for tag in self._whole.tags:
            if 0 <= tag.number <= _LARGEST:
                yield tag
            else:
                self._lost("docx.tag-number", f"The tag {tag.label!r} has a number that cannot be kept.")


def _same(one: object, other: object) -> bool:
    return one is other


def _in_capitals(text: Text) -> Text:
    return tuple(
        replace(inline, text=inline.text.upper())
        if isinstance(inline, Run) and Style.PLAIN not in inline.style
        else inline
        for inline in text
    )


def _fitting_date(date: str) -> str | None:
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
    if not tabs:
        return None
    found: dict[float, TabStop] = {}
    for tab in tabs:
        position = _rounded(tab.position, notation.INCH, notation.inches)
        if position is not None:
            align = Align.LEFT if tab.decimal or tab.align is Align.FULL else tab.align
            found.setdefault(position, TabStop(position=position, align=align, decimal=tab.decimal))
    return tuple(found[position] for position in sorted(found)) or None
