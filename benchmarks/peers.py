"""Other converters, and what they convert; one without a command runs as `benchmarks.peers NAME SOURCE TARGET`."""

from __future__ import annotations

import builtins
import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple


class Peer(NamedTuple):
    """`command` has {source}, {target} and {format} to be filled in; `directions` are endings."""

    name: str
    command: tuple[str, ...]
    directions: tuple[tuple[str, str], ...]

    def version(self) -> str | None:
        """None where it is not installed."""
        if self.name == "afterwriting":
            return "1.17.3" if AFTERWRITING.exists() else None
        try:
            return metadata.version(self.name)
        except metadata.PackageNotFoundError:
            return None

    def convert(self, source: Path, target: Path) -> list[str]:
        filled = {"source": source, "target": target, "format": target.suffix[1:].replace("txt", "text")}
        return [part.format(**filled) for part in self.command]


BIN = Path(sys.executable).parent
AFTERWRITING = BIN.parent / "node" / "node_modules" / ".bin" / "afterwriting"
DRIVER = (sys.executable, "-m", "benchmarks.peers")
PEERS = (
    Peer(
        "screenplain",
        (str(BIN / "screenplain"), "--format", "{format}", "{source}", "{target}"),
        ((".fountain", ".fdx"), (".fountain", ".pdf")),
    ),
    Peer(
        "fountain-py",
        (str(BIN / "fountain"), "render", "--format", "{format}", "-o", "{target}", "{source}"),
        ((".fountain", ".fdx"), (".fountain", ".pdf"), (".fountain", ".txt"), (".fountain", ".fountain")),
    ),
    Peer(
        "screenplay-tools",
        (*DRIVER, "screenplay-tools", "{source}", "{target}"),
        ((".fountain", ".fdx"), (".fdx", ".fountain"), (".fountain", ".fountain"), (".fdx", ".fdx")),
    ),
    Peer(
        "trelby",
        (*DRIVER, "trelby", "{source}", "{target}"),
        ((".fountain", ".fdx"), (".fountain", ".pdf"), (".fdx", ".fountain"), (".fdx", ".pdf")),
    ),
    Peer("pyscenewriter", (*DRIVER, "pyscenewriter", "{source}", "{target}"), ((".fountain", ".pdf"),)),
    Peer(
        "afterwriting",
        (str(AFTERWRITING), "--source", "{source}", "--pdf", "{target}", "--overwrite"),
        ((".fountain", ".pdf"),),
    ),
)

# ---------------------------------------------------------------- those without a command


def screenplay_tools(source: Path, target: Path) -> None:
    from screenplay_tools.fdx.parser import Parser as FdxParser
    from screenplay_tools.fdx.writer import Writer as FdxWriter
    from screenplay_tools.fountain.parser import Parser as FountainParser
    from screenplay_tools.fountain.writer import Writer as FountainWriter

    text = source.read_text(encoding="utf-8")
    if source.suffix == ".fdx":
        script = FdxParser().parse(text)
    else:
        parser = FountainParser()
        parser.add_text(text)
        script = parser.script
    writer = FdxWriter() if target.suffix == ".fdx" else FountainWriter()
    target.write_text(writer.write(script), encoding="utf-8")


def pyscenewriter(source: Path, target: Path) -> None:
    import pyscenewriter

    target.write_bytes(bytes(pyscenewriter.fountain_to_pdf(source.read_text(encoding="utf-8"))))


class Nothing:
    """Any window, any answer: what is asked of it gives more of it, and a person who clicks on OK."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __call__(self, *_: object, **__: object) -> Any:
        return Nothing()

    def ShowModal(self) -> int:  # noqa: N802
        return len("ID_OK")


class Windowless(ModuleType):
    """In place of wx: constants are numbers, the rest are windows."""

    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return len(name) if name.upper() == name else type(name, (Nothing,), {})


def trelby(source: Path, target: Path) -> None:
    for name in ("wx", "wx.adv", "wx.html", "wx.lib", "wx.stc"):
        sys.modules[name] = Windowless(name)
    builtins._ = str  # type: ignore[attr-defined]
    from trelby import config, misc, myimport, screenplay

    misc.init(False)
    misc.CheckBoxDlg = Nothing  # which parts to import: all of them
    script = screenplay.Screenplay(config.ConfigGlobal())
    script.titles.addDefaults()
    if source.suffix == ".fdx":
        script.lines = myimport.importFDX(str(source), None)
    else:
        script.lines, titles = myimport.importFountain(str(source), None, script.titles.pages)
        script.titles.pages = titles or script.titles.pages
    script.reformatAll()
    script.paginate()
    make = {".pdf": lambda: script.generatePDF(True), ".fdx": script.generateFDX, ".fountain": script.generateFountain}
    made = make[target.suffix]()
    target.write_bytes(made if isinstance(made, bytes) else str(made).encode())


if __name__ == "__main__":
    name, source, target = sys.argv[1:]
    {"screenplay-tools": screenplay_tools, "pyscenewriter": pyscenewriter, "trelby": trelby}[name](
        Path(source), Path(target)
    )
