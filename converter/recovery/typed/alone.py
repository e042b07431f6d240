"""Names on lines of their own, in any case and place: short lines that come back, each with words under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from converter.recovery.typed.labels import SENTENCE_ENDS, is_name, key_of
from converter.recovery.typed.paragraphs import Typed
from converter.terms import has_lower, has_upper, split_cue
from converter.tree import Align

_DEEPER = 4  # cells that an eye takes for another edge
_FEWEST_KEYS, _FEWEST_LINES = 2, 3


def find_alone(paragraphs: Sequence[Typed], *, certain: bool = False) -> set[int]:
    """Which paragraphs are names above their words; none where they are not plainly so. `certain`: the user says so."""
    names = [place for place in range(len(paragraphs) - 1) if _may_be_name(paragraphs, place)]
    apart = [place for place in names if _is_set_apart(paragraphs[place], paragraphs[place + 1])]
    found = _by_place(paragraphs, apart) or _in_blocks(paragraphs, names) or _in_a_row(paragraphs, names)
    if not found and certain:
        found = apart or [place for place in names if not paragraphs[place + 1].blank]
    others = [place for place in found if not _tells_by_place(paragraphs, place)]
    if 2 * len(others) > len(found) and not certain:
        return set()  # as printed scripts have them, which are read by more than their names
    return set(found)


def _tells_by_place(paragraphs: Sequence[Typed], place: int) -> bool:
    """In small letters, or in the middle of the page over words that stand there too."""
    is_centered = paragraphs[place].align is Align.CENTER and paragraphs[place + 1].align is Align.CENTER
    return is_centered or _is_in_small_letters(paragraphs, place)


def _is_in_small_letters(paragraphs: Sequence[Typed], place: int) -> bool:
    """Or in letters that have no capitals, unless the words stand at an edge of their own as on a printed page."""
    name = _bare(paragraphs[place])
    if has_upper(name):
        return has_lower(name)
    edge = min(one.column for one in paragraphs)
    return paragraphs[place + 1].column - edge < _DEEPER


def _bare(one: Typed) -> str:
    return split_cue(one.text.replace("（", "(").replace("）", ")")).name.rstrip(":： ")


def _may_be_name(paragraphs: Sequence[Typed], place: int) -> bool:
    one, below = paragraphs[place], paragraphs[place + 1]
    bare = _bare(one)
    if one.is_apart or below.is_apart or one.tied and not below.tied or not bare or not is_name(bare):
        return False
    return bare[-1] not in ".!?…。！？,，、;" and bare[0].isalnum() and not bare[0].islower() and one.made is None


def _is_set_apart(one: Typed, below: Typed) -> bool:
    """By alignment, indent, bold letters or a colon; or what follows stands in quotation marks."""
    if below.blank > 1:
        return False
    if one.align is Align.CENTER or one.column - below.column >= _DEEPER:
        return not below.blank or one.blank > 0
    return one.is_bold and not below.is_bold or one.text[-1] in ":：" or below.text[0] in '“„«「『"'


def _place(one: Typed) -> tuple[object, ...]:
    return one.align, one.is_bold, one.text[-1] in ":："


def _by_place(paragraphs: Sequence[Typed], apart: Sequence[int]) -> list[int]:
    """Set apart in one way, with names that come back; those that stand once in that way are names too."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place in apart:
        groups.setdefault(_place(paragraphs[place]), []).append(place)
    found: list[int] = []
    for (align, *_), places in groups.items():
        if _come_back(paragraphs, places) or align is Align.CENTER and _are_only_names(paragraphs, places):
            found += places
    return sorted(found)


def _come_back(paragraphs: Sequence[Typed], places: Sequence[int]) -> bool:
    """Do several names come back, and make half of these lines and more?"""
    keys = Counter(key_of(_bare(paragraphs[place])) for place in places)
    again = sum(count for count in keys.values() if count > 1)
    return len(keys) >= _FEWEST_KEYS and again >= _FEWEST_LINES and 2 * again >= len(places)


def _are_only_names(paragraphs: Sequence[Typed], places: Sequence[int]) -> bool:
    """Behind an act or a scene all that is centred stands right above flush words."""
    start = next((place for place, one in enumerate(paragraphs) if one.made is not None), len(paragraphs))
    centered = [place for place, one in enumerate(paragraphs) if one.align is Align.CENTER and place > start]
    return (
        bool(centered)
        and centered == [place for place in places if place > start]
        and places[0] > start
        and all(not paragraphs[place + 1].blank for place in places)
    )


def _in_blocks(paragraphs: Sequence[Typed], names: Sequence[int]) -> list[int]:
    """Flush like all else: a blank line above the name, none below it, and names that come back."""
    blocks = [place for place in names if _begins_block(paragraphs, place)]
    keys = Counter(key_of(_bare(paragraphs[place])) for place in blocks)
    again = sum(count for count in keys.values() if count > 1)
    filled = len(paragraphs)
    if sum(count > 1 for count in keys.values()) < _FEWEST_KEYS or again < _FEWEST_BLOCKS or 5 * again < filled:
        return []
    everywhere = Counter(key_of(_bare(paragraphs[place])) for place in names)
    return [place for place in blocks if keys[key_of(_bare(paragraphs[place]))] > 1 or everywhere.total() <= 2 * again]


_FEWEST_BLOCKS = 4


def _in_a_row(paragraphs: Sequence[Typed], names: Sequence[int]) -> list[int]:
    """Flush, and without any empty line: only the names that come back tell, and the sentences under them."""
    if any(one.blank and one.made is None and place for place, one in enumerate(paragraphs)):
        return []
    keys = Counter(key_of(_bare(paragraphs[place])) for place in names)
    found = [place for place in names if keys[key_of(_bare(paragraphs[place]))] > 1]
    said = sum(paragraphs[place + 1].text[-1] in SENTENCE_ENDS for place in found)
    several = sum(count > 1 for count in keys.values()) >= _FEWEST_KEYS
    if _is_one_list_again([key_of(_bare(paragraphs[place])) for place in found]):
        return []
    if not several or len(found) < _FEWEST_IN_A_ROW or 6 * len(found) < len(paragraphs) or 5 * said < 4 * len(found):
        return []
    return [place for place in names if place in set(found) or paragraphs[place + 1].text[-1] in SENTENCE_ENDS]


_FEWEST_IN_A_ROW = 5
_FEWEST_FACTS = 3


def _is_one_list_again(keys: Sequence[str]) -> bool:
    """Name, age, job, name, age, job: heads of facts, always in one order."""
    length = len(set(keys))
    return length >= _FEWEST_FACTS and all(key == keys[place % length] for place, key in enumerate(keys))


def _begins_block(paragraphs: Sequence[Typed], place: int) -> bool:
    one, below = paragraphs[place], paragraphs[place + 1]
    return (one.blank > 0 or not place or below.tied) and not below.blank and not one.tied
