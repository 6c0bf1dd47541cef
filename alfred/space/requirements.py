"""The requirements: every line pinned, every import covered, and no pin that another pinned package refuses.

What a package needs is read from those that are installed here. A pin of another version than the installed one is
only held against what the others need of it; `--online` lets pip resolve them all, as the builder of Spaces does.
"""

import ast
import functools
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from alfred.space.finding import Finding
from alfred.space.folder import SpaceFolder

FILE = "requirements.txt"
BUILDER = ("gradio[oauth,mcp]", "uvicorn>=0.14.0", "websockets>=10.4", "spaces")
"""What the builder of Spaces lets pip install together with requirements.txt, as its logs show."""


def read_pins(space: SpaceFolder) -> dict[str, str]:
    """Return the version that requirements.txt pins of each package, by its canonical name."""
    pins = {}
    for line in _lines(space):
        name, _, version = line.partition("==")
        pins[canonicalize_name(name.split("[")[0].strip())] = version.strip()
    return {name: version for name, version in pins.items() if version}


def check_requirements(space: SpaceFolder) -> Iterator[Finding]:
    """Look at the pins, at the imports and at what the pinned packages need of each other."""
    if FILE not in space.files:
        yield Finding(FILE, "is missing", "list the packages with their versions, one NAME==VERSION a line")
        return
    for line in _lines(space):
        yield from _check_line(line)
    pins = read_pins(space)
    yield from _check_together(pins)
    yield from _check_imports(space, pins)


def _lines(space: SpaceFolder) -> list[str]:
    lines = (line.split("#")[0].strip() for line in space.text(FILE).splitlines())
    return [line for line in lines if line]


def _check_line(line: str) -> Iterator[Finding]:
    try:
        pinned = [specifier.operator for specifier in Requirement(line).specifier] == ["=="]
    except InvalidRequirement:
        pinned = False
    if not pinned:
        yield Finding(FILE, f"{line!r} is not pinned", "write it as NAME==VERSION")


def _check_together(pins: dict[str, str]) -> Iterator[Finding]:
    """Hold the pins against what each package needs, with the extras that the builder of Spaces asks of it."""
    extras = {canonicalize_name(asked.name): asked.extras for asked in map(Requirement, BUILDER)}
    for name, version in pins.items():
        for needed in _needs(name, extras.get(name, ())) if _installed(name) == version else ():
            pin = pins.get(canonicalize_name(needed.name))
            if pin and not needed.specifier.contains(pin, prereleases=True):
                fault = f"{name} {version} needs {needed.name}{needed.specifier}, which is pinned to {pin}"
                yield Finding(FILE, fault, "raise or lower one of the two pins")


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _needs(name: str, extras: Iterable[str] = ()) -> list[Requirement]:
    needed = (Requirement(line) for line in metadata.requires(name) or ())
    chosen = [{"extra": extra} for extra in ("", *extras)]
    return [need for need in needed if not need.marker or any(map(need.marker.evaluate, chosen))]


def _check_imports(space: SpaceFolder, pins: dict[str, str]) -> Iterator[Finding]:
    """A package is covered by a pin of its own or by a pinned package that needs it."""
    brought = {canonicalize_name(need.name) for name in pins if _installed(name) for need in _needs(name)}
    covered = {*pins, *brought}
    for file, module in sorted(_imports(space)):
        names = packages_with(module) or {canonicalize_name(module)}
        if not names & covered:
            yield Finding(file, f"imports {module}, which no line of {FILE} installs", f"pin {min(names)} there")


def _imports(space: SpaceFolder) -> set[tuple[str, str]]:
    """Return (file, module) of each import of the application and the tools that is neither ours nor Python's."""
    sources = [name for name in space.published if name.endswith(".py")]
    found = {(file, module) for file in sources for module in imported_modules(space.text(file))}
    return {(file, module) for file, module in found - _ours(space, found) if module not in sys.stdlib_module_names}


def _ours(space: SpaceFolder, imports: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the imports of a module of the Space: at its top, or beside the file that imports it."""
    places = {place.as_posix() for name in space.files for place in (Path(name).with_suffix(""), *Path(name).parents)}
    return {(file, module) for file, module in imports if {module, f"{Path(file).parent}/{module}"} & places}


def packages_with(module: str) -> set[str]:
    """Return the canonical names of the installed packages that bring a module."""
    return {canonicalize_name(name) for name in _distributions().get(module, ())}


@functools.cache
def _distributions() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


def imported_modules(source: str) -> set[str]:
    """Return the top-level modules that a source imports anywhere; none where it is no Python."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return set()
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return {name.split(".")[0] for name in names}
