"""Text in lines: page numbers, CONTINUED, MORE, headers and other rows that only the page needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from converter.languages import any_word
from converter.patterns import pattern
from converter.recovery.lines.rows import TypedRow
from converter.terms import CONTINUED, HEADING_INTRO, SCENE_NUMBER, is_heading_again

SHORTEST_CHAIN = 3
MOST_EDGE_ROWS = 4  # of furniture around the end of a page
RIGHT_EDGE = 45  # cells; page numbers stand right of what is told

_PAGE_NUMBER = pattern(
    r"[-(\[]? \s? (?:page\s)? (?P<label>\d{1,4}[A-Z]{0,2}) \s? [-.)\]]{0,2} $", re.VERBOSE | re.IGNORECASE
)
_CONTINUED = pattern(
    r"(?:[A-Z]{0,2}\d{1,4}[A-Z]{0,2}\.?\s{1,60})? \(? continued \)? [:.]? \)? (?:\s{0,3}\(\d{1,3}\))? :?"
    r"(?:\s{1,60}[A-Z]{0,2}\d{1,4}[A-Z]{0,2}\.?)? $",
    re.VERBOSE | re.IGNORECASE,
)
_MORE = pattern(rf"\(\s?(?:{any_word('more')})\s?\)|\(?MORE\)?\.{{0,3}}$", re.IGNORECASE)
_ENDING_NUMBER = pattern(r"(?P<label>\d{1,4}[A-Z]{0,2}) [.)]? $", re.VERBOSE | re.IGNORECASE)
_HEADER_WORD = pattern(
    r"\b(?:rev|revised|revision|revisions|draft|blue|pink|yellow|green|goldenrod|buff|salmon|cherry|tan)\b", re.I
)
_DIGITS = pattern(r"\d+")


def find_furniture(rows: Sequence[TypedRow]) -> None:
    """Set `furniture` (and the `label` of page numbers) of the rows that belong to the page, not to the story."""
    for row in rows:
        text = row.text
        if len(text) < 100 and "ontinued" in text.lower()[:80] and _CONTINUED.match(text):
            row.furniture = "continued"
        elif len(text) < 12 and _MORE.match(text):
            row.furniture = "more"
    _find_page_numbers(rows)
    _find_headers(rows)
    _find_headings_again(rows)
    _find_scene_numbers(rows)


# ---------------------------------------------------------------- page numbers


def _find_page_numbers(rows: Sequence[TypedRow]) -> None:
    """Numbers that stand alone and rise; one at the right edge, or at the top of a page, needs no others."""
    alone = {i: label for i, row in enumerate(rows) if (label := _label_alone(row.text))}
    chain = _rising_labels(alone)
    shortest = SHORTEST_CHAIN if any(rows[i].text[-1].isalnum() for i in chain) else 2
    in_chain = set(chain) if len(chain) >= shortest else set()
    for i, label in alone.items():
        if i in in_chain or rows[i].furniture or _needs_no_others(rows, i):
            rows[i].furniture, rows[i].label = "page", label.upper()


def _label_alone(text: str) -> str | None:
    match = _PAGE_NUMBER.match(text) if len(text) < 16 else None
    return match["label"] if match else None


def _needs_no_others(rows: Sequence[TypedRow], i: int) -> bool:
    """At the top of a page, or with a full stop at the right edge."""
    if i > 0 and rows[i - 1].page != rows[i].page:
        return True
    return rows[i].column >= RIGHT_EDGE and rows[i].text[-1] == "."


def _rising_labels(labels: Mapping[int, str]) -> list[int]:
    return _rising([(i, _value(label)) for i, label in labels.items()])


def _value(label: str) -> int:
    return int("".join(char for char in label if char.isdecimal())[:6])


def _rising(numbers: list[tuple[int, int]]) -> list[int]:
    """The longest chain of places whose numbers rise by one, or by two where a page is missing."""
    length: dict[int, int] = {}  # place -> how long the chain is that ends there
    before: dict[int, int] = {}
    last: dict[int, int] = {}  # number -> place of the longest chain that ends with it
    for place, value in numbers:
        options = [last[value - step] for step in (1, 2, 0) if value - step in last]
        best = max(options, key=lambda option: length[option], default=None)
        length[place] = 1 if best is None else length[best] + 1
        if best is not None:
            before[place] = best
        if value not in last or length[place] >= length[last[value]]:
            last[value] = place
    if not length:
        return []
    here: int | None = max(length, key=lambda place: length[place])
    chain = []
    while here is not None:
        chain.append(here)
        here = before.get(here)
    return chain[::-1]


# ---------------------------------------------------------------- headers and footers


def _find_headers(rows: Sequence[TypedRow]) -> None:
    """Rows that are the same on many pages but for their numbers, and end in a rising page number or begin pages.

    Of a footer of two rows the upper one is at the edge of its page once the lower one is known.
    """
    alike: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if not row.furniture and len(row.text) < 100 and not CONTINUED.search(row.text):
            alike.setdefault(_DIGITS.sub("0", row.text), []).append(i)
    left = [places for places in alike.values() if len(places) >= SHORTEST_CHAIN]
    for _ in range(MOST_EDGE_ROWS):
        found = len(left)
        left = [places for places in left if not _mark_header(rows, places)]
        if len(left) == found:
            return


def _mark_header(rows: Sequence[TypedRow], places: Sequence[int]) -> bool:
    """Marks rows that are alike, if they are headers."""
    at_edge = sum(_at_page_edge(rows, i) for i in places)
    labels = {i: match["label"] for i in places if (match := _ENDING_NUMBER.search(rows[i].text[-8:]))}
    chain = _rising_labels(labels)
    text = rows[places[0]].text
    counted = len({labels[i] for i in chain})  # a year is the same on all pages
    counts_pages = counted >= SHORTEST_CHAIN and len(chain) * 2 > len(places)
    if counts_pages and (at_edge * 2 > len(places) or _HEADER_WORD.search(text)):
        for i, label in labels.items():
            rows[i].furniture, rows[i].label = "page", label.upper()
        return True
    if at_edge * 10 <= len(places) * 9 or _INTRO.match(text) or not _are_on_pages(rows, places):
        return False
    for i in places:
        rows[i].furniture = "header"
    return True


_INTRO = pattern(r"(?:int|ext|i/e)\b", re.IGNORECASE)


def _are_on_pages(rows: Sequence[TypedRow], places: Sequence[int]) -> bool:
    return rows[-1].page == 0 or len({rows[i].page for i in places}) >= SHORTEST_CHAIN


def _at_page_edge(rows: Sequence[TypedRow], i: int) -> bool:
    """Is it the first or last row of its page, furniture apart?"""
    return _reaches_page_edge(rows, i, -1) or _reaches_page_edge(rows, i, 1)


def _reaches_page_edge(rows: Sequence[TypedRow], i: int, step: int) -> bool:
    """Form feeds end pages; in text that was pasted without them, a page number right beside the row does."""
    has_feeds = rows[-1].page > 0
    for distance in range(1, MOST_EDGE_ROWS + 1):
        j = i + step * distance
        if not 0 <= j < len(rows):
            return has_feeds
        if rows[j].page != rows[i].page:
            return True
        is_right_beside = not rows[max(j, j - step)].blank
        if rows[j].furniture == "page" and not has_feeds:
            return is_right_beside and not _SENTENCE_END.search(rows[i].text)
        if not rows[j].furniture or rows[j].furniture == "header" and not is_right_beside:
            return False
    return False


_SENTENCE_END = pattern(r"""[.?!]["'”’)]?$""")


def _find_headings_again(rows: Sequence[TypedRow]) -> None:
    """The heading of a scene that goes on, at the top of a page: CONTINUED: EXT. PIER - DAY."""
    heading: TypedRow | None = None
    for i, row in enumerate(rows):
        if row.furniture:
            continue
        if heading is not None and _begins_page(rows, i) and _is_again(row, heading):
            row.furniture = "continued"
        elif HEADING_INTRO.match(row.text):
            heading = row


def _begins_page(rows: Sequence[TypedRow], i: int) -> bool:
    above = rows[i - 1]
    return above.page != rows[i].page or above.furniture in ("page", "header", "continued")


def _is_again(row: TypedRow, heading: TypedRow) -> bool:
    if row.number and heading.number and row.number != heading.number:
        return False
    return is_heading_again(row.text, heading.text)


# ---------------------------------------------------------------- scene numbers that slipped off their line


def _find_scene_numbers(rows: Sequence[TypedRow]) -> None:
    """A bare number right above or below a heading that has none."""
    for i, row in enumerate(rows):
        if row.furniture or not _BARE_NUMBER.match(row.text):
            continue
        below = rows[i + 1 : i + 2] if i + 1 < len(rows) and not rows[i + 1].blank else []
        above = rows[i - 1 : i] if i and not row.blank else []
        if any(map(takes_number, (*above, *below))):
            row.furniture, row.number, row.number_spans = "number", row.text, [row.span]


def takes_number(row: TypedRow) -> bool:
    return not row.number and HEADING_INTRO.match(row.text) is not None


_BARE_NUMBER = pattern(SCENE_NUMBER + "$")
