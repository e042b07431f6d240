"""Runs the reading of a PDF in a process of its own and takes its answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from converter import contract
from converter.contract import ConverterError, LimitError, Limits
from converter.readers.pdf.child import limits_as_json

# -I: nothing from the environment or the working folder. The folders to import from are handed over, so that the
# child finds this very package, installed or not.
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from converter.readers.pdf.child import main; main()"
_ERRORS = ("FormatError", "EncryptedError", "NoTextError", "LimitError")


def extract_elsewhere(data: bytes, limits: Limits) -> dict[str, Any]:
    """What child.answer gives. A child that dies or takes too long is a LimitError."""
    package = package_folder()
    path = [package, *(folder for folder in sys.path if os.path.isabs(folder) and folder != package)]
    command = [sys.executable, "-I", "-c", _START, json.dumps(path), limits_as_json(limits)]
    try:
        child = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds_left(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LimitError(
            f"this PDF takes longer than {limits.max_seconds:g} seconds to read; --timeout allows more"
        ) from None
    except OSError as error:
        raise LimitError(
            f"no process could be started to read this PDF ({error}); isolate=no reads it without"
        ) from error
    if child.returncode != 0:
        raise LimitError("this PDF needs more time or memory to read than it may have; --timeout allows more time")
    return checked(json.loads(child.stdout))


def package_folder() -> str:
    """The folder that holds the package `converter`."""
    return os.path.dirname(os.path.dirname(os.path.abspath(contract.__file__)))


def checked(answer: dict[str, Any]) -> dict[str, Any]:
    name = answer.get("error")
    if name is not None:
        kind: type[ConverterError] = getattr(contract, name) if name in _ERRORS else contract.FormatError
        raise kind(answer["message"])
    return answer
