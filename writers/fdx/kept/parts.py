"""A file that came in as FDX, with what was changed in its tree. All that nobody touched keeps its bytes."""

from __future__ import annotations

from typing import Any

from converter.notation.fdx import SILENT_SETUP, TITLE_FIELDS
from converter.notation.fdx.setup import DEFAULT_REVISIONS, DEFAULT_SETUP
from converter.notation.fdx.styles import ALWAYS_WRITTEN, StyleTable
from converter.records import fields, replace
from converter.safe.xml import Span
from converter.tree import PageSetup, RevisionSet, Screenplay
from writers.fdx.kept.body import BodyWriter
from writers.fdx.kept.bytes import Piece, patched_tag, replaced
from writers.fdx.kept.file import File
from writers.fdx.kept.lists import Lists
from writers.fdx.markup import tag
from writers.fdx.new.lists import alternates, revision_set, revisions_attributes, revisions_part, tag_data
from writers.fdx.new.parts import (
    band,
    band_attributes,
    dialogue_breaks,
    element_settings,
    header_and_footer,
    mores_and_continueds,
    page_layout,
    page_layout_attributes,
    page_size,
    scene_breaks,
    scene_number_attributes,
    scene_number_options,
    silent_setup,
)
from writers.fdx.new.title import title_content, title_fields, title_page
from writers.fdx.units import units_of

# Final Draft's order of parts, for those that a file has to be given.
PARTS = (
    *("DocumentRef", "Content", "Watermarking", "HeaderAndFooter", "SpellCheckIgnoreLists", "PageLayout"),
    *("WindowState", "TextState", "UserDocumentData", "ElementSettings", "TitlePage", "ScriptNoteDefinitions"),
    *("UnanchoredScriptNotes", "SmartType", "MoresAndContinueds", "LockedPages", "Revisions", "DeletedText"),
    *("SplitState", "Macros", "Actors", "Cast", "SceneNumberOptions", "CastList", "CharacterHighlighting"),
    *("CharacterNavigatorPreferences", "SceneNavigatorPreferences", "TagsNavigatorPreferences"),
    *("ScriptNavigatorPreferences", "AltCollection", "TargetScriptLength", "ListItems", "DisplayBoards", "Writers"),
    *("WriterMarkup", "TagData", "Characters", "ScriptNotes", "Navigator", "Images", "Outlines"),
)
_RANK = {name: place for place, name in enumerate(PARTS)}


# What of the page setup stands in which part.
_LAYOUT = ("paper", "margins", "leading", "break_at_sentences")
_BANDS = ("first_page", "header", "footer")
_BREAKS = ("more", "continued")
_FILLED_IN = {"PageLayout": _LAYOUT, "HeaderAndFooter": _BANDS, "MoresAndContinueds": _BREAKS}


def edited(tree: Screenplay, table: StyleTable, file: File) -> bytes:
    """The file with the body and the settings of a tree that `fit` made for it."""
    return _Edit(tree, table, file).data()


class _Edit:
    def __init__(self, tree: Screenplay, table: StyleTable, file: File):
        self._tree = tree
        self._was = file.screenplay
        self._setup = tree.page_setup or PageSetup()
        self._was_setup = file.screenplay.page_setup or PageSetup()
        self._table = table
        self._file = file
        self._source = file.source
        self._changes: list[tuple[int, int, bytes]] = []
        self._body_writer = BodyWriter(file, table)

    def data(self) -> bytes:
        if self._tree.body != self._was.body:
            self._body()
        self._styles()
        self._page_setup()
        if self._tree.title_page != self._was.title_page:
            self._title_page()
        self._user_data()
        if self._tree.revisions != self._was.revisions:
            self._revisions()
        if self._tree.tags != self._was.tags:
            self._part("TagData", tag_data(self._tree.tags))
        return self._file.working.original(replaced(self._source.data, self._changes))

    # -------- the body

    def _body(self) -> None:
        body_units, trailing = units_of(self._tree.body, self._file.card)
        span = self._file.content
        assert span is not None, "a file without Content is written anew"
        data, written = self._body_writer.content(body_units)
        self._changes.append((span.start, span.end, data))
        lists = Lists(self._body_writer.target, body_units, written, trailing)
        notes = None if self._file.notes_inside else lists.notes()
        for listed in (lists.locked_pages(), lists.deletions(), notes):
            if listed is not None:
                self._set(listed.part, listed.name, listed.data)
        if self._file.notes_inside:
            self._loose_notes(trailing)
        self._changes.extend(lists.ignored_ranges())
        self._alternates()

    def _loose_notes(self, trailing: Any) -> None:
        """Notes tied to nothing, as files before Version 5 have them."""
        part = self._file.root.child("UnanchoredScriptNotes")
        if trailing == self._file.trailing:
            return
        pieces: list[bytes] = []
        for marker in trailing:
            old = self._file.inline_note(marker)
            text = self._body_writer.writer.inline_notes([marker], "    ")
            if old is not None:
                pieces.append(b"    " + self._source.text(old) + self._source.newline)
            elif text:
                pieces.append(self._source.native(text))
        name = b"UnanchoredScriptNotes"
        inside = b"".join(pieces)
        new = (
            b"<" + name + b">" + self._source.newline + inside + b"  </" + name + b">"
            if inside
            else b"<" + name + b"/>"
        )
        if inside or part is not None:
            self._set(part, "UnanchoredScriptNotes", new)

    def _alternates(self) -> None:
        writer = self._body_writer.writer
        if not writer.alternates:
            return
        text = alternates(writer.alternates, writer.first_alternate)
        part = self._file.root.child("AltCollection")
        if part is None:
            self._part("AltCollection", tag("AltCollection", {}, [text], "  "))
        else:
            pieces, tail = self._source.pieces(part)
            lead = self._source.child_lead(part, pieces)
            added = Piece(lead, self._source.native(text[4:-1]), "Alt")
            self._set(part, "AltCollection", self._source.assembled(part, [*pieces, added], tail))

    # -------- parts

    def _set(self, part: Span | None, name: str, new: bytes) -> None:
        if part is not None:
            self._changes.append((part.start, part.end, new))
            return
        place, lead = self._place_for(name)
        self._changes.append((place, place, lead + new))

    def _part(self, name: str, text: str) -> None:
        """A part as our own writer makes it; without text it goes."""
        part = self._file.root.child(name)
        if text:
            self._set(part, name, self._source.native(text[2:-1]))
        elif part is not None:
            self._remove(part)

    def _remove(self, span: Span) -> None:
        before = len(self._source.data[: span.start].rstrip())
        self._changes.append((before, span.end, b""))

    def _place_for(self, name: str) -> tuple[int, bytes]:
        """Behind the last part that comes before it, with the blanks that parts have between them."""
        children = self._file.root.children
        place = self._file.root.inner
        for child in children:
            if _RANK.get(child.tag, len(PARTS)) <= _RANK[name]:
                place = child.end
        lead = b""
        for before, after in zip(children, children[1:], strict=False):
            lead = self._source.data[before.end : after.start]
            break
        if lead.strip() or not lead:
            lead = self._source.newline * 2 + b"  "
        return place, lead

    # -------- styles

    def _styles(self) -> None:
        spans = {one.attributes.get("Type", ""): one for one in reversed(self._file.root.each("ElementSettings"))}
        was = {style.name: style for style in self._was.styles}
        now = [style.name for style in self._tree.styles]
        for name in was.keys() & spans.keys() - set(now):
            self._drop_style(spans[name], name)
        changed = {style.name for style in self._tree.styles if style != was.get(style.name)}
        for name in changed & spans.keys():
            self._restyle(spans[name], name)
        # A file that lists fewer than the nine leaves the others to Final Draft.
        used = (name for name in self._body_writer.writer.used if name not in ALWAYS_WRITTEN)
        self._add_styles([name for name in dict.fromkeys((*now, *used)) if name not in spans])

    def _drop_style(self, span: Span, name: str) -> None:
        if name in self._table.listed:
            self._restyle(span, name)  # paragraphs of that type remain
        else:
            self._remove(span)

    def _add_styles(self, names: list[str]) -> None:
        if names:
            place, lead = self._place_for("ElementSettings")
            new = b"".join(lead + self._settings(name) for name in names)
            self._changes.append((place, place, new))

    def _restyle(self, span: Span, name: str) -> None:
        self._changes.append((span.start, span.end, self._settings(name)))

    def _settings(self, name: str) -> bytes:
        text = element_settings(name, self._table.settings(name), self._file.version)
        return self._source.native(text[2:-1])

    # -------- the page

    def _page_setup(self) -> None:
        now, was = self._setup, self._was_setup
        changed = {one.name for one in fields(PageSetup) if getattr(now, one.name) != getattr(was, one.name)}
        for name, facets, new, edit in (
            ("PageLayout", _LAYOUT, page_layout, self._page_layout),
            ("HeaderAndFooter", _BANDS, header_and_footer, self._header_and_footer),
            ("MoresAndContinueds", _BREAKS, mores_and_continueds, self._mores),
            ("SceneNumberOptions", ("scene_numbers",), scene_number_options, self._scene_numbers),
        ):
            part = self._file.root.child(name)
            if changed.isdisjoint(facets):
                continue
            if part is None:
                self._part(name, new(now))
            else:
                edit(part, changed)

    def _page_layout(self, part: Span, changed: set[str]) -> None:
        said = page_layout_attributes(self._setup)
        names = {
            "margins": ("TopMargin", "BottomMargin", "HeaderMargin", "FooterMargin"),
            "leading": ("DocumentLeading",),
            "break_at_sentences": ("BreakDialogueAndActionAtSentences",),
        }
        values = {name: said[name] for key, group in names.items() if key in changed for name in group}
        pieces, tail = self._source.pieces(part)
        if "paper" in changed:
            lead = self._source.child_lead(part, pieces)
            size = self._source.piece(page_size(self._setup, "    "), "    ", lead, "PageSize")
            pieces = [size, *(piece for piece in pieces if piece.tag != "PageSize")]
        self._reassemble(part, pieces, tail, values)

    def _header_and_footer(self, part: Span, changed: set[str]) -> None:
        values: dict[str, str | None] = {}
        pieces, tail = self._source.pieces(part)
        if "first_page" in changed:
            first = self._setup.first_page
            values["StartingPage"] = str(DEFAULT_SETUP.first_page if first is None else first)
        for name in ("Header", "Footer"):
            if name.lower() in changed:
                one = getattr(self._setup, name.lower()) or getattr(DEFAULT_SETUP, name.lower())
                values |= band_attributes(name, one)
                pieces = self._with_child(part, pieces, name, band(name, one, "    "))
        self._reassemble(part, pieces, tail, values)

    def _mores(self, part: Span, changed: set[str]) -> None:
        pieces, tail = self._source.pieces(part)
        if "more" in changed:
            pieces = self._with_child(part, pieces, "DialogueBreaks", dialogue_breaks(self._setup))
        if "continued" in changed:
            pieces = self._with_child(part, pieces, "SceneBreaks", scene_breaks(self._setup))
        self._reassemble(part, pieces, tail, {})

    def _scene_numbers(self, part: Span, changed: set[str]) -> None:
        values = scene_number_attributes(self._setup)
        values.pop("NumberScheme")
        self._changes.append((part.start, part.inner, patched_tag(self._source.tag(part), values)))

    def _with_child(self, part: Span, pieces: list[Piece], name: str, text: str) -> list[Piece]:
        """With this child in place of the one of that name, or after the others."""
        new = self._source.piece(text, "    ", self._source.child_lead(part, pieces), name)
        if all(piece.tag != name for piece in pieces):
            return [*pieces, new]
        return [new if piece.tag == name else piece for piece in pieces]

    def _reassemble(self, part: Span, pieces: list[Piece], tail: bytes, values: dict[str, str | None]) -> None:
        start = patched_tag(self._source.tag(part), values)
        self._changes.append((part.start, part.end, self._source.assembled(part, pieces, tail, start)))

    # -------- the file's own data on what is silent and on the title page

    def _user_data(self) -> None:
        part = self._file.root.child("UserDocumentData")
        old_silence = self._old_silence(part)
        silence = self._silence(old_silence)
        new_title = self._tree.title_page != self._was.title_page
        if not new_title and silence == old_silence:
            return
        texts = [silent_setup(silence)] if silence else []
        if self._tree.title_page is not None and (new_title or _has_child(part, TITLE_FIELDS)):
            texts.append(title_fields(self._tree.title_page, "    "))
        if part is None:
            self._part("UserDocumentData", tag("UserDocumentData", {}, texts, "  ") if texts else "")
        else:
            self._replace_ours(part, texts)

    def _replace_ours(self, part: Span, texts: list[str]) -> None:
        pieces, tail = self._source.pieces(part)
        lead = self._source.child_lead(part, pieces)
        children = [piece for piece in pieces if piece.tag not in {SILENT_SETUP, TITLE_FIELDS}]
        children += [self._source.piece(text, "    ", lead, "Ours") for text in texts]
        if children:
            self._set(part, "UserDocumentData", self._source.assembled(part, children, tail))
        else:
            self._remove(part)

    def _old_silence(self, part: Span | None) -> set[str]:
        said = None if part is None else part.child(SILENT_SETUP)
        return set() if said is None else set(self._source.data[said.inner : said.close].decode("utf-8").split())

    def _silence(self, old: set[str]) -> set[str]:
        """Of what the file says, what is only filled in: as before, but for what was changed."""
        silent = set(old)
        for name in (one.name for one in fields(PageSetup)):
            if getattr(self._setup, name) is not None:
                silent.discard(name)
            elif getattr(self._was_setup, name) is not None or self._is_filled_in(name):
                silent.add(name)
        if self._tree.revisions is not None:
            silent.discard("revisions")
        elif self._was.revisions is not None:
            silent.add("revisions")
        return silent

    def _is_filled_in(self, name: str) -> bool:
        """Is it said only because a part that the file lacks has to be made for something else?"""
        return any(
            getattr(self._setup, one) != getattr(self._was_setup, one)
            for part, names in _FILLED_IN.items()
            if name in names and self._file.root.child(part) is None
            for one in names
        )

    # -------- the title page

    def _title_page(self) -> None:
        page = self._tree.title_page
        part = self._file.root.child("TitlePage")
        if part is None:
            self._part("TitlePage", title_page(page))
            return
        content = part.child("Content")
        if page is None:
            if content is not None:
                self._changes.append((content.start, content.end, b"<Content/>"))
            return
        text = title_content(page)
        new = self._source.native(text[4:-1])
        if content is not None:
            self._changes.append((content.start, content.end, new))
        else:
            pieces, tail = self._source.pieces(part)
            lead = self._source.child_lead(part, pieces)
            whole = self._source.assembled(part, [*pieces, Piece(lead, new, "Content")], tail)
            self._changes.append((part.start, part.end, whole))

    # -------- revisions

    def _revisions(self) -> None:
        part = self._file.root.child("Revisions")
        revisions = self._tree.revisions or DEFAULT_REVISIONS
        if part is None:
            self._part("Revisions", revisions_part(revisions))
            return
        said = revisions_attributes(revisions)
        pieces, tail = self._source.pieces(part)
        lead = self._source.child_lead(part, pieces)
        old = self._old_sets(pieces)
        sets = [
            replace(old[one], lead=lead)
            if one in old
            else self._source.piece(revision_set(one), "    ", lead, "Revision")
            for one in revisions.sets
        ]
        rest = [piece for piece in pieces if piece.tag != "Revision"]
        values = {name: said[name] for name in ("ActiveSet", "RevisionsShown")}
        if revisions.location != (self._was.revisions or DEFAULT_REVISIONS).location:
            values["Location"] = said["Location"]
        self._reassemble(part, [*sets, *rest], tail, values)

    def _old_sets(self, pieces: list[Piece]) -> dict[RevisionSet, Piece]:
        """What the file has for each set, where every one of its sets was read."""
        known = () if self._was.revisions is None else self._was.revisions.sets
        listed = [piece for piece in pieces if piece.tag == "Revision" and piece.span is not None]
        return dict(zip(known, listed, strict=True)) if len(listed) == len(known) else {}


def _has_child(part: Span | None, name: str) -> bool:
    return part is not None and part.child(name) is not None
