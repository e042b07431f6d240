"""The title page, which is in the head of a script's HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from converter.tree import Run, Text, TitleField, TitlePage

if TYPE_CHECKING:
    from lxml import etree

_DEFAULT_TITLES = frozenset({"", "screenplay", "untitled"})
_FIELDS = (
    ("Credit", "CX.byline"),
    ("Author", "Author"),
    ("Source", "DC.source"),
    ("Copyright", "DC.rights"),
    ("Contact", "CX.contact"),
)
_OWN_TITLES = ("CX.sceneTitle", "CX.timeTitle")  # plays: the name of the field and what it says
_DEFAULT_CAST_TITLE = "Cast of Characters"


def read_title_page(root: etree._Element) -> TitlePage | None:
    said: dict[str, str] = {}
    cast: list[str] = []
    own: list[TitleField] = []
    for meta in root.iter("meta"):
        name, content, description = meta.get("name", ""), meta.get("content", ""), meta.get("description", "")
        if name == "CX.castItem" and (content or description):
            cast.append(", ".join(filter(None, (description, content))))
        elif name in _OWN_TITLES and description:
            own.append(TitleField(name=content or "Scene", lines=tuple(_lines(description))))
        elif name:
            said.setdefault(name, content)
    title = " ".join((root.findtext("head/title") or "").split())
    fields = [] if title.lower() in _DEFAULT_TITLES else [TitleField(name="Title", lines=((Run(text=title),),))]
    for field_name, name in _FIELDS:
        lines = tuple(_lines(said.get(name, "")))
        if lines and (field_name != "Credit" or said.get("Author", "").strip()):
            fields.append(TitleField(name=field_name, lines=lines))
    if cast:
        name = said.get("CX.castTitle") or _DEFAULT_CAST_TITLE
        fields.append(TitleField(name=name, lines=tuple((Run(text=line),) for line in cast)))
    fields.extend(own)
    return TitlePage(fields=tuple(fields)) if fields else None


def _lines(said: str) -> Iterator[Text]:
    lines = [" ".join(line.split()) for line in said.replace("\r", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        del lines[0]
    for line in lines:
        yield (Run(text=line),) if line else ()
