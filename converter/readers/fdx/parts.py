"""The parts of a file that the tree has no place for, each called by a name that a screenwriter knows."""

from __future__ import annotations

from lxml import etree

from converter.notation.fdx import SILENT_SETUP, TITLE_FIELDS
from converter.readers.fdx.context import Context

_READ = frozenset(
    {
        *("Content", "HeaderAndFooter", "PageLayout", "ElementSettings", "TitlePage", "ScriptNoteDefinitions"),
        *("UnanchoredScriptNotes", "MoresAndContinueds", "LockedPages", "Revisions", "DeletedText"),
        *("SceneNumberOptions", "AltCollection", "TagData", "ScriptNotes"),
    }
)
# How the editor stood, and lists that Final Draft makes again by itself.
_QUIET = {
    "DocumentRef": "document identity",
    "SpellCheckIgnoreLists": "spelling lists",
    "WindowState": "window state",
    "TextState": "window state",
    "SplitState": "window state",
    "Macros": "keyboard macros",
    "Actors": "reading voices",
    "Cast": "reading voices",
    "SmartType": "SmartType lists",
    "CastList": "cast list order",
    "CharacterNavigatorPreferences": "navigator settings",
    "SceneNavigatorPreferences": "navigator settings",
    "TagsNavigatorPreferences": "navigator settings",
    "ScriptNavigatorPreferences": "navigator settings",
    "Navigator": "navigator settings",
    "Outlines": "outline view",
    "TargetScriptLength": "target length",
}
# What somebody made; the path is what has to be there for it to count.
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


def name_unread_parts(root: etree._Element, context: Context) -> None:
    for part in root:
        name = part.tag
        if name in _READ:
            continue
        if name == "UserDocumentData":
            for child in part:
                if child.tag not in {TITLE_FIELDS, SILENT_SETUP}:
                    context.unread("data of another program")
        elif name in _LOUD:
            label, paths = _LOUD[name]
            count = sum(len(part.findall(path)) for path in paths)
            if count:
                context.unread(label, count=count)
            elif len(part) or part.attrib:
                context.unread("settings of empty boards and lists", quiet=True)
        elif name in _QUIET:
            if len(part) or part.attrib or part.text:
                context.unread(_QUIET[name], quiet=True)
        else:
            context.unread(f"part called {name}")
