"""Dask's workers as an executor for `convert_many`; needs matchcut[dask] here and matchcut on every worker."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from converter.contract import UsageError

_SECONDS_TO_CONNECT = 5


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the scheduler at the address; UsageError if there is none."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--dask needs Dask's library; install matchcut[dask]") from None
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"there is no Dask scheduler at {address} ({error})") from None
    with client:
        yield client.get_executor(pure=False)
