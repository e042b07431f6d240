"""One wrong bit in a file, as a bad disk or connection makes it, never takes words away silently."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from converter import api
from converter.contract import ConverterError, Kind
from tests.examples import share
from tests.readers.docx.build import HEAD, document, p, r, style, with_member

SAMPLES = Path(__file__).parent.parent / "samples"
PLACES = 200


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def as_docx(name: str, **options: object) -> bytes:
    return api.write_bytes(api.read_bytes(sample(name), name=name).screenplay, format="docx", options=options).data


def another_s_docx() -> bytes:
    """With everything beside the text that holds words."""
    comments = f'<w:comments {HEAD}><w:comment w:id="1">{p("Why here?")}</w:comment></w:comments>'
    footnotes = f'<w:footnotes {HEAD}><w:footnote w:id="2">{p("See the tide tables.")}</w:footnote></w:footnotes>'
    said = r("Somebody should mend this roof.") + '<w:r><w:commentReference w:id="1"/></w:r>'
    noted = r("The pier is gone.") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    lines = (p("INT. TIDE STATION", "h"), p("ODILE", "c"), p(style="d", runs=said), p(style="a", runs=noted))
    styles = style("h", "Scene Heading") + style("c", "Character") + style("d", "Dialogue") + style("a", "Action")
    data = document(*lines, styles=styles, comments=comments, footnotes=footnotes)
    return with_member(data, "docProps/app.xml", "<Properties/>")


def bundle(text: str, name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"Tide.textbundle/{text}", sample(name))
        archive.writestr("Tide.textbundle/info.json", '{"version": 2}')
    return file.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "ours.docx": lambda: as_docx("short-film.fountain"),
    "pages.docx": lambda: as_docx("two-pages.fdx", pagination="locked"),
    "production.docx": lambda: as_docx("production-draft.fdx"),
    "another.docx": another_s_docx,
    "tide.highland": lambda: bundle("text.fountain", "short-film.fountain"),
    "tide.textbundle": lambda: bundle("text.md", "two-pages.fountain"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_in_an_archive_takes_no_word_silently(name: str) -> None:
    data = FILES[name]()
    before, said_before = read(data, name)
    silent = []
    for place in places(name, range(len(data)), range(data.index(b"PK\x01\x02"), len(data))):
        try:
            after, said = read(flipped(data, place), name)
        except ConverterError:
            continue
        if before - after and not said - said_before:
            silent.append((place, +(before - after)))
    assert silent == []


@pytest.mark.parametrize("name", ["short-film.fdx", "production-draft.fdx", "nihongo.fdx"])
def test_a_flipped_bit_in_fdx_takes_no_letter_silently(name: str) -> None:
    """A letter may become another one, or a blank."""
    data = sample(name)
    before, said_before = read(data, name)
    letters_before = letters(before)
    silent = []
    tags = [at for tag in re.finditer(b"<[^>]*>", data) for at in range(*tag.span())]
    for place in places(name, range(len(data)), tags):
        try:
            after, said = read(flipped(data, place), name)
        except ConverterError:
            continue
        if letters(after) < letters_before - 1 and not said - said_before:
            silent.append((place, +(before - after)))
    assert silent == []


def places(name: str, anywhere: Sequence[int], structure: Sequence[int]) -> list[int]:
    """Bits, the same in each run: in turn of any byte and of those that say what the others are."""
    chance = random.Random(name)
    return [8 * chance.choice((anywhere, structure)[turn % 2]) + chance.randrange(8) for turn in range(share(PLACES))]


def flipped(data: bytes, place: int) -> bytes:
    at, bit = divmod(place, 8)
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


@cache
def read(data: bytes, name: str) -> tuple[Counter[str], Counter[str]]:
    """All words, notes and title page too, and what was reported."""
    result = api.read_bytes(data, name=name)
    written = api.write_bytes(result.screenplay, format="fountain")
    said = (*result.diagnostics, *written.diagnostics)
    reported = Counter(one.code for one in said if one.kind in (Kind.WARNING, Kind.LOSS))
    return Counter(re.findall(r"\w+", written.data.decode("utf-8"))), reported


def letters(words: Counter[str]) -> int:
    return sum(len(word) * count for word, count in words.items())
