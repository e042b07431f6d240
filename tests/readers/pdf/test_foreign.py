"""PDFs that we did not write: scans with recognised words, other programs, other measures."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from converter.contract import Diagnostic, Source
from converter.layout.paginate import paginate
from converter.layout.printed import printed
from converter.lines import Page
from converter.readers import fountain
from converter.readers.pdf import Options, read
from converter.tree import Character, Dialogue, Parenthetical, SceneHeading, Screenplay, paragraphs, words
from tests.readers.pdf.build import pdf, text

SAMPLES = Path(__file__).parents[3] / "samples"


def script(name: str) -> Screenplay:
    return fountain.read(Source(name, (SAMPLES / name).read_bytes()))


def kinds(screenplay: Screenplay) -> list[tuple[str, str]]:
    return [(type(one).__name__, " ".join(words(one.text).split())) for one in paragraphs(screenplay.body)]


def agreement(recovered: Screenplay, expected: Screenplay) -> float:
    """The share of paragraphs that are there with their kind and words."""
    found, wanted = kinds(recovered), kinds(expected)
    return sum(one in found for one in wanted) / len(wanted)


def as_scanned(pages: tuple[Page, ...], seed: int) -> bytes:
    """Each word drawn by itself, invisible, a little off its place, as text recognition lays it over a picture."""
    dice = random.Random(seed)
    drawn = []
    for page in pages:
        content = "3 Tr\n"
        for line in page.lines:
            x = line.x
            slope = dice.uniform(-0.8, 0.8)
            for word in "".join(run.text for run in line.text).split(" "):
                if word:
                    y = line.y + slope + dice.uniform(-0.5, 0.5)
                    content += text(round(x + dice.uniform(-0.9, 0.9), 2), round(y, 2), word, size=12)
                x += 7.2 * (len(word) + 1)
        drawn.append(content)
    return pdf(*drawn)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_scan_with_recognised_words_is_read(seed: int) -> None:
    expected = script("two-pages.fountain")
    recovered = read(Source("a.pdf", as_scanned(paginate(expected).all, seed)), Options(isolate=False))
    assert agreement(recovered, printed(expected)) > 0.97


def test_a_pdf_of_screenplain_is_read() -> None:
    pytest.importorskip("screenplain")

    from screenplain.export.pdf import to_pdf
    from screenplain.parsers import fountain as theirs

    source = (SAMPLES / "two-pages.fountain").read_text(encoding="utf-8")
    out = io.BytesIO()
    to_pdf(theirs.parse(io.StringIO(source)), out)
    recovered = read(Source("a.pdf", out.getvalue()), Options(isolate=False))
    assert agreement(recovered, printed(script("two-pages.fountain"))) > 0.97


def test_a_script_with_other_measures_is_read() -> None:
    """All edges moved and every line smaller, as on a page that was scaled to fit."""
    expected = script("two-pages.fountain")
    content = [
        "0.9 0 0 0.9 21 40 cm\n"
        + "".join(text(line.x, line.y, "".join(run.text for run in line.text)) for line in page.lines)
        for page in paginate(expected).script
    ]
    recovered = read(Source("a.pdf", pdf(*content)), Options(isolate=False))
    assert agreement(recovered, printed(expected)) > 0.95


def test_a_typed_page_with_columns_of_blanks_is_read() -> None:
    """One string a line, as a text file is printed: numbers and columns are reached by blanks."""
    expected = script("short-film.fountain")
    content = []
    for page in paginate(expected).script:
        rows: dict[float, str] = {}
        for line in sorted(page.lines, key=lambda line: (line.y, line.x)):
            before = rows.get(line.y, "")
            column = max(round(line.x / 7.2), len(before) + 1 if before else 0)
            rows[line.y] = before + " " * (column - len(before)) + "".join(run.text for run in line.text)
        content.append("".join(text(0, y, row.replace("’", "'")) for y, row in rows.items()))
    recovered = read(Source("a.pdf", pdf(*(one.encode("cp1252", "replace").decode("latin-1") for one in content))))
    wanted = [(kind, one.replace("’", "'")) for kind, one in kinds(printed(expected))]
    found = set(kinds(recovered))
    assert sum(one in found for one in wanted) / len(wanted) > 0.9


def test_lines_that_stand_anywhere_are_read_by_their_words() -> None:
    expected = script("two-pages.fountain")
    dice = random.Random(5)
    content = [
        "".join(text(dice.uniform(40, 200), line.y, "".join(run.text for run in line.text)) for line in page.lines)
        for page in paginate(expected).script
    ]
    report: list[Diagnostic] = []
    recovered = read(Source("a.pdf", pdf(*content)), Options(isolate=False), report.append)
    assert report[0].code == "pdf.unusual-layout"
    assert agreement(recovered, printed(expected)) > 0.6
    assert all(one.at is None or one.at.page for one in report)


def test_a_blank_line_between_cues_and_speech_is_read() -> None:
    expected = script("two-pages.fountain")
    content = []
    for page in paginate(expected).script:
        drawn, down, above = "", 0.0, None
        for line in page.lines:
            if above in (Character, Parenthetical) and line.element in (Dialogue, Parenthetical):
                down += 12
            above = line.element
            drawn += text(line.x - 30, line.y + down, "".join(run.text for run in line.text))
        content.append(drawn)
    recovered = read(Source("a.pdf", pdf(*content, box="[0 -400 612 792]")), Options(isolate=False))
    assert agreement(recovered, printed(expected)) == 1


@pytest.mark.parametrize("column", [150, 180])
def test_words_behind_a_bracket_are_speech(column: int) -> None:
    """Some printers set a speech that begins with a bracket where they set parentheticals, others with the rest."""
    drawn, y = "", 80
    for number in range(6):
        rows = [(74, f"INT. ROOM {number} - DAY"), (74, "Rain falls on the roof, and nobody minds it much.")]
        rows += [(230, "ODILE"), (150, f"This is {number}."), (230, "BRAM"), (180, "(softly)"), (150, "Yes.")]
        rows += [(230, "ODILE"), (column, "(smiles) You came after all."), (150, "I did not think you would.")]
        for x, words_of_row in rows:
            y += 12 if x in (column, 150, 180) else 24
            drawn += text(x, y, words_of_row)
    recovered = read(Source("a.pdf", pdf(drawn, box="[0 -700 612 792]")), Options(isolate=False))
    assert [kind for kind, _ in kinds(recovered)].count("Parenthetical") == 6
    assert kinds(recovered).count(("Dialogue", "(smiles) You came after all. I did not think you would.")) == 6


def test_a_page_without_columns_is_read_by_its_words() -> None:
    expected = script("production-draft.fountain")
    content = [
        "".join(text(72, line.y, "".join(run.text for run in line.text)) for line in page.lines if not line.generated)
        for page in paginate(expected).script
    ]
    data = pdf(*(one.encode("cp1252", "replace").decode("latin-1") for one in content))
    said: list[Diagnostic] = []
    recovered = read(Source("a.pdf", data), Options(isolate=False), said.append)
    assert "pdf.unusual-layout" in {one.code for one in said}
    assert agreement(recovered, printed(expected)) > 0.8


def test_narrow_and_uneven_lines_are_joined() -> None:
    """Typed by hand: parentheticals turn early, action now here, now there, and none of these breaks was meant."""
    drawn, y = "", 80
    for number in range(40):
        below = [(180, "(looking at her over"), (180, "the rim of a glass)"), (150, "Yes, and then some.")]
        action = "The rain falls on the roof of the shed and nobody minds it much", "because they have work to do."
        if number % 8 == 0:
            action = "The rain falls on the roof of the shed and nobody minds it much but me", "for I have none."
        rows = [(74, f"INT. ROOM {number} - DAY"), (74, ""), (74, action[0]), (75, action[1]), (230, "BRAM"), *below]
        for x, words_of_row in rows:
            y += 12 if x in (75, 150, 180) else 24
            drawn += text(x, y, words_of_row) if words_of_row else ""
    recovered = read(Source("a.pdf", pdf(drawn, box="[0 -9000 612 792]")), Options(isolate=False))
    assert not [one for one in paragraphs(recovered.body) if "\n" in words(one.text)]
    assert kinds(recovered).count(("Parenthetical", "(looking at her over the rim of a glass)")) == 40


def test_proportional_letters_are_read_by_their_words() -> None:
    from reportlab.pdfgen.canvas import Canvas

    expected = script("production-draft.fountain")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for page in paginate(expected).script:
        canvas.setFont("Times-Roman", 12)
        for line in page.lines:
            if not line.generated:
                canvas.drawString(line.x, 792 - line.y, "".join(run.text for run in line.text))
        canvas.showPage()
    canvas.save()
    said: list[Diagnostic] = []
    recovered = read(Source("a.pdf", out.getvalue()), Options(isolate=False), said.append)
    assert "pdf.unusual-layout" in {one.code for one in said}
    assert agreement(recovered, printed(expected)) > 0.85


@pytest.mark.parametrize("blanks", [1, 2, 5])
def test_scene_numbers_at_the_edge_of_the_words_are_numbers(blanks: int) -> None:
    drawn, y = "", 80
    for number in range(8):
        for x, step, said in (
            (74, 36, f"{number}A{' ' * blanks}INT. ROOM {number} - DAY"),
            (74, 24, "Rain falls on the roof, and nobody minds it."),
            (230, 24, "ODILE"),
            (150, 12, "There it is."),
        ):
            y += step
            drawn += text(x, y, said)
    recovered = read(Source("a.pdf", pdf(drawn, box="[0 -700 612 792]")), Options(isolate=False))
    headings = [one for one in recovered.body if isinstance(one, SceneHeading)]
    assert [(one.number, words(one.text)) for one in headings] == [(f"{n}A", f"INT. ROOM {n} - DAY") for n in range(8)]
