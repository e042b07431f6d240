"""What is installed: the two packages, all their data, the command; and a checkout works without."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import converter

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    pytest.importorskip("setuptools", minversion="77")
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("converter", "writers", "pyproject.toml", "README.md", "LICENSE"):
        (source / name).symlink_to(ROOT / name)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_holds_every_file_of_the_two_packages_and_no_other(wheel: zipfile.ZipFile) -> None:
    info = f"matchcut-{converter.__version__}.dist-info/"
    packed = {name for name in wheel.namelist() if not name.startswith(info)}
    here = {
        path.relative_to(ROOT).as_posix()
        for package in ("converter", "writers")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == here


def test_the_wheel_names_the_command_and_the_license(wheel: zipfile.ZipFile) -> None:
    info = f"matchcut-{converter.__version__}.dist-info"
    assert "matchcut = converter.cli:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert f"{info}/licenses/LICENSE" in wheel.namelist()
    metadata = wheel.read(f"{info}/METADATA").decode()
    assert f"Version: {converter.__version__}\n" in metadata
    assert "License-Expression: MIT\n" in metadata


def test_a_checkout_works_that_was_never_installed(tmp_path: Path) -> None:
    """From another folder, with nothing of ours but the path."""
    sample = ROOT / "samples" / "two-pages.fountain"
    command = [sys.executable, "-P", "-m", "converter", "convert", str(sample), "two-pages.txt"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert ended.returncode == 0
    assert (tmp_path / "two-pages.txt").stat().st_size > 1000
