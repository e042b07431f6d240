"""The only code that makes XML parsers: for files from strangers, so without entities, network or document types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from converter.contract import FormatError, LimitError, Limits
from converter.records import dataclass, field
from converter.safe.clean import clean

if TYPE_CHECKING:
    from lxml import etree

_RESOURCE_LIMIT = 114  # XML_ERR_RESOURCE_LIMIT of libxml2: 256 elements deep, or 10 MB in one text or attribute
_LONG = 9_000_000  # bytes that cannot hold a text over libxml2's limit
_GZIP = b"\x1f\x8b"
_DOCTYPE = "this XML has a document type, which no script needs; open and save it in the program that made it"


def parse(data: bytes, limits: Limits, *, name: str = "", encoding: str | None = None) -> etree._Element:
    """The root element. FormatError where the data is not well-formed, is compressed or has a document type.

    `name` says in messages which part of a container this is; `encoding` overrules what the data declares.
    """
    root, _ = _parsed(data, limits, name, encoding, recover=False)
    return root


def parse_plain(data: bytes, limits: Limits) -> etree._Element | None:
    """What `parse` would return for UTF-8 data, in a third of the time that lxml takes to load; None to ask `parse`.

    The elements are ElementTree's: tags, attributes, texts, paths and order as lxml has them, but no way to a parent
    or a neighbour. What is damaged, long, deep or declares anything is left to `parse`, which knows what to say of it.
    """
    if b"<!" in data or len(data) > _LONG or _has_long_tag(data, limits.xml_attributes):
        return None
    _check_count(data, limits)
    from xml.etree.ElementTree import ParseError, XMLParser

    parser = XMLParser(encoding="utf-8")
    try:
        parser.feed(data)
        root = parser.close()
    except (ParseError, ValueError):
        return None
    return cast(Any, root) if _depth(root, limits.xml_depth) <= limits.xml_depth else None


def _depth(root: Iterable[Any], most: int) -> int:
    """How many elements lie in each other at the deepest place, counted to one more than `most`."""
    depth, level = 1, [*root]
    while level and depth <= most:
        depth += 1
        level = [child for element in level for child in element]
    return depth


def parse_repaired(data: bytes, limits: Limits) -> etree._Element:
    """The root of UTF-8 data that `parse` refused, with as much of its text as can be saved. FormatError if none."""
    root, errors = _parsed(_mended(data), limits, "", "utf-8", recover=True)
    # The recovering parser stops at its limits without a word.
    if any(error.type == _RESOURCE_LIMIT for error in errors):
        raise _too_much(limits)
    return root


def parse_html(data: bytes, limits: Limits, *, encoding: str = "utf-8") -> etree._Element:
    """The root of a page of HTML, whatever is wrong with it. Nothing is fetched, scripts are elements like others."""
    from lxml import etree

    _check_count(data, limits)
    _check_page_tags(data, limits)
    parser = etree.HTMLParser(
        encoding=encoding,
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    found: Any = etree.fromstring(data, parser) if data.strip() else None
    if any(error.type == _RESOURCE_LIMIT for error in parser.error_log):
        raise _too_much(limits, "web page")
    root: etree._Element = etree.Element("html") if found is None else found
    _check_depth(root, limits)
    return root


def _parsed(
    data: bytes, limits: Limits, name: str, encoding: str | None, *, recover: bool
) -> tuple[etree._Element, etree._ListErrorLog]:
    from lxml import etree

    if data.startswith(_GZIP):
        raise FormatError("this is compressed; unpack it first", where=name or None)
    _check_count(data, limits)
    parser = _parser(encoding, recover)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _refusal(error, data, limits, name) from None
    except (ValueError, LookupError):  # an encoding that nobody knows
        raise FormatError("this is not XML", where=name or None) from None
    if root is None:  # only where it recovers, which is never done inside a container
        raise FormatError("this is not XML")
    if _has_doctype(root):
        raise FormatError(_DOCTYPE, where=name or None)
    if recover or _has_long_tag(data, limits.xml_attributes):
        _check_attributes(root, limits)
    if limits.xml_depth < 256:
        _check_depth(root, limits)
    return root, parser.error_log


def _parser(encoding: str | None, recover: bool) -> etree.XMLParser:
    from lxml import etree

    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=recover,
        decompress=False,  # type: ignore[call-arg]  # the stubs are older
        remove_comments=True,
        remove_pis=True,
    )


def _has_doctype(root: etree._Element) -> bool:
    docinfo: Any = root.getroottree().docinfo
    return bool(docinfo.doctype)


def _refusal(error: etree.XMLSyntaxError, data: bytes, limits: Limits, name: str) -> FormatError | LimitError:
    if error.code == _RESOURCE_LIMIT:  # type: ignore[attr-defined]  # the stubs lack it
        return _too_much(limits)
    if error.msg == "unknown error":  # what lxml says where libxml2 had no memory to say more
        raise MemoryError
    if b"<!DOCTYPE" in data:
        return FormatError(_DOCTYPE, where=name or None)
    line = (error.position or (0, 0))[0]
    what = clean((error.msg or "").partition(", line ")[0].strip(), 200)
    places = [place for place in (name, f"line {line}" if line else "") if place]
    return FormatError(f"this XML is damaged: {what}", where=", ".join(places) or None)


def _too_much(limits: Limits, what: str = "XML") -> LimitError:
    most = min(256, limits.xml_depth)
    message = f"this {what} is more than {most} elements deep, or one of its texts is over 10 MB long"
    return LimitError(f"{message}; the XML library allows no more")


def _check_count(data: bytes, limits: Limits) -> None:
    """Before the parser makes an object of each. Comments count too; UTF-16 has a NUL between the two letters."""
    tags = data.count(b"<")
    if tags > limits.xml_elements and tags - data.count(b"</") - data.count(b"<\0/") > limits.xml_elements:
        raise limits.passed("xml_elements", "there are too many XML elements")


def _has_long_tag(data: bytes, attributes: int) -> bool:
    """Could a tag hold more than so many? Each takes five bytes (` a=""`), and no tag holds a `<`."""
    return re.search(rb"<[^<]{%d}" % min(5 * attributes, 1_000_000), data) is not None


# As the parser finds them: a quote counts only after an equals sign, and what is in one may be a < or a >. Comments,
# scripts and styles hold no tags, whatever stands in them.
_PAGE_TAG = re.compile(
    rb"""
    <!-- (?: .*?--> | .*+ )
    | (?P<tag> < (?P<raw> (?:script|style) (?=[\s/>]) )?+ (?(raw)|[a-z])
        (?: [^>=]++ | =\s*+ (?: "[^"]*+" | '[^']*+' )?+ )*+ )
      (?(raw) >?+ (?: .*? </(?:script|style) | .*+ ) )
    """,
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_VALUE = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)""")
_ATTRIBUTE = re.compile(rb"[\s/][^\s/=]")


def _check_page_tags(data: bytes, limits: Limits) -> None:
    """Before the parser compares each attribute with all before it, where no deadline reaches."""
    for found in _PAGE_TAG.finditer(data):
        tag = found["tag"] or b""
        if len(tag) <= 2 * limits.xml_attributes:  # the shortest take two bytes
            continue
        names = _VALUE.sub(b" ", tag)
        if sum(1 for _ in _ATTRIBUTE.finditer(names)) > limits.xml_attributes:
            raise limits.passed("xml_attributes", "an element of this web page has too many attributes")


def _check_attributes(root: etree._Element, limits: Limits) -> None:
    """Their number costs nothing to ask, but lxml walks from the first for each of them that it lists."""
    if any(len(element.attrib) > limits.xml_attributes for element in root.iter("*")):
        raise limits.passed("xml_attributes", "an element of this XML has too many attributes")


def _check_depth(root: etree._Element, limits: Limits) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.xml_depth:
            raise limits.passed("xml_depth", "this XML is nested too deeply")


# ---------------------------------------------------------------- what a recovering parser would drop

# A bare ampersand costs the recovering parser the word behind it, and a bare < the rest of the text.
_BARE = (
    rb"& (?! (?: amp | lt | gt | quot | apos ) ; )"
    rb" (?: \# (?P<number> [0-9]{1,7} | x[0-9A-Fa-f]{1,6} ) ; | (?P<name> [A-Za-z][A-Za-z0-9]{0,31} ; ) )?"
    rb" | < (?P<cut_off> [A-Za-z_/] [^<>]* \Z )?"  # a tag that the end of the file cut off
    rb" (?! [A-Za-z_/!?] [^<>]* > )"
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")


def _mended(data: bytes) -> bytes:
    return re.sub(_BARE, _escaped, data.translate(None, _CONTROLS), flags=re.VERBOSE)


def _escaped(found: re.Match[bytes]) -> bytes:
    number, name = found["number"], found["name"]
    if found["cut_off"]:
        return b""
    if number is not None:
        code = int(number[1:], 16) if number[:1] == b"x" else int(number)
        legal = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
        return found[0] if legal else b""
    if name is not None:
        from html.entities import html5  # as rarely needed as slow to load

        if name.decode() not in html5:
            return found[0].replace(b"&", b"&amp;")
        return html5[name.decode()].encode("ascii", "xmlcharrefreplace")
    return found[0].replace(b"&", b"&amp;").replace(b"<", b"&lt;")


# ---------------------------------------------------------------- where things stand

_TAG_END = rb"""(?: [^"'>]++ | "[^"]*+" | '[^']*+' )*+ >"""


@dataclass(slots=True)
class Span:
    """An element's place in the bytes: from `start` at its < to `end` behind its last >.

    `inner` and `close` are where its content begins and ends. An empty tag has no content: inner == close == end.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list[Span] = field(default_factory=list)

    def child(self, tag: str) -> Span | None:
        return next((one for one in self.children if one.tag == tag), None)

    def each(self, tag: str) -> list[Span]:
        return [one for one in self.children if one.tag == tag]

    def descendants(self) -> Iterator[Span]:
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))


def spans(data: bytes) -> Span:
    """The byte span of every element of UTF-8 data that passed `parse`, as a tree."""
    from xml.parsers import expat  # only where a file is edited in its bytes

    parser = expat.ParserCreate("utf-8")
    tag_end = re.compile(_TAG_END, re.VERBOSE)
    root = Span("", {}, 0, 0)
    stack = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        place = parser.CurrentByteIndex
        found = tag_end.match(data, place)
        inner = found.end() if found else place
        span = Span(tag, attributes, place, inner)
        stack[-1].children.append(span)
        stack.append(span)

    def end(tag: str) -> None:
        span = stack.pop()
        # For an empty tag expat says where it ends, else where its end tag begins.
        if data[span.inner - 2 : span.inner] == b"/>":
            span.close = span.end = span.inner
        else:
            span.close = parser.CurrentByteIndex
            span.end = data.index(b">", span.close) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return root.children[0]
