"""The JSON Schema (2020-12) of the document tree, made from its types: what a program may send, field by field."""

from __future__ import annotations

import json
from typing import Any, assert_never, get_args

from converter.notation.json import (
    VERSION,
    Choice,
    Field,
    Flags,
    Many,
    Maybe,
    Place,
    Records,
    Scalar,
    Shape,
    fields_of,
)
from converter.records import MISSING
from converter.tree import Element, Inline, Part, Position, Screenplay

# What a field of that name means, or one of that class where it differs. docs/tree.md says more.
MEANINGS = {
    "active": "the id of the revision that is being written",
    "align": "how it is aligned; null: as its element is",
    "alternates": "other wordings that the writer keeps at hand",
    "at": "where it stood in the script that was read",
    "at_bottom": "whether the words at the bottom are printed",
    "at_top": "whether the words at the top are printed",
    "author": "who wrote it",
    "automatic": "whether a speaker who goes on after action is marked",
    "background": "the colour behind the words, as #RRGGBB",
    "behaves_as": "the element that it behaves as",
    "body": "the script",
    "bottom": "what is printed at the foot of the page",
    "Margins.bottom": "points from the paper's lower edge",
    "break_at_sentences": "whether a paragraph is cut between pages only where a sentence ends",
    "category": "what kind of thing it is",
    "center": "what stands in the middle",
    "color": "as #RRGGBB, or the name of a colour",
    "continued": "what a page break in a scene prints",
    "count": "how many of it there are",
    "cue": "the name over the words",
    "date": "ISO 8601, as far as it is known",
    "decimal": "whether figures align at their point",
    "elements": "what was cut",
    "fields": "what the title page says",
    "first_indent": "inches, from `left`",
    "first_page": "the number of the first page",
    "font": "the name of the typeface",
    "footer": "what stands at the foot of each page",
    "Margins.footer": "points from the paper's lower edge to the footer",
    "format": "the format whose file holds it",
    "header": "what stands at the head of each page",
    "Margins.header": "points from the paper's upper edge to the header",
    "height": "inches",
    "id": "what a NoteEnd or a Run's revision names it by",
    "kind": "what is filled in",
    "label": "what it is called",
    "layout": "measures of its own",
    "leading": "points from one line to the next",
    "left": "what stands on the left, or what is said there",
    "ParagraphLayout.left": "inches from the paper's left edge",
    "SceneNumbers.left": "whether the left one is printed",
    "left_position": "where the left number begins, in inches",
    "level": "from 1, the highest",
    "line_spacing": "lines",
    "lines": "its lines",
    "location": "of the marks, in inches from the paper's left edge",
    "locked": "whether the page keeps its label for ever",
    "look": "type and colour; null: as the element has them",
    "margins": "the margins above and below",
    "mark": "what stands in the margin of a revised line",
    "more": "what a page break in a speech prints",
    "name": "its name",
    "new_page": "whether it begins a page",
    "next_name": "the style of the paragraph that usually follows",
    "number": "what stands in the margin, nearly always a scene number: 12A",
    "Tag.number": "what the tags of a Run name it by",
    "numbered": "whether continued pages are counted",
    "omitted": "the scene that was cut, its heading included; null: the scene is there",
    "on_first_page": "whether it is printed on the first page",
    "opaque": "the names of what only the file itself holds",
    "page_color": "the paper of the revision, as #RRGGBB",
    "page_setup": "what the source says of its pages",
    "paper": "the size of the paper",
    "parts": "what is said, in order",
    "position": "inches from the paper's left edge",
    "quiet": "whether it would not be missed",
    "revision": "the id of a RevisionSet",
    "revisions": "which revisions there are",
    "right": "what stands on the right, or what is said there",
    "ParagraphLayout.right": "inches from the paper's left edge",
    "SceneNumbers.right": "whether the right one is printed",
    "right_position": "where the right number ends, in inches",
    "scene_numbers": "where scene numbers are printed",
    "sets": "the revisions, the oldest first",
    "sheets": "the lines of the title page as they were drawn, page by page",
    "show_all": "whether the marks of all revisions are shown",
    "size": "points",
    "source": "the words with their marks, /* like this */",
    "space_before": "points",
    "style": "how the words are set, apart from what the element does anyway",
    "style_name": "what the source calls it when that is not the usual name",
    "styles": "paragraph styles of the script's own",
    "tabs": "its tab stops",
    "tags": "the numbers of Tags",
    "Screenplay.tags": "what tagged words point to",
    "text": "its words",
    "title": "what it is headed",
    "title_page": "the title page",
    "top": "what is printed at the head of the next page",
    "Margins.top": "points from the paper's upper edge",
    "width": "inches",
}

_NAMED = {frozenset(one.__name__ for one in get_args(union)): name for name, union in (
    ("Element", Element), ("Part", Part), ("Inline", Inline),
)}  # fmt: skip


def schema() -> dict[str, Any]:
    """The whole schema; what stands under $defs is in the order of its first use."""
    known: dict[str, Any] = {}
    whole = _of_record(Screenplay, known)
    whole["properties"] = {
        "version": {"const": VERSION, "description": "of this form; it stands first"},
        **whole["properties"],
        "origin": {"type": "object", "description": "the file that was read, where it is carried"},
    }
    whole["required"] = ["version", "type"]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:matchcut:screenplay:{VERSION}",
        "title": "A screenplay, as matchcut reads and writes it in JSON",
    }
    return {**head, **whole, "$defs": known}


def schema_text() -> str:
    return json.dumps(schema(), indent=2) + "\n"


def _of_record(kind: type, known: dict[str, Any]) -> dict[str, Any]:
    properties = {one.name: _of_field(kind, one, known) for one in fields_of(kind)}
    return {
        "type": "object",
        "properties": {"type": {"const": kind.__name__}, **properties},
        "required": ["type", *(one.name for one in fields_of(kind) if one.is_needed)],
        "additionalProperties": False,
    }


def _of_field(kind: type, one: Field, known: dict[str, Any]) -> dict[str, Any]:
    said = {"description": MEANINGS.get(f"{kind.__name__}.{one.name}", MEANINGS[one.name]), **_of(one.shape, known)}
    if one.default is not MISSING and not isinstance(one.shape, Maybe):
        said["default"] = [] if isinstance(one.shape, Many | Flags) else getattr(one.default, "value", one.default)
    return said


def _of(shape: Shape, known: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case Scalar(kind=kind):
            return {"type": _TYPES[kind]}
        case Choice(kind=kind):
            return {"enum": [one.value for one in kind]}
        case Flags(kind=kind):
            return {"type": "array", "items": {"enum": [str(one.name).lower() for one in kind]}}
        case Place():
            return _reference("Position", known, _position)
        case Records(kinds=kinds):
            return _of_records(kinds, known)
        case Many(of=of):
            return {"type": "array", "items": _of(of, known)}
        case Maybe(of=of):
            return {"anyOf": [_of(of, known), {"type": "null"}]}
        case _:
            assert_never(shape)


_TYPES: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def _of_records(kinds: dict[str, type], known: dict[str, Any]) -> dict[str, Any]:
    name = _NAMED.get(frozenset(kinds))
    if name is not None:
        return _reference(name, known, lambda: _any_of(kinds, known))
    if len(kinds) > 1:
        return _any_of(kinds, known)
    ((only, kind),) = kinds.items()
    return _reference(only, known, lambda: _of_record(kind, known))


def _any_of(kinds: dict[str, type], known: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [_of_records({name: kind}, known) for name, kind in kinds.items()]}


def _reference(name: str, known: dict[str, Any], make: Any) -> dict[str, Any]:
    if name not in known:
        known[name] = {}  # it may hold itself
        known[name] = make()
    return {"$ref": f"#/$defs/{name}"}


def _position() -> dict[str, Any]:
    numbers = {name: {"type": "integer"} for name in Position._fields if name != "source"}
    source = {"type": "string", "description": "a digest of the bytes that were read, in hexadecimal digits"}
    return {"type": "object", "properties": {**numbers, "source": source}, "additionalProperties": False}
