"""Alembic revisions, read as a syntax tree: the calls of `op` in `upgrade`. Nothing of the file is ever run."""

import ast
from collections.abc import Iterator

from adapters.evidence.migrations.alembic_names import PURE_ROOTS, Module, dotted
from adapters.evidence.migrations.alembic_ops import operation, sql_of
from adapters.evidence.migrations.reading import Change, Known, Reading, Step, settled, unknown

_SAFE_CALLS = frozenset(
    {
        "print",
        "len",
        "range",
        "str",
        "int",
        "list",
        "dict",
        "tuple",
        "set",
        "sorted",
        "enumerate",
        "zip",
        "isinstance",
        "min",
        "max",
        "bool",
    }
)
_SAFE_METHODS = frozenset(
    {
        "get_bind",
        "get_context",
        "autocommit_block",
        "f",
        "inline_literal",
        "get_columns",
        "get_indexes",
        "get_table_names",
        "has_table",
        "is_offline_mode",
        "get_x_argument",
        "info",
        "warning",
        "debug",
        "append",
        "keys",
        "values",
        "items",
        "lower",
        "upper",
        "strip",
    }
)
_EXECUTES = frozenset({"execute", "exec_driver_sql", "scalar", "scalars"})
_BUILDERS = frozenset(
    {
        "select",
        "insert",
        "update",
        "delete",
        "values",
        "where",
        "with_variant",
        "label",
        "is_",
        "in_",
        "bindparams",
        "columns",
        "order_by",
        "limit",
        "join",
        "select_from",
        "alias",
        "cast",
        "op",
        "compile",
    }
)
"""They only build a statement; it counts where it is executed."""


def is_revision(text: str) -> bool:
    """True where the text is a revision of Alembic: it names its revision, or uses alembic's `op`."""
    return "down_revision" in text and "revision" in text and "def upgrade" in text


def read_alembic(text: str, file: str = "") -> Reading:
    """What one revision does, and whether its downgrade takes it back."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Reading(
            (unknown(f"{file or 'the revision'} is no Python that can be read"),), way_back=False, files=(file,)
        )
    module = Module.of(tree)
    if "upgrade" not in module.functions:
        return Reading((unknown(f"{file or 'the revision'} has no upgrade"),), way_back=False, files=(file,))
    try:
        steps = list(_Walk(module).function(module.functions["upgrade"]))
    except RecursionError:
        steps = [unknown(f"{file or 'the revision'} is nested too deep")]
    back = module.functions.get("downgrade")
    written = back is not None and any(True for _ in _does(back))
    return settled(steps, way_back=written if steps else None, file=file)


def _does(function: ast.FunctionDef) -> Iterator[ast.stmt]:
    """What it does besides nothing: `pass`, a docstring, `return` and `raise` are no way back."""
    for one in function.body:
        if isinstance(one, ast.Raise):
            return
        idle = isinstance(one, ast.Pass | ast.Return | ast.Assert) or (
            isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
        )
        if not idle:
            yield one


class _Walk:
    """All calls of a function, in order, whatever stands around them: a branch that may run counts as run."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._known = Known()
        self._batches: dict[str, str] = {}
        self._inside: list[str] = []

    def function(self, function: ast.FunctionDef) -> Iterator[Step]:
        if function.name in self._inside:
            yield unknown(f"{function.name}() calls itself")
            return
        self._inside.append(function.name)
        for one in function.body:
            yield from self._node(one)
        self._inside.pop()

    def _node(self, node: ast.AST) -> Iterator[Step]:
        if isinstance(node, ast.With):
            yield from self._with(node)
        elif isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            if isinstance(node, ast.FunctionDef):
                self._module.functions.setdefault(node.name, node)
        else:
            for child in ast.iter_child_nodes(node):
                yield from self._node(child)

    def _with(self, node: ast.With) -> Iterator[Step]:
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and self._op(call.func) == "batch_alter_table":
                table = call.args[0] if call.args else None
                name = table.value if isinstance(table, ast.Constant) and isinstance(table.value, str) else "?"
                if isinstance(item.optional_vars, ast.Name):
                    self._batches[item.optional_vars.id] = name
            else:
                yield from self._node(call)
        for one in node.body:
            yield from self._node(one)

    def _call(self, call: ast.Call) -> Iterator[Step]:
        name = self._op(call.func)
        if name is not None and name not in _SAFE_METHODS:
            table = self._batches.get(call.func.value.id) if _of_a_name(call.func) else None  # type: ignore[attr-defined]  # _of_a_name looked
            yield from operation(name, call, table, self._known, self._module.texts)
            return
        arguments = [*call.args, *(k.value for k in call.keywords)]
        if isinstance(call.func, ast.Attribute):
            if call.func.attr in _EXECUTES:
                yield from sql_of(call, self._known, self._module.texts)
                return
            yield from self._method(call.func)
            yield from self._node(call.func.value)
        elif isinstance(call.func, ast.Name):
            own = self._module.functions.get(call.func.id)
            if own is not None:
                yield from self.function(own)
            elif not self._safe(call.func.id):
                yield unknown(f"calls {call.func.id}()")
        else:
            yield from self._several(call.func)
        for one in arguments:
            yield from self._node(one)

    def _method(self, called: ast.Attribute) -> Iterator[Step]:
        """A method: of SQLAlchemy, as far as it only builds something; one that does something counts; others are not known."""
        name, told = called.attr, ast.unparse(called)[:60]
        of_sqlalchemy = self._pure(called)
        if of_sqlalchemy and name in {"drop", "drop_all"}:
            yield Step(Change.CONTRACT, f"drops by {told}()", drops=True)
        elif of_sqlalchemy and name in {"create", "create_all"}:
            yield Step(Change.EXPAND, f"makes something new by {told}()")
        elif not (name in _SAFE_METHODS or (of_sqlalchemy and (name in _BUILDERS or dotted(called)))):
            yield unknown(f"calls {told}()")

    def _several(self, called: ast.expr) -> Iterator[Step]:
        """Alembic's template for several databases calls globals()["upgrade_" + name]: each of them may run."""
        each = [f for n, f in self._module.functions.items() if n.startswith("upgrade_")]
        if not (ast.unparse(called).startswith("globals()[") and "upgrade_" in ast.unparse(called) and each):
            yield unknown(f"calls {ast.unparse(called)[:60]}")
            return
        for one in each:
            yield from self.function(one)

    def _op(self, called: ast.expr) -> str | None:
        """The operation of `op` or of a batch that is called, or None."""
        if not _of_a_name(called):
            origin = self._module.origin.get(called.id, "") if isinstance(called, ast.Name) else ""
            return origin.removeprefix("alembic.op.") if origin.startswith("alembic.op.") else None
        assert isinstance(called, ast.Attribute)  # noqa: S101 - _of_a_name looked
        assert isinstance(called.value, ast.Name)  # noqa: S101 - _of_a_name looked
        owner = called.value.id
        of_alembic = self._module.origin.get(owner, "") == "alembic.op" or owner in self._batches
        return called.attr if of_alembic else None

    def _pure(self, called: ast.Attribute) -> bool:
        root: ast.expr = called
        while isinstance(root, ast.Attribute | ast.Call):
            root = root.value if isinstance(root, ast.Attribute) else root.func
        return isinstance(root, ast.Name) and (self._from_pure(root.id) or root.id in self._module.made)

    def _safe(self, name: str) -> bool:
        taken = name in self._module.origin or name in self._module.stored
        return self._from_pure(name) if taken else name in _SAFE_CALLS

    def _from_pure(self, name: str) -> bool:
        return name not in self._module.stored and self._module.origin.get(name, "").partition(".")[0] in PURE_ROOTS


def _of_a_name(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)
