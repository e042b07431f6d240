"""Any bytes give a Screenplay or a ConverterError, in a time that their number explains."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.contract import ConverterError, Reader
from converter.normal import normal
from converter.safe.clean import clean
from converter.tree import Screenplay
from tests.cost import seconds
from tests.examples import FULL, share
from tests.laws import BOTH, READERS, Both, read
from tests.strategies import MARKS, screenplays, words

each_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)


def outcome(reader: Reader, data: bytes) -> Screenplay | None:
    """The screenplay in normal form, or None where there is an honest error."""
    try:
        screenplay, said = read(reader, data)
    except ConverterError as error:
        assert str(error).strip()
        return None
    assert normal(replace(screenplay)) == screenplay
    for diagnostic in said:
        assert diagnostic.code and clean(diagnostic.message, len(diagnostic.message)) == diagnostic.message
    return screenplay


@each_reader
@given(st.binary(max_size=300))
def test_any_bytes(reader: Reader, data: bytes) -> None:
    outcome(reader, data)


@each_reader
@given(st.lists(st.one_of(words(), st.sampled_from(MARKS), st.just("\n")), max_size=30).map("".join))
def test_any_text(reader: Reader, text: str) -> None:
    outcome(reader, text.encode("utf-8", "surrogatepass"))


@st.composite
def damage(draw: st.DrawFn) -> list[tuple[str, int, int, bytes]]:
    """Cuts, overwritten bytes, repeated parts; places and lengths in thousandths of the whole."""
    kind = st.sampled_from(("cut", "overwrite", "repeat", "end"))
    thousandth = st.integers(0, 1000)
    blow = st.tuples(kind, thousandth, st.integers(0, 50), st.binary(min_size=1, max_size=4))
    return draw(st.lists(blow, min_size=1, max_size=4))


def damaged(data: bytes, blows: list[tuple[str, int, int, bytes]]) -> bytes:
    for kind, place, length, junk in blows:
        start = len(data) * place // 1000
        end = start + max(1, len(data) * length // 1000)
        match kind:
            case "cut":
                data = data[:start] + data[end:]
            case "overwrite":
                data = data[:start] + junk + data[start + len(junk) :]
            case "repeat":
                data = data[:end] + data[start:]
            case "end":
                data = data[:start]
    return data


@pytest.mark.parametrize("form", BOTH, ids=lambda form: form.name)
@given(screenplays(), damage())
def test_damaged_files(form: Both, screenplay: Screenplay, blows: list[tuple[str, int, int, bytes]]) -> None:
    outcome(form.reader, damaged(form.write(screenplay), blows))


# ---------------------------------------------------------------- cost

MEGABYTE = 1_000_000

SHAPES = {
    "unclosed notes": "[[" * 200_000,
    "unclosed notes on lines": "[[ a\n" * 200_000,
    "unclosed boneyards": "/* " * 200_000,
    "stars": "*" * 200_000,
    "stars and letters": "*a **b ***c " * 50_000,
    "opened and never closed": "*a _b " * 100_000,
    "backslashes": "\\" * 200_000 + "*",
    "nested brackets": "(" * 50_000 + ")" * 50_000,
    "brackets in a speech": "ANN\n" + "(a\n" * 100_000,
    "notes within brackets": "[[" * 50_000 + "]]" * 50_000,
    "one line": "word " * MEGABYTE,
    "one letter": "a" * 5 * MEGABYTE,
    "one capital": "A" * 2 * MEGABYTE,
    "blanks": " " * 2 * MEGABYTE,
    "blank lines": "\n" * MEGABYTE,
    "two blanks a line": "  \n" * MEGABYTE,
    "a speech of two blanks a line": "ANN\n" + "  \n" * 500_000 + "Hi.",
    "cues": "ANN\nHi.\n\n" * 100_000,
    "carets": "ANN ^\nHi.\n\n" * 100_000,
    "page breaks and notes": "[[n]]\n\n===\n\n" * 100_000,
    "title lines": "Title:\n" + "    a\n" * 200_000,
    "title keys": "a: b\n" * 200_000,
    "hashes": "#" * 500_000,
    "scene numbers": "INT. A " + "#1# " * 200_000,
    "carriage returns": "\r" * 500_000,
    "colons": ":" * 500_000,
    "line separators": "a\u2028" * 300_000,
    "addresses": "a_b@c_d " * 100_000,
    "greater and less": "> " * 200_000 + "<",
    "boneyards in a row": "/**/" * 200_000,
}

FDX_SHAPES = {
    "nested elements": "<a>" * 50_000,
    "nested paragraphs": '<FinalDraft Version="5"><Content>' + "<Paragraph>" * 200,
    "paragraphs": "<Paragraph Type='Action'><Text>a</Text></Paragraph>" * 50_000,
    "runs": "<Paragraph>" + "<Text Style='Bold'>a</Text><Text>b</Text>" * 50_000 + "</Paragraph>",
    "notes on one word": "<Paragraph><Text>a</Text></Paragraph></Content><ScriptNotes>"
    + "<ScriptNote Range='0,1'/>" * 20_000
    + "</ScriptNotes><Content>",
    "lone ampersands": "<Paragraph><Text>" + "&" * 200_000 + "</Text></Paragraph>",
    "one long text": "<Paragraph><Text>" + "a" * 5 * MEGABYTE + "</Text></Paragraph>",
    "attributes": "<Paragraph " + " ".join(f"a{number}='b'" for number in range(50_000)) + "/>",
    "cues in a dual dialogue": "<Paragraph><DualDialogue>"
    + "<Paragraph Type='Character'><Text>A</Text></Paragraph>" * 20_000
    + "</DualDialogue></Paragraph>",
    "dialogue without a cue": "<Paragraph Type='Dialogue'><Text>A</Text></Paragraph>" * 50_000,
}


def _with_document(text: str) -> str:
    if text.startswith("<Paragraph"):
        return f'<FinalDraft DocumentType="Script" Version="5"><Content>{text}</Content></FinalDraft>'
    return text


@pytest.mark.timing
@each_reader
@pytest.mark.parametrize("shape", [*SHAPES, *FDX_SHAPES])
def test_no_shape_takes_long(reader: Reader, shape: str) -> None:
    """Each is read in a few seconds at most; what grows with the square would take minutes.

    Text, of which every line is weighed many times, gets a tenth, and where fewer examples are asked for, Fountain a
    third; test_soak.py has all of it and how it grows.
    """
    text = SHAPES.get(shape) or _with_document(FDX_SHAPES[shape])
    fewer = reader.name in {"fountain", "highland"} and share(FULL) < FULL
    part = 10 if reader.name == "text" else 3 if fewer else 1
    assert seconds(outcome, reader, text[: len(text) // part].encode("utf-8")) < (10 if fewer else 30)
