"""What work costs, judged so that a busy machine and the tests before do not count."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[..., object], *given: object) -> float:
    """CPU time, without that of looking for garbage among all that the tests before have left.

    What they left is set aside and not looked through: late in the whole suite that alone takes a second.
    """
    gc.freeze()
    start = time.process_time()
    try:
        work(*given)
        return time.process_time() - start
    finally:
        gc.unfreeze()
