"""The agent alone, in a folder of its own: what smolagents' `save` would have to write.

`CodeAgent.save` refuses an agent that was loaded, writes unpinned requirements and an app that ignores the authorised
imports. Here the files are copied as they are, so that what is loaded from the copy equals what is loaded from here.
The page, the turns and the jail stay behind: the whole repository is published by `alfred.publish`.
"""

import json
import shutil
from pathlib import Path

from alfred.agent import ROOT
from alfred.errors import SpaceError

COPIED = ("agent.json", "prompts.yaml", "requirements.txt", "LICENSE")
APP = '''"""Serves the saved agent of this folder on smolagents' own page, for one visitor."""

from pathlib import Path

from smolagents import CodeAgent, GradioUI

agent = CodeAgent.from_folder(Path(__file__).parent)

if __name__ == "__main__":
    GradioUI(agent).launch()
'''


def save_agent(target: Path, source: Path = ROOT) -> None:
    """Write the agent that is saved in `source` to a new or empty folder.

    Raises:
        SpaceError: when the target holds something, or cannot be written.
    """
    try:
        if target.exists() and any(target.iterdir()):
            raise SpaceError(f"{target} is not empty: name a new folder.")
        _write(target, source)
    except OSError as error:
        raise SpaceError(f"The agent cannot be saved to {target} ({error}): name another folder.") from None


def _write(target: Path, source: Path) -> None:
    (target / "tools").mkdir(parents=True)
    for name in COPIED:
        shutil.copyfile(source / name, target / name)
    for tool in json.loads((source / "agent.json").read_text(encoding="utf-8"))["tools"]:
        shutil.copyfile(source / "tools" / f"{tool}.py", target / "tools" / f"{tool}.py")
    for empty in ("__init__.py", "tools/__init__.py"):
        (target / empty).touch()
    (target / "app.py").write_text(APP, encoding="utf-8")
