"""What the laws share: the formats as the table has them, and what a tree prints."""

from __future__ import annotations

from typing import Any, NamedTuple

from converter.contract import DEFAULT_LIMITS, Diagnostic, Kind, Reader, Source, Writer, ignore
from converter.formats import FORMATS, reader_named, writer_named
from converter.notation.fountain.lines import BLANKS, SPACES
from converter.tree import (
    Inline,
    Paragraph,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Style,
    Synopsis,
    paragraphs,
    words,
)

READERS: tuple[Reader, ...] = tuple(reader_named(row.name, b"", ignore) for row in FORMATS if row.reader)
WRITERS: tuple[Writer, ...] = tuple(writer_named(row.name, ignore) for row in FORMATS if row.writer)


class Both(NamedTuple):
    """A format that is read and written, so that what is written comes back."""

    name: str
    reader: Reader
    writer: Writer
    options: tuple[tuple[str, str], ...] = ()

    def fit(self, screenplay: Screenplay) -> tuple[Screenplay, list[Diagnostic]]:
        said: list[Diagnostic] = []
        assert self.writer.fit
        return self.writer.fit(screenplay, self.writer.options(**dict(self.options)), said.append), said

    def written(self, screenplay: Screenplay) -> tuple[bytes, list[Diagnostic]]:
        return written(self.writer, screenplay, **dict(self.options))

    def write(self, screenplay: Screenplay) -> bytes:
        return self.written(screenplay)[0]

    def read(self, data: bytes) -> Screenplay:
        return read(self.reader, data)[0]


BOTH: tuple[Both, ...] = tuple(
    Both(writer.name, reader, writer)
    for writer in WRITERS
    for reader in READERS
    if reader.name == writer.name and writer.fit is not None
)


# With an option under which a format holds more: the laws are the same.
TRACKED: tuple[Both, ...] = tuple(
    form._replace(name="docx, tracked", options=(("changes", "tracked"),)) for form in BOTH if form.name == "docx"
)


def written(writer: Writer, screenplay: Screenplay, **options: Any) -> tuple[bytes, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return writer.write(screenplay, writer.options(**options), said.append, DEFAULT_LIMITS), said


def read(reader: Reader, data: bytes) -> tuple[Screenplay, list[Diagnostic]]:
    said: list[Diagnostic] = []
    source = Source(f"case{reader.suffixes[0]}", data)
    return reader.read(source, reader.options(), said.append, DEFAULT_LIMITS), said


def losses(said: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in said if one.kind is Kind.LOSS]


def printed_words(screenplay: Screenplay) -> list[str]:
    """The words of the script's pages in order; how blanks and lines divide them is another matter.

    In capitals, for the style of an element makes them too: words that lose the style ALL_CAPS in a heading, or get it
    with it, print as before.
    """
    shown = " ".join(map(_shown, paragraphs(screenplay.body))).upper()
    return shown.translate(_UNSEEN).split()


_UNSEEN = dict.fromkeys(map(ord, set(BLANKS) - set(SPACES)))  # characters without a width


def _shown(paragraph: Paragraph) -> str:
    seen = words(tuple(inline for inline in paragraph.text if not _is_hidden(inline)))
    match paragraph:
        case Section() | Synopsis():
            return ""
        case SceneHeading(omitted=tuple()) if not seen.strip():
            return "OMITTED"  # so the pages say
        case _:
            return seen


def _is_hidden(inline: Inline) -> bool:
    return isinstance(inline, Run) and Style.HIDDEN in inline.style
