"""How styles lie on each other: what one says stands on top of what the one below says."""

from __future__ import annotations

from typing import Any, TypeVar

F = TypeVar("F", bound=Any)  # a NamedTuple with what is switched `on` and `off`; all else is None where it is not said


def on_top(below: F, above: F) -> F:
    """What `below` says with all that `above` says on top."""
    said: dict[str, Any] = {name: one for name, one in zip(below._fields, above, strict=True) if one is not None}
    said["on"] = below.on & ~above.off | above.on
    said["off"] = below.off & ~above.on | above.off
    replaced: F = below._replace(**said)
    return replaced
