"""Text of models, tools and visitors made harmless for the page.

It covers what Markdown and HTML can do there: tags, images that load by themselves, links that run script, and
fences that end too early. The content security policy of the page and Gradio's own sanitiser stand behind it.
"""

import html
import re

MAX_CHARACTERS = 20_000
MAX_LOG_CHARACTERS = 5_000

_IMAGE = re.compile(r"!(?=\[)")
_LINK = re.compile(r"\]\(\s*(?!https?://|mailto:)[^)\s]*[^)]*\)", re.IGNORECASE)
_REFERENCE = re.compile(r"^(\s*)\[([^\]]+)\]:", re.MULTILINE)
_BACKTICKS = re.compile(r"`+")


def prose(text: str) -> str:
    """Return Markdown in which tags are text, images are links and links go to the web or to a mailbox."""
    text = html.escape(cut(text, MAX_CHARACTERS), quote=False)
    text = _IMAGE.sub("", text)
    text = _LINK.sub("]", text)
    return _REFERENCE.sub(r"\1[\2]&#58;", text)


def fenced(text: str, language: str = "") -> str:
    """Return text as a code block that nothing in it can end."""
    text = cut(text, MAX_LOG_CHARACTERS)
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def cut(text: str, length: int) -> str:
    """Return at most so many characters, with a word about what was left out."""
    if len(text) <= length:
        return text
    return f"{text[:length]}\n\n… {len(text) - length:,} more characters"
