"""Final Draft's FDX into a screenplay: every Version from Final Draft 8 to 13, and what other programs write.

The file itself stays with the tree as its origin, so that the FDX writer can copy what nobody changed. What the tree
has no place for is named by an Opaque.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.normal import known_normal, normal
from converter.notation.fdx import digest
from converter.notation.fdx.listed import read_style_table
from converter.notation.fdx.source import without_junk, working_text
from converter.notation.fdx.styles import own_styles
from converter.notation.fdx.unread import opaques
from converter.readers.fdx.body import read_body
from converter.readers.fdx.context import Context
from converter.readers.fdx.loose import report_controls, report_unread, settle
from converter.readers.fdx.notes import read_anchors
from converter.readers.fdx.setup import (
    read_page_setup,
    read_revisions,
    read_tags,
    silent_names,
)
from converter.readers.fdx.title import read_title_page
from converter.records import dataclass, replace
from converter.safe.decode import decode
from converter.safe.xml import parse, parse_plain, parse_repaired
from converter.tree import Origin, Position, Screenplay

if TYPE_CHECKING:
    from lxml import etree

_OLD_FINAL_DRAFT = b"\xfd\xfd\xfd\xfd"  # .fdr and .fcf of Final Draft 5 to 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: an FDX file says what it is."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    if source.data.startswith(_OLD_FINAL_DRAFT):
        raise FormatError(
            "this is a script of Final Draft 7 or older; open it in Final Draft 8 or later, or in the free Final Draft"
            " Reader, and save it as .fdx"
        )
    data, has_words_before = without_junk(source.data)
    root, whole = _parsed(data, report, limits)
    if has_words_before:
        what = "There is text before the beginning of this script; it was passed over."
        report(Diagnostic(Kind.WARNING, "fdx.text-before-script", what, Position(line=1)))
    context = Context(digest(data), report, limits)
    screenplay = _screenplay(root, context)
    report_controls(data, root, context)
    if not whole or context.flattened:
        return screenplay
    origin = Origin(format="fdx", data=data, spans=(), screenplay=screenplay)
    return known_normal(replace(screenplay, origin=origin))


READER = Reader("fdx", (), Options, read)


def _screenplay(root: etree._Element, context: Context) -> Screenplay:
    table = read_style_table(root)
    silent = silent_names(root)
    contents = root.findall("Content")
    if not contents:
        context.warn("fdx.no-content", "This file has no script in it: the part called Content is missing.")
    content = contents[0] if contents else root.makeelement("Content", {})
    usual = settle(root, contents, context)
    anchors = read_anchors(root, content)
    body, unusual = read_body(content, root, table, anchors, context)
    title_page = read_title_page(root)
    screenplay = normal(
        Screenplay(
            title_page=title_page,
            body=body,
            page_setup=read_page_setup(root, silent),
            styles=own_styles(table),
            revisions=read_revisions(root, silent),
            tags=read_tags(root),
            opaque=opaques(root, context.source, table, unusual),
        )
    )
    if not usual:
        report_unread(root, screenplay, context)
    return screenplay


def _parsed(data: bytes, report: Report, limits: Limits) -> tuple[etree._Element, bool]:
    """The root, and whether the file was sound enough to be copied from."""
    working = working_text(data)
    if working is not None:
        plain = parse_plain(working.data, limits)
        if plain is not None and plain.tag == "FinalDraft":
            return plain, True
        try:
            root = parse(working.data, limits, encoding="utf-8")
        except FormatError as error:
            if not error.message.startswith("this XML is damaged"):
                raise
            damage = error
        else:
            return _checked(root), ":" not in root.tag and root.prefix is None
    else:
        damage = FormatError("its text is not in the encoding that it names")
    return _checked(_repaired(data, damage, report, limits)), False


def _repaired(data: bytes, damage: FormatError, report: Report, limits: Limits) -> etree._Element:
    text = decode(data, report, limits)
    start = re.search(r"<\?xml|<(?:\w{1,30}:)?FinalDraft", text)
    if start is None:
        raise damage
    root = parse_repaired(text[start.start() :].encode("utf-8"), limits)
    found = sum(1 for _ in root.iter("{*}Paragraph", "Paragraph"))
    reason = damage.message.removeprefix("this XML is damaged: ")
    where = f" ({damage.where})" if damage.where else ""
    message = f"This file is damaged: {reason}{where}. It was repaired as far as it goes, with {found:,} paragraphs."
    report(Diagnostic(Kind.WARNING, "fdx.repaired-xml", message))
    return root


def _checked(root: etree._Element) -> etree._Element:
    """The root of a script, with its elements freed from a namespace that a program may have put on them."""
    if "}" in root.tag:
        from lxml import etree

        for element in root.iter("{*}*"):
            element.tag = etree.QName(element).localname
    if root.tag != "FinalDraft":
        raise FormatError(f"this XML is not a Final Draft script: it begins with {root.tag[:40]!r}, not 'FinalDraft'")
    return root
