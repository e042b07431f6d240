"""What is no Trelby script is refused."""

from __future__ import annotations

import pytest

from converter.contract import FormatError, Source
from converter.readers import trelby


def test_a_file_without_a_version_is_refused() -> None:
    with pytest.raises(FormatError, match="does not begin with #Version"):
        trelby.read(Source("a.trelby", b"..Rain.\n"))
