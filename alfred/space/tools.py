"""The tools: each file in the form that smolagents can load from, save to and run from the Hub.

The files are imported and their tools built, so this runs code of the folder.
"""

import ast
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

from smolagents.tools import Tool

from alfred.space.finding import Finding
from alfred.space.folder import SpaceFolder

IMPORT = "from smolagents.tools import Tool"
SELF_CONTAINED = "let every method import and hold what it uses"


def check_tools(space: SpaceFolder) -> Iterator[Finding]:
    """Look at the form of every tool, and at the text that smolagents would save of it."""
    for name in space.tools:
        file = f"tools/{name}.py"
        found = list(_check_form(file, space.text(file)))
        yield from found or _check_saved_text(file, space.path / file)


def _check_form(file: str, source: str) -> Iterator[Finding]:
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        yield Finding(file, f"is no Python: line {error.lineno}, {error.msg}", "correct it")
        return
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    others = [node for node in body if node not in classes and not _may_stand_outside(node)]
    for node in others:
        fault = f"line {node.lineno} stands outside the class, and a saved tool has only its class"
        yield Finding(file, fault, f"move it into the method that uses it; {IMPORT} alone may stand there")
    if [_bases(node) for node in classes] != [["Tool"]] or any(node.decorator_list for node in classes):
        yield Finding(file, "is not one plain class that inherits from Tool", "keep one, without a decorator")


def _may_stand_outside(node: ast.stmt) -> bool:
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or ast.unparse(node) == IMPORT


def _bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base) for base in node.bases]


def _check_saved_text(file: str, path: Path) -> Iterator[Finding]:
    try:
        tool = _build(path)
        saved = tool.to_dict()["code"]
        Tool.from_code(saved)
    except Exception as error:
        # Tools are anybody's code: whatever it raises is the finding.
        yield Finding(file, f"smolagents cannot save and load it ({_first_line(error)})", SELF_CONTAINED)
        return
    if tool.name != path.stem:
        yield Finding(file, f"its tool is called {tool.name}", "call tool and file the same")


def _build(path: Path) -> Tool:
    """Return the tool of a file; its module stays known, because smolagents looks up the source of the class there."""
    spec = importlib.util.spec_from_file_location(f"checked_{path.stem}", path)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    kinds = [kind for _, kind in inspect.getmembers(module, inspect.isclass) if kind.__module__ == module.__name__]
    return kinds[0]()


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[:2]).rstrip(".:") or type(error).__name__
