"""What shells and `man` want to know of the command, made from what click knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

Shell = Literal["bash", "zsh", "fish"]
_KINDS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


def completion_script(command: click.Command, shell: Shell) -> str:
    """For the shell's start-up file. click's own for bash starts bash to ask for its version, so it is passed by."""
    made = _KINDS[shell](command, {}, "matchcut", "_MATCHCUT_COMPLETE")
    return ShellComplete.source(made)


def completed(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Files and folders, and the names of formats, where click knows no choices."""
    match parameter.metavar:
        case "FORMAT" | "[NAME]":
            from converter.formats import FORMATS

            reads = parameter.name == "read_as"
            names = [row.name for row in FORMATS if parameter.name == "name" or (row.reader if reads else row.writer)]
            return [CompletionItem(name) for name in names if name.startswith(typed)]
        case "FOLDER":
            return [CompletionItem(typed, type="dir")]
        case _:
            return [CompletionItem(typed, type="file")]


# ---------------------------------------------------------------- the manual


def manual(group: click.Group, version: str) -> Iterator[str]:
    """A page for `man`, in its own language, from the help of all commands."""
    yield f'.TH MATCHCUT 1 "" "matchcut {version}" "User Commands"'
    yield ".SH NAME"
    yield "matchcut \\- convert screenplays from one format into another"
    yield ".SH SYNOPSIS"
    yield ".B matchcut"
    yield "COMMAND [OPTIONS] ..."
    yield ".SH DESCRIPTION"
    context = click.Context(group, info_name="matchcut")
    yield from _text(group.help or "")
    for name, command in sorted(group.commands.items()):
        inner = click.Context(command, info_name=name, parent=context)
        yield f".SH {name.upper()}"
        yield f".B matchcut {name}"
        yield _escaped(" ".join(command.collect_usage_pieces(inner)))
        yield ".PP"
        yield from _text(command.help or "")
        for parameter in command.get_params(inner):
            record = parameter.get_help_record(inner)
            if record is not None:
                yield ".TP"
                yield f".B {_escaped(record[0])}"
                yield _escaped(record[1])


def _text(help: str) -> Iterator[str]:
    r"""Paragraphs; those that begin with \b keep their lines."""
    for paragraph in help.split("\n\n"):
        lines = [line.strip() for line in paragraph.splitlines()]
        if lines[0] == "\b":
            yield from (".PP", ".nf", *map(_escaped, lines[1:]), ".fi")
        else:
            yield from (".PP", _escaped(" ".join(lines)))


def _escaped(text: str) -> str:
    """A line that begins with a dot or a quote would be a request."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
