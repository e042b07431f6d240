"""Lines that were surely meant as something that Fountain writes otherwise, and how it does."""

from __future__ import annotations

import re

from converter import languages
from converter.languages import LANGUAGES, foreign_words
from converter.patterns import pattern
from converter.safe.clean import clean

LONGEST = 80

_NUMBERED = pattern(
    r"(?P<number>[A-Z]?\d{1,4}[A-Z]?)[.)]?\s{1,20}(?P<heading>(?:INT|EXT|EST|I/E)[./\s].{2,70})", re.IGNORECASE
)
# Inside and outside in other languages, which Fountain's programs do not look for.
_FIRST_WORD = re.compile(r"[^\s./\uff0e–—-]{1,20}")
_TRANSITION = pattern(r"(?:FADE OUT|FADE TO (?:BLACK|WHITE)|(?:SMASH |JUMP |MATCH |HARD )?CUT|DISSOLVE|WIPE):")


def hint(line: str) -> tuple[str, str] | None:
    """Code and message, if the line is such a one."""
    if line[-1] == ":" and _TRANSITION.fullmatch(line):
        message = (
            f"Fountain knows a transition by TO: at its end, so this was read as action; write > {clean(line)} instead."
        )
        return "fountain.transition-without-to", message
    numbered = _NUMBERED.fullmatch(line) if line[0].isdigit() or line[1:2].isdigit() else None
    if numbered is not None:
        heading = clean(numbered["heading"].strip())
        message = (
            "Fountain does not know this as a scene heading because of the number before it; "
            f"write {heading} #{numbered['number']}# instead."
        )
        return "fountain.number-before-heading", message
    word = _FIRST_WORD.match(line)
    if word is None or word[0] not in foreign_words():
        return None
    codes = [code for code, one in LANGUAGES.items() if languages.heading(one).fullmatch(line)]
    if codes:
        said = " or ".join(f"--language {code}" for code in codes)
        what = "Fountain knows headings by INT. and EXT. alone"
        message = f"{what}; if this is one, say {said}, or write a full stop before it: .{clean(line)}"
        return "fountain.heading-of-another-language", message
    return None
