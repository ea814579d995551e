"""Where a line of the core could be wrong without being senseless, and how: one small change of one expression each."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SWAPPED: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}
"""Of an operator, the one that a slip would write."""

WITHOUT_EFFECT = frozenset({"strict", "kw_only", "repr"})
"""Arguments that no behaviour hangs on."""


@dataclass(frozen=True, slots=True)
class Site:
    """A mutation: these bytes of the file become that text."""

    line: int
    start: int
    end: int
    before: str
    after: str

    def applied(self, source: str) -> str:
        """The file with the mutation."""
        raw = source.encode()
        return (raw[: self.start] + self.after.encode() + raw[self.end :]).decode()


def sites(source: str) -> list[Site]:
    """All mutations of a module, in the order of its lines."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node in _expressions(ast.parse(source)):
        after = _mutated(node)
        if after is None or node.end_lineno is None or node.end_col_offset is None:
            continue
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        before = source.encode()[start:end].decode()
        found.append(Site(node.lineno, start, end, before, after))
    return sorted(found, key=lambda site: (site.start, site.end))


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    """Every expression that is evaluated; annotations and decorators decide nothing."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.keyword) and child.arg in WITHOUT_EFFECT:
                continue
            if isinstance(child, ast.expr):
                yield child
            if isinstance(child, ast.AST):
                yield from _expressions(child)


def _mutated(node: ast.expr) -> str | None:
    """The text in its place; None where there is nothing to mistake."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPPED:
            return f"({ast.unparse(ast.Compare(node.left, [SWAPPED[type(op)]()], node.comparators))})"
        case ast.BoolOp():
            return f"({ast.unparse(ast.BoolOp(SWAPPED[type(node.op)](), node.values))})"
        case ast.BinOp() if type(node.op) in SWAPPED:
            return f"({ast.unparse(ast.BinOp(node.left, SWAPPED[type(node.op)](), node.right))})"
        case ast.UnaryOp(op=ast.Not()):
            return f"({ast.unparse(node.operand)})"
        case ast.Constant(value=bool()):
            return str(not node.value)
        case ast.Constant(value=int() as number):
            return str(number + 1)
    return None
