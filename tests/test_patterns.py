"""Expressions that are compiled when first used."""

from __future__ import annotations

import re

import pytest

from converter.patterns import pattern


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    word = pattern("[a-z]+", re.IGNORECASE)
    found = word.match("Anna 2")
    assert found is not None and found.group() == "Anna"
    assert word.findall("Anna and Bo") == ["Anna", "and", "Bo"]
    assert word.pattern == "[a-z]+"


def test_a_pattern_is_compiled_when_first_used_and_not_before() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")


def test_a_pattern_keeps_the_method_it_was_asked_for() -> None:
    word = pattern("[a-z]+")
    assert word.match is word.match
