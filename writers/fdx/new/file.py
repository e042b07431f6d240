"""A new FDX file, part by part in Final Draft's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converter.contract import Deadline
from converter.normal import allowed
from converter.notation.fdx.setup import DEFAULT_REVISIONS
from converter.notation.fdx.styles import StyleTable
from converter.records import fields
from converter.tree import Boneyard, Deletion, Note, PageMark, PageSetup, Screenplay
from writers.fdx.markup import DECLARATION, attributes, tag
from writers.fdx.new.lists import alternates, cast, revisions_part, smart_type, tag_data
from writers.fdx.new.parts import (
    element_settings,
    header_and_footer,
    mores_and_continueds,
    page_layout,
    scene_number_options,
    silent_setup,
    style_names,
)
from writers.fdx.new.title import title_fields, title_page
from writers.fdx.paragraphs import Offsets, ParagraphWriter, deleted_text, is_noted, locked_pages, note_places
from writers.fdx.units import anchors_of, units_of


def new_file(screenplay: Screenplay, table: StyleTable, version: int, deadline: Deadline) -> bytes:
    """The whole file for a tree that `fit` made."""
    units, trailing = units_of(screenplay.body)
    writer = ParagraphWriter(version, table)
    content = "".join(_in_time(map(writer.unit, units), deadline))
    anchors = anchors_of(units, trailing)
    offsets = Offsets(units) if anchors else Offsets([])
    setup = screenplay.page_setup or PageSetup()
    parts = [
        tag("Content", {}, [content], "  "),
        header_and_footer(setup),
        page_layout(setup),
        _user_data(screenplay),
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


def _in_time(pieces: Iterable[str], deadline: Deadline) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        if number % 1000 == 0:
            deadline.check()
        yield piece


def _if_any(name: str, content: str) -> str:
    return tag(name, {}, [content], "  ") if content else ""


def _unanchored(trailing: Iterable[Note | Boneyard | PageMark], writer: ParagraphWriter) -> str:
    return _if_any("UnanchoredScriptNotes", writer.inline_notes(trailing, "    "))


def _user_data(screenplay: Screenplay) -> str:
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
