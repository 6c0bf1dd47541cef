"""The agent of one turn, built from the folder that is also the Space.

`SavedAgent.load` reads agent.json and `tools/` once; `SavedAgent.build` makes an agent for a turn from it, with
that turn's model, tools and executor. The tools themselves are shared by all turns, with their caches and limits.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Self

import yaml
from huggingface_hub import snapshot_download
from rich.console import Console
from smolagents import AgentLogger, CodeAgent, LocalPythonExecutor, LogLevel, Model, PythonExecutor, Tool
from smolagents.remote_executors import BlaxelExecutor, DockerExecutor, E2BExecutor, ModalExecutor

from alfred import __version__
from alfred.sandbox import JailExecutor, JailUnavailableError, self_test
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
        return cls(fields, tuple(_load_tool(folder / "tools" / f"{name}.py") for name in fields["tools"]))

    @property
    def name(self) -> str:
        """The agent's name."""
        return self.fields["name"]

    @property
    def description(self) -> str:
        """What the agent is for."""
        return self.fields["description"]

    def tool(self, name: str) -> Tool | None:
        """Return the tool of this name, None where the agent has none."""
        return next((tool for tool in self.tools if tool.name == name), None)

    @property
    def model_id(self) -> str:
        """The hosted model that agent.json names."""
        return self.fields["model"]["data"]["model_id"]

    @property
    def authorized_imports(self) -> list[str]:
        """The modules that the agent's code may import."""
        return self.fields["authorized_imports"]

    def tools_for_turn(self) -> list[Tool]:
        """Return the tools of one turn: those with an allowance for each turn as a copy with a new one."""
        return [tool.for_turn() if hasattr(tool, "for_turn") else tool for tool in self.tools]

    def build(
        self,
        model: Model,
        tools: Sequence[Tool],
        executor: PythonExecutor,
        max_steps: int,
        checks: Sequence[Callable[..., bool]] = (),
    ) -> CodeAgent:
        """Return a new agent that prints nothing.

        Args:
            model: what answers in this turn.
            tools: the tools of this turn, `self.tools` or copies of them.
            executor: where the agent's code runs.
            max_steps: most steps the agent may take.
            checks: what every final answer must pass, as smolagents calls it.
        """
        fields = {**self.fields, "tools": [], "managed_agents": []}
        return CodeAgent.from_dict(
            fields,
            model=model,
            tools=list(tools),
            executor=executor,
            max_steps=max_steps,
            final_answer_checks=list(checks),
            logger=_quiet(),
        )


def _load_tool(path: Path) -> Tool:
    """Load a tool as a module, so that its source can be found again: remote executors send it on."""
    spec = spec_from_file_location(f"saved_tool_{path.stem}", path)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return next(kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == spec.name)()


_REMOTE: dict[str, Callable[..., PythonExecutor]] = {
    "docker": DockerExecutor,
    "e2b": E2BExecutor,
    "modal": ModalExecutor,
    "blaxel": BlaxelExecutor,
}


def choose_executor(settings: Settings, authorized_imports: Sequence[str]) -> PythonExecutor:
    """Return a new executor of the kind that the settings name.

    Raises:
        JailUnavailableError: when this machine cannot jail, or the remote executor cannot be had; nothing else is
            taken in its place.
    """
    if settings.executor == "local":
        return LocalPythonExecutor(list(authorized_imports))
    if settings.executor in _REMOTE:
        return _remote(settings.executor, authorized_imports)
    verdict = self_test()
    if not verdict.ok:
        raise JailUnavailableError(verdict.reason)
    return JailExecutor(authorized_imports)


def why_no_code_runs(settings: Settings) -> str | None:
    """Return why no code would run with these settings, in a sentence or two; None where some would.

    Asked at the start, so that page and terminal say it before the first request.
    """
    return None if settings.executor != "jail" or self_test().ok else self_test().reason


def _remote(kind: str, authorized_imports: Sequence[str]) -> PythonExecutor:
    try:
        return _REMOTE[kind](list(authorized_imports), _quiet())
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise JailUnavailableError(
            f"ALFRED_EXECUTOR is {kind!r}, which cannot be had here ({reason}): install and start it, or unset it."
        ) from error


def _quiet() -> AgentLogger:
    return AgentLogger(level=LogLevel.OFF, console=Console(quiet=True))


def load_agent_from_hub(
    repo_id: str,
    *,
    revision: str | None = None,
    trust_remote_code: bool = False,
    executor: PythonExecutor | None = None,
    token: str | None = None,
    **options: Any,
) -> CodeAgent:
    """Load an agent from a Space on the Hugging Face Hub; the code that it writes runs in the jail.

    Args:
        repo_id: `OWNER/NAME` of the Space.
        revision: the commit to load; pin it, since a Space can change.
        trust_remote_code: must be True, because the Space's tools run in this process.
        executor: where the agent's code runs instead, for instance where this machine has no jail.
        token: for a private Space; the one of `hf auth login` or `HF_TOKEN` when it is not given.
        options: passed on to `CodeAgent.from_folder`, for instance `model`.

    Raises:
        ValueError: without trust_remote_code=True, before anything is downloaded.
        JailUnavailableError: when this machine has no jail and no executor was given.
    """
    if not trust_remote_code:
        raise ValueError(
            f"The tools of {repo_id} would run in this process: read them, then pass trust_remote_code=True "
            "and the revision that you read."
        )
    folder = Path(snapshot_download(repo_id, repo_type="space", revision=revision, token=token))
    fields = json.loads((folder / "agent.json").read_text(encoding="utf-8"))
    return CodeAgent.from_folder(folder, executor=executor or jail(fields["authorized_imports"]), **options)


def jail(authorized_imports: list[str]) -> PythonExecutor:
    """Return a jail for an agent's code.

    Raises:
        JailUnavailableError: when this machine cannot jail code.
    """
    tested = self_test()
    if not tested.ok:
        raise JailUnavailableError(f"{tested.reason} In a program of your own, pass executor=.")
    return JailExecutor(authorized_imports)


def write_prompts(folder: Path = ROOT) -> None:
    """Copy prompts.yaml and the version, which people edit, into agent.json, which smolagents reads."""
    path = folder / "agent.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["version"] = __version__
    fields["prompt_templates"] = yaml.safe_load((folder / "prompts.yaml").read_text(encoding="utf-8"))
    path.write_text(json.dumps(fields, indent=4), encoding="utf-8")


if __name__ == "__main__":
    write_prompts()
