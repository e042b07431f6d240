"""Which field each line of a title page belongs to: its words say so, else its place and the lines above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from converter.languages import any_word
from converter.patterns import pattern

Place: TypeAlias = Literal["middle", "left", "right"]


class TitleRow(NamedTuple):
    """Words side by side on a title page."""

    text: str
    place: Place
    opens: bool  # a blank line is above it, in its own column
    line: int | None = None  # which line of Final Draft's grid, where the page stands on it
    is_prose: bool = False  # of a paragraph that fills its lines


class Part(NamedTuple):
    """What one field takes of a row: all of it, or up to the name in “by Mara Quill”."""

    name: str
    row: int
    start: int
    end: int


# ---------------------------------------------------------------- words

_CREDIT = pattern(
    r"(?:(?:an?|the)\s.{0,40}\bby$|.{0,60}\bby:?$"
    r"|(?:an?\s)?(?:original\s|short\s)?(?:screenplay|teleplay|story|written|script)\b.{0,40}$"
    rf"|(?:{any_word('credit')})\b.{{0,30}}$)",
    re.IGNORECASE,
)
_ENDS_BY = pattern(r".{0,60}\b(?:by|von|par|por)\s?:?", re.IGNORECASE)
# "by" and the name in one line; before it only what writers are credited with.
_CREDIT_AND_NAME = pattern(
    r"""(?P<credit> (?: (?:an?\s+)? (?:original\s+|short\s+)?
            (?:written|screenplay|teleplay|story|script|play|book|created|directed|adapted|adaptation|film|music|lyrics)
            \b [^.]{0,40}? \s )? by \s? :?
        | (?: (?:drehbuch|buch|geschrieben) \s )? von \s? :?
        | (?: écrit \s | scénario \s )? par \s? :?
        | (?: escrito \s )? por \s? :?
        ) \s+ (?P<name> [^\s:].*)""",
    re.IGNORECASE | re.VERBOSE,
)
_SOURCE = pattern(
    r"(?:.{0,20}\bbased (?:up)?on\b|inspired by|adapted from|from (?:the|a)\b|after\b|d['’]après|nach\b)", re.IGNORECASE
)
_COPYRIGHT = pattern(r"(?:©|\(c\)|copyright|all rights)", re.IGNORECASE)
_REGISTERED = pattern(r"(?:.{0,30}\bregist(?:ration|ered)\b|\W?WGA\w?\b)", re.IGNORECASE)
_CONTACT = pattern(
    r"""\S@\w | \bwww\. | \bhttps?: | \b(?:tel|phone|mobile|e-?mail)\b \s? [.:]
    | \b(?:agent|agency|street|avenue|road|boulevard)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_TELEPHONE = pattern(r"(?<![\d#])[+(]?\d[\d ().-]{6,20}\d")
_FEWEST_DIGITS = 7
_MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|januar|februar|märz|mai|juni|juli|okt|dez|janv|févr|avr)"
)
_DATE = pattern(
    rf"(?:.{{0,16}}draft\W{{0,3}}|rev\w*\W{{0,3}}|date\W{{0,3}})?"
    rf"(?:.{{0,16}}\b(?:19|20)\d\d|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
    rf"|{_MONTH}\w*\.?\s\d{{1,2}}|\d{{1,2}}\.?\s{_MONTH}\w*\.?)",
    re.IGNORECASE,
)
_REVISION = pattern(
    r"\b(?:draft|rev\w*|white|blue|pink|yellow|green|goldenrod|buff|salmon|cherry|tan|second|third|final)\b",
    re.IGNORECASE,
)
_DRAFT = pattern(r"\b(?:draft|rev(?:ised|isions?)?|shooting script)\b", re.IGNORECASE)
_MOST_DRAFT_WORDS = 5
_PLAIN_BY = pattern(r"(?:by|von|par|por)\b", re.IGNORECASE)
_NAME_WORD = pattern(r"[^\W\d_a-z][\w.'’-]*,?|&|and|und|et|y|with|von|van|de|da|di|la|le|del|der|den", re.UNICODE)


def is_copyright(text: str) -> bool:
    return _COPYRIGHT.match(text) is not None


def is_contact(text: str) -> bool:
    """A mail address, a telephone number, a page of the web, a street."""
    if is_copyright(text) or is_date(text) or _REGISTERED.match(text):
        return False
    telephones = (sum(map(str.isdigit, match[0])) for match in _TELEPHONE.finditer(text))
    return _CONTACT.search(text) is not None or any(digits >= _FEWEST_DIGITS for digits in telephones)


def is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None


def is_draft(text: str) -> bool:
    """A short line that names a draft: FINAL DRAFT, Shooting script, Revisions."""
    return _DRAFT.search(text) is not None and len(text.split()) <= _MOST_DRAFT_WORDS


def may_be_credit(text: str) -> bool:
    """What stands between a title and its author, or names both."""
    return is_credit(text) or split_credit(text) > 0 or _SOURCE.match(text) is not None


def is_credit(text: str) -> bool:
    return _CREDIT.match(text) is not None


def split_credit(text: str) -> int:
    """Where the name begins in “written by Mara Quill”; 0 where no name follows."""
    match = _CREDIT_AND_NAME.fullmatch(text)
    return match.start("name") if match and not _SOURCE.match(match["name"]) else 0


def _is_name(text: str) -> bool:
    """Could a person be called so: Mara Quill & Bram de Wit? Never `“The Second Night”`, `Episode 3`."""
    parts = text.split()
    return 2 <= len(parts) <= 8 and all(map(_NAME_WORD.fullmatch, parts)) and parts[0].casefold() not in _NO_NAMES


_NO_NAMES = {"the", "a", "an", "episode", "pilot", "part", "chapter", "act", "season", "series"}


# ---------------------------------------------------------------- paragraphs of prose

_LONG_LINE = 45
_LONGEST_LINE = 60


def prose(texts: Sequence[str], blanks: Sequence[int]) -> set[int]:
    """Which lines belong to paragraphs that fill their lines; the first line of the page never does."""
    found: set[int] = set()
    for place in range(1, len(texts)):
        ends_paragraph = place - 1 in found and _is_open(texts[place - 1]) and not blanks[place]
        if ends_paragraph or len(texts[place]) > _LONGEST_LINE or _begins_paragraph(texts, blanks, place):
            found.add(place)
    return found


def _begins_paragraph(texts: Sequence[str], blanks: Sequence[int], place: int) -> bool:
    below = place + 1
    return below < len(texts) and not blanks[below] and min(len(texts[place]), len(texts[below])) >= _LONG_LINE


def _is_open(text: str) -> bool:
    return len(text) >= _LONG_LINE and not text.endswith("]")


# ---------------------------------------------------------------- the page

# Lines of Final Draft's title pages, measured: title 19, credit 23, author 25, source 30.
_TITLE, _CREDIT_LINE = 19, 23
_AUTHOR_BELOW_CREDIT = 2


def parts(rows: Sequence[TitleRow]) -> list[Part]:
    """The fields' parts in the order of a title page: down the middle, then the foot, right and left."""
    columns: dict[Place, list[tuple[int, TitleRow]]] = {"middle": [], "right": [], "left": []}
    found: list[Part] = []
    for number, row in enumerate(rows):
        columns[row.place].append((number, row))
    found.extend(_middle(columns["middle"]))
    found.extend(_right(columns["right"]))
    found.extend(_left(columns["left"], is_alone=not columns["right"]))
    return found


def _whole(name: str, number: int, row: TitleRow) -> Part:
    return Part(name, number, 0, len(row.text))


def _groups(rows: Sequence[tuple[int, TitleRow]]) -> list[list[tuple[int, TitleRow]]]:
    groups: list[list[tuple[int, TitleRow]]] = []
    for number, row in rows:
        if not groups or row.opens:
            groups.append([])
        groups[-1].append((number, row))
    return groups


# ---------------------------------------------------------------- down the middle


class _Middle:
    """The names given so far, from top to bottom."""

    def __init__(self, groups: Sequence[Sequence[tuple[int, TitleRow]]]):
        self.groups = groups
        self.names: list[str] = []
        first = groups[0][0][1].line if groups else None
        self.is_on_grid = first in (_TITLE - 1, _TITLE, _CREDIT_LINE, _CREDIT_LINE + _AUTHOR_BELOW_CREDIT)
        self.title_last = _TITLE - 1
        self.credit_last = 0
        self.has_credit = any(
            is_credit(row.text) or split_credit(row.text)
            for group in groups[1:] or groups
            for _, row in group
            if not _SOURCE.match(row.text)
        ) or any(self._is_on_credit_line(group[0][1]) for group in groups)

    def _is_on_credit_line(self, row: TitleRow) -> bool:
        return self.is_on_grid and row.line == max(_CREDIT_LINE, self.title_last + 4)

    def name_of(self, group: int, place: int) -> str:
        row = self.groups[group][place][1]
        below = self.groups[group][place + 1][1] if place + 1 < len(self.groups[group]) else None
        return (
            self._by_words(row, below, is_first=not self.names)
            or (self._going_on() if place else "")
            or self._of_group(group, row)
        )

    def split(self, row: TitleRow) -> int:
        """Where a name begins after its credit; a plain “by” below a source belongs to that."""
        if not self.names or row.is_prose or self.names[-1] == "Source" and _PLAIN_BY.match(row.text):
            return 0
        return split_credit(row.text)

    def _by_words(self, row: TitleRow, below: TitleRow | None, *, is_first: bool) -> str:
        """What the words themselves say."""
        text = row.text
        if is_copyright(text):
            return "Copyright"
        if is_first:
            return "Credit" if _ENDS_BY.fullmatch(text) and not self._is_title_line(row) else ""
        if is_contact(text):
            return "Contact"
        if is_date(text):
            return "Draft date"
        if _SOURCE.match(text) and self._may_be_source():
            return "Source"
        if row.is_prose:
            return "Source" if self.names[-1] == "Source" else "Notes"
        if "Author" in self.names and is_draft(text):
            return "Draft date"
        return "Credit" if self._is_credit(row, below) else ""

    def _is_title_line(self, row: TitleRow) -> bool:
        return self.is_on_grid and row.line is not None and row.line < _CREDIT_LINE

    def _may_be_source(self) -> bool:
        return "Author" in self.names or self.names[-1] == "Credit"

    def _is_credit(self, row: TitleRow, below: TitleRow | None) -> bool:
        text = row.text
        if "Author" in self.names:
            return _ENDS_BY.fullmatch(text) is not None
        if is_credit(text):
            return True
        is_above_by = below is not None and below.text.casefold().rstrip(": ") == "by"
        return is_above_by and row.opens

    def _going_on(self) -> str:
        """A line right below another one is more of the same."""
        last = self.names[-1]
        if last == "Credit":
            return "Author" if self._says_by else "Credit"
        return last

    _says_by = False

    def _of_group(self, group: int, row: TitleRow) -> str:
        last = self.names[-1] if self.names else ""
        if not last:
            return "Title"
        if "Credit" not in self.names and self._is_on_credit_line(row):
            return "Credit"
        if last in ("Title", "Episode"):
            return self._below_title(group, row, last)
        if last == "Credit":
            return "Author"
        if "Author" in self.names and "Title" not in self.names and "Credit" not in self.names:
            return "Title"
        return "Notes" if last in ("Copyright", "Draft date", "Contact", "Notes") else "Source"

    def _below_title(self, group: int, row: TitleRow, last: str) -> str:
        """A subtitle where a credit or another line follows; else the name of who wrote it."""
        if self.has_credit:
            return "Episode" if last == "Title" else last
        below = [other[0][1].text for other in self.groups[group + 1 :] if self._is_plain(other)]
        is_only_name = _is_name(row.text) and not any(map(_is_name, below))
        is_on_author_line = self.is_on_grid and row.line == _CREDIT_LINE + _AUTHOR_BELOW_CREDIT
        if is_on_author_line or last == "Episode" or is_only_name:
            return "Author"
        return "Episode"

    def _is_plain(self, group: Sequence[tuple[int, TitleRow]]) -> bool:
        row = group[0][1]
        is_said = is_copyright(row.text) or is_contact(row.text) or is_date(row.text) or _SOURCE.match(row.text)
        return not is_said and not row.is_prose

    def took(self, name: str, row: TitleRow) -> None:
        self.names.append(name)
        if name == "Credit":
            self._says_by = _ENDS_BY.fullmatch(row.text) is not None
        if row.line is not None and name in ("Title", "Episode"):
            self.title_last = row.line + (name == "Episode")


def _middle(rows: Sequence[tuple[int, TitleRow]]) -> Iterator[Part]:
    groups = _groups(rows)
    middle = _Middle(groups)
    for group, lines in enumerate(groups):
        is_address = "Author" in middle.names and any(is_contact(row.text) for _, row in lines)
        for place, (number, row) in enumerate(lines):
            split = middle.split(row)
            if split:
                end = len(row.text[:split].rstrip())
                yield Part("Credit", number, 0, end)
                yield Part("Author", number, split, len(row.text))
                middle.names += ["Credit", "Author"]
                continue
            name = middle.name_of(group, place)
            if is_address and name in ("Notes", "Source", "Author") and not _SOURCE.match(row.text):
                name = "Contact"
            yield _whole(name, number, row)
            middle.took(name, row)


# ---------------------------------------------------------------- the foot


def _right(rows: Sequence[tuple[int, TitleRow]]) -> Iterator[Part]:
    """The draft and its date; an address where the words say so."""
    is_dated = any(is_date(row.text) for _, row in rows)
    has_date = False
    for group in _groups(rows):
        is_address = any(is_contact(row.text) for _, row in group)
        for number, row in group:
            name = _name_at_right(row.text, is_address=is_address, has_date=has_date, is_dated=is_dated)
            has_date |= name == "Draft date"
            yield _whole(name, number, row)


def _name_at_right(text: str, *, is_address: bool, has_date: bool, is_dated: bool) -> str:
    if is_copyright(text):
        return "Copyright"
    if is_date(text) and not has_date:
        return "Draft date"
    if _REVISION.search(text) and (has_date or is_dated):
        return "Revision"
    return "Contact" if is_address else "Draft date"


def _left(rows: Sequence[tuple[int, TitleRow]], *, is_alone: bool) -> Iterator[Part]:
    """The contact, above it copyright and notes; with nothing at the right the date may stand there."""
    groups = _groups(rows)
    for place, group in enumerate(groups):
        said = [_said_at_left(row, is_alone=is_alone) for _, row in group]
        is_address = any(is_contact(row.text) for _, row in group)
        is_address |= place + 1 == len(groups) and said[0] != "Copyright" and not all(said)
        for (number, row), name in zip(group, said, strict=True):
            yield _whole(name or ("Contact" if is_address else "Notes"), number, row)


def _said_at_left(row: TitleRow, *, is_alone: bool) -> str:
    text = row.text
    if is_copyright(text):
        return "Copyright"
    if row.is_prose or _REGISTERED.match(text):
        return "Notes"
    if is_alone and is_date(text):
        return "Draft date"
    return "Notes" if is_draft(text) or is_date(text) else ""
