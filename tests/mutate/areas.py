"""The areas of `make mutate`: where each one's code lies, and which tests are about it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent


class Area(NamedTuple):
    code: tuple[str, ...]  # patterns of files
    tests: tuple[str, ...]  # what pytest is given, the quickest first
    cases: str = ""  # the folders of cases, as pytest's -k takes them


# What all code has to keep to: messages, tables of what formats hold, limits.
EVERYWHERE = ("tests/test_messages.py", "tests/test_fitting.py", "tests/test_limits.py")

AREAS = {
    "layout": Area(("converter/layout/**/*.py",), ("tests/layout",), "layout/ or writers/text/"),
    "readers/fountain": Area(
        ("converter/readers/fountain/*.py",),
        ("tests/notation", "tests/readers/fountain", "tests/writers/fountain", "tests/test_round_trips.py"),
        "fountain/",
    ),
    "notation/fountain": Area(
        ("converter/notation/fountain/**/*.py", "converter/notation/carrying/**/*.py"),
        ("tests/notation", "tests/readers/fountain", "tests/writers/fountain", "tests/test_round_trips.py"),
        "fountain/",
    ),
    "readers/fdx": Area(
        ("converter/readers/fdx/**/*.py",),
        ("tests/readers/fdx", "tests/test_untouched.py", "tests/test_round_trips.py"),
        "fdx/",
    ),
    "writers/fdx": Area(
        ("writers/fdx/**/*.py",),
        ("tests/writers/fdx", "tests/test_untouched.py", "tests/test_fdx_edits.py", "tests/test_round_trips.py"),
        "fdx/",
    ),
    "readers/docx": Area(
        ("converter/readers/docx/**/*.py", "converter/recovery/documents/*.py"),
        ("tests/readers/docx", "tests/test_round_trips.py"),
    ),
    "writers/docx": Area(("writers/docx/**/*.py",), ("tests/writers/docx", "tests/test_round_trips.py")),
    "osf": Area(
        ("converter/readers/osf/*.py", "converter/notation/osf/*.py", "writers/osf/*.py"),
        ("tests/test_round_trips.py",),
        "osf/",
    ),
    "writers/pdf": Area(("writers/pdf/**/*.py",), ("tests/writers/pdf",)),
    "recovery/pages": Area(
        ("converter/recovery/pages/*.py",),
        ("tests/recovery", "tests/readers/pdf", "tests/layout/test_laws.py"),
        "recovery/",
    ),
    "safe": Area(
        ("converter/safe/**/*.py",), ("tests/safe", "tests/test_xml.py", "tests/test_limits.py", "tests/test_reach.py")
    ),
    "cli": Area(("converter/cli/*.py",), ("tests/cli", "tests/test_options.py")),
}


def files(area: Area) -> list[Path]:
    """The area's code, as paths from the root."""
    return sorted({path.relative_to(ROOT) for pattern in area.code for path in ROOT.glob(pattern)})
