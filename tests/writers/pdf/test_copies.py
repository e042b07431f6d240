"""One copy a reader: the same pages, byte for byte, under a mark of one's own."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

import pdfplumber
import pypdf
import pytest

from converter.readers import fountain
from converter.tree import Screenplay
from writers import pdf
from writers.pdf.copies import copies


class Reader(NamedTuple):
    name: str
    mark: str


READERS = (Reader("Odile Marsh", "Odile Marsh"), Reader("Łucja (2)", "Łucja – confidential"))


def script() -> Screenplay:
    pages = "".join(f"INT. ROOM {number} - DAY\n\nRain on the roof.\n\n===\n\n" for number in range(1, 4))
    return fountain.from_text(f"Title: The Shed\n\n{pages}")


def texts(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_text() for page in document.pages]


def marks(data: bytes) -> list[bytes]:
    """What is drawn under the words of each page."""
    found = []
    for page in pypdf.PdfReader(io.BytesIO(data), strict=True).pages:
        contents = page["/Contents"]
        found.append(contents[0].get_object().get_data() if isinstance(contents, pypdf.generic.ArrayObject) else b"")
    return found


def test_each_copy_says_what_the_script_says_under_its_own_mark() -> None:
    plain = pdf.write(script())
    made = list(copies(script(), READERS))
    assert [texts(one) for one in made] == [texts(plain)] * 2
    for one, reader in zip(made, READERS, strict=True):
        information = pypdf.PdfReader(io.BytesIO(one), strict=True).metadata
        assert information is not None and information["/Keywords"] == reader.name
        assert information["/Title"] == "The Shed"
        drawn = marks(one)
        assert len(drawn) == 4 and len(set(drawn)) == 1 and b"/Artifact BMC" in drawn[0]
    assert marks(made[0]) != marks(made[1])


def test_the_pages_own_contents_are_the_same_bytes() -> None:
    one, other = copies(script(), READERS)
    shared = one.rindex(b"%%EOF", 0, one.rindex(b"xref\n"))
    assert one[:shared] == other[:shared]
    assert len(re.findall(rb"stream\n", one[:shared])) > 8


def test_the_mark_is_on_the_first_page_or_numbered() -> None:
    (first,) = copies(script(), READERS[:1], pages="first")
    assert [bool(one) for one in marks(first)] == [True, False, False, False]
    (numbered,) = copies(script(), READERS[:1], pages="numbered")
    assert len(set(marks(numbered))) == 4


def test_the_mark_is_as_light_as_is_wanted() -> None:
    (dark,) = copies(script(), READERS[:1], pdf.Options(watermark_gray=0.5))
    assert b" 0.5 g " in marks(dark)[0]


@pytest.mark.parametrize("gray", [-3.0, 7.0])
def test_no_gray_is_beyond_black_or_white(gray: float) -> None:
    (one,) = copies(script(), READERS[:1], pdf.Options(watermark_gray=gray))
    assert (b" 0 g " if gray < 0 else b" 1 g ") in marks(one)[0]
