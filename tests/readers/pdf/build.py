"""PDFs made by hand, so that a test decides about every operator and object."""

from __future__ import annotations

import zlib

COURIER = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>"
FONTS = {
    "F": COURIER,
    "B": COURIER.replace("/Courier/", "/Courier-Bold/"),
    "I": COURIER.replace("/Courier/", "/Courier-Oblique/"),
}


def pdf(*pages: str, box: str = "[0 0 612 792]", page: str = "", objects: dict[int, bytes] | None = None) -> bytes:
    """A PDF with these content streams, one a page. `page`: more entries of each page; `objects` from number 50 on."""
    numbered: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: ("<<" + "".join(f"/{name} {font}" for name, font in FONTS.items()) + ">>").encode(),
        **(objects or {}),
    }
    kids = []
    for place, content in enumerate(pages):
        number = 100 + 2 * place
        kids.append(f"{number} 0 R")
        resources = "" if "/Resources" in page else "/Resources<</Font 3 0 R/XObject<</X 50 0 R>>>>"
        numbered[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox{box}{resources}{page}/Contents {number + 1} 0 R>>".encode()
        )
        numbered[number + 1] = stream(content.encode("latin-1"))
    numbered[2] = f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(kids)}]>>".encode()
    return file(numbered)


def stream(data: bytes, entries: str = "", *, flate: int = 0) -> bytes:
    """A stream object; `flate` times compressed."""
    for _ in range(flate):
        data = zlib.compress(data, 9)
    filters = f"/Filter[{'/FlateDecode ' * flate}]" if flate else ""
    return f"<</Length {len(data)}{filters}{entries}>>stream\n".encode() + data + b"\nendstream"


def file(objects: dict[int, bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010} 00000 n \n".encode()
    return out + f"trailer\n<</Size {max(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def text(x: float, y: float, words: str, font: str = "F", size: float = 12) -> str:
    """Words at a place, y counted from the top of a Letter page."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {792 - y} Tm ({escaped}) Tj ET\n"
