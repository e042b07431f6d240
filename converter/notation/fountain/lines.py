"""What a line of Fountain is: the tests that the reader applies and the writer asks before it forces anything.

Clause names are those of the Fountain 1.1 syntax page. The tests see lines without their notes and boneyards.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from converter.patterns import pattern
from converter.terms import CLOSING_BRACKETS, OPENING_BRACKETS, has_lower, has_upper, without_brackets

# What is pasted from a web page is indented with no-break spaces, from Word or East Asian programs with wider ones.
SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Zero-width space, direction marks, word joiner, soft hyphen: at an end of a line they show nothing and mean nothing.
BLANKS = SPACES + "\u200b\u200e\u200f\u2060\u00ad"
# These two shape the letters of some scripts even at the end of a word: they stay, and only the tests pass over them.
_JOINERS = "\u200c\u200d"

# Notes and boneyards are taken out before any test; these stand in their places. No text holds control characters.
BONEYARD_ANCHOR, NOTE_ANCHOR = "\x00", "\x01"
ANCHORS = BONEYARD_ANCHOR + NOTE_ANCHOR
_WITHOUT_ANCHORS = str.maketrans("", "", ANCHORS)


def without_anchors(line: str) -> str:
    return line.translate(_WITHOUT_ANCHORS) if "\x00" in line or "\x01" in line else line


def only_anchors(line: str) -> str:
    return "".join(char for char in line if char in ANCHORS)


def is_blank(line: str) -> bool:
    return not line.strip(BLANKS)


def is_kept_blank(line: str) -> bool:
    """Fountain, "Dialogue": two spaces keep an empty line inside a speech. A tab is an editor's leftover."""
    return len(line) > 1 and not line.strip(" ")


# ---------------------------------------------------------------- marks: lines that need no blank line around


class Mark(Enum):
    PAGE_BREAK = auto()
    SHOT = auto()
    ACTION = auto()
    SECTION = auto()
    SYNOPSIS = auto()
    CENTERED = auto()
    TRANSITION = auto()
    LYRIC = auto()
    INSTRUCTION = auto()


FORM_FEED = "\x0c"  # alone on its line, as the reader puts it
MARK_CHARACTERS = frozenset("!#=>~{！＃＞～" + FORM_FEED)
_GAPS = frozenset((Mark.PAGE_BREAK, Mark.SECTION, Mark.SYNOPSIS, Mark.INSTRUCTION))

_FULL_WIDTH_MARKS = "．！＠～＃＞"
_FULL_WIDTH = str.maketrans(_FULL_WIDTH_MARKS, ".!@~#>")

# Highland's instructions. They print nothing and stay as they are.
INSTRUCTION = pattern(r"\{\{(?:TOC|PAGEBREAK|(?:INCLUDE|HEADER|FOOTER):[^{}\x00-\x1f]*)\}\}")


def ascii_marked(line: str) -> str:
    """The trimmed line with full-width marks as ASCII where Chinese, Japanese or Korean follows (Beat reads them)."""
    rest = line.lstrip(_FULL_WIDTH_MARKS)
    if len(rest) == len(line) or not _is_east_asian(rest.lstrip(BLANKS)[:1]):
        return line
    return with_ascii_marks(line)


def _is_east_asian(char: str) -> bool:
    return "\u2e80" <= char < "\ua000" or "\uac00" <= char < "\ud7b0" or char >= "\U00020000"


def mark(line: str) -> Mark | None:
    """Which mark a trimmed line starts with, if its first character can be one (MARK_CHARACTERS)."""
    line = ascii_marked(line)
    match line[:1]:
        case "=":
            return Mark.PAGE_BREAK if is_page_break(line) else Mark.SYNOPSIS
        case "\x0c":
            return Mark.PAGE_BREAK
        case "!":
            return Mark.SHOT if line.startswith("!!") and line[2:].strip(BLANKS) else Mark.ACTION
        case "#":
            return Mark.SECTION if line.lstrip("#").strip(BLANKS) else None
        case ">":
            return _pointed(line)
        case "~":
            return Mark.LYRIC
        case "{":
            return Mark.INSTRUCTION if INSTRUCTION.fullmatch(line) else None
        case _:
            return None


def _pointed(line: str) -> Mark | None:
    if len(line) > 1 and line.endswith("<") and not ends_escaped(line, "<"):
        return Mark.CENTERED if line[1:-1].strip(BLANKS) else None
    return Mark.TRANSITION if line[1:].strip(BLANKS) else None


PAGE_LABEL = r"[A-Za-z.\-]*[0-9][A-Za-z0-9.\-]*"
_LABELLED_BREAK = pattern(rf"={{3,}}[ \t]*(?P<label>{PAGE_LABEL})[ \t]*=*")


def is_page_break(line: str) -> bool:
    if line.startswith("==="):
        return not line.strip("=") or page_label(line) is not None
    return line == FORM_FEED


def page_label(line: str) -> str | None:
    """The label of the page that begins here, as writers who lock their pages type it: `=== 12A`, `=== 12 ===`."""
    labelled = _LABELLED_BREAK.fullmatch(line)
    return labelled and labelled["label"]


def makes_gap(line: str) -> bool:
    """Does this line, blank or not, count as the blank line that headings, transitions and cues need?"""
    trimmed = line.strip(BLANKS)
    return not trimmed or (trimmed[0] in MARK_CHARACTERS and mark(trimmed) in _GAPS)


def with_ascii_marks(line: str) -> str:
    """For a line that `mark` has found to begin with one."""
    rest = line.lstrip(_FULL_WIDTH_MARKS)
    return line[: len(line) - len(rest)].translate(_FULL_WIDTH) + rest


def ends_escaped(line: str, last: str) -> bool:
    """Is the last character, which is `last`, behind an odd number of backslashes?"""
    before = line[: -len(last)]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def without_end_escape(line: str, last: str) -> str:
    """The line whose last character is `last`: backslashes before it count half, an odd one hid its meaning."""
    before = line[: -len(last)]
    text = before.rstrip("\\")
    return text + "\\" * ((len(before) - len(text)) // 2) + last


def without_bang_escape(line: str) -> str:
    """What stands behind a forcing `!`: `\\!` begins text that begins with `!`, which would else make `!!`."""
    text = line.lstrip("\\")
    if not text.startswith("!"):
        return line
    return "\\" * ((len(line) - len(text)) // 2) + text


# ---------------------------------------------------------------- lines that need a gap


def unmarked(line: str) -> str:
    """The line without emphasis marks, which headings, transitions and cues may have."""
    return line.replace("*", "").replace("_", "") if "*" in line or "_" in line else line


_INTRO = r"(?i:INT\.?/EXT|EXT\.?/INT|I\.?/E|E\.?/I|INT|EXT|EST)"
_HEADING = pattern(_INTRO + rf"[.\-{SPACES}][{BLANKS}]*+[^{BLANKS}]")
# Fountain, "Scene Heading", and the official tests; EXT/INT and E/I are later custom, so not every program knows them.
_COMMON_HEADING = pattern(r"(?:INT\.?/EXT|I\.?/E|INT|EXT|EST)[. \t][ \t]*[^ \t]", re.IGNORECASE)
_FORCED_HEADING = pattern(rf"\.[{BLANKS[len(SPACES) :]}]*+(?:[*_]*[^\W_]|\\[^ \t])")


def is_heading(line: str) -> bool:
    if line[:1] in _JOINERS:
        line = line.lstrip(_JOINERS)
    return line[:1] in "iIeE" and _HEADING.match(line) is not None


def is_common_heading(line: str) -> bool:
    return _COMMON_HEADING.match(line) is not None


def is_forced_heading(line: str) -> bool:
    """A dot with a letter or digit right behind it; `\\` stands between where the text begins otherwise."""
    return _FORCED_HEADING.match(ascii_marked(line)) is not None


def is_forced_cue(line: str) -> bool:
    return line[:1] in "@＠" and ascii_marked(line)[0] == "@" and bool(line[1:].strip(BLANKS))


# The official tests (nyousefi/Fountain), Afterwriting and Better Fountain take these for transitions without a TO:.
FADES = frozenset(("FADE OUT.", "FADE TO BLACK.", "CUT TO BLACK."))


def is_transition(line: str) -> bool:
    """For a line that has lost its leading blanks only: a blank behind TO: says that it is none."""
    if line[:1] in _JOINERS or line[-1:] in _JOINERS:
        line = line.strip(_JOINERS)
    if line in FADES:
        return True
    return line.endswith("TO:") and not line[-4:-3].isalnum() and not has_lower(line)


def is_cue(line: str) -> bool:
    """A name has a capital and no small letter. What stands in brackets may be as it likes."""
    name = without_brackets(line)
    if name.isascii():
        return name.isupper()
    return has_upper(name) and not has_lower(name)


def is_surely_cue(line: str) -> bool:
    """With words below it, this is read as a cue wherever it stands: an @ can only say how it is drawn."""
    plain = unmarked(without_anchors(line))
    return is_cue(plain) and plain[0].isalnum() and not is_heading(plain) and plain not in FADES and ":" not in plain


_SCENE_NUMBER = re.compile(r"(?:[^\W_]|[.\-])+")


def is_scene_number(text: str) -> bool:
    return _SCENE_NUMBER.fullmatch(text) is not None


def without_scene_number(body: str) -> tuple[str, str | None]:
    """A heading without its number, and the number: what stands between the last two #. Emphasis may close behind it.

    Beat's `#12>#`, where numbers start again at 12, comes back with its `>`.
    """
    line = body.rstrip("*_")
    if not line.endswith("#"):
        return body, None
    marks = body[len(line) :]
    if line.endswith("\\#"):
        return without_end_escape(line, "#") + marks, None
    start = line.rfind("#", 0, -1)
    number = line[start + 1 : -1]
    rest = line[:start].rstrip(BLANKS)
    if start < 0 or not is_scene_number(number.removesuffix(">")) or not without_anchors(rest).strip(BLANKS + "*_"):
        return body, None
    return rest + marks, number


def without_caret(body: str) -> tuple[str, bool]:
    """A cue without the ^ at its end, and whether it had one: it is spoken with the speech before."""
    line = body.rstrip("*_")
    if not line.endswith("^"):
        return body, False
    marks = body[len(line) :]
    name = without_end_escape(line, "^")
    if ends_escaped(line, "^"):
        return name + marks, False
    name = name[:-1].rstrip(BLANKS)
    return (name + marks, True) if without_anchors(name).strip(BLANKS + "*_") else (body, False)


# ---------------------------------------------------------------- parentheticals

BRACKET = re.compile(r"[()（）]")


def closes(line: str) -> int:
    """Where the bracket closes that opens the line: a place, or -1."""
    depth = 0
    for found in BRACKET.finditer(line):
        depth += 1 if found.group() in OPENING_BRACKETS else -1
        if depth == 0:
            return found.start()
    return -1


def is_parenthetical(typed: str) -> bool:
    """Is the bracket that opens these lines of a speech closed at their very end, and not before?"""
    return typed.startswith(OPENING_BRACKETS) and typed.endswith(CLOSING_BRACKETS) and closes(typed) == len(typed) - 1
