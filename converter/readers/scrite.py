"""Scrite's documents (.scrite): a zip archive with the script as JSON in it.

The names were read in the program's source; no file of a writer was to be had. Whatever is missing is taken for empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    EncryptedError,
    FormatError,
    Kind,
    LimitError,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.normal import allowed, normal
from converter.notation.flat import Para, built, lines_of
from converter.notation.starc import Labels, paragraph
from converter.records import dataclass
from converter.safe.zip import open_zip
from converter.tree import (
    Action,
    Align,
    Character,
    Dialogue,
    Note,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Synopsis,
    TitleField,
    TitlePage,
    Transition,
)

_HEADER = "_header.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: the document says what it is."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    limits.deadline().check()
    if source.data.startswith(b"SCRITE"):
        raise FormatError("this is a document of an early Scrite; open it in Scrite, save it, and convert that file")
    archive = open_zip(source.data, limits)
    if archive.has("_header.json_encrypted") and not archive.has(_HEADER):
        raise EncryptedError("this Scrite document is protected; take the protection off in Scrite and save it")
    if not archive.has(_HEADER):
        raise FormatError(f"this is not a Scrite document: the part called {_HEADER} is missing")
    root = _parsed(archive.read(_HEADER))
    document = _Document(root, report, limits)
    document.read()
    if not document.paras:
        report(Diagnostic(Kind.WARNING, "scrite.no-paragraphs", "The script of this document has no words."))
    return normal(
        Screenplay(
            title_page=document.title_page(),
            body=(*document.about(), *built(document.paras), *document.notes),
            opaque=document.labels.opaques(),
        )
    )


READER = Reader("scrite", (), Options, read)


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except RecursionError:
        raise LimitError("this Scrite document is nested too deeply") from None
    except (ValueError, UnicodeDecodeError) as error:
        raise FormatError(f"this Scrite document is damaged: {error}", where=_HEADER) from None
    if not isinstance(found, dict):
        raise FormatError("this is not a Scrite document: it holds no object", where=_HEADER)
    return found


# ---------------------------------------------------------------- JSON that may be anything


def _object(value: Any, *path: str) -> Mapping[str, Any]:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> Sequence[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _words(value: Any) -> str:
    return allowed(value.replace("\r\n", "\n").replace("\r", "\n")).strip() if isinstance(value, str) else ""


# ---------------------------------------------------------------- the script

_KINDS: dict[str, Any] = {
    "action": Action,
    "character": Character,
    "dialogue": Dialogue,
    "parenthetical": Parenthetical,
    "shot": Shot,
    "transition": Transition,
}
_FIELDS = (
    ("title", "Title"),
    ("subtitle", "Title"),
    ("basedOn", "Source"),
    ("author", "Author"),
    ("version", "Draft date"),
    *((name, "Contact") for name in ("contact", "address", "phoneNumber", "email", "website")),
)
_ALIGN = {"center": Align.CENTER, "right": Align.RIGHT, "hcenter": Align.CENTER}


class _Document:
    def __init__(self, root: Mapping[str, Any], report: Report, limits: Limits):
        self._screenplay = _object(root, "screenplay")
        self._structure = _object(root, "structure")
        self._report, self._limits = report, limits
        self._deadline = limits.deadline()
        self._number = 0
        self.paras: list[Para] = []
        self.notes: list[Note] = []  # before the next paragraph, at last behind the script
        self.labels = Labels("scrite")

    def read(self) -> None:
        """The scenes in the order of the screenplay; scenes that stand in the structure alone are named."""
        scenes: dict[str, Mapping[str, Any]] = {}
        for element in _objects(self._structure.get("elements")):
            scene = _object(element, "scene")
            scenes[str(scene.get("id"))] = scene
        used = set()
        for element in _objects(self._screenplay.get("elements")):
            identity = str(element.get("sceneID"))
            if identity in scenes:
                used.add(identity)
                self._scene(scenes[identity], element)
            elif title := _words(element.get("breakTitle")):
                self._add(Section(text=lines_of(title), level=1))
        self.labels.add("scene outside the screenplay", len(scenes.keys() - used))
        self.labels.add("character", len(_objects(self._structure.get("characters"))))
        notes = self._structure.get("notes")
        self.labels.add("note of the notebook", len(_objects(_object(notes).get("notes") or notes)))

    def _scene(self, scene: Mapping[str, Any], element: Mapping[str, Any]) -> None:
        number = _words(element.get("userSceneNumber")) or None
        if element.get("omitted") is True:
            before, self.paras = self.paras, []
            self._paragraphs(scene, None)
            omitted, self.paras = built(self.paras), before
            self._add(SceneHeading(text=(Run(text="OMITTED"),), number=number, omitted=omitted))
            return
        place = len(self.paras)
        self._paragraphs(scene, number)
        if element.get("pageBreakBefore") is True and len(self.paras) > place:
            self.paras[place].new_page = True

    def _paragraphs(self, scene: Mapping[str, Any], number: str | None) -> None:
        heading = _object(scene, "heading")
        if heading.get("enabled") is not False and (said := _heading(heading)):
            color = _words(scene.get("color"))
            color = f"#{color[3:]}" if len(color) == 9 else color  # #AARRGGBB
            self._add(SceneHeading(text=lines_of(said), number=number, color=color if color.startswith("#") else None))
        if synopsis := _words(scene.get("synopsis")) or _words(scene.get("title")):
            self._add(Synopsis(text=lines_of(synopsis)))
        if comment := _words(scene.get("comments")):
            self.notes.append(Note(text=comment))
        self.labels.add("note of a scene", len(_objects(_object(scene, "notes").get("notes") or scene.get("notes"))))
        for one in _objects(scene.get("elements")):
            self._element(one)

    def _element(self, one: Mapping[str, Any]) -> None:
        name, said = _words(one.get("type")), _words(one.get("text"))
        if not said:
            return
        kind = _KINDS.get(name.lower())
        if kind is None:
            kind = Action
            message = f"A paragraph of the kind {name[:40]!r}, which is not known, became action."
            self._report(Diagnostic(Kind.GUESS, "scrite.unknown-kind", message, self._at()))
        align = _ALIGN.get(str(one.get("alignment")).lower()) if kind is Action else None
        self.labels.add("look of words", len(_objects(one.get("#textFormats"))))
        self._add(paragraph(kind, lines_of(said), align=align))

    def _at(self) -> Position:
        return Position(None, None, None, self._number, None)

    def _add(self, made: Any) -> None:
        self._number += 1
        if not self._number % 1000:
            self._deadline.check()
            if self._number > self._limits.paragraphs:
                raise self._limits.passed("paragraphs", "there are too many paragraphs in this script")
        self.paras.append(Para(paragraph=made, notes=tuple(self.notes)))
        self.notes = []

    # -------- around it

    def about(self) -> Iterator[Synopsis]:
        if logline := _words(self._screenplay.get("logline")):
            yield Synopsis(text=lines_of(logline))

    def title_page(self) -> TitlePage | None:
        fields: dict[str, list[Any]] = {}
        for name, field in _FIELDS:
            for line in _words(self._screenplay.get(name)).split("\n"):
                if line.strip():
                    fields.setdefault(field, []).append((Run(text=line.strip()),))
        if not fields:
            return None
        return TitlePage(fields=tuple(TitleField(name=name, lines=tuple(lines)) for name, lines in fields.items()))


def _heading(heading: Mapping[str, Any]) -> str:
    kind, place, moment = (_words(heading.get(name)) for name in ("locationType", "location", "moment"))
    begin = f"{kind}. {place}" if kind and not kind.endswith(".") else f"{kind} {place}"
    return " - ".join(one for one in (begin.strip(), moment) if one)
