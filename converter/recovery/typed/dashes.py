"""Speech that a dash begins, without names: – Are you awake?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.recovery.typed.labels import SENTENCE_ENDS
from converter.recovery.typed.paragraphs import Typed

_BEGINS = re.compile(r"[-–—―]\s{0,3}[^\W_]|[-–—―]\s{0,3}[¿¡«“\"…(]")
# In a novel somebody tells how it was said: — You know, — he said.
_TOLD = re.compile(r"(?<=\w)[,.!?…]?\s?[–—―]\s?[^\W\d_]|[,!?…]\s-\s[^\W\d_]")
_FEWEST = 5


def find_dashes(paragraphs: Sequence[Typed], *, certain: bool = False) -> set[int]:
    """Which paragraphs are said; none where dashes head a list or a novel's speech. `certain`: the user says so."""
    found = [place for place, one in enumerate(paragraphs) if _may_be_said(one)]
    if certain:
        return set(found)
    texts = [paragraphs[place].text for place in found]
    ended = sum(text[-1] in SENTENCE_ENDS for text in texts)
    asked = sum(text.rstrip('”»"’)')[-1:] in _ASKS for text in texts)
    told = sum(_TOLD.search(text, 3) is not None for text in texts)
    often = len(texts) >= _FEWEST and 2 * len(texts) >= len(paragraphs)
    return set(found) if often and 4 * ended >= 3 * len(texts) and 6 * asked >= len(texts) > 4 * told else set()


_ASKS = frozenset("?!？！؟;")


def _may_be_said(one: Typed) -> bool:
    return not one.is_apart and one.made is None and _BEGINS.match(one.text) is not None
