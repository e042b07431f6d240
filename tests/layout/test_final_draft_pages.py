"""Our pages against those of Final Draft's own PDFs: the same words on the same baselines, page by page.

The scripts belong to other people and lie beside the project, if at all.
"""

import re
import warnings
from collections import defaultdict
from pathlib import Path

import pytest

from converter.contract import DEFAULT_LIMITS, Source, ignore
from converter.layout.paginate import paginate
from converter.layout.style import PageOptions
from converter.lines import Page
from converter.readers.fdx import READER as FDX
from converter.readers.fountain import READER as FOUNTAIN
from converter.tree import Screenplay

pytestmark = pytest.mark.long
SCRIPTS = Path(__file__).parents[3] / "shared" / "real" / "final-draft-pages"

Rows = list[tuple[int, str]]  # baseline in points from the top, words without blanks


def script_and_pdf(name: str) -> tuple[Path, Path]:
    script = SCRIPTS / name
    if not script.exists():
        warnings.warn(f"{SCRIPTS} is absent: page breaks were NOT compared with Final Draft's", stacklevel=2)
        pytest.skip(f"{script} is absent: page breaks were NOT compared with Final Draft's")
    return script, script.with_suffix(".pdf")


def read(path: Path) -> Screenplay:
    reader = FDX if path.suffix == ".fdx" else FOUNTAIN
    return reader.read(Source(path.name, path.read_bytes()), reader.options(), ignore, DEFAULT_LIMITS)


def drawn_rows(pdf: Path) -> list[Rows]:
    """Final Draft draws numbers, (MORE) and repeated cues twice at one place; the second is dropped."""
    pdfplumber = pytest.importorskip("pdfplumber")
    pages = []
    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            rows: dict[int, dict[int, str]] = defaultdict(dict)
            for char in page.chars:
                rows[round(page.height - char["matrix"][5])][round(char["x0"])] = char["text"]
            words = [(y, "".join(row[x] for x in sorted(row))) for y, row in sorted(rows.items())]
            pages.append([(y, without_blanks(text)) for y, text in words if text.strip()])
    return pages


def our_rows(page: Page) -> Rows:
    rows: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for line in page.lines:
        rows[round(line.y)].append((line.x, "".join(run.text for run in line.text)))
    return [(y, without_blanks("".join(text for _, text in sorted(row)))) for y, row in sorted(rows.items())]


def without_blanks(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", ["extranormal.fdx", "mostly-genius.fdx"])
def test_every_line_of_every_page_is_final_drafts(name: str) -> None:
    script, pdf = script_and_pdf(name)
    ours, theirs = paginate(read(script)).all, drawn_rows(pdf)
    assert len(ours) == len(theirs)
    for number, (our, their) in enumerate(zip(ours, theirs, strict=True)):
        assert our_rows(our) == their, f"page {number + 1} of {len(theirs)}"


def test_the_fountain_of_a_sitcom_breaks_like_its_pdf_in_multi_camera_measures() -> None:
    script, pdf = script_and_pdf("mostly-genius.fountain")
    screenplay = read(script)
    ours = paginate(screenplay, PageOptions(template="multi-camera")).script
    theirs = drawn_rows(pdf)[1:]  # its title page was never in the Fountain file
    assert len(ours) == len(theirs)
    for number, (our, their) in enumerate(zip(ours, theirs, strict=True)):
        rows = our_rows(our)
        assert [text.upper() for _, text in (rows[0], rows[-1])] == [
            text.upper() for _, text in (their[0], their[-1])
        ], f"page {number + 1} of {len(theirs)}"
