"""The machine's fonts: an index of what they have, which of them draws a letter, and how wide it is.

What only a script with rare letters needs is imported where it is used: this file is read at every start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

BOLD, ITALIC = 1, 2  # the bits of a style; 0 is the regular one

KEEPS: ContextVar[bool] = ContextVar("keeps", default=False)


@contextmanager
def keep_index(keep: bool = True) -> Iterator[None]:
    """Inside this block an index of the machine's fonts that had to be made is kept in the user's cache folder.

    The command keeps it. A program that draws many pages does well to do so too: to look at every font takes a second.
    """
    token = KEEPS.set(keep)
    try:
        yield
    finally:
        KEEPS.reset(token)
