"""Is what we write a document that Word opens without a word?"""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given

from converter.contract import Source
from converter.notation.docx import w
from converter.readers import fountain
from converter.tree import Action, Run, Screenplay
from tests.examples import few
from tests.strategies import screenplays
from tests.writers.docx.validity import problems
from writers import docx

ROOT = Path(__file__).parents[3]
SAMPLES = sorted((ROOT / "samples").glob("*.fountain"))


def sample(path: Path) -> Screenplay:
    return fountain.read(Source(path.name, path.read_bytes()))


@given(screenplays())
def test_word_finds_nothing_wrong(screenplay: Screenplay) -> None:
    assert problems(docx.write(screenplay)) == []


@given(screenplays())
@few(20)
def test_another_library_opens_it(screenplay: Screenplay) -> None:
    document = python_docx.Document(io.BytesIO(docx.write(screenplay)))
    assert all(paragraph.style is not None for paragraph in document.paragraphs)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_sound(path: Path) -> None:
    data = docx.write(sample(path))
    assert problems(data) == []
    assert len(python_docx.Document(io.BytesIO(data)).paragraphs) > 10


def test_bytes_depend_on_nothing_else() -> None:
    script = (
        "import hashlib, sys; from pathlib import Path; from converter.contract import Source;"
        "from converter.readers import fountain; from writers import docx;"
        "path = Path(sys.argv[1]); tree = fountain.read(Source(path.name, path.read_bytes()));"
        "sys.stdout.write(hashlib.sha256(docx.write(tree)).hexdigest())"
    )
    path = ROOT / "samples" / "short-film.fountain"
    found = set()
    for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        made = subprocess.run([sys.executable, "-c", script, path], env=environment, capture_output=True, check=True)
        found.add(made.stdout)
    assert len(found) == 1


def test_words_stay_words() -> None:
    """Field codes, mark-up and references in a script are only letters."""
    words = '{ PAGE } =SUM(A1) <w:br/> &amp; ]]> INCLUDETEXT "x.txt" http://example.org [[ %s'
    data = docx.write(Screenplay(body=(Action(text=(Run(text=words),)),)))
    document = python_docx.Document(io.BytesIO(data))
    assert [paragraph.text for paragraph in document.paragraphs] == [words]
    body = document.element.body
    assert not list(body.iter(w("instrText"), w("fldSimple"), w("hyperlink"), w("br")))


@pytest.mark.timing
def test_forty_thousand_paragraphs_take_time_in_proportion() -> None:
    """Adding them through python-docx took minutes; this takes about two seconds."""
    body = tuple(Action(text=(Run(text=f"Line {number}."),)) for number in range(40_000))
    data = docx.write(Screenplay(body=body))
    assert zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").count(b"<w:p>") == 40_000
