"""The names of a revision: its functions, where its names come from, and which stand for things of SQLAlchemy."""

import ast
from collections import Counter
from dataclasses import dataclass, field

PURE_ROOTS = ("sqlalchemy", "geoalchemy2", "sqlalchemy_utils", "logging")


@dataclass(slots=True)
class Module:
    """Its functions, and where its names come from."""

    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tree: ast.Module) -> "Module":
        """Read from the whole file."""
        found = cls()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                for name in node.names:
                    found.origin[name.asname or name.name] = f"{node.module or ''}.{name.name}"
            elif isinstance(node, ast.Import):
                for name in node.names:
                    found.origin[name.asname or name.name.partition(".")[0]] = name.name
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.stored.add(node.id)
        again = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        again.update(a.arg for n in ast.walk(tree) if isinstance(n, ast.arguments) for a in (*n.args, *n.kwonlyargs))
        found.made = _made(tree, found)
        for one in tree.body:
            if isinstance(one, ast.FunctionDef):
                found.functions[one.name] = one
            elif (
                isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str)
            ):
                found.texts |= {t.id: one.value.value for t in one.targets if isinstance(t, ast.Name)}
        # A name that stands for several things stands for none of them here.
        found.texts = {name: text for name, text in found.texts.items() if again[name] == 1}
        return found


def _made(tree: ast.Module, module: Module) -> set[str]:
    """Names that only ever stand for a type, a table or a column of SQLAlchemy, made in place."""
    kinds: dict[str, set[bool]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    kinds.setdefault(target.id, set()).add(_makes(node.value, module))
    stored = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    assigned = [t.id for n in ast.walk(tree) if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)]
    return {name for name, seen in kinds.items() if seen == {True} and stored.count(name) == assigned.count(name)}


def _makes(value: ast.expr, module: Module) -> bool:
    """True for sa.Enum(…), postgresql.ENUM(…), sa.table(…) and their like; a session or an engine is no such thing."""
    if not isinstance(value, ast.Call) or not dotted(value.func):
        return False
    root, last = ast.unparse(value.func).partition(".")[0], ast.unparse(value.func).rpartition(".")[2]
    kind = last.casefold() in {"enum", "table", "column", "metadata", "sequence"}
    return kind and module.origin.get(root, "").partition(".")[0] in PURE_ROOTS and root not in module.stored


def dotted(called: ast.expr) -> bool:
    """A name of a module, such as sa.dialects.postgresql.UUID: calling it makes an object, and does nothing."""
    while isinstance(called, ast.Attribute):
        called = called.value
        if isinstance(called, ast.Call):
            return False
    return isinstance(called, ast.Name)
