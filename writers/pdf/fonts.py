"""Which font draws which letter, with every font embedded.

The default is the Courier that the reportlab distribution ships, the same on every machine. Letters it lacks come from
IBM Plex Mono (Latin Extended, Vietnamese, Cyrillic), then JetBrains Mono (Greek), both packages that we depend on, then
from fonts found on the system. A script in a language that Courier lacks letters of is set in the fallback as a whole,
so that its words do not look patched. What no font has is reported, never left out in silence.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from converter.contract import InputError, LimitError, Limits, UsageError
from converter.lines import CELL
from converter.records import dataclass
from converter.safe import files

SIZE = 12.0
BOLD, ITALIC = 1, 2  # the bits of a face's number; 0 is the regular face


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters that one font draws: its resource name, the inside of a PDF string, the points each glyph takes.

    `emboldened` and `slanted`: the family has no such face, so drawing has to help.
    """

    resource: str
    letters: str
    characters: int
    advance: float
    emboldened: bool = False
    slanted: bool = False


class Face(Protocol):
    """One style of a family, ready to draw."""

    name: str
    font_name: str  # under which reportlab knows it

    def has(self, char: str) -> bool: ...

    def pieces(self, text: str, document: Any) -> Iterator[Piece]:
        """The text in the font; a character that the face lacks is the sign for a missing one."""
        ...


class Family(Protocol):
    name: str
    found: bool  # on this system, so another machine may draw with another

    def face(self, bits: int) -> Face: ...

    def has(self, char: str) -> bool: ...


# ---------------------------------------------------------------- Courier


class CourierFace:
    """One of reportlab's Type 1 Couriers, embedded: under its standard name reportlab would leave it out."""

    _NAMES = ("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique")
    _FILES = ("com_____", "cob_____", "coo_____", "cobo____")

    def __init__(self, bits: int):
        import reportlab
        from reportlab.pdfbase import pdfmetrics

        self.name = self._NAMES[bits]
        self.font_name = f"Matchcut-{self.name}"
        if self.font_name not in pdfmetrics.getRegisteredFontNames():
            folder = Path(reportlab.__file__).parent / "fonts"
            face = pdfmetrics.EmbeddedType1Face(*(str(folder / f"{self._FILES[bits]}.{end}") for end in ("afm", "pfb")))
            face.name = self.font_name
            pdfmetrics.registerTypeFace(face)
            pdfmetrics.registerFont(pdfmetrics.Font(self.font_name, self.font_name, "WinAnsiEncoding"))

    def has(self, char: str) -> bool:
        return in_courier(char)

    def pieces(self, text: str, document: Any) -> Iterator[Piece]:
        yield Piece(document.getInternalFontName(self.font_name), courier_letters(text), len(text), CELL)


def in_courier(text: str) -> bool:
    """Does the Type 1 Courier have all these letters? It has exactly Windows' Latin alphabet."""
    if text.isascii():
        return True
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


class CourierFamily:
    name = "Courier"
    found = False

    def __init__(self) -> None:
        self._faces: dict[int, CourierFace] = {}

    def face(self, bits: int) -> Face:
        if bits not in self._faces:
            self._faces[bits] = CourierFace(bits)
        return self._faces[bits]

    def has(self, char: str) -> bool:
        return in_courier(char)


_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {
    ord("\\"): "\\\\",
    ord("("): "\\(",
    ord(")"): "\\)",
}


_UNSAFE = re.compile(r"[^\x20-\x7e]|[\\()]")


def courier_letters(text: str) -> str:
    """The text in Windows' Latin alphabet as the inside of a PDF string; a question mark for what that lacks."""
    return escaped(text.encode("cp1252", "replace").decode("latin-1")) if _UNSAFE.search(text) else text


def escaped(letters: str) -> str:
    """Character codes below 256 as the inside of a PDF string, in ASCII."""
    return letters.translate(_ESCAPES)


# ---------------------------------------------------------------- outline fonts


_SUFFIXES = ("-Regular", "-Bold", "-Italic", "-BoldItalic")


class TrueTypeFace:
    """An outline font, embedded as a subset."""

    def __init__(self, data: bytes, name: str, bits: int, *, emboldened: bool = False, slanted: bool = False):
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        self.name = name
        self.font_name = f"Matchcut-{hashlib.sha256(data).hexdigest()[:16]}-{bits}"
        self._font = TTFont(self.font_name, io.BytesIO(data))
        # Two faces made from one variable font have one name, and reportlab keeps its objects by name.
        self._font.face.name = f"{''.join(filter(str.isalnum, name))}{_SUFFIXES[bits]}".encode("ascii", "ignore")
        pdfmetrics.registerFont(self._font)  # under this name it is always the same font
        self._emboldened = emboldened
        self._slanted = slanted

    def has(self, char: str) -> bool:
        return ord(char) in self._font.face.charToGlyph

    def pieces(self, text: str, document: Any) -> Iterator[Piece]:
        """Glyphs of one width and one subset side by side are one piece."""
        widths, default = self._font.face.charWidths, self._font.face.defaultWidth
        resource, advance, letters, count = "", 0.0, "", 0
        for char in text:
            [(subset, code)] = self._font.splitString(char, document)
            new_resource = self._font.getSubsetInternalName(subset, document)
            new_advance = widths.get(ord(char), default) * SIZE / 1000
            if count and (new_resource, new_advance) != (resource, advance):
                yield Piece(resource, letters, count, advance, self._emboldened, self._slanted)
                letters, count = "", 0
            resource, advance = new_resource, new_advance
            letters += escaped(code.decode("latin-1"))
            count += 1
        if count:
            yield Piece(resource, letters, count, advance, self._emboldened, self._slanted)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font in a file: `number` counts the fonts of a collection; None is a face that the family lacks."""

    path: str
    number: int = 0


class FileFamily:
    """A family of outline fonts in files. `letters` is what the script needs, so that only these are embedded."""

    def __init__(self, name: str, font_files: dict[int, FontFile], letters: frozenset[str], *, found: bool):
        self.name = name
        self.found = found
        self._files = font_files
        self._letters = letters
        self._faces: dict[int, Face] = {}

    def has(self, char: str) -> bool:
        return self.face(0).has(char)

    def face(self, bits: int) -> Face:
        if bits not in self._faces:
            self._faces[bits] = self._load(bits)
        return self._faces[bits]

    def _load(self, bits: int) -> Face:
        """The face, or the nearest one with help from drawing for what it lacks."""
        present = next(one for one in (bits, bits & ITALIC, bits & BOLD, 0, *self._files) if one in self._files)
        missing = bits & ~present
        file = self._files[present]
        data = plain_outlines(file, self._letters, bold=False)
        emboldened, slanted = bool(missing & BOLD), bool(missing & ITALIC)
        return TrueTypeFace(data, self.name, bits, emboldened=emboldened, slanted=slanted)


class PackagedFamily(FileFamily):
    """A family from a package that we depend on; a variable one makes its bold face itself."""

    def __init__(self, name: str, package: str, names: dict[int, str], letters: frozenset[str]):
        spec = importlib.util.find_spec(package)
        folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else Path()
        font_files = {bits: FontFile(str(folder / "files" / file)) for bits, file in names.items()}
        super().__init__(name, font_files, letters, found=False)

    def _load(self, bits: int) -> Face:
        return TrueTypeFace(self.data(bits), self.name, bits)

    def path(self, bits: int) -> str:
        return self._files[bits].path

    def data(self, bits: int) -> bytes:
        """The font of that face, as it can be embedded."""
        file = self._files[bits]
        variable = "[" in file.path
        return plain_outlines(file, self._letters, bold=bool(bits & BOLD)) if variable else _bytes(file.path)


PLEX = {0: "IBMPlexMono-Regular.ttf", 1: "IBMPlexMono-Bold.ttf", 2: "IBMPlexMono-Italic.ttf"}
PLEX |= {3: "IBMPlexMono-BoldItalic.ttf"}
JETBRAINS = {0: "JetBrainsMono[wght].ttf", 1: "JetBrainsMono[wght].ttf", 2: "JetBrainsMono-Italic[wght].ttf"}
JETBRAINS |= {3: "JetBrainsMono-Italic[wght].ttf"}

_FONT_LIMITS = Limits(input_bytes=200_000_000)


def _bytes(path: str) -> bytes:
    return files.read_file(path, _FONT_LIMITS)


def plain_outlines(file: FontFile, letters: Iterable[str], *, bold: bool) -> bytes:
    """The font with these letters only, as static TrueType: the one kind that reportlab embeds."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(_bytes(file.path)), fontNumber=file.number, lazy=True)
    options = subset.Options(notdef_outline=True, layout_features=[], name_IDs=[1, 2, 4, 6], hinting=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "MATH"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted({" ", *letters})))
    subsetter.subset(font)
    if "fvar" in font:
        _fix_weight(font, bold)
    if "glyf" not in font:
        _to_quadratic(font)
    font.recalcTimestamp = False
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()


def _fix_weight(font: Any, bold: bool) -> None:
    from fontTools.varLib import instancer

    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    for axis in font["fvar"].axes:
        if axis.axisTag == "wght":
            axes["wght"] = min(max(700 if bold else 400, axis.minValue), axis.maxValue)
    instancer.instantiateVariableFont(font, axes, inplace=True)


def _to_quadratic(font: Any) -> None:
    """CFF outlines as TrueType ones, within a thousandth of the em."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = order, outlines
    if hasattr(table, "_setCoordinates"):
        for name in order:
            outlines[name].recalcBounds(table)
    for tag in ("CFF ", "CFF2"):
        if tag in font:
            del font[tag]
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for name in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(profile, name, 1 if name == "maxZones" else 0)
    for name in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours"):
        setattr(profile, name, 0)
    for name in ("maxCompositePoints", "maxCompositeContours", "maxComponentDepth"):
        setattr(profile, name, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


# ---------------------------------------------------------------- fonts on this system


def system_folders() -> list[Path]:
    """Where this system keeps fonts, the user's own first."""
    home = Path.home()
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData/Local"))
        return [Path(local) / "Microsoft/Windows/Fonts", Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    data = os.environ.get("XDG_DATA_HOME", str(home / ".local/share"))
    return [Path(data) / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


def system_files() -> Iterator[str]:
    """Every outline font file in a stable order, monospaced and East Asian ones first: they are what a page needs."""
    found: list[str] = []
    for folder in system_folders():
        for where, folders, names in os.walk(folder):
            folders.sort()
            found += [str(Path(where, name)) for name in sorted(names) if name.lower().endswith(_OUTLINES)]
    yield from sorted(found, key=_unlikely)


_OUTLINES = (".ttf", ".otf", ".ttc", ".otc")


def _unlikely(path: str) -> int:
    name = Path(path).name.lower()
    if "mono" in name:
        return 0
    return 1 if any(word in name for word in ("cjk", "gothic", "mincho", "sans")) else 2


def fonts_in(path: str) -> Iterator[tuple[FontFile, Any]]:
    """The fonts of a file with fontTools' view of each; a file that is none gives nothing."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        data = _bytes(path)
        if data[:4] == b"ttcf":
            for number, font in enumerate(TTCollection(io.BytesIO(data), lazy=True).fonts):
                yield FontFile(path, number), font
        else:
            yield FontFile(path), TTFont(io.BytesIO(data), lazy=True)
    except (TTLibError, InputError, LimitError, KeyError, ValueError, AssertionError):
        return


def family_name(font: Any) -> str:
    names = font["name"]
    return str(names.getBestFamilyName() or "")


def style_bits(font: Any) -> int:
    """Bold and italic as the font's own tables say."""
    selection = font["OS/2"].fsSelection if "OS/2" in font else 0
    return (BOLD if selection & 0x20 else 0) | (ITALIC if selection & 0x01 else 0)


def named_family(wanted: str, letters: frozenset[str]) -> Family:
    """The family that a caller asks for: a file, or a name that this system knows. UsageError if there is none."""
    if wanted.strip().lower() == "courier":
        return CourierFamily()
    candidates: Iterable[str] = system_files()
    if wanted.lower().endswith(_OUTLINES):
        wanted_name = next((family_name(font) for _, font in fonts_in(wanted)), None)
        if wanted_name is None:
            raise UsageError(f"{wanted} is not a font that can be embedded; name a .ttf or .otf file, or a family")
        beside = sorted(str(path) for path in Path(wanted).parent.iterdir() if path.suffix.lower() in _OUTLINES)
        candidates = [wanted, *beside]
    else:
        wanted_name = wanted
    font_files: dict[int, FontFile] = {}
    for path in candidates:
        for file, font in fonts_in(path):
            if "name" in font and family_name(font).lower() == wanted_name.lower():
                font_files.setdefault(style_bits(font), file)
    if not font_files:
        raise UsageError(f"no font called {wanted!r} was found; name an installed family, or a .ttf or .otf file")
    return FileFamily(wanted_name, font_files, letters, found=True)


def families_for(letters: frozenset[str]) -> Iterator[Family]:
    """Families of this system that have some of the letters, until all are had."""
    left = set(letters)
    for path in system_files():
        for file, font in fonts_in(path):
            if not left:
                return
            try:
                had = {char for char in left if ord(char) in font.getBestCmap()}
                name = family_name(font)
            except Exception:  # a broken font of this system must not stop a conversion
                continue
            if had:
                left -= had
                yield FileFamily(name, {0: file}, frozenset(had), found=True)


# ---------------------------------------------------------------- the book


def _letters_of(text: str) -> frozenset[str]:
    """Every character once. Looking for each of ASCII is faster than looking at each of a long script."""
    return frozenset(filter(text.__contains__, map(chr, range(128))) if text.isascii() else text)


class FontBook:
    """The families that draw one script, first to last resort."""

    def __init__(self, wanted: str | None, text: str):
        """`text`: all that will be drawn. Raises UsageError if the wanted font is not to be had."""
        letters = self._letters = _letters_of(text)
        plex = PackagedFamily("IBM Plex Mono", "fontpkg_ibm_plex_mono", PLEX, letters)
        jetbrains = PackagedFamily("JetBrains Mono", "fontpkg_jetbrains_mono", JETBRAINS, letters)
        first = named_family(wanted, letters) if wanted else CourierFamily()
        self._families: list[Family] = [first, plex, jetbrains]
        self._main = first if wanted else self._best(text)
        self._families.sort(key=lambda family: family is not self._main)
        self.is_courier = isinstance(self._main, CourierFamily)
        self._by_char: dict[str, Family | None] = {}
        self._searched = False

    def _best(self, text: str) -> Family:
        """Which family sets a script whose author named none: Courier unless many words need other letters."""
        courier = self._families[0]
        outside = {char: text.count(char) for char in self._letters if char.isalpha() and not courier.has(char)}
        if not outside:
            return courier
        most = sum(outside.values()) / 2
        if most <= sum(map(text.count, filter(str.isalpha, self._letters))) / 4 and not _is_patchwork(text, outside):
            return courier
        others = (
            family for family in self._families if sum(outside[char] for char in outside if family.has(char)) > most
        )
        return next(others, courier)

    @property
    def main_font(self) -> str:
        """The name under which reportlab knows the regular face of the main family."""
        return self._main.face(0).font_name

    def main_face(self, bits: int) -> Face:
        return self._main.face(bits)

    def main_has(self, text: str) -> bool:
        """Can the main family draw all of it, one cell a letter?"""
        return self.is_courier and (text.isascii() or in_courier(text))

    def face(self, char: str, bits: int) -> Face:
        """The first face that has the character; the main one, which will show that it is missing, if none has."""
        return (self._family(char) or self._main).face(bits)

    def missing(self) -> list[str]:
        return sorted(char for char, family in self._by_char.items() if family is None)

    def found(self) -> list[str]:
        """The families that drew something and were found on this system."""
        drew = {id(family) for family in self._by_char.values()} | {id(self._main)}
        return [family.name for family in self._families if family.found and id(family) in drew]

    def _family(self, char: str) -> Family | None:
        if char not in self._by_char:
            self._by_char[char] = self._first_with(char)
        return self._by_char[char]

    def _first_with(self, char: str) -> Family | None:
        family = next((family for family in self._families if family.has(char)), None)
        if family is None and not self._searched:
            self._searched = True
            self._families += families_for(self._missing_letters())
            return self._first_with(char)
        return family

    def _missing_letters(self) -> frozenset[str]:
        return frozenset(char for char in self._letters if not any(family.has(char) for family in self._families))


def _is_patchwork(text: str, outside: Iterable[str]) -> bool:
    """Have many words, as in Polish, letters of both kinds? A foreign name now and then does no harm."""
    other = frozenset(outside)
    patched = count = 0
    for word in _WORD.findall(text):
        count += 1
        patched += not other.isdisjoint(word) and not other.issuperset(word)
    return patched > count / 50


_WORD = re.compile(r"[^\W\d_]+")


# ---------------------------------------------------------------- shapes


def outline_path(text: str) -> tuple[str, float, list[str]]:
    """The text as PDF path operators at a size of one point, its width, and the letters that no font has.

    Shapes, so that nothing copies them as text. What IBM Plex Mono lacks comes from the fonts that draw the script.
    """
    from fontTools.pens.basePen import BasePen

    class PathPen(BasePen):  # type: ignore[misc]
        def __init__(self, glyphs: Any) -> None:
            super().__init__(glyphs)
            self.operators: list[str] = []

        def _add(self, operator: str, *points: tuple[float, float]) -> None:
            numbers = " ".join(f"{x / unit + offset:.4f} {y / unit:.4f}" for x, y in points)
            self.operators.append(f"{numbers} {operator}".strip())

        def _moveTo(self, point: tuple[float, float]) -> None:
            self._add("m", point)

        def _lineTo(self, point: tuple[float, float]) -> None:
            self._add("l", point)

        def _curveToOne(self, *points: tuple[float, float]) -> None:
            self._add("c", *points)

        def _closePath(self) -> None:
            self._add("h")

    pen, offset, unit = PathPen({}), 0.0, 1
    chosen, missing = _fonts_for(text)
    for char in text:
        font = chosen[char]
        glyphs, unit = font.getGlyphSet(), font["head"].unitsPerEm
        glyph = glyphs[font.getBestCmap().get(ord(char), ".notdef")]
        pen.glyphSet = glyphs
        glyph.draw(pen)
        offset += glyph.width / unit
    return " ".join(pen.operators), offset, missing


def _fonts_for(text: str) -> tuple[dict[str, Any], list[str]]:
    """fontTools' view of a font for each letter, and the letters that none has."""
    from fontTools.ttLib import TTFont

    letters = frozenset(text)
    chosen: dict[str, Any] = {}

    def fonts() -> Iterator[Any]:
        yield TTFont(io.BytesIO(PackagedFamily("", "fontpkg_ibm_plex_mono", PLEX, letters).data(BOLD)), lazy=True)
        yield TTFont(io.BytesIO(PackagedFamily("", "fontpkg_jetbrains_mono", JETBRAINS, letters).data(BOLD)), lazy=True)
        for path in system_files():
            for file, font in fonts_in(path):
                with suppress(Exception):  # a broken font of this system must not stop a conversion
                    if any(ord(char) in font.getBestCmap() for char in letters.difference(chosen)):
                        yield TTFont(io.BytesIO(plain_outlines(file, letters, bold=True)), lazy=True)

    first = None
    for font in fonts():
        first = first or font
        cmap = font.getBestCmap() or {}
        chosen.update({char: font for char in letters.difference(chosen) if ord(char) in cmap})
        if len(chosen) == len(letters):
            break
    return {char: chosen.get(char, first) for char in letters}, sorted(letters.difference(chosen))
