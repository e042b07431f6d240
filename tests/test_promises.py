"""What docs/promises.md promises and no other test shows: nothing outside is changed, words stay words."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import string
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from converter.contract import DEFAULT_LIMITS, Diagnostic, Reader, Source, Writer
from converter.formats import FORMATS
from converter.records import whole
from converter.tree import (
    Action,
    Band,
    ElementStyle,
    Note,
    PageBreak,
    PageMark,
    PageSetup,
    ParagraphLayout,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
)
from tests.facets import facets, plain_text
from tests.laws import READERS, WRITERS, printed_words, written
from tests.strategies import screenplays
from tests.test_docs import ROOT, _documented

PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
ACTION = Action(text=(Run(text="Rain."),))
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in {".fountain", ".fdx"})


# ---------------------------------------------------------------- the page itself


def test_every_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert len(named) > 60
    for path, name in named:
        assert f"def {name or 'test_'}" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{name}"


def test_a_row_without_a_test_says_so() -> None:
    rows = [
        row for row in re.findall(r"^\| (?!promise|limit|code|what|---).*$", PAGE, re.MULTILINE) if "---" not in row
    ]
    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row and "no test" not in row] == []


# ---------------------------------------------------------------- nothing outside is changed


def read(reader: Reader, data: bytes) -> Screenplay:
    return reader.read(Source(f"a{reader.suffixes[0]}", data), reader.options(), lambda _: None, DEFAULT_LIMITS)


def test_eight_threads_give_the_bytes_that_one_gives() -> None:
    readers = {suffix: reader for reader in READERS for suffix in reader.suffixes}
    names = {"two-pages.fountain", "russkii.fountain", "production-draft.fdx"}
    work = [(path, writer) for path in SAMPLES if path.name in names for writer in WRITERS]

    def made(one: tuple[Path, Writer]) -> str:
        path, writer = one
        data, said = written(writer, read(readers[path.suffix], path.read_bytes()))
        return hashlib.sha256(data + whole(tuple(said)).encode()).hexdigest()

    alone = list(map(made, work))
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(made, work)) == alone


STATE = """
import locale, signal, sys, warnings
import pypdf, reportlab.rl_config as rl_config
from tests.laws import READERS, WRITERS
from tests.test_promises import SAMPLES, read, written
def state():
    return {
        "signals": [signal.getsignal(number) for number in signal.valid_signals()],
        "recursion": sys.getrecursionlimit(),
        "locale": [locale.setlocale(kind) for kind in (locale.LC_ALL, locale.LC_CTYPE, locale.LC_NUMERIC)],
        "warnings": list(warnings.filters),
        "hooks": (sys.excepthook, sys.displayhook, sys.stdout, sys.stderr),
        "pypdf": repr(pypdf.get_configuration()) if hasattr(pypdf, "get_configuration") else None,
        "reportlab": {name: repr(value) for name, value in vars(rl_config).items() if name[0] != "_"},
    }
before = state()
for path in SAMPLES[:4]:
    for writer in WRITERS:
        data, _ = written(writer, read(next(one for one in READERS if path.suffix in one.suffixes), path.read_bytes()))
        for reader in READERS:
            if reader.name == writer.name:
                read(reader, data)
after = state()
changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
assert not changed, changed
"""


@pytest.mark.long
def test_nothing_global_is_changed() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", STATE], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("row", [row for row in FORMATS if row.reader], ids=lambda row: row.name)
def test_a_script_is_never_changed(row: object, tmp_path: Path) -> None:
    from converter import convert

    name, suffix, writer = row.name, row.suffixes[0], row.writer  # type: ignore[attr-defined]
    source = tmp_path / f"draft{suffix}"
    convert(SAMPLES[0], source) if writer and SAMPLES[0].suffix != suffix else shutil.copy(SAMPLES[0], source)
    before, times = source.read_bytes(), (source.stat().st_mtime_ns, source.stat().st_ino)
    for target in FORMATS:
        if target.writer and target.name != name:
            convert(source, tmp_path / f"copy{target.suffixes[0]}")
    assert source.read_bytes() == before
    assert (source.stat().st_mtime_ns, source.stat().st_ino) == times


NAMES = ["line\nfeed", "escape\x1b[31m", "right\u202eto left", "-dash", "l" * 200, "$(touch stray) `ls` %s {0}"]


@pytest.mark.skipif(os.name != "posix", reason="names as POSIX allows them")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("row", [row for row in FORMATS if row.writer], ids=lambda row: row.name)
def test_hostile_names_of_every_format(row: object, name: str, tmp_path: Path) -> None:
    from converter import ConverterError, convert

    suffix = row.suffixes[0]  # type: ignore[attr-defined]
    source = tmp_path / f"{name}.fountain"
    source.write_text("INT. SHED - NIGHT\n\nRain [[note.\n", encoding="utf-8")
    target = tmp_path / "results" / f"{name}{suffix}"
    target.parent.mkdir()
    for one in convert(source, target).diagnostics:
        assert one.message.isprintable()
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    broken = tmp_path / f"broken{name[:190]}.fdx"
    broken.write_bytes(b"<FinalDraft")
    with pytest.raises(ConverterError):
        convert(broken, target)
    assert {path.name for path in tmp_path.iterdir()} == {source.name, broken.name, "results"}


# ---------------------------------------------------------------- words stay words

ASCII = st.text(alphabet=string.printable[:95], min_size=1, max_size=50).map(str.strip).filter(bool)
SENTENCES = ASCII.map(lambda words: f"She said {words} and left")


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
@given(SENTENCES)
def test_letters_with_a_meaning_elsewhere_stay_letters(writer: Writer, words: str) -> None:
    """Markup, fields, operators, links: as they were typed. Through our own reader, where there is one."""
    screenplay = Screenplay(body=(Action(text=(Run(text=words),)),))
    data, _ = written(writer, screenplay)
    if writer.name == "outline":
        assert words.replace("\\", "\\\\").replace('"', '\\"') in data.decode()
        return
    reader = next((one for one in READERS if one.name == writer.name), None)
    if reader is None:
        assert words in plain_text(data)
        return
    options = reader.options(isolate=False) if writer.name == "pdf" else reader.options()
    back = reader.read(Source("a", data), options, lambda _: None, DEFAULT_LIMITS)
    assert printed_words(back) == printed_words(screenplay)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
@given(screenplays())
def test_any_tree_is_written_and_each_report_is_the_format_s(writer: Writer, screenplay: Screenplay) -> None:
    _, said = written(writer, screenplay)
    assert {one.code.partition(".")[0] for one in said} <= {writer.write.__module__.rpartition(".")[2], "pages"}


# ---------------------------------------------------------------- every diagnostic is reached

# Doubts of recovery: what raises them moves with the weights.
ONLY_NOW_AND_THEN = {"text.long-speech", "text.number-order", "text.speaks-twice", "text.two-cues"}

RARE = [
    Screenplay(body=(Note(text="a", title="Page", category="Page"), ACTION)),
    Screenplay(body=(ACTION,), revisions=Revisions(sets=(RevisionSet(id=10**10, name="Blue"),))),
    Screenplay(body=(ACTION,), page_setup=PageSetup(header=Band(left=(Run(text="a\tb"),)))),
    Screenplay(body=(Note(text="a"), PageMark(label="2", locked=True), ACTION)),
    Screenplay(body=(SceneHeading(text=(Run(text="INT. A"),), color="mauve"),)),
    Screenplay(body=(SceneHeading(number="None"),)),
    Screenplay(body=(reduce(lambda inner, _: SceneHeading(omitted=(inner,)), range(40), SceneHeading()),)),
    Screenplay(
        body=(ACTION, PageBreak(), PageBreak(), Action(text=ACTION.text, style_name="New Page")),
        styles=(ElementStyle(name="New Page", behaves_as="Action", layout=ParagraphLayout(new_page=True)),),
    ),
]


@pytest.mark.long
def test_every_diagnostic_is_reached_by_a_test() -> None:
    """By its name in a test or a case, or by writing trees: those with one facet each, rare ones, and any."""
    texts = [
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*") if path.suffix in {".py", ".case"}
    ]
    whole = "\n".join(texts)
    named = {code for code in _documented() if re.search(rf"\b{code}\b|[\"}}]{code.partition('.')[2]}\"", whole)}
    # What RTF, OpenDocument and HTML share with Word (converter/recovery/documents) is reached through Word.
    shared = {
        f"{other}.{code.partition('.')[2]}"
        for code in named
        if code.startswith("docx.")
        for other in ("rtf", "odt", "html")
    }
    named |= shared & set(_documented())
    trees = [facet.screenplay for facet in facets()] + RARE
    reached = {one.code for writer in WRITERS for tree in trees for one in written(writer, tree)[1]}
    reached |= _codes_of_any_trees(250)
    assert set(_documented()) - named - reached - ONLY_NOW_AND_THEN == set()


def _codes_of_any_trees(count: int) -> set[str]:
    said: list[Diagnostic] = []

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate])
    @given(screenplays())
    def fit(tree: Screenplay) -> None:
        for writer in WRITERS:
            if writer.fit:
                writer.fit(tree, writer.options(), said.append)

    fit()
    return {one.code for one in said}
