"""`python -m alfred publish OWNER/NAME [--private] [--create-pr]`: this folder as a Space."""

import argparse
import re

from alfred.publish import publish_space


def add(commands: "argparse._SubParsersAction") -> None:
    """Describe the command."""
    parser = commands.add_parser("publish", help="upload this folder to a Space on the Hugging Face Hub")
    parser.add_argument("space", type=_space, metavar="OWNER/NAME", help="the Space; it is created when it is new")
    parser.add_argument("--private", action="store_true", help="make a new Space private")
    parser.add_argument("--create-pr", action="store_true", help="propose the change as a pull request")
    parser.set_defaults(command=publish)


def publish(options: argparse.Namespace) -> int:
    """Print the address of the Space, or of the pull request."""
    print(publish_space(options.space, private=options.private, create_pr=options.create_pr))
    return 0


def _space(text: str) -> str:
    if not re.fullmatch(r"[\w-][\w.-]*/[\w-][\w.-]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no Space: write it as OWNER/NAME")
    return text
