"""Says which words of a file stood outside its Text elements, and which of them have no place in the script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.normal import forbidden
from converter.notation.fdx.loose import all_words, is_sound, placeless_words, settle_words
from converter.notation.fdx.places import body_paragraphs, nested_paragraphs
from converter.readers.fdx.context import Context

if TYPE_CHECKING:
    from lxml import etree


def settle(root: etree._Element, contents: list[etree._Element], context: Context) -> None:
    """Put loose words where the reader finds them, and report every one, and a second script."""
    for second in contents[1:]:
        _report_second(second, context)
    if is_sound(root) or not contents:
        return
    for number, words in placeless_words(root, contents[0]):
        message = f"Words that stand in no paragraph were left out: {_quoted(words)}."
        context.warn("fdx.words-left-out", message, None if number is None else context.at(number))
    settled = settle_words(root)
    numbers = {element: number for number, element in enumerate(body_paragraphs(contents[0]), start=1)}
    for element, words in settled.items():
        number = numbers.get(element)
        message = f"Words that stand beside the text of their paragraph were read as part of it: {_quoted(words)}."
        context.warn("fdx.loose-words", message, None if number is None else context.at(number))


def report_controls(data: bytes, root: etree._Element, context: Context) -> None:
    """DEL and C1 are legal in XML, and no script can hold them; the normal form takes them out."""
    if not _may_hold_controls(data):
        return
    found = {paragraph: bad for paragraph in root.iter("Paragraph") if (bad := _controls_in(paragraph))}
    if found:
        content = root.find("Content")
        body = () if content is None else body_paragraphs(content)
        number = next((number for number, one in enumerate(body, start=1) if one in found), None)
        count = sum(found.values())
        message = f"Left out {count:,} control character{'' if count == 1 else 's'}; no script can hold them."
        context.warn("fdx.control-characters", message, None if number is None else context.at(number))


def _may_hold_controls(data: bytes) -> bool:
    """Of nearly every file this is no, and soon known."""
    if b"utf-8" not in data[:200].lower() or b"\x7f" in data or b"&#" in data:
        return True
    return b"\xc2" in data and re.search(rb"\xc2[\x80-\x9f]", data) is not None


def _controls_in(paragraph: etree._Element) -> int:
    return sum(len(forbidden().findall((one.text or "").replace("\ufeff", ""))) for one in paragraph.iterfind("Text"))


def _report_second(content: etree._Element, context: Context) -> None:
    paragraphs = list(nested_paragraphs(content))
    first = next((words for one in paragraphs if (words := all_words(one).strip())), "")
    if first:
        message = f"There is a second script of {len(paragraphs):,} paragraphs in this file; it was left out."
        context.warn("fdx.second-script", f"{message} It begins {_quoted(first)}.")


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return repr(words if len(words) <= 200 else words[:199] + "…")
