"""The page's endpoints as MCP tools, by a real MCP client over HTTP."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

REQUEST = "Plan a dinner at Wayne Mansion for 40 guests on 12 December 2030 at 7 pm for $2000"


@pytest.fixture(scope="module")
def ask(start_app):
    """Give a function that lets an MCP client do this work and returns what came of it."""
    address = start_app(ALFRED_MCP="1")

    async def session(work):
        async with (
            streamable_http_client(f"{address}/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as client,
        ):
            await client.initialize()
            return await work(client)

    # In a thread of its own: Playwright leaves a loop running in the one of the tests.
    with ThreadPoolExecutor(1) as pool:
        yield lambda work: pool.submit(lambda: asyncio.run(session(work))).result()


def call(name, **arguments):
    """Return the work of calling one tool."""
    return lambda client: client.call_tool(name, arguments)


def data(result):
    assert not result.isError, result.content[0].text
    return json.loads(result.content[0].text)


@pytest.fixture(scope="module")
def plan(ask):
    return data(ask(call("plan_party", request=REQUEST)))


def test_the_endpoints_are_the_tools_and_each_says_what_it_and_its_arguments_are(ask):
    tools = ask(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["chat", "plan_party", "check_plan", "export"]
    for tool in tools:
        assert tool.description
        assert all(argument["description"] for argument in tool.inputSchema["properties"].values())


def test_a_plan_is_made_and_found_good(ask, plan):
    assert (plan["guests"]["total"], plan["venue"]) == (40, "Wayne Mansion")
    assert data(ask(call("check_plan", plan=plan, request=REQUEST))) == []


def test_a_plan_for_another_request_is_found_wrong(ask, plan):
    broken = data(ask(call("check_plan", plan=plan, request=REQUEST.replace("40", "50"))))
    assert "guests" in [violation["rule"] for violation in broken]


def test_a_plan_becomes_a_calendar(ask, plan):
    result = ask(call("export", plan=plan, form="ics"))
    assert result.content[0].text.startswith("BEGIN:VCALENDAR")


def test_a_conversation_goes_on(ask):
    _, conversation = data(ask(call("chat", request=REQUEST)))
    answer, _ = data(ask(call("chat", request="what does that cost a head?", conversation=conversation)))
    assert "50.00 USD a head" in answer


def test_a_fault_is_a_sentence(ask):
    result = ask(call("check_plan", plan={"title": "Party"}, request=REQUEST))
    assert result.isError
    assert "not a whole plan" in result.content[0].text


def test_clients_at_once_get_their_own_answers(ask):
    async def three(client):
        asked = [client.call_tool("plan_party", {"request": REQUEST.replace("40", str(n))}) for n in (10, 20, 30)]
        return await asyncio.gather(*asked)

    assert [data(result)["guests"]["total"] for result in ask(three)] == [10, 20, 30]
