"""The seconds of --timeout hold in every step: each reader and each writer looks at the time."""

from dataclasses import replace
from pathlib import Path

import pytest

from converter import api
from converter.contract import LimitError, Limits, Reader, Source, Writer, ignore
from converter.formats import FORMATS, writer_named
from converter.tree import Screenplay
from tests.laws import READERS

OVER = Limits(max_seconds=120.0, ends=0.0)  # its end is long past
SAMPLE = (Path(__file__).parent.parent / "samples" / "short-film.fountain").read_bytes()
SCREENPLAY = api.read_bytes(SAMPLE, format="fountain").screenplay
WRITERS = [writer_named(row.name, ignore) for row in FORMATS if row.writer]


def sample_as(name: str) -> bytes:
    writable = {row.name for row in FORMATS if row.writer}
    return api.write_bytes(SCREENPLAY, format=name).data if name in writable else SAMPLE


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_every_reader_looks_at_the_time(reader: Reader) -> None:
    with pytest.raises(LimitError, match="longer than 120 seconds"):
        reader.read(Source("script", sample_as(reader.name)), reader.options(), ignore, OVER)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_every_writer_looks_at_the_time(writer: Writer) -> None:
    with pytest.raises(LimitError, match="longer than 120 seconds"):
        writer.write(SCREENPLAY, writer.options(), ignore, OVER)


@pytest.mark.parametrize("name", ["fdx", "docx"])
def test_an_edited_file_of_final_draft_takes_no_longer(name: str) -> None:
    kept = api.read_bytes(sample_as("fdx"), format="fdx").screenplay
    writer = writer_named(name, ignore)
    edited = replace(kept, body=kept.body[:3])
    with pytest.raises(LimitError, match="longer than 120 seconds"):
        writer.write(edited, writer.options(), ignore, OVER)


def test_what_comes_between_reading_and_writing_counts_too() -> None:
    def slow(screenplay: Screenplay) -> Screenplay:
        raise AssertionError("it was called although the time was over")

    settings = api.Settings(write_as="outline", transforms=(slow,), limits=OVER)
    output = api.chosen_output("", "outline", None, ignore)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(LimitError, match="longer than 120 seconds"):
        patch.setattr(api, "read_source", lambda *_: (SCREENPLAY, "fountain"))
        api.convert_source(Source("a.fountain", SAMPLE), output, settings, api.Collector(OVER))
