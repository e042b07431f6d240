"""The part of a tree that FDX can hold."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

from converter.contract import Diagnostic, Kind, Report
from converter.normal import allowed, normal
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
from converter.notation.fdx.styles import (
    DEFAULTS,
    Settings,
    StyleTable,
    own_styles,
    table_of,
    type_name,
)
from converter.notation.fdx.title import LEFT, RIGHT
from converter.records import fields, replace
from converter.tree import (
    ELEMENT_NAMES,
    NO_STYLE,
    Align,
    Band,
    Boneyard,
    Character,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
    General,
    Inline,
    LineBreak,
    Look,
    Lyric,
    Marker,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    PageSetup,
    Paragraph,
    ParagraphLayout,
    Position,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Synopsis,
    TabStop,
    Tag,
    Text,
    TitleField,
    TitlePage,
)
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
    said: list[Diagnostic] = []

    def tell(diagnostic: Diagnostic) -> None:
        said.append(diagnostic)
        report(diagnostic)

    fitting = _Fitting(whole, version, tell, file)
    result = fitting.screenplay(whole)
    if result.body is not whole.body or said:
        result = normal(result)
    if not said and result != replace(whole, opaque=result.opaque):
        fitting.loss(
            "fdx.said-twice", "Some settings only say again what the element has anyway; they were left out.", None
        )
    return result, fitting.table


def _keeps_upright(elements: Iterable[Any]) -> bool:
    """Does italic type mean something in these lyrics? Then they cannot all be in italics."""
    for element in elements:
        kind = type(element)
        if kind is Lyric:
            if any(isinstance(one, Run) and _is_italic(one.style) for one in element.text):
                return True
        elif kind is Speech:
            if element.parts and _keeps_upright(element.parts):
                return True
        elif kind is DualDialogue:
            if _keeps_upright((element.left, element.right)):
                return True
        elif kind is SceneHeading and element.omitted and _keeps_upright(element.omitted):
            return True
    return False


def _is_italic(style: Style) -> bool:
    return style is not NO_STYLE and Style.ITALIC in style and Style.PLAIN not in style


class _Fitting:
    def __init__(self, screenplay: Screenplay, version: int, report: Report, file: File | None):
        self._report = report
        self._version = version
        self._file = file
        self._card = CardTest() if file is None else file.card
        styles = {}
        for style in screenplay.styles:
            if not style.name or style.name in styles:
                self.loss(
                    "fdx.second-style", f"There is another style called {style.name!r}; this one was left out.", None
                )
            else:
                styles[style.name] = self._style(style)
        if file is None:
            self.table = table_of(styles.values(), upright_lyrics=_keeps_upright(screenplay.body))
        else:
            gone = {style.name for style in file.screenplay.styles} - styles.keys()
            listed = {name: settings for name, settings in file.table.listed.items() if name not in gone}
            self.table = table_of(styles.values(), listed, upright_lyrics=file.table.upright_lyrics)
        # Elements that nothing but their words can be wrong with, as long as their style starts no page.
        self._simple = {kind for kind, name in ELEMENT_NAMES.items() if not self.table.settings(name).new_page}
        # To list one of these would change what the types that behave like it are.
        self._behaved_like = {settings.behaves_as for settings in self.table.listed.values()}

    def loss(self, code: str, message: str, at: Position | None) -> None:
        self._report(Diagnostic(Kind.LOSS, code, message, at))

    def screenplay(self, whole: Screenplay) -> Screenplay:
        for one in whole.opaque:
            if not one.quiet and not (self._file is not None and one.format == "fdx"):
                self.loss("fdx.not-held", f"Final Draft's file has no place for this: {one.name}.", one.at)
        return replace(
            whole,
            title_page=self._title_page(whole.title_page),
            body=self._elements(whole.body, 0),
            page_setup=self._page_setup(whole.page_setup),
            styles=own_styles(self.table),
            revisions=self._revisions(whole.revisions),
            tags=self._tags(whole.tags),
            opaque=(),
        )

    # -------- the body

    def _elements(self, elements: tuple[Element, ...], depth: int) -> tuple[Element, ...]:
        out: list[Any] = []
        heading: SceneHeading | None = None  # while its synopses may follow
        behind_speech = False
        for element in elements:
            match element:
                case PageBreak():
                    out.append(element)
                    heading = None
                    continue
                case Note() | Boneyard() | PageMark():
                    out.append(self._marker(element))
                    heading = None
                    continue
                case Speech():
                    self._speech(element, out)
                case DualDialogue():
                    self._dual(element, out, depth)
                case SceneHeading():
                    self._heading(element, out, depth)
                    last = out[-1] if out else None
                    heading, behind_speech = last if isinstance(last, SceneHeading) else None, False
                    continue
                case Synopsis() if heading is not None and self._card.on_card(heading, element):
                    settings = DEFAULTS["General"]
                    text = self._text(element.text, settings, element.at)
                    out.append(element if text is element.text else replace(element, text=text))
                    continue
                case Lyric():
                    self._place(element, out, alone=behind_speech)
                case _:
                    self._place(element, out)
            heading, behind_speech = None, isinstance(element, Speech)
        out = self._locked_first(out)
        return elements if len(out) == len(elements) and all(map(operator.is_, out, elements)) else tuple(out)

    def _speech(self, speech: Speech, out: list[Any]) -> None:
        cue = None
        if speech.cue is not None:
            self._place(speech.cue, out)
            cue = out.pop()
        out.append(self._with_parts(speech, cue))

    def _with_parts(self, speech: Speech, cue: Character | None) -> Speech:
        parts: list[Any] = []
        for part in speech.parts:
            match part:
                case PageBreak():
                    parts.append(part)
                case Note() | Boneyard() | PageMark():
                    parts.append(self._marker(part))
                case _:
                    self._place(part, parts)
        parts = self._locked_first(parts)
        same = cue is speech.cue and len(parts) == len(speech.parts) and all(map(operator.is_, parts, speech.parts))
        return speech if same else Speech(cue=cue, parts=tuple(parts))

    def _dual(self, dual: DualDialogue, out: list[Any], depth: int) -> None:
        if depth >= _DEEPEST:
            self.loss(
                "fdx.cut-scene-too-deep",
                "This dual dialogue stands too deep in cut scenes; its speeches were put one after the other.",
                None if dual.left.cue is None else dual.left.cue.at,
            )
            self._speech(dual.left, out)
            self._speech(dual.right, out)
            return
        before: list[Any] = []
        sides = []
        for side in (dual.left, dual.right):
            assert side.cue is not None
            self._place(side.cue, before)
            sides.append(self._with_parts(side, before.pop()))
        out.extend(before)
        same = sides[0] is dual.left and sides[1] is dual.right
        out.append(dual if same else DualDialogue(left=sides[0], right=sides[1]))

    def _heading(self, heading: SceneHeading, out: list[Any], depth: int) -> None:
        if heading.omitted is None:
            self._place(heading, out)
            return
        if depth >= _DEEPEST:
            message = "Scenes are cut out of cut scenes too deeply here; the inner one stands behind its heading."
            self.loss("fdx.cut-scene-too-deep", message, heading.at)
            self._place(replace(heading, omitted=None), out)
            out.extend(self._elements(heading.omitted, depth))
            return
        cut = list(self._elements(heading.omitted, depth + 1))
        behind: list[Any] = []
        if depth or self._version < 5:
            end = len(cut)
            while end and isinstance(cut[end - 1], Note | Boneyard | PageMark):
                end -= 1
            cut, behind = cut[:end], cut[end:]
        changed = len(cut) != len(heading.omitted) or not all(map(operator.is_, cut, heading.omitted))
        self._place(replace(heading, omitted=tuple(cut)) if changed else heading, out)
        if behind:
            self.loss("fdx.note-moved", "A remark at the end of a cut scene now stands behind that scene.", heading.at)
            out.extend(behind)

    def _place(self, paragraph: Paragraph, out: list[Any], *, alone: bool = False) -> None:
        """The paragraph as it can be, behind what has to stand before it."""
        text = paragraph.text
        if (
            len(text) == 1
            and type(text[0]) is Run
            and text[0].style is NO_STYLE
            and text[0].look is None
            and text[0].revision is None
            and not text[0].tags
            and paragraph.style_name is None
            and paragraph.number is None
            and paragraph.align is None
            and paragraph.layout is None
            and type(paragraph) in self._simple
            and not (isinstance(paragraph, Dialogue) and paragraph.alternates)
        ):
            out.append(paragraph)
            return
        paragraph, settings = self._paragraph(paragraph, alone)
        if settings.new_page:
            self._drop_breaks(out, paragraph.at)
        if self._version < 5 and any(isinstance(one, Note | NoteEnd | Boneyard | PageMark) for one in paragraph.text):
            out.extend(self._notes_taken_out(paragraph))
            text = tuple(
                one
                for one in paragraph.text
                if not isinstance(one, Note | NoteEnd | Boneyard) and not _is_unlocked(one)
            )
            paragraph = replace(paragraph, text=text)
        out.append(paragraph)

    def _notes_taken_out(self, paragraph: Paragraph) -> list[Any]:
        taken = [one for one in paragraph.text if isinstance(one, Note | Boneyard) or _is_unlocked(one)]
        if taken or any(isinstance(one, NoteEnd) for one in paragraph.text):
            message = "Before Final Draft 12 a note belongs to a whole paragraph; this one now stands before it."
            self.loss("fdx.note-moved", message, paragraph.at)
        return [replace(one, id=None) if isinstance(one, Note) else one for one in taken]

    def _drop_breaks(self, out: list[Any], at: Position | None) -> None:
        place = len(out)
        while place and isinstance(out[place - 1], PageBreak | Note | Boneyard | PageMark):
            place -= 1
        breaks = sum(isinstance(one, PageBreak) for one in out[place:])
        if breaks > 1:
            self.loss("fdx.blank-page", "This paragraph starts a page by its style; the blank page before it went.", at)
        if breaks:
            out[place:] = [one for one in out[place:] if not isinstance(one, PageBreak)]

    def _locked_first(self, items: list[Any]) -> list[Any]:
        """Final Draft lists locked pages apart from notes, so at one place they come first."""
        if not any(type(item) is PageMark for item in items):
            return items
        result: list[Any] = []
        locked: list[Any] = []  # and others: since the last block
        others: list[Any] = []
        for item in items:
            if isinstance(item, PageMark) and item.locked:
                if others:
                    self.loss("fdx.mark-order", "The locked page now begins before the notes at its place.", item.at)
                locked.append(item)
            elif isinstance(item, Note | Boneyard | PageMark):
                others.append(item)
            else:
                result.extend((*locked, *others, item))
                locked, others = [], []
        return [*result, *locked, *others]

    # -------- one paragraph

    def _paragraph(self, paragraph: Paragraph, alone: bool) -> tuple[Paragraph, Settings]:
        changes: dict[str, Any] = {}
        if paragraph.style_name is not None and not self._is_known_style(paragraph, alone):
            paragraph = replace(paragraph, style_name=None)
        name = type_name(paragraph, self._version)
        kind = self.table.kind(name)
        if paragraph.style_name is not None and kind.style_name is None:
            paragraph = replace(paragraph, style_name=None)
            name = type_name(paragraph, self._version)
        settings = self.table.settings(name)
        text = self._text(paragraph.text, settings, paragraph.at)
        if text is not paragraph.text:
            changes["text"] = text
        if paragraph.number in NO_NUMBER:
            self.loss("fdx.scene-number", f"Final Draft takes the number {paragraph.number} for none.", paragraph.at)
            changes["number"] = None
        if paragraph.align is not None and paragraph.align is settings.align:
            changes["align"] = None
        if paragraph.layout is not None:
            changes["layout"] = self._layout(paragraph.layout, settings, paragraph.at)
        if isinstance(paragraph, Dialogue) and paragraph.alternates:
            changes["alternates"] = tuple(
                self._text(self._only_words(one, "an alternate line", paragraph.at), settings, paragraph.at)
                for one in paragraph.alternates
            )
        return (replace(paragraph, **changes) if changes else paragraph), settings

    def _is_known_style(self, paragraph: Paragraph, alone: bool) -> bool:
        """Can this type name be read back as this element? A name that nobody lists is given a style."""
        name = paragraph.style_name
        assert name is not None
        if name not in self.table.listed and not self.table.is_built_in(name) and name not in self._behaved_like:
            base = type_name(replace(paragraph, style_name=None), self._version)
            self.table.add_type(name, ALONE if alone else base)
        kind = self.table.kind(name)
        fits = kind.element is type(paragraph) and (not isinstance(paragraph, Section) or kind.level == paragraph.level)
        if fits and isinstance(paragraph, Lyric):
            fits = kind.alone if alone else not kind.alone or name == ALONE
        if not fits:
            self.loss(
                "fdx.style-name",
                f"In Final Draft the type {name!r} is for other paragraphs; this one is {type_words(paragraph)}.",
                paragraph.at,
            )
        return fits

    def _layout(self, layout: ParagraphLayout, settings: Settings, at: Position | None) -> ParagraphLayout | None:
        layout = self._finite(layout, at)
        tabs = layout.tabs if layout.tabs is None else self._tabs(layout.tabs, at)
        result = ParagraphLayout(
            first_indent=_other(layout.first_indent, settings.first),
            left=_other(layout.left, settings.left),
            right=_other(layout.right, settings.right),
            space_before=_other(layout.space_before, settings.before),
            line_spacing=_other(layout.line_spacing, settings.spacing),
            new_page=False if layout.new_page is False and settings.new_page else None,
            tabs=None if tabs == settings.tabs else tabs,
        )
        return None if result == ParagraphLayout() else result

    def _finite(self, record: Any, at: Position | None) -> Any:
        """The record without numbers that no file can hold."""
        bad = {
            one.name: None
            for one in fields(record)
            if isinstance(getattr(record, one.name), float) and not isfinite(getattr(record, one.name))
        }
        if bad:
            self.loss("fdx.not-a-measure", "A measure here is no number; it was left out.", at)
        return replace(record, **cast(Any, bad)) if bad else record

    def _tabs(self, tabs: tuple[TabStop, ...], at: Position | None) -> tuple[TabStop, ...]:
        result = []
        for stop in tabs:
            if not isfinite(stop.position):
                self.loss("fdx.not-a-measure", "A measure here is no number; it was left out.", at)
                continue
            align = Align.LEFT if stop.decimal or stop.align is Align.FULL else stop.align
            result.append(TabStop(position=stop.position, align=align, decimal=stop.decimal))
        return tuple(result)

    # -------- texts

    def _text(self, text: Text, settings: Settings, at: Position | None) -> Text:
        if len(text) == 1:
            only = text[0]
            if (
                type(only) is Run
                and only.style is NO_STYLE
                and only.look is None
                and only.revision is None
                and not only.tags
            ):
                return text
        result = tuple(self._inline(inline, settings, at) for inline in text)
        return text if all(a is b for a, b in zip(result, text, strict=True)) else result

    def _inline(self, inline: Inline, settings: Settings, at: Position | None) -> Inline:
        match inline:
            case Run():
                return self._run(inline, settings, at)
            case Note():
                return cast(Note, self._marker(inline))
            case Deletion() if abs(inline.revision) >= _MOST:
                self.loss(
                    "fdx.revision-number", "This deletion belongs to no revision set that Final Draft can count.", at
                )
                return Deletion(revision=0)
            case _:
                return inline

    def _run(self, run: Run, settings: Settings, at: Position | None) -> Run:
        if run.style is NO_STYLE and run.look is None and run.revision is None and not run.tags:
            return run
        look = None if run.look is None else self._look(run.look, settings, at)
        revision = run.revision or None
        if revision is not None and abs(revision) >= _MOST:
            self.loss("fdx.revision-number", "These words belong to no revision set that Final Draft can count.", at)
            revision = None
        tags = tuple(number for number in run.tags if abs(number) < _MOST)
        if tags != run.tags:
            self.loss("fdx.tag-number", "Final Draft cannot count a tag on these words; it was left out.", at)
        new = Run(text=run.text, style=own_style(run.style, settings.style), look=look, revision=revision, tags=tags)
        return run if new == run else new

    def _look(self, look: Look, settings: Settings, at: Position | None) -> Look | None:
        look = self._finite(look, at)
        font = allowed(look.font or "") or None
        color, background = (self._color(one, at) for one in (look.color, look.background))
        result = Look(
            font=None if font == settings.font else font,
            size=_other(look.size, settings.size),
            color=None if color == settings.color else color,
            background=None if background == settings.background else background,
        )
        return None if result == Look() else result

    def _color(self, color: str | None, at: Position | None) -> str | None:
        if color is None or re.match(HEX_COLOR, color):
            return color
        self.loss("fdx.color-name", f"Final Draft knows colours like #FF0000 only, not {color!r}.", at)
        return None

    def _only_words(self, text: Text, where: str, at: Position | None) -> Text:
        words = tuple(one for one in text if isinstance(one, Run | LineBreak))
        if len(words) == len(text):
            return text
        self.loss("fdx.note-out-of-body", f"Final Draft has no place for a note or a mark in {where}.", at)
        return words

    def _marker(self, marker: Marker) -> Marker:
        if not isinstance(marker, Note):
            return marker
        date = None if marker.date is None else date_of(date_value(marker.date))
        category, title = marker.category, marker.title
        name = first_words(marker.text)
        if title == name:
            title = None
        if category == (title or name) and category in {BONEYARD_NOTE, PAGE_NOTE}:
            self.loss("fdx.note-category", f"The category {category} stands for something else here.", marker.at)
            category = None
        if date == marker.date and category is marker.category and title is marker.title:
            return marker
        return replace(marker, date=date, category=category, title=title)

    # -------- around the body

    def _style(self, style: ElementStyle) -> ElementStyle:
        look = None if style.look is None else self._finite(style.look, None)
        if look is not None:
            colors = {name: self._color(getattr(look, name), None) for name in ("color", "background")}
            look = replace(look, font=allowed(look.font or "") or None, **colors)
        layout = style.layout
        if layout is not None:
            layout = self._finite(layout, None)
            if layout.tabs is not None:
                layout = replace(layout, tabs=self._tabs(layout.tabs, None))
        return replace(style, look=look, layout=layout, style=style.style & ~Style.PLAIN)

    def _title_page(self, page: TitlePage | None) -> TitlePage | None:
        if page is None:
            return None
        title_fields = tuple(
            TitleField(name=one.name, lines=tuple(self._text(line, DEFAULTS["General"], None) for line in one.lines))
            for one in page.fields
        )
        sheets = tuple(tuple(map(self._title_line, sheet)) for sheet in page.sheets)
        return TitlePage(fields=title_fields, sheets=sheets)

    def _title_line(self, line: General) -> General:
        own = replace(DEFAULTS["General"], left=LEFT, right=RIGHT)
        if line.number in NO_NUMBER:
            self.loss("fdx.scene-number", f"Final Draft takes the number {line.number} for none.", line.at)
        return replace(
            line,
            text=self._text(self._only_words(line.text, "a drawn title page", line.at), own, line.at),
            align=None if line.align is Align.LEFT else line.align,
            number=None if line.number in NO_NUMBER else line.number,
            layout=None if line.layout is None else self._layout(line.layout, own, line.at),
        )

    def _page_setup(self, setup: PageSetup | None) -> PageSetup | None:
        if setup is None:
            return None
        margins, paper, numbers = setup.margins, setup.paper, setup.scene_numbers
        leading, first_page = setup.leading, setup.first_page
        if margins is not None and not all(
            map(isfinite, (margins.top, margins.bottom, margins.header, margins.footer))
        ):
            margins = self._left_out("The margins are no numbers; they were left out.")
        if paper is not None and not (paper.width and paper.height and isfinite(paper.width + paper.height)):
            paper = self._left_out("The size of the paper is no number; it was left out.")
        if leading is not None and leading not in LEADINGS.values():
            leading = self._left_out(f"Final Draft has no line pitch of {leading:g} points; it was left out.")
        if first_page is not None and abs(first_page) >= _MOST:
            first_page = self._left_out("The number of the first page is too long; it was left out.")
        return PageSetup(
            paper=paper,
            margins=margins,
            leading=leading,
            more=setup.more,
            continued=setup.continued,
            scene_numbers=None if numbers is None else self._finite(numbers, None),
            break_at_sentences=setup.break_at_sentences,
            first_page=first_page,
            header=self._band(setup.header),
            footer=self._band(setup.footer),
        )

    def _left_out(self, message: str) -> Any:
        """None, and the loss is told."""
        self.loss("fdx.not-a-measure", message, None)
        return None

    def _band(self, band: Band | None) -> Band | None:
        if band is None:
            return None
        left, center, right = (self._band_items(items) for items in (band.left, band.center, band.right))
        if all(isinstance(one, Run) and not one.text.strip() for one in (*left, *center, *right)):
            left = center = right = ()
        return Band(left=left, center=center, right=right, on_first_page=band.on_first_page)

    def _band_items(self, items: tuple[Any, ...]) -> tuple[Any, ...]:
        result = []
        for item in items:
            if isinstance(item, Run):
                if "\t" in item.text:
                    self.loss("fdx.tab-in-header", "A tab in a header or footer became a blank.", None)
                item = self._run(replace(item, text=item.text.replace("\t", " ")), DEFAULTS["General"], None)
                if not item.text:
                    continue
            result.append(item)
        return tuple(result)

    def _revisions(self, revisions: Revisions | None) -> Revisions | None:
        if revisions is None:
            return None
        sets = []
        for one in revisions.sets:
            if abs(one.id) >= _MOST:
                self.loss("fdx.revision-number", f"Final Draft cannot count the revision set {one.name!r}.", None)
                continue
            sets.append(replace(one, color=self._color(one.color, None), page_color=self._color(one.page_color, None)))
        active = revisions.active or None
        if active is not None and abs(active) >= _MOST:
            self.loss("fdx.revision-number", "Final Draft cannot count the active revision set.", None)
            active = None
        result = Revisions(sets=tuple(sets), active=active, show_all=revisions.show_all)
        return None if result == Revisions() else result

    def _tags(self, tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
        kept = tuple(one for one in tags if abs(one.number) < _MOST)
        if len(kept) < len(tags):
            self.loss("fdx.tag-number", "Final Draft cannot count some of the tags; they were left out.", None)
        return kept


def _other(value: float | None, own: float) -> float | None:
    return None if value == own else value


def _is_locked(item: Any) -> bool:
    return isinstance(item, PageMark) and item.locked


def _is_unlocked(item: Any) -> bool:
    return isinstance(item, PageMark) and not item.locked


def own_style(style: Style, elements_own: Style) -> Style:
    """What is read back of a run's style: without what the element has anyway."""
    if Style.PLAIN in style:
        flags = style & ~Style.PLAIN
        return flags & ~elements_own if flags & elements_own == elements_own else style
    return style & ~elements_own


def type_words(paragraph: Paragraph) -> str:
    return {"SceneHeading": "a scene heading", "Action": "action"}.get(
        type(paragraph).__name__, f"a {type(paragraph).__name__}"
    )
