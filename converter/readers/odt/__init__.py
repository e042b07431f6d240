"""OpenDocument text: what LibreOffice and its like save, read as Word is. docs/formats/odt.md has the rules."""

from __future__ import annotations

from converter.contract import (
    DEFAULT_LIMITS,
    EncryptedError,
    FormatError,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
    option,
)
from converter.readers.odt.document import Document
from converter.records import dataclass
from converter.recovery.documents.script import Found, screenplay_of
from converter.recovery.manner import MANNER_HELP, Manner
from converter.safe.xml import parse
from converter.safe.zip import open_zip
from converter.tree import Screenplay


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    manner: Manner = option("auto", MANNER_HELP)


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    limits.deadline().check()
    archive = open_zip(source.data, limits)
    if not archive.has("content.xml"):
        raise FormatError("this zip archive is not an OpenDocument text: it has no text part")
    if archive.has(_MANIFEST) and b"encryption-data" in archive.read(_MANIFEST):
        raise EncryptedError("this document needs a password; save it without one")
    content = parse(archive.read("content.xml"), limits, name="content.xml")
    styles = parse(archive.read("styles.xml"), limits, name="styles.xml") if archive.has("styles.xml") else None
    document = Document(content, styles, report, limits)
    found = Found(stuff=document.stuff(), revisions=document.revisions(), paper=document.paper())
    return screenplay_of(found, "odt", options.manner, report, limits)


_MANIFEST = "META-INF/manifest.xml"
READER = Reader("odt", (), Options, read)
