"""What the stand-in of the Hub refuses in a Space's card: our reading of the documentation, not the real validator.

Run as a git hook it reads `old new reference` lines and refuses a push whose README.md has a fault.
"""

import subprocess
import sys

import yaml

COLOURS = ["red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"]


def faults(readme: str) -> list[str]:
    """Return what is wrong with the card of a README, in the words of the Hub."""
    parts = readme.split("---\n")
    if len(parts) < 3 or parts[0]:
        return ["Missing configuration in README"]
    try:
        card = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        return [f"YAML: {error}"]
    found = [
        f'"{key}" must be one of [{", ".join(COLOURS)}]'
        for key in ("colorFrom", "colorTo")
        if card.get(key, "red") not in COLOURS
    ]
    if card.get("sdk") not in ("gradio", "docker", "static"):
        found.append('"sdk" must be one of [gradio, docker, static]')
    if len(card.get("short_description", "")) > 60:
        found.append('"short_description" length must be less than or equal to 60 characters long')
    return found


def main() -> int:
    for line in sys.stdin:
        _, commit, _ = line.split()
        shown = subprocess.run(["git", "show", f"{commit}:README.md"], capture_output=True, text=True)
        if found := faults(shown.stdout):
            print("Sorry, your push was rejected during YAML metadata verification:", *found, sep="\n- ")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
