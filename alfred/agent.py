"""The agent of one turn, built from the folder that is also the Space.

`SavedAgent.load` reads agent.json and `tools/` once; `SavedAgent.build` makes an agent for a turn from it, with
that turn's model, tools and executor. The tools themselves are shared by all turns, with their caches and limits.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml
from rich.console import Console
from smolagents import AgentLogger, CodeAgent, LocalPythonExecutor, LogLevel, Model, PythonExecutor, Tool

from alfred.errors import ExecutorError
from alfred.planner import EmbeddedPlanner
from alfred.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class SavedAgent:
    """What agent.json and `tools/` say.

    Attributes:
        fields: agent.json as it stands.
        tools: its tools, loaded and shared.
    """

    fields: dict[str, Any]
    tools: tuple[Tool, ...]

    @classmethod
    def load(cls, folder: Path = ROOT) -> Self:
        """Read the agent that is saved in a folder."""
        fields = json.loads((folder / "agent.json").read_text(encoding="utf-8"))
        codes = [(folder / "tools" / f"{name}.py").read_text(encoding="utf-8") for name in fields["tools"]]
        return cls(fields, tuple(Tool.from_code(code) for code in codes))

    @property
    def name(self) -> str:
        """The agent's name."""
        return self.fields["name"]

    @property
    def description(self) -> str:
        """What the agent is for."""
        return self.fields["description"]

    @property
    def model_id(self) -> str:
        """The hosted model that agent.json names."""
        return self.fields["model"]["data"]["model_id"]

    @property
    def authorized_imports(self) -> list[str]:
        """The modules that the agent's code may import."""
        return self.fields["authorized_imports"]

    def build(self, model: Model, tools: Sequence[Tool], executor: PythonExecutor, max_steps: int) -> CodeAgent:
        """Return a new agent that prints nothing.

        Args:
            model: what answers in this turn.
            tools: the tools of this turn, `self.tools` or copies of them.
            executor: where the agent's code runs.
            max_steps: most steps the agent may take.
        """
        fields = {**self.fields, "tools": [], "managed_agents": []}
        quiet = AgentLogger(level=LogLevel.OFF, console=Console(quiet=True))
        return CodeAgent.from_dict(
            fields, model=model, tools=list(tools), executor=executor, max_steps=max_steps, logger=quiet
        )


def choose_executor(settings: Settings, model: Model, authorized_imports: list[str]) -> PythonExecutor:
    """Return the executor that the code of this model may run in.

    Raises:
        ExecutorError: when a language model's code would have to run without a jail and nobody allowed that.
    """
    if settings.executor == "local" or isinstance(model, EmbeddedPlanner):
        return LocalPythonExecutor(authorized_imports)
    raise ExecutorError(
        "No jail is there for the code that a language model writes: "
        "set ALFRED_MODEL=embedded, or ALFRED_EXECUTOR=local to run it unprotected in development."
    )


def load_agent_from_hub(
    repo_id: str, *, revision: str | None = None, trust_remote_code: bool = False, **options: Any
) -> CodeAgent:
    """Load an agent from a Space on the Hugging Face Hub.

    Args:
        repo_id: `OWNER/NAME` of the Space.
        revision: the commit to load; pin it, since a Space can change.
        trust_remote_code: must be True, because the Space's tools run in this process.
        options: passed on to `CodeAgent.from_hub`, for instance `model` or `token`.
    """
    if revision is not None:
        options["revision"] = revision
    return CodeAgent.from_hub(repo_id, trust_remote_code=trust_remote_code, **options)


def write_prompts(folder: Path = ROOT) -> None:
    """Copy prompts.yaml, which people edit, into agent.json, which smolagents reads."""
    path = folder / "agent.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["prompt_templates"] = yaml.safe_load((folder / "prompts.yaml").read_text(encoding="utf-8"))
    path.write_text(json.dumps(fields, indent=4), encoding="utf-8")


if __name__ == "__main__":
    write_prompts()
