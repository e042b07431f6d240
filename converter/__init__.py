"""matchcut: screenplays from one format into another, with nothing lost in silence.

from converter import convert, read

result = convert("draft.fountain", "draft.fdx")
screenplay = read("draft.fdx").screenplay
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.api import ConvertResult as ConvertResult
    from converter.api import ReadResult as ReadResult
    from converter.api import Settings as Settings
    from converter.api import WriteResult as WriteResult
    from converter.api import convert as convert
    from converter.api import read as read
    from converter.api import read_bytes as read_bytes
    from converter.api import write as write
    from converter.api import write_bytes as write_bytes
    from converter.batch import Job as Job
    from converter.batch import Outcome as Outcome
    from converter.batch import convert_many as convert_many
    from converter.contract import ConverterError as ConverterError
    from converter.contract import Diagnostic as Diagnostic
    from converter.contract import EncryptedError as EncryptedError
    from converter.contract import FormatError as FormatError
    from converter.contract import InputError as InputError
    from converter.contract import Kind as Kind
    from converter.contract import LimitError as LimitError
    from converter.contract import Limits as Limits
    from converter.contract import NoTextError as NoTextError
    from converter.contract import OutputError as OutputError
    from converter.contract import StrictError as StrictError
    from converter.contract import UnknownFormat as UnknownFormat
    from converter.contract import UsageError as UsageError
    from converter.tree import Screenplay as Screenplay

__version__ = "0.1.0"

# The public names and the modules that have them. They are imported when first asked for, so that the command starts
# quickly and `import converter` costs next to nothing.
_HOMES = {
    "converter.api": "ConvertResult ReadResult Settings WriteResult convert read read_bytes write write_bytes",
    "converter.batch": "Job Outcome convert_many",
    "converter.contract": "ConverterError Diagnostic EncryptedError FormatError InputError Kind LimitError Limits"
    " NoTextError OutputError StrictError UnknownFormat UsageError",
    "converter.tree": "Screenplay",
}
__all__ = sorted(name for names in _HOMES.values() for name in names.split())


def __getattr__(name: str) -> object:
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names.split():
            found: object = getattr(import_module(module), name)
            return found
    raise AttributeError(f"module 'converter' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
