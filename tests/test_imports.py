"""Who may import whom, and who may touch files, XML parsers and the screen: read from every file's syntax tree."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent

CORE = (
    "converter.records",
    "converter.patterns",
    "converter.tree",
    "converter.normal",
    "converter.cuts",
    "converter.terms",
    "converter.languages",
    "converter.lines",
    "converter.twips",
    "converter.contract",
)
ALL_BUT_FORMATS_AND_PAGES = (
    *CORE,
    "converter.safe",
    "converter.notation",
    "converter.fonts",
    "converter.formats",
    "converter.options",
    "converter.transforms",
    "converter.overview",
    "converter.compare",
    "converter.production",
    "converter.rename",
    "converter.reports",
    "converter.filters",
    "converter.api",
    "converter.batch",
    "converter.cluster",
    "converter.cli",
)

# The first row whose name fits a module says what of ours it may import; a folder's name stands for all in it.
MAY_IMPORT = {
    "converter.records": (),
    "converter.patterns": (),
    "converter.tree": ("converter.records", "converter.shown"),  # shown only when a script is asked to show itself
    "converter.normal": ("converter.records", "converter.patterns", "converter.tree", "converter.normal"),
    "converter.cuts": ("converter.records", "converter.tree"),
    "converter.terms": ("converter.records", "converter.patterns", "converter.tree", "converter.languages"),
    "converter.languages": ("converter.contract",),
    "converter.lines": ("converter.records", "converter.tree"),
    "converter.contract": ("converter.records", "converter.tree"),
    "converter.twips": (),
    "converter.safe": (*CORE, "converter.safe"),
    "converter.fitting": CORE,
    "converter.fonts": (*CORE, "converter.safe", "converter.fonts"),
    "converter.notation": (*CORE, "converter.safe", "converter.notation", "converter.fitting"),
    "converter.layout": (*CORE, "converter.layout", "converter.fonts", "converter.fitting"),
    "converter.recovery": (*CORE, "converter.recovery"),
    "converter.readers": (*CORE, "converter.safe", "converter.notation", "converter.recovery", "converter.readers"),
    "converter.sniffing": CORE,
    "converter.formats": (
        *CORE,
        "converter.formats",
        "converter.options",
        "converter.sniffing",
        "converter.transforms",
    ),
    "converter.options": (*CORE, "converter.formats", "converter.options", "converter.transforms"),
    "converter.transforms": (*CORE, "converter.formats", "converter.options", "converter.transforms"),
    "converter.overview": (*CORE, "converter.layout", "converter.transforms"),
    "converter.rename": CORE,
    "converter.production": (*CORE, "converter.layout", "converter.transforms"),
    "converter.compare": (*CORE, "converter.compare", "converter.transforms"),
    "converter.reports.table": CORE,
    "converter.reports": (*CORE, "converter.reports", "converter.layout", "converter.transforms"),
    "converter.filters": (*CORE, "converter.safe"),
    "converter.api": ALL_BUT_FORMATS_AND_PAGES,
    "converter.shown": ALL_BUT_FORMATS_AND_PAGES,
    "converter.batch": ALL_BUT_FORMATS_AND_PAGES,
    "converter.cluster": ALL_BUT_FORMATS_AND_PAGES,
    "converter.processes": ("converter.safe.processes",),
    "converter.cli": ALL_BUT_FORMATS_AND_PAGES,
    "converter.__main__": ("converter.cli",),
    "converter": ALL_BUT_FORMATS_AND_PAGES,  # the package itself: the public names
    "writers.tables": (*CORE, "converter.reports.table", "writers.pdf"),
    "writers": (
        *CORE,
        "converter.safe",
        "converter.notation",
        "converter.fitting",
        "converter.fonts",
        "converter.layout",
        "writers",
    ),
}

# Heavy libraries, and the modules that may load them.
LIBRARIES = {
    "lxml": (
        "converter.safe.xml",
        "converter.notation.fdx",
        "converter.notation.docx",
        "converter.readers.fdx",
        "converter.readers.docx",
        "converter.readers.html",
        "converter.readers.osf",
        "converter.readers.celtx",
        "converter.readers.starc",
        "converter.readers.kit",
        "converter.readers.adobestory",
        "writers.osf",
        "writers.fdx",
        "writers.docx",
    ),
    "sqlite3": ("converter.safe.sqlite",),
    "reportlab": ("writers.pdf",),
    "fontTools": ("converter.fonts.variable",),
    "docx": ("writers.docx",),
    "pypdf": ("converter.readers.pdf",),
    "click": (
        "converter.cli.commands",
        "converter.cli.many",
        "converter.cli.request",
        "converter.cli.screen",
        "converter.cli.shell",
    ),
    "distributed": ("converter.cluster",),
    "dataclasses": ("converter.records",),  # 20 ms; converter.records is ours
    "inspect": (),
    "xlsxwriter": ("writers.tables.xlsx",),
}


class Module(NamedTuple):
    name: str  # converter.safe.xml; a package goes by its own name
    path: Path
    tree: ast.Module

    def __str__(self) -> str:
        return self.name


def _modules() -> Iterator[Module]:
    for package in ("converter", "writers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield Module(name, path, ast.parse(path.read_text(encoding="utf-8")))


MODULES = tuple(_modules())


def _imported(module: Module) -> Iterator[str]:
    """Every module that is imported anywhere in the file, by its whole name."""
    names = {one.name for one in MODULES}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{module}, line {node.lineno}: imports are written in full"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in names else node.module


def _covers(row: str, name: str) -> bool:
    return name == row or name.startswith(row + ".")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_point_one_way(module: Module) -> None:
    rows = [row for row in MAY_IMPORT if _covers(row, module.name)]
    allowed = MAY_IMPORT[max(rows, key=len)]
    for name in _imported(module):
        if name == "converter":
            assert module.name == "converter.cli.commands", "the package itself is for those outside; --version asks"
        elif _covers("converter", name) or _covers("writers", name):
            assert any(_covers(row, name) for row in allowed), f"{module} must not import {name}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_heavy_libraries_have_their_places(module: Module) -> None:
    for name in _imported(module):
        library = name.partition(".")[0]
        places = LIBRARIES.get(library, (module.name,))
        assert any(_covers(place, module.name) for place in places), f"{module} must not import {library}"


def test_every_row_of_the_tables_is_about_something() -> None:
    """A module that was renamed must not leave a rule behind that forbids nothing."""
    names = {module.name for module in MODULES}
    rows = {*MAY_IMPORT, *(place for places in LIBRARIES.values() for place in places)}
    assert sorted(row for row in rows if row not in names) == []


# ---------------------------------------------------------------- files, parsers, the screen

FILE_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "open", "unlink", "touch", "mkdir", "rename"}

CHILDREN = ("converter.safe.processes", "converter.readers.pdf.child")  # processes that work for another
EXITING = ("converter.cli", "converter.cli.commands")


def _calls(module: Module) -> Iterator[tuple[str, str, int]]:
    """What is called: the name before the last dot, the name itself, the line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name):
                    yield "", name, node.lineno
                case ast.Attribute(value=value, attr=name):
                    yield ast.unparse(value), name, node.lineno


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_safe_files_opens_files(module: Module) -> None:
    if module.name == "converter.safe.files":
        return
    for owner, name, line in _calls(module):
        opens = name == "open" and owner in {"", "io", "os", "codecs"} or name in FILE_METHODS - {"open"}
        own_data = owner.startswith("files(")  # importlib.resources: what lies in the package
        assert not opens or own_data, f"{module}, line {line}: {name}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_safe_xml_makes_parsers(module: Module) -> None:
    names = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    makers = {"XMLParser", "XMLPullParser", "iterparse", "HTMLParser", "ParserCreate", "ETCompatXMLParser"}
    assert not names & makers or module.name == "converter.safe.xml"
    if module.name != "converter.safe.xml":
        assert not {"xml.parsers.expat", "xml.etree.ElementTree", "xml.dom.minidom"} & set(_imported(module))


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_the_screen_of_the_command_line_prints_and_only_its_door_exits(module: Module) -> None:
    for owner, name, line in _calls(module):
        prints = name in {"print", "echo"} or owner in {"sys.stdout", "sys.stderr"}
        assert not prints or module.name == "converter.cli.screen", f"{module}, line {line}: {owner}.{name}"
        exits = name in {"exit", "_exit"} and module.name not in CHILDREN
        assert not exits or module.name in EXITING, f"{module}, line {line}: {name}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_zip_archives_are_opened_in_one_place(module: Module) -> None:
    """Writing one is free; python-docx hands its own to writers.docx."""
    if "zipfile" in set(_imported(module)):
        places = ("converter.safe.zip", "converter.notation.docx", "writers.docx", "writers.osf")
        assert any(_covers(place, module.name) for place in places)


# ---------------------------------------------------------------- how dense a function may be


def test_every_file_that_may_hold_a_dense_function_still_does() -> None:
    """The list of exceptions in pyproject.toml only shrinks."""
    ruff = Path(sys.executable).with_name("ruff")
    if not ruff.exists():
        pytest.skip("ruff is not installed here")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    excepted = [path for path, rules in settings["per-file-ignores"].items() if "C901" in rules]
    fence = f"lint.mccabe.max-complexity={settings['mccabe']['max-complexity']}"
    command = [str(ruff), "check", "--isolated", "--no-cache", "--select", "C901", "--config", fence]
    found = subprocess.run([*command, "--output-format", "json", *excepted], cwd=ROOT, capture_output=True, check=False)
    dense = {
        Path(one["filename"]).relative_to(ROOT).as_posix() for one in json.loads(found.stdout) if one["code"] == "C901"
    }
    assert [path for path in excepted if path not in dense] == [], "take it off the list"


# ---------------------------------------------------------------- what the repository says

MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home|Users|tmp)/\w")
TEXT_FILES = {".py", ".md", ".toml", ".case", ".fountain", ".fdx", ".cfg", ".txt", ".yml", ""}


def _tracked_texts() -> Iterator[Path]:
    skipped = {".git", "__pycache__", ".venv", "build", "dist"}
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and path.suffix in TEXT_FILES and path.name != ".git":  # a file in a worktree
            folders = path.relative_to(ROOT).parts[:-1]
            if not any(folder in skipped or folder.startswith(".") and folder != ".ci" for folder in folders):
                yield path


def test_no_machine_path_stands_anywhere() -> None:
    found = []
    for path in _tracked_texts():
        if path != Path(__file__):
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
                if MACHINE_PATHS.search(line):
                    found.append(f"{path.relative_to(ROOT)}, line {number}: {line.strip()}")
    assert found == []
