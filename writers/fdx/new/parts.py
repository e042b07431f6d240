"""The parts of a file around its text: styles, page, page breaks, header and footer, revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converter.notation.fdx import LABELS, SILENT_SETUP, inches, plain_number
from converter.notation.fdx.setup import DEFAULT_SETUP, LEADINGS
from converter.notation.fdx.styles import ALWAYS_WRITTEN, DEFAULTS, OUTLINE_LEVELS, SHORTCUTS, Settings, StyleTable
from converter.tree import Band, PageField, PageSetup, Run
from writers.fdx.markup import RunWriter, font_attributes, line, tag, yes
from writers.fdx.paragraphs import paragraph_attributes, tab_stops

PLAIN_STYLE = DEFAULTS["General"].style
PLAIN_FONT = font_attributes(DEFAULTS["General"])

# ---------------------------------------------------------------- styles


def style_names(table: StyleTable, used: Iterable[str]) -> Iterator[str]:
    """The tree's own styles first, then Final Draft's that every script has, then whatever else is used."""
    return iter(dict.fromkeys((*table.own_names(), *ALWAYS_WRITTEN, *sorted(used))))


def element_settings(name: str, settings: Settings, version: int) -> str:
    behavior = {
        "PaginateAs": settings.behaves_as,
        "ReturnKey": settings.next_name,
        "Shortcut": SHORTCUTS.get(name, ""),
    }
    level = OUTLINE_LEVELS.get(name, 0 if settings.behaves_as == "Outline Body" or name == "Outline Body" else 1)
    hidden = name.startswith("Outline") or name == "Summary"
    spec = tag("ParagraphSpec", paragraph_attributes(settings), None, "    ")
    if settings.tabs is not None:
        spec = tag("ParagraphSpec", paragraph_attributes(settings), [tab_stops(settings.tabs, "      ")], "    ")
    content = [
        tag("FontSpec", font_attributes(settings), None, "    "),
        spec,
        tag("Behavior", behavior, None, "    "),
    ]
    if version >= 5:
        content.append(tag("Outline", {"CanHide": yes(hidden), "Level": str(level)}, None, "    "))
    return tag("ElementSettings", {"Type": name}, content, "  ")


# ---------------------------------------------------------------- the page


def page_layout(setup: PageSetup) -> str:
    cast_list = {"AddParentheses": "Yes", "AutomaticallyGenerate": "Yes", "CastListElement": "Cast List"}
    content = [page_size(setup, "    "), tag("AutoCastList", cast_list, None, "    ")]
    return tag("PageLayout", page_layout_attributes(setup), content, "  ")


def page_size(setup: PageSetup, indent: str) -> str:
    paper = setup.paper or DEFAULT_SETUP.paper
    assert paper is not None
    return tag("PageSize", {"Height": inches(paper.height), "Width": inches(paper.width)}, None, indent)


def page_layout_attributes(setup: PageSetup) -> dict[str, str | None]:
    margins = setup.margins or DEFAULT_SETUP.margins
    assert margins is not None
    sentences = DEFAULT_SETUP.break_at_sentences if setup.break_at_sentences is None else setup.break_at_sentences
    leading = DEFAULT_SETUP.leading if setup.leading is None else setup.leading
    return {
        "BackgroundColor": "#FFFFFFFFFFFF",
        "BottomMargin": plain_number(margins.bottom),
        "BreakDialogueAndActionAtSentences": yes(bool(sentences)),
        "DocumentLeading": next(name for name, points in LEADINGS.items() if points == leading),
        "FooterMargin": plain_number(margins.footer),
        "ForegroundColor": "#000000000000",
        "HeaderMargin": plain_number(margins.header),
        "InvisiblesColor": "#808080808080",
        "TopMargin": plain_number(margins.top),
        "UsesSmartQuotes": "Yes",
    }


def header_and_footer(setup: PageSetup) -> str:
    header = DEFAULT_SETUP.header if setup.header is None else setup.header
    footer = DEFAULT_SETUP.footer if setup.footer is None else setup.footer
    assert header is not None and footer is not None
    first = DEFAULT_SETUP.first_page if setup.first_page is None else setup.first_page
    values = band_attributes("Header", header) | band_attributes("Footer", footer)
    bands = [band("Header", header, "    "), band("Footer", footer, "    ")]
    return tag("HeaderAndFooter", {**values, "StartingPage": str(first)}, bands, "  ")


def band_attributes(which: str, one: Band) -> dict[str, str | None]:
    return {
        which + "FirstPage": yes(one.on_first_page),
        which + "Visible": yes(bool(one.left or one.center or one.right)),
    }


def band(which: str, one: Band, indent: str) -> str:
    """Right alone is a line set to the right, as in Final Draft's own header; else tabs lead to the other two."""
    inside = indent + "    "
    right_only = bool(one.right) and not one.left and not one.center
    if not (one.left or one.center or one.right):
        content = None
    elif right_only:
        content = list(_band_items(one.right, inside))
    else:
        tab = f"{inside}<Text>\t</Text>\n"
        content = [*_band_items(one.left, inside), tab, *_band_items(one.center, inside), tab]
        content += [*_band_items(one.right, inside), tag("Tabstops", {}, _BAND_STOPS, inside)]
    values = NOTHING_OVERRIDDEN | {
        "Alignment": "Left" if content and not right_only else "Right",
        "LeftIndent": "1.25",
        "RightIndent": "-1.25",
    }
    return tag(which, {}, [tag("Paragraph", values, content, indent + "  ")], indent)


# The stock header's: the middle of the lines, and the right edge of the page number.
_BAND_STOPS = tuple(
    f'          <Tabstop Position="{position}" Type="{kind}"/>\n'
    for position, kind in (("4.50", "Center"), ("7.25", "Right"))
)


def _band_items(items: Iterable[Run | PageField], indent: str) -> Iterator[str]:
    runs = RunWriter()
    for item in items:
        if isinstance(item, PageField):
            name = next(name for name, kind in LABELS.items() if kind is item.kind)
            yield tag("DynamicLabel", PLAIN_FONT | {"Type": name}, None, indent)
        else:
            yield runs.texts((item,), PLAIN_STYLE, indent)


NOTHING_OVERRIDDEN = {
    "FirstIndent": "0.00",
    "Leading": "Regular",
    "SpaceBefore": "0",
    "Spacing": "1",
    "StartsNewPage": "No",
}


def mores_and_continueds(setup: PageSetup) -> str:
    content = [tag("FontSpec", PLAIN_FONT, None, "    "), dialogue_breaks(setup), scene_breaks(setup)]
    return tag("MoresAndContinueds", {}, content, "  ")


def dialogue_breaks(setup: PageSetup) -> str:
    more = setup.more or DEFAULT_SETUP.more
    assert more is not None
    values = {
        "AutomaticCharacterContinueds": yes(more.automatic),
        "BottomOfPage": yes(more.at_bottom),
        "DialogueBottom": more.bottom,
        "DialogueTop": more.top,
        "TopOfNext": yes(more.at_top),
    }
    return tag("DialogueBreaks", values, None, "    ")


def scene_breaks(setup: PageSetup) -> str:
    continued = setup.continued or DEFAULT_SETUP.continued
    assert continued is not None
    values = {
        "ContinuedNumber": yes(continued.numbered),
        "SceneBottom": continued.bottom,
        "SceneBottomOfPage": yes(continued.at_bottom),
        "SceneTop": continued.top,
        "SceneTopOfNext": yes(continued.at_top),
    }
    return tag("SceneBreaks", values, None, "    ")


def scene_number_attributes(setup: PageSetup) -> dict[str, str | None]:
    numbers = setup.scene_numbers or DEFAULT_SETUP.scene_numbers
    assert numbers is not None
    return {
        "LeftLocation": None if numbers.left_position is None else inches(numbers.left_position),
        "NumberScheme": "1A",
        "RightLocation": None if numbers.right_position is None else inches(numbers.right_position),
        "ShowNumbersOnLeft": yes(numbers.left),
        "ShowNumbersOnRight": yes(numbers.right),
    }


def scene_number_options(setup: PageSetup) -> str:
    return tag("SceneNumberOptions", scene_number_attributes(setup), [tag("FontSpec", PLAIN_FONT, None, "    ")], "  ")


def silent_setup(names: Iterable[str]) -> str:
    return line(SILENT_SETUP, " ".join(sorted(names)), None, "    ")
