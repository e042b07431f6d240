"""Paragraphs of Content as elements: which lie inside which, and how far offsets count them.

An offset counts the direct text of each paragraph of Content in UTF-16 units, 1 for the paragraph's end, and 2 for
each dual dialogue or omitted scene at its place (measured on Final Draft 8, 12 and 13).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from converter.notation.fdx import units

if TYPE_CHECKING:
    from lxml import etree

BLOCKS = ("DualDialogue", "OmittedScene")


def nested_paragraphs(block: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a dual dialogue or an omitted scene in document order, those nested deeper too."""
    waiting = [block]
    while waiting:
        element = waiting.pop()
        if element.tag == "Paragraph":
            yield element
            waiting.extend(child for child in reversed(element) if child.tag in BLOCKS)
        else:
            waiting.extend(child for child in reversed(element) if child.tag == "Paragraph")


def body_paragraphs(content: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph of the body in the order in which they are numbered."""
    for element in content.iterfind("Paragraph"):
        yield element
        for block in element:
            if block.tag in BLOCKS:
                yield from nested_paragraphs(block)


def raw_length(paragraph: etree._Element) -> int:
    """Of its own text and the blocks in it, without its end."""
    length = 0
    for child in paragraph:
        if child.tag == "Text":
            length += units(child.text or "")
        elif child.tag in BLOCKS:
            length += 2
    return length
