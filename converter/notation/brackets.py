"""Parentheticals of formats whose programs draw the brackets: one that has none would be read back with some."""

from __future__ import annotations

from collections.abc import Sequence

from converter.fitting import Fitting, Loss
from converter.terms import is_bare
from converter.tree import Dialogue, Paragraph, Parenthetical, Part, words


def are_plain_parts(parts: Sequence[Part]) -> bool:
    return not any(isinstance(part, Parenthetical) and is_bare(words(part.text)) for part in parts)


def bracketed_or_dialogue(parenthetical: Parenthetical, fitting: Fitting, loss: Loss) -> Paragraph:
    """One without brackets as dialogue, with the loss."""
    if not is_bare(words(parenthetical.text)):
        return parenthetical
    fitting.lose(loss)
    return fitting.as_kind(Dialogue, parenthetical)
