"""LibreOffice saves our documents as DOCX, ODT and RTF; what it saves is read again.

Measured with LibreOffice 7.4: nothing of the samples is lost as DOCX and ODT, the title's own bold as RTF.
"""

import io
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
import pytest

from converter.compare import compare
from converter.contract import Source
from converter.layout.paginate import paginate
from converter.readers import docx as reader
from converter.readers import fountain
from converter.records import replace
from converter.tree import (
    DualDialogue,
    Paragraph,
    Screenplay,
    paragraphs,
    words,
)
from tests.compare.drafts import DRAFT, marks
from tests.compare.drafts import read as draft
from writers import docx

OFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(
    OFFICE is None, reason="LIBREOFFICE IS NOT INSTALLED: what it saves was not read"
)
pytestmark = [pytest.mark.libreoffice, needs_libreoffice]

SAMPLES = Path(__file__).parents[3] / "samples"
WORD = "docx:MS Word 2007 XML"


@cache
def profile() -> TemporaryDirectory[str]:
    """LibreOffice's settings, which it makes at its first start: as long a work as the conversion of a script."""
    return TemporaryDirectory()


def office(data: bytes, *formats: str) -> bytes:
    """The document converted to each format in turn."""
    assert OFFICE
    home = profile().name
    settings = f"-env:UserInstallation={(Path(home) / 'profile').as_uri()}"
    with TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / "script.docx"
        source.write_bytes(data)
        for number, format_ in enumerate(formats):
            target = place / str(number)
            command = [OFFICE, settings, "--headless", "--convert-to", format_, "--outdir", str(target), str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": home})
            source = target / f"script.{format_.partition(':')[0]}"
        return source.read_bytes()


@cache
def sample(name: str) -> Screenplay:
    path = SAMPLES / f"{name}.fountain"
    return fountain.read(Source(path.name, path.read_bytes()))


def elements(screenplay: Screenplay) -> list[tuple[type[Paragraph], str | None, str]]:
    return [(type(one), one.number, words(one.text)) for one in paragraphs(screenplay.body, omitted=True)]


@pytest.mark.parametrize(
    ("formats", "share"),
    [((WORD,), 0.99), (("odt", WORD), 0.99), (("rtf", WORD), 0.97)],
    ids=["docx", "odt", "rtf"],
)
def test_libreoffice_keeps_the_script(formats: tuple[str, ...], share: float) -> None:
    before = sample("production-draft")
    after = reader.read(Source("saved.docx", office(docx.write(before), *formats)))
    said, found = elements(before), elements(after)
    assert [one[2] for one in found] == [one[2] for one in said]
    same = sum(one[0] is other[0] for one, other in zip(said, found, strict=True))
    assert same >= share * len(said)
    assert [one[1] for one in found] == [one[1] for one in said]
    assert _pairs(after) == _pairs(before) > 0


def _pairs(screenplay: Screenplay) -> int:
    return sum(isinstance(element, DualDialogue) for element in screenplay.body)


def test_pages_that_word_breaks_are_about_as_many_as_ours() -> None:
    """Three pages in a hundred, or one."""
    screenplay = sample("production-draft")
    theirs = len(pypdf.PdfReader(io.BytesIO(office(docx.write(screenplay), "pdf"))).pages)
    ours = len(paginate(screenplay).all)
    assert abs(theirs - ours) <= max(1, 0.03 * ours)


def test_tracked_changes_of_a_comparison_are_changes_there_too() -> None:
    new = DRAFT.replace("a seed packet", "a bread packet").replace("He loses count.\n\n", "")
    found = compare(draft(DRAFT), draft(new))
    saved = office(docx.write(found.screenplay, docx.Options(changes="tracked")), WORD)
    back = reader.read(Source("", saved))
    assert marks(replace(found, screenplay=back)) == marks(found) != []
