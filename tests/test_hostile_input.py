"""Any bytes give a Screenplay or a ConverterError, in a time that their number explains."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.contract import ConverterError, Reader
from converter.normal import normal
from converter.safe.clean import clean
from converter.tree import Screenplay
from tests.cost import seconds
from tests.examples import FULL
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


def text_shapes(part: int = 1) -> dict[str, str]:
    """What a careless reader takes long for, whole or a part of it."""

    def n(count: int) -> int:
        return count // part

    return {
        "unclosed notes": "[[" * n(200_000),
        "unclosed notes on lines": "[[ a\n" * n(200_000),
        "unclosed boneyards": "/* " * n(200_000),
        "stars": "*" * n(200_000),
        "stars and letters": "*a **b ***c " * n(50_000),
        "opened and never closed": "*a _b " * n(100_000),
        "backslashes": "\\" * n(200_000) + "*",
        "nested brackets": "(" * n(50_000) + ")" * n(50_000),
        "brackets in a speech": "ANN\n" + "(a\n" * n(100_000),
        "notes within brackets": "[[" * n(50_000) + "]]" * n(50_000),
        "one line": "word " * n(1_000_000),
        "one letter": "a" * n(5_000_000),
        "one capital": "A" * n(2_000_000),
        "blanks": " " * n(2_000_000),
        "blank lines": "\n" * n(1_000_000),
        "two blanks a line": "  \n" * n(1_000_000),
        "a speech of two blanks a line": "ANN\n" + "  \n" * n(500_000) + "Hi.",
        "cues": "ANN\nHi.\n\n" * n(100_000),
        "carets": "ANN ^\nHi.\n\n" * n(100_000),
        "page breaks and notes": "[[n]]\n\n===\n\n" * n(100_000),
        "title lines": "Title:\n" + "    a\n" * n(200_000),
        "title keys": "a: b\n" * n(200_000),
        "hashes": "#" * n(500_000),
        "scene numbers": "INT. A " + "#1# " * n(200_000),
        "carriage returns": "\r" * n(500_000),
        "colons": ":" * n(500_000),
        "line separators": "a\u2028" * n(300_000),
        "addresses": "a_b@c_d " * n(100_000),
        "greater and less": "> " * n(200_000) + "<",
        "boneyards in a row": "/**/" * n(200_000),
    }


def fdx_shapes(part: int = 1) -> dict[str, str]:
    """The same of Final Draft's elements; `with_document` puts a document around them."""

    def n(count: int) -> int:
        return count // part

    return {
        "nested elements": "<a>" * n(50_000),
        "nested paragraphs": '<FinalDraft Version="5"><Content>' + "<Paragraph>" * 200,
        "paragraphs": "<Paragraph Type='Action'><Text>a</Text></Paragraph>" * n(50_000),
        "runs": "<Paragraph>" + "<Text Style='Bold'>a</Text><Text>b</Text>" * n(50_000) + "</Paragraph>",
        "notes on one word": "<Paragraph><Text>a</Text></Paragraph></Content><ScriptNotes>"
        + "<ScriptNote Range='0,1'/>" * n(20_000)
        + "</ScriptNotes><Content>",
        "lone ampersands": "<Paragraph><Text>" + "&" * n(200_000) + "</Text></Paragraph>",
        "one long text": "<Paragraph><Text>" + "a" * n(5_000_000) + "</Text></Paragraph>",
        "attributes": "<Paragraph " + " ".join(f"a{number}='b'" for number in range(n(50_000))) + "/>",
        "cues in a dual dialogue": "<Paragraph><DualDialogue>"
        + "<Paragraph Type='Character'><Text>A</Text></Paragraph>" * n(20_000)
        + "</DualDialogue></Paragraph>",
        "dialogue without a cue": "<Paragraph Type='Dialogue'><Text>A</Text></Paragraph>" * n(50_000),
    }


def with_document(text: str) -> str:
    if text.startswith("<Paragraph"):
        return f'<FinalDraft DocumentType="Script" Version="5"><Content>{text}</Content></FinalDraft>'
    return text


@pytest.mark.timing
@each_reader
@pytest.mark.parametrize("shape", [*text_shapes(), *fdx_shapes()])
def test_no_shape_takes_long(reader: Reader, shape: str) -> None:
    """Each is read in a second or so at most; what grows with the square would take a minute.

    It is a sixth of the shape, and of text, of which every line is weighed many times, a fortieth; test_soak.py has all
    of it and how it grows.
    """
    part = 40 if reader.name == "text" else 6 if settings().max_examples <= FULL else 1
    text = with_document((text_shapes(part) | fdx_shapes(part))[shape])
    assert seconds(outcome, reader, text.encode("utf-8")) < (30 if part == 1 else 10)
