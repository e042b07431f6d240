"""A PDF through pypdf: its pages as segments of text, its labels and bookmarks. The only code that meets pypdf.

Runs in a process of its own (converter.readers.pdf.child) unless the caller wants otherwise.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

import pypdf
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from converter.contract import ConverterError, EncryptedError, FormatError, LimitError, Limits
from converter.readers.pdf.content import IDENTITY, Form, Interpreter, Matrix, Resources, times
from converter.readers.pdf.fonts import Font, entry
from converter.readers.pdf.rows import Segment, segments
from converter.readers.pdf.streams import is_whole


class Sheet(NamedTuple):
    """A page: size in points, its printed label as the file has it, its text."""

    width: float
    height: float
    label: str
    segments: list[Segment]
    slanted: list[str]
    is_broken: bool


class Document(NamedTuple):
    sheets: list[Sheet]
    outline: list[str]  # the words of its bookmarks
    pitch: float  # points from one character to the next in most of the text


def extract(data: bytes, limits: Limits) -> Document:
    """Everything that a PDF says in words. Raises ConverterError and nothing else."""
    try:
        with pypdf.apply_configuration(_configuration(limits)):
            return _extract(data, limits)
    except ConverterError:
        raise
    except FileNotDecryptedError as error:
        raise _encrypted() from error
    except LimitReachedError as error:
        message = f"this PDF holds more than can be read at a time ({str(error).rstrip('.')})"
        flags = "--limit pdf-stream-bytes=N and --limit pdf-pages=N allow more of some things"
        raise LimitError(f"{message}; {flags}") from error
    except (MemoryError, RecursionError) as error:
        raise LimitError("this PDF is built so deep or so large that it cannot be read") from error
    except _DAMAGE as error:
        raise FormatError(f"this PDF is damaged and cannot be read: {error}") from error


def _configuration(limits: Limits) -> pypdf.Configuration:
    most = limits.pdf_stream_bytes
    return pypdf.Configuration(
        zlib_maximum_output_length=most,
        lzw_maximum_output_length=most,
        run_length_maximum_output_length=most,
        array_based_stream_maximum_output_length=most,
        page_tree_maximum_entries=2 * limits.pdf_pages,  # its inner nodes count too
        jbig2dec_binary=None,
    )


def _encrypted() -> EncryptedError:
    return EncryptedError("this PDF needs a password; save it without one and try again")


def _extract(data: bytes, limits: Limits) -> Document:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted()
    pages = reader.pages
    if len(pages) > limits.pdf_pages:
        raise limits.passed("pdf_pages", "this PDF has too many pages")
    sheets = list(_sheets(reader, limits))
    return Document(sheets, _outline(reader), _usual_pitch(sheets))


def _sheets(reader: pypdf.PdfReader, limits: Limits) -> Iterator[Sheet]:
    deadline = limits.deadline()
    fonts: dict[object, Font | None] = {}
    labels = _labels(reader)
    characters = 0
    for number, page in enumerate(reader.pages):
        deadline.check()
        label = labels[number] if number < len(labels) else ""
        try:
            sheet = _sheet(page, label, fonts, limits)
        except (ConverterError, LimitReachedError, FileNotDecryptedError):
            raise
        except _DAMAGE:
            sheet = Sheet(612.0, 792.0, label, [], [], is_broken=True)
        characters += sum(len(text) for segment in sheet.segments for text, _ in segment.runs)
        if characters > limits.text_characters:
            raise limits.passed("text_characters", "this PDF holds too much text")
        yield sheet


# What pypdf and strangers' objects of the wrong kind raise.
_DAMAGE = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    AssertionError,
    OSError,
)


def _sheet(page: pypdf.PageObject, label: str, fonts: dict[object, Font | None], limits: Limits) -> Sheet:
    width, height, matrix = _paper(page)
    interpreter = Interpreter(matrix, _resources(entry(page, "/Resources"), fonts), limits)
    contents = page.get_contents()
    if contents is not None:
        interpreter.run(contents.get_data())
    is_broken = interpreter.is_broken or not _is_page_whole(page, limits)
    found = segments(interpreter.letters, interpreter.rules)
    return Sheet(width, height, label, found, interpreter.slanted, is_broken)


def _is_page_whole(page: pypdf.PageObject, limits: Limits) -> bool:
    """Do its contents unpack? Its drawings and fonts are looked at where they are used."""
    contents = entry(page, "/Contents")
    streams = list(contents) if isinstance(contents, ArrayObject) else [contents]
    return all(
        is_whole(one.get_object() if isinstance(one, IndirectObject) else one, limits.pdf_stream_bytes)
        for one in streams
    )


def _labels(reader: pypdf.PdfReader) -> list[str]:
    """Page labels as the file names them; none where it does not."""
    if "/PageLabels" not in reader.root_object:
        return []
    try:
        return [str(label) for label in reader.page_labels]
    except _DAMAGE:
        return []


# ---------------------------------------------------------------- pages


def _paper(page: pypdf.PageObject) -> tuple[float, float, Matrix]:
    """Width and height as seen, and what turns the page's own coordinates into points from the top left corner."""
    box = page.cropbox
    left, right = sorted((float(box.left), float(box.right)))
    bottom, top = sorted((float(box.bottom), float(box.top)))
    width, height = right - left, top - bottom
    matrix = times((1.0, 0.0, 0.0, 1.0, -left, -bottom), (1.0, 0.0, 0.0, -1.0, 0.0, height))
    match page.rotation % 360:
        case 90:
            matrix, width, height = times(matrix, (0.0, 1.0, -1.0, 0.0, height, 0.0)), height, width
        case 180:
            matrix = times(matrix, (-1.0, 0.0, 0.0, -1.0, width, height))
        case 270:
            matrix, width, height = times(matrix, (0.0, -1.0, 1.0, 0.0, 0.0, width)), height, width
        case _:
            pass
    unit = float(page.user_unit)
    return width * unit, height * unit, times(matrix, (unit, 0.0, 0.0, unit, 0.0, 0.0))


def _resources(dictionary: Any, fonts: dict[object, Font | None]) -> Resources:
    if not isinstance(dictionary, DictionaryObject):
        dictionary = DictionaryObject()

    def font(name: str) -> Font | None:
        return _font(entry(dictionary, "/Font"), name, fonts)

    def form(name: str) -> Form | None:
        return _form(entry(dictionary, "/XObject"), name, dictionary, fonts)

    return Resources(font, form)


def _font(named: Any, name: str, fonts: dict[object, Font | None]) -> Font | None:
    if not isinstance(named, DictionaryObject):
        return None
    key = _key(named, name)
    if key not in fonts:
        font = entry(named, name)
        try:
            fonts[key] = Font(font) if isinstance(font, DictionaryObject) else None
        except ConverterError:
            raise
        except _DAMAGE:
            fonts[key] = None
    return fonts[key]


def _key(named: DictionaryObject, name: str) -> object:
    """The same for one object wherever it is used."""
    value = named.get(name)
    return (value.idnum, value.generation) if isinstance(value, IndirectObject) else (id(named), name)


def _form(named: Any, name: str, around: DictionaryObject, fonts: dict[object, Font | None]) -> Form | None:
    if not isinstance(named, DictionaryObject):
        return None
    stream = entry(named, name)
    if not isinstance(stream, StreamObject) or entry(stream, "/Subtype") != "/Form":
        return None
    matrix = entry(stream, "/Matrix")
    own = entry(stream, "/Resources")
    return Form(
        _key(named, name),
        stream.get_data,
        lambda: is_whole(stream, pypdf.get_configuration().zlib_maximum_output_length),
        _matrix(matrix) if isinstance(matrix, ArrayObject) and len(matrix) == 6 else IDENTITY,
        _resources(own if isinstance(own, DictionaryObject) else around, fonts),
    )


def _matrix(numbers: ArrayObject) -> Matrix:
    a, b, c, d, e, f = (float(one.get_object()) for one in numbers)
    return (a, b, c, d, e, f)


# ---------------------------------------------------------------- around the pages


_MOST_BOOKMARKS = 10_000


def _outline(reader: pypdf.PdfReader) -> list[str]:
    """The words of the bookmarks in order. A broken outline is none."""
    found: list[str] = []
    try:
        pending: list[Any] = list(reversed(reader.outline))
        while pending and len(found) < _MOST_BOOKMARKS:
            item = pending.pop()
            if isinstance(item, list):
                pending.extend(reversed(item))
            else:
                found.append(str(item.title)[:500])
    except (*_DAMAGE, RecursionError):
        return []
    return found


def _usual_pitch(sheets: list[Sheet]) -> float:
    """A fixed letter is 0.6 of its size wide; 7.2 for a document too short to tell."""
    found = [
        (segment.right - segment.left - 0.6 * segment.size) / (len(segment.text) - 1)
        for sheet in sheets
        for segment in sheet.segments
        if len(segment.text) > 9 and segment.text[:10].isascii()
    ]
    return round(median(found), 2) if found else 7.2
