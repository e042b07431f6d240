"""What a file holds and the tree has no place for, each called by a name that a screenwriter knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from converter.notation.fdx import LABELS, SILENT_SETUP, TITLE_FIELDS, unknown_flags
from converter.notation.fdx.places import BLOCKS, body_paragraphs
from converter.notation.fdx.setup import LEADINGS
from converter.notation.fdx.styles import StyleTable
from converter.tree import Dialogue, Opaque, Paragraph, Position, SceneHeading

if TYPE_CHECKING:
    from lxml import etree

# ---------------------------------------------------------------- parts

_READ = frozenset(
    {
        *("Content", "HeaderAndFooter", "PageLayout", "ElementSettings", "TitlePage", "ScriptNoteDefinitions"),
        *("UnanchoredScriptNotes", "MoresAndContinueds", "LockedPages", "Revisions", "DeletedText"),
        *("SceneNumberOptions", "AltCollection", "TagData", "ScriptNotes"),
    }
)
# Lists that any program makes from the script; readers cast by hand are something else.
_MADE_ANEW = frozenset({"SmartType", "Cast"})
# How the editor stood, and what Final Draft makes again by itself.
_QUIET = {
    "DocumentRef": "document identity",
    "SpellCheckIgnoreLists": "spelling lists",
    "WindowState": "window state",
    "TextState": "window state",
    "SplitState": "window state",
    "Macros": "keyboard macros",
    "Actors": "reading voices",
    "Cast": "reading voices",
    "CastList": "cast list order",
    "CharacterNavigatorPreferences": "navigator settings",
    "SceneNavigatorPreferences": "navigator settings",
    "TagsNavigatorPreferences": "navigator settings",
    "ScriptNavigatorPreferences": "navigator settings",
    "Navigator": "navigator settings",
    "Outlines": "outline view",
    "TargetScriptLength": "target length",
}
# What somebody made; the paths are what has to be there for it to count.
_LOUD = {
    "Watermarking": ("watermark", ("DynamicContent//Text", "DynamicContent//DynamicLabel", "Distribution/Name")),
    "CharacterHighlighting": ("character highlighting", ("Character[@Visible='Yes']",)),
    "ListItems": ("beat board item", ("*",)),
    "DisplayBoards": ("beat board", ("DisplayBoard/*",)),
    "Writers": ("writer of a shared script", ("*",)),
    "WriterMarkup": ("markup of a shared script", ("*",)),
    "Characters": ("character trait", ("CharacterTraitData/Holders/*",)),
    "Images": ("image", ("Image",)),
}

# ---------------------------------------------------------------- paragraphs

_KNOWN_CHILDREN = frozenset(
    {
        *("Text", "SceneProperties", "ScriptNote", "DualDialogue", "OmittedScene", "Alts", "Tabstops"),
        "SpellCheckIgnoreLists",
    }
)
_NOTE_ATTRIBUTES = frozenset(
    {
        *("ID", "Id", "RefId", "Name", "Type", "Color", "ColorName", "DateTime", "DateModified"),
        *("Author", "WriterID", "WriterName", "Range", "StartPlace", "EndPlace"),
    }
)
_PAGE_ATTRIBUTES = frozenset({"LevelIndex", "LockLevel", "PageNumber", "Position", "StartPlace", "Deleted"})
_LISTED = {  # what the entries of each list are called
    "LockedPages": frozenset({"LockedPage"}),
    "DeletedText": frozenset({"DeletedTextLocation"}),
    "AltCollection": frozenset({"Alt"}),
    "ScriptNotes": frozenset({"ScriptNote", "TableColumnSettings"}),
    "UnanchoredScriptNotes": frozenset({"ScriptNote"}),
}
_CARD_ATTRIBUTES = frozenset({"Title", "Color", "ColorName", "Number", "Synopsis", "Length", "Page"})
_KNOWN_IN_BLOCKS = frozenset({"Paragraph", "SpellCheckIgnoreLists"})
_KNOWN_ATTRIBUTES = frozenset(
    {
        *("Type", "Number", "Alignment", "FirstIndent", "LeftIndent", "RightIndent", "SpaceBefore", "Spacing"),
        *("StartsNewPage", "id", "OutlineLevel"),
    }
)
# AdornmentStyle marks a word that the spelling checker did not know: nothing that the author did.
_RUN_ATTRIBUTES = frozenset(
    {"AdornmentStyle", "Background", "Color", "Font", "RevisionID", "Size", "Style", "TagNumber"}
)


def opaques(
    root: etree._Element,
    source: int,
    table: StyleTable,
    paragraphs: Iterable[tuple[int, etree._Element]] | None = None,
) -> tuple[Opaque, ...]:
    """One for each kind of thing, in alphabetical order; `at` is where the first stands.

    `paragraphs` are those of the body, by number, that have more than a type and plain words, where that is known.
    """
    finder = _Finder(source, table)
    finder.parts(root)
    finder.body(root.find("Content"), paragraphs)
    finder.alternates(root)
    finder.listed(root)
    finder.title_page(root.find("TitlePage/Content"))
    finder.notes(root)
    finder.setup(root)
    for which in ("Header", "Footer"):
        more = len(root.findall(f"HeaderAndFooter/{which}/Paragraph")) - 1
        if more > 0:
            finder.add(f"further lines of the {which.lower()}", count=more)
    return finder.found()


class _Finder:
    def __init__(self, source: int, table: StyleTable):
        self._source = source
        self._table = table
        self._found: dict[tuple[str, bool], tuple[int, Position | None]] = {}
        self._settings: dict[tuple[Any, ...], tuple[str, ...]] = {}

    def add(self, name: str, at: Position | None = None, *, quiet: bool = False, count: int = 1) -> None:
        before, first = self._found.get((name, quiet), (0, at))
        self._found[name, quiet] = before + count, first

    def found(self) -> tuple[Opaque, ...]:
        return tuple(
            Opaque(format="fdx", name=name, count=count, quiet=quiet, at=at)
            for (name, quiet), (count, at) in sorted(self._found.items(), key=lambda item: item[0])
        )

    def parts(self, root: etree._Element) -> None:
        for part in root:
            name = part.tag
            if name in _READ or name in _MADE_ANEW and part.find("Member") is None:
                continue
            if name == "UserDocumentData":
                self._of_others(part)
            elif name in _LOUD:
                self._made_by_hand(part, *_LOUD[name])
            elif name not in _QUIET:
                self.add(f"part called {name}")
            elif len(part) or part.attrib or part.text:
                self.add(_QUIET[name], quiet=True)

    def _of_others(self, part: etree._Element) -> None:
        count = sum(child.tag not in {TITLE_FIELDS, SILENT_SETUP} for child in part)
        if count:
            self.add("data of another program", count=count)

    def _made_by_hand(self, part: etree._Element, label: str, paths: tuple[str, ...]) -> None:
        count = sum(len(part.findall(path)) for path in paths)
        if count:
            self.add(label, count=count)
        elif len(part) or part.attrib:
            self.add("settings of empty boards and lists", quiet=True)

    def body(self, content: etree._Element | None, paragraphs: Iterable[tuple[int, etree._Element]] | None) -> None:
        if content is None:
            return
        for element in content:
            if element.tag != "Paragraph":
                self.add(f"{element.tag} in the script")
        if paragraphs is None:
            paragraphs = enumerate(body_paragraphs(content), start=1)
        for number, paragraph in paragraphs:
            self._paragraph(paragraph, number)

    def _paragraph(self, paragraph: etree._Element, number: int) -> None:
        keys: Any = paragraph.keys()
        if len(keys) > 1 or keys and keys[0] != "Type":
            self._attributes(paragraph, keys, number)
        for child in paragraph:
            if child.tag != "Text":
                self._child(paragraph, child, number)
            elif child.attrib:
                self._run(child, number)

    def _at(self, number: int) -> Position:
        return Position(None, None, None, number, self._source)

    def _attributes(self, paragraph: etree._Element, keys: list[str], number: int) -> None:
        for name in keys:
            if name not in _KNOWN_ATTRIBUTES and (name != "Leading" or paragraph.get(name) != "Regular"):
                self.add(f"paragraph attribute {name}", self._at(number))

    def _run(self, run: etree._Element, number: int | None) -> None:
        items = tuple(cast(Any, run.items()))
        names = self._settings.get(items)
        if names is None:
            names = self._settings[items] = tuple(_unread_settings(dict(items)))
        for name in names:
            self.add(name, None if number is None else self._at(number))

    def _child(self, paragraph: etree._Element, child: etree._Element, number: int) -> None:
        if child.tag == "SceneProperties":
            self._card(child, number)
            if _has_words(child, "Summary") and not self._is(paragraph, SceneHeading):
                self.add("synopsis of something that is no scene", self._at(number))
        elif child.tag in BLOCKS:
            self._block(paragraph, child, number)
        elif child.tag == "Alts":
            if len(child) and not self._is(paragraph, Dialogue):
                self.add("alternate line of something that is no dialogue", self._at(number), count=len(child))
        elif child.tag == "Picture":
            self.add("picture", self._at(number))
        elif child.tag not in _KNOWN_CHILDREN:
            self.add(f"{child.tag} in a paragraph", self._at(number))

    def _is(self, paragraph: etree._Element, element: type[Paragraph]) -> bool:
        if paragraph.find("DualDialogue") is not None:  # read as General, whatever its type
            return False
        return self._table.kind(paragraph.get("Type", "General")).element is element

    def _block(self, paragraph: etree._Element, block: etree._Element, number: int) -> None:
        if block.tag == "OmittedScene" and not self._is(paragraph, SceneHeading):
            self.add("cut scene without a scene heading", self._at(number))
        where = "a cut scene" if block.tag == "OmittedScene" else "a dual dialogue"
        for child in block:
            if child.tag not in _KNOWN_IN_BLOCKS and any(words.strip() for words in child.itertext()):
                self.add(f"{child.tag} in {where}", self._at(number))

    def listed(self, root: etree._Element) -> None:
        for name, entries in _LISTED.items():
            for entry in root.iterfind(f"{name}/*"):
                if entry.tag not in entries:
                    self.add(f"{entry.tag} in {name}")
        for page in root.iterfind("LockedPages/LockedPage"):
            for attribute in _names(page) - _PAGE_ATTRIBUTES:
                self.add(f"attribute {attribute} of a locked page")

    def alternates(self, root: etree._Element) -> None:
        """Wordings in the collection that no line names."""
        named = {(one.text or "").strip() for one in root.iter("AltId")}
        loose = [one for one in root.iterfind("AltCollection/Alt") if one.get("Id", "") not in named]
        count = sum(any(words.strip() for words in one.itertext()) for one in loose)
        if count:
            self.add("alternate line that no dialogue names", count=count)

    def _card(self, card: etree._Element, number: int) -> None:
        at = self._at(number)
        for name in _names(card) - _CARD_ATTRIBUTES:
            self.add(f"scene attribute {name}", at)
        if card.get("Title"):
            self.add("scene title", at)
        if card.get("Synopsis"):
            self.add("scene synopsis of another program", at)
        for child in card:
            if child.tag == "SceneArcBeats":
                if any(text.text for text in child.iter("Text")):
                    self.add("character arc beat", at)
            elif child.tag not in {"Summary", "AttributedTitle"} and len(child):
                self.add(f"{child.tag} of a scene", at)

    def title_page(self, content: etree._Element | None) -> None:
        for paragraph in () if content is None else content.iterfind("Paragraph"):
            for child in paragraph:
                if child.tag == "Text":
                    self._run(child, None)
                elif child.tag != "Tabstops":
                    self.add(f"{child.tag} on the title page")

    def setup(self, root: etree._Element) -> None:
        layout = root.find("PageLayout")
        leading = None if layout is None else layout.get("DocumentLeading")
        if leading is not None and leading not in LEADINGS:
            self.add(f"line pitch {leading}")
        for label in root.iterfind("HeaderAndFooter//DynamicLabel"):
            if label.get("Type", "") not in LABELS:
                self.add(f"label {label.get('Type', '')} in the header or footer")

    def notes(self, root: etree._Element) -> None:
        for path in ("ScriptNotes/ScriptNote", "UnanchoredScriptNotes/ScriptNote", "Content//ScriptNote"):
            for note in root.iterfind(path):
                for name in _names(note) - _NOTE_ATTRIBUTES:
                    self.add(f"note attribute {name}")
                if any(text.get("Style") for text in note.iterfind("Paragraph/Text")):
                    self.add("emphasis in a note")


def _names(element: etree._Element) -> set[str]:
    """Of its attributes."""
    return set(cast(Any, element.keys()))


def _has_words(card: etree._Element, path: str) -> bool:
    return any(words.strip() for found in card.iterfind(path) for words in found.itertext())


def _unread_settings(attributes: dict[str, str]) -> Iterator[str]:
    if unknown_flags(attributes.get("Style", "")):
        yield f"text style {attributes['Style']}"
    for name in attributes.keys() - _RUN_ATTRIBUTES:
        yield f"text attribute {name}"
