"""The value of a step: that of the last statement executed, also inside `if`, `for`, `while`, `with`, `try`, `match`.

`keep_last_value` changes a block so that whichever statement comes last leaves its value in a variable. Only
statements that can come last are touched, so the inside of a long loop runs at full speed.

A definition, an import, `del` and `pass` have no value: None.
"""

import ast
import copy
from collections.abc import Iterator

LAST_VALUE = "__value__"
COMPOUND = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match,
)  # fmt: skip
JUMPS = (ast.Break, ast.Continue)


def keep_last_value(block: list[ast.stmt], is_last: bool = True) -> None:
    """Change `block` in place; `is_last` says that nothing follows it, so that its last statement is the last."""
    jump = [statement for statement in block[-1:] if isinstance(statement, JUMPS)]
    kept = block[: len(block) - len(jump)]
    is_last = is_last or bool(jump)
    for statement in kept:
        if isinstance(statement, COMPOUND):
            for inner in _inner_blocks(statement):
                keep_last_value(inner, is_last and statement is kept[-1])
    if is_last and kept:
        block[:] = [*kept[:-1], *(ast.copy_location(new, kept[-1]) for new in _kept(kept[-1])), *jump]


def _inner_blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    yield from (getattr(statement, field) for field in ("body", "orelse") if getattr(statement, field, None))
    parts = [*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())]
    yield from (part.body for part in parts)


def _kept(statement: ast.stmt) -> list[ast.stmt]:
    match statement:
        case ast.Expr():
            return [_store(statement.value)]
        case ast.Assign():
            return [ast.Assign([_target(), *statement.targets], statement.value)]
        case ast.AnnAssign(value=ast.expr() as value):
            statement.value = ast.copy_location(ast.NamedExpr(_target(), value), value)
            return [statement]
        case ast.AugAssign() if not any(isinstance(part, ast.Call) for part in ast.walk(statement.target)):
            return [statement, _store(_loaded(statement.target))]
        case ast.ImportFrom(module="__future__"):
            return [statement]
    nothing = _store(ast.Constant(None))
    return [nothing, statement] if isinstance(statement, COMPOUND) else [statement, nothing]


def _loaded(target: ast.Name | ast.Attribute | ast.Subscript) -> ast.expr:
    loaded = copy.deepcopy(target)
    loaded.ctx = ast.Load()
    return loaded


def _store(value: ast.expr) -> ast.stmt:
    return ast.Assign([_target()], value)


def _target() -> ast.Name:
    return ast.Name(LAST_VALUE, ast.Store())
