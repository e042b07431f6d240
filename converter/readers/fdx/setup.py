"""What a file says around its text: paper, header and footer, page-break words, styles, revision sets, tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from converter.notation.fdx import ALIGN, LABELS, SILENT_SETUP, color_of
from converter.notation.fdx.listed import read_tab_stops
from converter.notation.fdx.setup import DEFAULT_REVISIONS, DEFAULT_SETUP, LEADINGS
from converter.notation.fdx.styles import DEFAULTS
from converter.notation.numbers import integer_of, number_of
from converter.readers.fdx.runs import Runs
from converter.tree import (
    Align,
    Band,
    Continued,
    Margins,
    More,
    PageField,
    PageSetup,
    Paper,
    Revisions,
    RevisionSet,
    Run,
    SceneNumbers,
    TabStop,
    Tag,
)

if TYPE_CHECKING:
    from lxml import etree

# ---------------------------------------------------------------- the page


def silent_names(root: etree._Element) -> frozenset[str]:
    """What our own writer filled in because the tree said nothing of it."""
    return frozenset((root.findtext(f"UserDocumentData/{SILENT_SETUP}") or "").split())


def read_page_setup(root: etree._Element, silent: frozenset[str]) -> PageSetup | None:
    layout, size = root.find("PageLayout"), root.find("PageLayout/PageSize")
    numbers = root.find("SceneNumberOptions")
    dialogue = root.find("MoresAndContinueds/DialogueBreaks")
    scene = root.find("MoresAndContinueds/SceneBreaks")
    bands = root.find("HeaderAndFooter")
    said: dict[str, Any] = {
        "paper": _paper(size),
        "margins": _margins(layout),
        "leading": None if layout is None else LEADINGS.get(layout.get("DocumentLeading", "")),
        "more": _more(dialogue),
        "continued": _continued(scene),
        "scene_numbers": _scene_numbers(numbers),
        "break_at_sentences": _yes(layout, "BreakDialogueAndActionAtSentences"),
        "first_page": None if bands is None else integer_of(bands.get("StartingPage")),
        "header": _band(bands, "Header"),
        "footer": _band(bands, "Footer"),
    }
    for name in silent & said.keys():
        if said[name] == getattr(DEFAULT_SETUP, name):
            said[name] = None
    setup = PageSetup(**said)
    return None if setup == PageSetup() else setup


def _yes(element: etree._Element | None, name: str) -> bool | None:
    """Fade In writes True and False."""
    value = None if element is None else element.get(name)
    return None if value is None else value in {"Yes", "True"}


def _flag(element: etree._Element, name: str, default: bool) -> bool:
    value = _yes(element, name)
    return default if value is None else value


def _paper(size: etree._Element | None) -> Paper | None:
    if size is None:
        return None
    width, height = number_of(size.get("Width")), number_of(size.get("Height"))
    return Paper(width=width, height=height) if width and height else None


def _margins(layout: etree._Element | None) -> Margins | None:
    if layout is None:
        return None
    values = [number_of(layout.get(name + "Margin")) for name in ("Top", "Bottom", "Header", "Footer")]
    if all(value is None for value in values):
        return None
    default = DEFAULT_SETUP.margins
    assert default is not None
    fallback = (default.top, default.bottom, default.header, default.footer)
    top, bottom, header, footer = (own if value is None else value for value, own in zip(values, fallback, strict=True))
    return Margins(top=top, bottom=bottom, header=header, footer=footer)


def _more(breaks: etree._Element | None) -> More | None:
    if breaks is None:
        return None
    return More(
        bottom=breaks.get("DialogueBottom", "(MORE)"),
        top=breaks.get("DialogueTop", "(CONT'D)"),
        at_bottom=_flag(breaks, "BottomOfPage", True),
        at_top=_flag(breaks, "TopOfNext", True),
        automatic=_flag(breaks, "AutomaticCharacterContinueds", True),
    )


def _continued(breaks: etree._Element | None) -> Continued | None:
    if breaks is None:
        return None
    return Continued(
        bottom=breaks.get("SceneBottom", "(CONTINUED)"),
        top=breaks.get("SceneTop", "CONTINUED:"),
        at_bottom=_flag(breaks, "SceneBottomOfPage", False),
        at_top=_flag(breaks, "SceneTopOfNext", False),
        numbered=_flag(breaks, "ContinuedNumber", False),
    )


def _scene_numbers(options: etree._Element | None) -> SceneNumbers | None:
    if options is None:
        return None
    return SceneNumbers(
        left=_flag(options, "ShowNumbersOnLeft", True),
        right=_flag(options, "ShowNumbersOnRight", True),
        left_position=number_of(options.get("LeftLocation")),
        right_position=number_of(options.get("RightLocation")),
    )


# ---------------------------------------------------------------- header and footer


def _band(bands: etree._Element | None, which: str) -> Band | None:
    if bands is None or bands.get(which + "Visible") is None and bands.find(which) is None:
        return None
    first = _flag(bands, which + "FirstPage", which == "Footer")
    paragraphs = bands.findall(f"{which}/Paragraph")
    if not _flag(bands, which + "Visible", True) or not paragraphs:
        return Band(on_first_page=first)
    columns = _columns(paragraphs[0], Runs())
    if not any(isinstance(item, PageField) or item.text.strip() for column in columns for item in column):
        return Band(on_first_page=first)
    left, center, right = (tuple(column) for column in columns)
    return Band(left=left, center=center, right=right, on_first_page=first)


def _columns(paragraph: etree._Element, runs: Runs) -> tuple[list[Any], list[Any], list[Any]]:
    """Left, centre and right of a line whose tabs go to the tab stops in order."""
    columns: dict[Align, list[Any]] = {Align.LEFT: [], Align.CENTER: [], Align.RIGHT: []}
    order = _column_order(paragraph)
    place = 0
    for item in _band_items(paragraph, runs):
        if item is None:
            place += 1
        else:
            columns[order[min(place, len(order) - 1)]].append(item)
    return columns[Align.LEFT], columns[Align.CENTER], columns[Align.RIGHT]


def _column_order(paragraph: etree._Element) -> list[Align]:
    own = ALIGN.get(paragraph.get("Alignment", ""), Align.LEFT)
    if own is not Align.LEFT and own is not Align.FULL:
        return [own]
    stops = paragraph.find("Tabstops")
    return [Align.LEFT, *_stop_aligns(() if stops is None else read_tab_stops(stops))]


def _band_items(paragraph: etree._Element, runs: Runs) -> Iterator[Run | PageField | None]:
    """Words and page fields; None for each tab."""
    for child in paragraph:
        if child.tag == "DynamicLabel":
            kind = LABELS.get(child.get("Type", ""))
            if kind is not None:
                yield PageField(kind=kind)
        elif child.tag == "Text":
            for number, words in enumerate((child.text or "").split("\t")):
                if number:
                    yield None
                if words:
                    yield runs.run(child, words, DEFAULTS["General"])


def _stop_aligns(stops: tuple[TabStop, ...]) -> list[Align]:
    if not stops:
        return [Align.CENTER, Align.RIGHT]
    return [Align.LEFT if stop.align is Align.FULL else stop.align for stop in stops]


# ---------------------------------------------------------------- revisions and tags


def read_revisions(root: etree._Element, silent: frozenset[str]) -> Revisions | None:
    element = root.find("Revisions")
    if element is None:
        return None
    sets = tuple(
        RevisionSet(
            id=identity,
            name=one.get("Name", ""),
            mark=one.get("Mark", "*"),
            color=color_of(one.get("Color")),
            page_color=color_of(one.get("PageColor")),
        )
        for one in element.iterfind("Revision")
        if (identity := integer_of(one.get("ID"))) is not None
    )
    active = integer_of(element.get("ActiveSet")) or None
    shown = element.get("RevisionsShown")
    show_all = shown == "All" if shown is not None else _flag(element, "ShowAllSets", False)
    said = number_of(element.get("Location"))
    location = Revisions().location if said is None else said
    revisions = Revisions(sets=sets, active=active, show_all=show_all, location=location)
    if "revisions" in silent and revisions == DEFAULT_REVISIONS:
        return None
    return None if revisions == Revisions() else revisions


def read_tags(root: etree._Element) -> tuple[Tag, ...]:
    categories = {one.get("Id"): one.get("Name", "") for one in root.iterfind("TagData/TagCategories/TagCategory")}
    definitions: dict[str | None, Any] = {
        one.get("Id"): one for one in root.iterfind("TagData/TagDefinitions/TagDefinition")
    }
    tags = []
    for one in root.iterfind("TagData/Tags/Tag"):
        number = integer_of(one.get("Number"))
        identity = one.findtext("DefId") or one.get("DefId")
        definition = definitions.get(identity.strip() if identity else None)
        if number is not None:
            category = "" if definition is None else categories.get(definition.get("CatId"), "")
            label = "" if definition is None else definition.get("Label", "")
            tags.append(Tag(number=number, category=category, label=label))
    return tuple(tags)
