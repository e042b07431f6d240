"""A file that came in as FDX, with what was changed in its tree. All that nobody touched keeps its bytes."""

from __future__ import annotations

from typing import Any

from converter.notation.fdx import SILENT_SETUP, TITLE_FIELDS
from converter.notation.fdx.setup import DEFAULT_REVISIONS, DEFAULT_SETUP
from converter.notation.fdx.styles import ALWAYS_WRITTEN, StyleTable
from converter.records import fields, replace
from converter.safe.xml import Span
from converter.tree import PageSetup, RevisionSet, Screenplay
from writers.fdx.kept.body import Rewriter
from writers.fdx.kept.bytes import Piece, patched_tag, replaced
from writers.fdx.kept.file import File
from writers.fdx.kept.offsets import Lists
from writers.fdx.new import file as document
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


def edited(tree: Screenplay, table: StyleTable, file: File) -> bytes:
    """The file with the body and the settings of a tree that `fit` made for it."""
    return _Edit(tree, table, file).data()


class _Edit:
    def __init__(self, tree: Screenplay, table: StyleTable, file: File):
        self._tree = tree
        self._was = file.screenplay
        self._table = table
        self._file = file
        self._source = file.source
        self._changes: list[tuple[int, int, bytes]] = []
        self._rewriter = Rewriter(file, table)

    def data(self) -> bytes:
        if self._tree.body != self._was.body:
            self._body()
        self._styles()
        self._page_setup()
        self._title_and_silence()
        self._revisions()
        if self._tree.tags != self._was.tags:
            self._part("TagData", document.tag_data(self._tree.tags))
        return self._file.working.original(replaced(self._source.data, self._changes))

    # -------- the body

    def _body(self) -> None:
        body_units, trailing = units_of(self._tree.body, self._file.card)
        span = self._file.content
        assert span is not None, "a file without Content is written anew"
        data, written = self._rewriter.content(body_units)
        self._changes.append((span.start, span.end, data))
        lists = Lists(self._rewriter, body_units, written, trailing)
        for part, name, new in (*lists.locked_pages(), *lists.deletions()):
            self._set(part, name, new)
        if self._file.version >= 5:
            for part, name, new in lists.notes():
                self._set(part, name, new)
        else:
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
            old = self._rewriter.old_inline_note(marker)
            text = self._rewriter.writer.inline_notes([marker], "    ")
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
        writer = self._rewriter.writer
        if not writer.alternates:
            return
        text = document.alternates(writer.alternates, writer.first_alternate)
        part = self._file.root.child("AltCollection")
        if part is None:
            self._set(None, "AltCollection", self._source.native(f"<AltCollection>\n{text}  </AltCollection>"))
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
        now = {style.name: style for style in self._tree.styles}
        was = {style.name: style for style in self._was.styles}
        for name in was.keys() - now.keys():
            if name in spans and name in self._table.listed:
                self._restyle(spans[name], name)  # paragraphs of that type remain
            elif name in spans:
                self._remove(spans[name])
        added = [style.name for style in self._tree.styles if style.name not in spans]
        for style in self._tree.styles:
            if style.name in spans and style != was.get(style.name):
                self._restyle(spans[style.name], style.name)
        for name in self._rewriter.writer.used:
            # A file that lists fewer than the nine leaves the others to Final Draft.
            if name not in spans and name not in added and name not in ALWAYS_WRITTEN:
                added.append(name)
        texts = [document.element_settings(name, self._table.settings(name), self._file.version) for name in added]
        if texts:
            place, lead = self._place_for("ElementSettings")
            new = b"".join(lead + self._source.native(text[2:-1]) for text in texts)
            self._changes.append((place, place, new))

    def _restyle(self, span: Span, name: str) -> None:
        text = document.element_settings(name, self._table.settings(name), self._file.version)
        self._changes.append((span.start, span.end, self._source.native(text[2:-1])))

    # -------- the page

    def _page_setup(self) -> None:
        now, was = self._tree.page_setup or PageSetup(), self._was.page_setup or PageSetup()
        changed = {one.name for one in fields(PageSetup) if getattr(now, one.name) != getattr(was, one.name)}
        if changed & {"margins", "leading", "break_at_sentences", "paper"}:
            self._page_layout(now, changed)
        if changed & {"first_page", "header", "footer"}:
            self._header_and_footer(now, changed)
        if changed & {"more", "continued"}:
            self._mores(now, changed)
        if "scene_numbers" in changed:
            part = self._file.root.child("SceneNumberOptions")
            if part is None:
                self._part("SceneNumberOptions", document.scene_number_options(now))
            else:
                values = document.scene_number_attributes(now)
                values.pop("NumberScheme")
                self._patch(part, values)

    def _patch(self, span: Span, values: dict[str, str | None]) -> None:
        self._changes.append((span.start, span.inner, patched_tag(self._source.tag(span), values)))

    def _page_layout(self, setup: PageSetup, changed: set[str]) -> None:
        part = self._file.root.child("PageLayout")
        if part is None:
            self._part("PageLayout", document.page_layout(setup))
            return
        said = document.page_layout_attributes(setup)
        names = {
            "margins": ("TopMargin", "BottomMargin", "HeaderMargin", "FooterMargin"),
            "leading": ("DocumentLeading",),
            "break_at_sentences": ("BreakDialogueAndActionAtSentences",),
        }
        values = {name: said[name] for key, group in names.items() if key in changed for name in group}
        pieces, tail = self._source.pieces(part)
        if "paper" in changed:
            lead = self._source.child_lead(part, pieces)
            size = self._source.piece(document.page_size(setup, "    "), "    ", lead, "PageSize")
            pieces = [size, *(piece for piece in pieces if piece.tag != "PageSize")]
        start = patched_tag(self._source.tag(part), values)
        self._changes.append((part.start, part.end, self._source.assembled(part, pieces, tail, start)))

    def _header_and_footer(self, setup: PageSetup, changed: set[str]) -> None:
        part = self._file.root.child("HeaderAndFooter")
        if part is None:
            self._part("HeaderAndFooter", document.header_and_footer(setup))
            return
        values: dict[str, str | None] = {}
        pieces, tail = self._source.pieces(part)
        if "first_page" in changed:
            first = DEFAULT_SETUP.first_page if setup.first_page is None else setup.first_page
            values["StartingPage"] = str(first)
        for name in ("Header", "Footer"):
            if name.lower() not in changed:
                continue
            band = getattr(setup, name.lower()) or getattr(DEFAULT_SETUP, name.lower())
            values |= document.band_attributes(name, band)
            lead = self._source.child_lead(part, pieces)
            new = self._source.piece(document.band(name, band, "    "), "    ", lead, name)
            if any(piece.tag == name for piece in pieces):
                pieces = [new if piece.tag == name else piece for piece in pieces]
            else:
                pieces = [*pieces, new]
        start = patched_tag(self._source.tag(part), values)
        self._changes.append((part.start, part.end, self._source.assembled(part, pieces, tail, start)))

    def _mores(self, setup: PageSetup, changed: set[str]) -> None:
        part = self._file.root.child("MoresAndContinueds")
        if part is None:
            self._part("MoresAndContinueds", document.mores_and_continueds(setup))
            return
        pieces, tail = self._source.pieces(part)
        for key, name, text in (
            ("more", "DialogueBreaks", document.dialogue_breaks(setup)),
            ("continued", "SceneBreaks", document.scene_breaks(setup)),
        ):
            if key in changed:
                lead = self._source.child_lead(part, pieces)
                new = self._source.piece(text, "    ", lead, name)
                if any(piece.tag == name for piece in pieces):
                    pieces = [new if piece.tag == name else piece for piece in pieces]
                else:
                    pieces = [*pieces, new]
        self._changes.append((part.start, part.end, self._source.assembled(part, pieces, tail)))

    # -------- the title page, and what the file's own data says of it

    def _title_and_silence(self) -> None:
        silence = self._silence()
        new_title = self._tree.title_page != self._was.title_page
        if new_title:
            self._title_page()
        part = self._file.root.child("UserDocumentData")
        had = None if part is None else part.child(SILENT_SETUP)
        old_silence = set() if had is None else set(self._text_of(had).split())
        if not new_title and silence == old_silence:
            return
        texts = []
        if silence:
            texts.append(document.silent_setup(silence))
        if self._tree.title_page is not None and (
            new_title or part is not None and part.child(TITLE_FIELDS) is not None
        ):
            texts.append(document.title_fields(self._tree.title_page, "    "))
        ours = {SILENT_SETUP, TITLE_FIELDS}
        pieces, tail = ([], b"") if part is None else self._source.pieces(part)
        rest = [piece for piece in pieces if piece.tag not in ours]
        if part is None:
            inside = "".join(texts)
            if inside:
                new = f"<UserDocumentData>\n{inside}  </UserDocumentData>"
                self._set(None, "UserDocumentData", self._source.native(new))
            return
        lead = self._source.child_lead(part, pieces)
        rest += [self._source.piece(text, "    ", lead, "Ours") for text in texts]
        if rest:
            self._set(part, "UserDocumentData", self._source.assembled(part, rest, tail))
        else:
            self._remove(part)

    def _text_of(self, span: Span) -> str:
        return self._source.data[span.inner : span.close].decode("utf-8")

    def _silence(self) -> set[str]:
        """Of what the file says, what is only filled in: as before, but for what was changed."""
        part = self._file.root.child("UserDocumentData")
        had = None if part is None else part.child(SILENT_SETUP)
        silent = set() if had is None else set(self._text_of(had).split())
        now, was = self._tree.page_setup or PageSetup(), self._was.page_setup or PageSetup()
        for name in (one.name for one in fields(PageSetup)):
            value = getattr(now, name)
            if value is not None:
                silent.discard(name)
            elif getattr(was, name) is not None or self._filled_in(name, now, was):
                silent.add(name)
        if self._tree.revisions is not None:
            silent.discard("revisions")
        elif self._was.revisions is not None:
            silent.add("revisions")
        return silent

    def _filled_in(self, name: str, now: PageSetup, was: PageSetup) -> bool:
        """Is it said only because a part that the file lacks has to be made for something else?"""
        for part, names in (
            ("PageLayout", ("paper", "margins", "leading", "break_at_sentences")),
            ("HeaderAndFooter", ("first_page", "header", "footer")),
            ("MoresAndContinueds", ("more", "continued")),
        ):
            if name in names and self._file.root.child(part) is None:
                return any(getattr(now, one) != getattr(was, one) for one in names)
        return False

    def _title_page(self) -> None:
        page = self._tree.title_page
        part = self._file.root.child("TitlePage")
        if part is None:
            self._part("TitlePage", document.title_page(page))
            return
        content = part.child("Content")
        if page is None:
            if content is not None:
                self._changes.append((content.start, content.end, b"<Content/>"))
            return
        text = document.title_content(page)
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
        now, was = self._tree.revisions, self._was.revisions
        if now == was:
            return
        part = self._file.root.child("Revisions")
        revisions = now or DEFAULT_REVISIONS
        if part is None:
            self._part("Revisions", document.revisions_part(revisions))
            return
        said = document.revisions_attributes(revisions)
        values = {name: said[name] for name in ("ActiveSet", "RevisionsShown")}
        pieces, tail = self._source.pieces(part)
        lead = self._source.child_lead(part, pieces)
        old: dict[RevisionSet, Piece] = {}
        known = () if was is None else was.sets
        numbered = [piece for piece in pieces if piece.tag == "Revision" and piece.span is not None]
        if len(numbered) == len(known):
            old = dict(zip(known, numbered, strict=True))
        rest = [piece for piece in pieces if piece.tag != "Revision"]
        sets = [
            replace(old[one], lead=lead)
            if one in old
            else self._source.piece(document.revision_set(one), "    ", lead, "Revision")
            for one in revisions.sets
        ]
        start = patched_tag(self._source.tag(part), values)
        self._set(part, "Revisions", self._source.assembled(part, [*sets, *rest], tail, start))
