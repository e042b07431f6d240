"""Regular expressions that are compiled when first used: a start loads many that its script never needs."""

from __future__ import annotations

import re
from typing import cast


def pattern(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """As `re.compile`; a wrong source shows at its first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    def __init__(self, source: str, flags: re.RegexFlag):
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        """A method of the compiled one, kept so that it costs nothing more the next time."""
        method = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, method)
        return method
