"""The catalogue of a project, RDF in XML: which scripts there are and in what order, scene cards, what is tagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from converter.notation.colors import NAMED_COLORS
from converter.records import dataclass, field
from converter.safe.xml import parse

if TYPE_CHECKING:
    from lxml import etree

    from converter.contract import Limits

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SCRIPTS = frozenset({"ScriptDocument", "TheatreDocument", "RadioDocument", "AVDocument", "ComicDocument"})


class Script(NamedTuple):
    title: str
    file: str
    scratch_pad: str | None
    kind: str = "ScriptDocument"


class Card(NamedTuple):
    """What the card of a scene says."""

    synopsis: str | None
    color: str | None
    comments: str | None
    lost: tuple[str, ...]  # names of what no heading can have


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    scripts: tuple[Script, ...] = ()
    cards: Mapping[str, Card] = field(default_factory=dict)  # by the id of the scene's heading
    titles: Mapping[str, str] = field(default_factory=dict)  # of resources by their addresses
    others: Mapping[str, int] = field(default_factory=dict)  # documents of other kinds


def read_catalogue(data: bytes, limits: Limits) -> Catalogue:
    """FormatError where the XML is damaged."""
    root = parse(data, limits)
    documents: dict[str, Script] = {}
    cards: dict[str, Card] = {}
    titles: dict[str, str] = {}
    others: Counter[str] = Counter()
    for element in root:
        said = _said(element)
        address = element.get(f"{_RDF}about", "")
        title = said.get("title", "")
        if title:
            titles[address] = title
        if said.get("sceneid"):
            cards.setdefault(said["sceneid"], _card(said))
        kind = _kind(element)
        if kind in _SCRIPTS and said.get("localFile"):
            documents.setdefault(address, Script(title, said["localFile"], said.get("auxFile"), kind))
        elif kind:
            others[kind] += 1
    return Catalogue(scripts=_in_order(root, documents), cards=cards, titles=titles, others=others)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _said(element: etree._Element) -> dict[str, str]:
    """What is said of a resource: in attributes or in elements of the same names."""
    said = {_local(str(name)): str(value) for name, value in element.items()}
    for child in element:
        if child.text and child.text.strip():
            said.setdefault(_local(child.tag), child.text)
    return said


def _kind(element: etree._Element) -> str:
    """`ScriptDocument` and its like; "" for what is no document."""
    if _local(element.tag) != "Document":
        return ""
    kinds = (child.get(f"{_RDF}resource", "") for child in element if _local(child.tag) == "doctype")
    return next(kinds, "").rpartition("/")[2]


def _in_order(root: etree._Element, documents: Mapping[str, Script]) -> tuple[Script, ...]:
    """As the project lists them, then the others as they stand in the catalogue; each file once."""
    listed = [documents[address] for address in _components(root) if address in documents]
    return tuple({one.file: one for one in (*listed, *documents.values())}.values())


def _components(root: etree._Element) -> Iterable[str]:
    """The addresses in the project's list, and in the lists in it, each once."""
    lists = {one.get(f"{_RDF}about", ""): one for one in root.iterfind(f"{_RDF}Seq")}
    waiting = [child.get(f"{_RDF}resource", "") for child in root.iterfind("{*}Project/{*}components")][::-1]
    found: dict[str, None] = {}
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found[address] = None
        if address in lists:
            waiting.extend([one.get(f"{_RDF}resource", "") for one in lists[address].iterfind(f"{_RDF}li")][::-1])
    return found


_LOST = {
    "alttitle": "another title",
    "tags": "plot lines",
    "eighths": "eighths",
    "scriptday": "the script day",
}


def _card(said: Mapping[str, str]) -> Card:
    color = said.get("colour", "").strip()
    return Card(
        synopsis=said.get("description") or None,
        color=NAMED_COLORS.get(color.lower(), color if color.startswith("#") and len(color) == 7 else None),
        comments=said.get("comments") or None,
        lost=tuple(name for key, name in _LOST.items() if said.get(key, "").strip()),
    )
