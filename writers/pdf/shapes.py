"""Words as shapes: nothing copies them as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from converter.contract import Limits
from converter.fonts import BOLD
from converter.fonts.outlines import Contours, Point
from writers.pdf.courier import Family
from writers.pdf.embed import EmbeddedFace
from writers.pdf.families import Embedding, found_families, packaged_families


def outline_path(text: str, limits: Limits) -> tuple[str, float, list[str]]:
    """The text as PDF path operators at a size of one point, its width, and the letters that no font has.

    In bold: IBM Plex Mono, then JetBrains Mono, then what a script is drawn in.
    """
    embedding = Embedding(frozenset(text))
    with embedding.files:
        families = packaged_families(embedding)
        left = [char for char in sorted(set(text)) if _family_of(char, families) is None]
        if left:
            families += found_families(left, embedding, limits)
        operators: list[str] = []
        across, missing = 0.0, set()
        for char in text:
            family = _family_of(char, families)
            if family is None:
                missing.add(char)
            face = embedding.stand_in(BOLD, unseen=False) if family is None else family.face(char, BOLD)
            assert isinstance(face, EmbeddedFace)
            contours, advance = face.shape(char)
            operators += _drawn(contours, across)
            across += advance
    return " ".join(operators), across, sorted(missing)


def _family_of(char: str, families: Sequence[Family]) -> Family | None:
    return next((family for family in families if family.has(char)), None)


def _drawn(contours: Contours, across: float) -> Iterator[str]:
    for contour in contours:
        points = list(_explicit(contour))
        if not points:
            continue
        x, y, _ = points[0]
        yield f"{x + across:.4f} {y:.4f} m"
        control: Point | None = None
        last = points[0]
        for point in (*points[1:], points[0]):
            if not point.on:
                control = point
                continue
            yield f"{_curve(last, control, point, across)} c" if control else f"{point.x + across:.4f} {point.y:.4f} l"
            last, control = point, None
        yield "h"


def _explicit(contour: Iterable[Point]) -> Iterator[Point]:
    """The contour from a point on the curve on, with the points between two control points that go without saying."""
    points = list(contour)
    full: list[Point] = []
    for point, following in zip(points, (*points[1:], *points[:1]), strict=True):
        full.append(point)
        if not point.on and not following.on:
            full.append(Point((point.x + following.x) / 2, (point.y + following.y) / 2, True))
    start = next((place for place, point in enumerate(full) if point.on), None)
    if start is not None:
        yield from (*full[start:], *full[:start])


def _curve(start: Point, control: Point, end: Point, across: float) -> str:
    """A quadratic curve as a cubic one, which is all that PDF has."""
    first = (start.x + 2 * (control.x - start.x) / 3, start.y + 2 * (control.y - start.y) / 3)
    second = (end.x + 2 * (control.x - end.x) / 3, end.y + 2 * (control.y - end.y) / 3)
    return " ".join(f"{x + across:.4f} {y:.4f}" for x, y in (first, second, (end.x, end.y)))
