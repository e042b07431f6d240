"""No control character but tab and line feed is in a script, whatever the file held: no reader lets one in silently."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter import api
from converter.contract import ConverterError, Reader, Writer
from converter.tree import Screenplay
from tests.examples import few
from tests.harness import fdx_document
from tests.laws import READERS, WRITERS, read, written
from tests.readers.docx.build import document, p
from tests.strategies import screenplays
from writers import fountain

CONTROLS = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
BAD = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\x0b\x0c\x85"]
C1 = [char for char in BAD if char >= "\x7f"]


def bundle(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Tide.textbundle/text.fountain", text)
    return file.getvalue()


@pytest.mark.parametrize("char", BAD, ids=ascii)
@pytest.mark.parametrize("name", ["fountain", "text", "highland"])
def test_a_text_loses_it_with_a_warning(name: str, char: str) -> None:
    words = f"INT. YARD - DAY\n\nRa{char}in falls on the tide station.\n"
    data = bundle(words) if name == "highland" else words.encode("utf-8")
    result = api.read_bytes(data, format=name)
    assert "text.control-characters" in {one.code for one in result.diagnostics}
    assert "Rain falls" in fountain.to_text(result.screenplay)


@pytest.mark.parametrize("char", C1, ids=ascii)
def test_final_draft_and_word_lose_those_that_xml_can_hold(char: str) -> None:
    files = {
        "fdx": fdx_document(f'<Paragraph Type="Action"><Text>Ra{char}in.</Text></Paragraph>').encode("utf-8"),
        "docx": document(p(f"Ra{char}in.")),
    }
    for name, data in files.items():
        result = api.read_bytes(data, format=name)
        assert {one.code for one in result.diagnostics} == {f"{name}.control-characters"}
        assert fountain.to_text(result.screenplay).strip() == "Rain."


@pytest.mark.parametrize(
    "writer", [one for one in WRITERS if one.name not in ("pdf", "docx", "fadein")], ids=lambda one: one.name
)
@few(150)
@given(screenplays())
def test_no_writer_lets_one_out(writer: Writer, screenplay: Screenplay) -> None:
    text = written(writer, screenplay)[0].decode("utf-8-sig")  # Trelby's files begin with a byte order mark
    assert CONTROLS.search(text.replace("\f", "")) is None


@few(150)
@given(screenplays())
def test_word_s_writer_lets_none_out(screenplay: Screenplay) -> None:
    (docx,) = (one for one in WRITERS if one.name == "docx")
    with zipfile.ZipFile(io.BytesIO(written(docx, screenplay)[0])) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                assert CONTROLS.search(archive.read(name).decode("utf-8")) is None, name


@pytest.mark.parametrize("reader", [one for one in READERS if one.name in ("fountain", "text", "highland")])
@few(200)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(st.sampled_from([*BAD, *"\x85\x0b\x0cab \n:.@!#[]/*=>"])).map(str.encode)
    )
)
def test_any_bytes_make_fountain_without_one(reader: Reader, data: bytes) -> None:
    try:
        screenplay, _ = read(reader, data)
    except ConverterError:
        return
    assert CONTROLS.search(fountain.to_text(screenplay)) is None
