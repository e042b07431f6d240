"""Says which words of a file stood outside its Text elements, and which of them have no place in the script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from converter.normal import FORBIDDEN, allowed
from converter.notation.fdx.loose import WORDED, all_words, is_sound, placeless_words, settle_words
from converter.notation.fdx.places import body_paragraphs
from converter.readers.fdx.context import Context
from converter.records import fields, is_dataclass
from converter.tree import Run, Screenplay, words

if TYPE_CHECKING:
    from lxml import etree


def settle(root: etree._Element, contents: list[etree._Element], context: Context) -> bool:
    """Put loose words where the reader finds them, and report every one, and a second script.

    Was all as Final Draft writes it? Else there may be more words than are read.
    """
    for second in contents[1:]:
        _report_second(second, context)
    if is_sound(root):
        return True
    if not contents:
        return False
    for number, said in placeless_words(root, contents[0]):
        message = f"Words that stand in no paragraph were left out: {_quoted(said)}."
        context.warn("fdx.words-left-out", message, None if number is None else context.at(number))
    settled = settle_words(root)
    numbers = {element: number for number, element in enumerate(body_paragraphs(contents[0]), start=1)}
    for element, said in settled.items():
        number = numbers.get(element)
        message = f"Words that stand beside the text of their paragraph were read as part of it: {_quoted(said)}."
        context.warn("fdx.loose-words", message, None if number is None else context.at(number))
    return False


def report_unread(root: etree._Element, screenplay: Screenplay, context: Context) -> None:
    """Words of a file of unusual shape that came into no part of the tree, wherever they stand."""
    came = set(_tokens("\n".join(_texts_of(screenplay))))
    missing = dict.fromkeys(token for line in _lines(root) for token in _tokens(line) if token not in came)
    if missing:
        message = f"Words that stand where this file can have none were left out: {_quoted(' '.join(missing))}."
        context.warn("fdx.words-left-out", message)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


_TOKEN = re.compile(r"[^\W_]+")
_BESIDE = frozenset({"SceneArcBeats", "AttributedTitle", "HeaderAndFooter"})  # the first is named by an Opaque


def _lines(root: etree._Element) -> Iterator[str]:
    """The words of each paragraph, and of each Text that lies in none, as the tree would hold them."""
    contents = root.findall("Content")
    named = {(one.text or "").strip() for one in root.iter("AltId")}
    waiting = [part for part in root if part.tag in WORDED and part not in contents[1:]]
    while waiting:
        element = waiting.pop()
        if element.tag == "Text":
            yield allowed(all_words(element))
            continue
        if element.tag == "Alt" and element.get("Id", "") not in named:
            continue  # an Opaque names it
        yield allowed("".join(one.text or "" for one in element if one.tag == "Text"))
        waiting.extend(child for child in element if child.tag not in _BESIDE and child.tag != "Text")


def _texts_of(screenplay: Screenplay) -> Iterator[str]:
    """Every text in a tree; words that runs divide are whole."""
    waiting: list[Any] = [screenplay.body, screenplay.title_page]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, tuple):
            if any(isinstance(inline, Run) for inline in one):
                yield words(one, cut=True)
            waiting.extend(one)
        elif is_dataclass(one) and not isinstance(one, Run):
            waiting.extend(getattr(one, field.name) for field in fields(one))


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
    return sum(len(FORBIDDEN.findall((one.text or "").replace("\ufeff", ""))) for one in paragraph.iterfind("Text"))


def _report_second(content: etree._Element, context: Context) -> None:
    paragraphs = list(content.iter("Paragraph"))
    first = next((said for one in (*paragraphs, content) if (said := all_words(one).strip())), "")
    if first:
        message = f"There is a second script of {len(paragraphs):,} paragraphs in this file; it was left out."
        context.warn("fdx.second-script", f"{message} It begins {_quoted(first)}.")


def _quoted(said: str) -> str:
    said = " ".join(said.split())
    return repr(said if len(said) <= 200 else said[:199] + "…")
