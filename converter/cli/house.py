"""The settings of a house: `matchcut.toml` beside the script, or in the user's own folder.

They say how pages look where neither the command line nor the script does. A file beside a script may come from a
stranger together with it: it is small, sets looks and nothing else, and leads to no other file. The library never looks
for one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from converter.records import dataclass

NAME = "matchcut.toml"
LARGEST = 16_000  # bytes
_LONGEST = 200  # letters of a value
_MOST = 40  # settings in one table; there are not so many
_PLACES = {"page", "revision", "date"}  # of a header
_LOOKS = frozenset(
    "paper font watermark header footer more more_text contd contd_text scene_continued scene_continued_bottom"
    " scene_continued_top scene_numbers heading_style break_at_sentences".split()
)


@dataclass(frozen=True, slots=True)
class House:
    """Values by the names of writers' options, where each is from, and what was wrong in the files."""

    values: dict[str, Any]
    places: dict[str, str]
    warnings: tuple[str, ...]


NOTHING = House({}, {}, ())


def places_for(script: str | None) -> list[tuple[str, bool]]:
    """The files that may be there, the weaker one first, and whether each is the user's own."""
    places = [(os.path.join(_user_folder(), NAME), True)]
    if script is not None and script != "-":
        places.append((os.path.join(os.path.dirname(script), NAME), False))
    return places


def _user_folder() -> str:
    home = os.path.expanduser("~")
    if os.name == "nt":
        return os.path.join(os.environ.get("APPDATA") or home, "matchcut")
    return os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "matchcut")


def house_for(script: str | None, profile: str | None = None) -> House:
    """What the files say; `profile` names a table [profile.NAME], whose values come before all others.

    UsageError where a profile is asked for that there is not.
    """
    there = [(path, own) for path, own in places_for(script) if os.path.isfile(path)]
    if not there and profile is None:
        return NOTHING
    return _Files(there).house(profile)


class _Files:
    def __init__(self, places: list[tuple[str, bool]]):
        self.warnings: list[str] = []
        self._tables = [(path, own, self._parsed(path, own)) for path, own in places]

    def _parsed(self, path: str, own: bool) -> Mapping[str, Any]:
        if not own and os.path.islink(path):
            self.warnings.append(f"{path}: this is a link to another file; it was left out")
            return {}
        from tomllib import loads  # for those who have such a file

        from converter.contract import ConverterError, Limits
        from converter.safe.files import read_file

        try:
            return loads(read_file(path, Limits(input_bytes=LARGEST)).decode("utf-8"))
        except ConverterError as error:
            self.warnings.append(f"{error.told('')}; it was left out")
        except (ValueError, RecursionError) as error:
            self.warnings.append(f"{path}: this is not a settings file ({str(error)[:100]}); it was left out")
        return {}

    def house(self, profile: str | None) -> House:
        values: dict[str, Any] = {}
        places: dict[str, str] = {}
        for path, own, table in self._tables:
            for name, value in self._sound(path, own, {key: table[key] for key in table if key != "profile"}):
                values[name], places[name] = value, path
        for path, own, table in self._tables:
            for name, value in self._sound(path, own, self._of_profile(table, profile)):
                values[name], places[name] = value, f"{path}, profile {profile}"
        return House(values, places, tuple(self.warnings))

    def _of_profile(self, table: Mapping[str, Any], profile: str | None) -> Mapping[str, Any]:
        if profile is None or any(profile in _profiles(one) for _, _, one in self._tables):
            found = _profiles(table).get(profile or "", {})
            return found if isinstance(found, dict) else {}
        from converter.contract import UsageError

        names = ", ".join(sorted({name for _, _, one in self._tables for name in _profiles(one)}))
        raise UsageError(f"there is no profile {profile!r} in {NAME}" + (f"; there are: {names}" if names else ""))

    def _sound(self, path: str, own: bool, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for key, value in list(table.items())[:_MOST]:
            name = key.replace("-", "_")
            wrong = _wrong(name, value, own)
            if wrong:
                self.warnings.append(f"{path}: {wrong}; it was left out")
            else:
                yield name, value


def _profiles(table: Mapping[str, Any]) -> Mapping[str, Any]:
    found = table.get("profile")
    return found if isinstance(found, dict) else {}


def _wrong(name: str, value: object, own: bool) -> str | None:
    """Why a setting cannot be taken, if so."""
    if name not in _LOOKS:
        from converter.options import did_you_mean

        return f"there is no setting {name[:_LONGEST]!r}{did_you_mean(name[:_LONGEST], sorted(_LOOKS))}"
    if isinstance(value, str):
        if len(value) > _LONGEST or not value.isprintable():
            return f"{name} is too long, or has letters that cannot be printed"
        if name == "font" and not own and _is_path(value):
            return "font is the name of a font here, not a file"
        if name in {"header", "footer"} and not _is_band(value):
            return f"{name} is left | center | right, with {{page}}, {{revision}} and {{date}}"
    elif not isinstance(value, bool | int):
        return f"{name} is a text in quotes, true or false"
    return None


def _is_path(font: str) -> bool:
    return any(sign in font for sign in "/\\~") or font.lower().endswith((".ttf", ".otf", ".ttc", ".otc"))


def _is_band(text: str) -> bool:
    pieces = text.replace("}", "{").split("{")
    is_paired = len(pieces) % 2 == 1 and text.count("{") == text.count("}")
    return is_paired and text.count("|") <= 2 and all(one in _PLACES for one in pieces[1::2])
