"""What a piece of text can be, and the states of the decoder."""

from __future__ import annotations

from typing import Final

NUMBER: Final = 0
HEADING: Final = 1
ACTION: Final = 2
CUE: Final = 3
PARENTHETICAL: Final = 4
DIALOGUE: Final = 5
TRANSITION: Final = 6
ROLES: Final = ("number", "heading", "action", "cue", "parenthetical", "dialogue", "transition")
INITIALS: Final = "NHACPDT$"  # in the names of features; the last stands for a place before or behind the text

# Flat text tells the first, the second and the later pieces of a speech apart. State -> role.
FLAT_STATES: Final = (NUMBER, HEADING, ACTION, CUE, PARENTHETICAL, DIALOGUE, DIALOGUE, DIALOGUE, TRANSITION)
STATES_OF: Final = ((0,), (1,), (2,), (3,), (4,), (5, 6, 7), (8,))
LINE_STATES: Final = (NUMBER, HEADING, ACTION, CUE, PARENTHETICAL, DIALOGUE, TRANSITION)


def flat_forbids(before: int, after: int) -> bool:
    """May no path of flat text go from one state to the other? State 9 stands before the first piece."""
    number, cue, bracket, first, second, later = 0, 3, 4, 5, 6, 7
    spoken = (cue, bracket, first, second, later)
    if after == bracket:
        return before not in spoken
    if after == first:
        return before not in (cue, bracket)
    if after == second:
        return before not in (first, bracket)
    if after == later:
        return before not in (second, later, bracket)
    if before == cue:
        return after != cue
    return before == number and after in (cue, 8)
