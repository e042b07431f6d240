"""A new FDX file, part by part in Final Draft's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converter import terms
from converter.normal import allowed
from converter.notation.fdx import (
    LABELS,
    SILENT_SETUP,
    TITLE_FIELDS,
    color_value,
    date_value,
    inches,
    plain_number,
)
from converter.notation.fdx.setup import DEFAULT_REVISIONS, DEFAULT_SETUP, LEADINGS
from converter.notation.fdx.styles import (
    ALWAYS_WRITTEN,
    DEFAULTS,
    OUTLINE_LEVELS,
    SHORTCUTS,
    Settings,
    StyleTable,
)
from converter.notation.fdx.title import LEFT, RIGHT, Sheet, digest_of, drawn_sheet
from converter.records import fields
from converter.tree import (
    Align,
    Band,
    Boneyard,
    Character,
    Deletion,
    General,
    LineBreak,
    Note,
    NoteEnd,
    PageField,
    PageMark,
    PageSetup,
    ParagraphLayout,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Style,
    Tag,
    Text,
    TitlePage,
    Transition,
    words,
)
from writers.fdx.markup import DECLARATION, RunWriter, attributes, font_attributes, line, tag, yes
from writers.fdx.paragraphs import (
    ALIGN_NAMES,
    Offsets,
    ParagraphWriter,
    deleted_text,
    identity_of,
    is_noted,
    layout_attributes,
    locked_pages,
    note_places,
    paragraph_attributes,
    tab_stops,
)
from writers.fdx.units import Unit, anchors_of, paragraphs_of, units_of

_NONE = DEFAULTS["General"].style
_FONT = font_attributes(DEFAULTS["General"])


def new_file(screenplay: Screenplay, table: StyleTable, version: int) -> bytes:
    """The whole file for a tree that `fit` made."""
    units, trailing = units_of(screenplay.body)
    writer = ParagraphWriter(version, table)
    content = "".join([writer.unit(unit) for unit in units])
    anchors = anchors_of(units, trailing)
    offsets = Offsets(units) if anchors else Offsets([])
    setup = screenplay.page_setup or PageSetup()
    parts = [
        tag("Content", {}, [content], "  "),
        header_and_footer(setup),
        page_layout(setup),
        user_data(screenplay),
        *(element_settings(name, table.settings(name), version) for name in style_names(table, writer.used)),
        title_page(screenplay.title_page),
        _unanchored(trailing, writer) if version < 5 else "",
        smart_type(units),
        mores_and_continueds(setup),
        tag("LockedPages", {}, [locked_pages(anchors, offsets)], "  "),
        revisions_part(screenplay.revisions or DEFAULT_REVISIONS),
        _if_any("DeletedText", deleted_text(anchors, offsets)),
        cast(),
        scene_number_options(setup),
        _if_any("AltCollection", alternates(writer.alternates, writer.first_alternate)),
        tag_data(screenplay.tags),
    ]
    if version >= 5:
        notes = (
            writer.note(anchor.node, {"Id": str(number), **note_places(anchor, offsets)}, "    ")
            for number, anchor in enumerate(filter(is_noted, anchors), start=1)
            if not isinstance(anchor.node, Deletion)
        )
        parts.append(tag("ScriptNotes", {}, notes, "  "))
    root = attributes({"DocumentType": "Script", "Template": "No", "Version": str(version)})
    text = f"{DECLARATION}<FinalDraft{root}>\n\n" + "\n".join(filter(None, parts)) + "\n</FinalDraft>\n"
    return allowed(text).encode("utf-8")


def _if_any(name: str, content: str) -> str:
    return tag(name, {}, [content], "  ") if content else ""


def _unanchored(trailing: Iterable[Note | Boneyard | PageMark], writer: ParagraphWriter) -> str:
    return _if_any("UnanchoredScriptNotes", writer.inline_notes(trailing, "    "))


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
            yield tag("DynamicLabel", _FONT | {"Type": name}, None, indent)
        else:
            yield runs.texts((item,), _NONE, indent)


NOTHING_OVERRIDDEN = {
    "FirstIndent": "0.00",
    "Leading": "Regular",
    "SpaceBefore": "0",
    "Spacing": "1",
    "StartsNewPage": "No",
}


def mores_and_continueds(setup: PageSetup) -> str:
    content = [tag("FontSpec", _FONT, None, "    "), dialogue_breaks(setup), scene_breaks(setup)]
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
    return tag("SceneNumberOptions", scene_number_attributes(setup), [tag("FontSpec", _FONT, None, "    ")], "  ")


def user_data(screenplay: Screenplay) -> str:
    """What Final Draft has no words for: which of its settings we filled in, and the names of title page fields."""
    setup = screenplay.page_setup or PageSetup()
    silent = [one.name for one in fields(PageSetup) if getattr(setup, one.name) is None]
    if screenplay.revisions is None:
        silent.append("revisions")
    content = []
    if silent:
        content.append(silent_setup(silent))
    if screenplay.title_page is not None:
        content.append(title_fields(screenplay.title_page, "    "))
    return _if_any("UserDocumentData", "".join(content))


def silent_setup(names: Iterable[str]) -> str:
    return line(SILENT_SETUP, " ".join(sorted(names)), None, "    ")


# ---------------------------------------------------------------- the title page


def drawn_sheets(page: TitlePage) -> tuple[Sheet, ...]:
    return page.sheets or (drawn_sheet(page.fields),)


def title_page(page: TitlePage | None) -> str:
    if page is None:
        return ""
    label = tag("DynamicLabel", _FONT | {"Type": "Page #"}, None, "          ")
    dot = f"          <Text{attributes(_FONT)}>.</Text>\n"
    at_the_right = NOTHING_OVERRIDDEN | {"Alignment": "Right", "LeftIndent": "1.25", "RightIndent": "-1.25"}
    bands = [
        tag("Header", {}, [tag("Paragraph", at_the_right, [label, dot], "        ")], "      "),
        tag("Footer", {}, [tag("Paragraph", at_the_right, None, "        ")], "      "),
    ]
    shown = {
        "FooterFirstPage": "Yes",
        "FooterVisible": "No",
        "HeaderFirstPage": "No",
        "HeaderVisible": "Yes",
        "StartingPage": "1",
    }
    return tag("TitlePage", {}, [tag("HeaderAndFooter", shown, bands, "    "), title_content(page)], "  ")


def title_content(page: TitlePage) -> str:
    return tag("Content", {}, title_lines(drawn_sheets(page), "      "), "    ")


def title_lines(sheets: tuple[Sheet, ...], indent: str) -> Iterator[str]:
    runs = RunWriter()
    for number, sheet in enumerate(sheets):
        for place, one in enumerate(sheet):
            yield _title_line(one, runs, indent, new_page=number > 0 and place == 0)


def _title_line(one: General, runs: RunWriter, indent: str, *, new_page: bool) -> str:
    layout = one.layout or ParagraphLayout()
    said = {name: value for name, value in layout_attributes(layout).items() if value is not None}
    values: dict[str, str | None] = {
        **NOTHING_OVERRIDDEN,
        "Alignment": ALIGN_NAMES[one.align or Align.LEFT],
        "LeftIndent": inches(LEFT),
        "RightIndent": inches(RIGHT),
        **said,
        "StartsNewPage": yes(new_page),
        "Number": one.number,
        "Type": one.style_name,
    }
    inside = indent + "  "
    content = [runs.texts(one.text, _NONE, inside)] if one.text else []
    if layout.tabs is not None:
        content.append(tab_stops(layout.tabs, inside))
    return tag("Paragraph", values, content, indent)


def title_fields(page: TitlePage, indent: str) -> str:
    """The fields by name and order, valid as long as the drawn lines say these words."""
    said = (words(one.text) for sheet in drawn_sheets(page) for one in sheet)
    values = {"Drawn": yes(bool(page.sheets)), "Lines": digest_of(said)}
    inside, deep = indent + "  ", indent + "    "
    content = (
        tag(
            "Field",
            {"Name": one.name},
            (tag("Line", {}, [_kept_text(text, deep + "  ")], deep) for text in one.lines),
            inside,
        )
        for one in page.fields
    )
    return tag(TITLE_FIELDS, values, content, indent)


def _kept_text(text: Text, indent: str) -> str:
    runs = RunWriter()
    pieces = []
    for inline in text:
        match inline:
            case Run():
                pieces.append(runs.texts((inline,), _NONE, indent))
            case LineBreak():
                pieces.append(f"{indent}<Text>\n</Text>\n")
            case Note():
                values = {
                    "Name": inline.title,
                    "Type": inline.category,
                    "WriterName": inline.author,
                    "Color": inline.color,
                    "DateTime": None if inline.date is None else date_value(inline.date),
                }
                pieces.append(line("Note", inline.text, values, indent))
            case Boneyard():
                pieces.append(line("Boneyard", inline.source, None, indent))
            case PageMark():
                pieces.append(line("PageMark", inline.label, {"Locked": yes(inline.locked)}, indent))
            case Deletion():
                pieces.append(tag("Deletion", {"RevisionID": str(inline.revision)}, None, indent))
            case NoteEnd():
                pass
    return "".join(pieces)


# ---------------------------------------------------------------- lists

_EXTENSIONS = ("(V.O.)", "(O.S.)", "(O.C.)", "(CONT'D)", "(SUBTITLE)")
_INTROS = ("INT", "EXT", "I/E")
_TIMES = (*("DAY", "NIGHT", "AFTERNOON", "MORNING", "EVENING", "LATER", "MOMENTS LATER", "CONTINUOUS", "THE NEXT DAY"),)
_TRANSITIONS = (
    *("CUT TO:", "FADE IN:", "FADE OUT.", "FADE TO:", "DISSOLVE TO:", "BACK TO:", "MATCH CUT TO:", "JUMP CUT TO:"),
    "FADE TO BLACK.",
)


def smart_type(units: list[Unit]) -> str:
    """Final Draft's autocompletion lists, filled from the script in order of appearance."""
    characters: dict[str, None] = {}
    places: dict[str, None] = {}
    times = dict.fromkeys(_TIMES)
    transitions = dict.fromkeys(_TRANSITIONS)
    seen: set[tuple[type, str]] = set()
    for paragraph in paragraphs_of(units):
        kind = type(paragraph)
        if kind is not Character and kind is not SceneHeading and kind is not Transition:
            continue
        said = words(paragraph.text)
        if (kind, said) in seen:
            continue
        seen.add((kind, said))
        if isinstance(paragraph, Character):
            characters[terms.cue_name(paragraph)] = None
        elif kind is SceneHeading:
            heading = terms.split_heading(said)
            places[_listed(heading.place)] = None
            times[_listed(heading.time)] = None
        else:
            transitions[_listed(said)] = None
    content = [
        _list("Characters", "Character", characters),
        _list("Extensions", "Extension", _EXTENSIONS),
        _list("SceneIntros", "SceneIntro", _INTROS, {"Separator": ". "}),
        _list("Locations", "Location", places),
        _list("TimesOfDay", "TimeOfDay", times, {"Separator": " - "}),
        _list("Transitions", "Transition", transitions),
    ]
    return tag("SmartType", {}, content, "  ")


def _listed(said: str) -> str:
    return " ".join(said.upper().split())


def _list(name: str, each: str, entries: Iterable[str], values: dict[str, str | None] | None = None) -> str:
    return tag(name, values or {}, (line(each, one, None, "      ") for one in entries if one), "    ")


def cast() -> str:
    elements = (tag("Element", {"Type": name}, None, "      ") for name in ("Character", "Dialogue"))
    return tag("Cast", {}, [tag("Narrator", {"Actor": "Man 1"}, elements, "    ")], "  ")


def revisions_part(revisions: Revisions) -> str:
    return tag("Revisions", revisions_attributes(revisions), map(revision_set, revisions.sets), "  ")


def revisions_attributes(revisions: Revisions) -> dict[str, str | None]:
    return {
        "ActiveSet": None if revisions.active is None else str(revisions.active),
        "Location": "7.75",
        "RevisionMode": "No",
        "RevisionsShown": "All" if revisions.show_all else "Active",
        "ShowPageColor": "No",
    }


def revision_set(one: RevisionSet) -> str:
    values = {
        "Color": None if one.color is None else color_value(one.color),
        "FullRevision": "No",
        "ID": str(one.id),
        "Mark": one.mark,
        "Name": one.name,
        "PageColor": None if one.page_color is None else color_value(one.page_color),
        "Style": "",
    }
    return tag("Revision", values, None, "    ")


def alternates(texts: Iterable[tuple[Text, Style]], first: int) -> str:
    runs = RunWriter()
    values = paragraph_attributes(DEFAULTS["Dialogue"])
    return "".join(
        tag(
            "Alt",
            {"Id": str(number)},
            [tag("Paragraph", values, [runs.texts(text, own, "        ")], "      ")],
            "    ",
        )
        for number, (text, own) in enumerate(texts, start=first)
    )


def tag_data(tags: tuple[Tag, ...]) -> str:
    """Categories and definitions of the tags that runs point to by number."""
    if not tags:
        return ""
    categories = list(dict.fromkeys(one.category for one in tags))
    definitions = list(dict.fromkeys((one.category, one.label) for one in tags))
    category_ids = {name: identity_of(f"category {number}") for number, name in enumerate(categories)}
    definition_ids = {one: identity_of(f"definition {number}") for number, one in enumerate(definitions)}
    lists = (
        tag(
            "TagCategories",
            {},
            (_tag_category(name, category_ids[name], n) for n, name in enumerate(categories, 1)),
            "    ",
        ),
        tag("TagDefinitions", {}, (_tag_definition(one, category_ids, definition_ids) for one in definitions), "    "),
        tag(
            "Tags",
            {},
            (
                tag(
                    "Tag",
                    {"Number": str(one.number)},
                    [line("DefId", definition_ids[one.category, one.label], None, "        ")],
                    "      ",
                )
                for one in tags
            ),
            "    ",
        ),
    )
    return tag("TagData", {}, lists, "  ")


# Final Draft's own numbers; a category of another name gets one behind them.
_CATEGORY_NUMBERS = {
    "Synopsis": 1,
    "Cast Members": 2,
    "Background Actors": 3,
    "Stunts": 4,
    "Vehicles": 5,
    "Props": 6,
    "Camera": 7,
    "Special Effects": 8,
    "Wardrobe": 9,
    "Makeup/Hair": 10,
    "Animals": 11,
    "Animal Wrangler": 12,
    "Music": 13,
    "Sound": 15,
    "Art Department": 16,
    "Set Dressing": 17,
    "Greenery": 18,
    "Special Equipment": 19,
    "Security": 20,
    "Additional Labor": 21,
    "Visual Effects": 23,
    "Mechanical Effects": 24,
    "Miscellaneous": 25,
    "Notes": 26,
    "Script Day": 27,
    "Unit": 28,
    "Sequence": 29,
    "Location": 30,
    "Comments": 31,
}


def _tag_category(name: str, identity: str, place: int) -> str:
    number = _CATEGORY_NUMBERS.get(name, 31 + place)
    values = {"Color": "#000000000000", "Id": identity, "Name": name, "Number": str(number), "Style": "Bold"}
    return tag("TagCategory", values, None, "      ")


def _tag_definition(
    one: tuple[str, str], category_ids: dict[str, str], definition_ids: dict[tuple[str, str], str]
) -> str:
    category, label = one
    values = {"CatId": category_ids[category], "Id": definition_ids[one], "Label": label}
    return tag("TagDefinition", values, None, "      ")
