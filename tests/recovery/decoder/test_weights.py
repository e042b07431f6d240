"""The weight tables and word lists know general things only: no names, no sentences, nobody's script."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from benchmarks.damage import pieces_of
from converter.readers import fountain
from converter.recovery.decoder import vocabulary
from converter.recovery.decoder.roles import FLAT_STATES, LINE_STATES, ROLES
from converter.recovery.decoder.words import stem

KINDS = ("flat", "indented", "unindented", "contiguous")
SAMPLES = Path(__file__).parents[3] / "samples"
TABLES = [f"{kind}-{number}.tsv" for kind in KINDS for number in (1, 2)]


def features(table: str) -> tuple[list[list[str]], list[list[str]]]:
    arcs, _, joints = (
        files("converter.recovery.decoder").joinpath("weights", table).read_text("utf-8").partition("[joints]\n")
    )
    rows = [line.split("\t") for line in arcs.splitlines() if not line.startswith("//")]
    return rows, [line.split("\t") for line in joints.splitlines()]


def names() -> set[str]:
    """Who speaks in our own scripts, where prose writes it with a capital and never without."""
    speak: set[str] = set()
    capital: set[str] = set()
    small: set[str] = set()
    for path in SAMPLES.glob("*.fountain"):
        for piece in pieces_of(fountain.from_text(path.read_text("utf-8"))):
            if piece.kind == "cue":
                speak.update(re.findall(r"[^\W\d_]{3,}", piece.text.partition("(")[0].lower()))
            elif piece.kind in ("action", "dialogue"):
                capital.update(name.lower() for name in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", piece.text))
                small.update(re.findall(r"\b[a-z]{3,}\b", piece.text))
    return {stem(name) for name in speak & capital - small}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_holds_no_name(table: str) -> None:
    rows, _ = features(table)
    held = {row[0].partition("=")[2] for row in rows if row[0].startswith(("w=", "f=", "b.w="))}
    known = set(vocabulary.classes())
    assert held
    assert all(word == word.lower() for word in held)
    assert not (held - {stem(word) for word in known}) & names()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_holds_no_phrase(table: str) -> None:
    rows, joints = features(table)
    for feature, *_ in rows + joints:
        assert len(re.findall(r"[^\W\d_]{2,}", feature.partition("=")[2])) <= 3, feature


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_small_and_well_formed(table: str) -> None:
    rows, joints = features(table)
    states = len(FLAT_STATES if table.startswith("flat") else LINE_STATES)
    assert all(len(row) <= 1 + len(ROLES) and all(abs(int(cell or 0)) < 10_000 for cell in row[1:]) for row in rows)
    assert all(len(row) == 4 and int(row[1]) <= states and int(row[2]) < states for row in joints)
    assert sum(cell != "" for row in rows for cell in row[1:]) + len(joints) < 15_000
    assert len({row[0] for row in rows}) == len(rows)


def test_the_word_lists_hold_single_words_in_lower_case_and_no_name() -> None:
    listed = vocabulary.classes()
    assert all(word == word.lower() and " " not in word for word in listed)
    assert names()
    assert not {stem(word) for word, kind in listed.items() if kind != "man"} & names()  # man: a pilot is no name
