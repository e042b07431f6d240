"""What programs of others import and call stays there. A name may join the lists; none may leave or be spelt anew."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import converter

ROOT = Path(__file__).parent.parent

NAMES = {
    "converter": """
        ConvertResult ConverterError Diagnostic EncryptedError FormatError InputError Job Kind LimitError Limits
        NoTextError Outcome OutputError ReadResult Screenplay Settings StrictError UnknownFormat UsageError WriteResult
        convert convert_many read read_bytes write write_bytes __version__
    """,
    "converter.contract": """
        ConverterError DEFAULT_LIMITS Deadline Diagnostic EncryptedError FormatError InputError Kind LimitError Limits
        NoTextError OutputError Reader Report Sniff Source StrictError UnknownFormat UsageError Writer ignore option
    """,
    "converter.tree": """
        Action Align Band Boneyard CastList Character Continued Deletion Dialogue DualDialogue ElementStyle EndOfAct
        General LineBreak Look Lyric Margins More NO_STYLE NewAct Note NoteEnd Opaque Origin PageBreak PageField
        PageFieldKind PageMark PageSetup Paper Paragraph ParagraphLayout Parenthetical Position RevisionSet Revisions
        Run Scene SceneHeading SceneNumbers Screenplay Section Shot Speech Style Synopsis TabStop Tag TitleField
        TitlePage Transition paragraphs scenes words
    """,
    "converter.processes": "Processes",
    "converter.reports": "Column Facts KINDS Table facts_of report select",
    "converter.readers.adobestory": "Options READER read",
    "converter.readers.celtx": "Options READER read",
    "converter.readers.kit": "Options READER read",
    "converter.readers.scrite": "Options READER read",
    "converter.readers.starc": "Options READER read",
    "converter.readers.docx": "Options READER from_document read",
    "converter.readers.fdx": "Options READER read",
    "converter.readers.fountain": "Options READER read",
    "converter.readers.highland": "Options READER read",
    "converter.readers.osf": "FADE_IN Options READER read",
    "converter.readers.html": "Options READER read",
    "converter.readers.json": "Options READER read",
    "converter.readers.pdf": "Options READER read",
    "converter.readers.plain": "Options READER read",
    "converter.readers.trelby": "Options READER read",
    "converter.readers.odt": "Options READER read",
    "converter.readers.rtf": "Options READER read",
    "writers.docx": "Options WRITER fit to_document write",
    "writers.fdx": "Options WRITER fit write",
    "writers.fountain": "Options WRITER fit to_text write",
    "writers.osf": "FADE_IN Options WRITER fit write",
    "writers.html": "Options WRITER fit to_text write",
    "writers.json": "Options WRITER fit to_text write",
    "writers.outline": "Options WRITER to_text write",
    "writers.pdf": "Options WRITER write",
    "writers.trelby": "Options WRITER fit write",
    "writers.text": "Options WRITER to_text write",
}

# The imports in the README and the docs. Programs were copied from there, so they work even where a page changes.
IMPORTS = """
from converter import convert, read
from converter import ConverterError, Limits, read_bytes, write_bytes
from converter import Job, Settings, convert_many
from converter.processes import Processes
from converter.fonts import keep_index
from converter.formats import table_writer
from converter.reports import report
from converter.readers.docx import from_document
from writers.docx import to_document
from converter import write
from converter.tree import Action, Character, Dialogue, Run, SceneHeading, Screenplay, Speech, Style
from converter.transforms import LEAVE_OUT, number_scenes
from converter.readers.fountain import from_text
import writers.fountain
import writers.text
"""

PARAMETERS = {
    "read": "path format options limits",
    "read_bytes": "data name format options limits",
    "write": "screenplay path format options limits",
    "write_bytes": "screenplay format options limits",
    "convert": "source target read_as write_as read_options write_options transforms strict limits",
    "convert_many": "jobs settings executor fail_fast skip_existing same_files ahead",
}

IMPORT = re.compile(
    r"^(?:from (?:converter|writers)[\w.]* import .+|import (?:converter|writers)[\w.]*)$", re.MULTILINE
)


@pytest.mark.parametrize("module", NAMES)
def test_every_public_name_is_there(module: str) -> None:
    found = import_module(module)
    assert [name for name in NAMES[module].split() if not hasattr(found, name)] == []


def test_the_package_lists_its_public_names() -> None:
    assert set(NAMES["converter"].split()) <= {*converter.__all__, "__version__"}


@pytest.mark.parametrize("name", PARAMETERS)
def test_what_is_passed_by_name_keeps_its_name(name: str) -> None:
    parameters = inspect.signature(getattr(converter, name)).parameters
    assert [one for one in PARAMETERS[name].split() if one not in parameters] == []


@pytest.mark.parametrize("statement", IMPORTS.split("\n")[1:-1])
def test_an_import_that_the_docs_once_showed_works(statement: str) -> None:
    exec(statement, {})


def test_the_imports_in_the_docs_work_and_are_listed() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    shown = {statement for page in pages for statement in IMPORT.findall(page.read_text(encoding="utf-8"))}
    known = {name for line in IMPORTS.splitlines() for name in _imported(line)}
    assert {name for statement in shown for name in _imported(statement)} <= known
    for statement in shown:
        exec(statement, {})


def _imported(statement: str) -> list[str]:
    """`from a import b, c` as a.b and a.c."""
    module, _, names = statement.removeprefix("from ").removeprefix("import ").partition(" import ")
    return [f"{module}.{name.strip()}" for name in names.split(",")] if names else [module] if module else []
