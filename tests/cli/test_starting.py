"""What starting costs: which modules a run of the command loads."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from converter import convert
from converter.formats import FORMATS, Format
from tests.cli.conftest import environment

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def loaded(*arguments: str, run: str = "from converter.cli import main; assert main() == 0") -> set[str]:
    """The modules that a run of the command loads, beside those that Python loads anyway."""
    code = "import sys; before = set(sys.modules); {}; print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    ended = subprocess.run(
        [sys.executable, "-c", code.format(run), *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stderr.splitlines()[-1].split())


HEAVY = {"lxml", "reportlab", "docx", "pypdf", "json", "concurrent.futures", "multiprocessing"}


def test_help_and_version_load_click_and_little_else() -> None:
    of_click = loaded(run="import click")
    for arguments in (["--help"], ["convert", "--help"], ["--version"]):
        modules = loaded(*arguments)
        assert {name for name in modules if name.startswith("converter")} == {
            "converter",
            "converter.cli",
            "converter.cli.commands",
            "converter.cli.screen",
            "converter.records",
            "converter.safe",
            "converter.safe.clean",
        }
        # The oldest click that the metadata allows loads shutil too, to show help.
        assert not (modules - of_click) & {*HEAVY, "pathlib", "dataclasses"}


def test_a_conversion_loads_only_its_own_formats() -> None:
    sample = SAMPLES / "two-pages.fountain"
    modules = loaded("convert", str(sample), "two-pages.txt")
    assert "converter.readers.fountain" in modules
    assert {name for name in modules if name.startswith("writers.") and name.count(".") == 1} == {"writers.text"}
    assert not modules & {*HEAVY, "click", "inspect"}


def test_reading_a_sound_fdx_file_loads_no_more_than_a_plain_parser() -> None:
    sample = SAMPLES / "short-film.fdx"
    assert not loaded("convert", str(sample), "short-film.fountain") & {*HEAVY, "click", "inspect"}


def test_importing_the_package_loads_nothing_of_ours() -> None:
    assert {name for name in loaded(run="import converter") if name.startswith("converter")} == {"converter"}


def test_the_package_lists_its_names() -> None:
    import converter

    for name in converter.__all__:
        assert getattr(converter, name).__name__ == name
    assert set(converter.__all__) <= set(dir(converter))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        converter.nothing  # type: ignore[attr-defined]  # noqa: B018


# Notes which module of ours asks for one of the slow ones; libraries may load them for themselves, and once they are
# loaded converter.records may use them.
WATCHED = """
import builtins, sys
found, plain_import = [], builtins.__import__
def watched(name, globals=None, *rest, **more):
    asking = (globals or {}).get("__name__", "")
    is_loaded = asking == "converter.records" and name in sys.modules
    if name in {"dataclasses", "inspect"} and asking.partition(".")[0] in {"converter", "writers"} and not is_loaded:
        found.append(f"{asking} loads {name}")
    return plain_import(name, globals, *rest, **more)
builtins.__import__ = watched
from converter.cli import main
source, *targets = sys.argv[1:]
for target in targets:
    sys.argv[1:] = ["convert", source, target, *(["--read-set", "isolate=no"] if source.endswith(".pdf") else [])]
    assert main() == 0
sys.exit("; ".join(found) or 0)
"""


@pytest.mark.parametrize("source", [row for row in FORMATS if row.reader], ids=lambda row: row.name)
def test_no_conversion_loads_dataclasses_or_inspect_for_code_of_ours(source: Format, tmp_path: Path) -> None:
    script = tmp_path / f"script{source.suffixes[0]}"
    if source.writer:
        convert(SAMPLES / "short-film.fountain", script)
    else:
        with zipfile.ZipFile(script, "w") as bundle:
            bundle.writestr("script.textbundle/info.json", '{"version": 2}')
            bundle.write(SAMPLES / "short-film.fountain", "script.textbundle/text.fountain")
    targets = [str(tmp_path / f"result{row.suffixes[0]}") for row in FORMATS if row.writer]
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, str(script), *targets],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert all(map(os.path.exists, targets))
