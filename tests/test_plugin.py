"""examples/plugin, the package to copy: a format of somebody else's keeps the promises too."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.contract import Diagnostic, Source
from converter.normal import normal
from converter.tree import Screenplay
from tests.facets import Status, statuses
from tests.laws import losses, read, written
from tests.strategies import screenplays

ROOT = Path(__file__).parent.parent
PLUGIN = ROOT / "examples" / "plugin"
LABELS = (
    "scene: INT. LIGHTHOUSE - NIGHT\naction: The lamp turns.\ncue: ODILE\nline: You are late.\ntransition: CUT TO:\n"
)

sys.path.append(str(PLUGIN))
READER: Any = import_module("matchcut_labelled.reader").READER
WRITER: Any = import_module("matchcut_labelled.writer").WRITER


def test_what_it_writes_it_reads() -> None:
    screenplay, found = read(READER, LABELS.encode())
    assert found == []
    data, found = written(WRITER, screenplay)
    assert (data.decode(), found) == (LABELS, [])


def test_a_line_without_a_label_is_reported_and_kept() -> None:
    screenplay, found = read(READER, b"action: Rain.\nSnow.\n")
    assert [(one.code, one.at.line if one.at else None) for one in found] == [("labelled.no-label", 2)]
    assert written(WRITER, screenplay)[0] == b"action: Rain.\naction: Snow.\n"


def test_nothing_vanishes() -> None:
    bad = {name: status.value for name, status in statuses(WRITER).items() if status in {Status.VANISHED, Status.CRIED}}
    assert bad == {}


@given(screenplays())
def test_what_comes_back_is_the_same_or_a_loss_is_reported(screenplay: Screenplay) -> None:
    data, found = written(WRITER, screenplay)
    assert losses(found) or read(READER, data)[0] == normal(screenplay)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"action: {text}".encode()))
def test_any_bytes_give_a_normal_screenplay(data: bytes) -> None:
    found: list[Diagnostic] = []
    screenplay = READER.read(Source("any.labelled", data), READER.options(), found.append)
    assert normal(screenplay) == screenplay


@pytest.mark.long
def test_it_is_found_once_it_is_installed(tmp_path: Path) -> None:
    pytest.importorskip("setuptools", minversion="77")
    source = tmp_path / "source"
    source.mkdir()
    for path in (PLUGIN / "pyproject.toml", PLUGIN / "matchcut_labelled"):
        (source / path.name).symlink_to(path)
    place = tmp_path / "installed"
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(place), str(source)]
    subprocess.run(command, check=True, capture_output=True)

    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{place}"}
    command = [sys.executable, "-m", "converter", "convert", str(ROOT / "samples" / "two-pages.fountain"), "a.labelled"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (tmp_path / "a.labelled").read_text(encoding="utf-8").startswith("scene: ")
