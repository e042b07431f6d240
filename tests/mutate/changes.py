"""Small wrong changes to a file, as mutmut makes them, and three of our own.

Of mutmut we take what changes a node of the syntax tree. Its own way of running tests fits us less: it changes only
functions, and half of our rules are tables; it puts all changes of a file into it at once, so that tests which read the
source or measure time see another file; it does not let the tests of an area come first. (Cosmic Ray does not know
`match`.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators
from mutmut.mutation.file_mutation import Mutation, MutationVisitor
from mutmut.mutation.pragma_handling import IgnoredCode


def _one_operand(node: cst.BooleanOperation) -> Iterable[cst.BaseExpression]:
    yield node.left
    yield node.right


def _no_call(node: cst.Expr) -> Iterable[cst.BaseSmallStatement]:
    if isinstance(node.value, cst.Call):
        yield cst.Pass()


def _no_condition(node: cst.CompFor) -> Iterable[cst.CompFor]:
    if node.ifs:
        yield node.with_changes(ifs=node.ifs[1:])


OURS = [(cst.BooleanOperation, _one_operand), (cst.Expr, _no_call), (cst.CompFor, _no_condition)]
# None in place of a value shows only that a line is run at all.
TOO_EASY = {mutators.operator_assignment, mutators.operator_lambda, mutators.operator_dict_arguments}
OPERATORS = [row for row in mutators.mutation_operators if row[1] not in TOO_EASY] + OURS


@dataclass(frozen=True)
class Change:
    path: Path  # from the root
    line: int
    module: cst.Module
    mutation: Mutation
    rank: str  # changes are chosen by it; it stays the same where a file is moved or edited elsewhere

    def before(self) -> str:
        return self.module.code

    def after(self) -> str:
        changed = self.module.deep_replace(self.mutation.original_node, self.mutation.mutated_node)
        assert isinstance(changed, cst.Module)
        return changed.code


def chosen(root: Path, files: Iterable[Path], seed: int, count: int) -> list[Change]:
    """So many changes, at most one a line, and the same ones for the same seed."""
    taken: dict[tuple[Path, int], Change] = {}
    for change in sorted((change for path in files for change in _changes(root, path, seed)), key=_rank):
        taken.setdefault((change.path, change.line), change)
    return list(taken.values())[:count]


def _rank(change: Change) -> str:
    return change.rank


def _changes(root: Path, path: Path, seed: int) -> Iterator[Change]:
    wrapper = MetadataWrapper(cst.parse_module((root / path).read_text(encoding="utf-8")))
    visitor = MutationVisitor(OPERATORS, IgnoredCode(set(), set(), set()))
    wrapper.visit(visitor)
    places = wrapper.resolve(PositionProvider)
    lines = wrapper.module.code.splitlines()
    for mutation in visitor.mutations:
        if _makes_an_argument_none(mutation):
            continue
        start = places[mutation.original_node].start
        words = f"{seed} {lines[start.line - 1]} {start.column} {_code(mutation.mutated_node)}"
        rank = hashlib.sha256(words.encode()).hexdigest()
        yield Change(path=path, line=start.line, module=wrapper.module, mutation=mutation, rank=rank)


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


def _makes_an_argument_none(mutation: Mutation) -> bool:
    before, after = mutation.original_node, mutation.mutated_node
    if not (isinstance(before, cst.Call) and isinstance(after, cst.Call)):
        return False
    return len(before.args) == len(after.args) and _nones(before) < _nones(after)


def _nones(call: cst.Call) -> int:
    return sum(isinstance(argument.value, cst.Name) and argument.value.value == "None" for argument in call.args)
