"""What is installed: the two packages, all their data, the command; and a checkout works without."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import converter

pytestmark = pytest.mark.long
ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("matchcut")


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
    assert "matchcut = converter.cli:command" in wheel.read(f"{info}/entry_points.txt").decode()
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


@pytest.mark.skipif(not COMMAND.exists(), reason="the command is not installed")
def test_the_command_works_beside_a_folder_and_a_file_of_our_names(tmp_path: Path) -> None:
    """As README says; also in the processes that it starts."""
    (tmp_path / "writers").mkdir()
    for name in ("converter.py", "writers/__init__.py"):
        (tmp_path / name).write_text("raise SystemExit('the wrong one')\n")
    for name in ("a", "b"):
        shutil.copy(ROOT / "samples" / "two-pages.fountain", tmp_path / f"{name}.fountain")
    pdf = [COMMAND, "convert", "a.fountain", "b.fountain", "--to", "pdf", "--out-dir", "pdf", "--jobs", "2"]
    text = [COMMAND, "convert", "pdf/a.pdf", "pdf/b.pdf", "--to", "text", "--out-dir", "text", "--jobs", "2"]
    for command in (pdf, text):
        ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "text" / "b.txt").exists()
    beside = subprocess.run(
        [sys.executable, "-m", "converter", "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert beside.stderr == "the wrong one\n"


def test_importing_warns_of_nothing() -> None:
    code = "import converter, writers; from writers import docx, fdx, fountain, outline, pdf, text; converter.convert"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-W", "error", "-c", code], env=environment, check=True)


def test_the_citation_has_the_version_and_the_license_of_the_package() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"\nversion: {converter.__version__}\n" in text
    assert f"\nlicense: {settings['license']}\n" in text and f'\nabstract: "{settings["description"]}."\n' in text
