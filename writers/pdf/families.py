"""Families of outline fonts: those of the packages that we depend on, and those that are found or asked for by name."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from converter.contract import ConverterError, Limits, UsageError
from converter.fonts import BOLD, ITALIC, choose, index
from converter.fonts.choose import Styled
from converter.fonts.index import Face as FontFace
from converter.fonts.tables import FontError
from converter.fonts.widths import is_monospaced
from writers.pdf.boxes import Blanks, Boxes
from writers.pdf.courier import CourierFamily, Face, Family
from writers.pdf.embed import EmbeddedFace, FileGlyphs, Glyphs


class Embedding:
    """The outline fonts of one document: their files, open while it is drawn, and all faces that drew something."""

    def __init__(self, letters: Collection[str]):
        self.letters = letters  # all of the script: a variable font is made with these only
        self.files = ExitStack()
        self._faces: list[EmbeddedFace] = []
        self._stand_ins: dict[tuple[bool, int], EmbeddedFace] = {}

    def face(self, name: str, glyphs: Glyphs, bits: int, **help: bool) -> EmbeddedFace:
        made = EmbeddedFace(name, f"/M{len(self._faces) + 1}", glyphs, bits, **help)
        self._faces.append(made)
        return made

    def stand_in(self, bits: int, *, unseen: bool) -> EmbeddedFace:
        """What stands for any letter: a box with its number, or nothing to see. Its style is kept for who copies it."""
        if (unseen, bits) not in self._stand_ins:
            name, glyphs = ("Unseen Letters", Blanks()) if unseen else ("Missing Letters", Boxes())
            self._stand_ins[unseen, bits] = self.face(name, glyphs, bits)
        return self._stand_ins[unseen, bits]

    def write(self, document: Any) -> None:
        for face in self._faces:
            face.write(document)


class OutlineFamily:
    """A family of outline fonts in files."""

    def __init__(self, name: str, styled: Callable[[int], Styled], embedding: Embedding, *, found: bool):
        self.name = name
        self.found = found
        self._styled = styled
        self._embedding = embedding
        self._faces: dict[tuple[int, bool], EmbeddedFace | None] = {}

    def has(self, char: str) -> bool:
        regular = self._face(0)
        return regular is not None and regular.has(char)

    def face(self, char: str, bits: int) -> Face:
        """The family's own bold or italic where it has the character, else the regular face with help from drawing."""
        own = self._face(bits)
        if own is not None and own.has(char):
            return own
        helped = self._face(bits, regular=True)
        assert helped is not None
        return helped

    def _face(self, bits: int, *, regular: bool = False) -> EmbeddedFace | None:
        """None where the font is damaged."""
        if (bits, regular) not in self._faces:
            self._faces[bits, regular] = self._made(bits, regular)
        return self._faces[bits, regular]

    def _made(self, bits: int, regular: bool) -> EmbeddedFace | None:
        styled = self._styled(0 if regular else bits)
        emboldened = styled.emboldened or regular and bool(bits & BOLD)
        slanted = styled.slanted or regular and bool(bits & ITALIC)
        try:
            glyphs = FileGlyphs(styled, self._embedding.letters, self._embedding.files)
        except (FontError, ConverterError):
            return None
        return self._embedding.face(self.name, glyphs, bits, emboldened=emboldened, slanted=slanted)


# The families of the packages that we depend on: the package, and the file of each style.
_PLEX = ("IBM Plex Mono", "fontpkg_ibm_plex_mono", ("-Regular", "-Bold", "-Italic", "-BoldItalic"))
_JETBRAINS = ("JetBrains Mono", "fontpkg_jetbrains_mono", ("[wght]", "[wght]", "-Italic[wght]", "-Italic[wght]"))


def packaged_families(embedding: Embedding) -> list[Family]:
    """IBM Plex Mono and JetBrains Mono; a variable one makes its bold face itself."""
    return [_packaged(*one, embedding) for one in (_PLEX, _JETBRAINS)]


def _packaged(name: str, package: str, endings: tuple[str, ...], embedding: Embedding) -> Family:
    folder = package_folder(package)

    def styled(bits: int) -> Styled:
        path = str(folder / f"{name.replace(' ', '')}{endings[bits]}.ttf")
        weight = choose.BOLD_WEIGHT if bits & BOLD else choose.REGULAR_WEIGHT
        face = FontFace(
            path, 0, name, (), (), weight, choose.NORMAL_WIDTH, bool(bits & ITALIC), weight, weight, True, 0, ()
        )
        return Styled(face, weight, emboldened=False, slanted=False)

    return OutlineFamily(name, styled, embedding, found=False)


def package_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0], "files") if folders else Path()


# ---------------------------------------------------------------- the family that was asked for


def named_family(wanted: str, embedding: Embedding, limits: Limits) -> Family:
    """A file, or a name that this machine knows. UsageError if there is none, or it has no fixed pitch."""
    if wanted.strip().lower() == "courier":
        return CourierFamily()
    faces = index.installed(limits)
    if wanted.lower().endswith(index.SUFFIXES):
        family = _family_of_file(wanted)
    else:
        family = _family_named(wanted, faces)
    if not _is_monospaced(family.styled(0), embedding.letters):
        raise UsageError(
            f"{family.name} is a proportional font: its letters are not all as wide as each other, and a screenplay's"
            f" columns need letters that are. {_other_fonts(faces)}"
        )
    return OutlineFamily(family.name, family.styled, embedding, found=True)


def _family_named(wanted: str, faces: Iterable[FontFace]) -> choose.Family:
    family = choose.named(wanted, faces) or choose.named(wanted, _packaged_faces())
    if family is None:
        raise UsageError(f"no font called {wanted!r} was found; name an installed family, or a .ttf or .otf file")
    return family


def _family_of_file(path: str) -> choose.Family:
    faces = index.faces_in(path)
    if not faces:
        raise UsageError(f"{path} is not a font that can be embedded; name a .ttf or .otf file, or a family")
    beside = sorted(str(one) for one in Path(path).parent.iterdir() if one.suffix.lower() in index.SUFFIXES)
    others = (face for one in beside if one != path for face in index.faces_in(one))
    return choose.family_of(faces[0], (*faces, *others))


def _packaged_faces() -> Iterator[FontFace]:
    for _, package, _ in (_PLEX, _JETBRAINS):
        for path in sorted(package_folder(package).glob("*.ttf")):
            yield from index.faces_in(str(path))


def _is_monospaced(styled: Styled, letters: Collection[str]) -> bool:
    try:
        return is_monospaced(styled.face.path, styled.face.number, letters)
    except (FontError, ConverterError):
        raise UsageError(f"{styled.face.path} is damaged; name another font") from None


_MOST_NAMED = 4


def _other_fonts(faces: Iterable[FontFace]) -> str:
    here = sorted({face.family for face in faces if face.typewriter})[:_MOST_NAMED]
    among = f"; on this machine are {', '.join(here)}" if here else ""
    return f"Leave --font out for Courier, or name a typewriter font such as Courier Prime or IBM Plex Mono{among}"


def found_families(letters: Collection[str], embedding: Embedding, limits: Limits) -> list[Family]:
    """Families of this machine that have as many of the letters as can be had."""
    chosen = choose.for_letters(letters, index.installed(limits))
    return [OutlineFamily(one.name, one.styled, embedding, found=True) for one in chosen]
