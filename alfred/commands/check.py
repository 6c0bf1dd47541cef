"""`python -m alfred check [FOLDER] [--online]`: what would break on the Hub, a finding a line, and where traces go."""

import argparse
import sys
from pathlib import Path

from alfred.agent import ROOT
from alfred.commands.traces import check_traces
from alfred.settings import read_settings
from alfred.space import SpaceFolder, check_space


def add(commands: "argparse._SubParsersAction") -> None:
    """Describe the command."""
    parser = commands.add_parser("check", help="tell what in a folder the Space or its consumers would choke on")
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT, metavar="FOLDER", help="by default this one")
    parser.add_argument("--online", action="store_true", help="ask the Hub, the package index and Langfuse, too")
    parser.set_defaults(command=check)


def check(options: argparse.Namespace) -> int:
    """Print the findings, then tell of the traces; return 1 when anything is wrong."""
    if not options.folder.is_dir():
        print(f"{options.folder} is no folder: name the one to check.", file=sys.stderr)
        return 2
    findings = check_space(options.folder, online=options.online)
    for finding in findings:
        print(finding)
    files = len(SpaceFolder.of(options.folder).files)
    print(f"Files checked: {files}, findings: {len(findings)}.", file=sys.stderr)
    traced = check_traces(read_settings(), online=options.online)
    return 1 if findings or not traced else 0
