"""`python -m alfred save FOLDER`: the agent alone, as smolagents saves one."""

import argparse
from pathlib import Path

from alfred.save import save_agent


def add(commands: "argparse._SubParsersAction") -> None:
    """Describe the command."""
    parser = commands.add_parser("save", help="write the agent alone to a folder that smolagents loads")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")
    parser.set_defaults(command=save)


def save(options: argparse.Namespace) -> int:
    """Save the agent and print where."""
    save_agent(options.folder)
    print(options.folder)
    return 0
