"""A formula of Word in one line: `(a+b)/2`, `x^2`, `√(1-x)`. Office Math, ECMA-376, part 1, 22.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeAlias

from converter.notation.docx import MATH, w
from converter.readers.docx.package import Node

_M = f"{{{MATH}}}"
FORMULA = _M + "oMath"
FORMULAS = frozenset({FORMULA, _M + "oMathPara"})

Parts: TypeAlias = "Iterator[Node | str]"
_VAL = _M + "val"
_WORDS = frozenset({_M + "t", w("t"), w("delText")})


def is_plain(formula: Node) -> bool:
    """Is it a row of letters alone, which looks in one line as it does in the formula?"""
    return not any(one.tag in _SHAPES for one in formula.iter())


def in_one_line(formula: Node) -> str:
    line: list[str] = []
    waiting: list[Parts] = [iter((formula,))]
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
        elif isinstance(part, str):
            line.append(part)
        elif part.tag in _WORDS:
            line.append(part.text or "")
        elif not part.tag.endswith("Pr"):
            shape = _SHAPES.get(part.tag)
            waiting.append(iter(part) if shape is None else shape(part))
    return "".join(line)


def _child(node: Node, name: str) -> Parts:
    found = node.find(_M + name)
    return iter(()) if found is None else iter(found)


def _grouped(node: Node, name: str) -> Parts:
    """In brackets if it is more than one letter."""
    found = node.find(_M + name)
    if found is None:
        return iter(())
    letters = sum(len(one.text or "") for one in found.iter(*_WORDS))
    return iter(found) if letters < 2 else chain("(", iter(found), ")")


def _said(node: Node, properties: str, name: str, default: str) -> str:
    found = node.find(f"{_M}{properties}/{_M}{name}")
    return default if found is None else str(found.get(_VAL, default))


def _fraction(node: Node) -> Parts:
    return chain(_grouped(node, "num"), "/", _grouped(node, "den"))


def _script(*names: str) -> Callable[[Node], Parts]:
    marks = {"sub": "_", "sup": "^", "lim": "_"}

    def parts(node: Node) -> Parts:
        raised = (chain(marks[name], _grouped(node, name)) for name in names if _has_words(node, name))
        base = _child(node, "e") if names == ("lim",) else _grouped(node, "e")
        return chain(base, chain.from_iterable(raised))

    return parts


def _has_words(node: Node, name: str) -> bool:
    found = node.find(_M + name)
    return found is not None and any(one.text for one in found.iter(*_WORDS))


def _root(node: Node) -> Parts:
    degree = _grouped(node, "deg") if _has_words(node, "deg") else iter(())
    return chain(degree, "√", _grouped(node, "e"))


def _sum(node: Node) -> Parts:
    bounds = ((mark, name) for mark, name in (("_", "sub"), ("^", "sup")) if _has_words(node, name))
    limits = (chain(mark, _grouped(node, name)) for mark, name in bounds)
    return chain([_said(node, "naryPr", "chr", "∫")], chain.from_iterable(limits), " ", _child(node, "e"))


def _brackets(node: Node) -> Parts:
    begin, end = _said(node, "dPr", "begChr", "("), _said(node, "dPr", "endChr", ")")
    between = _said(node, "dPr", "sepChr", "|")
    return chain([begin], _list(node, "e", between), [end])


def _function(node: Node) -> Parts:
    return chain(_child(node, "fName"), " ", _child(node, "e"))


def _rows(node: Node) -> Parts:
    return chain("[", _list(node, "mr", "; "), "]")


def _cells(node: Node) -> Parts:
    return _list(node, "e", ", ")


def _equations(node: Node) -> Parts:
    return _list(node, "e", "; ")


def _list(node: Node, name: str, between: str) -> Parts:
    for number, one in enumerate(node.iterfind(_M + name)):
        if number:
            yield between
        yield one


_SHAPES: dict[str, Callable[[Node], Parts]] = {
    _M + "f": _fraction,
    _M + "sSup": _script("sup"),
    _M + "sSub": _script("sub"),
    _M + "sSubSup": _script("sub", "sup"),
    _M + "sPre": _script("sub", "sup"),
    _M + "limLow": _script("lim"),
    _M + "limUpp": _script("lim"),
    _M + "rad": _root,
    _M + "nary": _sum,
    _M + "d": _brackets,
    _M + "func": _function,
    _M + "m": _rows,
    _M + "mr": _cells,
    _M + "eqArr": _equations,
}
