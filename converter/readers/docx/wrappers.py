"""Blocks of a document wherever they stand: in the body, in content controls, changes, alternatives or anything else.

What is not known is gone through, for words in it are words. Only what never holds a script's words is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from converter.notation.docx import w
from converter.readers.docx.package import Node

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = _MC + "AlternateContent"
_CHOICE, _FALLBACK = _MC + "Choice", _MC + "Fallback"

# Names of extensions whose words are where we look for them (ECMA-376, part 3; [MS-DOCX], [MS-ODRAWXML]).
_UNDERSTOOD = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.microsoft.com/office/drawing/",
    "http://schemas.microsoft.com/office/mac/drawingml/",
    "urn:schemas-microsoft-com:",
)

# Properties, and parts that are reported by themselves.
WORDLESS = frozenset(
    {
        *(w(name + "Pr") for name in ("p", "r", "sdt", "sdtEnd", "sect", "tbl", "tblEx", "tr", "tc", "customXml")),
        *(w(name) for name in ("smartTagPr", "tblGrid", "altChunk", "subDoc", "fldData", "ffData")),
    }
)


def chosen(alternatives: Node) -> Node:
    """The first version that we understand, else the one for programs that understand none (ECMA-376, part 3)."""
    choices = [one for one in alternatives if one.tag == _CHOICE]
    first = next(filter(_is_understood, choices), None)
    if first is None:
        first = next((one for one in alternatives if one.tag == _FALLBACK), None)
    return first if first is not None else (choices or [alternatives])[0]


def _is_understood(choice: Node) -> bool:
    """A version says by prefixes which extensions it needs."""
    names = (choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split())
    return all(name.startswith(_UNDERSTOOD) for name in names)


def is_placeholder(node: Node) -> bool:
    """ "Click here to enter text", which nobody did."""
    if node.tag != w("sdt"):
        return False
    properties = node.find(w("sdtPr"))
    return properties is not None and properties.find(w("showingPlcHdr")) is not None


def blocks(parent: Node, wanted: Collection[str]) -> Iterator[Node]:
    """The elements of these names in order, each as a whole, whatever they are wrapped in."""
    waiting = [iter(parent)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.tag in wanted:
            yield node
        elif node.tag == ALTERNATIVES:
            waiting.append(iter(chosen(node)))
        elif node.tag not in WORDLESS and not is_placeholder(node):
            waiting.append(iter(node))
