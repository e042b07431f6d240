"""Celtx's projects: a zip archive with a catalogue (`project.rdf`), and each script as a page of HTML.

Celtx for the desktop is gone. What is said here was measured on its files of 2008 to 2022 and read in its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    Limits,
    NoTextError,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.normal import normal
from converter.readers.celtx.catalogue import Catalogue, Script, read_catalogue
from converter.readers.celtx.script import ScriptReader
from converter.readers.celtx.title import read_title_page
from converter.records import dataclass
from converter.safe.xml import parse_html
from converter.safe.zip import open_zip
from converter.tree import Boneyard, Element, PageBreak, Run, Screenplay, Section, TitlePage

if TYPE_CHECKING:
    from converter.safe.zip import Archive

_CATALOGUE = "project.rdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: a project says what it is."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """NoTextError for a project without a script: a template, a novel."""
    limits.deadline().check()
    archive = open_zip(source.data, limits)
    catalogue = _catalogue(archive, report, limits)
    scripts = [one for one in catalogue.scripts if archive.has(one.file)]
    if not scripts:
        raise NoTextError(_without_script(catalogue))
    project = _Project(archive, catalogue, report, limits)
    for number, script in enumerate(scripts):
        project.add(script, parted=len(scripts) > 1, first=not number)
    _report_the_rest(archive, scripts, report)
    return project.screenplay()


READER = Reader("celtx", (), Options, read)


def _catalogue(archive: Archive, report: Report, limits: Limits) -> Catalogue:
    """What the project says of itself; where that cannot be read, the scripts are known by their names."""
    if archive.has(_CATALOGUE):
        try:
            return read_catalogue(archive.read(_CATALOGUE), limits)
        except FormatError:
            pass  # found by their names
    names = sorted(name for name in archive.names() if name.startswith("script-") and name.endswith(".html"))
    if names:
        message = "The catalogue of this project cannot be read; its scripts were found by their names."
        report(Diagnostic(Kind.WARNING, "celtx.no-catalogue", message))
    return Catalogue(scripts=tuple(Script("", name, None) for name in names))


def _without_script(catalogue: Catalogue) -> str:
    if catalogue.others.get("TextDocument"):
        return "this Celtx project holds no script, only texts of other kinds, such as a novel"
    return "this Celtx project holds no script; it may be a template"


class _Project:
    """The scripts of a project as one screenplay."""

    def __init__(self, archive: Archive, catalogue: Catalogue, report: Report, limits: Limits):
        self._archive, self._catalogue, self._report, self._limits = archive, catalogue, report, limits
        self._reader = ScriptReader(catalogue, report, limits)
        self._body: list[Element] = []
        self._put_aside: list[Boneyard] = []
        self._title_page: TitlePage | None = None

    def add(self, script: Script, *, parted: bool, first: bool) -> None:
        root = parse_html(self._archive.read(script.file), self._limits)
        if first:
            self._title_page = read_title_page(root)
        elif parted:
            self._body.append(PageBreak())
        if parted:
            title = script.title or script.file
            self._body.append(Section(text=(Run(text=title),)))
            message = f"This project holds several scripts; {title!r} stands under a section of its title."
            self._report(Diagnostic(Kind.GUESS, "celtx.several-scripts", message))
        self._body.extend(self._reader.read(root))
        if script.scratch_pad and self._archive.has(script.scratch_pad):
            words = self._reader.words(parse_html(self._archive.read(script.scratch_pad), self._limits))
            if words:
                self._put_aside.append(Boneyard(source=f"/*\n{words}\n*/"))

    def screenplay(self) -> Screenplay:
        body = (*self._body, *self._put_aside)
        return normal(Screenplay(title_page=self._title_page, body=body, tags=self._reader.tags()))


_KINDS = {
    "outline-": "texts",
    "storyboard": "storyboards",
    "schedule": "schedules",
    "sketch": "sketches",
}


def _report_the_rest(archive: Archive, scripts: list[Script], report: Report) -> None:
    read_names = {name for one in scripts for name in (one.file, one.scratch_pad)} | {_CATALOGUE, "local.rdf"}
    rest = [name for name in archive.names() if name not in read_names and not name.endswith("/")]
    if not rest:
        return
    kinds = dict.fromkeys(
        next((kind for start, kind in _KINDS.items() if name.startswith(start)), "pictures and other files")
        for name in rest
    )
    message = f"Of this project only its scripts were read; left out are {len(rest)} files: {', '.join(kinds)}."
    report(Diagnostic(Kind.LOSS, "celtx.not-read", message))
