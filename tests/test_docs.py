"""What the documents say is true."""

from __future__ import annotations

import ast
import dataclasses
import enum
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from converter import tree
from converter.cli import commands
from converter.contract import Limits
from converter.formats import FORMATS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the examples talk of: a script called draft.fountain."""
    shutil.copy(ROOT / "samples" / "two-pages.fountain", tmp_path / "draft.fountain")
    return tmp_path


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )


COMMANDS = [line for block in blocks(README, "sh") for line in block.splitlines() if line]


@pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")
@pytest.mark.parametrize("line", COMMANDS)
def test_the_readme_s_commands_work(line: str, folder: Path) -> None:
    assert line.startswith("matchcut ")
    command = line.replace("matchcut", f"{shlex.quote(sys.executable)} -m converter", 1)
    ended = run(["sh", "-c", command], folder)
    assert ended.returncode == 0, ended.stderr
    assert "Error" not in ended.stderr


def test_the_readme_s_python_works(folder: Path) -> None:
    (example,) = blocks(README, "python")
    ended = run([sys.executable, "-c", example], folder)
    assert ended.returncode == 0, ended.stderr
    assert re.search(r"^\d+ elements$", ended.stdout, re.MULTILINE)
    assert (folder / "draft.docx").exists()


def test_the_python_page_s_examples_work(folder: Path) -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    ended = run([sys.executable, "-W", "error", "-c", "\n".join(blocks(page, "python"))], folder)
    assert ended.returncode == 0, ended.stderr
    assert "nope.fdx: cannot be read: there is no such file or folder\n" in ended.stdout
    assert "pdf has no option 'papr' (did you mean 'paper'?); it has" in ended.stdout
    assert (folder / "short.pdf").exists() and (folder / "numbered.fdx").exists()


def test_the_readme_s_make_targets_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for text in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        assert set(re.findall(r"\bmake ([a-z]+)(?=  |`)", text)) <= targets
    assert {"demo", "test", "check", "bench"} <= targets


def test_the_readme_s_table_is_the_table_of_formats(accept: bool) -> None:
    """`pytest --accept` writes it anew."""
    before, there, after = re.split(r"(?<=\|---\|---\|---\|---\|\n)((?:\|.*\n)+)", README, maxsplit=1)
    cells = [(row.title, " ".join(row.suffixes), row.reader and "yes", row.writer and "yes") for row in FORMATS]
    table = "".join("|" + "".join(f" {cell} |" if cell else " |" for cell in row) + "\n" for row in cells)
    if accept:
        (ROOT / "README.md").write_text(before + table + after, encoding="utf-8")
    else:
        assert there == table


# ---------------------------------------------------------------- diagnostics

CODE = re.compile(rf"(?:{'|'.join(row.name for row in FORMATS)}|format|pages|report)\.[a-z0-9]+(?:-[a-z0-9]+)*")


def _codes_in_source() -> dict[str, str]:
    """Every string literal that has the form of a code, and a file where it stands."""
    found = {}
    for package in ("converter", "writers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for code in _codes_in(node):
                    found[code] = str(path.relative_to(ROOT))
    return found


_ENDS_CODE = re.compile(r"\.[a-z0-9]+(?:-[a-z0-9]+)*")
DOCUMENTS = (
    "docx",
    "rtf",
    "odt",
    "html",
)  # what they say of paragraphs that no style names is said once for all of them


def _codes_in(node: ast.AST) -> list[str]:
    match node:
        case ast.Constant(value=str(code)) if CODE.fullmatch(code):
            return [code]
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(code))]) if CODE.fullmatch(
            f"format{code}"
        ):
            return [f"{name}{code}" for name in DOCUMENTS]
        case ast.Call(func=ast.Attribute(attr="_guess"), args=[ast.Constant(value=str(code)), *_]):
            return [f"{name}.{code}" for name in DOCUMENTS]
        case _:
            return []


def _documented() -> dict[str, str]:
    text = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([^`]+)` \| (\w+) \|", text, re.MULTILINE))


def test_every_code_is_documented_and_every_documented_code_is_there() -> None:
    source, documented = _codes_in_source(), _documented()
    assert {code: path for code, path in source.items() if code not in documented} == {}
    assert sorted(set(documented) - set(source)) == []


def test_documented_codes_have_a_kind_and_stand_once() -> None:
    text = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)
    assert len(rows) == len(set(rows)) == len(_documented())
    assert set(_documented().values()) <= {"warning", "guess", "loss"}


# ---------------------------------------------------------------- the tree

NODES = [
    kind
    for kind in vars(tree).values()
    if isinstance(kind, type) and kind.__module__ == tree.__name__ and kind is not tree.Scene
]


@pytest.mark.parametrize("kind", NODES, ids=lambda kind: kind.__name__)
def test_the_tree_page_names_each_class_and_field(kind: type) -> None:
    page = (ROOT / "docs" / "tree.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", page))))
    assert kind.__name__ in named
    if dataclasses.is_dataclass(kind):
        assert {one.name for one in dataclasses.fields(kind)} <= named
    elif issubclass(kind, enum.Enum):
        assert {member.name for member in kind} <= named


# ---------------------------------------------------------------- the command line and limits


def test_every_option_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    parameters = [one for command in commands.matchcut.commands.values() for one in command.params]
    options = [one for parameter in parameters for one in parameter.opts if one.startswith("--")]
    documented = set(re.findall(r"(?:`|`[a-z]+ )(--[a-z-]+)", text))
    assert [option for option in options if option not in documented] == []
    assert documented <= {*options}


def test_every_limit_is_documented_with_its_value() -> None:
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `([a-z][a-z-]*)` \| ([\d,]+)", text, re.MULTILINE))
    limits = {
        name.replace("_", "-"): f"{getattr(Limits(), name):,}"
        for name in Limits.__slots__
        if name not in {"max_seconds", "ends"}
    }
    assert documented == limits
    assert f"| `--timeout` | {Limits().max_seconds:g} seconds |" in text


def test_contributing_names_each_dependency_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {
        re.split(r"[^\w-]", one)[0]
        for some in (project["dependencies"], *(project["optional-dependencies"][name] for name in ("dask", "reports")))
        for one in some
    }
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = text[text.index("What we use of others:") : text.index("A new dependency")]
    named = re.findall(r"^- ([\w-]+)(?: and ([\w-]+) )?", listed, re.MULTILINE)
    assert {name for names in named for name in names if name} == required


def test_each_word_of_the_glossary_has_one_meaning_and_stands_in_its_place() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    tables = [re.findall(r"^\| ([a-z][^|]*) \| .+ \|$", part, re.MULTILINE)[1:] for part in text.split("\n## ")[1:]]
    words = [word for table in tables for row in table for word in row.split(", ")]
    assert len(words) == len(set(words)) > 60
    assert [sorted(table) for table in tables] == tables


def test_every_link_leads_somewhere() -> None:
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "samples").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
