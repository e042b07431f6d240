"""Draws the pictures of docs/pages.md anew: python docs/pictures/draw.py

Needs matchcut's checkout and pdftoppm (on Debian and Ubuntu: apt-get install poppler-utils).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOTS_TO_THE_INCH = 70


class Picture(NamedTuple):
    name: str
    sample: str
    page: int  # of the PDF, the title page is the first
    inches: float  # from the top


PICTURES = (
    Picture("title-page", "short-film.fountain", 1, 11),
    Picture("dual-dialogue", "short-film.fountain", 9, 6),
    Picture("production-page", "production-draft.fdx", 13, 8.5),
)


def main() -> None:
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            pdf = Path(folder, "pages.pdf")
            convert = (sys.executable, "-m", "converter", "convert", ROOT / "samples" / picture.sample, pdf)
            subprocess.run(convert, cwd=ROOT, check=True)
            page = ("-f", str(picture.page), "-l", str(picture.page), "-singlefile", "-png", "-gray")
            part = ("-H", str(round(picture.inches * DOTS_TO_THE_INCH)))
            draw = ("pdftoppm", "-r", str(DOTS_TO_THE_INCH), *page, *part)
            subprocess.run([*draw, pdf, HERE / picture.name], check=True)


if __name__ == "__main__":
    main()
