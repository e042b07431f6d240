"""How many random examples a law looks at: the profile's number, which HYPOTHESIS_PROFILE chooses."""

from __future__ import annotations

from hypothesis import settings

FULL = 500  # what the counts of `share` are given for
PROFILES = {"quick": 20, "test": 100, "push": 250, "soak": 2000}  # push: what a change has to pass before it is taken


def share(count: int) -> int:
    """So many at the full number, else in proportion; for what draws its examples without hypothesis."""
    return max(1, count * settings().max_examples // FULL)


def few(count: int) -> settings:
    """For a law whose examples cost much: so many at most, but all of them when soaking."""
    examples = settings().max_examples
    return settings(max_examples=examples if examples > FULL else min(count, examples))
