"""A PDF through pypdf: its pages as segments of text, its labels and bookmarks. The only code that meets pypdf.

Runs in a process of its own (converter.readers.pdf.child) unless the caller wants otherwise.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from statistics import median
from typing import Any, NamedTuple

import pypdf
from pypdf.errors import DependencyError, DeprecationError, FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from converter.contract import ConverterError, EncryptedError, FormatError, Hint, LimitError, Limits
from converter.readers.pdf.annotations import Note, Overlay, annotation, laid_over
from converter.readers.pdf.content import (
    DOWN,
    IDENTITY,
    OVER,
    UP,
    Form,
    Interpreter,
    Matrix,
    Placed,
    Resources,
    Rule,
    times,
)
from converter.readers.pdf.fonts import Font, entry
from converter.readers.pdf.rows import Segment, segments
from converter.readers.pdf.sides import halves, hold_two
from converter.readers.pdf.streams import is_whole
from converter.readers.pdf.watermarks import SMALLEST, confirm, look_at, take_repeated, take_unlike
from converter.readers.pdf.work import Work
from converter.records import dataclass, field
from converter.safe.quiet import quiet


class Sheet(NamedTuple):
    """A page: size in points, its printed label as the file has it, its text."""

    width: float
    height: float
    label: str
    segments: list[Segment]
    watermarks: list[str]  # words that were taken out, since they lie across the page
    is_broken: bool
    notes: list[tuple[float, str, str]]  # how far down they lie, their words, their author
    unread: str  # words in letters too small to be seen


class Document(NamedTuple):
    sheets: list[Sheet]
    outline: list[str]  # the words of its bookmarks
    pitch: float  # points from one character to the next in most of the text


_MORE_OF_A_PDF = Hint(
    "Limits(pdf_stream_bytes=N, pdf_pages=N) allows more of some things",
    "--limit pdf-stream-bytes=N and --limit pdf-pages=N allow more of some things",
)


def extract(data: bytes, limits: Limits) -> Document:
    """Everything that a PDF says in words. Raises ConverterError and nothing else."""
    try:
        with pypdf.apply_configuration(_configuration(limits)), quiet("pypdf"):
            return _extract(data, limits)
    except ConverterError:
        raise
    except FileNotDecryptedError as error:
        raise _encrypted() from error
    except LimitReachedError as error:
        message = f"this PDF holds more than can be read at a time ({str(error).rstrip('.')})"
        raise LimitError(message, hint=_MORE_OF_A_PDF) from error
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
    sheets = list(_sheets(reader, limits, Work(limits, len(data))))
    return Document(sheets, _outline(reader), _usual_pitch(sheets))


_LOOKED_AT = 24  # pages that show what all have in common; of no more are all letters kept at a time


def _sheets(reader: pypdf.PdfReader, limits: Limits, work: Work) -> Iterator[Sheet]:
    drawn = _drawn_pages(reader, limits, work)
    first = list(islice(drawn, _LOOKED_AT))
    usual = look_at(first)
    for page in first:
        page.watermarks += take_unlike(page, usual)
    usual = confirm(first, usual)
    for page in first:
        page.watermarks += take_repeated(page, usual)
    is_double = hold_two(first)
    characters = 0
    for number, page in enumerate(chain(first, drawn)):
        if number >= len(first):
            page.watermarks += [*take_unlike(page, usual), *take_repeated(page, usual)]
        for sheet in _sheets_of(page, is_double=is_double):
            characters += sum(len(text) for segment in sheet.segments for text, _ in segment.runs)
            if characters > limits.text_characters:
                raise limits.passed("text_characters", "this PDF holds too much text")
            yield sheet
        page.letters = []


@dataclass(slots=True)
class _Page:
    """A page as it was drawn: letters and rules with their places, not yet lines."""

    width: float
    height: float
    label: str
    letters: list[Placed] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shades: list[float] = field(default_factory=list)
    marked: set[int] = field(default_factory=set)
    watermarks: list[str] = field(default_factory=list)
    is_broken: bool = False
    notes: list[Note] = field(default_factory=list)


def _drawn_pages(reader: pypdf.PdfReader, limits: Limits, work: Work) -> Iterator[_Page]:
    deadline = limits.deadline()
    fonts = _Fonts(work)
    labels = _labels(reader)
    for number, page in enumerate(reader.pages):
        deadline.check()
        label = labels[number] if number < len(labels) else ""
        try:
            yield _drawn(page, label, fonts, limits)
        except (ConverterError, LimitReachedError, FileNotDecryptedError):
            raise
        except _DAMAGE:
            yield _Page(612.0, 792.0, label, is_broken=True)


def _sheets_of(page: _Page, *, is_double: bool) -> Iterator[Sheet]:
    """The page, or each of the two that one sheet of paper holds."""
    unread = "".join(letter.text for letter in page.letters if letter.size <= SMALLEST).strip()
    sides = halves(page) if is_double else None
    if sides is None:
        notes = [(note.y, note.text, note.author) for note in page.notes]
        found = segments(page.letters, page.rules)
        yield Sheet(page.width, page.height, page.label, found, page.watermarks, page.is_broken, notes, unread)
        return
    for half in sides:
        letters = [half.letter(one) for one in page.letters if half.holds(one.x)]
        rules = [half.rule(one) for one in page.rules if half.holds((one.left + one.right) / 2)]
        notes = [(half.place(one.x, one.y)[1], one.text, one.author) for one in page.notes if half.holds(one.x)]
        found = segments(letters, rules)
        yield Sheet(half.width, half.height, "", found, page.watermarks, page.is_broken, notes, unread)
        page.watermarks, unread = [], ""  # told once


# What pypdf and strangers' objects of the wrong kind raise; NotImplementedError for filters and locks it does not know.
_DAMAGE = (
    PyPdfError,
    DependencyError,
    DeprecationError,
    NotImplementedError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    OSError,
    EOFError,
    struct.error,
    zlib.error,
)


def _drawn(page: pypdf.PageObject, label: str, fonts: _Fonts, limits: Limits) -> _Page:
    """The page as it is read: turned, if most of its lines run down, up or over."""
    width, height, matrix = _paper(page)
    interpreter = _interpreted(page, matrix, fonts, limits)
    way = _way(interpreter)
    if way is not None:
        matrix = times(matrix, _turn(way, width, height))
        interpreter = _interpreted(page, matrix, fonts, limits)
        width, height = (width, height) if way == OVER else (height, width)
    notes, is_whole_above = _laid_over(page, interpreter, matrix, fonts)
    return _Page(
        width,
        height,
        label,
        interpreter.letters,
        interpreter.rules,
        interpreter.shades,
        interpreter.marked,
        interpreter.slanted,
        interpreter.is_broken or not is_whole_above or not _is_page_whole(page, limits),
        notes,
    )


def _laid_over(
    page: pypdf.PageObject, interpreter: Interpreter, matrix: Matrix, fonts: _Fonts
) -> tuple[list[Note], bool]:
    """Draws what lies over the page; gives its notes, and whether none of it was broken."""
    notes, is_whole_above = [], True
    for item in laid_over(page):
        try:
            one = annotation(item, lambda stream: _form_of(stream, id(stream), page, fonts))
            if isinstance(one, Note):
                x, y = times((1.0, 0.0, 0.0, 1.0, one.x, one.y), matrix)[4:]
                notes.append(Note(x, y, one.text, one.author))
            elif one is not None:
                _lay(one, interpreter, fonts.work)
        except (ConverterError, LimitReachedError):
            raise
        except _DAMAGE:
            is_whole_above = False
    return notes, is_whole_above


def _interpreted(page: pypdf.PageObject, matrix: Matrix, fonts: _Fonts, limits: Limits) -> Interpreter:
    interpreter = Interpreter(matrix, _resources(entry(page, "/Resources"), fonts), limits, fonts.work)
    contents = page.get_contents()
    if contents is not None:
        interpreter.run(contents.get_data())
    return interpreter


_FEWEST_TURNED_LINES = 3


def _way(interpreter: Interpreter) -> int | None:
    """Which way most letters run, if not from left to right. Words along one edge of a page say nothing of that."""
    counts, lines = interpreter.turned
    way = max((DOWN, OVER, UP), key=lambda one: counts[one])
    upright = sum(letter.text != " " for letter in interpreter.letters)
    return way if counts[way] > upright and len(lines[way]) >= _FEWEST_TURNED_LINES else None


def _turn(way: int, width: float, height: float) -> Matrix:
    if way == DOWN:
        return (0.0, -1.0, 1.0, 0.0, 0.0, width)
    if way == UP:
        return (0.0, 1.0, -1.0, 0.0, height, 0.0)
    return (-1.0, 0.0, 0.0, -1.0, width, height)


def _lay(overlay: Overlay, interpreter: Interpreter, work: Work) -> None:
    """Draws it over the page. A field whose look is missing or empty shows its value."""
    before = len(interpreter.letters)
    if overlay.form is not None:
        work.use()
        interpreter.draw(overlay.form, overlay.matrix)
    drawn = interpreter.letters[before:]
    if overlay.is_mark:
        interpreter.marked.update(letter.string for letter in drawn)
    elif overlay.value.strip() and not any(letter.text.strip() for letter in drawn):
        interpreter.write(overlay.value, overlay.corner, overlay.height)


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


class _Fonts:
    """The fonts of a document, each read once, and what reading it all has cost."""

    def __init__(self, work: Work):
        self.work = work
        self._known: dict[object, Font | None] = {}

    def find(self, named: Any, name: str) -> Font | None:
        if not isinstance(named, DictionaryObject):
            return None
        key = _key(named, name)
        if key not in self._known:
            font = entry(named, name)
            try:
                self._known[key] = Font(font, self.work) if isinstance(font, DictionaryObject) else None
            except ConverterError:
                raise
            except _DAMAGE:
                self._known[key] = None
        return self._known[key]


def _resources(dictionary: Any, fonts: _Fonts) -> Resources:
    if not isinstance(dictionary, DictionaryObject):
        dictionary = DictionaryObject()

    def font(name: str) -> Font | None:
        return fonts.find(entry(dictionary, "/Font"), name)

    def form(name: str) -> Form | None:
        return _form(entry(dictionary, "/XObject"), name, dictionary, fonts)

    def opacity(name: str) -> float | None:
        states = entry(dictionary, "/ExtGState")
        state = entry(states, name) if isinstance(states, DictionaryObject) else None
        value = entry(state, "/ca") if isinstance(state, DictionaryObject) else None
        return None if value is None else float(value)

    def is_ink(name: str) -> bool:
        spaces = entry(dictionary, "/ColorSpace")
        space = entry(spaces, name) if isinstance(spaces, DictionaryObject) else None
        kind = space[0].get_object() if isinstance(space, ArrayObject) and space else name
        return kind in ("/Separation", "/DeviceN")

    return Resources(font, form, opacity, is_ink)


def _key(named: DictionaryObject, name: str) -> object:
    """The same for one object wherever it is used."""
    value = named.get(name)
    return (value.idnum, value.generation) if isinstance(value, IndirectObject) else (id(named), name)


def _form(named: Any, name: str, around: DictionaryObject, fonts: _Fonts) -> Form | None:
    if not isinstance(named, DictionaryObject):
        return None
    stream = entry(named, name)
    if not isinstance(stream, StreamObject) or entry(stream, "/Subtype") != "/Form":
        return None
    return _form_of(stream, _key(named, name), around, fonts)


def _form_of(stream: StreamObject, key: object, around: DictionaryObject, fonts: _Fonts) -> Form:
    matrix = entry(stream, "/Matrix")
    own = entry(stream, "/Resources")
    return Form(
        key,
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
