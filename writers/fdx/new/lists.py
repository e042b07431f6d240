"""What a file lists of its script: SmartType, cast, revision sets, alternates, tags."""

from __future__ import annotations

from collections.abc import Iterable

from converter import terms
from converter.notation.fdx import color_value, inches
from converter.notation.fdx.styles import DEFAULTS
from converter.tree import Character, Revisions, RevisionSet, SceneHeading, Style, Tag, Text, Transition, words
from writers.fdx.markup import RunWriter, line, tag
from writers.fdx.paragraphs import identity_of, paragraph_attributes
from writers.fdx.units import Unit, paragraphs_of

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
    intros = dict.fromkeys(_INTROS)
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
            intros[_listed(heading.intro).rstrip(".")] = None
            places[_listed(heading.place)] = None
            times[_listed(heading.time)] = None
        else:
            transitions[_listed(said)] = None
    content = [
        _list("Characters", "Character", characters),
        _list("Extensions", "Extension", _EXTENSIONS),
        _list("SceneIntros", "SceneIntro", intros, {"Separator": ". "}),
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
        "Location": inches(revisions.location),
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
