"""Whole paragraphs and rows that a tracked change struck out (ECMA-376, 17.13.5): which they are, and whose."""

from __future__ import annotations

from converter.notation.docx import w
from converter.readers.docx.package import Node

_MARK_ENDS = (w("del"), w("moveFrom"))
_AUTHOR = w("author")
_STRUCK = "struck"  # our attribute on a paragraph that is gone as a whole: the author of the change
_RUN, _RUN_PROPERTIES = w("r"), w("rPr")
_NO_CONTENT = {_RUN_PROPERTIES, w("lastRenderedPageBreak"), w("commentReference")}


def struck_by(paragraph: Node) -> str | None:
    author: str | None = paragraph.get(_STRUCK)
    return author


def deleted_row(row: Node) -> str | None:
    """The author of the change that struck out a row of a table."""
    properties = row.find(w("trPr"))
    change = None if properties is None else properties.find(w("del"))
    return None if change is None else change.get(_AUTHOR, "")


def settle_deleted_marks(body: Node, *, keep_empty: bool) -> None:
    """A paragraph of which nothing is left is gone as a whole; one whose end alone is struck out goes on in the next.

    Words stand between the two only where some stood before: what was struck out from the middle of a paragraph to the
    middle of a later one are words cut inside one paragraph. `keep_empty`: empty paragraphs count as such; else one
    that has lost all its words is gone too.
    """
    joining: list[Node] = []
    chain = None  # the paragraph that goes on in the one after it
    emptied = None  # the last one looked at that keeps its end
    for mark in body.iter(*_MARK_ENDS):
        paragraph = _ended_by(mark)
        if paragraph is None:
            for inside in mark.iter(w("p")):  # it stands around whole paragraphs
                inside.set(_STRUCK, mark.get(_AUTHOR, ""))
            around = mark.getparent()
            if not keep_empty and around is not emptied and around.tag == w("p") and around not in joining[-1:]:
                emptied = around
                if (chain is None or around.getprevious() is not chain) and _has_lost_all(around):
                    around.set(_STRUCK, mark.get(_AUTHOR, ""))
            continue
        goes_on = chain is not None and paragraph.getprevious() is chain
        if not goes_on and not _has_live_content(paragraph) and (keep_empty or _has_content(paragraph)):
            paragraph.set(_STRUCK, mark.get(_AUTHOR, ""))
            chain = None
            continue
        joining.append(paragraph)
        chain = paragraph if goes_on or _has_live_content(paragraph) else None
    for paragraph in reversed(joining):  # from the last to the first, so that no words are moved twice
        _join_with_next(paragraph)


def _has_lost_all(paragraph: Node) -> bool:
    return paragraph.get(_STRUCK) is None and not _has_live_content(paragraph) and _has_content(paragraph)


def _ended_by(mark: Node) -> Node | None:
    """The paragraph whose end this change struck out."""
    run_properties = mark.getparent()
    properties = run_properties.getparent()
    if run_properties.tag != _RUN_PROPERTIES or properties is None or properties.tag != w("pPr"):
        return None
    if properties.find(w("sectPr")) is not None:
        return None
    return properties.getparent()


def _has_live_content(paragraph: Node) -> bool:
    return any(_holds(run) and not _is_deleted(run, paragraph) for run in paragraph.iter(_RUN))


def _has_content(paragraph: Node) -> bool:
    return any(map(_holds, paragraph.iter(_RUN)))


def _holds(run: Node) -> bool:
    return any(child.tag not in _NO_CONTENT for child in run)


def _is_deleted(run: Node, paragraph: Node) -> bool:
    node = run.getparent()
    while node is not None and node is not paragraph:
        if node.tag in _MARK_ENDS:
            return True
        node = node.getparent()
    return False


def _join_with_next(paragraph: Node) -> None:
    """The style is that of the words."""
    properties = paragraph.find(w("pPr"))
    below = paragraph.getnext()
    if below is None or below.tag != w("p"):
        return
    theirs = next(iter(below), None)  # `find` and `len` look at all that follows too
    theirs = theirs if theirs is not None and theirs.tag == w("pPr") else None
    if theirs is not None:
        below.remove(theirs)
    if not any(True for node in paragraph.iter(w("t")) if node.text):
        paragraph.remove(properties)
        if theirs is not None:
            paragraph.insert(0, theirs)
    elif theirs is not None and theirs.find(w("sectPr")) is not None:
        properties.append(theirs.find(w("sectPr")))
    if len(paragraph) and paragraph[-1].tag in _MARK_ENDS and len(below) and below[0].tag in _MARK_ENDS:
        paragraph.append(_deleted_line_end(paragraph[-1]))
    for node in list(paragraph)[::-1]:
        below.insert(0, node)
    paragraph.getparent().remove(paragraph)


def _deleted_line_end(change: Node) -> Node:
    """What parts the words of two paragraphs that were struck out together."""
    line_end = change.makeelement(w("del"), {_AUTHOR: change.get(_AUTHOR, "")})
    line_end.append(line_end.makeelement(_RUN))
    line_end[0].append(line_end.makeelement(w("br")))
    return line_end
