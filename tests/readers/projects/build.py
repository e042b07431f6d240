"""Projects of Story Architect and KIT Scenarist, made anew as their programs make them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from converter.contract import Diagnostic, Source
from converter.readers import kit, starc
from converter.tree import Screenplay
from writers import outline


def database(*statements: str, rows: Sequence[tuple[str, Sequence[object]]] = ()) -> bytes:
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    for statement, values in rows:
        connection.execute(statement, values)
    connection.commit()
    return connection.serialize()


SCENARIO = "CREATE TABLE scenario (id INTEGER PRIMARY KEY, scheme TEXT, text TEXT, is_draft INTEGER)"
DATA = "CREATE TABLE scenario_data (id INTEGER PRIMARY KEY, data_name TEXT, data_value TEXT)"
RESEARCH = "CREATE TABLE research (id INTEGER PRIMARY KEY, type INTEGER, name TEXT)"
VERSIONS = "CREATE TABLE script_versions (id INTEGER PRIMARY KEY, script_text TEXT)"
DOCUMENTS = "CREATE TABLE documents (id INTEGER PRIMARY KEY, uuid TEXT, type INTEGER, content BLOB)"


def kit_project(
    body: str, data: dict[str, str] | None = None, *, aside: str = "", research: Sequence[int] = ()
) -> bytes:
    scenario = "INSERT INTO scenario (scheme, text, is_draft) VALUES ('', ?, ?)"
    named = "INSERT INTO scenario_data (data_name, data_value) VALUES (?, ?)"
    return database(
        SCENARIO,
        DATA,
        RESEARCH,
        rows=[
            *([(scenario, (f"<scenario>{aside}</scenario>", 1))] if aside else []),
            (scenario, (f'<?xml version="1.0"?>\n<scenario version="1.0">{body}</scenario>', 0)),
            *((named, one) for one in (data or {}).items()),
            *(("INSERT INTO research (type) VALUES (?)", (one,)) for one in research),
        ],
    )


def document(kind: str, body: str) -> bytes:
    mime = f'mime-type="application/x-starc/document/{kind}"'
    return f'<?xml version="1.0"?>\n<document {mime} version="1.0">{body}</document>'.encode()


def starc_project(*documents: bytes) -> bytes:
    return database(DOCUMENTS, rows=[("INSERT INTO documents (content) VALUES (?)", (one,)) for one in documents])


def element(name: str, said: str, more: str = "", attributes: str = "") -> str:
    return f"<{name} {attributes}><v><![CDATA[{said}]]></v>{more}</{name}>"


def scene(*paragraphs: str, card: str = "", attributes: str = "") -> str:
    return f"<scene {attributes}>{card}<content>{''.join(paragraphs)}</content></scene>"


def read_kit(data: bytes) -> tuple[Screenplay, list[str]]:
    said: list[Diagnostic] = []
    return kit.read(Source("a.kitsp", data), report=said.append), [one.code for one in said]


def read_starc(data: bytes) -> tuple[Screenplay, list[str]]:
    said: list[Diagnostic] = []
    return starc.read(Source("a.starc", data), report=said.append), [one.code for one in said]


def lines(screenplay: Screenplay) -> list[str]:
    return outline.to_text(screenplay).splitlines()
