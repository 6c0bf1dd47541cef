"""Every file in tools/ can be loaded from, saved to and used on the Hugging Face Hub."""

import ast
import importlib
import importlib.util
import inspect
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from smolagents.tools import Tool

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "tools").glob("*.py") if path.stem != "__init__")
# One call of each tool that needs no network.
CALLS = {
    "suggest_menu": {"occasion_type": "dinner"},
    "superhero_party_theme": {"category": "villains"},
    "catering_service_tool": {"query": "vegan dinner for 20 under $60 a head"},
    "web_search": {"query": " "},
    "visit_webpage": {"url": "ftp://example.com"},
    "party_quantities": {"guests": 50, "hours": 5, "children": 6},
    "allergen_check": {"menu": "Beef Wellington, Hummus", "dietary": "2 vegan"},
    "party_plan": {"brief": {"occasion": "dinner", "guests": 12, "budget": 900, "now": "2026-11-22T10:00"}},
    "final_answer": {"answer": "done"},
}


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def tool(path):
    return own_tool(importlib.import_module(f"tools.{path.stem}"))


def own_tool(module):
    classes = inspect.getmembers(module, inspect.isclass)
    return next(kind for _, kind in classes if issubclass(kind, Tool) and kind is not Tool)()


def module_of(code, path):
    path.write_text(code, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_tools_to_check():
    assert {path.stem for path in FILES} >= CALLS.keys()


def test_a_file_is_a_docstring_the_import_of_tool_and_one_class(path):
    docstring, imported, kind = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(docstring.value, ast.Constant)
    assert ast.unparse(imported) == "from smolagents.tools import Tool"
    assert isinstance(kind, ast.ClassDef)
    assert [base.id for base in kind.bases] == ["Tool"]


def test_the_tool_is_named_like_its_file(path, tool):
    assert tool.name == path.stem


def test_the_source_loads_and_answers_like_the_class(path, tool):
    loaded = Tool.from_code(path.read_text(encoding="utf-8"))
    call = CALLS[tool.name]
    assert loaded(**call) == tool(**call)


def test_the_saved_text_runs_and_answers_the_same(tool):
    saved = Tool.from_code(tool.to_dict()["code"])
    call = CALLS[tool.name]
    assert saved(**call) == tool(**call)


def test_a_second_save_is_byte_identical(tool, tmp_path, monkeypatch):
    first = tool.to_dict()["code"]
    module = module_of(first, tmp_path / f"saved_{tool.name}.py")
    monkeypatch.setitem(importlib.sys.modules, module.__name__, module)
    assert own_tool(module).to_dict()["code"] == first


def test_requirements_are_pinned_in_requirements_txt(tool):
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.split(r"[\[=]", line)[0].lower() for line in lines if "==" in line}
    distributions = packages_distributions()
    needed = {name for module in tool.to_dict()["requirements"] for name in distributions.get(module, [module])}
    assert {name.lower() for name in needed} <= pinned


def test_the_tool_builds_without_arguments_and_takes_no_switch_that_weakens_it(tool):
    assert list(inspect.signature(type(tool)).parameters) in ([], ["args", "kwargs"])


def test_an_input_with_a_default_is_nullable_and_the_other_way_round(tool):
    parameters = inspect.signature(tool.forward).parameters
    optional = {name for name, parameter in parameters.items() if parameter.default is not parameter.empty}
    assert optional == {name for name, given in tool.inputs.items() if given.get("nullable")}


def test_descriptions_of_inputs_hold_no_example_values(tool):
    for given in tool.inputs.values():
        assert not re.search(r"e\.g\.|for example|such as|like |['\"\d]", given["description"])
