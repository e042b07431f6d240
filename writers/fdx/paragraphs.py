"""Units as Paragraph elements, and the parts of a file that go with them: notes, locked pages, deletion marks."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence

from converter.notation.fdx import (
    ALONE,
    BLANK_PAGE,
    BONEYARD_NOTE,
    PAGE_NOTE,
    card_color,
    date_value,
    first_words,
    inches,
    plain_number,
)
from converter.notation.fdx.styles import DEFAULTS, Settings, StyleTable, type_name
from converter.tree import (
    ELEMENT_NAMES,
    Action,
    Align,
    Boneyard,
    Character,
    Deletion,
    Dialogue,
    General,
    Inline,
    LineBreak,
    Marker,
    Note,
    PageMark,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Run,
    SceneHeading,
    Shot,
    Style,
    Synopsis,
    TabStop,
    Text,
    Transition,
)
from writers.fdx.markup import RunWriter, attributes, escaped, font_attributes, line, tag, yes
from writers.fdx.units import Anchor, Spot, Unit, has_block, text_length, unit_length

# Elements that are written as their type and their words.
_PLAIN = frozenset({Action, Character, Dialogue, General, Parenthetical, Shot, Transition})

ALIGN_NAMES = {Align.LEFT: "Left", Align.CENTER: "Center", Align.RIGHT: "Right", Align.FULL: "Full"}

# Final Draft's measures for the lines of a note and of a card.
NOTE_LINE: dict[str, str | None] = {
    "Alignment": "Left",
    "FirstIndent": "0.00",
    "Leading": "Regular",
    "LeftIndent": "0.00",
    "RightIndent": "1.39",
    "SpaceBefore": "0",
    "Spacing": "1",
    "StartsNewPage": "No",
}


class ParagraphWriter:
    """Paragraph elements in the manner of a Version: 5 and up keep notes apart, 6 gives every paragraph an id."""

    def __init__(self, version: int, table: StyleTable, *, seed: str = "", first_alternate: int = 1):
        self.version = version
        self.table = table
        self.runs = RunWriter()
        self.used: dict[str, None] = {}  # types, in the order in which they came up
        self.alternates: list[tuple[Text, Style]] = []  # by their numbers, which count from the first
        self.first_alternate = first_alternate
        self._with_ids = version >= 6
        self._seed = seed
        self._count = 0
        self.inner: Callable[[Unit, str], str] = self.unit  # how the units inside a unit are written
        self._frames: dict[tuple[type[Paragraph], str], tuple[str, str, Style]] = {}
        self._own = attributes(font_attributes(DEFAULTS["General"]))

    # -------- one paragraph

    def unit(self, unit: Unit, indent: str = "    ") -> str:
        paragraph = unit.paragraph
        if unit.dual:
            return self._dual(unit, indent)
        if paragraph is None:
            return self._blank_page(indent)
        text = paragraph.text
        if len(text) == 1 and self._is_plain(unit, paragraph):
            return self._plain(paragraph, text[0], indent)
        return self._any(unit, paragraph, indent)

    def _blank_page(self, indent: str) -> str:
        self.used[BLANK_PAGE] = None
        values: dict[str, str | None] = {"Type": BLANK_PAGE, "id": self.identity()}
        return f"{indent}<Paragraph{attributes(values)}>\n{indent}  <Text></Text>\n{indent}</Paragraph>\n"

    def _any(self, unit: Unit, paragraph: Paragraph, indent: str) -> str:
        text = paragraph.text
        name = self.type_of(unit, paragraph)
        settings = self.table.settings(name)
        inside = indent + "  "
        start = f"{indent}<Paragraph{attributes(self.values(unit, paragraph, name))}"
        words = self.runs.texts(text, settings.style, inside)
        before, behind = "", ""
        if self.version < 5 and unit.markers:
            before = self.inline_notes(unit.markers, inside)
        if isinstance(paragraph, SceneHeading):
            before = self.scene_properties(paragraph, unit.summary, inside) + before
            behind = self._omitted(unit, inside)
        elif isinstance(paragraph, Dialogue) and paragraph.alternates:
            behind = self._alternates(paragraph, settings.style, inside)
        if paragraph.layout is not None and paragraph.layout.tabs is not None:
            behind += tab_stops(paragraph.layout.tabs, inside)
        return f"{start}>\n{before}{words}{behind}{indent}</Paragraph>\n"

    def _is_plain(self, unit: Unit, paragraph: Paragraph) -> bool:
        """A type and words, as nine paragraphs of ten."""
        return (
            not self._with_ids
            and not unit.page_break
            and not unit.alone
            and paragraph.style_name is None
            and paragraph.number is None
            and paragraph.align is None
            and paragraph.layout is None
            and type(paragraph) in _PLAIN
            and (self.version >= 5 or not unit.markers)
            and not (isinstance(paragraph, Dialogue) and paragraph.alternates)
        )

    def _plain(self, paragraph: Paragraph, inline: Inline, indent: str) -> str:
        kind = type(paragraph)
        found = self._frames.get((kind, indent))
        if found is None:
            name = ELEMENT_NAMES[kind]
            self.used[name] = None
            found = (
                f'{indent}<Paragraph Type="{name}">\n{indent}  <Text',
                f"</Text>\n{indent}</Paragraph>\n",
                self.table.settings(name).style,
            )
            self._frames[kind, indent] = found
        start, end, own = found
        if not isinstance(inline, Run):
            return f"{start}>\n{end}" if isinstance(inline, LineBreak) else f"{start}>{end}"
        return f"{start}{self.runs.setting(inline, own)}>{escaped(inline.text)}{end}"

    def type_of(self, unit: Unit, paragraph: Paragraph) -> str:
        name = type_name(paragraph, self.version)
        if unit.alone and paragraph.style_name is None:
            name = ALONE
        self.used[name] = None
        return name

    def values(self, unit: Unit, paragraph: Paragraph, name: str) -> dict[str, str | None]:
        layout = paragraph.layout or ParagraphLayout()
        return {
            "Type": name,
            "Number": paragraph.number,
            "Alignment": None if paragraph.align is None else ALIGN_NAMES[paragraph.align],
            "StartsNewPage": "Yes" if unit.page_break else "No" if layout.new_page is False else None,
            "id": self.identity(),
            **layout_attributes(layout),
        }

    def identity(self) -> str | None:
        """The same in every run: which paragraph it is."""
        if not self._with_ids:
            return None
        self._count += 1
        return identity_of(f"{self._seed}paragraph {self._count}")

    # -------- what a paragraph holds

    def scene_properties(self, heading: SceneHeading, summary: Sequence[Synopsis], indent: str) -> str:
        if heading.color is None and not summary:
            return f'{indent}<SceneProperties Title=""/>\n'
        values: dict[str, str | None] = {"Title": "", **self.card_attributes(heading)}
        return tag("SceneProperties", values, [self.summary(summary, indent + "  ")], indent)

    @staticmethod
    def card_attributes(heading: SceneHeading) -> dict[str, str | None]:
        color, name = (None, None) if heading.color is None else card_color(heading.color)
        return {"Color": color, "ColorName": name}

    def summary(self, synopses: Sequence[Synopsis], indent: str) -> str:
        if not synopses:
            return ""
        inside = indent + "    "
        lines = (
            tag("Paragraph", NOTE_LINE, [self.runs.texts(one.text, DEFAULTS["General"].style, inside)], indent + "  ")
            for one in synopses
        )
        return tag("Summary", {}, lines, indent)

    def _omitted(self, unit: Unit, indent: str) -> str:
        if not has_block(unit):
            return ""
        return tag("OmittedScene", {}, (self.inner(one, indent + "  ") for one in unit.inner), indent)

    def _dual(self, unit: Unit, indent: str) -> str:
        self.used["General"] = None
        general = self.table.settings("General")
        values = paragraph_attributes(general) | {
            "SpaceBefore": "12",
            "StartsNewPage": yes(unit.page_break),
            "Type": "General",
            "id": self.identity(),
        }
        inside, columns = indent + "  ", indent + "    "
        lists = tag(
            "SpellCheckIgnoreLists",
            {},
            (tag("IgnoredRanges", {}, None, columns + "  "), tag("IgnoredWords", {}, None, columns + "  ")),
            columns,
        )
        spoken = "".join(self.inner(one, columns) for one in unit.inner)
        before = self.inline_notes(unit.markers, inside) if self.version < 5 else ""
        return tag("Paragraph", values, [before, tag("DualDialogue", {}, [lists, spoken], inside)], indent)

    def _alternates(self, paragraph: Dialogue, own: Style, indent: str) -> str:
        numbers = [self.new_alternate(text, own) for text in paragraph.alternates]
        return tag("Alts", {"Current": "0"}, (line("AltId", one, None, indent + "  ") for one in numbers), indent)

    def new_alternate(self, text: Text, own: Style) -> str:
        """The number by which a paragraph names this wording."""
        self.alternates.append((text, own))
        return str(self.first_alternate + len(self.alternates) - 1)

    # -------- notes

    def inline_notes(self, markers: Iterable[Marker], indent: str) -> str:
        """Notes as Final Draft 9 to 11 keep them: in the paragraph that they belong to."""
        return "".join(
            self.note(marker, {}, indent) for marker in markers if not (isinstance(marker, PageMark) and marker.locked)
        )

    def note(self, marker: Note | Boneyard | PageMark, places: dict[str, str | None], indent: str) -> str:
        words = (
            marker.text if isinstance(marker, Note) else marker.source if isinstance(marker, Boneyard) else marker.label
        )
        lines = self.note_lines(words, indent + "  ")
        return tag("ScriptNote", self.note_attributes(marker) | places, lines, indent)

    @staticmethod
    def note_attributes(marker: Note | Boneyard | PageMark) -> dict[str, str | None]:
        match marker:
            case Note():
                color, color_name = card_color(marker.color)
                return {
                    "Color": color,
                    "ColorName": color_name,
                    "DateTime": None if marker.date is None else date_value(marker.date),
                    "Name": marker.title or first_words(marker.text),
                    "Type": marker.category or "",
                    "WriterName": marker.author,
                }
            case Boneyard():
                return {"Color": card_color(None)[0], "Name": BONEYARD_NOTE, "Type": BONEYARD_NOTE}
            case PageMark():
                return {"Color": card_color(None)[0], "Name": PAGE_NOTE, "Type": PAGE_NOTE}

    def note_lines(self, words: str, indent: str) -> list[str]:
        """A paragraph for each line of a note."""
        return [
            tag(
                "Paragraph", NOTE_LINE, [f"{indent}  <Text{self._own}>{escaped(one)}</Text>\n"] if one else None, indent
            )
            for one in words.split("\n")
        ]


def note_words(marker: Note | Boneyard | PageMark) -> str:
    match marker:
        case Note():
            return marker.text
        case Boneyard():
            return marker.source
        case PageMark():
            return marker.label


def identity_of(name: str) -> str:
    """A UUID made of a name: no clock and no chance in it."""
    data = name.encode("utf-8")
    digits = "".join(f"{zlib.crc32(data + bytes([part])):08x}" for part in range(4))
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def layout_attributes(layout: ParagraphLayout) -> dict[str, str | None]:
    return {
        "FirstIndent": _inches(layout.first_indent),
        "LeftIndent": _inches(layout.left),
        "RightIndent": _inches(layout.right),
        "SpaceBefore": _plain(layout.space_before),
        "Spacing": _plain(layout.line_spacing),
    }


def _inches(value: float | None) -> str | None:
    return None if value is None else inches(value)


def _plain(value: float | None) -> str | None:
    return None if value is None else plain_number(value)


def paragraph_attributes(settings: Settings) -> dict[str, str | None]:
    """All that a ParagraphSpec says."""
    return {
        "Alignment": ALIGN_NAMES[settings.align],
        "FirstIndent": inches(settings.first),
        "Leading": "Regular",
        "LeftIndent": inches(settings.left),
        "RightIndent": inches(settings.right),
        "SpaceBefore": plain_number(settings.before),
        "Spacing": plain_number(settings.spacing),
        "StartsNewPage": yes(settings.new_page),
    }


def tab_stops(stops: tuple[TabStop, ...], indent: str) -> str:
    inside = (
        tag(
            "Tabstop",
            {"Position": inches(stop.position), "Type": "Decimal" if stop.decimal else ALIGN_NAMES[stop.align]},
            None,
            indent + "  ",
        )
        for stop in stops
    )
    return tag("Tabstops", {}, inside, indent)


# ---------------------------------------------------------------- what is anchored by offset


class Offsets:
    """Where each unit begins, and how an anchor's place is said."""

    def __init__(self, body_units: list[Unit], lengths: Iterable[int] | None = None):
        self.starts = [0]
        for length in lengths if lengths is not None else map(unit_length, body_units):
            self.starts.append(self.starts[-1] + length)
        self._units = body_units

    def offset(self, spot: Spot) -> int:
        start = self.starts[spot.unit]
        if not spot.nested:
            return start + spot.character
        # Inside a block there are no offsets: the place of the block, and beside it which paragraph is meant.
        paragraph = self._units[spot.unit].paragraph
        return start + (text_length(paragraph.text) if paragraph is not None else 0)

    @staticmethod
    def nested(spot: Spot) -> str | None:
        return f"{spot.nested},{spot.character}" if spot.nested else None


def note_places(anchor: Anchor, offsets: Offsets) -> dict[str, str | None]:
    start = offsets.offset(anchor.start)
    places = {"Range": f"{start},{start}", "StartPlace": offsets.nested(anchor.start)}
    if anchor.end is not None:
        places["Range"] = f"{start},{offsets.offset(anchor.end)}"
        places["EndPlace"] = offsets.nested(anchor.end)
    return places


def is_noted(anchor: Anchor) -> bool:
    """Is it one of those that Final Draft keeps as a script note?"""
    node = anchor.node
    return isinstance(node, Note | Boneyard) or isinstance(node, PageMark) and not node.locked


def locked_pages(anchors: Iterable[Anchor], offsets: Offsets) -> str:
    pages = (
        (anchor.node, anchor.start) for anchor in anchors if isinstance(anchor.node, PageMark) and anchor.node.locked
    )
    return "".join(
        tag(
            "LockedPage",
            {
                "LevelIndex": str(index),
                "LockLevel": "0",
                "PageNumber": page.label,
                "Position": str(offsets.offset(spot)),
                "StartPlace": offsets.nested(spot),
            },
            None,
            "    ",
        )
        for index, (page, spot) in enumerate(pages)
    )


def deleted_text(anchors: Iterable[Anchor], offsets: Offsets) -> str:
    return "".join(
        tag(
            "DeletedTextLocation",
            {
                "Offset": str(offsets.offset(anchor.start)),
                "RevisionID": str(anchor.node.revision),
                "StartPlace": offsets.nested(anchor.start),
            },
            None,
            "    ",
        )
        for anchor in anchors
        if isinstance(anchor.node, Deletion)
    )
