"""The title page at the top of a Fountain file: whether there is one, and which lines are keys."""

from __future__ import annotations

from collections.abc import Sequence

from converter.notation.fountain.lines import BLANKS, is_blank, is_heading, is_transition, unmarked
from converter.terms import has_lower, has_upper
from converter.tree import TitleField, words

# Fountain's own keys and those of Better Fountain, Afterwriting and Beat.
KNOWN_KEYS = frozenset(
    (
        "title",
        "credit",
        "author",
        "authors",
        "source",
        "contact",
        "contact info",
        "draft date",
        "date",
        "copyright",
        "notes",
        "revision",
        "episode",
        "series",
        "format",
        "language",
        "font",
        "watermark",
        "header",
        "footer",
        "tl",
        "tc",
        "tr",
        "cc",
        "bl",
        "br",
    )
)
_MARKS = frozenset(".!@>#=~[/．！＠＞＃～")
_LONGEST_KEY = 40
_SENTENCE = frozenset('.,;!?…"')
_SENTENCE_END = (".", "!", "?", "…", ",", "-", "—")


def folded(key: str) -> str:
    """Keys compare without case, and with one blank for several."""
    return " ".join(key.casefold().split())


def key_of(line: str) -> str | None:
    """The key of an unindented line `Key: value`, as typed; None if the line has none."""
    if not line or line[0] in _MARKS or line[0] in BLANKS:
        return None
    key, colon, _ = line.partition(":")
    if not colon or is_blank(key) or "\u2028" in key:  # which some programs type for a line break
        return None
    plain = unmarked(line).rstrip(BLANKS)
    return None if is_heading(plain) or is_transition(plain) else key.rstrip(BLANKS)


def begins(lines: Sequence[str], start: int) -> bool:
    """Is the line at `start`, the first of the file that is not blank, the first of a title page?

    Many scripts have no title page and begin `FADE IN:` or `As she runs: a truck...`; those are story.
    """
    line = lines[start]
    key = key_of(line)
    if key is None or folded(key) in KNOWN_KEYS:
        return key is not None
    return len(key) <= _LONGEST_KEY and _SENTENCE.isdisjoint(key) and _has_a_value(key, lines, start)


def _has_a_value(key: str, lines: Sequence[str], start: int) -> bool:
    """On its line, and no sentence; or below it, indented or between keys."""
    line = lines[start]
    value = line[line.index(":") + 1 :].strip(BLANKS)
    if value:
        return not value.endswith(_SENTENCE_END)
    if has_upper(key) and not has_lower(key):
        return False
    following = lines[start + 1] if start + 1 < len(lines) else ""
    return not is_blank(following) and (following[0] in BLANKS or key_of(following) is not None)


def fit_key(name: str) -> str:
    """A name that reads as a key."""
    key = " ".join(name.replace(":", " ").split(" ")).replace("\t", " ").strip(BLANKS)
    if "[[" in key or "]]" in key:
        key = key.replace("[", "(").replace("]", ")")
    key = key.replace("/*", "/ *").lstrip("".join(_MARKS) + BLANKS)
    return key if all(key_of(f"{key}:{value}") == key for value in ("", " x")) else "Field"


def can_begin(fields: Sequence[TitleField]) -> bool:
    """Would the page be read as one, whichever way its first entry is written?"""
    first, *others = fields
    if first.lines:
        return begins([f"{first.name}:", "    x" if words(first.lines[0]) else ""], 0)
    return begins([f"{first.name}:", f"{others[0].name}:" if others else ""], 0)
