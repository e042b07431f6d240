"""Libraries that tell a log what they pass over, which Python prints on standard error where nobody set one up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_users: dict[str, int] = {}
_before: dict[str, tuple[bool, int]] = {}


@contextmanager
def quiet(library: str) -> Iterator[None]:
    """Nothing of the library's log is heard; afterwards, when the last thread is done with it, it is as it was."""
    log = logging.getLogger(library)
    with _lock:
        if not _users.get(library):
            _before[library] = (log.propagate, log.level)
            log.propagate = False
            log.setLevel(logging.CRITICAL + 1)  # which also makes the loggers below it ask again
        _users[library] = _users.get(library, 0) + 1
    try:
        yield
    finally:
        with _lock:
            _users[library] -= 1
            if not _users[library]:
                log.propagate, level = _before[library]
                log.setLevel(level)
