"""Words outside the Text elements of a file, put where all words are read.

Final Draft writes every word into a Text that holds nothing else. Other programs and hands leave the Text out, put
elements into it or words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, compress, repeat
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from converter.notation.fdx.places import BLOCKS, nested_paragraphs

if TYPE_CHECKING:
    from lxml import etree

# What holds paragraphs: loose words in these are a line of their own, in the others they have no place.
_NOTES = frozenset({"ScriptNote", "Summary", "Alt"})
_PLACELESS = frozenset(
    {
        *("FinalDraft", "Content", "DualDialogue", "OmittedScene", "SceneProperties"),
        *("TitlePage", "Header", "Footer", "Alts", "LockedPages", "DeletedText", "AltCollection"),
        *("ScriptNotes", "UnanchoredScriptNotes"),
    }
)
_OUTSIDE = _PLACELESS.difference(BLOCKS)
_HOLDERS = frozenset({"Paragraph", *_NOTES, *_PLACELESS})
_LINE_ENDS = frozenset({"br", "linebreak", "lf"})
# Children of a paragraph that hold something else than its words.
_APART = frozenset(
    {
        *("SceneProperties", "ScriptNote", "DualDialogue", "OmittedScene", "Alts", "Tabstops"),
        *("SpellCheckIgnoreLists", "DynamicLabel", "Picture"),
    }
)
# The parts that hold words of the script, and which elements lie in which there.
WORDED = frozenset({"Content", "TitlePage", "ScriptNotes", "UnanchoredScriptNotes", "AltCollection"})
_INSIDE = {
    "Content": {"Paragraph"},
    "Paragraph": {"Text", *_APART},
    "SceneProperties": {"Summary", "SceneArcBeats", "CastList", "AttributedTitle"},
    "Summary": {"Paragraph"},
    "SceneArcBeats": {"CharacterArcBeat"},
    "CharacterArcBeat": {"Paragraph"},
    "AttributedTitle": {"Paragraph"},
    "CastList": {"Member"},
    "DualDialogue": {"Paragraph", "SpellCheckIgnoreLists"},
    "OmittedScene": {"Paragraph", "SpellCheckIgnoreLists"},
    "SpellCheckIgnoreLists": {"IgnoredRanges", "IgnoredWords"},
    "IgnoredRanges": {"Range"},
    "IgnoredWords": {"Word"},
    "Alts": {"AltId"},
    "Tabstops": {"Tabstop"},
    "ScriptNotes": {"ScriptNote", "TableColumnSettings"},
    "UnanchoredScriptNotes": {"ScriptNote"},
    "TableColumnSettings": {"Column", "TableColumn"},
    "ScriptNote": {"Paragraph"},
    "AltCollection": {"Alt"},
    "Alt": {"Paragraph"},
    "TitlePage": {"HeaderAndFooter", "Content", "TextState", "SpellCheckIgnoreLists"},
    "HeaderAndFooter": {"Header", "Footer"},
    "Header": {"Paragraph"},
    "Footer": {"Paragraph"},
}
_BLANKS = re.compile(r"\s+")


def is_sound(root: etree._Element) -> bool:
    """Does every word stand where Final Draft writes it?"""
    parts = [part for part in root if part.tag in WORDED]
    if len({part.tag for part in parts}) < len(parts) or any(map(len, root.iter("Text"))):
        return False
    others = [element for part in root if part.tag not in WORDED for element in part.iter()]
    texts = {root.text, *(element.text for element in others if element.tag in _HOLDERS)}
    tails = {element.tail for element in (root, *root, *others)}
    return all(map(_is_blank, texts | tails)) and all(_are_sound(part.tag, [part]) for part in parts)


def _are_sound(tag: str, elements: list[etree._Element]) -> bool:
    """The same of all elements of one name at one depth together, so that for most files it runs in C."""
    between: set[str | None] = set()
    if tag == "Paragraph":
        elements, between = _unlike_most(elements)
    inside = [*chain.from_iterable(map(_CHILDREN, elements))]
    tags = [*map(attrgetter("tag"), inside)]
    between.update(map(attrgetter("tail"), inside), map(attrgetter("text"), elements) if tag in _HOLDERS else ())
    if not _INSIDE.get(tag, set()).issuperset(tags) or not all(map(_is_blank, between)):
        return False
    kinds = set(tags) - {"Text"}
    return all(_are_sound(kind, [*compress(inside, map(kind.__eq__, tags))]) for kind in kinds)


# A loop over an element ends in an IndexError inside, which costs more than its few children.
_CHILDREN = itemgetter(slice(None))


def _unlike_most(paragraphs: list[etree._Element]) -> tuple[list[etree._Element], set[str | None]]:
    """Those that hold something else than one Text, and what stands around the Text of all others."""
    others: list[etree._Element] = []
    around: set[str | None] = set()
    for paragraph in paragraphs:
        if len(paragraph) == 1 and (text := paragraph[0]).tag == "Text":
            around.add(paragraph.text)
            around.add(text.tail)
        else:
            others.append(paragraph)
    return others, around


def settle_words(root: etree._Element) -> dict[etree._Element, str]:
    """The paragraphs, notes and the like that had loose words, and these words; they are in Text elements now."""
    settled: dict[etree._Element, str] = {}
    for element in list(root.iter()):
        is_paragraph = element.tag == "Paragraph"
        found = _settle_paragraph(element) if is_paragraph else _settle_lines(element) if element.tag in _NOTES else ""
        if found:
            settled[element] = found
    return settled


def _is_blank(words: str | None) -> bool:
    return not words or words.isspace()


def _is_plain_child(tag: str) -> bool:
    return tag == "Text" or tag in _APART


def _settle_paragraph(paragraph: etree._Element) -> str:
    """The loose words in this paragraph. Each becomes a Text where it stood."""
    loose: list[etree._Element] = []
    children: list[etree._Element] = []

    def put(words: str | None) -> None:
        if words is not None and not _is_blank(words):
            text = paragraph.makeelement("Text", {})
            text.text = _without_indentation(words)
            loose.append(text)
            children.append(text)

    inline = []
    put(paragraph.text)
    for child in paragraph:
        children.append(child)
        if child.tag == "Text" and len(child):
            inline.append(_emptied(child))
        elif not _is_plain_child(child.tag) and child.find(".//Paragraph") is None:
            put(("\n" if child.tag == "Paragraph" else "") + all_words(child))
        put(child.tail)
        child.tail = None
    if not loose and not inline:
        return ""
    _trim_ends(children, loose)
    paragraph.text = None
    paragraph[:] = children
    return " ".join([*(all_words(one) for one in loose), *inline])


def _emptied(text: etree._Element) -> str:
    """The words of the elements in a Text, which becomes a Text with all its words and no elements."""
    inside = [all_words(child) for child in text]
    words = all_words(text)
    for child in list(text):
        text.remove(child)
    text.text = words
    return " ".join(inside)


def all_words(element: etree._Element) -> str:
    """Every word inside an element, in order."""
    words: list[str] = []
    waiting: list[etree._Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            words.append(one)
            continue
        words.append("\n" if one.tag.lower() in _LINE_ENDS else one.text or "")
        for child in reversed(one):
            waiting.extend((child.tail or "", child))
    return "".join(words)


def _without_indentation(words: str) -> str:
    """Blanks with a line end in them only lay out the XML."""
    return _BLANKS.sub(lambda found: " " if "\n" in found[0] else found[0], words)


def _trim_ends(children: list[etree._Element], loose: list[etree._Element]) -> None:
    """No blank that was a line end of the XML stands at an end of the paragraph."""
    worded = [child for child in children if child.tag == "Text" and child.text]
    if worded and worded[0] in loose:
        worded[0].text = (worded[0].text or "").lstrip()
    if worded and worded[-1] in loose:
        worded[-1].text = (worded[-1].text or "").rstrip()


def _settle_lines(holder: etree._Element) -> str:
    """The words that lie loose in a note, a card or an alternate. They become paragraphs of it."""
    children: list[etree._Element] = []
    loose: list[str] = []

    def put(words: str | None) -> None:
        if words is not None and not _is_blank(words):
            paragraph = holder.makeelement("Paragraph", {})
            text = holder.makeelement("Text", {})
            text.text = _without_indentation(words).strip()
            loose.append(text.text)
            paragraph.append(text)
            children.append(paragraph)

    put(holder.text)
    for child in holder:
        children.append(child)
        put(child.tail)
        child.tail = None
    holder.text = None
    holder[:] = children
    return " ".join(loose)


# ---------------------------------------------------------------- words without a place


def placeless_words(root: etree._Element, content: etree._Element) -> Iterator[tuple[int | None, str]]:
    """Words that stand in no paragraph, each with the number of the paragraph before them or around them."""
    number = 0
    yield from zip(repeat(1), _own_words(content.text))
    for element in content:
        if element.tag == "Paragraph":
            around = number + 1
            for number, words in _words_in_blocks(element, around):
                if words:
                    yield number, words
        yield from zip(repeat(max(1, number)), _own_words(element.tail))
    for other in root.iter():
        if other.tag in _OUTSIDE and other is not content:
            yield from zip(repeat(None), _beside_children(other))


def _words_in_blocks(paragraph: etree._Element, around: int) -> Iterator[tuple[int, str]]:
    """Those beside the paragraphs in a paragraph; at last the number of the last of these, without words."""
    number = around
    for block in paragraph:
        if block.tag not in BLOCKS:
            continue
        yield from ((around, words) for words in _beside_children(block))
        for nested in nested_paragraphs(block):
            number += 1
            inner = (one for one in nested if one.tag in BLOCKS)
            yield from ((number, words) for one in inner for words in _beside_children(one))
    yield number, ""


def _beside_children(element: etree._Element) -> Iterator[str]:
    yield from _own_words(element.text)
    for child in element:
        yield from _own_words(child.tail)


def _own_words(words: str | None) -> Iterator[str]:
    if words is not None and not _is_blank(words):
        yield _without_indentation(words).strip()
