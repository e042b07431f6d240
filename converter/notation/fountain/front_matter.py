"""What programs for notes put at the top of a text between two lines of dashes: `title: X`, tags, classes (YAML)."""

from __future__ import annotations

from typing import NamedTuple

from converter.notation.fountain.title import KNOWN_KEYS, folded
from converter.patterns import pattern

_MOST_LINES = 200
_KEY = pattern(r"(?P<key>[^\W_][\w .-]{0,39}):(?:[ \t]+(?P<value>.*))?")
_ITEM = pattern(r"[ \t]*-[ \t]+(?P<value>.*)")


class FrontMatter(NamedTuple):
    fields: dict[str, list[str]]  # what a title page has
    others: list[str]  # the lines of all else, as typed
    lines: int  # with both lines of dashes


def front_matter(text: str) -> FrontMatter | None:
    """The front matter that the text begins with; None if it has none, or anything stands in it that is no field."""
    if not text.startswith("---"):
        return None
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in ("---", "...")), 0)
    if lines[0].rstrip() != "---" or end < 2:
        return None
    entries = _entries(lines[1:end])
    return _divided(entries, end + 1) if entries else None


def _entries(lines: list[str]) -> list[list[str]]:
    """A key and the lines under it, again and again; empty where a line is none of that."""
    entries: list[list[str]] = []
    for line in lines:
        if _KEY.fullmatch(line):
            entries.append([line])
        elif entries and (not line.strip() or line[0] in " \t" or _ITEM.fullmatch(line)):
            entries[-1].append(line)
        elif not line.startswith("#"):
            return []
    return entries


def _divided(entries: list[list[str]], lines: int) -> FrontMatter:
    fields: dict[str, list[str]] = {}
    others: list[str] = []
    for entry in entries:
        found = _KEY.fullmatch(entry[0])
        assert found is not None
        values = _values(found["value"] or "", entry[1:])
        if folded(found["key"]) in KNOWN_KEYS and values:
            fields[found["key"]] = values
        else:
            others += entry
    return FrontMatter(fields, others, lines)


def _values(first: str, more: list[str]) -> list[str]:
    first = first.strip()
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
