"""Diagnostics are whole sentences, errors are parts of one: they stand after the name of the file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [path for package in ("converter", "writers") for path in sorted((ROOT / package).rglob("*.py"))]

CODE = re.compile(r"(?:[a-z]+|\0)\.[a-z0-9]+(?:-[a-z0-9]+)*")
VALUE = "\0"  # stands for what is filled in
SENTENCE = re.compile(r"(?:[A-Z\0“]|\{value)[^\n]*[.?!\0]")
PART = re.compile(r"(?:[^A-Z]|[A-Z]{2,} )[^\n]*[^.]")
ODD = re.compile(r"[A-Z]{2,} [A-Z]{2,}|XX|(?<!\.)\b(?:fountain|final draft|beat)\b")


def text_of(node: ast.expr | None) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part) or VALUE for part in parts)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return (text_of(left) or VALUE) + (text_of(right) or VALUE)
        case _:
            return None


def messages(tree: ast.Module) -> Iterator[str]:
    """What stands after a code."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(args=values):
                texts = [text_of(value) for value in values]
                yield from (
                    text for code, text in zip(texts, texts[1:], strict=False) if text and code and CODE.fullmatch(code)
                )


def codes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case (
                ast.Call(func=ast.Name(id="Loss"), args=[code, *_])
                | ast.Call(func=ast.Name(id="Diagnostic"), args=[_, code, *_])
            ):
                yield from filter(None, [text_of(code)])


def named_messages(tree: ast.Module) -> Iterator[str]:
    """What is called a message, of a diagnostic or of an error."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="message")], value=value):
                yield from filter(None, [text_of(value)])


def errors(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name.endswith("Error"):
                yield from filter(None, [text_of(first)])
            case ast.Call(func=ast.Attribute(attr="passed"), args=[_, message, *_]):  # limits.passed("seconds", ...)
                yield from filter(None, [text_of(message)])


each_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))


def is_sentence(text: str) -> bool:
    return SENTENCE.fullmatch(text) is not None and ODD.search(text) is None


def is_part(text: str) -> bool:
    return PART.fullmatch(text) is not None and ODD.search(text) is None


@each_source
def test_what_is_reported_is_a_sentence(path: Path) -> None:
    assert [text for text in messages(_tree(path)) if not is_sentence(text)] == []


@each_source
def test_a_code_is_a_format_and_what_happened(path: Path) -> None:
    assert [code for code in codes(_tree(path)) if not CODE.fullmatch(code)] == []


@each_source
def test_what_is_wrong_is_part_of_one(path: Path) -> None:
    assert [text for text in errors(_tree(path)) if not is_part(text)] == []


@each_source
def test_a_message_is_one_or_the_other(path: Path) -> None:
    assert [text for text in named_messages(_tree(path)) if not (is_sentence(text) or is_part(text))] == []


def test_messages_are_found() -> None:
    trees = [_tree(path) for path in SOURCES]
    found = [sum(1 for tree in trees for _ in find(tree)) for find in (messages, codes, named_messages, errors)]
    assert all(count > 20 for count in found), found


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
