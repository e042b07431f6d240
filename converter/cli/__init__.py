"""The matchcut command.

`convert SOURCE TARGET` alone, the commonest call, is understood here; whatever has an option goes to click in
`converter.cli.commands`, for to load that takes as long as to convert a short script. What a call does not use is
imported inside the functions, for the same reason.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from converter.cli.screen import FULL, GONE, View, error_line, finish_output, finish_quietly, make_forgiving, say

BUG, INTERRUPTED = 1, 9


def command() -> NoReturn:
    """What `matchcut` is: runs `main` and ends the process at once.

    Python would first take apart every node and module, which costs a tenth of a small conversion. Nothing waits for
    that: files are whole and renamed, temporary ones gone, workers joined, before `main` returns.
    """
    code = main()
    finish_quietly()
    os._exit(code)


def main() -> int:
    """Runs the command line and returns its exit code (docs/cli.md)."""
    _collect_garbage_rarely()
    make_forgiving()
    try:
        code = _run(sys.argv[1:])
        finish_output()
    except KeyboardInterrupt as error:
        say(f"Error: {error.args[0] if error.args else 'interrupted'}")
        return INTERRUPTED
    except BrokenPipeError:
        return GONE
    except Exception as error:
        return _failed(error)
    return code


def _run(words: list[str]) -> int:
    if len(words) == 3 and words[0] == "convert" and not any(word.startswith("-") for word in words):
        from converter.api import Settings
        from converter.cli.house import house_for
        from converter.cli.one import convert_one

        house, view = house_for(words[1]), View(as_json=False, debug=False)
        settings = Settings(keep_font_index=True, house=tuple(house.values.items()))
        view.warn(house.warnings)
        return convert_one(words[1], words[2], settings, view)
    from converter.cli.commands import run

    return run()


def _failed(error: Exception) -> int:
    from converter.contract import ConverterError

    if isinstance(error, ConverterError):
        say(error_line(error))
        return error.code
    if isinstance(error, OSError):
        say(f"Error: this cannot be shown: {error.strerror}")
        return FULL
    if "--debug" in sys.argv:
        raise error
    say(f"Error: a bug in the converter, please report it: {type(error).__name__}: {error}")
    return BUG


def _collect_garbage_rarely() -> None:
    """Trees hold no cycles, and looking for them costs a tenth of a conversion."""
    import gc

    gc.set_threshold(1_000_000, 50, 50)
