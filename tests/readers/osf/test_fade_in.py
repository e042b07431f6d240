"""Fade In's archive around the XML."""

from __future__ import annotations

import io
import zipfile

import pytest

from converter.contract import DEFAULT_LIMITS, Diagnostic, FormatError, Source
from converter.notation.osf.setup import to_settings
from converter.readers import osf as reader
from converter.tree import Action, PageSetup, Run, Screenplay
from writers import osf as writer

SCRIPT = (
    '<document type="Open Screenplay Format document" version="50"><paragraphs>'
    '<para><style basestyle="Action"/><text>Rain.</text></para></paragraphs></document>'
)
TREE = Screenplay(body=(Action(text=(Run(text="Rain."),)),))


def archive(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("_", "."), content)
    return stream.getvalue()


def read(data: bytes) -> tuple[Screenplay, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return reader.read(Source("a.fadein", data), reader.Options(), said.append, DEFAULT_LIMITS), said


def test_pictures_beside_the_script_are_named() -> None:
    screenplay, said = read(archive(document_xml=SCRIPT, map_png="x", plan_png="x"))
    assert screenplay == TREE
    assert [(one.code, one.message) for one in said] == [
        ("osf.attachments", "Pictures and attachments were left out: map.png, plan.png.")
    ]


def test_an_archive_without_the_script_is_refused() -> None:
    with pytest.raises(FormatError, match="lacks a part"):
        read(archive(other_xml=SCRIPT))


def test_other_xml_is_refused() -> None:
    with pytest.raises(FormatError, match="not in Open Screenplay Format"):
        read(b"<screenplay/>")


def test_latin_1_is_read_as_the_file_says() -> None:
    said = f'<?xml version="1.0" encoding="ISO-8859-1"?>{SCRIPT}'.replace("Rain", "Caf\u00e9")
    assert read(said.encode("latin-1"))[0] == Screenplay(body=(Action(text=(Run(text="Caf\u00e9."),)),))


def test_what_is_written_is_one_part_and_the_same_at_any_time() -> None:
    data = writer.write_archive(TREE)
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["document.xml"]
    assert data == writer.write_archive(TREE)
    assert read(data)[0] == TREE


def test_lines_as_far_apart_as_none_can_be_are_written_as_usual() -> None:
    for leading in (0.0, 0.5, 100.0):
        told = Screenplay(body=TREE.body, page_setup=PageSetup(leading=leading))
        assert to_settings(told.page_setup)["normal_linesperinch"] == "6.0"
        assert read(writer.write_archive(told))[0].body == TREE.body
