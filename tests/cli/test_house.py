"""matchcut.toml: whose word counts, and what a stranger's file cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter import Settings, convert
from converter.api import Collector, convert_file
from converter.cli.house import LARGEST, house_for
from converter.contract import Limits, UsageError
from converter.tree import Action, PageSetup, Paper, Run, Screenplay
from tests.cli.conftest import Command

HEADER = "{page}."


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own file, not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    (tmp_path / "config" / "matchcut").mkdir(parents=True)
    Path("draft.fountain").write_text("INT. BARN - DAY\n\nRain.\n\n===\n\nSnow.\n", encoding="utf-8")
    return tmp_path / "config" / "matchcut" / "matchcut.toml"


def beside(text: str) -> None:
    Path("matchcut.toml").write_text(text, encoding="utf-8")


def values(script: str = "draft.fountain", profile: str | None = None) -> dict[str, object]:
    found = house_for(script, profile)
    assert found.warnings == ()
    return found.values


def test_the_file_beside_the_script_comes_before_the_user_s_own(own: Path) -> None:
    assert values() == {}
    own.write_text("paper = 'a4'\nmore-text = '(MEHR)'\n[profile.house]\npaper = 'letter'\nheader = '{page}'\n")
    assert values() == {"paper": "a4", "more_text": "(MEHR)"}
    beside("paper = 'letter'\nmore = false\n[profile.b]\nmore_text = 'ON'")
    assert values() == {"paper": "letter", "more": False, "more_text": "(MEHR)"}
    assert values("-") == {"paper": "a4", "more_text": "(MEHR)"}
    assert values(profile="house") == {"paper": "letter", "more": False, "more_text": "(MEHR)", "header": "{page}"}
    assert values(profile="b") == {"paper": "letter", "more": False, "more_text": "ON"}
    with pytest.raises(UsageError, match="there is no profile 'c' in matchcut.toml; there are: b, house"):
        house_for("draft.fountain", "c")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("filters = ['./run.sh']", "there is no setting 'filters'"),
        ("limit = 'input-bytes=1g'", "there is no setting 'limit'"),
        ("reference_docx = '/etc/passwd'", "there is no setting 'reference_docx'"),
        ("papr = 'a4'", "there is no setting 'papr' (did you mean 'paper'?)"),
        ("font = '../a'", "font is the name of a font here, not a file"),
        ("font = 'a.TTF'", "font is the name of a font here, not a file"),
        ("watermark = '" + "a" * 201 + "'", "watermark is too long"),
        ('watermark = "a\\u001b"', "letters that cannot be printed"),
        ("header = 'a|b|c|d'", "header is left | center | right"),
        ("header = '{user}'", "header is left | center | right"),
        ("footer = '{page'", "footer is left | center | right"),
        ("paper = ['a4']", "paper is a text in quotes, true or false"),
        ("paper = ", "this is not a settings file"),
        ("a = " + "[" * 5000, "this is not a settings file"),
        ("# " + "a" * LARGEST, "too large"),
    ],
)
def test_what_a_file_beside_a_script_cannot_do(text: str, reason: str, matchcut: Command) -> None:
    beside(f"{text}\n")
    found = house_for("draft.fountain")
    assert found.values == {}
    assert len(found.warnings) == 1 and reason in found.warnings[0]
    assert found.warnings[0].startswith("matchcut.toml: ") and found.warnings[0].endswith("; it was left out")
    ended = matchcut("convert", "draft.fountain", "a.txt")
    assert (ended.code, ended.err) == (0, f"Warning: {found.warnings[0]}\n")


def test_a_link_beside_a_script_is_not_followed() -> None:
    Path("other").write_text("secret = 1\n")
    try:
        Path("matchcut.toml").symlink_to("other")
    except OSError:
        pytest.skip("links cannot be made here")
    found = house_for("draft.fountain")
    assert found.warnings == ("matchcut.toml: this is a link to another file; it was left out",)


def test_a_file_full_of_nonsense_takes_no_time_and_no_screen() -> None:
    beside("".join(f"papr{number} = 1\n" for number in range(1000)))
    assert len(house_for("draft.fountain").warnings) == 40


def test_the_user_s_own_file_may_name_a_font_file(own: Path) -> None:
    own.write_text("font = '/fonts/a.ttf'\n")
    assert values() == {"font": "/fonts/a.ttf"}


def test_what_wins(matchcut: Command) -> None:
    beside("header = 'HOUSE | | {page}'\n[profile.x]\nheader = 'PROFILE'\n")

    def header(*options: str) -> str:
        assert matchcut("convert", "draft.fountain", "a.txt", "--overwrite", *options)[::2] == (0, "")
        return Path("a.txt").read_text(encoding="utf-8").partition("\f")[2].split()[0]

    assert matchcut("convert", "draft.fountain", "a.txt").code == 0  # the way without options
    assert "HOUSE" in Path("a.txt").read_text(encoding="utf-8")
    assert (header(), header("--profile", "x"), header("--no-settings")) == ("HOUSE", "PROFILE", "2.")
    assert header("--anonymous") == "2."  # a header may tell whose script it is
    assert (header("--set", "header=TYPED"), header("--set", "header=TYPED", "--profile", "x")) == ("TYPED", "TYPED")
    assert matchcut("convert", "draft.fountain", "--to", "text", "--out-dir", "r").code == 0
    assert "HOUSE" not in Path("r/draft.txt").read_text(encoding="utf-8")
    assert matchcut("convert", "draft.fountain", "a.fdx").code == 0  # a writer without pages


def test_a_script_s_own_setup_wins_and_a_value_that_cannot_be_is_left_out(own: Path) -> None:
    from converter import write

    script = Screenplay(body=(Action(text=(Run(text="Rain."),)),), page_setup=PageSetup(paper=Paper(width=8, height=9)))
    write(script, "own.screenplay.json")

    def made(source: str, target: str, **house: object) -> tuple[bytes, list[str]]:
        report = Collector(Limits())
        convert_file(source, target, Settings(house=tuple(house.items())), report)
        return Path(target).read_bytes(), [one.message for one in report.kept if "setting" in one.code]

    assert made("own.screenplay.json", "a.pdf", paper="a4") == made("own.screenplay.json", "b.pdf")
    assert made("draft.fountain", "a.pdf", paper="a4")[0] != made("draft.fountain", "b.pdf")[0]
    data, said = made("draft.fountain", "a.pdf", paper="a5", more=5)
    assert data == Path("b.pdf").read_bytes()
    assert [one.split(" (")[0] for one in said] == [
        "A setting of the house was left out: pdf: paper cannot be 'a5', only letter or a4",
        "A setting of the house was left out: pdf: more cannot be 5, only yes or no",
    ]


def test_the_library_looks_for_no_file(own: Path) -> None:
    beside("header = 'HOUSE'\n")
    convert("draft.fountain", "a.txt")
    assert "HOUSE" not in Path("a.txt").read_text(encoding="utf-8")


def test_settings_are_shown_with_their_files(own: Path, matchcut: Command) -> None:
    assert matchcut("settings", "draft.fountain").out.splitlines() == [
        "Nothing is set. These files can set how pages look:",
        f"  {own}",
        "  matchcut.toml",
    ]
    own.write_text("paper = 'a4'\n[profile.x]\nmore = true\n")
    beside("papr = 'a4'\nheader = '{page}'\n")
    ended = matchcut("settings", "draft.fountain", "--profile", "x")
    assert [line.split("  ")[1] for line in ended.out.splitlines()[3:]] == [
        "header = {page}",
        "more = True",
        "paper = a4",
    ]
    assert f"{own}, profile x" in ended.out and "did you mean 'paper'?" in ended.err


def test_a_setting_that_a_writer_does_not_take_is_left_out_and_told(matchcut: Command) -> None:
    beside("paper = 'a9'\nheader = 'HOUSE'\n")
    ended = matchcut("convert", "draft.fountain", "a.txt", "--diagnostics", "json")
    assert ended.code == 0 and "format.unusable-setting" in ended.err
    assert Path("a.txt").exists()
