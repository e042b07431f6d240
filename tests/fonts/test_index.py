"""The index of the machine's fonts: made once, kept by those who say so, and never in the way."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from converter.contract import DEFAULT_LIMITS, LimitError, Limits
from converter.fonts import index, keep_index
from tests.fonts.build import font


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one folder of fonts that there is, with a cache folder beside it."""
    monkeypatch.setenv("MATCHCUT_FONTS", str(tmp_path / "fonts"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "fonts"


def installed(*, keep: bool = False) -> list[str]:
    with keep_index(keep):
        return [face.family for face in index.installed(DEFAULT_LIMITS)]


def kept(folder: Path) -> list[Path]:
    return list((folder.parent / "cache").rglob("*.*"))


def test_a_face_is_what_its_tables_say(folder: Path) -> None:
    names = {"typographicFamily": "Type"}
    path = font(folder / "sub" / "x.ttf", "Type Heavy", "aé★", weight=800, width=3, slanted=True, other_names=names)
    [face] = index.installed(DEFAULT_LIMITS)
    assert (face.path, face.number, face.family, face.names) == (str(path), 0, "Type", ("type", "type heavy"))
    assert (face.weight, face.width, face.slanted, face.lightest, face.heaviest) == (800, 3, True, 800, 800)
    assert (face.typewriter, list(face.ranges)) == (True, [0x61, 0x61, 0xE9, 0xE9, 0x2605, 0x2605])


def test_letters_side_by_side_are_one_range(folder: Path) -> None:
    font(folder / "x.otf", "Type", "abcxyz\U0001f600", postscript=True)
    [face] = index.installed(DEFAULT_LIMITS)
    assert list(face.ranges) == [0x61, 0x63, 0x78, 0x7A, 0x1F600, 0x1F600]


def test_only_what_changed_is_looked_at_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    real = index.faces_in
    monkeypatch.setattr(index, "faces_in", lambda path: looked.append(Path(path).name) or real(path))
    for name in ("a", "b"):
        font(folder / f"{name}.ttf", name)
    (folder / "c.ttf").write_bytes(b"no font")
    assert installed(keep=True) == ["a", "b"]
    assert looked == ["a.ttf", "b.ttf", "c.ttf"]
    assert installed(keep=True) == ["a", "b"]
    font(folder / "b.ttf", "later")
    assert installed(keep=True) == ["a", "later"]
    assert looked[3:] == ["b.ttf"]
    (folder / "a.ttf").unlink()
    assert installed(keep=True) == ["later"]
    assert looked[4:] == []


def test_what_was_kept_is_the_same_as_what_was_found(folder: Path) -> None:
    font(folder / "a.ttf", "A", "aé★")
    font(folder / "b.otf", "B", "日本", weight=700, postscript=True)
    with keep_index():
        found = index.installed(DEFAULT_LIMITS)
        read = index.installed(DEFAULT_LIMITS)
    assert [one[:-1] for one in read] == [one[:-1] for one in found]
    assert [list(one.ranges) for one in read] == [list(one.ranges) for one in found]


def test_the_library_keeps_no_index_unless_told_to(folder: Path) -> None:
    font(folder / "a.ttf", "A")
    assert installed() == ["A"]
    assert kept(folder) == []
    installed(keep=True)
    assert [path.suffix for path in kept(folder)] == [".index"]


def test_each_set_of_folders_has_an_index_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font(folder / "a.ttf", "A")
    installed(keep=True)
    font(folder.parent / "more" / "b.ttf", "B")
    monkeypatch.setenv("MATCHCUT_FONTS", os.pathsep.join((str(folder.parent / "more"), str(folder))))
    assert installed(keep=True) == ["B", "A"]
    assert len(kept(folder)) == 2


def test_a_damaged_index_is_made_anew(folder: Path) -> None:
    font(folder / "a.ttf", "A")
    installed(keep=True)
    [path] = kept(folder)
    whole = path.read_bytes()
    for damaged in (b"", whole[:20], whole[:-1], whole[:60] + b"X" + whole[61:], b"other" + whole):
        path.write_bytes(damaged)
        assert installed(keep=True) == ["A"]
        assert path.read_bytes() == whole


def test_a_cache_that_cannot_be_written_to_does_no_harm(folder: Path) -> None:
    font(folder / "a.ttf", "A")
    (folder.parent / "cache").write_text("a file where a folder should be")
    assert installed(keep=True) == ["A"]


def test_without_a_home_there_is_no_cache_and_no_harm(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font(folder / "a.ttf", "A")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # what it does where nothing says who this is
    assert installed(keep=True) == ["A"]
    monkeypatch.delenv("MATCHCUT_FONTS")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert all(Path(one).is_absolute() for one in index.folders())


@pytest.mark.parametrize(
    ("platform", "variable", "ending"),
    [("linux", "XDG_CACHE_HOME", "matchcut"), ("darwin", "HOME", "Library/Caches/matchcut")],
)
def test_the_index_lies_where_the_system_keeps_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, variable: str, ending: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path / "there"))
    monkeypatch.setenv("MATCHCUT_FONTS", str(tmp_path))
    font(tmp_path / "a.ttf", "A")
    installed(keep=True)
    [path] = (tmp_path / "there").rglob("*.index")
    assert path.parent == tmp_path / "there" / ending


def test_no_folder_means_no_fonts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHCUT_FONTS", "")
    assert installed() == []


def test_time_is_limited(folder: Path) -> None:
    font(folder / "a.ttf", "A")
    with pytest.raises(LimitError, match="max_seconds"):
        index.installed(Limits(max_seconds=-1.0))


# ---------------------------------------------------------------- what is no font, or no longer


def test_what_cannot_be_embedded_is_left_out(folder: Path) -> None:
    font(folder / "licence.ttf", "Restricted", embedding=2)
    font(folder / "bitmaps.ttf", "Bitmaps", embedding=0x200)
    font(folder / "preview.ttf", "Preview", embedding=4)
    assert installed() == ["Preview"]


def test_what_is_no_font_is_left_out(folder: Path) -> None:
    font(folder / "a.ttf", "A")
    (folder / "b.ttf").write_bytes(b"")
    (folder / "c.otf").write_bytes(b"OTTO")
    (folder / "d.ttc").write_bytes(b"ttcf" + b"\xff" * 60)
    (folder / "e.ttf").mkdir()
    (folder / "f.ttf").symlink_to(folder / "nowhere")
    (folder / "notes.txt").write_text("no font")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "g.ttf")
    (folder / "loop").symlink_to(folder)
    assert installed(keep=True) == ["A"]


@pytest.mark.parametrize("postscript", [False, True])
def test_a_damaged_font_is_a_font_or_none(folder: Path, postscript: bool) -> None:
    """Any byte may be wrong, and any number as large as it can be."""
    data = font(folder / "a.ttf", "A", postscript=postscript).read_bytes()
    random_ = random.Random(12)
    for _ in range(300):
        wrong = bytearray(data)
        for _ in range(random_.choice((1, 4, 40))):
            wrong[random_.randrange(min(len(wrong), random_.choice((300, 2000, len(wrong)))))] = random_.choice(
                (0, 255, 1)
            )
        (folder / "a.ttf").write_bytes(bytes(wrong[: random_.choice((len(wrong), random_.randrange(len(wrong))))]))
        assert len(index.faces_in(str(folder / "a.ttf"))) <= 1
