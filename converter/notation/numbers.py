"""Numbers in attributes and settings of files that anybody may have written."""

from __future__ import annotations

import math


def number_of(value: str | None) -> float | None:
    """A finite number; None for anything else."""
    if value is None or len(value) > 40:
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def integer_of(value: str | None) -> int | None:
    """An integer of at most nine digits."""
    if value is None or len(value) > 10:
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if abs(number) < 1_000_000_000 else None
