"""What programs for notes and web sites put at the top of a text: title, tags, classes.

Between two lines of dashes stands YAML, `title: X`; between two of plus signs TOML, `title = "X"`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.notation.fountain.title import KNOWN_KEYS, folded
from converter.patterns import pattern

_MOST_LINES = 200
_ITEM = pattern(r"[ \t]*-[ \t]+(?P<value>.*)")


class _Form(NamedTuple):
    """How one kind of front matter is typed."""

    opening: str
    closings: tuple[str, ...]
    key: re.Pattern[str]
    more: re.Pattern[str]  # a line without blanks before it that belongs to the key above
    table: str = ""  # what a line begins with under which no field of a script stands, but settings


_YAML = _Form("---", ("---", "..."), pattern(r"(?P<key>[^\W_][\w .-]{0,39}):(?:[ \t]+(?P<value>.*))?"), _ITEM)
_TOML = _Form(
    opening="+++",
    closings=("+++",),
    key=pattern(r"(?P<key>[\w.\"'-]{1,40})[ \t]{0,9}=[ \t]{0,9}(?P<value>\S.*)"),
    more=pattern(r"[\]\"'].*"),  # the end of a list of several lines
    table="[",
)
FORMS = {form.opening: form for form in (_YAML, _TOML)}


class FrontMatter(NamedTuple):
    fields: dict[str, list[str]]  # what a title page has
    others: list[str]  # the lines of all else, as typed
    mark: str  # above and below it
    lines: int  # with the first and the last


def front_matter(text: str) -> FrontMatter | None:
    """The front matter that the text begins with; None if it has none, or anything stands in it that is no field."""
    form = FORMS.get(text[:3])
    if form is None:
        return None
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in form.closings), 0)
    if lines[0].rstrip() != form.opening or end < 2:
        return None
    inside = lines[1:end]
    table = next((at for at, line in enumerate(inside) if form.table and line.startswith(form.table)), len(inside))
    entries = _entries(inside[:table], form)
    return _divided(entries, inside[table:], form, end + 1) if entries else None


def _entries(lines: list[str], form: _Form) -> list[list[str]]:
    """A key and the lines under it, again and again; empty where a line is none of that."""
    entries: list[list[str]] = []
    for line in lines:
        if form.key.fullmatch(line):
            entries.append([line])
        elif entries and (not line.strip() or line[0] in " \t" or form.more.fullmatch(line)):
            entries[-1].append(line)
        elif not line.startswith("#"):
            return []
    return entries


def _divided(entries: list[list[str]], tables: list[str], form: _Form, lines: int) -> FrontMatter:
    fields: dict[str, list[str]] = {}
    others: list[str] = []
    for entry in entries:
        found = form.key.fullmatch(entry[0])
        assert found is not None
        key, values = _bare(found["key"]), _values(found["value"] or "", entry[1:])
        if folded(key) in KNOWN_KEYS and values:
            fields[key] = values
        else:
            others += entry
    return FrontMatter(fields, others + tables, form.opening, lines)


def _values(first: str, more: list[str]) -> list[str]:
    first = first.strip()
    if first == "[":
        first, more = " ".join([first, *more]).strip(), []
    if first.startswith("[") and first.endswith("]"):
        return [value for one in first[1:-1].split(",") if (value := _bare(one))]
    typed = [] if first in ("", "|", ">", "|-", ">-") else [first]
    for line in more:
        item = _ITEM.fullmatch(line)
        typed.append(item["value"] if item is not None else line)
    return [value for one in typed if (value := _bare(one))]


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
