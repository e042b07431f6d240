"""One copy a reader: the pages are laid out and drawn once, and each copy adds its mark to the end of the file.

A later version of an object that stands behind the first is the one that counts (ISO 32000-1, 7.5.6). So the copies
share every byte of the pages, and a copy costs a few hundred bytes of its own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from converter.contract import DEFAULT_LIMITS, Limits, Report, ignore
from converter.layout.paginate import paginate
from converter.lines import Page
from converter.records import replace
from converter.tree import Screenplay
from writers.pdf import Options
from writers.pdf.draw import Shapes, across, draw, shapes_of

FIRST, ALL, NUMBERED = "first", "all", "numbered"


class Copy(Protocol):
    """A reader: `name` stands in the file's keywords, `mark` across its pages."""

    @property
    def name(self) -> str: ...

    @property
    def mark(self) -> str: ...


def copies(
    screenplay: Screenplay,
    readers: Iterable[Copy],
    options: Options = Options(),
    report: Report = ignore,
    limits: Limits = DEFAULT_LIMITS,
    *,
    pages: str = ALL,
) -> Iterator[bytes]:
    """A PDF for each reader, in their order. `pages`: the mark is on `all`, on the `first`, or `numbered` by page.

    Each page's own contents are the same bytes in all; the mark is a stream of its own, drawn as shapes that nothing
    copies as text. Raises what `writers.pdf.write` raises.
    """
    laid_out = paginate(screenplay, options, report, limits)
    whole = [*laid_out.title, *laid_out.script]
    marked = whole[:1] if pages == FIRST else whole
    places: list[int] = []  # the numbers of the objects that wait for a mark
    output = io.BytesIO()
    plain = replace(options, watermark=None)
    draw(output, screenplay, laid_out.title, laid_out.script, plain, report, limits, marks=(len(marked), places))
    base = _Base(output.getvalue())
    deadline = limits.deadline()
    for reader in readers:
        deadline.check()
        marks = _marks(reader.mark, marked, pages, options.watermark_gray, report, limits)
        yield base.with_marks(reader.name, dict(zip(places, marks, strict=True)))


def _marks(mark: str, pages: Sequence[Page], kind: str, gray: float, report: Report, limits: Limits) -> Iterator[bytes]:
    known: dict[tuple[str, float, float], bytes] = {}
    shapes: dict[str, Shapes] = {}
    for number, page in enumerate(pages, 1):
        said = f"{mark} {number}" if kind == NUMBERED else mark
        key = said, page.width, page.height
        if key not in known:
            if said not in shapes:
                shapes[said] = shapes_of(said, report, limits)
            known[key] = across(shapes[said], page, gray).encode("ascii")
        yield known[key]


class _Base:
    """A whole file, to which versions of objects are added."""

    def __init__(self, data: bytes):
        self._data = data
        end = data.rindex(b"startxref")
        self._before = int(data[end + 9 :].split()[0])
        trailer = data[data.rindex(b"trailer") : end]
        self._trailer = b" ".join(found[0] for found in (re.search(one, trailer) for one in _KEPT) if found)
        self._info = int(re.search(rb"/Info (\d+) 0 R", trailer)[1])  # type: ignore[index]
        start = data.rindex(b"\n%d 0 obj" % self._info)
        self._about = data[data.index(b"<<", start) : data.index(b"endobj", start)].rstrip()

    def with_marks(self, reader: str, marks: dict[int, bytes]) -> bytes:
        from writers.pdf.objects import compressed, text_string

        about = self._about.replace(b"/Keywords ()", b"/Keywords " + text_string(reader), 1)
        streams = {mark: compressed(mark) for mark in set(marks.values())}
        objects = {self._info: about, **{number: streams[mark] for number, mark in marks.items()}}
        out = [b"\n" if not self._data.endswith(b"\n") else b""]
        place = len(self._data) + len(out[0])
        rows: list[bytes] = []
        for number, said in sorted(objects.items()):
            rows.append(b"%d 1\n%010d 00000 n \n" % (number, place))
            out.append(b"%d 0 obj\n%s\nendobj\n" % (number, said))
            place += len(out[-1])
        trailer = b"trailer\n<< %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (self._trailer, self._before, place)
        out += [b"xref\n", *rows, trailer]
        return self._data + b"".join(out)


_KEPT = (rb"/Info \d+ 0 R", rb"/Root \d+ 0 R", rb"/Size \d+", rb"/ID\s*\[<[0-9a-f]+><[0-9a-f]+>\]")
