"""smolagents' own CodeAgent with the jail as its executor and a scripted model: the loop as it runs in a turn."""

import pytest
from smolagents import CodeAgent, tool
from smolagents.models import ChatMessage, MessageRole, Model

from alfred.sandbox import JailExecutor, Stopped


class Scripted(Model):
    """Says one line of the script after another."""

    def __init__(self, *script: str) -> None:
        super().__init__(model_id="scripted")
        self.script = list(script)
        self.heard = []

    def generate(self, messages, **_):
        self.heard.append(messages)
        return ChatMessage(role=MessageRole.ASSISTANT, content=f"Thought: on.\n<code>\n{self.script.pop(0)}\n</code>")


@tool
def price(dish: str) -> int:
    """Return the price of a dish.

    Args:
        dish: The dish.
    """
    return {"soup": 6, "roast": 21}[dish]


@pytest.fixture
def agent():
    def build(*script):
        return CodeAgent(tools=[price], model=Scripted(*script), executor=JailExecutor(), verbosity_level=0)

    return build


def test_a_run_of_several_steps_ends_with_the_final_answer(agent):
    with agent("menu = ['soup', 'roast']", "total = sum(price(d) for d in menu)", "final_answer(total * 2)") as one:
        assert one.run("What is it for two?") == 54


def test_an_error_and_what_was_printed_before_reach_the_model(agent):
    with agent("print('asking')\nprice('cake')", "final_answer(price('soup'))") as one:
        assert one.run("And cake?") == 6
        step = one.memory.steps[1]
    assert "at line 'price('cake')' due to: KeyError: 'cake'" in step.error.message
    assert "asking" in step.observations


def test_variables_of_the_run_are_there(agent):
    with agent("final_answer(brief['guests'] + 1)") as one:
        assert one.run("How many?", additional_args={"brief": {"guests": 8}}) == 9


def test_state_goes_on_in_a_second_run(agent):
    with agent("x = 4\nfinal_answer(x)", "final_answer(x + 1)") as one:
        one.run("First")
        assert one.run("Second", reset=False) == 5


def test_a_refused_import_is_an_error_of_the_step(agent):
    with agent("import os", "import price\nfinal_answer(price('soup'))") as one:
        assert one.run("Go") == 6
        assert "Import of os is not allowed" in one.memory.steps[1].error.message


def test_a_managed_agent_is_called_like_a_tool(agent):
    helper = CodeAgent(
        [],
        Scripted("final_answer('roast')"),
        name="cook",
        description="Cooks.",
        executor=JailExecutor(),
        verbosity_level=0,
    )
    model = Scripted("final_answer('roast' in cook('Which dish?'))")
    with CodeAgent([], model, managed_agents=[helper], executor=JailExecutor(), verbosity_level=0) as one:
        assert one.run("Ask the cook") is True
    helper.cleanup()


def test_a_stop_escapes_the_run(agent):
    with agent("while True: pass", "final_answer('never')") as one:
        one.tools["price"].forward = lambda dish: one.python_executor.stop()
        one.model.script[0] = "price('soup')"
        with pytest.raises(Stopped):
            one.run("Go")
        assert len(one.model.heard) == 1
