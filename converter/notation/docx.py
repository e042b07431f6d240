"""What the Word reader and writer share: names of styles, bookmarks and properties, units, and who may be called what.

A script in Word is told by what Word itself keeps when a person edits and saves it: paragraph styles with Final Draft's
element names, character styles, comments, tracked changes, bookmarks and document properties.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, TypeVar

from converter.patterns import pattern
from converter.records import MISSING, fields, is_dataclass
from converter.tree import (
    NO_STYLE,
    Action,
    Align,
    Band,
    CastList,
    Character,
    Continued,
    Dialogue,
    ElementStyle,
    EndOfAct,
    General,
    Look,
    Lyric,
    Margins,
    More,
    NewAct,
    PageFieldKind,
    PageSetup,
    Paper,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Revisions,
    RevisionSet,
    SceneHeading,
    SceneNumbers,
    Screenplay,
    Section,
    Shot,
    Style,
    Synopsis,
    TabStop,
    Tag,
    Transition,
)
from converter.twips import FURTHEST as FURTHEST
from converter.twips import INCH as INCH
from converter.twips import LEFT_MARGIN as LEFT_MARGIN
from converter.twips import LINE as LINE
from converter.twips import PAGE as PAGE
from converter.twips import POINT as POINT
from converter.twips import RIGHT_MARGIN as RIGHT_MARGIN

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
PROPERTY_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"

APPLICATION = "matchcut"  # in docProps/app.xml; any program that saves the file puts its own name there


def w(name: str) -> str:
    """The whole name of an element or attribute of WordprocessingML."""
    return f"{{{WORD}}}{name}"


# ---------------------------------------------------------------- units


def inches(twips: int) -> float:
    """Two twips never round to the same thousandth of an inch, so three places come back as they were."""
    return round(twips / INCH, 3)


def points(twips: int) -> float:
    return round(twips / POINT, 2)


def lines(twips: int) -> float:
    return round(twips / LINE, 2)


COLOR = pattern(r"#[0-9A-Fa-f]{6}")

# ---------------------------------------------------------------- paragraph styles


class Role(Enum):
    """What a paragraph of one of our styles is."""

    ELEMENT = auto()
    BONEYARD = auto()
    ALTERNATE = auto()  # another version of the dialogue before it
    MARKER = auto()  # prints nothing: holds the notes behind the last line, or an empty page
    FIELD = auto()  # a line of the title page
    SHEET = auto()  # the same, drawn by the source
    MORE = auto()
    REPEATED_CUE = auto()
    CONTINUED = auto()


class Base(NamedTuple):
    """A style that stands in every file of ours."""

    name: str
    kind: type[Paragraph] | None = None
    role: Role = Role.ELEMENT
    align: Align | None = None
    level: int = 0
    dual: bool = False
    joins: bool = True  # False: a lyric that does not go on with the speech before it
    field: str = ""  # the title page field of this style

    @property
    def id(self) -> str:
        return self.name.replace(" ", "")


DEEPEST_SECTION = 9  # Word has nine outline levels

ROOT_STYLE = "Screenplay"  # all others are built on it

_BASES = (
    Base("Scene Heading", SceneHeading),
    Base("Action", Action),
    Base("Centered", Action, align=Align.CENTER),
    Base("Character", Character),
    Base("Parenthetical", Parenthetical),
    Base("Dialogue", Dialogue),
    Base("Lyrics", Lyric),
    Base("Lyrics Alone", Lyric, joins=False),
    Base("Transition", Transition),
    Base("Shot", Shot),
    Base("General", General),
    Base("Cast List", CastList),
    Base("New Act", NewAct),
    Base("End of Act", EndOfAct),
    Base("Synopsis", Synopsis),
    *(Base(f"Section {level}" if level > 1 else "Section", Section, level=level) for level in range(1, 10)),
    Base("Dual Character", Character, dual=True),
    Base("Dual Parenthetical", Parenthetical, dual=True),
    Base("Dual Dialogue", Dialogue, dual=True),
    Base("Dual Lyrics", Lyric, dual=True),
    Base("Alternate", role=Role.ALTERNATE),
    Base("Boneyard", role=Role.BONEYARD),
    Base("Marker", role=Role.MARKER),
    Base("Title", role=Role.FIELD, field="Title"),
    Base("Credit", role=Role.FIELD, field="Credit"),
    Base("Author", role=Role.FIELD, field="Author"),
    Base("Source", role=Role.FIELD, field="Source"),
    Base("Draft Date", role=Role.FIELD, field="Draft date"),
    Base("Contact", role=Role.FIELD, field="Contact"),
    Base("Title Page", role=Role.FIELD),
    Base("Title Line", General, role=Role.SHEET),
    Base("More", role=Role.MORE),
    Base("Character Continued", role=Role.REPEATED_CUE),
    Base("Continued", role=Role.CONTINUED),
)
BASES = {base.name: base for base in _BASES}
_FIELD_STYLES = {base.field.casefold(): base for base in _BASES if base.field}
_FIELD_STYLES["authors"] = _FIELD_STYLES["author"]

# Character styles.
SCENE_NUMBER = "Scene Number"
AS_TYPED = "As Typed"  # the words take nothing from their element
PUT_ASIDE = "Boneyard Text"
AUTOMATIC = "Automatic Continued"  # a (CONT'D) that we put there
PAGE_LABEL = "Page Label"  # of a header: what Word cannot count to, such as 12A

# Styles of comments; the first two of each are Word's own names.
COMMENT_TEXT = "annotation text"
COMMENT_REFERENCE = "annotation reference"
NOTE_TITLE = "Note Title"
NOTE_CATEGORY = "Note Category"

_TAKEN = {
    name.casefold()
    for name in (
        *BASES,
        *(ROOT_STYLE, SCENE_NUMBER, AS_TYPED, PUT_ASIDE, AUTOMATIC, PAGE_LABEL),
        *(COMMENT_TEXT, COMMENT_REFERENCE, NOTE_TITLE, NOTE_CATEGORY),
        *("Normal", "Default Paragraph Font", "Normal Table", "No List", "header", "footer"),
    )
}


def base_style(paragraph: Paragraph, *, dual: bool = False, joins: bool = True) -> Base:
    """The style for a paragraph of the body."""
    match paragraph:
        case Action(align=Align.CENTER, style_name=None):
            return BASES["Centered"]
        case Section(level=level):
            return BASES[f"Section {level}" if level > 1 else "Section"]
        case Lyric() if not joins and not dual:
            return BASES["Lyrics Alone"]
        case _:
            return (_DUAL if dual else _SINGLE)[type(paragraph)]


_DUAL = {base.kind: base for base in reversed(_BASES) if base.dual}
_SINGLE = {base.kind: base for base in reversed(_BASES) if base.kind and not base.dual and base.role is Role.ELEMENT}


def field_style(name: str) -> tuple[Base, str | None]:
    """The style for a title page field, and the field's name where the style does not say it: `title`, `Authors`."""
    base = _FIELD_STYLES.get(name.casefold())
    if base is None:
        return BASES["Title Page"], name or None
    return base, None if name == base.field else name


# Word's own dialogue refuses these in a style's name, or takes what follows for another name of it.
_NOT_IN_A_NAME = pattern(r"[,;\\{}]")
_LONGEST_NAME = 200


def plain_name(name: str) -> str:
    """The name as Word can have it for a style."""
    return " ".join(_NOT_IN_A_NAME.sub(" ", name).split())[:_LONGEST_NAME].rstrip()


# A style of the author's own carries its own name. Only where that cannot be (another element has a style of this name,
# or it is one of ours) the name of the style it is built on stands behind it in brackets.
_IN_BRACKETS = pattern(r" \((?P<inside>[^()]*)\)$")
OMITTED_MARK = "omitted"
FIELD_MARK = "title page"


def own_name(name: str, base: Base, users: Collection[str]) -> str:
    """What a style is called that an author's `name` has, built on `base`; `users` are all bases with that name."""
    brackets = _IN_BRACKETS.search(name)
    free = name.casefold() not in _TAKEN and len(users) < 2
    if free and (brackets is None or brackets["inside"] not in _BRACKETED):
        return name
    return f"{name} ({base.name})"


def author_name(name: str, base: Base) -> str:
    return name.removesuffix(f" ({base.name})")


def omitted_name(name: str) -> str:
    """The hidden twin of a style, for scenes that were cut."""
    return f"{name} ({OMITTED_MARK})"


def field_style_name(field: str) -> str:
    """The style of a title page field that has none of its own among ours."""
    return f"{field} ({FIELD_MARK})" if field else "Title Page"


_BRACKETED = {*BASES, OMITTED_MARK, FIELD_MARK}


# ---------------------------------------------------------------- bookmarks

# A bookmark's name has letters, digits and underscores and at most 40 of them; other characters of a page's label are
# written as six hexadecimal digits. A second page of one label gets a number behind two underscores.
PAGE_BOOKMARK = pattern(
    r"(?P<locked>Locked)?Page_(?P<label>(?:[0-9A-Za-z]|_[0-9a-f]{6}){0,30})(?:__[0-9]{1,7})?", re.ASCII
)
TAG_BOOKMARK = pattern(r"Tag(?P<number>[0-9]{1,9})_[0-9]{1,9}", re.ASCII)
_ESCAPED = pattern("_([0-9a-f]{6})")
_LABEL_ROOM = 40 - len("LockedPage_") - len("__9999999")


def page_bookmark(label: str, locked: bool) -> str:
    return ("LockedPage_" if locked else "Page_") + "".join(map(_bookmark_letter, label))


def _bookmark_letter(char: str) -> str:
    return char if char.isalnum() and char.isascii() else f"_{ord(char):06x}"


def page_label(match: re.Match[str]) -> str:
    """The label in a name that PAGE_BOOKMARK fits."""
    return _ESCAPED.sub(lambda code: _letter(code[1]), match["label"])


def _letter(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


def short_label(label: str) -> str:
    """As much of a page's label as a bookmark's name has room for."""
    room = _LABEL_ROOM
    for place, char in enumerate(label):
        room -= len(_bookmark_letter(char))
        if room < 0:
            return label[:place]
    return label


# ---------------------------------------------------------------- pages of ours

# Where we broke a page ourselves: Page is a break before a paragraph, Split one inside it, which was cut in two there,
# SplitLine one where a typed line break was, Kept one before a paragraph whose own layout wants none. Break is one of
# the author's in front of a hidden paragraph, made by us at the next that prints. A second number is the paragraph's
# own space above, in twips.
BREAK_BOOKMARK = pattern(r"_(?P<kind>Page|Kept|Split|SplitLine|Break)[0-9]{1,7}(?:_(?P<before>[0-9]{1,5}))?", re.ASCII)
LARGE_LINE = 241  # twips at least: the height of lines whose type is larger than they are
NO_SPACE = 1  # twip: above the first line of a page, so that it is told from a space that the author set

LOCKED = "Pagination"  # the property that says so
LOCKED_ROOM = 3 * LINE  # less margin at the foot, for (MORE), a repeated cue and lines that Word breaks otherwise

# ---------------------------------------------------------------- revisions

_NUMBERED = pattern(r"\[\d+\]$")


def revision_authors(sets: Iterable[RevisionSet]) -> dict[int, str]:
    """The author of each set's tracked changes: its name, with its id where that alone would not tell it."""
    plain = {one.id: " ".join(one.name.split()) for one in sets}
    names = list(plain.values())
    return {
        id_: name if name and names.count(name) == 1 and not _NUMBERED.search(name) else f"{name} [{id_}]".strip()
        for id_, name in plain.items()
    }


# ---------------------------------------------------------------- header fields

# What a page header's fields say, as Word's field codes. `\* Arabic` changes nothing in print: it tells the page's
# label from its number, which Word does not.
FIELD_CODES = {
    PageFieldKind.PAGE: "PAGE",
    PageFieldKind.LABEL: "PAGE \\* Arabic",
    PageFieldKind.DATE: "DATE",
    PageFieldKind.REVISION: "DOCPROPERTY Revision",
}


def page_field(code: str) -> PageFieldKind | None:
    """What a field code of a header prints, if it is something of ours."""
    words = code.split()
    exact = next((kind for kind, ours in FIELD_CODES.items() if ours.split() == words), None)
    by_name = {"PAGE": PageFieldKind.PAGE, "DATE": PageFieldKind.DATE}
    return exact or by_name.get(words[0].upper() if words else "")


# ---------------------------------------------------------------- document properties

# What Word has no place for, one custom document property a value: "Page setup: more bottom" is "(MORE)".
_SETUP = "Page setup:"
_SET = "Revision set {}:"
_REVISIONS = "Revisions:"
_TAG = "Tag {}:"
_STYLE = "Element style {}:"
ACTIVE_REVISION = "Revision"  # the active set's name, for the header's field

_SETUP_PARTS: dict[str, type[Any]] = {
    "paper": Paper,
    "margins": Margins,
    "more": More,
    "continued": Continued,
    "scene_numbers": SceneNumbers,
}
_BANDS = ("header", "footer")  # their text is in the header and footer; here only that the source has them


def to_properties(screenplay: Screenplay) -> dict[str, str]:
    setup, revisions = screenplay.page_setup, screenplay.revisions
    found: dict[str, str] = {}
    if setup is not None:
        for one in fields(setup):
            value = getattr(setup, one.name)
            if isinstance(value, Band):
                found[f"{_SETUP} {one.name} on first page"] = _shown(value.on_first_page)
            elif value is not None:
                found.update(_leaves(f"{_SETUP} {_spoken(one.name)}", value))
    if revisions is not None:
        found.update(_revision_properties(revisions))
    for number, tag in enumerate(screenplay.tags, start=1):
        found.update(_leaves(_TAG.format(number), tag))
    for number, style in enumerate(screenplay.styles, start=1):
        found.update(_leaves(_STYLE.format(number), style))
    return found


def _revision_properties(revisions: Revisions) -> Iterator[tuple[str, str]]:
    for number, one_set in enumerate(revisions.sets, start=1):
        yield from _leaves(_SET.format(number), one_set)
    yield f"{_REVISIONS} show all", _shown(revisions.show_all)
    if revisions.location != Revisions().location:
        yield f"{_REVISIONS} location", _shown(revisions.location)
    if revisions.active is not None:
        yield f"{_REVISIONS} active", _shown(revisions.active)
        names = {one_set.id: one_set.name for one_set in revisions.sets}
        yield ACTIVE_REVISION, names.get(revisions.active, "")


def _leaves(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if not is_dataclass(value):
        yield prefix, _shown(value)
        return
    for one in fields(value):
        leaf = getattr(value, one.name)
        if is_dataclass(leaf):
            yield f"{prefix} {one.name}", "yes"  # one that says nothing is still there
            yield from _leaves(f"{prefix} {one.name}", leaf)
        elif leaf is not None:
            yield f"{prefix} {_spoken(one.name)}", _shown(leaf)


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Style):
        return " ".join(one.name or "" for one in value).lower()
    if isinstance(value, Align):
        return value.value
    if isinstance(value, tuple):
        return "; ".join(f"{stop.position!r} {'decimal ' * stop.decimal}{stop.align.value}" for stop in value)
    return repr(value) if isinstance(value, float) else str(value)


class Told(NamedTuple):
    """What the document properties say; the bands have no content yet."""

    setup: PageSetup | None
    revisions: Revisions | None
    tags: tuple[Tag, ...]
    styles: tuple[ElementStyle, ...]
    locked: bool  # the pages are ours


def from_properties(properties: Mapping[str, str]) -> Told:
    return Told(
        _setup(properties),
        _revisions(properties),
        tuple(_numbered(Tag, _TAG, properties)),
        tuple(_numbered(ElementStyle, _STYLE, properties)),
        LOCKED in properties,
    )


def _setup(properties: Mapping[str, str]) -> PageSetup | None:
    told: dict[str, Any] = {}
    for name, kind in _SETUP_PARTS.items():
        told[name] = _record(kind, f"{_SETUP} {_spoken(name)}", properties)
    for one in fields(PageSetup):
        if one.name not in _SETUP_PARTS and one.name not in _BANDS:
            told[one.name] = _value(str(one.type), properties.get(f"{_SETUP} {_spoken(one.name)}"))
    for name in _BANDS:
        on_first_page = _value("bool", properties.get(f"{_SETUP} {name} on first page"))
        told[name] = None if on_first_page is None else Band(on_first_page=on_first_page)
    setup = PageSetup(**told)
    return None if setup == PageSetup() else setup


def _revisions(properties: Mapping[str, str]) -> Revisions | None:
    sets = tuple(_numbered(RevisionSet, _SET, properties))
    active = _value("int", properties.get(f"{_REVISIONS} active"))
    show_all = _value("bool", properties.get(f"{_REVISIONS} show all"))
    said = _value("float", properties.get(f"{_REVISIONS} location"))
    location = Revisions().location if said is None else said
    revisions = Revisions(sets=sets, active=active, show_all=bool(show_all), location=location)
    return None if revisions == Revisions() else revisions


T = TypeVar("T")


def _numbered(kind: type[T], prefix: str, properties: Mapping[str, str]) -> Iterator[T]:
    for number in range(1, len(properties) + 1):
        record = _record(kind, prefix.format(number), properties)
        if record is None:
            return
        yield record


def _record(kind: type[T], prefix: str, properties: Mapping[str, str]) -> T | None:
    """The dataclass whose values the properties of this prefix give; None if one that it needs is missing."""
    values: dict[str, Any] = {}
    said = False
    for one in fields(kind):  # type: ignore[arg-type]
        name = f"{prefix} {_spoken(one.name)}"
        inner = _INNER.get(str(one.type))
        value = _value(str(one.type), properties.get(name))
        if inner is not None and name in properties:
            value = _record(inner, name, properties) or inner()
        if value is not None:
            values[one.name] = value
            said = True
        elif one.default is MISSING:
            return None
    return kind(**values) if said else None


def _value(hint: str, said: str | None) -> Any:
    """The value of a property for a field with this annotation, None for what it cannot be."""
    if said is None or len(said) > 10_000:
        return None
    try:
        return _PARSERS[hint.partition(" ")[0]](said)
    except (KeyError, ValueError, OverflowError):
        return None


def _whole(said: str) -> int:
    if len(said) > 9:
        raise ValueError
    return int(said)


_INNER: dict[str, type[Any]] = {"ParagraphLayout | None": ParagraphLayout, "Look | None": Look}


def _flags(said: str) -> Style:
    return reduce(or_, (Style[name.upper()] for name in said.split()), NO_STYLE)


def _stops(said: str) -> tuple[TabStop, ...]:
    stops = (one.split() for one in said.split(";") if one.strip())
    return tuple(
        TabStop(position=float(place[:40]), align=Align(kinds[-1]), decimal="decimal" in kinds)
        for place, *kinds in stops
        if kinds
    )


_PARSERS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": _whole,
    "float": lambda said: float(said) if len(said) < 40 else None,
    "Style": _flags,
    "Align": Align,
    "tuple[TabStop,": _stops,
    "bool": lambda said: {"yes": True, "no": False, "true": True, "false": False}[said.lower()],
}


# ---------------------------------------------------------------- measures of our styles


class StyleMeasures(NamedTuple):
    """How a style sets its paragraphs, in twips; what it says when it is written tells later whether it was changed."""

    left: int
    right: int
    first: int
    before: int
    align: Align
    style: Style

    def is_near(self, other: StyleMeasures) -> bool:
        """Other programs count in other units."""
        return self[4:] == other[4:] and all(abs(a - b) <= _SLACK for a, b in zip(self[:4], other[:4], strict=True))


_SLACK = 20  # twips
MEASURES = "Style measures"
_OF_WORDS = Style.BOLD | Style.ITALIC | Style.UNDERLINE | Style.ALL_CAPS
MEASURED = tuple(
    base for base in _BASES if base.role is Role.ELEMENT and not base.dual and base.level < 2 and base.joins
)


def style_measures(left: int, right: int, first: int, before: int, align: Align | None, style: Style) -> StyleMeasures:
    return StyleMeasures(left, right, first, before, align or Align.LEFT, style & _OF_WORDS)


def to_measures(all_measures: Mapping[str, StyleMeasures]) -> str:
    """One property for all of them: "Dialogue 1440 2015 0 0 left; SceneHeading 0 -145 0 480 left all_caps"."""
    return "; ".join(
        " ".join([name.replace(" ", ""), *map(str, one[:4]), one.align.value, _shown(one.style)]).rstrip()
        for name, one in all_measures.items()
    )


_MEASURES = pattern(
    r"(?P<id>[A-Za-z]{1,40}) (?P<numbers>-?\d{1,6}(?: -?\d{1,6}){3}) (?P<align>[a-z]{1,9})(?P<style>[a-z_ ]{0,80})",
    re.ASCII,
)


def from_measures(said: str) -> dict[str, StyleMeasures]:
    """By name of the style; what cannot be read is not there."""
    names = {base.id: base.name for base in MEASURED}
    found: dict[str, StyleMeasures] = {}
    for piece in said[:10_000].split("; "):
        match = _MEASURES.fullmatch(piece)
        if match is not None and match["id"] in names:
            left, right, first, before = map(int, match["numbers"].split())
            align, style = _value("Align", match["align"]), _value("Style", match["style"])
            if align is not None and style is not None:
                found[names[match["id"]]] = StyleMeasures(left, right, first, before, align, style)
    return found


# ---------------------------------------------------------------- the paper

DEFAULT_MARGINS = (1440, 1440, 720, 720)  # top, bottom, header, footer


def paper_twips(setup: PageSetup | None) -> tuple[int, int]:
    """Width and height as Word gets them; Letter where the source is silent or says what no paper has."""
    paper = setup.paper if setup else None
    if paper is None or not (3 <= paper.width <= 22 and 3 <= paper.height <= 22):
        return PAGE
    return round(paper.width * INCH), round(paper.height * INCH)


def margin_twips(setup: PageSetup | None, locked: bool) -> tuple[int, int, int, int]:
    """Top, bottom, header and footer as Word gets them."""
    top, bottom, header, footer = _margins(setup)
    return top, max(0, bottom - LOCKED_ROOM) if locked else bottom, header, footer


def _margins(setup: PageSetup | None) -> tuple[int, int, int, int]:
    margins = setup.margins if setup else None
    if margins is None:
        return DEFAULT_MARGINS
    said = (margins.top, margins.bottom, margins.header, margins.footer)
    if not all(0 <= one <= 720 for one in said):
        return DEFAULT_MARGINS
    top, bottom, header, footer = (round(one * POINT) for one in said)
    return top, bottom, header, footer
