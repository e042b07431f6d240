"""The harness itself, with a toy format: each line is an action, a line `?` is worth a warning."""

import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from converter.contract import Diagnostic, Kind, Limits, Position, Reader, Report, Source, Writer
from converter.tree import Action, Paragraph, Run, Screenplay, words
from tests import harness


@dataclass(frozen=True)
class Options:
    shout: bool = False


def read(source: Source, options: Options, report: Report, limits: Limits) -> Screenplay:
    lines = source.data.decode().splitlines()
    for number, line in enumerate(lines, start=1):
        if line == "?":
            report(Diagnostic(Kind.WARNING, "toy.question", "What is asked?", Position(line=number)))
    if options.shout:
        lines = [line.upper() for line in lines]
    return Screenplay(body=tuple(Action(text=(Run(text=line),)) for line in lines))


def write(screenplay: Screenplay, options: Options, report: Report, limits: Limits) -> bytes:
    lines = (words(one.text) for one in screenplay.body if isinstance(one, Paragraph))
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.fixture(autouse=True)
def toy_format(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("toy")
    module.READER = Reader("toy", (".toy",), Options, read)
    module.WRITER = Writer("toy", (".toy",), Options, write)
    monkeypatch.setitem(sys.modules, "converter.readers.toy", module)
    monkeypatch.setitem(sys.modules, "writers.toy", module)


def case(tmp_path: Path, text: str) -> harness.Case:
    path = tmp_path / "one.case"
    path.write_text(text, encoding="utf-8")
    return harness.parse(path)[0]


def test_what_comes_out_as_expected_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "TESTS", tmp_path)
    harness.check(case(tmp_path, 'Lines.\n--- toy shout=yes\na\n--- outline\nAction "A"\n--- toy written\nA\n'))


def test_something_else_fails_and_accept_writes_it_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "TESTS", tmp_path)
    wrong = case(tmp_path, "One.\n--- toy\na\n--- outline\nnonsense\n-----------\nTwo.\n--- toy\nb\n")
    with pytest.raises(pytest.fail.Exception, match="nonsense"):
        harness.check(wrong)
    harness.check(wrong, accept=True)
    assert wrong.path.read_text() == 'One.\n--- toy\na\n--- outline\nAction "a"\n-----------\nTwo.\n--- toy\nb\n'


def test_an_unannounced_diagnostic_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "TESTS", tmp_path)
    silent = case(tmp_path, "One.\n--- toy\na\n?\n")
    with pytest.raises(pytest.fail.Exception, match=r"toy\.question \(line 2\): What is asked\?"):
        harness.check(silent)
    harness.check(silent, accept=True)
    assert silent.path.read_text().endswith("--- diagnostics\nwarning toy.question (line 2): What is asked?\n")
    harness.check(harness.parse(silent.path)[0])


def test_an_announced_diagnostic_that_does_not_come_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "TESTS", tmp_path)
    loud = case(tmp_path, "One.\n--- toy\na\n--- diagnostics\nwarning toy.question (line 1): What is asked?\n")
    with pytest.raises(pytest.fail.Exception, match="diagnostics"):
        harness.check(loud)


def test_escapes_stand_for_what_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "TESTS", tmp_path)
    harness.check(
        case(
            tmp_path,
            'One.\n--- toy escapes=yes\na\\tb\\x20\n--- outline\nAction "a\\tb "\n--- toy escapes=yes\na\\tb\\x20\n',
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        'One.\n--- toy\na\n--- outlin\nAction "a"\n',
        'One.\n--- toyy\na\n--- outline\nAction "a"\n',
        'One.\n--- toy\na\n--- outline readback\nAction "a"\n',
        'One.\n--- toy read back\na\n--- outline\nAction "a"\n',
        'One.\n--- toy\na\n--- outline 2\nAction "a"\n',
        'One.\n--- toy shuot=yes\na\n--- outline\nAction "a"\n',
        'One.\n--- toy part=Content\na\n--- outline\nAction "a"\n',
        "One.\n--- toy\na\n--- page line=3\n",
        "One.\n--- toy\na\n--- diagnostics escapes=yes\n",
    ],
)
def test_a_misspelled_section_or_option_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(harness, "TESTS", tmp_path)
    wrong = case(tmp_path, text)
    with pytest.raises(AssertionError, match="no such|no section"):
        harness.check(wrong, accept=True)
    assert wrong.path.read_text() == text


@pytest.mark.parametrize("line", ["--- Outline", "---outline", "--- page two-up", "--- toy shout yes=", "-----"])
def test_a_line_that_looks_like_a_section_and_is_none_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(AssertionError, match="begin no section"):
        case(tmp_path, f"One.\n--- toy\na\n{line}\nb\n")


WHOLE = """\
<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft>

  <Content>
    <Paragraph Type="Action">
      <Text>one
    two</Text>
    </Paragraph>
  </Content>

  <Macros/>

  <TitlePage>
    <Content>
      <Paragraph/>
    </Content>
  </TitlePage>

</FinalDraft>
"""


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("all", WHOLE),
        ("Content", '<Paragraph Type="Action">\n  <Text>one\n    two</Text>\n</Paragraph>\n'),
        ("Macros", "<Macros/>\n"),
        ("TitlePage", "<TitlePage>\n  <Content>\n    <Paragraph/>\n  </Content>\n</TitlePage>\n"),
        ("Cast", ""),
    ],
)
def test_a_part_of_an_fdx_document(name: str, part: str) -> None:
    assert harness.fdx_part(WHOLE, name) == part


def test_a_fragment_is_wrapped_and_found_again() -> None:
    fragment = '<Paragraph Type="Action">\n<Text>one\n    two</Text>\n</Paragraph>\n'
    assert harness.fdx_part(harness.fdx_document(fragment), "Content") == fragment
