"""The rules of smolagents' executor that are read off the code: imports and protected names.

`prepare` parses a step and returns it changed: an import that is not granted becomes a call that refuses it when it is
reached, the import of a tool becomes nothing, and the last value is kept (see `last_value`). Rebinding a tool at the
top level is refused before anything runs; inside a function a name is the function's own.

These rules serve compatibility and clear errors. They are no security boundary, and nothing relies on them as one.
"""

import ast
from collections.abc import Iterator

from .last_value import keep_last_value
from .names import BASE_TOOLS, is_granted

REFUSE_IMPORT = "__refuse_import__"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
OWN_SCOPE = (*FUNCTIONS, ast.ClassDef, ast.Lambda, *COMPREHENSIONS)
BLOCKS = ("body", "orelse", "finalbody")


class InterpreterError(ValueError):
    """The code breaks a rule of the executor; named as in smolagents, since models know the name."""


class ImportRefusedError(InterpreterError, ImportError):
    """An import is not granted; an ImportError too, so that `except ImportError` works."""


class ProtectedNameError(InterpreterError):
    """The code would rebind a tool; `line` is where."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(
            f"Cannot assign to name '{name}': doing this would erase the existing tool! Choose another name."
        )
        self.line = line


def prepare(code: str, granted: tuple[str, ...], tools: frozenset[str]) -> ast.Module:
    """Return the step as a tree to compile; raises SyntaxError or ProtectedNameError.

    `granted` are the modules that may be imported, `tools` the names of the tools.
    """
    tree = ast.parse(code)
    for name, line in bindings(tree):
        if name in tools or name in BASE_TOOLS:
            raise ProtectedNameError(name, line)
    for name, line in import_aliases(tree):
        if name in tools:
            raise ProtectedNameError(name, line)
    rewrite_imports(tree, granted, tools)
    keep_last_value(tree.body)
    return ast.fix_missing_locations(tree)


def refuse_import(message: str) -> None:
    """Refuse an import when the code reaches it."""
    raise ImportRefusedError(message)


def bindings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield every name that the top level binds or deletes other than by import, with its line."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield from ((name, getattr(node, "lineno", 1)) for name in _bound_by(node))
        if isinstance(node, OWN_SCOPE):
            yield from _reaching_out(node)
        else:
            waiting.extend(ast.iter_child_nodes(node))


def import_aliases(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield every name that an import binds to something of another name, with its line."""
    for alias in ast.walk(tree):
        if isinstance(alias, ast.alias) and alias.asname not in (None, alias.name):
            yield alias.asname, alias.lineno


def _bound_by(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(ctx=ast.Store() | ast.Del()):
            return [node.id]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return [name]
        case ast.MatchMapping(rest=str(name)):
            return [name]
    return []


def _reaching_out(scope: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Global):
            yield from ((name, node.lineno) for name in node.names)
        elif isinstance(node, ast.NamedExpr) and isinstance(scope, COMPREHENSIONS):
            yield node.target.id, node.lineno


def rewrite_imports(tree: ast.Module, granted: tuple[str, ...], tools: frozenset[str]) -> None:
    """Apply the import rules to every block of `tree`, in place."""
    for node in ast.walk(tree):
        for field in BLOCKS:
            block = getattr(node, field, None)
            if isinstance(block, list):
                block[:] = [new for old in block for new in _imports(old, granted, tools)]


def _imports(statement: ast.stmt, granted: tuple[str, ...], tools: frozenset[str]) -> list[ast.stmt]:
    if isinstance(statement, ast.Import):
        new = [_import(alias, granted, tools) for alias in statement.names]
    elif isinstance(statement, ast.ImportFrom):
        new = [_import_from(statement, granted, tools)]
        new += [_same_as_tool(alias) for alias in statement.names if alias.name in tools]
    else:
        return [statement]
    return [ast.copy_location(each, statement) for each in new]


def _import(alias: ast.alias, granted: tuple[str, ...], tools: frozenset[str]) -> ast.stmt:
    if alias.name in tools:
        return _same_as_tool(alias)
    if is_granted(alias.name, granted):
        return ast.Import([alias])
    return _refusal(f"Import of {alias.name}", granted)


def _import_from(statement: ast.ImportFrom, granted: tuple[str, ...], tools: frozenset[str]) -> ast.stmt:
    names = [alias for alias in statement.names if alias.name not in tools]
    if not names or (statement.module in tools and names[0].name == "*"):
        return ast.Pass()
    if statement.level == 0 and is_granted(statement.module or "", granted):
        return ast.ImportFrom(statement.module, names, 0)
    return _refusal(f"Import from {'.' * statement.level}{statement.module or ''}", granted)


def _same_as_tool(alias: ast.alias) -> ast.stmt:
    if alias.asname in (None, alias.name):
        return ast.Pass()
    return ast.Assign([ast.Name(alias.asname, ast.Store())], ast.Name(alias.name, ast.Load()))


def _refusal(what: str, granted: tuple[str, ...]) -> ast.stmt:
    message = f"{what} is not allowed. Authorized imports are: {list(granted)}"
    return ast.Expr(ast.Call(ast.Name(REFUSE_IMPORT, ast.Load()), [ast.Constant(message)], []))
